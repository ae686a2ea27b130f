//! What the front page shows.

use generated_client::operations::invoices::SummaryError;
use generated_client::{BearerToken, Client, Server};

async fn balance(token: String) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(Server::Global, BearerToken::new(token))?;
    let summary = client.invoices().summary().await?;
    println!("Current Account Balance:  {} {}", summary.balance_amount, summary.currency_code);

    let answer = client.invoices().summary().locale("de-DE").send().await?;
    println!("{} {:?}", answer.status(), answer.request_id());

    match client.invoices().summary().await {
        Ok(summary) => println!("{}", summary.balance_amount),
        Err(error) => match error.api() {
            Some(SummaryError::TooManyRequests(_)) => println!("slow down: {error}"),
            _ => println!("{error}"),
        },
    }
    Ok(())
}

pub fn main() {
    fn is_send<T: Send>(_: T) {}
    is_send(balance("token".to_owned()));
}
