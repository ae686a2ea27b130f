//! What text within a block may hold, and how the text of a block is cut into lines.

use super::{ANGLE, BREAK, FIXED_BLANK, is_web};

/// HTML tags that a reader sees as a line break.
const BREAK_TAGS: [&str; 13] = ["blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "ul"];
/// HTML tags that only change the look of the text.
const STYLE_TAGS: [&str; 10] = ["b", "code", "em", "i", "nobr", "small", "span", "strong", "u", "var"];
/// The longest HTML tag that is looked for, in bytes.
const LONGEST_TAG: usize = 1000;

/// What an HTML tag means to a reader of plain text.
pub(super) enum Html<'a> {
    Break,
    Style,
    /// With the target, if that is a web address.
    LinkStart(Option<&'a str>),
    LinkEnd,
}

/// The HTML tag that `text` starts with, and its length. None if it may be a placeholder in the
/// text, such as `<id>`: only common tags are known.
pub(super) fn html_tag(text: &str) -> Option<(Html<'_>, usize)> {
    let end = text.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let tag = text.get(1..end)?;
    let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let name_end = tag.find([' ', '/']).unwrap_or(tag.len());
    let name = tag[..name_end].to_ascii_lowercase();
    let html = match name.as_str() {
        "a" if closing => Html::LinkEnd,
        "a" => Html::LinkStart(quoted_url(&tag[name_end..])),
        name if BREAK_TAGS.contains(&name) => Html::Break,
        name if STYLE_TAGS.contains(&name) => Html::Style,
        _ => return None,
    };
    Some((html, end + 1))
}

fn quoted_url(attributes: &str) -> Option<&str> {
    let (_, value) = attributes.split_once("href=")?;
    let (url, _) = value.strip_prefix(['"', '\''])?.split_once(['"', '\''])?;
    (is_web(url) && !url.contains([' ', '<', ANGLE])).then_some(url)
}

/// The web address that `text` starts with, without the punctuation of the sentence around it.
/// Empty if there is none, such as in `https://{host}/`.
pub(super) fn bare_url(text: &str) -> &str {
    let host = text.split_once("//").map_or("", |(_, host)| host);
    if !host.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return "";
    }
    let mut escaped = false;
    let end = text.find(|character: char| {
        let stays = if escaped {
            character.is_ascii_punctuation() && !matches!(character, '<' | '>' | '\\')
        } else {
            character.is_ascii_graphic() && !matches!(character, '<' | '>' | '"' | '`' | '|' | '[' | ']')
        };
        escaped = !escaped && character == '\\';
        !stays
    });
    let mut url = &text[..end.unwrap_or(text.len())];
    for entity in ["&lt;", "&gt;", "&quot;"] {
        url = url.split_once(entity).map_or(url, |(before, _)| before);
    }
    let mut open = url.matches(')').count().saturating_sub(url.matches('(').count());
    loop {
        url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '~', '\\']);
        match url.strip_suffix(')') {
            Some(shorter) if open > 0 => (url, open) = (shorter, open - 1),
            _ => break,
        }
    }
    url
}

/// A code block as a fence of `text`, so that it never becomes a doctest.
pub(super) fn fenced(code: &str) -> Vec<String> {
    let backticks = code.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(if backticks < 3 { 3 } else { backticks + 1 });
    let mut lines = vec![format!("{fence}text")];
    lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
    lines.push(fence);
    lines
}

/// The lines of a paragraph; they are filled anew where one is longer than `width` characters.
pub(super) fn paragraph(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in text.split(BREAK) {
        let part = filled(part, width);
        if let (Some(last), false) = (lines.last_mut(), part.is_empty()) {
            last.push('\\');
        }
        lines.extend(part);
    }
    lines
}

/// The lines of a heading; with several, the last is its underline.
pub(super) fn heading(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() == 1 {
        return lines;
    }
    let underline = lines.pop().unwrap_or_default();
    let title = lines.join(" ");
    let title = title.trim();
    if title.is_empty() { Vec::new() } else { vec![guarded(title), underline] }
}

/// The lines of a table. A row may do without its first bar unless another block would come of it.
pub(super) fn table<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let barred = |(number, line): (usize, &str)| {
        // The second line only rules off the head.
        if number == 1 || line.starts_with('|') || (!line.is_empty() && guarded(line) == line) {
            line.to_owned()
        } else {
            format!("| {line}")
        }
    };
    lines.enumerate().map(barred).collect()
}

/// The lines of text without breaks that the reader must see.
pub(in super::super) fn filled(text: &str, width: usize) -> Vec<String> {
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let lines: Vec<_> = lines.map(guarded).collect();
    if lines.iter().all(|line| line.chars().count() <= width) {
        return lines;
    }
    let mut filled: Vec<String> = Vec::new();
    let mut length = 0;
    for word in lines.iter().flat_map(|line| line.split(' ')).filter(|word| !word.is_empty()) {
        let word_length = word.chars().count();
        match filled.last_mut() {
            Some(line) if length + 1 + word_length <= width || !may_break(line, word) => {
                line.push(' ');
                line.push_str(word);
                length += 1 + word_length;
            }
            _ => {
                filled.push(word.to_owned());
                length = word_length;
            }
        }
    }
    filled
}

/// Whether a line may end before `word`: a backslash at its end would make a visible break.
fn may_break(line: &str, word: &str) -> bool {
    !line.ends_with('\\') && guarded(word) == word
}

/// The line with its start escaped if it would be a list, a heading, a quote or the like.
pub(super) fn guarded(line: &str) -> String {
    let word = line.split([' ', FIXED_BLANK]).next().unwrap_or_default();
    let number = word.trim_start_matches(|character: char| character.is_ascii_digit());
    let digits = word.len() - number.len();
    let at = if digits > 0 && matches!(number, "." | ")") {
        digits
    } else if let Some(colon) = definition_colon(line) {
        colon
    } else {
        let marker = !word.is_empty() && word.chars().all(|character| "-+*_=#|:".contains(character));
        if !marker && !line.starts_with("~~~") && !line.starts_with('>') {
            return line.to_owned();
        }
        0
    };
    format!("{}\\{}", &line[..at], &line[at..])
}

/// Where the colon is that makes the line look like the definition of a link.
fn definition_colon(line: &str) -> Option<usize> {
    let label = line.strip_prefix('[')?;
    let (end, _) = label.match_indices(']').find(|&(at, _)| !label[..at].ends_with('\\'))?;
    let colon = end + 2;
    line[colon..].starts_with(':').then_some(colon)
}
