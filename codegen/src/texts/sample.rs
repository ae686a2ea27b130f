//! Code in docs that rustdoc compiles, and runs: the only such code there is.

use std::ops::{Add, AddAssign};

use super::prose::is_name;

/// Rust of ours, with names of the emitted crate in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Sample(String);

impl From<&'static str> for Sample {
    fn from(ours: &'static str) -> Self {
        Self(ours.to_owned())
    }
}

impl<T: Into<Sample>> Add<T> for Sample {
    type Output = Self;

    fn add(mut self, more: T) -> Self {
        self += more;
        self
    }
}

impl<T: Into<Sample>> AddAssign<T> for Sample {
    fn add_assign(&mut self, more: T) {
        self.0.push_str(&more.into().0);
    }
}

impl Sample {
    /// The same with a name in place of a word of ours.
    pub fn with(self, word: &'static str, name: Self) -> Self {
        Self(self.0.replace(word, &name.0))
    }

    /// Several, with something between them.
    pub fn joined(all: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let all: Vec<_> = all.into_iter().map(|one| one.0).collect();
        Self(all.join(between))
    }

    pub(super) fn lines(&self, attribute: &'static str) -> Vec<String> {
        let mut lines = vec![format!("```{attribute}")];
        lines.extend(self.0.trim_matches('\n').lines().map(str::to_owned));
        lines.push("```".to_owned());
        lines
    }
}

/// A name of the emitted crate. What is no part of any is left out.
pub(crate) fn name(text: &str) -> Sample {
    let plain = text.strip_prefix("r#").unwrap_or(text);
    if is_name(plain) {
        Sample(text.to_owned())
    } else {
        Sample(plain.replace(|sign: char| !is_name(sign.encode_utf8(&mut [0; 4])), ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_other_code() {
        let sample = Sample::from("use ") + name("r#move") + ";\n" + name("cats;\n```\n```");
        assert_eq!(sample.lines("no_run"), ["```no_run", "use r#move;", "cats", "```"]);
    }
}
