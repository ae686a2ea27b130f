//! A report for people.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::examples::Examples;
use super::report::{Check, Document, Outcome, Profile, Report, Summary, Usage};

/// The table, what it was measured with, and the summary.
pub fn text(report: &Report) -> String {
    let mut text = format!("{}\n\n{}\n", trimmed(&table(report)), footer(report));
    if let Some(examples) = &report.examples {
        text += &format!("\n{}\n\n", trimmed(&table_of_examples(examples)));
        let short = examples.iter().flat_map(|examples| examples.short.iter().map(move |short| (examples, short)));
        for (examples, short) in short.filter(|(_, short)| short.valid) {
            text += &format!("{}: {}: {}\n", examples.document, short.example, short.problem);
        }
    }
    text + &summary(&report.summary, report.checked)
}

fn trimmed(table: &Table) -> String {
    let lines: Vec<_> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    lines.join("\n")
}

/// A line about the examples of a document.
pub fn examples_line(examples: &Examples) -> String {
    let Examples { document, all, equal, valid, valid_equal, refused, short: _ } = examples;
    format!("{document}: {equal} of {all} come back, {valid_equal} of {valid} valid ones, {refused} are refused")
}

fn table_of_examples(examples: &[Examples]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["document", "examples", "come back", "valid", "come back", "refused"]);
    for Examples { document, all, equal, valid, valid_equal, refused, short: _ } in examples {
        let numbers = [all, equal, valid, valid_equal, refused].map(usize::to_string);
        table.add_row([vec![document.clone()], numbers.to_vec()].concat());
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        column.set_cell_alignment(if index == 0 { CellAlignment::Left } else { CellAlignment::Right });
    }
    table
}

/// A line about a document that the generator is through with.
pub fn generated_line(document: &Document) -> String {
    let what = match document.outcome {
        Outcome::Generated => "generated".to_owned(),
        Outcome::Refused => format!("refused, {}", count(document.errors, "error")),
        Outcome::Stopped => "stopped".to_owned(),
        Outcome::UnsupportedVersion => "not supported yet".to_owned(),
    };
    format!("{}: {what}{}", document.document, spent(document.generating))
}

/// A line about a crate that rustc is through with.
pub fn checked_line(name: &str, check: &Check, first_error: Option<&str>) -> String {
    let what = match (check.compiled, check.warnings) {
        (true, 0) => "compiles".to_owned(),
        (true, warnings) => format!("compiles, {}", count(warnings, "warning")),
        (false, _) => format!("does not compile: {}", first_error.unwrap_or("no reason given")),
    };
    format!("{name}: {what}{}", spent(check.usage))
}

fn spent(usage: Option<Usage>) -> String {
    usage.map(|usage| format!(", {}, {}", seconds(usage.seconds), memory(usage.peak_memory))).unwrap_or_default()
}

fn table(report: &Report) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut titles = vec!["document", "OpenAPI", "operations", "schemas", "types", "warnings", "allowed"];
    titles.extend(["generate", "memory", "lines"]);
    if report.checked {
        titles.extend(["check", "CPU", "memory", "rustc warns"]);
    }
    titles.push("first error");
    let last = titles.len() - 1;
    table.set_header(titles);
    for document in &report.documents {
        table.add_row(row(document, report.checked));
    }
    for (index, column) in table.column_iter_mut().enumerate() {
        // The end of a row is a text of any length.
        let is_text = index < 2 || index == 6 || index == last;
        column.set_padding((0, 2));
        column.set_cell_alignment(if is_text { CellAlignment::Left } else { CellAlignment::Right });
    }
    table
}

fn row(document: &Document, checked: bool) -> Vec<String> {
    let (input, output) = (document.input.as_ref(), document.output.as_ref());
    let generating = document.generating;
    let mut row = vec![
        document.document.clone(),
        input.and_then(|input| input.version.clone()).unwrap_or_else(none),
        format!("{}/{}", number(output.map(|output| output.operations)), number(input.map(|input| input.operations))),
        number(input.map(|input| input.schemas)),
        number(output.map(|output| output.types)),
        number(output.map(|output| output.warnings)),
        if document.allowances.is_empty() { none() } else { document.allowances.join(", ") },
        generating.map_or_else(none, |usage| seconds(usage.seconds)),
        memory(generating.and_then(|usage| usage.peak_memory)),
        number(output.map(|output| output.lines)),
    ];
    if checked {
        let usage = document.check.as_ref().and_then(|check| check.usage);
        row.push(usage.map_or_else(none, |usage| seconds(usage.seconds)));
        row.push(usage.and_then(|usage| usage.cpu_seconds).map_or_else(none, seconds));
        row.push(memory(usage.and_then(|usage| usage.peak_memory)));
        row.push(number(document.check.as_ref().map(|check| check.warnings)));
    }
    row.push(error(document));
    row
}

fn error(document: &Document) -> String {
    let errors = document.errors + document.check.as_ref().map_or(0, |check| check.errors);
    match (&document.first_error, errors) {
        (None, _) => none(),
        (Some(first), 0 | 1) => first.clone(),
        (Some(first), errors) => format!("(of {errors}) {first}"),
    }
}

fn footer(report: &Report) -> String {
    let slow = match report.profile {
        Profile::Debug => ", without optimisation: generating takes several times as long as in release",
        Profile::Release => "",
    };
    let mut footer =
        format!("operations: in the crate/in the document; generator of profile {}{slow}", report.profile.name());
    if report.checked {
        footer += &format!("\ncheck: rustc of the crate alone, at most {} at a time", count(report.jobs, "crate"));
    }
    footer
}

fn summary(summary: &Summary, checked: bool) -> String {
    let Summary { generated, compiled, without_warnings, refused, unsupported_version, operations_differ } = summary;
    let mut text = format!("{generated} generated, ");
    if checked {
        text += &format!("{compiled} compiled, {without_warnings} without warnings, ");
    }
    text += &format!("{refused} refused, {unsupported_version} of a version not supported yet");
    if *operations_differ > 0 {
        text += &format!(", {operations_differ} with other operations than the document");
    }
    text
}

fn none() -> String {
    "-".to_owned()
}

fn number(number: Option<usize>) -> String {
    number.map_or_else(none, |number| number.to_string())
}

fn seconds(seconds: f64) -> String {
    if seconds < 9.995 { format!("{seconds:.2} s") } else { format!("{seconds:.1} s") }
}

fn memory(bytes: Option<u64>) -> String {
    bytes.map_or_else(none, |bytes| format!("{:.0} MB", bytes as f64 / 1e6))
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
