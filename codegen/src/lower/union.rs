//! `oneOf` and `anyOf`: a value of one of several types.

use std::collections::{HashMap, HashSet};

use openapiv3::Discriminator;

use super::Lowering;
use super::classify::json_kind;
use super::merge::{Choice, Enumeration, Merged};
use super::node::{Node, Target};
use super::schema::Place;
use super::variant_names::{self, NAMELESS, called, is_name};
use crate::api::{Fit, JsonKind, Name, Origin, Shape, Type, Union, UnionVariant};
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::rule::Rule;
use crate::texts::Doc;

/// A variant before it has a type.
pub(super) struct Alternative<'a> {
    pub node: Node<'a>,
    /// All that it says, with what is said beside the list.
    merged: Merged<'a>,
    /// What its values look like; nothing, if no value can be all that is said.
    fits: Vec<Fit>,
    /// Whether it is more than its own schema says.
    joined: bool,
    /// The JSON type of its values, if they are neither objects nor lists.
    scalar: Option<JsonKind>,
    /// What the type of its values is called, if it is made for the union.
    at: Origin,
}

impl<'a> Lowering<'a> {
    /// The type of values that are one of several types, by the first choice.
    pub fn union(&mut self, mut merged: Merged<'a>, place: &Place<'a>) -> Type {
        let choice = merged.choices.remove(0);
        let (discriminator, origin) = (choice.discriminator, choice.origin.clone());
        let alternatives = self.alternatives(choice, &merged, place);
        let is_impossible = |alternative: &Alternative<'_>| alternative.fits.is_empty();
        let says_why = |alternative: &Alternative<'_>| alternative.merged.contradiction.is_some();
        if alternatives.iter().all(is_impossible) && !alternatives.iter().all(says_why) {
            let message = "no value is one of these and what else is said of it";
            let diagnostic = Diagnostic::warning(Rule::Contradiction, &origin, message).on_key();
            self.push(diagnostic.help("any JSON value is taken for it"));
            return Type::Any;
        }
        let alternatives = self.without_finer_points(alternatives, place);
        if let [only] = alternatives.as_slice() {
            return self.alternative(only, place);
        }
        let tags = discriminator.map(Tags::of);
        let (mut variants, mut types) = (Vec::new(), HashSet::new());
        for alternative in &alternatives {
            let ty = self.alternative(alternative, place);
            if types.insert(ty.clone()) {
                variants.push(self.variant(alternative, ty, tags.as_ref()));
            }
        }
        if let [only] = variants.as_slice() {
            return only.ty.clone();
        }
        if let Some(tags) = &tags {
            self.tellers.extend(variants.iter().map(|variant| (variant.ty.clone(), tags.member.to_owned())));
        }
        if discriminator.is_none()
            && let Some(ty) = self.widened(&alternatives, &variants, place)
        {
            return ty;
        }
        self.insert_union(variants, place)
    }

