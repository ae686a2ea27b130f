//! `cargo xtask verify`: whether the examples that a description documents are what it says.

mod class;
mod classify;
mod crates;
mod echoes;
mod finding;
mod har;
mod html;
mod judge;
mod members;
mod propose;
mod readings;
mod refused;
mod report;
mod sample;
mod schemas;
mod text;
mod wire;

use std::collections::HashSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice, eprintln, println};
use clap::Parser;
use codegen::{Documented, Options, Rule, Source};

use crates::{Crate, Run};
use har::Traffic;
use propose::Evidence;
use refused::Answers;
use report::{Report, Seen};
use scratch::{from_root, name_of};

const SPEC: &str = "spec/partner-center.yaml";

/// Hold the examples that a description documents to its schemas.
///
/// Examples of bodies, parameters, headers and schemas, and defaults, are checked by a validator of JSON Schema
/// that knows nothing of the generator. Where an example and its schema disagree, the report has the places of
/// both, and what would make it right. The command fails if it is `--strict` and anything disagrees; and always
/// if the generator is wrong: if it reads a schema otherwise than that validator, or if an example that fits does
/// not come back from the types of the crate. For this, the crate is emitted below `target`, compiled, and tested.
#[derive(Parser)]
#[command(bin_name = "cargo xtask verify", max_term_width = 100)]
struct Arguments {
    /// The description: OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,

    /// Apply an overlay to the description first; may be given several times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,

    /// What to make of the description [default: theirs.codegen.yaml beside theirs.yaml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Leave aside the configuration that is beside the description
    #[arg(long, conflicts_with = "config")]
    no_config: bool,

    /// Print one JSON document
    #[arg(long, conflicts_with = "markdown")]
    json: bool,

    /// Print Markdown, for the owner of the API
    #[arg(long)]
    markdown: bool,

    /// Write the report as a page that stands alone, with what disagrees marked in examples and schemas
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Fail if any example disagrees with its schema
    #[arg(long)]
    strict: bool,

    /// Hold requests and answers to the description, too: HAR 1.2, as browsers and proxies export it
    #[arg(long, value_name = "FILE")]
    har: Option<PathBuf>,

    /// Show values of these requests and answers
    #[arg(long, requires = "har")]
    show_values: bool,

    /// Write an overlay that makes the description say what its examples show
    #[arg(long, value_name = "FILE")]
    propose: Option<PathBuf>,

    /// Hold the description to itself alone, and compile nothing
    #[arg(long)]
    no_run: bool,
}

/// What schemas may take that refer to each other in a chain, however long; of this, only what is used counts.
const STACK: usize = 1 << 30;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let work = std::thread::Builder::new().stack_size(STACK).spawn(move || run(&arguments));
    let done = work.map(|work| work.join().unwrap_or_else(|_| Err("error: this should not have happened".to_owned())));
    match done.unwrap_or_else(|error| Err(format!("error: there is no thread to be had: {error}"))) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all is as it is wanted.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let failed = |diagnostics: codegen::Diagnostics| diagnostics.render(colors);
    let read = |path: &Path| Source::read_as(name_of(path), path).map_err(failed);
    let spec = arguments.spec.clone().unwrap_or_else(|| from_root(SPEC));
    let source = read(&spec)?;
    let mut options = Options::default();
    options.find_config = !arguments.no_config;
    options.config = arguments.config.as_deref().map(read).transpose()?;
    options.overlays = arguments.overlay.iter().map(|overlay| read(overlay)).collect::<Result<_, _>>()?;
    eprintln!("reading {}", codegen::Shown::from(source.name()));
    let traffic = arguments.har.as_deref().map(Traffic::read).transpose()?;
    let read = if traffic.is_some() { codegen::described } else { codegen::documented };
    let documented = read(&source, &options).map_err(failed)?;
    eprintln!("judging {}", text::counted(documented.examples().len(), "example"));
    let verdicts = judge::judge(&documented)?;
    let mut report = Report::of(source.name(), &documented, &verdicts);
    report.blame(&documented, readings::compare(&documented, &verdicts).map_err(judge::uncompiled)?);
    report.traffic = traffic.as_ref().map(|traffic| seen(traffic, &documented, arguments)).transpose()?;
    if !arguments.no_run {
        let (run, answers) = tested(&source, &options, &documented)?;
        report.tested(&documented, run);
        let places: HashSet<_> = answers.places(&documented).collect();
        let evidence = Evidence { only: Some(&places), ..Evidence::default() };
        let overlay = match places.is_empty() {
            true => String::new(),
            false => propose::propose(&source, &options, evidence, failed)?.overlay(source.name()),
        };
        report.answered(&documented, answers, overlay);
    }
    let told = match (arguments.json, arguments.markdown) {
        (true, _) => serde_json::to_string_pretty(&report).map_err(|error| error.to_string())?,
        (_, true) => text::markdown(&report),
        _ => text::plain(&report),
    };
    println!("{}", told.trim_end());
    if !report.faults.is_empty() {
        eprintln!("{}", text::faults(&report));
    }
    if let Some(file) = &arguments.html {
        write_page(file, &html::page(&report, &documented, &verdicts))?;
    }
    if let Some(file) = &arguments.propose {
        let evidence = Evidence { traffic: traffic.as_ref(), is_shown: arguments.show_values, only: None };
        write_proposal(file, (&source, &options), evidence, failed)?;
    }
    Ok(report.faults.is_empty() && (report.is_clean() || !arguments.strict))
}

