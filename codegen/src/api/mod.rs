//! The description of an API as the generator sees it: data only.
//!
//! `lower` makes it from OpenAPI, `plan` fills in what is decided about Rust (every `rust` name, boxes,
//! the shape of outcomes), `render` prints it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::dependencies::Dependency;
use crate::pointer;
use crate::rule::Rule;
use crate::texts::Doc;

mod content;
mod extent;
mod operation;
mod pages;
mod parameter;
mod schema;
mod security;
mod server;
mod text_format;
mod union;
mod visit;
mod webhook;

pub(crate) use content::*;
pub(crate) use extent::*;
pub(crate) use operation::*;
pub(crate) use pages::*;
pub(crate) use parameter::*;
pub use schema::Direction;
pub(crate) use schema::*;
pub(crate) use security::*;
pub(crate) use server::*;
pub(crate) use text_format::*;
pub(crate) use union::*;
pub(crate) use webhook::*;

/// A place in the description, as a JSON Pointer. Two values that differ only in it are equal.
#[derive(Clone, Debug)]
pub struct Origin(Arc<str>);

impl Origin {
    pub(crate) fn new(pointer: impl Into<Arc<str>>) -> Self {
        Self(pointer.into())
    }

    /// The place of a member or an item of this one.
    pub(crate) fn child(&self, token: impl AsRef<str>) -> Self {
        thread_local! {
            /// Where pointers are put together.
            static BUFFER: RefCell<String> = RefCell::default();
        }
        let token = pointer::escape(token.as_ref());
        BUFFER.with_borrow_mut(|buffer| {
            buffer.clear();
            buffer.extend([&*self.0, "/", &*token]);
            Self(buffer.as_str().into())
        })
    }

    /// The JSON Pointer; empty for the whole document.
    pub fn pointer(&self) -> &str {
        &self.0
    }

    /// The JSON Pointer, to be kept: other than an `Origin`, it is not equal to others.
    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}

impl Hash for Origin {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A whole API.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub info: Info,
    pub servers: Vec<Server>,
    pub credentials: Vec<CredentialType>,
    pub certificates: Vec<Certificate>,
    pub types: Types,
    /// Set by `plan`.
    pub extents: Extents,
    /// The files that the types are in, if that is more than one; set by `plan`.
    pub type_files: Vec<Part>,
    pub groups: Vec<Group>,
    pub webhooks: Vec<Webhook>,
    /// What replies of several operations have; set by `plan`.
    pub shared: Vec<SharedType>,
    pub examples: Vec<Example>,
    /// Those of which the schemas say something else. Set behind `plan`.
    pub unfit: Vec<Unfit>,
    /// The table that a mock of the service has, as JSON; set when the examples have their texts.
    pub mock: String,
    /// Set by `plan`.
    pub uses: Uses,
    /// The header by which the service knows each call again that must not be made twice.
    pub idempotency_key: Option<String>,
    /// What the description asks for, beside what every client depends on.
    pub dependencies: Vec<Dependency>,
    /// The types that the generator does not make; set by `plan`.
    pub foreign: BTreeSet<Arc<str>>,
    /// How deep rustc may have to look into the types, if that is deeper than usual; set by `plan`.
    pub recursion_limit: Option<usize>,
    /// What was wrong with the description and was allowed to be: the rule, and the message.
    pub allowed: Vec<(Rule, String)>,
}

/// A file and module with some of the types, or of the operations of a group.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub name: String,
    /// By their place among all.
    pub items: Vec<usize>,
}

/// The parts of the runtime that not every client needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses {
    pub azure: bool,
    pub maybe: bool,
    pub number: bool,
    pub decimal: bool,
    pub number_or_text: bool,
    pub or_empty: bool,
    pub json_text: bool,
    /// The formats of strings that anything has.
    pub texts: TextFormats,
    pub choice: bool,
    pub tuple: bool,
    /// Whether any type is a list of texts.
    pub string_enum: bool,
    /// Whether a user name and a password sign in.
    pub basic: bool,
    /// Whether a person signs in on another device.
    pub device: bool,
    /// Whether anything is written by a style.
    pub style: bool,
    pub multipart: bool,
    /// Whether anything answers with items, one after the other.
    pub items: bool,
    /// Whether any of these are events.
    pub events: bool,
    /// Whether anything is sent item by item.
    pub items_body: bool,
    /// Whether anything answers with one page of many.
    pub pages: bool,
    /// Whether there are types of other crates.
    pub foreign: bool,
    /// Whether any types that keep what is not described are hashed or ordered.
    pub order: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Info {
    pub title: String,
    pub summary: Option<String>,
    /// As SPDX names it.
    pub license: Option<String>,
    pub version: String,
    pub doc: Doc,
}

/// A name in both spellings: as the description has it, and as Rust code has it (set by `plan`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    pub wire: String,
    /// From an extension; used as it is.
    pub given: Option<String>,
    pub rust: String,
}

impl Name {
    pub fn new(wire: impl Into<String>, given: Option<String>) -> Self {
        Self { wire: wire.into(), given, rust: String::new() }
    }
}

/// A documented body: the contract that the emitted client is held to.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// Of the example itself; empty if it is the only one of its place.
    pub name: Name,
    /// What it is an example of, in words, such as `getThing 200`.
    pub title: String,
    pub doc: Doc,
    pub ty: Type,
    /// The direction of its values, as far as it is known.
    pub direction: Option<Direction>,
    /// Where the schema is that it belongs to, if it belongs to one.
    pub schema: Option<Origin>,
    /// Whether it is one of a schema, and of whatever direction that is used in.
    pub is_of_schema: bool,
    /// Whether the description has it as the text of a form.
    pub is_form: bool,
    /// As JSON text, numbers spelled as in the description. Set beside `plan`.
    pub json: String,
    /// The places of what its schema does not describe, as JSON Pointers in which all items of a list are `*`. Set beside
    /// `plan`.
    pub undescribed: Vec<String>,
    /// Which one before it has the same text of several lines. Set beside `plan`.
    pub same: Option<usize>,
    /// Whether one before it has the same text and type. Set beside `plan`.
    pub is_repeated: bool,
    pub origin: Origin,
    /// The file and the pointer where a reader finds it. Set beside `plan`.
    pub place: String,
}

/// An example that does not fit its schema, which nothing can be held to.
#[derive(Clone, Debug)]
pub(crate) struct Unfit {
    pub title: String,
    pub place: String,
    /// What is wrong with it, in a sentence without a full stop.
    pub reason: String,
}
