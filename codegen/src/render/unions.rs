//! How the values of unions are read and written.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::api::{Fit, JsonKind, Others, Says, Scalar, Tag, Union};

pub(super) fn read(shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    match &shape.other {
        Some(other) => {
            let other = ident(&other.rust);
            let variants = variants(shape, scope);
            quote!(json.choose_or(&[#(#variants),*], Self::#other))
        }
        None if shape.is_told_by_kind() => read_by_kind(shape, scope),
        None => {
            let variants = variants(shape, scope);
            quote!(json.choose(&[#(#variants),*]))
        }
    }
}

fn read_by_kind(shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let kind_type = scope.runtime("Kind");
    let kinds = |fits: &[Fit]| fits.iter().filter_map(|fit| fit.kind).collect::<Vec<_>>();
    let arms = shape.variants.iter().map(|variant| {
        let patterns = kinds(&variant.fits).into_iter().map(|kind| {
            let pattern = ident(kind_pattern(kind));
            quote!(Some(#kind_type::#pattern))
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
        match json.kind() {
            #(#arms,)*
            _ => Err(json.mismatch(#expected)),
        }
    }
}

fn variants(shape: &Union, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let variants = shape.variants.iter().map(|variant| {
        let fits: Vec<_> = variant.fits.iter().map(|fit| self::fit(fit, scope)).collect();
        let name = ident(&variant.name.rust);
        quote!((&[#(#fits),*], |json| json.read().map(Self::#name)))
    });
    variants.collect()
}

fn fit(fit: &Fit, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Fit");
    let Fit { kind, tags, required, known, others, only: _ } = fit;
    let base = match kind {
        None => quote!(#name::ANY),
        Some(JsonKind::Object) if *others == Others::Any && required.is_empty() && known.is_empty() => {
            quote!(#name::OBJECT)
        }
        Some(JsonKind::Object) => {
            let others = match others {
                Others::Unsaid => None,
                Others::Any => Some(quote!(.open())),
                Others::None => Some(quote!(.closed())),
                Others::Never => Some(quote!(.only())),
            };
            quote!(#name::object(&[#(#required),*], &[#(#known),*])#others)
        }
        Some(kind) => {
            let kind = ident(&kind_pattern(*kind).to_uppercase());
            quote!(#name::#kind)
        }
    };
    let texts: Vec<_> = tags.iter().filter_map(member_texts).collect();
    let tags: Vec<_> = tags.iter().filter(|tag| member_texts(tag).is_none()).map(|tag| self::tag(tag, scope)).collect();
    let tagged = (!texts.is_empty()).then(|| quote!(.tagged(&[#(#texts),*])));
    let told = (!tags.is_empty()).then(|| quote!(.told(&[#(#tags),*])));
    quote!(#base #tagged #told)
}

/// A tag in short, as most are: one of a few texts of a member.
fn member_texts(tag: &Tag) -> Option<TokenStream> {
    let texts: Option<Vec<_>> = tag.values.iter().map(Scalar::text).collect();
    match (tag.path.as_slice(), tag.says, texts) {
        ([member], Says::Is, Some(texts)) => {
            let member = &**member;
            Some(quote!((#member, &[#(#texts),*])))
        }
        _ => None,
    }
}

fn tag(tag: &Tag, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Tag");
    let Tag { path, values, says, required: _, told: _ } = tag;
    let path = path.iter().map(|member| &**member);
    let values = self::values(values, scope);
    match says {
        Says::Is => quote!(#name::Is(&[#(#path),*], #values)),
        Says::IsRather => quote!(#name::IsRather(&[#(#path),*], #values)),
        Says::IsNot => quote!(#name::IsNot(&[#(#path),*], #values)),
    }
}

fn values(values: &[Scalar], scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Values");
    match values.iter().map(Scalar::text).collect::<Option<Vec<_>>>() {
        Some(texts) => quote!(#name::Texts(&[#(#texts),*])),
        None => {
            let values: Vec<_> = values.iter().map(|value| scalar(value, scope)).collect();
            quote!(#name::Scalars(&[#(#values),*]))
        }
    }
}

fn scalar(scalar: &Scalar, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Scalar");
    match scalar {
        Scalar::Null => quote!(#name::Null),
        Scalar::Bool(value) => quote!(#name::Bool(#value)),
        Scalar::Number(digits) => quote!(#name::Number(#digits)),
        Scalar::Text(text) => quote!(#name::Text(#text)),
    }
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
