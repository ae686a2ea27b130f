//! Responses, their headers, and the content of bodies in both directions.

use indexmap::IndexMap;
use openapiv3::{MediaType, ParameterSchemaOrContent, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::parameter::Arity;
use super::{Lowering, doc};
use crate::api::{Body, Content, Doc, Header, Method, Name, Origin, Reply, Side, Status, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// What an operation's responses come to.
pub(super) struct Replies {
    pub success: Side,
    pub errors: Side,
    pub headers: Vec<Header>,
}

impl Lowering<'_> {
    /// The responses of an operation that examples call `title`.
    pub fn replies(&mut self, responses: &Responses, method: Method, title: &str, origin: &Origin) -> Replies {
        let Responses { default, responses, extensions: _ } = responses;
        let mut replies = Replies { success: Side::default(), errors: Side::default(), headers: Vec::new() };
        let listed = responses.iter().map(|(code, response)| match code {
            StatusCode::Code(code) => (Status::Code(*code), code.to_string(), response),
            StatusCode::Range(digit) => (Status::Range(*digit), format!("{digit}XX"), response),
        });
        let default = default.iter().map(|response| (Status::Default, "default".to_owned(), response));
        for (status, key, response) in listed.chain(default) {
            let at = origin.child(&key);
            let Some((response, origin)) = self.resolve::<Response, _>(response, &at) else { continue };
            self.headers(&response.headers, &origin.child("headers"), &mut replies.headers);
            let has_content = method != Method::Head && status.may_have_content();
            let reply = self.reply(status, has_content, &response, &format!("{title} {key}"), &origin);
            let side = if status.is_success() { &mut replies.success } else { &mut replies.errors };
            side.replies.push(reply);
        }
        if replies.success.replies.is_empty() {
            // Without a success of its own, a description means `default` for success too.
            let default = replies.errors.replies.iter().find(|reply| reply.status == Status::Default);
            replies.success.replies.extend(default.map(|reply| Reply { status: Status::Range(2), ..reply.clone() }));
        }
        replies
    }

    fn reply(&mut self, status: Status, has_content: bool, response: &Response, title: &str, origin: &Origin) -> Reply {
        // Links say how calls go together, which is up to the caller.
        let Response { description, headers: _, content, links: _, extensions } = response;
        let at = origin.child("content");
        let content = if has_content || content.is_empty() {
            self.content(content, title, &at)
        } else {
            let message = "this response has no content in HTTP; what is described is ignored";
            self.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
            Vec::new()
        };
        let name = self.name("", extensions, origin);
        Reply { status, name, content, doc: Doc::of([Some(description)]), origin: origin.clone() }
    }

    fn headers(
        &mut self,
        documented: &IndexMap<String, ReferenceOr<openapiv3::Header>>,
        origin: &Origin,
        headers: &mut Vec<Header>,
    ) {
        for (wire, header) in documented {
            if wire.eq_ignore_ascii_case("content-type") {
                let message = format!("a response header `{wire}` is ignored, as OpenAPI 3.0 says");
                let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &origin.child(wire), message).on_key();
                self.push(diagnostic.help("describe it by `content` instead"));
                continue;
            }
            let Some((header, at)) = self.resolve::<openapiv3::Header, _>(header, &origin.child(wire)) else {
                continue;
            };
            let Some(header) = self.header(wire, &header, &at) else { continue };
            match headers.iter().find(|other| other.name.wire.eq_ignore_ascii_case(wire)) {
                None => headers.push(header),
                Some(same) if same.ty == header.ty => {}
                Some(same) => {
                    let message = format!("the header `{wire}` has another type in another response");
                    let other = same.origin.clone();
                    let diagnostic = Diagnostic::error(Rule::UnsupportedParameter, &at, message);
                    self.push(diagnostic.also(&other, "the other one"));
                }
            }
        }
    }

    fn header(&mut self, wire: &str, header: &openapiv3::Header, origin: &Origin) -> Option<Header> {
        let openapiv3::Header {
            description,
            // There is only `simple`.
            style: _,
            // A header that is missing must not make a good reply unreadable.
            required: _,
            deprecated,
            format,
            example,
            examples,
            extensions,
        } = header;
        let ParameterSchemaOrContent::Schema(schema) = format else {
            self.unsupported_header("a header with `content`", &origin.child("content"));
            return None;
        };
        let at = origin.child("schema");
        let ty = self.schema(schema, &at).ty;
        self.queued_schemas();
        if !matches!(self.arity(&ty), Some(Arity::One)) {
            self.unsupported_header("a header that is not a plain value", &at);
            return None;
        }
        let mut doc = Doc::of([description.as_ref()]);
        if let ReferenceOr::Item(schema) = schema {
            doc.0.extend(self.doc(schema, &at).0);
        }
        doc.0.extend(example.as_ref().map(doc::example_text));
        doc.0.extend(self.example_texts(examples, &origin.child("examples")));
        if *deprecated == Some(true) {
            doc.push("Deprecated.");
        }
        let name: Name = self.name(wire, extensions, origin);
        Some(Header { name, ty, doc, origin: origin.clone() })
    }

    /// The body of a request.
    pub fn body(&mut self, body: &ReferenceOr<RequestBody>, title: &str, at: &Origin) -> Option<Body> {
        let (body, origin) = self.resolve::<RequestBody, _>(body, at)?;
        let RequestBody { description, content, required, extensions: _ } = &*body;
        if content.is_empty() {
            self.unsupported_media_type("a request body without content", &origin.child("content"));
        }
        let content = self.content(content, &format!("{title} request"), &origin.child("content"));
        if content.is_empty() {
            return None;
        }
        Some(Body { required: *required, content, doc: Doc::of([description.as_ref()]) })
    }

    fn content(&mut self, content: &IndexMap<String, MediaType>, title: &str, origin: &Origin) -> Vec<Content> {
        let mut lowered: Vec<Content> = Vec::new();
        for (media_type, media) in content {
            let at = origin.child(media_type);
            if !is_json(media_type) {
                self.unsupported_media_type(&format!("`{media_type}`"), &at);
                continue;
            }
            let ty = match &media.schema {
                Some(schema) => self.schema(schema, &at.child("schema")).whole(),
                None => Type::Any,
            };
            if lowered.iter().any(|other| other.ty != ty) {
                let message = "a body with another type for another media type is not generated yet";
                let diagnostic = Diagnostic::error(Rule::UnsupportedMediaType, &at, message).on_key();
                self.push(diagnostic.help("give both the same `$ref`"));
            }
            if !media.encoding.is_empty() {
                let message = "`encoding` is about forms; it has no effect on JSON";
                self.push(Diagnostic::warning(Rule::WithoutEffect, &at.child("encoding"), message).on_key());
            }
            self.media_examples(media, &ty, title, &at);
            lowered.push(Content { media_type: media_type.clone(), ty });
        }
        lowered
    }

    fn unsupported_header(&mut self, what: &str, origin: &Origin) {
        let message = format!("{what} is not generated yet");
        self.push(Diagnostic::error(Rule::UnsupportedParameter, origin, message));
    }

    fn unsupported_media_type(&mut self, what: &str, origin: &Origin) {
        let message = format!("{what} is not generated yet");
        let diagnostic = Diagnostic::error(Rule::UnsupportedMediaType, origin, message).on_key();
        self.push(diagnostic.help("bodies of `application/json` and `…+json` are generated"));
    }
}

/// Whether a media type is JSON: RFC 8259's own, or one with the suffix of RFC 6839.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
