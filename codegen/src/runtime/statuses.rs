//! The statuses that the API description has replies for.

/// What an answer is to its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Success,
    Error,
}

/// What an answer of this status is, by the statuses of success and those of errors: `200`, `2XX` or `default`, with
/// spaces in between. The one counts that says most; `None` if none of them takes it in.
pub fn side(status: u16, success: &str, errors: &str) -> Option<Side> {
    match (precision(status, success), precision(status, errors)) {
        (None, None) => None,
        (success, errors) if success >= errors => Some(Side::Success),
        _ => Some(Side::Error),
    }
}

/// How much the one that says most of a status says of it.
fn precision(status: u16, statuses: &str) -> Option<Precision> {
    statuses.split(' ').filter_map(|described| precision_of(status, described)).max()
}

fn precision_of(status: u16, described: &str) -> Option<Precision> {
    if described == "default" {
        return Some(Precision::Default);
    }
    match described.strip_suffix("XX") {
        Some(digit) => (digit.parse() == Ok(status / 100)).then_some(Precision::Range),
        None => (described.parse() == Ok(status)).then_some(Precision::Code),
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Precision {
    Default,
    Range,
    Code,
}
