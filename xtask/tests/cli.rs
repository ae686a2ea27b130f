//! `cargo xtask codegen`, as a person at a terminal meets it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use tempfile::TempDir;

/// The command, with the project's root as the folder it runs in.
fn codegen(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("codegen")
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("xtask runs")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project's root")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, with its text.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("a file");
                files.insert(path.strip_prefix(folder).expect("below the folder").to_owned(), text);
            }
        }
    }
    files
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of ASCII")
}

/// A folder with a copy of the project's description in it, and the place for a crate.
struct Workplace {
    folder: TempDir,
}

impl Workplace {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::copy(root().join("spec/partner-center.yaml"), folder.path().join("spec.yaml")).expect("a copy");
        Self { folder }
    }

    fn spec(&self) -> PathBuf {
        self.folder.path().join("spec.yaml")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("client")
    }

    fn edit_spec(&self, from: &str, to: &str) {
        let old = fs::read_to_string(self.spec()).expect("the description");
        assert!(old.contains(from), "the description has no {from:?}");
        fs::write(self.spec(), old.replacen(from, to, 1)).expect("the description is written");
    }

    fn run(&self, more: &[&str]) -> Output {
        let (spec, out) = (self.spec(), self.out());
        codegen(&[&["--spec", text(&spec), "--out", text(&out)], more].concat())
    }

    fn generate(&self) {
        let output = self.run(&[]);
        assert!(output.status.success(), "{}", stderr(&output));
    }
}

#[test]
fn the_committed_crate_passes_the_check_from_any_folder() {
    for folder in ["", "codegen/src"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output =
            command.args(["codegen", "--check"]).current_dir(root().join(folder)).output().expect("xtask runs");
        assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
        assert!(stdout(&output).contains("1 operation, 10 types, 5 documented examples"), "{}", stdout(&output));
    }
}

#[test]
fn the_check_shows_what_an_edit_would_change_and_changes_nothing() {
    let place = Workplace::new();
    place.generate();
    let before = tree(&place.out());
    place.edit_spec("Sum of the unpaid bills", "Sum of the unpaid bill");
    let output = place.run(&["--check"]);
    assert_eq!(output.status.code(), Some(1));
    let diff = stdout(&output);
    assert!(diff.contains("--- a/src/types.rs") && diff.contains("+++ b/src/types.rs"), "{diff}");
    assert!(
        diff.contains("-    /// Sum of the unpaid bills,") && diff.contains("+    /// Sum of the unpaid bill,"),
        "{diff}"
    );
    assert_eq!(tree(&place.out()), before);
}

#[test]
fn two_folders_get_the_same_tree() {
    let (one, other) = (Workplace::new(), Workplace::new());
    one.generate();
    other.generate();
    assert!(tree(&one.out()) == tree(&other.out()));
}

#[test]
fn an_unchanged_file_keeps_its_modification_time() {
    let place = Workplace::new();
    place.generate();
    let modified = |path: &str| fs::metadata(place.out().join(path)).and_then(|file| file.modified()).expect("a time");
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for path in ["src/types.rs", "src/json.rs"] {
        let file = fs::File::options().write(true).open(place.out().join(path)).expect("a file");
        file.set_modified(long_ago).expect("the time is set");
    }
    place.edit_spec("Sum of the unpaid bills", "Sum of the unpaid bill");
    place.generate();
    assert_eq!(modified("src/json.rs"), long_ago);
    assert_ne!(modified("src/types.rs"), long_ago);
}

#[test]
fn files_no_longer_made_are_removed_and_hand_written_ones_are_not() {
    let place = Workplace::new();
    place.generate();
    let hand_written = place.out().join("src/operations/notes.rs");
    fs::write(&hand_written, "//! A person's notes.\n").expect("a file");
    place.edit_spec("tags: [Invoices]", "tags: [Balances]");
    let output = place.run(&[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains("1 removed"), "{}", stdout(&output));
    assert!(!place.out().join("src/operations/invoices.rs").exists());
    assert!(place.out().join("src/operations/balances.rs").exists());
    assert!(hand_written.exists());
}

#[test]
fn a_hand_written_file_is_never_overwritten() {
    let place = Workplace::new();
    fs::create_dir_all(place.out().join("src")).expect("a folder");
    fs::write(place.out().join("src/types.rs"), "//! Mine.\n").expect("a file");
    let before = tree(&place.out());
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("src/types.rs was not made by the generator"), "{}", stderr(&output));
    assert_eq!(tree(&place.out()), before);
}

