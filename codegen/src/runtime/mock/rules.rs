//! What a mock was told to answer.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Mock;
use super::table::Operation;
use super::text::decoded;

/// How calls of an operation are answered, from [`Mock::on`]: always, unless [`once`](Self::once) or
/// [`times`](Self::times) says otherwise.
///
/// ```text
/// mock.on("getCat").once().status(503);
/// mock.on("getCat").after(Duration::from_secs(1)).example("a cat without a name");
/// ```
pub struct On<'m> {
    mock: &'m Mock,
    number: usize,
}

/// What is to be answered.
#[derive(Clone, Default)]
pub struct Told {
    pub example: Option<String>,
    pub status: Option<u16>,
    pub delay: Option<Duration>,
    pub broken: bool,
    /// A media type, and what has it.
    pub body: Option<(String, Bytes)>,
    /// Headers, in place of those that are documented.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

/// All that a mock was told.
#[derive(Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Of the next rule.
    number: usize,
}

struct Rule {
    number: usize,
    /// The place of the operation.
    operation: usize,
    /// For how many calls it still holds, if it does not for all.
    left: Option<usize>,
    told: Told,
}

impl<'m> On<'m> {
    /// The rule of a number.
    pub(super) fn new(mock: &'m Mock, number: usize) -> Self {
        Self { mock, number }
    }

    /// Holds for the next call alone. Of several that do so, each is for a call, in their order.
    pub fn once(self) -> Self {
        self.times(1)
    }

    /// Holds for that many calls alone.
    pub fn times(self, calls: usize) -> Self {
        self.change(|rule| rule.left = Some(calls))
    }

    /// Answers with the example of this name, and with the status that it is documented for.
    ///
    /// # Panics
    ///
    /// If no answer of the operation has an example of this name.
    #[track_caller]
    pub fn example(self, name: &str) -> Self {
        let operation = self.operation();
        let names: Vec<_> = operation.iter().flat_map(|operation| operation.example_names()).collect();
        if !names.contains(&name) {
            let all = if names.is_empty() { String::new() } else { format!("; there is `{}`", names.join("`, `")) };
            let operation = operation.map(|operation| operation.id.as_str()).unwrap_or_default();
            panic!("the API description has no example `{name}` of an answer of `{operation}`{all}");
        }
        self.change(|rule| rule.told.example = Some(name.to_owned()))
    }

    /// Answers with this status, and with what is documented for it: nothing, if that is not described.
    ///
    /// # Panics
    ///
    /// If there is no such status: it has three digits.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        assert!((100..1000).contains(&status), "{status} is no status of HTTP");
        self.change(|rule| rule.told.status = Some(status))
    }

    /// Answers with this body, whatever the description says.
    pub fn body(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        let body = (media_type.to_owned(), body.into());
        self.change(|rule| rule.told.body = Some(body))
    }

    /// Answers with this header, in place of the one that is documented: with a `Link` to [`Mock::server`] there is a next
    /// page.
    ///
    /// # Panics
    ///
    /// If HTTP has no such header.
    #[track_caller]
    pub fn header(self, name: &str, value: &str) -> Self {
        let header = (HeaderName::try_from(name), HeaderValue::try_from(value));
        let (Ok(name), Ok(value)) = header else { panic!("{name:?}: {value:?} is no header of HTTP") };
        self.change(|rule| rule.told.headers.push((name, value)))
    }

    /// Answers after `delay`, which needs the timers of a tokio runtime.
    pub fn after(self, delay: Duration) -> Self {
        self.change(|rule| rule.told.delay = Some(delay))
    }

    /// Breaks the connection instead of answering.
    pub fn broken(self) -> Self {
        self.change(|rule| rule.told.broken = true)
    }

    fn change(self, change: impl FnOnce(&mut Rule)) -> Self {
        if let Some(rule) = self.mock.rules().rules.iter_mut().find(|rule| rule.number == self.number) {
            change(rule);
        }
        self
    }

    fn operation(&self) -> Option<&'m Operation> {
        let place = self.mock.rules().rules.iter().find(|rule| rule.number == self.number).map(|rule| rule.operation);
        self.mock.0.table.operations.get(place?)
    }
}

impl std::fmt::Debug for On<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "On({})", self.operation().map(|operation| operation.id.as_str()).unwrap_or_default())
    }
}

impl Rules {
    /// Adds one of an operation that says nothing yet, and gives its number.
    pub fn add(&mut self, operation: usize) -> usize {
        let number = self.number;
        self.rules.push(Rule { number, operation, left: None, told: Told::default() });
        self.number += 1;
        number
    }

    /// What holds for the next call of an operation.
    pub fn take(&mut self, operation: usize) -> Told {
        self.rules.retain(|rule| rule.left != Some(0));
        let mut of_operation = self.rules.iter_mut().filter(|rule| rule.operation == operation);
        if let Some(Rule { left: Some(left), told, .. }) = of_operation.find(|rule| rule.left.is_some()) {
            *left -= 1;
            return told.clone();
        }
        let last = self.rules.iter().rev().find(|rule| rule.operation == operation);
        last.map(|rule| rule.told.clone()).unwrap_or_default()
    }
}

impl Told {
    /// The same with what a request prefers, in the header `Prefer` of RFC 7240: `code=404`, `example=name`,
    /// `delay=` and milliseconds, `broken`.
    pub fn preferred(mut self, headers: &HeaderMap) -> Self {
        let lines = headers.get_all("prefer").iter().filter_map(|line| line.to_str().ok());
        for preference in lines.flat_map(|line| line.split([',', ';'])) {
            let (name, value) = preference.split_once('=').unwrap_or((preference, ""));
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => self.status = value.parse().ok().filter(|code| (100..1000).contains(code)).or(self.status),
                "example" => self.example = Some(decoded(value)),
                "delay" => self.delay = value.parse().ok().map(Duration::from_millis).or(self.delay),
                "broken" => self.broken = true,
                _ => {}
            }
        }
        self
    }
}
