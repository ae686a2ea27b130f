//! Methods that give what a variant of a union holds, if a value is that variant. What holds a value can be moved out of
//! it by `match` alone, which is as short.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{doc, lints};
use crate::api::{Type, Union, UnionVariant};
use crate::texts::{Doc, code, said};

/// The methods, in the order of the variants.
pub(super) fn accessors(name: &Ident, shape: &Union, scope: &mut Scope<'_>) -> Option<TokenStream> {
    // What is the only variant is always there.
    let is_choice = shape.variants.len() + usize::from(shape.other.is_some()) > 1;
    let variants = shape.variants.iter().filter(|_| is_choice);
    let accessors: Vec<_> = variants.filter_map(|variant| accessor(variant, scope)).collect();
    (!accessors.is_empty()).then(|| quote!(impl #name { #(#accessors)* }))
}

fn accessor(variant: &UnionVariant, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let method = ident(variant.accessor.as_deref()?);
    let name = ident(&variant.name.rust);
    let docs = doc::outer(&Doc::from(said("What ") + code(&name.to_string()) + " holds, if it is that."));
    let lints = lints::complex(&variant.ty);
    let Given { ty, value } = given(&variant.ty, scope);
    Some(quote! {
        #docs
        #lints
        pub fn #method(&self) -> Option<#ty> {
            match self {
                Self::#name(value) => Some(#value),
                _ => None,
            }
        }
    })
}

/// What a method gives of a value that is kept, and how.
struct Given {
    ty: TokenStream,
    value: TokenStream,
}

fn given(ty: &Type, scope: &mut Scope<'_>) -> Given {
    let by_reference = |ty: TokenStream| Given { ty: quote!(&#ty), value: quote!(value) };
    match scope.resolved(ty).clone() {
        Type::Boolean | Type::Integer(_) => Given { ty: scope.ty(ty), value: quote!(*value) },
        Type::String => by_reference(quote!(str)),
        Type::Array(item) => {
            let item = scope.ty(&item);
            by_reference(quote!([#item]))
        }
        Type::Boxed(inner) => by_reference(scope.ty(&inner)),
        _ => by_reference(scope.ty(ty)),
    }
}
