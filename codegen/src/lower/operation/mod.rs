//! Paths, and what requests and replies of operations consist of.

mod content;
mod form;
mod groups;
mod header;
mod multipart;
mod parameter;
mod path;
mod response;
mod style;
