//! What a description documents by example, and the schemas that say what it is an example of: for those who hold one
//! to the other, or a service to both.

mod described;
mod external;
mod fitting;
mod form_text;
mod lost;
mod operations;
mod schemas;
mod undescribed;
mod walk;

use std::fmt;
use std::ops::Not as _;

use serde_json::Value;

use crate::api::Direction;
use crate::description::{Description, Read as _, Server};
use crate::diagnostics::{Diagnostics, Place, Report};
use crate::lower::Ground;
use crate::maps::HashMap;
use crate::places::Places;
use crate::source::{Part, Source};
use crate::texts::Shown;

pub(crate) use self::external::Files;
pub(crate) use self::fitting::Fitting;
pub(crate) use self::operations::{Met, operations};
pub(crate) use self::schemas::Schemas;

pub use self::described::{DescribedAnswer, DescribedBody, DescribedContent, DescribedOperation, DescribedParameter};

/// All examples of a description, and its schemas in the words of JSON Schema 2020-12.
#[derive(Clone, Debug)]
pub struct Documented {
    examples: Vec<DocumentedExample>,
    operations: Vec<DescribedOperation>,
    servers: Vec<String>,
    /// Of either direction, of what is sent, and of what is received.
    schemas: [Value; 3],
    document: Value,
    sources: Vec<Source>,
    places: Places,
    warnings: Diagnostics,
}

/// An example that a description has, once for each schema that it belongs to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DocumentedExample {
    /// What it is called among others of its place.
    pub name: Option<String>,
    /// What it is an example of.
    pub subject: Subject,
    /// Of a parameter: the style that the description names.
    pub style: Option<String>,
    /// What has it: none, if no operation refers to where it stands.
    pub uses: Vec<Use>,
    /// The direction of its values, as far as it is known.
    pub direction: Option<Direction>,
    /// The value; `None` if it is not JSON, but text as it is sent.
    pub value: Option<Value>,
    /// Where the value stands, as a JSON Pointer in the document that [`Documented::places`] takes.
    pub pointer: String,
    /// The file that the value is in by itself, if it is.
    pub file: Option<String>,
    /// The schema, as a URI fragment of [`Documented::schemas`]; `None` if it may be anything.
    pub schema: Option<String>,
}

/// What there is an example of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A body of this media type.
    Body(String),
    /// A parameter: where it is, and its name.
    Parameter(String, String),
    /// A header of an answer.
    Header(String),
    /// The values of a schema.
    Schema,
    /// What stands in for a value that is not there.
    Default,
}

/// An operation that has an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Use {
    /// As in a request line, such as `GET`.
    pub method: String,
    /// The path as the description has it, or the name of a webhook.
    pub path: String,
    /// Of an answer: a number, a range such as `4XX`, or `default`.
    pub status: Option<String>,
}

impl Documented {
    /// The examples, in the order of the operations, and then of what only schemas have.
    pub fn examples(&self) -> &[DocumentedExample] {
        &self.examples
    }

    /// The operations, if they were asked for: by [`described`](crate::described).
    pub fn operations(&self) -> &[DescribedOperation] {
        &self.operations
    }

    /// The URLs of the servers, with variables in braces.
    pub fn servers(&self) -> &[String] {
        &self.servers
    }

    /// All schemas that examples belong to, with those that these refer to: a document whose `$defs` have them.
    ///
    /// The `$comment` of each is the JSON Pointer of its place. Members that only the other direction has are not
    /// required; where the direction is not known, this holds for both.
    pub fn schemas(&self, direction: Option<Direction>) -> &Value {
        let [either, sent, received] = &self.schemas;
        match direction {
            None => either,
            Some(Direction::Sent) => sent,
            Some(Direction::Received) => received,
        }
    }

    /// The description itself, with what it refers to in other files, after its overlays: what pointers lead into.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Where some pointers of the document stand in its files: their values, or the nearest places around them.
    pub fn places<'a>(&self, pointers: impl IntoIterator<Item = &'a str>) -> HashMap<String, Place> {
        let mut files: HashMap<usize, Vec<(&str, String)>> = HashMap::default();
        for pointer in pointers {
            let (file, old) = self.places.in_text(pointer);
            files.entry(file).or_default().push((pointer, old));
        }
        let mut found = HashMap::default();
        for (file, pointers) in files {
            let Some(source) = self.sources.get(file) else { continue };
            let olds: Vec<_> = pointers.iter().map(|(_, old)| old.as_str()).collect();
            let positions = source.positions(&olds);
            for (pointer, old) in pointers {
                let Some(span) = positions.span(&old, Part::Value) else { continue };
                let (line, column) = source.line_column(span.start);
                found.insert(pointer.to_owned(), Place { file: source.name().into(), line, column, pointer: old });
            }
        }
        found
    }

    /// What is wrong with the description, as far as it can be read: references that lead nowhere among it.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    pub(crate) fn of(document: Description, mut report: Report, with_operations: bool) -> Self {
        let files = Files::of(report.sources(), &report.places);
        let ground = Ground::new(&document, &mut report);
        let (examples, operations, schemas) = walk::walk(&ground, &files, with_operations);
        let servers = document.servers().iter().map(|server| Server::read(server).url.to_owned()).collect();
        let (sources, places) = (report.sources().to_vec(), report.places.clone());
        let document = document.into_tree();
        Self { examples, operations, servers, schemas, document, sources, places, warnings: report.finish() }
    }
}

impl DocumentedExample {
    /// What it is an example of, in words, such as `GET /cats 200 application/json, "two cats"`.
    pub fn title(&self) -> Shown {
        let used = self.uses.first().map(ToString::to_string);
        let subject = match &self.subject {
            Subject::Body(media_type) => media_type.clone(),
            Subject::Parameter(location, name) => format!("{location} parameter {name}"),
            Subject::Header(name) => format!("header {name}"),
            Subject::Schema => "schema".to_owned(),
            Subject::Default => "default".to_owned(),
        };
        let others = self.uses.len().saturating_sub(1);
        let mut words: Vec<_> = used.into_iter().chain([subject]).collect();
        words.extend(self.name.as_ref().map(|name| format!("{name:?}")));
        words.extend((others == 0).not().then(|| format!("(and {others} more)")));
        words.join(" ").into()
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        self.status.iter().try_for_each(|status| write!(f, " {status}"))
    }
}

#[cfg(test)]
mod tests;
