//! `cargo xtask diff`, as a person at a terminal meets it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const CATS: &str = "openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /cats:
    get:
      operationId: listCats
      responses:
        '200':
          description: All cats.
          content: { application/json: { schema: { $ref: 'cat.yaml' } } }
";

const CAT: &str = "type: object
properties:
  name: { type: string }
";

/// A repository with a description of two files, committed.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(TempDir::new().expect("a temporary folder"));
        repository.write("cats.yaml", CATS);
        repository.write("cat.yaml", CAT);
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("a path of ASCII").to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("the file is written");
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").arg("-C").arg(self.0.path()).args(identity).args(arguments).output();
        assert!(output.expect("git runs").status.success(), "git {arguments:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "x"]);
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        diff(self.0.path(), arguments)
    }
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("diff").args(arguments).current_dir(folder).output().expect("xtask runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn without_an_edit_nothing_changes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/partner-center.yaml");
    let folder = TempDir::new().expect("a temporary folder");
    let output = diff(folder.path(), &[root.to_str().expect("a path of ASCII"), "--check"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).ends_with("nothing changes for callers\n"), "{}", stdout(&output));
}

#[test]
fn the_last_commit_is_what_a_description_is_compared_with() {
    let repository = Repository::new();
    // The file that changes is one that the description refers to.
    repository.write("cat.yaml", &CAT.replace("string", "integer"));
    let output = repository.diff(&["--spec", "cats.yaml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = "\
cats.yaml, against HEAD:./cats.yaml
1 breaking change: a major version
breaking: `types::Cat`

`types::Cat`
  breaking  field `name` is `Option<i64>` now, was `Option<String>` (for callers that read)
            cat.yaml:3:3, was at HEAD:./cat.yaml:3:3
";
    assert_eq!(stdout(&output), expected);
    repository.commit();
    let output = repository.diff(&["--spec", "cats.yaml", "--check"]);
    assert!(output.status.success(), "{}", stdout(&output));
}

#[test]
fn the_check_fails_where_something_breaks_and_only_there() {
    let repository = Repository::new();
    repository.write("cat.yaml", &CAT.replace("  name:", "  age: { type: integer }\n  name:"));
    let output = repository.diff(&["--spec", "cats.yaml", "--check"]);
    assert!(output.status.success(), "{}", stdout(&output));
    assert!(stdout(&output).contains("1 addition: a minor version"), "{}", stdout(&output));
    repository.write("cat.yaml", &CAT.replace("name", "title"));
    let output = repository.diff(&["--spec", "cats.yaml", "--check"]);
    assert!(!output.status.success(), "{}", stdout(&output));
    assert!(stdout(&output).contains("field `name`, `Option<String>`, is gone"), "{}", stdout(&output));
}

#[test]
fn a_file_can_be_the_older_description_and_programs_can_read_what_is_told() {
    let repository = Repository::new();
    repository.write("old.yaml", &CATS.replace("listCats", "cats"));
    let output = repository.diff(&["old.yaml", "--spec", "cats.yaml", "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let told = stdout(&output);
    for part in [
        "\"step\": \"major\"",
        "\"change\": \"renamed\"",
        "\"path\": \"list_cats()\"",
        "\"file\": \"old.yaml\"",
        "\"pointer\": \"/paths/~1cats/get\"",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    let output = repository.diff(&["old.yaml", "--spec", "cats.yaml", "--markdown"]);
    let told = stdout(&output);
    assert!(told.starts_with("## API changes: a major version\n"), "{told}");
    assert!(told.contains("\n### `GET /cats`: `list_cats()`\n\n- **breaking**: operation `cats()` is"), "{told}");
}

#[test]
fn what_the_last_commit_does_not_have_is_left_aside_but_for_the_description() {
    let repository = Repository::new();
    repository.write("cats.codegen.yaml", "rename: { schemas: { cat: Kitten } }\n");
    let output = repository.diff(&["--spec", "cats.yaml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("type `types::Cat` is called `Kitten` now"), "{}", stdout(&output));
    let note = "note: cats.codegen.yaml: this configuration counts, as it stands beside the description\n";
    assert_eq!(stderr(&output), note);
    repository.write("fix.yaml", "overlay: 1.0.0\ninfo: { title: Fix, version: '1' }\nactions: [{ target: '$.paths[*].get', update: { operationId: all } }]\n");
    let output = repository.diff(&["--spec", "cats.yaml", "--overlay", "fix.yaml", "--no-config"]);
    assert!(stdout(&output).contains("operation `list_cats()` is `all()` now"), "{}", stdout(&output));
    repository.commit();
    let output = repository.diff(&["--spec", "cats.yaml", "--overlay", "fix.yaml"]);
    assert!(stdout(&output).ends_with("nothing changes for callers\n"), "{}", stdout(&output));
    repository.write("new.yaml", CATS);
    let output = repository.diff(&["--spec", "new.yaml"]);
    assert!(!output.status.success(), "{}", stdout(&output));
    let said = "error: new.yaml is not in the last commit\nhelp: give the older description as a file: `cargo xtask diff OLD`\n";
    assert_eq!(stderr(&output), said);
}

#[test]
fn a_folder_without_commits_and_a_wrong_description_are_clear_messages() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("cats.yaml"), CATS.replace("cat.yaml", "#/components/schemas/Cat")).expect("a file");
    let output = diff(folder.path(), &["--spec", "cats.yaml"]);
    assert!(!output.status.success());
    assert!(stderr(&output).starts_with("error[unresolved-reference]"), "{}", stderr(&output));
    assert!(stderr(&output).ends_with("\n\n1 error\n"), "{}", stderr(&output));
    fs::write(folder.path().join("cat.yaml"), CAT).expect("a file");
    fs::write(folder.path().join("cats.yaml"), CATS).expect("a file");
    let output = diff(folder.path(), &["--spec", "cats.yaml"]);
    assert!(stderr(&output).starts_with("error: git knows no commit with cats.yaml\n"), "{}", stderr(&output));
}
