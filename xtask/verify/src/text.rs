//! The report as text for a terminal, and as Markdown.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use codegen::Shown;

use crate::class::Class;
use crate::report::{Disagreement, Fault, ReadAnswers, Refused, Report, Seen};

/// How many examples are named of those that disagree in the same way.
const FEW: usize = 3;

/// The whole report for a terminal.
pub fn plain(report: &Report) -> String {
    let mut parts = vec![summary(report)];
    parts.extend(report.answers.as_ref().filter(|answers| !answers.refused.is_empty()).map(refused));
    parts.extend((!report.disagreements.is_empty()).then(|| details(&report.disagreements)));
    if let Some(seen) = &report.traffic {
        parts.push(traffic(seen));
        parts.extend((!seen.disagreements.is_empty()).then(|| details(&seen.disagreements)));
    }
    parts.join("\n\n")
}

/// How many there are, and what disagrees: fits a screen.
fn summary(report: &Report) -> String {
    let Report { description, examples, judged, fit, classes, come_back, sent, .. } = report;
    let mut text = format!("{}  {}, {}", description.0, counted(*examples, "example"), fitting(*fit, *judged));
    if judged < examples {
        let _ = write!(text, "; {} are not judged: they are no JSON, or have no schema", examples - judged);
    }
    if let Some([equal, tested]) = come_back {
        let _ = write!(text, "; {equal} of {tested} come back from the types of the crate");
    }
    if let Some([as_documented, tested]) = sent {
        let _ = write!(text, "; {as_documented} of {tested} go over the wire as documented");
    }
    if let Some(answers) = report.answers.as_ref().filter(|answers| !answers.refused.is_empty()) {
        let _ = write!(text, "; the client refuses {} of {} documented answers", answers.refused.len(), answers.all);
    }
    text + &counts(classes)
}

/// The longest overlay that is shown among other things, in lines.
const SHORT: usize = 60;

/// The answers that the client refuses, and what would make it take them.
fn refused(answers: &ReadAnswers) -> String {
    let mut texts: Vec<(&str, Vec<&Refused>)> = Vec::new();
    let mut numbers = HashMap::new();
    for refused in &answers.refused {
        let said = refused.message.0.as_str();
        let number = *numbers.entry(said).or_insert(texts.len());
        if number == texts.len() {
            texts.push((said, Vec::new()));
        }
        texts[number].1.push(refused);
    }
    let mut text = String::new();
    for (message, all) in texts {
        let _ = write!(text, "refused: {message}");
        for Refused { example, place, .. } in all.iter().take(FEW) {
            let place = place.as_ref().map(|spot| format!("{}  ", spot.0)).unwrap_or_default();
            let _ = write!(text, "\n  --> {place}{}", example.0);
        }
        if let Some(others @ 1..) = all.len().checked_sub(FEW) {
            let _ = write!(text, "\n      and {}", counted(others, "other answer"));
        }
        text.push_str("\n\n");
    }
    match answers.overlay.lines().count() {
        0 => {}
        1..=SHORT => _ = write!(text, "with this overlay, the client takes them:\n\n{}", answers.overlay),
        lines => {
            _ = write!(
                text,
                "with an overlay of {lines} lines, the client takes them: `--propose FILE` writes it, and the rest"
            )
        }
    }
    text.trim_end().to_owned()
}

/// How many there are of each class.
fn counts(classes: &BTreeMap<Class, usize>) -> String {
    let width = classes.keys().map(|class| class.name().len()).max().unwrap_or_default();
    let mut text = String::new();
    for (class, count) in classes {
        let _ = write!(text, "\n  {:width$}  {count:>5}  {}", class.name(), class.meaning());
    }
    text
}

/// The same of requests and answers.
fn traffic(seen: &Seen) -> String {
    let Seen { file, entries, described, foreign, classes, .. } = seen;
    let mut text =
        format!("{}  {}, {described} of operations that are described", file.0, counted(*entries, "request"));
    if *foreign > 0 {
        let _ = write!(text, "; {foreign} are of other services");
    }
    if classes.is_empty() {
        text.push_str("; all is as described");
    }
    text + &counts(classes)
}

pub fn fitting(fit: usize, judged: usize) -> String {
    match judged {
        0 => "none of which can be judged".to_owned(),
        _ if fit == judged && fit == 1 => "which fits its schema".to_owned(),
        _ if fit == judged => "all of which fit their schemas".to_owned(),
        _ => format!("{fit} of {judged} fit their schemas ({} %)", fit * 100 / judged),
    }
}

pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// The disagreements, one after the other.
fn details(disagreements: &[Disagreement]) -> String {
    let all: Vec<_> = disagreements.iter().map(detail).collect();
    all.join("\n\n")
}

