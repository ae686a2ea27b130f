//! A call is sent once.

use generated_client::Client;

async fn twice(client: &Client) {
    let call = client.invoices().summary();
    let _ = call.send().await;
    let _ = call.await;
}

fn main() {}
