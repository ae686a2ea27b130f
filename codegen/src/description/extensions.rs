//! Members whose names begin with `x-`.

use indexmap::IndexMap;
use serde_json::Value;

/// The extensions of an object.
#[derive(Clone, Copy)]
pub(crate) struct Extensions<'a>(Of<'a>);

#[derive(Clone, Copy)]
enum Of<'a> {
    Nothing,
    /// Among its other members.
    Object(&'a Value),
    /// Alone.
    Typed(&'a IndexMap<String, Value>),
}

impl<'a> Extensions<'a> {
    /// None.
    pub const NONE: Self = Self(Of::Nothing);

    /// Those of an object of the document.
    pub(super) fn of(object: &'a Value) -> Self {
        Self(Of::Object(object))
    }

    pub(super) fn typed(extensions: &'a IndexMap<String, Value>) -> Self {
        Self(Of::Typed(extensions))
    }

    pub fn get(self, name: &str) -> Option<&'a Value> {
        match self.0 {
            Of::Nothing => None,
            Of::Object(object) => object.get(name),
            Of::Typed(extensions) => extensions.get(name),
        }
    }

    pub fn has(self, name: &str) -> bool {
        self.get(name).is_some()
    }
}
