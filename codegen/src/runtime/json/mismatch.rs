//! Why a JSON value does not fit a type.

use std::any::TypeId;
use std::borrow::Cow;
use std::fmt;

use super::Json;

/// How many characters of an unfitting string or number an error shows.
const EXCERPT: usize = 40;

/// A JSON value is not what the description of the API says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    // Boxed, to keep the results of reading small.
    details: Box<Details>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    /// The steps to the value, innermost first, as reading returns outwards.
    steps: Vec<Cow<'static, str>>,
    expected: Cow<'static, str>,
    found: String,
    /// The union that the value is being read as already, if that is why.
    leads_back_to: Option<TypeId>,
}

impl Mismatch {
    /// A value that should have been something else; `expected` reads like
    /// "a string".
    pub(crate) fn new(expected: impl Into<Cow<'static, str>>, found: &Json<'_>) -> Self {
        Self::from_parts(expected.into(), describe(found))
    }

    /// An object without a member that it must have.
    pub(crate) fn missing(name: &str) -> Self {
        Self::from_parts(format!("a member `{name}`").into(), "none".to_owned())
    }

    /// A list without the item of an index, which it must have.
    pub(crate) fn missing_item(index: usize) -> Self {
        match index {
            0 => Self::from_parts("an item".into(), "none".to_owned()),
            _ => Self::from_parts(format!("at least {} items", index + 1).into(), index.to_string()),
        }
    }

    /// A value that is being read as the union `of`, by way of a variant that is that union.
    pub(crate) fn leading_back(of: TypeId, found: &Json<'_>) -> Self {
        let mut mismatch = Self::new("a value of a variant that is not the union itself", found);
        mismatch.details.leads_back_to = Some(of);
        mismatch
    }

    pub(crate) fn leads_back_to(&self) -> Option<TypeId> {
        self.details.leads_back_to
    }

    fn from_parts(expected: Cow<'static, str>, found: String) -> Self {
        let steps = Vec::new();
        Self { details: Box::new(Details { steps, expected, found, leads_back_to: None }) }
    }

    /// The same mismatch, seen from the object or array around it: `step` is
    /// a member's name or an item's index.
    #[must_use]
    pub(crate) fn inside(mut self, step: impl Into<Cow<'static, str>>) -> Self {
        self.details.steps.push(step.into());
        self
    }

    /// Where the value is, as a JSON Pointer; empty for the whole document.
    pub fn pointer(&self) -> String {
        let steps = self.details.steps.iter().rev();
        steps.fold(String::new(), |pointer, step| pointer + "/" + &step.replace('~', "~0").replace('/', "~1"))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer().as_str() {
            "" => f.write_str("at the top")?,
            pointer => write!(f, "at {pointer}")?,
        }
        write!(f, ": expected {}, found {}", self.details.expected, self.details.found)
    }
}

impl std::error::Error for Mismatch {}

fn describe(json: &Json<'_>) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(text) => format!("the number {}", excerpt(text)),
        Json::String(text) => format!("the string {:?}", excerpt(text)),
        Json::Array(_) => "an array".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}

fn excerpt(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
