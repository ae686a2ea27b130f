//! The lists of reserved names are complete: whatever the emitted code of any fixture names without
//! having made it, no name of a description can be.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Block, Fields, FnArg, ImplItem, Item, ItemImpl, Pat, Signature, Stmt, Type, UseTree};

use super::Use;
use crate::{Options, Source};

/// An emitted file, and the fixture it is of.
struct Emitted {
    place: String,
    path: String,
    text: String,
}

static EMITTED: LazyLock<Vec<Emitted>> = LazyLock::new(|| {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut emitted = Vec::new();
    // The runtime is the same in all of them.
    let mut seen = HashSet::new();
    for folder in fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path()) {
        let text = ["spec.yaml", "spec.json"].iter().find_map(|name| fs::read_to_string(folder.join(name)).ok());
        let source = Source::new("spec.yaml", text.unwrap());
        let Ok(generated) = crate::generate(&source, &Options::default()) else { continue };
        for (path, text) in generated.files().iter().filter(|(path, _)| path.ends_with(".rs")) {
            if seen.insert((path.to_owned(), text.to_owned())) {
                let place = format!("{}: {path}", folder.display());
                emitted.push(Emitted { place, path: path.to_owned(), text: text.to_owned() });
            }
        }
    }
    emitted
});

/// The files that `wanted` picks, by their path.
fn files(wanted: fn(&str) -> bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let files: Vec<_> = EMITTED.iter().filter(|file| wanted(&file.path)).collect();
    assert!(!files.is_empty(), "the fixtures are elsewhere");
    files.into_iter().map(|file| (file.place.as_str(), file.text.as_str()))
}

