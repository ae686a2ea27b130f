//! Paths, and what requests and replies of operations consist of.

mod content;
mod form;
mod groups;
mod header;
mod items;
mod multipart;
mod pages;
mod pages_elsewhere;
mod parameter;
mod path;
mod response;
mod streamed;
mod style;
mod tags;
mod webhooks;

use super::ground::Ground;
use super::schema::Schemas;
use super::service::Service;

/// The operations, and the types that are made for them.
pub(super) struct Operations<'g, 'a> {
    ground: &'g Ground<'a>,
    service: &'g Service<'g, 'a>,
    pub schemas: Schemas<'g, 'a>,
}

impl<'g, 'a> Operations<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>, service: &'g Service<'g, 'a>, schemas: Schemas<'g, 'a>) -> Self {
        Self { ground, service, schemas }
    }
}
