//! Rust names for everything that the description names. The only place that converts case.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use super::reserved::Use;
use super::{server_names, type_names};
use crate::api::{Api, CredentialType, Example, Group, Location, Name, Operation, Origin, Param, Reply, Shape, Status};
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// Gives everything its Rust name.
pub(super) fn name(api: &mut Api, report: &mut Report) {
    let mut namer = Namer { report };
    for group in &mut api.groups {
        namer.group(group);
    }
    server_names::name(&mut api.servers, &mut namer);
    for credential in &mut api.credentials {
        namer.credential(credential);
    }
    for example in &mut api.examples {
        namer.example(example);
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
    /// Constants.
    Constant,
}

/// Where a name stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    origin: &'a Origin,
    kind: Kind,
}

/// How something has its name, and how its author can choose another one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// By its key.
    Key,
    /// By a member, beside which the extension stands.
    Member,
    /// As a value of an enumeration.
    Value,
    /// By the key of an example.
    Example,
}

impl<'a> At<'a> {
    /// The place of something that is named by its key.
    pub fn key(origin: &'a Origin) -> Self {
        Self { origin, kind: Kind::Key }
    }

    /// The place of a value of an enumeration.
    pub fn value(origin: &'a Origin) -> Self {
        Self::of(Kind::Value, origin)
    }

    fn of(kind: Kind, origin: &'a Origin) -> Self {
        Self { origin, kind }
    }

    fn error(self, rule: Rule, message: String) -> Diagnostic {
        let diagnostic = Diagnostic::error(rule, self.origin, message);
        if matches!(self.kind, Kind::Key | Kind::Example) { diagnostic.on_key() } else { diagnostic }
    }

    fn help(self) -> &'static str {
        match self.kind {
            Kind::Key | Kind::Member => "give it a name with `x-rust-name`",
            Kind::Value => "give the values names with `x-enum-varnames`",
            Kind::Example => "call the example something else",
        }
    }

    /// The place of the name that an extension gives.
    fn given(self) -> Origin {
        let (parent, token) = self.origin.pointer().rsplit_once('/').unwrap_or_default();
        match self.kind {
            Kind::Key | Kind::Example => self.origin.child("x-rust-name"),
            Kind::Member => Origin::new(parent).child("x-rust-name"),
            Kind::Value => Origin::new(parent.trim_end_matches("/enum")).child("x-enum-varnames").child(token),
        }
    }
}

pub(super) struct Namer<'a> {
    report: &'a mut Report,
}

