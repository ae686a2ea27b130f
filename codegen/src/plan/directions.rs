//! Types of requests and of replies. A schema of which only one direction has some of the members is a type
//! for each direction that it goes in, exact in that; any other schema is one type, whatever the directions.
//!
//! A type that no operation has in either direction can hold what there is in both.

use super::recursion::{graph, mentioned, mentioned_by, named};
use super::type_names::component;
use crate::api::{
    Api, Conversion, Direction, Field, Form, Format, Presence, Shape, Twin, Type, TypeDef, TypeId, Types,
};
use crate::maps::{HashMap, HashSet};

/// Makes a second type, for what is sent, of each one that differs by direction and goes in both. All types
/// have all members still, by which these are named.
pub(super) fn split(api: &mut Api) {
    let differing = differing(api);
    if !differing.is_empty() {
        split_types(api, &differing);
    }
    // An example of both directions is one where their types are one.
    let mut known = HashSet::default();
    api.examples.retain(|example| known.insert((example.origin.shared(), example.ty.clone())));
}

fn split_types(api: &mut Api, differing: &HashSet<TypeId>) {
    let [sent, received] = [Direction::Sent, Direction::Received].map(|direction| {
        let roots = roots(api, direction);
        reached(api, roots, Some(direction))
    });
    let mut twins: HashMap<TypeId, TypeId> = HashMap::default();
    let mut seconds = Vec::new();
    for (id, definition) in api.types.iter_mut().filter(|(id, _)| differing.contains(*id)) {
        definition.direction = match (sent.contains(id), received.contains(id)) {
            (false, false) => None,
            (true, false) => Some(Direction::Sent),
            (is_sent, true) => {
                if is_sent {
                    let twin = TypeId(format!("{}{SECOND}", id.0).into());
                    seconds.push((twin.clone(), second(id, definition)));
                    definition.twin = Some(Twin { id: twin.clone(), conversion: Conversion::None });
                    twins.insert(id.clone(), twin);
                }
                Some(Direction::Received)
            }
        };
    }
    api.types.extend(seconds);
    send_seconds(api, &twins);
}

/// What no pointer has in it.
const SECOND: &str = "/~sent";

/// The type of what is sent beside one of what is received.
fn second(id: &TypeId, first: &TypeDef) -> TypeDef {
    let mut second = first.clone();
    second.name.given = None;
    second.also.clear();
    second.direction = Some(Direction::Sent);
    second.twin = Some(Twin { id: id.clone(), conversion: Conversion::None });
    second
}

/// Puts the second types where something is sent.
fn send_seconds(api: &mut Api, twins: &HashMap<TypeId, TypeId>) {
    let mut replace = |ty: &mut Type| {
        ty.for_each_named_mut(&mut |id| {
            if let Some(twin) = twins.get(id) {
                *id = twin.clone();
            }
        });
    };
    for definition in api.types.values_mut().filter(|definition| definition.direction == Some(Direction::Sent)) {
        definition.shape.types_mut().for_each(&mut replace);
    }
    for operation in api.operations_mut() {
        operation.sent_mut().for_each(&mut replace);
    }
    for example in api.examples.iter_mut().filter(|example| example.direction == Some(Direction::Sent)) {
        replace(&mut example.ty);
    }
}

/// The types of which one direction has something else than the other: members, or types inside.
fn differing(api: &Api) -> HashSet<TypeId> {
    let differs = |definition: &TypeDef| match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(|field| field.only.is_some()),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Wrapper(_) => false,
    };
    if !api.types.values().any(differs) {
        return HashSet::default();
    }
    let mut graph = graph(api, mentioned);
    graph.reverse();
    let mut open: Vec<_> = graph
        .node_indices()
        .filter(|node| graph.node_weight(*node).and_then(|id| api.types.get(*id)).is_some_and(differs))
        .collect();
    let mut found: HashSet<_> = open.iter().copied().collect();
    while let Some(node) = open.pop() {
        open.extend(graph.neighbors(node).filter(|user| found.insert(*user)));
    }
    found.into_iter().map(|node| graph[node].clone()).collect()
}

/// The types that operations and webhooks have in a direction.
fn roots(api: &Api, direction: Direction) -> Vec<TypeId> {
    let roots = api.operations().flat_map(|operation| match direction {
        Direction::Sent => named(operation.sent()),
        Direction::Received => named(operation.received()),
    });
    let from_server = match direction {
        Direction::Sent => Vec::new(),
        Direction::Received => named(api.sent_by_server()),
    };
    roots.chain(from_server).cloned().collect()
}

/// All types that requests hold.
pub(super) fn sent(api: &Api) -> HashSet<TypeId> {
    reached(api, roots(api, Direction::Sent), Some(Direction::Sent))
}

