//! The configuration: what to make of a description that one cannot edit.
//!
//! Most of it comes to extensions (`x-rust-name` and the others), which are put where the configuration
//! says, after the overlays. So there is one way for each thing, whoever says it.

mod apply;
mod find;
mod operations;
mod read;

use serde_json::Value;

pub(super) use self::operations::all_operations;
use super::bundle::StandIn;
use super::overlay::Overlay;
use crate::grammar::Want::{Anything, Flag, List, Map, Object, Text};
use crate::grammar::{ALL, Field, Shape};
use crate::rule::Rule;

static CONFIGURATION: Shape = shape(
    "configuration",
    &[
        ("name", Text, ALL),
        ("strict", Flag, ALL),
        ("allow", List(&Text), ALL),
        ("overlays", List(&Text), ALL),
        ("references", Map(&Text), ALL),
        ("rename", Object(&RENAME), ALL),
        ("types", Map(&Text), ALL),
        ("derive", Map(&List(&Text)), ALL),
        ("undeclared", Map(&Flag), ALL),
        ("pages", Anything, ALL),
        ("dependencies", Map(&Anything), ALL),
        ("idempotency", Text, ALL),
        ("errors", Text, ALL),
        ("operations", Object(&OPERATIONS), ALL),
        ("prune", Flag, ALL),
    ],
);
static RENAME: Shape = shape(
    "list of names",
    &[
        ("schemas", Map(&Text), ALL),
        ("properties", Map(&Text), ALL),
        ("operations", Map(&Text), ALL),
        ("parameters", Map(&Text), ALL),
        ("tags", Map(&Text), ALL),
        ("places", Map(&Text), ALL),
    ],
);
static OPERATIONS: Shape = shape(
    "choice of operations",
    &[("keep", List(&Object(&SELECTION)), ALL), ("drop", List(&Object(&SELECTION)), ALL)],
);
static SELECTION: Shape = shape(
    "selection of operations",
    &[("id", Text, ALL), ("tag", Text, ALL), ("method", Text, ALL), ("path", Text, ALL)],
);

const fn shape(name: &'static str, fields: &'static [Field]) -> Shape {
    Shape { name, required: &[], fields, pattern: None }
}

/// A configuration that was read, with the overlays that it names and those that the caller has.
#[derive(Default)]
pub(crate) struct Configuration {
    /// The file, and what is in it.
    written: Option<(usize, Value)>,
    pub overlays: Vec<Overlay>,
    /// The files that take the place of addresses, those of the caller behind the others.
    pub(super) stand_ins: Vec<StandIn>,
}

impl Configuration {
    /// Whether there is neither a configuration nor an overlay.
    pub fn is_empty(&self) -> bool {
        self.written.is_none() && self.overlays.is_empty()
    }

    fn value(&self, member: &str) -> Option<&Value> {
        self.written.as_ref()?.1.get(member)
    }

    /// The name of the crate, and the file that says it.
    pub fn name(&self) -> Option<(&str, usize)> {
        Some((self.value("name")?.as_str()?, self.written.as_ref()?.0))
    }

    pub fn is_strict(&self) -> bool {
        self.value("strict").and_then(Value::as_bool) == Some(true)
    }

    pub fn allowed(&self) -> impl Iterator<Item = Rule> {
        let names = self.value("allow").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        names.filter_map(|name| name.parse().ok())
    }

    /// Whether types that nothing uses go; `None`: if operations do.
    pub fn prune(&self) -> Option<bool> {
        self.value("prune")?.as_bool()
    }
}
