//! Answers that are one page of many: how the next one is asked for, and what is on it.

use super::Origin;

/// A way of an operation from page to page.
#[derive(Clone, Debug)]
pub(crate) struct Pages {
    pub paging: Paging,
    /// The member that says whether there are more pages.
    pub more: Option<Route>,
    /// The member that says that there are none.
    pub done: Option<Route>,
    /// Where the list of items is; `plan` sets it where the description leaves it open.
    pub items: Option<Route>,
    pub said: Said,
    pub origin: Origin,
}

/// How a page leads to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// A value of the answer is sent.
    Cursor { place: Place, from: Source },
    /// Pages have numbers, of which the first one may not be known.
    Number { place: Place, first: Option<u64>, last: Option<Route> },
    /// The items before the page are counted.
    Offset { place: Place },
    /// The answer has the address of the next page.
    Link(Source),
    /// There are no pages, whatever it looks like.
    Never,
}

/// Where in a request it is said which page is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the parameter of this name, or else in the member of the body that this leads to; `plan` finds out which.
    Named(String),
    Parameter(String),
    Member(Route, Carried),
}

/// How the member of a body is written that says which page is wanted; set by `plan`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Carried {
    Text,
    Number,
    /// As the text or the number that it was in the answer.
    #[default]
    AsItCame,
}

/// Where in an answer it is said what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Member(Route),
    Header(String),
    /// The link `next` of the header `Link`.
    Links,
}

/// Who says that an operation has pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Whoever writes for this generator, of the operation.
    Here,
    /// The same, of all operations that have what it speaks of.
    Everywhere,
    /// Whoever writes for another generator, by this extension.
    Elsewhere(&'static str),
    /// Nobody: nothing else can be meant.
    Nobody,
}

/// The names of the members on the way to a value in the body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Route(pub Vec<String>);

impl Route {
    /// The step to the last item of a list.
    pub const LAST: &str = "[-1]";

    /// Reads `data[-1].id`, the same as a path of JSON from `$` on, or a JSON Pointer, whose names may have dots.
    pub fn read(text: &str) -> Option<Self> {
        if let Some(pointer) = text.strip_prefix('/') {
            let steps = pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~"));
            return Some(Self(steps.collect()));
        }
        let text = text.strip_prefix('$').map_or(text, |rest| rest.strip_prefix('.').unwrap_or(rest));
        let mut steps = Vec::new();
        for part in text.split('.').filter(|_| !text.is_empty()) {
            let name = part.trim_end_matches(Self::LAST);
            if name.contains(['[', ']', '*', '(', ')', '\'', '"', ' ']) || (name.is_empty() && part.is_empty()) {
                return None;
            }
            steps.extend((!name.is_empty()).then(|| name.to_owned()));
            let count = (part.len() - name.len()) / Self::LAST.len();
            steps.extend(std::iter::repeat_n(Self::LAST.to_owned(), count));
        }
        Some(Self(steps))
    }

    /// As it is written.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            let dot = if text.is_empty() || step == Self::LAST { "" } else { "." };
            text.extend([dot, step]);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn a_route_is_read_as_it_is_written() {
        for (text, steps) in [
            ("data[-1].id", &["data", "[-1]", "id"][..]),
            ("$.data[-1][-1]", &["data", "[-1]", "[-1]"]),
            ("$", &[]),
            ("", &[]),
            ("[-1].id", &["[-1]", "id"]),
            ("$[-1]", &["[-1]"]),
            ("next", &["next"]),
            ("/@odata.nextLink/a~1b", &["@odata.nextLink", "a/b"]),
        ] {
            assert_eq!(Route::read(text).unwrap().0, steps, "{text}");
        }
        for text in ["a..b", "a.", "a[0]", "a[*].b", "$..a", "a[?(@.b)]", "a['b']"] {
            assert_eq!(Route::read(text), None, "{text}");
        }
        assert_eq!(Route::read("$.data[-1].id").unwrap().text(), "data[-1].id");
    }
}
