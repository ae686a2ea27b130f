//! Which type holds the integers of a schema: that of its format, unless what the schema says beside it needs
//! a larger one. An answer that the description shows is never refused.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::merge::Merged;
use super::{Reading, Schemas};
use crate::api::{Example, Integer, Listed, Origin, Shape, Type, TypeId, Types};
use crate::description::{Integers as Spoken, whole};
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::rule::Rule;

impl Reading<'_, '_> {
    /// The type of the integers that schemas are together; `None` if none of Rust's holds all of them.
    pub fn integer_type(&mut self, merged: &Merged<'_>) -> Option<Integer> {
        let spoken = self.spoken(merged);
        let declared = merged.format.and_then(integer_of);
        if let (Some(format), Some(declared)) = (merged.format, declared)
            && let Some((value, at)) = spoken.values.iter().find(|(value, _)| !range(declared).contains(value))
        {
            let message = format!("{value} is no `{format}`; a type is taken that holds it");
            let diagnostic = Diagnostic::warning(Rule::Contradiction, at, message);
            self.ground.push(diagnostic.help("write a `format` that holds all values, or none"));
        }
        narrowest(declared, &spoken)
    }

    /// Whether schemas of integers need another type than some of them.
    pub fn needs_other_integers(&self, all: &Merged<'_>, some: &Merged<'_>) -> bool {
        let of = |merged: &Merged<'_>| narrowest(merged.format.and_then(integer_of), &self.spoken(merged));
        of(all) != of(some)
    }

    /// Whether a schema itself says anything of integers.
    pub fn speaks_of_integers(&self, origin: &Origin) -> bool {
        !self.ground.document.integers(origin).values.is_empty()
    }

    fn spoken(&self, merged: &Merged<'_>) -> Spoken {
        let mut spoken = Spoken::default();
        merged.parts.iter().for_each(|part| spoken.extend(self.ground.document.integers(&part.origin)));
        spoken
    }

    /// The format of a schema that its own type does not tell, as that has to be another one.
    pub fn is_wider(&self, format: Option<&str>, origin: &Origin) -> bool {
        let spoken = self.ground.document.integers(origin);
        let declared = format.and_then(integer_of).unwrap_or(Integer::I64);
        narrowest(Some(declared), &spoken) != Some(declared)
    }
}

impl Schemas<'_, '_> {
    /// The JSON of an example that has it as a text.
    fn json_in_text(&self, example: &Example) -> Option<Value> {
        let text = self.ground.document.at(example.origin.pointer())?.as_str()?;
        let is_structured = text.trim_start().starts_with(['{', '[']);
        serde_json::from_str(text).ok().filter(|_| is_structured)
    }

    /// Makes room for the integers in the documented examples.
    pub fn widen_for_examples(&mut self) {
        let inner: Vec<_> = self.examples.iter().map(|example| self.json_in_text(example)).collect();
        let mut search = Search { types: &self.types, seen: HashSet::default(), wide: Vec::new() };
        for (example, inner) in self.examples.iter().zip(&inner) {
            if let Some(value) = self.ground.document.at(example.origin.pointer()) {
                search.value(&example.ty, value);
            }
            if let Some(value) = inner {
                search.value(&example.ty, value);
            }
        }
        for Wide { id, field, value } in search.wide {
            let Some(definition) = self.types.get_mut(&id) else { continue };
            match (&mut definition.shape, field) {
                (Shape::Struct(shape), Some(index)) => {
                    let field = shape.fields.get_mut(index).map(|field| &mut field.ty);
                    field.or(shape.rest.as_mut().map(|rest| &mut rest.ty)).into_iter().for_each(|ty| widen(ty, value));
                }
                (Shape::Alias(ty), None) => widen(ty, value),
                (Shape::Enum(shape), None) => {
                    if let Listed::Integers(integer) = &mut shape.listed {
                        *integer = wider(*integer, value).unwrap_or(*integer);
                    }
                }
                _ => {}
            }
        }
    }
}

/// The search for integers that their types do not hold.
struct Search<'a> {
    types: &'a Types,
    /// The values that were looked at, as of which types: variants of unions meet again, and some are themselves.
    seen: HashSet<(&'a TypeId, *const Value)>,
    wide: Vec<Wide>,
}

impl<'a> Search<'a> {
    fn value(&mut self, ty: &Type, value: &'a Value) {
        parts(ty, value, &mut |ty, value| {
            if let Type::Named(id) = ty {
                self.named(id, value);
            }
        });
    }

    fn named(&mut self, id: &TypeId, value: &'a Value) {
        let types = self.types;
        let Some((id, definition)) = types.get_key_value(id).filter(|(id, _)| self.seen.insert((*id, value))) else {
            return;
        };
        match &definition.shape {
            Shape::Struct(shape) => {
                for (index, field) in shape.fields.iter().enumerate() {
                    if let Some(value) = value.get(&field.name.wire) {
                        self.slot(id, Some(index), &field.ty, value);
                    }
                }
                if let Some(rest) = &shape.rest {
                    let named: HashSet<_> = shape.fields.iter().map(|field| field.name.wire.as_str()).collect();
                    let members = value.as_object().into_iter().flatten();
                    for (_, value) in members.filter(|(name, _)| !named.contains(name.as_str())) {
                        self.slot(id, Some(shape.fields.len()), &rest.ty, value);
                    }
                }
            }
            Shape::Enum(shape) => {
                if let Listed::Integers(integer) = shape.listed {
                    self.slot(id, None, &Type::Integer(integer), value);
                }
            }
            // Which variant a value is, is not known here; that others have room for it does no harm.
            Shape::Union(shape) => shape.variants.iter().for_each(|variant| self.value(&variant.ty, value)),
            Shape::Alias(ty) | Shape::Wrapper(ty) => self.slot(id, None, ty, value),
        }
    }

