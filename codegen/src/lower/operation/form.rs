//! Bodies that are forms: `application/x-www-form-urlencoded`, with `encoding`.
//!
//! OpenAPI 3.0.4, "Encoding Object": a property with `style`, `explode` or `allowReserved` is
//! written like a query parameter. Without any of them it goes by its content: a plain value as it
//! is, a list item by item, an object as JSON.

use super::Operations;
use super::parameter::{exploded, style_of};
use crate::api::{Form, Origin, Shape, Style, StyleKind, Type};
use crate::description::{Encoding, MediaType, Members, Read as _};
use crate::diagnostics::Diagnostic;
use crate::lower::media_type::is_json;
use crate::maps::IndexMap;
use crate::rule::Rule;

impl<'a> Operations<'_, 'a> {
    /// The type of a form, and how its properties are written.
    pub fn form(&mut self, media: MediaType<'a>, at: &Origin) -> (Type, Form) {
        let ty = match media.schema {
            Some(_) => self.schemas.schema(&at.child("schema")).ty,
            None => Type::Any,
        };
        self.schemas.queued_schemas();
        match self.resolved(&ty) {
            Some(Type::String | Type::Text(_)) => {
                self.undefined_style(&at.child("schema"), "this form is a string", "it is sent as it is");
                let is_text = self.resolved(&ty) == Some(&Type::String);
                return (if is_text { ty } else { Type::String }, Form::Text);
            }
            None | Some(Type::Map(_) | Type::Any | Type::Foreign(_)) => {}
            Some(_) => {
                let what = "a form consists of properties, and this schema has none";
                self.undefined_style(&at.child("schema"), what, "any JSON object is taken");
                return (Type::Any, Form::Properties(Style::new(StyleKind::Property), Vec::new()));
            }
        }
        let properties = self.properties(&ty);
        let styles = self.property_styles(media.encoding, properties.as_ref(), &at.child("encoding"));
        (ty, compact(styles, properties.is_some_and(|properties| properties.is_closed)))
    }

    /// The properties that a type names, if it is an object that does.
    fn properties(&self, ty: &Type) -> Option<Properties> {
        let mut ty = ty;
        for _ in 0..=self.schemas.types.len() {
            let Type::Named(id) = ty else { return None };
            match &self.schemas.types.get(id)?.shape {
                Shape::Alias(target) => ty = target,
                Shape::Struct(shape) => {
                    let fields = shape.fields.iter().map(|field| (field.name.wire.clone(), field.ty.clone()));
                    return Some(Properties { types: fields.collect(), is_closed: shape.rest.is_none() });
                }
                Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    /// The styles of the properties to which a style makes a difference.
    fn property_styles(
        &mut self,
        encoding: Members<'a>,
        properties: Option<&Properties>,
        at: &Origin,
    ) -> Vec<(String, Style)> {
        let mut styles = IndexMap::default();
        for (name, ty) in properties.iter().flat_map(|properties| &properties.types) {
            if !self.is_plain(ty) {
                styles.insert(name.clone(), Style::new(StyleKind::Property));
            }
        }
        for (name, encoding) in encoding {
            let encoding = Encoding::read(encoding);
            let at = at.child(name);
            let ty = properties.and_then(|properties| properties.types.get(name));
            if ty.is_none() && properties.is_some_and(|properties| properties.is_closed) {
                let message = format!("the form has no property `{name}`");
                self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
                continue;
            }
            let style = self.property_style(&encoding, ty, &at);
            let differs = style.reserved || style.kind == StyleKind::Json;
            if differs || ty.is_none_or(|ty| !self.is_plain(ty)) {
                styles.insert(name.to_owned(), style);
            }
        }
        styles.into_iter().collect()
    }

    fn property_style(&mut self, encoding: &Encoding<'_>, ty: Option<&Type>, at: &Origin) -> Style {
        if !encoding.headers.is_empty() {
            let message = "`headers` are about the parts of `multipart` bodies; a form has none";
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at.child("headers"), message).on_key());
        }
        if let Some(style) = self.described_style(encoding, ty, at) {
            return style;
        }
        let Some(content_type) = encoding.content_type else { return Style::new(StyleKind::Property) };
        if content_type.split(',').all(|media_type| is_json(media_type.trim())) {
            return Style::new(StyleKind::Json);
        }
        let is_text = content_type.split(',').any(|media_type| {
            let media_type = media_type.trim();
            is_json(media_type) || media_type.starts_with("text/plain") || media_type == "*/*"
        });
        let item = match ty {
            Some(Type::Array(item)) => Some(item.as_ref()),
            ty => ty,
        };
        if !is_text && item.is_some_and(|ty| self.is_compound(ty)) {
            let what = format!("types cannot be written as `{content_type}`");
            self.undefined_style(&at.child("contentType"), &what, "the property is written as JSON");
        }
        Style::new(StyleKind::Property)
    }

    /// The style that a description gives to a property by one of its keywords, if it does.
    pub fn described_style(&mut self, encoding: &Encoding<'_>, ty: Option<&Type>, at: &Origin) -> Option<Style> {
        let Encoding { style, explode, allow_reserved, .. } = *encoding;
        if style.is_none() && explode.is_none() && allow_reserved.is_none() {
            return None;
        }
        let kind = style.map_or(StyleKind::Form, style_of);
        let style = Style { reserved: allow_reserved == Some(true), ..exploded(kind, explode) };
        if let Some(ty) = ty {
            self.check_style(ty, style, at);
        }
        Some(style.settled())
    }
}

/// What an object is known to have.
struct Properties {
    types: IndexMap<String, Type>,
    /// Whether there are no others.
    is_closed: bool,
}

/// Says once what most properties have in common. What is not named must go by its content.
fn compact(styles: Vec<(String, Style)>, is_closed: bool) -> Form {
    let by_content = Style::new(StyleKind::Property);
    let count = |style: Style| styles.iter().filter(|(_, other)| *other == style).count();
    let mut common = by_content;
    for (_, style) in styles.iter().filter(|_| is_closed) {
        // Neither leaves plain values as they are.
        let is_special = style.reserved || style.kind == StyleKind::Json;
        if !is_special && count(*style) > count(common) {
            common = *style;
        }
    }
    Form::Properties(common, styles.into_iter().filter(|(_, style)| *style != common).collect())
}
