//! The recipes that the README has for projects of one's own, as they stand there, in a folder outside of the project.
//!
//! They compile the generator anew, as a stranger does: `cargo test -p client-tests --test recipes -- --ignored`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use client_tests::{project, workspace};
use tempfile::TempDir;

const CATS: &str = "openapi: 3.0.3
info: { title: Cats, version: '1' }
servers: [{ url: https://cats.example }]
paths:
  /cats:
    get:
      operationId: listCats
      tags: [cats]
      responses:
        '200':
          description: All cats.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Cat' } }
components:
  schemas:
    Cat: { type: object, required: [name], properties: { name: { type: string } } }
";

/// A program that calls the crate.
const CALLER: &str = "pub async fn cats(client: &their_client::Client) -> Option<String> {
    let cats = client.cats().list_cats().await.ok()?;
    Some(cats.into_iter().next()?.name)
}
";

/// The blocks of code of a language in the section.
fn recipes(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(project("README.md")).expect("the README");
    let section = readme.split("\n## ").find(|section| section.starts_with("In a project of your own\n"));
    let blocks = section.expect("the section").split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).map(str::to_owned).collect()
}

/// The arguments of the commands in a block, behind the name of the program.
fn commands(block: &str) -> Vec<Vec<&str>> {
    let lines = block.lines().filter_map(|line| line.strip_prefix("$ "));
    lines.map(|line| line.split(" #").next().unwrap_or(line).split_whitespace().collect()).collect()
}

/// The folder of somebody's project, and the one for what is compiled for it.
struct Theirs {
    folder: TempDir,
    target: PathBuf,
}

impl Theirs {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let theirs = Self { folder, target: workspace::target(env!("CARGO_TARGET_TMPDIR")).join("fixtures/target") };
        // The versions that the project itself was tested with.
        theirs.write("Cargo.lock", &fs::read_to_string(project("Cargo.lock")).expect("the lock file"));
        theirs.write("theirs.yaml", CATS);
        theirs
    }

    fn write(&self, path: &str, text: &str) {
        let at = self.folder.path().join(path);
        fs::create_dir_all(at.parent().expect("a folder")).expect("a folder");
        fs::write(at, text).expect("a file");
    }

    /// Their manifest, with `more` of it.
    fn manifest(&self, more: &str) {
        let codegen = project("codegen").canonicalize().expect("the generator's folder");
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"xtask\"]\n\n\
             [workspace.dependencies]\ncodegen = {{ path = {codegen:?} }}\n\n\
             [profile.dev]\ndebug = 0\nincremental = false\n{more}"
        );
        self.write("Cargo.toml", &manifest);
    }

    /// The emitted files, without the lines that say what made them.
    fn emitted(&self) -> Vec<(String, String)> {
        let crate_ = self.folder.path().join("their-client");
        let list = fs::read_to_string(crate_.join(".codegen-files")).expect("a list");
        let file = |path: &str| {
            let text = fs::read_to_string(crate_.join(path)).expect("a file");
            (path.to_owned(), text.split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned()))
        };
        list.lines().filter(|line| line.ends_with(".rs") || line.ends_with(".toml")).map(file).collect()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut cargo = workspace::cargo(arguments[0]);
        cargo.args(["--quiet", "--offline"]).args(&arguments[1..]).current_dir(self.folder.path());
        // As other emitted crates are compiled, so that what they depend on is shared.
        cargo.env("CARGO_TARGET_DIR", &self.target).env("RUSTFLAGS", "-D warnings");
        cargo.output().expect("cargo runs")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Installs the program as the recipe says, and runs it in a folder.
fn installed(folder: &Path) {
    let recipes = recipes("console");
    let [install, generate] = &commands(&recipes[0])[..] else { panic!("two commands: {recipes:?}") };
    assert_eq!((install[0], install[1], generate[0]), ("cargo", "install", "openapi-client"));
    let root = TempDir::new().expect("a folder");
    let mut cargo = workspace::cargo("install");
    cargo.args(["--quiet", "--offline", "--debug", "--root"]).arg(root.path()).args(&install[2..]);
    cargo.env("CARGO_TARGET_DIR", workspace::target(env!("CARGO_TARGET_TMPDIR"))).current_dir(project(""));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", said(&output));
    let program = root.path().join("bin").join(generate[0]);
    let output = Command::new(program).args(&generate[1..]).current_dir(folder).output().expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
#[ignore = "compiles the generator anew"]
fn what_the_readme_says_of_projects_of_ones_own_holds() {
    let theirs = Theirs::new();
    installed(theirs.folder.path());
    let by_program = theirs.emitted();
    assert!(by_program.iter().any(|(path, _)| path == "src/operations.rs"));
    fs::remove_dir_all(theirs.folder.path().join("their-client")).expect("the crate is removed");

    // The library, in an xtask.
    let recipes = recipes("rust");
    let [xtask] = &recipes[..] else { panic!("one program: {recipes:?}") };
    let package = |name| format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n\n");
    theirs.manifest("");
    theirs.write("xtask/Cargo.toml", &format!("{}[dependencies]\ncodegen.workspace = true\n", package("xtask")));
    theirs.write("xtask/src/main.rs", xtask);
    let output = theirs.cargo(&["run", "--package", "xtask", "--bin", "xtask"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(theirs.emitted() == by_program, "the program and the library make different crates");

    // What a build script says is what any program says in the folder of its package, and is compiled with this one.
    let (before, instead) =
        xtask.split_once("    plan.write()?;    // in a build script: ").expect("what it says instead");
    theirs.write("xtask/src/bin/held.rs", &format!("{before}    {instead}"));
    let held = || theirs.cargo(&["run", "--package", "xtask", "--bin", "held"]);
    let output = held();
    assert!(output.status.success(), "{}", said(&output));
    theirs.write(
        "theirs.yaml",
        &CATS.replace("name: { type: string }", "name: { type: string }, age: { type: integer }"),
    );
    let output = held();
    assert!(!output.status.success(), "a crate is taken that is not as it should be");
    assert!(
        said(&output).contains("not what is described") && said(&output).contains("+    pub age:"),
        "{}",
        said(&output)
    );

    // What is wrong is told as it is at a terminal.
    theirs.write("theirs.yaml", &CATS.replace("schemas/Cat'", "schemas/Cta'"));
    let output = theirs.cargo(&["run", "--package", "xtask", "--bin", "xtask"]);
    assert!(!output.status.success(), "a reference leads nowhere");
    assert!(said(&output).contains("help: did you mean `Cat`?"), "{}", said(&output));

    // A program that calls the crate.
    theirs.write("theirs.yaml", CATS);
    let dependency = "[dependencies]\ntheir-client = { path = \"their-client\" }\n";
    theirs.manifest(&format!("\n{}{dependency}", package("caller")));
    theirs.write("src/lib.rs", CALLER);
    let output = theirs.cargo(&["check"]);
    assert!(output.status.success(), "{}", said(&output));
}