    fn slot(&mut self, id: &TypeId, field: Option<usize>, ty: &Type, value: &'a Value) {
        parts(ty, value, &mut |ty, value| match (ty, whole(value)) {
            (Type::Integer(integer), Some(value)) if !range(*integer).contains(&value) => {
                self.wide.push(Wide { id: id.clone(), field, value });
            }
            (Type::Named(id), _) => self.named(id, value),
            _ => {}
        });
    }
}

/// An integer that has no room in a type: in the field of a struct, or in the type itself.
struct Wide {
    id: TypeId,
    field: Option<usize>,
    value: i128,
}

/// The parts of a value that have a type of their own, with that.
fn parts<'a>(ty: &Type, value: &'a Value, visit: &mut impl FnMut(&Type, &'a Value)) {
    match ty {
        Type::Array(item) => value.as_array().into_iter().flatten().for_each(|value| parts(item, value, visit)),
        Type::Tuple(tuple) => {
            let items = value.as_array().into_iter().flatten().enumerate();
            items
                .filter_map(|(index, value)| Some((tuple.at(index)?, value)))
                .for_each(|(ty, value)| parts(ty, value, visit));
        }
        Type::Map(member) => {
            value.as_object().into_iter().flatten().for_each(|(_, value)| parts(member, value, visit));
        }
        Type::Nullable(inner) | Type::Boxed(inner) | Type::NumberOrText(inner) | Type::OrEmpty(inner) => {
            parts(inner, value, visit);
        }
        ty => visit(ty, value),
    }
}

fn widen(ty: &mut Type, value: i128) {
    match ty {
        Type::Array(inner)
        | Type::Map(inner)
        | Type::Nullable(inner)
        | Type::Boxed(inner)
        | Type::NumberOrText(inner)
        | Type::OrEmpty(inner) => widen(inner, value),
        Type::Tuple(tuple) => tuple.parts.iter_mut().for_each(|part| widen(part, value)),
        Type::Integer(integer) => *ty = wider(*integer, value).map_or(Type::Number, Type::Integer),
        _ => {}
    }
}

/// The type that holds what one does, and another value.
fn wider(integer: Integer, value: i128) -> Option<Integer> {
    let values = [*range(integer).start(), *range(integer).end(), value];
    Integer::ALL.into_iter().find(|other| values.iter().all(|value| range(*other).contains(value)))
}

/// The first type that holds all, from the declared one on.
fn narrowest(declared: Option<Integer>, spoken: &Spoken) -> Option<Integer> {
    let is_unsigned = declared.is_some_and(|declared| *range(declared).start() == 0);
    let unsigned = Some(Integer::U64).filter(|_| is_unsigned || spoken.is_natural);
    let candidates = declared.into_iter().chain([Integer::I64]).chain(unsigned);
    let mut fitting =
        candidates.filter(|integer| spoken.values.iter().all(|(value, _)| range(*integer).contains(value)));
    fitting.next()
}

fn range(integer: Integer) -> RangeInclusive<i128> {
    match integer {
        Integer::I8 => i8::MIN.into()..=i8::MAX.into(),
        Integer::I16 => i16::MIN.into()..=i16::MAX.into(),
        Integer::I32 => i32::MIN.into()..=i32::MAX.into(),
        Integer::I64 => i64::MIN.into()..=i64::MAX.into(),
        Integer::U8 => 0..=u8::MAX.into(),
        Integer::U16 => 0..=u16::MAX.into(),
        Integer::U32 => 0..=u32::MAX.into(),
        Integer::U64 => 0..=u64::MAX.into(),
    }
}

/// The integer that a format asks for.
pub(super) fn integer_of(format: &str) -> Option<Integer> {
    Some(match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "int64" => Integer::I64,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint" | "uint64" => Integer::U64,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {

    use super::*;

    fn spoken(values: &[i128], is_natural: bool) -> Spoken {
        Spoken { values: values.iter().map(|value| (*value, Origin::new(""))).collect(), is_natural }
    }

    #[test]
    fn the_type_holds_all_that_is_said() {
        for (declared, values, is_natural, expected) in [
            (None, vec![], false, Some(Integer::I64)),
            (None, vec![i64::MAX.into()], true, Some(Integer::I64)),
            (None, vec![0, u64::MAX.into()], true, Some(Integer::U64)),
            (None, vec![u64::MAX.into()], false, None),
            (None, vec![-1, 1 << 63], false, None),
            (None, vec![0, 1 << 64], true, None),
            (Some(Integer::I32), vec![1 << 31], false, Some(Integer::I64)),
            (Some(Integer::I32), vec![(1 << 31) - 1], false, Some(Integer::I32)),
            (Some(Integer::I64), vec![0, 1 << 63], true, Some(Integer::U64)),
            (Some(Integer::U32), vec![1 << 63], false, Some(Integer::U64)),
            (Some(Integer::U8), vec![-1], false, Some(Integer::I64)),
        ] {
            assert_eq!(narrowest(declared, &spoken(&values, is_natural)), expected, "{declared:?} {values:?}");
        }
    }

    #[test]
    fn a_value_of_an_example_needs_no_more_room_than_it_takes() {
        assert_eq!(wider(Integer::I32, 1 << 31), Some(Integer::I64));
        assert_eq!(wider(Integer::U8, 256), Some(Integer::I16));
        assert_eq!(wider(Integer::U32, 1 << 63), Some(Integer::U64));
        assert_eq!(wider(Integer::I64, 1 << 63), None);
    }
}
