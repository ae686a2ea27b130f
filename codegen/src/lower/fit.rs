//! What tells the values of one variant of a union from those of another.

use std::rc::Rc;

use indexmap::IndexSet;

use super::Lowering;
use super::classify::{Class, json_kind};
use super::keywords::Keywords;
use super::merge::{Additional, Merged};
use super::node::Node;
use super::parts::Key;
use crate::api::{Fit, JsonKind, Tag};

/// How deep unions in unions are looked through.
const NESTED: usize = 8;

impl<'a> Lowering<'a> {
    /// What values of a schema look like; several looks, if it is a union itself.
    pub fn fits(&mut self, merged: Merged<'a>) -> Vec<Fit> {
        self.fits_within(merged, NESTED).iter().cloned().collect()
    }

    fn fits_within(&mut self, mut merged: Merged<'a>, depth: usize) -> Rc<IndexSet<Fit>> {
        let Some(depth) = depth.checked_sub(1) else { return Rc::new(IndexSet::from([Fit::default()])) };
        if merged.contradiction.is_some() {
            return Rc::default();
        }
        match self.classify(&mut merged) {
            Class::Union => {
                // Many unions may have the same ones in them.
                let key = (Key::of(&merged), depth);
                if let Some(known) = self.looks.get(&key) {
                    return Rc::clone(known);
                }
                let fits = Rc::new(self.fits_of_choice(merged, depth));
                self.looks.insert(key, Rc::clone(&fits));
                fits
            }
            Class::Struct => Rc::new(IndexSet::from([self.object_fit(&merged)])),
            class => Rc::new(IndexSet::from([Fit { kind: json_kind(&class), open: true, ..Fit::default() }])),
        }
    }

    /// What values of the first choice look like.
    fn fits_of_choice(&mut self, mut merged: Merged<'a>, depth: usize) -> IndexSet<Fit> {
        let choice = merged.choices.remove(0);
        let says_more = !merged.is_vague();
        let mut fits = IndexSet::new();
        for variant in &choice.variants {
            let is_part = self.schema_of(variant).is_some_and(|target| merged.parts.has(&target));
            let joined = if says_more || is_part {
                let mut joined = merged.clone();
                self.join(variant, &mut joined);
                joined
            } else {
                self.merge(std::slice::from_ref(variant))
            };
            fits.extend(self.fits_within(joined, depth).iter().cloned());
        }
        fits
    }

    fn object_fit(&mut self, merged: &Merged<'a>) -> Fit {
        let required = merged.required.keys().filter(|name| merged.properties.contains_key(**name));
        let mut fit = Fit {
            kind: Some(JsonKind::Object),
            required: required.map(|name| (*name).to_owned()).collect(),
            known: merged.properties.keys().map(|name| (*name).to_owned()).collect(),
            open: !matches!(merged.additional, Additional::Unsaid | Additional::None),
            tags: Vec::new(),
            only: Vec::new(),
        };
        let tellers = merged.tellers();
        for (name, nodes) in &merged.properties {
            let only = self.directions(nodes).only().filter(|_| !tellers.contains(name));
            fit.only.extend(only.map(|only| ((*name).to_owned(), only)));
            if let Some(value) = self.constant(nodes) {
                fit.tag(name, &[value]);
            }
        }
        fit
    }

    /// The only text that a member may be.
    fn constant(&mut self, nodes: &[Node<'a>]) -> Option<String> {
        nodes.iter().find_map(|node| {
            let schema = self.schema_of(node)?.schema;
            match Keywords::of(schema).enumeration.as_slice() {
                [value] => value.as_str().map(str::to_owned),
                _ => None,
            }
        })
    }
}

impl Fit {
    /// Adds, or replaces, the values that a member tells the variant by.
    pub fn tag(&mut self, member: &str, values: &[String]) {
        if self.kind != Some(JsonKind::Object) {
            return;
        }
        self.tags.retain(|tag| tag.member != member);
        self.tags.insert(0, Tag { member: member.to_owned(), values: values.to_vec() });
    }

    pub fn by_kind_alone(&mut self) {
        *self = Self { kind: self.kind, open: true, ..Self::default() };
    }

    pub fn by_tag_alone(&mut self) {
        self.tags.truncate(1);
        *self = Self { kind: self.kind, open: true, tags: std::mem::take(&mut self.tags), ..Self::default() };
    }
}
