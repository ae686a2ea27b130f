//! The objects of OpenAPI as a table: of each member what it holds, and the versions that have it.
//!
//! Source: the OpenAPI Specification, object by object: 3.0.4, section 4.7 "Schema"; 3.1.2 and 3.2.0, section 4
//! "Format".

use super::schema::SCHEMA;
use super::security::SECURITY_SCHEME;
use super::versions::{ALL, ONLY_3_0, SINCE_3_1, SINCE_3_2, UNTIL_3_1, Versions};
use super::wants::Want::{self, Anything, Aside, Filled, Flag, List, Map, Object, RefOr, Text, Word};
use super::wants::{Field, Shape};

/// Text for people.
pub(super) const PROSE: Want = Aside(&Text);
const EXAMPLES: Want = Aside(&Map(&Aside(&RefOr(&EXAMPLE))));

pub(super) const fn shape(
    name: &'static str,
    required: &'static [(&'static str, Versions)],
    fields: &'static [Field],
) -> Shape {
    Shape { name, required, fields, pattern: None }
}

pub(crate) static OPENAPI: Shape = shape(
    "OpenAPI",
    &[("openapi", ALL), ("info", ALL), ("paths", ONLY_3_0)],
    &[
        ("openapi", Text, ALL),
        ("$self", Text, SINCE_3_2),
        ("info", Object(&INFO), ALL),
        ("jsonSchemaDialect", Aside(&Text), SINCE_3_1),
        ("servers", List(&Aside(&Object(&SERVER))), ALL),
        ("paths", Object(&PATHS), ALL),
        ("webhooks", Map(&RefOr(&PATH_ITEM)), SINCE_3_1),
        ("components", Object(&COMPONENTS), ALL),
        ("security", List(&Map(&List(&Text))), ALL),
        ("tags", Aside(&List(&Aside(&Object(&TAG)))), ALL),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS)), ALL),
    ],
);

static INFO: Shape = shape(
    "Info",
    &[("title", ALL), ("version", ALL)],
    &[
        ("title", Text, ALL),
        ("summary", PROSE, SINCE_3_1),
        ("description", PROSE, ALL),
        ("termsOfService", PROSE, ALL),
        ("contact", Aside(&Object(&CONTACT)), ALL),
        ("license", Aside(&Object(&LICENSE)), ALL),
        ("version", Text, ALL),
    ],
);
static CONTACT: Shape = shape("Contact", &[], &[("name", Text, ALL), ("url", Text, ALL), ("email", Text, ALL)]);
static LICENSE: Shape =
    shape("License", &[("name", ALL)], &[("name", Text, ALL), ("identifier", Text, SINCE_3_1), ("url", Text, ALL)]);

static SERVER: Shape = shape(
    "Server",
    &[("url", ALL)],
    &[
        ("url", Text, ALL),
        ("name", Text, SINCE_3_2),
        ("description", PROSE, ALL),
        ("variables", Map(&Object(&SERVER_VARIABLE)), ALL),
    ],
);
static SERVER_VARIABLE: Shape = shape(
    "Server Variable",
    &[("default", ALL)],
    &[("enum", Filled(&Text), ALL), ("default", Text, ALL), ("description", PROSE, ALL)],
);

static COMPONENTS: Shape = shape(
    "Components",
    &[],
    &[
        ("schemas", Map(&RefOr(&SCHEMA)), ALL),
        ("responses", Map(&RefOr(&RESPONSE)), ALL),
        ("parameters", Map(&RefOr(&PARAMETER)), ALL),
        ("examples", EXAMPLES, ALL),
        ("requestBodies", Map(&RefOr(&REQUEST_BODY)), ALL),
        ("headers", Map(&RefOr(&HEADER)), ALL),
        ("securitySchemes", Map(&Aside(&RefOr(&SECURITY_SCHEME))), ONLY_3_0),
        ("securitySchemes", Map(&RefOr(&SECURITY_SCHEME)), SINCE_3_1),
        ("links", Aside(&Map(&Aside(&RefOr(&LINK)))), ALL),
        ("callbacks", Aside(&Map(&Aside(&RefOr(&CALLBACK)))), ALL),
        ("pathItems", Map(&RefOr(&PATH_ITEM)), SINCE_3_1),
        ("mediaTypes", Map(&RefOr(&MEDIA_TYPE)), SINCE_3_2),
    ],
);

