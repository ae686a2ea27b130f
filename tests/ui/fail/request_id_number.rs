//! An id is a UUID or its text, not a number.

use generated_client::Client;

fn call(client: &Client) {
    let _ = client.invoices().summary().request_id(7);
}

fn main() {}
