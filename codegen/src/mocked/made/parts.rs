//! What a value keeps to: a schema, what it refers to, all that it is put together of, and a choice of its variants.

use serde_json::{Map, Value};

use crate::api::Origin;
use crate::lower::Ground;
use crate::pointer;

use super::strings;

/// How many schemas are looked through for one value. Those of people are a handful.
const MOST: usize = 100;

/// How many names and listed values are looked through for one value: a schema that many others have is no reason to take
/// as long for each of them as it is.
const NAMES: usize = 1000;

/// How deep choices are looked through.
const DEEPEST: usize = 20;

/// The schemas that a value keeps to, each with its place.
pub struct Parts<'a> {
    all: Vec<(&'a Map<String, Value>, Origin)>,
    /// The members that tell variants apart, with what they are in the variant that was chosen.
    pub tags: Vec<(&'a str, String)>,
}

/// A schema, and its place.
type Placed<'a> = (&'a Value, Origin);

impl<'a> Parts<'a> {
    /// Those of a schema; none if one of them is open, or nothing keeps to them.
    pub fn of(ground: &Ground<'a>, open: &[Origin], schema: &'a Value, at: &Origin) -> Option<Self> {
        let mut parts = Self { all: Vec::new(), tags: Vec::new() };
        parts.gather(&mut Gathering { ground, open, within: Vec::new() }, schema, at).then_some(parts)
    }

    fn gather(&mut self, of: &mut Gathering<'_, 'a>, schema: &'a Value, at: &Origin) -> bool {
        let Some(members) = schema.as_object() else { return schema.as_bool() != Some(false) };
        let is_at = |other: &Origin| other.pointer() == at.pointer();
        if of.open.iter().chain(&of.within).any(is_at) || self.all.len() == MOST || of.within.len() == DEEPEST {
            return false;
        }
        if self.all.iter().any(|(_, known)| is_at(known)) {
            return true;
        }
        of.within.push(at.clone());
        let is_gathered = self.gather_of(of, (schema, members), at);
        of.within.pop();
        is_gathered
    }

