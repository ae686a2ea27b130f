//! Replies: how an operation reads them, the enums that tell them apart, and their headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident, integer_type};
use super::{doc, lints};
use crate::api::{Doc, Header, Listed, Operation, Outcome, Reply, Side, Status, Type};

/// `impl Operation for …`
pub(super) fn operation(operation: &Operation, scope: &mut Scope<'_>) -> TokenStream {
    let marker = ident(&operation.type_name);
    let id = &operation.name.wire;
    let (output_docs, error_docs) = (outcome_docs(&operation.success), outcome_docs(&operation.errors));
    let output = outcome(&operation.success, scope);
    let error = outcome(&operation.errors, scope);
    let (operation_trait, reply, unreadable) =
        (scope.runtime("Operation"), scope.runtime("Reply"), scope.runtime("Unreadable"));
    let success = operation.success.replies.iter().map(|reply| (reply, &operation.success, quote!(Ok)));
    let errors = operation.errors.replies.iter().map(|reply| (reply, &operation.errors, quote!(Err)));
    let mut arms: Vec<_> = success.chain(errors).collect();
    arms.sort_by_key(|(reply, _, _)| precedence(reply.status));
    let has_default = arms.iter().any(|(reply, _, _)| reply.status == Status::Default);
    let arms = merged(arms.iter().map(|(reply, side, side_of)| (reply.status, read(reply, side, side_of))));
    let body = match arms.as_slice() {
        [] => quote!(Err(reply.undocumented())),
        [(_, read)] if has_default => quote!(#read),
        arms => {
            let arms = arms.iter().map(|(patterns, read)| quote!(#(#patterns)|* => #read));
            let otherwise = (!has_default).then(|| quote!(_ => Err(reply.undocumented()),));
            quote!(match reply.status() { #(#arms,)* #otherwise })
        }
    };
    quote! {
        impl #operation_trait for #marker {
            const NAME: &'static str = #id;

            #output_docs
            type Output = #output;
            #error_docs
            type Error = #error;

            fn read(reply: &#reply) -> Result<Result<Self::Output, Self::Error>, #unreadable> {
                #body
            }
        }
    }
}

/// A status says more than its range, and both say more than `default`.
fn precedence(status: Status) -> (u8, u16) {
    match status {
        Status::Code(code) => (0, code),
        Status::Range(digit) => (1, digit),
        Status::Default => (2, 0),
    }
}

/// Arms that read a reply the same way, as one. Only where the patterns are of one kind: a status must
/// still come before its range, and a range before the rest.
fn merged(arms: impl Iterator<Item = (Status, TokenStream)>) -> Vec<(Vec<TokenStream>, TokenStream)> {
    let mut merged: Vec<(u8, Vec<TokenStream>, TokenStream)> = Vec::new();
    for (status, read) in arms {
        let (kind, _) = precedence(status);
        let same =
            |arm: &&mut (u8, Vec<TokenStream>, TokenStream)| arm.0 == kind && arm.2.to_string() == read.to_string();
        match merged.iter_mut().find(same) {
            Some((_, patterns, _)) => patterns.push(pattern(status)),
            None => merged.push((kind, vec![pattern(status)], read)),
        }
    }
    merged.into_iter().map(|(_, patterns, read)| (patterns, read)).collect()
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let first = proc_macro2::Literal::u16_unsuffixed(digit * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(digit * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

fn read(reply: &Reply, side: &Side, side_of: &TokenStream) -> TokenStream {
    let variant = match &side.outcome {
        Outcome::Enum(name) => {
            let (name, variant) = (ident(name), ident(&reply.name.rust));
            Some(quote!(#name::#variant))
        }
        Outcome::Same(_) | Outcome::Nothing => None,
    };
    let read = match (reply.ty(), variant) {
        (Type::Unit, None) => quote!(reply.empty()),
        (Type::Unit, Some(variant)) => quote!(reply.empty().map(|()| #variant)),
        (_, None) => quote!(reply.json()),
        (_, Some(variant)) => quote!(reply.json().map(#variant)),
    };
    quote!(#read.map(#side_of))
}

fn outcome(side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    match &side.outcome {
        Outcome::Nothing => scope.import("std::convert", "Infallible"),
        Outcome::Same(ty) => scope.ty(ty),
        Outcome::Enum(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What is said about replies that no enum tells apart.
fn outcome_docs(side: &Side) -> TokenStream {
    match (&side.outcome, side.replies.as_slice()) {
        (Outcome::Same(_), [only]) => doc::outer(&only.doc),
        (Outcome::Same(_), replies) => {
            let list = doc::list(replies.iter().map(|reply| (status_word(reply.status), &reply.doc)));
            doc::outer(&Doc::of([Some("By status:"), Some(&list)]))
        }
        (Outcome::Enum(_) | Outcome::Nothing, _) => TokenStream::new(),
    }
}

/// The type of the documented errors, as a link of rustdoc.
pub(super) fn error_type(operation: &Operation) -> Option<String> {
    match &operation.errors.outcome {
        Outcome::Enum(name) => Some(format!("[`{name}`]")),
        Outcome::Same(_) => Some(format!("[`{0}::Error`](Operation::Error)", operation.type_name)),
        Outcome::Nothing => None,
    }
}

/// The enums of the sides whose replies differ.
pub(super) fn enums(operation: &Operation, link: &str, scope: &mut Scope<'_>) -> TokenStream {
    let success = side_enum(&operation.success, &format!("What {link} returns, by status."), scope);
    let errors =
        side_enum(&operation.errors, &format!("The errors that {link} is documented to have, by status."), scope);
    quote!(#success #errors)
}

fn side_enum(side: &Side, docs: &str, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let Outcome::Enum(name) = &side.outcome else { return None };
    let docs = doc::outer_text(docs);
    let name = ident(name);
    let types: Vec<_> = side.replies.iter().map(Reply::ty).collect();
    let lints = lints::variants(scope.api, types.iter());
    let variants = side.replies.iter().map(|reply| {
        let mut described = reply.doc.clone();
        described.0.insert(0, status_doc(reply.status));
        let docs = doc::outer(&described);
        let name = ident(&reply.name.rust);
        let payload = match reply.ty() {
            Type::Unit => None,
            ty => {
                let ty = scope.ty(&ty);
                Some(quote!((#ty)))
            }
        };
        quote!(#docs #name #payload)
    });
    Some(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variants,)*
        }
    })
}

fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other".to_owned(),
    }
}

fn status_doc(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(digit) => format!("Any other status from {digit}00 to {digit}99."),
        Status::Default => "Any other status.".to_owned(),
    }
}

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

/// The struct of the documented response headers.
pub(super) fn headers(operation: &Operation, link: &str, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if operation.headers.is_empty() {
        return None;
    }
    let docs = doc::outer_text(&format!(
        "The headers that replies of {link} are documented to have, read from a reply's `headers()`.\n\n\
         A header that is missing, or is not what the description says, is `None`."
    ));
    let name = ident(&operation.headers_name);
    let map = scope.import("http", "HeaderMap");
    let values: Vec<_> = operation.headers.iter().map(|header| header_value(header, scope)).collect();
    let fields: Vec<_> = operation
        .headers
        .iter()
        .map(|header| {
            let described = match header.doc.is_empty() {
                true => Doc::of([Some(format!("The header `{}`.", header.name.wire))]),
                false => header.doc.clone(),
            };
            let docs = doc::outer(&described);
            let name = ident(&header.name.rust);
            let ty = scope.ty(&header.ty);
            quote!(#docs pub #name: Option<#ty>)
        })
        .collect();
    Some(quote! {
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
    })
}
