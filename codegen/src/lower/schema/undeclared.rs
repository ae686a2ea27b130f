//! Whether the members of an object that the description does not have are kept.

use super::Schemas;
use super::node::Node;
use super::types::Place;
use crate::api::{Name, Origin, Shape, Type, Undeclared};
use crate::description::Schema;

pub(super) const EXTENSION: &str = "x-rust-undeclared";

impl<'a> Schemas<'_, 'a> {
    /// What holds them in a struct, unless they are let go: by the schema, or by the whole description.
    pub fn kept(&self, place: &Place<'a>) -> Option<Box<Undeclared>> {
        let own = place.of.schema.extensions().get(EXTENSION);
        let value = own.or_else(|| self.ground.document.about().extensions.get(EXTENSION));
        let is_kept = value.is_none_or(|value| value.as_bool() != Some(false));
        is_kept.then(|| Box::new(Undeclared { name: Name::new("undeclared", None), origin: place.of.origin.clone() }))
    }

    /// Refuses what the extension cannot say of a schema that this type was made for.
    pub fn check_undeclared(&mut self, schema: Schema<'_>, node: &Node<'a>, place: &Origin, ty: &Type) {
        let Some(value) = schema.extensions().get(EXTENSION) else { return };
        let at = node.origin.child(EXTENSION);
        let is_own = |ty: &Type| matches!(ty, Type::Named(id) if *id.0 == *place.pointer());
        let shape = ty.named().and_then(|id| self.types.get(id)).map(|definition| &definition.shape);
        if value.as_bool().is_none() {
            self.ground.invalid(&at, "`x-rust-undeclared` must be `true` or `false`");
        } else if !is_own(ty) || !matches!(shape, None | Some(Shape::Struct(_) | Shape::Union(_))) {
            self.ground
                .invalid(&at, "`x-rust-undeclared` is about a struct that is made for the schema, and there is none");
        }
    }

    /// The same for what is said of all schemas.
    pub fn check_undeclared_of_all(&mut self) {
        let value = self.ground.document.about().extensions.get(EXTENSION);
        if value.is_some_and(|value| value.as_bool().is_none()) {
            let at = Origin::new("").child(EXTENSION);
            self.ground.invalid(&at, "`x-rust-undeclared` must be `true` or `false`");
        }
    }
}
