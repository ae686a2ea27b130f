//! Schemas → types.

use std::borrow::{Borrow, Cow};

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};
use serde_json::Value;

use super::keywords::keywords;
use super::{Lowering, doc};
use crate::api::{
    Enum, Field, Integer, JsonKind, Name, Origin, Presence, Rest, Shape, Struct, Type, TypeDef, TypeId, Union,
    UnionVariant, Variant,
};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// The type of a place, and whether `null` may stand there instead.
pub(super) struct Use {
    pub ty: Type,
    pub nullable: bool,
}

impl Use {
    /// The type where there is no member to be absent or null: an item, a body.
    pub fn whole(self) -> Type {
        if self.nullable { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

/// What a schema is, seen from the keywords that decide it.
enum Class<'a> {
    /// No keyword says anything about the type.
    Any,
    /// A reference in an `allOf`, which is how a reference gets a description of its own.
    Same(&'a ReferenceOr<Schema>),
    Plain(Type),
    Strings,
    Array(&'a ReferenceOr<Box<Schema>>),
    Map(Option<&'a ReferenceOr<Schema>>),
    Struct,
    Union(&'static str, &'a [ReferenceOr<Schema>]),
}

impl Lowering<'_> {
    /// Every schema of the components, in the order of the document.
    pub fn component_schemas(&mut self) {
        let document = self.document;
        let Some(components) = &document.openapi.components else { return };
        let origin = Origin::new("").child("components").child("schemas");
        for (name, schema) in &components.schemas {
            self.define(schema, &origin.child(name));
        }
        self.queued_schemas();
    }

    /// The schemas that were referred to since, until no new one comes up.
    pub fn queued_schemas(&mut self) {
        while let Some(origin) = self.queue.pop_front() {
            let Some(value) = self.document.tree.pointer(origin.pointer()) else { continue };
            match serde_json::from_value::<ReferenceOr<Schema>>(value.clone()) {
                Ok(schema) => self.define(&schema, &origin),
                Err(error) => {
                    let message = format!("this is not a schema: {error}");
                    self.push(Diagnostic::error(Rule::InvalidValue, &origin, message));
                }
            }
        }
    }

    /// Makes the type of a schema that has a name of its own: a component, or the target of a reference.
    fn define(&mut self, schema: &ReferenceOr<Schema>, origin: &Origin) {
        let id = TypeId(origin.pointer().into());
        if self.types.contains_key(&id) {
            return;
        }
        let used = self.schema(schema, origin);
        if self.types.contains_key(&id) {
            return;
        }
        let (doc, name) = match schema {
            ReferenceOr::Item(schema) => {
                let name = self.name("", &schema.schema_data.extensions, origin);
                (with_limits(schema), name)
            }
            ReferenceOr::Reference { .. } => Default::default(),
        };
        let shape = Shape::Alias(used.ty);
        self.types.insert(id, TypeDef { name, doc, shape, origin: origin.clone() });
    }

    /// The type of a schema at its place.
    pub fn schema<S: Borrow<Schema>>(&mut self, schema: &ReferenceOr<S>, origin: &Origin) -> Use {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, origin),
            ReferenceOr::Item(schema) => self.inline(schema.borrow(), origin),
        }
    }

    fn reference(&mut self, reference: &str, origin: &Origin) -> Use {
        let Some((value, target)) = self.follow(reference, origin) else {
            return Use { ty: Type::Any, nullable: false };
        };
        let nullable = value.get("nullable").and_then(Value::as_bool) == Some(true);
        let id = TypeId(target.pointer().into());
        if !self.types.contains_key(&id) {
            self.queue.push_back(target);
        }
        Use { ty: Type::Named(id), nullable }
    }

    fn inline(&mut self, schema: &Schema, origin: &Origin) -> Use {
        let keywords = keywords(&schema.schema_kind);
        let nullable = schema.schema_data.nullable || keywords.enumeration.contains(&Value::Null);
        let ty = match self.classify(&keywords, origin) {
            Class::Any => Type::Any,
            Class::Plain(ty) => ty,
            Class::Same(inner) => {
                let inner = self.schema(inner, &origin.child("allOf").child("0"));
                return Use { nullable: nullable || inner.nullable, ty: inner.ty };
            }
            Class::Array(items) => Type::Array(Box::new(self.schema(items, &origin.child("items")).whole())),
            Class::Map(None) => Type::Map(Box::new(Type::Any)),
            Class::Map(Some(values)) => {
                let values = self.schema(values, &origin.child("additionalProperties"));
                Type::Map(Box::new(values.whole()))
            }
            Class::Strings => {
                let shape = self.string_enum(schema, &keywords, origin);
                self.insert(schema, shape, origin)
            }
            Class::Struct => {
                let shape = self.object(&keywords, origin);
                self.insert(schema, shape, origin)
            }
            Class::Union(keyword, variants) => {
                let shape = self.union(variants, &origin.child(keyword));
                self.insert(schema, shape, origin)
            }
        };
        Use { ty, nullable }
    }

    fn insert(&mut self, schema: &Schema, shape: Shape, origin: &Origin) -> Type {
        let name = self.name("", &schema.schema_data.extensions, origin);
        let id = TypeId(origin.pointer().into());
        let definition = TypeDef { name, doc: with_limits(schema), shape, origin: origin.clone() };
        self.types.insert(id.clone(), definition);
        Type::Named(id)
    }

    fn classify<'a>(&mut self, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        let applicators =
            [&schema.all_of, &schema.one_of, &schema.any_of].iter().filter(|list| !list.is_empty()).count();
        let typed = schema.typ.is_some() || !schema.properties.is_empty() || !schema.enumeration.is_empty();
        if schema.not.is_some() {
            return self.unsupported("not", origin);
        }
        if applicators > 1 || (applicators == 1 && typed) {
            return self
                .unsupported("a combination of `allOf`, `oneOf`, `anyOf` with each other or with own members", origin);
        }
        if !schema.all_of.is_empty() {
            return match schema.all_of.as_slice() {
                [only] => Class::Same(only),
                _ => self.unsupported("allOf with several schemas", origin),
            };
        }
        match (schema.one_of.as_slice(), schema.any_of.as_slice()) {
            ([], []) => self.classify_typed(schema, origin),
            (variants, []) => Class::Union("oneOf", variants),
            (_, variants) => Class::Union("anyOf", variants),
        }
    }

    fn classify_typed<'a>(&mut self, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        let untyped = schema.properties.is_empty() && schema.additional_properties.is_none();
        match schema.typ.as_deref() {
            _ if !schema.enumeration.is_empty() => self.classify_enum(schema, origin),
            Some("string") => Class::Plain(string_type(schema.format.as_deref())),
            Some("integer") => Class::Plain(Type::Integer(match schema.format.as_deref() {
                Some("int32") => Integer::I32,
                _ => Integer::I64,
            })),
            Some("number") => Class::Plain(match schema.format.as_deref() {
                Some("decimal") => Type::Decimal,
                _ => Type::Number,
            }),
            Some("boolean") => Class::Plain(Type::Boolean),
            Some("array") => match &schema.items {
                Some(items) => Class::Array(items),
                None => Class::Plain(Type::Array(Box::new(Type::Any))),
            },
            Some("object") => classify_object(schema),
            None if untyped && schema.items.is_none() => Class::Any,
            None if !untyped => classify_object(schema),
            _ => self.unsupported("items without `type: array`", origin),
        }
    }