impl Namer<'_> {
    fn group(&mut self, group: &mut Group) {
        let is_client = group.name.wire.is_empty();
        if !is_client {
            self.assign(&mut group.name, Case::Value, Use::Module, At::key(&group.origin));
            group.type_name = self.type_name(&group.name.rust, Use::Group, &group.origin);
        }
        let methods = if is_client { Use::ClientMethod } else { Use::GroupMethod };
        for operation in &mut group.operations {
            self.operation(operation, methods);
        }
    }

    fn operation(&mut self, operation: &mut Operation, methods: Use) {
        let id = operation.origin.child("operationId");
        self.assign(&mut operation.name, Case::Value, methods, At::of(Kind::Member, &id));
        operation.type_name = self.type_name(&operation.name.rust, Use::Operation, &id);
        operation.headers_name = format!("{}Headers", operation.type_name);
        for param in &mut operation.params {
            let scope = if param.required { Use::Argument } else { Use::Setter };
            self.assign(&mut param.name, Case::Value, scope, At::key(&param.origin));
        }
        tell_apart(&mut operation.params);
        for header in &mut operation.headers {
            self.assign(&mut header.name, Case::Value, Use::Own, At::key(&header.origin));
        }
        for reply in operation.success.replies.iter_mut().chain(&mut operation.errors.replies) {
            reply.name.rust = self.reply(reply);
        }
    }

    fn credential(&mut self, credential: &mut CredentialType) {
        let at = At::key(&credential.origin);
        self.assign(&mut credential.name, Case::Type, Use::Credential, at);
        for variable in &mut credential.variables {
            self.assign(variable, Case::Value, Use::CredentialArgument, at);
        }
    }

    /// The type that goes with a method or a module.
    pub fn type_name(&mut self, name: &str, scope: Use, origin: &Origin) -> String {
        scope.free(self.convert(name.trim_start_matches("r#"), Case::Type, At::of(Kind::Member, origin)))
    }

    fn reply(&mut self, reply: &Reply) -> String {
        match &reply.name.given {
            Some(given) => self.given(given, Case::Type, Use::Own, At::key(&reply.origin)),
            None => status_words(reply.status).to_pascal_case(),
        }
    }

    /// An example is a constant, and in lower case a test, which must not be a keyword.
    fn example(&mut self, example: &mut Example) {
        let at = At::of(Kind::Example, &example.origin);
        let name = Use::Example.free(self.convert(&example.name.wire, Case::Constant, at));
        let is_plain = is_identifier(&name.to_lowercase());
        example.name.rust = if is_plain { name } else { format!("{name}_EXAMPLE") };
    }

    fn members(&mut self, shape: &mut Shape) {
        match shape {
            Shape::Struct(shape) => {
                for field in &mut shape.fields {
                    self.assign(&mut field.name, Case::Value, Use::Own, At::key(&field.origin));
                }
                if let Some(rest) = &mut shape.rest {
                    self.assign(&mut rest.name, Case::Value, Use::Own, At::key(&rest.origin));
                }
            }
            Shape::Enum(shape) => {
                for variant in &mut shape.variants {
                    self.assign(&mut variant.name, Case::Type, Use::Own, At::value(&variant.origin));
                }
                shape.other.rust = other_name(shape.variants.iter().map(|variant| &variant.name)).to_owned();
            }
            Shape::Union(shape) => {
                for variant in &mut shape.variants {
                    self.assign(&mut variant.name, Case::Type, Use::Own, At::key(&variant.origin));
                }
                if let Some(other) = &mut shape.other {
                    other.rust = other_name(shape.variants.iter().map(|variant| &variant.name)).to_owned();
                }
            }
            Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }

    pub fn assign(&mut self, name: &mut Name, case: Case, scope: Use, at: At<'_>) {
        name.rust = match &name.given {
            Some(given) => self.given(given, case, scope, at),
            None => scope.free(self.convert(&name.wire, case, at)),
        };
    }

    /// A name that the description gives for Rust is used as it is, or refused.
    fn given(&mut self, given: &str, case: Case, scope: Use, at: At<'_>) -> String {
        let plain = given.trim_start_matches("r#");
        let is_identifier = plain.starts_with(char::is_alphabetic) && raw(plain).is_some();
        let fits = match case {
            Case::Type => plain.starts_with(char::is_uppercase) && !plain.contains('_'),
            Case::Value => !plain.contains(char::is_uppercase) && !plain.contains("__"),
            Case::Constant => true,
        };
        let mistake = if !is_identifier {
            Some("is not a Rust identifier")
        } else if !fits {
            Some("is not in the case that Rust has here")
        } else if scope.is_reserved(plain) {
            Some("is a name that the emitted code has for itself")
        } else {
            None
        };
        if let Some(mistake) = mistake {
            let diagnostic = Diagnostic::error(Rule::InvalidExtension, &at.given(), format!("`{given}` {mistake}"));
            self.report.push(match (is_identifier, fits) {
                (true, false) => diagnostic.help(format!("write `{}`", in_case(&words(plain), case))),
                _ => diagnostic,
            });
        }
        raw(plain).unwrap_or_else(|| "invalid".to_owned())
    }

    /// Converts a name of the description; the result is an identifier, raw if it must be.
    pub fn convert(&mut self, wire: &str, case: Case, at: At<'_>) -> String {
        identifier(wire, case).unwrap_or_else(|| {
            let diagnostic = at.error(Rule::InvalidName, format!("no Rust name can be made of {wire:?}"));
            self.report.push(diagnostic.help(at.help()));
            "invalid".to_owned()
        })
    }
}

/// A name of the description as an identifier, raw if it must be; `None` if it has nothing to make one of.
pub(super) fn identifier(wire: &str, case: Case) -> Option<String> {
    let converted = in_case(&words(wire), case);
    if is_identifier(&converted) { Some(converted) } else { raw(&converted) }
}

/// Words in a case of Rust. A name that starts with a digit gets an `n` for "number".
fn in_case(words: &str, case: Case) -> String {
    let (converted, number) = match case {
        Case::Type => (words.to_pascal_case(), 'N'),
        Case::Value => (words.to_snake_case(), 'n'),
        Case::Constant => (words.to_shouty_snake_case(), 'N'),
    };
    if converted.starts_with(|first: char| first.is_ascii_digit()) { format!("{number}{converted}") } else { converted }
}

/// The variant of the values that are not listed; `collisions` reports it if no name is free.
fn other_name<'a>(variants: impl Iterator<Item = &'a Name> + Clone) -> &'static str {
    const NAMES: [&str; 3] = ["Unknown", "Unrecognized", "Unlisted"];
    let is_free = |name: &&str| !variants.clone().any(|variant| variant.rust == *name);
    NAMES.into_iter().find(is_free).unwrap_or("Unlisted")
}

/// Whether a word is an identifier as it stands. Of the keywords of the 2024 edition, syn does not
/// know `gen`.
fn is_identifier(word: &str) -> bool {
    word != "gen" && syn::parse_str::<syn::Ident>(word).is_ok()
}

/// A word as an identifier, raw if it is a keyword; `None` for what is no word.
fn raw(word: &str) -> Option<String> {
    match word {
        "self" | "Self" | "super" | "crate" | "_" => Some(format!("{word}_")),
        _ if is_identifier(word) => Some(word.to_owned()),
        _ => syn::parse_str::<syn::Ident>(&format!("r#{word}")).is_ok().then(|| format!("r#{word}")),
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
            let plain = param.name.rust.trim_start_matches("r#").trim_end_matches('_');
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
