//! Members that are required and not described.

use super::Schemas;
use super::merge::Merged;
use crate::api::{Field, Name, Origin, Presence, Rest, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::texts::Doc;

impl<'a> Schemas<'_, 'a> {
    /// Fields for them, so that they can be sent.
    pub fn undescribed(&mut self, merged: &Merged<'a>, rest: Option<&Rest>) -> Vec<Field> {
        let (tellers, mut fields) = (merged.tellers(), Vec::new());
        let undescribed = merged.required.iter().filter(|(name, _)| !merged.properties.contains_key(*name));
        for (name, (list, index)) in undescribed {
            let origin = &list.child(index.to_string());
            let message = format!("`{name}` is required, but it is not among the properties; it can be any value");
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
            self.ground.push(diagnostic.help("describe it under `properties`, or take it out of `required`"));
            fields.push(match tellers.contains(name) {
                true => tag(name, origin),
                false => member(name, rest, origin),
            });
        }
        fields
    }
}

/// A member as others are that are not described. It may be absent: most of these are mistakes, and never in
/// an answer, which is not refused for that.
fn member(name: &str, rest: Option<&Rest>, origin: &Origin) -> Field {
    let (ty, nullable) = match rest.map(|rest| &rest.ty) {
        Some(Type::Nullable(inner)) => ((**inner).clone(), true),
        Some(ty) => (ty.clone(), *ty == Type::Any),
        None => (Type::Any, true),
    };
    let doc = Doc::of([Some("Required, and not described any further.")]);
    let presence = Presence::new(false, nullable);
    Field {
        name: Name::new(name, None),
        ty,
        presence,
        constant: None,
        only: None,
        setter: None,
        doc,
        origin: origin.clone(),
    }
}

/// The text that tells the children of a schema apart.
fn tag(name: &str, origin: &Origin) -> Field {
    let doc = Doc::of([Some("Tells what this is.")]);
    let presence = Presence::Required;
    Field {
        name: Name::new(name, None),
        ty: Type::String,
        presence,
        constant: None,
        only: None,
        setter: None,
        doc,
        origin: origin.clone(),
    }
}
