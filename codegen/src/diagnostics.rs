//! Every message of the generator: what it says, where it points, how it prints.
//!
//! The stages put their messages into a [`Report`] and go on, so that one run shows all the mistakes
//! of a stage. [`Report::checkpoint`] between the stages stops the run when there was an error.

mod excerpts;
mod rendered;

use std::fmt;
use std::mem;
use std::ops::Range;

use crate::api::Origin;
use crate::maps::HashMap;
use crate::places::Places;
use crate::positions::Positions;
use crate::rule::Rule;
use crate::source::{Part, Source, Word};
use crate::texts::Shown;

/// Whether a message stops the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Something to know, with which nothing is wrong.
    Note,
    /// The output does not say all that the description says; the help tells what was done instead.
    Warning,
    /// There is no output.
    Error,
}

/// One message about one place of the description.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    severity: Severity,
    rule: Rule,
    message: Shown,
    /// Each in a line.
    help: Vec<Shown>,
    labels: Vec<Label>,
    proposals: Vec<Proposal>,
    /// An error by nature, which the user wants to live with.
    allowed: bool,
}

/// What a configuration could say about what a message is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proposal {
    /// Something is called by a name that had to be chosen: `rename` keeps it, whatever else comes, or gives another one.
    Name {
        /// Its JSON Pointer in the description, after all files were brought into that.
        place: String,
        /// What it is called without that.
        name: String,
    },
    /// A tag is called by a name that had to be chosen, as above.
    Tag {
        /// The tag.
        tag: String,
        /// What it is called without that.
        name: String,
    },
    /// An address, for which `references` could have a file.
    Reference(String),
}

/// A place that a message points at; the first one of a message is where it belongs.
#[derive(Clone, Debug)]
struct Label {
    at: At,
    /// The file that the place is in, once that is known; until then the place is one of the bundled
    /// and repaired document.
    file: Option<usize>,
    text: Option<Shown>,
    /// Byte range in the file's text.
    span: Option<Range<usize>>,
}

#[derive(Clone, Debug)]
enum At {
    /// Of the whole document; points nowhere.
    Document,
    Node(Origin, Part),
    Offset(usize),
}

impl Diagnostic {
    fn new(severity: Severity, rule: Rule, at: At, message: Shown) -> Self {
        let label = Label { at, file: None, text: None, span: None };
        Self { severity, rule, message, help: Vec::new(), labels: vec![label], proposals: Vec::new(), allowed: false }
    }

    /// An error at the value that `origin` names.
    pub(crate) fn error(rule: Rule, origin: &Origin, message: impl Into<String>) -> Self {
        let at = At::Node(origin.clone(), Part::Value);
        Self::new(Severity::Error, rule, at, message.into().into())
    }

    /// A warning at the value that `origin` names.
    pub(crate) fn warning(rule: Rule, origin: &Origin, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, origin, message) }
    }

    /// A note about the value that `origin` names.
    pub(crate) fn note(rule: Rule, origin: &Origin, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(rule, origin, message) }
    }

    /// An error at a byte of the text, or at the document as a whole.
    pub(crate) fn at_offset(rule: Rule, offset: Option<usize>, message: impl Into<String>) -> Self {
        let at = offset.map_or(At::Document, At::Offset);
        Self::new(Severity::Error, rule, at, message.into().into())
    }

    /// Points at the key of the place instead of its value.
    pub(crate) fn on_key(mut self) -> Self {
        if let Some(Label { at: At::Node(_, part), .. }) = self.labels.first_mut() {
            *part = Part::Key;
        }
        self
    }

    /// What the reader can do about it.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = vec![help.into().into()];
        self
    }

    /// The same in several lines.
    pub(crate) fn help_lines(mut self, lines: impl IntoIterator<Item = impl Into<Shown>>) -> Self {
        self.help = lines.into_iter().map(Into::into).collect();
        self
    }

    /// A second place that the message is about; of its key and value, the part that the first has.
    pub(crate) fn also(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        let part = match self.labels.first() {
            Some(Label { at: At::Node(_, part), .. }) => *part,
            _ => Part::Key,
        };
        let at = At::Node(origin.clone(), part);
        self.labels.push(Label { at, file: None, text: Some(text.into().into()), span: None });
        self
    }

    /// What a configuration could say about it.
    pub(crate) fn proposing(mut self, proposals: impl IntoIterator<Item = Proposal>) -> Self {
        self.proposals.extend(proposals);
        self
    }

    /// Makes of an error a warning that something is left out for it.
    pub(crate) fn leave_out(&mut self) {
        self.severity = Severity::Warning;
        self.message = format!("{}; it is left out", self.message).into();
    }

    /// Says that the places are where they are in the text of a file.
    pub(crate) fn in_file(mut self, file: usize) -> Self {
        for label in &mut self.labels {
            label.file = Some(file);
        }
        self
    }

    /// Finds out where the places are in the text, unless that is known.
    pub(crate) fn settle(&mut self, place: impl Fn(&str) -> (usize, String)) {
        for label in self.labels.iter_mut().filter(|label| label.file.is_none()) {
            label.file = Some(0);
            if let At::Node(origin, _) = &mut label.at {
                let (file, pointer) = place(origin.pointer());
                *origin = Origin::new(pointer);
                label.file = Some(file);
            }
        }
    }

    /// Whether the message stops the generator.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The rule that was broken.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// What is wrong, in a sentence without a full stop.
    pub fn message(&self) -> &str {
        self.message.as_str()
    }

    /// What to do about it, if there is something to say.
    pub fn help_text(&self) -> Option<String> {
        let lines: Vec<_> = self.help.iter().map(Shown::as_str).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// What a configuration could say about it.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// Whether the message is an error that [`Options::allow`](crate::Options::allow) made a warning.
    pub fn is_allowed(&self) -> bool {
        self.allowed
    }

    /// The JSON Pointer of the place in its file, if the message is about one.
    pub fn pointer(&self) -> Option<&str> {
        match &self.labels.first()?.at {
            At::Node(origin, _) => Some(origin.pointer()),
            At::Document | At::Offset(_) => None,
        }
    }
}

