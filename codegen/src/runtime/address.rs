//! Addresses that answers and callers name: taken apart, and told from where they stand.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::base_url::BaseUrl;

/// What an address cannot hold as it is; `%` stays, as what is there may be encoded already.
const NOT_IN_ADDRESS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// An address, taken apart.
pub struct Address {
    pub origin: BaseUrl,
    /// It begins with a slash.
    pub path: String,
    pub query: String,
}

impl Address {
    /// A whole address, with a scheme and a host.
    pub fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at(end);
        let origin = BaseUrl::insecure(&format!("{scheme}://{authority}")).ok()?.secured();
        let (path, query) = parts(target);
        Some(Self { origin, path: without_dots(&path), query })
    }

    /// What `reference` means in an answer to a request for `base`: RFC 3986, section 5.2.
    pub fn resolve(base: &str, reference: &str) -> Option<Self> {
        let reference = reference.trim();
        let (scheme, rest) = base.split_once("://")?;
        let slash = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(slash);
        let above = path.rfind('/').map_or("/", |slash| &path[..=slash]);
        match reference {
            "" => None,
            _ if has_scheme(reference) => Self::read(reference),
            _ if reference.starts_with("//") => Self::read(&format!("{scheme}:{reference}")),
            _ if reference.starts_with('/') => Self::read(&format!("{scheme}://{authority}{reference}")),
            _ if reference.starts_with(['?', '#']) => Self::read(&format!("{scheme}://{authority}{path}{reference}")),
            _ => Self::read(&format!("{scheme}://{authority}{above}{reference}")),
        }
    }
}

/// The path and the query of an address, without what is behind `#`.
pub fn parts(target: &str) -> (String, String) {
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let encode = |text: &str| utf8_percent_encode(text, NOT_IN_ADDRESS).to_string();
    let path = encode(path);
    (if path.starts_with('/') { path } else { format!("/{path}") }, encode(query))
}

/// Whether a reference says by itself how it is reached, as `mailto:` does.
fn has_scheme(reference: &str) -> bool {
    let colon = reference.find([':', '/', '?', '#']).filter(|at| reference[*at..].starts_with(':'));
    colon.is_some_and(|colon| reference[..colon].starts_with(|sign: char| sign.is_ascii_alphabetic()))
}

/// A path without `.` and `..`, which stay within it.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_dots = matches!(segment, "." | "..");
        if segment == ".." {
            kept.pop();
        }
        match (is_dots, segments.peek()) {
            (false, _) => kept.push(segment),
            // What ends in dots is a folder.
            (true, None) => kept.push(""),
            (true, Some(_)) => {}
        }
    }
    format!("/{}", kept.join("/"))
}
