//! The texts of a description on their way into what is emitted and shown.
//!
//! Such a text may be anything: whoever wrote it need not mean well, nor know where it goes. Each place
//! that one can stand in has a type of its own, and one function makes it of text; nothing that is
//! emitted takes the text as such.
//!
//! | place | type | made by |
//! |---|---|---|
//! | docs | [`Doc`] of [`Paragraph`]s | [`Paragraph::described`], or sentences of ours |
//! | a word in a sentence of the docs | [`Prose`] | [`code`], [`plain`], [`number`], [`item`] |
//! | a name in code that the docs show | [`Sample`] | [`name`] |
//! | a literal in code | a token, or its text | `quote`, [`literal::verbatim`], [`literal::format`] |
//! | a value of `Cargo.toml` | [`Toml`] | [`Toml::text`] |
//! | the comment at the top of a file | [`Comment`] | [`Comment::of`] |
//! | a message | [`Shown`] | `From` |
//!
//! What is ours in them is `&'static str`, which no text of a description is.

mod comment;
mod doc;
pub(crate) mod literal;
mod markdown;
mod prose;
mod sample;
mod shown;
mod signs;
mod toml;

pub(crate) use comment::Comment;
pub(crate) use doc::{Doc, Paragraph};
pub(crate) use markdown::for_rustdoc;
pub(crate) use prose::{Prose, code, item, joined, link, linked, number, plain, said};
pub(crate) use sample::{Sample, name};
pub use shown::Shown;
pub(crate) use shown::{same_length, shown_json};
pub(crate) use signs::one_line;
pub(crate) use toml::Toml;
