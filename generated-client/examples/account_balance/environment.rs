//! What the environment says: which service to call, and as whom.

use std::env::{self, VarError};
use std::fmt::Display;
use std::str::FromStr;

use generated_client::credentials::{AppAndUser, AppOnly};
use generated_client::{BaseUrl, BearerToken, Credential, Server};

use crate::refresh_token::RefreshToken;

const TOKEN: &str = "PARTNER_CENTER_TOKEN";
const TENANT: &str = "PARTNER_CENTER_TENANT";
const CLIENT_ID: &str = "PARTNER_CENTER_CLIENT_ID";
const CLIENT_SECRET: &str = "PARTNER_CENTER_CLIENT_SECRET";
const REFRESH_TOKEN: &str = "PARTNER_CENTER_REFRESH_TOKEN";
const REFRESH_TOKEN_FILE: &str = "PARTNER_CENTER_REFRESH_TOKEN_FILE";
const TOKEN_URL: &str = "PARTNER_CENTER_TOKEN_URL";
const CLOUD: &str = "PARTNER_CENTER_CLOUD";
const BASE_URL: &str = "PARTNER_CENTER_BASE_URL";

/// What signing in always takes, and what it may take besides.
const SIGN_IN: [&str; 3] = [TENANT, CLIENT_ID, CLIENT_SECRET];
const SIGN_IN_WITH: [&str; 3] = [REFRESH_TOKEN, REFRESH_TOKEN_FILE, TOKEN_URL];

/// The service and the credential; nothing if the environment has no credential.
pub fn service() -> Result<Option<(BaseUrl, Credential)>, String> {
    let sign_in = first_set(SIGN_IN.into_iter().chain(SIGN_IN_WITH))?;
    let cloud = cloud()?;
    let credential = match (variable(TOKEN)?, sign_in) {
        (None, None) => return Ok(None),
        (Some(token), None) => BearerToken::new(token).into(),
        (None, Some(_)) => credential(cloud)?,
        (Some(_), Some(other)) => return Err(contradiction(TOKEN, other)),
    };
    let server = parsed(BASE_URL)?.unwrap_or_else(|| cloud.into());
    Ok(Some((server, credential)))
}

/// The application, alone or with a user.
fn credential(cloud: Server) -> Result<Credential, String> {
    let [Some(tenant), Some(client_id), Some(secret)] =
        [variable(TENANT)?, variable(CLIENT_ID)?, variable(CLIENT_SECRET)?]
    else {
        return Err(missing()?);
    };
    let token_url: Option<BaseUrl> = parsed(TOKEN_URL)?;
    let Some(refresh_token) = refresh_token()? else {
        let app = AppOnly::new(cloud, &tenant, client_id, secret);
        return Ok(match token_url {
            Some(url) => app.token_url(url).into(),
            None => app.into(),
        });
    };
    let user = AppAndUser::new(cloud, &tenant, client_id, secret, refresh_token.read()?);
    let user = user.on_rotated(move |token| refresh_token.replace(token));
    Ok(match token_url {
        Some(url) => user.token_url(url).into(),
        None => user.into(),
    })
}

/// Where the user's refresh token is, if the application signs in with a user.
fn refresh_token() -> Result<Option<RefreshToken>, String> {
    match (variable(REFRESH_TOKEN)?, variable(REFRESH_TOKEN_FILE)?) {
        (None, None) => Ok(None),
        (Some(token), None) => Ok(Some(RefreshToken::Variable(token.into()))),
        (None, Some(path)) => Ok(Some(RefreshToken::File(path.into()))),
        (Some(_), Some(_)) => Err(contradiction(REFRESH_TOKEN, REFRESH_TOKEN_FILE)),
    }
}

fn cloud() -> Result<Server, String> {
    match variable(CLOUD)?.as_deref() {
        None | Some("global") => Ok(Server::Global),
        Some("china") => Ok(Server::China),
        Some("germany") => Ok(Server::Germany),
        Some("us-government") => Ok(Server::UsGovernment),
        Some(other) => Err(format!("{CLOUD} is `{other}`: use `global`, `china`, `germany` or `us-government`")),
    }
}

/// What to say if not all that signing in takes is set.
fn missing() -> Result<String, String> {
    let mut missing = Vec::new();
    for name in SIGN_IN {
        if variable(name)?.is_none() {
            missing.push(name);
        }
    }
    let (names, are) = (missing.join(" and "), if missing.len() == 1 { "is" } else { "are" });
    Ok(format!("{names} {are} not set: signing in takes a tenant, a client id and a client secret"))
}

fn contradiction(one: &str, other: &str) -> String {
    format!("{one} and {other} are both set: set only one of them")
}

/// The first of the variables that is set.
fn first_set(names: impl IntoIterator<Item = &'static str>) -> Result<Option<&'static str>, String> {
    for name in names {
        if variable(name)?.is_some() {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// The address in a variable, if it is set.
fn parsed<T: FromStr<Err: Display>>(name: &str) -> Result<Option<T>, String> {
    let text = variable(name)?;
    text.map(|text| text.parse().map_err(|error| format!("{name}: {error}"))).transpose()
}

/// A variable of the environment, if it is set.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Err(format!("{name} is set, but empty")),
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}
