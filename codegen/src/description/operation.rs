//! Paths, operations, and what they are made of: the same in all versions.
//!
//! What is said of each is what the specification says unless the description says otherwise.

use http::Method;
use serde_json::Value;

use super::object::{Members, Object};
use super::{Extensions, Read, methods};

/// Where to read on.
#[derive(Clone, Copy)]
pub(crate) struct ExternalDocs<'a> {
    pub description: Option<&'a str>,
    pub url: &'a str,
}

pub(crate) struct PathItem<'a> {
    pub summary: Option<&'a str>,
    pub description: Option<&'a str>,
    pub servers: &'a [Value],
    pub parameters: &'a [Value],
    item: &'a Value,
}

pub(crate) struct Operation<'a> {
    pub tags: Vec<&'a str>,
    pub summary: Option<&'a str>,
    pub description: Option<&'a str>,
    pub external_docs: Option<ExternalDocs<'a>>,
    pub operation_id: Option<&'a str>,
    pub parameters: &'a [Value],
    pub request_body: Option<&'a Value>,
    /// `None`: any answer will do.
    pub responses: Option<Members<'a>>,
    pub callbacks: Members<'a>,
    pub deprecated: bool,
    pub security: Option<&'a [Value]>,
    pub servers: &'a [Value],
    pub extensions: Extensions<'a>,
}

pub(crate) struct Tag<'a> {
    pub name: &'a str,
    pub summary: Option<&'a str>,
    /// The tag that it is a part of.
    pub parent: Option<&'a str>,
    /// What it is for; without one, operations are found by it.
    pub kind: Option<&'a str>,
    pub description: Option<&'a str>,
    pub external_docs: Option<ExternalDocs<'a>>,
    pub extensions: Extensions<'a>,
}

pub(crate) struct Parameter<'a> {
    pub name: &'a str,
    /// `query`, `querystring`, `header`, `path` or `cookie`.
    pub location: &'a str,
    pub description: Option<&'a str>,
    pub required: bool,
    pub deprecated: bool,
    pub allow_empty_value: bool,
    pub style: Option<&'a str>,
    pub explode: Option<bool>,
    pub allow_reserved: bool,
    /// Whether a schema says what it is, and not a media type.
    pub schema: Option<&'a Value>,
    pub content: Members<'a>,
    pub example: Option<&'a Value>,
    pub examples: Members<'a>,
    pub extensions: Extensions<'a>,
}

/// A header of a response; whether it is required makes no difference to who reads it.
pub(crate) struct Header<'a> {
    pub description: Option<&'a str>,
    pub deprecated: bool,
    pub schema: Option<&'a Value>,
    pub example: Option<&'a Value>,
    pub examples: Members<'a>,
    pub extensions: Extensions<'a>,
}

pub(crate) struct RequestBody<'a> {
    pub description: Option<&'a str>,
    pub content: Members<'a>,
    pub required: bool,
}

/// Links say how calls go together, which is up to the caller.
pub(crate) struct Response<'a> {
    pub description: Option<&'a str>,
    pub headers: Members<'a>,
    pub content: Members<'a>,
    pub extensions: Extensions<'a>,
}

#[derive(Clone, Copy)]
pub(crate) struct MediaType<'a> {
    pub schema: Option<&'a Value>,
    /// Of each item, where the body is a sequence of them.
    pub item_schema: Option<&'a Value>,
    pub encoding: Members<'a>,
    /// Of the parts that have no names: of each by its place, and of those behind.
    pub prefix_encoding: &'a [Value],
    pub item_encoding: Option<&'a Value>,
    pub example: Option<&'a Value>,
    pub examples: Members<'a>,
    pub extensions: Extensions<'a>,
}

pub(crate) struct Encoding<'a> {
    pub content_type: Option<&'a str>,
    pub headers: Members<'a>,
    pub style: Option<&'a str>,
    pub explode: Option<bool>,
    pub allow_reserved: Option<bool>,
}

/// An address beside a value is where the same example is once more.
pub(crate) struct Example<'a> {
    pub summary: Option<&'a str>,
    pub description: Option<&'a str>,
    pub value: Option<&'a Value>,
    /// The member that the value is.
    pub member: &'static str,
    /// The value as it is sent.
    pub serialized: Option<&'a str>,
    /// Where the value as it is sent is.
    pub external: Option<&'a str>,
}

pub(crate) struct Server<'a> {
    pub url: &'a str,
    pub name: Option<&'a str>,
    pub description: Option<&'a str>,
    pub variables: Members<'a>,
    pub extensions: Extensions<'a>,
}

pub(crate) struct ServerVariable<'a> {
    pub enumeration: Vec<&'a str>,
    pub default: &'a str,
    pub description: Option<&'a str>,
    pub extensions: Extensions<'a>,
}