    fn gather_of(
        &mut self,
        of: &mut Gathering<'_, 'a>,
        (schema, members): (&'a Value, &'a Map<String, Value>),
        at: &Origin,
    ) -> bool {
        if let Some(reference) = of.ground.document.reference(schema, at.pointer()) {
            return self.refer(of, reference, at);
        }
        self.all.push((members, at.clone()));
        if let Some(reference) = members.get("$ref").and_then(Value::as_str)
            && !self.refer(of, reference, at)
        {
            return false;
        }
        let children = |keyword: &'static str| {
            let list = members.get(keyword).and_then(Value::as_array).into_iter().flatten().enumerate();
            let at = at.child(keyword);
            list.take(MOST).map(move |(index, schema)| (schema, at.child(index.to_string())))
        };
        children("allOf").all(|(schema, at)| self.gather(of, schema, &at))
            && ["oneOf", "anyOf"].into_iter().all(|keyword| {
                let variants: Vec<_> = children(keyword).collect();
                variants.is_empty() || self.choose(of, members, variants)
            })
    }

    fn refer(&mut self, of: &mut Gathering<'_, 'a>, reference: &str, at: &Origin) -> bool {
        match of.ground.find(reference, at) {
            Ok((schema, at)) => self.gather(of, schema, &at),
            // What leads nowhere takes anything.
            Err(_) => true,
        }
    }

    /// Takes the first variant that there is a value of, rather than `null`.
    fn choose(
        &mut self,
        of: &mut Gathering<'_, 'a>,
        around: &'a Map<String, Value>,
        variants: Vec<Placed<'a>>,
    ) -> bool {
        let (nulls, others): (Vec<_>, Vec<_>) =
            variants.into_iter().partition(|(schema, _)| schema.get("type").and_then(Value::as_str) == Some("null"));
        let (before, tags) = (self.all.len(), self.tags.len());
        for (schema, at) in others.into_iter().chain(nulls) {
            if self.gather(of, schema, &at) {
                self.tags.extend(tag(of.ground, around, schema, &at));
                return true;
            }
            self.all.truncate(before);
            self.tags.truncate(tags);
        }
        false
    }

    fn keyword(&self, name: &str) -> impl Iterator<Item = (&'a Value, &Origin)> {
        self.all.iter().filter_map(move |(members, at)| Some((pointer::member(members, name)?, at)))
    }

    pub fn places(&self) -> impl Iterator<Item = Origin> {
        self.all.iter().map(|(_, at)| at.clone())
    }

    pub fn flag(&self, name: &str) -> bool {
        self.keyword(name).any(|(value, _)| value.as_bool() == Some(true))
    }

    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.keyword(name).find_map(|(value, _)| value.as_str())
    }

    pub fn natural(&self, name: &str) -> Option<u64> {
        self.keyword(name).find_map(|(value, _)| value.as_u64())
    }

    /// A limit, and whether it is excluded.
    pub fn limit(&self, name: &str, exclusive: &str) -> Option<(f64, bool)> {
        let excluded = self.keyword(exclusive).find_map(|(value, _)| value.as_f64()).map(|limit| (limit, true));
        excluded.or_else(|| {
            let limit = self.keyword(name).find_map(|(value, _)| value.as_f64())?;
            Some((limit, self.flag(exclusive)))
        })
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        self.keyword(name).find_map(|(value, _)| value.as_f64())
    }

    pub fn constant(&self) -> Option<&'a Value> {
        self.keyword("const").map(|(value, _)| value).next()
    }

    /// The first example that is one of this type, and its place.
    pub fn example(&self) -> Option<(&'a Value, Origin)> {
        let single = self.keyword("example").map(|(value, at)| (value, at.child("example")));
        let listed = self
            .keyword("examples")
            .filter_map(|(value, at)| Some((value.as_array()?.first()?, at.child("examples").child("0"))));
        single.chain(listed).find(|(value, _)| self.is_one(value))
    }

    pub fn default(&self) -> Option<&'a Value> {
        self.keyword("default").map(|(value, _)| value).find(|value| self.is_one(value))
    }

    pub fn listed(&self) -> Option<&'a Value> {
        let lists = self.keyword("enum").filter_map(|(value, _)| value.as_array());
        let mut values = lists.flatten();
        let first = values.next()?;
        if first.is_null() { Some(values.next().unwrap_or(first)) } else { Some(first) }
    }

    /// Whether a value is one of the type, as far as it can be seen from outside.
    fn is_one(&self, value: &Value) -> bool {
        let is_type = |name: &str| match (name, value) {
            ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
            ("number", Value::Number(_)) | ("string", Value::String(_)) | ("boolean", Value::Bool(_)) => true,
            ("array", Value::Array(_)) | ("object", Value::Object(_)) => true,
            _ => false,
        };
        let is_of_type = self.keyword("type").all(|(types, _)| match types {
            Value::String(name) => is_type(name),
            Value::Array(names) => names.iter().filter_map(Value::as_str).any(is_type),
            _ => true,
        });
        let is_listed = self
            .keyword("enum")
            .filter_map(|(list, _)| list.as_array())
            .all(|list| list.iter().take(NAMES).any(|listed| listed == value));
        let is_formed = match (self.text("format"), value) {
            (Some(format), Value::String(text)) => strings::is_of(format, text),
            _ => true,
        };
        let has_all = match value {
            Value::Object(members) => self.required().all(|name| members.contains_key(name)),
            _ => true,
        };
        !value.is_null() && is_of_type && is_listed && is_formed && has_all
    }

    /// The type that a value is made of.
    pub fn kind(&self) -> Option<&'a str> {
        let types = self.keyword("type").filter_map(|(value, _)| match value {
            Value::Array(names) => {
                let names = || names.iter().filter_map(Value::as_str);
                names().find(|name| *name != "null").or_else(|| names().next())
            }
            value => value.as_str(),
        });
        let has = |names: &[&str]| names.iter().any(|name| self.keyword(name).next().is_some());
        types.into_iter().next().or_else(|| match () {
            () if !self.tags.is_empty() || has(&["properties", "required", "additionalProperties"]) => Some("object"),
            () if has(&["items", "prefixItems"]) => Some("array"),
            () if has(&["format", "pattern", "minLength", "maxLength"]) => Some("string"),
            () if has(&["minimum", "maximum", "multipleOf"]) => Some("number"),
            () => None,
        })
    }

    pub fn required(&self) -> impl Iterator<Item = &'a str> {
        let lists = self.keyword("required").filter_map(|(value, _)| value.as_array());
        lists.flatten().filter_map(Value::as_str).take(NAMES)
    }

    /// The members that are described, each with the place of those that it stands among.
    pub fn properties(&self) -> impl Iterator<Item = (&'a str, &'a Value, Origin)> {
        self.keyword("properties").flat_map(|(properties, at)| {
            let at = at.child("properties");
            let members = properties.as_object().into_iter().flatten();
            members.map(move |(name, schema)| (name.as_str(), schema, at.clone()))
        })
    }

    pub fn has_property(&self, name: &str) -> bool {
        self.keyword("properties").any(|(properties, _)| properties.get(name).is_some())
    }

    /// What other members are, if that is described.
    pub fn additional(&self) -> Option<Placed<'a>> {
        let mut additional = self.keyword("additionalProperties").filter(|(schema, _)| schema.is_object());
        additional.next().map(|(schema, at)| (schema, at.child("additionalProperties")))
    }

    pub fn items(&self) -> Option<Placed<'a>> {
        self.keyword("items").next().map(|(schema, at)| (schema, at.child("items")))
    }

    pub fn prefix_items(&self) -> impl Iterator<Item = Placed<'a>> {
        let lists =
            self.keyword("prefixItems").filter_map(|(list, at)| Some((list.as_array()?, at.child("prefixItems"))));
        lists.take(1).flat_map(|(list, at)| {
            list.iter().enumerate().map(move |(index, schema)| (schema, at.child(index.to_string())))
        })
    }
}

/// What schemas are looked at with.
struct Gathering<'r, 'a> {
    ground: &'r Ground<'a>,
    open: &'r [Origin],
    /// The places of the schemas that are being gathered, each within the one before.
    within: Vec<Origin>,
}

/// What the member is that a discriminator names, in one of the variants.
fn tag<'a>(
    ground: &Ground<'a>,
    around: &'a Map<String, Value>,
    variant: &'a Value,
    at: &Origin,
) -> Option<(&'a str, String)> {
    let discriminator = around.get("discriminator")?;
    let name = discriminator.get("propertyName")?.as_str()?;
    let reference = variant.get("$ref").and_then(Value::as_str)?;
    let (_, target) = ground.find(reference, at).ok()?;
    let leads_there = |reference: &Value| {
        let found = reference.as_str().and_then(|reference| ground.find(reference, at).ok());
        found.is_some_and(|(_, at)| at.pointer() == target.pointer())
    };
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    let mapped =
        mapping.into_iter().take(NAMES).find(|(_, reference)| leads_there(reference)).map(|(value, _)| value.clone());
    let pointer = pointer::of_reference(reference)?;
    Some((name, mapped.or_else(|| pointer::tokens(&pointer).next_back().map(|name| name.into_owned()))?))
}
