//! What a discriminator tells: which values of a member mean which schema.

use super::Reading;
use super::merge::Merged;
use super::node::Node;
use super::types::component;
use super::variant_names::called;
use crate::api::{Fit, Says, Scalar, Tag, UnionVariant};
use crate::description::Discriminator;
use crate::maps::HashMap;
use crate::pointer;

/// The values of a member, by what they are mapped to.
pub(in crate::lower) struct Tags<'a> {
    pub member: &'a str,
    /// What the schema that all variants are made of lists for the member: that tells none of them.
    inherited: Vec<Scalar>,
    /// The values, each with its place among all, by the name of a component.
    by_name: HashMap<&'a str, Vec<(usize, &'a str)>>,
    /// The same by the place of a schema.
    by_place: HashMap<String, Vec<(usize, &'a str)>>,
    /// What is meant by every other value, and without the member.
    default: Option<&'a str>,
}

impl<'a> Tags<'a> {
    pub fn of(discriminator: &Discriminator<'a>) -> Self {
        let member = discriminator.property_name;
        let (by_name, by_place, default) = (HashMap::default(), HashMap::default(), discriminator.default_mapping);
        let mut tags = Self { member, inherited: Vec::new(), by_name, by_place, default };
        for (index, (value, target)) in discriminator.mapping.iter().enumerate() {
            tags.by_name.entry(target).or_default().push((index, value));
            if let Some(place) = pointer::of_reference(target) {
                tags.by_place.entry(place).or_default().push((index, value));
            }
        }
        tags
    }

    /// The same, where all variants are made of a schema that lists these values for the member.
    pub fn beside(self, inherited: Vec<Scalar>) -> Self {
        Self { inherited, ..self }
    }

    /// The values that are mapped to a schema of a name at a place, in the order of the mapping.
    fn mapped_to(&self, name: &str, place: &str) -> Vec<&'a str> {
        let by_name = self.by_name.get(name).into_iter().flatten();
        let mut values: Vec<_> = by_name.chain(self.by_place.get(place).into_iter().flatten()).collect();
        values.sort_unstable();
        values.dedup();
        values.into_iter().map(|(_, value)| *value).collect()
    }
}

impl<'a> Reading<'_, 'a> {
    /// Whether a variant is what is meant by every other value of the discriminator, and without it.
    pub fn is_default(&mut self, node: &Node<'a>, tags: &Tags<'_>) -> bool {
        let Some(default) = tags.default else { return false };
        self.schema_of(node).is_some_and(|target| {
            let place = target.origin.pointer();
            let is_named = component(&target.origin).is_some_and(|name| name == default);
            is_named || pointer::of_reference(default).is_some_and(|meant| meant == place)
        })
    }

    /// The values of the discriminator that a variant goes by: those that are mapped to it, or those
    /// that its own schema allows, or the name of its component.
    pub fn told_by(&mut self, node: &Node<'a>, merged: &Merged<'a>, tags: &Tags<'_>) -> Vec<Scalar> {
        let Some(target) = self.schema_of(node) else { return Vec::new() };
        let name = pointer::tokens(target.origin.pointer()).next_back().unwrap_or_default().into_owned();
        let mapped = tags.mapped_to(&name, target.origin.pointer());
        if !mapped.is_empty() {
            let typ = self.type_of_member(merged, tags.member);
            return mapped.into_iter().map(|text| Scalar::of(text, typ)).collect();
        }
        let listed = self.listed_for(merged, tags.member);
        let is_named = called(node, target.origin.pointer()).is_some();
        match listed.as_slice() {
            [_] => listed,
            _ if !is_named => Vec::new(),
            // A list that all have tells none of them, but for the names.
            values if values == tags.inherited => vec![Scalar::Text(name)],
            [] => vec![Scalar::Text(name)],
            values => {
                match values.iter().find(|value| value.text().is_some_and(|text| text.eq_ignore_ascii_case(&name))) {
                    Some(named) => vec![named.clone()],
                    None => listed,
                }
            }
        }
    }

    /// What is listed for a member.
    pub fn listed_for(&mut self, merged: &Merged<'a>, member: &str) -> Vec<Scalar> {
        let nodes = merged.properties.get(member).cloned().unwrap_or_default();
        let values = self.merge(&nodes);
        self.listed_values(&values).map_or_else(Vec::new, |tag| tag.values)
    }

    fn type_of_member(&mut self, merged: &Merged<'a>, member: &str) -> Option<&'a str> {
        let nodes = merged.properties.get(member).cloned().unwrap_or_default();
        self.merge(&nodes).typ
    }
}

impl Scalar {
    /// A value of a type, as the text that the names of mappings are.
    fn of(text: &str, typ: Option<&str>) -> Self {
        match (typ, text) {
            (Some("integer" | "number"), digits) if digits.parse::<f64>().is_ok() => Self::Number(digits.to_owned()),
            (Some("boolean"), "true") => Self::Bool(true),
            (Some("boolean"), "false") => Self::Bool(false),
            _ => Self::Text(text.to_owned()),
        }
    }
}

impl Fit {
    /// What a discriminator says of the values.
    pub fn told(&self) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.told)
    }

    pub fn is_told(&self) -> bool {
        self.told().is_some()
    }
}

/// All values of the discriminator that variants are told by.
pub(super) fn told_values(variants: &[UnionVariant]) -> Vec<Scalar> {
    let told = variants.iter().flat_map(|variant| &variant.fits).filter_map(Fit::told);
    told.flat_map(|tag| &tag.values).cloned().collect()
}

/// Has a variant be what no other one is by the discriminator.
pub(super) fn is_what_others_are_not(variants: &mut [UnionVariant], index: usize, member: &str) {
    let told = told_values(variants);
    let fits = variants.get_mut(index).map(|variant| variant.fits.as_mut_slice()).unwrap_or_default();
    fits.iter_mut().for_each(|fit| fit.tag(member, told.clone(), Says::IsNot));
}
