//! There may be more members some day.

use generated_client::types::Link;
use generated_client::Maybe;

fn main() {
    let _ = Link { uri: None, method: None, headers: Maybe::Absent };
}
