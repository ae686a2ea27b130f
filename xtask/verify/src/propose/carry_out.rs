//! From what is to be edited to the actions of an overlay.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::action::{Action, path, quoted};
use super::infer::{infer, kind};
use super::plan::{Edit, Planned};

/// What a schema says that is not about what fits it, or about all that does.
const ANNOTATIONS: [&str; 12] = [
    "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "xml", "$defs", "$comment",
];

/// The actions that edits of a document come to.
pub struct Editor<'e> {
    pub document: &'e Value,
    pub is_3_0: bool,
}

impl Editor<'_> {
    pub fn actions(&self, planned: &Planned<'_>) -> Vec<Action> {
        let Planned { at, values, .. } = planned;
        let Some(schema) = self.document.pointer(at) else { return Vec::new() };
        let target = path(self.document, at);
        let update = |value| Action::update(target.clone(), value);
        let remove = |keyword: &str| Action::remove(path(self.document, &format!("{at}/{keyword}")));
        let value_of = || infer(values, self.is_3_0);
        let actions = match &planned.edit {
            Edit::AllowNull => self.allow_null(schema, update, remove),
            Edit::List => {
                let listed: BTreeMap<_, _> = values.iter().map(|value| (value.to_string(), (*value).clone())).collect();
                let listed: Vec<_> = listed.into_values().collect();
                match schema.get("const") {
                    Some(known) => {
                        vec![remove("const"), update(json!({ "enum": ([vec![known.clone()], listed].concat()) }))]
                    }
                    None => vec![update(json!({ "enum": listed }))],
                }
            }
            Edit::NotRequired(name) => vec![Action::remove(format!("{target}.required[?@ == {}]", quoted(name)))],
            Edit::Describe(name) => vec![update(json!({ "properties": { name: value_of() } }))],
            Edit::Without(keyword) => vec![remove(keyword)],
            Edit::Limit(keyword) => match limit(keyword, values) {
                Some(limit) => vec![update(json!({ keyword: limit }))],
                None => vec![remove(keyword)],
            },
            Edit::AlsoType => also_type(schema, values, update, remove),
            Edit::AlsoVariant(keyword) => vec![update(json!({ keyword: [value_of()] }))],
            Edit::Either => {
                let is_kept = |name: &str| ANNOTATIONS.contains(&name) || name.starts_with("x-");
                let said = schema.as_object().into_iter().flatten().filter(|(name, _)| !is_kept(name));
                let said: Map<_, _> = said.map(|(name, value)| (name.clone(), value.clone())).collect();
                let names: Vec<_> = said.keys().map(|name| quoted(name)).collect();
                let gone = (!names.is_empty()).then(|| Action::remove(format!("{target}[{}]", names.join(","))));
                gone.into_iter().chain([update(json!({ "anyOf": [said, value_of()] }))]).collect()
            }
            Edit::AnyOf => vec![remove("oneOf"), update(json!({ "anyOf": schema["oneOf"] }))],
            Edit::Unquote => self.unquote(at, schema),
            Edit::AddAnswer(status) => {
                vec![update(json!({ "responses": { status: { "description": "Seen in traffic." } } }))]
            }
            Edit::AddContent(media_type) if values.is_empty() => {
                vec![update(json!({ "content": { media_type: {} } }))]
            }
            Edit::AddContent(media_type) => {
                vec![update(json!({ "content": { media_type: { "schema": value_of() } } }))]
            }
            Edit::AddParameter(name) => {
                vec![update(json!({ "parameters": [{ "name": name, "in": "query", "schema": value_of() }] }))]
            }
            Edit::Optional => vec![update(json!({ "required": false }))],
        };
        let evidence = planned.evidence();
        actions.into_iter().map(|action| action.because(&evidence)).collect()
    }

    fn allow_null(
        &self,
        schema: &Value,
        update: impl Fn(Value) -> Action,
        remove: impl Fn(&str) -> Action,
    ) -> Vec<Action> {
        if self.is_3_0 {
            return vec![update(json!({ "nullable": true }))];
        }
        let listed =
            schema.get("enum").filter(|listed| !listed.as_array().is_some_and(|all| all.contains(&Value::Null)));
        let listed = listed.map(|_| update(json!({ "enum": [null] })));
        let more = match (&schema["type"], schema.get("const")) {
            (_, Some(known)) => vec![remove("const"), update(json!({ "enum": [known, null] }))],
            (Value::String(ty), None) => vec![remove("type"), update(json!({ "type": [ty, "null"] }))],
            (Value::Array(types), None) if !types.contains(&"null".into()) => vec![update(json!({ "type": ["null"] }))],
            _ => {
                let variants = ["anyOf", "oneOf"].into_iter().find(|keyword| schema.get(keyword).is_some());
                variants.map(|keyword| update(json!({ keyword: [{ "type": "null" }] }))).into_iter().collect()
            }
        };
        more.into_iter().chain(listed).collect()
    }

    fn unquote(&self, at: &str, text: &Value) -> Vec<Action> {
        let inner = text.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let (Some(inner), Some((parent, name))) = (inner, at.rsplit_once('/')) else { return Vec::new() };
        let name = name.replace("~1", "/").replace("~0", "~");
        vec![
            Action::remove(path(self.document, at)),
            Action::update(path(self.document, parent), json!({ name: inner })),
        ]
    }
}

/// Allows the types of some values beside the one that a schema names.
fn also_type(
    schema: &Value,
    values: &[&Value],
    update: impl Fn(Value) -> Action,
    remove: impl Fn(&str) -> Action,
) -> Vec<Action> {
    let more: BTreeSet<_> = values.iter().map(|value| kind(value)).collect();
    match &schema["type"] {
        Value::String(ty) if ty == "integer" && more.iter().all(|kind| *kind == "number") => {
            let format = schema.get("format").map(|_| remove("format"));
            [update(json!({ "type": "number" }))].into_iter().chain(format).collect()
        }
        Value::String(ty) => {
            let types: Vec<_> = [ty.as_str()].into_iter().chain(more).collect();
            vec![remove("type"), update(json!({ "type": types }))]
        }
        _ => vec![update(json!({ "type": more }))],
    }
}

/// The limit that takes some values, where it is one of their own.
fn limit(keyword: &str, values: &[&Value]) -> Option<Value> {
    let lengths = |least: bool, of: fn(&Value) -> Option<usize>| {
        let lengths = values.iter().filter_map(|value| of(value));
        if least { lengths.min() } else { lengths.max() }.map(Value::from)
    };
    let number = |value: &&&Value| value.as_f64();
    let signs = |value: &Value| value.as_str().map(|text| text.chars().count());
    let items = |value: &Value| value.as_array().map(Vec::len);
    let members = |value: &Value| value.as_object().map(Map::len);
    let ordered = |one: &&&Value, other: &&&Value| number(one).partial_cmp(&number(other)).unwrap_or(Ordering::Equal);
    match keyword {
        "minimum" => values.iter().min_by(ordered).map(|value| (*value).clone()),
        "maximum" => values.iter().max_by(ordered).map(|value| (*value).clone()),
        "minLength" => lengths(true, signs),
        "maxLength" => lengths(false, signs),
        "minItems" => lengths(true, items),
        "maxItems" => lengths(false, items),
        "minProperties" => lengths(true, members),
        "maxProperties" => lengths(false, members),
        _ => None,
    }
}
