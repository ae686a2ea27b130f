//! What a validator says, as a person would.

use std::collections::HashSet;

use codegen::closest;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use crate::class::Class;
use crate::echoes::Echoes;
use crate::finding::{Finding, alike};
use crate::schemas::Schemas;

/// Whether an error is about the format of a text, which JSON Schema 2020-12 takes for a hint unless a dialect says
/// otherwise.
pub fn is_of_format(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Format { .. })
}

/// The disagreements that errors of a validator come to.
pub struct Classifier<'s> {
    schemas: &'s Schemas,
    show: Show,
    echoes: Echoes,
    pub found: Vec<Finding>,
    /// What was found, in any item of a list: where, the keyword, and the member.
    known: HashSet<(String, String, String)>,
}

impl<'s> Classifier<'s> {
    pub fn new(schemas: &'s Schemas, show: Show, echoes: Echoes) -> Self {
        Self { schemas, show, echoes, found: Vec::new(), known: HashSet::new() }
    }

    pub fn error(&mut self, error: &ValidationError<'_>) {
        match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => self.variants(error, context),
            Kind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                self.add(error, name, |found| {
                    found(Class::RequiredMissing).of_member(name).says(
                        format!("the member `{name}`, which is required, is missing"),
                        format!("add `{name}` to the example, or take it out of `required`"),
                    )
                });
            }
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                for name in unexpected {
                    self.add(error, name, |found| forbidden(found(Class::ForbiddenMember), name));
                }
            }
            Kind::Type { kind } if !error.instance().is_null() => {
                let (schemas, show) = (self.schemas, self.show);
                self.add(error, "", |found| typed(error, &types(kind), (schemas, show), found));
            }
            _ => {
                let show = self.show;
                self.add(error, "", |found| plain_error(error, show, found));
            }
        }
    }

    /// Adds what an error comes to, unless that is known.
    fn add(
        &mut self,
        error: &ValidationError<'_>,
        member: &str,
        find: impl FnOnce(&dyn Fn(Class) -> Finding) -> Finding,
    ) {
        let (at, keyword) = (Schemas::way(error), error.schema_path().as_str());
        let is_echo = !member.is_empty() && self.echoes.has(at, member);
        if !is_echo && self.known.insert((alike(at), keyword.to_owned(), member.to_owned())) {
            let found = find(&|class| Finding::new(class, at, self.schemas.origin(keyword)));
            self.found.push(found);
        }
    }

    /// A value that fits no variant. Where all but one are for something else, what is wrong is what that one says.
    fn variants(&mut self, error: &ValidationError<'_>, context: &[Vec<ValidationError<'static>>]) {
        let at = Schemas::way(error);
        let is_other = |error: &ValidationError<'_>| {
            matches!(error.kind(), Kind::Type { .. } | Kind::Constant { .. } | Kind::Enum { .. })
                && Schemas::way(error) == at
        };
        let near: Vec<_> = context.iter().filter(|errors| !errors.iter().any(is_other)).collect();
        let beside_null: Vec<_> = context.iter().filter(|errors| !errors.iter().any(wants_null)).collect();
        match (near.as_slice(), beside_null.as_slice()) {
            ([errors], _) | ([], [errors]) => errors.iter().for_each(|error| self.error(error)),
            _ => {
                let shown = (self.show)(error.instance());
                self.add(error, "", |found| no_variant((error, &shown), &near, context, found));
            }
        }
    }
}

