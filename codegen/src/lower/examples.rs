//! Documented examples of bodies, which the emitted client's tests hold it to.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::ground::Ground;
use super::json_text;
use super::schema::Schemas;
use crate::api::{Api, Direction, Example, Form, Format, Name, Origin, Type};
use crate::description::{self, Description, MediaType, Members};
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::{HashMap, HashSet};
use crate::parse;
use crate::places::Places;
use crate::pointer;
use crate::rule::Rule;
use crate::source::Source;
use crate::texts::Doc;

/// The member of an example that is a text as it is sent.
const SERIALIZED: &str = "serializedValue";

/// An example that a media type, a parameter or a header has.
pub(crate) struct Stated<'a> {
    /// `None`: it is the only one.
    pub name: Option<&'a str>,
    pub doc: Doc,
    pub said: Said<'a>,
    /// Where that is said.
    pub at: Origin,
}

/// What an example says.
#[derive(Clone, Copy)]
pub(crate) enum Said<'a> {
    Value(&'a Value),
    /// A text, as it is sent.
    Serialized(&'a str),
    /// An address, if there is one, of what is sent.
    Elsewhere(Option<&'a str>),
}

impl<'a> Schemas<'_, 'a> {
    /// Takes along the examples of a body, and says where they are. `title` says what they are examples of.
    pub fn media_examples(
        &mut self,
        (media, format): (MediaType<'a>, &Format),
        ty: &Type,
        direction: Direction,
        title: &str,
        origin: &Origin,
    ) -> Vec<Origin> {
        if let Type::Items(item) = ty {
            return self.item_examples(media, item, direction, title, origin);
        }
        let is_json = matches!(format, Format::Json);
        let is_form = matches!(format, Format::Form(Form::Properties(..)));
        let mut places = Vec::new();
        // An example of a body that several operations share is named after that body.
        let title = shared_body(origin).unwrap_or_else(|| title.to_owned());
        let schema = media.schema.map(|_| origin.child("schema"));
        for Stated { name, doc, said, at } in self.ground.stated((media.example, media.examples), origin) {
            let title = name.map_or_else(|| title.clone(), |name| format!("{title} {name}"));
            places.push(at.clone());
            let example = Example { doc, schema: schema.clone(), ..Example::new(title, ty, Some(direction), at) };
            match said {
                Said::Value(Value::String(_)) | Said::Serialized(_) if is_form => {
                    self.example(Example { schema: None, is_form, ..example });
                }
                Said::Value(_) => self.example(example),
                Said::Serialized(text) if is_json => self.serialized_example(text, example),
                // What else it may be, no test reads.
                Said::Serialized(_) => {}
                Said::Elsewhere(_) => {
                    let message = "an example without a `value` is not taken along: nothing is fetched from elsewhere";
                    let warning = Diagnostic::warning(Rule::UnsupportedExample, &example.origin, message);
                    self.ground.push(warning.on_key());
                }
            }
        }
        places
    }

    /// The same of a body of items: what is not text is an item, or a list of them.
    fn item_examples(
        &mut self,
        media: MediaType<'a>,
        item: &Type,
        direction: Direction,
        title: &str,
        origin: &Origin,
    ) -> Vec<Origin> {
        let ty = if let Type::Event(data) = item { data } else { item };
        let schema = match (media.item_schema, media.schema) {
            (None, Some(schema)) => Some(self.item_place(schema, &origin.child("schema"))),
            (schema, _) => schema.map(|_| origin.child("itemSchema")),
        };
        let mut places = Vec::new();
        let title = shared_body(origin).unwrap_or_else(|| title.to_owned());
        for Stated { name, doc, said, at } in self.ground.stated((media.example, media.examples), origin) {
            let title = name.map_or_else(|| title.clone(), |name| format!("{title} {name}"));
            let items: Vec<_> = match said {
                Said::Value(Value::Array(items)) => {
                    (0..items.len()).map(|index| (at.child(index.to_string()), format!("{title} {index}"))).collect()
                }
                Said::Value(Value::String(_)) | Said::Serialized(_) | Said::Elsewhere(_) => Vec::new(),
                Said::Value(_) => vec![(at, title)],
            };
            for (at, title) in items {
                places.push(at.clone());
                let example = Example::new(title, ty, Some(direction), at);
                self.example(Example { doc: doc.clone(), schema: schema.clone(), ..example });
            }
        }
        places
    }

    /// Where the schema of an item is, by one that may be of a list of them.
    fn item_place(&self, schema: &'a Value, at: &Origin) -> Origin {
        let (list, list_at) = self.ground.behind(schema, at);
        if list.get("items").is_some() { list_at.child("items") } else { at.clone() }
    }

    /// Takes along an example that is written as it is sent, if that is JSON.
    fn serialized_example(&mut self, text: &str, example: Example) {
        match serde_json::from_str::<IgnoredAny>(text) {
            Ok(_) => self.example(example),
            Err(_) => {
                let message = "this example is not JSON; it is not taken along";
                self.ground.push(Diagnostic::warning(Rule::UnsupportedExample, &example.origin, message));
            }
        }
    }

    /// Takes along an example of values of a type.
    pub fn example(&mut self, example: Example) {
        if self.shown.insert((example.origin.shared(), example.ty.clone(), example.direction)) {
            self.examples.push(example);
        }
    }
}

impl Example {
    /// One of a type that is called by its title.
    pub fn new(title: String, ty: &Type, direction: Option<Direction>, origin: Origin) -> Self {
        Self {
            name: Name::new(title.as_str(), None),
            title,
            doc: Doc::default(),
            ty: ty.clone(),
            direction,
            schema: None,
            is_of_schema: false,
            is_form: false,
            json: String::new(),
            same: None,
            undescribed: Vec::new(),
            is_repeated: false,
            origin,
            place: String::new(),
        }
    }
}

impl<'a> Ground<'a> {
    /// The examples that stand at a place: the only one, and those with names.
    pub fn stated(&self, (only, named): (Option<&'a Value>, Members<'a>), origin: &Origin) -> Vec<Stated<'a>> {
        let only = only.map(|value| {
            let at = origin.child("example");
            Stated { name: None, doc: Doc::default(), said: Said::Value(value), at }
        });
        let origin = origin.child("examples");
        let named = named.into_iter().filter_map(|(name, example)| {
            let (example, at) = self.documented(example, &origin.child(name))?;
            let description::Example { summary, description, value, member, serialized, external } = example;
            let (said, at) = match (value, serialized) {
                (Some(value), _) => (Said::Value(value), at.child(member)),
                (None, Some(text)) => (Said::Serialized(text), at.child(SERIALIZED)),
                (None, None) => (Said::Elsewhere(external), at),
            };
            Some(Stated { name: Some(name), doc: Doc::of([summary, description]), said, at })
        });
        only.into_iter().chain(named).collect()
    }

    /// Whether a reference, if it is one, leads anywhere; otherwise a warning says what is left out.
    pub fn leads_somewhere(&self, item: &Value, at: &Origin) -> bool {
        let Some(reference) = item.get("$ref").and_then(Value::as_str) else { return true };
        let Err(missing) = self.find(reference, at) else { return true };
        let message = format!("{}; it is left out", missing.message());
        self.push(Diagnostic::warning(Rule::UnresolvedReference, &at.child("$ref"), message));
        false
    }

    /// An example, where there is one: it says nothing about requests and responses, so they can do without.
    pub fn documented(&self, example: &'a Value, at: &Origin) -> Option<(description::Example<'a>, Origin)> {
        if self.leads_somewhere(example, at) { self.resolve(example, at) } else { None }
    }
}

/// The JSON text of all examples, with numbers spelled as the description spells them. The files are read
/// again for it, which takes a while and can be done beside other things.
pub(crate) struct Texts {
    sources: Vec<Source>,
    places: Places,
    examples: Vec<Origin>,
}

impl Texts {
    pub fn of(api: &Api, report: &Report) -> Self {
        let examples = api.examples.iter().map(|example| example.origin.clone()).collect();
        Self { sources: report.sources().to_vec(), places: report.places.clone(), examples }
    }

    /// Those that stand at some places.
    pub fn at(places: impl IntoIterator<Item = Origin>, report: &Report) -> Self {
        Self {
            sources: report.sources().to_vec(),
            places: report.places.clone(),
            examples: places.into_iter().collect(),
        }
    }

    /// The same with those of some other places.
    pub fn and<'o>(mut self, places: impl IntoIterator<Item = &'o Origin>) -> Self {
        let known: HashSet<_> = self.examples.iter().map(Origin::shared).collect();
        self.examples.extend(places.into_iter().filter(|place| !known.contains(place.pointer())).cloned());
        self
    }

    /// The texts, by the places of the examples.
    pub fn read(&self, document: Description) -> HashMap<Arc<str>, String> {
        let tree = document.into_tree();
        let value = |origin: &Origin| pointer::lookup(&tree, origin.pointer()).unwrap_or(&Value::Null);
        let mut numbers = Vec::new();
        for origin in &self.examples {
            numbers_in(value(origin), origin, &mut numbers);
        }
        let spellings = parse::spellings(&self.sources, &self.places, numbers.iter().map(Origin::pointer));
        let texts = self.examples.iter().map(|origin| {
            let is_written = origin.pointer().rsplit('/').next() == Some(SERIALIZED);
            if let Some(text) = value(origin).as_str().filter(|_| is_written) {
                return (origin.shared(), text.to_owned());
            }
            (origin.shared(), json_text::of(value(origin), origin, &spellings))
        });
        texts.collect()
    }
}

/// The name of the component that a media type belongs to.
fn shared_body(origin: &Origin) -> Option<String> {
    let mut tokens = pointer::tokens(origin.pointer());
    let is_component =
        tokens.next()? == "components" && matches!(&*tokens.next()?, "responses" | "requestBodies" | "mediaTypes");
    tokens.next().filter(|_| is_component).map(Cow::into_owned)
}

fn numbers_in(value: &Value, origin: &Origin, numbers: &mut Vec<Origin>) {
    match value {
        Value::Number(_) => numbers.push(origin.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                numbers_in(item, &origin.child(index.to_string()), numbers);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                numbers_in(member, &origin.child(name), numbers);
            }
        }
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}
