//! Which of the tags of variants tell them apart.

use std::sync::Arc;

use crate::api::{Fit, JsonKind, Others, Says, Scalar, Tag, UnionVariant};
use crate::maps::{HashMap, HashSet};

/// How many tags are left where it takes several to tell the variants apart.
const MOST: usize = 12;

type Path = Vec<Arc<str>>;

/// A look of a variant, by the number of the variant.
type Look<'f> = (usize, &'f Fit);

/// What is left to tell a look from others.
#[derive(Clone)]
struct Left {
    tags: Vec<Tag>,
    /// Whether the tags say all: no other look has them, and they are always there.
    is_all: bool,
}

impl Left {
    /// Adds the tag at a place, by which the look is of one class.
    fn add(&mut self, fit: &Fit, path: &Path) {
        let tag = fit.tags.iter().find(|tag| tag.path == *path);
        self.is_all &= tag.is_some_and(|tag| tag.required);
        self.tags.extend(tag.cloned());
    }

    /// Adds tags that do not tell all.
    fn add_some(&mut self, tags: Vec<Tag>) {
        let is_new = |tag: &Tag| !self.tags.iter().any(|known| known.path == tag.path);
        let new: Vec<_> = tags.into_iter().filter(is_new).collect();
        self.tags.extend(new);
        self.tags.truncate(MOST);
        self.is_all = false;
    }
}

/// Leaves of each look what tells it from those of other variants: the tags that do, and the members, unless the tags
/// are always there.
pub(super) fn leave_what_tells(variants: &mut [UnionVariant]) {
    for kind in [JsonKind::Object, JsonKind::Array] {
        let left = {
            let looks = looks_of(variants.iter().map(|variant| variant.fits.as_slice()), kind);
            tell(&looks).0
        };
        let fits = variants.iter_mut().flat_map(|variant| &mut variant.fits).filter(|fit| fit.kind == Some(kind));
        for (fit, Left { tags, is_all }) in fits.zip(left) {
            fit.tags = tags;
            if is_all && fit.others != Others::Never {
                fit.by_tags_alone();
            }
        }
        let mut fits = variants.iter_mut().flat_map(|variant| &mut variant.fits);
        if fits.all(|fit| fit.others == Others::None) {
            // Then it makes no difference.
            let fits = variants.iter_mut().flat_map(|variant| &mut variant.fits);
            fits.for_each(|fit| fit.others = Others::Unsaid);
        }
    }
}

/// Whether the tags tell each variant from the others, as far as tags can.
pub(super) fn is_told<'f>(fits: impl Iterator<Item = &'f [Fit]> + Clone) -> bool {
    [JsonKind::Object, JsonKind::Array].into_iter().all(|kind| tell(&looks_of(fits.clone(), kind)).1)
}

fn looks_of<'f>(fits: impl Iterator<Item = &'f [Fit]>, kind: JsonKind) -> Vec<Look<'f>> {
    let looks = fits.enumerate().flat_map(|(index, fits)| fits.iter().map(move |fit| (index, fit)));
    let looks: Vec<_> = looks.filter(|(_, fit)| fit.kind == Some(kind)).collect();
    // Where all are of one variant, that is told from what does not fit it.
    if are_one(&looks) { looks.into_iter().enumerate().map(|(index, (_, fit))| (index, fit)).collect() } else { looks }
}

