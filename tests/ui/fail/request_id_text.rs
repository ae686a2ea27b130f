//! An id is a UUID, not any text.

use generated_client::Client;

fn call(client: &Client) {
    let _ = client.invoices().summary().request_id("a45e6643");
}

fn main() {}
