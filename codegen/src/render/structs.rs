//! How the values of structs are read and written: text, as it makes up most of the code of a client.

use proc_macro2::Literal;

use super::Code;
use super::scope::Scope;
use crate::api::{Field, Presence, Struct};
use crate::format::WIDTH;

/// What reads a struct and what writes it.
pub(super) fn implementations(name: &str, shape: &Struct, scope: &mut Scope<'_>) -> [Code; 2] {
    for name in ["View", "Mismatch", "Read", "ObjectWriter"] {
        scope.runtime(name);
    }
    for (module, name) in [("crate", "types"), ("serde", "Serialize"), ("serde", "Serializer")] {
        scope.import(module, name);
    }
    let wires: Vec<_> = shape.fields.iter().map(|field| Literal::string(&field.name.wire).to_string()).collect();
    [Code::Text(read(name, shape, &wires)), Code::Text(write(name, shape, &wires))]
}

/// The first line of an implementation.
fn head(of: &str, name: &str) -> String {
    let line = format!("impl {of} for types::{name} {{");
    if line.len() > WIDTH { format!("impl {of}\nfor types::{name} {{\n") } else { line + "\n" }
}

fn read(name: &str, shape: &Struct, wires: &[String]) -> String {
    let mut text = head("Read", name);
    text += "    fn read(json: View<'_>) -> Result<Self, Mismatch> {\n";
    if shape.fields.is_empty() && shape.rest.is_none() {
        text += "        json.into_object()?;\n        Ok(Self {})\n    }\n}\n";
        return text;
    }
    text += "        let mut object = json.into_object()?;\n        Ok(Self {\n";
    for (field, wire) in shape.fields.iter().zip(wires) {
        let name = &field.name.rust;
        let method = reader(field);
        let length = "            : object.()?,".len() + name.len() + method.len() + wire.len();
        let gap = if length > WIDTH { "\n                " } else { "" };
        text.extend(["            ", name, ": object", gap, ".", method, "(", wire, ")?,\n"]);
    }
    if let Some(rest) = &shape.rest {
        text.extend(["            ", &rest.name.rust, ": object.rest()?,\n"]);
    }
    text + "        })\n    }\n}\n"
}

fn reader(field: &Field) -> &'static str {
    match field.presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "nullable",
        Presence::OptionalNullable => "maybe",
    }
}

fn write(name: &str, shape: &Struct, wires: &[String]) -> String {
    let mut text = head("Serialize", name);
    text += "    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {\n";
    if shape.fields.is_empty() && shape.rest.is_none() {
        text += "        ObjectWriter::new(serializer).end()\n    }\n}\n";
        return text;
    }
    text += "        let mut object = ObjectWriter::new(serializer);\n";
    for (field, wire) in shape.fields.iter().zip(wires) {
        let name = &field.name.rust;
        let method = writer(field);
        let length = "        object.(, &self.);".len() + name.len() + method.len() + wire.len();
        let (open, between, close) = match length > WIDTH {
            true => ("(\n            ", ",\n            &self.", ",\n        );\n"),
            false => ("(", ", &self.", ");\n"),
        };
        text.extend(["        object.", method, open, wire, between, name, close]);
    }
    if let Some(rest) = &shape.rest {
        text.extend(["        object.rest(&self.", &rest.name.rust, ");\n"]);
    }
    text + "        object.end()\n    }\n}\n"
}

fn writer(field: &Field) -> &'static str {
    match field.presence {
        Presence::Required | Presence::Nullable => "required",
        Presence::Optional => "optional",
        Presence::OptionalNullable => "maybe",
    }
}