/// Fails with everything that is not reserved, each with a place that has it.
fn reserved(names: impl IntoIterator<Item = (&'static str, String)>, scopes: &[Use]) {
    let mut missing = BTreeMap::new();
    for (place, name) in names {
        for scope in scopes.iter().filter(|scope| !scope.is_reserved(&name)) {
            missing.insert((name.clone(), format!("{scope:?}")), place);
        }
    }
    assert!(missing.is_empty(), "reserve these names: {missing:#?}");
}

fn is_operations(path: &str) -> bool {
    path == "src/operations.rs" || path.starts_with("src/operations/")
}

/// The capitalized names that a file has without a path before them, but for those that it defines.
fn foreign(text: &str) -> BTreeSet<String> {
    let mut defined = BTreeSet::new();
    for item in syn::parse_file(text).unwrap().items {
        match item {
            Item::Struct(item) => _ = defined.insert(item.ident.to_string()),
            Item::Type(item) => _ = defined.insert(item.ident.to_string()),
            Item::Enum(item) => {
                defined.insert(item.ident.to_string());
                defined.extend(item.variants.iter().map(|variant| {
                    assert!(!matches!(variant.fields, Fields::Named(_)));
                    variant.ident.to_string()
                }));
            }
            _ => {}
        }
    }
    let mut names = BTreeSet::new();
    collect(text.parse().unwrap(), &mut names);
    &names - &defined
}

fn collect(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let (mut before, mut last) = (String::new(), String::new());
    for token in tokens {
        match &token {
            // Attributes are resolved apart.
            TokenTree::Group(_) if last == "#" || (before == "#" && last == "!") => {}
            TokenTree::Group(group) => collect(group.stream(), names),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let is_path = before == ":" && last == ":";
                let is_definition = matches!(last.as_str(), "type" | "const");
                // What its items are, which is no name of the scope.
                let is_associated = before == "IntoIterator" && last == "<";
                if name.starts_with(char::is_uppercase) && !is_path && !is_definition && !is_associated {
                    names.insert(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        before = std::mem::replace(&mut last, token.to_string());
    }
}

fn all_foreign(wanted: fn(&str) -> bool) -> impl Iterator<Item = (&'static str, String)> {
    files(wanted).flat_map(|(place, text)| foreign(text).into_iter().map(move |name| (place, name)))
}

#[test]
fn types_are_not_called_like_what_their_module_uses() {
    reserved(all_foreign(|path| path == "src/types.rs"), &[Use::Schema]);
}

#[test]
fn operations_are_not_called_like_what_their_module_uses() {
    reserved(all_foreign(is_operations), &[Use::Operation, Use::Group]);
}

#[test]
fn credentials_are_not_called_like_what_their_module_uses() {
    reserved(all_foreign(|path| path == "src/credentials.rs"), &[Use::Credential]);
}

#[test]
fn servers_are_not_called_like_what_their_module_uses() {
    reserved(all_foreign(|path| path == "src/servers.rs"), &[Use::Server]);
}

#[test]
fn modules_are_not_called_like_what_their_parent_imports() {
    let mut names = Vec::new();
    for (place, text) in files(|path| path == "src/operations.rs") {
        for item in syn::parse_file(text).unwrap().items {
            let Item::Use(item) = item else { continue };
            let mut found = Vec::new();
            imported(&item.tree, &mut found);
            found.retain(|name| name.starts_with(char::is_lowercase) && name != "crate");
            names.extend(found.into_iter().map(|name| (place, name)));
        }
    }
    reserved(names, &[Use::Module]);
}

/// The first segments and the names of an import.
fn imported(tree: &UseTree, names: &mut Vec<String>) {
    fn leaves(tree: &UseTree, names: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => leaves(&path.tree, names),
            UseTree::Name(name) => names.push(name.ident.to_string()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
            UseTree::Rename(_) | UseTree::Glob(_) => panic!("emitted code imports by name"),
        }
    }
    if let UseTree::Path(path) = tree {
        names.push(path.ident.to_string());
    }
    leaves(tree, names);
}

/// The functions that a file gives to a type by itself.
fn functions(text: &str, owner: Option<&str>) -> Vec<(Signature, Block)> {
    let is_own = |item: &ItemImpl| match (&*item.self_ty, owner) {
        (_, None) => true,
        (Type::Path(ty), Some(owner)) => item.trait_.is_none() && ty.path.segments.last().unwrap().ident == owner,
        _ => false,
    };
    let items = syn::parse_file(text).unwrap().items.into_iter();
    let blocks = items.filter_map(|item| if let Item::Impl(item) = item { Some(item) } else { None }).filter(is_own);
    let functions = blocks.flat_map(|item| item.items).filter_map(|item| match item {
        ImplItem::Fn(function) => Some((function.sig, function.block)),
        _ => None,
    });
    functions.collect()
}

fn methods(owner: &'static str) -> impl Iterator<Item = (&'static str, String)> {
    let files = files(|path| path.starts_with("src/runtime/"));
    files.flat_map(move |(place, text)| {
        functions(text, Some(owner)).into_iter().map(move |(signature, _)| (place, signature.ident.to_string()))
    })
}

#[test]
fn setters_are_not_called_like_methods_of_a_call() {
    assert!(methods("Call").any(|(_, name)| name == "send"));
    // Calls of the caller's own are of no operation, and have no setters.
    let of_operations = || methods("Call").filter(|(place, _)| !place.ends_with("src/runtime/custom.rs"));
    reserved(of_operations(), &[Use::PagedSetter]);
    // Only what has pages has the methods that lead to them.
    reserved(of_operations().filter(|(place, _)| !place.ends_with("/pages.rs")), &[Use::Setter]);
}

#[test]
fn operations_are_not_called_like_methods_of_a_client() {
    assert!(methods("Client").any(|(_, name)| name == "builder"));
    reserved(methods("Client"), &[Use::ClientMethod, Use::Module]);
}

#[test]
fn arguments_are_not_called_like_local_variables() {
    let ident = |pattern: &Pat| match pattern {
        Pat::Ident(pattern) => Some(pattern.ident.to_string()),
        Pat::Type(typed) => match &*typed.pat {
            Pat::Ident(pattern) => Some(pattern.ident.to_string()),
            _ => None,
        },
        _ => None,
    };
    let mut names = Vec::new();
    for (place, text) in files(is_operations) {
        for (signature, block) in functions(text, None) {
            let arguments = signature.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(input) => ident(&input.pat),
                FnArg::Receiver(_) => None,
            });
            let arguments: BTreeSet<_> = arguments.collect();
            let locals = block.stmts.iter().filter_map(|statement| match statement {
                Stmt::Local(local) => Some(ident(&local.pat).expect("a plain `let`")),
                _ => None,
            });
            names.extend(locals.filter(|local| !arguments.contains(local)).map(|local| (place, local)));
        }
    }
    reserved(names, &[Use::Argument]);
}
