//! Rows that need an environment of their own. There is one for all of a process, so such a row runs itself
//! again in a process that has it.

use std::env;
use std::process::Command;

use tokio::task::spawn_blocking;

/// Which case of the row a process is to run.
const CASE: &str = "FAULTS_CASE";

/// What would lead to other proxies and certificates than those of the row.
const FOREIGN: [&str; 11] = [
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "all_proxy",
    "https_proxy",
    "http_proxy",
    "no_proxy",
    "REQUEST_METHOD",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
];

/// The case that this process is there for; none if it is the one of all rows.
pub fn case() -> Option<usize> {
    env::var(CASE).ok()?.parse().ok()
}

/// Runs a case of `row`, which is `module::name`, in a process with these variables.
pub async fn run(row: &'static str, case: usize, variables: &[(&str, &str)]) {
    let mut command = Command::new(env::current_exe().expect("the path of the tests"));
    command.args([row, "--exact", "--nocapture"]);
    for name in FOREIGN {
        command.env_remove(name);
    }
    command.env(CASE, case.to_string()).envs(variables.iter().copied());
    let output = spawn_blocking(move || command.output()).await.expect("no panic").expect("a process");
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains(" 1 passed;"), "case {case} of {row}:\n{text}");
}
