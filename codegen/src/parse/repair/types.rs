//! The types of schemas, as OpenAPI names them and as others do.

/// The types of OpenAPI.
pub(super) const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

/// What others call a type: the type, and the format that goes with it.
const OTHERS: &[(&str, &str, Option<&str>)] = &[
    ("bool", "boolean", None),
    ("int", "integer", None),
    ("int32", "integer", Some("int32")),
    ("int64", "integer", Some("int64")),
    ("long", "integer", Some("int64")),
    ("double", "number", Some("double")),
    ("float", "number", Some("float")),
    ("str", "string", None),
    ("text", "string", None),
    ("date", "string", Some("date")),
    ("date-time", "string", Some("date-time")),
    ("datetime", "string", Some("date-time")),
    ("uuid", "string", Some("uuid")),
    ("binary", "string", Some("binary")),
    ("file", "string", Some("binary")),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("nil", "null", None),
];

/// Whether it is the name of a type.
pub(super) fn is_type(text: &str) -> bool {
    TYPES.contains(&text)
}

/// Whether a text alone can only be meant as a type.
pub(super) fn may_be_type(text: &str) -> bool {
    matches!(known(text), Some((_, None)))
}

/// The type that a word means, and the format that goes with it.
pub(super) fn known(word: &str) -> Option<(&'static str, Option<&'static str>)> {
    let word = word.trim().to_ascii_lowercase();
    let own = TYPES.iter().find(|name| **name == word).map(|name| (*name, None));
    own.or_else(|| {
        let (_, name, format) = OTHERS.iter().find(|(name, ..)| *name == word)?;
        Some((*name, *format))
    })
}
