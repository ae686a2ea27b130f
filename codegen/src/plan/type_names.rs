//! The names of types, each from the place of its schema: a component is called by its own name,
//! a schema inside another by the way that leads to it.

use std::borrow::Cow;

use super::collisions::{EXACT, USUAL, Wish};
use super::nameless;
use super::names::{At, Namer};
use super::operation_names::status_words;
use super::reserved::Use;
use super::words::{Case, Words};
use crate::api::{Api, Name, Origin, Shape, Status, TypeDef, TypeId, UnionVariant};
use crate::lower::{Sequence, sequence};
use crate::maps::HashMap;
use crate::pointer;

/// Components get their names first: what is inside of them is named after them.
pub(super) fn name(api: &mut Api, namer: &mut Namer) {
    let mut places = Places::of(api);
    let mut wishes: Vec<Wish> = Vec::new();
    for level in [Level::Component, Level::Inner, Level::Second] {
        let known = wishes.len();
        let mut nameless = match level {
            Level::Inner => nameless::names(api, &places, namer),
            Level::Component | Level::Second => HashMap::default(),
        };
        let is_of_level = |index: &usize| api.types.get_index(*index).map(|(id, of)| Level::of(id, of)) == Some(level);
        let indices: Vec<_> = (0..api.types.len()).filter(is_of_level).collect();
        for index in &indices {
            let first = api.types.get_index(*index).and_then(|(_, second)| second.twin.as_ref());
            let first = first.and_then(|first| api.types.get(&first.id)).filter(|_| level == Level::Second);
            let first = first.map(|first| (first.name.clone(), first.doc.clone()));
            let Some((id, definition)) = api.types.get_index_mut(*index) else { continue };
            let wish = first.as_ref().map(|(name, _)| Name::new(format!("{}{INPUT}", name.rust), None));
            match first {
                Some((first, doc)) => (definition.name.wire, definition.doc) = (first.wire, doc),
                None if level == Level::Component => {
                    definition.name.wire = pointer::tokens(&id.0).next_back().unwrap_or_default().into_owned();
                }
                None => nameless.remove(id).into_iter().for_each(|called| called.call(definition)),
            }
            let name = wish.unwrap_or_else(|| definition.name.clone());
            wishes.push(namer.type_wish(&id.0, &name, &definition.origin, level));
        }
        let names = namer.settle("types", &wishes, |wish| match level {
            Level::Component => wish.spellings(),
            Level::Inner => places.longer(wish),
            Level::Second => vec![Words::of(&wish.wire.replace(INPUT, " for requests"))],
        });
        for (index, name) in indices.iter().zip(names.iter().skip(known)) {
            let Some((_, definition)) = api.types.get_index_mut(*index) else { continue };
            definition.name.rust.clone_from(name);
        }
        for (wish, name) in wishes.iter_mut().zip(names) {
            if wish.first() != name {
                places.names.insert(wish.identity.clone(), name.clone());
            }
            wish.fixed = Some(name);
        }
    }
}

/// What has its name before others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Component,
    /// A schema inside another one.
    Inner,
    /// Of a schema that has a type already.
    Second,
}

/// What a second type is called behind the name of the first.
const INPUT: &str = " input";

impl Level {
    fn of(id: &TypeId, definition: &TypeDef) -> Self {
        match component(&id.0) {
            _ if definition.is_second() => Self::Second,
            Some(_) => Self::Component,
            None => Self::Inner,
        }
    }
}

impl Namer {
    fn type_wish(&mut self, id: &str, name: &Name, origin: &Origin, level: Level) -> Wish {
        let wish = self.wish(name, Case::Type, Use::Schema, At::key(origin));
        let rank = match (level, media_type(id)) {
            (Level::Component, _) => wish.rank,
            // JSON is what is expected of a body.
            (_, None | Some("json")) => EXACT + 1,
            (_, Some(_)) => USUAL,
        };
        Wish { rank, identity: id.to_owned(), ..wish }
    }
}

/// The name of the schema among the components that a pointer leads to.
pub(super) fn component(pointer: &str) -> Option<&str> {
    pointer.strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))
}

/// The same as it was written.
pub(super) fn component_name(pointer: &str) -> Option<String> {
    component(pointer).map(|name| pointer::unescape(name).into_owned())
}

/// What is called something else than the last token of its pointer.
pub(super) struct Places {
    names: HashMap<String, String>,
    /// The modules of operations.
    modules: HashMap<String, String>,
}

