//! Whether the crate of a description holds its own examples: its tests, compiled and run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::{Files, Generated, Shown};
use scratch::Cargo;

/// The longest that compiling a crate may take, with its dependencies, and running its tests.
pub const LIMIT: Duration = Duration::from_secs(60 * 60);

/// The tests of examples that each crate has which has any.
const TESTS: &str = "tests/documented_examples.rs";

/// What became of the examples in the tests of a crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many came back as the same JSON.
    pub equal: usize,
    /// What is said of each that did not: the example with its place, and what is wrong.
    pub others: Vec<(String, String)>,
}

/// The crate of a description, in a folder that is called after that. What crates depend on is compiled once for all of
/// them.
pub struct Crate<'g> {
    pub generated: &'g Generated,
    /// Where everything is that this is about.
    pub place: PathBuf,
    /// What the folder is called.
    pub name: String,
}

/// What is said where the crate cannot be tested.
pub fn unable(error: io::Error) -> String {
    format!("error: the crate cannot be tested: {error}")
}

impl<'g> Crate<'g> {
    /// Writes the crate.
    ///
    /// # Errors
    ///
    /// When it cannot be written, as text to show.
    pub fn write(generated: &'g Generated, description: &str) -> Result<Self, String> {
        let place = std::path::absolute(scratch::folder("verify")).map_err(unable)?;
        let written = Self { generated, place, name: name_of(description) };
        write(generated.files(), &written.folder()).map_err(unable)?;
        Ok(written)
    }

    pub fn folder(&self) -> PathBuf {
        self.place.join("crates").join(&self.name)
    }

    /// The folder that all of them are compiled into.
    pub fn target(&self) -> PathBuf {
        self.place.join("target")
    }

    /// Runs the tests of documented examples.
    ///
    /// # Errors
    ///
    /// When the crate does not compile.
    pub fn test(&self) -> Result<Run, String> {
        let Self { generated, place, name } = self;
        if !generated.files().get(TESTS).is_some_and(|text| text.contains("#[test]")) {
            return Ok(Run::default());
        }
        let (folder, target) = (self.folder(), self.target());
        let (log, output) = (place.join(format!("{name}.log")), place.join(format!("{name}.txt")));
        let cargo = Cargo { folder: &folder, target: &target, log: &log, output: Some(&output), limit: LIMIT };
        let ended = cargo.run(
            &["test", "--quiet", "--no-fail-fast", "--no-default-features", "--test", "documented_examples"],
            |command| {
                command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("RUST_BACKTRACE", "0").env("CARGO_TERM_COLOR", "never");
                Ok(())
            },
        );
        let ended = ended.map_err(unable)?;
        let said = fs::read_to_string(&output).map_err(unable)?;
        match (ended, read(&said)) {
            (None, _) => Err(format!("error: testing the crate took longer than {} minutes", LIMIT.as_secs() / 60)),
            (Some(_), Some(run)) => Ok(run),
            (Some(_), None) => {
                let said = fs::read_to_string(&log).map_err(unable)?;
                let first = said.find("error").and_then(|at| said.get(at..)).unwrap_or(&said);
                let first = Shown::from(first.lines().next().unwrap_or_default());
                Err(format!(
                    "error: the crate does not compile: {first}\n  --> {}\n  = help: this is a mistake of the generator; \
                     please report it with the description",
                    Shown::from(&*log)
                ))
            }
        }
    }
}

/// What the folder of a description's crate is called.
fn name_of(description: &str) -> String {
    let name = Path::new(description).file_stem().map(|name| name.to_string_lossy()).unwrap_or_default();
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    let name: String = name.chars().map(|sign| if is_plain(sign) { sign } else { '_' }).take(60).collect();
    if name.is_empty() { "description".to_owned() } else { name }
}

/// Writes a crate in place of the one before it.
fn write(files: &Files, folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(folder)?;
    let plan = files.plan(folder).map_err(io::Error::other)?;
    plan.write().map_err(io::Error::other)
}

/// What the tests said; nothing if they did not come to an end.
fn read(said: &str) -> Option<Run> {
    let tally = said.lines().rfind(|line| line.starts_with("test result: "))?;
    let count = |what: &str| {
        let counts = tally.split(['.', ';']).map(str::trim);
        counts.filter_map(|count| count.strip_suffix(what)?.trim().parse::<usize>().ok()).next()
    };
    let (passed, failed) = (count("passed")?, count("failed")?);
    let sections = said.split("\n---- ").skip(1);
    let other = |section: &str| {
        // Behind the line of the panic are the example, and what is wrong with it.
        let mut lines = section.lines().skip_while(|line| !line.contains("panicked at ")).skip(1);
        let example = lines.next()?.to_owned();
        let is_more = |line: &&str| !line.is_empty() && !line.starts_with("note: ") && !line.starts_with("failures:");
        let what: Vec<_> = lines.take_while(is_more).collect();
        Some((example, what.join("; ").replacen(":; ", ": ", 1)))
    };
    let mut others: Vec<_> = sections.filter_map(other).collect();
    // Whatever else they say.
    others.resize_with(failed, || ("a documented example".to_owned(), "its test fails".to_owned()));
    Some(Run { equal: passed, others })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_are_counted_and_their_messages_read() {
        let said = "
running 3 tests
.. 2/3
cat --- FAILED

failures:

---- cat stdout ----

thread 'cat' (17) panicked at tests/documented_examples.rs:24:5:
getCat 200 (cats.yaml#/paths/~1cat/get/responses/200/content/application~1json/example)
does not come back:
/a: documented 1.50, came back 1.5
/b: documented null, came back nothing
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


failures:
    cat

test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        let run = read(said).expect("an end");
        assert_eq!(run.equal, 2);
        let [(example, what)] = &run.others[..] else { panic!("{run:?}") };
        assert!(example.starts_with("getCat 200 (cats.yaml#/paths/"), "{example}");
        assert_eq!(
            what,
            "does not come back: /a: documented 1.50, came back 1.5; /b: documented null, came back nothing"
        );
        assert_eq!(read("running 3 tests\n"), None);
    }
}
