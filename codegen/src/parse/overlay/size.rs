//! How far overlays can go. Copies of copies double with every action, and would end in no memory.

use serde_json::Value;

use crate::pointer;

/// The most values that all overlays together may add; large descriptions have half of that.
const MOST: usize = 500_000;

/// How deep values may nest; JSON is not read any deeper either.
const DEEPEST: usize = 128;

/// What overlays may still add.
pub(super) struct Budget {
    left: usize,
    is_spent: bool,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: MOST, is_spent: false }
    }
}

impl Budget {
    /// Takes what a value at each of some pointers costs; otherwise, why that is too much.
    pub fn spend(&mut self, value: &Value, pointers: &[String]) -> Result<(), String> {
        let deepest = pointers.iter().map(|pointer| pointer::tokens(pointer).count()).max().unwrap_or(0);
        if deepest + depth(value) > DEEPEST {
            return Err(format!("this makes the description nest more than {DEEPEST} levels"));
        }
        let cost = count(value).saturating_mul(pointers.len());
        self.is_spent = self.left < cost;
        self.left = self.left.saturating_sub(cost);
        if self.is_spent { Err(format!("overlays add more than {MOST} values")) } else { Ok(()) }
    }

    /// Whether more was to be added than that.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }
}

fn parts(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values()),
        _ => Box::new(std::iter::empty()),
    }
}

fn depth(value: &Value) -> usize {
    1 + parts(value).map(depth).max().unwrap_or(0)
}

fn count(value: &Value) -> usize {
    1 + parts(value).map(count).sum::<usize>()
}
