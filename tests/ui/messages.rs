//! What the compiler says of programs against the client.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use client_tests::spec;
use client_tests::workspace::Workspace;
use codegen::Options;
use serde_json::Value;

/// The crate that the programs are examples of, as its user has it.
const CRATE: &str = "generated-client";

/// The programs of a folder, each with what is said of it: nothing, if it compiles.
pub fn of_programs(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries =
        fs::read_dir(folder).expect("the folder of the programs").map(|entry| entry.expect("an entry").path());
    let programs: Vec<_> = entries.filter(|path| path.extension().is_some_and(|kind| kind == "rs")).collect();
    let messages = messages(&programs);
    let said = |program: &Path| {
        let name = program.file_stem().unwrap_or_default().to_string_lossy();
        let of_it = messages.iter().filter(|message| message["target"]["name"] == *name);
        of_it.filter_map(|message| message["message"]["rendered"].as_str()).map(lasting).collect()
    };
    programs.iter().map(|program| (program.clone(), said(program))).collect()
}

/// What Cargo tells about the programs, each as an example of the crate. That they are wrong is no mistake.
fn messages(programs: &[PathBuf]) -> Vec<Value> {
    let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "ui").expect("a folder");
    let options = Options::default().no_config().crate_name(CRATE);
    let generated = codegen::generate(&spec(), &options).expect("the project's description is good");
    let folder = workspace.crates.join(CRATE);
    generated.files().plan(&folder).and_then(|plan| plan.write()).expect("the crate can be written");
    let examples = folder.join("examples");
    // What is left of another time is none of them.
    let _ = fs::remove_dir_all(&examples);
    fs::create_dir_all(&examples).expect("a folder");
    for program in programs {
        fs::copy(program, examples.join(program.file_name().unwrap_or_default())).expect("a copy");
    }
    workspace.describe(&[CRATE]).expect("the workspace can be written");
    let arguments = ["--package", CRATE, "--examples", "--keep-going", "--message-format=json"];
    let output = workspace.output("check", &arguments).expect("Cargo runs");
    let (said, problems) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let messages: Vec<Value> = said.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let is_there = |message: &Value| message["target"]["name"] == CRATE.replace('-', "_");
    assert!(messages.iter().any(is_there), "the crate itself does not compile:\n{said}\n{problems}");
    // What only counts the others has no place.
    let has_place = |message: &Value| message["message"]["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    messages.into_iter().filter(has_place).collect()
}

/// A message without what changes when other things do: where the crate is, the numbers of its lines, and how much
/// room these take.
fn lasting(message: &str) -> String {
    let mut text = String::new();
    let (mut is_of_crate, mut margin) = (false, "");
    for line in message.trim_end().lines() {
        if let Some((arrow, place)) = place(line) {
            margin = line.split(arrow).next().unwrap_or_default();
            let program = place.strip_prefix("generated-client/examples/");
            is_of_crate = program.is_none();
            let place = match program {
                Some(program) => format!("fail/{program}"),
                None => format!("$WORKSPACE/{}", place.split(':').next().unwrap_or(place)),
            };
            text += &format!("  {arrow} {place}\n");
        } else if let Some((number, rest)) = numbered(line) {
            let number = if is_of_crate { "" } else { number };
            text += &format!("{number:>2} {rest}\n");
        } else if let Some(more) = line.strip_prefix(margin).filter(|more| more.starts_with(' ')) {
            text += &format!("  {more}\n");
        } else {
            // What is helped with is the program again, and three dots stand between lines of the same file.
            is_of_crate &= line == "...";
            text += &format!("{line}\n");
        }
    }
    text
}

/// The arrow of a line that says where something is, and what it points to.
fn place(line: &str) -> Option<(&str, &str)> {
    line.trim_start().split_once(' ').filter(|(arrow, _)| ["-->", ":::"].contains(arrow))
}

/// The number of a line of code, if it has one, and all behind the number.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let trimmed = line.trim_start();
    let end = trimmed.find(|sign: char| !sign.is_ascii_digit())?;
    let (number, rest) = (trimmed.get(..end)?, trimmed.get(end..)?);
    let rest = if number.is_empty() { rest } else { rest.strip_prefix(' ')? };
    rest.starts_with(['|', '~', '+', '-', '=']).then_some((number, rest))
}
