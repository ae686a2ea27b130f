//! Objects whose members are in the wrong place, or stand for others.

use serde_json::{Map, Value};

use super::Repair;
use crate::description::methods::{ADDITIONAL, member_of};
use crate::grammar::{MEDIA_TYPE, QUERY_STYLES, SCHEMA, Version};
use crate::pointer;

/// The default of a server's variable that has none. No address can have it.
pub(crate) const NO_VALUE: &str = "{}";

impl Repair {
    /// A parameter or a header.
    pub(super) fn parameter(&mut self, object: &mut Map<String, Value>, name: &str) {
        self.media_types(object);
        let place = object.get("in").and_then(Value::as_str).map(str::to_ascii_lowercase);
        match place.as_deref() {
            Some("querystring") => {
                self.nameless_query(object);
                self.content_of(object);
            }
            _ => self.schema_of(object, name),
        }
        if place.as_deref() == Some("path")
            && self.version < Version::V3_2
            && object.get("allowReserved") == Some(&Value::Bool(true))
        {
            let text = format!("in OpenAPI {}, `allowReserved` is about queries alone; it is left out", self.version);
            self.says_of("allowReserved", text, "remove it, or write `openapi: 3.2.0`");
            object.shift_remove("allowReserved");
        }
        self.style(object, if name == "Header" { Some("header") } else { place.as_deref() });
    }

    /// A body whose schema stands where OpenAPI 2 has it: JSON is meant, as a rule.
    pub(super) fn content(&mut self, object: &mut Map<String, Value>, name: &str) {
        self.media_types(object);
        let has_content = object.get("content").is_some_and(|content| !content.is_null());
        let Some(schema) = object.get("schema").filter(|schema| !has_content && schema.is_object()).cloned() else {
            return;
        };
        self.path.moved("/content/application~1json/schema", "/schema");
        let text = format!("the schema of this {name} Object is not in a `content`; it is read as that of JSON");
        self.says_of("schema", text, "write `content: { application/json: { schema: … } }`");
        object.shift_remove("schema");
        let media_type = Map::from_iter([("schema".to_owned(), schema)]);
        let content = Map::from_iter([("application/json".to_owned(), Value::Object(media_type))]);
        object.insert("content".to_owned(), Value::Object(content));
    }

    /// What stands beside media types, and is none. A schema belongs to the only one that there is, or to JSON;
    /// anything else is left out.
    fn media_types(&mut self, object: &mut Map<String, Value>) {
        let Some(Value::Object(content)) = object.get_mut("content").filter(|content| content.get("$ref").is_none())
        else {
            return;
        };
        let strays: Vec<_> =
            content.iter().filter(|(key, value)| is_stray(key, value)).map(|(key, _)| key.clone()).collect();
        for key in strays {
            let Some(stray) = content.shift_remove(&key) else { continue };
            let home = home_of_schema(content).filter(|_| key == "schema" && stray.is_object());
            let text = match &home {
                Some(media_type) => format!("`{key}` is no media type; it is read as that of `{media_type}`"),
                None => format!("`{key}` is no media type; it is left out"),
            };
            let at = format!("{}/content", self.path.original());
            let help = match MEDIA_TYPE.fields.iter().any(|(name, ..)| *name == key) {
                true => "write it below a media type, such as `application/json`",
                false => "remove it",
            };
            self.says_at_key(&at, &key, text, help);
            let Some(media_type) = home else { continue };
            let token = pointer::escape(&media_type).into_owned();
            self.path.moved(&format!("/content/{token}/schema"), "/content/schema");
            let home = content.entry(media_type).or_insert(Value::Null);
            if home.is_null() {
                *home = Value::Object(Map::new());
            }
            if let Some(home) = home.as_object_mut() {
                home.insert("schema".to_owned(), stray);
            }
        }
    }

    /// An operation among those of other methods, whose method has a member of its own.
    pub(super) fn methods(&mut self, object: &mut Map<String, Value>) {
        let additional = object.get(ADDITIONAL).and_then(Value::as_object);
        let named =
            additional.into_iter().flat_map(Map::keys).filter_map(|name| Some((name.clone(), member_of(name)?)));
        for (name, member) in named.collect::<Vec<_>>() {
            if object.get(member).is_some_and(|operation| !operation.is_null()) {
                continue;
            }
            let Some(additional) = object.get_mut(ADDITIONAL).and_then(Value::as_object_mut) else { return };
            let Some(operation) = additional.shift_remove(&name) else { continue };
            self.path.moved(&format!("/{member}"), &format!("/{ADDITIONAL}/{}", pointer::escape(&name)));
            let at = format!("{}/{ADDITIONAL}", self.path.original());
            let text = format!("`{name}` has a member of its own; it is read as `{member}`");
            self.says_at_key(&at, &name, text, format!("write it as `{member}`, beside `{ADDITIONAL}`"));
            object.insert(member.to_owned(), operation);
        }
    }

