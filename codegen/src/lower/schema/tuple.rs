//! `prefixItems`: lists whose first items have schemas of their own.

use super::Schemas;
use super::merge::Merged;
use super::types::Place;
use crate::api::{Tuple, Type};

impl<'a> Schemas<'_, 'a> {
    /// The type of such a list. More first items than tuples have are not told apart.
    pub fn tuple(&mut self, merged: &Merged<'a>, place: &Place<'a>) -> Type {
        let counts = merged.counts;
        let count = counts.most.unwrap_or(usize::MAX).min(merged.prefix_items.len());
        let is_open = !counts.is_closed && counts.most.is_none_or(|most| most > count);
        let required = counts.least.min(count);
        if count == 0 || required.max(count - required) > Tuple::MOST {
            return Type::Array(Box::new(Type::Any));
        }
        let at = place.at.child("prefixItems");
        let items = merged.prefix_items.iter().take(count).enumerate();
        let mut parts: Vec<_> =
            items.map(|(index, nodes)| self.nodes(nodes, &at.child(index.to_string())).whole()).collect();
        if is_open {
            parts.push(self.nodes(&merged.items, &place.at.child("items")).whole());
        }
        Type::Tuple(Box::new(Tuple { parts, required, is_open }))
    }
}
