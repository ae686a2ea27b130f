//! Objects whose members are in the wrong place, or stand for others.

use serde_json::{Map, Value};

use super::Repair;
use crate::parse::shapes::{QUERY_STYLES, SCHEMA};

impl Repair {
    /// A parameter or a header.
    pub(super) fn parameter(&mut self, object: &mut Map<String, Value>, name: &str) {
        self.schema_of(object, name);
        let place = object.get("in").and_then(Value::as_str).map(str::to_ascii_lowercase);
        self.style(object, if name == "Header" { Some("header") } else { place.as_deref() });
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
                        && SCHEMA.fields.iter().any(|(field, _)| field == key)
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

    /// A style that the place of the parameter does not have counts for nothing.
    fn style(&mut self, object: &mut Map<String, Value>, place: Option<&str>) {
        let styles = match place {
            Some("path") => &["matrix", "label", "simple"],
            Some("query") => QUERY_STYLES,
            Some("header") => &["simple"],
            Some("cookie") => &["form"],
            _ => return,
        };
        let Some(Value::String(style)) = object.get("style") else { return };
        if styles.iter().any(|known| known.eq_ignore_ascii_case(style)) {
            return;
        }
        let place = place.unwrap_or_default();
        let styles: Vec<_> = styles.iter().map(|style| format!("`{style}`")).collect();
        let text = format!("a {place} parameter has no `style: {style}`; the usual one is taken");
        self.says_of("style", text, format!("it may have {}", styles.join(", ")));
        object.remove("style");
    }
}
