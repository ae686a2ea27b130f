//! What a schema is, before it is made a type of.

use serde_json::Value;

use super::Reading;
use super::integer::integer_of;
use super::merge::{Additional, Enumeration, ListedValue, Merged};
use crate::api::{Integer, JsonKind, TextFormat, Type};
use crate::description::{Keywords, whole};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// What a schema is, seen from the keywords that decide it.
pub(in crate::lower) enum Class {
    /// Any JSON value.
    Any,
    Plain(Type),
    /// One of a list of strings.
    Strings,
    /// One of a list of integers.
    Integers(Integer),
    Array,
    Map,
    Struct,
    /// One of several types, by the first choice.
    Union,
}

impl<'a> Reading<'_, 'a> {
    /// What the schemas are together. Takes out of `merged` what makes no difference to that.
    pub fn classify(&mut self, merged: &mut Merged<'a>) -> Class {
        if let Some(diagnostic) = &merged.contradiction {
            self.ground.push(diagnostic.clone());
            return Class::Any;
        }
        self.drop_mere_limits(merged);
        self.list_choice(merged);
        if let Some(ty) = self.number_or_text(merged) {
            return Class::Plain(ty);
        }
        match (&merged.enumeration, merged.typ) {
            _ if !merged.choices.is_empty() => Class::Union,
            (Some(values), _) if values.is_null() => Class::Plain(Type::Null),
            (Some(values), Some("string")) if values.has(is_scalar) => self.strings(values),
            (Some(values), None) if values.all(Value::is_string) => self.strings(values),
            (Some(values), Some("integer")) if values.all(|value| whole(value).is_some()) => {
                self.integers(merged, true)
            }
            (Some(values), None) if values.all(|value| whole(value).is_some() && !value.is_f64()) => {
                self.integers(merged, true)
            }
            (Some(values), None) if values.all(Value::is_boolean) => Class::Plain(Type::Boolean),
            (Some(values), None) if values.all(Value::is_number) => Class::Plain(Type::Number),
            (Some(values), None) if values.all(Value::is_array) => Class::Array,
            (Some(values), None) if values.all(Value::is_object) => object_class(merged),
            (Some(_), None) => Class::Any,
            (_, Some("string")) => Class::Plain(string_type(merged.format)),
            (_, Some("integer")) => self.integers(merged, false),
            (_, Some("number")) if merged.format == Some("decimal") => Class::Plain(Type::Decimal),
            (_, Some("number")) => Class::Plain(Type::Number),
            (_, Some("boolean")) => Class::Plain(Type::Boolean),
            (_, Some("array")) => Class::Array,
            (_, None) if merged.has_items() && !merged.is_object() => Class::Array,
            (_, None) if !merged.is_object() => Class::Any,
            _ => object_class(merged),
        }
    }

    /// Lists of alternatives can be about values alone: which members are required together, or which
    /// pattern a text matches. They add nothing to the type that is there without them.
    fn drop_mere_limits(&mut self, merged: &mut Merged<'a>) {
        let mut choices = std::mem::take(&mut merged.choices);
        let says_something = !merged.is_vague();
        choices.retain(|choice| {
            let vague = |variant| self.merge(std::slice::from_ref(variant)).is_vague();
            !(choice.variants.iter().all(vague) && (says_something || choice.variants.len() > 1))
        });
        merged.choices = choices;
    }

    /// Integers, or a list of them. Where no integer holds them all, an exact number does.
    fn integers(&mut self, merged: &Merged<'_>, are_listed: bool) -> Class {
        match self.integer_type(merged) {
            Some(integer) if are_listed => Class::Integers(integer),
            Some(integer) => Class::Plain(Type::Integer(integer)),
            None => Class::Plain(Type::Number),
        }
    }

    /// An `enum` of strings; of what is something else, its text is taken where the type says so.
    fn strings(&mut self, values: &Enumeration<'_>) -> Class {
        for ListedValue { value, origin, of: _ } in &values.values {
            if let Some(text) = self.text_of(value, origin).filter(|_| !value.is_string()) {
                let message = format!("the value {text} is not a string, as the type says; it is read as one");
                let diagnostic = Diagnostic::warning(Rule::InvalidValue, origin, message);
                self.ground.push(diagnostic.help(format!("write {text:?}")));
            }
        }
        Class::Strings
    }
}

impl Enumeration<'_> {
    /// Whether all values but `null` are such.
    pub fn all(&self, is: impl Fn(&Value) -> bool) -> bool {
        self.has(&is) && self.values.iter().all(|one| one.value.is_null() || is(&one.value))
    }

    /// Whether there is `null` alone.
    fn is_null(&self) -> bool {
        !self.values.is_empty() && self.values.iter().all(|one| one.value.is_null())
    }

    fn has(&self, is: impl Fn(&Value) -> bool) -> bool {
        self.values.iter().any(|one| is(&one.value))
    }
}

fn is_scalar(value: &Value) -> bool {
    value.is_string() || value.is_number() || value.is_boolean()
}

/// The one type of JSON that values have; `None` if there are several.
pub(super) fn json_kind(class: &Class) -> Option<JsonKind> {
    match class {
        Class::Strings => Some(JsonKind::String),
        Class::Integers(_) => Some(JsonKind::Number),
        Class::Array => Some(JsonKind::Array),
        Class::Map | Class::Struct => Some(JsonKind::Object),
        Class::Plain(Type::Boolean) => Some(JsonKind::Boolean),
        Class::Plain(Type::Integer(_) | Type::Number | Type::Decimal) => Some(JsonKind::Number),
        Class::Plain(Type::String | Type::Text(_)) => Some(JsonKind::String),
        Class::Plain(_) => None,
        Class::Any | Class::Union => None,
    }
}

/// A struct where members are named, a map where they are not. What is listed has members.
fn object_class(merged: &Merged<'_>) -> Class {
    match (&merged.additional, merged.properties.is_empty()) {
        (_, true) if merged.enumeration.is_some() => Class::Map,
        (Additional::None, true) => Class::Struct,
        (_, true) => Class::Map,
        (_, false) => Class::Struct,
    }
}

/// The format of a schema that is not told by the type that is made of it.
pub(super) fn untold_format<'a>(keywords: &Keywords<'a>) -> Option<&'a str> {
    let format = keywords.format?;
    let is_told = match keywords.typ {
        Some("string") => keywords.enumeration.is_empty() && TextFormat::of(format).is_some(),
        Some("integer") => integer_of(format).is_some(),
        Some("number") => matches!(format, "decimal" | "double" | "float"),
        _ => false,
    };
    let says_more = !format.trim().is_empty() && keywords.typ != Some(format);
    (!is_told && says_more).then_some(format)
}

/// What a string of a format becomes. Formats without a type of their own stay text, as written:
/// OpenAPI leaves `format` open, and text holds them all.
fn string_type(format: Option<&str>) -> Type {
    format.and_then(TextFormat::of).map_or(Type::String, Type::Text)
}
