//! Boxes where a type would contain itself, and types of their own for aliases that would.
//!
//! Every field that stays inside a cycle is boxed, whichever type comes first: what is boxed
//! depends on the cycle alone, so that a new schema elsewhere does not change anybody's fields.

use std::collections::HashMap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::api::{Api, Shape, Type, TypeId};
use crate::diagnostics::{Diagnostic, Report};
use crate::rule::Rule;

pub(super) fn box_cycles(api: &mut Api, report: &mut Report) {
    wrap_aliases(api, report);
    let contained = cycles(api, |shape| match shape {
        Shape::Struct(shape) => shape.fields.iter().filter_map(|field| contained(&field.ty)).collect(),
        Shape::Union(union) => union.variants.iter().filter_map(|variant| contained(&variant.ty)).collect(),
        Shape::Alias(ty) | Shape::Wrapper(ty) => contained(ty).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    });
    for (id, definition) in &mut api.types {
        let Some(cycle) = contained.get(id) else { continue };
        let closes = |ty: &Type| self::contained(ty).is_some_and(|target| contained.get(target) == Some(cycle));
        match &mut definition.shape {
            Shape::Struct(shape) => {
                shape.fields.iter_mut().filter(|field| closes(&field.ty)).for_each(|field| wrap(&mut field.ty))
            }
            Shape::Union(union) => {
                union
                    .variants
                    .iter_mut()
                    .filter(|variant| closes(&variant.ty))
                    .for_each(|variant| wrap(&mut variant.ty));
            }
            Shape::Wrapper(ty) if closes(ty) => wrap(ty),
            Shape::Alias(_) | Shape::Enum(_) | Shape::Wrapper(_) => {}
        }
    }
}

/// Rust's `type` cannot name itself, not even as the item of a list. Such an alias becomes a type.
fn wrap_aliases(api: &mut Api, report: &mut Report) {
    let aliases = cycles(api, |shape| match shape {
        Shape::Alias(ty) => all_named(ty).into_iter().collect(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => Vec::new(),
    });
    for (id, definition) in &mut api.types {
        match &definition.shape {
            Shape::Alias(Type::Named(_)) if aliases.contains_key(id) => {
                let message = "this schema is itself and nothing else, so any JSON value is taken for it";
                let diagnostic = Diagnostic::warning(Rule::RecursiveAlias, &definition.origin, message).on_key();
                report.push(diagnostic.help("say what values look like, with `type` or `properties`"));
                definition.shape = Shape::Alias(Type::Any);
            }
            Shape::Alias(ty) if aliases.contains_key(id) => definition.shape = Shape::Wrapper(ty.clone()),
            _ => {}
        }
    }
}

/// The types that are on a cycle of `edges`, with the number of their cycle.
fn cycles<'a>(api: &'a Api, edges: impl Fn(&'a Shape) -> Vec<&'a TypeId>) -> HashMap<TypeId, usize> {
    let mut graph = DiGraph::<&TypeId, ()>::new();
    let nodes: HashMap<&TypeId, NodeIndex> = api.types.keys().map(|id| (id, graph.add_node(id))).collect();
    for (id, definition) in &api.types {
        for target in edges(&definition.shape) {
            if let (Some(from), Some(to)) = (nodes.get(id), nodes.get(target)) {
                graph.update_edge(*from, *to, ());
            }
        }
    }
    let components = kosaraju_scc(&graph).into_iter().enumerate();
    let cyclic = components.filter(|(_, members)| match members.as_slice() {
        [only] => graph.contains_edge(*only, *only),
        _ => true,
    });
    cyclic
        .flat_map(|(number, members)| members.into_iter().map(move |node| (node, number)))
        .map(|(node, number)| (graph[node].clone(), number))
        .collect()
}

/// The type that a value of `ty` holds in place; what a list or a map holds is elsewhere already.
fn contained(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Named(id) => Some(id),
        Type::Nullable(inner) => contained(inner),
        _ => None,
    }
}

fn all_named(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Named(id) => Some(id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => all_named(inner),
        _ => None,
    }
}

fn wrap(ty: &mut Type) {
    *ty = Type::Boxed(Box::new(std::mem::replace(ty, Type::Unit)));
}
