//! A value that is being read.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::ops::Deref;

use super::{Json, Mismatch, Read};

/// A JSON value, and what it is read for.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    json: &'a Json<'a>,
    aim: Aim,
    /// What was found out about the values in the outermost union around this one, if it is in one.
    trials: Option<&'a Trials>,
    /// The unions that this value, and not one around it, is being read as.
    unions: Option<&'a Unions<'a>>,
}

/// Unions of which each is a variant of the next.
pub(crate) struct Unions<'a> {
    union: TypeId,
    around: Option<&'a Self>,
}

/// What a value is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The value itself.
    Value,
    /// Whether it can be read. What comes of it is thrown away, so it need not be the value; and what
    /// can be read in any case, such as an open union, is not looked into.
    Trial,
    /// The same, and how much of it is lost. So everything is looked into.
    Weighing,
    /// Anything of the type: a trial has shown that it can be read. So only what has to be there is
    /// looked into, and the work does not grow with the value.
    Stand,
}

/// What trials came to, by the address of the value and by the type.
///
/// It lives as short as the tree is borrowed, so that no address is that of another value.
#[derive(Default)]
pub(crate) struct Trials {
    known: RefCell<HashMap<(*const (), TypeId), Outcome>>,
    /// What is lost of the values that were read since the current trial began.
    loss: Cell<usize>,
}

/// Of a value that can be read as a type, how much there is in it that the type has no place for, if it was weighed.
type Outcome = Result<Option<usize>, Mismatch>;

/// Reads a type from a tree.
///
/// # Errors
///
/// The tree does not fit the type.
pub(crate) fn read_tree<T: Read>(json: &Json<'_>) -> Result<T, Mismatch> {
    T::read(View::of(json))
}

impl<'a> View<'a> {
    /// A whole tree, to be read for its value.
    pub(crate) fn of(json: &'a Json<'a>) -> Self {
        Self { json, aim: Aim::Value, trials: None, unions: None }
    }

    pub(crate) fn json(self) -> &'a Json<'a> {
        self.json
    }

    /// Whether the value is wanted, and not only something of its type.
    pub(crate) fn is_for_value(self) -> bool {
        self.aim == Aim::Value
    }

    /// Whether what may be absent is left out.
    pub(crate) fn is_to_stand(self) -> bool {
        self.aim == Aim::Stand
    }

    /// Whether it matters how much of the value is lost.
    pub(crate) fn is_weighed(self) -> bool {
        self.aim == Aim::Weighing
    }

    /// Whether something of the type is wanted alone, and the value is not one of a union already.
    pub(crate) fn is_open_to_anything(self) -> bool {
        matches!(self.aim, Aim::Trial | Aim::Stand) && self.unions.is_none()
    }

    /// Reads the value, unless a trial of it as the same type has been made before; or it is being read
    /// as the same union already, of which it cannot be a variant without end.
    pub(crate) fn read<T: Read>(self) -> Result<T, Mismatch> {
        let mut unions = self.unions;
        while let Some(Unions { union, around }) = unions {
            if *union == T::id() {
                return Err(Mismatch::leading_back(*union, self.json));
            }
            unions = *around;
        }
        match self.trials {
            Some(trials) if matches!(self.aim, Aim::Trial | Aim::Weighing) && self.nests() => self.try_once(trials),
            _ => T::read(self),
        }
    }

    fn try_once<T: Read>(self, trials: &Trials) -> Result<T, Mismatch> {
        let key = (std::ptr::from_ref(self.json).cast(), T::id());
        let known = trials.known.borrow().get(&key).cloned();
        match known {
            Some(Ok(loss)) if loss.is_some() || !self.is_weighed() => {
                self.lose(loss.unwrap_or_default());
                T::read(View { aim: Aim::Stand, ..self })
            }
            Some(Err(mismatch)) => Err(mismatch),
            Some(Ok(_)) | None => {
                let (read, loss) = self.counted(T::read);
                self.lose(loss);
                let outcome = read.as_ref().map(|_| self.is_weighed().then_some(loss)).map_err(Mismatch::clone);
                if !matches!(&outcome, Err(mismatch) if mismatch.leads_back_to().is_some()) {
                    trials.known.borrow_mut().insert(key, outcome);
                }
                read
            }
        }
    }

    /// What comes of a trial, in which no more than has to be is read, and nothing deeply.
    pub(crate) fn tried<T>(self, read: fn(View<'a>) -> Result<T, Mismatch>) -> Result<T, Mismatch> {
        read(View { aim: Aim::Trial, ..self })
    }

    /// What comes of a trial, and how much of the value is lost then.
    pub(crate) fn weighed<T>(self, read: fn(View<'a>) -> Result<T, Mismatch>) -> (Result<T, Mismatch>, usize) {
        View { aim: Aim::Weighing, ..self }.counted(read)
    }

    fn counted<T>(self, read: fn(View<'a>) -> Result<T, Mismatch>) -> (Result<T, Mismatch>, usize) {
        let Some(trials) = self.trials else { return (read(self), 0) };
        let around = trials.loss.take();
        let read = read(self);
        (read, trials.loss.replace(around))
    }

    /// Notes that so much is lost, if that matters.
    pub(crate) fn lose(self, loss: usize) {
        if let Some(trials) = self.trials.filter(|_| self.is_weighed()) {
            trials.loss.set(trials.loss.get() + loss);
        }
    }

    /// Notes that a value in this one has no place, or this one itself, if that matters.
    pub(crate) fn lose_value(self, value: &Json<'_>) {
        self.lose(
            1 + match value {
                Json::Array(items) => items.len(),
                Json::Object(members) => members.len(),
                _ => 0,
            },
        );
    }

    /// Whether there are arrays or objects in this array or object.
    pub(crate) fn nests(self) -> bool {
        let is_nested = |json: &Json<'_>| matches!(json, Json::Array(_) | Json::Object(_));
        match self.json {
            Json::Array(items) => items.iter().any(is_nested),
            Json::Object(members) => members.iter().any(|(_, value)| is_nested(value)),
            _ => false,
        }
    }

    /// A value in this one, for the same aim.
    pub(crate) fn inside(self, json: &'a Json<'a>) -> Self {
        Self { json, unions: None, ..self }
    }

    /// The unions that the value is read as when it is read as one more.
    pub(crate) fn unions_with(self, union: TypeId) -> Unions<'a> {
        Unions { union, around: self.unions }
    }

    /// The same value in a union, with what is known of it and of what is inside; `own` if nothing is.
    pub(crate) fn within(self, unions: &'a Unions<'a>, own: &'a Trials) -> Self {
        Self { trials: self.trials.or(Some(own)), unions: Some(unions), ..self }
    }
}

impl<'a> Deref for View<'a> {
    type Target = Json<'a>;

    fn deref(&self) -> &Json<'a> {
        self.json
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json.fmt(f)
    }
}
