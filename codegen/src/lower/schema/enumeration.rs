//! `enum`: lists of values, which a newer service may add to.

use serde_json::Value;

use super::merge::{Enumeration, ListedValue, Merged};
use super::node::{Node, Said, Target};
use super::types::{Place, component};
use super::variant_names::is_name;
use super::{Reading, Schemas};
use crate::api::{Enum, Integer, Listed, Name, Origin, Shape, Type, Variant};
use crate::description::{Annotations, Keywords, Schema, whole};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::maps::HashMap;
use crate::pointer;
use crate::rule::Rule;
use crate::texts::{Doc, Paragraph};

impl<'a> Schemas<'_, 'a> {
    pub fn string_enum(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let text = |schemas: &Self, value: &Value, at: &Origin| schemas.reading.text_of(value, at);
        if self.reading.is_inline_constant(merged, place) {
            return Type::String;
        }
        self.enumeration(Listed::Strings, text, merged, place)
    }

    pub fn integer_enum(&mut self, integer: Integer, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        if self.reading.is_inline_constant(merged, place) {
            return Type::Integer(integer);
        }
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
        let mut listed_at: HashMap<String, &Origin> = HashMap::default();
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
        let ty = self.insert(Shape::Enum(Enum { listed, variants, other: Name::default() }), place);
        // What the schema of one value says is not about the others.
        let speaks_of_one = |of: &Target<'_>| of.origin.pointer() == place.of.origin.pointer();
        let is_of_one = enumeration.values.iter().any(|one| one.of.as_ref().is_some_and(speaks_of_one));
        if let Some(definition) = ty.named().filter(|_| is_of_one).and_then(|id| self.types.get_mut(id)) {
            definition.doc = Doc::default();
        }
        ty
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

    /// Whether schemas without a name of their own list one value, which needs no type: it is preset, and
    /// documented.
    fn is_inline_constant(&self, merged: &Merged<'_>, place: &Place<'_>) -> bool {
        let Some(listed) = &merged.enumeration else { return false };
        let of = listed.of.as_ref().map_or(place.of.schema, |of| of.schema);
        may_be_constant(of, &place.at) && self.sole_value(listed, false).is_some()
    }

    /// The only value of a member of a type that is made for nothing else.
    pub fn constant(&mut self, nodes: &[Node<'a>], ty: &Type) -> Option<Value> {
        let lists = |node: &Node<'_>| match &node.said {
            Said::Reference(_) => nodes.len() > 1,
            Said::Schema(schema) => {
                let keywords = schema.keywords();
                !keywords.enumeration.is_empty() || keywords.combines()
            }
        };
        if *ty == Type::Null {
            return Some(Value::Null);
        }
        if ty.named().is_some() || !nodes.iter().any(lists) {
            return None;
        }
        let mut merged = self.merge(nodes);
        self.list_choice(&mut merged);
        let value = self.sole_value(merged.enumeration.as_ref()?, *ty == Type::String)?;
        as_constant(&value, ty)
    }

    fn sole_value(&self, listed: &Enumeration<'_>, is_text: bool) -> Option<Value> {
        let only = sole(listed.values.iter().map(|one| &one.value)).filter(|_| !listed.is_open)?;
        let origin = &listed.values.iter().find(|one| one.value == *only)?.origin;
        let text = self.text_of(only, origin).filter(|_| is_text).map(Value::String);
        Some(text.unwrap_or_else(|| only.clone()))
    }
}

/// What is said of a value that is the only one which a schema lists, or of the values that become no variants.
pub(super) fn said_of_values(schema: Schema<'_>, keywords: &Keywords<'_>, origin: &Origin) -> Option<Paragraph> {
    let (only, values) = (sole(keywords.enumeration.iter().map(|(value, _)| value)), doc::values(keywords));
    let only = only.filter(|_| values.is_some() || may_be_constant(schema, origin));
    only.map(doc::always).or(values)
}

/// Whether nothing asks for a type of the schema.
fn may_be_constant(schema: Schema<'_>, at: &Origin) -> bool {
    let extensions = schema.extensions();
    let is_member = pointer::tokens(at.pointer()).rev().nth(1).is_some_and(|keyword| keyword == "properties");
    let is_named = !is_member && extensions.has("x-rust-name");
    component(at).is_none() && !is_named && !extensions.has("x-enum-varnames")
}

/// The value, if that is all that there is beside `null`; or `null`, if that is all.
fn sole<'v>(values: impl Iterator<Item = &'v Value> + Clone) -> Option<&'v Value> {
    let mut others = values.clone().filter(|value| !value.is_null());
    match (others.next(), others.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => values.into_iter().next(),
    }
}

/// As many digits as an exact number has in any case.
const DIGITS: usize = 28;

/// A value as one of a type, if it is one that can be written in code.
fn as_constant(value: &Value, ty: &Type) -> Option<Value> {
    match (ty, value) {
        (Type::Integer(_), _) => {
            let number = whole(value)?;
            i64::try_from(number).map(Value::from).or_else(|_| u64::try_from(number).map(Value::from)).ok()
        }
        // What has no room in 64 bits went through a float.
        (Type::Number, Value::Number(number)) => {
            let is_exact = !number.is_f64() || number.as_f64().is_some_and(|float| float.abs() < 2_f64.powi(53));
            is_exact.then(|| value.clone())
        }
        (Type::String, Value::String(_)) | (Type::Boolean, Value::Bool(_)) | (Type::Null, Value::Null) => {
            Some(value.clone())
        }
        (Type::Decimal, Value::Number(number)) => {
            let text = number.to_string();
            let has_room = text.len() <= DIGITS && text.chars().all(|sign| !sign.is_alphabetic());
            has_room.then(|| value.clone())
        }
        (Type::Array(item), Value::Array(_)) | (Type::Map(item), Value::Object(_)) if **item == Type::Any => {
            Some(value.clone())
        }
        _ => None,
    }
}
