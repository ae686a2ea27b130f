//! What rustc says of a caller, beside the emitted crates.

use std::fs;

use client_tests::{project, spec, workspace::Workspace};
use codegen::{Options, Source};
use libtest_mimic::Failed;

use super::{difference, edited, folders};

/// The name of the crate, whichever edit it is made after.
const NAME: &str = "edited";

/// What breaks callers is what a program that uses everything does not compile with any more.
pub fn callers_agree() -> Result<(), Failed> {
    let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "differences")?;
    workspace.describe(&[NAME])?;
    compiles(&workspace, &spec())?.map_err(|said| format!("before any edit:\n{said}"))?;
    let mut wrong = Vec::new();
    for folder in folders("edits") {
        let source = edited(&folder)?;
        let (compiled, is_breaking) = (compiles(&workspace, &source)?, difference(&source)?.is_breaking());
        if compiled.is_ok() == is_breaking {
            wrong.push(format!("{}: {}", folder.display(), compiled.err().unwrap_or("compiles".to_owned())));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n\n").into()) }
}

/// Whether the caller compiles with the crate of a description, or what is said if not.
fn compiles(workspace: &Workspace, source: &Source) -> Result<Result<(), String>, Failed> {
    let options = Options::default().no_config().crate_name(NAME);
    let generated = codegen::generate(source, &options).map_err(|messages| messages.to_string())?;
    let folder = workspace.crates.join(NAME);
    generated.files().plan(&folder)?.write()?;
    fs::create_dir_all(folder.join("examples"))?;
    fs::copy(project("tests/differences/caller.rs"), folder.join("examples/caller.rs"))?;
    Ok(workspace.cargo("check", &["--package", NAME, "--example", "caller"]).map(drop))
}
