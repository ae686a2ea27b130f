//! What is found out about values in unions before they are read.

use std::any::TypeId;
use std::collections::HashMap;

use super::Mismatch;

/// What a value is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The value itself.
    Value,
    /// Whether it can be read. What comes of it is thrown away, so it need not be the value; and what
    /// can be read in any case, such as an open union, is not looked into.
    Trial,
    /// The same, and how much of it is lost. So everything is looked into.
    Weighing,
}

/// What trials came to, by the place of the value and by the type.
#[derive(Default)]
pub(super) struct Trials {
    known: HashMap<(usize, TypeId), Known>,
    /// What is lost of the values that were read since the current trial began.
    loss: usize,
}

struct Known {
    outcome: Result<usize, Mismatch>,
    /// How much there is in the value that the type has no place for, if it was weighed.
    loss: Option<usize>,
}

impl Trials {
    /// Where a value ends that fits a type, or why it does not, if that is known well enough. What is lost of it
    /// counts as if it had been read.
    pub(super) fn known(&mut self, place: usize, id: TypeId, aim: Aim) -> Option<Result<usize, Mismatch>> {
        let Known { outcome, loss } = self.known.get(&(place, id))?;
        if outcome.is_ok() && loss.is_none() && aim == Aim::Weighing {
            return None;
        }
        self.loss += loss.unwrap_or_default();
        Some(outcome.clone())
    }

    /// Remembers what a trial came to, and what was lost in it.
    pub(super) fn learn(&mut self, place: usize, id: TypeId, loss: Option<usize>, outcome: Result<usize, Mismatch>) {
        let leads_back = matches!(&outcome, Err(mismatch) if mismatch.leads_back_to().is_some());
        if !leads_back {
            self.known.insert((place, id), Known { outcome, loss });
        }
    }

    /// Forgets everything, as a value is not tried again when the outermost union around it has been read.
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// Notes that so much is lost.
    pub(super) fn lose(&mut self, loss: usize) {
        self.loss += loss;
    }

    /// What has been lost since this was asked for the last time; from now on, as much as `loss`.
    pub(super) fn replace_loss(&mut self, loss: usize) -> usize {
        std::mem::replace(&mut self.loss, loss)
    }
}
