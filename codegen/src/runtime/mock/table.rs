//! What the description says: the table that the generator writes.

use std::collections::HashMap;
use std::sync::Arc;

use http::Method;
use serde_json::Value;
use serde_json::value::RawValue;

use super::route::Template;

/// All that a mock knows of an API.
#[derive(Default)]
pub struct Table {
    /// Why there is none.
    pub fault: Option<String>,
    /// The paths of the servers, which requests may have in front of their own.
    pub prefixes: Vec<Template>,
    pub schemes: Vec<Scheme>,
    pub operations: Vec<Operation>,
    /// Bodies and headers: each is JSON, with its numbers as they are spelled.
    examples: Vec<Box<RawValue>>,
    /// The schemas of what is sent, in `$defs`.
    pub schemas: Value,
}

/// Where a credential is sent.
pub struct Scheme {
    pub name: String,
    /// `header`, `query` or `cookie`.
    pub location: String,
    /// What the header, the parameter or the cookie is called.
    pub key: String,
    /// The scheme of HTTP, which stands in front of what the header has.
    pub prefix: Option<String>,
}

pub struct Operation {
    /// The `operationId`, or else the method and the path.
    pub id: String,
    pub method: Method,
    pub path: Template,
    /// What the path of the description has behind a question mark, as it is sent.
    pub query: Vec<String>,
    /// The schemes of one of these are needed; nothing, if there are none.
    pub security: Vec<Vec<String>>,
    pub parameters: Vec<Parameter>,
    pub body: Option<RequestBody>,
    pub answers: Vec<Answer>,
}

pub struct Parameter {
    pub name: String,
    pub location: String,
    pub required: bool,
    /// As OpenAPI calls it; `content` for one of a media type.
    pub style: String,
    pub explode: bool,
    /// The number of the schema.
    pub schema: Option<String>,
}

pub struct RequestBody {
    pub required: bool,
    pub content: Vec<Content>,
}

pub struct Content {
    pub media_type: String,
    /// The number of the schema.
    pub schema: Option<String>,
}

pub struct Answer {
    /// A number, a range such as `4XX`, or `default`.
    pub status: String,
    /// What operations may have in common.
    pub response: Arc<Response>,
}

#[derive(Default)]
pub struct Response {
    /// The names of headers, and the numbers of examples.
    pub headers: Vec<(String, usize)>,
    pub content: Vec<Offer>,
}

/// What the body of an answer may be.
pub struct Offer {
    pub media_type: String,
    /// Whether a string among the examples is one of JSON, and not the text of a body.
    pub is_json: bool,
    pub examples: Vec<Example>,
}

pub struct Example {
    pub name: Option<String>,
    /// Its number.
    pub value: usize,
    /// Whether it is made from the schema.
    pub is_made: bool,
}

impl Table {
    pub fn read(text: &str) -> Self {
        match Self::parse(text) {
            Ok(table) => table,
            Err(error) => Self { fault: Some(error.to_string()), ..Self::default() },
        }
    }

    fn parse(text: &str) -> serde_json::Result<Self> {
        let mut parts: HashMap<String, Box<RawValue>> = serde_json::from_str(text)?;
        let mut part = |name: &str| parts.remove(name);
        let examples = part("examples").map(|raw| serde_json::from_str(raw.get())).transpose()?.unwrap_or_default();
        let mut value = |name: &str| {
            let raw = part(name).map(|raw| serde_json::from_str(raw.get())).transpose();
            raw.map(|value| value.unwrap_or(Value::Null))
        };
        let (prefixes, schemes, operations) = (value("prefixes")?, value("schemes")?, value("operations")?);
        let answers = value("answers")?;
        let shared = members(&answers).map(|(place, answer)| (place.as_str(), Arc::new(response(answer)))).collect();
        Ok(Self {
            fault: None,
            prefixes: items(&prefixes).filter_map(Value::as_str).map(Template::of).collect(),
            schemes: items(&schemes).map(scheme).collect(),
            operations: items(&operations).map(|value| operation(value, &shared)).collect(),
            examples,
            schemas: value("schemas")?,
        })
    }

    /// The JSON of an example.
    pub fn example(&self, number: usize) -> &str {
        self.examples.get(number).map_or("null", |raw| raw.get())
    }

