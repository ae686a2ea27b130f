//! How much room values take, and boxes where that would be more than a stack can hold: a struct that has
//! another one twice, which has another one twice, takes twice as much at each level.

use petgraph::algo::toposort;

use super::recursion::{contained, graph, held_in_place, wrap};
use crate::api::{Api, Extents, Field, Shape, Type, TypeId};

/// The most that a struct holds in place, where boxes help.
const LARGE: usize = 64 << 10;

/// What is boxed then takes at least this much.
const WORTH_A_BOX: usize = 512;

/// Boxes what is too large, and keeps the extents of all types. No type contains itself any more.
pub(super) fn settle(api: &mut Api) {
    let mut extents = Extents::default();
    for id in innermost_first(api) {
        let Some(definition) = api.types.get_mut(&id) else { continue };
        if let Shape::Struct(shape) = &mut definition.shape {
            box_what_is_large(&mut shape.fields, |ty| extents.of(ty).size);
        }
        extents.insert(id, extents.of_definition(definition));
    }
    api.extents = extents;
}

fn box_what_is_large(fields: &mut [Field], size: impl Fn(&Type) -> usize) {
    if fields.iter().map(|field| size(&field.ty)).fold(0, usize::saturating_add) <= LARGE {
        return;
    }
    for field in fields {
        if !contained(&field.ty).is_empty() && size(&field.ty) >= WORTH_A_BOX {
            wrap(&mut field.ty);
        }
    }
}

/// All types, each behind those that it holds in place.
fn innermost_first(api: &Api) -> Vec<TypeId> {
    let graph = graph(api, held_in_place);
    let order = toposort(&graph, None).unwrap_or_else(|_| graph.node_indices().collect());
    order.into_iter().rev().map(|node| graph[node].clone()).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::{Options, Source, generate};

    /// The types of schemas of which each has the next one twice.
    fn types_of_levels(levels: usize) -> String {
        let mut text =
            "openapi: 3.0.3\ninfo: { title: Levels, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for level in 0..levels {
            let next = format!("{{ $ref: '#/components/schemas/T{}' }}", level + 1);
            writeln!(text, "    T{level}: {{ properties: {{ left: {next}, right: {next} }} }}").expect("text");
        }
        writeln!(text, "    T{levels}: {{ properties: {{ text: {{ type: string }} }} }}").expect("text");
        let generated = generate(&Source::new("levels.yaml", text), &Options::default()).expect("a crate");
        generated.files().get("src/types.rs").expect("types").to_owned()
    }

    #[test]
    fn what_doubles_at_each_level_is_boxed_before_it_fills_the_stack() {
        assert!(!types_of_levels(8).contains("Box<"));
        // 32 bytes, doubled until they are more than 64 KiB: ten levels without a box, and then one with.
        let types = types_of_levels(20);
        assert!(types.contains("pub left: Option<Box<T10>>,"), "{types}");
        assert_eq!(types.matches("Option<Box<").count(), 2);
    }
}
