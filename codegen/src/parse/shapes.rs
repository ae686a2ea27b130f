//! The objects of OpenAPI 3.0 as a table.
//!
//! Source: the OpenAPI Specification 3.0.4, section 4.7 "Schema", object by object.

/// What may stand in a place.
pub(super) enum Want {
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
    /// A list with at least one item.
    Filled(&'static Want),
    Map(&'static Want),
    FlagOr(&'static Want),
}

/// An object of the specification.
pub(super) struct Shape {
    pub name: &'static str,
    pub required: &'static [&'static str],
    pub fields: &'static [(&'static str, Want)],
    pub pattern: Option<Pattern>,
}

/// Which keys are names that the author chooses, and what they hold.
pub(super) type Pattern = (fn(&str) -> bool, Want);

use Want::{Anything, Filled, Flag, FlagOr, List, Map, Natural, Number, Object, RefOr, Text, Word};

const fn shape(
    name: &'static str,
    required: &'static [&'static str],
    fields: &'static [(&'static str, Want)],
) -> Shape {
    Shape { name, required, fields, pattern: None }
}

pub(super) static OPENAPI: Shape = shape(
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

static PATHS: Shape = Shape { name: "Paths", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };

static PATH_ITEM: Shape = shape(
    "Path Item",
    &[],
    &[
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
        ("style", Word(QUERY_STYLES)),
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
    Shape { name: "Callback", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };
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
        ("implicit", Object(&IMPLICIT_FLOW)),
        ("password", Object(&TOKEN_FLOW)),
        ("clientCredentials", Object(&TOKEN_FLOW)),
        ("authorizationCode", Object(&CODE_FLOW)),
    ],
);
const FLOW: &[(&str, Want)] =
    &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", Map(&Text))];
static IMPLICIT_FLOW: Shape = shape("OAuth Flow", &["authorizationUrl", "scopes"], FLOW);
static TOKEN_FLOW: Shape = shape("OAuth Flow", &["tokenUrl", "scopes"], FLOW);
static CODE_FLOW: Shape = shape("OAuth Flow", &["authorizationUrl", "tokenUrl", "scopes"], FLOW);

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
        ("enum", Filled(&Anything)),
        ("type", Word(&["array", "boolean", "integer", "number", "object", "string"])),
        ("not", RefOr(&SCHEMA)),
        ("allOf", Filled(&RefOr(&SCHEMA))),
        ("oneOf", Filled(&RefOr(&SCHEMA))),
        ("anyOf", Filled(&RefOr(&SCHEMA))),
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

/// The styles of a query; other places have fewer.
pub(super) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// The extensions that the generator understands, and the objects that they mean something on.
pub(super) const EXTENSIONS: &[(&str, &[&str])] = &[
    (
        "x-rust-name",
        &[
            "Header",
            "OAuth Flow",
            "Operation",
            "Parameter",
            "Response",
            "Schema",
            "Security Scheme",
            "Server",
            "Server Variable",
            "Tag",
        ],
    ),
    ("x-enum-varnames", &["Schema", "Server Variable"]),
    ("x-call-id", &["Parameter"]),
    ("x-idempotent", &["Operation"]),
    ("x-authority", &["Server"]),
    ("x-scope", &["OAuth Flow"]),
    ("x-resource", &["OAuth Flow"]),
    ("x-correlation-header", &["OAuth Flow"]),
];

impl Shape {
    /// What stands under a key; `None` if the object has no such member.
    pub fn member(&'static self, key: &str) -> Option<&'static Want> {
        let field = self.fields.iter().find(|(name, _)| *name == key).map(|(_, want)| want);
        let patterned = || self.pattern.as_ref().filter(|(matches, _)| matches(key)).map(|(_, want)| want);
        let extension = key.starts_with("x-");
        field.or_else(|| if extension { None } else { patterned() })
    }

    /// The object that the specification wants at the end of some keys of the document.
    pub fn at<T: AsRef<str>>(keys: impl Iterator<Item = T>) -> Option<&'static Self> {
        static ROOT: Want = Object(&OPENAPI);
        let mut want = &ROOT;
        for key in keys {
            want = match want.object() {
                Some(shape) => shape.member(key.as_ref())?,
                None => match want {
                    List(item) | Filled(item) => item,
                    Map(value) => value,
                    _ => return None,
                },
            };
        }
        want.object()
    }
}

impl Want {
    /// The object that may stand here.
    fn object(&self) -> Option<&'static Shape> {
        match self {
            Object(shape) | RefOr(shape) => Some(shape),
            FlagOr(want) => want.object(),
            _ => None,
        }
    }
}
