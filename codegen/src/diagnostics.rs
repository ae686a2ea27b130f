//! Every message of the generator: what it says, where it points, how it prints.
//!
//! The stages put their messages into a [`Report`] and go on, so that one run shows all the mistakes
//! of a stage. [`Report::checkpoint`] between the stages stops the run when there was an error.

use std::cell::LazyCell;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin as Place, Renderer, Snippet};

use crate::api::Origin;
use crate::rule::Rule;
use crate::source::{Part, Source};

/// Whether a message stops the generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
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
    message: String,
    help: Option<String>,
    labels: Vec<Label>,
}

/// A place that a message points at; the first one of a message is where it belongs.
#[derive(Clone, Debug)]
struct Label {
    at: At,
    text: Option<String>,
    /// Byte range in the source's text.
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
    fn new(severity: Severity, rule: Rule, at: At, message: String) -> Self {
        let label = Label { at, text: None, span: None };
        Self { severity, rule, message, help: None, labels: vec![label] }
    }

    /// An error at the value that `origin` names.
    pub(crate) fn error(rule: Rule, origin: &Origin, message: impl Into<String>) -> Self {
        let at = At::Node(origin.clone(), Part::Value);
        Self::new(Severity::Error, rule, at, message.into())
    }

    /// A warning at the value that `origin` names.
    pub(crate) fn warning(rule: Rule, origin: &Origin, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, origin, message) }
    }

    /// An error at a byte of the text, or at the document as a whole.
    pub(crate) fn at_offset(rule: Rule, offset: Option<usize>, message: impl Into<String>) -> Self {
        let at = offset.map_or(At::Document, At::Offset);
        Self::new(Severity::Error, rule, at, message.into())
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
        self.help = Some(help.into());
        self
    }

    /// A second place that the message is about; of its key and value, the part that the first has.
    pub(crate) fn also(mut self, origin: &Origin, text: impl Into<String>) -> Self {
        let part = match self.labels.first() {
            Some(Label { at: At::Node(_, part), .. }) => *part,
            _ => Part::Key,
        };
        let at = At::Node(origin.clone(), part);
        self.labels.push(Label { at, text: Some(text.into()), span: None });
        self
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
        &self.message
    }

    /// What to do about it, if there is something to say.
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The JSON Pointer of the place, if the message is about one.
    pub fn pointer(&self) -> Option<&str> {
        match &self.labels.first()?.at {
            At::Node(origin, _) => Some(origin.pointer()),
            At::Document | At::Offset(_) => None,
        }
    }
}

/// The messages of a run as they come in.
#[derive(Debug, Default)]
pub(crate) struct Report {
    messages: Vec<Diagnostic>,
}

/// A stage cannot go on; the report holds the reason.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stop;

impl Report {
    pub fn push(&mut self, message: Diagnostic) {
        self.messages.push(message);
    }

    pub fn extend(&mut self, messages: impl IntoIterator<Item = Diagnostic>) {
        self.messages.extend(messages);
    }

    /// Ends a stage: `Err` when it, or one before it, found an error.
    pub fn checkpoint(&self) -> Result<(), Stop> {
        let failed = self.messages.iter().any(|message| message.severity == Severity::Error);
        if failed { Err(Stop) } else { Ok(()) }
    }

    /// Finds out where the messages stand, and orders them by it.
    pub fn finish(mut self, source: &Source) -> Diagnostics {
        let positions = LazyCell::new(|| source.positions());
        for label in self.messages.iter_mut().flat_map(|message| &mut message.labels) {
            label.span = match &label.at {
                At::Document => None,
                At::Node(origin, part) => positions.span(origin.pointer(), *part),
                At::Offset(offset) => Some(source.character_at(*offset)),
            };
        }
        let place = |message: &Diagnostic| message.labels.first()?.span.clone().map(|span| span.start);
        self.messages.sort_by(|a, b| (place(a), a.rule, &a.message).cmp(&(place(b), b.rule, &b.message)));
        // What several operations share is looked at for each of them.
        self.messages.dedup_by(|a, b| a.rule == b.rule && a.message == b.message && a.pointer() == b.pointer());
        Diagnostics { source: source.clone(), messages: self.messages }
    }
}

/// The messages of a finished run, in the order of the text that they point at.
///
/// [`Display`](fmt::Display) prints them as a compiler does, with the excerpt of each place.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    source: Source,
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
        let span = message.labels.first()?.span.clone()?;
        Some(self.source.line_column(span.start))
    }

    /// The messages as text, with terminal colours if asked for.
    pub fn render(&self, colors: bool) -> String {
        let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
        let texts: Vec<_> = self.messages.iter().map(|message| self.render_one(&renderer, message)).collect();
        texts.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, message: &Diagnostic) -> String {
        let level = match message.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(message.message.as_str()).id(message.rule.name());
        let mut group = self.point(Group::with_title(title), message);
        if let Some(help) = &message.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    fn point<'a>(&'a self, group: Group<'a>, message: &'a Diagnostic) -> Group<'a> {
        let mut annotations = Vec::new();
        for (index, label) in message.labels.iter().enumerate() {
            let Some(span) = label.span.clone() else { continue };
            let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            annotations.push(kind.span(self.source.first_line(span)).label(label.describe()));
        }
        if annotations.is_empty() {
            let name = match message.pointer() {
                Some(pointer) => format!("{} (at {pointer})", self.source.name()),
                None => self.source.name().to_owned(),
            };
            return group.element(Place::path(name));
        }
        let snippet = Snippet::source(self.source.text()).path(self.source.name());
        group.element(snippet.annotations(annotations))
    }
}

impl Label {
    fn describe(&self) -> Option<String> {
        match (&self.text, &self.at) {
            (Some(text), _) => Some(text.clone()),
            (None, At::Node(origin, _)) if origin.pointer().is_empty() => None,
            (None, At::Node(origin, _)) => Some(format!("at {}", origin.pointer())),
            (None, At::Document | At::Offset(_)) => None,
        }
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}
