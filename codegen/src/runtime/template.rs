//! Addresses with values in the place of names in braces.
//!
//! The credential goes where the address says. So a value stays in the part of it that its name stands
//! in, whoever it comes from: in the host it is of labels of DNS, in the port of digits, and in the path
//! it is encoded, without `..`. The API description itself may say more: what it lists, or has as the
//! default, stands as it is, and a default that covers several parts lets other values do so.

use std::fmt;
use std::net::Ipv6Addr;

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use super::request::RESERVED;

/// What stands in the place of `{name}`.
#[derive(Clone, Copy)]
pub struct Filling<'a> {
    name: &'static str,
    text: &'a str,
    /// What the API description has for it.
    described: Option<&'a str>,
}

/// A value that does not belong in the place of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misplaced {
    pub name: &'static str,
    pub why: &'static str,
}

/// The parts of an address, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Scheme,
    Host,
    Port,
    Path,
}

/// Puts the values into `template`, behind what stands before it.
pub fn expand(before: &str, template: &str, fillings: &[Filling<'_>]) -> Result<String, Misplaced> {
    let mut url = before.to_owned();
    let mut rest = template;
    let mut in_host = None;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        url += literal;
        rest = after;
        match fillings.iter().find(|filling| filling.name == name) {
            Some(filling) if filling.is_described() => url += filling.text,
            Some(filling) => {
                if matches!(part_at_end(&url), Part::Scheme | Part::Host) {
                    in_host = Some(filling.name);
                }
                filling.append_to(&mut url, rest)?;
            }
            // An address with braces is refused.
            None => url.extend(["{", name, "}"]),
        }
    }
    url += rest;
    match in_host {
        Some(name) if !is_host(&url) => Err(Part::Host.misplaced(name)),
        _ => Ok(url),
    }
}

impl<'a> Filling<'a> {
    /// One of the values that the API description lists.
    pub fn listed(name: &'static str, text: &'a str) -> Self {
        Self { name, text, described: Some(text) }
    }

    /// Any text, for which the API description may have a default.
    pub fn open(name: &'static str, text: &'a str, default: Option<&'a str>) -> Self {
        Self { name, text, described: default }
    }

    fn is_described(&self) -> bool {
        self.described == Some(self.text)
    }

    /// Adds the value to `url`, which `rest` is to follow.
    fn append_to(&self, url: &mut String, rest: &str) -> Result<(), Misplaced> {
        let start = part_at_end(url);
        let last = self.last_part(start, url, rest);
        let (mut part, mut text) = (start, self.text);
        loop {
            let (piece, next) = first_piece(part, text);
            let is_fine = match part {
                Part::Scheme => is_scheme(piece),
                Part::Host => self.is_in_host(piece, start, url, rest),
                Part::Port => self.is_in_port(piece, start, url),
                Part::Path => self.is_in_path(piece, start, url, rest),
            };
            if !is_fine {
                return Err(part.misplaced(self.name));
            }
            match part {
                Part::Path if self.has_segments(start) => {
                    let segments = piece.split('/').map(encoded);
                    *url += &segments.collect::<Vec<_>>().join("/");
                }
                Part::Path => *url += &encoded(piece),
                _ => *url += piece,
            }
            let Some((following, separator, behind)) = next else { return Ok(()) };
            if following > last {
                return Err(start.misplaced(self.name));
            }
            *url += separator;
            (part, text) = (following, behind);
        }
    }

    /// The last part that a value may reach into: that which the default reaches into.
    fn last_part(&self, start: Part, url: &str, rest: &str) -> Part {
        let reached = part_at_end(&format!("{url}{}", self.described.unwrap_or_default()));
        match start {
            // A path that is empty by default.
            Part::Host | Part::Port if self.is_behind_authority(url, rest) => Part::Path,
            // It is up to the caller in any case where requests go.
            Part::Host if url.ends_with("://") && !rest.starts_with(':') && is_end(rest) => reached.max(Part::Port),
            _ => reached,
        }
    }

    /// Whether the host or the port is complete without the value, and nothing belongs to it that follows.
    fn is_behind_authority(&self, url: &str, rest: &str) -> bool {
        self.described == Some("") && !url.ends_with([':', '/']) && !rest.starts_with(':') && is_end(rest)
    }

