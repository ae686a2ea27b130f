//! What tells the values of one variant of a union from those of another.

use std::rc::Rc;

use super::Reading;
use super::classify::{Class, json_kind};
use super::merge::{Additional, Choice, Merged};
use super::parts::Key;
use crate::api::{Fit, JsonKind, Origin, Others, Says, Scalar, Tag, Type};
use crate::maps::IndexSet;

/// How deep unions in unions are looked through.
const NESTED: usize = 8;

impl<'a> Reading<'_, 'a> {
    /// What values of a schema look like; several looks, if it is a union itself. Tags are looked for so
    /// many members deep.
    pub fn fits(&mut self, merged: Merged<'a>, levels: usize) -> Vec<Fit> {
        self.fits_within(merged, levels, NESTED).iter().cloned().collect()
    }

    fn fits_within(&mut self, mut merged: Merged<'a>, levels: usize, depth: usize) -> Rc<IndexSet<Fit>> {
        let Some(depth) = depth.checked_sub(1) else { return Rc::new([Fit::default()].into_iter().collect()) };
        if merged.contradiction.is_some() {
            return Rc::default();
        }
        match self.classify(&mut merged) {
            Class::Union => {
                // Many unions may have the same ones in them.
                let key = (Key::of(&merged), levels, depth);
                if let Some(known) = self.looks.get(&key) {
                    return Rc::clone(known);
                }
                let choice = merged.choices.remove(0);
                let mut fits = IndexSet::default();
                for variant in self.variants_of(&choice, &merged) {
                    fits.extend(self.fits_within(variant, levels, depth).iter().cloned());
                }
                let fits = Rc::new(fits);
                self.looks.insert(key, Rc::clone(&fits));
                fits
            }
            Class::Struct => Rc::new([self.object_fit(&merged, levels)].into_iter().collect()),
            Class::Array => {
                let tags = self.tags_in(&merged, levels).to_vec();
                Rc::new([Fit { kind: Some(JsonKind::Array), tags, ..Fit::default() }].into_iter().collect())
            }
            Class::Plain(Type::NumberOrText(_)) => {
                let kinds = [JsonKind::Number, JsonKind::String];
                Rc::new(kinds.map(|kind| Fit { kind: Some(kind), ..Fit::default() }).into_iter().collect())
            }
            class => Rc::new([Fit { kind: json_kind(&class), ..Fit::default() }].into_iter().collect()),
        }
    }

    /// What each variant of a choice is together with what is said beside it.
    pub fn variants_of(&mut self, choice: &Choice<'a>, base: &Merged<'a>) -> Vec<Merged<'a>> {
        let says_more = !base.is_vague();
        let variants: Vec<_> = choice
            .variants
            .iter()
            .map(|variant| {
                let is_part = self.schema_of(variant).is_some_and(|target| base.parts.has(&target));
                if says_more || is_part {
                    let mut joined = base.clone();
                    self.join(variant, &mut joined);
                    joined
                } else {
                    self.merge(std::slice::from_ref(variant))
                }
            })
            .collect();
        if choice.is_any_of() { self.with_joined(variants, &choice.origin) } else { variants }
    }

    /// With one in place of the objects that a value can be all at once.
    fn with_joined(&mut self, mut variants: Vec<Merged<'a>>, choice: &Origin) -> Vec<Merged<'a>> {
        let objects: Vec<_> = variants.iter().filter(|variant| variant.is_object()).collect();
        if let Some(joined) = self.together(&objects, choice) {
            variants.retain(|variant| !variant.is_object());
            variants.push(joined);
        }
        variants
    }

    fn object_fit(&mut self, merged: &Merged<'a>, levels: usize) -> Fit {
        let tellers = merged.tellers();
        let mut only = Vec::new();
        for (name, nodes) in merged.properties.iter().filter(|(name, _)| !tellers.contains(name)) {
            only.extend(self.directions(nodes).only().map(|only| ((*name).to_owned(), only)));
        }
        let required = merged.required.keys().filter(|name| merged.properties.contains_key(**name));
        Fit {
            kind: Some(JsonKind::Object),
            tags: self.tags_in(merged, levels).to_vec(),
            required: required.map(|name| (*name).to_owned()).collect(),
            known: merged.properties.keys().map(|name| (*name).to_owned()).collect(),
            others: match merged.additional {
                Additional::Unsaid => Others::Unsaid,
                Additional::None => Others::None,
                Additional::Any(_) | Additional::Schemas(_) => Others::Any,
            },
            only,
        }
    }
}

impl Fit {
    /// Sets the values that a member of objects tells the variant by, before all that else tells it.
    pub fn tag(&mut self, member: &str, values: Vec<Scalar>, says: Says) {
        if self.kind != Some(JsonKind::Object) {
            return;
        }
        self.tags.retain(|tag| !tag.is_of(member));
        let required = self.required.iter().any(|name| name == member);
        self.tags.insert(0, Tag { path: vec![member.into()], values, says, required, told: true });
    }

    pub fn by_kind_alone(&mut self) {
        *self = Self { kind: self.kind, ..Self::default() };
    }

    pub fn by_tags_alone(&mut self) {
        *self = Self { kind: self.kind, tags: std::mem::take(&mut self.tags), ..Self::default() };
    }
}
