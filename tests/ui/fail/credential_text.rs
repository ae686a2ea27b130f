//! A text is not a credential; what kind of credential it is has to be said.

use generated_client::{Client, Server};

fn main() {
    let _ = Client::builder(Server::Global).credential("token");
}
