//! The description of an API as the generator sees it: data only.
//!
//! `lower` makes it from OpenAPI, `plan` fills in what is decided about Rust (every `rust` name, boxes,
//! the shape of outcomes), `render` prints it.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::dependencies::Dependency;
use crate::pointer;
use crate::rule::Rule;

/// A place in the description, as a JSON Pointer. Two values that differ only in it are equal.
#[derive(Clone, Debug)]
pub struct Origin(Arc<str>);

impl Origin {
    pub(crate) fn new(pointer: impl Into<Arc<str>>) -> Self {
        Self(pointer.into())
    }

    /// The place of a member or an item of this one.
    pub(crate) fn child(&self, token: impl AsRef<str>) -> Self {
        Self(format!("{}/{}", self.0, pointer::escape(token.as_ref())).into())
    }

    /// The JSON Pointer; empty for the whole document.
    pub fn pointer(&self) -> &str {
        &self.0
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
    pub types: IndexMap<TypeId, TypeDef>,
    /// The files that the types are in, if that is more than one; set by `plan`.
    pub type_files: Vec<Part>,
    /// The same for the operations without a tag.
    pub operation_files: Vec<Part>,
    pub groups: Vec<Group>,
    pub examples: Vec<Example>,
    /// Set by `plan`.
    pub uses: Uses,
    /// What the description asks for, beside what every client depends on.
    pub dependencies: Vec<Dependency>,
    /// The types that the generator does not make; set by `plan`.
    pub foreign: BTreeSet<Arc<str>>,
    /// What was wrong with the description and was allowed to be: the rule, and the message.
    pub allowed: Vec<(Rule, String)>,
}

/// A file and module with some of the types, or of the operations without a tag.
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
    pub date_time: bool,
    pub date: bool,
    pub uuid: bool,
    pub choice: bool,
    /// Whether any type is a list of texts.
    pub string_enum: bool,
    /// Whether a user name and a password sign in.
    pub basic: bool,
    /// Whether anything is written by a style.
    pub style: bool,
    pub multipart: bool,
    /// Whether there are types of other crates.
    pub foreign: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Info {
    pub title: String,
    pub version: String,
    pub doc: Doc,
}

/// A server that callers can choose: a variant of `Server`. With something to fill in, a type too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    pub name: Name,
    /// What it may be called, the shorter first, if nothing gives it a name.
    pub names: Vec<String>,
    /// Set by `plan`.
    pub type_name: String,
    /// The address, without a slash at its end; only its path if it is relative.
    pub url: Vec<Segment>,
    /// Whether the description leaves open on which host it is.
    pub relative: bool,
    pub variables: Vec<ServerVariable>,
    /// The scheme and host from which its tokens come. All servers have one, or none.
    pub authority: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

impl Server {
    /// The address with `{name}` for each variable.
    pub fn template(&self) -> String {
        Segment::template(&self.url)
    }

    /// Whether callers have something to fill in.
    pub fn is_open(&self) -> bool {
        self.relative || !self.variables.is_empty()
    }
}

/// A variable in the address of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerVariable {
    pub name: Name,
    /// The type of its values, if they are listed. Set by `plan`.
    pub type_name: String,
    /// Empty: any text.
    pub values: Vec<Variant>,
    /// None: callers have to give a value.
    pub default: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

/// The servers that an operation has instead of those of the document.
#[derive(Clone, Debug)]
pub(crate) struct OwnServers {
    /// The first, with the defaults of its variables. A path, if it is on the host of the others.
    pub url: String,
    pub doc: Doc,
    /// For clients of a server of the document, where that is another one.
    pub beside: Vec<(String, String)>,
    /// Those that callers may choose instead.
    pub others: Vec<String>,
}

/// A way to sign in: a type of the emitted crate.
#[derive(Clone, Debug)]
pub(crate) struct CredentialType {
    pub name: Name,
    /// The security scheme that it is for.
    pub scheme: Scheme,
    /// Whether it satisfies that scheme alone; set by `plan`.
    pub is_bound: bool,
    pub kind: CredentialKind,
    pub doc: Doc,
    pub origin: Origin,
}

/// What a credential is made of.
#[derive(Clone, Debug)]
pub(crate) enum CredentialKind {
    /// What a token service takes.
    Flow(Flow),
    /// A bearer token.
    Token,
    /// A user name and a password.
    Basic,
    /// What stands behind the name of an HTTP scheme.
    Http(String),
    /// A key in a query, a header or a cookie of this name.
    Key(Location, String),
}

impl CredentialType {
    pub fn flow(&self) -> Option<&Flow> {
        match &self.kind {
            CredentialKind::Flow(flow) => Some(flow),
            _ => None,
        }
    }
}

/// A way to get tokens.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub grant: Grant,
    /// The scheme and host of the token service.
    pub authority: String,
    /// The rest of its address, with `{name}` for each variable.
    pub path: String,
    /// What the address leaves open; in Rust, parameters.
    pub variables: Vec<Name>,
    pub target: Option<Target>,
    pub correlation_header: Option<String>,
}

