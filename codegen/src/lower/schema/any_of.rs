//! `anyOf` of objects: a value can be all of them at once.

use serde_json::{Map, Value};

use super::Reading;
use super::merge::{Additional, Choice, Merged};
use super::node::{Node, Said};
use crate::api::Origin;
use crate::maps::IndexSet;

/// More members than this, and nobody has them all at once: these are different things, whatever is said.
const MEMBERS: usize = 32;

/// What a schema says to its reader alone.
const REMARKS: [&str; 5] = ["title", "description", "example", "externalDocs", "deprecated"];

impl Choice<'_> {
    /// Whether a value can be several of the variants at once.
    pub fn is_any_of(&self) -> bool {
        self.origin.pointer().ends_with("/anyOf") && self.discriminator.is_none()
    }
}

impl<'a> Reading<'_, 'a> {
    /// One object with the members of several, which are there where a value is more than one of them.
    ///
    /// `None` if a value is better told as one of them: where one requires a member that another does not have,
    /// where they say different things about a member, where there may be no members of others, and where
    /// there are many.
    pub fn together(&mut self, objects: &[&Merged<'a>], choice: &Origin) -> Option<Merged<'a>> {
        let (first, others) = objects.split_first().filter(|(_, others)| !others.is_empty())?;
        if !objects.iter().all(|object| is_plain(object)) || are_told_by_required(objects) {
            return None;
        }
        let mut joined = (*first).clone();
        joined.any_of = Some(choice.clone());
        for object in others {
            for (name, nodes) in &object.properties {
                match joined.properties.get(name) {
                    None => _ = joined.properties.insert(name, nodes.clone()),
                    Some(known) if self.are_same(known, nodes) => {}
                    Some(_) => return None,
                }
            }
            joined.required.retain(|name, _| object.required.contains_key(name));
            joined.typ = joined.typ.or(object.typ);
            if let Additional::Any(_) = object.additional {
                joined.additional = object.additional.clone();
            }
            object.parts.iter().for_each(|part| _ = joined.parts.insert(part.clone()));
        }
        (joined.properties.len() <= MEMBERS).then_some(joined)
    }

    /// Whether two members are said to be the same.
    fn are_same(&self, one: &[Node<'a>], other: &[Node<'a>]) -> bool {
        let said = |node: &Node<'a>| match &node.said {
            Said::Reference(reference) => Some(Value::String(reference.clone().into_owned())),
            Said::Schema(_) => self.ground.document.at(node.origin.pointer()).map(without_remarks),
        };
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| said(one) == said(other))
    }
}

fn without_remarks(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !REMARKS.contains(&name.as_str()));
            Value::Object(members.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// Whether these are objects with members, to which others can be added.
fn is_plain(object: &Merged<'_>) -> bool {
    !object.properties.is_empty()
        && object.is_object()
        && object.discriminator.is_none()
        && object.choices.is_empty()
        && object.contradiction.is_none()
        && matches!(object.additional, Additional::Unsaid | Additional::Any(_))
}

/// Whether one requires a member that another does not have.
fn are_told_by_required(objects: &[&Merged<'_>]) -> bool {
    let is_described = |object: &Merged<'_>, name: &&str| object.properties.contains_key(*name);
    let required: IndexSet<&str> = objects
        .iter()
        .flat_map(|object| object.required.keys().copied().filter(|name| is_described(object, name)))
        .collect();
    !objects.iter().all(|object| {
        required.len() <= object.properties.len() && required.iter().all(|name| is_described(object, name))
    })
}
