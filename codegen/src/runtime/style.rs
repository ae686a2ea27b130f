//! How values are written into parameters and forms: `style` and `explode` of OpenAPI 3.0.4, which
//! stand on RFC 6570.
//!
//! Whether a value is plain, a list or an object is seen from its JSON, so that one writer serves
//! all types. What RFC 6570 calls undefined (`null`, an empty list, an object without members) is
//! left out as a member, as an item, and wherever a whole parameter can be.

use std::borrow::Cow;

use super::escape::Escape;
use super::json::Json;
use super::request_error::RequestError;

/// `style` and `explode`, with `allowReserved` and `allowEmptyValue`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    reserved: bool,
    empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    /// Like a form, with nothing escaped.
    Cookie,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// JSON, whatever the value is: `content` or `contentType`.
    Json,
    /// What a form does by itself: a plain value as it is, a list item by item, an object as JSON.
    Property,
}

impl Style {
    pub const SIMPLE: Self = Self::of(Kind::Simple);
    pub const LABEL: Self = Self::of(Kind::Label);
    pub const MATRIX: Self = Self::of(Kind::Matrix);
    pub const FORM: Self = Self::of(Kind::Form);
    pub const COOKIE: Self = Self::of(Kind::Cookie);
    pub const SPACE_DELIMITED: Self = Self::of(Kind::SpaceDelimited);
    pub const PIPE_DELIMITED: Self = Self::of(Kind::PipeDelimited);
    pub const DEEP_OBJECT: Self = Self::of(Kind::DeepObject);
    pub const JSON: Self = Self::of(Kind::Json);
    pub const PROPERTY: Self = Self::of(Kind::Property);

    const fn of(kind: Kind) -> Self {
        Self { kind, explode: false, reserved: false, empty: false }
    }

    /// With `explode: true`.
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// With `allowReserved: true`.
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// With `allowEmptyValue: true`: what is undefined is sent as `name=`.
    pub const fn or_empty(self) -> Self {
        Self { empty: true, ..self }
    }

    /// Whether a value is sent as it is, whatever it has.
    pub const fn is_verbatim(self) -> bool {
        matches!(self.kind, Kind::Cookie)
    }

    pub const fn allows_reserved(self) -> bool {
        self.reserved
    }

    /// The sign between the items of a list that is one text.
    const fn delimiter(self) -> char {
        match self.kind {
            Kind::SpaceDelimited => ' ',
            Kind::PipeDelimited => '|',
            Kind::Label if self.explode => '.',
            _ => ',',
        }
    }
}

/// Writes the value of one parameter, or of one property of a form.
pub struct Writer<'a> {
    pub name: &'a str,
    pub style: Style,
    pub escape: Escape,
}

