//! The structure of OpenAPI 3.0 as a table, and a walk that holds a document against it.
//!
//! Source: the OpenAPI Specification 3.0.4, section 4.7 "Schema", object by object.

use serde_json::Value;

use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

/// What may stand in a place.
enum Want {
    Anything,
    Text,
    Flag,
    Number,
    Natural,
    /// One of a few words.
    Word(&'static [&'static str]),
    Object(&'static Shape),
    /// An object, or a reference to one.
    RefOr(&'static Shape),
    List(&'static Want),
    Map(&'static Want),
    FlagOr(&'static Want),
}

/// An object of the specification.
struct Shape {
    name: &'static str,
    required: &'static [&'static str],
    fields: &'static [(&'static str, Want)],
    /// Where the other keys are names that the author chooses: which ones, and what they hold.
    pattern: Option<(fn(&str) -> bool, Want)>,
}

use Want::{Anything, Flag, FlagOr, List, Map, Natural, Number, Object, RefOr, Text, Word};

const fn shape(
    name: &'static str,
    required: &'static [&'static str],
    fields: &'static [(&'static str, Want)],
) -> Shape {
    Shape { name, required, fields, pattern: None }
}

static OPENAPI: Shape = shape(
    "OpenAPI",
    &["openapi", "info", "paths"],
    &[
        ("openapi", Text),
        ("info", Object(&INFO)),
        ("servers", List(&Object(&SERVER))),
        ("paths", Object(&PATHS)),
        ("components", Object(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", List(&Object(&TAG))),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
);

static INFO: Shape = shape(
    "Info",
    &["title", "version"],
    &[
        ("title", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Text),
    ],
);
static CONTACT: Shape = shape("Contact", &[], &[("name", Text), ("url", Text), ("email", Text)]);
static LICENSE: Shape = shape("License", &["name"], &[("name", Text), ("url", Text)]);

static SERVER: Shape =
    shape("Server", &["url"], &[("url", Text), ("description", Text), ("variables", Map(&Object(&SERVER_VARIABLE)))]);
static SERVER_VARIABLE: Shape =
    shape("Server Variable", &["default"], &[("enum", List(&Text)), ("default", Text), ("description", Text)]);

static COMPONENTS: Shape = shape(
    "Components",
    &[],
    &[
        ("schemas", Map(&RefOr(&SCHEMA))),
        ("responses", Map(&RefOr(&RESPONSE))),
        ("parameters", Map(&RefOr(&PARAMETER))),
        ("examples", Map(&RefOr(&EXAMPLE))),
        ("requestBodies", Map(&RefOr(&REQUEST_BODY))),
        ("headers", Map(&RefOr(&HEADER))),
        ("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))),
        ("links", Map(&RefOr(&LINK))),
        ("callbacks", Map(&RefOr(&CALLBACK))),
    ],
);

static PATHS: Shape =
    Shape { name: "Paths", required: &[], fields: &[], pattern: Some((|_| true, Object(&PATH_ITEM))) };

static PATH_ITEM: Shape = shape(
    "Path Item",
    &[],
    &[
        ("$ref", Text),
        ("summary", Text),
        ("description", Text),
        ("get", Object(&OPERATION)),
        ("put", Object(&OPERATION)),
        ("post", Object(&OPERATION)),
        ("delete", Object(&OPERATION)),
        ("options", Object(&OPERATION)),
        ("head", Object(&OPERATION)),
        ("patch", Object(&OPERATION)),
        ("trace", Object(&OPERATION)),
        ("servers", List(&Object(&SERVER))),
        ("parameters", List(&RefOr(&PARAMETER))),
    ],
);

static OPERATION: Shape = shape(
    "Operation",
    &["responses"],
    &[
        ("tags", List(&Text)),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", List(&RefOr(&PARAMETER))),
        ("requestBody", RefOr(&REQUEST_BODY)),
        ("responses", Object(&RESPONSES)),
        ("callbacks", Map(&RefOr(&CALLBACK))),
        ("deprecated", Flag),
        ("security", List(&Map(&List(&Text)))),
        ("servers", List(&Object(&SERVER))),
    ],
);
static EXTERNAL_DOCS: Shape = shape("External Documentation", &["url"], &[("description", Text), ("url", Text)]);

static PARAMETER: Shape = shape(
    "Parameter",
    &["name", "in"],
    &[
        ("name", Text),
        ("in", Word(&["query", "header", "path", "cookie"])),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", RefOr(&SCHEMA)),
        ("example", Anything),
        ("examples", Map(&RefOr(&EXAMPLE))),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
);

static HEADER: Shape = shape(
    "Header",
    &[],
    &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("style", Word(&["simple"])),
        ("explode", Flag),
        ("schema", RefOr(&SCHEMA)),
        ("example", Anything),
        ("examples", Map(&RefOr(&EXAMPLE))),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
);

static REQUEST_BODY: Shape = shape(
    "Request Body",
    &["content"],
    &[("description", Text), ("content", Map(&Object(&MEDIA_TYPE))), ("required", Flag)],
);

static MEDIA_TYPE: Shape = shape(
    "Media Type",
    &[],
    &[
        ("schema", RefOr(&SCHEMA)),
        ("example", Anything),
        ("examples", Map(&RefOr(&EXAMPLE))),
        ("encoding", Map(&Object(&ENCODING))),
    ],
);
static ENCODING: Shape = shape(
    "Encoding",
    &[],
    &[
        ("contentType", Text),
        ("headers", Map(&RefOr(&HEADER))),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
);

static RESPONSES: Shape = Shape {
    name: "Responses",
    required: &[],
    fields: &[("default", RefOr(&RESPONSE))],
    pattern: Some((is_status, RefOr(&RESPONSE))),
};

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (bytes.ends_with(b"XX") || bytes[1..].iter().all(u8::is_ascii_digit))
}

static RESPONSE: Shape = shape(
    "Response",
    &["description"],
    &[
        ("description", Text),
        ("headers", Map(&RefOr(&HEADER))),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("links", Map(&RefOr(&LINK))),
    ],
);
static LINK: Shape = shape(
    "Link",
    &[],
    &[
        ("operationRef", Text),
        ("operationId", Text),
        ("parameters", Map(&Anything)),
        ("requestBody", Anything),
        ("description", Text),
        ("server", Object(&SERVER)),
    ],
);
static CALLBACK: Shape =
    Shape { name: "Callback", required: &[], fields: &[], pattern: Some((|_| true, Object(&PATH_ITEM))) };
static EXAMPLE: Shape =
    shape("Example", &[], &[("summary", Text), ("description", Text), ("value", Anything), ("externalValue", Text)]);
static TAG: Shape =
    shape("Tag", &["name"], &[("name", Text), ("description", Text), ("externalDocs", Object(&EXTERNAL_DOCS))]);

static SECURITY_SCHEME: Shape = shape(
    "Security Scheme",
    &["type"],
    &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", Text),
        ("name", Text),
        ("in", Word(&["query", "header", "cookie"])),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Object(&FLOWS)),
        ("openIdConnectUrl", Text),
    ],
);
static FLOWS: Shape = shape(
    "OAuth Flows",
    &[],
    &[
        ("implicit", Object(&FLOW)),
        ("password", Object(&FLOW)),
        ("clientCredentials", Object(&FLOW)),
        ("authorizationCode", Object(&FLOW)),
    ],
);
static FLOW: Shape = shape(
    "OAuth Flow",
    &["scopes"],
    &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", Map(&Text))],
);

static SCHEMA: Shape = shape(
    "Schema",
    &[],
    &[
        ("title", Text),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Flag),
        ("minimum", Number),
        ("exclusiveMinimum", Flag),
        ("maxLength", Natural),
        ("minLength", Natural),
        ("pattern", Text),
        ("maxItems", Natural),
        ("minItems", Natural),
        ("uniqueItems", Flag),
        ("maxProperties", Natural),
        ("minProperties", Natural),
        ("required", List(&Text)),
        ("enum", List(&Anything)),
        ("type", Word(&["array", "boolean", "integer", "number", "object", "string"])),
        ("not", RefOr(&SCHEMA)),
        ("allOf", List(&RefOr(&SCHEMA))),
        ("oneOf", List(&RefOr(&SCHEMA))),
        ("anyOf", List(&RefOr(&SCHEMA))),
        ("items", RefOr(&SCHEMA)),
        ("properties", Map(&RefOr(&SCHEMA))),
        ("additionalProperties", FlagOr(&RefOr(&SCHEMA))),
        ("description", Text),
        ("format", Text),
        ("default", Anything),
        ("nullable", Flag),
        ("discriminator", Object(&DISCRIMINATOR)),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("example", Anything),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("deprecated", Flag),
        ("xml", Object(&XML)),
    ],
);
static DISCRIMINATOR: Shape =
    shape("Discriminator", &["propertyName"], &[("propertyName", Text), ("mapping", Map(&Text))]);
static XML: Shape =
    shape("XML", &[], &[("name", Text), ("namespace", Text), ("prefix", Text), ("attribute", Flag), ("wrapped", Flag)]);

/// Reports everything in the document that does not have the structure of OpenAPI.
pub(crate) fn check(tree: &Value, report: &mut Report) {
    check_value(tree, &Object(&OPENAPI), &Origin::new(""), report);
    let paths = tree.get("paths").and_then(Value::as_object);
    for path in paths.into_iter().flat_map(serde_json::Map::keys).filter(|path| !path.starts_with("x-")) {
        if !path.starts_with('/') {
            let origin = Origin::new("").child("paths").child(path);
            let diagnostic =
                Diagnostic::error(Rule::InvalidPath, &origin, format!("the path `{path}` does not start with a slash"));
            report.push(diagnostic.on_key().help(format!("write `/{path}`")));
        }
    }
}

fn check_value(value: &Value, want: &Want, origin: &Origin, report: &mut Report) {
    let fits = match want {
        Want::Anything => true,
        Want::Text => value.is_string(),
        Want::Flag => value.is_boolean(),
        Want::Number => value.is_number(),
        Want::Natural => value.is_u64(),
        Want::Word(words) => return check_word(value, words, origin, report),
        Want::FlagOr(_) if value.is_boolean() => true,
        Want::FlagOr(want) => return check_value(value, want, origin, report),
        Want::List(want) => match value.as_array() {
            Some(items) => {
                for (index, item) in items.iter().enumerate() {
                    check_value(item, want, &origin.child(index.to_string()), report);
                }
                true
            }
            None => false,
        },
        Want::Map(want) => match value.as_object() {
            Some(members) => {
                for (key, member) in members {
                    check_value(member, want, &origin.child(key), report);
                }
                true
            }
            None => false,
        },
        Want::Object(shape) | Want::RefOr(shape) => match value.as_object() {
            Some(object) if matches!(want, Want::RefOr(_)) && object.contains_key("$ref") => {
                check_reference(object, origin, report);
                true
            }
            Some(object) => {
                check_object(object, shape, origin, report);
                true
            }
            None => false,
        },
    };
    if !fits {
        let message = format!("expected {}, found {}", want.describe(), found(value));
        report.push(Diagnostic::error(Rule::InvalidValue, origin, message));
    }
}

fn check_word(value: &Value, words: &[&str], origin: &Origin, report: &mut Report) {
    if value.as_str().is_some_and(|word| words.contains(&word)) {
        return;
    }
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    let message = format!("expected one of {}, found {}", words.join(", "), found(value));
    report.push(Diagnostic::error(Rule::InvalidValue, origin, message));
}

fn check_reference(object: &serde_json::Map<String, Value>, origin: &Origin, report: &mut Report) {
    if let Some(target) = object.get("$ref").filter(|target| !target.is_string()) {
        let message = format!("expected text, found {}", found(target));
        report.push(Diagnostic::error(Rule::InvalidValue, &origin.child("$ref"), message));
    }
    for key in object.keys().filter(|key| *key != "$ref" && !key.starts_with("x-")) {
        let message = format!("`{key}` stands beside a `$ref` and is ignored, as OpenAPI 3.0 says");
        let diagnostic = Diagnostic::warning(Rule::IgnoredSibling, &origin.child(key), message);
        report.push(
            diagnostic.on_key().help("for a schema, put the `$ref` into an `allOf` to keep what stands beside it"),
        );
    }
}

fn check_object(object: &serde_json::Map<String, Value>, shape: &Shape, origin: &Origin, report: &mut Report) {
    for name in shape.required.iter().filter(|name| !object.contains_key(**name)) {
        let message = format!("the member `{name}` of this {} Object is missing", shape.name);
        report.push(Diagnostic::error(Rule::MissingMember, origin, message).on_key());
    }
    for (key, value) in object {
        let child = origin.child(key);
        let field = shape.fields.iter().find(|(name, _)| name == key).map(|(_, want)| want);
        let patterned = shape.pattern.as_ref().filter(|(matches, _)| matches(key)).map(|(_, want)| want);
        match field {
            Some(want) => check_value(value, want, &child, report),
            None if key.starts_with("x-") => {}
            None => match patterned {
                Some(want) => check_value(value, want, &child, report),
                None => report.push(unknown(key, shape, &child)),
            },
        }
    }
}

fn unknown(key: &str, shape: &Shape, origin: &Origin) -> Diagnostic {
    let message = format!("a {} Object has no member `{key}`; it is ignored", shape.name);
    let diagnostic = Diagnostic::warning(Rule::UnknownMember, origin, message).on_key();
    let names = shape.fields.iter().map(|(name, _)| *name);
    match crate::parse::closest(key, names) {
        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
        None => diagnostic,
    }
}

impl Want {
    fn describe(&self) -> String {
        match self {
            Self::Anything => "anything".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Natural => "a whole number from 0".to_owned(),
            Self::Word(words) => format!("one of {}", words.join(", ")),
            Self::Object(shape) => format!("{} Object", with_article(shape.name)),
            Self::RefOr(shape) => format!("{} Object or a `$ref`", with_article(shape.name)),
            Self::List(_) => "a list".to_owned(),
            Self::Map(_) => "a mapping".to_owned(),
            Self::FlagOr(want) => format!("`true`, `false` or {}", want.describe()),
        }
    }
}

fn with_article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {name}")
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "nothing (`null`)".to_owned(),
        Value::Bool(flag) => format!("`{flag}`"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 40 => format!("the text {text:?}"),
        Value::String(_) => "a long text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
    }
}
