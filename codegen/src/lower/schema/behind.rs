//! What stands behind a place of the document: through references, and through lists of one schema.

use std::borrow::Cow;

use serde_json::Value;

use super::Reading;
use super::node::{Node, Said};
use crate::api::Origin;
use crate::description::{Child, Keywords, Nullable, Schema};
use crate::maps::HashSet;

/// How many references and nested schemas are looked through. Those of people are a handful.
const NESTED: usize = 64;

impl<'a> Reading<'_, 'a> {
    /// Whether a schema allows `null`: it says so, or what it stands for does.
    pub fn is_nullable(&self, node: &Node<'a>) -> bool {
        self.child(node).is_some_and(|schema| self.says_null(schema, NESTED, &mut HashSet::default()))
    }

    /// The same for the schema at the end of a reference: found out once, as many lead there.
    pub fn allows_null(&self, place: &Origin) -> bool {
        if let Some(known) = self.nullable.borrow().get(place.pointer()) {
            return *known;
        }
        let seen = &mut [place.pointer().to_owned()].into_iter().collect();
        let allows = self.child_at(place).is_some_and(|schema| self.says_null(schema, NESTED, seen));
        self.nullable.borrow_mut().insert(place.shared(), allows);
        allows
    }

    /// Whether a schema says so, through at most `depth` schemas and without those that were looked at, so that it
    /// ends, and soon, for parents and children that refer to each other.
    fn says_null(&self, schema: Child<'a>, depth: usize, seen: &mut HashSet<String>) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let schema = match schema {
            Child::Schema(schema) => schema,
            Child::Reference(reference) => {
                let Ok((value, place)) = self.ground.find(reference, &Origin::new("")) else { return false };
                if let Some(known) = self.nullable.borrow().get(place.pointer()) {
                    return *known;
                }
                let target = self.ground.document.schema_of(value, &place).ok();
                let target = target.filter(|_| seen.insert(place.pointer().to_owned()));
                return target.is_some_and(|target| self.says_null(target, depth, seen));
            }
        };
        let keywords = schema.keywords();
        let lists = [&keywords.all_of, &keywords.one_of, &keywords.any_of];
        match keywords.nullable {
            Nullable::Yes => return true,
            // What is a part as well, and is something else, is not `null`.
            Nullable::AmongTypes if !keywords.all_of.iter().any(|part| self.forbids_null(part.child, depth)) => {
                return true;
            }
            Nullable::AmongTypes | Nullable::Unsaid => {}
        }
        keywords.values().any(Value::is_null)
            || lists.into_iter().flatten().any(|inner| self.says_null(inner.child, depth, seen))
    }

    /// Whether a schema says what its values are, and `null` is none of them.
    fn forbids_null(&self, schema: Child<'a>, depth: usize) -> bool {
        let says_more = |keywords: &Keywords<'a>| keywords.typ.is_some() || !keywords.enumeration.is_empty();
        let Some(behind) = self.behind(schema).map(Schema::keywords) else { return false };
        says_more(&behind) && !self.says_null(schema, depth, &mut HashSet::default())
    }

    /// What a schema stands for: the end of references, and of lists with a single schema. `None` if a reference leads
    /// nowhere.
    pub fn behind(&self, schema: Child<'a>) -> Option<Schema<'a>> {
        let mut last = None;
        let mut next = schema;
        for _ in 0..NESTED {
            let schema = match next {
                Child::Schema(schema) => schema,
                Child::Reference(reference) => {
                    let (value, place) = self.ground.find(reference, &Origin::new("")).ok()?;
                    next = self.ground.document.schema_of(value, &place).ok()?;
                    continue;
                }
            };
            last = Some(schema);
            match sole(schema) {
                Some(sole) => next = sole,
                None => break,
            }
        }
        last
    }

    /// What a node says itself.
    fn child(&self, node: &Node<'a>) -> Option<Child<'a>> {
        match &node.said {
            Said::Schema(schema) => Some(Child::Schema(*schema)),
            Said::Reference(Cow::Borrowed(reference)) => Some(Child::Reference(reference)),
            Said::Reference(Cow::Owned(reference)) => {
                let (value, place) = self.ground.find(reference, &node.origin).ok()?;
                self.ground.document.schema_of(value, &place).ok()
            }
        }
    }

    /// What stands at a place, if it is a schema.
    pub fn child_at(&self, origin: &Origin) -> Option<Child<'a>> {
        self.ground.document.schema(origin)?.ok()
    }

    /// The same of the value there.
    pub fn child_of(&self, value: &'a Value, origin: &Origin) -> Option<Child<'a>> {
        self.ground.document.schema_of(value, origin).ok()
    }

    /// What the target of a bare reference says about itself, which goes for what refers to it.
    pub fn description_behind(&self, node: &Node<'a>) -> Option<&'a str> {
        self.behind(self.child(node)?)?.annotations().description
    }

    /// Whether a schema takes any value there is.
    pub fn is_any(&self, node: &Node<'a>) -> bool {
        self.child(node).is_some_and(|schema| self.takes_anything(schema))
    }

    fn takes_anything(&self, schema: Child<'a>) -> bool {
        let Some(keywords) = self.behind(schema).map(Schema::keywords) else { return false };
        let Keywords { typ, enumeration, properties, required, additional, prefix_items, items, limits, .. } =
            &keywords;
        !keywords.combines()
            && typ.is_none()
            && enumeration.is_empty()
            && properties.is_empty()
            && required.is_empty()
            && additional.is_none()
            && prefix_items.is_empty()
            && items.is_none()
            && !limits.not
    }
}

/// The schema that a list of a schema consists of.
fn sole<'a>(schema: Schema<'a>) -> Option<Child<'a>> {
    if !schema.may_combine() {
        return None;
    }
    let keywords = schema.keywords();
    [&keywords.all_of, &keywords.one_of, &keywords.any_of].into_iter().find_map(|list| match list.as_slice() {
        [only] => Some(only.child),
        _ => None,
    })
}
