//! How values are written into parameters and forms, by their types.

use super::Operations;
use crate::api::{Location, Origin, Shape, Style, StyleKind, TextFormat, Type, Written};
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::rule::Rule;

/// How many values a type holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Arity {
    One,
    Many,
}

/// What a value is to a style, and whether there are lists or objects within it.
#[derive(Clone, Copy)]
enum Value {
    Plain,
    List { nests: bool },
    Object { nests: bool },
}

/// What of a value a style has no way to write, and what is done about it.
fn undefined(style: Style, value: Value) -> Option<(&'static str, &'static str)> {
    const WITHIN: &str = "a list or an object within another";
    const EXPLODED: &str = "a list or an object with `explode: true`";
    Some(match (style.kind, value) {
        (StyleKind::Json | StyleKind::Property, _) => return None,
        (StyleKind::DeepObject, Value::Plain) => ("a plain value", "it is written as by `style: form`"),
        (StyleKind::DeepObject, Value::List { .. }) => ("a list", "it is written with indices: `name[0]=…`"),
        (StyleKind::DeepObject, Value::Object { nests: true }) => {
            (WITHIN, "it is written with more brackets: `name[member][0]=…`")
        }
        (StyleKind::DeepObject, Value::Object { .. }) if !style.explode => {
            ("an object unless `explode` is true", "it is written as if it were")
        }
        (StyleKind::SpaceDelimited | StyleKind::PipeDelimited, Value::Plain) => {
            ("a plain value", "it is written as by `style: form`")
        }
        (StyleKind::SpaceDelimited | StyleKind::PipeDelimited, _) if style.explode => {
            (EXPLODED, "it is written as by `style: form`")
        }
        (StyleKind::Form | StyleKind::Cookie | StyleKind::Matrix, Value::Object { nests: true }) if style.explode => {
            (WITHIN, "a list has a pair for each of its items, and anything else is written as JSON")
        }
        (_, Value::List { nests: true } | Value::Object { nests: true }) => (WITHIN, "it is written as JSON"),
        _ => return None,
    })
}

impl Operations<'_, '_> {
    /// How a parameter of a type is written, and the type that it has in Rust.
    pub fn written(&mut self, ty: Type, location: Location, style: Style, at: &Origin) -> (Type, Written) {
        let ty = self.without_secret(ty);
        self.check_style(&ty, style, at);
        let usual = match location {
            Location::Path => style.kind == StyleKind::Simple && !style.reserved,
            Location::Header => true,
            Location::Query => !style.reserved,
            Location::Querystring | Location::Cookie => false,
        };
        let is_listed = !matches!(style.kind, StyleKind::DeepObject) && !style.empty;
        let is_form = style.kind == StyleKind::Form;
        let arity = self.arity(&ty);
        // It makes a difference to lists and objects alone.
        let style = Style { explode: style.explode && arity != Some(Arity::One), ..style }.settled();
        match arity {
            // Text can be empty, and nothing else can.
            Some(Arity::One) if style.empty && !matches!(self.resolved(&ty), Some(Type::String)) => {
                (Type::Nullable(Box::new(ty)), Written::Styled(style))
            }
            Some(Arity::One) if usual => (ty, Written::Plain),
            Some(Arity::Many) if usual && is_listed && style.explode && location == Location::Query => {
                (ty, Written::Repeated)
            }
            Some(Arity::Many) if usual && is_listed && is_form && location == Location::Query => (ty, Written::Commas),
            _ => (ty, Written::Styled(style)),
        }
    }

    /// The type of a parameter that would be a secret, or a list of secrets: it is written at once and
    /// not kept, so that nothing would show it, and a caller passes text more easily.
    fn without_secret(&self, ty: Type) -> Type {
        let is_secret = |ty: &Type| matches!(self.resolved(ty), Some(Type::Text(TextFormat::Secret)));
        match self.resolved(&ty) {
            Some(Type::Array(item)) if is_secret(item) => Type::Array(Box::new(Type::String)),
            _ if is_secret(&ty) => Type::String,
            _ => ty,
        }
    }

    /// Warns of values that a style has no way to write: where OpenAPI 3.0.4, "Style Examples", has `n/a`, and
    /// what is within another. `explode` is as it was described.
    pub fn check_style(&mut self, ty: &Type, style: Style, at: &Origin) {
        let undefined = self.variants(ty).into_iter().find_map(|ty| undefined(style, self.value(ty)?));
        if let Some((value, done)) = undefined {
            let what = format!("OpenAPI does not say how `style: {}` writes {value}", style.kind.name());
            self.undefined_style(at, &what, done);
        }
    }

