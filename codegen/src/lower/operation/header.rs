//! Response headers.

use http::HeaderName;

use super::Operations;
use crate::api::{Header, Origin, Type};
use crate::description::{Child, Header as Described, Members};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::rule::Rule;
use crate::texts::Doc;

impl<'a> Operations<'_, 'a> {
    /// Adds the headers of a response to those that the other responses have.
    pub fn headers(&mut self, documented: Members<'a>, origin: &Origin, headers: &mut Vec<Header>) {
        for (wire, header) in documented {
            let at = origin.child(wire);
            if !self.is_response_header(wire, &at) {
                continue;
            }
            let Some((header, at)) = self.ground.resolve::<Described<'_>>(header, &at) else { continue };
            let header = self.header(wire, &header, &at);
            match headers.iter_mut().find(|other| other.name.wire.eq_ignore_ascii_case(wire)) {
                None => headers.push(header),
                Some(same) if same.ty == header.ty => {}
                Some(same) => {
                    let read = if is_cookie(wire) { "a list of texts" } else { "text" };
                    let message =
                        format!("the header `{wire}` has another type in another response; it is read as {read}");
                    let diagnostic = Diagnostic::warning(Rule::HeaderAsText, &at, message);
                    self.ground.push(diagnostic.also(&same.origin, "the other one"));
                    same.ty = text_of(wire);
                }
            }
        }
    }

    fn is_response_header(&mut self, wire: &str, at: &Origin) -> bool {
        if is_for_browsers(wire) {
            return false;
        }
        if wire.eq_ignore_ascii_case("content-type") {
            let message = format!("a response header `{wire}` is ignored, as OpenAPI says");
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, at, message).on_key();
            self.ground.push(diagnostic.help("describe it by `content` instead"));
            return false;
        }
        let is_header = HeaderName::try_from(wire).is_ok();
        if !is_header {
            let message = format!("{wire:?} cannot be the name of a header, so there is never one; it is left out");
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, at, message).on_key());
        }
        is_header
    }

    fn header(&mut self, wire: &str, header: &Described<'a>, origin: &Origin) -> Header {
        // There is only the style `simple`.
        let Described { description, deprecated, schema, example, examples, extensions } = header;
        let mut doc = Doc::of([*description]);
        let ty = match schema {
            Some(_) => {
                let at = origin.child("schema");
                let ty = self.schemas.schema(&at).ty;
                self.schemas.queued_schemas();
                if let Some(Ok(Child::Schema(schema))) = self.ground.document.schema(&at) {
                    doc.append(self.schemas.doc(schema, &at));
                }
                match self.header_type(ty, &at) {
                    // It comes once for each cookie, and cannot be one line (RFC 6265, section 3).
                    ty if is_cookie(wire) && self.is_plain(&ty) => Type::Array(Box::new(ty)),
                    ty => ty,
                }
            }
            None => {
                self.as_text("a header with `content`", &origin.child("content"));
                text_of(wire)
            }
        };
        doc.extend(example.map(doc::example_text));
        doc.extend(self.example_texts(*examples, &origin.child("examples")));
        if *deprecated {
            doc.push("Deprecated.");
        }
        let name = self.ground.name(wire, *extensions, origin);
        Header { name, ty, doc, origin: origin.clone() }
    }

    /// What a header is read as: a plain value, a list of them, or text.
    fn header_type(&mut self, ty: Type, at: &Origin) -> Type {
        if self.arity(&ty).is_some() {
            return ty;
        }
        if matches!(self.resolved(&ty), Some(Type::Foreign(_))) {
            self.as_text("a header of a type that `x-rust-type` names", at);
            return Type::String;
        }
        // Where anything may stand, text says nothing less.
        if !matches!(self.resolved(&ty), Some(Type::Any)) {
            self.as_text("a header that is neither a plain value nor a list of plain values", at);
        }
        Type::String
    }

    fn as_text(&mut self, what: &str, at: &Origin) {
        self.ground.push(Diagnostic::warning(Rule::HeaderAsText, at, format!("{what} is read as text")));
    }
}

/// What a header is read as where its type does not matter.
fn text_of(wire: &str) -> Type {
    if is_cookie(wire) { Type::Array(Box::new(Type::String)) } else { Type::String }
}

/// Whether a header tells browsers what pages of other origins may do (Fetch, section 3.2). No other client asks.
fn is_for_browsers(wire: &str) -> bool {
    const START: &str = "access-control-";
    wire.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

fn is_cookie(wire: &str) -> bool {
    wire.eq_ignore_ascii_case("set-cookie")
}