impl Places {
    fn of(api: &Api) -> Self {
        let mut names = HashMap::default();
        let mut modules = HashMap::default();
        for (group, operation) in
            api.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
        {
            modules.insert(operation.origin.pointer().to_owned(), group.name.rust.clone());
            names.insert(operation.origin.pointer().to_owned(), operation.full_name.clone());
            for param in &operation.params {
                names.insert(param.origin.pointer().to_owned(), param.name.wire.clone());
            }
        }
        for webhook in &api.webhooks {
            let place = webhook.origin.pointer();
            let name = || format!("{} {}", webhook.key, webhook.method.as_str().to_ascii_lowercase());
            names.entry(place.to_owned()).or_insert_with(name);
            modules.entry(place.to_owned()).or_insert_with(|| "webhook".to_owned());
        }
        for (id, definition) in &api.types {
            let given = definition.name.given.iter().map(|given| (definition.origin.pointer().to_owned(), given));
            let members: Vec<_> = match &definition.shape {
                Shape::Struct(shape) => {
                    let named =
                        shape.fields.iter().filter_map(|field| Some((&field.origin, field.name.given.as_ref()?)));
                    named.map(|(origin, name)| (origin.pointer().to_owned(), name)).collect()
                }
                Shape::Union(shape) => {
                    let ids = || [id].into_iter().chain(&definition.also);
                    shape.variants.iter().flat_map(|variant| ids().flat_map(|id| variant_places(id, variant))).collect()
                }
                Shape::Enum(_) | Shape::Alias(_) | Shape::Wrapper(_) => Vec::new(),
            };
            for (place, name) in given.chain(members) {
                names.entry(place).or_insert_with(|| name.clone());
            }
        }
        Self { names, modules }
    }

    /// The words that a reader expects of a place, or all that lead there.
    pub fn words(&self, pointer: &str, all: bool) -> Vec<String> {
        let place = Place::of(pointer);
        let (mut words, mut at) = self.root(&place);
        while let Some(keyword) = place.token(at) {
            if all {
                let name = place.token(at + 1).unwrap_or_default();
                words.push(keyword.to_owned());
                words.extend(
                    takes_name(keyword).then(|| self.called(&place, at).map_or(name, String::as_str).to_owned()),
                );
            } else {
                words.extend(self.step(&place, at));
            }
            at += if takes_name(keyword) { 2 } else { 1 };
        }
        words
    }

    /// The word that the keyword at an index adds, with the name after it.
    pub fn step(&self, place: &Place<'_>, at: usize) -> Option<String> {
        let name = place.token(at + 1).unwrap_or_default();
        self.called(place, at).cloned().or_else(|| step(place.token(at)?, name))
    }

    /// What the name after a keyword is called instead.
    fn called(&self, place: &Place<'_>, at: usize) -> Option<&String> {
        if takes_name(place.token(at)?) { place.find(&self.names, at + 2) } else { None }
    }

    /// What the place is in, a component or an operation, and how many tokens that takes.
    pub fn root(&self, place: &Place<'_>) -> (Vec<String>, usize) {
        if let Some(length) = self.operation(place) {
            return (place.find(&self.names, length).cloned().into_iter().collect(), length);
        }
        match place.tokens.as_slice() {
            [first, section, name, ..] if first == "components" => {
                let given = place.find(&self.names, 3);
                let name = given.map_or_else(|| name.to_string(), String::clone);
                let kind = section_word(section).filter(|kind| !Words::of(&name).ends_with(kind));
                ([Some(name), kind.map(str::to_owned)].into_iter().flatten().collect(), 3)
            }
            // A parameter that all operations of the path share.
            [first, path, ..] if first == "paths" => (vec![path.to_string()], 2),
            _ => (Vec::new(), 0),
        }
    }

    /// How many tokens lead to the operation that a place is in: of a path or a component, by a member of its own or
    /// by its method among others.
    fn operation(&self, place: &Place<'_>) -> Option<usize> {
        (3..=5).find(|length| place.find(&self.modules, *length).is_some())
    }

    /// Longer names: with the media type or the section of the components, with the module of the
    /// operation, and with all that leads there.
    fn longer(&self, wish: &Wish) -> Vec<Words> {
        let pointer = wish.identity.as_str();
        let place = Place::of(pointer);
        let module = self.operation(&place).and_then(|length| place.find(&self.modules, length));
        let module = |words: Words| module.map_or_else(|| words.clone(), |name| Words::of(name).then(words.clone()));
        let section = match place.tokens.as_slice() {
            [first, section, ..] if first == "components" && section == "parameters" => Some("parameter"),
            [first, section, ..] if first == "components" && section == "headers" => Some("header"),
            _ => None,
        };
        let media = media_type(pointer).or(section);
        let media = media.map_or_else(|| wish.words.clone(), |media| wish.words.clone().then(Words::of(media)));
        let all = Words::of(&self.words(pointer, true).join(" "));
        vec![media.clone(), module(wish.words.clone()), module(media), all.clone(), module(all)]
    }
}

