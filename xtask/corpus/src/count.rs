//! How many operations and schemas a document has, counted in its text.
//!
//! This is what the generator's own count is held against, so nothing of the generator is used.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use percent_encoding::percent_decode_str;

use super::report::Input;
use super::tree::Tree;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The members of a path item since OpenAPI 3.2 that is an operation, and that has more of them.
const QUERY: &str = "query";
const OTHERS: &str = "additionalOperations";

/// How many references may lead from one path item to the next.
const MOST_REFERENCES: usize = 32;

/// Counts a document.
///
/// # Errors
///
/// When it, or a file with a path item of it, cannot be read, or a reference to a path item leads
/// nowhere.
pub fn count(document: &Path) -> Result<Input, String> {
    let mut files = Files::default();
    let tree = files.read(document)?;
    let version = tree.member("openapi").or_else(|| tree.member("swagger")).and_then(Tree::scalar);
    files.has_any_method = version.is_some_and(|version| version.starts_with("3.2"));
    let schemas = tree.at("/components/schemas").and_then(Tree::members).map_or(0, BTreeMap::len);
    let mut operations = 0;
    for (path, item) in tree.member("paths").and_then(Tree::members).into_iter().flatten() {
        if !path.starts_with("x-") {
            operations += files.methods(document, item)?.len();
        }
    }
    Ok(Input { version: version.map(str::to_owned), operations, schemas })
}

/// The files that belong to a document, read once.
#[derive(Default)]
struct Files {
    trees: BTreeMap<PathBuf, Rc<Tree>>,
    /// Whether there are operations of other methods than those that each have a member.
    has_any_method: bool,
}

impl Files {
    fn read(&mut self, path: &Path) -> Result<Rc<Tree>, String> {
        if let Some(tree) = self.trees.get(path) {
            return Ok(Rc::clone(tree));
        }
        let tree = Rc::new(Tree::read(path)?);
        self.trees.insert(path.to_owned(), Rc::clone(&tree));
        Ok(tree)
    }

    /// The methods of a path item that stands in `file`, with those of the item that it refers to.
    fn methods(&mut self, file: &Path, item: &Tree) -> Result<Vec<String>, String> {
        let mut methods = self.own_methods(item);
        let mut reference = reference_of(item).map(|reference| (file.to_owned(), reference));
        for _ in 0..MOST_REFERENCES {
            let Some((from, text)) = reference else { break };
            let (file, pointer) = target(&from, &text)?;
            let tree = self.read(&file)?;
            let item = tree.at(&pointer).ok_or_else(|| format!("{text} leads nowhere"))?;
            methods.extend(self.own_methods(item));
            reference = reference_of(item).map(|reference| (file, reference));
        }
        methods.sort_unstable();
        methods.dedup();
        Ok(methods)
    }

    fn own_methods(&self, item: &Tree) -> Vec<String> {
        let known = METHODS.into_iter().chain(self.has_any_method.then_some(QUERY));
        let known = known.filter_map(|method| Some((method, item.member(method)?)));
        let others = item.member(OTHERS).filter(|_| self.has_any_method).and_then(Tree::members).into_iter().flatten();
        let others = others.map(|(method, operation)| (method.as_str(), operation));
        let operations = known.chain(others).filter(|(_, operation)| matches!(operation, Tree::Object(_)));
        operations.map(|(method, _)| method.to_owned()).collect()
    }
}

fn reference_of(item: &Tree) -> Option<String> {
    item.member("$ref")?.scalar().map(str::to_owned)
}

/// The file and the JSON Pointer that a reference in `from` stands for.
fn target(from: &Path, reference: &str) -> Result<(PathBuf, String), String> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let decoded = |text| percent_decode_str(text).decode_utf8().map_err(|error| format!("{reference}: {error}"));
    if file.contains("://") {
        return Err(format!("{reference} is not a file"));
    }
    let folder = from.parent().unwrap_or(Path::new(""));
    let file = if file.is_empty() { from.to_owned() } else { folder.join(decoded(file)?.as_ref()) };
    Ok((file, decoded(fragment)?.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts a document of these files, the first of which it is.
    fn counted(files: &[(&str, &str)]) -> Result<Input, String> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a file");
        }
        count(&folder.path().join(files[0].0))
    }

    #[test]
    fn operations_are_methods_of_path_items() {
        let text = "
openapi: 3.0
components:
  schemas: { Cat: { maximum: 18446744073709552000 }, Dog: {}, 7: {} }
paths:
  x-more: { get: {} }
  /cats: { get: { responses: { 200: {} } }, post: {}, x-put: {}, parameters: [], summary: cats }
  cats/{id}: { delete: !note {}, patch: null }
";
        let input = counted(&[("cats.yaml", text)]).expect("a count");
        assert_eq!((input.version.as_deref(), input.operations, input.schemas), (Some("3.0"), 3, 3));
    }

    #[test]
    fn any_method_is_one_since_3_2() {
        let paths = "{ /a: { get: {}, query: {}, additionalOperations: { COPY: {}, MOVE: 1 } } }";
        for (version, operations) in [("3.1.1", 1), ("3.2.0", 3)] {
            let text = format!("openapi: {version}\npaths: {paths}");
            assert_eq!(counted(&[("a.yaml", &text)]).expect("a count").operations, operations, "{version}");
        }
    }

    #[test]
    fn references_to_path_items_are_followed() {
        let text = r##"{ "swagger": "2.0", "paths": {
            "/cats/{id}": { "get": {}, "put": {} },
            "/dogs/{id}": { "$ref": "#/paths/~1cats~1%7Bid%7D", "put": {}, "head": {} },
            "/birds": { "get": {} },
            "/birds": { "$ref": "more%20items.yaml#/items/1" },
            "/circle": { "$ref": "#/paths/~1circle", "get": {} }
        } }"##;
        let more = "items: [{}, { $ref: 'more items.yaml#/last' }]\nlast: { options: {} }\n";
        let input = counted(&[("cats.json", text), ("more items.yaml", more)]).expect("a count");
        assert_eq!((input.version.as_deref(), input.operations, input.schemas), (Some("2.0"), 2 + 3 + 1 + 1, 0));
    }

    #[test]
    fn what_cannot_be_counted_says_why() {
        let dangling = "paths: { /cats: { $ref: '#/paths/~1dogs' } }";
        assert!(counted(&[("cats.yaml", dangling)]).unwrap_err().contains("#/paths/~1dogs leads nowhere"));
        let remote = "paths: { /cats: { $ref: 'https://cats.example/cats.yaml' } }";
        assert!(counted(&[("cats.yaml", remote)]).unwrap_err().contains("is not a file"));
        assert!(counted(&[("cats.json", "openapi: 3.0.3")]).unwrap_err().contains("cats.json: expected value"));
    }
}
