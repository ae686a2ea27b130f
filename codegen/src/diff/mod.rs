//! What a newer description does to those who call the crate that is made of it.
//!
//! Both descriptions are planned as for a crate. What callers meet of each crate is a tree of entries, which are paired by
//! what the description knows them by (a method and a path, the place of a schema, the name of a member, a status) and
//! else by what Rust calls them, and compared. What is sent otherwise but looks the same to rustc is told as well, and
//! breaks nobody.
//!
//! Emitted structs and enums are `#[non_exhaustive]`. Callers read and set the fields of a struct, and make one by
//! `new`, which takes what is required in order, or by `Default`, if nothing is. Arguments have no names where they are
//! given; setters do. So these are the rules, where "direction" is who sends a type, and who reads it:
//!
//! | of | new | gone | other name | other type |
//! |---|---|---|---|---|
//! | operation, its types and setters | nobody | send | send | send |
//! | argument | send | send | nobody | send |
//! | setter of a parameter or body | nobody | send | send | send |
//! | parameter that becomes an argument, or a setter | | | | send |
//! | output | | | read | read |
//! | documented errors, and variants by status | nobody | match | match | match |
//! | header | nobody | read | read | read |
//! | type, whose enums concern match too | nobody | direction | direction | direction |
//! | field that `new` takes | send | direction, send | direction | direction, send |
//! | any other field | nobody | direction | direction | direction |
//! | value or variant of an enum | nobody | match, send if it is sent | the same | the same |
//! | derived trait, `Default`, conversion | nobody | send (`Default`, conversion), direction | | send |
//! | server | nobody | send, match | send, match | send, match |
//! | credential | nobody | send | send | send |
//! | what an operation asks for | | | | send, unless what was enough still is |
//! | addresses, styles, media types, documentation | nobody | nobody | nobody | nobody |
//!
//! The names that several operations share, in `replies`, do not count: each operation has its own for them.
//!
//! The version step is major if anything breaks callers, minor if there is anything new or newly deprecated, and patch
//! if anything else is told. Nothing is told of what only decides which variant of a union a value is, of examples, and of
//! the versions of other crates; nor is a schema that only is elsewhere another one to callers.

mod asked;
mod callers;
mod compare;
mod entry;
mod json;
mod pairs;
mod places;
mod surface;
#[cfg(test)]
mod tests;
mod told;

use std::fmt;

pub use callers::Caller;

use crate::analysis::Analysis;
use crate::api::Origin;
use crate::diagnostics::Place;
use crate::texts::{Shown, code};
use crate::threads;

use compare::Finding;
use entry::{Entry, Kind};
use places::Places;

/// How two versions of an API differ for those who call it in Rust.
#[derive(Clone, Debug)]
pub struct Difference {
    old: String,
    new: String,
    step: Step,
    items: Vec<Item>,
}

/// Which part of the version of a crate goes up, where the part before it is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Step {
    /// Callers meet nothing that is another one.
    None,
    /// Nothing is new, and nothing breaks.
    Patch,
    /// Something is new, and nothing breaks.
    Minor,
    /// Something breaks.
    Major,
}

impl Step {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ItemChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Rust calls it otherwise; it may be something else as well.
    Renamed,
    /// It is something else, or something else is sent.
    Changed,
    /// It is somewhere else in the description, and the same in Rust.
    Moved,
    /// It is the same, with other documentation.
    Documented,
}

impl ItemChange {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Documented => "documented",
        }
    }
}

/// Something that differs.
#[derive(Clone, Debug)]
pub struct Item {
    kind: Kind,
    change: ItemChange,
    step: Step,
    breaks: Vec<Caller>,
    /// CommonMark, in one line.
    says: String,
    /// What it belongs to: as CommonMark, and where callers find that.
    title: String,
    of: String,
    path: String,
    /// What it is called, as CommonMark.
    name: String,
    old: Option<Side>,
    new: Option<Side>,
}

/// Something as one of the descriptions has it.
#[derive(Clone, Debug)]
struct Side {
    /// Its type in Rust.
    code: String,
    place: Option<Place>,
}

impl Difference {
    /// The version step that follows.
    pub fn step(&self) -> Step {
        self.step
    }

    /// All that differs, by what it belongs to.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Whether code of callers may have to change.
    pub fn is_breaking(&self) -> bool {
        self.step == Step::Major
    }

