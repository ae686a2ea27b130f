//! The one walk over types: what they are made of, wherever they stand.
//!
//! A new kind of type is walked once it is in [`Type::parts`] and [`Type::parts_mut`], and a new kind of shape in
//! [`Shape::types`] and [`Shape::types_mut`].

use std::slice;

use super::{Api, Content, Format, Operation, Reply, Shape, Struct, Type, TypeId};

impl Type {
    /// The types that are written inside of it. What has a name is behind that name.
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Array(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::NumberOrText(inner)
            | Self::OrEmpty(inner)
            | Self::JsonText(inner)
            | Self::Items(inner)
            | Self::Event(inner) => slice::from_ref(inner),
            Self::Tuple(tuple) => &tuple.parts,
            Self::Boolean
            | Self::String
            | Self::Integer(_)
            | Self::Number
            | Self::Decimal
            | Self::Text(_)
            | Self::Null
            | Self::Any
            | Self::Named(_)
            | Self::Foreign(_)
            | Self::Unit
            | Self::Bytes
            | Self::Stream
            | Self::Part
            | Self::Multipart => &[],
        }
    }

    pub fn parts_mut(&mut self) -> &mut [Self] {
        match self {
            Self::Array(inner)
            | Self::Map(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::NumberOrText(inner)
            | Self::OrEmpty(inner)
            | Self::JsonText(inner)
            | Self::Items(inner)
            | Self::Event(inner) => slice::from_mut(inner),
            Self::Tuple(tuple) => &mut tuple.parts,
            Self::Boolean
            | Self::String
            | Self::Integer(_)
            | Self::Number
            | Self::Decimal
            | Self::Text(_)
            | Self::Null
            | Self::Any
            | Self::Named(_)
            | Self::Foreign(_)
            | Self::Unit
            | Self::Bytes
            | Self::Stream
            | Self::Part
            | Self::Multipart => &mut [],
        }
    }

    /// Visits the type, and then those inside of it.
    pub fn for_each<'t>(&'t self, visit: &mut impl FnMut(&'t Self)) {
        visit(self);
        for part in self.parts() {
            part.for_each(visit);
        }
    }

    /// Visits the names that it is made of.
    pub fn for_each_named<'t>(&'t self, visit: &mut impl FnMut(&'t TypeId)) {
        self.for_each(&mut |ty| ty.named().into_iter().for_each(&mut *visit));
    }

    pub fn for_each_named_mut(&mut self, visit: &mut impl FnMut(&mut TypeId)) {
        if let Self::Named(id) = self {
            visit(id);
        }
        for part in self.parts_mut() {
            part.for_each_named_mut(visit);
        }
    }

    /// Whether one of the names that it is made of is so.
    pub fn has_named(&self, is_so: &impl Fn(&TypeId) -> bool) -> bool {
        self.named().is_some_and(is_so) || self.parts().iter().any(|part| part.has_named(is_so))
    }
}

impl Struct {
    /// The types of its members.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.fields.iter().map(|field| &field.ty).chain(self.rest.iter().map(|rest| &rest.ty))
    }

    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        self.fields.iter_mut().map(|field| &mut field.ty).chain(self.rest.iter_mut().map(|rest| &mut rest.ty))
    }
}

impl Shape {
    /// The types that it is made of.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let (shape, union, target) = match self {
            Self::Struct(shape) => (Some(shape), None, None),
            Self::Union(union) => (None, Some(union), None),
            Self::Alias(target) | Self::Wrapper(target) => (None, None, Some(target)),
            Self::Enum(_) => (None, None, None),
        };
        let variants = union.into_iter().flat_map(|union| &union.variants).map(|variant| &variant.ty);
        shape.into_iter().flat_map(Struct::types).chain(variants).chain(target)
    }

    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let (shape, union, target) = match self {
            Self::Struct(shape) => (Some(shape), None, None),
            Self::Union(union) => (None, Some(union), None),
            Self::Alias(target) | Self::Wrapper(target) => (None, None, Some(target)),
            Self::Enum(_) => (None, None, None),
        };
        let variants = union.into_iter().flat_map(|union| &mut union.variants).map(|variant| &mut variant.ty);
        shape.into_iter().flat_map(Struct::types_mut).chain(variants).chain(target)
    }
}

