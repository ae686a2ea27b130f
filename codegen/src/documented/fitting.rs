//! Which examples fit their schemas: the emitted crate is held to these alone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::form_text;
use super::lost::Lossy;
use super::schemas::Schemas;
use super::undescribed::undescribed;
use crate::api::{Api, Direction, Example, Origin, Shape, Unfit};
use crate::conforms;
use crate::description::Description;
use crate::diagnostics::Report;
use crate::lower::Ground;
use crate::maps::HashMap;
use crate::places::Places;
use crate::pointer;
use crate::source::Source;

/// How many steps looking at all examples may take, and how many more for each value in them. Those of real APIs take
/// 3 to 30 a value.
const FREE: usize = 1_000_000;
const PER_VALUE: usize = 200;

/// The examples, and the schemas that they belong to.
pub(crate) struct Fitting {
    /// Whether any schema depends on the direction.
    is_directed: bool,
    asked: Vec<Asked>,
    sources: Vec<Source>,
    places: Places,
}

struct Asked {
    example: Arc<str>,
    schema: Arc<str>,
    /// The directions that it may turn out to belong to.
    directions: Vec<Option<Direction>>,
}

/// Where an example is, where its schema is, and the direction.
type Key = (Arc<str>, Arc<str>, Option<Direction>);

/// What became of an example.
#[derive(Clone, Default, PartialEq)]
struct Verdict {
    /// JSON that stands as text in a string, where an object or a list belongs.
    text: Option<String>,
    /// What is wrong, if it does not fit.
    reason: Option<String>,
    /// The places of what the schema does not describe, if it fits.
    undescribed: Vec<String>,
}

/// What became of the examples for which there is anything to say.
pub(crate) struct Verdicts(HashMap<Key, Verdict>);

impl Fitting {
    pub fn of(api: &Api, report: &Report) -> Self {
        let is_directed = api.types.values().any(|definition| match &definition.shape {
            Shape::Struct(shape) => shape.fields.iter().any(|field| field.only.is_some()),
            _ => false,
        });
        let asked = api.examples.iter().filter_map(|example| {
            let directions = match (is_directed, example.is_of_schema) {
                (false, _) => vec![None],
                (true, false) => vec![example.direction],
                // By what its type turns out to be, once that is known.
                (true, true) => vec![None, Some(Direction::Sent), Some(Direction::Received)],
            };
            let schema = example.schema.as_ref()?.shared();
            Some(Asked { example: example.origin.shared(), schema, directions })
        });
        let asked = asked.collect();
        Self { is_directed, asked, sources: report.sources().to_vec(), places: report.places.clone() }
    }

    /// Holds the examples to their schemas.
    pub fn judge(&self, document: &Description) -> Verdicts {
        let mut found = HashMap::default();
        let Some(source) = self.sources.first() else { return Verdicts(found) };
        let value = |asked: &Asked| pointer::lookup(&document.tree, &asked.example).unwrap_or(&Value::Null);
        let values: usize = self.asked.iter().map(|asked| asked.directions.len() * count(value(asked))).sum();
        let mut steps = FREE + PER_VALUE * values;
        for direction in [None, Some(Direction::Sent), Some(Direction::Received)] {
            let asked: Vec<_> = self.asked.iter().filter(|asked| asked.directions.contains(&direction)).collect();
            if asked.is_empty() {
                continue;
            }
            // What there is to say of the references was said when they were followed first.
            let mut report = Report::new(source.clone());
            let ground = Ground::new(document, &mut report);
            let mut schemas = Schemas::without_places(&ground).annotated();
            let numbers: Vec<_> = asked.iter().map(|asked| schemas.number(&Origin::new(&*asked.schema))).collect();
            let root = schemas.all(direction);
            for (asked, number) in asked.into_iter().zip(numbers) {
                let schema = json!({ "$ref": format!("#/$defs/{number}") });
                let verdict = verdict(
                    value(asked),
                    &asked.example,
                    &mut Judge { steps: &mut steps, root: &root, schema: &schema, direction },
                );
                if verdict != Verdict::default() {
                    found.insert((Arc::clone(&asked.example), Arc::clone(&asked.schema), direction), verdict);
                }
            }
        }
        Verdicts(found)
    }