/// What is wrong with a value that fits no variant, of which none is nearer than the others.
fn no_variant(
    (error, shown): (&ValidationError<'_>, &str),
    near: &[&Vec<ValidationError<'static>>],
    context: &[Vec<ValidationError<'static>>],
    finding: &dyn Fn(Class) -> Finding,
) -> Finding {
    let at = Schemas::way(error);
    let takes_objects = || near.is_empty() && context.iter().flatten().any(|error| wants_object(error, at));
    match &**error.instance() {
        Value::Null => finding(Class::NullNotAllowed)
            .says("this is `null`, which no variant allows", "add `null` as a variant, or give a value in the example"),
        Value::String(text) if takes_objects() && is_json(text) => finding(Class::JsonAsString)
            .says("JSON is written as a string here", "write the JSON itself, without quotes around it"),
        _ => finding(Class::NoVariantFits).says(
            format!("{shown} fits none of the {} variants{}", context.len(), reasons(near, context)),
            "correct the example to be one of the variants, or add a variant to the schema",
        ),
    }
}

/// What is wrong with a value of the right type.
fn plain_error(error: &ValidationError<'_>, show: Show, finding: &dyn Fn(Class) -> Finding) -> Finding {
    let value = error.instance();
    let shown = show(value);
    match error.kind() {
        kind if value.is_null() && !matches!(kind, Kind::Not { .. } | Kind::FalseSchema) => {
            finding(Class::NullNotAllowed).says(
                "this is `null`, which the schema does not allow",
                "allow `null` in the schema, or give a value in the example",
            )
        }
        Kind::Enum { options } => {
            let listed: Vec<&Value> = options.as_array().into_iter().flatten().collect();
            not_listed(finding(Class::NotListed), (value, &shown), &listed)
        }
        Kind::Constant { expected_value } => {
            not_listed(finding(Class::NotListed), (value, &shown), &[&**expected_value])
        }
        Kind::Format { format } => finding(Class::Format).says(
            format!("{shown} is not of the format `{format}`"),
            format!("write it as `{format}` has it, or take the format out of the schema"),
        ),
        Kind::Pattern { pattern } => finding(Class::Pattern).says(
            format!("{shown} does not match the pattern `{pattern}`"),
            "write a value that matches, or correct the pattern",
        ),
        Kind::OneOfMultipleValid { .. } => finding(Class::SeveralVariantsFit).says(
            "this fits several variants of `oneOf`, which only one may",
            "write `anyOf`, or say in the variants what tells them apart, such as a `const` or `required`",
        ),
        Kind::FalseSchema | Kind::PropertyNames { .. } | Kind::Not { .. } => finding(Class::ForbiddenMember).says(
            format!("{shown} is what the schema excludes"),
            "take it out of the example, or out of what the schema excludes",
        ),
        Kind::AdditionalItems { .. } | Kind::UnevaluatedItems { .. } | Kind::Contains => finding(Class::OtherShape)
            .says(
                "this list has items that the schema does not allow, or lacks one that it wants",
                "correct the list, or the schema of its items",
            ),
        kind => finding(Class::Limits).says(
            format!("{shown} is out of the limits: {}", error.masked_with("it")),
            format!("correct the value, or `{}`", kind.keyword()),
        ),
    }
}

/// What is wrong with a value of another type.
fn typed(
    error: &ValidationError<'_>,
    wanted: &[&str],
    (schemas, show): (&Schemas, Show),
    finding: &dyn Fn(Class) -> Finding,
) -> Finding {
    let value = &**error.instance();
    let (is, want) = (type_of(value), wanted.join("` or `"));
    let takes = |names: &[&str]| wanted.iter().any(|name| names.contains(name));
    let message = format!("{} is {is}, where the schema has `{want}`", show(value));
    let edit = match value {
        Value::Number(_) | Value::Bool(_) if takes(&["string"]) => {
            format!("write it in quotes in the example, or say in the schema that it is {is}")
        }
        _ => format!("write {} in the example, or say in the schema that it is {is}", wanted_in_words(wanted)),
    };
    match value {
        Value::String(text) if takes(&["object", "array"]) => match serde_json::from_str::<Value>(text) {
            Ok(inner) if inner.is_object() || inner.is_array() => {
                let schema = error.schema_path().as_str().rsplit_once('/').map_or("", |(schema, _)| schema);
                let fits = schemas.is_valid(schema, &inner);
                let fits = if fits { "; what is in the string fits" } else { "" };
                finding(Class::JsonAsString).says(
                    format!("JSON is written as a string here{fits}"),
                    "write the JSON itself, without quotes around it",
                )
            }
            _ => finding(Class::TextForObject).says(message, edit),
        },
        Value::String(text) if takes(&["number", "integer", "boolean"]) => {
            match serde_json::from_str::<Value>(text.trim()) {
                Ok(Value::Number(_) | Value::Bool(_)) => finding(Class::ScalarInQuotes)
                    .says(message, "write it without quotes in the example, or say in the schema that it is text"),
                _ => finding(Class::MixedUp).says(message, edit),
            }
        }
        Value::Object(_) | Value::Array(_) => finding(Class::OtherShape).says(message, edit),
        _ if takes(&["object", "array"]) => finding(Class::OtherShape).says(message, edit),
        _ => finding(Class::MixedUp).says(message, edit),
    }
}

/// What each of a few variants has against a value.
fn reasons(near: &[&Vec<ValidationError<'static>>], all: &[Vec<ValidationError<'static>>]) -> String {
    const FEW: usize = 3;
    let errors: Vec<_> = if near.is_empty() { all.iter().collect() } else { near.to_vec() };
    let first = errors.iter().filter_map(|errors| errors.first());
    let reasons: Vec<_> = first.take(FEW).map(|error| error.masked_with("it").to_string()).collect();
    if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join("; ")) }
}

fn wants_null(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Type { kind } if types(kind) == ["null"])
}

