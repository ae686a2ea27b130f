//! The URL of a server: what it is made of, and whether requests can be sent there.

use http::Uri;
use http::uri::Authority;

use crate::api::{Segment, ServerVariable};

/// What the text of a URL comes to.
pub(super) enum Kind {
    /// A scheme, a host, and what follows.
    Absolute,
    /// A host, and what follows.
    WithoutScheme,
    /// What follows the host that the description comes from.
    Relative,
    /// Nothing that HTTP speaks.
    Foreign(String),
}

/// The host and port of an absolute `https` address without user, query and fragment.
pub(super) fn address(url: &str) -> Option<Authority> {
    let uri: Uri = url.parse().ok().filter(is_plain)?;
    let authority = uri.authority().cloned();
    authority.filter(|_| uri.scheme_str() == Some("https") && !url.contains('#'))
}

/// Why requests cannot be sent to `url`, which has a scheme.
pub(super) fn fault(url: &str) -> Option<&'static str> {
    let is_sign = |sign: char| sign.is_whitespace() || sign.is_control() || "{}<>\"\\^`|".contains(sign);
    let uri = url.parse::<Uri>();
    match uri {
        _ if url.contains(is_sign) => Some("it has a character that no URL has"),
        _ if url.contains(['?', '#']) => Some("it has a query or a fragment, which belong to requests"),
        Err(_) => Some("it is no URL"),
        Ok(uri) if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) => {
            Some("it has a user, which no request has")
        }
        Ok(uri) if !is_plain(&uri) => Some("it has no host, or no port where one should be"),
        Ok(uri) if uri.path().split('/').any(|segment| matches!(segment, "." | "..")) => Some("it has a dot segment"),
        Ok(_) => None,
    }
}

/// Whether an address has what it needs and no more.
fn is_plain(uri: &Uri) -> bool {
    let is_host = |authority: &Authority| {
        let (host, whole) = (authority.host(), authority.as_str());
        let is_named = !host.trim_end_matches('.').split('.').any(str::is_empty);
        // Beside the host there can be a user, which no request has, and a port.
        is_named && (whole == host || authority.port_u16().is_some_and(|port| whole == format!("{host}:{port}")))
    };
    uri.query().is_none() && uri.authority().is_some_and(is_host)
}

/// What kind of address `url` is, without its variables.
pub(super) fn kind(url: &str) -> Kind {
    if url.starts_with("//") {
        return Kind::WithoutScheme;
    }
    let scheme = url.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    match scheme {
        Some((scheme, rest)) if rest.starts_with("//") && is_scheme(&scheme) => match scheme.as_str() {
            "http" | "https" => Kind::Absolute,
            _ => Kind::Foreign(scheme),
        },
        _ => Kind::Relative,
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|sign| sign.is_ascii_alphanumeric() || "+.-".contains(sign))
}

/// The pieces of a template; `None` if a brace has no counterpart.
pub(super) fn segments(url: &str) -> Option<Vec<Segment>> {
    let mut segments = Vec::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') || name.is_empty() {
            return None;
        }
        segments.extend([Segment::Literal(before.to_owned()), Segment::Param(name.to_owned())]);
        rest = after;
    }
    segments.push(Segment::Literal(rest.to_owned()));
    segments.retain(|segment| !matches!(segment, Segment::Literal(text) if text.is_empty()));
    (!rest.contains('}')).then_some(segments)
}

/// The text of a template with the default of each variable; `x` stands for one without.
pub(super) fn expand(segments: &[Segment], variables: &[ServerVariable]) -> String {
    let of = |name: &str| variables.iter().find(|variable| variable.name.wire == name)?.default.as_deref();
    let pieces = segments.iter().map(|segment| match segment {
        Segment::Literal(text) => text,
        Segment::Param(name) => of(name).unwrap_or("x"),
    });
    pieces.collect()
}

/// What a server may be called, its own name and then the shorter first; `plan` takes the first that no other one has. For
/// the variables of its URL, their names stand in.
pub(super) fn names(template: &str, name: Option<&str>, description: Option<&str>) -> Vec<String> {
    let plain = template.replace(['{', '}'], " ");
    let (authority, path) = match plain.split_once("://") {
        Some((_, rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", plain.as_str()),
    };
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host).to_owned();
    let description = description.map(|text| text.trim().trim_end_matches('.').to_owned());
    let short = description.clone().filter(|text| matches!(text.split_whitespace().count(), 1..=3));
    let with_path = format!("{host} {path}");
    let with_port = format!("{authority} {path}");
    let described = description.map(|text| [format!("{with_port} {text}"), format!("{plain} {text}")]);
    let names = name.map(str::to_owned).into_iter().chain(short).chain([host, with_path, with_port, plain.clone()]);
    let names = names.chain(described.into_iter().flatten());
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
