//! Numbers that may come as text: `type: [integer, string]` where the string has digits.

use super::Reading;
use super::integer::integer_of;
use super::merge::Merged;
use crate::api::Type;

impl<'a> Reading<'_, 'a> {
    /// The type of such numbers, if schemas say that values are some: by two types, or by a format and a pattern.
    pub fn number_or_text(&mut self, merged: &Merged<'a>) -> Option<Type> {
        if merged.enumeration.is_some() || merged.is_object() || merged.has_items() || merged.is_replaced() {
            return None;
        }
        let number = match merged.choices.as_slice() {
            [] if merged.typ.is_none() && says_number(merged) && has_digits(merged) => Merged {
                typ: Some(if merged.format.and_then(integer_of).is_some() { "integer" } else { "number" }),
                ..merged.clone()
            },
            [choice] if choice.discriminator.is_none() && choice.variants.len() == 2 => {
                let base = Merged { choices: Vec::new(), ..merged.clone() };
                let mut variants = choice.variants.iter().map(|variant| {
                    let mut joined = base.clone();
                    self.join(variant, &mut joined);
                    joined
                });
                let (one, other) = (variants.next()?, variants.next()?);
                drop(variants);
                let (number, text) = if one.typ == Some("string") { (other, one) } else { (one, other) };
                let is_plain = |merged: &Merged<'_>| {
                    merged.enumeration.is_none()
                        && merged.choices.is_empty()
                        && merged.contradiction.is_none()
                        && !merged.is_replaced()
                };
                let has_no_other = says_number(&text) || (text.format.is_none() && has_digits(&text));
                let is_text = text.typ == Some("string") && is_plain(&text) && has_no_other;
                Some(number).filter(|number| is_text && is_plain(number))?
            }
            _ => return None,
        };
        let number = match (number.typ, number.format) {
            (Some("integer"), _) => self.integer_type(&number).map_or(Type::Number, Type::Integer),
            (Some("number"), Some("decimal")) => Type::Decimal,
            (Some("number"), _) => Type::Number,
            _ => return None,
        };
        Some(Type::NumberOrText(Box::new(number)))
    }
}

/// Whether the format is one of numbers.
fn says_number(merged: &Merged<'_>) -> bool {
    let is_number = |format| integer_of(format).is_some() || matches!(format, "double" | "float" | "decimal");
    merged.format.is_some_and(is_number)
}

/// Whether texts that match the pattern are numbers.
fn has_digits(merged: &Merged<'_>) -> bool {
    let mut patterns = merged.parts.iter().filter_map(|part| part.schema.keywords().limits.pattern).peekable();
    patterns.peek().is_some() && patterns.all(is_numeric)
}

/// Whether a regular expression is about digits, with at most a sign before and a point between them.
fn is_numeric(pattern: &str) -> bool {
    let (mut points, mut has_digits) = (0, false);
    let (mut before, mut rest) = ('^', pattern.chars());
    while let Some(sign) = rest.next() {
        match sign {
            '\\' => match rest.next() {
                Some('d') => has_digits = true,
                Some('.') => points += 1,
                Some('+' | '-') => {}
                _ => return false,
            },
            '0'..='9' => has_digits = true,
            '{' => _ = rest.find(|sign| *sign == '}'),
            // A range, or a sign; what stands between digits is none.
            '-' if rest.as_str().starts_with('?') || matches!(before, '^' | '(' | '|' | '[' | '+' | '0' | '1') => {}
            ':' if before == '?' => {}
            '^' if before == '^' || before == '(' || before == '|' => {}
            'e' | 'E' | '$' | '?' | '*' | '+' | '(' | ')' | '[' | ']' | '|' => {}
            _ => return false,
        }
        before = sign;
    }
    has_digits && points <= 1
}

#[cfg(test)]
mod tests {
    use super::is_numeric;

    #[test]
    fn patterns_of_numbers_are_told() {
        for pattern in [
            r"^-?(?:0|[1-9]\d*)$",
            r"^-?(?:0|[1-9]\d*)(?:\.\d+)?$",
            r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$",
            r"^[0-9]{1,20}$",
            r"^[-+]?\d+$",
            r"\d+",
        ] {
            assert!(is_numeric(pattern), "{pattern}");
        }
        for pattern in [
            "",
            "^$",
            ".*",
            r"^.{1,10}$",
            r"^\d{4}-\d{2}-\d{2}$",
            r"^\d+\.\d+\.\d+$",
            r"^\d+:\d+$",
            "^[^0-9]$",
            "^[a-f0-9]+$",
            r"^\w+$",
            r"^\d+ EUR$",
            r"\",
        ] {
            assert!(!is_numeric(pattern), "{pattern}");
        }
    }
}
