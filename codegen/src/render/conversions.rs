//! Where what is sent and what is received are two types: how the one leads to the other.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};

use super::scope::{Scope, ident, tuple_of};
use super::{lints, types};
use crate::api::{Conversion, Field, Presence, Shape, Struct, Tuple, Twin, Type, TypeDef, Union};
use crate::texts::{Paragraph, said};

/// What the docs of a type say of the other one.
pub(super) fn other_direction(definition: &TypeDef, scope: &Scope<'_>) -> Option<Paragraph> {
    let Twin { id, conversion } = definition.twin.as_ref()?;
    let link = scope.link(id)?;
    let said = if definition.is_second() {
        let sent = said("This is what requests have. What replies have is ") + link;
        match conversion {
            _ if matches!(definition.shape, Shape::Alias(_)) => sent + ".",
            Conversion::Whole => sent + ", which converts into it.",
            Conversion::WithMembers => sent + ", of which `into_input` makes it.",
            Conversion::None => sent + ".",
        }
    } else {
        said("This is what replies have. What requests have is ") + link + "."
    };
    Some(said.kept())
}

/// What makes a value of a type that is sent of one that was received.
pub(super) fn conversion(definition: &TypeDef, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let Twin { id, conversion } = definition.twin.as_ref().filter(|_| definition.is_second())?;
    let from = scope.ty(&Type::Named(id.clone()));
    let name = ident(&definition.name.rust);
    let body = match (conversion, scope.shape(id)?, &definition.shape) {
        (Conversion::WithMembers, Shape::Struct(received), Shape::Struct(sent)) => {
            return Some(method(&from, &quote!(#name), received, sent, scope));
        }
        (Conversion::Whole, Shape::Struct(received), Shape::Struct(sent)) => {
            structure(&quote!(Self), &quote!(value), received, sent, scope)
        }
        (Conversion::Whole, Shape::Union(received), Shape::Union(sent)) => union(&from, received, sent, scope),
        // An alias is converted by what it stands for, which never leads to a type around itself.
        _ => return None,
    };
    let is_dropped = matches!(&definition.shape, Shape::Struct(sent) if !has_shared(sent));
    let value = if is_dropped { quote!(_) } else { quote!(value) };
    Some(quote! {
        impl From<#from> for #name {
            fn from(#value: #from) -> Self {
                #body
            }
        }
    })
}

fn has_shared(sent: &Struct) -> bool {
    sent.rest.is_some() || sent.undeclared.is_some() || sent.fields.iter().any(|field| field.only.is_none())
}

/// The conversion where there is more to say than what was received.
fn method(
    from: &TokenStream,
    to: &TokenStream,
    received: &Struct,
    sent: &Struct,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let asked = asked_for(sent, scope);
    let arguments = arguments(sent, scope);
    let lints = lints::method("into_input", arguments.len() + 1, asked.iter().map(|field| &field.ty));
    let body = structure(to, &quote!(self), received, sent, scope);
    quote! {
        impl #from {
            /// What is sent of it, with what replies do not have, or not all of.
            #lints
            pub fn into_input(self, #(#arguments),*) -> #to {
                #body
            }
        }
    }
}

/// What makes a value to send of one that was received, without what it does.
pub(super) fn signature(definition: &TypeDef, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let Twin { id, conversion } = definition.twin.as_ref().filter(|_| definition.is_second())?;
    let from = scope.ty(&Type::Named(id.clone()));
    match (conversion, &definition.shape) {
        (Conversion::WithMembers, Shape::Struct(sent)) => {
            let arguments = arguments(sent, scope);
            Some(quote!(#from::into_input(#(#arguments),*)))
        }
        (Conversion::Whole, Shape::Struct(_) | Shape::Union(_)) => Some(quote!(From<#from>)),
        _ => None,
    }
}

/// What the conversion takes beside what was received.
fn arguments(sent: &Struct, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let asked = asked_for(sent, scope);
    let mut arguments: Vec<_> = asked.iter().map(|field| types::argument(field, scope)).collect();
    if let Some(rest) = sent.rest.as_ref().filter(|rest| !is_convertible(&rest.ty, scope)) {
        let (name, ty) = (ident(&rest.name.rust), scope.ty(&map_of(&rest.ty)));
        arguments.push(quote!(#name: #ty));
    }
    arguments
}

/// The members that nothing that was received makes.
fn asked_for<'a>(sent: &'a Struct, scope: &Scope<'_>) -> Vec<&'a Field> {
    sent.fields.iter().filter(|field| is_asked_for(field, scope)).collect()
}

/// Whether nothing that was received makes a member.
fn is_asked_for(field: &Field, scope: &Scope<'_>) -> bool {
    field.is_to_be_added() || (field.only.is_none() && !is_convertible(&field.ty, scope))
}

/// Whether a value of a type that is sent can be made of its counterpart alone.
fn is_convertible(ty: &Type, scope: &Scope<'_>) -> bool {
    !ty.has_named(&|id| {
        let twin = scope.api.types.get(id).and_then(|definition| definition.twin.as_ref());
        twin.is_some_and(|twin| twin.conversion != Conversion::Whole)
    })
}

fn map_of(ty: &Type) -> Type {
    Type::Map(Box::new(ty.clone()))
}

fn structure(
    name: &TokenStream,
    value: &TokenStream,
    received: &Struct,
    sent: &Struct,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let mut members: Vec<_> = Vec::new();
    for field in &sent.fields {
        let name = ident(&field.name.rust);
        let shared = received.fields.iter().find(|first| first.name.wire == field.name.wire);
        let shared = shared.filter(|_| field.only.is_none());
        members.push(match shared {
            Some(_) if !is_convertible(&field.ty, scope) => types::given(field, scope),
            Some(first) => {
                let member = member(first, field, &quote!(#value.#name), scope);
                quote!(#name: #member)
            }
            None => types::made(field, scope),
        });
    }
    if let (Some(first), Some(rest)) = (&received.rest, &sent.rest) {
        let name = ident(&rest.name.rust);
        members.push(if is_convertible(&rest.ty, scope) {
            let value = converted(&map_of(&first.ty), &map_of(&rest.ty), quote!(#value.#name), scope);
            quote!(#name: #value)
        } else {
            quote!(#name)
        });
    }
    let mut statements = None;
    if let Some(undeclared) = &sent.undeclared {
        let kept = ident(&undeclared.name.rust);
        statements = without_one_way(value, &kept, received, sent);
        members.push(if statements.is_some() { quote!(#kept) } else { quote!(#kept: #value.#kept) });
    }
    quote!(#statements #name { #(#members,)* })
}

/// Takes out of the members without a field what is of a single direction: a `null` that only replies have, and what
/// only requests have but came all the same.
fn without_one_way(value: &TokenStream, kept: &Ident, received: &Struct, sent: &Struct) -> Option<TokenStream> {
    let nulls = received.fields.iter().filter(|field| field.only.is_some() && has_no_null(field));
    let strays = sent.fields.iter().filter(|field| field.only.is_some());
    let left_out: Vec<_> = nulls.chain(strays).map(|field| &field.name.wire).collect();
    let remove = match left_out.as_slice() {
        [] => return None,
        [only] => quote!(#kept.remove(#only);),
        names => quote!(for name in [#(#names),*] { #kept.remove(name); }),
    };
    Some(quote!(let mut #kept = #value.#kept; #remove))
}

/// Whether a `null` can come that the type of a member cannot say.
fn has_no_null(field: &Field) -> bool {
    field.presence == Presence::Optional && field.ty != Type::Any
}

fn union(from: &TokenStream, received: &Union, sent: &Union, scope: &mut Scope<'_>) -> TokenStream {
    let arms: Vec<_> = received
        .variants
        .iter()
        .zip(&sent.variants)
        .map(|(first, variant)| {
            let name = ident(&variant.name.rust);
            let value = converted(&first.ty, &variant.ty, quote!(value), scope);
            quote!(#from::#name(value) => Self::#name(#value))
        })
        .collect();
    let other = sent.other.iter().map(|other| {
        let name = ident(&other.rust);
        quote!(#from::#name(value) => Self::#name(value))
    });
    quote! {
        match value {
            #(#arms,)*
            #(#other,)*
        }
    }
}

fn member(from: &Field, to: &Field, value: &TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    match to.presence {
        _ if from.ty == to.ty => value.clone(),
        Presence::Required => converted(&from.ty, &to.ty, value.clone(), scope),
        Presence::Optional | Presence::Nullable | Presence::OptionalNullable => {
            let function = function(&from.ty, &to.ty, scope);
            quote!(#value.map(#function))
        }
    }
}

/// A value of one type as one of its counterpart. What is boxed differs, as not all cycles go both ways.
fn converted(from: &Type, to: &Type, value: TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    match (from, to) {
        _ if from == to => value,
        (Type::Boxed(from), to) if **from == *to => quote!(*#value),
        (Type::Boxed(from), to) => converted(from, to, quote!((*#value)), scope),
        (from, Type::Boxed(to)) => {
            let value = converted(from, to, value, scope);
            quote!(Box::new(#value))
        }
        (Type::Array(from), Type::Array(to)) => {
            let function = function(from, to, scope);
            quote!(#value.into_iter().map(#function).collect())
        }
        (Type::Tuple(from), Type::Tuple(to)) => tuple(from, to, &value, scope),
        (Type::Nullable(from), Type::Nullable(to)) | (Type::OrEmpty(from), Type::OrEmpty(to)) => {
            let function = function(from, to, scope);
            quote!(#value.map(#function))
        }
        (Type::Map(from), Type::Map(to)) => {
            let converted = converted(from, to, quote!(value), scope);
            quote!(#value.into_iter().map(|(name, value)| (name, #converted)).collect())
        }
        (Type::JsonText(_), Type::JsonText(_)) => quote!(#value.into_text().into()),
        (Type::Named(first), Type::Named(second)) => match (scope.shape(first), scope.shape(second)) {
            (Some(Shape::Alias(from)), Some(Shape::Alias(to))) => converted(from, to, value, scope),
            _ => quote!(#value.into()),
        },
        _ => value,
    }
}

/// A tuple with each of its items converted.
fn tuple(from: &Tuple, to: &Tuple, value: &TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    let ((first, then, rest), (to_first, to_then, to_rest)) = (from.split(), to.split());
    let name = |index: usize| ident(&format!("item{}", index + 1));
    let names: Vec<_> = (0..first.len() + then.len()).map(|index| name(index).into_token_stream()).collect();
    let (first_names, then_names) = names.split_at(first.len());
    let of_first = first.iter().zip(to_first).zip(first_names);
    let of_first: Vec<_> = of_first.map(|((from, to), name)| converted(from, to, name.clone(), scope)).collect();
    let (taken, made) = (tuple_of(first_names), tuple_of(&of_first));
    if from.is_whole() {
        return quote!({ let #taken = #value; #made });
    }
    let ty = scope.runtime("Tuple");
    let of_then = then.iter().zip(to_then).zip(then_names).map(|((from, to), name)| match from == to {
        true => name.clone(),
        false => {
            let function = function(from, to, scope);
            quote!(#name.map(#function))
        }
    });
    let of_then: Vec<_> = of_then.collect();
    let (taken_then, made_then) = (tuple_of(then_names), tuple_of(&of_then));
    let made_rest = match (rest, to_rest) {
        (Some(from), Some(to)) if from != to => {
            let function = function(from, to, scope);
            quote!(rest.into_iter().map(#function).collect())
        }
        // Of what may not be, there is nothing.
        _ => quote!(rest),
    };
    quote!({
        let #ty { first: #taken, then: #taken_then, rest } = #value;
        #ty { first: #made, then: #made_then, rest: #made_rest }
    })
}

/// What converts such a value.
fn function(from: &Type, to: &Type, scope: &mut Scope<'_>) -> TokenStream {
    let has_conversion = |ty: &Type| match ty {
        Type::Named(id) => matches!(scope.shape(id), Some(Shape::Struct(_) | Shape::Union(_))),
        _ => false,
    };
    if has_conversion(from) && has_conversion(to) {
        return quote!(Into::into);
    }
    let converted = converted(from, to, quote!(value), scope);
    quote!(|value| #converted)
}
