//! The operations, with all that belongs to them.

use crate::api::{
    Api, Body, CallId, Content, Flag, Form, Format, Group, Header, Location, Operation, Origin, Outcome, Param,
    PartWritten, Reply, Segment, Side, Style, Type, Written,
};
use crate::maps::IndexSet;
use crate::render::{Signatures, media_type_setters};

use super::super::asked::Asked;
use super::super::callers::Callers;
use super::super::entry::{Entry, Kind};
use super::members;

pub(super) fn operations<'a>(api: &'a Api, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
    let operations = api.groups.iter().flat_map(|group| group.operations.iter().map(move |own| (group, own)));
    operations.map(|(group, own)| Within::of(group, own).operation(signatures)).collect()
}

/// An operation, and what callers write for it.
struct Within<'a> {
    operation: &'a Operation,
    /// Such as `invoices().summary`.
    method: String,
    /// The module of its types.
    module: String,
}

impl<'a> Within<'a> {
    fn of(group: &Group, operation: &'a Operation) -> Self {
        let (tag, name) = (&group.name.rust, &operation.name.rust);
        let (method, module) = match tag.is_empty() {
            true => (name.clone(), "operations".to_owned()),
            false => (format!("{tag}().{name}"), format!("operations::{tag}")),
        };
        Self { operation, method, module }
    }

    fn operation(&self, signatures: &mut Signatures<'_>) -> Entry<'a> {
        let operation = self.operation;
        let own = Entry::new(Kind::Operation, nameless(operation), self.method.as_str(), &operation.origin);
        let mut inner: Vec<_> = operation.params.iter().map(|param| self.parameter(param, signatures)).collect();
        inner.extend(operation.body.as_ref().map(|body| self.body(body, signatures)));
        inner.extend(operation.body.iter().flat_map(|body| self.parts(body, signatures)));
        inner.extend(media_type_setters(operation).map(|name| self.setter(name)));
        let pages = (!operation.pages.is_empty()).then_some(["items", "pages"]);
        inner.extend(pages.into_iter().flatten().map(|name| self.setter(name)));
        inner.push(self.marker());
        let (read, told) = (Callers::READ, Callers::MATCH);
        inner.push(self.outcome(Kind::Output, &operation.success, read, signatures));
        inner.push(self.outcome(Kind::Error, &operation.errors, told, signatures));
        inner.extend(self.streamed(signatures));
        inner.extend(self.headers(signatures));
        let own = Entry {
            place: operation.identity(),
            path: format!("{}()", self.method),
            asked: Some(Asked::of(&operation.security, signatures.api())),
            is_deprecated: operation.deprecated,
            doc: Some(&operation.doc),
            users: Callers::SEND,
            inner,
            ..own
        };
        let servers = operation.servers.as_ref().map(|servers| servers.url.clone());
        let repeated = operation.idempotent.map(|idempotent| if idempotent { "yes" } else { "no" }.to_owned());
        let own = own.fact("id in the description", operation.has_id.then(|| operation.name.wire.clone()));
        own.fact("server of its own", servers).fact("word on repeating it", repeated)
    }

    fn parameter(&self, param: &'a Param, signatures: &mut Signatures<'_>) -> Entry<'a> {
        let place = format!("{} {}", param.location.name(), param.name.wire);
        let key = match param.location {
            // Headers are called the same in any case, and nobody is told what variables of a path are called.
            Location::Header => place.to_ascii_lowercase(),
            Location::Path => format!("path {:?}", variable(self.operation, &param.name.wire)),
            Location::Query | Location::Querystring | Location::Cookie => place.clone(),
        };
        let own = Entry::new(Kind::Parameter, key, param.name.rust.as_str(), &param.origin);
        let path = match param.required {
            true => format!("{}({})", self.method, param.name.rust),
            false => format!("{}().{}()", self.method, param.name.rust),
        };
        let own = Entry {
            place,
            path,
            code: signatures.passed(&param.ty),
            types: vec![&param.ty],
            is_asked: param.required,
            is_deprecated: param.deprecated,
            doc: Some(&param.doc),
            // An argument has no name where it is given.
            users: Callers::SEND.only_if(!param.required),
            ..own
        };
        let id = param.call_id.map(|id| match id {
            CallId::Request => "request",
            CallId::Correlation => "correlation",
            CallId::Idempotency => "idempotency",
        });
        own.fact("style", Some(written(&param.written))).fact("part in identifying the call", id.map(str::to_owned))
    }

