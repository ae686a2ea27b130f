//! Members that an example has and its type does not keep: those of forms, and of what is configured so.

use serde_json::Value;

use crate::api::{Example, Shape, Struct, Type, TypeId, Types};
use crate::maps::{HashMap, HashSet};
use crate::pointer;

/// The types that do not keep all members, and those that have such types inside.
pub(super) struct Lossy<'t> {
    types: &'t Types,
    known: HashSet<&'t TypeId>,
}

impl<'t> Lossy<'t> {
    pub fn of(types: &'t Types) -> Self {
        let is_lossy = |shape: &Shape| matches!(shape, Shape::Struct(shape) if !is_kept(shape));
        let mut open: Vec<_> =
            types.iter().filter(|(_, definition)| is_lossy(&definition.shape)).map(|(id, _)| id).collect();
        let mut users: HashMap<&TypeId, Vec<&TypeId>> = HashMap::default();
        if !open.is_empty() {
            for (user, definition) in types {
                let mut note = |id: &'t TypeId| users.entry(id).or_default().push(user);
                definition.shape.types().for_each(|ty| ty.for_each_named(&mut note));
            }
        }
        let mut known: HashSet<_> = open.iter().copied().collect();
        while let Some(id) = open.pop() {
            open.extend(users.get(id).into_iter().flatten().filter(|user| known.insert(user)));
        }
        Self { types, known }
    }

    /// Whether all values of a type are objects.
    fn is_struct(&self, ty: &Type) -> bool {
        let mut ty = ty;
        // No chain of names is longer than there are types.
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { return false };
            ty = match self.types.get(id).map(|definition| &definition.shape) {
                Some(Shape::Struct(_)) => return true,
                Some(Shape::Alias(ty) | Shape::Wrapper(ty)) => ty,
                _ => return false,
            };
        }
        false
    }

    /// What an example has that its type does not keep, in a sentence.
    pub fn reason(&self, example: &Example) -> Option<String> {
        if example.json == "null" && self.is_struct(&example.ty) {
            return Some("it is `null`, and what is said of members alone is said of objects".to_owned());
        }
        if !example.ty.has_named(&|id| self.known.contains(id)) {
            return None;
        }
        let value = serde_json::from_str(&example.json).ok()?;
        let lost = Look { lossy: self, known: HashMap::default() }.lost(&example.ty, &value)?;
        Some(format!("`{lost}` is not described, and what is not is not kept there"))
    }
}

/// Whether what is not described is kept.
fn is_kept(shape: &Struct) -> bool {
    shape.undeclared.is_some() || shape.rest.is_some()
}

/// A look at a value.
struct Look<'l, 't> {
    lossy: &'l Lossy<'t>,
    /// What is lost of the values that choices were made for, by their types and addresses.
    known: HashMap<(&'t TypeId, usize), Option<String>>,
}

impl<'t> Look<'_, 't> {
    /// The pointer of the first member that a type does not keep.
    fn lost(&mut self, ty: &'t Type, value: &Value) -> Option<String> {
        match (ty, value) {
            (Type::OrEmpty(_), Value::String(_)) => None,
            (Type::Nullable(inner) | Type::Boxed(inner) | Type::OrEmpty(inner), _) => self.lost(inner, value),
            (Type::Array(item), Value::Array(values)) => self.first(values.iter().map(|value| (&**item, value))),
            (Type::Tuple(tuple), Value::Array(values)) => {
                let items = values.iter().enumerate();
                self.first(items.map_while(|(index, value)| Some((tuple.at(index)?, value))))
            }
            (Type::Map(item), Value::Object(members)) => {
                members.iter().find_map(|(name, value)| self.below(name, item, value))
            }
            (Type::Named(id), _) if self.lossy.known.contains(id) => {
                match (&self.lossy.types.get(id)?.shape, value) {
                    (Shape::Struct(shape), Value::Object(members)) => {
                        members.iter().find_map(|(name, value)| self.member(shape, name, value))
                    }
                    (Shape::Alias(ty) | Shape::Wrapper(ty), _) => self.lost(ty, value),
                    (Shape::Union(union), _) => {
                        let key = (id, std::ptr::from_ref(value).addr());
                        if let Some(known) = self.known.get(&key) {
                            return known.clone();
                        }
                        // It may be any of those that keep all of it, and is most likely the one that keeps most.
                        let lost: Option<Vec<_>> =
                            union.variants.iter().map(|variant| self.lost(&variant.ty, value)).collect();
                        let deep = |lost: &String| lost.matches('/').count();
                        let lost = lost.and_then(|lost| lost.into_iter().max_by_key(deep));
                        self.known.insert(key, lost.clone());
                        lost
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn member(&mut self, shape: &'t Struct, name: &str, value: &Value) -> Option<String> {
        let field = shape.fields.iter().find(|field| field.name.wire == name).map(|field| &field.ty);
        match field.or(shape.rest.as_ref().map(|rest| &rest.ty)) {
            Some(ty) => self.below(name, ty, value),
            None if is_kept(shape) => None,
            None => Some(format!("/{}", pointer::escape(name))),
        }
    }

    fn below(&mut self, step: &str, ty: &'t Type, value: &Value) -> Option<String> {
        let below = self.lost(ty, value)?;
        Some(format!("/{}{below}", pointer::escape(step)))
    }

    fn first<'v>(&mut self, items: impl Iterator<Item = (&'t Type, &'v Value)>) -> Option<String> {
        let mut items = items.enumerate();
        items.find_map(|(index, (ty, value))| self.below(&index.to_string(), ty, value))
    }
}
