//! Rust names for everything that the description names. The only place that converts case.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use super::type_names;
use crate::api::{Api, Group, Location, Name, Operation, Origin, Param, Reply, Shape, Status};
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// Type names that the emitted modules use themselves; a schema of such a name gets a suffix.
const TYPES_IN_USE: &[&str] = &[
    "BTreeMap", "Box", "Date", "DateTime", "Decimal", "Default", "From", "Json", "JsonValue", "Maybe", "None",
    "Number", "Option", "Result", "Self", "Serialize", "Some", "String", "ToString", "Uuid", "Vec",
];

/// Methods that every call has; a parameter of such a name gets an underscore.
const METHODS_IN_USE: &[&str] = &["send", "into_future"];

/// Names inside the emitted methods; a parameter of such a name gets an underscore.
const LOCALS_IN_USE: &[&str] = &["body", "request"];

/// Gives everything its Rust name.
pub(super) fn name(api: &mut Api, report: &mut Report) {
    let mut namer = Namer { report };
    for group in &mut api.groups {
        namer.group(group);
    }
    for server in &mut api.servers {
        namer.assign(&mut server.name, Case::Type, &server.origin);
    }
    for example in &mut api.examples {
        example.name.rust = example.name.wire.to_shouty_snake_case();
    }
    type_names::name(api, &mut namer);
    for definition in api.types.values_mut() {
        namer.members(&mut definition.shape);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Types and variants.
    Type,
    /// Fields, methods and modules.
    Value,
}

pub(super) struct Namer<'a> {
    report: &'a mut Report,
}

impl Namer<'_> {
    fn group(&mut self, group: &mut Group) {
        if !group.name.wire.is_empty() {
            self.assign(&mut group.name, Case::Value, &group.origin);
            group.type_name = avoid(
                group.name.rust.trim_start_matches("r#").to_pascal_case(),
                &["Call", "Client", "Method", "Request"],
            );
        }
        for operation in &mut group.operations {
            self.operation(operation);
        }
    }

    fn operation(&mut self, operation: &mut Operation) {
        self.assign(&mut operation.name, Case::Value, &operation.origin.child("operationId"));
        let plain = operation.name.rust.trim_start_matches("r#");
        operation.type_name = avoid(plain.to_pascal_case(), TYPES_IN_USE);
        operation.headers_name = format!("{}Headers", operation.type_name);
        for param in &mut operation.params {
            self.param(param);
        }
        tell_apart(&mut operation.params);
        for header in &mut operation.headers {
            self.assign(&mut header.name, Case::Value, &header.origin);
        }
        for reply in operation.success.replies.iter_mut().chain(&mut operation.errors.replies) {
            reply.name.rust = self.reply(reply);
        }
    }

    fn param(&mut self, param: &mut Param) {
        self.assign(&mut param.name, Case::Value, &param.origin);
        let in_use = if param.required { LOCALS_IN_USE } else { METHODS_IN_USE };
        if in_use.contains(&param.name.rust.as_str()) {
            param.name.rust.push('_');
        }
    }

    fn reply(&mut self, reply: &Reply) -> String {
        if let Some(given) = &reply.name.given {
            return self.given(given, &reply.origin);
        }
        status_words(reply.status).to_pascal_case()
    }

    fn members(&mut self, shape: &mut Shape) {
        match shape {
            Shape::Struct(shape) => {
                for field in &mut shape.fields {
                    self.assign(&mut field.name, Case::Value, &field.origin);
                }
                if let Some(rest) = &mut shape.rest {
                    self.assign(&mut rest.name, Case::Value, &rest.origin);
                }
            }
            Shape::Enum(shape) => {
                for variant in &mut shape.variants {
                    self.assign(&mut variant.name, Case::Type, &variant.origin);
                }
                let taken = |name: &str| shape.variants.iter().any(|variant| variant.name.rust == name);
                let other = if taken("Unknown") { "Unrecognized" } else { "Unknown" };
                shape.other.rust = other.to_owned();
            }
            Shape::Union(shape) => {
                for variant in &mut shape.variants {
                    self.assign(&mut variant.name, Case::Type, &variant.origin);
                }
            }
            Shape::Alias(_) => {}
        }
    }

    pub fn assign(&mut self, name: &mut Name, case: Case, origin: &Origin) {
        name.rust = match &name.given {
            Some(given) => self.given(given, origin),
            None => self.convert(&name.wire, case, origin),
        };
    }

    /// A name that the description gives for Rust is used as it is, so it must be an identifier.
    fn given(&mut self, given: &str, origin: &Origin) -> String {
        let plain = given.trim_start_matches("r#");
        if syn::parse_str::<syn::Ident>(given).is_err() && raw(plain).is_none() {
            let message = format!("`{given}` is not a Rust identifier");
            self.report.push(Diagnostic::error(Rule::InvalidExtension, origin, message));
        }
        raw(plain).unwrap_or_else(|| plain.to_owned())
    }

    /// Converts a name of the description; the result is an identifier, raw if it must be.
    pub fn convert(&mut self, wire: &str, case: Case, origin: &Origin) -> String {
        let words = words(wire);
        let converted = match case {
            Case::Type => words.to_pascal_case(),
            Case::Value => words.to_snake_case(),
        };
        let converted = match converted.chars().next() {
            Some(first) if first.is_ascii_digit() && case == Case::Type => format!("N{converted}"),
            Some(first) if first.is_ascii_digit() => format!("n{converted}"),
            _ => converted,
        };
        if syn::parse_str::<syn::Ident>(&converted).is_ok() {
            return converted;
        }
        raw(&converted).unwrap_or_else(|| {
            let message = format!("no Rust name can be made of {wire:?}");
            let diagnostic = Diagnostic::error(Rule::InvalidName, origin, message).on_key();
            self.report.push(diagnostic.help("give it one with `x-rust-name`"));
            "invalid".to_owned()
        })
    }
}

