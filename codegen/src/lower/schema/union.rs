//! `oneOf` and `anyOf`: a value of one of several types.

use super::classify::json_kind;
use super::discriminator::{Tags, is_what_others_are_not, told_values};
use super::listed::widen;
use super::merge::{Choice, Merged};
use super::node::{Node, Said, Target};
use super::tags::DEEP;
use super::told;
use super::types::Place;
use super::variant_names::{self, NAMELESS, called, is_name};
use super::{Reading, Schemas};
use crate::api::{Fit, JsonKind, Name, Origin, Others, Says, Scalar, Shape, Type, Union, UnionVariant};
use crate::description::Discriminator;
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::pointer;
use crate::rule::Rule;
use crate::texts::Doc;

/// A variant before it has a type.
pub(in crate::lower) struct Alternative<'a> {
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

impl Alternative<'_> {
    /// Whether it is a list of values that another schema is.
    fn is_reference(&self) -> bool {
        matches!(self.node.said, Said::Reference(_)) && !self.joined && self.merged.enumeration.is_some()
    }

    /// Whether its values are the empty text alone.
    pub(super) fn is_empty_text(&self) -> bool {
        self.scalar == Some(JsonKind::String) && self.merged.lists_only_empty_text()
    }

    /// The JSON types of its values; `None` for any.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Option<JsonKind>> {
        self.fits.iter().map(|fit| fit.kind)
    }
}

