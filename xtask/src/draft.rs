//! A configuration in the making.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use codegen::{Diagnostic, Diagnostics, Options, Proposal, Rule, Severity, Shown, Source};

/// What the drafted configuration is called in messages about itself.
const NAME: &str = "the drafted configuration";

/// How often messages are read again after what they proposed was done: what one stage finds hides the next.
const ROUNDS: usize = 8;

/// Rules whose errors can be let pass without reading or running what is not the description's own.
const HARMLESS: [Rule; 2] = [Rule::UnresolvedReference, Rule::DuplicateKey];

/// The sections of `rename` that names are put into.
const SECTIONS: [&str; 4] = [OPERATIONS, PLACES, SCHEMAS, TAGS];
const OPERATIONS: &str = "operations";
const PLACES: &str = "places";
const SCHEMAS: &str = "schemas";
const TAGS: &str = "tags";

/// A configuration in the making: what it says, each with why.
#[derive(Clone, Default)]
pub struct Draft {
    /// What the description is called.
    description: String,
    /// Rules to allow, by the first message.
    allow: BTreeMap<Rule, String>,
    /// Rules to allow if somebody wants that, by the first message.
    asked: BTreeMap<Rule, String>,
    /// Addresses that somebody has to have a file for.
    references: BTreeMap<String, String>,
    /// Names by what they are the names of, with the message; the names of a message stand together.
    names: BTreeMap<Key, (String, String)>,
    /// What the generator does not take.
    refused: BTreeSet<Key>,
    /// The errors and warnings that there are with it.
    pub errors: usize,
    warnings: usize,
}

