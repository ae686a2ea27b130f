//! The excerpts of the text that a message shows.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin as Place, Snippet};

use super::{Diagnostic, Diagnostics, Label};
use crate::source::Source;
use crate::texts::{Shown, same_length};

/// How many lines apart places are at most that are shown in one excerpt: all that is between them is
/// gone through.
const NEAR: usize = 50;

/// A longer line, in bytes, is shown in part: JSON may be one line of megabytes.
const WIDE: usize = 500;

/// What is shown of a wide line from where a place begins, in characters.
const SHOWN: usize = 60;

/// A place that a message points at: whether it is the first, and where it is on its line.
struct Spot<'a> {
    label: &'a Label,
    is_first: bool,
    span: Range<usize>,
    line: usize,
}

/// The excerpts for all places of a message that are known.
pub(super) fn excerpts<'a>(diagnostics: &'a Diagnostics, message: &'a Diagnostic) -> Vec<Element<'a>> {
    let mut groups: Vec<(&Source, Vec<Spot<'_>>)> = Vec::new();
    for (index, label) in message.labels.iter().enumerate() {
        let (Some(source), Some(span)) = (diagnostics.source(label), label.span.clone()) else { continue };
        let (line, _) = source.line_column(span.start);
        let spot = Spot { label, is_first: index == 0, span: source.first_line(span), line };
        let is_wide = is_wide(source, &spot);
        let near = groups.iter_mut().find(|(_, others)| {
            let is_near = |other: &Spot<'_>| {
                other.label.file == label.file && other.line.abs_diff(line) <= NEAR && !self::is_wide(source, other)
            };
            !is_wide && others.iter().all(is_near)
        });
        match near {
            Some((_, others)) => others.push(spot),
            None => groups.push((source, vec![spot])),
        }
    }
    groups.into_iter().flat_map(|(source, spots)| excerpt(source, &spots)).collect()
}

fn is_wide(source: &Source, spot: &Spot<'_>) -> bool {
    let (window, _) = source.window(std::slice::from_ref(&spot.span));
    window.len() > WIDE
}

fn excerpt<'a>(source: &'a Source, spots: &[Spot<'a>]) -> Vec<Element<'a>> {
    let spans: Vec<_> = spots.iter().map(|spot| spot.span.clone()).collect();
    let (lines, first) = source.window(&spans);
    match spots {
        [only] if lines.len() > WIDE => {
            let (line, column) = source.line_column(only.span.start);
            let rest = source.text().get(only.span.start..).unwrap_or_default();
            let begin = Shown::from(rest.chars().take(SHOWN).collect::<String>());
            let what = only.label.describe().unwrap_or("here".to_owned());
            let place = Place::path(name_of(source)).line(line).char_column(column);
            vec![place.into(), Level::NOTE.message(format!("{what}: {begin}…")).into()]
        }
        _ => vec![snippet(source, lines, first, spots).path(name_of(source)).into()],
    }
}

fn name_of(source: &Source) -> String {
    Shown::from(source.name()).to_string()
}

fn snippet<'a>(
    source: &'a Source,
    window: Range<usize>,
    line: usize,
    spots: &[Spot<'a>],
) -> Snippet<'a, Annotation<'a>> {
    let text = source.text().get(window.clone()).unwrap_or_default();
    let annotations = spots.iter().map(|spot| {
        let kind = if spot.is_first { AnnotationKind::Primary } else { AnnotationKind::Context };
        let span = spot.span.start - window.start..spot.span.end.min(window.end) - window.start;
        kind.span(span).label(spot.label.describe())
    });
    Snippet::source(same_length(text)).line_start(line).annotations(annotations)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    fn warnings(name: &str, text: &str) -> String {
        let generated = generate(&Source::new(name, text), &Options::default()).expect("it has warnings alone");
        generated.warnings().to_string()
    }

    #[test]
    fn of_a_very_long_line_is_shown_where_the_place_begins() {
        let text = format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"{}","version":"1"}},"paths":{{}},"pats":{{"a":"{}"}}}}"#,
            "Cats ".repeat(500),
            "b".repeat(500),
        );
        let shown = warnings("cats.json", &text);
        let column = text.find(r#""pats""#).expect("it is there") + 1;
        assert!(shown.contains(&format!("--> cats.json:1:{column}\n")), "{shown}");
        assert!(shown.contains(&format!(r#"note: at /pats: "pats":{{"a":"{}…"#, "b".repeat(47))), "{shown}");
        assert!(shown.len() < 500, "{shown}");
    }

    #[test]
    fn places_far_apart_have_an_excerpt_each() {
        let text = |gap: usize| {
            format!(
                "openapi: 3.0.3\ninfo: {{ title: Cats, version: '1' }}\npaths:\n  /cats:\n    get:\n      operationId: \
                 cats\n      responses: {{ '200': {{ description: All. }} }}\n{}  /dogs:\n    get:\n      operationId: \
                 cats\n      responses: {{ '200': {{ description: All. }} }}\n",
                "# nothing\n".repeat(gap),
            )
        };
        let (near, far) = (warnings("cats.yaml", &text(3)), warnings("cats.yaml", &text(300)));
        assert_eq!(near.matches("cats.yaml:").count(), 1, "{near}");
        assert!(near.contains("\n...\n") || near.contains("# nothing"), "{near}");
        assert!(far.contains("::: cats.yaml:310:"), "{far}");
        assert!(!far.contains("# nothing"), "{far}");
    }
}
