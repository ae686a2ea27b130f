//! Prints the current balance of the partner's account.
//!
//! Without credentials in the environment it serves the documented response on this machine, and calls
//! that over real HTTP. For the real service, set
//!
//! - `PARTNER_CENTER_TENANT`, `PARTNER_CENTER_CLIENT_ID` and `PARTNER_CENTER_CLIENT_SECRET`, to sign in as
//!   the application;
//! - `PARTNER_CENTER_REFRESH_TOKEN` too, or `PARTNER_CENTER_REFRESH_TOKEN_FILE`, to act for a user: the
//!   refresh token, or the path of a file that holds it and gets each new one;
//! - or, instead of all these, `PARTNER_CENTER_TOKEN`: an access token, without the word `Bearer`;
//! - `PARTNER_CENTER_CLOUD`, if it is not `global`: `china`, `germany` or `us-government`;
//! - `PARTNER_CENTER_BASE_URL` and `PARTNER_CENTER_TOKEN_URL`, for an API and a token service at addresses
//!   that are none of these, such as `http://127.0.0.1:8080`.

mod demo;
#[path = "../../tests/documented/mod.rs"]
#[rustfmt::skip]
mod documented;
mod environment;
mod refresh_token;
mod report;

use std::error::Error;
use std::process::ExitCode;

use generated_client::{BaseUrl, BearerToken, Client};
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
    let client = match environment::service()? {
        Some((server, credential)) => Client::new(server, credential)?,
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
