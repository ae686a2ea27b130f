//! How the values of structs are read and written: text, as it makes up most of the code of a client.

use proc_macro2::Literal;

use super::Code;
use super::scope::Scope;
use crate::api::{Field, Presence, Struct};
use crate::format::WIDTH;

/// What reads a struct, what writes it, and what shows it if that is not derived.
pub(super) fn implementations(name: &str, shape: &Struct, scope: &mut Scope<'_>) -> Vec<Code> {
    for name in ["View", "Mismatch", "Read", "ObjectWriter"] {
        scope.runtime(name);
    }
    for (module, name) in [("crate", "types"), ("serde", "Serialize"), ("serde", "Serializer")] {
        scope.import(module, name);
    }
    if !shape.fields.is_empty() || shape.rest.is_some() {
        scope.runtime("member");
    }
    let wires: Vec<_> = shape.fields.iter().map(|field| Literal::string(&field.name.wire).to_string()).collect();
    let mut texts = vec![read(name, shape, &wires), write(name, shape, &wires)];
    if let Some(undeclared) = &shape.undeclared {
        scope.import("std", "fmt");
        texts.push(show(name, shape, &undeclared.name.rust));
    }
    texts.into_iter().map(Code::Text).collect()
}

/// The first line of an implementation.
fn head(of: &str, name: &str) -> String {
    let line = format!("impl {of} for types::{name} {{");
    if line.len() > WIDTH { format!("impl {of}\nfor types::{name} {{\n") } else { line + "\n" }
}

fn read(name: &str, shape: &Struct, wires: &[String]) -> String {
    let mut text = head("Read", name);
    text += "    fn read(json: View<'_>) -> Result<Self, Mismatch> {\n";
    match &shape.undeclared {
        None if shape.fields.is_empty() && shape.rest.is_none() => {
            return text + "        json.into_object()?;\n        Ok(Self {})\n    }\n}\n";
        }
        Some(undeclared) if shape.fields.is_empty() && shape.rest.is_none() => {
            let name = &undeclared.name.rust;
            text.extend(["        Ok(Self { ", name, ": json.into_object()?.undeclared() })\n    }\n}\n"]);
            return text;
        }
        _ => text += "        let mut object = json.into_object()?;\n        Ok(Self {\n",
    }
    for (field, wire) in shape.fields.iter().zip(wires) {
        let name = &field.name.rust;
        let method = reader(field);
        let length = "            : member!(object.()),".len() + name.len() + method.len() + wire.len();
        let (open, close) = if length > WIDTH { ("(\n                ", "\n            )") } else { ("(", ")") };
        text.extend(["            ", name, ": member!", open, "object.", method, "(", wire, ")", close, ",\n"]);
    }
    if let Some(rest) = &shape.rest {
        let method = if shape.undeclared.is_some() { "rest_but_nulls" } else { "rest" };
        text.extend(["            ", &rest.name.rust, ": member!(object.", method, "()),\n"]);
    }
    if let Some(undeclared) = &shape.undeclared {
        text.extend(["            ", &undeclared.name.rust, ": object.undeclared(),\n"]);
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
    let begin = match &shape.undeclared {
        Some(undeclared) => format!("ObjectWriter::keeping(serializer, &self.{})", undeclared.name.rust),
        None => "ObjectWriter::new(serializer)".to_owned(),
    };
    if shape.fields.is_empty() && shape.rest.is_none() {
        text.extend(["        ", &begin, ".end()\n    }\n}\n"]);
        return text;
    }
    text.extend(["        let mut object = ", &begin]);
    if let Some(rest) = &shape.rest {
        text.extend([".before(&self.", &rest.name.rust, ")"]);
    }
    text += ";\n";
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

fn show(name: &str, shape: &Struct, undeclared: &str) -> String {
    let mut text = head("fmt::Debug", name);
    text += "    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {\n";
    let shown = Literal::string(name.trim_start_matches("r#")).to_string();
    let names = shape.fields.iter().map(|field| &field.name).chain(shape.rest.iter().map(|rest| &rest.name));
    let names: Vec<_> = names.map(|name| name.rust.as_str()).collect();
    text.extend(["        self.", undeclared, ".show(f, ", &shown, ", &["]);
    for name in &names {
        let shown = Literal::string(name.trim_start_matches("r#")).to_string();
        text.extend(["\n            (", &shown, ", &self.", name, "),"]);
    }
    text + if names.is_empty() { "])\n    }\n}\n" } else { "\n        ])\n    }\n}\n" }
}
