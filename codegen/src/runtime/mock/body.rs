//! Whether the body of a request is there, and is what its media type and its schema say.

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::super::media_type;
use super::check::Request;
use super::schema::Schema;
use super::table::{Content, Operation};
use super::text::of_form;

/// What is wrong with a body, in words.
pub enum Fault {
    /// It is of another media type.
    MediaType(String),
    Content(String),
}

pub fn check(request: &Request<'_>, operation: &Operation) -> Result<(), Fault> {
    let Some(described) = &operation.body else { return Ok(()) };
    if request.body.is_empty() {
        // A form without members has no text.
        let is_form = request.header(CONTENT_TYPE.as_str()).is_some_and(is_form);
        return match described.required && !is_form {
            true => Err(Fault::Content(format!("the body is missing, which `{}` requires", operation.id))),
            false => Ok(()),
        };
    }
    let all: Vec<_> = described.content.iter().map(|content| format!("`{}`", content.media_type)).collect();
    let takes = || format!("`{}` takes {}", operation.id, all.join(", "));
    let Some(sent) = request.header(CONTENT_TYPE.as_str()) else {
        if described.content.iter().any(|content| content.media_type == "*/*") {
            return Ok(());
        }
        return Err(Fault::MediaType(format!("the body has no `Content-Type`: {}", takes())));
    };
    let taking = || described.content.iter().filter(|content| media_type::takes(&content.media_type, sent));
    let content = taking().find(|content| !media_type::is_range(&content.media_type)).or_else(|| taking().next());
    let Some(content) = content else {
        return Err(Fault::MediaType(format!("the body is `{sent}`: {}", takes())));
    };
    match fault(request, content, sent) {
        Some(fault) => Err(Fault::Content(fault)),
        None => Ok(()),
    }
}

fn fault(request: &Request<'_>, content: &Content, sent: &str) -> Option<String> {
    let schema = request.table.schema(content.schema.as_deref());
    let schema = schema.map(|schema| Schema { root: &request.table.schemas, schema });
    if media_type::is_of_json(sent) {
        let value = match std::str::from_utf8(request.body) {
            Ok(text) => serde_json::from_str::<Value>(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(_) => return Some("the body is not UTF-8".to_owned()),
        };
        return match value {
            Ok(value) => schema?.fault("the body", &value),
            Err(error) => Some(format!("the body is not JSON: {error}")),
        };
    }
    let schema = schema?;
    let names = match sent {
        _ if is_form(sent) => {
            let text = String::from_utf8_lossy(request.body);
            let pairs: Vec<_> = pairs(&text).collect();
            if let Some(fault) = pairs.iter().find_map(|(name, value)| of_member(schema, name, value)) {
                return Some(fault);
            }
            pairs.into_iter().map(|(name, _)| name).collect()
        }
        _ if sent.to_ascii_lowercase().starts_with("multipart/form-data") => part_names(request.body),
        _ => return None,
    };
    // What is within an object may be spread over the form.
    let is_there = |name: &str| names.iter().any(|sent| sent == name || sent.starts_with(&format!("{name}[")));
    let is_spread = |name: &str| schema.property(name).is_some_and(|property| !property.types().is_scalar());
    let missing = schema.required().into_iter().find(|name| !is_there(name) && !is_spread(name));
    missing.map(|name| format!("the body has no `{name}`, which is required"))
}

/// What is wrong with a member of a form that is a single value.
fn of_member(schema: Schema<'_>, name: &str, text: &str) -> Option<String> {
    let property = schema.names().contains(&name).then(|| schema.property(name)).flatten()?;
    // An empty text may stand for nothing.
    if !property.types().is_scalar() || text.is_empty() {
        return None;
    }
    property.fault(&format!("the member `{name}` of the body"), &property.of_text(text))
}

fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (of_form(name), of_form(value)))
}

/// What the parts of a body are called.
fn part_names(body: &[u8]) -> Vec<String> {
    const START: &[u8] = b"content-disposition:";
    let lines = body.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| line.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START)));
    let name = |line: &[u8]| {
        let line = String::from_utf8_lossy(line).into_owned();
        let (_, rest) = line.split_once(" name=")?;
        let name = match rest.strip_prefix('"') {
            Some(rest) => rest.split('"').next()?,
            None => rest.split(';').next()?,
        };
        Some(name.trim().to_owned())
    };
    lines.filter_map(name).collect()
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}
