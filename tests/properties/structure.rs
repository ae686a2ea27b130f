//! What the description has in one place, put into another: schemas in themselves, in lists of others, and
//! where OpenAPI has something else. Whatever comes of it, the generator answers.
//!
//! The cases are tried in processes of their own, as a stack that overflows ends the process.

mod changes;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;
use std::{env, fs, panic, thread};

use client_tests::is_support;
use client_tests::workspace::Workspace;
use codegen::{Diagnostics, Generated, Options, Rule, Source};
use serde::Deserialize;
use serde_json::{Value, json};

use self::changes::{Dice, changed};
use super::generator::located;

/// The usual cases. `.ci/run` has more of them, which take half a minute.
const USUAL: Range<usize> = 0..200;

/// How many a process tries.
const BATCH: usize = 50;

/// Far more than any of these inputs needs, in a debug build on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// What tells a process its cases.
const CASES: &str = "STRUCTURE_BATCH";

/// How many failures are worth reading.
const SHOWN: usize = 8;

/// All that is changed: the descriptions of the fixtures, and small ones that are about recursion.
struct Seeds {
    fixtures: Vec<Value>,
    small: Vec<Value>,
}

impl Seeds {
    fn new() -> Self {
        let folder = client_tests::project("tests/fixtures");
        let mut folders: Vec<_> =
            fs::read_dir(folder).expect("fixtures").map(|entry| entry.expect("a fixture").path()).collect();
        folders.sort();
        let specs = folders.iter().flat_map(|folder| ["spec.yaml", "spec.json"].map(|name| folder.join(name)));
        let texts = specs.filter_map(|path| fs::read_to_string(path).ok());
        // Some are no YAML, on purpose.
        let fixtures = texts.filter_map(|text| serde_yaml::from_str(&text).ok()).filter(Value::is_object).collect();
        let small = serde_yaml::Deserializer::from_str(include_str!("structure/seeds.yaml"))
            .map(|document| description(&Value::deserialize(document).expect("schemas")))
            .collect();
        Self { fixtures, small }
    }

    /// The description of a case.
    fn case(&self, number: usize) -> Value {
        let mut dice = Dice::new(number as u64);
        let seeds = if dice.below(3) == 0 { &self.fixtures } else { &self.small };
        let seed = seeds.get(dice.below(seeds.len())).expect("there are seeds");
        changed(seed, &self.fixtures, &mut dice)
    }
}

/// A description of some schemas, the first of which is sent and received.
fn description(schemas: &Value) -> Value {
    let first = schemas.as_object().and_then(|schemas| schemas.keys().next()).expect("a schema");
    let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{first}") } } });
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Seeds", "version": "1" },
        "servers": [{ "url": "https://seeds.example" }],
        "paths": { "/things": { "put": {
            "operationId": "put",
            "requestBody": { "content": content },
            "responses": { "200": { "description": "Done", "content": content } },
        } } },
        "components": { "schemas": schemas },
    })
}

#[test]
fn seeds_are_good_to_begin_with() {
    let seeds = Seeds::new();
    assert!(seeds.fixtures.len() > 100 && seeds.small.len() > 8);
    for seed in seeds.small {
        answer(seed.to_string(), Options::default()).unwrap_or_else(|errors| panic!("{errors}"));
    }
}

#[test]
fn descriptions_of_another_structure_are_answered() {
    let range = range();
    let (next, failures) = (AtomicUsize::new(range.start), Mutex::new(Vec::new()));
    let workspace = Workspace::new(env!("CARGO_TARGET_TMPDIR"), "structure").expect("a folder");
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let start = next.fetch_add(BATCH, Ordering::SeqCst);
                    if start >= range.end || failures.lock().expect("nobody panicked").len() > SHOWN {
                        break;
                    }
                    let found = batch(start..(start + BATCH).min(range.end));
                    failures.lock().expect("nobody panicked").extend(found);
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("nobody panicked");
    failures.sort();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    compile(&workspace, &range).unwrap_or_else(|said| panic!("{said}"));
}

/// The cases to be tried.
fn range() -> Range<usize> {
    let Ok(text) = env::var("STRUCTURE_CASES") else { return USUAL };
    parse_range(&text).unwrap_or_else(|| panic!("STRUCTURE_CASES is a range such as 0..1000, not {text:?}"))
}

fn parse_range(text: &str) -> Option<Range<usize>> {
    let (start, end) = text.split_once("..")?;
    Some(start.parse().ok()?..end.parse().ok()?)
}

