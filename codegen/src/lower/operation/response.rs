//! Responses.

use http::Method;

use super::Operations;
use super::content;
use crate::api::{Format, Header, Name, Origin, Reply, Side, Status};
use crate::description::{Members, Response};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::texts::Doc;

/// What an operation's responses come to.
pub(in crate::lower) struct Replies {
    pub success: Side,
    pub errors: Side,
    pub headers: Vec<Header>,
}

impl<'a> Operations<'_, 'a> {
    /// The responses of an operation that examples call `title`.
    pub fn replies(
        &mut self,
        responses: Option<Members<'a>>,
        method: &Method,
        title: &str,
        origin: &Origin,
    ) -> Replies {
        let mut replies = Replies { success: Side::default(), errors: Side::default(), headers: Vec::new() };
        let Some(responses) = responses else {
            replies.success.replies.push(empty(Status::Range(2), origin));
            return replies;
        };
        let listed: Vec<_> = responses.iter().filter_map(|(key, response)| Some((status(key)?, response))).collect();
        let default = responses.get("default");
        let all = || listed.iter().map(|(status, _)| *status);
        // Without a success of its own, a description means `default` for success too, or else the
        // redirect that is all there is.
        let default_succeeds = default.is_some() && !all().any(Status::is_plain_success);
        let redirect_succeeds = !default_succeeds && !all().any(Status::is_success);
        let default = default.map(|response| (Status::Default, response));
        for (status, response) in listed.iter().copied().chain(default) {
            let key = status.text();
            let Some((response, origin)) = self.ground.resolve::<Response<'_>>(response, &origin.child(&key)) else {
                continue;
            };
            self.headers(response.headers, &origin.child("headers"), &mut replies.headers);
            let title = format!("{title} {key}");
            let mut reply = |status, side| self.reply(status, side, method, &response, &title, &origin);
            if status.is_success() || (redirect_succeeds && status.is_interim_or_redirect()) {
                replies.success.replies.push(reply(status, content::Side::Success));
                continue;
            }
            if status == Status::Default && default_succeeds {
                replies.success.replies.push(reply(Status::Range(2), content::Side::Success));
            }
            replies.errors.replies.push(reply(status, content::Side::Error));
        }
        let documented: Vec<_> = all().collect();
        replies.success.replies.extend(without_content(&replies.success.replies, &documented));
        replies
    }

    fn reply(
        &mut self,
        status: Status,
        side: content::Side,
        method: &Method,
        response: &Response<'a>,
        title: &str,
        origin: &Origin,
    ) -> Reply {
        let Response { description, headers: _, content, extensions } = response;
        let at = origin.child("content");
        let has_content = method != Method::HEAD && status.may_have_content();
        let content = if has_content || content.is_empty() {
            self.content(*content, title, side, &at)
        } else {
            let message = "this response has no content in HTTP; what is described is ignored";
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
            Vec::new()
        };
        let name = self.ground.name("", *extensions, origin);
        Reply { status, name, content, doc: Doc::of([*description]), origin: origin.clone() }
    }
}

/// The replies without content that a success may be, though the description has no words for them: those that
/// it takes in with others, and those that say no more than the others do.
fn without_content(success: &[Reply], documented: &[Status]) -> Vec<Reply> {
    let is_json = |reply: &&Reply| reply.content.iter().any(|content| matches!(content.format, Format::Json));
    let range = success.iter().find(|reply| reply.status == Status::Range(2));
    let like = match range {
        // Text and bytes may be empty.
        Some(range) => Some(range).filter(is_json),
        None if success.iter().any(|reply| !reply.content.is_empty()) => None,
        None if documented.contains(&Status::Code(204)) => None,
        None => success.iter().find(|reply| reply.status.is_plain_success()),
    };
    let Some(like) = like else { return Vec::new() };
    let codes = [Status::Code(204), Status::Code(205)];
    let mut missing: Vec<_> = codes.into_iter().filter(|status| !documented.contains(status)).collect();
    if missing.len() == codes.len() {
        missing = vec![Status::NoContent];
    }
    missing.into_iter().map(|status| empty(status, &like.origin)).collect()
}

/// A reply that nothing is said of.
fn empty(status: Status, origin: &Origin) -> Reply {
    let name = Name::new("", None);
    Reply { status, name, content: Vec::new(), doc: Doc::default(), origin: origin.clone() }
}

/// A status, but for `default`.
fn status(key: &str) -> Option<Status> {
    match key.strip_suffix("XX") {
        Some(digit) => digit.parse().ok().map(Status::Range),
        None => key.parse().ok().map(Status::Code),
    }
}
