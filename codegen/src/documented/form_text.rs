//! Examples that are the text of a form, as it is sent: read as the JSON of the values that are sent so.

use serde_json::{Number, Value};

use crate::api::{Example, Field, Listed, Shape, Type, Types};
use crate::maps::{HashMap, IndexMap};
use crate::pointer::percent_decode;

/// What is wrong with a form, in a sentence without a full stop.
type Wrong = String;

/// Names, and values as JSON, in which numbers are spelled as in the form.
type Members = Vec<(String, String)>;

/// Puts JSON in place of the text of a form, if the example is one.
pub(super) fn read(example: &mut Example, types: &Types) -> Result<(), Wrong> {
    if !example.is_form {
        return Ok(());
    }
    let text = serde_json::from_str::<String>(&example.json);
    let pairs = pairs(text.as_deref().unwrap_or(&example.json))?;
    let members = match behind(&example.ty, types)? {
        Behind::Fields(fields) => of_fields(pairs, fields, types)?,
        Behind::Open => of_texts(pairs)?,
    };
    let members = members.into_iter().map(|(name, value)| format!("{}: {value}", json(name)));
    example.json = format!("{{ {} }}", members.collect::<Vec<_>>().join(", "));
    Ok(())
}

/// The values by their names.
fn pairs(text: &str) -> Result<IndexMap<String, Vec<String>>, Wrong> {
    let decoded = |text: &str| percent_decode(&text.replace('+', " "));
    let mut pairs: IndexMap<String, Vec<String>> = IndexMap::default();
    for pair in text.trim_end().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').ok_or_else(|| format!("`{pair}` is no pair of a form"))?;
        pairs.entry(decoded(name)).or_default().push(decoded(value));
    }
    Ok(pairs)
}

fn json(text: String) -> String {
    Value::String(text).to_string()
}

/// What a form may have.
enum Behind<'t> {
    Fields(&'t [Field]),
    /// Any texts.
    Open,
}

fn behind<'t>(ty: &'t Type, types: &'t Types) -> Result<Behind<'t>, Wrong> {
    match resolved(ty, types) {
        Type::Any => return Ok(Behind::Open),
        Type::Map(value) if matches!(resolved(value, types), Type::Any | Type::String) => return Ok(Behind::Open),
        Type::Named(id) => {
            if let Some(Shape::Struct(shape)) = types.get(id).map(|definition| &definition.shape) {
                return Ok(Behind::Fields(&shape.fields));
            }
        }
        _ => {}
    }
    Err("it is text, of which it is not certain what its values are".to_owned())
}

/// The type behind aliases, as far as there is one.
fn resolved<'t>(mut ty: &'t Type, types: &'t Types) -> &'t Type {
    while let Type::Named(id) = ty
        && let Some(Shape::Alias(target)) = types.get(id).map(|definition| &definition.shape)
    {
        ty = target;
    }
    ty
}

fn of_texts(pairs: IndexMap<String, Vec<String>>) -> Result<Members, Wrong> {
    let member = |(name, values): (String, Vec<String>)| {
        let value = json(only(&name, values)?);
        Ok((name, value))
    };
    pairs.into_iter().map(member).collect()
}

fn of_fields(pairs: IndexMap<String, Vec<String>>, fields: &[Field], types: &Types) -> Result<Members, Wrong> {
    let is_missing = |field: &&Field| field.is_required() && !pairs.contains_key(&field.name.wire);
    if let Some(field) = fields.iter().find(is_missing) {
        return Err(format!("it has no `{}`", field.name.wire));
    }
    let fields: HashMap<_, _> = fields.iter().map(|field| (field.name.wire.as_str(), &field.ty)).collect();
    let member = |(name, values): (String, Vec<String>)| {
        let Some(ty) = fields.get(name.as_str()) else {
            return Err(format!("`{name}` is not described, and what is not is not sent"));
        };
        let value = match resolved(ty, types) {
            Type::Array(item) => {
                let items = values.into_iter().map(|value| plain(&name, value, item, types));
                format!("[{}]", items.collect::<Result<Vec<_>, _>>()?.join(", "))
            }
            ty => plain(&name, only(&name, values)?, ty, types)?,
        };
        Ok((name, value))
    };
    pairs.into_iter().map(member).collect()
}

/// The value of a name that is there once.
fn only(name: &str, values: Vec<String>) -> Result<String, Wrong> {
    match <[String; 1]>::try_from(values) {
        Ok([only]) => Ok(only),
        Err(_) => Err(format!("`{name}` is there more than once")),
    }
}

fn plain(name: &str, text: String, ty: &Type, types: &Types) -> Result<String, Wrong> {
    let ty = resolved(ty, types);
    let listed = ty.named().and_then(|id| types.get(id)).and_then(|definition| match &definition.shape {
        Shape::Enum(shape) => Some(shape.listed),
        _ => None,
    });
    let is_text = matches!(ty, Type::String | Type::Text(_)) || matches!(listed, Some(Listed::Strings));
    let is_integer = matches!(ty, Type::Integer(_)) || matches!(listed, Some(Listed::Integers(_)));
    let is_number = || serde_json::from_str::<Number>(&text).is_ok();
    let is_certain = match ty {
        _ if is_text => return Ok(json(text)),
        Type::Boolean => matches!(text.as_str(), "true" | "false"),
        Type::Number | Type::Decimal => is_number(),
        _ if is_integer => is_number() && text.bytes().all(|sign| matches!(sign, b'-' | b'0'..=b'9')),
        _ => false,
    };
    if is_certain { Ok(text) } else { Err(format!("it is not certain what `{name}` is in the text")) }
}
