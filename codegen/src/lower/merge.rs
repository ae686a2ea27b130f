//! `allOf`: one schema from several that a value must all keep to.

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Discriminator};
use serde_json::Value;

use super::Lowering;
use super::keywords::Keywords;
use super::node::{Node, Target};
use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// What one or several schemas say together.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    /// The schemas themselves, the one that the others belong to first.
    pub parts: Vec<Target<'a>>,
    pub typ: Option<&'a str>,
    pub format: Option<&'a str>,
    pub enumeration: Option<Enumeration<'a>>,
    /// What each member must be, all at once.
    pub properties: IndexMap<&'a str, Vec<Node<'a>>>,
    pub required: IndexMap<&'a str, Origin>,
    pub additional: Additional<'a>,
    pub items: Vec<Node<'a>>,
    /// What a value may be, from each of these one.
    pub choices: Vec<Choice<'a>>,
    /// Said by the first of the parts.
    pub discriminator: Option<&'a Discriminator>,
    /// Why no value can be all that is said.
    pub contradiction: Option<Diagnostic>,
}

/// The values of an `enum`.
#[derive(Clone)]
pub(super) struct Enumeration<'a> {
    pub values: Vec<(Value, Origin)>,
    /// The schema that lists them, if it is a single one.
    pub of: Option<Target<'a>>,
}

/// What members may be there that are not among the properties.
#[derive(Clone, Default)]
pub(super) enum Additional<'a> {
    #[default]
    Unsaid,
    None,
    Any(Origin),
    Schemas(Vec<Node<'a>>),
}

/// A `oneOf` or `anyOf` of several schemas.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub variants: Vec<Node<'a>>,
    pub discriminator: Option<&'a Discriminator>,
    pub origin: Origin,
}

impl<'a> Lowering<'a> {
    /// What the schemas say together, each with all that its `allOf` joins to it.
    pub fn merge(&mut self, nodes: &[Node<'a>]) -> Merged<'a> {
        let mut merged = Merged::default();
        for node in nodes {
            self.join(node, &mut merged);
        }
        merged
    }

    /// Adds what a schema says.
    pub fn join(&mut self, node: &Node<'a>, merged: &mut Merged<'a>) {
        let Some(target) = self.schema_of(node) else { return };
        // What is there already adds nothing, so that this ends for schemas that are part of themselves.
        if merged.has(&target) {
            return;
        }
        merged.parts.push(target.clone());
        let keywords = Keywords::of(target.schema);
        merged.join_type(&keywords, &target.origin);
        merged.join_values(&keywords, &target);
        merged.join_members(&keywords, &target.origin);
        if let Some(items) = keywords.items {
            merged.items.push(Node::new(items, target.origin.child("items")));
        }
        if merged.parts.len() == 1 {
            merged.discriminator = target.schema.schema_data.discriminator.as_ref();
        }
        for part in Node::list(keywords.all_of, &target.origin.child("allOf")) {
            self.join(&part, merged);
        }
        for (keyword, list) in [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)] {
            let origin = target.origin.child(keyword);
            self.join_choice(Node::list(list, &origin), &target, origin, merged);
        }
    }

    /// A choice among one is none. `null` among others is not a type of its own.
    fn join_choice(&mut self, variants: Vec<Node<'a>>, target: &Target<'a>, origin: Origin, merged: &mut Merged<'a>) {
        let several = variants.len() > 1;
        let variants: Vec<_> = variants.into_iter().filter(|variant| !(several && self.is_null(variant))).collect();
        // A child names its parent, which lists its children: the parent's list is not about the child.
        let leads_back = variants.iter().any(|variant| self.schema_of(variant).is_some_and(|at| merged.has(&at)));
        match variants.as_slice() {
            [] => {}
            _ if leads_back => {}
            [only] => self.join(only, merged),
            _ => {
                let discriminator = target.schema.schema_data.discriminator.as_ref();
                merged.choices.push(Choice { variants, discriminator, origin });
            }
        }
    }

    /// Whether a schema takes `null` and nothing else.
    pub fn is_null(&mut self, node: &Node<'a>) -> bool {
        let Some(target) = self.schema_of(node) else { return false };
        let keywords = Keywords::of(target.schema);
        !keywords.enumeration.is_empty() && keywords.enumeration.iter().all(Value::is_null)
    }
}

impl<'a> Merged<'a> {
    /// Whether a schema is one of the parts.
    pub fn has(&self, target: &Target<'a>) -> bool {
        self.parts.iter().any(|part| part.origin.pointer() == target.origin.pointer())
    }

