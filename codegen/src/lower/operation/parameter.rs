//! Parameters.

use http::HeaderName;
use serde_json::Value;

use super::Operations;
use crate::api::{CallId, Location, Origin, Param, Style, StyleKind, TextFormat, Type, Written};
use crate::description::{Child, Example, MediaType, Members, Parameter};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::lower::media_type::{is_form, is_json};
use crate::maps::IndexMap;
use crate::rule::Rule;
use crate::texts::{Doc, Paragraph};

/// What no two parameters of an operation have: the place, and the name.
type Identity = (&'static str, String);

impl<'a> Operations<'_, 'a> {
    /// The parameters of an operation: those of its path, and its own, which replace the path's.
    pub fn parameters(&mut self, of_path: (&'a [Value], &Origin), own: (&'a [Value], &Origin)) -> Vec<Param> {
        let mut params = self.parameter_list(of_path.0, of_path.1);
        params.extend(self.parameter_list(own.0, own.1));
        let params: Vec<_> = params.into_values().collect();
        self.check_querystring(&params);
        params
    }

    /// Nothing stands beside what is the whole query.
    fn check_querystring(&mut self, params: &[Param]) {
        let mut whole = params.iter().filter(|param| param.location == Location::Querystring);
        let Some(first) = whole.next() else { return };
        for other in whole {
            let message = "there is one query, and this is a second parameter that is the whole of it";
            let diagnostic = Diagnostic::error(Rule::DuplicateParameter, &other.origin, message);
            self.ground.push(diagnostic.also(&first.origin, "the other one").help("make one parameter of the two"));
        }
        if let Some(part) = params.iter().find(|param| param.location == Location::Query) {
            let message = "this parameter is the whole query, and there is one beside it that is a part of the query";
            let diagnostic = Diagnostic::error(Rule::DuplicateParameter, &first.origin, message);
            self.ground.push(
                diagnostic.also(&part.origin, "the other one").help("describe all of the query by one of the two"),
            );
        }
    }

    fn parameter_list(&mut self, list: &'a [Value], origin: &Origin) -> IndexMap<Identity, Param> {
        // Each with the place where it is described, which a reference may lead to.
        let mut params: IndexMap<Identity, (Param, Origin)> = IndexMap::default();
        for (index, parameter) in list.iter().enumerate() {
            let at = origin.child("parameters").child(index.to_string());
            let Some(described) = self.parameter(parameter, &at) else { continue };
            let place = described.origin.clone();
            let param = Param { origin: at, ..described };
            let identity = identity(&param);
            let Some(same) = params.get_mut(&identity) else {
                params.insert(identity, (param, place));
                continue;
            };
            let document = self.ground.document;
            if document.at(same.1.pointer()) != document.at(place.pointer()) {
                let name = &param.name.wire;
                let message =
                    format!("the {} parameter `{name}` is here twice; the last one counts", param.location.name());
                let diagnostic = Diagnostic::warning(Rule::DuplicateParameter, &param.origin, message);
                self.ground.push(diagnostic.also(&same.0.origin, "the other one"));
            }
            *same = (param, place);
        }
        params.into_iter().map(|(identity, (param, _))| (identity, param)).collect()
    }

    fn parameter(&mut self, parameter: &'a Value, at: &Origin) -> Option<Param> {
        let (data, origin) = self.ground.resolve::<Parameter<'_>>(parameter, at)?;
        let (location, usual) = match data.location {
            "query" => (Location::Query, StyleKind::Form),
            "querystring" => (Location::Querystring, StyleKind::Simple),
            "header" => (Location::Header, StyleKind::Simple),
            "path" => (Location::Path, StyleKind::Simple),
            _ => (Location::Cookie, StyleKind::Form),
        };
        if location == Location::Header && !self.is_header(data.name, &origin) {
            return None;
        }
        let mut style = exploded(data.style.map_or(usual, style_of), data.explode);
        if matches!(location, Location::Path | Location::Query) {
            style.reserved = data.allow_reserved;
        }
        style.empty = location == Location::Query && data.allow_empty_value;
        Some(self.param(&data, location, style, &origin))
    }

    fn param(&mut self, data: &Parameter<'a>, location: Location, style: Style, origin: &Origin) -> Param {
        if location == Location::Querystring && data.content.is_empty() {
            let diagnostic =
                Diagnostic::error(Rule::InvalidValue, origin, "a query as a whole is described by `content`");
            self.ground.push(diagnostic.help("write `content: { application/x-www-form-urlencoded: { schema: … } }`"));
        }
        let (ty, written) = match data.schema {
            Some(schema) => {
                let at = origin.child("schema");
                // There is no way to write `null`, so that a parameter may be null means nothing.
                let ty = self.schemas.schema_of(schema, &at).ty;
                self.schemas.queued_schemas();
                self.written(ty, location, style, &at)
            }
            None => self.content_parameter(data.content, location, style, origin),
        };
        let is_filled = location == Location::Header && takes_uuid(data, &ty);
        let call_id = match self.ground.call_id(data.extensions, origin) {
            // Whoever calls a header so means what the IETF's draft of that name means.
            None if is_filled && is_idempotency_key(data.name) => Some(CallId::Idempotency),
            call_id => call_id,
        };
        let belongs_to = match call_id {
            Some(CallId::Idempotency) if !is_filled => {
                Some("`x-call-id: idempotency` belongs to a header that takes a UUID")
            }
            Some(CallId::Request | CallId::Correlation) if !is_filled || ty == Type::String || data.required => {
                Some("`x-call-id` belongs to an optional header of format `uuid`")
            }
            _ => None,
        };
        if let Some(message) = belongs_to {
            self.ground.invalid(&origin.child("x-call-id"), message);
        }
        let name = self.ground.name(data.name, data.extensions, origin);
        let doc = self.param_doc(data, origin);
        // What the client fills in need not be given.
        let required = data.required && call_id != Some(CallId::Idempotency);
        let deprecated = data.deprecated;
        Param { name, location, written, required, deprecated, ty, call_id, doc, origin: origin.clone() }
    }

    /// A parameter that is a document of a media type of its own.
    fn content_parameter(
        &mut self,
        content: Members<'a>,
        location: Location,
        style: Style,
        origin: &Origin,
    ) -> (Type, Written) {
        let at = origin.child("content");
        let chosen = content.iter().find(|(media_type, _)| is_json(media_type)).or_else(|| content.iter().next());
        let Some((media_type, media)) = chosen else {
            self.undefined_style(&at, "this parameter has no media type", "it is taken as text");
            return (Type::String, self.written(Type::String, location, style, &at).1);
        };
        if content.len() > 1 {
            let message = format!("a parameter has one media type; `{media_type}` is the one that is sent");
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
        }
        let (media, at) = match self.ground.resolve::<MediaType<'_>>(media, &at.child(media_type)) {
            Some(resolved) => resolved,
            None => return (Type::Any, Written::Styled(Style::new(StyleKind::Json))),
        };
        if location == Location::Querystring && is_form(media_type) {
            let (ty, form) = self.form(media, &at);
            return (ty, Written::Form(form));
        }
        let of_schema = media.schema.map(|_| self.schemas.schema(&at.child("schema")).whole());
        self.schemas.queued_schemas();
        if is_json(media_type) {
            return (of_schema.unwrap_or(Type::Any), Written::Styled(Style::new(StyleKind::Json)));
        }
        let plain = of_schema.filter(|ty| self.is_plain(ty));
        if plain.is_none() || !media_type.starts_with("text/") {
            let what = format!("a parameter of the media type `{media_type}` has no type of its own");
            self.undefined_style(&at, &what, "it is taken as text and sent as it is");
        }
        self.written(plain.unwrap_or(Type::String), location, style, &at)
    }

    fn param_doc(&mut self, data: &Parameter<'a>, origin: &Origin) -> Doc {
        let Parameter { description, deprecated, schema, example, examples, .. } = data;
        let mut doc = Doc::of([*description]);
        let at = origin.child("schema");
        match schema.map(|schema| self.ground.document.schema_of(schema, &at)) {
            Some(Ok(Child::Schema(schema))) => {
                doc.append(self.schemas.doc(schema, &at));
                // As a parameter it is any other text, see `written`.
                let format = schema.keywords().format;
                let is_secret = |format: &&str| TextFormat::of(format) == Some(TextFormat::Secret);
                doc.extend(format.filter(is_secret).map(doc::format));
            }
            Some(Ok(Child::Reference(_))) if doc.is_empty() => {
                let node = self.schemas.reading.node_at(&at);
                doc = Doc::of([node.and_then(|node| self.schemas.reading.description_behind(&node))]);
            }
            _ => {}
        }
        doc.extend(example.map(doc::example_text));
        doc.extend(self.example_texts(*examples, &origin.child("examples")));
        if *deprecated {
            doc.push("Deprecated.");
        }
        doc
    }

    /// What is said about examples of a parameter or a header. One that is elsewhere is not said.
    pub fn example_texts(&mut self, examples: Members<'a>, origin: &Origin) -> Vec<Paragraph> {
        let mut texts = Vec::new();
        for (name, example) in examples {
            let Some((example, _)) = self.ground.documented(example, &origin.child(name)) else { continue };
            let Example { value, .. } = example;
            texts.extend(value.map(doc::example_text));
        }
        texts
    }

    /// Whether a header parameter can be one. OpenAPI ignores some names, which other parts of the
    /// description rule; how long the body is, only the transport knows.
    fn is_header(&mut self, name: &str, origin: &Origin) -> bool {
        let is_any = |words: &[&str]| words.iter().any(|word| name.eq_ignore_ascii_case(word));
        if is_any(&["accept", "content-type", "authorization"]) {
            let message = format!("a header parameter `{name}` is ignored, as OpenAPI says");
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
            self.ground.push(diagnostic.help("describe it by `content` or `security` instead"));
            return false;
        }
        if is_any(&["content-length", "transfer-encoding"]) {
            let message = format!("a header parameter `{name}` is ignored: what carries the request sets it");
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, origin, message));
            return false;
        }
        let is_header = HeaderName::try_from(name).is_ok();
        if !is_header {
            let message = format!("{name:?} cannot be the name of a header");
            let diagnostic = Diagnostic::error(Rule::InvalidValue, &origin.child("name"), message);
            self.ground.push(diagnostic.help("it consists of letters, digits and some signs, such as `-`"));
        }
        is_header
    }
}

