//! Prints the current balance of the partner's account.
//!
//! Without credentials in the environment it is answered with the documented response, without a network. For
//! the real service, set
//!
//! - `PARTNER_CENTER_TENANT`, `PARTNER_CENTER_CLIENT_ID` and `PARTNER_CENTER_CLIENT_SECRET`, to sign in as
//!   the application;
//! - `PARTNER_CENTER_REFRESH_TOKEN` too, or `PARTNER_CENTER_REFRESH_TOKEN_FILE`, to act for a user: the
//!   refresh token, or the path of a file that holds it and gets each new one;
//! - or, instead of all these, `PARTNER_CENTER_TOKEN`: an access token, without the word `Bearer`;
//! - `PARTNER_CENTER_CLOUD`, if it is not `global`: `china`, `germany` or `us-government`;
//! - `PARTNER_CENTER_BASE_URL` and `PARTNER_CENTER_TOKEN_URL`, for an API and a token service at addresses
//!   that are none of these, such as `http://127.0.0.1:8080`.

mod environment;
mod refresh_token;
mod report;

use std::error::Error;
use std::process::ExitCode;

use generated_client::Client;

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
        None => {
            println!("No credentials in the environment: this is the documented example.");
            let (client, _) = Client::mock()?;
            client
        }
    };
    let summary = client.invoices().summary().await?;
    print!("{}", report::report(&summary));
    Ok(())
}
