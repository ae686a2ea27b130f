//! Whether a request has the credential that an operation asks for. Any will do: nobody is let in anywhere.

use super::check::Request;
use super::table::{Operation, Scheme};

/// What is missing, in words.
pub fn fault(request: &Request<'_>, operation: &Operation) -> Option<String> {
    let find = |name: &String| request.table.schemes.iter().find(|scheme| scheme.name == *name);
    let is_there = |name: &String| find(name).is_none_or(|scheme| has(request, scheme));
    if operation.security.is_empty() || operation.security.iter().any(|all| all.iter().all(is_there)) {
        return None;
    }
    let described = operation.security.iter().map(|all| {
        let all: Vec<_> = all.iter().filter_map(find).map(place).collect();
        all.join(" together with ")
    });
    let described: Vec<_> = described.collect();
    Some(format!("there is no credential: `{}` takes {}", operation.id, described.join(", or ")))
}

fn has(request: &Request<'_>, scheme: &Scheme) -> bool {
    let key = scheme.key.as_str();
    let value = match scheme.location.as_str() {
        "query" => request.query().find(|(name, _)| super::text::of_form(name) == key).map(|(_, value)| value),
        "cookie" => request.cookies().find(|(name, _)| *name == key).map(|(_, value)| value),
        _ => request.header(key),
    };
    let Some(value) = value else { return false };
    match &scheme.prefix {
        None => !value.trim().is_empty(),
        Some(prefix) => value
            .split_once(' ')
            .is_some_and(|(scheme, value)| scheme.eq_ignore_ascii_case(prefix) && !value.trim().is_empty()),
    }
}

/// Where a credential is sent, in words.
fn place(scheme: &Scheme) -> String {
    let Scheme { name, location, key, prefix } = scheme;
    let location = if location == "query" { "query parameter" } else { location.as_str() };
    match prefix {
        Some(prefix) => format!("`{name}` (`{prefix} …` in the {location} `{key}`)"),
        None => format!("`{name}` (the {location} `{key}`)"),
    }
}
