//! Types as code, and the imports that they need where they stand.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::support;
use crate::api::{Api, Integer, Listed, Presence, Shape, Struct, Tuple, Type, TypeDef, TypeId};
use crate::maps::HashSet;
use crate::texts::{Prose, item};

/// The file that is being rendered: how it calls types, and what it has imported for that.
pub(super) struct Scope<'a> {
    pub api: &'a Api,
    place: Place,
    imports: BTreeSet<(&'static str, &'static str)>,
    /// The types of other files that a file of types names.
    siblings: BTreeSet<String>,
}

/// Where a file is, as seen from the types.
#[derive(Clone, PartialEq, Eq)]
enum Place {
    /// The module of the types itself, or one of its files with types of these names.
    WithinTypes(Option<HashSet<String>>),
    /// Another module of the crate.
    Elsewhere,
    /// A test, which imports the types and names the crate for the rest.
    Test(Ident),
}

impl<'a> Scope<'a> {
    fn at(api: &'a Api, place: Place) -> Self {
        Self { api, place, imports: BTreeSet::new(), siblings: BTreeSet::new() }
    }

    pub fn within_types(api: &'a Api) -> Self {
        Self::at(api, Place::WithinTypes(None))
    }

    /// A file of types among others.
    pub fn within_file(api: &'a Api, types: &[&TypeDef]) -> Self {
        let names = types.iter().map(|definition| definition.name.rust.clone()).collect();
        Self::at(api, Place::WithinTypes(Some(names)))
    }

    pub fn elsewhere(api: &'a Api) -> Self {
        Self::at(api, Place::Elsewhere)
    }

    pub fn test(api: &'a Api, crate_name: &Ident) -> Self {
        Self::at(api, Place::Test(crate_name.clone()))
    }

    /// Imports `name` from `module` and gives it back as code.
    pub fn import(&mut self, module: &'static str, name: &'static str) -> TokenStream {
        self.imports.insert((module, name));
        ident(name).into_token_stream()
    }