fn are_one(looks: &[Look<'_>]) -> bool {
    looks.windows(2).all(|pair| pair[0].0 == pair[1].0)
}

/// What is left of each look, and whether that tells them all apart.
fn tell(looks: &[Look<'_>]) -> (Vec<Left>, bool) {
    let mut left: Vec<_> = looks.iter().map(|_| Left { tags: Vec::new(), is_all: true }).collect();
    let (rest, told): (Vec<_>, Vec<_>) = (0..looks.len()).partition(|index| is_rest(looks[*index].1));
    for index in rest {
        let tags: Vec<_> = looks[index].1.tags.iter().filter(|tag| tag.says == Says::IsNot).cloned().collect();
        left[index] = Left { is_all: tags.iter().all(|tag| tag.required), tags };
    }
    if let [only] = told.as_slice() {
        left[*only] = alone(looks[*only].1);
        return (left, true);
    }
    let mut are_told = true;
    let mut groups = vec![told];
    while let Some(group) = groups.pop() {
        let members: Vec<_> = group.iter().map(|index| looks[*index]).collect();
        if are_one(&members) {
            continue;
        }
        match divided(&members, &left[group[0]].tags) {
            Some((path, classes)) => {
                group.iter().for_each(|index| left[*index].add(looks[*index].1, &path));
                groups.extend(classes.into_iter().map(|class| class.into_iter().map(|at| group[at]).collect()));
            }
            None => {
                are_told = false;
                group.into_iter().zip(what_differs(&members)).for_each(|(index, tags)| left[index].add_some(tags));
            }
        }
    }
    (left, are_told)
}

/// What a look is told by if there is no other one: a discriminator, or else each single value.
fn alone(fit: &Fit) -> Left {
    match fit.told() {
        Some(tag) => Left { tags: vec![tag.clone()], is_all: tag.required },
        None => {
            let is_one = |tag: &&Tag| tag.path.len() == 1 && tag.values.len() == 1;
            Left { tags: fit.tags.iter().filter(is_one).cloned().collect(), is_all: false }
        }
    }
}

/// Whether a look is that of what is none of the others.
fn is_rest(fit: &Fit) -> bool {
    fit.tags.iter().any(|tag| tag.says == Says::IsNot)
}

/// The looks in classes, by a tag that all of them have, with either the same values or entirely different ones: that
/// of a discriminator, or one that leaves nothing to tell, or else one that is always there and near.
fn divided(looks: &[Look<'_>], used: &[Tag]) -> Option<(Path, Vec<Vec<usize>>)> {
    let (_, first) = looks.first()?;
    let candidates = first.tags.iter().filter(|tag| !used.iter().any(|used| used.path == tag.path));
    let divisions = candidates.filter_map(|candidate| {
        let mut classes: Vec<(&[Scalar], Vec<usize>)> = Vec::new();
        let mut owners: HashMap<&Scalar, usize> = HashMap::default();
        let mut is_required = true;
        for (at, (_, fit)) in looks.iter().enumerate() {
            let tag = fit.tags.iter().find(|tag| tag.path == candidate.path)?;
            is_required &= tag.required;
            let class = *owners.get(tag.values.first()?).unwrap_or(&classes.len());
            if class == classes.len() {
                classes.push((&tag.values, Vec::new()));
            }
            let (values, members) = classes.get_mut(class)?;
            let is_own = |value| *owners.entry(value).or_insert(class) == class;
            if !tag.values.iter().all(is_own) || !are_same(values, &tag.values) {
                return None;
            }
            members.push(at);
        }
        let classes: Vec<_> = classes.into_iter().map(|(_, members)| members).collect();
        let is_one = |class: &Vec<usize>| class.windows(2).all(|pair| looks[pair[0]].0 == looks[pair[1]].0);
        let rank = (!candidate.told, !classes.iter().all(is_one), !is_required, candidate.path.len());
        (classes.len() > 1).then_some((rank, &candidate.path, classes))
    });
    let best = divisions.min_by_key(|(rank, _, _)| *rank);
    best.map(|(_, path, classes)| (path.clone(), classes))
}

fn are_same(one: &[Scalar], other: &[Scalar]) -> bool {
    one == other || one.iter().collect::<HashSet<_>>() == other.iter().collect::<HashSet<_>>()
}

/// The tags of each look that say anything about which it is.
///
/// A single value is what a look is told by. Of several, there may be more in a newer service: where other looks list
/// others, a value that is in no list is of none of them; where others list none, such a value is rather of them.
fn what_differs(looks: &[Look<'_>]) -> Vec<Vec<Tag>> {
    let mut lists: HashMap<&Path, Vec<&[Scalar]>> = HashMap::default();
    // The members that are known, each with the variant that knows it; without one, if several do.
    let mut known_by: HashMap<&str, Option<usize>> = HashMap::default();
    for (index, fit) in looks {
        fit.tags.iter().for_each(|tag| lists.entry(&tag.path).or_default().push(&tag.values));
        let begins = fit.tags.iter().filter_map(|tag| tag.path.first());
        for name in fit.known.iter().map(String::as_str).chain(begins.map(|name| &**name)) {
            let owner = known_by.entry(name).or_insert(Some(*index));
            *owner = owner.filter(|known| known == index);
        }
    }
    // Whether the values differ, and whether all have some.
    let lists: HashMap<_, _> = lists
        .into_iter()
        .map(|(path, lists)| {
            let differ = lists.windows(2).any(|pair| !are_same(pair[0], pair[1]));
            (path, (differ, lists.len() == looks.len()))
        })
        .collect();
    let says = |tag: &Tag| {
        let (differ, have_all) = *lists.get(&tag.path)?;
        let is_shared = tag.path.first().is_none_or(|name| known_by.get(&**name) == Some(&None));
        match (tag.path.len(), tag.values.len()) {
            _ if differ => Some(Says::Is),
            (1, 1) => Some(Says::Is),
            (_, 1) if tag.required && is_shared => Some(Says::Is),
            (1, _) if !have_all && (tag.required || is_shared) => Some(Says::IsRather),
            _ => None,
        }
    };
    let tags = |fit: &Fit| fit.tags.iter().filter_map(|tag| Some(Tag { says: says(tag)?, ..tag.clone() })).collect();
    looks.iter().map(|(_, fit)| tags(fit)).collect()
}