impl<'a> PathItem<'a> {
    /// The operations, each with its method and the place where it stands in the item.
    pub fn operations(&self) -> impl Iterator<Item = (Method, String, Operation<'a>)> + use<'a> {
        methods::operations(self.item).map(|entry| (entry.method, entry.place, Operation::read(entry.value)))
    }
}

impl<'a> ExternalDocs<'a> {
    fn of(object: Object<'a>) -> Option<Self> {
        object.get("externalDocs").map(Self::read)
    }
}

impl<'a> Read<'a> for ExternalDocs<'a> {
    const KIND: &'static str = "External Documentation";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self { description: object.text("description"), url: object.text("url").unwrap_or_default() }
    }
}

impl<'a> Read<'a> for PathItem<'a> {
    const KIND: &'static str = "Path Item";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            summary: object.text("summary"),
            description: object.text("description"),
            servers: object.list("servers"),
            parameters: object.list("parameters"),
            item: value,
        }
    }
}

impl<'a> Read<'a> for Operation<'a> {
    const KIND: &'static str = "Operation";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            tags: object.texts("tags"),
            summary: object.text("summary"),
            description: object.text("description"),
            external_docs: ExternalDocs::of(object),
            operation_id: object.text("operationId"),
            parameters: object.list("parameters"),
            request_body: object.get("requestBody"),
            responses: object.get("responses").map(Members::of),
            callbacks: object.members("callbacks"),
            deprecated: object.flag("deprecated"),
            security: object.get("security").map(|_| object.list("security")),
            servers: object.list("servers"),
            extensions: object.extensions(),
        }
    }
}

impl<'a> Read<'a> for Tag<'a> {
    const KIND: &'static str = "Tag";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            name: object.text("name").unwrap_or_default(),
            summary: object.text("summary"),
            parent: object.text("parent"),
            kind: object.text("kind"),
            description: object.text("description"),
            external_docs: ExternalDocs::of(object),
            extensions: object.extensions(),
        }
    }
}

impl<'a> Read<'a> for Parameter<'a> {
    const KIND: &'static str = "Parameter";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            name: object.text("name").unwrap_or_default(),
            location: object.text("in").unwrap_or_default(),
            description: object.text("description"),
            required: object.flag("required"),
            deprecated: object.flag("deprecated"),
            allow_empty_value: object.flag("allowEmptyValue"),
            style: object.text("style"),
            explode: object.said("explode"),
            allow_reserved: object.flag("allowReserved"),
            schema: object.get("schema"),
            content: object.members("content"),
            example: object.get("example"),
            examples: object.members("examples"),
            extensions: object.extensions(),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }
}

impl<'a> Read<'a> for Header<'a> {
    const KIND: &'static str = "Header";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            description: object.text("description"),
            deprecated: object.flag("deprecated"),
            schema: object.get("schema"),
            example: object.get("example"),
            examples: object.members("examples"),
            extensions: object.extensions(),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }

    fn is(kind: &str) -> bool {
        // A parameter has all that a header has.
        matches!(kind, "Header" | "Parameter")
    }
}

impl<'a> Read<'a> for RequestBody<'a> {
    const KIND: &'static str = "Request Body";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            description: object.text("description"),
            content: object.members("content"),
            required: object.flag("required"),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }
}

impl<'a> Read<'a> for Response<'a> {
    const KIND: &'static str = "Response";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            description: object.text("description"),
            headers: object.members("headers"),
            content: object.members("content"),
            extensions: object.extensions(),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }
}

impl<'a> Read<'a> for MediaType<'a> {
    const KIND: &'static str = "Media Type";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            schema: object.get("schema"),
            item_schema: object.get("itemSchema"),
            encoding: object.members("encoding"),
            prefix_encoding: object.list("prefixEncoding"),
            item_encoding: object.get("itemEncoding"),
            example: object.get("example"),
            examples: object.members("examples"),
            extensions: object.extensions(),
        }
    }
}

impl<'a> Read<'a> for Encoding<'a> {
    const KIND: &'static str = "Encoding";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            content_type: object.text("contentType"),
            headers: object.members("headers"),
            style: object.text("style"),
            explode: object.said("explode"),
            allow_reserved: object.said("allowReserved"),
        }
    }
}

impl<'a> Read<'a> for Example<'a> {
    const KIND: &'static str = "Example";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        let member = if object.get("dataValue").is_some() { "dataValue" } else { "value" };
        Self {
            summary: object.text("summary"),
            description: object.text("description"),
            value: object.get(member),
            member,
            serialized: object.text("serializedValue"),
            external: object.text("externalValue"),
        }
    }

    fn describe(&mut self, description: &'a str) {
        self.description = Some(description);
    }
}

impl<'a> Read<'a> for Server<'a> {
    const KIND: &'static str = "Server";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            url: object.text("url").unwrap_or_default(),
            name: object.text("name"),
            description: object.text("description"),
            variables: object.members("variables"),
            extensions: object.extensions(),
        }
    }
}

impl<'a> Read<'a> for ServerVariable<'a> {
    const KIND: &'static str = "Server Variable";

    fn read(value: &'a Value) -> Self {
        let object = Object::of(value);
        Self {
            enumeration: object.texts("enum"),
            default: object.text("default").unwrap_or_default(),
            description: object.text("description"),
            extensions: object.extensions(),
        }
    }
}
