//! The command `codegen`: makes the client crate, or checks that it is as it should be.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice, eprintln, println};
use clap::Args;
use codegen::{Change, Counts, Diagnostics, Plan, Shown, Source};

use crate::Home;
use crate::described::Described;
use crate::home::OUT;

/// Generate a Rust client crate from an OpenAPI description.
///
/// Files that are as they should be are not touched, files that the generator no longer makes are removed,
/// and files that a person wrote are left alone: it knows what it wrote by the list `.codegen-files` in the
/// folder of the crate. When something is wrong, nothing is changed.
///
/// Nothing that a description says runs, neither here nor in what is generated, and nothing is fetched.
/// It can name code of other crates only if you allow that.
#[derive(Args)]
pub struct Arguments {
    /// Change nothing; show what would change, and fail if anything would
    #[arg(long)]
    check: bool,

    /// The folder of the crate
    #[arg(long, value_name = "DIR", default_value = OUT)]
    out: PathBuf,

    /// Replace a crate that was made from another description
    #[arg(long)]
    replace: bool,

    /// The name of the crate [default: that of the configuration, or generated-client]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,

    /// Show every message, and not only the first of many that are alike
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    described: Described,
}

/// Runs the command; the exit code is 0 if all went well and, with `--check`, nothing is stale.
pub fn run(home: &Home, arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    match attempt(home, arguments, started) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn attempt(home: &Home, arguments: &Arguments, started: Instant) -> Result<bool, String> {
    let described = &arguments.described;
    let (spec, out) = (&*described.spec, &*arguments.out);
    let failed = |diagnostics: &Diagnostics| {
        let messages = messages(home, diagnostics, arguments.all);
        format!("{messages}\n\n{}", summary(diagnostics, out, arguments.check))
    };
    let read = |path: &Path| Source::read_as(home.name_of(path), path).map_err(|diagnostics| failed(&diagnostics));
    let source = read(spec)?;
    let mut options = described.options(read)?;
    options.crate_name.clone_from(&arguments.name);
    options.command = format!("{} codegen", home.command);
    let generated = codegen::generate(&source, &options).map_err(|diagnostics| failed(&diagnostics))?;
    if !generated.warnings().is_empty() {
        eprintln!("{}\n", messages(home, generated.warnings(), arguments.all));
    }
    let plan = generated.files().plan(out).map_err(|error| format!("error: {error}"))?;
    if let Some(refusal) = refusal(home, arguments, &plan) {
        return Err(refusal);
    }
    let (shown_spec, shown_out) = (Shown::from(spec), Shown::from(out));
    let width = shown_spec.as_str().len().max(shown_out.as_str().len());
    println!("{:width$}  {}", shown_spec.as_str(), covered(generated.counts()));
    if arguments.check {
        return Ok(report_check(home, &plan, out, width, started.elapsed()));
    }
    plan.write().map_err(|error| format!("error: {error}"))?;
    println!("{:width$}  {}  ({} ms)", shown_out.as_str(), written(&plan), started.elapsed().as_millis());
    if let Some(note) = workspace_note(home, out) {
        eprintln!("{note}");
    }
    Ok(true)
}

/// Messages for the terminal; those that are alike are folded, unless all are wanted.
fn messages(home: &Home, diagnostics: &Diagnostics, all: bool) -> String {
    let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    if all {
        return diagnostics.render(colors);
    }
    let folded = diagnostics.render_folded(colors);
    match folded.contains(" more like this") {
        true => format!(
            "{folded}\n\nnote: `--all` shows every message, and `{} --explain RULE` says what a rule is about",
            home.command
        ),
        false => folded,
    }
}

/// Why a crate is not to be replaced: it is another description's, and nobody said so.
///
/// Emitted files name descriptions of the project by their paths from its root. One from elsewhere is none
/// of these, whatever it is called.
fn refusal(home: &Home, arguments: &Arguments, plan: &Plan) -> Option<String> {
    let (spec, out) = (&*arguments.described.spec, &*arguments.out);
    let is_of_project = |source: &&str| home.below_root(spec).is_none() && home.has(source);
    let other = plan.replaces().or(plan.made_from().filter(is_of_project)).filter(|_| !arguments.replace)?;
    let (spec, out, other) = (Shown::from(spec), Shown::from(out), Shown::from(other));
    Some(format!(
        "error: {out} was made from another description, {other}, and is unchanged\n\
         help: give the crate of {spec} a folder and a name of its own: `--out DIR --name CRATE`\n\
         help: or, if {spec} takes the place of the other one, replace the crate: `--replace`"
    ))
}

fn report_check(home: &Home, plan: &Plan, out: &Path, width: usize, elapsed: Duration) -> bool {
    if plan.changes().is_empty() {
        println!(
            "{:width$}  up to date, {}  ({} ms)",
            Shown::from(out).as_str(),
            count(plan.unchanged(), "file"),
            elapsed.as_millis()
        );
        return true;
    }
    println!("{}", plan.diff());
    let stale = count(plan.changes().len(), "file");
    eprintln!("error: {stale} of {} would change; run `{} codegen`", Shown::from(out), home.command);
    false
}

fn covered(counts: Counts) -> String {
    let operations = count(counts.operations, "operation");
    let types = count(counts.types, "type");
    let examples = count(counts.examples, "documented example");
    let unfit = match counts.unfit_examples {
        0 => String::new(),
        unfit => format!(" ({unfit} more do not fit their schemas)"),
    };
    format!("{operations}, {types}, {examples}{unfit}")
}

fn written(plan: &Plan) -> String {
    let removed = plan.changes().iter().filter(|change| matches!(change, Change::Remove { .. })).count();
    let written = plan.changes().len() - removed;
    let mut text = format!("{} written, {} unchanged", count(written, "file"), plan.unchanged());
    if removed > 0 {
        let _ = write!(text, ", {removed} removed");
    }
    text
}

fn summary(diagnostics: &codegen::Diagnostics, out: &Path, check: bool) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == codegen::Severity::Error).count();
    let unchanged = if check { String::new() } else { format!("; {} is unchanged", Shown::from(out)) };
    format!("{}{unchanged}", count(errors, "error"))
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Cargo refuses a package inside a workspace that does not list it; say so before it does.
fn workspace_note(home: &Home, out: &Path) -> Option<String> {
    let out = out.canonicalize().ok()?;
    let root = home.root.as_ref()?.canonicalize().ok()?;
    let below = out.strip_prefix(&root).ok()?;
    let is_known = below == Path::new(OUT) || below.starts_with("target");
    (!is_known).then(|| {
        format!(
            "note: add \"{}\" to `members` or `exclude` of {} to build it",
            Shown::from(below),
            Shown::from(&*root.join("Cargo.toml"))
        )
    })
}
