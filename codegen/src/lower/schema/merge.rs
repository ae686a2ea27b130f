//! `allOf`: one schema from several that a value must all keep to.

use serde_json::Value;

use super::Reading;
use super::node::{Node, Said, Target};
use super::parts::Parts;
use crate::api::{Origin, Tuple};
use crate::description::{self, At, Discriminator, Inner, Items, Keywords};
use crate::diagnostics::Diagnostic;
use crate::lower::media_type::is_json;
use crate::maps::{HashSet, IndexMap};
use crate::rule::Rule;

/// What one or several schemas say together.
#[derive(Clone, Default)]
pub(in crate::lower) struct Merged<'a> {
    /// The schemas themselves, the one that the others belong to first.
    pub parts: Parts<'a>,
    /// Those that only some values keep to.
    pub conditional: Parts<'a>,
    pub typ: Option<&'a str>,
    pub format: Option<&'a str>,
    pub enumeration: Option<Enumeration<'a>>,
    /// What the JSON is that texts are.
    pub json: Option<Node<'a>>,
    /// What each member must be, all at once.
    pub properties: IndexMap<&'a str, Vec<Node<'a>>>,
    /// What must be there: where that is listed, and as which item.
    pub required: IndexMap<&'a str, (Origin, usize)>,
    pub additional: Additional<'a>,
    /// The first items, each by itself.
    pub prefix_items: Vec<Vec<Node<'a>>>,
    /// All items behind these.
    pub items: Vec<Node<'a>>,
    pub counts: Counts,
    /// What a value may be, from each of these one.
    pub choices: Vec<Choice<'a>>,
    /// The choice of which these are all variants at once, as many of them as there are members of.
    pub any_of: Option<Origin>,
    /// Said by the first of the parts.
    pub discriminator: Option<Discriminator<'a>>,
    /// Why no value can be all that is said.
    pub contradiction: Option<Diagnostic>,
}

/// So many first items are looked at: one more than can have types of their own.
const FIRST_ITEMS: usize = 2 * Tuple::MOST + 1;

/// How many items there are.
#[derive(Clone, Copy, Default)]
pub(in crate::lower) struct Counts {
    pub least: usize,
    pub most: Option<usize>,
    /// Whether there are none behind the first ones, whichever part of the schema has these.
    pub is_closed: bool,
}

/// The values of an `enum`.
#[derive(Clone)]
pub(in crate::lower) struct Enumeration<'a> {
    pub values: Vec<ListedValue<'a>>,
    /// The schema that lists them, if it is a single one.
    pub of: Option<Target<'a>>,
    /// Whether it is said that there are others.
    pub is_open: bool,
}

/// A value of an `enum`.
#[derive(Clone)]
pub(in crate::lower) struct ListedValue<'a> {
    pub value: Value,
    pub origin: Origin,
    /// The schema that lists it alone, where others list others: what that says is said of the value.
    pub of: Option<Target<'a>>,
}

/// What members may be there that are not among the properties.
#[derive(Clone, Default)]
pub(in crate::lower) enum Additional<'a> {
    #[default]
    Unsaid,
    None,
    Any(Origin),
    Schemas(Vec<Node<'a>>),
}

/// A `oneOf` or `anyOf` of several schemas.
#[derive(Clone)]
pub(in crate::lower) struct Choice<'a> {
    pub variants: Vec<Node<'a>>,
    pub discriminator: Option<Discriminator<'a>>,
    pub origin: Origin,
}

