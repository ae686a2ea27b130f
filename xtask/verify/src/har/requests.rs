//! What a request and its answer have of what their operation describes.

use std::collections::HashSet;

use codegen::{
    DescribedAnswer, DescribedBody, DescribedContent, DescribedOperation, DescribedParameter, Direction, Documented,
};
use serde_json::Value;

use super::media::{described, essence, is_json};
use super::piece::Piece;
use super::route::Match;
use super::{Entry, Message, header};
use crate::class::Class;
use crate::finding::Finding;
use crate::wire;

/// What every header means, whether it is described or not.
const OF_HTTP: [&str; 3] = ["accept", "authorization", "content-type"];

/// What is known of all operations.
pub struct Requests {
    /// The keys that go into the query.
    keys: HashSet<String>,
}

/// An entry, and the operation that it is of.
#[derive(Clone, Copy)]
struct Held<'h> {
    entry: &'h Entry,
    operation: &'h DescribedOperation,
}

impl Requests {
    pub fn of(documented: &Documented) -> Self {
        let schemes = documented.document().pointer("/components/securitySchemes").and_then(Value::as_object);
        let in_query =
            schemes.into_iter().flat_map(|schemes| schemes.values()).filter(|scheme| scheme["in"] == "query");
        Self { keys: in_query.filter_map(|scheme| scheme["name"].as_str()).map(str::to_owned).collect() }
    }

    /// The parts of an entry.
    pub fn pieces(&self, entry: &Entry, found: &Match<'_>) -> Vec<Piece> {
        let held = Held { entry, operation: found.operation };
        let mut pieces = held.parameters(&found.parameters);
        pieces.extend(held.undescribed(&self.keys));
        pieces.extend(held.operation.body.as_ref().and_then(|body| held.body(body)));
        if let Some((status, answer)) = &entry.answer {
            pieces.extend(held.answer(*status, answer));
        }
        pieces
    }
}

impl<'h> Held<'h> {
    /// A part of the request.
    fn sent(self, what: &str) -> Piece {
        let DescribedOperation { method, path, .. } = self.operation;
        Piece::new(format!("entry {}: {method} {path} {what}", self.entry.number), Direction::Sent)
    }

    /// A part of the answer.
    fn received(self, status: u16, what: &str) -> Piece {
        let DescribedOperation { method, path, .. } = self.operation;
        Piece::new(format!("entry {}: {method} {path} {status} {what}", self.entry.number), Direction::Received)
    }

    fn parameters(self, in_path: &[(String, String)]) -> Vec<Piece> {
        let pieces = self.operation.parameters.iter().filter_map(|parameter| {
            let DescribedParameter { name, location, is_required, style, schema, pointer, .. } = parameter;
            let values: Vec<String> = match location.as_str() {
                "path" => in_path.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect(),
                "query" => self.query().filter(|(known, _)| known == name).map(|(_, value)| value).collect(),
                "header" => header(&self.entry.request.headers, name).map(str::to_owned).into_iter().collect(),
                _ => return None,
            };
            let piece = self.sent(&format!("{location} parameter {name}"));
            let is_of_http = location == "header" && OF_HTTP.contains(&name.to_ascii_lowercase().as_str());
            match values.as_slice() {
                // What an object has is parameters of other names.
                [] if style.as_deref() == Some("deepObject") || !is_required || is_of_http || location == "path" => {
                    None
                }
                [] => Some(piece.found(missing(&format!("the parameter `{name}`"), pointer))),
                [text] => Some(piece.with(Some(text.as_str().into()), schema.as_ref()).text(style.as_ref())),
                texts => Some(piece.with(Some(texts.into()), schema.as_ref()).text(style.as_ref())),
            }
        });
        pieces.collect()
    }

