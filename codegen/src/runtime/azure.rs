//! Tokens of the credentials that Azure's own crates have.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use azure_core::credentials::TokenCredential;

use super::credential::{Credential, CredentialError};
use super::token::{AccessToken, TokenContext, TokenSource};
use super::token_error::TokenError;
use super::transport::BoxFuture;

impl Credential {
    /// A credential with the tokens of `credential`, for `scope`, such as
    /// `https://api.example.com/.default`. The crate `azure_identity` has such credentials: managed
    /// and workload identities, certificates, developer tools.
    ///
    /// A token is kept and replaced as one of [`from_source`](Self::from_source). `credential` asks
    /// for it in its own way, which the transport of the client does not see, and repeats what
    /// fails as it sees fit; the client does not.
    pub fn from_azure(credential: Arc<dyn TokenCredential>, scope: impl Into<String>) -> Self {
        let scope = scope.into();
        match scope.is_empty() {
            true => Self::unusable(CredentialError::Missing("scope")),
            false => Self::from_source(AzureTokens { credential, scope }),
        }
    }
}

/// What a `TokenCredential` gives.
struct AzureTokens {
    credential: Arc<dyn TokenCredential>,
    scope: String,
}

impl TokenSource for AzureTokens {
    fn token<'a>(&'a self, _: TokenContext<'a>) -> BoxFuture<'a, Result<AccessToken, TokenError>> {
        Box::pin(async move {
            let scopes = [self.scope.as_str()];
            let token = self.credential.get_token(&scopes, None).await.map_err(TokenError::from_source)?;
            let access_token = AccessToken::new(token.token.secret());
            Ok(match time(token.expires_on.unix_timestamp()) {
                Some(time) => access_token.expires_at(time),
                // Later than this machine can tell.
                None => access_token,
            })
        })
    }
}

/// The time so many seconds after 1970; before that, 1970, which is as long over.
fn time(seconds: i64) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds.try_into().unwrap_or(0)))
}
