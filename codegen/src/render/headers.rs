//! The documented headers of replies.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::doc;
use super::scope::{Scope, ident, integer_type};
use crate::api::{Header, Listed, Operation, Type};
use crate::texts::{Doc, Prose, code, said};

/// The field of a header, read.
fn header_value(named: &Header, scope: &mut Scope<'_>) -> TokenStream {
    let (name, wire) = (ident(&named.name.rust), &named.name.wire);
    let resolved = scope.resolved(&named.ty).clone();
    let (header, item) = match &resolved {
        Type::Array(item) => (scope.runtime("header_list"), scope.resolved(item).clone()),
        _ => (scope.runtime("header"), resolved.clone()),
    };
    let Some(listed) = scope.listed(&item) else { return quote!(#name: #header(headers, #wire)) };
    let ty = scope.ty(&item);
    let (read, items, convert) = match listed {
        Listed::Strings => (quote!(String), quote!(iter), quote!(|value| #ty::from(value.as_str()))),
        Listed::Integers(integer) => (integer_type(integer), quote!(into_iter), quote!(#ty::from)),
    };
    match &resolved {
        Type::Array(_) => {
            quote!(#name: #header::<#read>(headers, #wire).map(|values| values.#items().map(#convert).collect()))
        }
        _ => quote!(#name: #header::<#read>(headers, #wire).map(#convert)),
    }
}

/// The struct of the documented response headers, or another name for the one that several operations have.
pub(super) fn structure(operation: &Operation, link: &Prose, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if operation.headers.is_empty() {
        return None;
    }
    let docs = said("The headers that replies of ")
        + link.clone()
        + " are documented to have, read from a reply's `headers()`.";
    let docs = Doc::from(docs.kept());
    let name = ident(&operation.headers_name);
    let Some(shared) = &operation.headers_shared else { return Some(fields(docs, &name, &operation.headers, scope)) };
    let (docs, shared) = (doc::outer(&docs), ident(shared));
    Some(quote!(#docs pub type #name = crate::replies::#shared;))
}

/// The struct that several operations have.
pub(super) fn shared(name: &Ident, headers: &[Header], scope: &mut Scope<'_>) -> TokenStream {
    fields("Headers that replies of several operations are documented to have.".into(), name, headers, scope)
}

fn fields(docs: Doc, name: &Ident, headers: &[Header], scope: &mut Scope<'_>) -> TokenStream {
    let missing = "A header that is missing, or is not what the description says, is `None`.";
    let docs = doc::outer(&docs.and(Some(missing)));
    let map = scope.import("http", "HeaderMap");
    let values: Vec<_> = headers.iter().map(|header| header_value(header, scope)).collect();
    let fields: Vec<_> = headers
        .iter()
        .map(|header| {
            let name = || Doc::from(said("The header ") + code(&header.name.wire) + ".");
            let docs = doc::outer(&header.doc.clone().or(name));
            let name = ident(&header.name.rust);
            let ty = scope.ty(&header.ty);
            quote!(#docs pub #name: Option<#ty>)
        })
        .collect();
    quote! {
        #docs
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        impl From<&#map> for #name {
            fn from(headers: &#map) -> Self {
                Self { #(#values,)* }
            }
        }
    }
}
