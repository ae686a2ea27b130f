//! Responses, and the content of bodies in both directions.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody, Response, Responses, StatusCode};

use super::Lowering;
use super::form::is_form;
use crate::api::{Body, Content, Doc, Format, Header, Method, Origin, Reply, Side, Status, Type};
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
            self.content(content, Direction::Reply, title, &at)
        } else {
            let message = "this response has no content in HTTP; what is described is ignored";
            self.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
            Vec::new()
        };
        let name = self.name("", extensions, origin);
        Reply { status, name, content, doc: Doc::of([Some(description)]), origin: origin.clone() }
    }

    /// The body of a request.
    pub fn body(&mut self, body: &ReferenceOr<RequestBody>, title: &str, at: &Origin) -> Option<Body> {
        let (body, origin) = self.resolve::<RequestBody, _>(body, at)?;
        let RequestBody { description, content, required, extensions: _ } = &*body;
        if content.is_empty() {
            self.unsupported_media_type("a request body without content", &origin.child("content"));
        }
        let title = format!("{title} request");
        let content = self.content(content, Direction::Request, &title, &origin.child("content"));
        if content.is_empty() {
            return None;
        }
        Some(Body { required: *required, content, doc: Doc::of([description.as_ref()]) })
    }

    fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        direction: Direction,
        title: &str,
        origin: &Origin,
    ) -> Vec<Content> {
        let mut lowered: Vec<Content> = Vec::new();
        for (media_type, media) in content {
            let at = origin.child(media_type);
            let (ty, format) = if is_form(media_type) && direction == Direction::Request {
                let (ty, form) = self.form(media, &at);
                (ty, Format::Form(form))
            } else if is_json(media_type) {
                let ty = media.schema.as_ref().map(|schema| self.schema(schema, &at.child("schema")).whole());
                (ty.unwrap_or(Type::Any), Format::Json)
            } else {
                self.unsupported_media_type(&format!("`{media_type}`"), &at);
                continue;
            };
            if lowered.iter().any(|other| other.ty != ty) {
                let message = "a body with another type for another media type is not generated yet";
                let diagnostic = Diagnostic::error(Rule::UnsupportedMediaType, &at, message).on_key();
                self.push(diagnostic.help("give both the same `$ref`"));
            }
            if format == Format::Json && !media.encoding.is_empty() {
                let message = "`encoding` is about forms; it has no effect on JSON";
                self.push(Diagnostic::warning(Rule::WithoutEffect, &at.child("encoding"), message).on_key());
            }
            if format != Format::Json && has_text_example(media) {
                let message = "an example of a form that is not an object is not taken along; nor are the others";
                self.push(Diagnostic::warning(Rule::UnsupportedExample, &at, message).on_key());
            } else {
                self.media_examples(media, &ty, title, &at);
            }
            lowered.push(Content { media_type: media_type.clone(), format, ty });
        }
        lowered
    }

    fn unsupported_media_type(&mut self, what: &str, origin: &Origin) {
        let message = format!("{what} is not generated yet");
        let diagnostic = Diagnostic::error(Rule::UnsupportedMediaType, origin, message).on_key();
        self.push(diagnostic.help("bodies of `application/json` and `…+json` are generated, and forms in requests"));
    }
}

/// Whether content is sent or received.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Request,
    Reply,
}

/// Whether a form is shown as the text that is sent, which no type is read from.
fn has_text_example(media: &MediaType) -> bool {
    let examples = media.examples.values().filter_map(|example| example.as_item()?.value.as_ref());
    media.example.iter().chain(examples).any(|example| !example.is_object())
}

/// Whether a media type is JSON: RFC 8259's own, or one with the suffix of RFC 6839.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
