//! Whether YAML nests more deeply than it is read.
//!
//! Its parser keeps a list of the lists and mappings in brackets that are open, and goes through it at each
//! word. A text of brackets that are never closed would take it time that grows with the square of their
//! number, before anybody could say that these are too many.

use saphyr_parser::{Event, Parser};

/// The depth that `serde_yaml` reads, as `serde_json` does.
pub(crate) const DEEPEST: usize = 128;

/// The place of the bracket that opens one level too many, in bytes; or of what is no YAML, and why, where
/// the text may be as deep as that.
pub(super) fn too_deep(text: &str) -> Option<(usize, String)> {
    if most(text) <= DEEPEST {
        return None;
    }
    let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
    let mut depth = 0_usize;
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Some((byte(span.start.index()), format!("it nests more than {DEEPEST} levels")));
                }
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth = depth.saturating_sub(1),
            Ok(_) => {}
            Err(error) => return Some((byte(error.marker().index()), error.info().to_owned())),
        }
    }
    None
}

/// How many brackets may be open at once; never less than there are.
///
/// Only a parser knows whether a sign is within quotes, or the quote is an apostrophe. Both are assumed at
/// once: a count is kept for each of what a sign may be part of, and where two of these meet, the larger one
/// goes on.
fn most(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    // What was open where the quotes, the comment, or the tag that may be here began.
    let (mut single, mut double, mut comment, mut tag) = (0, 0, 0, 0);
    let mut previous = b' ';
    for byte in text.bytes() {
        let before = std::mem::replace(&mut previous, byte);
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b'\'' => (open, single) = (open.max(single), open.max(single)),
            b'"' => (open, double) = (open.max(double), open.max(double)),
            b'#' => comment = open.max(comment),
            b'<' if before == b'!' => tag = open.max(tag),
            b'>' => (open, tag) = (open.max(tag), 0),
            b'\n' | b'\r' => (open, tag, comment) = (open.max(tag).max(comment), 0, 0),
            _ => continue,
        }
        most = most.max(open);
    }
    most.max(single).max(double).max(comment).max(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deep_is_found_whatever_it_looks_like() {
        for part in [
            "[",
            "{a: ",
            "[ \"]\", ",
            "[ '}]', ",
            "[ # ]\n",
            "[ \"\n]\n\", ",
            "[ \"\\\"]\", ",
            "[ 'it''s ]', ",
            "[ !<,]> a, ",
            "{a: [b, {c: d}], e: ",
            "[{a: ",
        ] {
            let deep = format!("x: {}", part.repeat(10_000));
            let (at, why) = too_deep(&deep).unwrap_or_else(|| panic!("{part}"));
            assert!(at <= part.len() * 2 * (DEEPEST + 1) + 3, "{part} {at} {why}");
        }
    }

    #[test]
    fn what_is_usual_needs_no_second_look() {
        for line in [
            "a: [b, 'c]', \"d}\", {e: f}]\n",
            "it's: [not, a, quote]\n",
            "path: /cats/{id}/toys/{toy}\n",
            "# it's a comment [of one line]\n",
            "pattern: '^[a-z]{3}$'\n",
            "a: &b [c]\nd: *b\n",
            "a: [\n  b,\n  'c',\n]\n",
        ] {
            assert!(most(&line.repeat(10_000)) <= DEEPEST, "{line}");
        }
    }

    #[test]
    fn what_is_not_deep_is_read_however_it_looks() {
        let text = "- \"it is [ and { and [\"\n".repeat(10_000);
        assert!(most(&text) > DEEPEST);
        assert_eq!(too_deep(&text), None);
    }
}
