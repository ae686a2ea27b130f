//! Ways into values and schemas, which are written out only where something is wrong.

use std::fmt;

use serde_json::Value;

/// A value, and what is looked at of a schema.
#[derive(Clone, Copy)]
pub struct At<'w> {
    pub value: &'w Way<'w>,
    pub keyword: &'w Way<'w>,
}

/// A way from where a look began.
pub struct Way<'w> {
    pub before: Option<&'w Way<'w>>,
    pub step: Step<'w>,
    pub depth: usize,
}

#[derive(Clone, Copy)]
pub enum Step<'w> {
    Name(&'w str),
    Index(usize),
    /// To another place: a URI fragment.
    Root(&'w str),
}

impl<'w> Way<'w> {
    /// Where a look begins.
    pub const START: Self = Way { before: None, step: Step::Root(""), depth: 0 };

    fn then<'n>(&'n self, step: Step<'n>) -> Way<'n>
    where
        'w: 'n,
    {
        Way { before: Some(self), step, depth: self.depth + 1 }
    }
}

impl At<'_> {
    /// Does something at a keyword of the schema.
    pub fn of<R>(self, keyword: &str, work: impl FnOnce(At<'_>) -> R) -> R {
        work(At { keyword: &self.keyword.then(Step::Name(keyword)), ..self })
    }

    /// Does something at a part of a keyword.
    pub fn part<R>(self, keyword: &str, part: Step<'_>, work: impl FnOnce(At<'_>) -> R) -> R {
        self.of(keyword, |at| work(At { keyword: &at.keyword.then(part), ..at }))
    }

    /// Does something at a member or an item of the value.
    pub fn within<R>(self, step: Step<'_>, work: impl FnOnce(At<'_>) -> R) -> R {
        work(At { value: &self.value.then(step), ..self })
    }
}

/// As a JSON Pointer, behind a URI fragment if it leads through a reference.
impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(before), Step::Name(_) | Step::Index(_)) = (self.before, self.step) {
            before.fmt(f)?;
        }
        match self.step {
            Step::Name(name) => write!(f, "/{}", name.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => write!(f, "/{index}"),
            Step::Root(fragment) => f.write_str(fragment),
        }
    }
}

/// What a reference leads to, a URI fragment of the document.
pub fn target<'v>(root: &'v Value, reference: &str) -> Option<&'v Value> {
    let pointer = reference.strip_prefix('#')?;
    // As most of them are.
    if let Some(name) = pointer.strip_prefix("/$defs/").filter(|name| !name.contains(['/', '~', '%'])) {
        return root.get("$defs")?.get(name);
    }
    if pointer.contains('%') { root.pointer(&decoded(pointer)?) } else { root.pointer(pointer) }
}

/// A text without its `%XX`.
fn decoded(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}
