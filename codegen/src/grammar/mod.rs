//! What a description consists of, by version: the one table of OpenAPI's objects.

mod objects;
mod schema;
mod security;
mod versions;
mod wants;

pub(crate) use objects::{EXTENSIONS, MEDIA_TYPE, OPENAPI, PAGES, QUERY_STYLES};
pub(crate) use schema::SCHEMA;
pub(crate) use versions::{ALL, Version};
pub(crate) use wants::{Default, Field, Known, Member, Shape, Want};

use crate::pointer;

/// What the specification calls the object that belongs to a place of a document, such as `Response`.
pub(crate) fn kind_at(place: &str) -> Option<&'static str> {
    Shape::at(pointer::tokens(place)).map(|shape| shape.name)
}
