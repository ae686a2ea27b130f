//! How callers can sign in.

use super::objects::{PROSE, shape};
use super::versions::{ALL, ONLY_3_0, SINCE_3_1, SINCE_3_2};
use super::wants::Want::{Aside, Flag, Map, Object, Text, Word};
use super::wants::{Field, Shape};

pub(super) static SECURITY_SCHEME: Shape = shape(
    "Security Scheme",
    &[("type", ALL)],
    &[
        ("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"]), ONLY_3_0),
        ("type", Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]), SINCE_3_1),
        ("description", PROSE, ALL),
        ("name", Text, ALL),
        ("in", Word(&["query", "header", "cookie"]), ALL),
        ("scheme", Text, ALL),
        ("bearerFormat", Text, ALL),
        ("flows", Object(&FLOWS), ALL),
        ("openIdConnectUrl", Text, ALL),
        ("oauth2MetadataUrl", Aside(&Text), SINCE_3_2),
        ("deprecated", Aside(&Flag), SINCE_3_2),
    ],
);
static FLOWS: Shape = shape(
    "OAuth Flows",
    &[],
    &[
        ("implicit", Aside(&Object(&IMPLICIT_FLOW)), ALL),
        ("password", Aside(&Object(&TOKEN_FLOW)), ALL),
        ("clientCredentials", Aside(&Object(&TOKEN_FLOW)), ALL),
        ("authorizationCode", Aside(&Object(&CODE_FLOW)), ALL),
        ("deviceAuthorization", Object(&DEVICE_FLOW), SINCE_3_2),
    ],
);
const FLOW: &[Field] = &[
    ("authorizationUrl", Text, ALL),
    ("deviceAuthorizationUrl", Text, SINCE_3_2),
    ("tokenUrl", Text, ALL),
    ("refreshUrl", Text, ALL),
    ("scopes", Map(&PROSE), ALL),
];
static IMPLICIT_FLOW: Shape = shape("OAuth Flow", &[("authorizationUrl", ALL), ("scopes", ALL)], FLOW);
static TOKEN_FLOW: Shape = shape("OAuth Flow", &[("tokenUrl", ALL), ("scopes", ALL)], FLOW);
static CODE_FLOW: Shape = shape("OAuth Flow", &[("authorizationUrl", ALL), ("tokenUrl", ALL), ("scopes", ALL)], FLOW);
static DEVICE_FLOW: Shape =
    shape("OAuth Flow", &[("deviceAuthorizationUrl", ALL), ("tokenUrl", ALL), ("scopes", ALL)], FLOW);
