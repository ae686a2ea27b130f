//! `src/types.rs`: the types of the schemas, without their serialization.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, foreign, ident, integer_type};
use super::{Code, Sink, Tokens, accessors, constants, conversions, doc, lints, setters};
use crate::api::{
    Api, Enum, Field, Integer, Listed, Name, Presence, Shape, Struct, Type, TypeDef, Union, UnionVariant,
};
use crate::format::WIDTH;
use crate::maps::{HashMap, HashSet};
use crate::texts::{Doc, code, said};

/// What is said of all types, once for them all.
fn module_docs(api: &Api) -> Doc {
    const DOCS: &str = "The types of the API: what requests and responses are made of.";
    const NEW: &str = "`new` takes the members that are required, and leaves out all others.";
    const SETTERS: &str = "What requests hold has a method for each member that may be left out: it takes what the member \
                           reads as, and gives the whole back.";
    let has_new = |definition: &TypeDef| match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(Field::is_required),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => false,
    };
    let has_setters = |definition: &TypeDef| match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(|field| field.setter.is_some()),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => false,
    };
    let any = |has: fn(&TypeDef) -> bool, said| api.types.values().any(has).then_some(said);
    Doc::from(DOCS).and(any(has_new, NEW)).and(any(has_setters, SETTERS))
}

/// The one file of all types.
pub(super) fn types(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let definitions: Vec<_> = api.types.values().collect();
    items(&module_docs(api), &definitions, Scope::within_types(api), sink)
}

/// One of several files of types.
pub(super) fn file(api: &Api, definitions: &[&TypeDef], sink: &mut Sink<'_>) -> TokenStream {
    let docs = Doc::from("Types of the API, by how their names begin.");
    items(&docs, definitions, Scope::within_file(api, definitions), sink)
}

