//! JSON as it was written: numbers keep their digits, and absent, null and
//! empty stay apart.
//!
//! Reading goes from text straight to a type, by `Read`, with a `Reader`; only what can be any value becomes a
//! `Json` tree. Writing goes through serde's `Serialize`, by `ObjectWriter`.

mod check;
mod deserialize;
mod error;
mod kinds;
mod lexer;
mod members;
mod mismatch;
mod number;
mod object;
mod object_writer;
mod order;
mod parse;
mod read;
mod reader;
mod serialize;
mod slots;
mod tree;
mod trial;
mod undescribed;

pub use check::MAX_DEPTH;
pub use deserialize::{deserialize, deserialize_from_json};
pub use error::JsonError;
pub use kinds::{kinds, write_variants};
pub use lexer::{Kind, Lexer};
pub use mismatch::Mismatch;
pub use number::{is_number, is_same_number, serialize_number, whole};
pub use object::object;
pub use object_writer::ObjectWriter;
pub use read::Read;
pub use reader::{Fault, Reader, Stop, read_text};
pub use slots::{And, Must};
pub use tree::{Json, JsonValue};
pub use trial::Aim;
pub use undescribed::undescribed;
