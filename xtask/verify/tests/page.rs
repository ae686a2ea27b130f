//! `cargo xtask verify --html`: the page, as text and in a browser.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

/// The page of a fixture, in a folder of its own.
fn page(name: &str) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("report.html");
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
    let output =
        command.arg("--no-run").arg("--spec").arg(spec).arg("--html").arg(&file).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, file)
}

/// The tag that each piece of a page begins with, and what follows it.
fn pieces<'p>(page: &'p str, tag: &str) -> Vec<&'p str> {
    page.split(&format!("<{tag}")).skip(1).collect()
}

#[test]
fn both_sides_of_a_disagreement_are_marked() {
    let (_folder, file) = page("classes.yaml");
    let page = fs::read_to_string(file).expect("the page");
    let pattern = pieces(&page, "article").into_iter().find(|piece| piece.contains(r#"data-class="pattern""#));
    let pattern = pattern.expect("the disagreement").split("</article>").next().expect("its text");
    let marked: Vec<_> = pieces(pattern, "mark>").iter().filter_map(|piece| piece.split("</mark>").next()).collect();
    assert_eq!(
        marked,
        [r#"  &quot;tag&quot;: &quot;a-1&quot;"#, r#"  &quot;pattern&quot;: &quot;^[A-Z]-[0-9]$&quot;"#]
    );
    assert!(pattern.contains("classes.yaml:63:39") && pattern.contains("write a value that matches"), "{pattern}");
}

#[test]
fn nothing_of_a_description_is_markup() {
    let (_folder, file) = page("hostile.yaml");
    let page = fs::read_to_string(file).expect("the page");
    assert_eq!(pieces(&page, "script").len(), 1, "{page}");
    for tag in ["a ", "img", "iframe", "b>"] {
        assert_eq!(pieces(&page, tag), [] as [&str; 0], "{page}");
    }
    assert!(!page.contains('\u{1b}') && page.contains("default-src 'none'"), "{page}");
}

#[test]
fn only_a_page_is_written_over() {
    let (folder, file) = page("hostile.yaml");
    let write = |file: &Path| {
        let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile.yaml");
        let mut command = Command::new(env!("CARGO_BIN_EXE_verify"));
        command
            .arg("--no-run")
            .arg("--spec")
            .arg(spec)
            .arg("--html")
            .arg(file)
            .output()
            .expect("the program runs")
            .status
            .code()
    };
    assert_eq!(write(&file), Some(0));
    let notes = folder.path().join("notes.txt");
    fs::write(&notes, "mine").expect("a file");
    assert_eq!(write(&notes), Some(1));
    assert_eq!(fs::read_to_string(&notes).expect("the file"), "mine");
}

/// The page after its script ran, by the browser that the variable `CHROMIUM` names.
fn in_browser(file: &Path, class: &str) -> String {
    let browser = env::var_os("CHROMIUM").expect("the variable CHROMIUM names a browser");
    let profile = TempDir::new().expect("a folder");
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    let output = command.arg(format!("file://{}#{class}", file.display())).output().expect("the browser runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
#[ignore = "needs Chromium, which the variable CHROMIUM names"]
fn a_browser_shows_the_class_that_is_asked_for() {
    let (_folder, file) = page("classes.yaml");
    let is_hidden = |piece: &&str| piece.split('>').next().is_some_and(|tag| tag.contains("hidden"));
    let shown = |page: &str, tag: &str| pieces(page, tag).into_iter().filter(|piece| !is_hidden(piece)).count();
    let all = in_browser(&file, "");
    assert_eq!((shown(&all, "article"), shown(&all, "section")), (27, 4));
    let limits = in_browser(&file, "limits");
    assert_eq!((shown(&limits, "article"), shown(&limits, "section")), (3, 1));
    assert!(pieces(&limits, "article").iter().filter(|piece| !is_hidden(piece)).all(|piece| piece.contains("limits")));
    assert_eq!(shown(&limits, "div class=\"example fits\""), 0);
}
