//! Reading a type from a text.

use std::any::TypeId;
use std::borrow::Cow;
use std::fmt;

use super::check::{MAX_DEPTH, check};
use super::lexer::{Kind, Lexer};
use super::order::Order;
use super::trial::{Aim, Trials};
use super::undescribed::Undescribed;
use super::{Json, JsonError, Mismatch, Read};

/// A JSON text that is being read, up to a place in it.
///
/// What is read goes straight into the value that comes of it. Only unions look ahead.
pub struct Reader<'a> {
    pub(super) lexer: Lexer<'a>,
    /// How many more arrays and objects may nest.
    room: usize,
    aim: Aim,
    trials: Trials,
    /// The unions that values are being read as, with the places of the values; the innermost is the last.
    unions: Vec<(usize, TypeId)>,
    /// Of the objects of each level, which member came behind which.
    orders: Vec<Order>,
    /// The member that told which variant of a union the next object is.
    tag: Option<Tag>,
    /// Whether such a member was there twice.
    repeats_tags: bool,
    pub(super) undescribed: Undescribed,
}

/// A member that is expected once in an object.
pub struct Tag {
    place: usize,
    name: &'static str,
    is_found: bool,
}

/// Why reading ends before there is a value.
pub enum Stop {
    /// The value is not what it should be; or the text is not JSON, which [`read_text`] finds out.
    Mismatch(Mismatch),
    /// This is a trial, and the value is what it should be.
    Fits,
}

/// Why there is no value in a text.
pub enum Fault {
    Json(JsonError),
    Mismatch(Mismatch),
}

/// A state to come back to.
#[derive(Clone, Copy)]
pub struct Mark {
    place: usize,
    room: usize,
    unions: usize,
}

impl Mark {
    pub fn place(self) -> usize {
        self.place
    }
}

/// Reads a text that is one JSON value.
///
/// # Errors
///
/// The text is not JSON, has something behind the value, or nests more than 128 levels; or the value does
/// not fit the type.
pub fn read_text<T: Read>(text: &str) -> Result<T, Fault> {
    Reader::new(text).read_all()
}