    fn body(&self, body: &'a Body, signatures: &mut Signatures<'_>) -> Entry<'a> {
        let origin = body.content.first().map_or(&self.operation.origin, |content| &content.origin);
        let name = if body.content.len() > 1 { body.type_name.as_str() } else { "" };
        let own = Entry::new(Kind::Body, "body", name, origin);
        let path = match body.required {
            true => format!("{}(body)", self.method),
            false => format!("{}().body()", self.method),
        };
        let own = Entry {
            path,
            code: signatures.body(body),
            is_asked: body.required,
            doc: Some(&body.doc),
            users: Callers::SEND,
            ..own
        };
        let [only] = body.content.as_slice() else {
            let inner = body.content.iter().map(|content| self.body_variant(content, body, signatures)).collect();
            return Entry { form: "enum".to_owned(), inner, ..own };
        };
        let own = Entry { types: vec![&only.ty], form: taken(only).to_owned(), ..own };
        own.fact("media type", Some(only.media_type.clone())).fact("form", form(&only.format))
    }

    fn body_variant(&self, content: &'a Content, body: &Body, signatures: &mut Signatures<'_>) -> Entry<'a> {
        let path = format!("{}::{}", self.module, body.type_name);
        let key = content.name.wire.to_ascii_lowercase();
        let own = Entry::new(Kind::BodyVariant, key, content.name.rust.as_str(), &content.origin).below(&path);
        let code = signatures.ty(&content.ty);
        let own =
            Entry { code, types: vec![&content.ty], form: taken(content).to_owned(), users: Callers::SEND, ..own };
        own.fact("media type", Some(content.media_type.clone())).fact("form", form(&content.format))
    }

    /// The structs of the parts of multipart bodies.
    fn parts(&self, body: &'a Body, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
        let named = body.content.iter().filter_map(|content| Some((content, content.parts()?)));
        let parts = named.map(|(content, parts)| {
            let key = format!("parts {}", content.name.wire);
            let own = Entry::new(Kind::Parts, key, parts.type_name.as_str(), &content.origin).below(&self.module);
            let mut inner = members(&parts.shape, &own.path, Callers::SEND, &content.origin, signatures);
            for (field, written) in inner.iter_mut().zip(&parts.written) {
                field.facts.push(("way to be written", part(written)));
            }
            Entry { users: Callers::SEND, inner, ..own }
        });
        parts.collect()
    }

    /// A setter that is there for media types.
    fn setter(&self, name: &str) -> Entry<'a> {
        let own = Entry::new(Kind::Setter, format!("setter {name}"), name, &self.operation.origin);
        Entry { path: format!("{}().{name}()", self.method), users: Callers::SEND, ..own }
    }

    fn marker(&self) -> Entry<'a> {
        let operation = self.operation;
        let own = Entry::new(Kind::Marker, "type", operation.type_name.as_str(), &operation.origin);
        Entry { users: Callers::SEND, ..own.below(&self.module) }
    }

    /// What there is where the answer is asked for item by item.
    fn streamed(&self, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
        let Some(streamed) = &self.operation.streamed else { return Vec::new() };
        let marker = Entry::new(Kind::Marker, "stream type", streamed.type_name.as_str(), &self.operation.origin)
            .below(&self.module);
        let path = format!("{}::Output", marker.path);
        let output = self.outcome(Kind::Output, &streamed.success, Callers::READ, signatures);
        let key = format!("stream {}", output.key);
        vec![self.setter(Flag::NAME), Entry { users: Callers::SEND, ..marker }, Entry { key, path, ..output }]
    }

    fn outcome(&self, kind: Kind, side: &'a Side, users: Callers, signatures: &mut Signatures<'_>) -> Entry<'a> {
        let origin = side.replies.first().map_or(&self.operation.origin, |reply| &reply.origin);
        let (name, form, types) = match &side.outcome {
            Outcome::Nothing => ("", "nothing", Vec::new()),
            Outcome::Same(ty) => ("", "", vec![ty]),
            Outcome::Optional(ty) => ("", "Option", vec![ty]),
            Outcome::Enum(name) => (name.as_str(), "enum", Vec::new()),
        };
        let own = Entry::new(kind, kind.word(), name, origin).below(&self.module);
        let path = if name.is_empty() {
            let word = if kind == Kind::Error { "Error" } else { "Output" };
            format!("{}::{}::{word}", self.module, self.operation.type_name)
        } else {
            own.path.clone()
        };
        let own =
            Entry { code: signatures.outcome(side), form: form.to_owned(), types, users, path: path.clone(), ..own };
        if form == "enum" {
            let inner = side.replies.iter().flat_map(|reply| replies(reply, &path, signatures)).collect();
            return Entry { inner, ..own };
        }
        let statuses: Vec<_> = side.replies.iter().map(|reply| reply.status.text()).collect();
        let own = own.fact("list of statuses", Some(statuses.join(", ")).filter(|statuses| !statuses.is_empty()));
        let contents = side.replies.iter().flat_map(|reply| &reply.content);
        let media_types = contents.flat_map(Content::media_types).collect::<IndexSet<_>>();
        let media_types = media_types.into_iter().collect::<Vec<_>>().join(", ");
        let doc = side.replies.first().map(|reply| &reply.doc);
        Entry { doc, ..own }
            .fact("list of media types", Some(media_types).filter(|media_types| !media_types.is_empty()))
    }

    fn headers(&self, signatures: &mut Signatures<'_>) -> Option<Entry<'a>> {
        let first = self.operation.headers.first()?;
        let name = self.operation.headers_name.as_str();
        let own = Entry::new(Kind::Headers, "headers", name, &first.origin).below(&self.module);
        let path = own.path.clone();
        let inner = self.operation.headers.iter().map(|named| header(named, &path, signatures)).collect();
        Some(Entry { users: Callers::READ, inner, ..own })
    }
}

