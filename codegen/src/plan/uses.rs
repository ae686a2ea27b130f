//! Which optional parts of the runtime the client needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::{
    Api, CredentialKind, CredentialType, Format, Listed, PartWritten, Presence, Shape, Struct, Type, Uses, Written,
};

pub(super) fn find(api: &mut Api) {
    let azure = api.credentials.iter().filter_map(CredentialType::flow).any(|flow| flow.azure_scope().is_some());
    let basic = api.credentials.iter().any(|credential| matches!(credential.kind, CredentialKind::Basic));
    let mut uses = Uses { azure, basic, ..Uses::default() };
    for definition in api.types.values() {
        match &definition.shape {
            Shape::Struct(shape) => {
                uses.note_struct(shape);
                let is_ordered = |derive: &String| matches!(derive.as_str(), "Hash" | "Ord" | "PartialOrd");
                uses.order |= shape.undeclared.is_some() && definition.derives.iter().any(is_ordered);
            }
            Shape::Union(union) => {
                uses.choice |= !union.is_told_by_kind();
                union.variants.iter().for_each(|variant| uses.note(&variant.ty));
            }
            Shape::Alias(ty) | Shape::Wrapper(ty) => uses.note(ty),
            Shape::Enum(shape) => uses.string_enum |= shape.listed == Listed::Strings,
        }
    }
    for operation in api.groups.iter().flat_map(|group| &group.operations) {
        for param in &operation.params {
            uses.note(&param.ty);
            uses.style |= matches!(param.written, Written::Styled(_));
        }
        operation.headers.iter().for_each(|header| uses.note(&header.ty));
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let replies = operation.success.replies.iter().chain(&operation.errors.replies);
        let contents = bodies.chain(replies.flat_map(|reply| &reply.content));
        for content in contents {
            uses.note(&content.ty);
            uses.style |= matches!(content.format, Format::Form(_));
            if let Format::Multipart(Some(parts)) = &content.format {
                uses.note_struct(&parts.shape);
                uses.style |= parts.written.iter().any(|written| matches!(written, PartWritten::Style(_)));
            }
        }
    }
    api.foreign = foreign(api);
    uses.foreign = !api.foreign.is_empty();
    api.uses = uses;
}

impl Uses {
    fn note_struct(&mut self, shape: &Struct) {
        for field in &shape.fields {
            self.maybe |= field.presence == Presence::OptionalNullable;
            self.note(&field.ty);
        }
        shape.rest.iter().for_each(|rest| self.note(&rest.ty));
    }

    fn note(&mut self, ty: &Type) {
        match ty {
            Type::Number => self.number = true,
            Type::Decimal => self.decimal = true,
            Type::Text(format) => self.texts.add(*format),
            Type::Part | Type::Multipart => self.multipart = true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => self.note(inner),
            Type::Boolean
            | Type::String
            | Type::Integer(_)
            | Type::Any
            | Type::Named(_)
            | Type::Foreign(_)
            | Type::Unit
            | Type::Bytes
            | Type::Stream => {}
        }
    }
}

/// The types that the generator does not make, wherever they are named.
fn foreign(api: &Api) -> BTreeSet<Arc<str>> {
    let members = api.types.values().flat_map(|definition| match &definition.shape {
        Shape::Struct(shape) => {
            let rest = shape.rest.iter().map(|rest| &rest.ty);
            shape.fields.iter().map(|field| &field.ty).chain(rest).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        Shape::Alias(ty) | Shape::Wrapper(ty) => vec![ty],
        Shape::Enum(_) => Vec::new(),
    });
    let operations = api.groups.iter().flat_map(|group| &group.operations).flat_map(|operation| {
        let replies = operation.success.replies.iter().chain(&operation.errors.replies);
        let contents = operation.body.iter().flat_map(|body| &body.content);
        let contents = contents.chain(replies.flat_map(|reply| &reply.content)).map(|content| &content.ty);
        operation.params.iter().map(|param| &param.ty).chain(contents)
    });
    members.chain(operations).filter_map(innermost).collect()
}

fn innermost(ty: &Type) -> Option<Arc<str>> {
    match ty {
        Type::Foreign(path) => Some(Arc::clone(path)),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => innermost(inner),
        _ => None,
    }
}
