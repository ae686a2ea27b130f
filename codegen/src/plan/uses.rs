//! Which optional parts of the runtime the client needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::{
    Api, CredentialKind, CredentialType, Format, Listed, PartWritten, Presence, Shape, Struct, Type, Uses, Written,
};

pub(super) fn find(api: &mut Api) {
    let azure = api.credentials.iter().filter_map(CredentialType::flow).any(|flow| flow.azure_scope().is_some());
    let basic = api.credentials.iter().any(|credential| matches!(credential.kind, CredentialKind::Basic));
    let device = api.credentials.iter().filter_map(CredentialType::flow).any(|flow| flow.device.is_some());
    let mut uses = Uses { azure, basic, device, ..Uses::default() };
    for definition in api.types.values() {
        match &definition.shape {
            Shape::Struct(shape) => {
                uses.note_members(shape);
                let is_ordered = |derive: &String| matches!(derive.as_str(), "Hash" | "Ord" | "PartialOrd");
                uses.order |= shape.undeclared.is_some() && definition.derives.iter().any(is_ordered);
            }
            Shape::Union(union) => uses.choice |= !union.is_told_by_kind(),
            Shape::Enum(shape) => uses.string_enum |= shape.listed == Listed::Strings,
            Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
        definition.shape.types().for_each(|ty| uses.note(ty));
    }
    for operation in api.operations() {
        operation.sent().chain(operation.received()).for_each(|ty| uses.note(ty));
        uses.style |=
            operation.params.iter().any(|param| matches!(param.written, Written::Styled(_) | Written::Form(_)));
        uses.items |= operation.has_items();
        uses.pages |= !operation.pages.is_empty();
        let mut sent = operation.body.iter().flat_map(|body| &body.content);
        uses.items_body |= sent.any(|content| matches!(content.format, Format::Items(_)));
        for content in operation.contents() {
            uses.style |= matches!(content.format, Format::Form(_));
            if let Format::Multipart(Some(parts)) = &content.format {
                uses.note_members(&parts.shape);
                uses.style |= parts.written.iter().any(|written| matches!(written, PartWritten::Style(_)));
            }
        }
    }
    api.foreign = foreign(api);
    uses.foreign = !api.foreign.is_empty();
    api.uses = uses;
}

impl Uses {
    fn note_members(&mut self, shape: &Struct) {
        self.maybe |= shape.fields.iter().any(|field| field.presence == Presence::OptionalNullable);
    }

    fn note(&mut self, ty: &Type) {
        ty.for_each(&mut |ty| match ty {
            Type::Number => self.number = true,
            Type::Decimal => self.decimal = true,
            Type::NumberOrText(_) => self.number_or_text = true,
            Type::OrEmpty(_) => self.or_empty = true,
            Type::JsonText(_) => self.json_text = true,
            Type::Text(format) => self.texts.add(*format),
            Type::Part | Type::Multipart => self.multipart = true,
            Type::Tuple(_) => self.tuple = true,
            _ => {}
        });
    }
}

/// The types that the generator does not make, wherever they are named.
fn foreign(api: &Api) -> BTreeSet<Arc<str>> {
    let members = api.types.values().flat_map(|definition| definition.shape.types());
    let operations = api.operations().flat_map(|operation| {
        operation.params.iter().map(|param| &param.ty).chain(operation.contents().map(|content| &content.ty))
    });
    let mut foreign = BTreeSet::new();
    members.chain(operations).for_each(|ty| {
        ty.for_each(&mut |ty| {
            if let Type::Foreign(path) = ty {
                foreign.insert(Arc::clone(path));
            }
        });
    });
    foreign
}
