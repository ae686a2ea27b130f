//! Boxes where a type would contain itself, and types of their own for aliases that would.
//!
//! Every field that stays inside a cycle is boxed, whichever type comes first: what is boxed
//! depends on the cycle alone, so that a new schema elsewhere does not change anybody's fields.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::api::{Api, Field, Shape, Type, TypeId};
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashMap;
use crate::rule::Rule;

pub(super) fn box_cycles(api: &mut Api, report: &mut Report) {
    wrap_aliases(api, report);
    let contained = cycles(api, held_in_place);
    for (id, definition) in &mut api.types {
        let Some(cycle) = contained.get(id) else { continue };
        let closes = |ty: &Type| self::contained(ty).iter().any(|target| contained.get(target) == Some(cycle));
        match &mut definition.shape {
            // What a mapping holds is elsewhere already.
            Shape::Struct(shape) => {
                shape.fields.iter_mut().filter(|field| closes(&field.ty)).for_each(|field| wrap(&mut field.ty))
            }
            Shape::Alias(_) => {}
            shape => shape.types_mut().filter(|ty| closes(ty)).for_each(wrap),
        }
    }
}

/// Rust's `type` cannot name itself, not even as the item of a list. Such an alias becomes a type.
fn wrap_aliases(api: &mut Api, report: &mut Report) {
    let aliases = cycles(api, |shape| match shape {
        Shape::Alias(_) => mentioned(shape),
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

/// Finds out how many types rustc may have to look into, one from the other, to know that one can be sent
/// to another thread, and rustdoc to list what else it can. On a cycle, that may be all of them.
pub(super) fn measure(api: &mut Api) {
    /// What one type adds: itself, and at most what `Option<Box<_>>`, lists and mappings are made of.
    const LEVELS: usize = 10;
    /// rustc's own limit.
    const USUAL: usize = 128;
    let graph = graph(api, mentioned);
    let mut depths: HashMap<NodeIndex, usize> = HashMap::default();
    // What others lead to comes first.
    for members in kosaraju_scc(&graph) {
        let targets = members.iter().flat_map(|node| graph.neighbors(*node));
        let below = targets.filter_map(|node| depths.get(&node)).max().copied().unwrap_or_default();
        let depth = below + members.len();
        depths.extend(members.into_iter().map(|node| (node, depth)));
    }
    let levels = LEVELS * depths.into_values().max().unwrap_or_default();
    api.recursion_limit = (levels > USUAL).then(|| levels.next_power_of_two());
}

/// The types that values of a type hold in place.
pub(super) fn held_in_place(shape: &Shape) -> Vec<&TypeId> {
    match shape {
        Shape::Struct(shape) => shape.fields.iter().flat_map(|field| contained(&field.ty)).collect(),
        shape => shape.types().flat_map(contained).collect(),
    }
}

/// The types that a type is made of, in place or elsewhere.
pub(super) fn mentioned(shape: &Shape) -> Vec<&TypeId> {
    named(shape.types())
}

/// The same, but for those that are only in other fields.
pub(super) fn mentioned_by(shape: &Shape, is_meant: impl Fn(&Field) -> bool) -> Vec<&TypeId> {
    match shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().filter(|field| is_meant(field)).map(|field| &field.ty);
            named(fields.chain(shape.rest.iter().map(|rest| &rest.ty)))
        }
        shape => mentioned(shape),
    }
}

/// The types that some types are made of, in place or elsewhere.
pub(super) fn named<'a>(types: impl IntoIterator<Item = &'a Type>) -> Vec<&'a TypeId> {
    let mut named = Vec::new();
    types.into_iter().for_each(|ty| ty.for_each_named(&mut |id| named.push(id)));
    named
}

/// The types that are on a cycle of `edges`, with the number of their cycle.
fn cycles<'a>(api: &'a Api, edges: impl Fn(&'a Shape) -> Vec<&'a TypeId>) -> HashMap<TypeId, usize> {
    let graph = graph(api, edges);
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

/// The types, and which of them lead to which by `edges`.
pub(super) fn graph<'a>(api: &'a Api, edges: impl Fn(&'a Shape) -> Vec<&'a TypeId>) -> DiGraph<&'a TypeId, ()> {
    let mut graph = DiGraph::<&TypeId, ()>::new();
    let nodes: HashMap<&TypeId, NodeIndex> = api.types.keys().map(|id| (id, graph.add_node(id))).collect();
    for (id, definition) in &api.types {
        for target in edges(&definition.shape) {
            if let (Some(from), Some(to)) = (nodes.get(id), nodes.get(target)) {
                graph.update_edge(*from, *to, ());
            }
        }
    }
    graph
}

/// The types that a value of `ty` holds in place; what a list or a map holds is elsewhere already.
pub(super) fn contained(ty: &Type) -> Vec<&TypeId> {
    match ty {
        Type::Named(id) => vec![id],
        Type::Nullable(inner) | Type::OrEmpty(inner) => contained(inner),
        Type::Tuple(tuple) => {
            let (first, then, _) = tuple.split();
            first.iter().chain(then).flat_map(contained).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn wrap(ty: &mut Type) {
    *ty = Type::Boxed(Box::new(std::mem::replace(ty, Type::Unit)));
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{Options, Source, generate};

    /// Types in a ring, each with the next one in it.
    fn library_of_ring(length: usize) -> String {
        let mut text =
            "openapi: 3.0.3\ninfo: { title: Ring, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for index in 0..length {
            let next = (index + 1) % length;
            let schema = format!("{{ properties: {{ next: {{ $ref: '#/components/schemas/T{next}' }} }} }}");
            writeln!(text, "    T{index}: {schema}").expect("text");
        }
        let generated = generate(&Source::new("ring.yaml", text), &Options::default()).expect("a crate");
        generated.files().get("src/lib.rs").expect("a library").to_owned()
    }

    #[test]
    fn rustc_may_look_as_deep_as_types_are_in_each_other() {
        assert!(!library_of_ring(12).contains("recursion_limit"));
        assert!(library_of_ring(40).contains("#![recursion_limit = \"512\"]"));
    }
}