static PATHS: Shape = Shape { name: "Paths", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };

static PATH_ITEM: Shape = shape(
    "Path Item",
    &[],
    &[
        ("summary", PROSE, ALL),
        ("description", PROSE, ALL),
        ("get", Object(&OPERATION), ALL),
        ("put", Object(&OPERATION), ALL),
        ("post", Object(&OPERATION), ALL),
        ("delete", Object(&OPERATION), ALL),
        ("options", Object(&OPERATION), ALL),
        ("head", Object(&OPERATION), ALL),
        ("patch", Object(&OPERATION), ALL),
        ("trace", Object(&OPERATION), ALL),
        ("query", Object(&OPERATION), SINCE_3_2),
        ("additionalOperations", Map(&Object(&OPERATION)), SINCE_3_2),
        ("servers", List(&Aside(&Object(&SERVER))), ALL),
        ("parameters", List(&RefOr(&PARAMETER)), ALL),
    ],
);

static OPERATION: Shape = shape(
    "Operation",
    &[("responses", ONLY_3_0)],
    &[
        ("tags", List(&Text), ALL),
        ("summary", PROSE, ALL),
        ("description", PROSE, ALL),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS)), ALL),
        ("operationId", Text, ALL),
        ("parameters", List(&RefOr(&PARAMETER)), ALL),
        ("requestBody", RefOr(&REQUEST_BODY), ALL),
        ("responses", Object(&RESPONSES), ALL),
        ("callbacks", Aside(&Map(&Aside(&RefOr(&CALLBACK)))), ALL),
        ("deprecated", Aside(&Flag), ALL),
        ("security", List(&Map(&List(&Text))), ALL),
        ("servers", List(&Aside(&Object(&SERVER))), ALL),
    ],
);
pub(super) static EXTERNAL_DOCS: Shape =
    shape("External Documentation", &[("url", ALL)], &[("description", PROSE, ALL), ("url", Text, ALL)]);

static PARAMETER: Shape = shape(
    "Parameter",
    &[("name", ALL), ("in", ALL)],
    &[
        ("name", Text, ALL),
        ("in", Word(&["query", "header", "path", "cookie"]), UNTIL_3_1),
        ("in", Word(&["query", "querystring", "header", "path", "cookie"]), SINCE_3_2),
        ("description", PROSE, ALL),
        ("required", Flag, ALL),
        ("deprecated", Aside(&Flag), ALL),
        ("allowEmptyValue", Flag, ALL),
        ("style", Word(STYLES), UNTIL_3_1),
        ("style", Word(STYLES_3_2), SINCE_3_2),
        ("explode", Flag, ALL),
        ("allowReserved", Flag, ALL),
        ("schema", RefOr(&SCHEMA), ALL),
        ("example", Anything, ALL),
        ("examples", EXAMPLES, ALL),
        ("content", Map(&RefOr(&MEDIA_TYPE)), ALL),
    ],
);

static HEADER: Shape = shape(
    "Header",
    &[],
    &[
        ("description", PROSE, ALL),
        ("required", Flag, ALL),
        ("deprecated", Aside(&Flag), ALL),
        ("style", Word(&["simple"]), ALL),
        ("explode", Flag, ALL),
        ("schema", RefOr(&SCHEMA), ALL),
        ("example", Anything, ALL),
        ("examples", EXAMPLES, ALL),
        ("content", Map(&RefOr(&MEDIA_TYPE)), ALL),
    ],
);

static REQUEST_BODY: Shape = shape(
    "Request Body",
    &[("content", ALL)],
    &[("description", PROSE, ALL), ("content", Map(&RefOr(&MEDIA_TYPE)), ALL), ("required", Flag, ALL)],
);

