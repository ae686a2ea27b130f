//! From the operations to the examples that they have, and from there to those that only components have.

use serde_json::Value;

use super::external::Files;
use super::operations::{Met, operations};
use super::schemas::Schemas;
use super::{DocumentedExample, Subject, Use};
use crate::api::{Direction, Origin};
use crate::description::{Header, MediaType, Members, Operation, Parameter, Read as _, RequestBody, Response};
use crate::grammar::{OPENAPI, Shape, Want};
use crate::lower::{Ground, Said, Stated, is_read_as_json};
use crate::maps::HashMap;
use crate::pointer;

/// What a description is.
static ROOT: Want = Want::Object(&OPENAPI);

/// What tells an example from others: its place, its schema, and its direction.
type Key = (String, Option<usize>, Option<Direction>);

/// All examples, and the schemas of each direction that they belong to.
pub(crate) fn walk(ground: &Ground<'_>, files: &super::Files) -> (Vec<DocumentedExample>, [Value; 3]) {
    let mut walk = Walk { ground, files, schemas: Schemas::new(ground), found: Vec::new(), known: HashMap::default() };
    walk.paths(ground.document.paths(), "paths", Side::Client);
    walk.paths(ground.document.webhooks(), "webhooks", Side::Server);
    walk.within(&ground.document.tree, &ROOT, &Origin::new(""));
    (walk.found, walk.schemas.finish())
}

struct Walk<'g, 'a> {
    ground: &'g Ground<'a>,
    files: &'g Files,
    schemas: Schemas<'g, 'a>,
    found: Vec<DocumentedExample>,
    /// Where each of them is among those that were found.
    known: HashMap<Key, usize>,
}

/// Who sends requests.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Client,
    Server,
}

impl Side {
    /// The direction of requests, and that of answers.
    fn directions(self) -> [Direction; 2] {
        match self {
            Self::Client => [Direction::Sent, Direction::Received],
            Self::Server => [Direction::Received, Direction::Sent],
        }
    }
}

/// What has examples: where it is used, and in which direction its values go.
#[derive(Clone, Copy, Default)]
struct Context<'c> {
    usage: Option<&'c Use>,
    direction: Option<Direction>,
}