    /// The difference for programs. Members may be added to it.
    ///
    /// ```json
    /// {
    ///   "old": "HEAD:cats.yaml", "new": "cats.yaml",
    ///   "step": "major",
    ///   "items": [{
    ///     "kind": "field", "change": "changed", "step": "major", "breaks": ["read"],
    ///     "of": "types::Cat", "path": "types::Cat::name",
    ///     "says": "field `name` is `Option<String>` now, was `String`",
    ///     "old": { "type": "String", "file": "HEAD:cats.yaml", "line": 9, "column": 5, "pointer": "/components/…" },
    ///     "new": { "type": "Option<String>", "file": "cats.yaml", "line": 9, "column": 5, "pointer": "/components/…" }
    ///   }]
    /// }
    /// ```
    ///
    /// `step` is one of `none`, `patch`, `minor` and `major`; `change` of `added`, `removed`, `renamed`, `changed`,
    /// `moved` and `documented`; `breaks` lists some of `send`, `read` and `match`. `old` is `null` for what is new,
    /// and `new` for what is gone; where a place is not known, it has only the type. The description may have chosen
    /// any text in it.
    pub fn to_json(&self) -> String {
        json::text(self)
    }

    /// The difference as CommonMark.
    pub fn to_markdown(&self) -> String {
        told::markdown(self)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&told::plain(self))
    }
}

impl Item {
    /// What it is, in a word.
    pub fn kind(&self) -> &'static str {
        self.kind.word()
    }

    /// What happened to it.
    pub fn change(&self) -> ItemChange {
        self.change
    }

    /// The version step that it takes.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Whose code may have to change.
    pub fn breaks(&self) -> &[Caller] {
        &self.breaks
    }

    /// What happened, in a sentence of CommonMark without a full stop.
    pub fn says(&self) -> &str {
        &self.says
    }

    /// Where callers find it, such as `types::Cat::name`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where it is in the older description.
    pub fn old_place(&self) -> Option<&Place> {
        self.old.as_ref()?.place.as_ref()
    }

    /// Where it is in the newer description.
    pub fn new_place(&self) -> Option<&Place> {
        self.new.as_ref()?.place.as_ref()
    }
}

/// Compares two versions of an API, as those who call it in Rust meet it.
pub fn diff(old: &Analysis, new: &Analysis) -> Difference {
    threads::with_stack(|| compared(old, new))
}

fn compared(old: &Analysis, new: &Analysis) -> Difference {
    let root = Origin::new("");
    let pairs = pairs::Pairs::of(&old.api, &new.api);
    let before = surface::surface(&old.api, &old.settings, &pairs::Keys::default(), &root);
    let keys = pairs.keys();
    let now = surface::surface(&new.api, &new.settings, &keys, &root);
    let findings = compare::compare(&before, &now, &pairs);
    let old_places = Places::of(&old.report, findings.iter().filter_map(|finding| finding.old));
    let new_places = Places::of(&new.report, findings.iter().filter_map(|finding| finding.new));
    let mut items: Vec<_> = findings.iter().map(|finding| item(finding, &old_places, &new_places)).collect();
    // What is gone is told with what else happened to what it belonged to.
    let mut order = crate::maps::HashMap::default();
    for item in &items {
        let next = order.len();
        order.entry(item.title.clone()).or_insert(next);
    }
    items.sort_by_key(|item| (order.get(&item.title).copied(), item.change == ItemChange::Documented));
    let step = items.iter().map(|item| item.step).max().unwrap_or(Step::None);
    let name = |analysis: &Analysis| analysis.report.sources().first().map_or("", |source| source.name()).to_owned();
    Difference { old: name(old), new: name(new), step, items }
}

fn item(finding: &Finding<'_>, old_places: &Places<'_>, new_places: &Places<'_>) -> Item {
    let side = |entry: &Entry<'_>, places: &Places<'_>| Side { code: entry.code.clone(), place: places.at(entry) };
    let newest = finding.newest();
    Item {
        kind: finding.kind,
        change: finding.change,
        step: finding.step,
        breaks: finding.breaks.list(),
        says: finding.says.source(),
        title: title(finding.title),
        of: finding.title.path.clone(),
        path: newest.path.clone(),
        name: if newest.name.is_empty() { newest.kind.word().to_owned() } else { code(&newest.name).source() },
        old: finding.old.map(|entry| side(entry, old_places)),
        new: finding.new.map(|entry| side(entry, new_places)),
    }
}

/// What items are told under, as CommonMark.
fn title(entry: &Entry<'_>) -> String {
    match entry.kind {
        Kind::Crate => "The crate".to_owned(),
        Kind::Operation => format!("{}: {}", code(&entry.place).source(), code(&entry.path).source()),
        _ => code(&entry.path).source(),
    }
}

/// A name of a file, as it is shown.
fn shown(name: &str) -> String {
    Shown::from(name).to_string()
}
