//! Operations and their responses.

use http::Method;

use super::{Body, Content, Name, Origin, OwnServers, Pages, Param, Part, Security, Segment, Type};
use crate::texts::Doc;

/// The operations of a tag: a file of their own. Without a tag: the methods of the client itself.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// In Rust: the module, and the method of the client. Empty without a tag.
    pub name: Name,
    /// Set by `plan`.
    pub type_name: String,
    pub doc: Doc,
    pub operations: Vec<Operation>,
    /// The files that they are in, if that is more than one; set by `plan`.
    pub files: Vec<Part>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// On the wire, the `operationId`, or else the method and the path; in Rust, the method.
    pub name: Name,
    /// Whether it has an `operationId`.
    pub has_id: bool,
    /// Whether the method is called by some words of the `operationId` only, as its tag or its request says the others;
    /// set by `plan`.
    pub is_shortened: bool,
    /// Set by `plan`.
    pub type_name: String,
    /// What is called after the operation outside of its module, in the case of types; set by `plan`.
    pub full_name: String,
    pub method: Method,
    pub path: Vec<Segment>,
    /// What the path has behind a question mark: a name, and the whole text for it.
    pub fixed_query: Vec<(String, String)>,
    /// What it has behind `#`: it is not sent, and tells the operation from others.
    pub fragment: Option<String>,
    pub params: Vec<Param>,
    pub body: Option<Body>,
    pub success: Side,
    pub errors: Side,
    /// The same operation, where its answer is asked for as a stream.
    pub streamed: Option<Streamed>,
    /// The ways from page to page that it may have, of which `plan` leaves the one that it has, if any.
    pub pages: Vec<Pages>,
    /// The headers that its responses are documented to have, whatever their status.
    pub headers: Vec<Header>,
    /// The type of the headers; set by `plan`.
    pub headers_name: String,
    /// The type that is behind it, if others have the same headers; set by `plan`.
    pub headers_shared: Option<String>,
    pub servers: Option<OwnServers>,
    pub security: Security,
    /// Whether it may be repeated without harm; where this says nothing, that is up to the method.
    pub idempotent: Option<bool>,
    pub deprecated: bool,
    pub doc: Doc,
    pub origin: Origin,
}

impl Operation {
    /// The method and the path template, such as `GET /cats/{id}`.
    pub fn request(&self) -> String {
        format!("{} {}", self.method, Segment::template(&self.path))
    }

    /// The same with all that the path has behind it, which tells operations apart.
    pub fn identity(&self) -> String {
        let query: Vec<_> = self.fixed_query.iter().map(|(_, text)| text.as_str()).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let fragment = self.fragment.iter().map(|fragment| format!("#{fragment}")).collect::<String>();
        format!("{}{mark}{}{fragment}", self.request(), query.join("&"))
    }
}

/// An operation that answers with the whole, or with items one after the other: as the caller asks.
#[derive(Clone, Debug)]
pub(crate) struct Streamed {
    /// Set by `plan`.
    pub type_name: String,
    /// The replies with items.
    pub success: Side,
    /// The query parameter that asks for them, which is none for callers to set.
    pub parameter: Option<Flag>,
}

/// A boolean member or parameter of a request that asks for items one after the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flag {
    /// What it counts as where it is absent. One that must not be absent is said in any case, as if it was `true`.
    pub default: bool,
}

impl Flag {
    /// What it is called.
    pub const NAME: &str = "stream";
}

/// The replies of one side, success or error, and the Rust type that holds any of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub replies: Vec<Reply>,
    /// Set by `plan`.
    pub outcome: Outcome,
    /// The enum that is behind that of the outcome, if others have the same replies; set by `plan`.
    pub shared: Option<String>,
    /// The media types of what is had as well, and is not asked for.
    pub instead_of: Vec<String>,
}

impl Side {
    /// The one thing that there may be, and its reply, where the others are those that never have content.
    pub fn content_or_none(&self) -> Option<(&Reply, &Content)> {
        let (with, without): (Vec<_>, Vec<_>) = self.replies.iter().partition(|reply| !reply.content.is_empty());
        match with.as_slice() {
            [reply] if without.iter().all(|reply| !reply.status.may_have_content()) => match reply.content.as_slice() {
                [only] => Some((reply, only)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A type that several operations have for their replies.
#[derive(Clone, Debug)]
pub(crate) struct SharedType {
    pub name: String,
    pub of: Shared,
}

/// What operations have the same.
#[derive(Clone, Debug)]
pub(crate) enum Shared {
    Headers(Vec<Header>),
    Success(Side),
    Errors(Side),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No reply is documented.
    #[default]
    Nothing,
    /// All replies have this type.
    Same(Type),
    /// All replies have this type, but for those that have no content.
    Optional(Type),
    /// An enum of this name, which is set later, with a variant per reply.
    Enum(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub status: Status,
    /// The variant, where the side is an enum.
    pub name: Name,
    /// Empty: a body that does not matter.
    pub content: Vec<Content>,
    pub doc: Doc,
    pub origin: Origin,
}

impl Reply {
    /// Whether the description does not speak of it by itself.
    pub fn is_implied(&self) -> bool {
        self.status == Status::NoContent
    }

    /// What the body is decoded into: a type for each content that it may have.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let unit = self.content.is_empty().then_some(&Type::Unit);
        self.content.iter().map(|content| &content.ty).chain(unit)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    Code(u16),
    /// The first digit of `4XX`.
    Range(u16),
    /// 204 and 205, which only what is described for others takes in.
    NoContent,
    Default,
}

impl Status {
    /// As the description has it.
    pub fn text(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(digit) => format!("{digit}XX"),
            Self::NoContent => "204 or 205".to_owned(),
            Self::Default => "default".to_owned(),
        }
    }

    /// Whether a reply with it means that the call did what it was asked to. So do `302 Found` and
    /// `303 See Other`: what was asked for is elsewhere.
    pub fn is_success(self) -> bool {
        self.is_plain_success() || matches!(self, Self::Code(302 | 303))
    }

    /// Whether it is one of those that stand for success as such.
    pub fn is_plain_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether a reply with it is no failure either.
    pub fn is_interim_or_redirect(self) -> bool {
        matches!(self, Self::Code(100..=199 | 300..=399) | Self::Range(1 | 3))
    }

    /// Whether HTTP allows a reply with it to have content (RFC 9110, section 6.4.1).
    pub fn may_have_content(self) -> bool {
        !matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1) | Self::NoContent)
    }
}

/// A documented response header.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub name: Name,
    pub ty: Type,
    pub doc: Doc,
    pub origin: Origin,
}
