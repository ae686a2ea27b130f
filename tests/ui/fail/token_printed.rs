//! A token cannot be printed for users.

use generated_client::BearerToken;

fn main() {
    println!("{}", BearerToken::new("token"));
}
