//! Names of the description as words, and words in a case of Rust. The only place that converts case.
//!
//! The words are ASCII: letters of other scripts are transliterated, so that every name can be typed,
//! has one spelling in Unicode, and looks like no other name.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use deunicode::deunicode_char;
use heck::ToSnakeCase;

use crate::maps::HashMap;

/// How names of a kind are written in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Types and variants.
    Type,
    /// Fields, methods and modules.
    Value,
    /// Constants.
    Constant,
}

/// Parts words without being a sign of the name.
const GAP: char = '\n';

/// The most characters that a name has before it is cut.
pub(super) const LONGEST: usize = 160;

/// A name as lower-case words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    parts: Arc<Vec<String>>,
    /// Whether some of the name could only be told by the numbers of its characters.
    pub is_poor: bool,
}

impl Words {
    /// What a reader expects: signs count where they carry the meaning, which is in front, at the end,
    /// and where there is nothing else.
    pub fn of(name: &str) -> Self {
        thread_local! {
            /// What names are in words: the same are asked for again and again.
            static KNOWN: RefCell<HashMap<String, Words>> = RefCell::default();
        }
        const MOST: usize = 1 << 14;
        KNOWN.with_borrow_mut(|known| {
            if let Some(words) = known.get(name) {
                return words.clone();
            }
            if known.len() >= MOST {
                known.clear();
            }
            let words = Self::new(name, false);
            known.insert(name.to_owned(), words.clone());
            words
        })
    }

    /// With a word for each sign.
    pub fn spoken(name: &str) -> Self {
        Self::new(name, true)
    }

    fn new(name: &str, all_signs: bool) -> Self {
        if name.is_empty() {
            return Self { parts: vec!["empty".to_owned()].into(), is_poor: false };
        }
        if let (Some(parts), false) = (plain(name), all_signs) {
            return Self { parts: parts.into(), is_poor: false };
        }
        let (mut text, mut is_poor) = ascii(name);
        if text.chars().all(|sign| sign == GAP) {
            // Marks that have no sign of their own.
            text = name.chars().map(code_point).collect();
            is_poor = true;
        }
        Self { parts: split(&spell(&text, all_signs)).into(), is_poor }
    }

    /// One by one.
    pub fn into_parts(self) -> Vec<String> {
        Arc::unwrap_or_clone(self.parts)
    }

    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The words but for some of them.
    pub fn without(&self, range: Range<usize>) -> Self {
        let mut words = self.clone();
        Arc::make_mut(&mut words.parts).drain(range);
        words
    }

    pub fn starts_with_digit(&self) -> bool {
        self.parts.first().is_some_and(|first| first.starts_with(|sign: char| sign.is_ascii_digit()))
    }

    /// The words with another one behind them.
    pub fn and(mut self, word: &str) -> Self {
        Arc::make_mut(&mut self.parts).push(word.to_owned());
        self
    }

    /// These words, and behind them those of another name.
    pub fn then(mut self, other: Self) -> Self {
        self.is_poor |= other.is_poor;
        Arc::make_mut(&mut self.parts).extend(other.into_parts());
        self
    }

    /// The words with the numbers of a name's other than ASCII characters, if they are few.
    pub fn and_characters(mut self, name: &str) -> Self {
        const FEW: usize = 2;
        let others = || name.chars().filter(|sign| !sign.is_ascii());
        if others().count() <= FEW {
            Arc::make_mut(&mut self.parts).extend(others().map(|sign| code_point(sign).replace(GAP, "")));
        }
        self
    }

    /// Whether the word is the last one.
    pub fn ends_with(&self, word: &str) -> bool {
        self.parts.last().is_some_and(|last| last == word)
    }

    /// Whether the name is too long, and cut where it is written.
    pub fn is_long(&self) -> bool {
        self.length() > LONGEST
    }

    fn length(&self) -> usize {
        self.parts.iter().map(|part| part.len() + 1).sum()
    }

    /// As Rust writes it. What starts with a digit gets an `n` for "number"; what is too long is cut
    /// between words, and ends in the hash of the whole.
    pub fn in_case(&self, case: Case) -> String {
        let cut = self.is_long().then(|| self.cut());
        let parts = cut.as_deref().unwrap_or(&**self.parts);
        let mut name = String::with_capacity(self.length());
        for part in parts {
            // `1.10` is not `11.0`.
            let is_between_digits = name.ends_with(|last: char| last.is_ascii_digit())
                && part.starts_with(|first: char| first.is_ascii_digit());
            if !name.is_empty() && (case != Case::Type || is_between_digits) {
                name.push('_');
            }
            let start = name.len();
            name.push_str(part);
            let capitals = match case {
                Case::Type => start..start + part.len().min(1),
                Case::Value => start..start,
                Case::Constant => start..name.len(),
            };
            if let Some(capitals) = name.get_mut(capitals) {
                capitals.make_ascii_uppercase();
            }
        }
        let number = if case == Case::Value { 'n' } else { 'N' };
        if name.starts_with(|first: char| first.is_ascii_digit()) { format!("{number}{name}") } else { name }
    }

    /// As many words as fit, and the hash of all.
    fn cut(&self) -> Vec<String> {
        let mut length = 0;
        let fitting = self.parts.iter().take_while(|part| {
            length += part.len() + 1;
            length <= LONGEST - 10
        });
        let mut parts: Vec<_> = fitting.cloned().collect();
        if parts.is_empty() {
            parts.extend(self.parts.first().map(|part| part.chars().take(LONGEST - 10).collect::<String>()));
        }
        parts.push(hash(&self.parts.join("_")));
        parts
    }
}