/// What is still to be joined.
enum Step<'a> {
    Schema(Node<'a>),
    /// What only some values keep to.
    Conditional(Node<'a>),
    /// The `oneOf` or `anyOf` of a schema.
    Choice {
        list: Vec<Inner<'a>>,
        target: Target<'a>,
        keyword: &'static str,
    },
}

impl<'a> Reading<'_, 'a> {
    /// What the schemas say together, each with all that its `allOf` joins to it.
    pub fn merge(&mut self, nodes: &[Node<'a>]) -> Merged<'a> {
        let mut merged = Merged::default();
        for node in nodes {
            self.join(node, &mut merged);
        }
        merged
    }

    /// Adds what a schema says, and all that its `allOf` joins to it: depth first, without recursion,
    /// since parents have parents without end.
    pub fn join(&mut self, node: &Node<'a>, merged: &mut Merged<'a>) {
        let mut steps = vec![Step::Schema(node.clone())];
        while let Some(step) = steps.pop() {
            match step {
                Step::Schema(node) => self.join_schema(&node, merged, &mut steps),
                Step::Conditional(node) => self.join_conditional(&node, merged, &mut steps),
                Step::Choice { list, target, keyword } => {
                    steps.extend(self.join_choice(&list, &target, keyword, merged))
                }
            }
        }
    }

    /// Adds what a schema says itself, and puts on top of `steps` what it joins to that.
    fn join_schema(&mut self, node: &Node<'a>, merged: &mut Merged<'a>, steps: &mut Vec<Step<'a>>) {
        let Some(target) = self.schema_of(node) else { return };
        // What is there already adds nothing, so that this ends for schemas that are part of themselves.
        if !merged.parts.insert(target.clone()) || !self.ground.step(&target.origin) {
            return;
        }
        let keywords = target.schema.keywords();
        merged.join_type(&keywords, &target.origin);
        merged.join_values(&keywords, &target);
        merged.join_members(&keywords, &target.origin);
        merged.join_items(&keywords, &target.origin);
        if merged.parts.len() == 1 {
            merged.discriminator = target.schema.discriminator();
        }
        // They are the last, as they add what nothing else says.
        steps.splice(0..0, Node::list(&keywords.conditional, &target.origin).into_iter().rev().map(Step::Conditional));
        for (keyword, list) in keywords.choices().into_iter().filter(|(_, list)| !list.is_empty()) {
            steps.push(Step::Choice { list: list.clone(), target: target.clone(), keyword });
        }
        let parts = Node::list(&keywords.all_of, &target.origin);
        steps.extend(parts.into_iter().rev().map(Step::Schema));
    }

    /// Adds the members that only some values have. Of what these must be then, the server knows more.
    fn join_conditional(&mut self, node: &Node<'a>, merged: &mut Merged<'a>, steps: &mut Vec<Step<'a>>) {
        let Some(target) = self.schema_of(node) else { return };
        if merged.parts.has(&target) || !merged.conditional.insert(target.clone()) || !self.ground.step(&target.origin)
        {
            return;
        }
        let keywords = target.schema.keywords();
        let at = target.origin.child("properties");
        for (name, property) in keywords.properties {
            let known = merged.properties.entry(name).or_default();
            match known.as_slice() {
                [] => known.push(Node::new(property, at.child(name))),
                // Of two conditions, each says something else.
                [only] if only.is_of(&merged.conditional) => *known = vec![Node::anything(&only.origin)],
                _ => {}
            }
        }
        steps.extend(Node::list(&keywords.all_of, &target.origin).into_iter().rev().map(Step::Conditional));
        steps.extend(Node::list(&keywords.conditional, &target.origin).into_iter().rev().map(Step::Conditional));
    }

    /// Adds a choice. A choice among one is none: that one is what is to be joined. `null` among others is
    /// not a type of its own.
    fn join_choice(
        &mut self,
        list: &[Inner<'a>],
        target: &Target<'a>,
        keyword: &str,
        merged: &mut Merged<'a>,
    ) -> Option<Step<'a>> {
        let origin = target.origin.child(keyword);
        let mut variants = Node::list(list, &target.origin);
        if variants.len() > 1 {
            let others: Vec<_> = variants.iter().filter(|variant| !self.is_null(variant)).cloned().collect();
            match others.is_empty() {
                true => variants.truncate(1),
                false => variants = others,
            }
        }
        // A child names its parent, which lists its children: the parent's list is not about the child.
        let leads_back = variants.iter().any(|variant| self.schema_of(variant).is_some_and(|at| merged.parts.has(&at)));
        let discriminator = target.schema.discriminator();
        match variants.as_slice() {
            [] => {}
            _ if leads_back => {}
            // Another value of the discriminator is not that one.
            [only] if discriminator.is_none() || !matches!(only.said, Said::Reference(_)) => {
                return Some(Step::Schema(only.clone()));
            }
            _ => {
                merged.choices.push(Choice { variants, discriminator, origin });
            }
        }
        None
    }

    /// Whether a schema takes `null` and nothing else.
    pub fn is_null(&mut self, node: &Node<'a>) -> bool {
        let Some(target) = self.schema_of(node) else { return false };
        let keywords = target.schema.keywords();
        !keywords.enumeration.is_empty() && keywords.values().all(Value::is_null)
    }
}

impl<'a> Enumeration<'a> {
    /// What a schema lists itself.
    fn of(keywords: &Keywords<'a>, target: &Target<'a>) -> Self {
        let values = keywords.enumeration.iter().map(|(value, at)| ListedValue {
            value: value.clone(),
            origin: at.of(&target.origin),
            of: None,
        });
        Self { values: values.collect(), of: Some(target.clone()), is_open: false }
    }
}

impl<'a> Merged<'a> {
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
        // An encoding is one of the formats that texts of bytes have.
        self.format = self.format.or(keywords.format).or(keywords.content_encoding);
        let is_json = keywords.content_encoding.is_none() && keywords.content_media_type.is_some_and(is_json);
        if let Some(json) = keywords.content_schema.filter(|_| is_json) {
            self.json.get_or_insert_with(|| Node::within(&json, origin));
        }
    }

    /// Of two lists, the values in both; if there are none, those of the first.
    fn join_values(&mut self, keywords: &Keywords<'a>, target: &Target<'a>) {
        if keywords.enumeration.is_empty() {
            return;
        }
        let Some(known) = &mut self.enumeration else {
            self.enumeration = Some(Enumeration::of(keywords, target));
            return;
        };
        let listed: HashSet<_> = keywords.values().collect();
        let both = known.values.iter().filter(|one| listed.contains(&one.value)).count();
        if both == listed.len() && both < known.values.len() {
            *known = Enumeration::of(keywords, target);
        } else if both > 0 {
            known.values.retain(|one| listed.contains(&one.value));
            known.of = None;
        }
    }

    fn join_members(&mut self, keywords: &Keywords<'a>, origin: &Origin) {
        if !keywords.properties.is_empty() {
            let at = origin.child("properties");
            for (name, property) in &keywords.properties {
                self.properties.entry(*name).or_default().push(Node::new(*property, at.child(name)));
            }
        }
        if !keywords.required.is_empty() {
            let at = origin.child("required");
            for (index, name) in keywords.required.iter().enumerate() {
                self.required.entry(name).or_insert_with(|| (at.clone(), index));
            }
        }
        let Some((additional, at)) = keywords.additional else { return };
        let at = at.of(origin);
        match (additional, &mut self.additional) {
            (description::Additional::Schema(schema), Additional::Schemas(nodes)) => {
                nodes.push(Node::new(schema, at));
            }
            (description::Additional::Schema(schema), additional) => {
                *additional = Additional::Schemas(vec![Node::new(schema, at)]);
            }
            (description::Additional::Any(true), additional @ (Additional::Unsaid | Additional::None)) => {
                *additional = Additional::Any(at);
            }
            (description::Additional::Any(false), additional @ Additional::Unsaid) => *additional = Additional::None,
            (description::Additional::Any(_), _) => {}
        }
    }

    /// What is said of the items behind the first ones goes for first ones of another schema.
    fn join_items(&mut self, keywords: &Keywords<'a>, origin: &Origin) {
        let (rest, at) = match keywords.items {
            Some((Items::Schema(items), at)) => (Some(Node::new(items, at.of(origin))), Some(at)),
            Some((Items::None, at)) => (None, Some(at)),
            None => (None, None),
        };
        let count = keywords.prefix_items.len();
        let others = self.items.clone();
        self.prefix_items.extend((self.prefix_items.len()..count.min(FIRST_ITEMS)).map(|_| others.clone()));
        for (index, items) in self.prefix_items.iter_mut().enumerate() {
            let own = keywords.prefix_items.get(index).map(|inner| Node::within(inner, origin));
            items.extend(own.or_else(|| rest.clone()));
        }
        let (least, most) = keywords.limits.items;
        self.counts.least = self.counts.least.max(least.unwrap_or_default());
        let is_none = matches!(keywords.items, Some((Items::None, _)));
        let is_unevaluated = matches!(at, Some(At::Keyword("unevaluatedItems")));
        self.counts.is_closed |= is_none && is_unevaluated;
        let closed = Some(count).filter(|_| is_none && !is_unevaluated);
        self.counts.most = [self.counts.most, most, closed].into_iter().flatten().min();
        self.items.extend(rest);
    }

    /// The members that tell which of several schemas a value is of.
    pub fn tellers(&self) -> Vec<&'a str> {
        let tags = self.parts.iter().filter_map(|part| part.schema.discriminator());
        tags.map(|tag| tag.property_name).collect()
    }

    /// Whether it is a single schema, which neither has members nor is a choice.
    pub fn is_simple(&self) -> bool {
        self.parts.len() == 1 && self.properties.is_empty() && self.choices.is_empty() && self.discriminator.is_none()
    }

    /// Whether a type is given for a part of it.
    pub fn is_replaced(&self) -> bool {
        let is_given = |value: &Value| !value.is_object();
        self.parts.iter().any(|part| part.schema.extensions().get("x-rust-type").is_some_and(is_given))
    }

    /// Whether it says what items are.
    pub fn has_items(&self) -> bool {
        !self.items.is_empty() || !self.prefix_items.is_empty()
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
            && !self.has_items()
            && self.choices.is_empty()
    }
}
