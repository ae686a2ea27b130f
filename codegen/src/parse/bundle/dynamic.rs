//! Names that a `$dynamicRef` of one file asks for and a schema of another one has: which of them is meant depends on
//! the way through the files, which is not followed.

use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::{HashMap, HashSet};
use crate::parse::identifiers::Identified;
use crate::rule::Rule;

/// What is known of all files so far.
#[derive(Default)]
pub(super) struct Dynamic {
    /// The names that are asked for, each with a place of the first file that does.
    asked: HashMap<String, (usize, Origin)>,
    /// The names that there are, each with the first file that has it.
    bound: HashMap<String, usize>,
    /// Those that were told of.
    told: HashSet<String>,
}

impl Dynamic {
    pub fn add(&mut self, identified: &Identified, file: usize, report: &mut Report) {
        for name in identified.bound() {
            if let Some((other, place)) = self.asked.get(name).filter(|(other, _)| *other != file) {
                tell(&mut self.told, name, (*other, place), report);
            }
            self.bound.entry(name.to_owned()).or_insert(file);
        }
        for (name, place) in identified.asked() {
            if self.bound.get(name).is_some_and(|other| *other != file) {
                tell(&mut self.told, name, (file, &place), report);
            }
            self.asked.entry(name.to_owned()).or_insert((file, place));
        }
    }
}

fn tell(told: &mut HashSet<String>, name: &str, (file, place): (usize, &Origin), report: &mut Report) {
    if told.insert(name.to_owned()) {
        let message =
            format!("another file has a `$dynamicAnchor: {name}` as well; which one is meant is not followed");
        let diagnostic = Diagnostic::error(Rule::UnresolvedReference, place, message);
        report.push(diagnostic.help("put these schemas into one file").in_file(file));
    }
}
