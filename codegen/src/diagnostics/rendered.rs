//! Messages as text, as a compiler prints them.

use std::collections::HashSet;

use annotate_snippets::{Group, Level, Origin as Header, Renderer};

use super::{Diagnostic, Diagnostics, Severity, excerpts};
use crate::maps::HashMap;
use crate::rule::Rule;
use crate::texts::Shown;

/// How many messages that are alike are shown one by one.
const FEW: usize = 3;

impl Diagnostics {
    /// The messages as text, with terminal colours if asked for.
    pub fn render(&self, colors: bool) -> String {
        let renderer = renderer(colors);
        let texts: Vec<_> = self.messages.iter().map(|message| self.render_one(&renderer, message, 0)).collect();
        texts.join("\n\n")
    }

    /// The same, but of many that are alike, only the first and how many more there are: they are of one rule, and say the
    /// same but for what they quote and count.
    pub fn render_folded(&self, colors: bool) -> String {
        let renderer = renderer(colors);
        let mut alike: HashMap<_, usize> = HashMap::default();
        for message in &self.messages {
            *alike.entry(message.likeness()).or_default() += 1;
        }
        let mut folded = HashSet::new();
        let texts = self.messages.iter().filter_map(|message| {
            let likeness = message.likeness();
            let count = alike.get(&likeness).copied().unwrap_or_default();
            let others = if count > FEW { count - 1 } else { 0 };
            let is_shown = others == 0 || folded.insert(likeness);
            is_shown.then(|| self.render_one(&renderer, message, others))
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// A message, which stands for so many others.
    fn render_one(&self, renderer: &Renderer, message: &Diagnostic, others: usize) -> String {
        let level = match message.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(message.message()).id(message.rule.name());
        let mut group = self.point(Group::with_title(title), message);
        for help in &message.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let others = (others > 0).then(|| format!("and {others} more like this"));
        group = group.elements(others.as_deref().map(|others| Level::NOTE.message(others)));
        renderer.render(&[group])
    }

    fn point<'a>(&'a self, group: Group<'a>, message: &'a Diagnostic) -> Group<'a> {
        let excerpts = excerpts::excerpts(self, message);
        if !excerpts.is_empty() {
            return group.elements(excerpts);
        }
        let name = Shown::from(match message.pointer() {
            Some(pointer) => format!("{} (at {pointer})", self.file(message)),
            None => self.file(message).to_owned(),
        });
        group.element(Header::path(name.to_string()))
    }
}

impl Diagnostic {
    /// What it has in common with others that say the same of other things.
    fn likeness(&self) -> (Severity, Rule, String) {
        // What is in backquotes is quoted: every other part.
        let said = self.message.as_str().split('`').step_by(2).collect::<Vec<_>>().join("`");
        (self.severity, self.rule, said.replace(|sign: char| sign.is_ascii_digit(), ""))
    }
}

fn renderer(colors: bool) -> Renderer {
    if colors { Renderer::styled() } else { Renderer::plain() }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    #[test]
    fn many_messages_that_are_alike_are_told_by_the_first() {
        let folded = |count: usize| {
            let schema = |number| format!("    S{number}: {{ type: string, note{number}: a }}\n");
            let schemas: String = (0..count).map(schema).collect();
            let description = format!(
                "openapi: 3.0.3\ninfo: {{ title: Cats, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}\
                 servers: [{{ url: 'wss://a.b' }}]\n"
            );
            let generated = generate(&Source::new("cats.yaml", description), &Options::default()).expect("a crate");
            generated.warnings().render_folded(false)
        };
        let few = folded(3);
        assert_eq!((few.matches("unknown-member").count(), few.contains("more like this")), (3, false), "{few}");
        let many = folded(20);
        assert_eq!(many.matches("unknown-member").count(), 1, "{many}");
        assert!(many.contains("= note: and 19 more like this"), "{many}");
        assert_eq!(many.matches("unsupported-server").count(), 1, "{many}");
    }
}
