//! There may be more members some day.

use generated_client::Maybe;
use generated_client::types::Link;

fn main() {
    let _ = Link { uri: None, method: None, headers: Maybe::Absent };
}