    /// A union of the schemas that are made of this one; and of this one, if it is among those that the
    /// discriminator maps to.
    pub fn union_of_children(
        &mut self,
        discriminator: &'a Discriminator,
        parent: &Merged<'a>,
        children: &[Node<'a>],
        place: &Place<'a>,
    ) -> Type {
        let mut alternatives: Vec<_> = children
            .iter()
            .map(|child| {
                let merged = self.merge(std::slice::from_ref(child));
                let fits = self.fits(merged.clone());
                Alternative { node: child.clone(), merged, fits, joined: false, scalar: None, at: child.origin.clone() }
            })
            .collect();
        let origin = &place.of.origin;
        let is_mapped = |value: &String| pointer::of_reference(value).is_some_and(|to| to == origin.pointer());
        if discriminator.mapping.values().any(is_mapped) {
            let merged = Merged { discriminator: None, ..parent.clone() };
            let node = Node::reference_to(origin);
            let fits = self.fits(merged.clone());
            alternatives.push(Alternative {
                node,
                merged,
                fits,
                joined: true,
                scalar: None,
                at: place.at.child("base"),
            });
        }
        let tags = Tags::of(discriminator);
        let mut variants = Vec::new();
        for alternative in &alternatives {
            let ty = self.alternative(alternative, place);
            variants.push(self.variant(alternative, ty, Some(&tags)));
        }
        self.insert_union(variants, place)
    }

    fn insert_union(&mut self, variants: Vec<UnionVariant>, place: &Place<'a>) -> Type {
        let mut variants = variants;
        variant_names::complete(&mut variants);
        let mut union = Union { variants, other: None };
        if union.is_told_by_kind() {
            union.variants.iter_mut().flat_map(|variant| &mut variant.fits).for_each(Fit::by_kind_alone);
        } else {
            leave_out_what_tags_tell(&mut union.variants);
            let takes_all = union.variants.iter().any(|variant| variant.ty == Type::Any);
            union.other = (!takes_all).then(Name::default);
        }
        self.insert(Shape::Union(union), place)
    }

    fn alternatives(&mut self, choice: Choice<'a>, base: &Merged<'a>, place: &Place<'a>) -> Vec<Alternative<'a>> {
        let keyword = if choice.origin.pointer().ends_with("/anyOf") { "anyOf" } else { "oneOf" };
        let at = place.at.child(keyword);
        // A `type` alone is said again by each variant that has any.
        let says_more = !Merged { typ: None, ..base.clone() }.is_vague();
        let variants = choice.variants.into_iter().enumerate();
        let alternatives = variants.map(|(index, node)| {
            let own = self.merge(std::slice::from_ref(&node));
            // A child says by itself all that its parent says.
            let is_child = base.parts.iter().all(|part| own.parts.has(part));
            let joined = (says_more && !is_child) || (base.typ.is_some() && own.typ.is_none() && !own.is_object());
            let merged = if joined {
                let mut merged = base.clone();
                merged.discriminator = None;
                self.join(&node, &mut merged);
                merged
            } else {
                own
            };
            let scalar = self.scalar_kind(&merged);
            let fits = self.fits(merged.clone());
            Alternative { node, merged, fits, joined, scalar, at: at.child(index.to_string()) }
        });
        let alternatives: Vec<_> = alternatives.collect();
        // What no value can be is no alternative, unless there is no other.
        let (possible, impossible): (Vec<_>, Vec<_>) =
            alternatives.into_iter().partition(|alternative| !alternative.fits.is_empty());
        if possible.is_empty() { impossible } else { possible }
    }

    /// JSON has one type of strings and one of numbers, so of several formats, and of lists of values,
    /// only what all have in common is left.
    fn without_finer_points(&mut self, alternatives: Vec<Alternative<'a>>, place: &Place<'a>) -> Vec<Alternative<'a>> {
        let mut kept: Vec<Alternative<'a>> = Vec::new();
        let mut scalars: Vec<(JsonKind, usize)> = Vec::new();
        for alternative in alternatives {
            // There are a few kinds of plain values, and there may be thousands of objects.
            let same = alternative.scalar.and_then(|kind| scalars.iter().find(|(known, _)| *known == kind));
            match same.and_then(|(_, index)| kept.get_mut(*index)) {
                Some(other) => {
                    let parts = other.merged.parts.iter().chain(alternative.merged.parts.iter());
                    let replaced = |part: &&Target<'_>| {
                        let extensions = &part.schema.schema_data.extensions;
                        extensions.get("x-rust-type").is_some_and(|value| !value.is_object())
                    };
                    let lost = parts.filter(replaced);
                    let lost: Vec<_> = lost.map(|part| part.origin.child("x-rust-type")).collect();
                    self.report.extend(lost.iter().map(without_effect));
                    widen(&mut other.merged, alternative.merged);
                    other.joined = true;
                }
                None => {
                    scalars.extend(alternative.scalar.map(|kind| (kind, kept.len())));
                    kept.push(alternative);
                }
            }
        }
        if let [only] = kept.as_mut_slice() {
            only.at = place.at.clone();
        }
        kept
    }

    fn scalar_kind(&mut self, merged: &Merged<'a>) -> Option<JsonKind> {
        let class = self.classify(&mut merged.clone());
        json_kind(&class).filter(|kind| matches!(kind, JsonKind::Boolean | JsonKind::Number | JsonKind::String))
    }

    fn alternative(&mut self, alternative: &Alternative<'a>, place: &Place<'a>) -> Type {
        if !alternative.joined {
            return self.node(&alternative.node).ty;
        }
        let alone = alternative.at.pointer() == place.at.pointer();
        let of = if alone { Some(place.of.clone()) } else { self.schema_of(&alternative.node) };
        let Some(of) = of else { return Type::Any };
        let (merged, place) = (alternative.merged.clone(), Place { at: alternative.at.clone(), of });
        // What was widened is not what its schemas are together; it is plain, and cannot hold itself.
        if alternative.scalar.is_some() { self.build(merged, &place) } else { self.once(merged, &place) }
    }

    fn variant(&mut self, alternative: &Alternative<'a>, ty: Type, told: Option<&Tags<'_>>) -> UnionVariant {
        let Alternative { node, merged, fits, joined: _, scalar: _, at } = alternative;
        let mut fits = fits.clone();
        let tags = told.map(|told| self.tags_of(node, merged, told)).filter(|tags| !tags.is_empty());
        if let (Some(told), Some(tags)) = (told, &tags) {
            fits.iter_mut().for_each(|fit| fit.tag(told.member, tags));
        }
        let kind = match fits.as_slice() {
            [Fit { kind: Some(kind), .. }] => Some(*kind),
            _ => None,
        };
        let index = pointer::tokens(at.pointer()).next_back().unwrap_or_default().into_owned();
        let (name, doc) = match self.schema_of(node) {
            Some(target) => {
                let data = &target.schema.schema_data;
                let name = called(node, target.origin.pointer())
                    .or_else(|| tags.as_deref().and_then(<[String]>::first).cloned())
                    .or_else(|| data.title.clone().filter(|title| is_name(title)))
                    .or_else(|| self.named_by_items(merged))
                    .or_else(|| merged.is_vague().then(|| "any".to_owned()))
                    .or_else(|| kind.filter(|kind| *kind != JsonKind::Object).map(|kind| kind.name().to_owned()))
                    .unwrap_or_else(|| format!("{NAMELESS}{index}"));
                (self.name(name, &data.extensions, &target.origin), self.doc(target.schema, &target.origin))
            }
            None => (Name::new("any", None), Doc::default()),
        };
        let origin = node.origin.clone();
        UnionVariant { name, ty, fits, kind, doc, origin }
    }

