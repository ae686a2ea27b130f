//! The objects of OpenAPI 3.0 as a table.
//!
//! Source: the OpenAPI Specification 3.0.4, section 4.7 "Schema", object by object.

use super::wants::Shape;
use super::wants::Want::{
    self, Anything, Aside, Filled, Flag, FlagOr, List, Map, Natural, Number, Object, RefOr, Target, Text, Word,
};

/// Text for people.
const PROSE: Want = Aside(&Text);
const EXAMPLES: Want = Aside(&Map(&Aside(&RefOr(&EXAMPLE))));

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
        ("servers", List(&Aside(&Object(&SERVER)))),
        ("paths", Object(&PATHS)),
        ("components", Object(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", Aside(&List(&Aside(&Object(&TAG))))),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS))),
    ],
);

static INFO: Shape = shape(
    "Info",
    &["title", "version"],
    &[
        ("title", Text),
        ("description", PROSE),
        ("termsOfService", PROSE),
        ("contact", Aside(&Object(&CONTACT))),
        ("license", Aside(&Object(&LICENSE))),
        ("version", Text),
    ],
);
static CONTACT: Shape = shape("Contact", &[], &[("name", Text), ("url", Text), ("email", Text)]);
static LICENSE: Shape = shape("License", &["name"], &[("name", Text), ("url", Text)]);

static SERVER: Shape =
    shape("Server", &["url"], &[("url", Text), ("description", PROSE), ("variables", Map(&Object(&SERVER_VARIABLE)))]);
static SERVER_VARIABLE: Shape =
    shape("Server Variable", &["default"], &[("enum", List(&Text)), ("default", Text), ("description", PROSE)]);

static COMPONENTS: Shape = shape(
    "Components",
    &[],
    &[
        ("schemas", Map(&RefOr(&SCHEMA))),
        ("responses", Map(&RefOr(&RESPONSE))),
        ("parameters", Map(&RefOr(&PARAMETER))),
        ("examples", EXAMPLES),
        ("requestBodies", Map(&RefOr(&REQUEST_BODY))),
        ("headers", Map(&RefOr(&HEADER))),
        ("securitySchemes", Map(&Aside(&RefOr(&SECURITY_SCHEME)))),
        ("links", Aside(&Map(&Aside(&RefOr(&LINK))))),
        ("callbacks", Aside(&Map(&Aside(&RefOr(&CALLBACK))))),
    ],
);

static PATHS: Shape = Shape { name: "Paths", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };

static PATH_ITEM: Shape = shape(
    "Path Item",
    &[],
    &[
        ("summary", PROSE),
        ("description", PROSE),
        ("get", Object(&OPERATION)),
        ("put", Object(&OPERATION)),
        ("post", Object(&OPERATION)),
        ("delete", Object(&OPERATION)),
        ("options", Object(&OPERATION)),
        ("head", Object(&OPERATION)),
        ("patch", Object(&OPERATION)),
        ("trace", Object(&OPERATION)),
        ("servers", List(&Aside(&Object(&SERVER)))),
        ("parameters", List(&RefOr(&PARAMETER))),
    ],
);

static OPERATION: Shape = shape(
    "Operation",
    &["responses"],
    &[
        ("tags", List(&Text)),
        ("summary", PROSE),
        ("description", PROSE),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS))),
        ("operationId", Text),
        ("parameters", List(&RefOr(&PARAMETER))),
        ("requestBody", RefOr(&REQUEST_BODY)),
        ("responses", Object(&RESPONSES)),
        ("callbacks", Aside(&Map(&Aside(&RefOr(&CALLBACK))))),
        ("deprecated", Aside(&Flag)),
        ("security", List(&Map(&List(&Text)))),
        ("servers", List(&Aside(&Object(&SERVER)))),
    ],
);
static EXTERNAL_DOCS: Shape = shape("External Documentation", &["url"], &[("description", PROSE), ("url", Text)]);

