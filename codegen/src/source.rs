//! The text of a description, and where in it a JSON Pointer points.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{fmt, fs, io};

use crate::diagnostics::{Diagnostic, Diagnostics, Report};
use crate::positions::{Ends, Positions};
use crate::rule::Rule;

/// An OpenAPI description as text, with the name that messages call it by; or an overlay, or a
/// configuration.
#[derive(Clone, Debug)]
pub struct Source {
    name: Arc<str>,
    text: Arc<String>,
    lines: Arc<OnceLock<Lines>>,
    ends: Arc<OnceLock<Ends>>,
    loader: Option<Arc<dyn Loader>>,
    word: Word,
}

/// Whose word a file is. Unless something else is known, it is a stranger's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Word {
    /// The description's, or that of a file that it refers to.
    #[default]
    Described,
    /// That of a configuration that was found beside the description, or of an overlay that it names.
    Found,
    /// That of whoever runs the generator.
    Given,
}

/// What is known of a text as a whole.
#[derive(Debug)]
struct Lines {
    /// Where every line starts.
    starts: Vec<usize>,
    /// How many characters are before every block of bytes: JSON may be one line of megabytes.
    characters: Vec<usize>,
}

/// The size of a block, in bytes.
const BLOCK: usize = 1 << 10;

impl Lines {
    fn of(text: &str) -> Self {
        let starts = [0].into_iter().chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let counts = text.as_bytes().chunks(BLOCK).scan(0, |count, block| {
            let before = *count;
            *count += characters(block);
            Some(before)
        });
        Self { starts, characters: counts.collect() }
    }

    /// How many characters are before a byte of the text.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = (offset / BLOCK).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or_default() + characters(rest)
    }
}

/// How many characters start in a part of a text.
fn characters(bytes: &[u8]) -> usize {
    if bytes.is_ascii() { bytes.len() } else { bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count() }
}

/// Where the other files of a description come from.
pub trait Loader: fmt::Debug + Send + Sync {
    /// Finds the file at a path, which counts from the folder of the description and has slashes
    /// between its parts. It may begin with `..`, or be absolute.
    ///
    /// # Errors
    ///
    /// `NotFound` if there is none; any other error if that cannot be known.
    fn find(&self, path: &str) -> io::Result<Found>;

    /// Reads what was found.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn read(&self, found: &Found) -> io::Result<Vec<u8>>;
}

/// A file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The same for every way to the same file.
    pub id: PathBuf,
    /// Whether it is neither in the folder of the description nor in one below.
    pub is_outside: bool,
}

/// A folder of the disk.
#[derive(Debug)]
struct Folder(PathBuf);

impl Loader for Folder {
    fn find(&self, path: &str) -> io::Result<Found> {
        // Links and `..` are looked through, so that none of them leads outside unseen.
        let id = self.0.join(path).canonicalize()?;
        let is_outside = !id.starts_with(self.0.canonicalize()?);
        Ok(Found { id, is_outside })
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        // A pipe could keep the reader waiting for ever.
        if !fs::metadata(&found.id)?.is_file() {
            return Err(io::Error::other("it is not a file"));
        }
        fs::read(&found.id)
    }
}

/// What of an entry of a mapping is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Key,
    Value,
}

/// The languages that a description can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Json,
    Yaml,
}

impl Source {
    /// A description that is already in memory. `name` is usually its path.
    pub fn new(name: impl Into<String>, text: impl AsRef<str>) -> Self {
        Self::of(name.into(), text.as_ref().to_owned())
    }

    fn of(name: String, mut text: String) -> Self {
        const MARK: char = '\u{feff}';
        if text.starts_with(MARK) {
            text.drain(..MARK.len_utf8());
        }
        Self {
            name: name.into(),
            text: text.into(),
            lines: Arc::default(),
            ends: Arc::default(),
            loader: None,
            word: Word::default(),
        }
    }

