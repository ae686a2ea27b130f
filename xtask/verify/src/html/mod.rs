//! The report as a page that stands alone.

mod lines;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use codegen::{Documented, DocumentedExample, Place, Shown};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::class::Class;
use crate::finding::Finding;
use crate::judge::Verdict;
use crate::report::{self, Disagreement, Report};
use crate::text;
use lines::{Excerpt, Lines};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Nothing is fetched, and nothing runs but what is in the page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// What every page begins with.
pub const BEGINNING: &str = "<!DOCTYPE html>";

/// An example, and what became of it.
type Judged<'r> = (&'r DocumentedExample, &'r Verdict);

/// The page of a report.
///
/// What is added to its address, such as `#pattern`, is the class that it shows.
pub fn page(report: &Report, documented: &Documented, verdicts: &[Verdict]) -> String {
    let judged: Vec<_> = documented.examples().iter().zip(verdicts).collect();
    let places = report::places(documented, judged.iter().copied());
    let page = Page { documented, places, schemas: RefCell::default() };
    let title = format!("Examples of {}", report.description.0);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Examples of " code { (report.description.0) } }
                p { (text::counted(report.examples, "example")) ", " (text::fitting(report.fit, report.judged)) "." }
                (filters(report))
                main {
                    (dangling(report))
                    @for (operation, examples) in by_operation(&judged) { (page.operation(&operation, &examples)) }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    markup.into_string()
}

/// What is shown of the page.
fn filters(report: &Report) -> Markup {
    html! {
        fieldset {
            legend { "Show" }
            @for (class, count) in &report.classes {
                label title=(class.meaning()) {
                    input type="checkbox" value=(class) checked;
                    " " (class) " " span.count { (count) }
                }
            }
            label { input type="checkbox" value="fits" checked; " examples that fit" }
        }
    }
}

/// The examples by their operations, in the order of the description.
fn by_operation<'r>(judged: &[Judged<'r>]) -> Vec<(String, Vec<Judged<'r>>)> {
    let mut groups: Vec<(String, Vec<Judged<'r>>)> = Vec::new();
    let mut numbers = HashMap::new();
    for (example, verdict) in judged {
        let operation = example.uses.first().map(|usage| format!("{} {}", usage.method, usage.path));
        let number = *numbers.entry(operation.clone()).or_insert(groups.len());
        if number == groups.len() {
            groups.push((operation.unwrap_or_else(|| "Schemas and other components".to_owned()), Vec::new()));
        }
        groups[number].1.push((*example, *verdict));
    }
    groups
}

struct Page<'r> {
    documented: &'r Documented,
    places: HashMap<String, Place>,
    /// The lines of schemas, by their pointers.
    schemas: RefCell<HashMap<String, Rc<Lines>>>,
}

impl Page<'_> {
    fn operation(&self, operation: &str, examples: &[Judged<'_>]) -> Markup {
        html! {
            section {
                h2 { (Shown::from(operation)) }
                @for (example, verdict) in examples { (self.example(example, verdict)) }
            }
        }
    }

    fn example(&self, example: &DocumentedExample, verdict: &Verdict) -> Markup {
        let place = self.places.get(&example.pointer);
        let title = html! {
            span.title { (example.title()) }
            @if let Some(place) = place { " " code.place { (place) } }
        };
        match (verdict, verdict.findings()) {
            (Verdict::NotJudged, _) => html! { div.example.fits { (title) " " span.verdict { "not judged" } } },
            (_, []) => html! { div.example.fits { (title) " " span.verdict { "fits" } } },
            (verdict, findings) => {
                let lines = example.value.as_ref().map(Lines::of);
                html! {
                    details.example open {
                        summary { (title) @if verdict.fits() { " " span.verdict { "fits all the same" } } }
                        @for finding in findings { (self.finding(finding, lines.as_ref())) }
                    }
                }
            }
        }
    }

    fn finding(&self, finding: &Finding, example: Option<&Lines>) -> Markup {
        let (schema, keyword) = finding.keyword.rsplit_once('/').unwrap_or_default();
        html! {
            article.finding data-class=(finding.class) {
                h3 { span.class { (finding.class) } " " (Shown::from(finding.message.as_str())) }
                p.edit { (Shown::from(finding.edit.as_str())) }
                div.both {
                    @if let Some(lines) = example {
                        figure {
                            figcaption {
                                "the example"
                                @if !finding.value.is_empty() { ", at " code { (Shown::from(finding.value.as_str())) } }
                            }
                            (json(&lines.around(&finding.value)))
                        }
                    }
                    @if let Some(lines) = self.schema(schema) {
                        figure {
                            figcaption {
                                "the schema"
                                @if let Some(place) = self.places.get(&finding.keyword) { ", " code.place { (place) } }
                            }
                            (json(&lines.around(&format!("/{keyword}"))))
                        }
                    }
                }
            }
        }
    }

    fn schema(&self, pointer: &str) -> Option<Rc<Lines>> {
        let said = self.documented.document().pointer(pointer)?;
        let lines = || Rc::new(Lines::of(said));
        Some(Rc::clone(self.schemas.borrow_mut().entry(pointer.to_owned()).or_insert_with(lines)))
    }
}

/// JSON, with what is wrong in it marked.
fn json(excerpt: &Excerpt<'_>) -> Markup {
    html! {
        pre {
            (left_out(excerpt.before))
            @for (index, line) in excerpt.lines.iter().enumerate() {
                @if excerpt.marked == Some(index) { mark { (Shown::from(line.as_str())) } }
                @else { (Shown::from(line.as_str())) }
                "\n"
            }
            (left_out(excerpt.behind))
        }
    }
}

fn left_out(lines: usize) -> Markup {
    html! {
        @if lines > 0 { span.left-out { "⋯ " (text::counted(lines, "line")) "\n" } }
    }
}

/// The references that lead nowhere.
fn dangling(report: &Report) -> Markup {
    let dangling: Vec<_> =
        report.disagreements.iter().filter(|known| known.class == Class::DanglingReference).collect();
    html! {
        @if !dangling.is_empty() {
            section {
                h2 { "References" }
                @for Disagreement { class, message, edit, examples, .. } in dangling {
                    div.example {
                        article.finding data-class=(class) {
                            h3 { span.class { (class) } " " (message.0) }
                            p.edit { (edit.0) }
                            @for place in examples.iter().filter_map(|instance| instance.place.as_ref()) {
                                p { code.place { (place.0) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl maud::Render for Class {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str(self.name());
    }
}
