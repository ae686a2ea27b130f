//! What an operation has that answers with one page of many.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::api::{Carried, Location, Operation, Outcome, Pages, Paging, Place, Presence, Route, Shape, Source, Type};

/// `impl Paged for …`
pub(super) fn paged(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let pages = operation.pages.first()?;
    let steps = pages.items.as_ref().map_or(&[][..], |items| &items.0);
    let success = &operation.success;
    let (page, presence, with_content) = match &success.outcome {
        Outcome::Same(ty) => (ty, Presence::Required, None),
        Outcome::Optional(ty) => (ty, Presence::Optional, None),
        Outcome::Enum(name) => {
            let (reply, content) = success.content_or_none()?;
            (&content.ty, Presence::Required, Some((ident(name), ident(&content.name.rust), reply)))
        }
        Outcome::Nothing => return None,
    };
    let Taken { value, item, is_optional } = member(quote!(page), page, presence, steps, scope)?;
    let items = if is_optional { quote!(#value.unwrap_or_default()) } else { value };
    let items = match with_content {
        None => items,
        Some((outcome, variant, reply)) => {
            let others = success.replies.iter().filter(|other| other.status != reply.status);
            let others = others.map(|other| ident(&other.name.rust));
            quote! {
                match page {
                    #outcome::#variant(page) => #items,
                    #(#outcome::#others)|* => Vec::new(),
                }
            }
        }
    };
    let paging = paging(operation, pages, scope);
    let (marker, item) = (ident(&operation.type_name), scope.ty(&item));
    let (paged, ty) = (scope.runtime("Paged"), scope.runtime("Paging"));
    Some(quote! {
        impl #paged for #marker {
            type Item = #item;
            const PAGING: #ty = #paging;

            fn items(page: Self::Output) -> Vec<Self::Item> {
                #items
            }
        }
    })
}

/// How a page leads to the next.
fn paging(operation: &Operation, pages: &Pages, scope: &mut Scope<'_>) -> TokenStream {
    let ty = scope.runtime("Paging");
    let items = pages.items.as_ref().map(route);
    let paging = match &pages.paging {
        Paging::Cursor { place: at, from } => {
            let (from, at) = (source(from), place(operation, at));
            quote!(#ty::#from #at)
        }
        Paging::Number { place: at, first, last } => {
            let first = proc_macro2::Literal::u64_unsuffixed(first.unwrap_or(1));
            let last = last.as_ref().map(route).map(|last| quote!(.last(#last)));
            let at = place(operation, at);
            quote!(#ty::by_number(#first, #items) #at #last)
        }
        Paging::Offset { place: at } => {
            let at = place(operation, at);
            quote!(#ty::by_offset(#items) #at)
        }
        Paging::Link(from) => {
            let from = source(from);
            quote!(#ty::#from)
        }
        Paging::Never => quote!(),
    };
    let more = pages.more.as_ref().map(route).map(|more| quote!(.more(#more)));
    let done = pages.done.as_ref().map(route).map(|done| quote!(.done(#done)));
    quote!(#paging #more #done)
}

/// Where it is said which page is wanted.
fn place(operation: &Operation, place: &Place) -> TokenStream {
    match place {
        Place::Parameter(name) | Place::Named(name) => {
            let mut params = operation.params.iter().filter(|param| param.name.wire == *name);
            let is_query = params.any(|param| param.location == Location::Query);
            if is_query { quote!(.in_query(#name)) } else { quote!(.in_header(#name)) }
        }
        Place::Member(way, carried) => {
            let way = route(way);
            match carried {
                Carried::Text => quote!(.in_body(#way)),
                Carried::Number => quote!(.in_body_as_number(#way)),
                Carried::AsItCame => quote!(.in_body_as_it_came(#way)),
            }
        }
    }
}

fn source(source: &Source) -> TokenStream {
    match source {
        Source::Member(way) => {
            let way = route(way);
            quote!(by_member(#way))
        }
        Source::Header(name) => quote!(by_header(#name)),
        Source::Links => quote!(by_links()),
    }
}

fn route(route: &Route) -> TokenStream {
    let steps = &route.0;
    quote!(&[#(#steps),*])
}

/// The list that was taken out of a page.
struct Taken {
    value: TokenStream,
    /// The type of an item.
    item: Type,
    is_optional: bool,
}

/// Takes the list at the end of some steps out of a member.
fn member(value: TokenStream, ty: &Type, presence: Presence, steps: &[String], scope: &mut Scope<'_>) -> Option<Taken> {
    let value = match presence {
        Presence::Required => return taken(value, ty, steps, scope),
        Presence::Optional | Presence::Nullable => value,
        Presence::OptionalNullable => quote!(#value.into_value()),
    };
    optional(value, ty, steps, scope)
}

/// The same of an `Option`.
fn optional(value: TokenStream, ty: &Type, steps: &[String], scope: &mut Scope<'_>) -> Option<Taken> {
    let inner = taken(quote!(inner), ty, steps, scope)?;
    let (is_itself, code) = (inner.value.to_string() == "inner", &inner.value);
    let value = match inner.is_optional {
        _ if is_itself => value,
        true => quote!(#value.and_then(|inner| #code)),
        false => quote!(#value.map(|inner| #code)),
    };
    Some(Taken { value, is_optional: true, ..inner })
}

/// The same of a value.
fn taken(value: TokenStream, ty: &Type, steps: &[String], scope: &mut Scope<'_>) -> Option<Taken> {
    match scope.resolved(ty).clone() {
        Type::Array(item) if steps.is_empty() => Some(Taken { value, item: *item, is_optional: false }),
        Type::Nullable(inner) => optional(value, &inner, steps, scope),
        Type::Boxed(inner) => {
            let is_list = matches!(scope.resolved(&inner), Type::Array(_));
            let value = if is_list { quote!(*#value) } else { value };
            taken(value, &inner, steps, scope)
        }
        Type::Named(id) => match scope.shape(&id)? {
            Shape::Struct(shape) => {
                let (step, rest) = steps.split_first()?;
                let field = shape.fields.iter().find(|field| field.name.wire == *step)?;
                let name = ident(&field.name.rust);
                member(quote!(#value.#name), &field.ty, field.presence, rest, scope)
            }
            Shape::Wrapper(ty) => taken(quote!(#value.0), ty, steps, scope),
            Shape::Alias(_) | Shape::Enum(_) | Shape::Union(_) => None,
        },
        _ => None,
    }
}
