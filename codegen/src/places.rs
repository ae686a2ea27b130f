//! From the document that the stages see back to the files that it was made of.
//!
//! Bundling puts what stands in other files where the description refers to it, and repairing moves
//! members to where OpenAPI wants them. Each notes what it moves, so that messages point at the text.

use std::collections::HashMap;

/// Where the parts of the document come from.
#[derive(Debug, Default)]
pub(crate) struct Places {
    bundled: HashMap<String, (usize, String)>,
    repaired: HashMap<String, String>,
}

impl Places {
    /// Notes that bundling put something of a file at a pointer.
    pub fn bundle(&mut self, pointer: String, file: usize, from: String) {
        self.bundled.insert(pointer, (file, from));
    }

    /// Notes what repairing moved: to where, from where.
    pub fn repair(&mut self, moved: impl IntoIterator<Item = (String, String)>) {
        self.repaired.extend(moved);
    }

    /// The file and the pointer in it, of a pointer in the finished document.
    pub fn in_text(&self, pointer: &str) -> (usize, String) {
        match nearest(&self.repaired, pointer) {
            Some((from, rest)) => self.before_repair(&format!("{from}{rest}")),
            None => self.before_repair(pointer),
        }
    }

    /// The same, of a pointer in the document before it was repaired.
    pub fn before_repair(&self, pointer: &str) -> (usize, String) {
        match nearest(&self.bundled, pointer) {
            Some(((file, from), rest)) => (*file, format!("{from}{rest}")),
            None => (0, pointer.to_owned()),
        }
    }
}

/// What is known about a pointer, or about the nearest place around it, and the rest of the pointer.
fn nearest<'a, T>(map: &'a HashMap<String, T>, pointer: &'a str) -> Option<(&'a T, &'a str)> {
    if map.is_empty() {
        return None;
    }
    let mut end = pointer.len();
    loop {
        let (start, rest) = pointer.split_at(end);
        if let Some(found) = map.get(start) {
            return Some((found, rest));
        }
        end = start.rfind('/')?;
    }
}
