//! Prints the current balance of the partner's account.
//!
//! Without credentials in the environment it serves the documented response on this machine, and calls
//! that over real HTTP. For the real service, set
//!
//! - `PARTNER_CENTER_TOKEN`: an access token, without the word `Bearer`;
//! - `PARTNER_CENTER_CLOUD`, if it is not `global`: `china`, `germany` or `us-government`;
//! - `PARTNER_CENTER_BASE_URL`, for an address that is none of these.

mod demo;
#[path = "../../tests/documented/mod.rs"]
#[rustfmt::skip]
mod documented;
mod report;

use std::env::{self, VarError};
use std::error::Error;
use std::process::ExitCode;

use generated_client::{BaseUrl, BearerToken, Client, Server};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = match variable("PARTNER_CENTER_TOKEN")? {
        Some(token) => Client::new(server()?, BearerToken::new(token))?,
        None => documented_service().await?,
    };
    let summary = client.invoices().summary().await?;
    print!("{}", report::report(&summary));
    Ok(())
}

/// A client of a server on this machine, which answers as documented.
async fn documented_service() -> Result<Client, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    println!("No credentials in the environment: serving the documented example on {address}.");
    tokio::spawn(demo::serve(listener, documented::GET_INVOICE_SUMMARY_200_DOCUMENTED));
    let server: BaseUrl = format!("http://{address}").parse()?;
    Ok(Client::new(server, BearerToken::new("no-credentials"))?)
}

/// The server that the environment names.
fn server() -> Result<BaseUrl, Box<dyn Error>> {
    if let Some(url) = variable("PARTNER_CENTER_BASE_URL")? {
        return Ok(url.parse()?);
    }
    let cloud = variable("PARTNER_CENTER_CLOUD")?;
    let server = match cloud.as_deref() {
        None | Some("global") => Server::Global,
        Some("china") => Server::China,
        Some("germany") => Server::Germany,
        Some("us-government") => Server::UsGovernment,
        Some(other) => {
            let names = "use `global`, `china`, `germany` or `us-government`";
            return Err(format!("PARTNER_CENTER_CLOUD is `{other}`: {names}").into());
        }
    };
    Ok(server.into())
}

/// A variable of the environment, if it is set.
fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(format!("{name} is not UTF-8")),
    }
}