    /// Says where the examples are, and puts those aside that do not fit, or that their types do not keep.
    pub fn sort_out(&self, api: &mut Api, Verdicts(verdicts): Verdicts) {
        let (mut fit, mut unfit) = (Vec::new(), Vec::new());
        let examples = std::mem::take(&mut api.examples);
        let lossy = Lossy::of(&api.types);
        for mut example in examples {
            example.place = self.place(&example);
            let schema = example.schema.as_ref().map(Origin::shared);
            let direction = self.direction(&example, api);
            let verdict = schema.and_then(|schema| verdicts.get(&(example.origin.shared(), schema, direction)));
            let Verdict { text, reason, undescribed } = verdict.cloned().unwrap_or_default();
            example.json = text.unwrap_or(example.json);
            example.undescribed = undescribed;
            let reason = reason.or_else(|| form_text::read(&mut example, &api.types).err());
            match reason.or_else(|| lossy.reason(&example)) {
                Some(reason) => unfit.push(Unfit { title: example.title, place: example.place, reason }),
                None => fit.push(example),
            }
        }
        (api.examples, api.unfit) = (fit, unfit);
    }

    /// The direction whose schema an example has to fit: that of its type.
    fn direction(&self, example: &Example, api: &Api) -> Option<Direction> {
        if !self.is_directed {
            return None;
        }
        if !example.is_of_schema {
            return example.direction;
        }
        let mut directions = Vec::new();
        example
            .ty
            .for_each_named(&mut |id| directions.extend(api.types.get(id).map(|definition| definition.direction)));
        directions.into_iter().flatten().next()
    }

    fn place(&self, example: &Example) -> String {
        let (file, pointer) = self.places.in_text(example.origin.pointer());
        let file = self.sources.get(file).map(Source::portable_name).unwrap_or_default();
        format!("{file}#{pointer}")
    }
}

/// What holds values to a schema.
struct Judge<'j> {
    steps: &'j mut usize,
    root: &'j Value,
    schema: &'j Value,
    direction: Option<Direction>,
}

impl Judge<'_> {
    fn disagreement(&mut self, value: &Value) -> Option<conforms::Disagreement> {
        conforms::disagreement_within(self.steps, self.root, self.schema, value)
    }

    fn verdict(&mut self, value: &Value) -> Verdict {
        match self.disagreement(value) {
            Some(wrong) => Verdict { reason: Some(reason(&wrong)), ..Verdict::default() },
            None => Verdict {
                undescribed: undescribed(self.steps, self.root, (self.schema, self.direction), value),
                ..Verdict::default()
            },
        }
    }
}

/// What is to be said of an example.
fn verdict(value: &Value, at: &str, judge: &mut Judge<'_>) -> Verdict {
    let parsed;
    let mut value = value;
    if let (true, Some(text)) = (pointer::tokens(at).next_back().as_deref() == Some("serializedValue"), value.as_str())
    {
        match serde_json::from_str(text) {
            Ok(read) => parsed = read,
            Err(_) => return Verdict::default(),
        }
        value = &parsed;
    }
    let verdict = judge.verdict(value);
    if verdict.reason.is_none() {
        return verdict;
    }
    let inner = value.as_str().and_then(|text| Some((text, serde_json::from_str::<Value>(text).ok()?)));
    match inner.filter(|(_, inner)| inner.is_object() || inner.is_array()) {
        Some((text, inner)) => Verdict { text: Some(text.trim().to_owned()), ..judge.verdict(&inner) },
        None => verdict,
    }
}

fn reason(wrong: &conforms::Disagreement) -> String {
    let value = if wrong.value.is_empty() { "it".to_owned() } else { format!("`{}`", wrong.value) };
    format!("{value} {}", wrong.text)
}

/// How many values there are in one.
fn count(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        // As many as there may be in JSON that stands as text.
        Value::String(text) => 1 + text.len() / 16,
        _ => 1,
    }
}
