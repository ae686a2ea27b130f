//! Multipart bodies: the properties of their schema as parts.

use super::Operations;
use crate::api::{Field, Name, Origin, PartWritten, Parts, Presence, Rest, Shape, Struct, Style, Type};
use crate::description::{Encoding, Members, Read as _};
use crate::diagnostics::Diagnostic;
use crate::lower::doc;
use crate::lower::media_type::{Kind, MediaName};
use crate::lower::schema::Files;
use crate::maps::HashSet;
use crate::rule::Rule;
use crate::texts::{code, joined, said};

impl<'a> Operations<'_, 'a> {
    /// The parts that a schema names; `None` if it names none.
    pub fn parts(&mut self, encoding: Members<'a>, origin: &Origin) -> Option<Parts> {
        let ty = self.schemas.schema(origin).ty;
        self.schemas.queued_schemas();
        let mut shape = self.struct_behind(&ty, origin)?;
        let at = Origin::new(origin.pointer().strip_suffix("/schema").unwrap_or_default()).child("encoding");
        let known: HashSet<_> = shape.fields.iter().map(|field| field.name.wire.as_str()).collect();
        for name in encoding.keys().filter(|name| !known.contains(name)) {
            let message = format!("`encoding` is about properties, and there is no `{name}`");
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at.child(name), message).on_key());
        }
        let written = shape.fields.iter_mut().map(|field| {
            let wire = field.name.wire.clone();
            self.part(field, encoding.get(&wire).map(Encoding::read).as_ref(), &at.child(wire))
        });
        let written = written.collect();
        let rest = shape.rest.as_mut().map_or(PartWritten::Value(None), |rest| self.rest(rest));
        Some(Parts { type_name: String::new(), shape, written, rest })
    }

    /// The members that a schema names, or else what its other ones are.
    fn struct_behind(&self, ty: &Type, origin: &Origin) -> Option<Struct> {
        let (mut ty, mut origin) = (ty, origin);
        // As many aliases as there are types lead nowhere new.
        for _ in 0..=self.schemas.types.len() {
            let id = match ty {
                Type::Named(id) => id,
                Type::Map(value) => {
                    let name = Name::new("additionalProperties", None);
                    let rest = Rest { name, ty: (**value).clone(), origin: origin.child("additionalProperties") };
                    return Some(Struct { fields: Vec::new(), rest: Some(rest), undeclared: None });
                }
                _ => return None,
            };
            let definition = self.schemas.types.get(id)?;
            origin = &definition.origin;
            match &definition.shape {
                Shape::Struct(shape) => return Some(Struct { undeclared: None, ..shape.clone() }),
                Shape::Alias(target) => ty = target,
                Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    /// How a property becomes parts. Its type changes if it is a file, or what nothing else can be
    /// made of.
    fn part(&mut self, field: &mut Field, encoding: Option<&Encoding<'_>>, at: &Origin) -> PartWritten {
        let content_type = encoding.and_then(|encoding| encoding.content_type);
        let listed = content_type.into_iter().flat_map(|text| text.split(','));
        let names: Vec<_> = listed.filter_map(|text| MediaName::parse(text.trim())).collect();
        let headers: Vec<_> = encoding.into_iter().flat_map(|encoding| encoding.headers.keys()).map(code).collect();
        let files = self.schemas.reading.child_at(&field.origin).and_then(|schema| self.schemas.reading.files(schema));
        let is_list = match &files {
            Some(files) => files.are_several,
            None => matches!(self.resolved(&field.ty), Some(Type::Array(_))),
        };
        let is_opaque = names.iter().any(|name| !matches!(name.kind(), Kind::Json | Kind::Text));
        let is_compound = match self.resolved(&field.ty) {
            Some(Type::Array(item)) => self.is_compound(item),
            _ => self.is_compound(&field.ty),
        };
        let json = names.iter().find(|name| name.kind() == Kind::Json && !name.is_open());
        // A type can be written as JSON, but not as XML.
        let is_foreign = is_compound && !names.is_empty() && json.is_none() && !names.iter().any(takes_json);
        let named = names.iter().map(|name| &name.key).find(|key| !key.contains('*'));
        if !(files.is_some() || is_opaque || is_foreign) && headers.is_empty() {
            let style = encoding.and_then(|encoding| self.described_style(encoding, Some(&field.ty), at));
            let as_json = json.filter(|json| is_compound || named == Some(&json.key));
            return match (style.filter(|_| !self.is_plain(&field.ty)), as_json) {
                (Some(style), _) => PartWritten::Style(Style { reserved: false, ..style }),
                (None, Some(json)) => PartWritten::Json(json.key.clone()),
                (None, None) => PartWritten::Value(named.cloned()),
            };
        }
        // As JSON, a list is one part.
        let is_list = is_list && (files.is_some() || json.is_none());
        field.ty = if is_list { Type::Array(Box::new(Type::Part)) } else { Type::Part };
        field.constant = None;
        // Its type tells that it is a file.
        field.doc.remove(&doc::format("binary"));
        // There is no way to write `null` as it is.
        field.presence = match field.presence {
            Presence::Required => Presence::Required,
            Presence::Optional | Presence::Nullable | Presence::OptionalNullable => Presence::Optional,
        };
        let usual = usual_of(&names, content_type);
        if let Some(listed) = content_type {
            field.doc.push(match usual.as_deref() {
                Some(usual) if usual.contains('*') => {
                    said("Give the part its media type: one of ") + code(listed) + "."
                }
                _ => said("Sent as ") + code(listed) + ".",
            });
        }
        if !headers.is_empty() {
            field.doc.push(said("Give the part its headers: ") + joined(headers, ", ") + ".");
        }
        if files.as_ref().is_some_and(|files| files.are_optional) {
            field.doc.push("Give the part the name of a file if it is one.");
        }
        let json = json.map(|name| name.key.clone());
        let by_itself = (is_compound && !is_foreign).then(|| "application/json".to_owned());
        match files {
            Some(files) => files.written(usual),
            None if is_opaque => PartWritten::File(usual),
            None => PartWritten::AsIs(json.or(usual.filter(|name| !name.contains('*'))).or(by_itself)),
        }
    }

    /// How the parts are written that the description has no names for. Their type changes if they are files.
    fn rest(&mut self, rest: &mut Rest) -> PartWritten {
        let files = self.schemas.reading.child_at(&rest.origin).and_then(|schema| self.schemas.reading.files(schema));
        let Some(files) = files else { return PartWritten::Value(None) };
        rest.ty = if files.are_several { Type::Array(Box::new(Type::Part)) } else { Type::Part };
        files.written(None)
    }
}

impl Files {
    /// How they are written, as a media type that the description has for the part, or else for the file.
    fn written(self, media_type: Option<String>) -> PartWritten {
        let media_type = media_type.or(self.media_type.filter(|name| name != "application/octet-stream"));
        if self.are_optional { PartWritten::AsIs(media_type) } else { PartWritten::File(media_type) }
    }
}

/// The media type that a part has unless it says another one: the first that is listed. If that is open, it is all
/// of them, among which it has to say one.
fn usual_of(names: &[MediaName], listed: Option<&str>) -> Option<String> {
    let first = names.first()?;
    if first.is_range() { listed.map(str::to_owned) } else { Some(first.key.clone()) }
}

/// Whether what has a media type may hold JSON without saying so.
fn takes_json(name: &MediaName) -> bool {
    name.is_open() || name.key.starts_with("text/plain")
}
