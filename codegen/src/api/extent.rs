//! How much room values take.

use super::{Shape, Type, TypeDef, TypeId};
use crate::maps::HashMap;

/// How much room a value takes where it stands, without what it points at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    /// About how many bytes, where pointers have eight.
    pub size: usize,
    /// Whether something of a type that others made is in it, of which the size is not known.
    pub is_open: bool,
}

/// The extents of the types that are made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extents(HashMap<TypeId, Extent>);

impl Extents {
    pub fn insert(&mut self, id: TypeId, extent: Extent) {
        self.0.insert(id, extent);
    }

    /// Of a value of a type. Types that it holds in place are known before it.
    pub fn of(&self, ty: &Type) -> Extent {
        let size = match ty {
            Type::Tuple(tuple) => {
                return tuple
                    .parts
                    .iter()
                    .map(|part| self.of(part))
                    .fold(Extent { size: 24, is_open: false }, Extent::beside);
            }
            Type::Foreign(_) => return Extent { size: 0, is_open: true },
            Type::Nullable(inner) => return self.of(inner),
            Type::OrEmpty(inner) => return self.of(inner).instead_of(Extent { size: 24, is_open: false }),
            Type::Named(id) => return self.0.get(id).copied().unwrap_or_default(),
            Type::Unit | Type::Null => 0,
            Type::Boolean => 1,
            Type::Integer(_) | Type::Boxed(_) => 8,
            Type::String | Type::JsonText(_) | Type::Array(_) | Type::Map(_) => 24,
            Type::Stream | Type::Multipart | Type::Part => 72,
            Type::Items(_) => 384,
            Type::Event(data) => self.of(data).size.saturating_add(72),
            Type::Number | Type::NumberOrText(_) | Type::Any | Type::Bytes => 32,
            Type::Decimal => 40,
            Type::Text(format) => format.about().size,
        };
        Extent { size, is_open: false }
    }

    /// Of a value of a type that is made.
    pub fn of_definition(&self, definition: &TypeDef) -> Extent {
        match &definition.shape {
            Shape::Struct(shape) => {
                let fields = shape.fields.iter().map(|field| self.of(&field.ty));
                let rest = shape.rest.iter().map(|_| Extent { size: 24, is_open: false });
                let undeclared = shape.undeclared.iter().map(|_| Extent { size: 8, is_open: false });
                fields.chain(rest).chain(undeclared).fold(Extent::default(), Extent::beside)
            }
            Shape::Enum(_) => Extent { size: 24, is_open: false },
            Shape::Union(union) => {
                union.variants.iter().map(|variant| self.of(&variant.ty)).fold(Extent::default(), Extent::instead_of)
            }
            Shape::Alias(target) | Shape::Wrapper(target) => self.of(target),
        }
    }
}

impl Extent {
    fn beside(self, other: Self) -> Self {
        Self { size: self.size.saturating_add(other.size), is_open: self.is_open || other.is_open }
    }

    fn instead_of(self, other: Self) -> Self {
        Self { size: self.size.max(other.size), is_open: self.is_open || other.is_open }
    }
}
