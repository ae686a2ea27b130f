//! Schemas that stand for their children: a `discriminator` without a list of alternatives.

use std::rc::Rc;

use super::Reading;
use super::node::{Node, Said};
use super::types::component;
use crate::api::Origin;
use crate::description::Child;
use crate::maps::{HashMap, IndexMap};

/// The components that name each component in their `allOf`, by its place.
pub(in crate::lower) type Children = HashMap<String, Vec<Origin>>;

impl<'a> Reading<'_, 'a> {
    /// All components that are made of the one at a place, directly or not, in the order of the document.
    pub fn descendants(&mut self, origin: &Origin) -> Vec<Node<'a>> {
        let children = match &self.children {
            Some(known) => Rc::clone(known),
            None => {
                let children = Rc::new(self.all_children());
                Rc::clone(self.children.insert(children))
            }
        };
        let mut found: IndexMap<&str, &Origin> = IndexMap::default();
        let mut next = vec![origin];
        while let Some(parent) = next.pop() {
            for child in children.get(parent.pointer()).into_iter().flatten() {
                let is_new = child.pointer() != origin.pointer() && !found.contains_key(child.pointer());
                if is_new {
                    found.insert(child.pointer(), child);
                    next.push(child);
                }
            }
        }
        found.into_values().map(Node::reference_to).collect()
    }

    /// Whether a schema whose `allOf` names another one is a variant of that: it is not the same then, even if it
    /// adds nothing.
    pub fn is_child(&mut self, schema: &Origin, parent: &Node<'a>) -> bool {
        let Some(parent) = self.schema_of(parent).filter(|_| component(schema).is_some()) else { return false };
        let keywords = parent.schema.keywords();
        let lists = [&keywords.one_of, &keywords.any_of];
        let listed: Vec<_> = lists.into_iter().flat_map(|list| Node::list(list, &parent.origin)).collect();
        let says_more = !keywords.properties.is_empty() || keywords.typ.is_some() || !keywords.all_of.is_empty();
        let is_it = |node: &Node<'a>| self.schema_of(node).is_some_and(|it| it.origin.pointer() == schema.pointer());
        match parent.schema.discriminator() {
            Some(_) if listed.is_empty() => true,
            // Of a parent that says nothing else, it would be anything.
            _ => says_more && listed.iter().any(is_it),
        }
    }

    fn all_children(&self) -> Children {
        let mut children = Children::default();
        let document = self.ground.document;
        let origin = Origin::new("").child("components").child("schemas");
        for name in document.components("schemas").keys() {
            let Some(Ok(Child::Schema(schema))) = document.schema(&origin.child(name)) else { continue };
            let keywords = schema.keywords();
            let at = origin.child(name);
            for part in Node::list(&keywords.all_of, &at) {
                let Said::Reference(reference) = &part.said else { continue };
                if let Ok((_, parent)) = self.ground.find(reference, &part.origin) {
                    children.entry(parent.pointer().to_owned()).or_default().push(at.clone());
                }
            }
        }
        children
    }
}
