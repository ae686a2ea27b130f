//! What goes over the wire of a documented body, as OpenAPI says it: worked out of the example alone, with nothing of
//! the code that the emitted client sends it with. Only for what is sent in one way by everyone.

use serde_json::value::RawValue;

use crate::api::{Field, Form, PartWritten, Parts, Style, StyleKind, Type};
use crate::maps::{HashMap, IndexMap};

/// The members of an object, with numbers spelled as they are.
pub(super) type Members<'j> = IndexMap<String, &'j RawValue>;

/// Why nothing is expected of an example, in a sentence without a full stop.
type Unclear = String;

/// A part: its name, its media type, and what is in it.
pub(super) type Part = (String, String, String);

/// What a part is that does not say it (RFC 7578, section 4.4).
const PLAIN: &str = "text/plain";

/// A value, as far as it matters here.
enum Value {
    Null,
    Plain(String),
    List(Vec<String>),
    /// An object of plain values.
    Object(Vec<(String, String)>),
    /// What has lists, objects or `null` within.
    Deep,
}

/// The members of an example, if it is an object.
pub(super) fn members(json: &str) -> Result<Members<'_>, Unclear> {
    serde_json::from_str(json).map_err(|_| "it is not an object".to_owned())
}

/// The pairs of a form, decoded.
pub(super) fn pairs(members: &Members<'_>, form: &Form) -> Result<Vec<(String, String)>, Unclear> {
    let Form::Properties(usual, others) = form else { return Err("its form has no properties".to_owned()) };
    let styles: HashMap<_, _> = others.iter().map(|(name, style)| (name, *style)).collect();
    let mut pairs = Vec::new();
    for (name, value) in members {
        let style = styles.get(name).copied().unwrap_or(*usual);
        let own = property(name, value, style)?;
        // What is not encoded may be read as something else.
        if style.reserved && own.iter().any(|(_, text)| text.contains(['+', '%', '&', '=', '#'])) {
            return Err(format!("`{name}` has signs that `allowReserved` leaves to the reader"));
        }
        pairs.extend(own);
    }
    Ok(pairs)
}

/// The pairs of a property.
fn property(name: &str, raw: &RawValue, style: Style) -> Result<Vec<(String, String)>, Unclear> {
    use StyleKind::{DeepObject, Form, Json, PipeDelimited, Property, SpaceDelimited};
    let pair = |text: String| vec![(name.to_owned(), text)];
    Ok(match (style.kind, value(raw)) {
        (_, Value::Null) => return Err(null(name)),
        (Json, Value::Plain(_)) => pair(json(raw)),
        // No style of a form makes a difference to it.
        (_, Value::Plain(text)) => pair(text),
        (Property, Value::List(items)) => items.into_iter().map(|item| (name.to_owned(), item)).collect(),
        (Form | SpaceDelimited | PipeDelimited, Value::List(items)) if style.explode => {
            items.into_iter().map(|item| (name.to_owned(), item)).collect()
        }
        (Form | SpaceDelimited | PipeDelimited, Value::List(items)) => {
            let delimiter = match style.kind {
                SpaceDelimited => " ",
                PipeDelimited => "|",
                _ => ",",
            };
            match items.iter().any(|item| item.contains(delimiter)) {
                true => return Err(format!("an item of `{name}` has the sign that stands between items")),
                false if items.is_empty() => Vec::new(),
                false => pair(items.join(delimiter)),
            }
        }
        (Form, Value::Object(members)) if style.explode => members,
        (DeepObject, Value::Object(members)) => {
            members.into_iter().map(|(member, text)| (format!("{name}[{member}]"), text)).collect()
        }
        _ => return Err(format!("there is more than one way to write `{name}` in a form")),
    })
}

