//! `enum`: lists of values, which a newer service may add to.

use std::collections::HashMap;

use serde_json::Value;

use super::merge::{Enumeration, ListedValue, Merged};
use super::node::Target;
use super::types::{Place, component};
use super::variant_names::is_name;
use super::{Reading, Schemas};
use crate::api::{Enum, Integer, Listed, Name, Origin, Shape, Type, Variant};
use crate::description::{Annotations, Schema, whole};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::pointer;
use crate::rule::Rule;
use crate::texts::Doc;

impl<'a> Schemas<'_, 'a> {
    pub fn string_enum(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let text = |schemas: &Self, value: &Value, at: &Origin| schemas.reading.text_of(value, at);
        if is_inline_constant(merged, place) {
            return Type::String;
        }
        self.enumeration(Listed::Strings, text, merged, place)
    }

    pub fn integer_enum(&mut self, integer: Integer, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let number = |_: &Self, value: &Value, _: &Origin| whole(value).map(|number| number.to_string());
        self.enumeration(Listed::Integers(integer), number, merged, place)
    }

    fn enumeration(
        &mut self,
        listed: Listed,
        text: impl Fn(&Self, &Value, &Origin) -> Option<String>,
        merged: &Merged<'a>,
        place: &Place<'a>,
    ) -> Type {
        let Some(enumeration) = &merged.enumeration else { return Type::Any };
        let given = self.given_names(enumeration, place);
        let mut variants: Vec<Variant> = Vec::new();
        let mut listed_at: HashMap<String, &Origin> = HashMap::new();
        for (index, ListedValue { value, origin, of }) in enumeration.values.iter().enumerate() {
            let Some(wire) = text(self, value, origin) else { continue };
            if let Some(same) = listed_at.get(&wire) {
                // Where lists were put together, they may well have values in common.
                if enumeration.of.is_some() {
                    self.listed_twice(value, origin, same);
                }
                continue;
            }
            listed_at.insert(wire.clone(), origin);
            let given = given.as_ref().and_then(|names| names.get(index)).cloned().flatten();
            let variant = Variant::new(Name::new(wire, given), origin.clone());
            variants.push(match of {
                Some(of) => self.described_value(variant, of),
                None => variant,
            });
        }
        self.insert(Shape::Enum(Enum { listed, variants, other: Name::default() }), place)
    }

    /// The names that are given for the values where they are listed, or beside a choice among them.
    fn given_names(&mut self, list: &Enumeration<'a>, place: &Place<'a>) -> Option<Vec<Option<String>>> {
        let is_choice = place.of.schema.keywords().enumeration.is_empty();
        let of = list.of.as_ref().or(Some(&place.of).filter(|_| is_choice))?;
        let values = list.values.iter().map(|one| !one.value.is_null());
        self.ground.variant_names(of.schema.extensions(), values, &of.origin)
    }

    /// A value with what is said of it by the schema that lists it alone.
    fn described_value(&mut self, variant: Variant, of: &Target<'a>) -> Variant {
        let (said, extensions) = (of.schema.annotations(), of.schema.extensions());
        let Variant { mut name, .. } = variant;
        if name.given.is_none() {
            let names = self.ground.variant_names(extensions, std::iter::once(true), &of.origin);
            name.given = names.into_iter().flatten().next().flatten();
        }
        let mut origin = variant.origin;
        if name.given.is_none() && extensions.has("x-rust-name") {
            (name, origin) = (self.ground.name(name.wire, extensions, &of.origin), of.origin.clone());
        }
        let (title, remark) = match said.title {
            Some(title) if is_name(title) => (Some(title.to_owned()), None),
            other => (None, other),
        };
        let Annotations { description, deprecated, external_docs, .. } = said;
        let mut doc = Doc::of([remark]);
        doc.append(doc::texts(Annotations { description, deprecated, external_docs, ..Annotations::default() }));
        Variant { name, title, doc, origin }
    }

    fn listed_twice(&mut self, value: &Value, origin: &Origin, other: &Origin) {
        let message = format!("the value {value} is listed twice");
        let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
        self.ground.push(diagnostic.also(other, "the other one"));
    }
}

impl<'a> Reading<'_, 'a> {
    /// The text that a value of a list of strings is meant as.
    pub fn text_of(&self, value: &Value, at: &Origin) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(self.ground.document.written.get(at.pointer()).cloned().unwrap_or_else(|| other.to_string())),
        }
    }
}

/// Whether schemas without a name of their own list one text, which needs no type: it is preset, and
/// documented.
fn is_inline_constant(merged: &Merged<'_>, place: &Place<'_>) -> bool {
    let Some(listed) = &merged.enumeration else { return false };
    let of = listed.of.as_ref().map_or(place.of.schema, |of| of.schema);
    !listed.is_open && may_be_constant(of, &place.at) && sole_text(listed.values.iter().map(|one| &one.value)).is_some()
}

/// The only text that a schema without a name of its own lists.
pub(super) fn constant(schema: Schema<'_>, origin: &Origin) -> Option<String> {
    sole_text(schema.keywords().values()).filter(|_| may_be_constant(schema, origin))
}

/// Whether nothing asks for a type of the schema.
fn may_be_constant(schema: Schema<'_>, at: &Origin) -> bool {
    let extensions = schema.extensions();
    let is_member = pointer::tokens(at.pointer()).rev().nth(1).is_some_and(|keyword| keyword == "properties");
    let is_named = !is_member && extensions.has("x-rust-name");
    component(at).is_none() && !is_named && !extensions.has("x-enum-varnames")
}

/// The text, if that is all that there is beside `null`.
fn sole_text<'v>(values: impl Iterator<Item = &'v Value>) -> Option<String> {
    let mut values = values.filter(|value| !value.is_null());
    match (values.next(), values.next()) {
        (Some(Value::String(text)), None) => Some(text.clone()),
        _ => None,
    }
}
