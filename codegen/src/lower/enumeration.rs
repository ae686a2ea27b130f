//! `enum`: lists of values, which a newer service may add to.

use serde_json::Value;

use super::Lowering;
use super::merge::Merged;
use super::schema::Place;
use crate::api::{Enum, Integer, Listed, Name, Origin, Shape, Type, Variant};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

impl<'a> Lowering<'a> {
    pub fn string_enum(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let text = |value: &Value| match value {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        self.enumeration(Listed::Strings, text, merged, place)
    }

    pub fn integer_enum(&mut self, integer: Integer, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let number = |value: &Value| value.as_i64().map(|number| number.to_string());
        self.enumeration(Listed::Integers(integer), number, merged, place)
    }

    fn enumeration(
        &mut self,
        listed: Listed,
        text: impl Fn(&Value) -> Option<String>,
        merged: &Merged<'a>,
        place: &Place<'a>,
    ) -> Type {
        let Some(enumeration) = &merged.enumeration else { return Type::Any };
        let given = enumeration.of.as_ref().and_then(|of| {
            let values = enumeration.values.len();
            self.variant_names(&of.schema.schema_data.extensions, values, &of.origin)
        });
        let mut variants: Vec<Variant> = Vec::new();
        for (index, (value, origin)) in enumeration.values.iter().enumerate() {
            let Some(wire) = text(value) else { continue };
            if let Some(same) = variants.iter().find(|variant| variant.name.wire == wire) {
                // Where lists were put together, they may well have values in common.
                if enumeration.of.is_some() {
                    self.listed_twice(value, origin, &same.origin.clone());
                }
                continue;
            }
            let given = given.as_ref().and_then(|names| names.get(index)).cloned();
            variants.push(Variant { name: Name::new(wire, given), origin: origin.clone() });
        }
        self.insert(Shape::Enum(Enum { listed, variants, other: Name::default() }), place)
    }

    fn listed_twice(&mut self, value: &Value, origin: &Origin, other: &Origin) {
        let message = format!("the value {value} is listed twice");
        let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
        self.push(diagnostic.also(other, "the other one"));
    }
}
