//! Files that take the place of addresses, as whoever runs the generator says: nothing is fetched.

use std::collections::BTreeSet;

use super::files::normal;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashSet;
use crate::parse::closest;
use crate::pointer;
use crate::rule::Rule;
use crate::source::Source;

/// A file that takes the place of an address, or a folder for all that begin with one.
#[derive(Clone, Debug)]
pub(in crate::parse) struct StandIn {
    /// With a slash at its end, all addresses that begin with it.
    pub address: String,
    /// From the folder of `said_by`.
    pub path: String,
    /// What the path counts from, and is as much to be trusted as.
    pub said_by: Source,
    /// Where it is said, if that is in a file.
    pub place: Option<(usize, Origin)>,
}

/// What is known of addresses.
pub(super) struct Addresses {
    all: Vec<StandIn>,
    used: HashSet<usize>,
}

impl Addresses {
    pub fn of(all: &[StandIn]) -> Self {
        Self { all: all.to_vec(), used: HashSet::default() }
    }

    /// What takes the place of an address, and the path of the file; of several, what says most of it.
    pub fn find(&mut self, address: &str) -> Option<(StandIn, String)> {
        let rest = |known: &StandIn| match address.strip_prefix(known.address.as_str())? {
            "" => Some(String::new()),
            rest => known.address.ends_with('/').then(|| pointer::percent_decode(rest)),
        };
        let fitting = self.all.iter().filter_map(|known| Some((known, rest(known)?)));
        // Of equal ones, the last: the command line comes behind the configuration.
        let (known, rest) = fitting.max_by_key(|(known, _)| known.address.len())?;
        let path = if rest.is_empty() { known.path.clone() } else { format!("{}/{rest}", known.path) };
        let path = normal(&path);
        let known = known.clone();
        let same = self.all.iter().enumerate().filter(|(_, other)| other.address == known.address);
        self.used.extend(same.map(|(number, _)| number));
        Some((known, path))
    }

    /// Says what nothing refers to.
    pub fn finish(&self, seen: &BTreeSet<String>, report: &mut Report) {
        let unused = self.all.iter().enumerate().filter(|(number, _)| !self.used.contains(number));
        for (_, known) in unused {
            let message = format!("nothing refers to `{}`", known.address);
            let diagnostic = match &known.place {
                Some((file, place)) => {
                    Diagnostic::error(Rule::UnmatchedSelection, place, message).on_key().in_file(*file)
                }
                None => Diagnostic::at_offset(Rule::UnmatchedSelection, None, message),
            };
            report.push(match closest(&known.address, seen.iter().map(String::as_str)) {
                Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
                None => diagnostic,
            });
        }
    }
}

/// Whether a path is an address rather than that of a file; `C:` is a drive.
pub(in crate::parse) fn is_address(path: &str) -> bool {
    let has_scheme = path.split_once(':').is_some_and(|(scheme, _)| scheme.len() > 1 && !scheme.contains(['/', '\\']));
    has_scheme || path.starts_with("//")
}

/// The address that a path means where it stands in the file of another one; `None` if that has no place for paths.
pub(super) fn resolve(base: &str, path: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    if path.starts_with("//") {
        return Some(format!("{scheme}:{path}"));
    }
    if is_address(path) {
        return Some(path.to_owned());
    }
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
    let joined = super::files::join(&format!("/{folder}"), path);
    Some(format!("{scheme}://{host}/{}", joined.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_address_that_they_stand_in() {
        for (base, path, meant) in [
            ("https://a.example/x/y.yaml", "z.yaml", Some("https://a.example/x/z.yaml")),
            ("https://a.example/x/y.yaml", "./z.yaml", Some("https://a.example/x/z.yaml")),
            ("https://a.example/x/y.yaml", "../z.yaml", Some("https://a.example/z.yaml")),
            ("https://a.example/x/y.yaml", "/z.yaml", Some("https://a.example/z.yaml")),
            ("https://a.example/x/y.yaml?v=1/2", "z.yaml", Some("https://a.example/x/z.yaml")),
            ("https://a.example", "z.yaml", Some("https://a.example/z.yaml")),
            ("https://a.example/x/y.yaml", "//b.example/z.yaml", Some("https://b.example/z.yaml")),
            ("https://a.example/x/y.yaml", "http://b.example/z.yaml", Some("http://b.example/z.yaml")),
            ("urn:example:y", "z.yaml", None),
        ] {
            assert_eq!(resolve(base, path).as_deref(), meant, "{base} {path}");
        }
    }

    #[test]
    fn the_stand_in_that_says_most_of_an_address_counts() {
        let stand_in = |address: &str, path: &str| StandIn {
            address: address.to_owned(),
            path: path.to_owned(),
            said_by: Source::new("cats.codegen.yaml", ""),
            place: None,
        };
        let mut addresses = Addresses::of(&[
            stand_in("https://a.example/", "all"),
            stand_in("https://a.example/x/", "./x/"),
            stand_in("https://a.example/x/y.yaml", "y.yaml"),
        ]);
        let mut path = |address: &str| addresses.find(address).map(|(_, path)| path);
        assert_eq!(path("https://a.example/x/y.yaml").as_deref(), Some("y.yaml"));
        assert_eq!(path("https://a.example/x/y.yaml2").as_deref(), Some("x/y.yaml2"));
        assert_eq!(path("https://a.example/x/a%20b.yaml").as_deref(), Some("x/a b.yaml"));
        assert_eq!(path("https://a.example/z.yaml").as_deref(), Some("all/z.yaml"));
        assert_eq!(path("https://b.example/z.yaml"), None);
    }
}