/// The messages of a run as they come in, and what is needed to say where they belong.
#[derive(Debug)]
pub(crate) struct Report {
    messages: Vec<Diagnostic>,
    allow: Vec<Rule>,
    strict: bool,
    /// Whether what is read says nothing about requests and responses: it can be left out.
    is_aside: bool,
    /// The files of the description; the first one is the description itself.
    sources: Vec<Source>,
    /// From the document that the stages see to the files.
    pub places: Places,
    /// Of how many messages it is known where they are, and where that is in each file.
    located: (usize, HashMap<usize, Positions>),
}

/// A stage cannot go on; the report holds the reason.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop;

impl Report {
    pub fn new(source: Source) -> Self {
        Self {
            messages: Vec::new(),
            allow: Vec::new(),
            strict: false,
            is_aside: false,
            sources: vec![source],
            places: Places::default(),
            located: Default::default(),
        }
    }

    /// One of the same files that says nothing of its own.
    pub fn beside(&self) -> Self {
        Self {
            messages: Vec::new(),
            allow: Vec::new(),
            strict: false,
            is_aside: false,
            sources: self.sources.clone(),
            places: self.places.clone(),
            located: Default::default(),
        }
    }

    /// Lets errors of some rules pass, and no warnings but those if `strict`.
    pub fn judge(&mut self, allow: &[Rule], strict: bool) {
        self.allow = allow.to_vec();
        self.strict = strict;
    }

    pub fn allows(&self, rule: Rule) -> bool {
        self.allow.contains(&rule)
    }

    /// Whose word a file is.
    pub fn word(&self, file: usize) -> Word {
        self.sources.get(file).map_or(Word::Described, Source::word)
    }

    /// Whose word it is that something stands at a pointer of the finished document.
    pub fn word_at(&self, pointer: &str) -> Word {
        self.word(self.places.in_text(pointer).0)
    }