#[test]
fn five_mistakes_are_five_positioned_errors_and_no_change() {
    let place = Workplace::new();
    place.generate();
    let before = tree(&place.out());
    place.edit_spec("$ref: '#/components/schemas/InvoiceSummary'", "$ref: '#/components/schemas/InvoiceSumary'");
    place.edit_spec("x-call-id: request", "x-call-id: reqest");
    place.edit_spec("- appOnly:", "- appOnyl:");
    place.edit_spec("  /v1/invoices/summary:\n", "  /v1/invoices/{summary:\n");
    place.edit_spec("#/components/parameters/MS-CorrelationId'", "#/components/parameters/MS-CorelationId'");
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let messages = stderr(&output);
    for rule in ["unresolved-reference", "invalid-extension", "invalid-path"] {
        assert!(messages.contains(&format!("error[{rule}]")), "no {rule} in:\n{messages}");
    }
    let places = messages.matches(&format!("--> {}:", text(&place.spec()))).count();
    assert_eq!(places, 5, "{messages}");
    assert!(messages.contains("help: did you mean `InvoiceSummary`?"), "{messages}");
    assert_eq!(tree(&place.out()), before);
}

#[test]
fn a_file_that_cannot_be_read_or_written_is_a_clear_message() {
    let place = Workplace::new();
    let folder = place.folder.path();
    fs::write(folder.join("file"), "").expect("a file");
    let cases = [
        (folder.join("missing.yaml"), place.out(), "cannot read the file"),
        (folder.to_owned(), place.out(), "cannot read the file"),
        (folder.join("file"), place.out(), "the description is empty"),
        (place.spec(), folder.join("file"), "Not a directory"),
        (place.spec(), folder.join("file/client"), "Not a directory"),
    ];
    for (spec, out, message) in cases {
        let output = codegen(&["--spec", text(&spec), "--out", text(&out)]);
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        assert!(stderr(&output).contains(message), "no {message:?} in:\n{}", stderr(&output));
        assert!(!place.out().exists());
    }
}