/// Tries some cases in another process, and in one more after each that ends it.
fn batch(cases: Range<usize>) -> Vec<String> {
    let note = note(cases.start);
    let (mut start, mut failures) = (cases.start, Vec::new());
    while start < cases.end && failures.len() <= SHOWN {
        let mut command = Command::new(env::current_exe().expect("this program"));
        command.args(["--ignored", "--exact", "structure::cases_of_a_process", "--nocapture"]);
        command.env(CASES, format!("{start}..{}", cases.end)).env("STRUCTURE_NOTE", &note).env("RUST_BACKTRACE", "0");
        let output = command.output().expect("this program runs");
        if output.status.success() {
            break;
        }
        let noted = fs::read_to_string(&note).unwrap_or_default();
        let (number, text) = noted.split_once('\n').unwrap_or_default();
        let kept = note.with_file_name(format!("structure-{number}.json"));
        // To be looked at.
        let _ = fs::write(&kept, text);
        let said = [output.stdout, output.stderr].concat();
        let said: String = String::from_utf8_lossy(&said).chars().take(2_000).collect();
        failures.push(format!("case {number}, {}: {}\n{said}", kept.display(), output.status));
        start = number.parse().map_or(cases.end, |number: usize| number + 1);
    }
    // It was written by the process, unless that could not even start.
    let _ = fs::remove_file(&note);
    failures
}

/// Where a process writes what it tries.
fn note(start: usize) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("structure-{start}.note"))
}

#[test]
#[ignore = "is started for some cases at a time"]
fn cases_of_a_process() {
    let (Ok(cases), Some(note)) = (env::var(CASES), env::var_os("STRUCTURE_NOTE")) else { return };
    let seeds = Seeds::new();
    for number in parse_range(&cases).expect("a range") {
        let tree = seeds.case(number);
        fs::write(&note, format!("{number}\n{tree}")).expect("a note");
        check(number, &tree);
    }
}

/// What holds for every case.
fn check(number: usize, tree: &Value) {
    let text = if number.is_multiple_of(2) { tree.to_string() } else { serde_yaml::to_string(tree).expect("YAML") };
    let mut options = Options::default();
    if number.is_multiple_of(3) {
        let allowed = Rule::ALL.iter().filter(|rule| rule.allowed_meaning().is_some());
        options = allowed.fold(options, |options, rule| options.allow(*rule));
    }
    let answer = || answer(text.clone(), options.clone());
    let messages = match answer() {
        Ok(generated) => {
            let files = || generated.files().iter().filter(|(path, _)| !is_support(path));
            for (path, text) in files().filter(|(path, _)| path.ends_with(".rs")) {
                assert!(syn::parse_file(text).is_ok(), "{path} cannot be parsed:\n{text}");
            }
            let again = self::answer(text.clone(), options.clone()).expect("it was good a moment ago");
            assert!(files().eq(again.files().iter().filter(|(path, _)| !is_support(path))));
            assert_eq!(generated.warnings().to_string(), again.warnings().to_string());
            generated.warnings().clone()
        }
        Err(errors) => {
            assert!(!errors.is_empty(), "there is neither a crate nor an error");
            assert_eq!(errors.to_string(), answer().expect_err("it was wrong a moment ago").to_string());
            errors
        }
    };
    located(&messages).unwrap_or_else(|failure| panic!("{failure}"));
}

/// What the generator says, on a thread of its own so that it cannot hang the process.
fn answer(text: String, options: Options) -> Result<Generated, Diagnostics> {
    let (done, result) = mpsc::channel();
    let size = text.len();
    // Nobody listens any more if it took too long.
    let run = move || drop(done.send(codegen::generate(&Source::new("spec.yaml", text), &options)));
    let thread = thread::spawn(run);
    match result.recv_timeout(DEADLINE) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Timeout) => panic!("{size} bytes take more than {DEADLINE:?}"),
        Err(RecvTimeoutError::Disconnected) => panic::resume_unwind(thread.join().expect_err("it panicked")),
    }
}

/// How many of the cases are to become crates that are compiled.
fn compiled() -> Option<usize> {
    let text = env::var("STRUCTURE_COMPILED").ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("STRUCTURE_COMPILED is a number, not {text:?}")))
}

/// Compiles a few of the cases that become crates, spread over all of them, if that is asked for: all that such a crate
/// depends on is compiled before.
fn compile(workspace: &Workspace, cases: &Range<usize>) -> Result<(), String> {
    let Some(wanted) = compiled() else { return Ok(()) };
    let seeds = Seeds::new();
    let mut members = Vec::new();
    // About half of the cases have mistakes.
    let step = (cases.len() / (3 * wanted.max(1))).max(1);
    for number in cases.clone().step_by(step) {
        if members.len() == wanted {
            break;
        }
        let tree = seeds.case(number);
        let name = format!("case-{number}");
        // Crates of others are not there.
        let text = Some(tree.to_string()).filter(|text| !text.contains("x-rust-"));
        let Some(Ok(generated)) = text.map(|text| answer(text, Options::default().crate_name(&name))) else { continue };
        let plan = generated.files().plan(&workspace.crates.join(&name)).map_err(|error| error.to_string())?;
        plan.write().map_err(|error| error.to_string())?;
        members.push(name);
    }
    workspace.describe(&members).map_err(|error| error.to_string())?;
    if members.is_empty() {
        return Ok(());
    }
    workspace.cargo("check", &["--no-default-features", "--workspace", "--keep-going", "--lib"]).map(drop)
}