    /// A description as bytes.
    ///
    /// # Errors
    ///
    /// When the bytes are not UTF-8; the message names the first offending byte.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let name = name.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let source = Self::new(name, String::from_utf8_lossy(valid) + "\u{fffd}");
                let offset = source.text.len() - '\u{fffd}'.len_utf8();
                let mut report = Report::new(source);
                let diagnostic = Diagnostic::at_offset(Rule::NotUtf8, Some(offset), "this is not UTF-8");
                report.push(diagnostic.help("save the file as UTF-8"));
                Err(report.finish())
            }
        }
    }

    /// Reads a description from a file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or is not UTF-8.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        Self::read_as(path.display().to_string(), path)
    }

    /// Reads a description from a file, and calls it by another name than its path.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_as(name: impl Into<String>, path: &Path) -> Result<Self, Diagnostics> {
        let name = name.into();
        match fs::read(path) {
            Ok(bytes) => {
                let source = match String::from_utf8(bytes) {
                    Ok(text) => Self::of(name, text),
                    Err(error) => Self::from_bytes(name, error.as_bytes())?,
                };
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                Ok(source.with_files(Folder(folder.to_owned())))
            }
            Err(error) => {
                let mut report = Report::new(Self::new(name, ""));
                let message = format!("cannot read the file: {error}");
                let diagnostic = Diagnostic::at_offset(Rule::Unreadable, None, message);
                report.push(match error.kind() {
                    _ if path.to_string_lossy().contains("://") => {
                        diagnostic.help("nothing is fetched: download it, and name the file")
                    }
                    io::ErrorKind::NotFound => {
                        diagnostic.help("check the path; it is relative to the folder you are in")
                    }
                    _ => diagnostic,
                });
                Err(report.finish())
            }
        }
    }

    /// What a path that somebody gives the generator counts from: the folder that it runs in.
    pub(crate) fn here() -> Self {
        Self::new("", "").with_files(Folder(PathBuf::from("."))).spoken_by(Word::Given)
    }

    /// Says where the files come from that the description refers to. Without this, a description that
    /// is in memory has none.
    pub fn with_files(mut self, loader: impl Loader + 'static) -> Self {
        self.loader = Some(Arc::new(loader));
        self
    }

    pub(crate) fn loader(&self) -> Option<Arc<dyn Loader>> {
        self.loader.clone()
    }

    /// What the loader knows the description itself by.
    pub(crate) fn id(&self) -> Option<PathBuf> {
        let file = self.name.rsplit(['/', '\\']).next()?;
        Some(self.loader.as_ref()?.find(file).ok()?.id)
    }

    /// What messages call a file by whose path counts from the folder of this one.
    pub(crate) fn name_beside(&self, path: &str) -> String {
        match self.name.rfind(['/', '\\']) {
            Some(end) if !path.starts_with('/') => format!("{}{path}", self.name.get(..=end).unwrap_or_default()),
            _ => path.to_owned(),
        }
    }

    /// A file beside this one; `Err` with what can be read of it, and the offset of the first byte that
    /// is not UTF-8.
    pub(crate) fn beside(&self, path: &str, bytes: &[u8]) -> Result<Self, (Self, usize)> {
        let name = self.name_beside(path);
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                // From the same folder, the same paths count.
                let loader = self.loader.clone().filter(|_| !path.contains(['/', '\\']));
                Ok(Self { loader, ..Self::new(name, text) })
            }
            Err(error) => {
                let offset = error.valid_up_to();
                let valid = bytes.get(..offset).unwrap_or_default();
                Err((Self::new(name, String::from_utf8_lossy(valid) + "\u{fffd}"), offset))
            }
        }
    }

    /// Finds a file whose path counts from the folder of this one. For what is in memory, there is none.
    pub(crate) fn find(&self, path: &str) -> io::Result<Found> {
        self.loader.as_ref().ok_or(io::ErrorKind::NotFound)?.find(path)
    }

    /// Reads what was found.
    pub(crate) fn load(&self, found: &Found) -> io::Result<Vec<u8>> {
        self.loader.as_ref().ok_or(io::ErrorKind::NotFound)?.read(found)
    }

    pub(crate) fn spoken_by(self, word: Word) -> Self {
        Self { word, ..self }
    }

    pub(crate) fn word(&self) -> Word {
        self.word
    }

    /// The name that messages call the description by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name as it is the same on every machine: of a path that is not below the folder one works
    /// in, the file alone.
    pub(crate) fn portable_name(&self) -> String {
        let name = self.name.replace('\\', "/");
        let portable = !name.starts_with('/') && !name.contains(':') && !name.split('/').any(|part| part == "..");
        let shown = if portable { name.trim_start_matches("./") } else { name.rsplit('/').next().unwrap_or(&name) };
        shown.to_owned()
    }

    /// The text, without a byte-order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// JSON where the name says so or the text looks like it; YAML otherwise.
    pub(crate) fn language(&self) -> Language {
        let named = Path::new(self.name()).extension().is_some_and(|ext| ext.eq_ignore_ascii_case("json"));
        let looks = || {
            self.text.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(&self.text).is_ok()
        };
        if named || looks() { Language::Json } else { Language::Yaml }
    }

    /// Where some pointers point. Costs a second reading of the text, so it is made only for messages.
    pub(crate) fn positions(&self, pointers: &[&str]) -> Positions {
        Positions::of(&self.text, self.language(), pointers, &self.ends)
    }

    fn known_lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::of(&self.text))
    }

    /// Where every line starts.
    fn lines(&self) -> &[usize] {
        &self.known_lines().starts
    }

    /// The number of the line that an offset is on, from 0.
    fn line(&self, offset: usize) -> usize {
        self.lines().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Line and column of a byte offset, from 1, the column in characters.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        let line = self.line(offset);
        let start = self.lines().get(line).copied().unwrap_or_default();
        let before = |offset| self.known_lines().characters_before(&self.text, offset);
        (line + 1, before(offset) - before(start) + 1)
    }

    /// The byte offset of a line and column, both from 1, the column in characters.
    pub(crate) fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.lines().get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let within: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        start + within
    }

    /// The lines that some ranges begin on, and all between: their byte range, and the number of the
    /// first, from 1.
    pub(crate) fn window(&self, spans: &[Range<usize>]) -> (Range<usize>, usize) {
        let starts = || spans.iter().map(|span| span.start);
        let (first, last) = (self.line(starts().min().unwrap_or(0)), self.line(starts().max().unwrap_or(0)));
        let start = self.lines().get(first).copied().unwrap_or(0);
        let end = self.lines().get(last + 1).copied().unwrap_or(self.text.len());
        (start..end, first + 1)
    }

    /// The byte range of the character that covers `offset`.
    pub(crate) fn character_at(&self, offset: usize) -> Range<usize> {
        let start = (0..=offset.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let length = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..start + length
    }

    /// The part of a range that stands on its first line, without trailing blanks. Of very much, it is only
    /// the beginning.
    pub(crate) fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let end = span.end.min(span.start + BLOCK);
        let end = (span.start..=end).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(span.start);
        let text = self.text.get(span.start..end).unwrap_or_default();
        let line = text.lines().next().unwrap_or_default().trim_end();
        span.start..span.start + line.len()
    }
}