#[cfg(unix)]
#[test]
fn a_path_says_nothing_to_the_terminal() {
    let place = Workplace::new();
    let (spec, out) = (place.folder.path().join("a\u{1b}[2Jb\u{202e}.yaml"), place.folder.path().join("out\u{7}"));
    fs::copy(place.spec(), &spec).expect("a copy");
    for (more, expected) in
        [(&[][..], "5 documented"), (&["--check"], "up to date"), (&["--name", "no name"], "1 error")]
    {
        let output = codegen(&[&["--spec", text(&spec), "--out", text(&out)], more].concat());
        let said = stdout(&output) + &stderr(&output);
        assert!(!said.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{said:?}");
        assert!(said.contains(expected), "{said}");
    }
    let wrong = codegen(&["--spec", text(&spec), "--out", text(&spec.join("client"))]);
    assert!(stderr(&wrong).starts_with("error: ") && !stderr(&wrong).contains('\u{1b}'), "{:?}", stderr(&wrong));
}

#[test]
fn a_name_that_cargo_refuses_is_refused_first() {
    let output = Workplace::new().run(&["--name", "not a name"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("`not a name` cannot be the name of a crate"), "{}", stderr(&output));
}

#[test]
fn a_warning_is_an_error_when_strict() {
    let place = Workplace::new();
    place.edit_spec("openapi: 3.0.3\n", "openapi: 3.0.3\nnotes: none\n");
    let output = place.run(&["--strict"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("error[unknown-member]"), "{}", stderr(&output));
    assert!(!place.out().exists());
    let output = place.run(&[]);
    assert!(output.status.success() && stderr(&output).contains("warning[unknown-member]"), "{}", stderr(&output));
}

#[test]
fn an_allowed_error_is_a_warning_that_the_crate_tells_of() {
    let place = Workplace::new();
    place.edit_spec("$ref: '#/components/schemas/Fault'", "$ref: '#/components/schemas/Missing'");
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let messages = stderr(&output);
    assert!(messages.contains("help: or allow it by `--allow unresolved-reference`"), "{messages}");
    // What is allowed is no warning to be strict about.
    for arguments in [&["--allow", "unresolved-reference"][..], &["--strict", "--allow", "unresolved-reference"]] {
        let output = place.run(arguments);
        let messages = stderr(&output);
        assert!(output.status.success(), "{messages}");
        assert!(messages.contains("warning[unresolved-reference]: no such schema: `Missing`"), "{messages}");
        let library = fs::read_to_string(place.out().join("src/lib.rs")).expect("a file");
        assert!(library.contains("//! - `unresolved-reference`: no such schema: `Missing`"), "{library}");
    }
}

#[test]
fn a_rule_that_cannot_be_allowed_is_refused_by_name() {
    for (rule, said) in [("no-such", "there is no rule `no-such`"), ("syntax", "the rule `syntax` cannot be allowed")] {
        let output = Workplace::new().run(&["--allow", rule]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
        assert!(stderr(&output).contains("unresolved-reference"), "{}", stderr(&output));
    }
}

#[test]
fn a_version_that_is_a_number_keeps_its_spelling() {
    let place = Workplace::new();
    fs::write(place.spec(), "openapi: 3.0.3\ninfo: { title: Pets, version: 1.10 }\npaths: {}\n")
        .expect("a description");
    let output = place.run(&[]);
    assert!(output.status.success() && stderr(&output).contains("warning[repaired]"), "{}", stderr(&output));
    let library = fs::read_to_string(place.out().join("src/lib.rs")).expect("a file");
    assert!(library.contains("Version 1.10 of the API"), "{library}");
}

#[test]
fn a_file_outside_of_the_folder_is_read_if_that_is_allowed() {
    let outside = TempDir::new().expect("a temporary folder");
    let pet = outside.path().join("pet.yaml");
    fs::write(&pet, "{ type: object, properties: { name: { type: string } } }\n").expect("a file");
    let place = Workplace::new();
    let link = place.folder.path().join("link.yaml");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&pet, &link).expect("a link");
    let references =
        if cfg!(unix) { vec![text(&pet).to_owned(), "link.yaml".to_owned()] } else { vec![text(&pet).to_owned()] };
    for reference in references {
        let spec = format!(
            "openapi: 3.0.3\ninfo: {{ title: Pets, version: '1' }}\npaths: {{}}\ncomponents: {{ schemas: {{ Pet: {{ $ref: '{reference}' }} }} }}\n"
        );
        fs::write(place.spec(), spec).expect("a description");
        let output = place.run(&[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("error[outside-file]"), "{}", stderr(&output));
        let output = place.run(&["--allow", "outside-file"]);
        assert!(output.status.success(), "{}", stderr(&output));
        let types = fs::read_to_string(place.out().join("src/types.rs")).expect("a file");
        assert!(types.contains("pub struct Pet {"), "{types}");
    }
}

#[test]
fn a_mistake_in_another_file_is_shown_there() {
    let place = Workplace::new();
    let folder = place.folder.path();
    fs::create_dir(folder.join("pets")).expect("a folder");
    fs::write(folder.join("pets/pet.yaml"), "type: object\nproperties:\n  name: [text]\n").expect("a file");
    fs::write(
        place.spec(),
        "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\ncomponents: { schemas: { Pet: { $ref: pets/pet.yaml } } }\n",
    )
    .expect("a description");
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let file = format!("{}:3:9", text(&folder.join("pets/pet.yaml")));
    assert!(stderr(&output).contains(&file), "no {file} in:\n{}", stderr(&output));
}

/// A description with a cat and a dog in it.
const PETS: &str = "openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: 'https://pets.example' }]
paths:
  /cats: { get: { operationId: listCats, tags: [cats], responses: { '204': { description: None. } } } }
  /dogs: { get: { operationId: listDogs, tags: [dogs], responses: { '204': { description: None. } } } }
";

/// An overlay that gives `listCats` another description.
fn overlay(description: &str) -> String {
    let info = "overlay: 1.1.0\ninfo: { title: Words, version: '1' }";
    format!("{info}\nactions:\n  - {{ target: $.paths.*.get, update: {{ description: {description} }} }}\n")
}

#[test]
fn a_configuration_beside_the_description_is_found_and_flags_win() {
    let place = Workplace::new();
    let file = |name: &str, text: &str| fs::write(place.folder.path().join(name), text).expect("a file");
    file("spec.yaml", PETS);
    file("first.yaml", &overlay("First."));
    file("second.yaml", &overlay("Second."));
    let config = "name: cat-client\noverlays: [first.yaml]\noperations: { keep: [{ tag: cats }] }\n";
    file("spec.codegen.yaml", config);
    let emitted = |path: &str| fs::read_to_string(place.out().join(path)).expect("an emitted file");

    place.generate();
    assert!(emitted("Cargo.toml").contains("name = \"cat-client\""));
    let cats = emitted("src/operations/cats.rs");
    assert!(cats.contains("/// First."), "{cats}");
    assert!(!place.out().join("src/operations/dogs.rs").exists());
    assert!(place.run(&["--check"]).status.success());

    let second = place.folder.path().join("second.yaml");
    let arguments = ["--overlay", text(&second), "--name", "pets"];
    assert!(!place.run(&[&arguments[..], &["--check"]].concat()).status.success(), "the overlay changes something");
    let output = place.run(&arguments);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(emitted("Cargo.toml").contains("name = \"pets\""));
    assert!(emitted("src/operations/cats.rs").contains("/// Second."));

    file("other.yaml", "strict: true\noverlays: [second.yaml, missing.yaml]\n");
    let other = place.folder.path().join("other.yaml");
    let output = place.run(&["--config", text(&other)]);
    let place_of_it = format!("{}:2:25", text(&other));
    assert!(stderr(&output).contains(&place_of_it), "no {place_of_it} in:\n{}", stderr(&output));
}

#[test]
fn a_target_that_matches_nothing_is_an_error_if_that_is_wished() {
    let place = Workplace::new();
    let file = |name: &str, text: &str| fs::write(place.folder.path().join(name), text).expect("a file");
    file("spec.yaml", PETS);
    file("miss.yaml", &overlay("None.").replace("$.paths.*.get", "$.paths.*.put"));
    let miss = place.folder.path().join("miss.yaml");
    let output = place.run(&["--overlay", text(&miss)]);
    assert!(output.status.success() && stderr(&output).contains("warning[unmatched-target]"), "{}", stderr(&output));
    let output = place.run(&["--overlay", text(&miss), "--strict"]);
    assert!(!output.status.success() && stderr(&output).contains("error[unmatched-target]"), "{}", stderr(&output));
    file("spec.codegen.yaml", "strict: true\n");
    assert!(!place.run(&["--overlay", text(&miss)]).status.success());
    file("spec.codegen.json", "{}");
    let output = place.run(&[]);
    assert!(stderr(&output).contains("both `spec.codegen.yaml` and `spec.codegen.json`"), "{}", stderr(&output));
}

#[test]
fn a_configuration_that_was_found_is_told_with_all_that_it_brings() {
    let place = Workplace::new();
    let file = |name: &str, text: &str| fs::write(place.folder.path().join(name), text).expect("a file");
    file("spec.yaml", PETS);
    let crates = "overlay: 1.1.0\ninfo: { title: Crates, version: '1' }\nactions:\n  - target: $\n";
    file(
        "crates.yaml",
        &format!("{crates}    update: {{ x-rust-dependencies: {{ second: {{ git: 'https://b.example' }} }} }}\n"),
    );
    file("spec.codegen.yaml", "allow: [outside-file]\noverlays: [crates.yaml]\ndependencies: { first: '1' }\n");
    let config = place.folder.path().join("spec.codegen.yaml");
    let manifest = || fs::read_to_string(place.out().join("Cargo.toml")).expect("a file");

    let output = place.run(&[]);
    let messages = stderr(&output);
    assert!(output.status.success(), "{messages}");
    assert!(messages.contains(&format!("--> {}:1:1", text(&config))), "{messages}");
    let told =
        ["it allows `outside-file`", "overlay `crates.yaml`", "the crate `first`", "the crate `second`", "--no-config"];
    for told in told {
        assert!(messages.contains(told), "no {told} in:\n{messages}");
    }
    assert!(manifest().contains("first = \"1\"") && manifest().contains("second = {"), "{}", manifest());
    // Nothing is wrong with that.
    assert!(place.run(&["--strict"]).status.success());

    let output = place.run(&["--no-config"]);
    assert!(output.status.success() && stderr(&output).is_empty(), "{}", stderr(&output));
    assert!(!manifest().contains("first") && !manifest().contains("second"), "{}", manifest());

    // Whoever names it knows.
    let output = place.run(&["--config", text(&config)]);
    assert!(output.status.success() && stderr(&output).is_empty(), "{}", stderr(&output));
    assert!(manifest().contains("first = \"1\""));
    assert_eq!(place.run(&["--config", text(&config), "--no-config"]).status.code(), Some(2));

    // It is told with the errors, too.
    file("spec.yaml", &PETS.replace("servers:", "x-rust-dependencies: { third: '1' }\nservers:"));
    let output = place.run(&[]);
    assert!(!output.status.success());
    assert!(stderr(&output).contains("found-configuration") && stderr(&output).contains("error[foreign-code]"));
}

#[test]
#[cfg(unix)]
fn what_a_found_configuration_leads_to_is_in_the_folder_or_asked_for() {
    let outside = TempDir::new().expect("a temporary folder");
    fs::write(outside.path().join("words.yaml"), overlay("Outside.")).expect("a file");
    fs::write(outside.path().join("config.yaml"), "name: outside-client\n").expect("a file");
    let words = outside.path().join("words.yaml");
    let place = Workplace::new();
    fs::write(place.spec(), PETS).expect("a description");
    let config = place.folder.path().join("spec.codegen.yaml");
    // It cannot allow itself anything.
    let named = format!("allow: [outside-file]\noverlays: [{}]\n", text(&words));
    for is_link in [false, true] {
        let _ = fs::remove_file(&config);
        match is_link {
            false => fs::write(&config, &named).expect("a file"),
            true => std::os::unix::fs::symlink(outside.path().join("config.yaml"), &config).expect("a link"),
        }
        let output = place.run(&[]);
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        assert!(stderr(&output).contains("error[outside-file]"), "{}", stderr(&output));
        assert!(!place.out().exists());
        for arguments in [&["--allow", "outside-file"][..], &["--config", text(&config)], &["--no-config"]] {
            let output = place.run(arguments);
            assert!(output.status.success(), "{}", stderr(&output));
            fs::remove_dir_all(place.out()).expect("the crate was made");
        }
    }
}

#[test]
fn code_of_other_crates_is_not_for_the_description_to_bring() {
    let place = Workplace::new();
    let brought = "x-rust-dependencies: { pwn: '1' }\nx-rust-derive: ['pwn::Pwn']\n";
    fs::write(place.spec(), format!("{PETS}{brought}")).expect("a description");
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stderr(&output).matches("error[foreign-code]").count(), 2, "{}", stderr(&output));
    assert!(!place.out().exists());
    let output = place.run(&["--strict", "--allow", "foreign-code"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let library = fs::read_to_string(place.out().join("src/lib.rs")).expect("a file");
    assert!(library.contains("//! - `foreign-code`: the description brings the crate `pwn`"), "{library}");
}

#[test]
fn the_crate_of_another_description_is_not_replaced_unless_that_is_said() {
    let place = Workplace::new();
    place.generate();
    let before = tree(&place.out());
    let theirs = place.folder.path().join("theirs.yaml");
    fs::write(&theirs, PETS).expect("a description");
    let (theirs, out) = (text(&theirs).to_owned(), place.out());
    for arguments in [&[][..], &["--check"]] {
        let output = codegen(&[&["--spec", &theirs, "--out", text(&out)], arguments].concat());
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        let message = stderr(&output);
        assert!(message.contains("was made from another description, spec.yaml, and is unchanged"), "{message}");
        assert!(message.contains("`--out DIR --name CRATE`") && message.contains("`--replace`"), "{message}");
        assert_eq!(tree(&out), before);
    }
    let output = codegen(&["--spec", &theirs, "--out", text(&out), "--replace"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(out.join("src/operations/cats.rs").exists() && !out.join("src/operations/invoices.rs").exists());
    // From now on, it is theirs.
    assert!(codegen(&["--spec", &theirs, "--out", text(&out)]).status.success());
}

#[test]
fn the_projects_own_crate_is_replaced_by_no_description_from_elsewhere() {
    let own = root().join("generated-client");
    let before = tree(&own.join("src"));
    let place = Workplace::new();
    // The same name, even the same path from the folder that the command runs in.
    fs::create_dir(place.folder.path().join("spec")).expect("a folder");
    fs::write(place.folder.path().join("spec/partner-center.yaml"), PETS).expect("a description");
    fs::write(place.spec(), PETS).expect("a description");
    let (elsewhere, spec) = (place.folder.path().join("spec/partner-center.yaml"), place.spec());
    for spec in ["spec/partner-center.yaml", text(&elsewhere), "spec.yaml", text(&spec)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let command = command.args(["codegen", "--spec", spec]).current_dir(place.folder.path());
        let output = command.output().expect("xtask runs");
        assert_eq!(output.status.code(), Some(1), "{}", stdout(&output));
        let message = stderr(&output);
        assert!(message.contains("generated-client was made from another description"), "{message}");
        assert!(message.contains("--out DIR"), "{message}");
    }
    assert_eq!(tree(&own.join("src")), before);
    // Its own has many names.
    let absolute = root().join("spec/partner-center.yaml");
    for spec in ["spec/partner-center.yaml", "./spec/../spec/partner-center.yaml", text(&absolute)] {
        let output = codegen(&["--check", "--spec", spec]);
        assert!(output.status.success(), "{}{}", stdout(&output), stderr(&output));
    }
}

#[test]
fn files_of_others_below_the_folder_are_neither_removed_nor_changed() {
    let place = Workplace::new();
    place.generate();
    let types = fs::read_to_string(place.out().join("src/types.rs")).expect("a file");
    let others = [
        ("src/schema.rs", "// @generated automatically by Diesel CLI.\n"),
        ("src/db/schema.rs", "// @generated automatically by Diesel CLI.\n"),
        ("migrations/diesel.toml", "# @generated\n"),
        ("inner/Cargo.toml", "# @generated by `cargo xtask codegen` from spec.yaml. Do not edit.\n\n[package]\n"),
        ("inner/src/types.rs", &types),
        ("src/copy_of_types.rs", &types),
    ];
    for (path, text) in others {
        let at = place.out().join(path);
        fs::create_dir_all(at.parent().expect("a folder")).expect("a folder");
        fs::write(at, text).expect("a file");
    }
    place.edit_spec("tags: [Invoices]", "tags: [Balances]");
    let output = place.run(&[]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stdout(&output).contains(" 1 removed"), "{}", stdout(&output));
    for (path, text) in others {
        assert_eq!(fs::read_to_string(place.out().join(path)).expect("it is there"), text, "{path}");
    }
}

#[test]
fn a_crate_of_an_older_version_is_taken_over() {
    let place = Workplace::new();
    place.generate();
    fs::remove_file(place.out().join(".codegen-files")).expect("the list");
    place.edit_spec("tags: [Invoices]", "tags: [Balances]");
    let output = place.run(&[]);
    assert!(output.status.success() && stdout(&output).contains(" 1 removed"), "{}", stderr(&output));
    assert!(place.run(&["--check"]).status.success());
}

#[test]
#[cfg(unix)]
fn a_link_in_the_folder_is_a_clear_message() {
    let place = Workplace::new();
    place.generate();
    let outside = TempDir::new().expect("a temporary folder");
    fs::remove_dir_all(place.out().join("src/operations")).expect("a folder");
    std::os::unix::fs::symlink(outside.path(), place.out().join("src/operations")).expect("a link");
    let output = place.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("src/operations is a symbolic link"), "{}", stderr(&output));
    assert_eq!(fs::read_dir(outside.path()).expect("a folder").count(), 0);
}
