//! The example `account_balance` as a program of its own, with all that it needs in its environment.

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::{env, fs};

use client_tests::documented;
use client_tests::workspace::cargo;

use super::server::Server;
use super::{ACCESS, REFRESH, ROTATED, SECRET, no_secret};

/// The example, with the features that the tests of the project have built it with.
static EXAMPLE: LazyLock<PathBuf> = LazyLock::new(|| {
    let mut cargo = cargo("build");
    cargo.args(["--locked", "--workspace", "--example", "account_balance"]);
    let output = cargo.args(["--quiet", "--message-format=json"]).output().expect("cargo runs");
    assert!(output.status.success(), "cargo build failed\n{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).expect("cargo speaks UTF-8");
    let messages = messages.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a message"));
    let mut executables = messages.filter_map(|message| Some(PathBuf::from(message["executable"].as_str()?)));
    executables.next().expect("the path of the example")
});

/// What the program prints, and whether it says that it has failed.
#[derive(Debug)]
struct Outcome {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs the example with the variables `PARTNER_CENTER_…`, and no others of that name.
fn run(variables: &[(&str, &str)]) -> Outcome {
    let mut example = Command::new(&*EXAMPLE);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PARTNER_CENTER_")) {
            example.env_remove(name);
        }
    }
    for (name, value) in variables {
        example.env(format!("PARTNER_CENTER_{name}"), value);
    }
    let Output { status, stdout, stderr } = example.output().expect("the example runs");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    let outcome = Outcome { code: status.code(), stdout: text(stdout), stderr: text(stderr) };
    no_secret(&outcome.stdout);
    no_secret(&outcome.stderr);
    outcome
}

/// A token service and the API.
struct Services {
    tokens: Server,
    api: Server,
}

impl Services {
    /// Tokens are answered with this.
    fn new(status: &'static str, token: &str) -> Self {
        let api = Server::saying("200 OK", documented::GET_INVOICE_SUMMARY_200_DOCUMENTED);
        Self { tokens: Server::saying(status, token), api }
    }

    /// Runs the example as the application, with what the test wants to be set besides.
    fn run(&self, more: &[(&str, &str)]) -> Outcome {
        let (token_url, base_url) = (format!("{}/t/token", self.tokens.url()), self.api.url());
        let mut variables = vec![
            ("TENANT", "contoso.example"),
            ("CLIENT_ID", "app 1"),
            ("CLIENT_SECRET", SECRET),
            ("TOKEN_URL", &token_url),
            ("BASE_URL", &base_url),
        ];
        variables.extend(more);
        run(&variables)
    }

    /// The form of the one request for a token.
    fn form(&self) -> String {
        let requests = self.tokens.requests();
        let [request] = requests.as_slice() else { panic!("asked for tokens {} times", requests.len()) };
        assert_eq!((request.target.as_str(), &request.authorization), ("POST /t/token", &None));
        request.body.clone()
    }

    /// The credentials that the API got.
    fn called(&self) -> Vec<String> {
        let requests = self.api.requests();
        assert!(requests.iter().all(|request| request.target == "GET /v1/invoices/summary"), "{requests:?}");
        requests.into_iter().filter_map(|request| request.authorization).collect()
    }
}

