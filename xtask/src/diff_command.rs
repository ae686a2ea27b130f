//! The command `diff`: what another version of a description does to those who call its crate.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{eprintln, print, println};
use clap::Args;
use codegen::{Analysis, Difference, Rule, Shown, Source};

use crate::described::{self, Described};
use crate::{Home, git};

/// Show what a description's changes do to those who call its crate, and which version step follows.
///
/// Each change is told in terms of Rust, with where it is and was, and breaking or not for callers that
/// send, that read, or that match. Operations are compared by their method and path, types by the places
/// of their schemas, whatever Rust calls them.
///
/// Without OLD, the description is compared with what it was in the last commit, as are the configuration
/// and the overlays; what was not there then is left aside. The options count for both, and files that
/// stand for addresses are read as they are now.
#[derive(Args)]
pub struct Arguments {
    /// The older description [default: the same one at git's HEAD]
    #[arg(value_name = "OLD")]
    old: Option<PathBuf>,

    /// Fail if anything breaks callers
    #[arg(long)]
    check: bool,

    /// Print JSON; its members are in the documentation of `codegen::Difference::to_json`
    #[arg(long, conflicts_with = "markdown")]
    json: bool,

    /// Print Markdown
    #[arg(long)]
    markdown: bool,

    #[command(flatten)]
    described: Described,
}

/// Runs the command; the exit code is 0 if all went well and, with `--check`, nothing breaks.
pub fn run(home: &Home, arguments: &Arguments) -> ExitCode {
    match difference(home, arguments) {
        Ok(difference) => {
            tell(arguments, &difference);
            if arguments.check && difference.is_breaking() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn difference(home: &Home, arguments: &Arguments) -> Result<Difference, String> {
    let described = &arguments.described;
    let (spec, read) = (&described.spec, |path: &Path| described::read(home, path));
    let new = analyzed(described, spec, read)?;
    let old = match &arguments.old {
        Some(old) => analyzed(described, old, read)?,
        None => {
            let at_head = |path: &Path| git::at_head(home, path);
            let known = described.only(|path| Ok(at_head(path)?.is_some()))?;
            analyzed(&known, spec, |path| at_head(path)?.ok_or_else(|| git::unknown(home, path)))?
        }
    };
    let difference = codegen::diff(&old, &new);
    let messages = new.into_warnings();
    for found in messages.iter().filter(|message| message.rule() == Rule::FoundConfiguration) {
        eprintln!("note: {}: {}", Shown::from(messages.file(found)), found.message());
    }
    Ok(difference)
}

fn analyzed(
    described: &Described,
    spec: &Path,
    read: impl Fn(&Path) -> Result<Source, String>,
) -> Result<Analysis, String> {
    let source = read(spec)?;
    let options = described.options(read)?;
    codegen::analyze(&source, &options).map_err(|diagnostics| described::failed(&diagnostics))
}

fn tell(arguments: &Arguments, difference: &Difference) {
    match (arguments.json, arguments.markdown) {
        (true, _) => println!("{}", difference.to_json()),
        (false, true) => print!("{}", difference.to_markdown()),
        (false, false) => print!("{difference}"),
    }
}
