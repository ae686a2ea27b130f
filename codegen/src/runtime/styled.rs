//! Parts of a request that are written by a [`Style`].

use serde::Serialize;

use super::escape::Escape;
use super::json::Json;
use super::request::Request;
use super::request_error::RequestError;
use super::style::{Style, Writer, is_undefined};

/// A value as JSON text, which is the same for every type.
type Text = Result<String, serde_json::Error>;

impl Request {
    /// Puts `value` in place of `{name}` in the path.
    pub fn path_value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) {
        self.path_json(name, serde_json::to_string(value), style);
    }

    /// Sets a query parameter; nothing is sent of what is undefined.
    pub fn query_value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) {
        self.query_json(name, serde_json::to_string(value), style);
    }

    /// Sets a header; nothing is sent of what is undefined.
    pub fn header_value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) {
        self.header_json(name, serde_json::to_string(value), style);
    }

    /// Sets a cookie; nothing is sent of what is undefined.
    pub fn cookie_value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) {
        self.cookie_json(name, serde_json::to_string(value), style);
    }

    /// Sets the whole query, as one text.
    pub fn querystring_value<T: Serialize + ?Sized>(&mut self, name: &str, value: &T, style: Style) {
        self.querystring_json(name, serde_json::to_string(value), style);
    }

    /// Sets the whole query, as a [form](Self::form).
    pub fn querystring_form<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
        style: Style,
        others: &[(&str, Style)],
    ) {
        match form(name, serde_json::to_string(value), style, others) {
            Ok(form) => self.set_query("", form),
            Err(error) => self.fail(error),
        }
    }

    /// Sets the body, as a form: each member of `value` in the style that `others` have for its
    /// name, else in `style`.
    pub fn form<T: Serialize + ?Sized>(&mut self, value: &T, style: Style, others: &[(&str, Style)]) {
        match form("body", serde_json::to_string(value), style, others) {
            Ok(form) => self.body("application/x-www-form-urlencoded", form),
            Err(error) => self.fail(error),
        }
    }

    fn path_json(&mut self, name: &str, json: Text, style: Style) {
        let escape = if style.allows_reserved() { Escape::ReservedSegment } else { Escape::Uri };
        match write(name, json, |tree| Writer { name, style, escape }.text(tree)) {
            Ok(text) if text.is_empty() => self.fail(RequestError::path_value(name, text)),
            Ok(text) => self.set_path(name, &text),
            Err(error) => self.fail(error),
        }
    }

    fn query_json(&mut self, name: &str, json: Text, style: Style) {
        let escape = if style.allows_reserved() { Escape::Reserved } else { Escape::Uri };
        match write(name, json, |tree| Writer { name, style, escape }.pairs(tree)) {
            Ok(pairs) => self.set_query(name, pairs.join("&")),
            Err(error) => self.fail(error),
        }
    }

    fn header_json(&mut self, name: &str, json: Text, style: Style) {
        let written = write(name, json, |tree| {
            let text = Writer { name, style, escape: Escape::None }.text(tree)?;
            Ok((text, is_undefined(tree)))
        });
        match written {
            Ok((text, true)) if text.is_empty() => self.remove_header(name),
            Ok((text, _)) => self.header(name, &text),
            Err(error) => self.fail(error),
        }
    }

    fn cookie_json(&mut self, name: &str, json: Text, style: Style) {
        let escape = if style.is_verbatim() { Escape::None } else { Escape::Cookie };
        match write(name, json, |tree| Writer { name, style, escape }.pairs(tree)) {
            Ok(pairs) if !pairs.iter().all(|pair| is_cookie(pair)) => self.fail(RequestError::cookie(name)),
            // What would be separate parameters of a query are separate cookies.
            Ok(pairs) => self.set_cookie(name, pairs.join("; ")),
            Err(error) => self.fail(error),
        }
    }

    fn querystring_json(&mut self, name: &str, json: Text, style: Style) {
        let escape = if style.allows_reserved() { Escape::ReservedQuery } else { Escape::Uri };
        match write(name, json, |tree| Writer { name, style, escape }.text(tree)) {
            Ok(text) => self.set_query("", text),
            Err(error) => self.fail(error),
        }
    }
}

/// The members of an object as a form, each in the style that `others` have for its name, else in `style`.
fn form(of: &str, json: Text, style: Style, others: &[(&str, Style)]) -> Result<String, RequestError> {
    write(of, json, |tree| {
        let Json::Object(members) = tree else { return Err(RequestError::form(of)) };
        let mut pairs = Vec::new();
        for (name, value) in members {
            let style = others.iter().find(|(other, _)| other == name).map_or(style, |(_, style)| *style);
            let escape = if style.allows_reserved() { Escape::Reserved } else { Escape::Form };
            pairs.extend(Writer { name, style, escape }.pairs(value)?);
        }
        Ok(pairs.join("&"))
    })
}

/// Whether a text is one cookie and no more.
fn is_cookie(text: &str) -> bool {
    text.bytes().all(|sign| matches!(sign, b' '..=b'~') && sign != b';')
}

fn write<W>(
    name: &str,
    json: Text,
    write: impl FnOnce(&Json<'_>) -> Result<W, RequestError>,
) -> Result<W, RequestError> {
    let json = json.map_err(|fault| RequestError::value(name, fault))?;
    // Only what nests deeper than JSON is read here is written and cannot be read.
    let tree = Json::parse(&json).map_err(|fault| RequestError::value(name, serde::ser::Error::custom(fault)))?;
    write(&tree)
}