fn token(more: &str) -> String {
    format!(r#"{{"token_type": "Bearer", "expires_in": 3599, "access_token": "{ACCESS}"{more}}}"#)
}

fn rotated() -> String {
    token(&format!(r#", "refresh_token": "{ROTATED}""#))
}

fn succeeded(outcome: &Outcome) {
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    assert!(outcome.stdout.starts_with("Current Account Balance:  $751,094.39 USD\n"), "{outcome:?}");
}

/// The sentence of an outcome that is a failure; nothing else was printed.
fn failed(outcome: Outcome) -> String {
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(1), ""), "{outcome:?}");
    let sentence = outcome.stderr.strip_suffix('\n').expect("a line");
    assert!(!sentence.contains('\n'), "{sentence}");
    sentence.to_owned()
}

#[test]
fn the_application_signs_in() {
    for (cloud, api) in [
        (None, "api.partnercenter.microsoft.com"),
        (Some("germany"), "api.partnercenter.microsoft.com"),
        (Some("us-government"), "api.partnercenter.microsoft.com"),
        (Some("china"), "partner.partnercenterapi.microsoftonline.cn"),
    ] {
        let services = Services::new("200 OK", &token(""));
        let cloud = cloud.map(|cloud| ("CLOUD", cloud));
        let outcome = services.run(cloud.as_slice());
        succeeded(&outcome);
        assert_eq!(outcome.stderr, "");
        assert_eq!(
            services.form(),
            format!(
                "grant_type=client_credentials&client_id=app%201&client_secret={SECRET}\
                 &scope=https%3A%2F%2F{api}%2F.default"
            )
        );
        assert_eq!(services.called(), [format!("Bearer {ACCESS}")]);
    }
}

#[test]
fn the_application_signs_in_with_a_user() {
    for (answer, notice) in [(token(""), false), (rotated(), true)] {
        let services = Services::new("200 OK", &answer);
        let outcome = services.run(&[("REFRESH_TOKEN", REFRESH)]);
        succeeded(&outcome);
        assert_eq!(outcome.stderr.contains("set PARTNER_CENTER_REFRESH_TOKEN_FILE to its path"), notice, "{outcome:?}");
        assert_eq!(outcome.stderr.lines().count(), usize::from(notice));
        assert_eq!(
            services.form(),
            format!(
                "grant_type=refresh_token&client_id=app%201&client_secret={SECRET}&refresh_token={REFRESH}\
                 &scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2Fuser_impersonation%20offline_access"
            )
        );
        assert_eq!(services.called(), [format!("Bearer {ACCESS}")]);
    }
}

/// A file of the name in an empty folder.
fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sign-in").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder.join("refresh-token")
}

#[test]
fn a_new_refresh_token_takes_the_place_of_the_one_in_the_file() {
    let file = file("rotated");
    let path = file.to_str().expect("a path in UTF-8");
    fs::write(&file, format!("{REFRESH}\r\n")).expect("the file");
    for sent in [REFRESH, ROTATED] {
        let services = Services::new("200 OK", &rotated());
        let outcome = services.run(&[("REFRESH_TOKEN_FILE", path)]);
        succeeded(&outcome);
        let stored = if sent == REFRESH { format!("Stored a new refresh token in {path}.\n") } else { String::new() };
        assert_eq!(outcome.stderr, stored);
        assert!(services.form().contains(&format!("&refresh_token={sent}&")), "{}", services.form());
        assert_eq!(fs::read_to_string(&file).expect("the file"), format!("{ROTATED}\n"));
    }
    let names = fs::read_dir(file.parent().expect("a folder")).expect("the folder");
    assert_eq!(names.count(), 1, "nothing is left beside the file");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).expect("the file").permissions());
        assert_eq!(mode & 0o777, 0o600, "only its owner may read it");
    }
}

#[test]
fn a_new_refresh_token_that_cannot_be_stored_is_not_passed_over() {
    let file = file("unwritable");
    let path = file.to_str().expect("a path in UTF-8");
    fs::write(&file, REFRESH).expect("the file");
    // Where the new file would be written, there is a folder.
    fs::create_dir(format!("{path}.new")).expect("a folder");
    let outcome = Services::new("200 OK", &rotated()).run(&[("REFRESH_TOKEN_FILE", path)]);
    succeeded(&outcome);
    let said = format!("Could not store the new refresh token in {path}: ");
    assert!(outcome.stderr.starts_with(&said), "{outcome:?}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), REFRESH);
}

#[test]
fn wrong_secrets_get_a_sentence() {
    for (more, status, answer, expected) in [
        (
            None,
            "401 Unauthorized",
            format!(
                r#"{{"error": "invalid_client", "error_codes": [7000215], "trace_id": "t-1", "correlation_id": "c-1",
                "error_description": "AADSTS7000215: Invalid client secret: '{SECRET}'.\r\nTrace ID: t-1"}}"#
            ),
            "the token service refused the client (invalid_client: AADSTS7000215: Invalid client secret: \
             '[secret]'.): check the client id and the secret",
        ),
        (
            Some(("REFRESH_TOKEN", REFRESH)),
            "400 Bad Request",
            format!(r#"{{"error": "invalid_grant", "error_description": "AADSTS700082: {REFRESH} has expired."}}"#),
            "the token service refused the refresh token or the sign-in behind it (invalid_grant: AADSTS700082: \
             [secret] has expired.): sign in again to get a new refresh token",
        ),
    ] {
        let services = Services::new(status, &answer);
        let sentence = failed(services.run(more.as_slice()));
        assert!(sentence.starts_with(&format!("getInvoiceSummary failed: {expected}")), "{sentence}");
        assert!(services.form().contains(SECRET), "this is the secret that was sent, once");
        assert_eq!(services.called(), [""; 0], "no call without a token");
    }
}

