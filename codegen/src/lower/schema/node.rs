//! Schemas at their places, and what references lead to.

use std::borrow::Cow;

use serde_json::Value;

use super::Reading;
use super::parts::Parts;
use crate::api::Origin;
use crate::description::{Child, Inner, Schema};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// A schema, or a reference to one, and where it stands.
#[derive(Clone)]
pub(in crate::lower) struct Node<'a> {
    pub said: Said<'a>,
    pub origin: Origin,
}

#[derive(Clone)]
pub(in crate::lower) enum Said<'a> {
    Reference(Cow<'a, str>),
    Schema(Schema<'a>),
}

impl<'a> Node<'a> {
    pub fn new(schema: Child<'a>, origin: Origin) -> Self {
        let said = match schema {
            Child::Reference(reference) => Said::Reference(reference.into()),
            Child::Schema(schema) => Said::Schema(schema),
        };
        Self { said, origin }
    }

    /// A reference to a place, as a person would write it there.
    pub fn reference_to(origin: &Origin) -> Self {
        let reference = format!("#{}", origin.pointer().replace('%', "%25"));
        Self { said: Said::Reference(reference.into()), origin: origin.clone() }
    }

    /// A schema that takes anything, in the place of another one.
    pub fn anything(origin: &Origin) -> Self {
        Self { said: Said::Schema(Schema::anything()), origin: origin.clone() }
    }

    /// Whether it is a member of one of some schemas.
    pub fn is_of(&self, schemas: &Parts<'_>) -> bool {
        let at = self.origin.pointer().rsplitn(3, '/').nth(2).unwrap_or_default();
        schemas.iter().any(|schema| schema.origin.pointer() == at)
    }

    /// A schema within the one at a place.
    pub fn within(inner: &Inner<'a>, origin: &Origin) -> Self {
        Self::new(inner.child, inner.at.of(origin))
    }

    /// Several of these.
    pub fn list(schemas: &[Inner<'a>], origin: &Origin) -> Vec<Self> {
        schemas.iter().map(|inner| Self::within(inner, origin)).collect()
    }
}

/// A schema behind all references, and where it stands.
#[derive(Clone)]
pub(in crate::lower) struct Target<'a> {
    pub schema: Schema<'a>,
    pub origin: Origin,
}

impl<'a> Reading<'_, 'a> {
    /// The schema at a place of the document; `None` after reporting that there is none.
    pub fn node_at(&mut self, origin: &Origin) -> Option<Node<'a>> {
        self.node_of(self.ground.document.at(origin.pointer())?, origin)
    }

    /// The same of the value at a place.
    pub fn node_of(&self, value: &'a Value, origin: &Origin) -> Option<Node<'a>> {
        match self.ground.document.schema_of(value, origin) {
            Ok(schema) => Some(Node::new(schema, origin.clone())),
            Err(error) => {
                let message = format!("this is not a schema: {error}");
                self.ground.push(Diagnostic::error(Rule::InvalidValue, origin, message));
                None
            }
        }
    }

    /// The schema that a node stands for; `None` after reporting that there is none.
    pub fn schema_of(&mut self, node: &Node<'a>) -> Option<Target<'a>> {
        match &node.said {
            Said::Schema(schema) => Some(Target { schema: *schema, origin: node.origin.clone() }),
            Said::Reference(reference) => {
                let (value, origin) = self.ground.follow(reference, &node.origin)?;
                match self.node_of(value, &origin)?.said {
                    Said::Schema(schema) => Some(Target { schema, origin }),
                    Said::Reference(_) => None,
                }
            }
        }
    }
}
