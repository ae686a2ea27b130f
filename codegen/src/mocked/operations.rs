//! The operations: what requests of them have, and what they are answered with.

use serde_json::{Map, Value, json};

use super::examples::Examples;
use super::sketch::prefix;
use crate::api::Origin;
use crate::description::{MediaType, Members, Parameter, Read as _, RequestBody, Requirement, Server};
use crate::documented::{Met, Schemas, operations};
use crate::lower::Ground;

/// What is found while the operations are looked at.
pub(super) struct Operations<'g, 'a> {
    pub ground: &'g Ground<'a>,
    pub found: Vec<Value>,
    /// The answers that operations refer to, by their places.
    pub shared: Map<String, Value>,
    /// The paths of servers that operations have for themselves.
    pub prefixes: Vec<String>,
    /// Those of what is sent.
    pub schemas: Schemas<'g, 'a>,
    pub examples: Examples<'g, 'a>,
}

impl<'g, 'a> Operations<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>, examples: Examples<'g, 'a>) -> Self {
        let shared = Map::new();
        Self {
            ground,
            found: Vec::new(),
            shared,
            prefixes: Vec::new(),
            schemas: Schemas::without_places(ground),
            examples,
        }
    }

    pub fn all(&mut self) {
        for met in operations(self.ground, self.ground.document.paths(), "paths") {
            let operation = self.operation(&met);
            self.found.push(operation);
        }
    }

    fn operation(&mut self, met: &Met<'a>) -> Value {
        let Met { method, path, operation, at, .. } = met;
        let (path, query) = request_path(path);
        let request = format!("{method} {path}");
        let mut value = Map::new();
        let mut put = |name: &str, member: Value| _ = value.insert(name.to_owned(), member);
        put("id", operation.operation_id.filter(|id| !id.is_empty()).unwrap_or(&request).into());
        put("method", method.as_str().into());
        put("path", path.as_str().into());
        put_unless_empty(&mut put, "query", query.into_iter().map(Value::from).collect());
        put_unless_empty(&mut put, "security", self.security(operation.security));
        put_unless_empty(&mut put, "parameters", self.parameters(met));
        if let Some(body) = operation.request_body.and_then(|body| self.body(body, &at.child("requestBody"))) {
            put("body", body);
        }
        let answers = self.answers(operation.responses.unwrap_or_default(), &at.child("responses"));
        if !answers.is_empty() {
            put("answers", answers.into());
        }
        let servers = met.servers.iter().chain(operation.servers);
        self.prefixes.extend(servers.filter_map(|server| prefix(&Server::read(server))));
        value.into()
    }

    /// The schemes that are needed: all of one of these lists.
    fn security(&self, own: Option<&'a [Value]>) -> Vec<Value> {
        let wanted = own.or_else(|| self.ground.document.security()).unwrap_or_default();
        let known = self.ground.document.components("securitySchemes");
        let alternatives = wanted.iter().map(|requirement| {
            let names = Requirement::read(requirement).0.into_iter().map(|(name, _)| name);
            names.filter(|name| known.get(name).is_some()).collect::<Vec<_>>()
        });
        let alternatives: Vec<_> = alternatives.collect();
        if alternatives.iter().any(Vec::is_empty) {
            Vec::new()
        } else {
            alternatives.into_iter().map(Value::from).collect()
        }
    }

    /// The parameters of the operation, and those of its path that it has no other for.
    fn parameters(&mut self, met: &Met<'a>) -> Vec<Value> {
        let resolved = met.resolved(self.ground);
        resolved.iter().map(|(parameter, at)| self.parameter(parameter, at)).collect()
    }

    fn parameter(&mut self, parameter: &Parameter<'a>, at: &Origin) -> Value {
        let Parameter { name, location, required, style, explode, schema, content, .. } = parameter;
        let usual = if matches!(*location, "query" | "cookie") { "form" } else { "simple" };
        let content = content.iter().next();
        let style = if content.is_some() { "content" } else { style.unwrap_or(usual) };
        let mut value = Map::new();
        let mut put = |name: &str, member: Value| _ = value.insert(name.to_owned(), member);
        put("name", (*name).into());
        put("in", (*location).into());
        put("style", style.into());
        if *required || *location == "path" {
            put("required", true.into());
        }
        if explode.unwrap_or(matches!(style, "form" | "cookie")) {
            put("explode", true.into());
        }
        let schema = match content {
            Some((media_type, media)) => {
                let at = at.child("content").child(media_type);
                let media = self.ground.resolve::<MediaType<'_>>(media, &at);
                media.and_then(|(media, at)| self.schema(media.schema, &at))
            }
            None => self.schema(*schema, at),
        };
        if let Some(number) = schema {
            put("schema", number.into());
        }
        value.into()
    }

    fn body(&mut self, body: &'a Value, at: &Origin) -> Option<Value> {
        let (RequestBody { content, required, .. }, at) = self.ground.resolve::<RequestBody<'_>>(body, at)?;
        let content = self.content(content, &at.child("content"));
        (!content.is_empty()).then(|| json!({ "required": required, "content": content }))
    }

    fn content(&mut self, content: Members<'a>, at: &Origin) -> Vec<Value> {
        let mut all = Vec::new();
        for (media_type, media) in content {
            let Some((media, at)) = self.ground.resolve::<MediaType<'_>>(media, &at.child(media_type)) else {
                continue;
            };
            all.push(match self.schema(media.schema, &at) {
                Some(schema) => json!({ "type": media_type, "schema": schema }),
                None => json!({ "type": media_type }),
            });
        }
        all
    }
}

impl<'a> Operations<'_, 'a> {
    /// The number of the schema that something has.
    fn schema(&mut self, schema: Option<&'a Value>, at: &Origin) -> Option<usize> {
        let (_, place) = self.ground.behind(schema?, &at.child("schema"));
        Some(self.schemas.number(&place))
    }
}

fn put_unless_empty(put: &mut impl FnMut(&str, Value), name: &str, values: Vec<Value>) {
    if !values.is_empty() {
        put(name, values.into());
    }
}

/// The path that requests have, without what the description has in its query, behind a `#`, and as `{?expressions}`; and
/// that query.
fn request_path(path: &str) -> (String, Vec<String>) {
    let path = path.split('#').next().unwrap_or_default();
    let expression = ["{?", "{&"].into_iter().filter_map(|start| path.find(start)).min();
    let path = expression.and_then(|end| path.get(..end)).unwrap_or(path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let slash = if path.starts_with('/') { "" } else { "/" };
    let query = query.split('&').filter(|pair| !pair.is_empty() && !pair.contains('{')).map(str::to_owned);
    (format!("{slash}{path}"), query.collect())
}
