//! Schemas at their places, and what references lead to.

use std::borrow::{Borrow, Cow};

use openapiv3::{ReferenceOr, Schema};

use super::Lowering;
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::pointer;
use crate::rule::Rule;

/// A schema, or a reference to one, and where it stands.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub said: Said<'a>,
    pub origin: Origin,
}

#[derive(Clone)]
pub(super) enum Said<'a> {
    Reference(Cow<'a, str>),
    Schema(&'a Schema),
}

impl<'a> Node<'a> {
    pub fn new<S: Borrow<Schema>>(schema: &'a ReferenceOr<S>, origin: Origin) -> Self {
        let said = match schema {
            ReferenceOr::Reference { reference } => Said::Reference(reference.into()),
            ReferenceOr::Item(schema) => Said::Schema(schema.borrow()),
        };
        Self { said, origin }
    }

    /// A reference to a place, as a person would write it there.
    pub fn reference_to(origin: &Origin) -> Self {
        let reference = format!("#{}", origin.pointer().replace('%', "%25"));
        Self { said: Said::Reference(reference.into()), origin: origin.clone() }
    }

    /// The items of a list of schemas; `origin` is that of the list.
    pub fn list(schemas: &'a [ReferenceOr<Schema>], origin: &Origin) -> Vec<Self> {
        let schemas = schemas.iter().enumerate();
        schemas.map(|(index, schema)| Self::new(schema, origin.child(index.to_string()))).collect()
    }
}

/// A schema behind all references, and where it stands.
#[derive(Clone)]
pub(super) struct Target<'a> {
    pub schema: &'a Schema,
    pub origin: Origin,
}

impl<'a> Lowering<'a> {
    /// The schema at a place of the document; `None` after reporting that there is none.
    pub fn node_at(&mut self, origin: &Origin) -> Option<Node<'a>> {
        if let Some(known) = self.component_at(origin) {
            return Some(Node::new(known, origin.clone()));
        }
        match self.typed(self.document.at(origin.pointer())?, origin) {
            Ok(schema) => Some(Node::new::<Schema>(schema, origin.clone())),
            Err(error) => {
                let message = format!("this is not a schema: {error}");
                self.push(Diagnostic::error(Rule::InvalidValue, origin, message));
                None
            }
        }
    }

    fn component_at(&self, origin: &Origin) -> Option<&'a ReferenceOr<Schema>> {
        let name = origin.pointer().strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))?;
        self.document.openapi.components.as_ref()?.schemas.get(&*pointer::unescape(name))
    }

    /// The schema that a node stands for; `None` after reporting that there is none.
    pub fn schema_of(&mut self, node: &Node<'a>) -> Option<Target<'a>> {
        match &node.said {
            Said::Schema(schema) => Some(Target { schema, origin: node.origin.clone() }),
            Said::Reference(reference) => {
                let (_, origin) = self.follow(reference, &node.origin)?;
                match self.node_at(&origin)?.said {
                    Said::Schema(schema) => Some(Target { schema, origin }),
                    Said::Reference(_) => None,
                }
            }
        }
    }
}
