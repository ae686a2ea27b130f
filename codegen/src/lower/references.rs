//! What references within the document lead to, each followed once: a chain of them takes as much time as it
//! is long, however many lead into it.

use elsa::FrozenMap;
use serde_json::{Map, Value};

use crate::closest::Names;
use crate::description::Description;
use crate::maps::HashSet;
use crate::pointer;

/// What pointers lead to, by way of references.
#[derive(Default)]
pub(super) struct References<'a> {
    ends: FrozenMap<String, Box<End<'a>>>,
    /// What the members of a place are called.
    names: FrozenMap<String, Box<Names<&'a str>>>,
    /// What is likely to be meant by pointers to nothing.
    meant: FrozenMap<String, Box<Option<String>>>,
}

/// The end of a chain of references.
#[derive(Clone)]
pub(super) enum End<'a> {
    /// What is no reference itself, and its place.
    Place(&'a Value, String),
    /// A pointer to nothing.
    Nowhere(String),
    /// A reference that leads out of the document.
    External(String),
    /// None: the references lead back to each other.
    Circle,
}

/// What there is to know about a pointer.
enum Step<'a> {
    Known(End<'a>),
    /// What another pointer leads to, which is not known yet.
    Needs(String),
}

impl<'a> References<'a> {
    /// What a pointer leads to.
    pub fn end(&self, document: &'a Description, pointer: &str) -> &End<'a> {
        if let Some(end) = self.ends.get(pointer) {
            return end;
        }
        // Each of them waits for the next one. No recursion, as a chain may be of any length.
        let mut open = vec![pointer.to_owned()];
        let mut waiting = HashSet::default();
        while let Some(pointer) = open.last() {
            let end = match self.step(document, pointer) {
                Step::Known(end) => end,
                Step::Needs(other) if waiting.contains(&other) || other == *pointer => End::Circle,
                Step::Needs(other) => {
                    waiting.insert(pointer.clone());
                    open.push(other);
                    continue;
                }
            };
            waiting.remove(pointer);
            self.ends.insert(pointer.clone(), Box::new(end));
            open.pop();
        }
        self.ends.get(pointer).unwrap_or(&End::Circle)
    }

    fn step(&self, document: &'a Description, pointer: &str) -> Step<'a> {
        if let Some(end) = self.ends.get(pointer) {
            return Step::Known(end.clone());
        }
        let tokens: Vec<_> = pointer::tokens(pointer).collect();
        let (mut value, mut place, mut tokens) = (&document.tree, String::new(), tokens.as_slice());
        loop {
            let reference = match tokens {
                [] => document.reference(value, &place),
                _ => pointer::child(value, "$ref").and_then(Value::as_str),
            };
            // What stands beside a reference is there, too.
            let is_there = || tokens.iter().try_fold(value, |value, token| pointer::child(value, token)).is_some();
            match (reference, tokens.split_first()) {
                (None, None) => return Step::Known(End::Place(value, place)),
                (Some(reference), None) => return self.next(reference),
                (Some(_), Some(_)) if !is_there() => match self.ends.get(&place) {
                    Some(End::Place(end, at)) => (value, place) = (*end, at.clone()),
                    Some(end) => return Step::Known(end.clone()),
                    None => return Step::Needs(place),
                },
                (_, Some((token, rest))) => {
                    place.push('/');
                    place.push_str(&pointer::escape(token));
                    match pointer::child(value, token) {
                        Some(child) => (value, tokens) = (child, rest),
                        None => {
                            rest.iter().for_each(|token| place.extend(["/", &pointer::escape(token)]));
                            return Step::Known(End::Nowhere(place));
                        }
                    }
                }
            }
        }
    }

    /// Where a reference goes on to.
    fn next(&self, reference: &str) -> Step<'a> {
        match pointer::of_reference(reference) {
            None => Step::Known(End::External(reference.to_owned())),
            Some(pointer) => match self.ends.get(&pointer) {
                Some(end) => Step::Known(end.clone()),
                None => Step::Needs(pointer),
            },
        }
    }

    /// The name that is likely to be meant by the last token of a pointer to nothing.
    pub fn meant(&self, document: &'a Description, pointer: &str) -> Option<&str> {
        let meant = match self.meant.get(pointer) {
            Some(meant) => meant,
            None => {
                let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
                let close = self.names(document, parent).closest(&pointer::unescape(name)).map(str::to_owned);
                self.meant.insert(pointer.to_owned(), Box::new(close))
            }
        };
        meant.as_deref()
    }

    fn names(&self, document: &'a Description, place: &str) -> &Names<&'a str> {
        match self.names.get(place) {
            Some(names) => names,
            None => {
                let members = document.at(place).and_then(Value::as_object);
                let names = Names::of(members.into_iter().flat_map(Map::keys).map(String::as_str));
                self.names.insert(place.to_owned(), Box::new(names))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use crate::{Generated, Options, Source, generate};

    fn generated(schemas: impl IntoIterator<Item = (String, Value)>) -> Result<Generated, String> {
        let schemas: Map<_, _> = schemas.into_iter().collect();
        let description = json!({
            "openapi": "3.0.3",
            "info": { "title": "Chains", "version": "1" },
            "paths": {},
            "components": { "schemas": schemas },
        });
        generate(&Source::new("spec.json", description.to_string()), &Options::default())
            .map_err(|mistakes| mistakes.to_string())
    }

    /// Schemas of these numbers, each of which refers to the next one.
    fn chain(count: usize, rest: &str) -> impl Iterator<Item = (String, Value)> {
        (0..count).map(move |number| {
            (format!("S{number}"), json!({ "$ref": format!("#/components/schemas/S{}{rest}", number + 1) }))
        })
    }

    #[test]
    fn a_chain_of_any_length_is_followed() {
        for count in [1, 100, 101, 2_000] {
            let end = (format!("S{count}"), json!({ "type": "integer" }));
            let types = generated(chain(count, "").chain([end])).expect("a crate");
            let types: String = types.files().iter().map(|(_, text)| text).collect();
            assert!(types.contains(&format!("pub type S0 = S{count};")), "{count}");
        }
    }

    #[test]
    fn a_chain_can_lead_by_way_of_other_chains() {
        let end = json!({ "properties": { "p": { "$ref": "#/components/schemas/S300" } } });
        let end = ("S300".to_owned(), end);
        let types = generated(chain(300, "/properties/p").chain([end])).expect("a crate");
        let types: String = types.files().iter().map(|(_, text)| text).collect();
        assert!(types.contains("pub type S0 = S300;"));
    }

    #[test]
    fn what_stands_beside_a_reference_is_found() {
        let inner = json!({ "type": "integer" });
        let beside = json!({ "$ref": "#/components/schemas/Other", "properties": { "a": inner } });
        let schemas = [
            ("One".to_owned(), beside),
            ("Other".to_owned(), json!({ "properties": { "b": { "type": "boolean" } } })),
            ("A".to_owned(), json!({ "$ref": "#/components/schemas/One/properties/a" })),
            ("B".to_owned(), json!({ "$ref": "#/components/schemas/One/properties/b" })),
        ];
        let types = generated(schemas).expect("a crate");
        let types: String = types.files().iter().map(|(_, text)| text).collect();
        assert!(types.contains("pub type OneA = i64;") && types.contains("pub type OtherB = bool;"));
    }

    #[test]
    fn only_what_leads_back_is_a_circle() {
        let ring = |count: usize| {
            (0..count).map(move |number| {
                (format!("S{number}"), json!({ "$ref": format!("#/components/schemas/S{}", (number + 1) % count) }))
            })
        };
        let mistakes = generated(ring(300)).expect_err("a ring");
        assert_eq!(mistakes.matches("[cyclic-reference]").count(), 300, "{mistakes}");
        for inside in ["/properties/p", "/p/q", "/allOf/0"] {
            let reference = format!("#/components/schemas/S0{inside}");
            let mistakes = generated([("S0".to_owned(), json!({ "$ref": reference }))]).expect_err("a ring");
            assert_eq!(mistakes.matches("[cyclic-reference]").count(), 1, "{mistakes}");
        }
        let nowhere = generated(chain(200, "")).expect_err("an end that is not there");
        assert_eq!(nowhere.matches("no such schema: `S200`").count(), 200, "{nowhere}");
    }
}
