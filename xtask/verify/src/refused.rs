//! Which documented answers the types of the crate refuse to read.

use codegen::{Direction, Documented, DocumentedExample, Subject};
use scratch::replies::{self, Answer, Program, Reply};
use serde_json::Value;

use crate::crates::{Crate, LIMIT, unable};

/// What the crate is called, whatever the configuration calls it.
pub const NAME: &str = "verified-client";

/// What became of the documented answers.
pub struct Answers {
    /// How many there are that have JSON.
    pub all: usize,
    /// Those that are refused: their places among all examples, and why.
    pub refused: Vec<(usize, String)>,
}

impl Answers {
    /// Where those stand that are refused.
    pub fn places<'d>(&'d self, documented: &'d Documented) -> impl Iterator<Item = String> + 'd {
        self.refused.iter().filter_map(|(index, _)| Some(documented.examples().get(*index)?.pointer.clone()))
    }
}

impl Crate<'_> {
    /// Reads all documented answers that are JSON.
    ///
    /// # Errors
    ///
    /// When the program that reads them does not compile, or breaks off.
    pub fn answers(&self, documented: &Documented) -> Result<Answers, String> {
        let answers: Vec<_> = documented.examples().iter().enumerate().filter_map(answer).collect();
        if answers.is_empty() {
            return Ok(Answers { all: 0, refused: Vec::new() });
        }
        let texts: Vec<_> = answers.iter().map(|(_, _, value)| value.to_string()).collect();
        let replies = answers.iter().zip(&texts).map(|((_, answer, _), json)| Reply { answer: answer.clone(), json });
        let replies: Vec<_> = replies.collect();
        let folder = self.place.join("programs").join(&self.name);
        replies::write(self.generated, NAME, &self.folder(), &folder).map_err(unable)?;
        let log = self.place.join(format!("{}.answers.log", self.name));
        let program = Program { name: NAME, folder: &folder, target: &self.target(), log: &log, limit: LIMIT };
        let read = program.answers(&replies).map_err(|error| format!("error: the answers cannot be read: {error}"))?;
        let refused = answers.iter().zip(read).filter_map(|((index, ..), read)| match read {
            Ok(Answer::Unreadable(why)) => Some((*index, why)),
            _ => None,
        });
        Ok(Answers { all: answers.len(), refused: refused.collect() })
    }
}

/// An example of an answer: its place among all, its method, path and status, and its JSON.
fn answer((index, example): (usize, &DocumentedExample)) -> Option<(usize, String, &Value)> {
    let is_answer = matches!(example.subject, Subject::Body(_)) && example.direction == Some(Direction::Received);
    let usage = example.uses.iter().find(|usage| usage.status.is_some()).filter(|_| is_answer)?;
    Some((index, usage.to_string(), example.value.as_ref()?))
}
