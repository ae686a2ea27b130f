//! Whose word it has to be that code of other crates is named.

use crate::{Diagnostic, Options, Rule, Source, generate};

/// The rules of what is said of a description with these members, where whoever runs the generator has an
/// overlay with these actions, and a configuration.
fn said(members: &str, actions: &str, config: &str) -> Vec<Rule> {
    let head = "openapi: 3.0.3\ninfo: { title: Cats, version: '1' }\nservers: [{ url: https://cats.example }]\n";
    let overlay = "overlay: 1.1.0\ninfo: { title: Ours, version: '1' }\nactions:\n";
    let options = Options::default().config(Source::new("config.yaml", config));
    let options = options.overlay(Source::new("overlay.yaml", format!("{overlay}{actions}")));
    let messages = match generate(&Source::new("cats.yaml", format!("{head}{members}")), &options) {
        Ok(generated) => generated.warnings().clone(),
        Err(errors) => errors,
    };
    messages.iter().map(Diagnostic::rule).collect()
}

const OURS: &str = "dependencies: { ours: '1' }";

#[test]
fn what_an_overlay_copies_is_still_the_word_of_the_description() {
    let described = "paths: {}
components:
  schemas:
    Cat: { type: object, properties: { size: { type: string } } }
    Size: { type: string, x-rust-type: 'ours::Size' }
";
    let gone = "  - { target: $.components.schemas.Size, remove: true }\n";
    let size = "$.components.schemas.Cat.properties.size";
    let copied = format!("  - {{ target: {size}, copy: $.components.schemas.Size }}\n");
    let updated = format!("  - {{ target: {size}, update: {{ x-rust-type: 'ours::Size' }} }}\n");
    assert_eq!(said(described, &format!("{copied}{gone}"), OURS), [Rule::ForeignCode]);
    assert_eq!(said(described, &format!("{updated}{gone}"), OURS), []);
    // What was copied, and is said once more, is said by the overlay.
    assert_eq!(said(described, &format!("{copied}{updated}{gone}"), OURS), []);
    assert_eq!(said(described, &format!("{updated}{copied}{gone}"), OURS), [Rule::ForeignCode]);
}

#[test]
fn an_item_keeps_whose_word_it_is_where_others_go_before_it() {
    let parameter = |name: &str, of: &str| {
        format!("{{ name: {name}, in: query, schema: {{ type: string, x-rust-type: '{of}' }} }}")
    };
    let (std, ours) = (parameter("address", "std::net::IpAddr"), parameter("size", "ours::Size"));
    let described = |items: &str| {
        let operation = format!("operationId: listCats, parameters: [{items}]");
        format!("paths: {{ /cats: {{ get: {{ {operation}, responses: {{ '204': {{ description: None. }} }} }} }} }}\n")
    };
    let at = "$.paths['/cats'].get.parameters";
    let added = format!("  - {{ target: \"{at}\", update: {} }}\n", parameter("age", "ours::Age"));
    let first_gone = format!("  - {{ target: \"{at}[0]\", remove: true }}\n");
    let actions = format!("{added}{first_gone}");
    assert_eq!(said(&described(&format!("{std}, {ours}")), &actions, OURS), [Rule::ForeignCode]);
    assert_eq!(said(&described(&format!("{ours}, {std}")), &actions, OURS), []);
}

#[test]
fn what_a_configuration_takes_along_is_still_the_word_of_the_description() {
    let described = "paths:
  /cats:
    get:
      operationId: listCats
      parameters: [{ $ref: '#/components/parameters/First' }]
      responses: { '204': { description: None. } }
components:
  parameters:
    Second: { name: size, in: query, schema: { type: string, x-rust-type: 'ours::Size' } }
";
    // The first one is the overlay's, but leads to the description's.
    let reference = "{ First: { $ref: '#/components/parameters/Second' } }";
    let first = format!("  - {{ target: $.components.parameters, update: {reference} }}\n");
    let gone = "  - { target: \"$.components.parameters.Second.schema['x-rust-type']\", remove: true }\n";
    let config = format!("{OURS}\nrename: {{ parameters: {{ listCats.size: extent }} }}");
    assert_eq!(said(described, &first, &config), [Rule::ForeignCode]);
    assert_eq!(said(described, &format!("{first}{gone}"), &config), []);
}

#[test]
fn each_part_of_a_dependency_has_to_be_asked_for() {
    let with = |dependencies: &str| format!("paths: {{}}\nx-rust-dependencies: {dependencies}\n");
    let adds = |update: &str| format!("  - {{ target: \"$['x-rust-dependencies']\", update: {update} }}\n");
    assert_eq!(said(&with("{}"), &adds("{ ours: '1' }"), ""), []);
    assert_eq!(said(&with("{ ours: '1' }"), &adds("{ ours: '2' }"), ""), []);
    for theirs in [
        "{ ours: { features: [] } }",
        "{ ours: { features: [a] } }",
        "{ ours: { package: theirs } }",
        "{ ours: { git: 'https://theirs.example' } }",
        "{ ours: { path: ../theirs } }",
        "{ ours: { default-features: true } }",
        "{ uuid: {} }",
        "{ uuid: '1' }",
        "{ serde: { features: [derive] } }",
    ] {
        let ours = adds("{ ours: { version: '1' } }");
        assert_eq!(said(&with(theirs), &ours, ""), [Rule::ForeignCode], "{theirs}");
        // What a configuration says of a crate takes the place of all that was said before.
        let rest = if theirs.contains("ours") { &[][..] } else { &[Rule::ForeignCode] };
        assert_eq!(said(&with(theirs), &adds("{}"), OURS), rest, "{theirs}");
    }
}
