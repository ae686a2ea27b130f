//! A value that is being read.

use std::any::TypeId;
use std::cell::RefCell;
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
    /// Anything of the type: a trial has shown that it can be read. So only what has to be there is
    /// looked into, and the work does not grow with the value.
    Stand,
}

/// What trials came to, by the address of the value and by the type; `None` if it can be read.
///
/// It lives as short as the tree is borrowed, so that no address is that of another value.
#[derive(Default)]
pub(crate) struct Trials(RefCell<HashMap<(*const (), TypeId), Option<Mismatch>>>);

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
    pub(super) fn is_to_stand(self) -> bool {
        self.aim == Aim::Stand
    }

    /// Whether something of the type is wanted alone, and the value is not one of a union already.
    pub(crate) fn is_open_to_anything(self) -> bool {
        !self.is_for_value() && self.unions.is_none()
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
            Some(trials) if self.aim == Aim::Trial && self.nests() => self.try_once(trials),
            _ => T::read(self),
        }
    }

    fn try_once<T: Read>(self, trials: &Trials) -> Result<T, Mismatch> {
        let key = (std::ptr::from_ref(self.json).cast(), T::id());
        let known = trials.0.borrow().get(&key).cloned();
        match known {
            Some(None) => T::read(View { aim: Aim::Stand, ..self }),
            Some(Some(mismatch)) => Err(mismatch),
            None => {
                let read = T::read(self);
                let mismatch = read.as_ref().err();
                if mismatch.is_none_or(|mismatch| mismatch.leads_back_to().is_none()) {
                    trials.0.borrow_mut().insert(key, mismatch.cloned());
                }
                read
            }
        }
    }

    /// Reads the value after a trial of that, so that what is read for nothing is never read deeply.
    pub(crate) fn read_after_trial<T>(self, read: fn(View<'_>) -> Result<T, Mismatch>) -> Result<T, Mismatch> {
        if self.aim == Aim::Value && self.nests() {
            read(View { aim: Aim::Trial, ..self })?;
        }
        read(self)
    }

    /// Whether there are arrays or objects in this array or object.
    fn nests(self) -> bool {
        let is_nested = |json: &Json<'_>| matches!(json, Json::Array(_) | Json::Object(_));
        match self.json {
            Json::Array(items) => items.iter().any(is_nested),
            Json::Object(members) => members.iter().any(|(_, value)| is_nested(value)),
            _ => false,
        }
    }

    /// A value in this one, for the same aim.
    pub(super) fn inside(self, json: &'a Json<'a>) -> Self {
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