pub(crate) static MEDIA_TYPE: Shape = shape(
    "Media Type",
    &[],
    &[
        ("schema", RefOr(&SCHEMA), ALL),
        ("itemSchema", RefOr(&SCHEMA), SINCE_3_2),
        ("example", Anything, ALL),
        ("examples", EXAMPLES, ALL),
        ("encoding", Map(&Object(&ENCODING)), ALL),
        ("prefixEncoding", List(&Object(&ENCODING)), SINCE_3_2),
        ("itemEncoding", Object(&ENCODING), SINCE_3_2),
    ],
);
static ENCODING: Shape = shape(
    "Encoding",
    &[],
    &[
        ("contentType", Text, ALL),
        ("headers", Map(&RefOr(&HEADER)), ALL),
        ("style", Word(QUERY_STYLES), ALL),
        ("explode", Flag, ALL),
        ("allowReserved", Flag, ALL),
        ("encoding", Map(&Object(&ENCODING)), SINCE_3_2),
        ("prefixEncoding", List(&Object(&ENCODING)), SINCE_3_2),
        ("itemEncoding", Object(&ENCODING), SINCE_3_2),
    ],
);

static RESPONSES: Shape = Shape {
    name: "Responses",
    required: &[],
    fields: &[("default", RefOr(&RESPONSE), ALL)],
    pattern: Some((is_status, RefOr(&RESPONSE))),
};

pub(crate) fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (bytes[1..].eq_ignore_ascii_case(b"XX") || bytes[1..].iter().all(u8::is_ascii_digit))
}

static RESPONSE: Shape = shape(
    "Response",
    &[("description", UNTIL_3_1)],
    &[
        ("summary", PROSE, SINCE_3_2),
        ("description", PROSE, ALL),
        ("headers", Map(&RefOr(&HEADER)), ALL),
        ("content", Map(&RefOr(&MEDIA_TYPE)), ALL),
        ("links", Aside(&Map(&Aside(&RefOr(&LINK)))), ALL),
    ],
);
static LINK: Shape = shape(
    "Link",
    &[],
    &[
        ("operationRef", Text, ALL),
        ("operationId", Text, ALL),
        ("parameters", Map(&Anything), ALL),
        ("requestBody", Anything, ALL),
        ("description", PROSE, ALL),
        ("server", Object(&SERVER), ALL),
    ],
);
static CALLBACK: Shape =
    Shape { name: "Callback", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };
static EXAMPLE: Shape = shape(
    "Example",
    &[],
    &[
        ("summary", PROSE, ALL),
        ("description", PROSE, ALL),
        ("dataValue", Anything, SINCE_3_2),
        ("serializedValue", Text, SINCE_3_2),
        ("value", Anything, ALL),
        ("externalValue", Text, ALL),
    ],
);
static TAG: Shape = shape(
    "Tag",
    &[("name", ALL)],
    &[
        ("name", Text, ALL),
        ("summary", PROSE, SINCE_3_2),
        ("description", PROSE, ALL),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS)), ALL),
        ("parent", Aside(&Text), SINCE_3_2),
        ("kind", Aside(&Text), SINCE_3_2),
    ],
);

const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];
const STYLES_3_2: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

/// The styles of a query; other places have fewer.
pub(crate) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// The extensions that the generator understands, and the objects that they mean something on.
pub(crate) const EXTENSIONS: &[(&str, &[&str])] = &[
    (
        "x-rust-name",
        &[
            "Header",
            "Media Type",
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
    ("x-rust-type", &["Schema"]),
    ("x-rust-derive", &["OpenAPI", "Schema"]),
    ("x-rust-undeclared", &["OpenAPI", "Schema"]),
    ("x-rust-dependencies", &["OpenAPI"]),
    ("x-rust-pages", &["OpenAPI", "Operation"]),
    ("x-rust-skip", &["Operation"]),
    ("x-enum-varnames", &["Schema", "Server Variable"]),
    ("x-call-id", &["Parameter"]),
    ("x-idempotent", &["Operation"]),
    ("x-idempotency-key", &["OpenAPI"]),
    ("x-authority", &["Server"]),
    ("x-scope", &["OAuth Flow"]),
    ("x-resource", &["OAuth Flow"]),
    ("x-correlation-header", &["OAuth Flow"]),
];

/// What a value of `x-rust-pages` may consist of.
pub(crate) const PAGES: [&str; 11] =
    ["cursor", "done", "first", "from", "header", "items", "last", "link", "more", "offset", "page"];
