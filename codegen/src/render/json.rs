//! `src/json.rs`: how the types are read from JSON, written to it, and shown.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident, integer_type};
use super::{Sink, doc, structs, unions};
use crate::api::{Api, Enum, Listed, Shape, TypeDef};
use crate::texts::Doc;

const DOCS: &str = "How the types are read from JSON, written to it, and shown.";

/// The one file for all types.
pub(super) fn json(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let definitions: Vec<_> = api.types.values().collect();
    implementations(&definitions, Scope::elsewhere(api), sink)
}

/// The file for some of the types.
pub(super) fn file(api: &Api, definitions: &[&TypeDef], sink: &mut Sink<'_>) -> TokenStream {
    implementations(definitions, Scope::elsewhere(api), sink)
}

fn implementations(definitions: &[&TypeDef], mut scope: Scope<'_>, sink: &mut Sink<'_>) -> TokenStream {
    for definition in definitions {
        item(definition, &mut scope, sink);
    }
    let names = definitions.iter().filter(|definition| !is_said(definition));
    let names: Vec<_> = names.map(|definition| ident(&definition.name.rust)).collect();
    let macro_row = (!names.is_empty()).then(|| {
        let macro_name = scope.runtime("deserialize_from_json");
        let types = scope.import("crate", "types");
        quote!(#macro_name!(#(#types::#names),*);)
    });
    let docs = doc::inner(&Doc::from(DOCS));
    let uses = scope.uses();
    quote!(#docs #uses #macro_row)
}

/// The file that names the others.
pub(super) fn index(api: &Api) -> TokenStream {
    let docs = doc::inner(&Doc::from(DOCS));
    let modules = api.type_files.iter().map(|file| ident(&file.name));
    quote!(#docs #(mod #modules;)*)
}

/// Whether what makes a type from JSON also makes it one that serde deserializes, or there is nothing to make.
fn is_said(definition: &TypeDef) -> bool {
    match definition.shape {
        Shape::Alias(_) | Shape::Struct(_) | Shape::Union(_) | Shape::Enum(Enum { listed: Listed::Strings, .. }) => {
            true
        }
        Shape::Enum(_) | Shape::Wrapper(_) => false,
    }
}

fn item(definition: &TypeDef, scope: &mut Scope<'_>, sink: &mut Sink<'_>) {
    let (read, serialize) = match &definition.shape {
        Shape::Struct(shape) => {
            return sink(structs::implementation(&definition.name.rust, shape, scope));
        }
        Shape::Enum(Enum { listed: Listed::Integers(integer), .. }) => {
            let integer = integer_type(*integer);
            (quote!(#integer::read(json).map(Self::from)), quote!(self.value().serialize(serializer)))
        }
        Shape::Union(shape) => return sink(unions::implementation(&definition.name.rust, shape, scope)),
        Shape::Wrapper(_) => (quote!(json.read().map(Self)), quote!(self.0.serialize(serializer))),
        Shape::Enum(Enum { listed: Listed::Strings, .. }) | Shape::Alias(_) => return,
    };
    let types = scope.import("crate", "types");
    let name = ident(&definition.name.rust);
    let name = quote!(#types::#name);
    let (reader, stop, read_trait) = (scope.runtime("Reader"), scope.runtime("Stop"), scope.runtime("Read"));
    let (serialize_trait, serializer) = (scope.import("serde", "Serialize"), scope.import("serde", "Serializer"));
    let code = quote! {
        impl #read_trait for #name {
            fn read(json: &mut #reader<'_>) -> Result<Self, #stop> {
                #read
            }
        }

        impl #serialize_trait for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #serialize
            }
        }
    };
    sink(code.into());
}