/// What signing in takes, and `more`.
fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("TENANT", "t"), ("CLIENT_ID", "c"), ("CLIENT_SECRET", SECRET)], more].concat()
}

#[test]
fn what_is_missing_or_contradicts_is_named() {
    let takes = "not set: signing in takes a tenant, a client id and a client secret";
    for (variables, expected) in [
        (vec![("CLIENT_SECRET", SECRET)], format!("PARTNER_CENTER_TENANT and PARTNER_CENTER_CLIENT_ID are {takes}")),
        (vec![("TENANT", "t"), ("CLIENT_ID", "c")], format!("PARTNER_CENTER_CLIENT_SECRET is {takes}")),
        (
            vec![("REFRESH_TOKEN", REFRESH), ("TENANT", "t")],
            format!("PARTNER_CENTER_CLIENT_ID and PARTNER_CENTER_CLIENT_SECRET are {takes}"),
        ),
        (
            vec![("TOKEN_URL", "http://127.0.0.1")],
            format!("PARTNER_CENTER_TENANT and PARTNER_CENTER_CLIENT_ID and PARTNER_CENTER_CLIENT_SECRET are {takes}"),
        ),
        (
            with(&[("TOKEN", ACCESS)]),
            "PARTNER_CENTER_TOKEN and PARTNER_CENTER_TENANT are both set: set only one of them".to_owned(),
        ),
        (
            with(&[("REFRESH_TOKEN", REFRESH), ("REFRESH_TOKEN_FILE", "f")]),
            "PARTNER_CENTER_REFRESH_TOKEN and PARTNER_CENTER_REFRESH_TOKEN_FILE are both set: set only one of them"
                .to_owned(),
        ),
        (vec![("TOKEN", "")], "PARTNER_CENTER_TOKEN is set, but empty".to_owned()),
        (
            vec![("TENANT", "t"), ("CLIENT_ID", "c"), ("CLIENT_SECRET", "")],
            "PARTNER_CENTER_CLIENT_SECRET is set, but empty".to_owned(),
        ),
        (
            with(&[("CLOUD", "mars")]),
            "PARTNER_CENTER_CLOUD is `mars`: use `global`, `china`, `germany` or `us-government`".to_owned(),
        ),
    ] {
        assert_eq!(failed(run(&variables)), expected);
    }
    let file = file("none");
    let path = file.to_str().expect("a path in UTF-8");
    let sentence = failed(run(&with(&[("REFRESH_TOKEN_FILE", path)])));
    assert!(sentence.starts_with(&format!("no refresh token in {path}: ")), "{sentence}");
    for name in ["TOKEN_URL", "BASE_URL"] {
        let sentence = failed(run(&with(&[(name, "http://example.com")])));
        assert!(sentence.starts_with(&format!("PARTNER_CENTER_{name}: ")), "{sentence}");
    }
}

#[test]
fn a_token_of_ones_own_is_sent_as_it_is() {
    let services = Services::new("500 Internal Server Error", "");
    succeeded(&run(&[("TOKEN", ACCESS), ("BASE_URL", &services.api.url())]));
    assert_eq!(services.called(), [format!("Bearer {ACCESS}")]);
    assert!(services.tokens.requests().is_empty());
}

#[test]
fn without_credentials_the_documented_answer_is_shown() {
    let outcome = run(&[]);
    assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(0), ""));
    let mut lines = outcome.stdout.lines();
    assert_eq!(lines.next(), Some("No credentials in the environment: this is the documented example."));
    assert_eq!(lines.next(), Some("Current Account Balance:  $751,094.39 USD"));
}