/// All types that some lead to, by members that there are in a direction, or by all.
fn reached(api: &Api, roots: Vec<TypeId>, direction: Option<Direction>) -> HashSet<TypeId> {
    let mut reached: HashSet<TypeId> = roots.iter().cloned().collect();
    let mut open = roots;
    while let Some(id) = open.pop() {
        let Some(definition) = api.types.get(&id) else { continue };
        let is_on_the_way = |field: &Field| direction.is_none_or(|direction| field.is_in(direction));
        for target in mentioned_by(&definition.shape, is_on_the_way) {
            if reached.insert(target.clone()) {
                open.push(target.clone());
            }
        }
    }
    reached
}

/// Gives the members of each second type the names that they have in the first.
pub(super) fn name_alike(api: &mut Api) {
    for index in 0..api.types.len() {
        let first = api.types.get_index(index).and_then(|(_, second)| match &second.twin {
            Some(first) if second.is_second() => Some(api.types.get(&first.id)?.shape.clone()),
            _ => None,
        });
        let second = api.types.get_index_mut(index).map(|(_, second)| &mut second.shape);
        match (first, second) {
            (Some(Shape::Struct(first)), Some(Shape::Struct(second))) => {
                second.fields.iter_mut().zip(first.fields).for_each(|(field, named)| field.name = named.name);
                second.rest.iter_mut().zip(first.rest).for_each(|(rest, named)| rest.name = named.name);
                second.undeclared = first.undeclared;
            }
            (Some(Shape::Union(first)), Some(Shape::Union(second))) => {
                for (variant, named) in second.variants.iter_mut().zip(first.variants) {
                    (variant.name, variant.accessor) = (named.name, named.accessor);
                }
                second.other = first.other;
            }
            _ => {}
        }
    }
}

/// Leaves out what the direction of a type does not have, and the types that were there for nothing else.
pub(super) fn leave_out(api: &mut Api) {
    let before = in_use(api);
    let others: Vec<_> = api.types.keys().filter(|id| !before.contains(*id)).cloned().collect();
    leave_out_of_bodies(api);
    for definition in api.types.values_mut() {
        let direction = definition.direction;
        match &mut definition.shape {
            Shape::Struct(shape) => match direction {
                Some(direction) => shape.fields.retain(|field| field.is_in(direction)),
                None => shape.fields.iter_mut().filter(|field| field.only.is_some()).for_each(may_be_absent),
            },
            Shape::Union(union) => {
                let fits = union.variants.iter_mut().flat_map(|variant| &mut variant.fits);
                fits.for_each(|fit| fit.keep_to(direction));
            }
            Shape::Enum(_) | Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }
    let mut after = in_use(api);
    after.extend(reached(api, others, None));
    api.types.retain(|id, _| after.contains(id));
}

/// What an operation says of the members of its body, or has as its parts.
fn leave_out_of_bodies(api: &mut Api) {
    let Api { groups, types, .. } = api;
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    for content in operations.flat_map(|operation| &mut operation.body).flat_map(|body| &mut body.content) {
        match &mut content.format {
            Format::Multipart(Some(parts)) => {
                let is_sent: Vec<_> = parts.shape.fields.iter().map(|field| field.is_in(Direction::Sent)).collect();
                let (mut fields, mut written) = (is_sent.iter(), is_sent.iter());
                parts.shape.fields.retain(|_| fields.next().is_none_or(|is_sent| *is_sent));
                parts.written.retain(|_| written.next().is_none_or(|is_sent| *is_sent));
            }
            Format::Form(Form::Properties(_, styles)) => {
                let Some(fields) = fields_of(&content.ty, types) else { continue };
                let is_left_out =
                    |name: &str| fields.iter().any(|field| field.name.wire == name && !field.is_in(Direction::Sent));
                styles.retain(|(name, _)| !is_left_out(name));
            }
            Format::Json
            | Format::Text
            | Format::Bytes
            | Format::Items(_)
            | Format::Form(Form::Text)
            | Format::Multipart(None) => {}
        }
    }
}

/// The fields of a struct, behind whatever aliases.
fn fields_of<'a>(ty: &'a Type, types: &'a Types) -> Option<&'a [Field]> {
    let mut ty = ty;
    // As many aliases as there are types lead nowhere new.
    for _ in 0..=types.len() {
        match &types.get(ty.named()?)?.shape {
            Shape::Alias(target) => ty = target,
            Shape::Struct(shape) => return Some(&shape.fields),
            Shape::Enum(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
        }
    }
    None
}

/// Of a member that one direction requires, in a type that is of either.
fn may_be_absent(field: &mut Field) {
    field.presence = match field.presence {
        Presence::Required if field.ty != Type::Any => Presence::Optional,
        Presence::Required | Presence::Nullable => Presence::OptionalNullable,
        optional @ (Presence::Optional | Presence::OptionalNullable) => optional,
    };
}

/// The types of components and those that operations have, with all that they are made of.
fn in_use(api: &Api) -> HashSet<TypeId> {
    let components = api.types.keys().filter(|id| component(&id.0).is_some());
    let open = named(api.used_types()).into_iter().chain(components).cloned().collect();
    reached(api, open, None)
}
