//! The rules that the generator can be told to live with: the only place that knows which, and how
//! it is told.

use codegen::{Options, Rule};

/// Such rules. Files outside of the folder and the code of other crates are not among them: what a
/// document of somebody else refers to there is nobody's to read, and to run.
const ALLOWABLE: &[Rule] = &[Rule::UnresolvedReference, Rule::DuplicateKey];

/// The options for a crate of this name, with these rules allowed. The configurations beside the documents
/// are somebody else's too.
pub fn options(crate_name: &str, allowed: &[String]) -> Options {
    let rules = ALLOWABLE.iter().filter(|rule| allowed.iter().any(|name| name == rule.name()));
    rules.fold(Options::default().no_config().crate_name(crate_name), |options, rule| options.allow(*rule))
}

/// What to allow beside `allowed`, so that a document gets further that was refused for `broken`.
///
/// Nothing, if that would not help: something else is wrong too, or all of it was allowed already.
pub fn next(allowed: &[String], broken: &[String]) -> Option<Vec<String>> {
    among(allowed, broken, &ALLOWABLE.iter().map(|rule| rule.name()).collect::<Vec<_>>())
}

fn among(allowed: &[String], broken: &[String], allowable: &[&str]) -> Option<Vec<String>> {
    let helps = |rule: &String| allowable.contains(&rule.as_str()) && !allowed.contains(rule);
    let would_do = !broken.is_empty() && broken.iter().all(helps);
    would_do.then(|| [allowed, broken].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_tried_again_only_where_that_can_help() {
        let rules = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let next = |allowed, broken| among(&rules(allowed), &rules(broken), &["one", "two"]);
        assert_eq!(next("", "one"), Some(rules("one")));
        assert_eq!(next("one", "two"), Some(rules("one two")));
        assert_eq!(next("", "one three"), None);
        assert_eq!(next("one", "one"), None);
        assert_eq!(next("", ""), None);
    }
}