    pub fn schema(&self, number: Option<&str>) -> Option<&Value> {
        self.schemas.get("$defs")?.get(number?)
    }

    /// The place of the operation that has an id, or a method and a path.
    pub fn position(&self, name: &str) -> Option<usize> {
        let by_id = self.operations.iter().position(|operation| operation.id == name);
        by_id.or_else(|| self.operations.iter().position(|operation| operation.request() == name))
    }

    /// Which operations somebody may have meant.
    pub fn near(&self, name: &str) -> String {
        let letters = |text: &str| -> String {
            text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_lowercase()
        };
        let wanted = letters(name);
        let near = |is_near: &dyn Fn(&str) -> bool| -> Vec<String> {
            let is_near = |text: &str| is_near(&letters(text));
            let near = self.operations.iter().filter(|one| is_near(&one.id) || is_near(&one.request()));
            near.take(5).map(|operation| format!("`{}`", operation.id)).collect()
        };
        let mut found = near(&|other| other == wanted);
        if found.is_empty() && !wanted.is_empty() {
            found = near(&|other| other.contains(&wanted) || wanted.contains(other));
        }
        if found.is_empty() { String::new() } else { format!("; it has {}", found.join(", ")) }
    }
}

impl Operation {
    /// The method and the path template, such as `GET /cats/{id}`.
    pub fn request(&self) -> String {
        format!("{} {}", self.method, self.path.text)
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    items(value).filter_map(Value::as_str).map(str::to_owned).collect()
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or_default()
}

fn number(value: &Value, name: &str) -> usize {
    value.get(name).and_then(Value::as_u64).and_then(|number| number.try_into().ok()).unwrap_or(usize::MAX)
}

fn schema(value: &Value) -> Option<String> {
    value.get("schema").map(Value::to_string)
}

fn scheme(value: &Value) -> Scheme {
    let prefix = value.get("prefix").and_then(Value::as_str).map(str::to_owned);
    Scheme { name: text(value, "name"), location: text(value, "in"), key: text(value, "key"), prefix }
}

/// `shared` are the answers that it may refer to, by their places.
fn operation(value: &Value, shared: &HashMap<&str, Arc<Response>>) -> Operation {
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null);
    Operation {
        id: text(value, "id"),
        method: text(value, "method").parse().unwrap_or_default(),
        path: Template::of(&text(value, "path")),
        query: texts(part("query")),
        security: items(part("security")).map(texts).collect(),
        parameters: items(part("parameters")).map(parameter).collect(),
        body: value.get("body").map(|body| RequestBody {
            required: flag(body, "required"),
            content: items(body.get("content").unwrap_or(&Value::Null)).map(content).collect(),
        }),
        answers: members(part("answers")).map(|(status, value)| answer(status, value, shared)).collect(),
    }
}

fn parameter(value: &Value) -> Parameter {
    Parameter {
        name: text(value, "name"),
        location: text(value, "in"),
        required: flag(value, "required"),
        style: text(value, "style"),
        explode: flag(value, "explode"),
        schema: schema(value),
    }
}

fn content(value: &Value) -> Content {
    Content { media_type: text(value, "type"), schema: schema(value) }
}

fn answer(status: &str, value: &Value, shared: &HashMap<&str, Arc<Response>>) -> Answer {
    let response = match value.as_str() {
        Some(place) => shared.get(place).cloned().unwrap_or_default(),
        None => Arc::new(response(value)),
    };
    Answer { status: status.to_owned(), response }
}

fn response(value: &Value) -> Response {
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null);
    Response {
        headers: items(part("headers")).map(|header| (text(header, "name"), number(header, "value"))).collect(),
        content: items(part("content")).map(offer).collect(),
    }
}

fn offer(value: &Value) -> Offer {
    Offer {
        media_type: text(value, "type"),
        is_json: flag(value, "json"),
        examples: items(value.get("examples").unwrap_or(&Value::Null)).map(example).collect(),
    }
}

fn example(value: &Value) -> Example {
    Example {
        name: value.get("name").and_then(Value::as_str).map(str::to_owned),
        value: number(value, "value"),
        is_made: flag(value, "made"),
    }
}
