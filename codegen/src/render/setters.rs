//! Methods that set what may be left out of what is sent. They take what a member reads as.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::lints;
use super::scope::{Scope, ident};
use crate::api::{Field, Presence, Shape, Struct, TextFormat, Type};

/// The setters of a struct, in the order of its members.
pub(super) fn setters(shape: &Struct, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    shape.fields.iter().filter_map(|field| setter(field, scope)).collect()
}

fn setter(field: &Field, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let method = field.setter.as_deref()?;
    let lints = lints::method(method, 2, std::iter::once(&field.ty));
    let (name, member) = (ident(method), ident(&field.name.rust));
    let (ty, value) = match (field.presence, &field.ty) {
        (Presence::OptionalNullable, Type::Boxed(inner)) => {
            let ty = scope.member(inner, field.presence);
            (quote!(impl Into<#ty>), quote!(value.into().map(Box::new)))
        }
        (Presence::OptionalNullable, ty) => {
            let ty = scope.member(ty, field.presence);
            (quote!(impl Into<#ty>), quote!(value.into()))
        }
        (Presence::Required | Presence::Optional | Presence::Nullable, ty) => {
            let taken = taken(ty, &ident("value"), scope);
            let value = taken.value.unwrap_or_else(|| quote!(value));
            (taken.ty, quote!(Some(#value)))
        }
    };
    Some(quote! {
        #lints
        pub fn #name(mut self, value: #ty) -> Self {
            self.#member = #value;
            self
        }
    })
}

/// What a method takes for a value, and the value that it makes of that.
pub(super) struct Taken {
    pub ty: TokenStream,
    /// `None`: what was taken, as it is.
    pub value: Option<TokenStream>,
}

/// What is taken by an argument of this name.
pub(super) fn taken(ty: &Type, name: &Ident, scope: &mut Scope<'_>) -> Taken {
    match scope.resolved(ty).clone() {
        Type::Boxed(inner) => {
            let Taken { ty, value } = taken(&inner, name, scope);
            let value = value.unwrap_or_else(|| quote!(#name));
            Taken { ty, value: Some(quote!(Box::new(#value))) }
        }
        Type::Array(item) => {
            let (item, is_made) = item_of(&item, scope);
            let made = is_made.then(|| quote!(.map(Into::into)));
            let value = Some(quote!(#name.into_iter()#made.collect()));
            Taken { ty: quote!(impl IntoIterator<Item = #item>), value }
        }
        Type::Map(item) => {
            let (item, is_made) = item_of(&item, scope);
            let made = is_made.then(|| quote!(.into()));
            Taken {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #item)>),
                value: Some(quote!(#name.into_iter().map(|(name, value)| (name.into(), value #made)).collect())),
            }
        }
        other if is_made(&other, scope) => {
            let ty = scope.ty(ty);
            Taken { ty: quote!(impl Into<#ty>), value: Some(quote!(#name.into())) }
        }
        _ => Taken { ty: scope.ty(ty), value: None },
    }
}

/// What is taken for an item, and whether the item is made of that.
fn item_of(item: &Type, scope: &mut Scope<'_>) -> (TokenStream, bool) {
    let is_made = is_made(scope.resolved(item), scope);
    let item = scope.ty(item);
    (if is_made { quote!(impl Into<#item>) } else { item }, is_made)
}

/// Whether values of a type are made of others: texts, and what is one of several. Not numbers, as literals and texts
/// that are parsed have to know what they become.
fn is_made(ty: &Type, scope: &Scope<'_>) -> bool {
    match ty {
        Type::String
        | Type::Text(TextFormat::Secret)
        | Type::Any
        | Type::NumberOrText(_)
        | Type::OrEmpty(_)
        | Type::Bytes => true,
        Type::Named(id) => {
            let shape = scope.api.types.get(id).map(|definition| &definition.shape);
            matches!(shape, Some(Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_)))
        }
        _ => false,
    }
}