/// The parts of a multipart body.
pub(super) fn parts(members: &Members<'_>, parts: &Parts) -> Result<Vec<Part>, Unclear> {
    let known = parts.shape.fields.iter().zip(&parts.written);
    let known: HashMap<_, _> = known.map(|(field, written)| (&field.name.wire, (field, written))).collect();
    let mut expected = Vec::new();
    for (name, raw) in members {
        let Some((field, written)) = known.get(name) else { return Err(unnamed(name)) };
        expected.extend(part(field, raw, written)?);
    }
    Ok(expected)
}

/// The parts of a property: one for each item of a list.
fn part(field: &Field, raw: &RawValue, written: &PartWritten) -> Result<Vec<Part>, Unclear> {
    let name = &field.name.wire;
    let part = |media_type: &str, text: String| (name.clone(), media_type.to_owned(), text);
    if raw.get() == "null" {
        return Err(null(name));
    }
    let (media_type, usual) = match written {
        PartWritten::Json(media_type) => return Ok(vec![part(media_type, raw.get().to_owned())]),
        PartWritten::Style(_) => return Err(format!("there is more than one way to write `{name}` as a part")),
        PartWritten::Value(media_type) | PartWritten::AsIs(media_type) => (media_type, PLAIN),
        PartWritten::File(media_type) => (media_type, "application/octet-stream"),
    };
    let media_type = media_type.as_deref();
    if media_type.is_some_and(|media_type| media_type.contains(['*', ','])) {
        return Err(format!("the media type of `{name}` is up to the caller"));
    }
    if is_made_of_text(field, raw) == Some(false) {
        return Err(format!("`{name}` is not text"));
    }
    Ok(match value(raw) {
        Value::Plain(text) => vec![part(media_type.unwrap_or(usual), text)],
        Value::List(items) => items.into_iter().map(|item| part(media_type.unwrap_or(usual), item)).collect(),
        Value::Object(_) | Value::Deep if media_type.is_none() && raw.get().starts_with('{') => {
            vec![part("application/json", raw.get().to_owned())]
        }
        Value::Null | Value::Object(_) | Value::Deep => {
            return Err(format!("there is more than one way to write `{name}` as a part"));
        }
    })
}

/// Whether a value is text, or a list of texts, where that is what a caller makes parts of.
fn is_made_of_text(field: &Field, raw: &RawValue) -> Option<bool> {
    match &field.ty {
        Type::Part => Some(serde_json::from_str::<String>(raw.get()).is_ok()),
        Type::Array(item) if **item == Type::Part => Some(serde_json::from_str::<Vec<String>>(raw.get()).is_ok()),
        _ => None,
    }
}

/// What is said of a member that has no field.
pub(super) fn unnamed(name: &str) -> Unclear {
    format!("`{name}` is not described, and what is not is not sent")
}

fn null(name: &str) -> Unclear {
    format!("`{name}` is `null`, and OpenAPI does not say how that is sent")
}

fn value(raw: &RawValue) -> Value {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'[') => {
            let items = serde_json::from_str::<Vec<&RawValue>>(text).unwrap_or_default();
            items.into_iter().map(plain).collect::<Option<_>>().map_or(Value::Deep, Value::List)
        }
        Some(b'{') => {
            let members = serde_json::from_str::<Members<'_>>(text).unwrap_or_default().into_iter();
            let members = members.map(|(name, value)| Some((name, plain(value)?)));
            members.collect::<Option<_>>().map_or(Value::Deep, Value::Object)
        }
        Some(b'n') => Value::Null,
        _ => plain(raw).map_or(Value::Deep, Value::Plain),
    }
}

/// The text of a plain value.
fn plain(raw: &RawValue) -> Option<String> {
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str(raw.get()).ok(),
        b'[' | b'{' | b'n' => None,
        _ => Some(raw.get().to_owned()),
    }
}

/// A plain value as JSON, with no more escapes than it takes.
fn json(raw: &RawValue) -> String {
    let text = serde_json::from_str::<String>(raw.get()).ok();
    text.map_or_else(|| raw.get().to_owned(), |text| serde_json::Value::String(text).to_string())
}

#[cfg(test)]
#[path = "expected_tests.rs"]
mod tests;
