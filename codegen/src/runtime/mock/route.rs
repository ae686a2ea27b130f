//! From the path of a request to the operation.

use http::{Method, Uri};

use super::refusal::Refusal;
use super::table::{Operation, Table};
use super::text::decoded;

/// The template of a path: `/cats/{id}/toys/{name}.json`.
pub struct Template {
    pub text: String,
    segments: Vec<Vec<Piece>>,
}

/// A piece of what stands between two slashes.
enum Piece {
    Literal(String),
    /// The name of a parameter.
    Parameter(String),
}

/// An operation that a request may be of, and what stands for the parameters of the path, as it was sent.
pub struct Found<'t> {
    pub index: usize,
    pub operation: &'t Operation,
    pub values: Vec<(&'t str, String)>,
}

impl Template {
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), segments: split(text).into_iter().map(pieces).collect() }
    }

    /// What stands for the parameters in a path of that many segments.
    fn values(&self, path: &[&str]) -> Option<Vec<(&str, String)>> {
        (self.segments.len() == path.len()).then_some(())?;
        let mut values = Vec::new();
        for (pieces, segment) in self.segments.iter().zip(path) {
            match matched(pieces, segment) {
                Some(more) => values.extend(more),
                // What is written in another way is the same.
                None if segment.contains('%') => values.extend(matched(pieces, &decoded(segment))?),
                None => return None,
            }
        }
        Some(values)
    }

    /// Of two templates that match a path, the one that says more of it is meant.
    fn precision(&self) -> Vec<u8> {
        let precision = |pieces: &Vec<Piece>| match pieces.as_slice() {
            [Piece::Parameter(_)] => 0,
            pieces if pieces.iter().any(|piece| matches!(piece, Piece::Parameter(_))) => 1,
            _ => 2,
        };
        self.segments.iter().map(precision).collect()
    }
}

fn split(path: &str) -> Vec<&str> {
    path.strip_prefix('/').unwrap_or(path).split('/').collect()
}

fn pieces(segment: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, name, after)) = first_name(rest) {
        if !before.is_empty() {
            pieces.push(Piece::Literal(before.to_owned()));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest.to_owned()));
    }
    pieces
}

/// What is in front of the first `{name}`, the name, and what is behind it.
fn first_name(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// What stands for the parameters in a segment. A value ends where the next text of the template begins.
fn matched<'t>(pieces: &'t [Piece], segment: &str) -> Option<Vec<(&'t str, String)>> {
    let mut values = Vec::new();
    let mut rest = segment;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(text) => rest = rest.strip_prefix(text.as_str())?,
            Piece::Parameter(name) => {
                let end = match pieces.get(index + 1) {
                    Some(Piece::Literal(next)) if index + 2 == pieces.len() => rest.rfind(next.as_str())?,
                    Some(Piece::Literal(next)) => rest.find(next.as_str())?,
                    Some(Piece::Parameter(_)) => rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at),
                    None => rest.len(),
                };
                let (value, after) = rest.split_at(end);
                if value.is_empty() {
                    return None;
                }
                values.push((name.as_str(), value.to_owned()));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(values)
}

/// The operations that a request may be of, those that say more of it first: several, if only their parameters tell them
/// apart.
pub fn find<'t>(table: &'t Table, method: &Method, uri: &Uri) -> Result<Vec<Found<'t>>, Refusal> {
    if let Some(fault) = &table.fault {
        return Err(Refusal::no_table(fault));
    }
    let mut paths = vec![split(uri.path())];
    let whole = split(uri.path());
    for prefix in &table.prefixes {
        let (start, rest) = whole.split_at(prefix.segments.len().min(whole.len()));
        if prefix.values(start).is_some() && !rest.is_empty() {
            paths.push(rest.to_vec());
        }
    }
    let mut at_path = Vec::new();
    for path in &paths {
        for (index, operation) in table.operations.iter().enumerate() {
            if let Some(values) = operation.path.values(path) {
                at_path.push(Found { index, operation, values });
            }
        }
    }
    if at_path.is_empty() {
        return Err(Refusal::no_path(table, uri));
    }
    let methods: Vec<_> = at_path.iter().map(|found| found.operation.method.clone()).collect();
    at_path.retain(|found| found.operation.method == *method);
    if at_path.is_empty() {
        return Err(Refusal::no_method(&methods, method, uri));
    }
    at_path.sort_by_key(|found| std::cmp::Reverse(found.operation.path.precision()));
    let best = at_path.first().map(|found| found.operation.path.precision());
    at_path.retain(|found| Some(found.operation.path.precision()) == best);
    Ok(with_query(at_path, uri))
}

/// Those whose paths have in front what the query of the request has; or, if there are none, all.
fn with_query<'t>(found: Vec<Found<'t>>, uri: &Uri) -> Vec<Found<'t>> {
    let sent: Vec<_> = uri.query().unwrap_or_default().split('&').collect();
    let has_all = |found: &Found<'_>| found.operation.query.iter().all(|pair| sent.contains(&pair.as_str()));
    let (mut with, without): (Vec<_>, Vec<_>) = found.into_iter().partition(has_all);
    with.sort_by_key(|found| std::cmp::Reverse(found.operation.query.len()));
    if with.is_empty() { without } else { with }
}
