//! `enum`: lists of values, which a newer service may add to.

use std::collections::HashMap;

use serde_json::Value;

use super::merge::Merged;
use super::types::{Place, component};
use super::{Reading, Schemas};
use crate::api::{Enum, Integer, Listed, Name, Origin, Shape, Type, Variant};
use crate::description::{Schema, whole};
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::rule::Rule;

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
        let given = enumeration.of.as_ref().and_then(|of| {
            let values = enumeration.values.iter().map(|(value, _)| !value.is_null());
            self.ground.variant_names(of.schema.extensions(), values, &of.origin)
        });
        let mut variants: Vec<Variant> = Vec::new();
        let mut listed_at: HashMap<String, &Origin> = HashMap::new();
        for (index, (value, origin)) in enumeration.values.iter().enumerate() {
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
            variants.push(Variant { name: Name::new(wire, given), origin: origin.clone() });
        }
        self.insert(Shape::Enum(Enum { listed, variants, other: Name::default() }), place)
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
    may_be_constant(of, &place.at) && sole_text(listed.values.iter().map(|(value, _)| value)).is_some()
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