    /// An item of the runtime.
    pub fn runtime(&mut self, name: &'static str) -> TokenStream {
        if let Place::Test(crate_name) = &self.place {
            let name = ident(name);
            // Tests import it for themselves.
            return if name == "JsonValue" { quote!(#name) } else { quote!(#crate_name::#name) };
        }
        self.import(support::module_of(name), name)
    }

    /// A type as it is owned.
    pub fn ty(&mut self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::String => quote!(String),
            Type::Integer(integer) => integer_type(*integer),
            Type::Number => self.runtime("Number"),
            Type::Decimal => self.runtime("Decimal"),
            Type::NumberOrText(number) => {
                let (name, number) = (self.runtime("NumberOrText"), self.ty(number));
                quote!(#name<#number>)
            }
            Type::OrEmpty(value) => {
                let (name, value) = (self.runtime("OrEmpty"), self.ty(value));
                quote!(#name<#value>)
            }
            Type::JsonText(value) => {
                let (name, value) = (self.runtime("JsonText"), self.ty(value));
                quote!(#name<#value>)
            }
            Type::Text(format) => self.runtime(format.about().name),
            Type::Any => self.runtime("JsonValue"),
            Type::Array(item) => {
                let item = self.ty(item);
                quote!(Vec<#item>)
            }
            Type::Map(value) => {
                let map = self.import("std::collections", "BTreeMap");
                let value = self.ty(value);
                quote!(#map<String, #value>)
            }
            Type::Tuple(tuple) => self.tuple(tuple),
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            Type::Named(id) => {
                let Some(definition) = self.api.types.get(id) else { return quote!(()) };
                let name = ident(&definition.name.rust);
                match &self.place {
                    Place::WithinTypes(own) => {
                        if own.as_ref().is_some_and(|own| !own.contains(&definition.name.rust)) {
                            self.siblings.insert(definition.name.rust.clone());
                        }
                        quote!(#name)
                    }
                    Place::Elsewhere => {
                        let types = self.import("crate", "types");
                        quote!(#types::#name)
                    }
                    Place::Test(_) => quote!(types::#name),
                }
            }
            Type::Foreign(path) => foreign(path),
            Type::Unit | Type::Null => quote!(()),
            Type::Bytes => self.import("bytes", "Bytes"),
            Type::Stream => self.runtime("Body"),
            Type::Items(item) => {
                let (name, item) = (self.runtime("Items"), self.ty(item));
                quote!(#name<#item>)
            }
            Type::Event(data) => {
                let (name, data) = (self.runtime("Event"), self.ty(data));
                quote!(#name<#data>)
            }
            Type::Part => self.runtime("Part"),
            Type::Multipart => self.runtime("Multipart"),
        }
    }

    fn tuple(&mut self, tuple: &Tuple) -> TokenStream {
        let (first, then, rest) = tuple.split();
        let first: Vec<_> = first.iter().map(|item| self.ty(item)).collect();
        let first = tuple_of(&first);
        if tuple.is_whole() {
            return first;
        }
        let name = self.runtime("Tuple");
        let then: Vec<_> = then.iter().map(|item| self.ty(&Type::Nullable(Box::new(item.clone())))).collect();
        let then = tuple_of(&then);
        match rest.map(|rest| self.ty(rest)) {
            Some(rest) => quote!(#name<#first, #then, #rest>),
            None => quote!(#name<#first, #then>),
        }
    }

    /// A value of a type without what it keeps of JSON, where it is to be something else.
    pub fn declared(&mut self, ty: &Type, value: TokenStream) -> TokenStream {
        let resolved = self.resolved(ty).clone();
        let shape = resolved.named().and_then(|id| self.shape(id));
        let Some(Shape::Struct(Struct { undeclared: Some(undeclared), .. })) = shape else { return value };
        let name = ident(&undeclared.name.rust);
        let (ty, none) = (self.ty(&resolved), self.runtime("Undeclared"));
        // What is cloned needs no reference.
        let value: TokenStream = value.into_iter().skip_while(|token| token.to_string() == "&").collect();
        quote!(&#ty { #name: #none::new(), ..#value.clone() })
    }

    /// The type of a member, with its presence.
    pub fn member(&mut self, ty: &Type, presence: Presence) -> TokenStream {
        let ty = self.ty(ty);
        match presence {
            Presence::Required => ty,
            Presence::Optional | Presence::Nullable => quote!(Option<#ty>),
            Presence::OptionalNullable => {
                let maybe = self.runtime("Maybe");
                quote!(#maybe<#ty>)
            }
        }
    }

    /// A link from the docs of a type to another one.
    pub fn link(&self, id: &TypeId) -> Option<Prose> {
        let name = &self.api.types.get(id)?.name.rust;
        let is_here = !matches!(&self.place, Place::WithinTypes(Some(own)) if !own.contains(name));
        Some(if is_here { item(name) } else { item(&format!("super::{name}")) })
    }

    /// The type behind aliases, as far as there is one.
    pub fn resolved<'b>(&'b self, ty: &'b Type) -> &'b Type {
        let mut ty = ty;
        while let Type::Named(id) = ty
            && let Some(Shape::Alias(target)) = self.api.types.get(id).map(|definition| &definition.shape)
        {
            ty = target;
        }
        ty
    }

    /// What a named type is.
    pub fn shape(&self, id: &TypeId) -> Option<&'a Shape> {
        self.api.types.get(id).map(|definition| &definition.shape)
    }

    /// The type with no alias left in it.
    pub fn unaliased(&self, ty: &Type) -> Type {
        let inner = |ty: &Type| Box::new(self.unaliased(ty));
        match self.resolved(ty) {
            Type::Array(item) => Type::Array(inner(item)),
            Type::Map(value) => Type::Map(inner(value)),
            Type::Tuple(tuple) => {
                let parts = tuple.parts.iter().map(|part| self.unaliased(part)).collect();
                Type::Tuple(Box::new(Tuple { parts, ..*tuple.clone() }))
            }
            Type::Nullable(value) => Type::Nullable(inner(value)),
            Type::OrEmpty(value) => Type::OrEmpty(inner(value)),
            // The conversion makes the box.
            Type::Boxed(value) => self.unaliased(value),
            other => other.clone(),
        }
    }

    /// Whether a type that is no alias is the one that is defined there.
    pub fn is_type_of(&self, ty: &Type, definition: &TypeDef) -> bool {
        ty.named().and_then(|id| self.api.types.get(id)).is_some_and(|other| std::ptr::eq(other, definition))
    }

    /// What an enumeration lists, if a type is one behind whatever aliases.
    pub fn listed(&self, ty: &Type) -> Option<Listed> {
        let Type::Named(id) = self.resolved(ty) else { return None };
        match &self.api.types.get(id)?.shape {
            Shape::Enum(shape) => Some(shape.listed),
            _ => None,
        }
    }

    /// The `use` declarations, one for each module.
    pub fn uses(&self) -> TokenStream {
        let mut modules: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (module, name) in &self.imports {
            modules.entry((rank(module), *module)).or_default().push(code_path(name));
        }
        let uses = modules.into_iter().map(|((_, module), names)| {
            let module = code_path(module);
            match names.as_slice() {
                [only] => quote!(use #module::#only;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        let siblings: Vec<_> = self.siblings.iter().map(|name| ident(name)).collect();
        let siblings = match siblings.as_slice() {
            [] => None,
            [only] => Some(quote!(use super::#only;)),
            names => Some(quote!(use super::{#(#names),*};)),
        };
        quote!(#(#uses)* #siblings)
    }
}

/// The order of imports: the standard library, other crates, this crate.
fn rank(module: &str) -> u8 {
    match module.split("::").next() {
        Some("std") => 0,
        Some("crate") => 2,
        _ => 1,
    }
}

/// Types, values or patterns as one; a single one needs a comma to be that.
pub(super) fn tuple_of(items: &[TokenStream]) -> TokenStream {
    match items {
        [only] => quote!((#only,)),
        items => quote!((#(#items),*)),
    }
}

/// The type of an integer.
pub(super) fn integer_type(integer: Integer) -> TokenStream {
    let name = ident(integer.name());
    quote!(#name)
}

/// An identifier from a planned name, raw where it says so.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(plain) => Ident::new_raw(plain, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A type that the generator does not make, or a derive: a path from a crate on, or a single name.
pub(super) fn foreign(path: &str) -> TokenStream {
    match path.strip_prefix("::") {
        Some(path) => {
            let path = code_path(path);
            quote!(::#path)
        }
        None => code_path(path),
    }
}

/// A path such as `std::fmt` as code.
pub(super) fn code_path(text: &str) -> TokenStream {
    let mut code = TokenStream::new();
    for (index, segment) in text.split("::").enumerate() {
        if index > 0 {
            code.extend(quote!(::));
        }
        match segment {
            "crate" => code.extend(quote!(crate)),
            segment => ident(segment).to_tokens(&mut code),
        }
    }
    code
}
