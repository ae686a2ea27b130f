//! How far overlays can go. Copies of copies double with every action, and would end in no memory.

use serde_json::Value;

use crate::pointer;

/// The most values that all overlays together may add; the largest descriptions have a tenth of that.
const MOST: usize = 5_000_000;

/// How deep values may nest; JSON is not read any deeper either.
const DEEPEST: usize = 128;

/// What overlays may still add.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST)
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
        self.0 = self.0.checked_sub(cost).ok_or_else(|| format!("overlays add more than {MOST} values"))?;
        Ok(())
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
