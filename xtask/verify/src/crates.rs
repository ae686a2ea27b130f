//! Whether the crate of a description holds its own examples: its tests, compiled and run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use codegen::{Files, Generated, Shown};
use scratch::Cargo;

/// The longest that compiling a crate may take, with its dependencies, and running its tests.
pub const LIMIT: Duration = Duration::from_secs(60 * 60);

/// The tests of examples that each crate has which has any: of what comes back, and of what goes over the wire.
const TESTS: &str = "tests/documented_examples.rs";
const SENT: &str = "tests/documented/sent.rs";

/// What became of the examples in the tests of a crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// How many came back as the same JSON.
    pub equal: usize,
    /// Of how many it is what is documented that goes over the wire, and how many were tested for that.
    pub sent: [usize; 2],
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
        let files = generated.files();
        let sent = files.get(SENT).map_or(0, |text| text.matches("#[tokio::test]").count());
        if sent == 0 && !files.get(TESTS).is_some_and(|text| text.contains("#[test]")) {
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
        match (ended, read(&said, sent)) {
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

/// What the tests said, of which so many are about what is sent; nothing if they did not come to an end.
fn read(said: &str, sent: usize) -> Option<Run> {
    let tally = said.lines().rfind(|line| line.starts_with("test result: "))?;
    let count = |what: &str| {
        let counts = tally.split(['.', ';']).map(str::trim);
        counts.filter_map(|count| count.strip_suffix(what)?.trim().parse::<usize>().ok()).next()
    };
    let (passed, failed) = (count("passed")?, count("failed")?);
    let sections = said.split("\n---- ").skip(1);
    let unsent = sections.clone().filter(|section| section.starts_with("sent::")).count();
    let as_documented = sent.saturating_sub(unsent);
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
    Some(Run { equal: passed.saturating_sub(as_documented), sent: [as_documented, sent], others })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_are_counted_and_their_messages_read() {
        let said = "
running 5 tests
... 3/5
cat --- FAILED
sent::sends_cat --- FAILED

failures:

---- cat stdout ----

thread 'cat' (17) panicked at tests/documented_examples.rs:24:5:
getCat 200 (cats.yaml#/paths/~1cat/get/responses/200/content/application~1json/example)
does not come back:
/a: documented 1.50, came back 1.5
/b: documented null, came back nothing
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

---- sent::sends_cat stdout ----

thread 'sent::sends_cat' (18) panicked at tests/documented/sent.rs:9:10:
addCat request (cats.yaml#/paths/~1cat/post/requestBody/content/application~1x-www-form-urlencoded/example)
is not sent as documented: the pairs:
documented [(\"a\", \"b\")], sent []


failures:
    cat
    sent::sends_cat

test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        let run = read(said, 2).expect("an end");
        assert_eq!((run.equal, run.sent), (2, [1, 2]));
        let [(example, what), (_, unsent)] = &run.others[..] else { panic!("{run:?}") };
        assert!(example.starts_with("getCat 200 (cats.yaml#/paths/"), "{example}");
        assert_eq!(
            what,
            "does not come back: /a: documented 1.50, came back 1.5; /b: documented null, came back nothing"
        );
        assert_eq!(unsent, "is not sent as documented: the pairs: documented [(\"a\", \"b\")], sent []");
        assert_eq!(read("running 3 tests\n", 0), None);
    }
}
