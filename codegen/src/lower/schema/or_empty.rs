//! Values beside the empty text, which some services take for none at all: `anyOf: [{ type: object }, { enum: [''] }]`.

use super::Schemas;
use super::types::Place;
use super::union::Alternative;
use crate::api::{JsonKind, Type};

impl<'a> Schemas<'_, 'a> {
    /// The type of values that are of one schema or the empty text, if no value is a text by that schema.
    pub(super) fn or_empty(&mut self, alternatives: &[Alternative<'a>], place: &Place<'a>) -> Option<Type> {
        let [one, other] = alternatives else { return None };
        let value = match (one.is_empty_text(), other.is_empty_text()) {
            (false, true) => one,
            (true, false) => other,
            _ => return None,
        };
        let is_other = value.kinds().all(|kind| kind.is_some_and(|kind| kind != JsonKind::String));
        is_other.then(|| Type::OrEmpty(Box::new(self.alternative(value, place))))
    }
}