    fn classify_enum<'a>(&mut self, schema: &'a AnySchema, origin: &Origin) -> Class<'a> {
        let strings = schema.enumeration.iter().all(|value| value.is_string() || value.is_null());
        match schema.typ.as_deref() {
            Some("string") | None if strings => Class::Strings,
            _ => self.unsupported("an `enum` of anything but strings", &origin.child("enum")),
        }
    }

    fn string_enum(&mut self, schema: &Schema, keywords: &AnySchema, origin: &Origin) -> Shape {
        let values: Vec<_> = keywords
            .enumeration
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((index, value.as_str()?)))
            .collect();
        let given = self.variant_names(&schema.schema_data.extensions, keywords.enumeration.len(), origin);
        let mut variants: Vec<Variant> = Vec::new();
        for (index, value) in values {
            let at = origin.child("enum").child(index.to_string());
            if variants.iter().any(|variant| variant.name.wire == value) {
                let message = format!("the value {value:?} is listed twice");
                self.push(Diagnostic::error(Rule::InvalidValue, &at, message));
                continue;
            }
            let given = given.as_ref().and_then(|names| names.get(index)).cloned();
            variants.push(Variant { name: Name::new(value, given), origin: at });
        }
        Shape::Enum(Enum { variants, other: Name::default() })
    }

    fn object(&mut self, schema: &AnySchema, origin: &Origin) -> Shape {
        for (index, name) in schema.required.iter().enumerate() {
            if !schema.properties.contains_key(name) {
                let message = format!("`{name}` is required, but it is not among the properties");
                let at = origin.child("required").child(index.to_string());
                self.push(Diagnostic::error(Rule::InvalidValue, &at, message));
            }
        }
        let properties = origin.child("properties");
        let fields = schema.properties.iter().map(|(name, property)| {
            let required = schema.required.contains(name);
            self.field(name, property, required, &properties.child(name))
        });
        let fields = fields.collect();
        let at = origin.child("additionalProperties");
        let rest = match &schema.additional_properties {
            None | Some(AdditionalProperties::Any(false)) => None,
            Some(AdditionalProperties::Any(true)) => Some(Type::Any),
            Some(AdditionalProperties::Schema(values)) => Some(self.schema(values.as_ref(), &at).whole()),
        };
        let rest = rest.map(|ty| Rest { name: Name::new("additionalProperties", None), ty, origin: at });
        Shape::Struct(Struct { fields, rest })
    }

    fn field(&mut self, name: &str, property: &ReferenceOr<Box<Schema>>, required: bool, origin: &Origin) -> Field {
        let used = self.schema(property, origin);
        let (doc, name) = match property {
            ReferenceOr::Item(schema) => (with_limits(schema), self.name(name, &schema.schema_data.extensions, origin)),
            ReferenceOr::Reference { reference } => {
                // A bare reference says about the member what its target says about itself.
                let target = self.document.tree.pointer(reference.trim_start_matches('#'));
                let text = target.and_then(|target| target.get("description")).and_then(Value::as_str);
                (crate::api::Doc::of([text]), Name::new(name, None))
            }
        };
        let presence = Presence::new(required, used.nullable);
        Field { name, ty: used.ty, presence, doc, origin: origin.clone() }
    }

    fn union(&mut self, schemas: &[ReferenceOr<Schema>], origin: &Origin) -> Shape {
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let at = origin.child(index.to_string());
            let Some((resolved, _)) = self.resolve::<Schema, _>(schema, &at) else { continue };
            let resolved: Cow<'_, Schema> = resolved;
            let (doc, keywords) = (with_limits(&resolved), keywords(&resolved.schema_kind));
            let Some(kind) = json_kind(&keywords) else {
                let message = "a variant of a union without a `type` is not generated yet";
                self.push(Diagnostic::error(Rule::UnsupportedUnion, &at, message));
                continue;
            };
            if let Some(same) = variants.iter().find(|variant| variant.kind == kind) {
                let message = "two variants of a union with the same JSON type are not generated yet";
                let diagnostic = Diagnostic::error(Rule::UnsupportedUnion, &at, message);
                self.push(diagnostic.also(&same.origin, "the other one"));
                continue;
            }
            let name = self.name(kind_name(kind), &resolved.schema_data.extensions, &at);
            let ty = self.schema(schema, &at).ty;
            variants.push(UnionVariant { name, ty, kind, doc, origin: at });
        }
        Shape::Union(Union { variants })
    }

    fn unsupported<'a>(&mut self, what: &str, origin: &Origin) -> Class<'a> {
        let message = format!("`{what}` is not generated yet").replace("``", "`");
        self.push(Diagnostic::error(Rule::UnsupportedSchema, origin, message));
        Class::Any
    }
}

