//! Which operations are kept: those of `keep`, or all without it, but for those of `drop`.

use http::Method;
use serde_json::Value;

use super::Configuration;
use crate::api::Origin;
use crate::description::methods::{Entry, operations};
use crate::diagnostics::{Diagnostic, Report};
use crate::parse::closest;
use crate::pointer;
use crate::rule::Rule;

/// An operation of the document, as far as it can be selected.
#[derive(Clone)]
pub(in crate::parse) struct Operation<'a> {
    pub method: Method,
    /// The key of the path.
    pub path: &'a str,
    /// Where it stands below the path.
    place: String,
    pub id: Option<&'a str>,
    pub tags: Vec<&'a str>,
    pub value: &'a Value,
}

impl Operation<'_> {
    pub fn path_pointer(&self) -> String {
        format!("/paths/{}", pointer::escape(self.path))
    }

    pub fn pointer(&self) -> String {
        format!("{}{}", self.path_pointer(), self.place)
    }

    /// Such as `GET /cats`.
    pub fn request(&self) -> String {
        format!("{} {}", self.method, self.full_path())
    }

    /// The path with the slash that some descriptions leave out.
    fn full_path(&self) -> String {
        if self.path.starts_with('/') { self.path.to_owned() } else { format!("/{}", self.path) }
    }
}

/// All operations, in the order of the document.
pub(in crate::parse) fn all_operations(tree: &Value) -> Vec<Operation<'_>> {
    let paths = tree.get("paths").and_then(Value::as_object).into_iter().flatten();
    let paths = paths.filter(|(path, _)| !path.starts_with("x-"));
    let operations = paths.flat_map(|(path, item)| {
        operations(item).filter(|entry| entry.value.is_object()).map(move |Entry { method, place, value }| {
            let tags = value.get("tags").and_then(Value::as_array).into_iter().flatten();
            let tags = tags.filter_map(Value::as_str).collect();
            let id = value.get("operationId").and_then(Value::as_str);
            Operation { method, path, place, id, tags, value }
        })
    });
    operations.collect()
}

impl Configuration {
    /// The pointers of the operations that are not wanted.
    pub(super) fn unwanted(&self, tree: &Value, report: &mut Report) -> Vec<String> {
        let operations = all_operations(tree);
        let kept = self.selected("keep", &operations, report);
        let dropped = self.selected("drop", &operations, report).unwrap_or_default();
        let is_wanted =
            |index: usize| kept.as_ref().is_none_or(|kept| kept.contains(&index)) && !dropped.contains(&index);
        let unwanted = operations.iter().enumerate().filter(|(index, _)| !is_wanted(*index));
        unwanted.map(|(_, operation)| operation.pointer()).collect()
    }

    /// The operations that any selection of a list matches; `None` if there is no such list.
    fn selected(&self, list: &str, operations: &[Operation<'_>], report: &mut Report) -> Option<Vec<usize>> {
        let (file, _) = self.written.as_ref()?;
        let selections = self.value("operations")?.get(list)?.as_array()?;
        let origin = Origin::new("/operations").child(list);
        let mut selected = Vec::new();
        for (index, selection) in selections.iter().enumerate() {
            let at = origin.child(index.to_string());
            let matches = (0..operations.len()).filter(|index| is_match(selection, &operations[*index]));
            let matches: Vec<_> = matches.collect();
            if matches.is_empty() {
                report.push(unmatched(selection, operations, &at).in_file(*file));
            }
            selected.extend(matches);
        }
        Some(selected)
    }
}

/// The members of a selection, each with what an operation has to compare with it.
const MEMBERS: [&str; 4] = ["id", "tag", "method", "path"];

fn values(member: &str, operation: &Operation<'_>) -> Vec<String> {
    match member {
        "id" => operation.id.into_iter().map(str::to_owned).collect(),
        "tag" => operation.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        "method" => vec![operation.method.as_str().to_ascii_lowercase()],
        _ => vec![operation.full_path()],
    }
}

/// Whether an operation is all that a selection says.
fn is_match(selection: &Value, operation: &Operation<'_>) -> bool {
    MEMBERS.iter().all(|member| {
        says(selection, member)
            .is_none_or(|pattern| values(member, operation).iter().any(|value| is_like(value, &pattern)))
    })
}

fn says(selection: &Value, member: &str) -> Option<String> {
    let text = selection.get(member)?.as_str()?;
    Some(if member == "method" { text.to_ascii_lowercase() } else { text.to_owned() })
}

/// Whether a text is like a pattern, in which `*` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// What to say of a selection of nothing: the member that nothing is like, if there is one.
fn unmatched(selection: &Value, operations: &[Operation<'_>], at: &Origin) -> Diagnostic {
    for member in MEMBERS {
        let Some(pattern) = says(selection, member) else { continue };
        let mut known: Vec<_> = operations.iter().flat_map(|operation| values(member, operation)).collect();
        if known.iter().any(|value| is_like(value, &pattern)) {
            continue;
        }
        known.sort();
        known.dedup();
        let what = if member == "id" { "operationId" } else { member };
        let message = format!("no operation has the {what} `{pattern}`");
        let diagnostic = Diagnostic::error(Rule::UnmatchedSelection, &at.child(member), message);
        return match closest(&pattern, known.iter().map(String::as_str)) {
            Some(close) => diagnostic.help(format!("did you mean `{close}`?")),
            None => diagnostic,
        };
    }
    let message = "no operation is all of this";
    Diagnostic::error(Rule::UnmatchedSelection, at, message)
        .help("each of them has to be so of the same operation; for one or the other, make two selections")
}

#[cfg(test)]
mod tests {
    use super::is_like;

    #[test]
    fn a_star_stands_for_any_text() {
        for (text, pattern) in [
            ("/cats", "/cats"),
            ("/cats/{id}", "/cats/*"),
            ("/cats/", "/cats/*"),
            ("/a/cats/b", "*/cats/*"),
            ("abab", "*ab"),
            ("abcabc", "a*b*c"),
            ("", "*"),
            ("aa", "a*a"),
        ] {
            assert!(is_like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("/cats", "/cat"), ("/cats", "/cats/*"), ("a", "a*a"), ("abc", "*b"), ("x", "")] {
            assert!(!is_like(text, pattern), "{text} {pattern}");
        }
    }
}