/// A keyword as an identifier; `None` for what is no keyword.
fn raw(word: &str) -> Option<String> {
    match word {
        "self" | "Self" | "super" | "crate" | "_" => Some(format!("{word}_")),
        _ => syn::parse_str::<syn::Ident>(&format!("r#{word}")).is_ok().then(|| {
            match syn::parse_str::<syn::Ident>(word) {
                Ok(_) => word.to_owned(),
                Err(_) => format!("r#{word}"),
            }
        }),
    }
}

/// A name as words that heck can tell apart: signs get a word where they carry the meaning.
fn words(wire: &str) -> String {
    if wire.is_empty() {
        return "empty".to_owned();
    }
    let sign = match wire.as_bytes() {
        [b'-', digit, ..] if digit.is_ascii_digit() => "minus ",
        [b'+', digit, ..] if digit.is_ascii_digit() => "plus ",
        _ => "",
    };
    if wire.chars().any(char::is_alphanumeric) {
        let plain = wire.chars().map(|sign| if sign.is_alphanumeric() { sign } else { ' ' });
        return format!("{sign}{}", plain.collect::<String>());
    }
    let spoken: Vec<_> = wire.chars().map(sign_word).collect();
    spoken.join(" ")
}

fn sign_word(sign: char) -> &'static str {
    match sign {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        ' ' => "space",
        _ => "",
    }
}

/// Parameters of one name in several places: those outside the path say where they are.
fn tell_apart(params: &mut [Param]) {
    let names: Vec<_> = params.iter().map(|param| (param.name.rust.clone(), param.location)).collect();
    for param in params.iter_mut().filter(|param| param.location != Location::Path && param.name.given.is_none()) {
        let clash = names.iter().any(|(name, location)| *name == param.name.rust && *location != param.location);
        if clash {
            let plain = param.name.rust.trim_start_matches("r#");
            param.name.rust = format!("{plain}_{}", param.location.name());
        }
    }
}

/// A status in words: its reason phrase where HTTP has one.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => {
            let reason = http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("status {code}"), |reason| reason.replace(['\'', '-'], ""))
        }
        Status::Range(1) => "informational".to_owned(),
        Status::Range(2) => "success".to_owned(),
        Status::Range(3) => "redirection".to_owned(),
        Status::Range(4) => "client error".to_owned(),
        Status::Range(_) => "server error".to_owned(),
        Status::Default => "other".to_owned(),
    }
}

/// A type name that is not one of those in use.
pub(super) fn avoid(name: String, in_use: &[&str]) -> String {
    if in_use.contains(&name.as_str()) { format!("{name}Model") } else { name }
}

/// A type name made of several words of the description.
pub(super) fn type_name(namer: &mut Namer<'_>, words: &[String], origin: &Origin) -> String {
    avoid(namer.convert(&words.join(" "), Case::Type, origin), TYPES_IN_USE)
}
