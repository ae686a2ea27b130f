//! What becomes of security schemes, and what is said about wrong extensions.

use crate::{Generated, Options, Source, generate};

/// A description with `server` beside the address of its server, and `flows` in its scheme.
fn described(server: &str, flows: &str) -> Result<Generated, String> {
    let text = format!(
        "
openapi: 3.0.3
info: {{ title: Cats, version: '1' }}
servers: [{{ url: https://cats.example/v1, x-rust-name: Main{server} }}]
security: [{{ cat door: [read, write] }}]
paths:
  /cats:
    get:
      operationId: listCats
      responses: {{ '204': {{ description: None. }} }}
components:
  securitySchemes:
    cat door:
      type: oauth2
      flows: {{ {flows} }}
"
    );
    generate(&Source::new("cats.yaml", text), &Options::default()).map_err(|errors| errors.to_string())
}

/// The code of the credentials, on one line.
fn credentials(server: &str, flows: &str) -> String {
    let text = file(&described(server, flows).unwrap(), "src/credentials.rs");
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

const APP: &str = "clientCredentials: { tokenUrl: 'https://{region}.login.example/{tenant-id}/token', \
                   scopes: { read: a, other: b }";

#[test]
fn variables_and_scopes() {
    let code = credentials("", &format!("{APP} }}"));
    assert!(code.contains("pub struct CatDoor(oauth2::ClientCredentials)"), "{code}");
    assert!(code.contains("pub fn new( region: &str, tenant_id: &str, client_id: impl Into<String>,"), "{code}");
    assert!(code.contains("\"https://{region}.login.example\", \"/{tenant-id}/token\""), "{code}");
    assert!(code.contains("&[(\"region\", region), (\"tenant-id\", tenant_id)]"), "{code}");
    assert!(code.contains(".scope(\"read\")"), "{code}");
}

#[test]
fn servers_decide() {
    let code = credentials(", x-authority: 'https://login.example'", &format!("{APP}, x-resource: '{{server}}' }}"));
    assert!(code.contains("server: Server, region: &str"), "{code}");
    assert!(code.contains("TokenUrl::new( server.authority(), \"/{tenant-id}/token\""), "{code}");
    assert!(code.contains(".resource(server.url())"), "{code}");
}

/// A file of the emitted crate.
fn file(generated: &Generated, name: &str) -> String {
    let file = generated.files().iter().find(|(path, _)| *path == name);
    file.map_or("", |(_, text)| text).to_owned()
}

#[test]
fn azure_credentials_take_the_place_of_an_application() {
    let code = credentials("", &format!("{APP}, x-scope: '{{server}}/.default' }}"));
    let start = "#[cfg(feature = \"azure_core\")] pub fn from_azure( server: Server, credential: \
                 std::sync::Arc<dyn azure_core::credentials::TokenCredential>, ) -> Credential {";
    assert!(code.contains(start), "{code}");
    assert!(code.contains("Credential::from_azure(credential, format!(\"{0}/.default\", server.url()))"), "{code}");
    let code = credentials("", &format!("{APP}, x-scope: 'api://cats/.default' }}"));
    assert!(code.contains("pub fn from_azure( credential: std::sync::Arc<"), "{code}");
    assert!(code.contains("Credential::from_azure(credential, \"api://cats/.default\")"), "{code}");
}

#[test]
fn the_feature_is_there_only_for_a_scope_that_azure_credentials_can_ask_for() {
    let user = "authorizationCode: { authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example/t', \
                scopes: {}, x-scope: 'api://cats/.default' }";
    let scoped = |scope: &str| format!("{APP}, x-scope: '{scope}' }}");
    for (flows, expected) in [
        (scoped("{server}/.default"), true),
        (format!("{}, {user}", scoped("a")), false),
        (scoped("read"), false),
        (scoped("openid api://cats/.default"), false),
        (format!("{APP}, x-resource: '{{server}}/.default' }}"), false),
        (format!("{APP} }}"), false),
    ] {
        let generated = described("", &flows).unwrap();
        let manifest = file(&generated, "Cargo.toml");
        let feature = "\nazure_core = [\"dep:azure_core\", \"generated-client-runtime/azure_core\"]\n";
        assert_eq!(manifest.contains(feature), expected, "{flows}");
        assert_eq!(manifest.contains("\nazure_core = { version"), expected, "{flows}");
        assert_eq!(file(&generated, "runtime/src/azure.rs").is_empty(), !expected, "{flows}");
        for name in ["src/lib.rs", "runtime/Cargo.toml", "runtime/src/lib.rs", "src/credentials.rs"] {
            assert_eq!(file(&generated, name).contains("azure_core"), expected, "{name} of {flows}");
        }
    }
}

#[test]
fn a_scheme_with_both_flows_has_two_types() {
    let user = "authorizationCode: { authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example/t', \
                refreshUrl: 'https://a.example/r', x-rust-name: Lodger, scopes: {} }";
    let code = credentials("", &format!("{APP} }}, {user}"));
    assert!(code.contains("pub struct CatDoorClientCredentials(oauth2::ClientCredentials)"), "{code}");
    assert!(code.contains("pub struct Lodger(oauth2::RefreshToken)"), "{code}");
    assert!(code.contains("\"https://a.example\", \"/r\""), "{code}");
}

#[test]
fn other_flows_take_a_token() {
    let implicit = "implicit: { authorizationUrl: 'https://a.example', scopes: {} }";
    let code = credentials("", implicit);
    assert!(code.contains("pub struct CatDoor(Credential)"), "{code}");
    assert!(code.contains("pub fn new(token: impl Into<String>) -> Self"), "{code}");
    assert!(code.contains("/// A bearer token from `https://a.example`."), "{code}");
    let relative = described("", "clientCredentials: { tokenUrl: /token, scopes: {} }").unwrap();
    assert!(relative.warnings().to_string().contains("is not an absolute `https` address"));
}

#[test]
fn wrong_values_are_errors_with_a_place() {
    for (server, extension, message) in [
        (", x-authority: 'http://login.example'", "", "`x-authority` must be an absolute `https` address"),
        (", x-authority: 1", "", "`x-authority` must be an absolute `https` address"),
        ("", ", x-scope: 1", "`x-scope` must be text"),
        ("", ", x-scope: '{tenant}/a'", "`{server}` is all that `x-scope` can have in braces"),
        ("", ", x-scope: a, x-resource: b", "`x-resource` and `x-scope` cannot stand together"),
        ("", ", x-correlation-header: 'a b'", "`x-correlation-header` must be the name of a header"),
        ("", ", x-rust-name: 1", "`x-rust-name` must be text"),
    ] {
        let errors = described(server, &format!("{APP}{extension} }}")).unwrap_err();
        assert!(errors.contains(message) && errors.contains("cats.yaml:"), "{errors}");
    }
    let errors = described(" }, { url: https://b.example, x-authority: 'https://c.example'", &format!("{APP} }}"));
    assert!(errors.unwrap_err().contains("other servers have an `x-authority`, so this one needs one too"));
}
