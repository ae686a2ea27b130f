//! What the variants of a union are called: by the components that they are, by their titles, or by what
//! tells them apart.

use super::node::{Node, Said};
use crate::api::{Fit, JsonKind, Says, Scalar, Tag, Type, UnionVariant};
use crate::maps::{HashMap, HashSet};
use crate::pointer;

/// What a variant without a name is called, before its index.
pub(super) const NAMELESS: &str = "variant ";

/// Names the variants that have no name yet.
pub(super) fn complete(variants: &mut [UnionVariant]) {
    name_by_tags(variants);
    name_by_members(variants);
    name_by_contents(variants);
}

/// Calls variants that have no name by the value that tells them apart, where each has one for itself.
fn name_by_tags(variants: &mut [UnionVariant]) {
    let tag = |variant: &UnionVariant| match variant.fits.as_slice() {
        [Fit { tags, .. }] => {
            let tags = || tags.iter().filter(|tag| tag.says == Says::Is);
            tags().find_map(Tag::sole_text).cloned().or_else(|| tags().find_map(in_words))
        }
        _ => None,
    };
    let names: Vec<_> =
        variants.iter().map(|variant| tag(variant).filter(|tag| is_nameless(variant) && is_name(tag))).collect();
    let mut taken: HashSet<_> = variants.iter().map(|variant| variant.name.wire.as_str()).collect();
    let is_new = names.iter().flatten().all(|name| taken.insert(name));
    if is_new {
        for (variant, name) in variants.iter_mut().zip(names) {
            variant.name.wire = name.unwrap_or_else(|| std::mem::take(&mut variant.name.wire));
        }
    }
}

/// A number, or a truth, with the member that it is of.
fn in_words(tag: &Tag) -> Option<String> {
    let member = tag.path.last()?;
    match tag.values.as_slice() {
        [Scalar::Number(digits)] => Some(format!("{member} {digits}")),
        [Scalar::Bool(value)] => Some(format!("{member} {value}")),
        _ => None,
    }
}

fn is_nameless(variant: &UnionVariant) -> bool {
    variant.name.given.is_none() && variant.name.wire.starts_with(NAMELESS)
}

/// Calls objects by a member that no other object has, best one that is always there.
fn name_by_members(variants: &mut [UnionVariant]) {
    let is_object = |fit: &Fit| fit.kind.is_none_or(|kind| kind == JsonKind::Object);
    if variants.iter().filter(|variant| variant.fits.iter().any(is_object)).count() < 2 {
        return;
    }
    let required_by = owners(variants, |fit| fit.required.iter().collect());
    let known_by = owners(variants, |fit| fit.required.iter().chain(&fit.known).collect());
    let name = |(index, variant): (usize, &UnionVariant)| {
        let fit = Some(variant).filter(|variant| is_nameless(variant)).map(|variant| variant.fits.as_slice());
        let Some([Fit { kind: Some(JsonKind::Object), required, known, .. }]) = fit else { return None };
        let is_others = |owners: &Owners<'_>, name: &str| owners.get(name).is_some_and(|owner| *owner != Some(index));
        let own = required.iter().find(|name| !is_others(&known_by, name));
        let own = own.or_else(|| required.iter().find(|name| !is_others(&required_by, name)));
        let own = own.or_else(|| known.iter().find(|name| !is_others(&known_by, name)));
        own.map(|name| format!("with {name}"))
    };
    let names: Vec<_> = variants.iter().enumerate().map(name).collect();
    for (variant, name) in variants.iter_mut().zip(names) {
        variant.name.wire = name.unwrap_or_else(|| std::mem::take(&mut variant.name.wire));
    }
}

/// Members, each with the variant that has it; without one, if several have.
type Owners<'a> = HashMap<&'a str, Option<usize>>;

fn owners(variants: &[UnionVariant], members: impl Fn(&Fit) -> Vec<&String>) -> Owners<'_> {
    let mut owners = Owners::default();
    for (index, variant) in variants.iter().enumerate() {
        for name in variant.fits.iter().flat_map(&members) {
            let owner = owners.entry(name).or_insert(Some(index));
            *owner = owner.filter(|known| *known == index);
        }
    }
    owners
}

/// Of several lists, and of several mappings without a name, says what they hold; what is left alone is
/// the object.
fn name_by_contents(variants: &mut [UnionVariant]) {
    let array = JsonKind::Array.name();
    if variants.iter().filter(|variant| variant.name.wire == array).count() > 1 {
        for variant in variants.iter_mut().filter(|variant| variant.name.wire == array) {
            let Type::Array(items) = &variant.ty else { continue };
            variant.name.wire = content(items).map_or_else(|| array.to_owned(), |word| format!("{word} list"));
        }
    }
    let is_left = |variant: &UnionVariant| is_nameless(variant) && variant.kind == Some(JsonKind::Object);
    let left = variants.iter().filter(|variant| is_left(variant)).count();
    for variant in variants.iter_mut().filter(|variant| is_left(variant)) {
        let word = match &variant.ty {
            _ if left == 1 => Some(JsonKind::Object.name().to_owned()),
            Type::Map(values) => content(values).map(|word| format!("{word} map")),
            _ => None,
        };
        variant.name.wire = word.unwrap_or_else(|| std::mem::take(&mut variant.name.wire));
    }
}

/// The word for plain values.
fn content(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Boolean => Some("boolean"),
        Type::String => Some("string"),
        Type::Integer(_) => Some("integer"),
        Type::Number | Type::Decimal => Some("number"),
        Type::Array(_) | Type::Tuple(_) => Some("array"),
        Type::Map(_) => Some("object"),
        Type::Nullable(ty) | Type::Boxed(ty) => content(ty),
        _ => None,
    }
}

/// The name of the component or the member that a reference leads to. A place in a list is no name.
pub(super) fn called(node: &Node<'_>, target: &str) -> Option<String> {
    let Said::Reference(_) = &node.said else { return None };
    let mut tokens = pointer::tokens(target).rev();
    let name = tokens.next().map(|name| name.into_owned());
    let is_listed = tokens.next().is_some_and(|keyword| matches!(&*keyword, "allOf" | "oneOf" | "anyOf"));
    name.filter(|_| !is_listed)
}

/// Whether a title is short enough to be a name.
pub(super) fn is_name(title: &str) -> bool {
    const WORDS: usize = 4;
    const LETTERS: usize = 40;
    let words = title.split_whitespace().count();
    (1..=WORDS).contains(&words) && title.len() <= LETTERS && title.starts_with(char::is_alphabetic)
}
