//! Schemas → types.

use std::borrow::{Borrow, Cow};

use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema};
use serde_json::Value;

use super::classify::Class;
use super::keywords::keywords;
use super::{Lowering, doc};
use crate::api::{
    Doc, Enum, Field, JsonKind, Name, Origin, Presence, Rest, Shape, Struct, Type, TypeDef, TypeId, Union,
    UnionVariant, Variant,
};
use crate::diagnostics::Diagnostic;
use crate::pointer;
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
        self.schema_example(schema, &id, origin);
        let used = self.schema(schema, origin);
        if self.types.contains_key(&id) {
            return;
        }
        let (doc, name) = match schema {
            ReferenceOr::Item(schema) => {
                let name = self.name("", &schema.schema_data.extensions, origin);
                (self.type_doc(schema, origin), name)
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
        let nullable = self.allows_null(value, NESTED);
        let id = TypeId(target.pointer().into());
        if !self.types.contains_key(&id) {
            self.queue.push_back(target);
        }
        Use { ty: Type::Named(id), nullable }
    }

    fn inline(&mut self, schema: &Schema, origin: &Origin) -> Use {
        let nullable =
            self.document.tree.pointer(origin.pointer()).is_some_and(|value| self.allows_null(value, NESTED));
        let keywords = keywords(&schema.schema_kind);
        let class = self.classify(&schema.schema_data, &keywords, origin);
        if !matches!(class, Class::Strings) && schema.schema_data.extensions.contains_key("x-enum-varnames") {
            self.invalid(&origin.child("x-enum-varnames"), "`x-enum-varnames` belongs to an `enum` of strings");
        }
        let ty = match class {
            Class::Any => Type::Any,
            Class::Plain(ty) => ty,
            Class::Same(keyword, inner) => self.schema(inner, &origin.child(keyword).child("0")).ty,
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

    /// Whether a schema allows `null`: it says so, or what it stands for does. Looks through at most
    /// `depth` schemas, so that it ends for those that stand for themselves.
    fn allows_null(&self, schema: &Value, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.find(reference, &Origin::new(""));
            return target.is_ok_and(|(target, _)| self.allows_null(target, depth));
        }
        let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
        schema.get("nullable").and_then(Value::as_bool) == Some(true)
            || list("enum").any(Value::is_null)
            || list("allOf").chain(list("oneOf")).chain(list("anyOf")).any(|inner| self.allows_null(inner, depth))
    }

    /// What a schema stands for: the end of references, and of lists with a single schema.
    pub fn behind<'b>(&'b self, schema: &'b Value) -> &'b Value {
        let mut schema = schema;
        for _ in 0..NESTED {
            let sole = ["allOf", "oneOf", "anyOf"].iter().find_map(|keyword| {
                match schema.get(keyword)?.as_array()?.as_slice() {
                    [only] => Some(only),
                    _ => None,
                }
            });
            let target =
                schema.get("$ref").and_then(Value::as_str).map(|reference| self.find(reference, &Origin::new("")));
            schema = match (target, sole) {
                (Some(Ok((target, _))), _) => target,
                (None, Some(only)) => only,
                _ => return schema,
            };
        }
        schema
    }

    fn insert(&mut self, schema: &Schema, shape: Shape, origin: &Origin) -> Type {
        let name = self.name("", &schema.schema_data.extensions, origin);
        let id = TypeId(origin.pointer().into());
        let definition = TypeDef { name, doc: self.type_doc(schema, origin), shape, origin: origin.clone() };
        self.types.insert(id.clone(), definition);
        Type::Named(id)
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
        let (mut doc, name, write_only) = match property {
            ReferenceOr::Item(schema) => {
                let name = self.name(name, &schema.schema_data.extensions, origin);
                (self.doc(schema, origin), name, schema.schema_data.write_only)
            }
            ReferenceOr::Reference { .. } => (Doc::default(), Name::new(name, None), false),
        };
        // One type serves both directions. What only requests require, replies do not have; what only
        // replies require, requests may have.
        let required = required && !write_only;
        if doc.is_empty() {
            doc = Doc::of([self.description_behind(origin)]);
        }
        // The extension names the member, not the type that is made for it.
        if let Some(definition) = self.types.get_mut(&TypeId(origin.pointer().into())) {
            definition.name.given = None;
        }
        // Where anything may stand, `null` may; one that is required needs no second way to say so.
        let nullable = used.nullable || (!required && self.is_any(origin));
        let presence = Presence::new(required, nullable);
        Field { name, ty: used.ty, presence, doc, origin: origin.clone() }
    }

    fn union(&mut self, schemas: &[ReferenceOr<Schema>], origin: &Origin) -> Shape {
        let mut variants: Vec<UnionVariant> = Vec::new();
        for (index, schema) in schemas.iter().enumerate() {
            let at = origin.child(index.to_string());
            let Some((resolved, place)) = self.resolve::<Schema, _>(schema, &at) else { continue };
            let resolved: Cow<'_, Schema> = resolved;
            let kind = self.document.tree.pointer(place.pointer()).and_then(|value| json_kind(self.behind(value)));
            let Some(kind) = kind else {
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
            let doc = self.doc(&resolved, &place);
            let ty = self.schema(schema, &at).ty;
            variants.push(UnionVariant { name, ty, kind, doc, origin: at });
        }
        Shape::Union(Union { variants })
    }

    /// What the target of a bare reference says about itself, which goes for what refers to it.
    pub fn description_behind(&self, origin: &Origin) -> Option<&str> {
        let schema = self.document.tree.pointer(origin.pointer())?;
        self.behind(schema).get("description")?.as_str()
    }

    /// Whether the schema at a place takes any value there is.
    fn is_any(&self, origin: &Origin) -> bool {
        const NARROWING: [&str; 11] = [
            "$ref",
            "additionalProperties",
            "allOf",
            "anyOf",
            "enum",
            "items",
            "not",
            "oneOf",
            "properties",
            "required",
            "type",
        ];
        let schema = self.document.tree.pointer(origin.pointer()).map(|schema| self.behind(schema));
        schema.is_some_and(|schema| !NARROWING.iter().any(|keyword| schema.get(keyword).is_some()))
    }

    /// What a schema says to its reader.
    pub fn doc(&self, schema: &Schema, origin: &Origin) -> Doc {
        let mut doc = doc::texts(&schema.schema_data);
        // What a component's example is like, a test shows.
        let example = schema.schema_data.example.as_ref().filter(|_| component(origin).is_none());
        doc.0.extend(example.and_then(doc::structured_example));
        doc.0.extend(doc::limits(&keywords(&schema.schema_kind)));
        doc
    }

    /// The same for a type: its summary is empty where the description says nothing of the kind.
    fn type_doc(&self, schema: &Schema, origin: &Origin) -> Doc {
        let mut doc = self.doc(schema, origin);
        if schema.schema_data.title.is_none() && schema.schema_data.description.is_none() && !doc.is_empty() {
            doc.0.insert(0, String::new());
        }
        doc
    }

    /// Takes along the example of a component.
    fn schema_example(&mut self, schema: &ReferenceOr<Schema>, id: &TypeId, origin: &Origin) {
        let ReferenceOr::Item(schema) = schema else { return };
        let (Some(example), Some(name)) = (&schema.schema_data.example, component(origin)) else { return };
        if example.is_object() || example.is_array() {
            self.example(&name, Doc::default(), &Type::Named(id.clone()), &origin.child("example"));
        }
    }
}

/// How many references and nested schemas are looked through. Those of people are a handful.
const NESTED: usize = 64;

/// The name of the component that stands at a place.
fn component(origin: &Origin) -> Option<String> {
    let tokens: Vec<_> = pointer::tokens(origin.pointer()).collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(name.to_string()),
        _ => None,
    }
}

fn json_kind(schema: &Value) -> Option<JsonKind> {
    let of_strings = || {
        schema
            .get("enum")
            .is_some_and(|values| values.as_array().is_some_and(|values| values.iter().all(Value::is_string)))
    };
    match schema.get("type").and_then(Value::as_str) {
        Some("boolean") => Some(JsonKind::Boolean),
        Some("integer" | "number") => Some(JsonKind::Number),
        Some("string") => Some(JsonKind::String),
        Some("array") => Some(JsonKind::Array),
        Some("object") => Some(JsonKind::Object),
        None if schema.get("properties").or(schema.get("additionalProperties")).is_some() => Some(JsonKind::Object),
        None if of_strings() => Some(JsonKind::String),
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
