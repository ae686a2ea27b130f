//! Multipart bodies: the properties of their schema as parts.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Encoding, ReferenceOr, Schema};
use serde_json::Value;

use super::content::is_binary;
use super::media_type::{Kind, MediaName};
use super::{Lowering, doc};
use crate::api::{Field, Origin, PartWritten, Parts, Presence, Shape, Struct, Style, Type, TypeId};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;
use crate::texts::{code, joined, said};

impl<'a> Lowering<'a> {
    /// The parts that a schema names; `None` if it names none.
    pub fn parts(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        encoding: &IndexMap<String, Encoding>,
        origin: &Origin,
    ) -> Option<Parts> {
        let ty = self.schema(schema, origin).ty;
        self.queued_schemas();
        let mut shape = self.struct_behind(&ty)?;
        // The type of the schema itself would be one of JSON, which nothing uses.
        let own = TypeId(origin.pointer().into());
        if ty == Type::Named(own.clone()) && !self.is_used(&own) {
            self.types.shift_remove(&own);
        }
        let at = Origin::new(origin.pointer().strip_suffix("/schema").unwrap_or_default()).child("encoding");
        let known: HashSet<_> = shape.fields.iter().map(|field| field.name.wire.as_str()).collect();
        for name in encoding.keys().filter(|name| !known.contains(name.as_str())) {
            let message = format!("`encoding` is about properties, and there is no `{name}`");
            self.push(Diagnostic::warning(Rule::WithoutEffect, &at.child(name), message).on_key());
        }
        let written = shape.fields.iter_mut().map(|field| {
            let wire = field.name.wire.clone();
            self.part(field, encoding.get(&wire), &at.child(wire))
        });
        let written = written.collect();
        Some(Parts { type_name: String::new(), shape, written })
    }

    fn struct_behind(&self, ty: &Type) -> Option<Struct> {
        let mut ty = ty;
        // As many aliases as there are types lead nowhere new.
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { return None };
            match &self.types.get(id)?.shape {
                Shape::Struct(shape) => return Some(shape.clone()),
                Shape::Alias(target) => ty = target,
                Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    fn is_used(&self, id: &TypeId) -> bool {
        self.types.values().any(|definition| match &definition.shape {
            Shape::Struct(shape) => {
                let rest = shape.rest.iter().map(|rest| &rest.ty);
                shape.fields.iter().map(|field| &field.ty).chain(rest).any(|ty| mentions(ty, id))
            }
            Shape::Union(union) => union.variants.iter().any(|variant| mentions(&variant.ty, id)),
            Shape::Alias(ty) | Shape::Wrapper(ty) => mentions(ty, id),
            Shape::Enum(_) => false,
        })
    }

    /// How a property becomes parts. Its type changes if it is a file, or what nothing else can be
    /// made of.
    fn part(&mut self, field: &mut Field, encoding: Option<&Encoding>, at: &Origin) -> PartWritten {
        let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let listed = content_type.into_iter().flat_map(|text| text.split(','));
        let names: Vec<_> = listed.filter_map(|text| MediaName::parse(text.trim())).collect();
        let headers: Vec<_> =
            encoding.into_iter().flat_map(|encoding| encoding.headers.keys()).map(|name| code(name)).collect();
        let schema = self.document.at(field.origin.pointer()).map(|schema| self.behind(schema));
        let is_list = schema.is_some_and(|schema| schema.get("type").and_then(Value::as_str) == Some("array"));
        let items = schema.and_then(|schema| schema.get("items")).map(|items| self.behind(items));
        let is_opaque = names.iter().any(|name| !matches!(name.kind(), Kind::Json | Kind::Text));
        let is_file = items.or(schema).is_some_and(is_binary) || is_opaque;
        let is_compound = match &field.ty {
            Type::Array(item) => self.is_compound(item),
            ty => self.is_compound(ty),
        };
        let json = names.iter().find(|name| name.kind() == Kind::Json && !name.is_open());
        // A type can be written as JSON, but not as XML.
        let is_foreign = is_compound && !names.is_empty() && json.is_none() && !names.iter().any(takes_json);
        let named = names.iter().map(|name| &name.key).find(|key| !key.contains('*'));
        if !(is_file || is_foreign) && headers.is_empty() {
            let style = encoding.and_then(|encoding| self.described_style(encoding, Some(&field.ty), at));
            return match style.filter(|_| !self.is_plain(&field.ty)) {
                Some(style) => PartWritten::Style(Style { reserved: false, ..style }),
                None => PartWritten::Value(json.filter(|_| is_compound).map(|name| &name.key).or(named).cloned()),
            };
        }
        field.ty = if is_list { Type::Array(Box::new(Type::Part)) } else { Type::Part };
        field.constant = None;
        // Its type tells that it is a file.
        field.doc.remove(&doc::format("binary"));
        field.presence = match field.presence {
            Presence::Required | Presence::Nullable => Presence::Required,
            Presence::Optional | Presence::OptionalNullable => Presence::Optional,
        };
        field.doc.extend(content_type.map(|text| (said("Sent as ") + code(text) + ".").into()));
        if !headers.is_empty() {
            field.doc.push(said("Give the part its headers: ") + joined(headers, ", ") + ".");
        }
        let usual = (is_compound && !is_foreign).then(|| "application/json".to_owned());
        match is_file {
            true => PartWritten::File(named.cloned()),
            false => PartWritten::AsIs(json.map(|name| &name.key).or(named).cloned().or(usual)),
        }
    }
}

/// Whether what has a media type may hold JSON without saying so.
fn takes_json(name: &MediaName) -> bool {
    name.is_open() || name.key.starts_with("text/plain")
}

fn mentions(ty: &Type, id: &TypeId) -> bool {
    match ty {
        Type::Named(named) => named == id,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => mentions(inner, id),
        _ => false,
    }
}
