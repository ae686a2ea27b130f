//! The support code is the client's own.

use generated_client::runtime::request::Request;

fn main() {}
