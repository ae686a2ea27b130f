//! Requests that the server sends: no calls, but types of what callers receive.

use super::Operations;
use super::content::Side;
use crate::api::{Origin, Webhook};
use crate::description::{Operation as Described, PathItem, Read as _, RequestBody, Requirement};
use crate::lower::doc;
use crate::texts::Doc;

impl<'a> Operations<'_, 'a> {
    /// All webhooks, in the order of the document.
    pub fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        let at = Origin::new("").child("webhooks");
        let document = self.ground.document;
        for (name, item) in document.webhooks() {
            let Some((item, origin)) = self.ground.resolve::<PathItem<'_>>(item, &at.child(name)) else { continue };
            let described: Vec<_> = item.operations().collect();
            let is_alone = described.len() == 1;
            for (method, at, described) in described {
                let at = Origin::new(format!("{}{at}", origin.pointer()));
                if self.ground.is_skipped(described.extensions, &at) {
                    continue;
                }
                let Described {
                    summary,
                    description,
                    external_docs,
                    request_body,
                    security,
                    deprecated,
                    extensions,
                    ..
                } = described;
                let content = request_body
                    .and_then(|body| self.ground.resolve::<RequestBody<'_>>(body, &at.child("requestBody")));
                // It is there as a whole when somebody looks at it, as the body of an error is.
                let content = content.map(|(body, origin)| {
                    self.content(body.content, &format!("{name} webhook"), Side::Error, &origin.child("content"))
                });
                let requirements = security.unwrap_or_default().iter().map(Requirement::read);
                let schemes = requirements.flat_map(|requirement| requirement.0).map(|(name, _)| name.to_owned());
                let docs = external_docs.map(doc::see_also);
                let called = if is_alone { name.to_owned() } else { format!("{name} {}", method.as_str()) };
                webhooks.push(Webhook {
                    name: self.ground.name(called, extensions, &at),
                    key: name.to_owned(),
                    method,
                    content: content.unwrap_or_default(),
                    schemes: schemes.collect(),
                    deprecated,
                    doc: Doc::of([summary.or(item.summary), description.or(item.description)]).and(docs),
                    origin: at,
                });
            }
        }
        webhooks
    }
}