impl Writer<'_> {
    /// The value as `name=value` pairs, for a query, a cookie or a form.
    pub fn pairs(&self, value: &Json<'_>) -> Result<Vec<String>, RequestError> {
        let name = self.escape.name(self.name);
        let pair = |text: String| vec![format!("{name}={text}")];
        let explode = self.style.explode;
        match (self.style.kind, value) {
            (Kind::Json, _) | (Kind::Property, Json::Object(_)) => Ok(pair(self.json(value)?)),
            (Kind::Property, Json::Array(items)) => self.each(&name, items),
            _ if is_undefined(value) && self.style.empty => Ok(pair(String::new())),
            _ if is_undefined(value) => Ok(Vec::new()),
            (Kind::DeepObject, _) => {
                let mut pairs = Vec::new();
                self.deep(&name, value, &mut pairs)?;
                Ok(pairs)
            }
            (_, Json::Array(items)) if explode => self.each(&name, items),
            (_, Json::Object(members)) if explode => self.member_pairs(members),
            _ => Ok(pair(self.joined(value)?)),
        }
    }

    /// The value as one text, for a path or a header.
    pub fn text(&self, value: &Json<'_>) -> Result<String, RequestError> {
        match self.style.kind {
            Kind::Json => self.json(value),
            Kind::Label => Ok(format!(".{}", self.joined(value)?)),
            Kind::Matrix => self.matrix(value),
            _ => self.joined(value),
        }
    }

    fn matrix(&self, value: &Json<'_>) -> Result<String, RequestError> {
        let name = self.escape.name(self.name);
        let pairs = match value {
            _ if is_undefined(value) => vec![name],
            Json::Array(items) if self.style.explode => self.each(&name, items)?,
            Json::Object(members) if self.style.explode => self.member_pairs(members)?,
            _ => vec![format!("{name}={}", self.joined(value)?)],
        };
        // Where there is no value, matrix has no `=` either (RFC 6570, section 3.2.7).
        let pairs = pairs.iter().map(|pair| format!(";{}", pair.strip_suffix('=').unwrap_or(pair)));
        Ok(pairs.collect())
    }

    /// `name=a`, `name=b`
    fn each(&self, name: &str, items: &[Json<'_>]) -> Result<Vec<String>, RequestError> {
        let texts = items.iter().filter_map(|item| self.plain(item).transpose());
        texts.map(|text| Ok(format!("{name}={}", self.escape.value(&text?)))).collect()
    }

    /// `R=100`, `G=200`; and `sort=name`, `sort=id` of a list, as it would be a parameter of its own.
    fn member_pairs(&self, members: &[(Cow<'_, str>, Json<'_>)]) -> Result<Vec<String>, RequestError> {
        let mut pairs = Vec::new();
        for (name, value) in members {
            let items = if let Json::Array(items) = value { items } else { std::slice::from_ref(value) };
            pairs.extend(self.each(&self.escape.name(name), items)?);
        }
        Ok(pairs)
    }

    /// `R=100`, `G=200`, as one text.
    fn members(&self, members: &[(Cow<'_, str>, Json<'_>)]) -> Result<Vec<String>, RequestError> {
        let texts = members.iter().filter_map(|(name, value)| Some((name, self.plain(value).transpose()?)));
        texts.map(|(name, text)| Ok(format!("{}={}", self.escape.value(name), self.escape.value(&text?)))).collect()
    }

    /// `name[R]=100`, `name[G][0]=200`: as deep as the value is.
    fn deep(&self, name: &str, value: &Json<'_>, pairs: &mut Vec<String>) -> Result<(), RequestError> {
        let (open, close) = (self.escape.value("["), self.escape.value("]"));
        match value {
            Json::Array(items) => {
                for (index, item) in items.iter().filter(|item| !item.is_null()).enumerate() {
                    self.deep(&format!("{name}{open}{index}{close}"), item, pairs)?;
                }
            }
            Json::Object(members) => {
                for (key, member) in members {
                    self.unambiguous(key, &['[', ']'])?;
                    self.deep(&format!("{name}{open}{}{close}", self.escape.name(key)), member, pairs)?;
                }
            }
            _ => pairs.extend(self.plain(value)?.map(|text| format!("{name}={}", self.escape.value(&text)))),
        }
        Ok(())
    }

    /// `a,b` of a list, `R,100` or `R=100` of an object, and a plain value as it is.
    fn joined(&self, value: &Json<'_>) -> Result<String, RequestError> {
        let delimiter = self.style.delimiter();
        let parts: Vec<String> = match value {
            Json::Array(items) => items.iter().filter_map(|item| self.part(item).transpose()).collect::<Result<_, _>>(),
            Json::Object(members) if self.style.explode => {
                for (name, member) in members {
                    self.part(&Json::String(Cow::Borrowed(name)))?;
                    self.part(member)?;
                }
                self.members(members)
            }
            Json::Object(members) => {
                let defined = members.iter().filter(|(_, value)| !value.is_null());
                let names_and_values = defined.map(|(name, value)| {
                    let name = self.part(&Json::String(Cow::Borrowed(name)))?;
                    Ok([name, self.part(value)?])
                });
                let parts = names_and_values.collect::<Result<Vec<_>, _>>();
                parts.map(|parts| parts.into_iter().flatten().flatten().collect())
            }
            plain => return Ok(self.plain(plain)?.map_or_else(String::new, |text| self.escape.value(&text))),
        }?;
        // A comma and a dot stand in a URI as they are.
        let delimiter = match delimiter {
            ' ' | '|' => self.escape.value(delimiter.encode_utf8(&mut [0; 4])),
            sign => sign.to_string(),
        };
        Ok(parts.join(&delimiter))
    }

    /// An item that stands between delimiters.
    fn part(&self, value: &Json<'_>) -> Result<Option<String>, RequestError> {
        let Some(text) = self.plain(value)? else { return Ok(None) };
        let delimiter = self.style.delimiter();
        // These are read as delimiters whether they are encoded or not.
        if matches!(delimiter, ' ' | '|') || !self.escape.encodes(',') {
            self.unambiguous(&text, &[delimiter])?;
        }
        let escaped = self.escape.value(&text);
        Ok(Some(if self.escape.is_reserved() { escaped.replace(',', "%2C") } else { escaped }))
    }

    /// A plain value as text; what is not plain, as JSON. Nothing of `null`.
    fn plain<'v>(&self, value: &'v Json<'_>) -> Result<Option<Cow<'v, str>>, RequestError> {
        Ok(match value {
            Json::Null => None,
            Json::Bool(true) => Some(Cow::Borrowed("true")),
            Json::Bool(false) => Some(Cow::Borrowed("false")),
            Json::Number(text) | Json::String(text) => Some(Cow::Borrowed(text)),
            Json::Array(_) | Json::Object(_) => Some(Cow::Owned(self.json_text(value)?)),
        })
    }

    fn json(&self, value: &Json<'_>) -> Result<String, RequestError> {
        Ok(self.escape.value(&self.json_text(value)?))
    }

    fn json_text(&self, value: &Json<'_>) -> Result<String, RequestError> {
        let text = serde_json::to_string(value).map_err(|fault| RequestError::value(self.name, fault))?;
        // A header has no other way to hold what is beyond ASCII, and JSON has one.
        Ok(if self.escape == Escape::None { ascii(&text) } else { text })
    }

    fn unambiguous(&self, text: &str, signs: &[char]) -> Result<(), RequestError> {
        match text.chars().find(|sign| signs.contains(sign)) {
            Some(sign) => Err(RequestError::delimiter(self.name, sign)),
            None => Ok(()),
        }
    }
}

/// Whether RFC 6570, section 2.3, calls a value undefined.
pub fn is_undefined(value: &Json<'_>) -> bool {
    match value {
        Json::Null => true,
        Json::Array(items) => items.iter().all(Json::is_null),
        Json::Object(members) => members.iter().all(|(_, value)| value.is_null()),
        Json::Bool(_) | Json::Number(_) | Json::String(_) => false,
    }
}

/// JSON in ASCII: beyond it, there are only the characters of strings.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for sign in json.chars() {
        if sign.is_ascii() {
            text.push(sign);
        } else {
            for unit in sign.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}
