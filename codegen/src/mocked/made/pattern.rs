//! Texts that match patterns, of the simple kind that people describe ids and codes with.

use std::iter::Peekable;
use std::str::Chars;

/// The longest text that is made.
const LONGEST: usize = 1000;

/// How deep groups are read.
const DEEPEST: usize = 8;

/// A text that matches a pattern, and that is so long if the pattern allows; none if that takes more than is understood.
pub fn example(pattern: &str, least: usize) -> Option<String> {
    let mut made = Made { signs: pattern.chars().peekable(), repeats: 1 };
    let text = made.alternatives(0).filter(|_| made.signs.peek().is_none())?;
    if text.chars().count() >= least {
        return Some(text);
    }
    // What may be repeated is.
    let mut made = Made { signs: pattern.chars().peekable(), repeats: least.min(LONGEST) };
    made.alternatives(0)
}

struct Made<'p> {
    signs: Peekable<Chars<'p>>,
    /// How often something is there that may be as often as one likes.
    repeats: usize,
}

impl Made<'_> {
    /// The first of what `|` stands between.
    fn alternatives(&mut self, depth: usize) -> Option<String> {
        let first = self.sequence(depth)?;
        while self.signs.next_if_eq(&'|').is_some() {
            self.sequence(depth)?;
        }
        Some(first)
    }

    fn sequence(&mut self, depth: usize) -> Option<String> {
        let mut text = String::new();
        while let Some(sign) = self.signs.next_if(|sign| !matches!(sign, '|' | ')')) {
            let piece = match sign {
                '^' | '$' => continue,
                '(' => self.group(depth)?,
                '[' => self.class()?.to_string(),
                '\\' => self.escaped()?.to_string(),
                '.' => "a".to_owned(),
                '*' | '+' | '?' | '{' => return None,
                sign => sign.to_string(),
            };
            let count = self.count()?;
            if text.len() + piece.len().saturating_mul(count) > LONGEST {
                return None;
            }
            text.push_str(&piece.repeat(count));
        }
        Some(text)
    }

    fn group(&mut self, depth: usize) -> Option<String> {
        if depth == DEEPEST {
            return None;
        }
        if self.signs.next_if_eq(&'?').is_some() {
            // A group that is only looked at says more than is understood.
            self.signs.next_if_eq(&':')?;
        }
        let text = self.alternatives(depth + 1)?;
        self.signs.next_if_eq(&')')?;
        Some(text)
    }

    /// A sign of a list of them.
    fn class(&mut self) -> Option<char> {
        let is_other = self.signs.next_if_eq(&'^').is_some();
        let mut ranges: Vec<(char, char)> = Vec::new();
        loop {
            let first = match self.signs.next()? {
                ']' if !ranges.is_empty() => break,
                '\\' => self.escaped()?,
                sign => sign,
            };
            let mut ahead = self.signs.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|sign| sign != ']');
            let last = if is_range {
                self.signs.next();
                match self.signs.next()? {
                    '\\' => self.escaped()?,
                    sign => sign,
                }
            } else {
                first
            };
            ranges.push((first, last));
        }
        match is_other {
            false => ranges.first().map(|(first, _)| *first),
            true => {
                let is_out = |sign: &char| !ranges.iter().any(|(first, last)| (first..=last).contains(&sign));
                ['a', 'A', '0', '-', '_', '~'].into_iter().find(is_out)
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        match self.signs.next()? {
            'd' => Some('1'),
            'w' | 'S' | 'D' => Some('a'),
            's' => Some(' '),
            'W' => Some('-'),
            sign if sign.is_ascii_alphanumeric() => None,
            sign => Some(sign),
        }
    }

    /// How often the last piece is there: at least once, if it may be.
    fn count(&mut self) -> Option<usize> {
        let count = match self.signs.peek() {
            Some('*' | '+') => self.repeats,
            Some('?') => 1,
            Some('{') => {
                self.signs.next();
                let mut bounds = String::new();
                while let Some(sign) = self.signs.next_if(|sign| *sign != '}') {
                    bounds.push(sign);
                }
                let (least, most) = bounds.split_once(',').unwrap_or((&bounds, &bounds));
                let least: usize = least.trim().parse().ok()?;
                let most = if most.trim().is_empty() { usize::MAX } else { most.trim().parse().ok()? };
                if most < least {
                    return None;
                }
                least.max(self.repeats).min(most)
            }
            _ => return Some(1),
        };
        self.signs.next();
        // Whether as much as possible is taken makes no difference here.
        self.signs.next_if_eq(&'?');
        Some(count)
    }
}
