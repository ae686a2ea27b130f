//! Two trees of entries, compared: what is new, gone, or other than it was, and whom that breaks.

use crate::maps::{HashMap, HashSet};
use crate::texts::{Prose, code, said};

use super::callers::Callers;
use super::entry::{Entry, Kind, OTHER_NAME};
use super::pairs::Pairs;
use super::{ItemChange, Step};

/// Something that differs, with all that is said about it.
pub(super) struct Finding<'a> {
    pub kind: Kind,
    pub change: ItemChange,
    pub step: Step,
    pub breaks: Callers,
    pub says: Prose,
    /// What it is told under.
    pub title: &'a Entry<'a>,
    pub old: Option<&'a Entry<'a>>,
    pub new: Option<&'a Entry<'a>>,
}

impl<'a> Finding<'a> {
    /// The newer of both, if it is still there.
    pub fn newest(&self) -> &'a Entry<'a> {
        self.new.or(self.old).unwrap_or(self.title)
    }
}

/// All that differs, in the order of the new tree, and behind that what is gone.
pub(super) fn compare<'a>(old: &'a Entry<'a>, new: &'a Entry<'a>, pairs: &Pairs<'a>) -> Vec<Finding<'a>> {
    let mut comparison = Comparison { pairs, findings: Vec::new() };
    comparison.both(old, new, new);
    comparison.findings
}

struct Comparison<'a, 'p> {
    pairs: &'p Pairs<'a>,
    findings: Vec<Finding<'a>>,
}

impl<'a> Comparison<'a, '_> {
    /// Compares what there is in both.
    fn both(&mut self, old: &'a Entry<'a>, new: &'a Entry<'a>, title: &'a Entry<'a>) {
        let title = if new.kind.is_title() { new } else { title };
        let is_same = old.form == new.form
            && old.types.len() == new.types.len()
            && old.types.iter().zip(&new.types).all(|(old, new)| self.pairs.is_same(old, new));
        let mut told = Told::default();
        told.name(old, new, is_same);
        told.signature(old, new, is_same);
        // What is another type goes over the wire in another way, which says nothing more.
        if is_same {
            told.sent(old, new);
        }
        told.security(old, new);
        told.docs(old, new);
        if let Some((change, step)) = told.verdict(new.kind) {
            let says = subject(old) + told.says();
            let breaks = told.breaks;
            self.findings.push(Finding {
                kind: new.kind,
                change,
                step,
                breaks,
                says,
                title,
                old: Some(old),
                new: Some(new),
            });
        }
        // What is inside of another type is another thing. Servers stay what they are.
        if is_same || new.kind == Kind::Servers {
            self.inner(old, new, title);
        }
    }

    fn inner(&mut self, old: &'a Entry<'a>, new: &'a Entry<'a>, title: &'a Entry<'a>) {
        let pairs = counterparts(&old.inner, &new.inner);
        let (old_names, new_names) = (type_names(&old.inner), type_names(&new.inner));
        let mut kept = HashSet::default();
        let mut order = Vec::new();
        for (entry, counterpart) in new.inner.iter().zip(pairs) {
            match counterpart {
                Some(index) => {
                    kept.insert(index);
                    let before = &old.inner[index];
                    if before.is_asked && entry.is_asked {
                        order.push((index, entry));
                    }
                    self.both(before, entry, title);
                }
                None if is_name_of(entry, &old_names) => {}
                None => self.added(entry, title),
            }
        }
        for (index, entry) in old.inner.iter().enumerate() {
            if !kept.contains(&index) && !is_name_of(entry, &new_names) {
                self.removed(entry, title);
            }
        }
        if !order.is_sorted_by_key(|(index, _)| *index) {
            self.reordered(old, new, &order, title);
        }
    }

    fn added(&mut self, entry: &'a Entry<'a>, title: &'a Entry<'a>) {
        let breaks = Callers::SEND.only_if(entry.is_asked);
        let step = if breaks == Callers::NONE { Step::Minor } else { Step::Major };
        let asked = if entry.is_asked { said(" and taken by ") + entry.kind.maker() } else { Prose::default() };
        let says = subject(entry) + typed(entry) + " is new" + asked;
        let title = if entry.kind.is_title() { entry } else { title };
        let (kind, change) = (entry.kind, ItemChange::Added);
        self.findings.push(Finding { kind, change, step, breaks, says, title, old: None, new: Some(entry) });
    }

    fn removed(&mut self, entry: &'a Entry<'a>, title: &'a Entry<'a>) {
        let breaks = entry.users.and(Callers::SEND.only_if(entry.is_asked));
        let step = if breaks == Callers::NONE { Step::Patch } else { Step::Major };
        let says = subject(entry) + typed(entry) + " is gone";
        let title = if entry.kind.is_title() { entry } else { title };
        let (kind, change) = (entry.kind, ItemChange::Removed);
        self.findings.push(Finding { kind, change, step, breaks, says, title, old: Some(entry), new: None });
    }

    /// Says that what takes arguments takes them in another order, which rustc may not notice.
    fn reordered(
        &mut self,
        old: &'a Entry<'a>,
        new: &'a Entry<'a>,
        order: &[(usize, &'a Entry<'a>)],
        title: &'a Entry<'a>,
    ) {
        let Some((_, first)) = order.first() else { return };
        let names = order.iter().map(|(_, entry)| argument(entry)).collect::<Vec<_>>().join(", ");
        let mut before = order.to_vec();
        before.sort_by_key(|(index, _)| *index);
        let before = before.iter().map(|(_, entry)| argument(entry)).collect::<Vec<_>>().join(", ");
        let says = said(first.kind.maker()) + " takes " + code(&names) + " in this order now, was " + code(&before);
        self.findings.push(Finding {
            kind: new.kind,
            change: ItemChange::Changed,
            step: Step::Major,
            breaks: Callers::SEND,
            says,
            title,
            old: Some(old),
            new: Some(new),
        });
    }
}