/// The file that shows the types of all files.
pub(super) fn index(api: &Api) -> TokenStream {
    let docs = doc::inner(&module_docs(api));
    let modules: Vec<_> = api.type_files.iter().map(|file| ident(&file.name)).collect();
    quote!(#docs #(mod #modules;)* #(pub use #modules::*;)*)
}

fn items(docs: &Doc, definitions: &[&TypeDef], mut scope: Scope<'_>, sink: &mut Sink<'_>) -> TokenStream {
    for definition in definitions {
        let mut tokens = Tokens::default();
        item(definition, &mut scope, &mut tokens);
        sink(Code::Tokens(tokens));
        if let Shape::Enum(shape @ Enum { listed: Listed::Strings, .. }) = &definition.shape {
            sink(Code::Text(strings(&definition.name.rust, shape, &mut scope)));
        }
    }
    let docs = doc::inner(docs);
    let uses = scope.uses();
    quote!(#docs #uses)
}

fn item(definition: &TypeDef, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    doc::put(&docs(definition, scope), tokens);
    match &definition.shape {
        Shape::Struct(shape) => {
            fields(&definition.name.rust, shape, Copies::Yes(&definition.derives), scope, tokens);
        }
        Shape::Enum(shape) => enumeration(definition, shape, scope, tokens),
        Shape::Union(shape) => tokens.push(union(definition, shape, scope)),
        Shape::Alias(ty) => tokens.push(alias(definition, ty, scope)),
        Shape::Wrapper(ty) => tokens.push(wrapper(definition, ty, scope)),
    }
    tokens.extend(conversions::conversion(definition, scope));
}

fn docs(definition: &TypeDef, scope: &Scope<'_>) -> Doc {
    let Name { wire, rust, .. } = &definition.name;
    let doc = definition.doc.clone();
    let doc = if doc::says(rust, wire) { doc } else { doc.summed_up(|| code(wire) + " of the description.") };
    doc.and(conversions::other_direction(definition, scope))
}

const USUAL: &[&str] = &["Clone", "Debug", "PartialEq"];

/// What a type derives: what all types of its kind do, and what the description asks for.
fn derive<'a>(usual: &[&'a str], asked: impl IntoIterator<Item = &'a String>) -> TokenStream {
    let asked = asked.into_iter().map(String::as_str).filter(|derive| !usual.contains(derive));
    let paths = usual.iter().copied().chain(asked).map(foreign);
    quote!(#[derive(#(#paths),*)])
}

/// Whether values of a struct can be copied and compared.
#[derive(Clone, Copy)]
pub(super) enum Copies<'a> {
    /// And what else it derives.
    Yes(&'a [String]),
    No,
}

/// A struct and the way to make one, without its docs.
pub(super) fn fields(name: &str, shape: &Struct, copies: Copies<'_>, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let has_required = shape.fields.iter().any(Field::is_required);
    let has_default = shape.fields.iter().all(|field| !field.is_required() || field.preset().is_some());
    let usual: &[&str] = match (&copies, has_required) {
        // What keeps members shows them only where there are some.
        (Copies::Yes(_), true) if shape.undeclared.is_some() => &["Clone", "PartialEq"],
        (Copies::Yes(_), false) if shape.undeclared.is_some() => &["Clone", "Default", "PartialEq"],
        (Copies::Yes(_), true) => USUAL,
        (Copies::Yes(_), false) => &["Clone", "Debug", "Default", "PartialEq"],
        (Copies::No, true) => &["Debug"],
        (Copies::No, false) => &["Debug", "Default"],
    };
    let asked = match copies {
        Copies::Yes(asked) => asked,
        Copies::No => &[],
    };
    // One that has the members that it must have by itself has a `Default` of its own.
    tokens.push(derive(usual, asked.iter().filter(|derive| !(has_default && *derive == "Default"))));
    tokens.push(quote!(#[non_exhaustive] pub struct));
    tokens.word(name);
    tokens.braces(|tokens| members(shape, scope, tokens));
    methods(name, shape, scope, tokens);
    if has_required && has_default {
        let name = ident(name);
        tokens.push(quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
}

/// The members of a struct as its fields.
fn members(shape: &Struct, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    for field in &shape.fields {
        doc::put(&field.doc, tokens);
        tokens.extend(lints::complex(&field.ty));
        member(&field.name, scope.member(&field.ty, field.presence), tokens);
    }
    if let Some(rest) = &shape.rest {
        tokens.push(quote! {
            /// The members that are not among the fields above.
        });
        member(&rest.name, scope.ty(&Type::Map(Box::new(rest.ty.clone()))), tokens);
    }
    if let Some(undeclared) = &shape.undeclared {
        // Its type says what it is.
        member(&undeclared.name, scope.runtime("Undeclared"), tokens);
    }
}

fn member(name: &Name, ty: TokenStream, tokens: &mut Tokens) {
    tokens.word("pub");
    tokens.word(&name.rust);
    tokens.sign(':');
    tokens.push(ty);
    tokens.sign(',');
}

/// The ways to make a struct and to set its members, if there are any.
fn methods(name: &str, shape: &Struct, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let has_setters = shape.fields.iter().any(|field| field.setter.is_some());
    let has_required = shape.fields.iter().any(Field::is_required);
    if !has_required && !has_setters {
        return;
    }
    tokens.word("impl");
    tokens.word(name);
    tokens.braces(|tokens| {
        if has_required {
            constructor(shape, scope, tokens);
        } else {
            // As what has required members begins.
            tokens.push(quote!(
                pub fn new() -> Self {
                    Self::default()
                }
            ));
        }
        tokens.extend(setters::setters(shape, scope));
    });
}

/// The way to make a value of a type that grows with the description.
fn constructor(shape: &Struct, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let is_asked_for = |field: &&Field| field.is_required() && field.preset().is_none();
    let required: Vec<_> = shape.fields.iter().filter(is_asked_for).collect();
    tokens.push(lints::method("new", required.len(), required.iter().map(|field| &field.ty)));
    tokens.push(quote!(pub fn new));
    tokens.parentheses(|tokens| {
        for (index, field) in required.iter().enumerate() {
            if index > 0 {
                tokens.sign(',');
            }
            tokens.word(&field.name.rust);
            tokens.sign(':');
            tokens.push(argument_type(field, scope));
        }
    });
    tokens.push(quote!(-> Self));
    tokens.braces(|tokens| {
        tokens.word("Self");
        tokens.braces(|tokens| values(shape, scope, tokens));
    });
}

/// What the constructor makes of its arguments.
fn values(shape: &Struct, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    for field in &shape.fields {
        tokens.word(&field.name.rust);
        if let Some(value) = value(field, scope) {
            tokens.sign(':');
            tokens.push(value);
        }
        tokens.sign(',');
    }
    if let Some(rest) = &shape.rest {
        let name = ident(&rest.name.rust);
        let map = scope.import("std::collections", "BTreeMap");
        tokens.push(quote!(#name: #map::new(),));
    }
    if let Some(undeclared) = &shape.undeclared {
        let name = ident(&undeclared.name.rust);
        let ty = scope.runtime("Undeclared");
        tokens.push(quote!(#name: #ty::new(),));
    }
}

/// What a constructor takes for a member that is required.
pub(super) fn argument(field: &Field, scope: &mut Scope<'_>) -> TokenStream {
    let (name, ty) = (ident(&field.name.rust), argument_type(field, scope));
    quote!(#name: #ty)
}

fn argument_type(field: &Field, scope: &mut Scope<'_>) -> TokenStream {
    match field.presence {
        Presence::Required => setters::taken(&field.ty, &ident(&field.name.rust), scope).ty,
        _ => scope.member(&field.ty, field.presence),
    }
}

/// A member as a constructor makes it: of its argument, or of nothing.
pub(super) fn made(field: &Field, scope: &mut Scope<'_>) -> TokenStream {
    named(field, value(field, scope))
}

/// A member as its argument makes it.
pub(super) fn given(field: &Field, scope: &mut Scope<'_>) -> TokenStream {
    named(field, given_value(field, scope))
}

/// A member with its value, if that is not called what the member is.
fn named(field: &Field, value: Option<TokenStream>) -> TokenStream {
    let name = ident(&field.name.rust);
    match value {
        Some(value) => quote!(#name: #value),
        None => quote!(#name),
    }
}

/// The value that a constructor gives a member, if it is not the argument as it is.
fn value(field: &Field, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if let Some(constant) = field.preset() {
        return Some(constants::value(constant, &field.ty, scope));
    }
    match field.presence {
        Presence::Required | Presence::Nullable => given_value(field, scope),
        Presence::OptionalNullable => {
            let maybe = scope.runtime("Maybe");
            Some(quote!(#maybe::Absent))
        }
        Presence::Optional => Some(quote!(None)),
    }
}

fn given_value(field: &Field, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let is_required = field.presence == Presence::Required;
    is_required.then(|| setters::taken(&field.ty, &ident(&field.name.rust), scope).value).flatten()
}

fn enumeration(definition: &TypeDef, shape: &Enum, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let held = match shape.listed {
        Listed::Strings => quote!(String),
        Listed::Integers(integer) => integer_type(integer),
    };
    tokens.push(derive(&["Clone", "Debug", "PartialEq", "Eq", "Hash"], &definition.derives));
    tokens.push(quote!(#[non_exhaustive] pub enum));
    tokens.word(&definition.name.rust);
    tokens.braces(|tokens| {
        for variant in &shape.variants {
            let mut doc = Doc::from(code(&variant.name.wire));
            doc.append(variant.doc.clone());
            doc::put(&doc, tokens);
            tokens.word(&variant.name.rust);
            tokens.sign(',');
        }
        let other = ident(&shape.other.rust);
        tokens.push(quote! {
            /// A value that the description of the API does not list.
            #other(#held),
        });
    });
    if let Listed::Integers(integer) = shape.listed {
        tokens.push(integers(&ident(&definition.name.rust), integer, shape, scope));
    }
}

/// The table of an enumeration's texts, with as much on a line as there is room for.
fn strings(name: &str, shape: &Enum, scope: &mut Scope<'_>) -> String {
    const INDENTATION: &str = "\n    ";
    let mut text = scope.runtime("string_enum").to_string() + "! {";
    let mut length = WIDTH;
    let mut put = |word: &str| {
        // All but the first of a line have a blank before them.
        let is_first = length + 1 + word.len() > WIDTH;
        length = if is_first { INDENTATION.len() - 1 } else { length + 1 } + word.len();
        text.extend([if is_first { INDENTATION } else { " " }, word]);
    };
    put(name);
    put("{");
    for Name { rust, wire, .. } in shape.variants.iter().map(|variant| &variant.name) {
        put(rust);
        put("=");
        put(&format!("{},", Literal::string(wire)));
    }
    put(&format!("..{}", shape.other.rust));
    put("}");
    text + "\n}\n"
}

fn integers(name: &Ident, integer: Integer, shape: &Enum, scope: &mut Scope<'_>) -> TokenStream {
    let variants: Vec<_> = shape.variants.iter().map(|variant| ident(&variant.name.rust)).collect();
    let values: Vec<_> = shape.variants.iter().map(|variant| constants::digits(&variant.name.wire)).collect();
    let other = ident(&shape.other.rust);
    let integer = integer_type(integer);
    let fmt = scope.import("std", "fmt");
    quote! {
        impl #name {
            /// The value as the API spells it.
            pub fn value(&self) -> #integer {
                match self {
                    #(Self::#variants => #values,)*
                    Self::#other(value) => *value,
                }
            }
        }

        impl From<#integer> for #name {
            fn from(value: #integer) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    other => Self::#other(other),
                }
            }
        }

        impl #fmt::Display for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                self.value().fmt(f)
            }
        }
    }
}

fn union(definition: &TypeDef, shape: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let name = ident(&definition.name.rust);
    let variants: Vec<_> = shape.variants.iter().map(|variant| ident(&variant.name.rust)).collect();
    let types: Vec<_> = shape.variants.iter().map(|variant| scope.ty(&variant.ty)).collect();
    let lints = lints::variants(scope.api, shape.variants.iter().map(|variant| &variant.ty));
    let complex = shape.variants.iter().map(|variant| lints::complex(&variant.ty));
    let variant_docs = shape.variants.iter().map(variant_docs);
    let other = shape.other.as_ref().map(|other| {
        let other = ident(&other.rust);
        let json = scope.runtime("JsonValue");
        quote! {
            /// A value that is none of these, as it came.
            #other(#json),
        }
    });
    let conversions = alone(definition, shape, scope).into_iter().map(|variant| {
        let (from, value) = conversion(variant, scope);
        let variant_name = ident(&variant.name.rust);
        let from_text = (variant.ty == Type::String).then(|| {
            quote! {
                impl From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#variant_name(value.to_owned())
                    }
                }
            }
        });
        quote! {
            impl From<#from> for #name {
                fn from(value: #from) -> Self {
                    Self::#variant_name(#value)
                }
            }

            #from_text
        }
    });
    let conversions: Vec<_> = conversions.collect();
    let accessors = accessors::accessors(&name, shape, scope);
    let derive = derive(USUAL, &definition.derives);
    quote! {
        #derive
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variant_docs #variants(#complex #types),)*
            #other
        }

        #accessors

        #(#conversions)*
    }
}

fn variant_docs(variant: &UnionVariant) -> TokenStream {
    let ty = match &variant.ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    match variant.kind {
        _ if !variant.doc.is_empty() => doc::outer(&variant.doc),
        // The type says what it is.
        _ if ty.named().is_some() => TokenStream::new(),
        Some(kind) if doc::says(&variant.name.rust, kind.name()) => TokenStream::new(),
        Some(kind) => doc::outer(&Doc::from(said("As a JSON ") + kind.name() + ".")),
        None => doc::outer(&"As one of several types.".into()),
    }
}

/// The variants whose type is neither that of another one nor the union itself, once aliases are looked through.
fn alone<'a>(union: &TypeDef, shape: &'a Union, scope: &Scope<'_>) -> Vec<&'a UnionVariant> {
    let mut by_type: HashMap<Type, Vec<usize>> = HashMap::default();
    for (index, variant) in shape.variants.iter().enumerate() {
        by_type.entry(scope.unaliased(&variant.ty)).or_default().push(index);
    }
    by_type.retain(|ty, _| !scope.is_type_of(ty, union));
    let alone: HashSet<_> = by_type.into_values().filter(|same| same.len() == 1).flatten().collect();
    let variants = shape.variants.iter().enumerate().filter(|(index, _)| alone.contains(index));
    variants.map(|(_, variant)| variant).collect()
}

/// What a variant is made from, and the value that it holds then.
fn conversion(variant: &UnionVariant, scope: &mut Scope<'_>) -> (TokenStream, TokenStream) {
    match &variant.ty {
        Type::Boxed(inner) => (scope.ty(inner), quote!(Box::new(value))),
        ty => (scope.ty(ty), quote!(value)),
    }
}

fn alias(definition: &TypeDef, ty: &Type, scope: &mut Scope<'_>) -> TokenStream {
    let name = ident(&definition.name.rust);
    let ty = scope.ty(ty);
    quote!(pub type #name = #ty;)
}

fn wrapper(definition: &TypeDef, ty: &Type, scope: &mut Scope<'_>) -> TokenStream {
    let name = ident(&definition.name.rust);
    let lints = lints::complex(ty);
    // Items that are always there need not have a `Default`, and no text is JSON.
    let has_default = match ty {
        Type::Tuple(tuple) => tuple.required == 0,
        ty => !matches!(ty, Type::JsonText(_)),
    };
    let ty = scope.ty(ty);
    let usual: &[&'static str] = match has_default {
        true => &["Clone", "Debug", "Default", "PartialEq"],
        false => &["Clone", "Debug", "PartialEq"],
    };
    let derive = derive(usual, &definition.derives);
    quote! {
        #derive
        pub struct #name(#lints pub #ty);

        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self(value)
            }
        }
    }
}