/// A few letters that stand for a text, the same ones whenever and wherever.
pub(super) fn hash(text: &str) -> String {
    // FNV-1a: the hashes of the standard library may change.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("x{:06x}", (hash ^ (hash >> 32)) & 0x00ff_ffff)
}

/// The word for how a name has capital letters, where that is not how Rust writes it anyway.
pub(super) fn capitals(name: &str, case: Case) -> Option<&'static str> {
    let (text, _) = ascii(name);
    let has = |of: fn(&char) -> bool| text.chars().any(|letter| of(&letter));
    let (upper, lower) = (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase));
    let is_one = !text.contains(|sign: char| !sign.is_ascii_alphanumeric());
    let starts_large = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_uppercase())
            && !word.chars().skip(1).any(|letter| letter.is_ascii_uppercase())
    };
    let word = match (upper, lower) {
        (false, false) => return None,
        (true, false) => "upper",
        (false, true) => "lower",
        _ if text.split(|sign: char| !sign.is_ascii_alphanumeric()).all(starts_large) => "capitalized",
        _ if is_one && text.starts_with(|first: char| first.is_ascii_lowercase()) => "camel",
        _ if is_one => "pascal",
        _ => "mixed",
    };
    let usual = match case {
        Case::Type => "pascal",
        Case::Value => "lower",
        Case::Constant => "upper",
    };
    (word != usual).then_some(word)
}

/// A name in ASCII, and whether characters of it could only be told by their numbers.
fn ascii(name: &str) -> (String, bool) {
    let mut text = String::with_capacity(name.len());
    let mut is_poor = false;
    for sign in name.chars() {
        if sign.is_ascii() {
            text.push(if sign.is_ascii_control() { GAP } else { sign });
            continue;
        }
        match deunicode_char(sign) {
            Some(letters) if sign.is_alphabetic() && !letters.is_empty() => text.push_str(letters),
            Some("") => {}
            // A picture or a sign: a word for itself.
            Some(word) => {
                text.push(GAP);
                text.push_str(word.trim());
                text.push(GAP);
            }
            None => {
                text.push_str(&code_point(sign));
                is_poor = true;
            }
        }
    }
    (text, is_poor)
}

fn code_point(sign: char) -> String {
    format!("{GAP}u{:04x}{GAP}", u32::from(sign))
}

/// Words with blanks between them, and words for signs.
fn spell(text: &str, all_signs: bool) -> String {
    let is_word = |sign: char| sign.is_ascii_alphanumeric();
    let first = text.find(is_word).unwrap_or(text.len());
    let last = text.rfind(is_word).unwrap_or(0);
    let only_signs = first == text.len();
    let mut spelled = String::new();
    for (at, sign) in text.char_indices() {
        if is_word(sign) {
            spelled.push(sign);
            continue;
        }
        let counts = all_signs
            || only_signs
            || (at < first && matches!(sign, '+' | '-' | '<' | '>' | '=' | '!'))
            || (at > last && matches!(sign, '+' | '-'));
        let is_between = at > first && at < last;
        spelled.push(' ');
        if counts && sign != GAP {
            spelled.push_str(if sign == '-' && is_between { "hyphen" } else { sign_word(sign) });
            spelled.push(' ');
        }
    }
    spelled
}

/// The words of a name that is nothing but words: small letters and digits with blanks or underscores between them, as
/// most names are.
fn plain(name: &str) -> Option<Vec<String>> {
    let is_gap = |byte: u8| matches!(byte, b'_' | b' ');
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_plain = name.bytes().all(|byte| is_word(byte) || is_gap(byte)) && name.bytes().any(is_word);
    let parts = || name.split('_').flat_map(|part| part.split(' ')).filter(|part| !part.is_empty());
    is_plain.then(|| parts().map(str::to_owned).collect())
}

/// The words between blanks, and those that capital letters tell apart.
fn split(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        match word.contains(|sign: char| sign.is_ascii_uppercase()) {
            true => parts.extend(abbreviations(word).to_snake_case().split('_').map(str::to_owned)),
            false => parts.push(word.to_owned()),
        }
    }
    if parts.is_empty() { vec!["empty".to_owned()] } else { parts }
}

/// A word in which the small letter behind an abbreviation is a part of it: `IDs` and `IPv6` are one word each. In front of
/// another version, a word begins: `APIv2`.
fn abbreviations(word: &str) -> Cow<'_, str> {
    let bytes = word.as_bytes();
    let is_abbreviated =
        |at: usize| bytes.get(at.wrapping_sub(2)..at).is_some_and(|before| before.iter().all(u8::is_ascii_uppercase));
    let is_part = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b's'), next) => is_abbreviated(at) && !next.is_some_and(u8::is_ascii_lowercase),
        (Some(b'v'), Some(next)) => is_abbreviated(at) && next.is_ascii_digit(),
        _ => false,
    };
    if !(0..bytes.len()).any(is_part) {
        return Cow::Borrowed(word);
    }
    let letters = word.char_indices().flat_map(|(at, letter)| {
        let is_apart = letter == 'v' && !word.get(..at).is_some_and(|before| before.ends_with("IP"));
        match (is_part(at), is_apart) {
            (true, true) => [Some('_'), Some(letter)],
            (true, false) => [Some(letter.to_ascii_uppercase()), None],
            (false, _) => [Some(letter), None],
        }
    });
    Cow::Owned(letters.flatten().collect())
}

fn sign_word(sign: char) -> &'static str {
    match sign {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '@' => "at",
        '#' => "hash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '?' => "question",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        ' ' => "space",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '\'' => "apostrophe",
        '"' => "quote",
        '`' => "backtick",
        _ => "",
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
