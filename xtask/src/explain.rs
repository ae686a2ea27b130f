//! The option `--explain`: what a rule is about.

use anstream::println;
use codegen::Rule;

/// Prints the explanation.
pub fn run(rule: Rule) {
    println!("{rule}: {}\n\n{}", rule.meaning(), rule.explanation());
}

/// A rule, as messages name it in brackets.
pub fn rule(name: &str) -> Result<Rule, String> {
    let name = name.trim_matches(['[', ']']);
    name.parse().map_err(|error| {
        let names: Vec<_> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        format!("{error}; these are the rules: {}", names.join(", "))
    })
}
