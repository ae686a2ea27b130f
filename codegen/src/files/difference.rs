//! How two texts differ, as a unified diff says it.

use std::fmt::Write as _;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};

/// How many lines are shown around those that differ.
const CONTEXT: u32 = 3;

/// The unified diff of two texts, each with its name; nothing if they are the same.
pub(super) fn unified((old_name, old): (&str, &str), (new_name, new): (&str, &str)) -> String {
    let lines = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &lines);
    diff.postprocess_lines(&lines);
    let hunks: Vec<_> = diff.hunks().collect();
    if hunks.is_empty() {
        return String::new();
    }
    let mut text = format!("--- {old_name}\n+++ {new_name}\n");
    for near in hunks.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT) {
        push(&mut text, near, &lines);
    }
    text
}

/// Puts changes that are near each other behind the others, with the lines around them.
fn push(text: &mut String, changes: &[Hunk], lines: &InternedInput<&str>) {
    let ([first, ..], [.., last]) = (changes, changes) else { return };
    let above = first.before.start.min(CONTEXT);
    let below = (count(lines.before.len()) - last.before.end).min(CONTEXT);
    let shown = |first: &Range<u32>, last: &Range<u32>| first.start - above..last.end + below;
    let (old, new) = (shown(&first.before, &last.before), shown(&first.after, &last.after));
    let _ = writeln!(text, "@@ -{} +{} @@", place(&old), place(&new));
    let mut at = old.start;
    for change in changes {
        push_lines(text, ' ', lines, Side::Old, at..change.before.start);
        push_lines(text, '-', lines, Side::Old, change.before.clone());
        push_lines(text, '+', lines, Side::New, change.after.clone());
        at = change.before.end;
    }
    push_lines(text, ' ', lines, Side::Old, at..old.end);
}

enum Side {
    Old,
    New,
}

fn push_lines(text: &mut String, sign: char, lines: &InternedInput<&str>, side: Side, range: Range<u32>) {
    let tokens = match side {
        Side::Old => &lines.before,
        Side::New => &lines.after,
    };
    for token in tokens.get(range.start as usize..range.end as usize).unwrap_or_default() {
        let line = lines.interner[*token];
        let end = if line.ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
        let _ = write!(text, "{sign}{line}{end}");
    }
}

/// Where lines are: the first of them, counted from one, and how many; none are behind that line.
fn place(lines: &Range<u32>) -> String {
    match lines.end - lines.start {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

/// How many lines there are; texts have fewer than the diff can count.
fn count(lines: usize) -> u32 {
    u32::try_from(lines).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::unified;

    fn numbers(range: std::ops::RangeInclusive<u32>) -> String {
        range.map(|number| format!("{number}\n")).collect()
    }

    fn difference(old: &str, new: &str) -> String {
        unified(("a/x", old), ("b/x", new))
    }

    #[test]
    fn changes_are_shown_between_the_lines_around_them() {
        let old = numbers(1..=30);
        let new = old.replace("\n5\n", "\nfive\n").replace("\n25\n", "\n").replace("\n28\n", "\n28\nmore\n");
        let shown = "--- a/x\n+++ b/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n\
                     @@ -22,9 +22,9 @@\n 22\n 23\n 24\n-25\n 26\n 27\n 28\n+more\n 29\n 30\n";
        assert_eq!(difference(&old, &new), shown);
    }

    #[test]
    fn a_text_may_begin_or_end_with_a_change_or_be_none() {
        assert_eq!(difference("", "1\n2\n"), "--- a/x\n+++ b/x\n@@ -0,0 +1,2 @@\n+1\n+2\n");
        assert_eq!(difference("1\n", ""), "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-1\n");
        assert_eq!(difference("1\n", "1\n"), "");
        let without_end = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n 1\n-2\n+2\n\\ No newline at end of file\n";
        assert_eq!(difference("1\n2\n", "1\n2"), without_end);
    }

    #[test]
    fn texts_that_have_nothing_in_common_take_no_longer_than_others() {
        let (old, new) = (numbers(1..=100_000), numbers(200_000..=300_000));
        assert_eq!(difference(&old, &new).lines().count(), 200_004);
    }
}
