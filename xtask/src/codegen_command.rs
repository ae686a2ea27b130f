//! `cargo xtask codegen`: makes the client crate, or checks that it is as it should be.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice, eprintln, println};
use clap::Args;
use codegen::{Change, Counts, Options, Plan, Rule, Shown, Source};

const SPEC: &str = "spec/partner-center.yaml";
const OUT: &str = "generated-client";

/// Generate a Rust client crate from an OpenAPI description.
///
/// Without options, it makes `generated-client` from this project's own description. Files that are as
/// they should be are not touched, files that the generator no longer makes are removed, and files
/// that a person wrote are left alone: it knows what it wrote by the list `.codegen-files` in the folder
/// of the crate. When something is wrong, nothing is changed.
///
/// Nothing that a description says runs, neither here nor in what is generated, and nothing is fetched.
/// It can name code of other crates only if you allow that.
#[derive(Args)]
pub struct Arguments {
    /// Change nothing; show what would change, and fail if anything would
    #[arg(long)]
    check: bool,

    /// The description: OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,

    /// The folder of the crate [default: generated-client]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Replace a crate that was made from another description
    #[arg(long)]
    replace: bool,

    /// The name of the crate [default: that of the configuration, or generated-client]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,

    /// Apply an overlay to the description: Overlay 1.0 or 1.1, as YAML or JSON; may be given several
    /// times, and is applied after those of the configuration
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,

    /// Read a file in place of an address that the description refers to, which is never fetched; or a
    /// folder in place of all addresses that begin with one that ends in a slash; may be given several times
    #[arg(long, value_name = "URL=PATH", value_parser = reference)]
    reference: Vec<(String, PathBuf)>,

    /// What to make of the description [default: theirs.codegen.yaml beside theirs.yaml, if it is there;
    /// that it counts, and what it brings, is said then]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Leave aside the configuration that is beside the description
    #[arg(long, conflicts_with = "config")]
    no_config: bool,

    /// Take warnings for errors, but for those of the rules that are allowed
    #[arg(long)]
    strict: bool,

    /// Take errors of this rule for warnings, and go on; may be given several times
    #[arg(long, value_name = "RULE", value_parser = allowable)]
    allow: Vec<Rule>,
}

/// An address, and the file to read in its place.
fn reference(text: &str) -> Result<(String, PathBuf), String> {
    let parts = text.rsplit_once('=').filter(|(address, path)| !address.is_empty() && !path.is_empty());
    let (address, path) = parts.ok_or("write the address, `=`, and the path of the file")?;
    Ok((address.to_owned(), path.into()))
}

/// A rule that can be allowed, by its name.
fn allowable(name: &str) -> Result<Rule, String> {
    let rules = || Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some()).map(|rule| rule.name());
    let list = format!("these can be allowed: {}", rules().collect::<Vec<_>>().join(", "));
    let rule: Rule = name.parse().map_err(|error| format!("{error}; {list}"))?;
    match rule.allowed_meaning() {
        Some(_) => Ok(rule),
        None => Err(format!("the rule `{rule}` cannot be allowed; {list}")),
    }
}

/// Runs the command; the exit code is 0 if all went well and, with `--check`, nothing is stale.
pub fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    match attempt(arguments, started) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn attempt(arguments: &Arguments, started: Instant) -> Result<bool, String> {
    let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let spec = arguments.spec.clone().unwrap_or_else(|| from_root(SPEC));
    let out = arguments.out.clone().unwrap_or_else(|| from_root(OUT));
    let failed = |diagnostics: &codegen::Diagnostics| {
        format!("{}\n\n{}", diagnostics.render(colors), summary(diagnostics, &out, arguments.check))
    };
    let read = |path: &Path| Source::read_as(name_of(path), path).map_err(|diagnostics| failed(&diagnostics));
    let source = read(&spec)?;
    let mut options = Options::default().strict(arguments.strict);
    options.allow.clone_from(&arguments.allow);
    options.crate_name.clone_from(&arguments.name);
    options.references.clone_from(&arguments.reference);
    options.find_config = !arguments.no_config;
    options.config = arguments.config.as_deref().map(read).transpose()?;
    options.overlays = arguments.overlay.iter().map(|overlay| read(overlay)).collect::<Result<_, _>>()?;
    let generated = codegen::generate(&source, &options).map_err(|diagnostics| failed(&diagnostics))?;
    if !generated.warnings().is_empty() {
        eprintln!("{}\n", generated.warnings().render(colors));
    }
    let plan = generated.files().plan(&out).map_err(|error| format!("error: {error}"))?;
    if let Some(refusal) = refusal(arguments, &plan, &spec, &out) {
        return Err(refusal);
    }
    let (shown_spec, shown_out) = (Shown::from(&*spec), Shown::from(&*out));
    let width = shown_spec.as_str().len().max(shown_out.as_str().len());
    println!("{:width$}  {}", shown_spec.as_str(), covered(generated.counts()));
    if arguments.check {
        return Ok(report_check(&plan, &out, width, started.elapsed()));
    }
    plan.write().map_err(|error| format!("error: {error}"))?;
    println!("{:width$}  {}  ({} ms)", shown_out.as_str(), written(&plan), started.elapsed().as_millis());
    if let Some(note) = workspace_note(&out) {
        eprintln!("{note}");
    }
    Ok(true)
}

/// Why a crate is not to be replaced: it is another description's, and nobody said so.
///
/// Emitted files name descriptions of the project by their paths from its root. One from elsewhere is none
/// of these, whatever it is called.
fn refusal(arguments: &Arguments, plan: &Plan, spec: &Path, out: &Path) -> Option<String> {
    let is_of_project = |source: &&str| below_root(spec).is_none() && from_root(source).is_file();
    let other = plan.replaces().or(plan.made_from().filter(is_of_project)).filter(|_| !arguments.replace)?;
    let (spec, out, other) = (Shown::from(spec), Shown::from(out), Shown::from(other));
    Some(format!(
        "error: {out} was made from another description, {other}, and is unchanged\n\
         help: give the crate of {spec} a folder and a name of its own: `--out DIR --name CRATE`\n\
         help: or, if {spec} takes the place of the other one, replace the crate: `--replace`"
    ))
}

/// Where a path of the project is, from the folder that the command runs in.
fn from_root(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    match std::env::current_dir() {
        Ok(current) if current == root => PathBuf::from(path),
        _ => root.join(path),
    }
}

/// What the description is called: its path from the project's root, wherever the command runs.
fn name_of(spec: &Path) -> String {
    below_root(spec).as_deref().unwrap_or(spec).display().to_string()
}

/// The path of a file from the project's root, if it is below that.
fn below_root(path: &Path) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.canonicalize().ok()?;
    Some(path.canonicalize().ok()?.strip_prefix(root).ok()?.to_owned())
}

fn report_check(plan: &Plan, out: &Path, width: usize, elapsed: Duration) -> bool {
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
    eprintln!("error: {} of {} would change; run `cargo xtask codegen`", stale, Shown::from(out));
    false
}

fn covered(counts: Counts) -> String {
    let operations = count(counts.operations, "operation");
    let types = count(counts.types, "type");
    let examples = count(counts.examples, "documented example");
    format!("{operations}, {types}, {examples}")
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
fn workspace_note(out: &Path) -> Option<String> {
    let out = out.canonicalize().ok()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.canonicalize().ok()?;
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