fn wants_object(error: &ValidationError<'_>, at: &str) -> bool {
    match error.kind() {
        Kind::Type { kind } if Schemas::way(error) == at => {
            types(kind).iter().any(|name| matches!(*name, "object" | "array"))
        }
        _ => false,
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_object() || value.is_array())
}

fn not_listed(finding: Finding, (value, shown): (&Value, &str), listed: &[&Value]) -> Finding {
    let alike = |one: &Value, other: &Value| fold(&plain(one)) == fold(&plain(other));
    let texts: Vec<_> = listed.iter().filter_map(|value| value.as_str()).collect();
    let near = listed.iter().find(|one| alike(one, value)).map(|near| near.to_string());
    let near =
        near.or_else(|| closest(value.as_str()?, texts.iter().copied()).map(|near| Value::from(near).to_string()));
    match near {
        Some(near) => finding.says(
            format!("{shown} is not among the values that are listed; did you mean {near}?"),
            format!("write {near} in the example, or list {shown}"),
        ),
        None => finding.says(
            format!("{shown} is not among the values that are listed"),
            format!("list {shown} in the schema, or write one of its {} values", listed.len()),
        ),
    }
}

fn forbidden(finding: Finding, name: &str) -> Finding {
    finding.of_member(name).says(
        format!("the member `{name}` is not described, and others than the described ones are not allowed"),
        format!("describe `{name}`, or take it out of the example"),
    )
}

/// What is the same of names that differ in case and in the signs between words.
pub fn fold(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How messages speak of a value.
pub type Show = fn(&Value) -> String;

/// What kind of value it is, where nobody asked to see it.
pub fn hidden(value: &Value) -> String {
    type_of(value).to_owned()
}

/// A value as JSON, or the beginning of it.
pub fn shortened(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// What is wanted, such as `text or null`.
fn wanted_in_words(wanted: &[&str]) -> String {
    let word = |name: &&str| match *name {
        "array" => "a list",
        "boolean" => "`true` or `false`",
        "integer" => "an integer",
        "number" => "a number",
        "object" => "an object",
        "string" => "text",
        _ => "`null`",
    };
    wanted.iter().map(word).collect::<Vec<_>>().join(" or ")
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    let name = |ty: JsonType| match ty {
        JsonType::Array => "array",
        JsonType::Boolean => "boolean",
        JsonType::Integer => "integer",
        JsonType::Null => "null",
        JsonType::Number => "number",
        JsonType::Object => "object",
        JsonType::String => "string",
    };
    match kind {
        TypeKind::Single(ty) => vec![name(*ty)],
        TypeKind::Multiple(types) => types.iter().map(name).collect(),
    }
}