    /// A variable without a default: the first of its values, or what makes no address, so that callers
    /// have to give one.
    pub(super) fn server_variable(&mut self, object: &mut Map<String, Value>) {
        if object.get("default").is_some_and(|default| !default.is_null()) {
            return;
        }
        let first = object.get("enum").and_then(Value::as_array).and_then(|values| values.first()).cloned();
        let text = "the member `default` of this Server Variable Object is missing";
        match first {
            Some(first) => {
                self.says_of_key(format!("{text}; the first value is taken"), "write `default`");
                self.path.moved("/default", "/enum/0");
                object.insert("default".to_owned(), first);
            }
            None => {
                self.says_of_key(format!("{text}; callers have to give a value"), "write `default`");
                object.insert("default".to_owned(), NO_VALUE.into());
            }
        }
    }

    /// The schema of a parameter: its own, or what stands in its place.
    fn schema_of(&mut self, object: &mut Map<String, Value>, name: &str) {
        match (object.contains_key("schema"), object.get("content").is_some_and(|content| !content.is_null())) {
            (true, true) => {
                let text = format!("this {name} Object has both `schema` and `content`; `schema` counts");
                self.says_of("content", text, "remove one of the two");
                object.remove("content");
            }
            (false, false) => {
                // As OpenAPI 2 wrote it.
                let ours = object.keys().filter(|key| {
                    !matches!(key.as_str(), "description" | "deprecated" | "example" | "examples" | "required")
                        && SCHEMA.fields.iter().any(|(field, ..)| field == key)
                });
                let ours: Vec<_> = ours.cloned().collect();
                let mut schema = Map::new();
                for key in &ours {
                    self.path.moved(&format!("/schema/{key}"), &format!("/{key}"));
                    schema.extend(object.shift_remove(key).map(|value| (key.clone(), value)));
                }
                if schema.is_empty() {
                    schema.insert("type".to_owned(), "string".into());
                    let text = format!("this {name} Object has neither `schema` nor `content`; it is read as text");
                    self.says_of_key(text, "write `schema: { type: string }`");
                } else {
                    let text =
                        format!("the schema of this {name} Object is not in a `schema`; it is read as if it were");
                    self.says_of_key(text, "write its members below `schema`");
                }
                object.insert("schema".to_owned(), Value::Object(schema));
            }
            _ => {}
        }
    }

    /// A query as a whole whose parameter has no name, which is not sent.
    fn nameless_query(&mut self, object: &mut Map<String, Value>) {
        if object.get("name").is_none_or(Value::is_null) {
            let text = "the member `name` of this Parameter Object is missing; it is taken as `query`";
            self.says_of_key(text, "write `name`, which is what callers give it by");
            object.insert("name".to_owned(), "query".into());
        }
    }

    /// A query as a whole is described by `content` alone.
    fn content_of(&mut self, object: &mut Map<String, Value>) {
        let has_content = object.get("content").is_some_and(|content| !content.is_null());
        if has_content && object.contains_key("schema") {
            let text = "this Parameter Object has both `schema` and `content`; `content` counts";
            self.says_of("schema", text, "remove one of the two");
            object.shift_remove("schema");
        }
    }

    /// A style that the place of the parameter does not have counts for nothing.
    fn style(&mut self, object: &mut Map<String, Value>, place: Option<&str>) {
        let styles: &[&str] = match place {
            Some("path") => &["matrix", "label", "simple"],
            Some("query") => QUERY_STYLES,
            Some("header") => &["simple"],
            Some("cookie") if self.version >= Version::V3_2 => &["form", "cookie"],
            Some("cookie") => &["form"],
            Some("querystring") => &[],
            _ => return,
        };
        let Some(Value::String(style)) = object.get("style") else { return };
        if styles.iter().any(|known| known.eq_ignore_ascii_case(style)) {
            return;
        }
        let place = place.unwrap_or_default();
        let styles: Vec<_> = styles.iter().map(|style| format!("`{style}`")).collect();
        let text = format!("a {place} parameter has no `style: {style}`; the usual one is taken");
        let help =
            if styles.is_empty() { "remove it".to_owned() } else { format!("it may have {}", styles.join(", ")) };
        self.says_of("style", text, help);
        object.remove("style");
    }
}

/// Whether a key of a `content` and what stands there are no media type, not even a misspelled one.
fn is_stray(key: &str, value: &Value) -> bool {
    let is_member = |key: &str| MEDIA_TYPE.fields.iter().any(|(name, ..)| *name == key);
    let is_like_media_type =
        || value.as_object().is_some_and(|object| object.is_empty() || object.keys().any(|key| is_member(key)));
    !key.contains('/') && (is_member(key) || key.starts_with("x-") || !is_like_media_type())
}

/// The media type that a schema beside it is meant for.
fn home_of_schema(content: &Map<String, Value>) -> Option<String> {
    let mut media_types = content.iter().filter(|(key, _)| key.contains('/'));
    match (media_types.next(), media_types.next()) {
        (None, _) => Some("application/json".to_owned()),
        (Some((key, value)), None) if value.get("schema").is_none() => Some(key.clone()),
        _ => None,
    }
}
