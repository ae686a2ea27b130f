//! `src/types.rs`: the types of the schemas, without their serialization.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{doc, lints};
use crate::api::{Api, Doc, Enum, Field, Presence, Shape, Struct, Type, TypeDef, Union, UnionVariant};

pub(super) fn types(api: &Api) -> TokenStream {
    let mut scope = Scope::within_types(api);
    let items: Vec<_> = api.types.values().map(|definition| item(definition, &mut scope)).collect();
    let uses = scope.uses();
    quote! {
        //! The types of the API: what requests and responses are made of.
        #uses
        #(#items)*
    }
}

fn item(definition: &TypeDef, scope: &mut Scope<'_>) -> TokenStream {
    match &definition.shape {
        Shape::Struct(shape) => structure(definition, shape, scope),
        Shape::Enum(shape) => enumeration(definition, shape, scope),
        Shape::Union(shape) => union(definition, shape, scope),
        Shape::Alias(ty) => alias(definition, ty, scope),
    }
}

fn docs(definition: &TypeDef) -> TokenStream {
    let mut doc = definition.doc.clone();
    if doc.0.first().is_none_or(String::is_empty) {
        doc.0.insert(0, format!("`{}` of the description.", definition.name.wire));
    }
    doc::outer(&doc)
}

fn structure(definition: &TypeDef, shape: &Struct, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs(definition);
    let name = ident(&definition.name.rust);
    let fields = shape.fields.iter().map(|field| {
        let docs = doc::outer(&field.doc);
        let name = ident(&field.name.rust);
        let lints = lints::complex(&field.ty);
        let ty = scope.member(&field.ty, field.presence);
        quote!(#docs #lints pub #name: #ty)
    });
    let mut fields: Vec<_> = fields.collect();
    if let Some(rest) = &shape.rest {
        let name = ident(&rest.name.rust);
        let ty = scope.ty(&Type::Map(Box::new(rest.ty.clone())));
        fields.push(quote! {
            /// The members that are not among the fields above.
            pub #name: #ty
        });
    }
    let has_required = shape.fields.iter().any(is_required);
    let default = (!has_required).then(|| quote!(Default,));
    let constructor = has_required.then(|| constructor(definition, shape, scope));
    quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }
        #constructor
    }
}

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::Nullable)
}

/// The way to make a value of a type that grows with the description.
fn constructor(definition: &TypeDef, shape: &Struct, scope: &mut Scope<'_>) -> TokenStream {
    let name = ident(&definition.name.rust);
    let required: Vec<_> = shape.fields.iter().filter(|field| is_required(field)).collect();
    let arguments: Vec<_> = required
        .iter()
        .map(|field| {
            let name = ident(&field.name.rust);
            let ty = match (&field.ty, field.presence) {
                (Type::String, Presence::Required) => quote!(impl Into<String>),
                (ty, presence) => scope.member(ty, presence),
            };
            quote!(#name: #ty)
        })
        .collect();
    let values = shape.fields.iter().map(|field| {
        let name = ident(&field.name.rust);
        match (is_required(field), &field.ty, field.presence) {
            (true, Type::String, Presence::Required) => quote!(#name: #name.into()),
            (true, _, _) => quote!(#name),
            (false, _, Presence::OptionalNullable) => {
                let maybe = scope.runtime("Maybe");
                quote!(#name: #maybe::Absent)
            }
            (false, _, _) => quote!(#name: None),
        }
    });
    let values: Vec<_> = values.collect();
    let rest = shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name.rust);
        let map = scope.import("std::collections", "BTreeMap");
        quote!(#name: #map::new(),)
    });
    let lints = lints::method("new", required.len(), required.iter().map(|field| &field.ty));
    quote! {
        impl #name {
            /// With the members that are required, and no others.
            #lints
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #rest }
            }
        }
    }
}

fn enumeration(definition: &TypeDef, shape: &Enum, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs(definition);
    let name = ident(&definition.name.rust);
    let variants: Vec<_> = shape.variants.iter().map(|variant| ident(&variant.name.rust)).collect();
    let values: Vec<_> = shape.variants.iter().map(|variant| variant.name.wire.as_str()).collect();
    let value_docs = values.iter().map(|value| doc::outer(&Doc::of([Some(code(value))])));
    let other = ident(&shape.other.rust);
    let fmt = scope.import("std", "fmt");
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#value_docs #variants,)*
            /// A value that the description of the API does not list.
            #other(String),
        }

        impl #name {
            /// The value as the API spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::#other(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    other => Self::#other(other.to_owned()),
                }
            }
        }

        impl #fmt::Display for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

/// A value as inline code.
fn code(value: &str) -> String {
    if value.trim().is_empty() || value.contains('`') { format!("{value:?}") } else { format!("`{value}`") }
}

fn union(definition: &TypeDef, shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs(definition);
    let name = ident(&definition.name.rust);
    let variants: Vec<_> = shape.variants.iter().map(|variant| ident(&variant.name.rust)).collect();
    let types: Vec<_> = shape.variants.iter().map(|variant| scope.ty(&variant.ty)).collect();
    let (from, values): (Vec<_>, Vec<_>) = shape.variants.iter().map(|variant| conversion(variant, scope)).unzip();
    let lints = lints::variants(scope.api, shape.variants.iter().map(|variant| &variant.ty));
    let variant_docs = shape.variants.iter().map(|variant| match variant.doc.is_empty() {
        true => doc::outer(&Doc::of([Some(format!("As a JSON {}.", variant.name.wire))])),
        false => doc::outer(&variant.doc),
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variant_docs #variants(#types),)*
        }

        #(
            impl From<#from> for #name {
                fn from(value: #from) -> Self {
                    Self::#variants(#values)
                }
            }
        )*
    }
}

/// What a variant is made from, and the value that it holds then.
fn conversion(variant: &UnionVariant, scope: &mut Scope<'_>) -> (TokenStream, TokenStream) {
    match &variant.ty {
        Type::Boxed(inner) => (scope.ty(inner), quote!(Box::new(value))),
        ty => (scope.ty(ty), quote!(value)),
    }
}

fn alias(definition: &TypeDef, ty: &Type, scope: &mut Scope<'_>) -> TokenStream {
    let docs = docs(definition);
    let name = ident(&definition.name.rust);
    let ty = scope.ty(ty);
    quote!(#docs pub type #name = #ty;)
}
