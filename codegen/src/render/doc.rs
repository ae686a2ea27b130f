//! Doc comments.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use proc_macro2::TokenStream;
use quote::quote;

use super::Tokens;
use crate::maps::HashMap;
use crate::texts::{Doc, for_rustdoc};

/// What docs begin with in the code until they are laid out; their number is behind it. They are a third of all lines,
/// and to escape, parse and print them as tokens would cost as much as the code. No text of a description has it.
pub(crate) const MARK: char = '\u{1f}';

thread_local! {
    /// The docs of the file that is made on this thread. Tokens stay on their thread as well.
    static DOCS: RefCell<Docs> = RefCell::default();
}

/// The lines of docs that were made for any file: the same is said in many.
#[derive(Debug, Default)]
pub(crate) struct Known {
    docs: Mutex<HashMap<Doc, Arc<str>>>,
    /// Those of texts of the description that were read ahead, with line ends between them.
    texts: HashMap<String, String>,
}

/// The docs of a file.
#[derive(Default)]
struct Docs {
    known: Arc<Known>,
    /// The lines, by their numbers.
    lines: Vec<Arc<str>>,
    /// The numbers of the lines, by where these are: of many members and parameters, the same is said.
    numbers: HashMap<*const u8, usize>,
}

/// Makes a file, whose docs are kept meanwhile.
pub(crate) fn keeping<R>(known: &Arc<Known>, make: impl FnOnce() -> R) -> R {
    let around = DOCS.replace(Docs { known: Arc::clone(known), ..Docs::default() });
    let made = make();
    DOCS.set(around);
    made
}

/// Looks at the lines of docs by what stands for them in the code; each is to stand behind `///` or `//!`.
pub(crate) fn with_lines(mark: &str, look: impl FnOnce(&str)) {
    let number = mark.strip_prefix(MARK).and_then(|number| number.parse::<usize>().ok());
    DOCS.with_borrow(|docs| look(number.and_then(|number| docs.lines.get(number)).map_or("", |lines| lines)));
}

/// `///` lines.
pub(super) fn outer(doc: &Doc) -> TokenStream {
    kept(doc).map(|mark| quote!(#[doc = #mark])).unwrap_or_default()
}

/// The same, behind the tokens that there are.
pub(super) fn put(doc: &Doc, tokens: &mut Tokens) {
    if let Some(mark) = kept(doc) {
        tokens.sign('#');
        tokens.brackets(|tokens| {
            tokens.word("doc");
            tokens.sign('=');
            tokens.quoted(&mark);
        });
    }
}

/// The same, of an item that is laid out already.
pub(super) fn written(doc: &Doc) -> String {
    doc.lines().iter().flat_map(|line| ["///".to_owned(), spaced(line), "\n".to_owned()]).collect()
}

/// `//!` lines.
pub(super) fn inner(doc: &Doc) -> TokenStream {
    kept(doc).map(|mark| quote!(#![doc = #mark])).unwrap_or_default()
}

/// What stands for docs in the code.
fn kept(doc: &Doc) -> Option<String> {
    let lines = DOCS.with_borrow(|docs| Arc::clone(&docs.known)).lines(doc);
    if lines.is_empty() {
        return None;
    }
    let number = DOCS.with_borrow_mut(|Docs { lines: all, numbers, .. }| {
        *numbers.entry(Arc::as_ptr(&lines).cast()).or_insert_with(|| {
            all.push(lines);
            all.len() - 1
        })
    });
    Some(format!("{MARK}{number}"))
}

impl Known {
    /// Reads texts of the description ahead that may be in docs, which takes a while: it can be done beside other things.
    pub fn read<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut known = HashMap::default();
        for text in texts {
            if !known.contains_key(text) {
                known.insert(text.to_owned(), for_rustdoc(text).join("\n"));
            }
        }
        Self { docs: Mutex::default(), texts: known }
    }

    /// The lines of docs, each as it stands behind the sign of a comment.
    fn lines(&self, doc: &Doc) -> Arc<str> {
        let known = || self.docs.lock().unwrap_or_else(PoisonError::into_inner);
        // A text without a line has none that is empty, either.
        let split = |lines: &String| lines.split_terminator('\n').map(str::to_owned).collect();
        let read = |text: &str| self.texts.get(text).map(split);
        let made = known().get(doc).cloned();
        made.unwrap_or_else(|| {
            let lines: Vec<_> = doc.lines_with(&read).iter().map(|line| spaced(line)).collect();
            let lines: Arc<str> = lines.join("\n").into();
            Arc::clone(known().entry(doc.clone()).or_insert(lines))
        })
    }
}

fn spaced(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// Whether a name of Rust says all that another text does, which has other signs and letters of another case at most.
pub(super) fn says(name: &str, text: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    letters(name).eq(letters(text))
}