impl Flow {
    /// The scope that the credentials of `azure_core` can ask for in its place: only that of an
    /// application, and only one that stands for all that a resource has.
    pub fn azure_scope(&self) -> Option<&Target> {
        let is_default = |text: &str| text.ends_with("/.default") && !text.contains(' ');
        match &self.target {
            Some(target @ Target::Scope(text)) if self.grant == Grant::ClientCredentials && is_default(text) => {
                Some(target)
            }
            _ => None,
        }
    }
}

/// How tokens are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grant {
    ClientCredentials,
    RefreshToken,
}

/// What tokens are asked for; `{server}` stands for the address of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Scope(String),
    Resource(String),
}

impl Target {
    pub fn text(&self) -> &str {
        let (Self::Scope(text) | Self::Resource(text)) = self;
        text
    }
}

/// A security scheme, as operations ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// None of the description's: any bearer token.
    Token,
    /// One that takes a bearer token.
    Bearer(String),
    /// Any other one.
    Own(String),
}

impl Scheme {
    /// As the description calls it.
    pub fn name(&self) -> &str {
        match self {
            Self::Token => "",
            Self::Bearer(name) | Self::Own(name) => name,
        }
    }
}

/// What an operation asks callers to sign in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// Neither the operation nor the document says anything; `plan` decides.
    Unsaid,
    /// Nothing: no credential is sent.
    Nothing,
    /// Any bearer token; set by `plan`.
    Token,
    /// All schemes of one of these. It can do without if an empty list is among them.
    OneOf(Vec<Vec<Scheme>>),
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

/// Paragraphs of CommonMark, the first one being the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Doc(pub Vec<String>);