    /// Of two types, the narrower one; where there is none, no value can be both.
    fn join_type(&mut self, keywords: &Keywords<'a>, origin: &Origin) {
        match (self.typ, keywords.typ) {
            (Some("number"), Some("integer")) | (None, _) => self.typ = keywords.typ.or(self.typ),
            (Some("integer"), Some("number")) | (_, None) => {}
            (Some(known), Some(typ)) if known == typ => {}
            (Some(known), Some(typ)) => {
                let message = format!("this is a value of type `{typ}`, and by another part of type `{known}`");
                let diagnostic = Diagnostic::warning(Rule::Contradiction, &origin.child("type"), message);
                self.contradiction = Some(diagnostic.help("no value is both; any JSON value is taken for it"));
            }
        }
        self.format = self.format.or(keywords.format);
    }

    /// Of two lists, the values in both; if there are none, those of the first.
    fn join_values(&mut self, keywords: &Keywords<'a>, target: &Target<'a>) {
        if keywords.enumeration.is_empty() {
            return;
        }
        match &mut self.enumeration {
            None => {
                let at = target.origin.child("enum");
                let values = keywords.enumeration.iter().cloned().enumerate();
                let values = values.map(|(index, value)| (value, at.child(index.to_string()))).collect();
                self.enumeration = Some(Enumeration { values, of: Some(target.clone()) });
            }
            Some(known) if known.values.iter().any(|(value, _)| keywords.enumeration.contains(value)) => {
                known.values.retain(|(value, _)| keywords.enumeration.contains(value));
                known.of = None;
            }
            Some(_) => {}
        }
    }

    fn join_members(&mut self, keywords: &Keywords<'a>, origin: &Origin) {
        let at = origin.child("properties");
        for (name, property) in keywords.properties.into_iter().flatten() {
            self.properties.entry(name).or_default().push(Node::new(property, at.child(name)));
        }
        for (index, name) in keywords.required.iter().enumerate() {
            self.required.entry(name).or_insert_with(|| origin.child("required").child(index.to_string()));
        }
        let at = origin.child("additionalProperties");
        match (keywords.additional_properties, &mut self.additional) {
            (Some(AdditionalProperties::Schema(schema)), Additional::Schemas(nodes)) => {
                nodes.push(Node::new(schema, at));
            }
            (Some(AdditionalProperties::Schema(schema)), additional) => {
                *additional = Additional::Schemas(vec![Node::new(schema, at)]);
            }
            (Some(AdditionalProperties::Any(true)), additional @ (Additional::Unsaid | Additional::None)) => {
                *additional = Additional::Any(at);
            }
            (Some(AdditionalProperties::Any(false)), additional @ Additional::Unsaid) => *additional = Additional::None,
            (Some(AdditionalProperties::Any(_)) | None, _) => {}
        }
    }

    /// Whether it says that values are objects with members.
    pub fn is_object(&self) -> bool {
        self.typ == Some("object")
            || (self.typ.is_none()
                && (!self.properties.is_empty()
                    || !self.required.is_empty()
                    || !matches!(self.additional, Additional::Unsaid)))
    }

    /// Whether it says nothing of what values look like.
    pub fn is_vague(&self) -> bool {
        self.typ.is_none()
            && self.enumeration.is_none()
            && self.properties.is_empty()
            && matches!(self.additional, Additional::Unsaid)
            && self.items.is_empty()
            && self.choices.is_empty()
    }
}