impl<'a> Schemas<'_, 'a> {
    /// The type of values that are one of several types, by the first choice.
    pub fn union(&mut self, mut merged: Merged<'a>, place: &Place<'a>) -> Type {
        let choice = merged.choices.remove(0);
        let (discriminator, origin) = (choice.discriminator.clone(), choice.origin.clone());
        let alternatives = self.alternatives(choice, &merged, place);
        let is_impossible = |alternative: &Alternative<'_>| alternative.fits.is_empty();
        let says_why = |alternative: &Alternative<'_>| alternative.merged.contradiction.is_some();
        if alternatives.iter().all(is_impossible) && !alternatives.iter().all(says_why) {
            let message = "no value is one of these and what else is said of it";
            let diagnostic = Diagnostic::warning(Rule::Contradiction, &origin, message).on_key();
            self.ground.push(diagnostic.help("any JSON value is taken for it"));
            return Type::Any;
        }
        let mut alternatives = self.without_finer_points(alternatives);
        if let [only] = alternatives.as_mut_slice()
            && discriminator.is_none()
        {
            only.at = place.at.clone();
            return self.alternative(only, place);
        }
        if discriminator.is_none()
            && let Some(ty) = self.or_empty(&alternatives, place)
        {
            return ty;
        }
        let tags = discriminator.as_ref().map(Tags::of);
        let (mut variants, mut types) = (Vec::new(), HashSet::default());
        let mut default = None;
        for alternative in &alternatives {
            let ty = self.alternative(alternative, place);
            if types.insert(ty.clone()) {
                let tags = tags.as_ref().filter(|tags| !self.reading.is_default(&alternative.node, tags));
                default = default.or(discriminator.as_ref().filter(|_| tags.is_none()).map(|_| variants.len()));
                variants.push(self.variant(alternative, ty, tags));
            }
        }
        if let (Some(tags), Some(default)) = (&tags, default) {
            is_what_others_are_not(&mut variants, default, tags.member);
        }
        if let [only] = variants.as_slice()
            && !only.fits.iter().any(Fit::is_told)
        {
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

    /// A union of the schemas that are made of this one, and of this one itself: what is none of them may be a newer
    /// one, and has the members of this one. `None` if there are none.
    pub fn union_of_children(
        &mut self,
        discriminator: &Discriminator<'a>,
        parent: &Merged<'a>,
        children: &[Node<'a>],
        place: &Place<'a>,
    ) -> Option<Type> {
        let children: Vec<_> = children.iter().filter_map(|child| self.child(child, discriminator)).collect();
        if children.is_empty() {
            return None;
        }
        let inherited = self.reading.listed_for(parent, discriminator.property_name);
        let tags = Tags::of(discriminator).beside(inherited);
        let mut variants = Vec::new();
        for child in &children {
            let ty = self.alternative(child, place);
            variants.push(self.variant(child, ty, Some(&tags)));
        }
        let told = told_values(&variants);
        let merged = Merged { discriminator: None, ..parent.clone() };
        let fits = self.reading.fits(merged.clone(), 1);
        let (node, at) = (Node::reference_to(&place.of.origin), place.at.child("base"));
        let base = Alternative { node, merged, fits, joined: true, scalar: None, at };
        let ty = self.alternative(&base, place);
        let mut base = self.variant(&base, ty, None);
        let loses_members = self.kept(place).is_none();
        for fit in &mut base.fits {
            fit.tag(tags.member, told.clone(), Says::IsNot);
            // Of a newer child, nothing is to be lost.
            if loses_members && matches!(fit.others, Others::Unsaid | Others::None) {
                fit.others = Others::Never;
            }
        }
        if base.doc.is_empty() {
            base.doc = Doc::of([Some("One that the description says no more about.")]);
        }
        variants.push(base);
        Some(self.insert_union(variants, place))
    }

    /// A child of a schema, if values can be of it.
    fn child(&mut self, node: &Node<'a>, discriminator: &Discriminator<'_>) -> Option<Alternative<'a>> {
        let merged = self.reading.merge(std::slice::from_ref(node));
        let fits = self.reading.fits(merged.clone(), 1);
        if let Some(diagnostic) = &merged.contradiction {
            self.ground.push(diagnostic.clone());
            return None;
        }
        if !fits.iter().any(|fit| fit.kind.is_none_or(|kind| kind == JsonKind::Object)) {
            let member = discriminator.property_name;
            let message = format!("no value of this is told by its member `{member}`, as it is not an object");
            let diagnostic = Diagnostic::warning(Rule::Contradiction, &node.origin, message).on_key();
            self.ground.push(diagnostic.help("take what it is made of out of its `allOf`"));
            return None;
        }
        Some(Alternative { node: node.clone(), merged, fits, joined: false, scalar: None, at: node.origin.clone() })
    }

    fn insert_union(&mut self, variants: Vec<UnionVariant>, place: &Place<'a>) -> Type {
        let mut variants = variants;
        variant_names::complete(&mut variants);
        let mut union = Union { variants, other: None };
        if union.is_told_by_kind() {
            union.variants.iter_mut().flat_map(|variant| &mut variant.fits).for_each(Fit::by_kind_alone);
        } else {
            told::leave_what_tells(&mut union.variants);
            let takes_all = union.variants.iter().any(|variant| variant.ty == Type::Any);
            union.other = (!takes_all).then(Name::default);
        }
        self.insert(Shape::Union(union), place)
    }

    fn alternatives(&mut self, choice: Choice<'a>, base: &Merged<'a>, place: &Place<'a>) -> Vec<Alternative<'a>> {
        let keyword = choice.origin.pointer().rsplit('/').next().unwrap_or_default();
        let (at, is_told, is_any_of) = (place.at.child(keyword), choice.discriminator.is_some(), choice.is_any_of());
        // A `type` alone is said again by each variant that has any.
        let says_more = !Merged { typ: None, ..base.clone() }.is_vague();
        let variants = choice.variants.into_iter().enumerate();
        let alternatives = variants.map(|(index, node)| {
            let own = self.reading.merge(std::slice::from_ref(&node));
            // A child says by itself all that its parent says.
            let is_child = base.parts.iter().all(|part| own.parts.has(part));
            let joined = (says_more && !is_child) || (base.typ.is_some() && own.typ.is_none() && !own.is_object());
            let merged = if joined {
                let mut merged = base.clone();
                merged.discriminator = None;
                self.reading.join(&node, &mut merged);
                merged
            } else {
                own
            };
            let fits = self.reading.fits(merged.clone(), 1);
            let (merged, scalar) = self.reading.as_scalar(merged);
            Alternative { node, merged, fits, joined, scalar, at: at.child(index.to_string()) }
        });
        let alternatives: Vec<_> = alternatives.collect();
        // What no value can be is no alternative, unless there is no other.
        let (possible, impossible): (Vec<_>, Vec<_>) =
            alternatives.into_iter().partition(|alternative| !alternative.fits.is_empty());
        let mut alternatives = if possible.is_empty() { impossible } else { possible };
        if is_any_of {
            self.join_objects(&mut alternatives, &choice.origin);
        }
        if !is_told && !told::is_told(alternatives.iter().map(|alternative| alternative.fits.as_slice())) {
            for alternative in alternatives.iter_mut().filter(|alternative| alternative.scalar.is_none()) {
                alternative.fits = self.reading.fits(alternative.merged.clone(), DEEP);
            }
        }
        alternatives
    }

    /// Makes one of the objects among alternatives, where a value can be all of them at once.
    fn join_objects(&mut self, alternatives: &mut Vec<Alternative<'a>>, choice: &Origin) {
        let is_object = |alternative: &Alternative<'_>| {
            matches!(alternative.fits.as_slice(), [Fit { kind: Some(JsonKind::Object), .. }])
        };
        let objects: Vec<_> = alternatives.iter().filter(|one| is_object(one)).map(|one| &one.merged).collect();
        let Some(merged) = self.reading.together(&objects, choice) else { return };
        let fits = self.reading.fits(merged.clone(), 1);
        let Some(first) = alternatives.iter_mut().find(|one| is_object(one)) else { return };
        let at = first.at.clone();
        *first = Alternative { node: first.node.clone(), merged, fits, joined: true, scalar: None, at: at.clone() };
        alternatives.retain(|one| one.at.pointer() == at.pointer() || !is_object(one));
    }

    /// JSON has one type of strings and one of numbers, so of several formats, and of lists of values,
    /// only what all have in common is left.
    fn without_finer_points(&mut self, alternatives: Vec<Alternative<'a>>) -> Vec<Alternative<'a>> {
        let mut kept: Vec<Alternative<'a>> = Vec::new();
        // Of each kind of plain values where it is, and whether others were joined to it.
        let mut scalars: Vec<(JsonKind, usize, bool)> = Vec::new();
        for alternative in alternatives {
            // There are a few kinds of plain values, and there may be thousands of objects.
            let same = alternative.scalar.and_then(|kind| scalars.iter_mut().find(|(known, ..)| *known == kind));
            match same.and_then(|(_, index, is_joined)| Some((kept.get_mut(*index)?, is_joined))) {
                Some((other, is_joined)) => {
                    if !std::mem::replace(is_joined, true) {
                        self.warn_of_replacements(&other.merged);
                    }
                    self.warn_of_replacements(&alternative.merged);
                    // Lists of values are open: any other one has its place there.
                    if other.is_reference() && alternative.merged.is_any_plain() {
                        continue;
                    }
                    if alternative.is_reference() && other.merged.is_any_plain() {
                        *other = alternative;
                        continue;
                    }
                    widen(&mut other.merged, alternative.merged);
                    other.joined = true;
                }
                None => {
                    scalars.extend(alternative.scalar.map(|kind| (kind, kept.len(), false)));
                    kept.push(alternative);
                }
            }
        }
        kept
    }

    /// Warns of types that are given for values that are not told apart.
    fn warn_of_replacements(&self, merged: &Merged<'a>) {
        let replaced =
            |part: &&Target<'_>| part.schema.extensions().get("x-rust-type").is_some_and(|value| !value.is_object());
        let lost = merged.parts.iter().filter(replaced);
        lost.for_each(|part| self.ground.push(without_effect(&part.origin.child("x-rust-type"))));
    }

    pub(super) fn alternative(&mut self, alternative: &Alternative<'a>, place: &Place<'a>) -> Type {
        if !alternative.joined {
            return self.node(&alternative.node).ty;
        }
        let alone = alternative.at.pointer() == place.at.pointer();
        let is_whole = alone || alternative.merged.any_of.is_some();
        let of = if is_whole { Some(place.of.clone()) } else { self.reading.schema_of(&alternative.node) };
        let Some(of) = of else { return Type::Any };
        let named_by_union = !alone && of.origin.pointer() == place.of.origin.pointer();
        let (merged, place) = (alternative.merged.clone(), Place { at: alternative.at.clone(), of });
        // What was widened is not what its schemas are together; it is plain, and cannot hold itself.
        let ty = if alternative.scalar.is_some() { self.build(merged, &place) } else { self.once(merged, &place) };
        if let Some(definition) = ty.named().filter(|_| named_by_union).and_then(|id| self.types.get_mut(id)) {
            definition.name.given = None;
        }
        ty
    }

    fn variant(&mut self, alternative: &Alternative<'a>, ty: Type, told: Option<&Tags<'_>>) -> UnionVariant {
        let Alternative { node, merged, fits, joined, scalar, at } = alternative;
        // Of several plain values, what one of them says is not about all.
        let is_widened = *joined && scalar.is_some() && merged.enumeration.as_ref().is_some_and(|it| it.of.is_none());
        let mut fits = fits.clone();
        let tags = told.map(|told| self.reading.told_by(node, merged, told)).filter(|tags| !tags.is_empty());
        if let (Some(told), Some(tags)) = (told, &tags) {
            fits.iter_mut().for_each(|fit| fit.tag(told.member, tags.clone(), Says::Is));
        }
        let kind = match fits.as_slice() {
            [Fit { kind: Some(kind), .. }] => Some(*kind),
            _ => None,
        };
        let index = pointer::tokens(at.pointer()).next_back().unwrap_or_default().into_owned();
        let (name, doc) = match self.reading.schema_of(node) {
            Some(target) => {
                let data = target.schema.annotations();
                let text = |tags: &[Scalar]| tags.first().and_then(Scalar::text).cloned();
                let joined = merged.any_of.as_ref().map(|_| JsonKind::Object.name().to_owned());
                let name = joined
                    .or_else(|| called(node, target.origin.pointer()))
                    .or_else(|| tags.as_deref().and_then(text))
                    .or_else(|| data.title.filter(|title| is_name(title)).map(str::to_owned))
                    .or_else(|| self.named_by_items(merged))
                    .or_else(|| merged.is_vague().then(|| "any".to_owned()))
                    .or_else(|| kind.filter(|kind| *kind != JsonKind::Object).map(|kind| kind.name().to_owned()))
                    .unwrap_or_else(|| format!("{NAMELESS}{index}"));
                (
                    self.ground.name(name, target.schema.extensions(), &target.origin),
                    if is_widened { Doc::default() } else { self.doc(target.schema, &target.origin) },
                )
            }
            None => (Name::new("any", None), Doc::default()),
        };
        let origin = node.origin.clone();
        UnionVariant { name, accessor: None, ty, fits, kind, doc, origin }
    }

    /// What a list of components is called.
    fn named_by_items(&mut self, merged: &Merged<'a>) -> Option<String> {
        let [items] = merged.items.as_slice() else { return None };
        if !merged.prefix_items.is_empty() {
            return None;
        }
        let name = called(items, self.reading.schema_of(items)?.origin.pointer())?;
        Some(format!("{name} list"))
    }
}

impl<'a> Reading<'_, 'a> {
    /// What schemas are together, and the JSON type of their values if they are neither objects nor lists.
    fn as_scalar(&mut self, merged: Merged<'a>) -> (Merged<'a>, Option<JsonKind>) {
        let mut classified = merged.clone();
        let class = self.classify(&mut classified);
        match json_kind(&class) {
            Some(kind @ (JsonKind::Boolean | JsonKind::Number | JsonKind::String)) => (classified, Some(kind)),
            _ => (merged, None),
        }
    }
}

fn without_effect(origin: &Origin) -> Diagnostic {
    let message =
        "JSON does not tell values of this type from the others here; they are read as what all have in common";
    Diagnostic::warning(Rule::WithoutEffect, origin, message).on_key()
}
