//! Responses, their headers, and the content of bodies in both directions.

use indexmap::IndexMap;
use openapiv3::{MediaType, ParameterSchemaOrContent, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::Lowering;
use crate::api::{Body, Content, Doc, Header, Name, Origin, Reply, Side, Status, Type};
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
    pub fn replies(&mut self, responses: &Responses, title: &str, origin: &Origin) -> Replies {
        let Responses { default, responses, extensions: _ } = responses;
        let mut replies = Replies { success: Side::default(), errors: Side::default(), headers: Vec::new() };
        let listed = responses.iter().map(|(code, response)| match code {
            StatusCode::Code(code) => (Status::Code(*code), code.to_string(), response),
            StatusCode::Range(digit) => (Status::Range(*digit), format!("{digit}XX"), response),
        });
        let default = default.iter().map(|response| (Status::Default, "default".to_owned(), response));
        for (status, key, response) in listed.chain(default) {
            let title = format!("{title} {key}");
            let Some(reply) = self.reply(status, response, &title, &origin.child(key), &mut replies.headers) else {
                continue;
            };
            let side = if status.is_success() { &mut replies.success } else { &mut replies.errors };
            side.replies.push(reply);
        }
        if replies.success.replies.is_empty() {
            // A description with nothing but `default` means it for success too.
            let is_default = |reply: &Reply| reply.status == Status::Default;
            replies.success.replies = replies.errors.replies.extract_if(.., |reply| is_default(reply)).collect();
        }
        replies
    }

    fn reply(
        &mut self,
        status: Status,
        response: &ReferenceOr<Response>,
        title: &str,
        at: &Origin,
        headers: &mut Vec<Header>,
    ) -> Option<Reply> {
        let (response, origin) = self.resolve::<Response, _>(response, at)?;
        let Response { description, headers: documented, content, links, extensions } = &*response;
        if !links.is_empty() {
            let message = "links are not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedOperation, &origin.child("links"), message).on_key());
        }
        self.headers(documented, &origin.child("headers"), headers);
        let content = self.content(content, title, &origin.child("content"));
        let name = self.name("", extensions, &origin);
        Some(Reply { status, name, content, doc: Doc::of([Some(description)]), origin })
    }

    fn headers(
        &mut self,
        documented: &IndexMap<String, ReferenceOr<openapiv3::Header>>,
        origin: &Origin,
        headers: &mut Vec<Header>,
    ) {
        for (wire, header) in documented.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")) {
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
            style: _,
            required: _,
            deprecated,
            format,
            example: _,
            examples: _,
            extensions,
        } = header;
        let at = origin.child("schema");
        let ty = match format {
            ParameterSchemaOrContent::Schema(schema) => self.schema(schema, &at).ty,
            ParameterSchemaOrContent::Content(_) => Type::Any,
        };
        let plain = matches!(
            ty,
            Type::Boolean
                | Type::String
                | Type::Integer(_)
                | Type::Number
                | Type::Decimal
                | Type::DateTime
                | Type::Date
                | Type::Uuid
        );
        if !plain {
            let message = "a header that is not a plain value is not generated yet";
            self.push(Diagnostic::error(Rule::UnsupportedParameter, &at, message));
            return None;
        }
        let mut doc = Doc::of([description.as_ref()]);
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
        let content = self.content(content, &format!("{title} request"), &origin.child("content"));
        if content.is_empty() {
            self.unsupported_media_type("a request body without content", &origin.child("content"));
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
                self.unsupported_media_type("a body with another type for another media type", &at);
            }
            if !media.encoding.is_empty() {
                self.unsupported_media_type("`encoding`", &at.child("encoding"));
            }
            self.media_examples(media, &ty, title, &at);
            lowered.push(Content { media_type: media_type.clone(), ty });
        }
        lowered
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