    /// What values of a type are to a style; `None` if they may be anything.
    fn value(&self, ty: &Type) -> Option<Value> {
        Some(match ty {
            Type::Any | Type::Foreign(_) => return None,
            Type::Array(item) => Value::List { nests: self.is_compound(item) },
            Type::Tuple(tuple) => Value::List { nests: tuple.parts.iter().any(|item| self.is_compound(item)) },
            Type::Map(value) => Value::Object { nests: self.is_compound(value) },
            Type::Named(id) => match self.schemas.types.get(id).map(|definition| &definition.shape) {
                Some(Shape::Struct(shape)) => Value::Object { nests: shape.types().any(|ty| self.is_compound(ty)) },
                _ => Value::Plain,
            },
            _ => Value::Plain,
        })
    }

    /// Warns of a value that OpenAPI has no way to write.
    pub fn undefined_style(&mut self, at: &Origin, what: &str, done: &str) {
        self.ground.push(Diagnostic::warning(Rule::UndefinedStyle, at, format!("{what}; {done}")));
    }

    /// Whether a type holds one plain value.
    pub fn is_plain(&self, ty: &Type) -> bool {
        self.arity(ty) == Some(Arity::One)
    }

    /// How many plain values a type holds; `None` if it holds anything else.
    pub fn arity(&self, ty: &Type) -> Option<Arity> {
        // A list may be one of itself, so that items are looked at and no further.
        match self.resolved(ty)? {
            Type::Array(item) => is_one(self.resolved(item)?).then_some(Arity::Many),
            ty => is_one(ty).then_some(Arity::One),
        }
    }

    /// The type behind aliases; `None` for a type with members, or one that never ends.
    pub fn resolved<'b>(&'b self, ty: &'b Type) -> Option<&'b Type> {
        let mut ty = ty;
        for _ in 0..=self.schemas.types.len() {
            let Type::Named(id) = ty else { return Some(ty) };
            match &self.schemas.types.get(id)?.shape {
                Shape::Alias(target) => ty = target,
                Shape::Enum(_) => return Some(ty),
                Shape::Struct(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    /// Whether a type holds more than a plain value. What may be anything is taken as it comes.
    pub fn is_compound(&self, ty: &Type) -> bool {
        self.variants(ty).into_iter().any(|ty| match ty {
            Type::Array(_) | Type::Map(_) | Type::Tuple(_) => true,
            Type::Named(id) => {
                matches!(self.schemas.types.get(id).map(|definition| &definition.shape), Some(Shape::Struct(_)))
            }
            _ => false,
        })
    }

    /// What a type may turn out to be: itself, or the variants of a union. No aliases are among them.
    fn variants<'b>(&'b self, ty: &'b Type) -> Vec<&'b Type> {
        let (mut open, mut seen, mut variants) = (vec![ty], HashSet::default(), Vec::new());
        while let Some(ty) = open.pop() {
            match ty {
                Type::Nullable(inner) | Type::Boxed(inner) => open.push(inner),
                Type::OrEmpty(inner) => open.extend([&**inner, &TEXT]),
                Type::Named(id) if !seen.insert(id) => {}
                Type::Named(id) => match self.schemas.types.get(id).map(|definition| &definition.shape) {
                    Some(Shape::Alias(target) | Shape::Wrapper(target)) => open.push(target),
                    Some(Shape::Union(union)) => open.extend(union.variants.iter().map(|variant| &variant.ty)),
                    Some(Shape::Struct(_) | Shape::Enum(_)) | None => variants.push(ty),
                },
                _ => variants.push(ty),
            }
        }
        variants
    }
}

/// The type of the text that there may be instead of a value.
static TEXT: Type = Type::String;

/// Whether a type behind aliases holds one plain value.
fn is_one(ty: &Type) -> bool {
    !matches!(
        ty,
        Type::Array(_)
            | Type::Map(_)
            | Type::Tuple(_)
            | Type::Any
            | Type::Unit
            | Type::Null
            | Type::Nullable(_)
            | Type::Boxed(_)
            | Type::OrEmpty(_)
            | Type::Foreign(_)
    )
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    #[test]
    fn lists_of_themselves_are_written_somehow() {
        let text = "
openapi: 3.0.3
info: { title: Lists, version: '1' }
paths:
  /lists:
    get:
      operationId: get
      parameters:
        - { name: ids, in: query, schema: { $ref: '#/components/schemas/Lists' } }
        - { name: X-Ids, in: header, schema: { $ref: '#/components/schemas/Ones' } }
      responses:
        '204':
          description: Done
          headers: { X-Lists: { schema: { $ref: '#/components/schemas/Lists' } } }
components:
  schemas:
    Lists: { type: array, items: { $ref: '#/components/schemas/Lists' } }
    Ones: { type: array, items: { $ref: '#/components/schemas/Others' } }
    Others: { type: array, items: { $ref: '#/components/schemas/Ones' } }
";
        let generated = generate(&Source::new("lists.yaml", text), &Options::default()).expect("a crate");
        let warnings = generated.warnings().to_string();
        assert_eq!(warnings.matches("a list or an object within another").count(), 2, "{warnings}");
    }
}
