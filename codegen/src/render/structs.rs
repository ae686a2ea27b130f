//! How the values of structs are read and written: text, as it makes up most of the code of a client.

use proc_macro2::Literal;

use super::Code;
use super::scope::Scope;
use crate::api::{Presence, Struct};

/// The table of a struct's members, which says how it is read, written and, if that is not derived, shown.
pub(super) fn implementation(name: &str, shape: &Struct, scope: &mut Scope<'_>) -> Code {
    scope.runtime("object");
    scope.import("crate", "types");
    let mut text = format!("object! {{\n    types::{name} {{\n");
    for field in &shape.fields {
        let wire = Literal::string(&field.name.wire).to_string();
        text.extend(["        ", &field.name.rust, ": ", presence(field.presence), " ", &wire, ",\n"]);
    }
    if let Some(rest) = &shape.rest {
        text.extend(["        *", &rest.name.rust, ",\n"]);
    }
    if let Some(undeclared) = &shape.undeclared {
        text.extend(["        ..", &undeclared.name.rust, "\n"]);
    }
    Code::Text(text + "    }\n}\n")
}

fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "nullable",
        Presence::OptionalNullable => "maybe",
    }
}