static PARAMETER: Shape = shape(
    "Parameter",
    &["name", "in"],
    &[
        ("name", Text),
        ("in", Word(&["query", "header", "path", "cookie"])),
        ("description", PROSE),
        ("required", Flag),
        ("deprecated", Aside(&Flag)),
        ("allowEmptyValue", Flag),
        ("style", Word(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"])),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", RefOr(&SCHEMA)),
        ("example", Anything),
        ("examples", EXAMPLES),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
);

static HEADER: Shape = shape(
    "Header",
    &[],
    &[
        ("description", PROSE),
        ("required", Flag),
        ("deprecated", Aside(&Flag)),
        ("style", Word(&["simple"])),
        ("explode", Flag),
        ("schema", RefOr(&SCHEMA)),
        ("example", Anything),
        ("examples", EXAMPLES),
        ("content", Map(&Object(&MEDIA_TYPE))),
    ],
);

static REQUEST_BODY: Shape = shape(
    "Request Body",
    &["content"],
    &[("description", PROSE), ("content", Map(&Object(&MEDIA_TYPE))), ("required", Flag)],
);

pub(super) static MEDIA_TYPE: Shape = shape(
    "Media Type",
    &[],
    &[("schema", RefOr(&SCHEMA)), ("example", Anything), ("examples", EXAMPLES), ("encoding", Map(&Object(&ENCODING)))],
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

pub(super) fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (bytes[1..].eq_ignore_ascii_case(b"XX") || bytes[1..].iter().all(u8::is_ascii_digit))
}

static RESPONSE: Shape = shape(
    "Response",
    &["description"],
    &[
        ("description", PROSE),
        ("headers", Map(&RefOr(&HEADER))),
        ("content", Map(&Object(&MEDIA_TYPE))),
        ("links", Aside(&Map(&Aside(&RefOr(&LINK))))),
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
        ("description", PROSE),
        ("server", Object(&SERVER)),
    ],
);
static CALLBACK: Shape =
    Shape { name: "Callback", required: &[], fields: &[], pattern: Some((|_| true, RefOr(&PATH_ITEM))) };
static EXAMPLE: Shape =
    shape("Example", &[], &[("summary", PROSE), ("description", PROSE), ("value", Anything), ("externalValue", Text)]);
static TAG: Shape = shape(
    "Tag",
    &["name"],
    &[("name", Text), ("description", PROSE), ("externalDocs", Aside(&Object(&EXTERNAL_DOCS)))],
);

static SECURITY_SCHEME: Shape = shape(
    "Security Scheme",
    &["type"],
    &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", PROSE),
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
        ("implicit", Aside(&Object(&IMPLICIT_FLOW))),
        ("password", Aside(&Object(&TOKEN_FLOW))),
        ("clientCredentials", Aside(&Object(&TOKEN_FLOW))),
        ("authorizationCode", Aside(&Object(&CODE_FLOW))),
    ],
);
const FLOW: &[(&str, Want)] =
    &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", Map(&PROSE))];
static IMPLICIT_FLOW: Shape = shape("OAuth Flow", &["authorizationUrl", "scopes"], FLOW);
static TOKEN_FLOW: Shape = shape("OAuth Flow", &["tokenUrl", "scopes"], FLOW);
static CODE_FLOW: Shape = shape("OAuth Flow", &["authorizationUrl", "tokenUrl", "scopes"], FLOW);

pub(super) static SCHEMA: Shape = shape(
    "Schema",
    &[],
    &[
        ("title", PROSE),
        ("multipleOf", Aside(&Number)),
        ("maximum", Aside(&Number)),
        ("exclusiveMaximum", Aside(&Flag)),
        ("minimum", Aside(&Number)),
        ("exclusiveMinimum", Aside(&Flag)),
        ("maxLength", Aside(&Natural)),
        ("minLength", Aside(&Natural)),
        ("pattern", Aside(&Text)),
        ("maxItems", Aside(&Natural)),
        ("minItems", Aside(&Natural)),
        ("uniqueItems", Aside(&Flag)),
        ("maxProperties", Aside(&Natural)),
        ("minProperties", Aside(&Natural)),
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
        ("description", PROSE),
        ("format", Text),
        // Of JSON Schema: many descriptions of 3.0 say by these what a file is, such as those of FastAPI.
        ("contentMediaType", Aside(&Text)),
        ("contentEncoding", Aside(&Text)),
        ("default", Anything),
        ("nullable", Flag),
        ("discriminator", Object(&DISCRIMINATOR)),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("example", Anything),
        ("externalDocs", Aside(&Object(&EXTERNAL_DOCS))),
        ("deprecated", Aside(&Flag)),
        ("xml", Aside(&Object(&XML))),
    ],
);
static DISCRIMINATOR: Shape =
    shape("Discriminator", &["propertyName"], &[("propertyName", Text), ("mapping", Map(&Target))]);
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
    ("x-rust-skip", &["Operation"]),
    ("x-enum-varnames", &["Schema", "Server Variable"]),
    ("x-call-id", &["Parameter"]),
    ("x-idempotent", &["Operation"]),
    ("x-authority", &["Server"]),
    ("x-scope", &["OAuth Flow"]),
    ("x-resource", &["OAuth Flow"]),
    ("x-correlation-header", &["OAuth Flow"]),
];