impl Doc {
    /// From the texts that a description has, without the empty ones.
    pub fn of(texts: impl IntoIterator<Item = Option<impl Into<String>>>) -> Self {
        let texts = texts.into_iter().flatten().map(Into::into);
        Self(texts.filter(|text| !text.trim().is_empty()).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn push(&mut self, text: impl Into<String>) {
        self.0.push(text.into());
    }
}

/// The JSON Pointer of the schema that a type comes from, all references followed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct TypeId(pub Arc<str>);

#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub name: Name,
    pub doc: Doc,
    pub shape: Shape,
    /// What it derives besides what all types of its kind do.
    pub derives: Vec<String>,
    pub origin: Origin,
    /// Other schemas that it is the type of; set by `plan`.
    pub also: Vec<TypeId>,
}

impl TypeDef {
    /// Its shape, if it is a struct that nothing gives a name, nor anything to derive.
    pub fn unnamed_struct(&self) -> Option<&Struct> {
        match &self.shape {
            Shape::Struct(shape) if self.name.given.is_none() && self.derives.is_empty() => Some(shape),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Shape {
    Struct(Struct),
    /// A list of values, to which a newer service may add.
    Enum(Enum),
    Union(Union),
    Alias(Type),
    /// A type of its own around another one, which would contain itself otherwise. Set by `plan`.
    Wrapper(Type),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Struct {
    pub fields: Vec<Field>,
    /// The type of the members that are not among the fields, where the description wants them kept.
    pub rest: Option<Rest>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Rest {
    pub name: Name,
    pub ty: Type,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    pub name: Name,
    pub ty: Type,
    pub presence: Presence,
    /// The only text that the description lists for it.
    pub constant: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

/// Whether a member may be left out, and whether it may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Presence {
    Required,
    Optional,
    Nullable,
    OptionalNullable,
}

impl Presence {
    pub fn new(required: bool, nullable: bool) -> Self {
        match (required, nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::Nullable,
            (false, false) => Self::Optional,
            (false, true) => Self::OptionalNullable,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Enum {
    pub listed: Listed,
    pub variants: Vec<Variant>,
    /// The name of the variant that takes every other value.
    pub other: Name,
}

/// What the values of an enumeration are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Listed {
    Strings,
    Integers(Integer),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Variant {
    /// On the wire, the value; a number as its digits.
    pub name: Name,
    pub origin: Origin,
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Union {
    pub variants: Vec<UnionVariant>,
    /// The name of the variant that takes every other value. Without it, the JSON type alone tells
    /// which variant a value is.
    pub other: Option<Name>,
}

impl Union {
    /// Whether the JSON type of a value tells which variant it is.
    pub fn is_told_by_kind(&self) -> bool {
        let mut kinds = Vec::new();
        let mut fits = self.variants.iter().flat_map(|variant| &variant.fits);
        self.other.is_none()
            && fits.all(|fit| {
                let is_new = fit.kind.is_some() && !kinds.contains(&fit.kind);
                kinds.push(fit.kind);
                is_new
            })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnionVariant {
    /// On the wire, what its schema is called.
    pub name: Name,
    pub ty: Type,
    /// What its values look like: one look for each variant of a union inside.
    pub fits: Vec<Fit>,
    /// The JSON type of all its values.
    pub kind: Option<JsonKind>,
    pub doc: Doc,
    pub origin: Origin,
}

/// What JSON values of a type look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fit {
    /// `None`: they may be of any.
    pub kind: Option<JsonKind>,
    /// What members say that a value is of this type.
    pub tags: Vec<Tag>,
    /// The members that are always there.
    pub required: Vec<String>,
    /// The members that there may be.
    pub known: Vec<String>,
    /// Whether there may be any others.
    pub open: bool,
}

/// A member that has one of a few values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tag {
    pub member: String,
    pub values: Vec<String>,
}

/// The types of JSON that a union can be decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum JsonKind {
    Boolean,
    Number,
    String,
    Array,
    Object,
}

impl JsonKind {
    /// The word that JSON has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A Rust type, in the terms of what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    Boolean,
    String,
    Integer(Integer),
    Number,
    Decimal,
    DateTime,
    Date,
    Uuid,
    /// Any JSON value.
    Any,
    Array(Box<Type>),
    Map(Box<Type>),
    /// A value or `null`, where it is not a member of an object.
    Nullable(Box<Type>),
    /// Set by `plan` where a type would contain itself.
    Boxed(Box<Type>),
    Named(TypeId),
    /// A type that the generator does not make, as it is written.
    Foreign(Arc<str>),
    /// No content.
    Unit,
    /// The bytes of a body, all of them.
    Bytes,
    /// The bytes of a body, as they come.
    Stream,
    /// A part of a multipart body that is sent as it is.
    Part,
    /// The parts of a multipart body.
    Multipart,
}

impl Type {
    /// The type of a schema that it is.
    pub fn named(&self) -> Option<&TypeId> {
        match self {
            Self::Named(id) => Some(id),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Integer {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

impl Integer {
    pub const ALL: [Self; 8] = [Self::I8, Self::I16, Self::I32, Self::I64, Self::U8, Self::U16, Self::U32, Self::U64];

    /// The name of the type in Rust.
    pub fn name(self) -> &'static str {
        match self {
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }
}

/// The operations of a tag: a file of their own. Without a tag: the methods of the client itself.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// In Rust: the module, and the method of the client. Empty without a tag.
    pub name: Name,
    /// Set by `plan`.
    pub type_name: String,
    pub doc: Doc,
    pub operations: Vec<Operation>,
    pub origin: Origin,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// On the wire, the `operationId`, or else the method and the path; in Rust, the method.
    pub name: Name,
    /// Whether it has an `operationId`.
    pub has_id: bool,
    /// Set by `plan`.
    pub type_name: String,
    pub method: Method,
    pub path: Vec<Segment>,
    /// What the path has behind a question mark: a name, and the whole text for it.
    pub fixed_query: Vec<(String, String)>,
    pub params: Vec<Param>,
    pub body: Option<Body>,
    pub success: Side,
    pub errors: Side,
    /// The headers that its responses are documented to have, whatever their status.
    pub headers: Vec<Header>,
    /// The type of the headers; set by `plan`.
    pub headers_name: String,
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
        let path = self.path.iter().map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Param(name) => format!("{{{name}}}"),
        });
        format!("{} {}", self.method.name(), path.collect::<String>())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    pub const ALL: [Self; 8] =
        [Self::Get, Self::Put, Self::Post, Self::Delete, Self::Options, Self::Head, Self::Patch, Self::Trace];

    /// As it stands in a request line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A piece of the template of a path or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Literal(String),
    /// The wire name of a parameter or a variable.
    Param(String),
}

impl Segment {
    /// The text with `{name}` for each parameter.
    pub fn template(segments: &[Self]) -> String {
        let pieces = segments.iter().map(|segment| match segment {
            Self::Literal(text) => text.clone(),
            Self::Param(name) => format!("{{{name}}}"),
        });
        pieces.collect()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Param {
    pub name: Name,
    pub location: Location,
    pub written: Written,
    pub required: bool,
    pub deprecated: bool,
    pub ty: Type,
    pub call_id: Option<CallId>,
    pub doc: Doc,
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

impl Location {
    /// The word that OpenAPI has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// One value, as it is.
    Plain,
    /// `name=a&name=b`
    Repeated,
    /// `a,b` in a query
    Commas,
    /// By what it turns out to be.
    Styled(Style),
}

/// How a value is written into a parameter or a form, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub kind: StyleKind,
    pub explode: bool,
    /// `allowReserved`
    pub reserved: bool,
    /// `allowEmptyValue`
    pub empty: bool,
}

impl Style {
    pub fn new(kind: StyleKind) -> Self {
        Self { kind, explode: false, reserved: false, empty: false }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// JSON: `content`, or `contentType` in a form.
    Json,
    /// What a property of a form has by itself.
    Property,
}

impl StyleKind {
    /// The word that OpenAPI has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Json | Self::Property => "content",
        }
    }
}

/// What a header that identifies the call is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallId {
    Request,
    Correlation,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub required: bool,
    /// One for each type that the body may have; with several, it is an enum.
    pub content: Vec<Content>,
    /// The type of that enum; set by `plan`.
    pub type_name: String,
    pub doc: Doc,
}

/// A type that a body may have.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The variant, where there is an enum. On the wire, the media type as the description has it.
    pub name: Name,
    /// The media type that is sent, or asked for.
    pub media_type: String,
    /// Those that are written and read in the same way.
    pub also: Vec<String>,
    pub format: Format,
    pub ty: Type,
    pub origin: Origin,
}

impl Content {
    /// All media types that it is written and read in.
    pub fn media_types(&self) -> impl Iterator<Item = &str> {
        [&self.media_type].into_iter().chain(&self.also).map(String::as_str)
    }

    /// The parts that the description names, if it is a body of such.
    pub fn parts(&self) -> Option<&Parts> {
        match &self.format {
            Format::Multipart(parts) => parts.as_ref(),
            Format::Json | Format::Text | Format::Bytes | Format::Form(_) => None,
        }
    }
}

/// How a body is written and read.
#[derive(Clone, Debug)]
pub(crate) enum Format {
    Json,
    /// Text, in a type that holds nothing else.
    Text,
    /// Whatever it is, as it is.
    Bytes,
    /// In parts, which the description names or leaves open.
    Multipart(Option<Parts>),
    Form(Form),
}

/// The parts of a multipart body: a struct, written field by field.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// Set by `plan`.
    pub type_name: String,
    pub shape: Struct,
    /// How each field is written.
    pub written: Vec<PartWritten>,
}

/// How a field becomes parts, with the media type where the description says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartWritten {
    /// By its content: text as it is, an object as JSON, a list item by item.
    Value(Option<String>),
    /// In a style of forms, as text.
    Style(Style),
    /// As it is, with the name of a file.
    File(Option<String>),
    /// As it is, as the caller wrote it.
    AsIs(Option<String>),
}

/// What stands in a form, `application/x-www-form-urlencoded`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Properties in a style, but for those that have one of their own.
    Properties(Style, Vec<(String, Style)>),
    /// Text that is a form already.
    Text,
}

/// The replies of one side, success or error, and the Rust type that holds any of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Side {
    pub replies: Vec<Reply>,
    /// Set by `plan`.
    pub outcome: Outcome,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No reply is documented.
    #[default]
    Nothing,
    /// All replies have this type.
    Same(Type),
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
    Default,
}

impl Status {
    /// As the description has it.
    pub fn text(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(digit) => format!("{digit}XX"),
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
        !matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
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

/// A documented body: the contract that the emitted client is held to.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// Of the example itself; empty if it is the only one of its place.
    pub name: Name,
    /// What it is an example of, in words, such as `getThing 200`.
    pub title: String,
    pub doc: Doc,
    pub ty: Type,
    /// As JSON text, numbers spelled as in the description.
    pub json: String,
    pub origin: Origin,
}
