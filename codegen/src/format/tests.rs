//! Code that is laid out by its shape is laid out as prettyplease does it each time.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::File;

use super::shapes::Shapes;
use super::tokens::Tokens;

fn by_shapes(code: TokenStream, shapes: &Shapes) -> String {
    let tokens = Tokens::from(code);
    let (_, items) = tokens.items();
    let mut text = String::new();
    for item in items {
        shapes.lay_out(&tokens, &item, &mut text).expect("code");
    }
    text
}

fn by_prettyplease(code: TokenStream) -> String {
    let File { items, .. } = syn::parse2(code).expect("code");
    let file = |item| File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    items.into_iter().map(|item| prettyplease::unparse(&file(item))).collect()
}

/// Code with a name, a type and a text in it.
type Code = fn(&Ident, &Ident, &Literal) -> TokenStream;

const CODES: [Code; 11] = [
    |name, ty, _| {
        quote! {
            #[doc = "\u{1f}7"]
            #[derive(Clone, Debug)]
            pub struct #ty {
                #[doc = "\u{1f}8"]
                pub #name: Option<#ty>,
                pub(crate) others: BTreeMap<String, Vec<(#ty, fn(#ty) -> u8)>>,
            }
        }
    },
    |name, ty, text| {
        quote! {
            impl<'a> Read<'a> for types::#ty where #ty: Clone {
                const NAME: &'static str = #text;
                type Output = BTreeMap<#ty, Self>;

                fn read(json: View<'_>, #name: #ty) -> Result<Self, Mismatch> {
                    Ok(Self { #name: json.read(#text)?, kind: 1 })
                }
            }
        }
    },
    |name, ty, text| {
        quote! {
            impl #ty {
                #[doc = "\u{1f}9"]
                #[must_use]
                pub fn #name(mut self, #name: impl Into<#ty>, other: Option<#ty>) -> Self {
                    self.#name.push((#text, #name.into()));
                    self.rest.get(#text).map(|rest| { let #name = rest; #name.clone() }).unwrap_or_default();
                    self
                }
            }
        }
    },
    |name, ty, text| {
        quote! {
            pub async fn send(&self, #name: &str) -> Result<#ty, Error<#ty>> {
                match self.call(#text).#name(#name).await?.status() {
                    200 | 201 => reply.json().map(#ty::#name).map(Ok),
                    400..=499 => Err(Error::new(#name, #text)),
                    _ if matches!(#name, Some(#ty { #name, .. })) => unreachable!(#text, #name),
                    _ => return id.#name(|#name| { #name }),
                }
            }
        }
    },
    |name, ty, text| {
        quote! {
            impl<'a, T> #ty<'a, T> {
                pub(crate) fn #name<F: Fn(T) -> u8>(self, id: i64, #name: impl Into<#ty>, list: &'a [#ty]) -> Self {
                    let mut other = #name::new(#ty::#name, #text);
                    if list.is_empty() { other.set(#name) } else if id > 5 { return self; }
                    for part in list { other.#name(part); }
                    Self { id, #name: #name.into(), list: None, #ty: Vec::new(), last: #ty { #name, id }, }
                }
                const fn new(#name: #ty) -> Self { #ty { #name } }
                fn rest(&self) -> Self { #ty { #name: #text, ..Default::default() } }
                fn empty() {}
            }
        }
    },
    |name, ty, text| {
        quote! {
            impl #ty {
                fn read(reply: &Reply) -> Result<Result<Self::Output, Self::#ty>, Unreadable> {
                    match reply.#name() {
                        200 => reply.json().map(#ty::#name).map(Ok),
                        201 | 202 => { let #name = reply.json(); Ok(#name) }
                        204 if reply.is_empty(#text) => {}
                        _ => match #name { #ty::One => Err(#text), _ => { unreachable!() } },
                    }
                }
                fn wide(&self) -> #ty where Self: Sized { match self { _ if #name < 4 => #name::<u8, #ty>(#text), _ => 3 } }
            }
        }
    },
    |name, ty, _| quote! { use crate::runtime::{View, #name, #ty}; pub use self::#name; },
    |name, ty, text| quote! { const #ty: &[(&str, #ty)] = &[(#text, #ty { #name }), (#text, #ty { a: #name, #name })]; },
    |name, ty, text| quote! { #name! { #ty { One = #text, ..Other } } },
    |name, ty, _| {
        quote! {
            pub enum #ty {
                #[doc = "\u{1f}10"]
                #name(Box<#ty>),
                Other,
            }
        }
    },
    |name, ty, _| quote! { pub struct #ty; pub struct Wrapper(pub Vec<#ty>); pub trait #ty { fn #name(&self); } mod #name; },
];

fn same_of(lengths: impl Iterator<Item = usize>) {
    let shapes = Shapes::default();
    for length in lengths {
        let name = |letter: &str| Ident::new(&letter.repeat(length), Span::call_site());
        let text = Literal::string(&"x".repeat(length - 1));
        for code in CODES {
            let code = || code(&name("n"), &name("T"), &text);
            assert_eq!(by_shapes(code(), &shapes), by_prettyplease(code()), "{length} letters");
        }
    }
}

#[test]
fn a_shape_is_filled_as_it_would_be_laid_out() {
    same_of(1..110);
}

#[test]
fn it_does_not_matter_which_code_of_a_shape_came_first() {
    same_of((1..110).rev());
}

#[test]
fn names_of_several_lengths_meet_in_one_line() {
    let shapes = Shapes::default();
    let name = |length: usize| Ident::new(&"n".repeat(length), Span::call_site());
    for (one, other) in (5..40).flat_map(|one| [5, 12, 33, 4].map(|other| (one, other))) {
        let (one, other) = (name(one), name(other));
        let code = || {
            quote! {
                fn made(#one: u8) -> Made { Made { #one: #other, b: Inner { #other: #one } } }
                fn called(#one: u8) { Self::#one(#other).#one(#one, #other).#other(Made { #one, #other }, #one) }
            }
        };
        assert_eq!(by_shapes(code(), &shapes), by_prettyplease(code()));
    }
}