/// What is wrong with the text comes before what is wrong with the value.
#[cold]
fn fault(text: &str, stop: Option<Stop>) -> Fault {
    match (check(text), stop) {
        (Err(error), _) => Fault::Json(error),
        (Ok(()), Some(Stop::Mismatch(mismatch))) => Fault::Mismatch(mismatch),
        (Ok(()), Some(Stop::Fits) | None) => Fault::Mismatch(Mismatch::new("a value", &Json::Null)),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Mismatch(mismatch) => mismatch.fmt(f),
        }
    }
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            lexer: Lexer::new(text),
            room: MAX_DEPTH,
            aim: Aim::Value,
            trials: Trials::default(),
            unions: Vec::new(),
            orders: Vec::new(),
            tag: None,
            repeats_tags: false,
            undescribed: Undescribed::default(),
        }
    }

    /// Reads the one value of the text, as [`read_text`] does.
    pub fn read_all<T: Read>(&mut self) -> Result<T, Fault> {
        match self.read() {
            Ok(value) if self.lexer.is_at_end() => Ok(value),
            Ok(_) => Err(fault(self.lexer.text(), None)),
            Err(stop) => Err(fault(self.lexer.text(), Some(stop))),
        }
    }

    /// Reads the next value.
    #[inline]
    pub fn read<T: Read>(&mut self) -> Result<T, Stop> {
        if self.unions.is_empty() { T::read(self) } else { self.read_in_union(T::id(), T::read) }
    }

    /// The same in a union, unless a trial of the value as the same type has been made before; or it is being
    /// read as the same union already, of which it cannot be a variant without end.
    fn read_in_union<T>(&mut self, id: TypeId, read: fn(&mut Self) -> Result<T, Stop>) -> Result<T, Stop> {
        let place = self.lexer.place();
        let mut unions = self.unions.iter().rev().take_while(|(around, _)| *around == place);
        if unions.any(|(_, union)| *union == id) {
            return Err(Stop::Mismatch(Mismatch::leading_back(id, &self.shown())));
        }
        if self.aim == Aim::Value || !matches!(self.kind(), Some(Kind::Array | Kind::Object)) {
            return read(self);
        }
        match self.trials.known(place, id, self.aim) {
            Some(Ok(end)) => {
                self.lexer.go_to(end);
                return Err(Stop::Fits);
            }
            Some(Err(mismatch)) => return Err(Stop::Mismatch(mismatch)),
            None => {}
        }
        let (outcome, loss) = self.counted(read);
        let end = match &outcome {
            Ok(_) | Err(Stop::Fits) => Ok(self.lexer.place()),
            Err(Stop::Mismatch(mismatch)) => Err(mismatch.clone()),
        };
        self.trials.learn(place, id, self.is_weighed().then_some(loss), end);
        self.lose(loss);
        outcome
    }

    /// What comes of a trial, and how much of the value is lost then.
    pub fn tried<T>(&mut self, aim: Aim, read: impl FnOnce(&mut Self) -> Result<T, Stop>) -> (Result<T, Stop>, usize) {
        let around = std::mem::replace(&mut self.aim, aim);
        let counted = self.counted(read);
        self.aim = around;
        counted
    }

    fn counted<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Stop>) -> (Result<T, Stop>, usize) {
        let around = self.trials.replace_loss(0);
        let read = read(self);
        (read, self.trials.replace_loss(around))
    }

    /// Notes that so much is lost, if that matters.
    pub fn lose(&mut self, loss: usize) {
        if self.is_weighed() {
            self.trials.lose(loss);
        }
    }

    /// Passes the next value by, which has no place.
    pub fn lose_value(&mut self) -> Result<(), Stop> {
        let within = self.skip()?;
        self.lose(1 + within);
        Ok(())
    }

    pub fn aim(&self) -> Aim {
        self.aim
    }

    /// Whether the value is wanted, and not only something of its type.
    #[inline]
    pub fn is_for_value(&self) -> bool {
        self.aim == Aim::Value
    }

    fn is_weighed(&self) -> bool {
        self.aim == Aim::Weighing
    }

    /// Whether the value that begins here is being read as a union.
    pub fn is_in_union(&mut self) -> bool {
        let place = self.lexer.place();
        self.unions.last().is_some_and(|(union, _)| *union == place)
    }

    /// From now on the value that begins here is being read as a union.
    pub fn enter_union(&mut self, union: TypeId) {
        self.unions.push((self.lexer.place(), union));
    }

    /// Ends that, and what was entered since.
    pub fn leave_unions(&mut self, mark: Mark) {
        self.unions.truncate(mark.unions);
        if self.unions.is_empty() {
            self.trials.clear();
        }
    }

    /// From now on it is noted whether the object that comes next has the member of this name twice.
    pub fn expect_tag(&mut self, name: &'static str) {
        self.tag = Some(Tag { place: self.lexer.place(), name, is_found: false });
    }

    /// Expects no member any more.
    pub fn forget_tag(&mut self) {
        self.tag = None;
    }

    /// The member that is expected once in the next object.
    pub(super) fn take_tag(&mut self) -> Option<Tag> {
        let place = self.lexer.place();
        self.tag.take_if(|tag| tag.place == place)
    }

    /// Notes that an object has a member.
    pub(super) fn watch(&mut self, tag: &mut Tag, name: &str) {
        if tag.name == name {
            self.repeats_tags |= tag.is_found;
            tag.is_found = true;
        }
    }

    /// Whether a member that was expected once was there twice, in any object so far; or the last of these objects has
    /// not been looked at member by member.
    pub fn repeats_tags(&self) -> bool {
        self.repeats_tags || self.tag.is_some()
    }

    /// The place before the next value.
    #[inline]
    pub fn mark(&mut self) -> Mark {
        Mark { place: self.lexer.place(), room: self.room, unions: self.unions.len() }
    }

    pub fn go_back(&mut self, mark: Mark) {
        self.lexer.go_to(mark.place);
        self.undescribed.go_back(mark.place);
        self.room = mark.room;
        self.unions.truncate(mark.unions);
    }

    /// The text of the value that began at the mark, and has been read.
    pub fn text_from(&self, mark: Mark) -> &'a str {
        self.lexer.text_from(mark.place)
    }

    /// Whether that is a number that is spelled otherwise than by the digits of an integer.
    pub fn is_spelled_number(&self, mark: Mark) -> bool {
        let text = self.text_from(mark);
        text.starts_with(|sign: char| sign == '-' || sign.is_ascii_digit())
            && (text == "-0" || text.contains(['.', 'e', 'E']))
    }

    /// Goes back to a value that could not be read: whether it is null.
    pub fn is_null_at(&mut self, mark: Mark) -> bool {
        self.go_back(mark);
        self.kind() == Some(Kind::Null)
    }

    /// What the next value is; nothing if it is none.
    #[inline]
    pub fn kind(&mut self) -> Option<Kind> {
        self.lexer.kind()
    }

    /// Takes a null, if the next value is one.
    #[inline]
    pub fn take_null(&mut self) -> bool {
        self.kind() == Some(Kind::Null) && self.lexer.null().is_some()
    }

    pub fn bool(&mut self) -> Result<bool, Stop> {
        match self.kind() {
            Some(Kind::Bool) => self.lexer.bool().ok_or_else(no_json),
            _ => Err(self.mismatch("true or false")),
        }
    }

    /// A number, in its own spelling; `expected` says what it should be, as in "an integer".
    pub fn number(&mut self, expected: &'static str) -> Result<&'a str, Stop> {
        match self.kind() {
            Some(Kind::Number) => self.lexer.number().ok_or_else(no_json),
            _ => Err(self.mismatch(expected)),
        }
    }

    /// A text, without its quotes and escapes; `expected` says what it should be.
    #[inline]
    pub fn text(&mut self, expected: &'static str) -> Result<Cow<'a, str>, Stop> {
        match self.kind() {
            Some(Kind::String) => self.lexer.string().ok_or_else(no_json),
            _ => Err(self.mismatch(expected)),
        }
    }

    /// Enters an array or object.
    pub fn enter(&mut self, kind: Kind, expected: &'static str) -> Result<(), Stop> {
        if self.kind() != Some(kind) {
            return Err(self.mismatch(expected));
        }
        self.room = self.room.checked_sub(1).ok_or_else(no_json)?;
        self.lexer.take();
        Ok(())
    }

    /// Goes to the next item of an array that was entered; leaves the array if there is none.
    pub fn next_item(&mut self, is_first: bool) -> Result<bool, Stop> {
        let is_there = self.lexer.step(b']', is_first).ok_or_else(no_json)?;
        self.room += usize::from(!is_there);
        Ok(is_there)
    }

    /// Goes to the next member of an object that was entered; leaves the object if there is none.
    #[inline]
    pub fn next_member(&mut self, is_first: bool) -> Result<bool, Stop> {
        let is_there = self.lexer.step(b'}', is_first).ok_or_else(no_json)?;
        self.room += usize::from(!is_there);
        Ok(is_there)
    }

    /// What came behind what in the objects of this level.
    pub(super) fn order(&mut self) -> &mut Order {
        let level = MAX_DEPTH - self.room;
        if self.orders.len() <= level {
            self.orders.resize_with(level + 1, Order::default);
        }
        &mut self.orders[level]
    }

    /// Takes the name of a member, if it is this one as it is mostly written.
    pub fn take_name(&mut self, name: &str) -> bool {
        self.lexer.take_name(name)
    }

    /// The name of a member.
    pub fn name(&mut self) -> Result<Cow<'a, str>, Stop> {
        self.lexer.name().ok_or_else(no_json)
    }

    /// Passes the next value by. Tells how many items or members it has itself.
    pub fn skip(&mut self) -> Result<usize, Stop> {
        self.lexer.skip(self.room).ok_or_else(no_json)
    }

    /// The text of a member of the next value, without going there; of several, the first.
    pub fn look_for(&self, member: &str) -> Option<Cow<'a, str>> {
        let mut lexer = self.lexer.clone();
        let room = self.room.checked_sub(1)?;
        if lexer.kind()? != Kind::Object {
            return None;
        }
        lexer.take();
        let mut is_first = true;
        while lexer.step(b'}', std::mem::take(&mut is_first))? {
            if lexer.take_name(member) {
                return if lexer.kind()? == Kind::String { lexer.string() } else { None };
            }
            lexer.name()?;
            lexer.skip(room)?;
        }
        None
    }

    /// What is seen of the next value, which is passed by.
    pub fn look<T>(&mut self, look: fn(&mut Lexer<'a>, usize) -> Option<T>) -> Result<T, Stop> {
        look(&mut self.lexer, self.room).ok_or_else(no_json)
    }

    /// The text of the next value.
    pub fn raw(&mut self) -> Result<&'a str, Stop> {
        let place = self.lexer.place();
        self.skip()?;
        Ok(self.lexer.text_from(place))
    }

    /// The next value as a tree.
    pub fn tree(&mut self) -> Result<Json<'a>, Stop> {
        let mut is_first = true;
        match self.kind() {
            Some(Kind::Array) => {
                self.enter(Kind::Array, "an array")?;
                let mut items = Vec::new();
                while self.next_item(std::mem::take(&mut is_first))? {
                    items.push(self.tree()?);
                }
                Ok(Json::Array(items))
            }
            Some(Kind::Object) => {
                self.enter(Kind::Object, "an object")?;
                let mut members = Vec::new();
                while self.next_member(std::mem::take(&mut is_first))? {
                    members.push((self.name()?, self.tree()?));
                }
                Ok(Json::Object(members))
            }
            _ => self.lexer.scalar().ok_or_else(no_json),
        }
    }

    /// That the next value is not what it should be; `expected` reads like "a string".
    #[cold]
    pub fn mismatch(&mut self, expected: impl Into<Cow<'static, str>>) -> Stop {
        Stop::Mismatch(Mismatch::new(expected, &self.shown()))
    }

    /// The same for the value that began at the mark.
    #[cold]
    pub fn mismatch_at(&mut self, mark: Mark, expected: impl Into<Cow<'static, str>>) -> Stop {
        self.go_back(mark);
        self.mismatch(expected)
    }

    /// The next value, as far as a mismatch shows it.
    fn shown(&self) -> Json<'a> {
        self.lexer.clone().scalar().unwrap_or(Json::Null)
    }
}

impl Stop {
    /// The same, seen from the object or array around the value: `step` is a member's name or an item's index.
    #[cold]
    pub fn inside(self, step: impl Into<Cow<'static, str>>) -> Self {
        match self {
            Self::Mismatch(mismatch) => Self::Mismatch(mismatch.inside(step)),
            Self::Fits => Self::Fits,
        }
    }
}

/// That the text is not JSON here. What is wrong is looked for when all is over.
#[cold]
pub(super) fn no_json() -> Stop {
    Stop::Mismatch(Mismatch::new("JSON", &Json::Null))
}
