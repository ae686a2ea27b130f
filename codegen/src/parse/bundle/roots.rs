//! What the paths of files count from: the description, and what takes the place of addresses.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use super::addresses::{self, Addresses, StandIn};
use super::files::join;
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Proposal, Report};
use crate::pointer;
use crate::rule::Rule;
use crate::source::{Found, Source, Word};

/// The description is number 0.
pub(super) struct Roots {
    description: Source,
    others: Vec<Root>,
    addresses: Addresses,
    /// The addresses that references lead to.
    seen: BTreeSet<String>,
}

struct Root {
    stand_in: StandIn,
    /// The folder whose files may be read; `None` for that of whoever says that it stands in.
    folder: Option<PathBuf>,
}

/// The file that a reference stands in.
#[derive(Default)]
pub(super) struct From<'a> {
    pub root: usize,
    pub path: &'a str,
    pub address: Option<&'a str>,
}

/// Where a file is that is to be read.
pub(super) struct Spot {
    pub root: usize,
    pub path: String,
    /// The address that it takes the place of.
    pub address: Option<String>,
    /// Whether somebody said so.
    stands_in: bool,
}

impl Roots {
    pub fn new(description: &Source, addresses: Addresses) -> Self {
        Self { description: description.clone(), others: Vec::new(), addresses, seen: BTreeSet::new() }
    }

    /// Says which addresses nothing leads to, of those that there are files for.
    pub fn finish(&self, report: &mut Report) {
        self.addresses.finish(&self.seen, report);
    }

    /// What finds and reads the files of a root.
    pub fn source(&self, root: usize) -> &Source {
        self.other(root).map_or(&self.description, |root| &root.stand_in.said_by)
    }

    fn other(&self, root: usize) -> Option<&Root> {
        self.others.get(root.checked_sub(1)?)
    }

    /// Where the file of a reference is.
    pub fn spot(&mut self, path: &str, from: &From<'_>, origin: &Origin) -> Result<Spot, Diagnostic> {
        let error = |message: String| Diagnostic::error(Rule::ExternalReference, origin, message);
        let is_address = addresses::is_address(path);
        let address = match from.address {
            Some(base) => addresses::resolve(base, path),
            None => is_address.then(|| path.to_owned()),
        };
        if let Some(address) = &address {
            self.seen.insert(address.clone());
            if let Some((stand_in, path)) = self.addresses.find(address) {
                let root = self.root_of(stand_in, &path);
                return Ok(Spot { root, path, address: Some(address.clone()), stands_in: true });
            }
        }
        if is_address {
            let diagnostic = error(format!("`{path}` is not a file, and nothing is fetched")).help(
                "download it, and say which file it is: `--reference URL=FILE`, or `references` in a configuration",
            );
            return Err(diagnostic.proposing(address.map(Proposal::Reference)));
        }
        let path = join(from.path, &pointer::percent_decode(path).replace('\\', "/"));
        if self.source(from.root).loader().is_none() {
            let diagnostic = error(format!("`{path}` is not in this document"));
            return Err(diagnostic.help("read the description from a file, or bundle it into one"));
        }
        Ok(Spot { root: from.root, path, address, stands_in: false })
    }

    /// What the paths in a file count from that takes the place of an address.
    fn root_of(&mut self, stand_in: StandIn, path: &str) -> usize {
        let is_known = |root: &Root| root.stand_in.address == stand_in.address;
        if let Some(known) = self.others.iter().position(is_known) {
            return known + 1;
        }
        let source = &stand_in.said_by;
        // What nobody named does not lead outside of the description's own folder.
        let folder = match (source.word(), stand_in.address.ends_with('/')) {
            (Word::Given, true) => source.find(&stand_in.path).map(|folder| folder.id).ok(),
            (Word::Given, false) => source.find(path).ok().and_then(|file| Some(file.id.parent()?.to_owned())),
            (Word::Found | Word::Described, _) => None,
        };
        self.others.push(Root { stand_in, folder });
        self.others.len()
    }

    /// Whether a file is neither where the files of its root are nor where those of the description are.
    pub fn is_outside(&self, found: &Found, root: usize) -> bool {
        let Some(folder) = self.other(root).and_then(|root| root.folder.as_ref()) else { return found.is_outside };
        let beside = || self.description.find(&found.id.to_string_lossy());
        !found.id.starts_with(folder) && beside().map_or(true, |beside| beside.is_outside)
    }
}

impl Spot {
    pub fn unread(&self, failure: &io::Error, origin: &Origin) -> Diagnostic {
        let (path, address) = (&self.path, self.address.as_deref().filter(|_| self.stands_in));
        let stands_for = address.map_or_else(String::new, |address| format!(", which stands for `{address}`"));
        if failure.kind() != io::ErrorKind::NotFound {
            let message = format!("cannot read `{path}`{stands_for}: {failure}");
            return Diagnostic::error(Rule::Unreadable, origin, message);
        }
        let message = format!("no such file: `{path}`{stands_for}");
        Diagnostic::error(Rule::UnresolvedReference, origin, message).help(match address {
            Some(_) => "the path counts from the configuration, or from the folder that the command runs in",
            None => "the path counts from the file that it stands in",
        })
    }
}