/// What a request is without the names in its path, which are not sent.
fn nameless(operation: &Operation) -> String {
    let pieces = operation.path.iter().map(|piece| match piece {
        Segment::Literal(text) => Segment::Literal(text.clone()),
        Segment::Param(_) => Segment::Param(String::new()),
    });
    let path = Segment::template(&pieces.collect::<Vec<_>>());
    let behind = operation.identity().split_off(operation.request().len());
    format!("{} {path}{behind}", operation.method)
}

/// Which of the variables of a path has a name.
fn variable(operation: &Operation, name: &str) -> Option<usize> {
    operation.path.iter().position(|piece| matches!(piece, Segment::Param(known) if known == name))
}

fn header<'a>(named: &'a Header, path: &str, signatures: &mut Signatures<'_>) -> Entry<'a> {
    let key = named.name.wire.to_ascii_lowercase();
    let own = Entry::new(Kind::Header, key, named.name.rust.as_str(), &named.origin).below(path);
    let code = format!("Option<{}>", signatures.ty(&named.ty));
    Entry {
        place: named.name.wire.clone(),
        code,
        types: vec![&named.ty],
        doc: Some(&named.doc),
        users: Callers::READ,
        ..own
    }
}

/// The variants of a reply: one for each content that it may have.
fn replies<'a>(reply: &'a Reply, path: &str, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
    let status = reply.status.text();
    let variant = |key: String, name: &str, ty: &'a Type, origin: &'a Origin, signatures: &mut Signatures<'_>| {
        let own = Entry::new(Kind::Reply, key, name, origin).below(path);
        let code = if *ty == Type::Unit { String::new() } else { signatures.ty(ty) };
        Entry { code, types: vec![ty], doc: Some(&reply.doc), users: Callers::MATCH, ..own }
    };
    match reply.content.as_slice() {
        [] => vec![variant(status, &reply.name.rust, &Type::Unit, &reply.origin, signatures)],
        [only] => {
            let own = variant(status, &only.name.rust, &only.ty, &reply.origin, signatures);
            vec![own.fact("media type", Some(only.name.wire.clone()))]
        }
        several => {
            let of = |content: &'a Content| {
                let key = format!("{status} {}", content.name.wire);
                variant(key, &content.name.rust, &content.ty, &content.origin, signatures)
            };
            several.iter().map(of).collect()
        }
    }
}

/// How a body is taken, where its type alone does not say it.
fn taken(content: &Content) -> &'static str {
    match content.format {
        Format::Json | Format::Form(Form::Properties(..)) => "",
        Format::Text | Format::Form(Form::Text) => "text",
        Format::Bytes => "bytes",
        Format::Items(_) => "items",
        Format::Multipart(_) => "parts",
    }
}

/// How the members of a body are written, which rustc does not see.
fn form(format: &Format) -> Option<String> {
    match format {
        Format::Form(Form::Properties(style, others)) => {
            let others = others.iter().map(|(name, style)| format!(", {name}: {}", styled(*style)));
            Some(styled(*style) + &others.collect::<String>())
        }
        Format::Json
        | Format::Text
        | Format::Bytes
        | Format::Items(_)
        | Format::Form(Form::Text)
        | Format::Multipart(_) => None,
    }
}

/// How a field becomes parts.
fn part(written: &PartWritten) -> String {
    let (way, media_type) = match written {
        PartWritten::Value(media_type) => ("by its value", media_type.as_deref()),
        PartWritten::Json(media_type) => ("as JSON", Some(media_type.as_str())),
        PartWritten::Style(style) => return styled(*style),
        PartWritten::File(media_type) => ("as a file", media_type.as_deref()),
        PartWritten::AsIs(media_type) => ("as it is", media_type.as_deref()),
    };
    media_type.map_or(way.to_owned(), |media_type| format!("{way}, {media_type}"))
}

fn written(written: &Written) -> String {
    match written {
        Written::Plain => "as it is".to_owned(),
        Written::Repeated => "repeated".to_owned(),
        Written::Commas => "with commas".to_owned(),
        Written::Styled(style) => styled(*style),
        Written::Form(Form::Text) => "form as text".to_owned(),
        Written::Form(Form::Properties(style, _)) => format!("form, {}", styled(*style)),
    }
}

fn styled(style: Style) -> String {
    let Style { kind, explode, reserved, empty } = style.settled();
    let flags = [(explode, " exploded"), (reserved, " with reserved characters"), (empty, " or empty")];
    let flags = flags.iter().filter(|(is_set, _)| *is_set).map(|(_, word)| *word);
    kind.name().to_owned() + &flags.collect::<String>()
}
