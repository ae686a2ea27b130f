//! How the values of unions are read and written.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::api::{Fit, JsonKind, Union};

pub(super) fn read(shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    match &shape.other {
        Some(other) => {
            let other = ident(&other.rust);
            let choice = choice(shape, scope);
            quote!(#choice.or(Self::#other))
        }
        None if shape.is_told_by_kind() => read_by_kind(shape, scope),
        None => {
            let choice = choice(shape, scope);
            quote!(#choice.end())
        }
    }
}

fn read_by_kind(shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let json = scope.runtime("Json");
    let mismatch = scope.runtime("Mismatch");
    let kinds = |fits: &[Fit]| fits.iter().filter_map(|fit| fit.kind).collect::<Vec<_>>();
    let arms = shape.variants.iter().map(|variant| {
        let patterns = kinds(&variant.fits).into_iter().map(|kind| {
            let pattern = ident(kind_pattern(kind));
            quote!(#json::#pattern(_))
        });
        let name = ident(&variant.name.rust);
        quote!(#(#patterns)|* => json.read().map(Self::#name))
    });
    let words: Vec<_> = shape.variants.iter().flat_map(|variant| kinds(&variant.fits)).map(kind_words).collect();
    let expected = match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    };
    quote! {
        match json.json() {
            #(#arms,)*
            other => Err(#mismatch::new(#expected, other)),
        }
    }
}

fn choice(shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let choice = scope.runtime("Choice");
    let variants: Vec<_> = shape
        .variants
        .iter()
        .map(|variant| {
            let fits: Vec<_> = variant.fits.iter().map(|fit| self::fit(fit, scope)).collect();
            let name = ident(&variant.name.rust);
            quote!(.variant(&[#(#fits),*], |json| json.read().map(Self::#name)))
        })
        .collect();
    quote!(#choice::new(json)#(#variants)*)
}

fn fit(fit: &Fit, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Fit");
    let Fit { kind, tags, required, known, open, only: _ } = fit;
    let base = match kind {
        None => quote!(#name::ANY),
        Some(JsonKind::Object) if *open && required.is_empty() && known.is_empty() => quote!(#name::OBJECT),
        Some(JsonKind::Object) => {
            let open = open.then(|| quote!(.open()));
            quote!(#name::object(&[#(#required),*], &[#(#known),*])#open)
        }
        Some(kind) => {
            let kind = ident(&kind_pattern(*kind).to_uppercase());
            quote!(#name::#kind)
        }
    };
    let tags: Vec<_> = tags
        .iter()
        .map(|tag| {
            let (member, values) = (&tag.member, &tag.values);
            quote!((#member, &[#(#values),*]))
        })
        .collect();
    let tagged = (!tags.is_empty()).then(|| quote!(.tagged(&[#(#tags),*])));
    quote!(#base #tagged)
}

fn kind_pattern(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "Bool",
        JsonKind::Number => "Number",
        JsonKind::String => "String",
        JsonKind::Array => "Array",
        JsonKind::Object => "Object",
    }
}

fn kind_words(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "a boolean",
        JsonKind::Number => "a number",
        JsonKind::String => "a string",
        JsonKind::Array => "an array",
        JsonKind::Object => "an object",
    }
}

pub(super) fn write(shape: &Union) -> TokenStream {
    let names = shape.variants.iter().map(|variant| &variant.name);
    let names = names.chain(&shape.other).map(|name| ident(&name.rust));
    quote! {
        match self {
            #(Self::#names(value) => value.serialize(serializer),)*
        }
    }
}