    /// What a list of components is called.
    fn named_by_items(&mut self, merged: &Merged<'a>) -> Option<String> {
        let [items] = merged.items.as_slice() else { return None };
        let name = called(items, self.schema_of(items)?.origin.pointer())?;
        Some(format!("{name} list"))
    }

    /// The values of the discriminator that a variant goes by: those that are mapped to it, or those
    /// that its own schema allows, or the name of its component.
    fn tags_of(&mut self, node: &Node<'a>, merged: &Merged<'a>, told: &Tags<'_>) -> Vec<String> {
        let Some(target) = self.schema_of(node) else { return Vec::new() };
        let name = pointer::tokens(target.origin.pointer()).next_back().unwrap_or_default().into_owned();
        let mapped = told.mapped_to(&name, target.origin.pointer());
        if !mapped.is_empty() {
            return mapped;
        }
        let listed = merged.properties.get(told.member).cloned().unwrap_or_default();
        let listed = self.merge(&listed).enumeration.map_or_else(Vec::new, |enumeration| enumeration.values);
        match listed.as_slice() {
            [(value, _)] if value.is_string() => vec![value.as_str().unwrap_or_default().to_owned()],
            // What has no name cannot be meant by one.
            _ if called(node, target.origin.pointer()).is_none() => Vec::new(),
            _ => vec![name],
        }
    }
}

/// What a discriminator tells: the values of a member, by what they are mapped to.
struct Tags<'a> {
    member: &'a str,
    /// The values, each with its place among all, by the name of a component.
    by_name: HashMap<&'a str, Vec<(usize, &'a str)>>,
    /// The same by the place of a schema.
    by_place: HashMap<String, Vec<(usize, &'a str)>>,
}

impl<'a> Tags<'a> {
    fn of(discriminator: &'a Discriminator) -> Self {
        let mut tags = Self { member: &discriminator.property_name, by_name: HashMap::new(), by_place: HashMap::new() };
        for (index, (value, target)) in discriminator.mapping.iter().enumerate() {
            tags.by_name.entry(target).or_default().push((index, value));
            if let Some(place) = pointer::of_reference(target) {
                tags.by_place.entry(place).or_default().push((index, value));
            }
        }
        tags
    }

    /// The values that are mapped to a schema of a name at a place, in the order of the mapping.
    fn mapped_to(&self, name: &str, place: &str) -> Vec<String> {
        let by_name = self.by_name.get(name).into_iter().flatten();
        let mut values: Vec<_> = by_name.chain(self.by_place.get(place).into_iter().flatten()).collect();
        values.sort_unstable();
        values.dedup();
        values.into_iter().map(|(_, value)| (*value).to_owned()).collect()
    }
}

fn without_effect(origin: &Origin) -> Diagnostic {
    let message =
        "JSON does not tell values of this type from the others here; they are read as what all have in common";
    Diagnostic::warning(Rule::WithoutEffect, origin, message).on_key()
}

/// Makes a schema one that the values of another one keep to as well.
fn widen<'a>(merged: &mut Merged<'a>, other: Merged<'a>) {
    merged.enumeration = match (merged.enumeration.take(), other.enumeration) {
        (Some(mut left), Some(right)) => {
            left.values.extend(right.values);
            Some(Enumeration { of: None, ..left })
        }
        // Lists are open: text that is none of the values has its place there.
        (Some(known), None) if other.format.is_none() => Some(Enumeration { of: None, ..known }),
        (None, Some(known)) if merged.format.is_none() => Some(Enumeration { of: None, ..known }),
        _ => None,
    };
    if merged.format != other.format {
        merged.format = None;
    }
    if other.typ == Some("number") {
        merged.typ = other.typ;
    }
    if merged.typ == Some("number") {
        merged.enumeration = None;
    }
    for part in other.parts {
        merged.parts.insert(part);
    }
}

/// Where each variant has a value of the same member for itself, that tells them apart.
fn leave_out_what_tags_tell(variants: &mut [UnionVariant]) {
    let objects: Vec<_> = variants
        .iter()
        .flat_map(|variant| &variant.fits)
        .filter(|fit| fit.kind.is_none_or(|kind| kind == JsonKind::Object))
        .collect();
    let tags: Option<Vec<_>> = objects.iter().map(|fit| fit.tags.first()).collect();
    let Some(tags) = tags else { return };
    let mut seen = HashSet::new();
    let distinct = tags.iter().all(|tag| {
        // A variant may list a value twice; another one may not.
        let values: HashSet<_> = tag.values.iter().collect();
        tag.member == tags[0].member && values.into_iter().all(|value| seen.insert(value))
    });
    if distinct {
        variants.iter_mut().flat_map(|variant| &mut variant.fits).for_each(Fit::by_tag_alone);
    }
}