/// Whether it is another name of a type, and the other side has a type of that name, which is told by itself.
fn is_name_of(entry: &Entry<'_>, others: &HashSet<&str>) -> bool {
    entry.kind == Kind::Type && entry.form == OTHER_NAME && others.contains(entry.name.as_str())
}

fn type_names<'a>(entries: &'a [Entry<'_>]) -> HashSet<&'a str> {
    entries.iter().filter(|entry| entry.kind == Kind::Type).map(|entry| entry.name.as_str()).collect()
}

fn argument<'a>(entry: &'a Entry<'_>) -> &'a str {
    if entry.name.is_empty() { "body" } else { &entry.name }
}

/// Which of the old entries each of the new ones was, by key, or else by what it was called.
fn counterparts(old: &[Entry<'_>], new: &[Entry<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let mut taken = HashSet::default();
    for by in [by_key, by_second] {
        let mut known: HashMap<(Kind, &str), Vec<usize>> = HashMap::default();
        // The first is taken first.
        for (index, entry) in old.iter().enumerate().rev().filter(|(index, _)| !taken.contains(index)) {
            known.entry((entry.kind, by(entry))).or_default().push(index);
        }
        for (slot, entry) in found.iter_mut().zip(new).filter(|(slot, _)| slot.is_none()) {
            *slot = known.get_mut(&(entry.kind, by(entry))).and_then(Vec::pop);
            taken.extend(*slot);
        }
    }
    found
}

fn by_key<'a>(entry: &'a Entry<'_>) -> &'a str {
    &entry.key
}

fn by_second<'a>(entry: &'a Entry<'_>) -> &'a str {
    &entry.second
}

/// What is said of something that there is in both, and what follows.
#[derive(Default)]
struct Told {
    says: Vec<Prose>,
    breaks: Callers,
    is_renamed: bool,
    is_moved: bool,
    is_changed: bool,
    is_deprecated: bool,
    is_documented: bool,
}

impl Told {
    /// Its name, and its place in the description.
    fn name(&mut self, old: &Entry<'_>, new: &Entry<'_>, is_same: bool) {
        // What another type has is called otherwise as well, which says nothing more.
        if old.name != new.name && (is_same || old.kind == Kind::Type) {
            self.is_renamed = true;
            let is_known_still = new.other_names.contains(&old.name);
            self.breaks = self.breaks.and(new.users.only_if(!is_known_still));
            self.says.push(match old.kind {
                Kind::Operation => said("is ") + code(&new.path) + " now",
                _ if is_known_still => said("is called ") + code(&new.name) + " now, and by its old name as well",
                _ => said("is called ") + code(&new.name) + " now",
            });
        }
        let is_elsewhere = old.key != new.key || (old.kind == Kind::Type && old.place != new.place);
        if is_elsewhere && !self.is_renamed {
            self.is_moved = true;
            self.says.push(match old.kind {
                Kind::Operation => said("is requested by ") + code(&new.place) + " now, was by " + code(&old.place),
                Kind::Type => said("is elsewhere in the description now"),
                _ => said("is ") + code(&new.place) + " in messages now, was " + code(&old.place),
            });
        }
    }

    /// Its type, and whether it has to be given.
    fn signature(&mut self, old: &Entry<'_>, new: &Entry<'_>, is_same: bool) {
        let is_given = old.is_asked || new.is_asked;
        if !is_same {
            self.is_changed = true;
            self.breaks = self.breaks.and(old.users).and(new.users).and(Callers::SEND.only_if(is_given));
            let other = if old.code == new.code { ", another one of that name" } else { "" };
            self.says.push(said("is ") + made_of(new) + " now, was " + made_of(old) + other);
        }
        if old.is_asked != new.is_asked {
            self.is_changed = true;
            self.breaks = self.breaks.and(Callers::SEND);
            self.says.push(match (old.kind, new.is_asked) {
                (Kind::Parameter | Kind::Body, true) => said("is an argument of the method now, was a setter"),
                (Kind::Parameter | Kind::Body, false) => said("is a setter of the call now, was an argument"),
                (kind, true) => said("is taken by ") + kind.maker() + " now",
                (kind, false) => said("is not taken by ") + kind.maker() + " any more",
            });
        }
    }

    /// What goes over the wire.
    fn sent(&mut self, old: &Entry<'_>, new: &Entry<'_>) {
        let value = |entry: &Entry<'_>, name: &str| {
            entry.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let gone = old.facts.iter().filter(|(name, _)| value(new, name).is_none());
        for (name, _) in new.facts.iter().chain(gone) {
            let (before, now) = (value(old, name), value(new, name));
            if before == now {
                continue;
            }
            self.is_changed = true;
            self.says.push(match (before, now) {
                (Some(before), Some(now)) => {
                    said("has another ") + *name + " now: " + code(&now) + ", was " + code(&before)
                }
                (before, now) if now.is_none() => {
                    said("has no ") + *name + " any more, was " + code(&before.unwrap_or_default())
                }
                (_, now) => said("has a ") + *name + " now: " + code(&now.unwrap_or_default()),
            });
        }
    }

    /// What callers sign in with.
    fn security(&mut self, old: &Entry<'_>, new: &Entry<'_>) {
        if let (Some(before), Some(now)) = (&old.asked, &new.asked)
            && before.words() != now.words()
        {
            self.is_changed = true;
            self.breaks = self.breaks.and(Callers::SEND.only_if(!now.is_met_by(before)));
            let (before, now) = (before.words(), now.words());
            self.says.push(said("asks for ") + code(&now) + " now, was " + code(&before));
        }
    }

    /// What is said about it.
    fn docs(&mut self, old: &Entry<'_>, new: &Entry<'_>) {
        if old.is_deprecated != new.is_deprecated {
            self.is_deprecated = true;
            self.says.push(said(if new.is_deprecated { "is deprecated now" } else { "is not deprecated any more" }));
        }
        if old.doc != new.doc {
            self.is_documented = true;
        }
    }

    /// What it comes to, if anything differs.
    fn verdict(&self, kind: Kind) -> Option<(ItemChange, Step)> {
        let step = match () {
            () if self.breaks != Callers::NONE => Step::Major,
            // Its old name is there as well.
            () if self.is_deprecated || (self.is_renamed && kind == Kind::Type) => Step::Minor,
            () => Step::Patch,
        };
        match () {
            () if self.is_renamed => Some((ItemChange::Renamed, step)),
            () if self.is_changed || self.is_deprecated => Some((ItemChange::Changed, step)),
            // The crate says nothing of the place of a schema.
            () if self.is_moved && kind == Kind::Type && !self.is_documented => Some((ItemChange::Moved, Step::None)),
            () if self.is_moved => Some((ItemChange::Moved, step)),
            () if self.is_documented => Some((ItemChange::Documented, Step::Patch)),
            () => None,
        }
    }

    fn says(&self) -> Prose {
        let documented = (self.says.is_empty() && self.is_documented).then(|| said("is documented in other words"));
        let mut says = Prose::default();
        for (index, clause) in self.says.iter().chain(&documented).enumerate() {
            says += if index == 0 { " " } else { ", and " };
            says += clause.clone();
        }
        says
    }
}

/// What a sentence about an entry begins with.
fn subject(entry: &Entry<'_>) -> Prose {
    let name = match entry.kind {
        Kind::Crate => return said("the crate"),
        Kind::Operation | Kind::Type | Kind::Webhook | Kind::Conversion | Kind::Credential | Kind::Marker => {
            &entry.path
        }
        Kind::Output | Kind::Error | Kind::Headers | Kind::Parts => &entry.path,
        Kind::Body => return said("the body"),
        _ => &entry.name,
    };
    said(entry.kind.word()) + " " + code(name)
}

/// Its type.
fn made_of(entry: &Entry<'_>) -> Prose {
    if entry.code.is_empty() { said("nothing") } else { code(&entry.code) }
}

/// Its type, behind a name.
fn typed(entry: &Entry<'_>) -> Prose {
    match entry.kind {
        Kind::Type | Kind::Operation | Kind::Conversion => Prose::default(),
        _ if entry.code.is_empty() => Prose::default(),
        Kind::Reply | Kind::Variant | Kind::BodyVariant => said(" of ") + code(&entry.code),
        _ => said(", ") + code(&entry.code) + ",",
    }
}