impl Content {
    /// The type of the body, and those of its parts.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let parts = self.parts().into_iter().flat_map(|parts| parts.shape.types());
        [&self.ty].into_iter().chain(parts)
    }

    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let parts = match &mut self.format {
            Format::Multipart(parts) => parts.as_mut(),
            Format::Json | Format::Text | Format::Bytes | Format::Items(_) | Format::Form(_) => None,
        };
        [&mut self.ty].into_iter().chain(parts.into_iter().flat_map(|parts| parts.shape.types_mut()))
    }
}

impl Operation {
    /// All replies, those of success first, and at last those that are asked for as streams.
    pub fn replies(&self) -> impl Iterator<Item = &Reply> {
        let streamed = self.streamed.iter().flat_map(|streamed| &streamed.success.replies);
        self.success.replies.iter().chain(&self.errors.replies).chain(streamed)
    }

    /// Whether it may answer with items, one after the other.
    pub fn has_items(&self) -> bool {
        let mut contents = self.replies().flat_map(|reply| &reply.content);
        contents.any(|content| matches!(content.format, Format::Items(_)))
    }

    /// What the body and the replies may be.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        let sent = self.body.iter().flat_map(|body| &body.content);
        sent.chain(self.replies().flat_map(|reply| &reply.content))
    }

    /// The types of what is sent.
    pub fn sent(&self) -> impl Iterator<Item = &Type> {
        let bodies = self.body.iter().flat_map(|body| &body.content).flat_map(Content::types);
        self.params.iter().map(|param| &param.ty).chain(bodies)
    }

    pub fn sent_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let bodies = self.body.iter_mut().flat_map(|body| &mut body.content).flat_map(Content::types_mut);
        self.params.iter_mut().map(|param| &mut param.ty).chain(bodies)
    }

    /// The types of what is received.
    pub fn received(&self) -> impl Iterator<Item = &Type> {
        let bodies = self.replies().flat_map(|reply| &reply.content).flat_map(Content::types);
        self.headers.iter().map(|header| &header.ty).chain(bodies)
    }

    pub fn received_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let streamed = self.streamed.iter_mut().flat_map(|streamed| &mut streamed.success.replies);
        let replies = self.success.replies.iter_mut().chain(&mut self.errors.replies).chain(streamed);
        let bodies = replies.flat_map(|reply| &mut reply.content).flat_map(Content::types_mut);
        self.headers.iter_mut().map(|header| &mut header.ty).chain(bodies)
    }
}

impl Api {
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.groups.iter().flat_map(|group| &group.operations)
    }

    pub fn operations_mut(&mut self) -> impl Iterator<Item = &mut Operation> {
        self.groups.iter_mut().flat_map(|group| &mut group.operations)
    }

    /// The types of what the server sends on its own.
    pub fn sent_by_server(&self) -> impl Iterator<Item = &Type> {
        self.webhooks.iter().flat_map(|webhook| &webhook.content).flat_map(Content::types)
    }

    /// The types that something has which is no type itself: an operation, a webhook, or an example.
    pub fn used_types(&self) -> impl Iterator<Item = &Type> {
        let examples = self.examples.iter().map(|example| &example.ty);
        let called = self.operations().flat_map(|operation| operation.sent().chain(operation.received()));
        called.chain(self.sent_by_server()).chain(examples)
    }

    /// Visits the types of everything, but not those inside of them.
    pub fn for_each_type_mut(&mut self, visit: &mut impl FnMut(&mut Type)) {
        self.types.values_mut().flat_map(|definition| definition.shape.types_mut()).for_each(&mut *visit);
        for operation in self.operations_mut() {
            operation.sent_mut().for_each(&mut *visit);
            operation.received_mut().for_each(&mut *visit);
        }
        let webhooks = self.webhooks.iter_mut().flat_map(|webhook| &mut webhook.content);
        webhooks.flat_map(Content::types_mut).for_each(&mut *visit);
        self.examples.iter_mut().for_each(|example| visit(&mut example.ty));
    }
}