    fn is_in_host(&self, piece: &str, start: Part, url: &str, rest: &str) -> bool {
        let address = piece.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        if let Some(address) = address {
            return url.ends_with("://") && is_end(rest) && address.parse::<Ipv6Addr>().is_ok();
        }
        let default = self.described.filter(|_| start == Part::Host);
        let is_dotted = (piece.starts_with('.'), piece.ends_with('.'));
        let is_apart = match default.map(|default| first_piece(Part::Host, default).0) {
            None => is_dotted == (false, false),
            // What the description has not in the host, a value has not there; or it is a part of its own
            // before the rest of the name.
            Some("") if default != Some("") || is_end(rest) => return piece.is_empty(),
            Some("") => is_dotted.1 != rest.starts_with('.'),
            Some(default) => is_dotted == (default.starts_with('.'), default.ends_with('.')),
        };
        let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign);
        is_apart && !piece.is_empty() && piece.bytes().all(is_sign)
    }

    fn is_in_port(&self, piece: &str, start: Part, url: &str) -> bool {
        if start == Part::Port && self.described == Some("") && !url.ends_with(':') {
            return piece.is_empty();
        }
        (1..=5).contains(&piece.len()) && piece.bytes().all(|digit| digit.is_ascii_digit())
    }

    fn is_in_path(&self, piece: &str, start: Part, url: &str, rest: &str) -> bool {
        let is_dots = |segment: &str| matches!(segment, "." | "..");
        let decoded = percent_decode_str(piece).decode_utf8_lossy();
        if [piece, &decoded].into_iter().any(|text| text.split(['/', '\\']).any(is_dots)) {
            return false;
        }
        if piece.is_empty() {
            // Without it, the address ends before the slash.
            return start != Part::Path || self.described.is_some() && url.ends_with('/') && rest.is_empty();
        }
        let segments = piece.strip_prefix('/').unwrap_or(piece);
        let segments = segments.strip_suffix('/').unwrap_or(segments);
        !self.has_segments(start) || !segments.split('/').any(str::is_empty)
    }

    /// Whether a slash separates segments, and is no part of one.
    fn has_segments(&self, start: Part) -> bool {
        start != Part::Path || self.described.is_some_and(|default| default.contains('/'))
    }
}

/// The text as it stands in one segment of a path.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The part of an address that it ends in.
fn part_at_end(url: &str) -> Part {
    let Some((_, rest)) = url.split_once("://") else {
        return if url.starts_with('/') { Part::Path } else { Part::Scheme };
    };
    match first_piece(Part::Host, rest) {
        (_, None) => Part::Host,
        (_, Some((Part::Port, _, rest))) => match first_piece(Part::Port, rest) {
            (_, None) => Part::Port,
            _ => Part::Path,
        },
        _ => Part::Path,
    }
}

/// A part, and what separates it from the text that follows.
type Next<'t> = (Part, &'static str, &'t str);

/// How much of a text that begins in a part belongs to it, and what follows.
fn first_piece(part: Part, text: &str) -> (&str, Option<Next<'_>>) {
    match part {
        Part::Scheme => match text.split_once("://") {
            Some((scheme, rest)) => (scheme, Some((Part::Host, "://", rest))),
            None => (text, None),
        },
        Part::Host => {
            // The colons within the brackets are part of an IPv6 address.
            let from = if text.starts_with('[') { text.find(']').unwrap_or_default() } else { 0 };
            match text[from..].find([':', '/']).map(|at| text.split_at(from + at)) {
                Some((host, rest)) => match rest.strip_prefix(':') {
                    Some(rest) => (host, Some((Part::Port, ":", rest))),
                    None => (host, Some((Part::Path, "", rest))),
                },
                None => (text, None),
            }
        }
        Part::Port => match text.find('/').map(|at| text.split_at(at)) {
            Some((port, rest)) => (port, Some((Part::Path, "", rest))),
            None => (text, None),
        },
        Part::Path => (text, None),
    }
}

/// Whether the host ends before `rest`, whatever the variables in it come to.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(['/', ':', '{'])
}

/// Which schemes there are is checked with the whole address.
fn is_scheme(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_alphanumeric())
}

/// Whether the host of an address is an IPv6 address or a name that DNS can have.
fn is_host(url: &str) -> bool {
    let host = url.split_once("://").map_or("", |(_, rest)| first_piece(Part::Host, rest).0);
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    host.starts_with('[') || (host.len() <= 253 && host.split('.').all(is_label))
}

impl Part {
    /// What to say of a value that does not belong there.
    pub(super) fn misplaced(self, name: &'static str) -> Misplaced {
        let why = match self {
            Self::Scheme => "no scheme: write `https`",
            Self::Host => "no part of a host: write letters, digits and hyphens, and dots between them",
            Self::Port => "no port: write a number",
            Self::Path => "no part of a path: it is empty, or `.` or `..` is in it",
        };
        Misplaced { name, why }
    }
}

impl fmt::Display for Misplaced {
    /// `a value for … that is …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value for `{{{}}}` that is {}", self.name, self.why)
    }
}
