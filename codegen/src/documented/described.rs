//! What operations send and answer, as data: for those who hold what really goes over the wire to it.

use crate::api::Origin;
use crate::description::{Header, MediaType, Members, Read as _, RequestBody, Response, Server};
use crate::lower::Ground;

use super::operations::{Met, operations};
use super::schemas::Schemas;

/// An operation of a description.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedOperation {
    /// As in a request line, such as `GET`.
    pub method: String,
    /// The path as the description has it, with its parameters in braces.
    pub path: String,
    /// Where it stands, as a JSON Pointer in [`Documented::document`](super::Documented::document).
    pub pointer: String,
    /// The URLs of its servers, or of its path's, if it has any of its own.
    pub servers: Vec<String>,
    /// What its requests have beside a body; of its path, what it has not itself.
    pub parameters: Vec<DescribedParameter>,
    /// The body of its requests, if they may have one.
    pub body: Option<DescribedBody>,
    /// What it is answered with.
    pub answers: Vec<DescribedAnswer>,
}

/// The body of a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedBody {
    /// Where it stands, as that of the operation.
    pub pointer: String,
    /// Whether every request has one.
    pub is_required: bool,
    /// What it may be.
    pub content: Vec<DescribedContent>,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedParameter {
    /// Where it stands, as that of the operation.
    pub pointer: String,
    /// The name; of a header, in any case.
    pub name: String,
    /// `query`, `querystring`, `header`, `path` or `cookie`.
    pub location: String,
    /// Whether every request has it.
    pub is_required: bool,
    /// The style that the description names.
    pub style: Option<String>,
    /// The schema, as a URI fragment of [`Documented::schemas`](super::Documented::schemas), if it has one.
    pub schema: Option<String>,
}

/// An answer to an operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedAnswer {
    /// Where it stands, as that of the operation.
    pub pointer: String,
    /// A number, a range such as `4XX`, or `default`.
    pub status: String,
    /// Its headers, each with its schema, as that of a parameter.
    pub headers: Vec<(String, Option<String>)>,
    /// What its body may be; nothing, if it has none.
    pub content: Vec<DescribedContent>,
}

/// What a body may be.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DescribedContent {
    /// The media type, or a range of them.
    pub media_type: String,
    /// The schema, as that of a parameter.
    pub schema: Option<String>,
}

/// The operations of a description. Their schemas are put with the others.
pub(super) fn described<'a>(ground: &Ground<'a>, schemas: &mut Schemas<'_, 'a>) -> Vec<DescribedOperation> {
    let mut describe = Describe { ground, schemas };
    let found = operations(ground, ground.document.paths(), "paths");
    found.iter().map(|met| describe.operation(met)).collect()
}

struct Describe<'d, 'g, 'a> {
    ground: &'d Ground<'a>,
    schemas: &'d mut Schemas<'g, 'a>,
}

impl<'a> Describe<'_, '_, 'a> {
    fn operation(&mut self, met: &Met<'a>) -> DescribedOperation {
        let Met { method, path, operation, at, .. } = met;
        let servers = if operation.servers.is_empty() { met.servers } else { operation.servers };
        let body = operation.request_body.and_then(|body| {
            let (body, at) = self.ground.resolve::<RequestBody<'_>>(body, &at.child("requestBody"))?;
            let content = self.content(body.content, &at.child("content"));
            Some(DescribedBody { pointer: at.pointer().to_owned(), is_required: body.required, content })
        });
        let answers = operation.responses.unwrap_or_default().into_iter().filter_map(|(status, response)| {
            let at = at.child("responses").child(status);
            let (response, at) = self.ground.resolve::<Response<'_>>(response, &at)?;
            let headers = response.headers.into_iter().filter_map(|(name, header)| {
                let (header, at) = self.ground.resolve::<Header<'_>>(header, &at.child("headers").child(name))?;
                Some((name.to_owned(), header.schema.map(|_| self.schema(&at.child("schema")))))
            });
            let headers = headers.collect();
            let content = self.content(response.content, &at.child("content"));
            Some(DescribedAnswer { pointer: at.pointer().to_owned(), status: status.to_owned(), headers, content })
        });
        DescribedOperation {
            method: method.to_string(),
            path: (*path).to_owned(),
            pointer: at.pointer().to_owned(),
            servers: servers.iter().map(|server| Server::read(server).url.to_owned()).collect(),
            answers: answers.collect(),
            parameters: self.parameters(met),
            body,
        }
    }

    fn parameters(&mut self, met: &Met<'a>) -> Vec<DescribedParameter> {
        let described = met.resolved(self.ground).into_iter().map(|(parameter, at)| DescribedParameter {
            pointer: at.pointer().to_owned(),
            name: parameter.name.to_owned(),
            location: parameter.location.to_owned(),
            is_required: parameter.required,
            style: parameter.style.map(str::to_owned),
            schema: parameter.schema.map(|_| self.schema(&at.child("schema"))),
        });
        described.collect()
    }

    fn content(&mut self, content: Members<'a>, at: &Origin) -> Vec<DescribedContent> {
        let described = content.into_iter().filter_map(|(media_type, media)| {
            let (media, at) = self.ground.resolve::<MediaType<'_>>(media, &at.child(media_type))?;
            let schema = media.schema.map(|_| self.schema(&at.child("schema")));
            Some(DescribedContent { media_type: media_type.to_owned(), schema })
        });
        described.collect()
    }

    fn schema(&mut self, at: &Origin) -> String {
        format!("#/$defs/{}", self.schemas.number(at))
    }
}
