// Reads JSON as types of a crate, writes it again, and says whether the same JSON came back.
//
// A line of the input has the number of a type and the JSON; the answer to it is a line of JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    Equal,
    /// What came back instead.
    Other(String),
    Unreadable(String),
}

fn held<T: DeserializeOwned + Serialize>(text: &str) -> Answer {
    let value: T = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => return Answer::Unreadable(error.to_string()),
    };
    let written = serde_json::to_string(&value).expect("what was read can be written");
    // Numbers as they are spelled; the order of members does not count.
    let tree = |text: &str| serde_json::from_str::<JsonValue>(text).expect("JSON");
    if tree(text) == tree(&written) { Answer::Equal } else { Answer::Other(written) }
}

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.expect("a line of UTF-8");
        let (number, text) = line.split_once(' ').expect("a number and JSON");
        let answer = TYPES[number.parse::<usize>().expect("a number")](text);
        println!("{}", serde_json::to_string(&answer).expect("JSON"));
    }
}