/// Whether two parameters are one: the names of headers are the same in any case.
fn identity(param: &Param) -> Identity {
    let name = &param.name.wire;
    let name = if param.location == Location::Header { name.to_ascii_lowercase() } else { name.clone() };
    (param.location.name(), name)
}

/// A style of parameters, and of properties in a form.
pub(super) fn style_of(style: &str) -> StyleKind {
    match style {
        "simple" => StyleKind::Simple,
        "label" => StyleKind::Label,
        "matrix" => StyleKind::Matrix,
        "cookie" => StyleKind::Cookie,
        "spaceDelimited" => StyleKind::SpaceDelimited,
        "pipeDelimited" => StyleKind::PipeDelimited,
        "deepObject" => StyleKind::DeepObject,
        _ => StyleKind::Form,
    }
}

/// A style with its `explode`, or the default of that.
pub(super) fn exploded(kind: StyleKind, explode: Option<bool>) -> Style {
    Style { explode: explode.unwrap_or(matches!(kind, StyleKind::Form | StyleKind::Cookie)), ..Style::new(kind) }
}

/// Whether a header tells the server that a call is the same as an earlier one.
fn is_idempotency_key(name: &str) -> bool {
    ["Idempotency-Key", "X-Idempotency-Key"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Whether a UUID is a value of a parameter.
fn takes_uuid(data: &Parameter<'_>, ty: &Type) -> bool {
    const LENGTH: u64 = 36;
    let longest = data.schema.and_then(|schema| schema.get("maxLength")).and_then(Value::as_u64);
    match ty {
        Type::Text(TextFormat::Uuid) => true,
        Type::String => longest.is_none_or(|longest| longest >= LENGTH),
        _ => false,
    }
}
