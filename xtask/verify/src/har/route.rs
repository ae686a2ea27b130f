//! Which operation a request is of.

use std::borrow::Cow;

use codegen::{DescribedOperation, Documented};
use url::Url;

/// The operations, by what the URLs of their requests look like.
pub struct Routes<'d> {
    routes: Vec<Route<'d>>,
}

struct Route<'d> {
    operation: &'d DescribedOperation,
    servers: Vec<Server>,
    path: Vec<Segment>,
}

/// Where requests go. Variables are parameters, whatever they say.
struct Server {
    /// Host and port; nothing, if the URL is relative.
    host: Option<Segment>,
    path: Vec<Segment>,
}

/// A piece of a path, or a host: texts, with a parameter between each of them and the next.
struct Segment {
    texts: Vec<String>,
    names: Vec<String>,
}

/// An operation that a request is of.
pub struct Match<'d> {
    pub operation: &'d DescribedOperation,
    /// The values of the parameters of its path.
    pub parameters: Vec<(String, String)>,
}

impl<'d> Routes<'d> {
    pub fn of(documented: &'d Documented) -> Self {
        let route = |operation: &'d DescribedOperation| {
            let servers = if operation.servers.is_empty() { documented.servers() } else { &operation.servers };
            Route {
                operation,
                servers: servers.iter().map(|url| Server::of(url)).collect(),
                path: segments(operation.path.split(['?', '#']).next().unwrap_or_default()),
            }
        };
        Self { routes: documented.operations().iter().map(route).collect() }
    }

    /// Whether a URL is at the host of a server.
    pub fn is_of_service(&self, url: &Url) -> bool {
        let host = host(url);
        let mut servers = self.routes.iter().flat_map(|route| &route.servers);
        servers.any(|server| server.host.as_ref().is_some_and(|known| known.values(&host).is_some()))
    }

    /// The operation that a request is of: of several, the one whose path has the most text. Unless it is strict, requests
    /// to any host count, such as those to a mock.
    pub fn find(&self, method: &str, url: &Url, is_strict: bool) -> Option<Match<'d>> {
        let (host, path) = (host(url), path_of(url));
        let of_method = self.routes.iter().filter(|route| route.operation.method == method);
        let matches = of_method.filter_map(|route| route.matched(&host, &path, is_strict));
        let best = matches.max_by_key(|(texts, _)| *texts);
        best.map(|(_, found)| found)
    }
}

impl<'d> Route<'d> {
    /// What a request to a host and a path gives the parameters, and how much of its path is text.
    fn matched(&self, host: &str, path: &[Cow<'_, str>], is_strict: bool) -> Option<(usize, Match<'d>)> {
        let is_there =
            |server: &&Server| !is_strict || server.host.as_ref().is_none_or(|known| known.values(host).is_some());
        let below = self.servers.iter().filter(is_there).filter_map(|server| {
            let (before, rest) = path.split_at_checked(server.path.len())?;
            all_values(&server.path, before).map(|_| rest)
        });
        // What has no prefix may have lost it, as in the traffic of a mock.
        let bare = (!is_strict || self.servers.is_empty()).then_some(path);
        let parameters = below.chain(bare).find_map(|rest| all_values(&self.path, rest))?;
        let texts = self.path.iter().flat_map(|segment| &segment.texts).map(String::len).sum();
        Some((texts, Match { operation: self.operation, parameters }))
    }
}

impl Server {
    fn of(url: &str) -> Self {
        match url.split_once("://") {
            Some((_, rest)) => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                let without_default = host.strip_suffix(":443").or(host.strip_suffix(":80")).unwrap_or(host);
                Self { host: Some(Segment::of(&without_default.to_ascii_lowercase())), path: segments(path) }
            }
            None => Self { host: None, path: segments(url) },
        }
    }
}

impl Segment {
    fn of(text: &str) -> Self {
        let mut segment = Self { texts: Vec::new(), names: Vec::new() };
        let mut rest = text;
        while let Some((before, (name, behind))) =
            rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
        {
            segment.texts.push(before.to_owned());
            segment.names.push(name.to_owned());
            rest = behind;
        }
        segment.texts.push(rest.to_owned());
        segment
    }

    /// What the parameters are in a text, if it is one of these.
    fn values(&self, text: &str) -> Option<Vec<(String, String)>> {
        let (first, others) = self.texts.split_first()?;
        let mut rest = text.strip_prefix(first.as_str())?;
        let mut values = Vec::new();
        for (index, (name, next)) in self.names.iter().zip(others).enumerate() {
            // The last text ends it; any other one is where it is found first.
            let end = match index + 1 == others.len() {
                true => rest.len().checked_sub(next.len()).filter(|_| rest.ends_with(next.as_str()))?,
                false => rest.find(next.as_str())?,
            };
            let (value, behind) = rest.split_at(end);
            values.push((name.clone(), value.to_owned()));
            rest = behind.get(next.len()..)?;
        }
        (rest.is_empty() && values.iter().all(|(_, value)| !value.is_empty())).then_some(values)
    }
}

/// What the parameters of some segments are in a path.
fn all_values(segments: &[Segment], path: &[Cow<'_, str>]) -> Option<Vec<(String, String)>> {
    if segments.len() != path.len() {
        return None;
    }
    let values: Option<Vec<_>> = segments.iter().zip(path).map(|(segment, text)| segment.values(text)).collect();
    Some(values?.concat())
}

fn segments(path: &str) -> Vec<Segment> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() { Vec::new() } else { path.split('/').map(Segment::of).collect() }
}

fn path_of(url: &Url) -> Vec<Cow<'_, str>> {
    let segments = url.path_segments().into_iter().flatten();
    let mut path: Vec<_> =
        segments.map(|segment| percent_encoding::percent_decode_str(segment).decode_utf8_lossy()).collect();
    path.pop_if(|last| last.is_empty());
    path
}

/// Host and port, without the port that everybody has.
fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_gives_its_parameters_their_values() {
        let values = |template: &str, text: &str| {
            let found = Segment::of(template).values(text)?;
            Some(found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "))
        };
        for (template, text, expected) in [
            ("cats", "cats", Some("")),
            ("cats", "cat", None),
            ("{id}", "7", Some("id=7")),
            ("{id}", "", None),
            ("{name}.{type}", "a.b.c", Some("name=a type=b.c")),
            ("v{number}-x", "v12-x", Some("number=12")),
            ("v{number}-x", "v12-y", None),
            ("v{number}-x", "v-x", None),
        ] {
            assert_eq!(values(template, text).as_deref(), expected, "{template} {text}");
        }
    }
}