    /// Takes in another file of the description, and gives the number that messages know it by.
    pub fn add_source(&mut self, source: Source) -> usize {
        self.sources.push(source);
        self.sources.len() - 1
    }

    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Reads what says nothing about requests and responses: what would be an error is a warning then, and
    /// means that it is left out.
    pub fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let around = mem::replace(&mut self.is_aside, true);
        let result = read(self);
        self.is_aside = around;
        result
    }

    pub fn is_aside(&self) -> bool {
        self.is_aside
    }

    pub fn push(&mut self, mut message: Diagnostic) {
        // A file that may be read is not left out.
        let is_read = message.rule == Rule::OutsideFile && self.allows(message.rule);
        if self.is_aside && message.severity == Severity::Error && !is_read {
            message.leave_out();
            if message.rule == Rule::OutsideFile {
                message = message.help(format!("or allow it by `--allow {}`", Rule::OutsideFile));
            }
        }
        if let (Severity::Error, Some(meaning)) = (message.severity, message.rule.allowed_meaning()) {
            let help = if self.allows(message.rule) {
                message.severity = Severity::Warning;
                message.allowed = true;
                format!("this is allowed: {meaning}")
            } else {
                format!("or allow it by `--allow {}`: {meaning}", message.rule)
            };
            message.help.push(help.into());
        }
        self.messages.push(message);
    }

    pub fn extend(&mut self, messages: impl IntoIterator<Item = Diagnostic>) {
        messages.into_iter().for_each(|message| self.push(message));
    }

    /// How many messages there are.
    pub fn mark(&self) -> usize {
        self.messages.len()
    }

    /// Has a message in place of those that came in since there were so many.
    pub fn replace(&mut self, mark: usize, message: Diagnostic) {
        self.messages.truncate(mark);
        self.push(message);
    }

    /// Ends a stage: `Err` when it, or one before it, found an error.
    pub fn checkpoint(&self) -> Result<(), Stop> {
        let failed = self.messages.iter().any(|message| message.severity == Severity::Error);
        if failed { Err(Stop) } else { Ok(()) }
    }

    /// Ends the run: `Err` when there is a message that is not wanted.
    pub fn verdict(&mut self) -> Result<(), Stop> {
        if self.strict {
            let unwanted = |message: &&mut Diagnostic| message.severity == Severity::Warning && !message.allowed;
            for message in self.messages.iter_mut().filter(unwanted) {
                message.severity = Severity::Error;
            }
        }
        self.checkpoint()
    }

    /// What was allowed that would have been an error, a line each.
    pub fn allowances(&self) -> Vec<(Rule, String)> {
        let allowed = self.messages.iter().filter(|message| message.allowed);
        let lines = allowed.map(|message| (message.rule, message.message().to_owned()));
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines.dedup();
        lines
    }

    /// Finds out where the messages stand that there are.
    pub fn locate(&mut self) {
        let places = &self.places;
        for message in &mut self.messages {
            message.settle(|pointer| places.in_text(pointer));
        }
        let mut wanted: HashMap<usize, Vec<&str>> = HashMap::default();
        for label in self.messages.iter().flat_map(|message| &message.labels) {
            if let (At::Node(origin, _), Some(file)) = (&label.at, label.file) {
                wanted.entry(file).or_default().push(origin.pointer());
            }
        }
        let positions = wanted
            .into_iter()
            .filter_map(|(file, pointers)| Some((file, self.sources.get(file)?.positions(&pointers))));
        self.located = (self.messages.len(), positions.collect());
    }

    /// The messages, ordered by where they stand.
    pub fn finish(mut self) -> Diagnostics {
        if self.located.0 != self.messages.len() {
            self.locate();
        }
        let Self { mut messages, sources, located: (_, positions), .. } = self;
        for label in messages.iter_mut().flat_map(|message| &mut message.labels) {
            let file = label.file.unwrap_or_default();
            label.span = match &label.at {
                At::Document => None,
                At::Node(origin, part) => positions.get(&file).and_then(|all| all.span(origin.pointer(), *part)),
                At::Offset(offset) => sources.get(file).map(|source| source.character_at(*offset)),
            };
        }
        let place = |message: &Diagnostic| {
            let label = message.labels.first()?;
            Some((label.file, label.span.clone().map(|span| span.start)))
        };
        messages.sort_by(|a, b| (place(a), a.rule, &a.message).cmp(&(place(b), b.rule, &b.message)));
        // What several operations share is looked at for each of them.
        messages.dedup_by(|a, b| {
            a.rule == b.rule && a.message == b.message && place(a) == place(b) && a.pointer() == b.pointer()
        });
        Diagnostics { sources, messages }
    }
}

/// A place in the files of a description. Line and column count from 1, the column in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Place {
    /// The name of the file.
    pub file: Shown,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The JSON Pointer in the file, if it is known.
    pub pointer: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The messages of a finished run, in the order of the text that they point at.
///
/// [`Display`](fmt::Display) prints them as a compiler does, with the excerpt of each place. So does
/// [`Debug`](fmt::Debug), as it is what shows an error that `main` returns.
#[derive(Clone)]
pub struct Diagnostics {
    sources: Vec<Source>,
    messages: Vec<Diagnostic>,
}

impl Diagnostics {
    /// The messages.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.messages.iter()
    }

    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.messages.len()
    }

    /// Whether there is no message.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Where a message stands: line and column, from 1, the column in characters.
    pub fn position(&self, message: &Diagnostic) -> Option<(usize, usize)> {
        let label = message.labels.first()?;
        Some(self.source(label)?.line_column(label.span.clone()?.start))
    }

    /// The same, with the file.
    pub fn place(&self, message: &Diagnostic) -> Option<Place> {
        let (line, column) = self.position(message)?;
        let pointer = message.pointer().unwrap_or_default().to_owned();
        Some(Place { file: self.file(message).into(), line, column, pointer })
    }

    /// The name of the file that a message is about.
    pub fn file(&self, message: &Diagnostic) -> &str {
        message.labels.first().and_then(|label| self.source(label)).map_or("", Source::name)
    }

    fn source(&self, label: &Label) -> Option<&Source> {
        self.sources.get(label.file.unwrap_or_default())
    }
}

impl Label {
    fn describe(&self) -> Option<String> {
        match (&self.text, &self.at) {
            (Some(text), _) => Some(text.to_string()),
            (None, At::Node(origin, _)) if origin.pointer().is_empty() => None,
            (None, At::Node(origin, _)) => Some(Shown::from(format!("at {}", origin.pointer())).to_string()),
            (None, At::Document | At::Offset(_)) => None,
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Diagnostics {}
