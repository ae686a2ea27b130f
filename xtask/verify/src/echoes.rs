//! What a validator says that follows from something else.

use std::collections::HashSet;

/// What members a validator misses, or takes for strange, for a reason that is told already.
#[derive(Default)]
pub struct Echoes {
    /// The ways to objects that have nothing in common with their schemas.
    strangers: HashSet<String>,
    /// Names that are written in another way, each with the way to its object.
    renamed: HashSet<(String, String)>,
}

impl Echoes {
    /// Notes that an object has nothing in common with its schema.
    pub fn stranger(&mut self, object: &str) {
        self.strangers.insert(object.to_owned());
    }

    /// Notes what a member of an object is called in an example and in its schema.
    pub fn renamed(&mut self, object: &str, names: [&str; 2]) {
        self.renamed.extend(names.map(|name| (object.to_owned(), name.to_owned())));
    }

    /// Whether it is known why a member of an object is missing, or is strange.
    pub fn has(&self, object: &str, member: &str) -> bool {
        self.strangers.contains(object) || self.renamed.contains(&(object.to_owned(), member.to_owned()))
    }
}
