//! JSON as it was written: numbers keep their digits, and absent, null and
//! empty stay apart.
//!
//! Reading goes from text to a `Json` tree and from there to a type, by
//! `Read`, which looks at a `View` of the tree. Writing goes through serde's `Serialize`, by `ObjectWriter`.

mod deserialize;
mod error;
mod mismatch;
mod number;
mod object_reader;
mod object_writer;
mod parse;
mod read;
mod serialize;
mod tree;
mod view;

pub(crate) use deserialize::{deserialize, deserialize_from_json};
pub use error::JsonError;
pub use mismatch::Mismatch;
pub(crate) use number::{is_number, is_same_number, serialize_number, whole};
pub(crate) use object_reader::{ObjectReader, member};
pub(crate) use object_writer::ObjectWriter;
pub(crate) use read::Read;
pub use tree::{Json, JsonValue};
pub(crate) use view::{Trials, View, read_tree};