/// What became of requests and answers. Their values are not shown, unless somebody asked for that.
fn seen(traffic: &Traffic, documented: &Documented, arguments: &Arguments) -> Result<Seen, String> {
    let found = traffic.found(documented);
    let verdicts = judge::judge_traffic(documented, &found.pieces, arguments.show_values)?;
    Ok(Seen::of(&traffic.name, traffic.len(), &found, documented, &verdicts))
}

/// Writes a page, over another one if need be, and over nothing else.
fn write_page(file: &Path, page: &str) -> Result<(), String> {
    if std::fs::read(file).is_ok_and(|known| !known.starts_with(html::BEGINNING.as_bytes())) {
        return Err(format!("error: {} is no page, and would be lost; name another file", codegen::Shown::from(file)));
    }
    std::fs::write(file, page).map_err(|error| unwritten(file, &error))
}

/// Writes the overlay that is proposed; a file that is there already is left alone.
fn write_proposal(
    file: &Path,
    (source, options): (&Source, &Options),
    evidence: Evidence<'_>,
    failed: impl Fn(codegen::Diagnostics) -> String,
) -> Result<(), String> {
    let proposal = propose::propose(source, options, evidence, failed)?;
    if proposal.is_empty() {
        eprintln!("there is nothing to propose");
        return Ok(());
    }
    let mut overlay = File::create_new(file).map_err(|error| unwritten(file, &error))?;
    let written = overlay.write_all(proposal.overlay(source.name()).as_bytes());
    written.map_err(|error| unwritten(file, &error))?;
    let (shown, left) = (codegen::Shown::from(file), proposal.left);
    eprintln!("{shown} has edits for {}; with it, {left} are left", text::counted(proposal.before, "disagreement"));
    Ok(())
}

fn unwritten(file: &Path, error: &std::io::Error) -> String {
    format!("error: {} cannot be written: {error}", codegen::Shown::from(file))
}

/// What the tests of the crate say of the examples.
fn tested(source: &Source, options: &Options, documented: &Documented) -> Result<(Run, Answers), String> {
    // What it refers to that is not there was told already.
    let mut options = options.clone().allow(Rule::UnresolvedReference);
    options.crate_name = Some(refused::NAME.to_owned());
    eprintln!("generating the crate");
    let generated = codegen::generate(source, &options).map_err(|diagnostics| {
        let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
        let help = "help: with `--no-run`, the examples are held to their schemas alone";
        format!("{}\n\nerror: there is no crate to be tested\n{help}", diagnostics.render(colors))
    })?;
    eprintln!("testing the crate, which is compiled first");
    let written = Crate::write(&generated, source.name())?;
    Ok((written.test()?, written.answers(documented)?))
}