fn classify_object(schema: &AnySchema) -> Class<'_> {
    match (&schema.additional_properties, schema.properties.is_empty()) {
        (Some(AdditionalProperties::Schema(values)), true) => Class::Map(Some(values.as_ref())),
        (None | Some(AdditionalProperties::Any(true)), true) => Class::Map(None),
        _ => Class::Struct,
    }
}

/// What a string of a format becomes. Formats without a type of their own stay text, as written.
fn string_type(format: Option<&str>) -> Type {
    match format {
        Some("date-time") => Type::DateTime,
        Some("date") => Type::Date,
        Some("uuid") => Type::Uuid,
        _ => Type::String,
    }
}

fn json_kind(schema: &AnySchema) -> Option<JsonKind> {
    match schema.typ.as_deref()? {
        "boolean" => Some(JsonKind::Boolean),
        "integer" | "number" => Some(JsonKind::Number),
        "string" => Some(JsonKind::String),
        "array" => Some(JsonKind::Array),
        "object" => Some(JsonKind::Object),
        _ => None,
    }
}

fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "boolean",
        JsonKind::Number => "number",
        JsonKind::String => "string",
        JsonKind::Array => "array",
        JsonKind::Object => "object",
    }
}

fn with_limits(schema: &Schema) -> crate::api::Doc {
    let mut doc = doc::texts(&schema.schema_data);
    if let Some(limits) = doc::limits(&keywords(&schema.schema_kind)) {
        doc.push(limits);
    }
    doc
}
