//! A client has a credential.

use generated_client::{Client, Server};

fn main() {
    let _ = Client::new(Server::Global);
}
