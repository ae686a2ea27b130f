//! Values of `Cargo.toml`.

use std::fmt;

use super::signs::is_unseen;

/// A key or a value as TOML has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Toml(String);

impl Toml {
    /// A text as a basic string.
    pub fn text(text: &str) -> Self {
        let mut quoted = String::with_capacity(text.len() + 2);
        quoted.push('"');
        for sign in text.chars() {
            match sign {
                '"' | '\\' => quoted.extend(['\\', sign]),
                _ if is_unseen(sign) => quoted.push_str(&format!("\\u{:04X}", u32::from(sign))),
                _ => quoted.push(sign),
            }
        }
        quoted.push('"');
        Self(quoted)
    }

    /// A name in front of a value.
    pub fn key(name: &str) -> Self {
        let is_bare =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if is_bare { Self(name.to_owned()) } else { Self::text(name) }
    }

    /// A list of texts.
    pub fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> Self {
        let texts: Vec<_> = texts.into_iter().map(|text| Self::text(text).0).collect();
        Self(format!("[{}]", texts.join(", ")))
    }
}

impl fmt::Display for Toml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_within_its_quotes() {
        assert_eq!(Toml::text("a\"b\\c\n\0\u{202e}é").to_string(), r#""a\"b\\c\u000A\u0000\u202Eé""#);
        assert_eq!(Toml::key("serde_json-1").to_string(), "serde_json-1");
        assert_eq!(Toml::key("a]\nb").to_string(), r#""a]\u000Ab""#);
        assert_eq!(Toml::list(&["a".to_owned(), "\"".to_owned()]).to_string(), r#"["a", "\""]"#);
    }
}
