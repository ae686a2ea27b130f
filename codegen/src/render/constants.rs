//! Values that the description says, in code.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::scope::Scope;
use crate::api::Type;

/// A value of a type.
pub(super) fn value(value: &Value, ty: &Type, scope: &mut Scope<'_>) -> TokenStream {
    match (value, ty) {
        (Value::Null, Type::Null) => quote!(()),
        (Value::Bool(value), Type::Boolean) => quote!(#value),
        (Value::Number(number), Type::Integer(_)) => digits(&number.to_string()),
        (Value::Number(number), Type::Number | Type::Decimal) => {
            let (ty, text) = (scope.ty(ty), number.to_string());
            quote!(#ty::written(#text))
        }
        (Value::String(text), Type::String) => quote!(#text.to_owned()),
        // A list of texts.
        (Value::String(text), Type::Named(_)) => {
            let ty = scope.ty(ty);
            quote!(#ty::from(#text))
        }
        (Value::Array(items), Type::Array(_)) => {
            let items = items.iter().map(|item| json(item, scope));
            quote!(vec![#(#items),*])
        }
        (Value::Object(members), Type::Map(_)) if members.is_empty() => {
            let map = scope.import("std::collections", "BTreeMap");
            quote!(#map::new())
        }
        (Value::Object(members), Type::Map(_)) => {
            let map = scope.import("std::collections", "BTreeMap");
            let members = members.iter().map(|(name, value)| {
                let value = json(value, scope);
                quote!((#name.to_owned(), #value))
            });
            quote!(#map::from([#(#members),*]))
        }
        (value, _) => json(value, scope),
    }
}

/// A JSON value.
fn json(value: &Value, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("JsonValue");
    match value {
        Value::Null => quote!(#name::Null),
        Value::Bool(value) => quote!(#name::from(#value)),
        Value::Number(number) if number.is_i64() => {
            let digits = digits(&number.to_string());
            quote!(#name::from(#digits))
        }
        Value::Number(number) => {
            let digits = number.to_string();
            quote!(#name::Number(#digits.into()))
        }
        Value::String(text) => quote!(#name::from(#text)),
        Value::Array(items) => {
            let items = items.iter().map(|item| json(item, scope));
            quote!(#name::Array(vec![#(#items),*]))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(member, value)| {
                let value = json(value, scope);
                quote!((#member.into(), #value))
            });
            quote!(#name::Object(vec![#(#members),*]))
        }
    }
}

/// Digits as a literal of no type of its own.
pub(super) fn digits(digits: &str) -> TokenStream {
    digits.parse().unwrap_or_else(|_| quote!(#digits))
}
