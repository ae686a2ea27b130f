//! Where the API decides what the compiler's and clippy's lints are about: exceptions, each at the item
//! that needs it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, Type};

/// Methods of operators and of traits that everybody knows.
const TRAIT_METHODS: &[&str] = &[
    "add", "as_mut", "as_ref", "bitand", "bitor", "bitxor", "borrow", "borrow_mut", "clone", "cmp", "default", "deref",
    "deref_mut", "div", "drop", "eq", "from_iter", "from_str", "hash", "index", "index_mut", "into_iter", "mul", "neg",
    "next", "not", "rem", "shl", "shr", "sub",
];

/// The most arguments that clippy accepts, `self` among them.
const ARGUMENTS: usize = 7;

/// For a method of a name, a number of arguments (`self` among them), and their types.
pub(super) fn method<'a>(name: &str, arguments: usize, types: impl Iterator<Item = &'a Type>) -> TokenStream {
    let confusing = TRAIT_METHODS
        .contains(&name)
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "the API calls it so")]));
    let many = (arguments > ARGUMENTS)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the API requires all of them")]));
    let complex = types.filter_map(complex).next();
    quote!(#confusing #many #complex)
}

/// For a module of a name in one of another name.
pub(super) fn module(name: &str, within: &str) -> Option<TokenStream> {
    (name == within).then(|| quote!(#[expect(clippy::module_inception, reason = "the API calls it so")]))
}

/// For something of a type, if that holds lists in lists in lists.
pub(super) fn complex(ty: &Type) -> Option<TokenStream> {
    // A level more than the type itself has: it may become an option.
    let is_complex = complexity(ty, 2) + OPTION > COMPLEXITY;
    is_complex.then(|| quote!(#[allow(clippy::type_complexity, reason = "the API has it so")]))
}

/// The most complexity that clippy accepts, and what an option adds to it.
const COMPLEXITY: usize = 250;
const OPTION: usize = 10;

/// Clippy's measure: each type counts as much as it is deep.
fn complexity(ty: &Type, depth: usize) -> usize {
    let own = 10 * depth;
    match ty {
        Type::Array(inner)
        | Type::Nullable(inner)
        | Type::Boxed(inner)
        | Type::NumberOrText(inner)
        | Type::OrEmpty(inner)
        | Type::JsonText(inner)
        | Type::Items(inner)
        | Type::Event(inner) => own + complexity(inner, depth + 1),
        Type::Tuple(tuple) if tuple.is_whole() => {
            own + tuple.parts.iter().map(|part| complexity(part, depth + 1)).sum::<usize>()
        }
        Type::Tuple(tuple) => {
            let (first, then, rest) = tuple.split();
            let tuples = 20 * (depth + 1);
            let first: usize = first.iter().map(|part| complexity(part, depth + 2)).sum();
            let then: usize = then.iter().map(|part| 10 * (depth + 2) + complexity(part, depth + 3)).sum();
            own + tuples + first + then + rest.map_or(0, |part| complexity(part, depth + 1))
        }
        Type::Map(inner) => own + 10 * (depth + 1) + complexity(inner, depth + 1),
        _ => own,
    }
}

/// For an enum whose variants hold what the API sends, if one of them is far larger than the others.
pub(super) fn variants<'a>(api: &Api, types: impl Iterator<Item = &'a Type>) -> Option<TokenStream> {
    // Clippy's line is at 200, and extents do not know how fields are laid out.
    const DIFFERENCE: usize = 150;
    let extents: Vec<_> = types.map(|ty| api.extents.of(ty)).collect();
    // What others made may be of any size.
    let is_open = extents.iter().any(|extent| extent.is_open);
    let mut sizes: Vec<_> = extents.into_iter().map(|extent| extent.size).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let largest = sizes.first().copied().unwrap_or_default();
    // What else there is may hold nothing.
    let is_far = largest - sizes.get(1).copied().unwrap_or_default() > DIFFERENCE;
    (is_far || is_open)
        .then(|| quote!(#[allow(clippy::large_enum_variant, reason = "what it holds is the API's choice")]))
}
