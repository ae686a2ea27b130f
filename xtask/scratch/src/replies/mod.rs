//! A program over the types of a crate, which reads and writes documented answers.

mod difference;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use codegen::{Generated, JsonReply};
use serde::Deserialize;

use self::difference::difference;
use crate::{Cargo, wait};

/// What the program of a crate does, but for the list of the types.
const HELD: &str = include_str!("held.rs");

/// Which of its types holds which answers.
const ANSWERS: &str = "answers.json";

/// What became of an example.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It came back.
    Equal,
    /// This came back.
    Other(String),
    /// It is none of the type, and why.
    Unreadable(String),
}

impl Answer {
    /// What is wrong, if anything is.
    pub fn verdict(self, documented: &str) -> Result<(), String> {
        match self {
            Self::Equal => Ok(()),
            Self::Other(written) => Err(difference(documented, &written)),
            Self::Unreadable(error) => Err(error),
        }
    }
}

/// Writes the program of a crate, whose folder is beside that of the program's.
///
/// # Errors
///
/// When it cannot be written.
pub fn write(generated: &Generated, crate_name: &str, crate_folder: &Path, folder: &Path) -> io::Result<()> {
    let mut types: Vec<&str> = Vec::new();
    let mut answers = BTreeMap::new();
    for JsonReply { method, path, status, rust_type, .. } in generated.json_replies() {
        let known = types.iter().position(|known| known == rust_type);
        let index = known.unwrap_or_else(|| {
            types.push(rust_type);
            types.len() - 1
        });
        answers.entry(format!("{method} {path} {status}")).or_insert(index);
    }
    let listed: String = types.iter().map(|ty| format!("    held::<{ty}>,\n")).collect();
    let module = crate_name.replace('-', "_");
    let program = format!(
        "#![allow(unused_imports)]\n\nuse std::collections::BTreeMap;\n\nuse {module}::{{JsonValue, types}};\n\
         const TYPES: &[fn(&str) -> Answer] = &[\n{listed}];\n\n{HELD}"
    );
    let manifest = format!(
        "[package]\nname = \"{crate_name}-examples\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{crate_name} = {{ path = {crate_folder:?}, default-features = false }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\n\n[workspace]\n"
    );
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("src/main.rs"), program)?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join(ANSWERS), serde_json::to_string(&answers)?)
}

/// An answer that a description documents.
pub struct Reply<'a> {
    /// Its method, path and status, such as `GET /cats/{id} 200`.
    pub answer: String,
    /// The JSON, in a line.
    pub json: &'a str,
}

/// The program of a crate.
pub struct Program<'a> {
    /// The name of the crate.
    pub name: &'a str,
    /// The folder of the program.
    pub folder: &'a Path,
    /// The folder that it compiles into.
    pub target: &'a Path,
    /// The file for what Cargo says of its work.
    pub log: &'a Path,
    /// The longest that compiling it may take, with its dependencies, and that it may run.
    pub limit: Duration,
}

impl Program<'_> {
    /// What becomes of each example; of one of an answer that the crate has no JSON for, what is wrong.
    ///
    /// # Errors
    ///
    /// When the program does not compile, or breaks off.
    pub fn answers(&self, replies: &[Reply<'_>]) -> Result<Vec<Result<Answer, String>>, String> {
        let unable = |error: io::Error| format!("cannot run the examples: {error}");
        let answers = fs::read(self.folder.join(ANSWERS)).map_err(unable)?;
        let answers: BTreeMap<String, usize> = serde_json::from_slice(&answers).map_err(|error| error.to_string())?;
        let types: Vec<_> = replies.iter().map(|reply| answers.get(&reply.answer)).collect();
        let lines = replies.iter().zip(&types);
        let input: String = lines.filter_map(|(reply, ty)| Some(format!("{} {}\n", (*ty)?, reply.json))).collect();
        self.build().map_err(unable)??;
        let output = self.run(&input).map_err(unable)??;
        let mut lines = output.lines().map(|line| serde_json::from_str(line).map_err(|error| error.to_string()));
        let answer = |ty: Option<&usize>| match ty {
            Some(_) => lines.next().unwrap_or_else(|| Err("the program ended before it".to_owned())),
            None => Err("the crate has no JSON for this answer".to_owned()),
        };
        Ok(types.into_iter().map(answer).collect())
    }

    fn build(&self) -> io::Result<Result<(), String>> {
        let Self { folder, target, log, limit, .. } = *self;
        let cargo = Cargo { folder, target, log, output: None, limit };
        let ended = cargo.run(&["build", "--quiet"], |command| {
            command.env("CARGO_PROFILE_DEV_DEBUG", "0");
            Ok(())
        })?;
        match ended {
            Some(true) => return Ok(Ok(())),
            Some(false) => {}
            None => return Ok(Err("cargo took too long".to_owned())),
        }
        let said = fs::read_to_string(log)?;
        let first = said.find("error").and_then(|at| said.get(at..)).unwrap_or(&said);
        let first: Vec<_> = first.split("\n\n").next().unwrap_or(first).split_whitespace().collect();
        Ok(Err(format!("does not compile: {}", first.join(" "))))
    }

    fn run(&self, input: &str) -> io::Result<Result<String, String>> {
        let (given, said) = (self.folder.join("examples.txt"), self.folder.join("answers.txt"));
        fs::write(&given, input)?;
        let program = self.target.join("debug").join(format!("{}-examples", self.name));
        let mut command = Command::new(program);
        let mut child = command.stdin(File::open(&given)?).stdout(File::create(&said)?).spawn()?;
        let status = wait(&mut child, self.limit)?;
        let output = fs::read_to_string(&said)?;
        Ok(match status {
            Some(status) if status.success() => Ok(output),
            Some(status) => Err(format!("the program ended with {status} at line {}", output.lines().count() + 1)),
            None => Err("the program took too long".to_owned()),
        })
    }
}