impl<'a> Walk<'_, 'a> {
    fn paths(&mut self, items: Members<'a>, root: &str, side: Side) {
        for Met { method, path, operation, parameters, at, .. } in operations(self.ground, items, root) {
            let usage = Use { method: method.to_string(), path: path.to_owned(), status: None };
            let [requests, _] = side.directions();
            for (parameter, at) in parameters {
                self.parameter(parameter, &at, Context { usage: Some(&usage), direction: Some(requests) });
            }
            self.operation(&operation, &usage, side, &at);
        }
    }

    fn operation(&mut self, operation: &Operation<'a>, usage: &Use, side: Side, at: &Origin) {
        let [requests, answers] = side.directions();
        let body = operation.request_body;
        if let Some((body, at)) =
            body.and_then(|body| self.ground.resolve::<RequestBody<'_>>(body, &at.child("requestBody")))
        {
            let context = Context { usage: Some(usage), direction: Some(requests) };
            self.content(body.content, &at.child("content"), context);
        }
        let at = at.child("responses");
        for (status, response) in operation.responses.unwrap_or_default() {
            let Some((response, at)) = self.ground.resolve::<Response<'_>>(response, &at.child(status)) else {
                continue;
            };
            let usage = Use { status: Some(status.to_owned()), ..usage.clone() };
            let context = Context { usage: Some(&usage), direction: Some(answers) };
            for (name, header) in response.headers {
                self.header(name, header, &at.child("headers").child(name), context);
            }
            self.content(response.content, &at.child("content"), context);
        }
    }

    fn content(&mut self, content: Members<'a>, at: &Origin, context: Context<'_>) {
        for (media_type, media) in content {
            let Some((media, at)) = self.ground.resolve::<MediaType<'_>>(media, &at.child(media_type)) else {
                continue;
            };
            self.media(media_type, media, &at, context);
        }
    }

    fn media(&mut self, media_type: &str, media: MediaType<'a>, at: &Origin, context: Context<'_>) {
        let schema = media.schema.map(|_| at.child("schema"));
        let subject = Subject::Body(media_type.to_owned());
        for stated in self.ground.stated((media.example, media.examples), at) {
            self.stated(stated, &subject, schema.as_ref(), context, is_read_as_json(media_type));
        }
    }

    fn parameter(&mut self, parameter: &'a Value, at: &Origin, context: Context<'_>) {
        let Some((parameter, at)) = self.ground.resolve::<Parameter<'_>>(parameter, at) else { return };
        let subject = Subject::Parameter(parameter.location.to_owned(), parameter.name.to_owned());
        let schema = parameter.schema.map(|_| at.child("schema"));
        for stated in self.ground.stated((parameter.example, parameter.examples), &at) {
            self.stated(stated, &subject, schema.as_ref(), context, false);
        }
        self.content(parameter.content, &at.child("content"), context);
    }

    fn header(&mut self, name: &str, header: &'a Value, at: &Origin, context: Context<'_>) {
        let Some((header, at)) = self.ground.resolve::<Header<'_>>(header, at) else { return };
        let schema = header.schema.map(|_| at.child("schema"));
        for stated in self.ground.stated((header.example, header.examples), &at) {
            self.stated(stated, &Subject::Header(name.to_owned()), schema.as_ref(), context, false);
        }
    }

    fn stated(
        &mut self,
        stated: Stated<'a>,
        subject: &Subject,
        schema: Option<&Origin>,
        context: Context<'_>,
        is_json: bool,
    ) {
        let Stated { name, said, at, .. } = stated;
        let mut file = None;
        let value = match said {
            // Of what is not JSON, a text may be what is sent, or what is in it.
            Said::Value(value) => {
                Some(value.clone()).filter(|value| is_json || !value.is_string() || is_plain(subject))
            }
            Said::Serialized(text) => serde_json::from_str(text).ok().filter(|_| is_json),
            Said::Elsewhere(address) => {
                let read = address.filter(|_| is_json).and_then(|address| self.files.read(address, at.pointer()));
                let Some((value, name)) = read else { return };
                file = Some(name);
                Some(value)
            }
        };
        let example = DocumentedExample {
            name: name.map(str::to_owned),
            subject: subject.clone(),
            uses: Vec::new(),
            direction: context.direction,
            value,
            pointer: at.pointer().to_owned(),
            file,
            schema: None,
        };
        self.add(example, schema, context.usage);
    }

    /// Takes along an example, or what else it is one of.
    fn add(&mut self, mut example: DocumentedExample, schema: Option<&Origin>, usage: Option<&Use>) {
        let number = schema.map(|schema| self.schemas.number(schema));
        example.schema = number.map(|number| format!("#/$defs/{number}"));
        let index = *self.known.entry((example.pointer.clone(), number, example.direction)).or_insert(self.found.len());
        if index == self.found.len() {
            self.found.push(example);
        }
        if let (Some(known), Some(usage)) = (self.found.get_mut(index), usage)
            // It may have several names there.
            && known.uses.last() != Some(usage)
        {
            known.uses.push(usage.clone());
        }
    }

    /// The examples of all that is within a value, but for those that operations have.
    fn within(&mut self, value: &'a Value, want: &'static Want, at: &Origin) {
        match (want.solid(), value) {
            (Want::FlagOr(want), Value::Object(_)) => self.within(value, want, at),
            (Want::Map(want), Value::Object(members)) => {
                members.iter().for_each(|(name, value)| self.within(value, want, &at.child(name)));
            }
            (Want::List(want) | Want::Filled(want), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.for_each(|(index, value)| self.within(value, want, &at.child(index.to_string())));
            }
            (Want::Object(shape) | Want::RefOr(shape), Value::Object(members)) => {
                self.own(value, shape, at);
                for (name, value) in members {
                    if let Some(want) = shape.member(name) {
                        self.within(value, want, &at.child(name));
                    }
                }
            }
            _ => {}
        }
    }

    /// The examples that an object of a kind has itself.
    fn own(&mut self, value: &'a Value, shape: &'static Shape, at: &Origin) {
        let context = Context { usage: None, direction: direction_at(at) };
        let is_used = at.pointer().starts_with("/paths/") || at.pointer().starts_with("/webhooks/");
        match shape.name {
            "Schema" => self.schema(value, at),
            _ if is_used || value.get("$ref").is_some() => {}
            "Response" => {
                let response = Response::read(value);
                response.headers.into_iter().for_each(|(name, header)| {
                    self.header(name, header, &at.child("headers").child(name), context);
                });
                self.content(response.content, &at.child("content"), context);
            }
            "Request Body" => self.content(RequestBody::read(value).content, &at.child("content"), context),
            "Parameter" => self.parameter(value, at, context),
            "Header" => self.header(&name_of(at), value, at, context),
            "Media Type" => self.media(&name_of(at), MediaType::read(value), at, context),
            _ => {}
        }
    }

    fn schema(&mut self, value: &'a Value, at: &Origin) {
        let single = |keyword: &str| value.get(keyword).map(|value| (value, at.child(keyword)));
        let listed = value.get("examples").and_then(Value::as_array).into_iter().flatten().enumerate();
        let listed = listed.map(|(index, value)| (value, at.child("examples").child(index.to_string())));
        let examples = single("example").into_iter().chain(listed).map(|found| (found, Subject::Schema));
        let default = single("default").map(|found| (found, Subject::Default));
        for ((example, place), subject) in examples.chain(default).collect::<Vec<_>>() {
            // A reference that stands alone has no examples.
            if self.ground.document.reference(value, at.pointer()).is_some() {
                return;
            }
            let example = DocumentedExample {
                name: None,
                subject,
                uses: Vec::new(),
                direction: None,
                value: Some(example.clone()),
                pointer: place.pointer().to_owned(),
                file: None,
                schema: None,
            };
            self.add(example, Some(at), None);
        }
    }
}

/// Whether a text may be the value itself.
fn is_plain(subject: &Subject) -> bool {
    matches!(subject, Subject::Parameter(..) | Subject::Header(_))
}

/// What stands at a place is called there.
fn name_of(at: &Origin) -> String {
    pointer::tokens(at.pointer()).next_back().unwrap_or_default().into_owned()
}

/// The direction that components of a kind go in.
fn direction_at(at: &Origin) -> Option<Direction> {
    let component = at.pointer().strip_prefix("/components/")?;
    match component.split('/').next()? {
        "requestBodies" | "parameters" => Some(Direction::Sent),
        "responses" | "headers" => Some(Direction::Received),
        _ => None,
    }
}
