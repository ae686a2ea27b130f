//! Bodies of items, one after the other: what an item is.
//!
//! OpenAPI 3.2 says it by `itemSchema`. Before that, and without it, nothing is said for such bodies, and descriptions
//! have one of three things in `schema`: a list of the items, an item, or of an event its data.

use serde_json::Value;

use super::Operations;
use super::content::is_list;
use crate::api::{Data, Format, Framing, Origin, Type};
use crate::description::{Child, Keywords, MediaType, Schema};
use crate::lower::media_type::Sequence;
use crate::lower::schema::Reading;
use crate::maps::HashSet;

/// What an event consists of.
const EVENT: [&str; 5] = ["comment", "data", "event", "id", "retry"];

/// More schemas than this do not say together what one event is.
const MOST: usize = 1000;

impl<'a> Operations<'_, 'a> {
    /// How such a body is read or written, and its type.
    pub(super) fn items(&mut self, media: MediaType<'a>, sequence: Sequence, at: &Origin) -> (Format, Type) {
        let item = match (media.item_schema, media.schema) {
            (Some(item), _) => Some((item, at.child("itemSchema"))),
            (None, Some(schema)) => self.item_of(schema, at.child("schema"), sequence),
            (None, None) => None,
        };
        let framing = match sequence {
            Sequence::Lines => Framing::Lines,
            Sequence::Records => Framing::Records,
            Sequence::Events => {
                let (data, ty) = self.event(item);
                return (Format::Items(Framing::Events(data)), Type::Items(Box::new(ty)));
            }
        };
        let ty = item.map_or(Type::Any, |(schema, at)| self.schemas.schema_of(schema, &at).whole());
        (Format::Items(framing), Type::Items(Box::new(ty)))
    }

    /// The schema of an item, by one that may be of all of them: of a list, or of the text that they are written as.
    fn item_of(&self, schema: &'a Value, at: Origin, sequence: Sequence) -> Option<(&'a Value, Origin)> {
        let reading = &self.schemas.reading;
        let child = reading.child_of(schema, &at)?;
        if reading.behind(child).is_some_and(|schema| is_list(&schema.keywords())) {
            let (list, at) = self.ground.behind(schema, &at);
            return Some((list.get("items")?, at.child("items")));
        }
        let is_text = sequence != Sequence::Events && reading.data(child) == Some(Data::Text);
        (!is_text).then_some((schema, at))
    }

    /// What the data of events are, and the type of an event.
    fn event(&mut self, schema: Option<(&'a Value, Origin)>) -> (Data, Type) {
        let text = (Data::Text, Type::Event(Box::new(Type::String)));
        let Some((schema, at)) = schema else { return text };
        let child = self.schemas.reading.child_of(schema, &at);
        let ty = self.schemas.schema_of(schema, &at).whole();
        if let Some(data) = child.and_then(|child| self.schemas.reading.event(child)) {
            return (data, ty);
        }
        // What may be anything may be any text.
        let data = child.and_then(|child| self.schemas.reading.data(child));
        data.map_or(text, |data| (data, Type::Event(Box::new(ty))))
    }
}

impl<'a> Reading<'_, 'a> {
    /// What the data are of the events that a schema describes as objects; `None` if it describes something else.
    fn event(&self, schema: Child<'a>) -> Option<Data> {
        let mut open = vec![schema];
        let mut names = HashSet::default();
        let mut data = Vec::new();
        for index in 0..MOST {
            let Some(schema) = open.get(index) else { break };
            let keywords = self.behind(*schema).map(Schema::keywords)?;
            if !matches!(keywords.typ, None | Some("object"))
                || !(keywords.enumeration.is_empty() || is_null(&keywords))
            {
                return None;
            }
            names.extend(keywords.properties.iter().map(|(name, _)| *name));
            data.extend(keywords.properties.iter().filter(|(name, _)| *name == "data").map(|(_, data)| *data));
            open.extend(parts(&keywords));
        }
        let is_event = !data.is_empty() && open.len() <= MOST && names.iter().all(|name| EVENT.contains(name));
        is_event.then(|| together(data.into_iter().map(|data| self.data(data))).unwrap_or(Data::Either))
    }

    /// What data are that a schema describes; `None` if it leaves that open.
    fn data(&self, schema: Child<'a>) -> Option<Data> {
        let mut open = vec![schema];
        let mut found = Vec::new();
        for index in 0..MOST {
            let Some(schema) = open.get(index) else { break };
            let Some(keywords) = self.behind(*schema).map(Schema::keywords) else { continue };
            found.push(said(&keywords));
            open.extend(parts(&keywords));
        }
        together(found.into_iter())
    }
}

/// The schemas that one combines.
fn parts<'a>(keywords: &Keywords<'a>) -> Vec<Child<'a>> {
    let choices = keywords.choices();
    let choices = choices.iter().flat_map(|(_, list)| list.iter());
    keywords.all_of.iter().chain(choices).map(|part| part.child).collect()
}

/// What a schema says of data by itself.
fn said(keywords: &Keywords<'_>) -> Option<Data> {
    let has_members = !keywords.properties.is_empty() || keywords.additional.is_some();
    match keywords.typ {
        Some("string") => Some(Data::Text),
        Some(_) => Some(Data::Json),
        None if is_null(keywords) => None,
        None if has_members || is_list(keywords) => Some(Data::Json),
        None if keywords.enumeration.is_empty() => keywords.content_media_type.map(|_| Data::Text),
        None => together(keywords.values().map(|value| Some(if value.is_string() { Data::Text } else { Data::Json }))),
    }
}

fn is_null(keywords: &Keywords<'_>) -> bool {
    !keywords.enumeration.is_empty() && keywords.values().all(Value::is_null)
}

/// What all that is said comes to.
fn together(said: impl Iterator<Item = Option<Data>>) -> Option<Data> {
    said.flatten().reduce(|one, other| if one == other { one } else { Data::Either })
}