/// Where the types of a union's variant may have their place: where the variant stands, and there in the
/// type itself, which has a place of its own where schemas are combined.
fn variant_places<'a>(id: &TypeId, variant: &'a UnionVariant) -> [(String, &'a String); 2] {
    let origin = variant.origin.pointer();
    let mut tokens = origin.rsplitn(3, '/');
    let (index, keyword) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    [origin.to_owned(), format!("{}/{keyword}/{index}", id.0)].map(|place| (place, &variant.name.rust))
}

/// A pointer with its tokens.
pub(super) struct Place<'a> {
    pointer: &'a str,
    tokens: Vec<Cow<'a, str>>,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl<'a> Place<'a> {
    pub fn of(pointer: &'a str) -> Self {
        let ends = pointer.match_indices('/').map(|(at, _)| at).skip(1).chain([pointer.len()]);
        Self { pointer, tokens: pointer::tokens(pointer).collect(), ends: ends.collect() }
    }

    pub fn token(&self, index: usize) -> Option<&str> {
        self.tokens.get(index).map(|token| &**token)
    }

    /// What belongs to the place that the first tokens lead to, which are so many.
    fn find<'b>(&self, names: &'b HashMap<String, String>, length: usize) -> Option<&'b String> {
        let end = self.ends.get(length.checked_sub(1)?)?;
        names.get(self.pointer.get(..*end)?)
    }
}

/// What a content is called after its media type.
fn media_type(pointer: &str) -> Option<&'static str> {
    let (_, rest) = pointer.split_once("/content/")?;
    let media_type = rest.split('/').next()?.replace("~1", "/");
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some(match essence.as_str() {
        "application/json" => "json",
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        other if other.ends_with("+json") => "other_json",
        other if other.ends_with("xml") => "xml",
        other if other.starts_with("text/") => "text",
        _ => "other",
    })
}

/// Whether a name that the author chose follows the keyword, or an index.
pub(super) fn takes_name(keyword: &str) -> bool {
    const LISTS: [&str; 5] = ["oneOf", "anyOf", "allOf", "prefixItems", "type"];
    const NAMES: [&str; 9] = [
        "properties",
        "headers",
        "parameters",
        "responses",
        "content",
        "patternProperties",
        "dependentSchemas",
        "$defs",
        "definitions",
    ];
    LISTS.contains(&keyword) || NAMES.contains(&keyword)
}

/// What says that a component is not a schema, as it does in an operation.
pub(super) fn section_word(section: &str) -> Option<&'static str> {
    match section {
        "responses" => Some("response"),
        "requestBodies" => Some("body"),
        _ => None,
    }
}

/// The word that a keyword and the name after it add.
fn step(keyword: &str, name: &str) -> Option<String> {
    match keyword {
        "properties" | "headers" | "$defs" | "definitions" => Some(name.to_owned()),
        "responses" => Some(reply_words(name)),
        "items" | "unevaluatedItems" => Some("item".to_owned()),
        "prefixItems" => Some(format!("item {name}")),
        "additionalProperties" | "patternProperties" | "unevaluatedProperties" => Some("value".to_owned()),
        "requestBody" => Some("body".to_owned()),
        "content" => {
            sequence(name).map(|sequence| if sequence == Sequence::Events { "event" } else { "item" }.to_owned())
        }
        "contentSchema" => Some("json".to_owned()),
        "allOf" | "parameters" | "schema" | "itemSchema" | "$ref" | "then" | "else" | "dependentSchemas" => None,
        // What is a variant is called as that; what is none is all that there is, as beside `null`.
        "oneOf" | "anyOf" | "type" => None,
        other => Some(other.to_owned()),
    }
}

/// `200` is what everybody expects of a response; any other status is said.
pub(super) fn reply_words(status: &str) -> String {
    let range = status.chars().next().and_then(|digit| digit.to_digit(10)).and_then(|digit| digit.try_into().ok());
    match (status.parse(), range) {
        (Ok(200), _) => "response".to_owned(),
        (Ok(code), _) => status_words(Status::Code(code)),
        (Err(_), Some(digit)) => status_words(Status::Range(digit)),
        (Err(_), None) => format!("{status} response"),
    }
}