fn detail(disagreement: &Disagreement) -> String {
    let Disagreement { class, message, edit, schema, examples } = disagreement;
    let mut text = format!("{class}: {}", message.0);
    for instance in examples.iter().take(FEW) {
        let place = instance.place.as_ref().map(|spot| format!("{}  ", spot.0)).unwrap_or_default();
        let _ = write!(text, "\n  --> {place}{}", instance.example.0);
        if !instance.value.0.as_str().is_empty() {
            let _ = write!(text, ", at {}", instance.value.0);
        }
    }
    if let Some(others @ 1..) = examples.len().checked_sub(FEW) {
        let _ = write!(text, "\n      and in {}", counted(others, "other example"));
    }
    if let Some(schema) = schema {
        let _ = write!(text, "\n  ::: {}  the schema", schema.0);
    }
    let _ = write!(text, "\n  = edit: {}", edit.0);
    text
}

/// The mistakes of the generator.
pub fn faults(report: &Report) -> String {
    let fault = |Fault { example, place, message }: &Fault| {
        let place = place.as_ref().map(|spot| spot.0.to_string()).unwrap_or_default();
        format!(
            "error: {}\n  --> {place}  {}\n  = help: unless a type of your own is in it, this is a mistake of the \
             generator: please report it with the description",
            message.0, example.0
        )
    };
    report.faults.iter().map(fault).collect::<Vec<_>>().join("\n\n")
}

/// The whole report as Markdown, for the API's owner.
pub fn markdown(report: &Report) -> String {
    let Report { description, examples, judged, fit, disagreements, .. } = report;
    let mut text = format!(
        "# Examples of {}\n\n{}, {}.\n",
        description.0.as_code(),
        counted(*examples, "example"),
        fitting(*fit, *judged)
    );
    if let Some(answers) = report.answers.as_ref().filter(|answers| !answers.refused.is_empty()) {
        text += &refused_in_markdown(answers);
    }
    text += &by_class(&report.classes, disagreements);
    if let Some(seen) = &report.traffic {
        let counted = counted(seen.entries, "request");
        let _ = write!(
            text,
            "\n# Traffic of {}\n\n{counted}, {} of operations that are described.\n",
            seen.file.0.as_code(),
            seen.described
        );
        text += &by_class(&seen.classes, &seen.disagreements);
    }
    text
}

fn refused_in_markdown(answers: &ReadAnswers) -> String {
    let ReadAnswers { all, refused, overlay } = answers;
    let mut text = format!("\n## Answers that a client refuses ({} of {all})\n\n", refused.len());
    for Refused { example, place, message } in refused {
        let place = place.as_ref().map(|spot| format!("{}, ", Shown::from(spot.0.to_string()).as_code()));
        let (place, example, message) = (place.unwrap_or_default(), example.0.as_code(), message.0.in_markdown());
        let _ = writeln!(text, "- {place}{example}: {message}");
    }
    if !overlay.is_empty() {
        text.push_str("\nWith this overlay, it takes them:\n\n");
        // Indented, so that nothing in it can be the end of it.
        overlay.lines().for_each(|line| _ = writeln!(text, "    {line}"));
    }
    text
}

/// Disagreements as Markdown, a section for each class.
fn by_class(classes: &BTreeMap<Class, usize>, disagreements: &[Disagreement]) -> String {
    let mut text = String::new();
    for (class, count) in classes {
        let _ = write!(text, "\n## {class} ({count})\n\n{}\n", class.meaning());
        for disagreement in disagreements.iter().filter(|disagreement| disagreement.class == *class) {
            text += &in_markdown(disagreement);
        }
    }
    text
}

fn in_markdown(disagreement: &Disagreement) -> String {
    let Disagreement { message, edit, schema, examples, .. } = disagreement;
    let mut text = format!("\n- {}.\n", message.0.in_markdown());
    for instance in examples.iter().take(FEW) {
        let place = instance.place.as_ref().map(|spot| format!("{}, ", Shown::from(spot.0.to_string()).as_code()));
        let _ = write!(text, "  - example: {}{}", place.unwrap_or_default(), instance.example.0.as_code());
        if !instance.value.0.as_str().is_empty() {
            let _ = write!(text, ", at {}", instance.value.0.as_code());
        }
        text.push('\n');
    }
    if let Some(others @ 1..) = examples.len().checked_sub(FEW) {
        let _ = writeln!(text, "  - and {}", counted(others, "other example"));
    }
    if let Some(schema) = schema {
        let _ = writeln!(text, "  - schema: {}", Shown::from(schema.0.to_string()).as_code());
    }
    let _ = writeln!(text, "  - edit: {}", edit.0.in_markdown());
    text
}