/// A section of `rename`, and the key in it.
type Key = (&'static str, String);

impl Draft {
    /// What messages about a description propose. The generator takes all of it.
    pub fn of(source: &Source) -> Self {
        let mut draft = Self { description: Shown::from(source.name()).to_string(), ..Self::default() };
        let mut messages = draft.messages(source);
        let mut rounds = 1..ROUNDS;
        while draft.learn(&messages) && rounds.next().is_some() {
            messages = draft.messages(source);
        }
        // Names are worth no error.
        let errors = count(&messages, Severity::Error);
        if errors > 0 && !draft.names.is_empty() {
            let unnamed = Self { names: BTreeMap::new(), ..draft.clone() };
            let others = unnamed.messages(source);
            if count(&others, Severity::Error) < errors {
                (draft, messages) = (unnamed, others);
            }
        }
        draft.errors = count(&messages, Severity::Error);
        draft.warnings = count(&messages, Severity::Warning);
        draft
    }

    /// What is said about the description with what there is of the configuration.
    fn messages(&self, source: &Source) -> Diagnostics {
        let options = Options::default().config(Source::new(NAME, self.text("")));
        match codegen::analyze(source, &options) {
            Ok(analysis) => analysis.into_warnings(),
            Err(mistakes) => mistakes,
        }
    }

    /// Takes in what messages propose; whether anything counts that did not.
    fn learn(&mut self, messages: &Diagnostics) -> bool {
        let before = (self.allow.len(), self.names.len(), self.refused.len());
        for message in messages.iter() {
            if messages.file(message) == NAME {
                self.refuse(message.pointer().unwrap_or_default());
                continue;
            }
            let why = OnceCell::new();
            let why = || why.get_or_init(|| told(messages, message)).clone();
            let rule = message.rule();
            if message.severity() == Severity::Error && rule.allowed_meaning().is_some() {
                let list = if HARMLESS.contains(&rule) { &mut self.allow } else { &mut self.asked };
                list.entry(rule).or_insert_with(why);
            }
            for proposal in message.proposals() {
                match proposal {
                    Proposal::Name { place, name } => self.name(key(place), name, why),
                    Proposal::Tag { tag, name } => self.name((TAGS, tag.clone()), name, why),
                    Proposal::Reference(address) if quoted(address).is_some() => {
                        self.references.entry(address.clone()).or_insert_with(why);
                    }
                    _ => {}
                }
            }
        }
        before != (self.allow.len(), self.names.len(), self.refused.len())
    }

    /// Gives a name, unless a line cannot have it or it was taken back.
    fn name(&mut self, key: Key, name: &str, why: impl FnOnce() -> String) {
        let is_plain = quoted(&key.1).is_some() && quoted(name).is_some();
        if is_plain && !self.refused.contains(&key) {
            self.names.entry(key).or_insert_with(|| (why(), name.to_owned()));
        }
    }

    /// Takes back what a pointer of the configuration leads to.
    fn refuse(&mut self, pointer: &str) {
        let mut tokens = pointer.split('/').skip(2);
        let (Some(section), Some(entry)) = (tokens.next(), tokens.next()) else { return };
        let Some(section) = SECTIONS.into_iter().find(|known| *known == section) else { return };
        let key = (section, unescaped(entry));
        if self.names.remove(&key).is_some() {
            self.refused.insert(key);
        }
    }

    /// The configuration, begun by a command.
    pub fn text(&self, command: &str) -> String {
        let mut text =
            format!("# What to make of {}, begun by `{command}`. Change it as you like.\n", self.description);
        text.push_str("# The documentation of the library `codegen` has all keys.\n\n");
        match self.allow.is_empty() {
            true => text.push_str("# Rules whose errors are warnings.\nallow: []\n"),
            false => {
                text.push_str("# What is wrong and can be lived with: errors of these rules are warnings.\nallow:\n")
            }
        }
        for (rule, why) in &self.allow {
            let meaning = rule.allowed_meaning().unwrap_or_default();
            let _ = write!(text, "  # {why}\n  # {meaning}\n  - {rule}\n");
        }
        for (rule, why) in &self.asked {
            let meaning = rule.allowed_meaning().unwrap_or_default();
            let _ = write!(text, "  # {why}\n  # if you want it, {meaning}:\n  # - {rule}\n");
        }
        if !self.references.is_empty() {
            text.push_str("\n# Nothing is fetched. Download these, and say where each is.\n# references:\n");
        }
        for (address, why) in &self.references {
            let _ = write!(text, "#   # {why}\n#   {}: FILE\n", quoted(address).unwrap_or_default());
        }
        self.write_names(&mut text);
        text
    }

    fn write_names(&self, text: &mut String) {
        if !self.names.is_empty() {
            text.push_str(
                "\n# Names that had to be chosen. Here, they stay what they are, or become what you want.\nrename:\n",
            );
        }
        let mut section = "";
        let mut last = "";
        for ((of, key), (why, name)) in &self.names {
            if *of != section {
                (section, last) = (of, "");
                let _ = writeln!(text, "  {section}:");
            }
            if why != last {
                last = why;
                let _ = writeln!(text, "    # {why}");
            }
            let (key, name) = (quoted(key).unwrap_or_default(), quoted(name).unwrap_or_default());
            let _ = writeln!(text, "    {key}: {name}");
        }
    }

    /// What there is in it, and what is left to be done.
    pub fn summary(&self) -> String {
        let number = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let (allowed, names) = (number(self.allow.len(), "rule"), number(self.names.len(), "name"));
        let open = match self.asked.len() + self.references.len() {
            0 => String::new(),
            open => format!(", {} to decide", number(open, "thing")),
        };
        let (errors, warnings) = (number(self.errors, "error"), number(self.warnings, "warning"));
        format!("{allowed} allowed, {names}{open}; {errors} and {warnings} are left")
    }
}

/// Where a message is about something, and what it says, in a line that fits on a screen.
fn told(messages: &Diagnostics, message: &Diagnostic) -> String {
    const LONGEST: usize = 300;
    let place = messages.place(message).map(|place| format!("{}:{}: ", place.file, place.line)).unwrap_or_default();
    match message.message().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{place}{}…", &message.message()[..end]),
        None => format!("{place}{}", message.message()),
    }
}

fn count(messages: &Diagnostics, severity: Severity) -> usize {
    messages.iter().filter(|message| message.severity() == severity).count()
}

/// What `rename` calls a place.
fn key(place: &str) -> Key {
    let tokens: Vec<_> = place.split('/').skip(1).map(unescaped).collect();
    match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["paths", path, method] => (OPERATIONS, format!("{} {path}", method.to_ascii_uppercase())),
        ["components", "schemas", schema] => (SCHEMAS, schema.to_owned()),
        _ => (PLACES, format!("#{}", place.replace('%', "%25"))),
    }
}

fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A text as YAML has it in a line; none if a line cannot have it as it is.
fn quoted(text: &str) -> Option<String> {
    // YAML has no longer keys.
    const LONGEST: usize = 1000;
    let is_plain = |sign: char| sign == ' ' || sign.is_alphanumeric() || sign.is_ascii_punctuation();
    (text.len() <= LONGEST && text.chars().all(is_plain)).then(|| format!("'{}'", text.replace('\'', "''")))
}
