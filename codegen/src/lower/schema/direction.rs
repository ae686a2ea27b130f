//! `readOnly` and `writeOnly`: members that only replies have, or only requests.
//!
//! OpenAPI 3.0.4, "Schema Object": whether such a member is required is said of its own direction alone. As
//! JSON Schema has it, one of the schemas that describe a member is enough to say so.

use std::sync::Arc;

use serde_json::Value;

use super::node::{Node, Said};
use super::{Reading, Schemas};
use crate::api::{Direction, Field, Origin, Shape, Type, TypeId, Types};
use crate::diagnostics::Diagnostic;
use crate::lower::doc::one_way;
use crate::maps::HashSet;
use crate::rule::Rule;

/// Where it is said that a member goes in a single direction.
#[derive(Default)]
pub(in crate::lower) struct Directions {
    read_only: Option<Origin>,
    write_only: Option<Origin>,
}

impl Directions {
    /// The direction that alone has it; none, if both are said to.
    pub fn only(&self) -> Option<Direction> {
        match (&self.read_only, &self.write_only) {
            (Some(_), None) => Some(Direction::Received),
            (None, Some(_)) => Some(Direction::Sent),
            (None, None) | (Some(_), Some(_)) => None,
        }
    }
}

/// How many schemas are looked through for one member. Those of people are a handful.
const MOST: usize = 100;

impl<'a> Reading<'_, 'a> {
    /// What the schemas of a member say of its direction, and those that they refer to or are made of.
    pub fn directions(&mut self, nodes: &[Node<'a>]) -> Directions {
        let mut directions = Directions::default();
        let (mut open, mut seen) = (nodes.to_vec(), Vec::new());
        while let Some(node) = open.pop() {
            let Some(target) = self.schema_of(&node).filter(|_| seen.len() < MOST) else { continue };
            if seen.iter().any(|seen: &Arc<str>| **seen == *target.origin.pointer()) {
                continue;
            }
            seen.push(target.origin.shared());
            let said = target.schema.annotations();
            for (is_said, keyword, place) in [
                (said.read_only, "readOnly", &mut directions.read_only),
                (said.write_only, "writeOnly", &mut directions.write_only),
            ] {
                if is_said && place.is_none() {
                    *place = Some(target.origin.child(keyword));
                }
            }
            if !target.schema.may_combine() {
                continue;
            }
            let keywords = target.schema.keywords();
            open.extend(Node::list(&keywords.all_of, &target.origin));
            for (_, list) in keywords.choices() {
                let mut variants = Node::list(list, &target.origin);
                variants.retain(|variant| !self.is_null(variant));
                // A choice among one is none.
                if let [only] = variants.as_slice() {
                    open.push(only.clone());
                }
            }
        }
        directions
    }

    /// The direction that alone has a member.
    pub fn only_direction(&mut self, nodes: &[Node<'a>]) -> Option<Direction> {
        if says_nothing(nodes) {
            return None;
        }
        let directions = self.directions(nodes);
        if let (Some(read_only), Some(write_only)) = (&directions.read_only, &directions.write_only) {
            let message = "a member is `readOnly` or `writeOnly`; what is both is taken for neither";
            let diagnostic = Diagnostic::warning(Rule::Contradiction, write_only, message).on_key();
            self.ground.push(diagnostic.also(read_only, "and here").help("take one of them out"));
        }
        directions.only()
    }
}

/// Whether a member is a single schema that neither says anything of directions nor is made of others, as most are.
fn says_nothing(nodes: &[Node<'_>]) -> bool {
    let [Node { said: Said::Schema(schema), .. }] = nodes else { return false };
    let said = schema.annotations();
    !said.read_only && !said.write_only && !schema.may_combine()
}

impl<'a> Schemas<'_, 'a> {
    /// Leaves what the variants of unions are told apart by in both directions.
    pub fn keep_what_tells(&mut self) {
        let (mut open, mut seen) = (std::mem::take(&mut self.tellers), HashSet::default());
        while let Some((ty, member)) = open.pop() {
            let Type::Named(id) = ty else { continue };
            if !seen.insert((id.clone(), member.clone())) {
                continue;
            }
            match self.types.get_mut(&id).map(|definition| &mut definition.shape) {
                Some(Shape::Struct(shape)) => {
                    shape.fields.iter_mut().filter(|field| field.name.wire == member).for_each(goes_both_ways);
                }
                Some(Shape::Alias(target) | Shape::Wrapper(target)) => open.push((target.clone(), member)),
                Some(Shape::Union(union)) => {
                    open.extend(union.variants.iter().map(|variant| (variant.ty.clone(), member.clone())));
                }
                Some(Shape::Enum(_)) | None => {}
            }
        }
    }

    /// Finds out in which direction the examples of schemas go, which may be either.
    pub fn direct_examples(&mut self) {
        for example in self.examples.iter_mut().filter(|example| example.direction.is_none()) {
            let Some(value) = self.ground.document.at(example.origin.pointer()) else { continue };
            let directions = || [Direction::Received, Direction::Sent].into_iter();
            let fits = |direction: &Direction, strays| {
                Look { types: &self.types, direction: *direction, strays }.fits(&example.ty, value)
            };
            example.direction =
                directions().find(|direction| fits(direction, false)).or(directions().find(|it| fits(it, true)));
        }
    }
}

/// Of a member that values are told by: nothing can be told by what is not there.
pub(super) fn goes_both_ways(field: &mut Field) {
    if let Some(only) = field.only.take() {
        field.doc.remove(&one_way(only));
    }
}

/// A look at a value from one direction.
struct Look<'a> {
    types: &'a Types,
    direction: Direction,
    /// Whether there may be members of the other direction.
    strays: bool,
}

impl Look<'_> {
    /// Whether a value of a type has what it must have, and nothing that it must not have.
    fn fits(&self, ty: &Type, value: &Value) -> bool {
        match (ty, value) {
            (Type::Nullable(_), Value::Null) | (Type::OrEmpty(_), Value::String(_)) => true,
            (Type::Nullable(inner) | Type::Boxed(inner) | Type::OrEmpty(inner), _) => self.fits(inner, value),
            (Type::Array(item), Value::Array(values)) => values.iter().all(|value| self.fits(item, value)),
            (Type::Tuple(tuple), Value::Array(values)) => {
                let mut items = values.iter().enumerate();
                items.all(|(index, value)| tuple.at(index).is_some_and(|item| self.fits(item, value)))
            }
            (Type::Map(item), Value::Object(members)) => members.values().all(|value| self.fits(item, value)),
            (Type::Named(id), _) => match (self.shape(id), value) {
                (Some(Shape::Struct(shape)), Value::Object(members)) => {
                    let fits = |field: &Field| match (members.get(&field.name.wire), field.is_in(self.direction)) {
                        (Some(value), true) => self.fits(&field.ty, value),
                        (Some(_), false) => self.strays,
                        (None, is_in) => !is_in || !field.is_required(),
                    };
                    shape.fields.iter().all(fits)
                }
                (Some(Shape::Alias(ty @ (Type::Array(_) | Type::Tuple(_) | Type::Map(_)))), _) => self.fits(ty, value),
                _ => true,
            },
            _ => true,
        }
    }

    /// What a type is behind aliases of nothing but another type.
    fn shape(&self, id: &TypeId) -> Option<&Shape> {
        let mut id = id;
        // As many as there are types lead nowhere new.
        for _ in 0..=self.types.len() {
            match &self.types.get(id)?.shape {
                Shape::Alias(Type::Named(target)) => id = target,
                shape => return Some(shape),
            }
        }
        None
    }
}
