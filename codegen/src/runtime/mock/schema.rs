//! What schemas say of values that come as text.

use serde_json::{Map, Value};

use super::super::conforms::{Disagreement, disagreement};

/// How many schemas are looked through for one value. Those of people are a handful.
const MOST: usize = 200;

/// A schema, and what its references lead into.
#[derive(Clone, Copy)]
pub struct Schema<'t> {
    pub root: &'t Value,
    pub schema: &'t Value,
}

/// The types that a value may have.
#[derive(Clone, Copy, Default)]
pub struct Types {
    pub is_text: bool,
    pub is_number: bool,
    pub is_flag: bool,
    pub is_list: bool,
    pub is_object: bool,
}

impl Types {
    fn add(&mut self, name: &str) {
        match name {
            "string" => self.is_text = true,
            "number" | "integer" => self.is_number = true,
            "boolean" => self.is_flag = true,
            "array" => self.is_list = true,
            "object" => self.is_object = true,
            _ => {}
        }
    }

    fn add_of(&mut self, value: &Value) {
        self.add(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        });
    }

    /// Whether nothing is said of it.
    fn is_open(self) -> bool {
        !(self.is_text || self.is_number || self.is_flag || self.is_list || self.is_object)
    }

    pub fn is_scalar(self) -> bool {
        !self.is_list && !self.is_object
    }
}

impl<'t> Schema<'t> {
    fn at(self, schema: &'t Value) -> Self {
        Self { schema, ..self }
    }

    /// The schema, and those that it consists of, in any way.
    fn parts(self) -> Vec<&'t Map<String, Value>> {
        let mut open = vec![self.schema];
        let mut parts: Vec<&Map<String, Value>> = Vec::new();
        while let Some(schema) = open.pop() {
            let Some(members) = schema.as_object() else { continue };
            if parts.len() == MOST || parts.iter().any(|known| std::ptr::eq(*known, members)) {
                continue;
            }
            parts.push(members);
            open.extend(members.get("else"));
            open.extend(self.target(members));
            for keyword in ["oneOf", "anyOf", "allOf"] {
                open.extend(members.get(keyword).and_then(Value::as_array).into_iter().flatten().rev());
            }
        }
        parts
    }

    fn target(self, schema: &Map<String, Value>) -> Option<&'t Value> {
        self.root.pointer(schema.get("$ref")?.as_str()?.strip_prefix('#')?)
    }

    pub fn types(self) -> Types {
        let mut types = Types::default();
        for part in self.parts() {
            match part.get("type") {
                Some(Value::String(name)) => types.add(name),
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).for_each(|name| types.add(name)),
                _ => {}
            }
            part.get("const").into_iter().for_each(|value| types.add_of(value));
            part.get("enum").and_then(Value::as_array).into_iter().flatten().for_each(|value| types.add_of(value));
            types.is_list |= part.contains_key("items");
            types.is_object |= part.contains_key("properties");
        }
        types
    }

    pub fn items(self) -> Option<Self> {
        self.parts().into_iter().find_map(|part| part.get("items")).map(|items| self.at(items))
    }

    pub fn property(self, name: &str) -> Option<Self> {
        let parts = self.parts();
        let own = parts.iter().find_map(|part| part.get("properties")?.get(name));
        own.or_else(|| parts.iter().find_map(|part| part.get("additionalProperties"))).map(|schema| self.at(schema))
    }

    /// The names of the members that it describes.
    pub fn names(self) -> Vec<&'t str> {
        let properties = self.parts().into_iter().filter_map(|part| part.get("properties")?.as_object());
        properties.flat_map(|properties| properties.keys().map(String::as_str)).collect()
    }

    /// The names of the members that every value has.
    pub fn required(self) -> Vec<&'t str> {
        let mut open = vec![self.schema];
        let (mut names, mut count) = (Vec::new(), 0);
        while let Some(members) = open.pop().and_then(Value::as_object).filter(|_| count < MOST) {
            count += 1;
            let listed = members.get("required").and_then(Value::as_array).into_iter().flatten();
            names.extend(listed.filter_map(Value::as_str));
            open.extend(self.target(members));
            open.extend(members.get("allOf").and_then(Value::as_array).into_iter().flatten());
        }
        names
    }

    /// What is wrong with a value, in words, where the value is called `what`.
    pub fn fault(self, what: &str, value: &Value) -> Option<String> {
        let found = self.disagreement(value)?;
        let place = if found.value.is_empty() { String::new() } else { format!(" at `{}`", found.value) };
        Some(format!("{what}{place} {}", found.text))
    }

    fn takes(self, value: &Value) -> bool {
        self.disagreement(value).is_none()
    }

    /// What is too much to look at is taken for right.
    fn disagreement(self, value: &Value) -> Option<Disagreement> {
        disagreement(self.root, self.schema, value).filter(|found| !found.is_given_up)
    }

    /// The value that a text stands for.
    pub fn of_text(self, text: &str) -> Value {
        let types = self.types();
        let number = || serde_json::from_str(text).ok().filter(Value::is_number);
        let candidates = [
            number().filter(|_| types.is_number || types.is_open()),
            text.parse().ok().map(Value::Bool).filter(|_| types.is_flag || types.is_open()),
            Some(Value::String(text.to_owned())).filter(|_| types.is_text || types.is_open()),
        ];
        let mut candidates = candidates.into_iter().flatten();
        let first = candidates.next();
        match first {
            Some(first) if !self.takes(&first) => candidates.find(|value| self.takes(value)).unwrap_or(first),
            Some(first) => first,
            None => Value::String(text.to_owned()),
        }
    }

    /// The list that texts stand for.
    pub fn of_texts<T: AsRef<str>>(self, texts: impl IntoIterator<Item = T>) -> Value {
        let items = self.items();
        let item = |text: T| match items {
            Some(items) => items.of_text(text.as_ref()),
            None => Value::String(text.as_ref().to_owned()),
        };
        texts.into_iter().map(item).collect()
    }

    /// The member that a text stands for.
    pub fn member(self, name: &str, text: &str) -> Value {
        self.property(name).map_or_else(|| Value::String(text.to_owned()), |schema| schema.of_text(text))
    }
}