    fn query(self) -> impl Iterator<Item = (String, String)> + 'h {
        self.entry.url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned()))
    }

    /// The parameters of the query that are not described.
    fn undescribed(self, keys: &HashSet<String>) -> Vec<Piece> {
        let parameters = &self.operation.parameters;
        if parameters.iter().any(|parameter| parameter.location == "querystring") {
            return Vec::new();
        }
        let is_known = |name: &str| {
            let outer = name.split('[').next().unwrap_or_default();
            let mut names = parameters.iter().filter(|parameter| parameter.location == "query");
            keys.contains(name) || names.any(|known| known.name == name || known.name == outer)
        };
        let path = &self.operation.path;
        let others = self.query().filter(|(name, _)| !is_known(name) && !path.contains(&format!("{name}=")));
        let pieces = others.map(|(name, value)| {
            let keyword = format!("{}/parameters", self.operation.pointer);
            let finding = Finding::new(Class::UndescribedParameter, "", keyword).of_member(&name).says(
                format!("the parameter `{name}` of the query is not described"),
                format!("describe `{name}`, or do not send it"),
            );
            let piece = self.sent(&format!("query parameter {name}"));
            piece.with(Some(wire::scalar(&value)), None).found(finding)
        });
        pieces.collect()
    }

    fn body(self, described: &DescribedBody) -> Option<Piece> {
        let piece = self.sent("body");
        match &self.entry.request.body {
            None if described.is_required => Some(piece.found(missing("the body", &described.pointer))),
            None => None,
            Some(_) => Some(content(piece, &self.entry.request, &described.content, &described.pointer)),
        }
    }

    fn answer(self, status: u16, answer: &Message) -> Vec<Piece> {
        let answers = &self.operation.answers;
        let range = format!("{}XX", status / 100);
        let wanted = [status.to_string(), range, "default".to_owned()];
        let described = wanted.iter().find_map(|wanted| {
            answers.iter().find(|described: &&DescribedAnswer| described.status.eq_ignore_ascii_case(wanted))
        });
        let Some(described) = described else {
            let keyword = format!("{}/responses", self.operation.pointer);
            let finding = Finding::new(Class::UndescribedStatus, "", keyword).of_member(&status.to_string()).says(
                format!("no answer is described for the status {status}"),
                format!("describe what the answer {status} means, or a `default`"),
            );
            return vec![self.received(status, "").found(finding)];
        };
        let headers = described.headers.iter().filter_map(|(name, schema)| {
            let value = header(&answer.headers, name)?;
            Some(self.received(status, &format!("header {name}")).with(Some(value.into()), schema.as_ref()).text(None))
        });
        let body = answer.body.as_ref();
        let body = body.map(|_| content(self.received(status, "body"), answer, &described.content, &described.pointer));
        headers.chain(body).collect()
    }
}

/// A body, and what is described of it at a place.
fn content(piece: Piece, message: &Message, all: &[DescribedContent], pointer: &str) -> Piece {
    let media_type = message.media_type.as_deref().unwrap_or_default();
    let (name, body) = (essence(media_type), message.body.as_deref().unwrap_or_default());
    let value = is_json(media_type).then(|| serde_json::from_slice(body));
    match (described(all, media_type), value) {
        (None, value) => {
            let finding = Finding::new(Class::UndescribedMediaType, "", format!("{pointer}/content"));
            let finding = finding.of_member(&name).says(
                format!("a body of the media type `{name}` is not described"),
                format!("describe `{name}` in the content"),
            );
            piece.with(value.and_then(Result::ok), None).found(finding)
        }
        (Some(_), Some(Err(error))) => {
            let finding = Finding::new(Class::NoJson, "", format!("{pointer}/content")).says(
                format!(
                    "the body is not the JSON that its media type promises, at line {}, column {}",
                    error.line(),
                    error.column()
                ),
                "correct what is sent, or its media type",
            );
            piece.found(finding)
        }
        (Some(described), value) => piece.with(value.and_then(Result::ok), described.schema.as_ref()),
    }
}

/// What every request has to have, and this one has not.
fn missing(what: &str, pointer: &str) -> Finding {
    Finding::new(Class::RequiredMissing, "", format!("{pointer}/required"))
        .says(format!("{what}, which is required, is missing"), "send it, or say that it is not required")
}
