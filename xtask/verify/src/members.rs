//! What a validator does not see: members that a schema does not have, and does not forbid.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use codegen::closest;
use serde_json::Value;

use crate::class::Class;
use crate::classify::fold;
use crate::echoes::Echoes;
use crate::finding::{Finding, alike, escape};
use crate::schemas::Schemas;

/// A look at all members of an example.
pub struct Look<'s> {
    schemas: &'s Schemas,
    pub found: Vec<Finding>,
    pub echoes: Echoes,
    /// What was found, in any item of a list.
    known: HashSet<(String, String)>,
}

/// What the schemas of a value say of its members and items, taken together. Schemas are pointers in the document.
#[derive(Default)]
struct Shape {
    properties: BTreeMap<String, Vec<String>>,
    /// Whether others are allowed in so many words.
    is_open: bool,
    /// Whether others are forbidden.
    is_closed: bool,
    additional: Vec<String>,
    items: Vec<String>,
    first_items: Vec<(usize, String)>,
    /// The schemas that were looked at.
    seen: BTreeSet<String>,
    /// The first one that has members.
    owner: Option<String>,
}

impl<'s> Look<'s> {
    pub fn new(schemas: &'s Schemas) -> Self {
        Self { schemas, found: Vec::new(), echoes: Echoes::default(), known: HashSet::new() }
    }

    /// Looks at a value, whose schemas are at these pointers of the document.
    pub fn value(&mut self, value: &Value, schemas: &[String], at: &str) {
        let mut shape = Shape::default();
        schemas.iter().for_each(|schema| self.gather(schema, value, &mut shape));
        match value {
            Value::Object(members) => {
                let names: Vec<_> = members.keys().map(String::as_str).collect();
                self.names(&names, &shape, at);
                for (name, member) in members {
                    let declared = shape.properties.get(name).unwrap_or(&shape.additional);
                    if !declared.is_empty() {
                        self.value(member, declared, &format!("{at}/{}", escape(name)));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let first = shape.first_items.iter().filter(|(place, _)| *place == index);
                    let first: Vec<_> = first.map(|(_, schema)| schema.clone()).collect();
                    let schemas = if first.is_empty() { &shape.items } else { &first };
                    if !schemas.is_empty() {
                        self.value(item, schemas, &format!("{at}/{index}"));
                    }
                }
            }
            _ => {}
        }
    }

    fn names(&mut self, names: &[&str], shape: &Shape, at: &str) {
        let declared: Vec<_> = shape.properties.keys().map(String::as_str).collect();
        if declared.is_empty() || shape.is_open {
            return;
        }
        let keyword = self.schemas.origin(&format!("{}/properties", shape.owner.as_deref().unwrap_or_default()));
        let strange: Vec<_> = names.iter().copied().filter(|name| !shape.properties.contains_key(*name)).collect();
        let same =
            |name: &str| declared.iter().copied().find(|known| fold(known) == fold(name) && !names.contains(known));
        if strange.len() == names.len() && strange.len() > 1 && strange.iter().all(|name| same(name).is_none()) {
            self.echoes.stranger(at);
            if !self.known.insert((alike(at), String::new())) {
                return;
            }
            self.found.push(Finding::new(Class::NothingInCommon, at, keyword).says(
                format!(
                    "this has {}, and the schema has {}: they share no member",
                    listed(&strange),
                    listed(&declared)
                ),
                "give the example the schema that it is one of, or write what is around it, or inside of it",
            ));
            return;
        }
        for name in strange {
            let same = same(name);
            same.into_iter().for_each(|same| self.echoes.renamed(at, [name, same]));
            if !self.known.insert((alike(at), name.to_owned())) {
                continue;
            }
            let place = format!("{at}/{}", escape(name));
            let finding = |class| Finding::new(class, place.as_str(), keyword.as_str()).of_member(name);
            let near = || closest(name, declared.iter().copied().filter(|known| !names.contains(known)));
            self.found.push(match (same, near()) {
                (Some(same), _) => finding(Class::EqualButForCase).says(
                    format!("the member `{name}` is called `{same}` in the schema"),
                    format!("call both the same: `{same}`, or `{name}`"),
                ),
                // The validator has said so.
                _ if shape.is_closed => continue,
                (None, Some(near)) => finding(Class::UndeclaredMember).says(
                    format!("the schema has no member `{name}`; did you mean `{near}`?"),
                    format!("describe `{name}` in the schema, or call it `{near}` in the example"),
                ),
                (None, None) => finding(Class::UndeclaredMember).says(
                    format!("the schema has no member `{name}`"),
                    format!("describe `{name}` in the schema, or take it out of the example"),
                ),
            });
        }
    }

    /// Adds what a schema says, and those that it is made of.
    fn gather(&self, pointer: &str, value: &Value, shape: &mut Shape) {
        let Some(Value::Object(schema)) = self.schemas.at(pointer) else { return };
        if !shape.seen.insert(pointer.to_owned()) {
            return;
        }
        let below = |keyword: &str| format!("{pointer}/{keyword}");
        for (keyword, said) in schema {
            match (keyword.as_str(), said) {
                ("$ref", Value::String(target)) => self.gather(target.trim_start_matches('#'), value, shape),
                ("allOf", Value::Array(all)) => {
                    (0..all.len()).for_each(|index| self.gather(&below(&format!("allOf/{index}")), value, shape));
                }
                ("oneOf" | "anyOf", Value::Array(all)) => {
                    let variants: Vec<_> = (0..all.len()).map(|index| below(&format!("{keyword}/{index}"))).collect();
                    let fits = |variant: &&String| self.schemas.is_valid(variant, value);
                    let fitting: Vec<_> = variants.iter().filter(fits).collect();
                    let all: Vec<_> = if fitting.is_empty() { variants.iter().collect() } else { fitting };
                    all.into_iter().for_each(|variant| self.gather(variant, value, shape));
                }
                ("if" | "then" | "else", _) => self.gather(&below(keyword), value, shape),
                ("dependentSchemas", Value::Object(all)) => {
                    all.keys()
                        .for_each(|name| self.gather(&below(&format!("{keyword}/{}", escape(name))), value, shape));
                }
                ("properties", Value::Object(members)) => {
                    shape.owner.get_or_insert_with(|| pointer.to_owned());
                    for name in members.keys() {
                        let place = below(&format!("properties/{}", escape(name)));
                        shape.properties.entry(name.clone()).or_default().push(place);
                    }
                }
                ("additionalProperties" | "unevaluatedProperties", Value::Bool(false)) => shape.is_closed = true,
                ("additionalProperties" | "unevaluatedProperties", said) => {
                    shape.is_open = true;
                    shape.additional.extend(said.is_object().then(|| below(keyword)));
                }
                // Which of them a name matches is for the validator to say.
                ("patternProperties", _) => shape.is_open = true,
                ("prefixItems", Value::Array(items)) => {
                    let items = (0..items.len()).map(|index| (index, below(&format!("prefixItems/{index}"))));
                    shape.first_items.extend(items);
                }
                ("items", _) => shape.items.push(below(keyword)),
                _ => {}
            }
        }
    }
}

/// A few names, in words.
fn listed(names: &[&str]) -> String {
    const FEW: usize = 4;
    let shown: Vec<_> = names.iter().take(FEW).map(|name| format!("`{name}`")).collect();
    let others = names.len().saturating_sub(FEW);
    let shown = shown.join(", ");
    if others == 0 { shown } else { format!("{shown} and {others} more") }
}
