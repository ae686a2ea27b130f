//! Lists and mappings in brackets, on one line each.

/// The text with each line break and comment within brackets as spaces, of the same number of characters.
///
/// YAML wants the lines of what is in brackets to be indented, and the parser of positions holds to it; the one that
/// reads values does not, nor do people, who put the last bracket under the key.
pub(super) fn flattened(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut quote = None;
    // What came last that is no space, and what came last at all.
    let (mut last, mut previous) = ('\n', '\n');
    let mut is_comment = false;
    for sign in text.chars() {
        is_comment &= sign != '\n';
        is_comment |= depth > 0 && quote.is_none() && sign == '#' && previous.is_whitespace();
        let is_within = depth > 0;
        match (quote, sign) {
            _ if is_comment => {}
            (Some(open), _) if sign == open && !(open == '"' && previous == '\\') => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if is_within && is_start(last) => quote = Some(sign),
            (None, '[' | '{') if is_within || is_start(last) => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        flat.push(if is_within && (is_comment || sign == '\n' || sign == '\r') { ' ' } else { sign });
        if !sign.is_whitespace() || sign == '\n' {
            last = sign;
        }
        previous = sign;
    }
    flat
}

/// Whether a value may start behind a sign.
fn is_start(sign: char) -> bool {
    matches!(sign, ':' | '-' | ',' | '[' | '{' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_brackets_is_on_one_line() {
        let text = "a: {\n  b: [ 1, # one ]\n  2 ], 'c\n': '}\"'\n}\nd: it's [ not one\ne: f\n";
        let flat = flattened(text);
        assert_eq!(flat, "a: {   b: [ 1,           2 ], 'c ': '}\"' }\nd: it's [ not one\ne: f\n");
        assert_eq!(flat.chars().count(), text.chars().count());
    }
}
