//! Types.

use std::sync::Arc;

use serde_json::Value;

use super::{Name, Origin, TextFormat, Union};
use crate::maps::IndexMap;
use crate::texts::Doc;

/// The JSON Pointer of the schema that a type comes from, all references followed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub Arc<str>);

/// All types, by the place of their schemas.
pub(crate) type Types = IndexMap<TypeId, TypeDef>;

#[derive(Clone, Debug)]
pub(crate) struct TypeDef {
    pub name: Name,
    /// What its schema calls itself, if that can be a name.
    pub title: Option<String>,
    pub doc: Doc,
    pub shape: Shape,
    /// What it derives besides what all types of its kind do.
    pub derives: Vec<String>,
    pub origin: Origin,
    /// Other schemas that it is the type of; set by `plan`.
    pub also: Vec<TypeId>,
    /// The only direction that it goes in, where that makes a difference; set by `plan`.
    pub direction: Option<Direction>,
    /// The type that its schemas have in the other direction; set by `plan`.
    pub twin: Option<Twin>,
}

impl TypeDef {
    pub fn new(name: Name, doc: Doc, shape: Shape, origin: Origin) -> Self {
        Self {
            name,
            title: None,
            doc,
            shape,
            derives: Vec::new(),
            origin,
            also: Vec::new(),
            direction: None,
            twin: None,
        }
    }

    /// Whether it is made beside another one, which has what is received.
    pub fn is_second(&self) -> bool {
        self.twin.is_some() && self.direction == Some(Direction::Sent)
    }

    /// Its shape, if it is a struct that nothing gives a name, nor anything to derive.
    pub fn unnamed_struct(&self) -> Option<&Struct> {
        match &self.shape {
            Shape::Struct(shape) if self.name.given.is_none() && self.derives.is_empty() => Some(shape),
            _ => None,
        }
    }
}

/// Whether something is part of requests or of replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Of requests, as the client sends them.
    Sent,
    /// Of replies, and of what the server sends on its own.
    Received,
}

/// The other one of two types that stand for the same schemas, one in each direction.
#[derive(Clone, Debug)]
pub(crate) struct Twin {
    pub id: TypeId,
    pub conversion: Conversion,
}

/// What makes a value to send of one that was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    /// Nothing but that.
    Whole,
    /// That, and members that are required of requests alone, or have such members inside.
    WithMembers,
    /// Nothing, as something inside needs such members.
    None,
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
    /// What holds the members that have no place in these, unless they are let go.
    pub undeclared: Option<Box<Undeclared>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Rest {
    pub name: Name,
    pub ty: Type,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Undeclared {
    pub name: Name,
    pub origin: Origin,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    pub name: Name,
    pub ty: Type,
    pub presence: Presence,
    /// The only value that the description lists for it; of its type.
    pub constant: Option<Value>,
    /// The direction that alone has it.
    pub only: Option<Direction>,
    /// The method that sets it, if there is one; set by `plan`.
    pub setter: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

impl Field {
    pub fn is_in(&self, direction: Direction) -> bool {
        self.only.is_none_or(|only| only == direction)
    }

    /// Whether requests have to have it, replies do not, and nothing says what it is.
    pub fn is_to_be_added(&self) -> bool {
        self.only == Some(Direction::Sent) && self.is_required() && self.preset().is_none()
    }

    /// Whether it has to be there, as a value or as `null`.
    pub fn is_required(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Nullable)
    }

    /// The one value that it has to have.
    pub fn preset(&self) -> Option<&Value> {
        self.constant.as_ref().filter(|_| self.presence == Presence::Required)
    }
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
    /// What the description calls the value, if that can be a name. `plan` takes away what is not.
    pub title: Option<String>,
    pub doc: Doc,
    pub origin: Origin,
}

impl Variant {
    /// A value of which the description says nothing.
    pub fn new(name: Name, origin: Origin) -> Self {
        Self { name, title: None, doc: Doc::default(), origin }
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
    /// A number of a type that may come as text.
    NumberOrText(Box<Type>),
    /// A value that is no text, or the empty text.
    OrEmpty(Box<Type>),
    /// A string whose text is JSON of a type.
    JsonText(Box<Type>),
    /// A string of a format that has a type of its own.
    Text(TextFormat),
    /// `null` alone.
    Null,
    /// Any JSON value.
    Any,
    Array(Box<Type>),
    Map(Box<Type>),
    /// A list whose first items have types of their own.
    Tuple(Box<Tuple>),
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
    /// The items of a body, one after the other.
    Items(Box<Type>),
    /// An event of which the data are of a type.
    Event(Box<Type>),
    /// A part of a multipart body that is sent as it is.
    Part,
    /// The parts of a multipart body.
    Multipart,
}

impl Type {
    /// Whether values of it keep how they were written.
    pub fn is_spelled(&self) -> bool {
        match self {
            Self::Number | Self::Decimal => true,
            Self::Text(format) => format.about().spelled,
            _ => false,
        }
    }

    /// The type of a schema that it is.
    pub fn named(&self) -> Option<&TypeId> {
        match self {
            Self::Named(id) => Some(id),
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tuple {
    /// The types of the first items, and behind them that of all others if there may be any.
    pub parts: Vec<Type>,
    /// How many items are always there.
    pub required: usize,
    pub is_open: bool,
}

impl Tuple {
    /// More items than this have no types of their own: that is how many the tuples of Rust can have.
    pub const MOST: usize = 12;

    /// The types of the items that are always there, of those that may be missing, and of all others.
    pub fn split(&self) -> (&[Type], &[Type], Option<&Type>) {
        let (rest, named) = match self.parts.split_last() {
            Some((rest, named)) if self.is_open => (Some(rest), named),
            _ => (None, self.parts.as_slice()),
        };
        let (first, then) = named.split_at(self.required.min(named.len()));
        (first, then, rest)
    }

    /// The type of the item at a place.
    pub fn at(&self, index: usize) -> Option<&Type> {
        self.parts.get(index).or(self.parts.last().filter(|_| self.is_open))
    }

    /// Whether it has all of its items, and no others.
    pub fn is_whole(&self) -> bool {
        !self.is_open && self.required == self.parts.len()
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
