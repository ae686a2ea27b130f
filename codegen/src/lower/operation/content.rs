//! The content of requests and responses: what a body may be, by media type.

use serde_json::Value;

use super::Operations;
use crate::api::{Body, Content, Direction, Format, Origin, Type};
use crate::description::{Keywords, MediaType, Members, RequestBody, Schema};
use crate::diagnostics::Diagnostic;
use crate::lower::media_type::{Kind, MediaName, Sequence};
use crate::lower::schema::{is_binary, is_file};
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;
use crate::texts::{Doc, Paragraph, code, joined, said};

/// What a body is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Side {
    Request,
    Success,
    Error,
}

/// A media type of a body, before it is known which of them matter.
struct Offer<'a> {
    name: MediaName,
    /// Whether the description has something else in place of the name.
    is_misspelled: bool,
    kind: Kind,
    media: MediaType<'a>,
    same: Same,
    /// Whether there are files among its parts.
    has_files: bool,
    /// Whether its schema says more of a body than that it is text, bytes, or a number.
    is_structured: bool,
    /// Whether its parts are told by their order alone.
    has_nameless_parts: bool,
    at: Origin,
}

/// Numbers of what stands in the description, which are the same for the same. Where there is a single media type, there
/// is nothing to tell it from.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Same {
    schema: Option<usize>,
    encoding: Option<usize>,
}

impl Offer<'_> {
    /// Whether its examples, in such a format, are values of a type, or what a request sends.
    fn shows_values(&self, format: &Format, side: Side) -> bool {
        match format {
            Format::Json | Format::Form(_) | Format::Items(_) => true,
            Format::Multipart(parts) => side == Side::Request && parts.is_some(),
            // What has a structure is an example of that, not of the text that it is written as.
            Format::Text | Format::Bytes => side == Side::Request && self.kind == Kind::Text && !self.is_structured,
        }
    }

    fn is_of(&self, other: &Self, side: Side) -> bool {
        self.kind == other.kind && self.same == other.same && !self.is_apart(other, side)
    }

    /// Whether two things that are read the same way are told apart all the same: a type tells what JSON is, and
    /// nothing but the media type what a text is, or bytes.
    fn is_apart(&self, other: &Self, side: Side) -> bool {
        let is_told = side != Side::Request && matches!(self.kind, Kind::Text | Kind::Bytes);
        is_told && !self.name.is_like(&other.name)
    }
}

impl<'a> Operations<'_, 'a> {
    /// The body of a request.
    pub fn body(&mut self, body: &'a Value, title: &str, at: &Origin) -> Option<Body> {
        let (body, origin) = self.ground.resolve::<RequestBody<'_>>(body, at)?;
        let RequestBody { description, content, required } = body;
        let at = origin.child("content");
        if content.is_empty() {
            let message = "a request body without content says nothing of what to send, so there is none";
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
            return None;
        }
        let lowered = self.content(content, &format!("{title} request"), Side::Request, &at);
        if lowered.is_empty() {
            return None;
        }
        let mut doc = Doc::of([description]);
        doc.extend(sent(&lowered, content));
        Some(Body { required, content: lowered, type_name: String::new(), flag: None, doc })
    }

    /// The types that a body may have, each with the media types that it is written or read in.
    pub fn content(&mut self, content: Members<'a>, title: &str, side: Side, origin: &Origin) -> Vec<Content> {
        let mut numbers = HashMap::default();
        let mut offers = Vec::new();
        for (key, media) in content {
            let at = origin.child(key);
            let Some((media, place)) = self.ground.resolve::<MediaType<'_>>(media, &at) else { continue };
            offers.push(self.offer((key, &at), media, side, place, (content.len() > 1).then_some(&mut numbers)));
        }
        self.without_misspelled(&mut offers);
        let mut lowered: Vec<(&Offer<'_>, Content)> = Vec::new();
        for chosen in chosen(&offers, side) {
            let content = self.chosen(&offers, chosen, title, side);
            // Two schemas may come to the same type all the same.
            let same =
                |other: &Offer<'_>, lowered: &Content| !other.is_apart(chosen, side) && is_same(lowered, &content);
            match lowered.iter_mut().find(|(other, lowered)| other.kind == chosen.kind && same(other, lowered)) {
                Some((_, other)) => other.also.extend([content.media_type].into_iter().chain(content.also)),
                None => lowered.push((chosen, content)),
            }
        }
        lowered.into_iter().map(|(_, content)| content).collect()
    }

    fn offer(
        &mut self,
        (key, key_at): (&str, &Origin),
        media: MediaType<'a>,
        side: Side,
        at: Origin,
        numbers: Option<&mut HashMap<String, usize>>,
    ) -> Offer<'a> {
        let schema = media.schema;
        let items = media.item_schema.or(schema);
        let same = numbers.map_or(Same::default(), |numbers| {
            let encoding = self.ground.document.at(at.child("encoding").pointer());
            let mut number = |value: &Value| {
                let mut value = value.clone();
                value.sort_all_objects();
                let next = numbers.len();
                *numbers.entry(value.to_string()).or_insert(next)
            };
            Same { schema: items.map(&mut number), encoding: encoding.map(&mut number) }
        });
        let child = schema.and_then(|schema| self.schemas.reading.child_of(schema, &at.child("schema")));
        let behind = child.and_then(|schema| self.schemas.reading.behind(schema)).map(Schema::keywords);
        let is_binary = behind.as_ref().is_some_and(is_binary);
        let is_string = behind.as_ref().is_some_and(|schema| schema.typ == Some("string"));
        let is_structured = behind.as_ref().is_some_and(is_structured);
        let Some(name) = MediaName::parse(key) else {
            let kind = if is_binary || is_string { Kind::Bytes } else { Kind::Json };
            let name = MediaName::usual(kind);
            let message = format!("`{key}` is no media type; it is taken for `{}`", name.key);
            let diagnostic = Diagnostic::warning(Rule::InvalidValue, key_at, message).on_key();
            self.ground.push(diagnostic.help("a media type is two words with a slash: `application/json`"));
            return Offer {
                name,
                is_misspelled: true,
                kind,
                media,
                same,
                has_files: false,
                has_nameless_parts: false,
                is_structured,
                at,
            };
        };
        let kind = match name.kind() {
            _ if is_binary => Kind::Bytes,
            // Events are for those who wait, and an error or what the server sends on its own is there as a whole.
            Kind::Items(sequence) if side == Side::Error || (sequence == Sequence::Events && side == Side::Request) => {
                Kind::Bytes
            }
            kind @ Kind::Items(_) => kind,
            // Items of which nobody says how they follow each other.
            kind if media.item_schema.is_some() && kind != Kind::Multipart => Kind::Bytes,
            Kind::Json if name.is_open() && behind.as_ref().is_some_and(is_file) => Kind::Bytes,
            // What is text, and in a media type that leaves it open, is hardly text within quotes.
            Kind::Json if name.is_open() && is_string => Kind::Text,
            Kind::Form | Kind::Multipart if side != Side::Request => Kind::Bytes,
            kind => kind,
        };
        let has_files = kind == Kind::Multipart && child.is_some_and(|schema| self.schemas.reading.has_files(schema));
        let is_list = behind.as_ref().is_some_and(is_list);
        let is_counted =
            media.item_schema.is_some() || media.item_encoding.is_some() || !media.prefix_encoding.is_empty();
        let has_nameless_parts = kind == Kind::Multipart && (is_list || is_counted);
        Offer { name, is_misspelled: false, kind, media, same, has_files, has_nameless_parts, is_structured, at }
    }

    /// What is no media type gives way to what it would be taken for.
    fn without_misspelled(&mut self, offers: &mut Vec<Offer<'a>>) {
        let well_spelled = offers.iter().filter(|offer| !offer.is_misspelled);
        let mut taken: HashSet<_> = well_spelled.map(|offer| offer.name.key.clone()).collect();
        offers.retain(|offer| {
            let stays = !offer.is_misspelled || taken.insert(offer.name.key.clone());
            if !stays {
                let message = format!("`{}` is there already; this is left out", offer.name.key);
                self.ground.push(Diagnostic::warning(Rule::InvalidValue, &offer.at, message).on_key());
            }
            stays
        });
    }

    /// The content that stands for the offers like `chosen`.
    fn chosen(&mut self, offers: &[Offer<'a>], chosen: &Offer<'a>, title: &str, side: Side) -> Content {
        let MediaType { schema, encoding, extensions, .. } = chosen.media;
        let at = chosen.at.child("schema");
        let bytes = if side == Side::Error { Type::Bytes } else { Type::Stream };
        let (format, ty) = match chosen.kind {
            Kind::Json => {
                let ty = schema.map_or(Type::Any, |schema| self.schemas.schema_of(schema, &at).whole());
                (Format::Json, ty)
            }
            Kind::Text if side == Side::Request => (Format::Bytes, bytes),
            Kind::Text => (Format::Text, Type::String),
            Kind::Multipart => {
                let parts = schema.and_then(|_| self.parts(encoding, &at));
                (Format::Multipart(parts), Type::Multipart)
            }
            Kind::Form if side == Side::Request => {
                let (ty, form) = self.form(chosen.media, &chosen.at);
                (Format::Form(form), ty)
            }
            Kind::Items(sequence) => self.items(chosen.media, sequence, &chosen.at),
            Kind::Bytes | Kind::Form => (Format::Bytes, bytes),
        };
        self.check(chosen, &format, schema.is_some(), side);
        let like = offers.iter().filter(|offer| offer.is_of(chosen, side));
        let mut examples = Vec::new();
        for offer in like.clone().filter(|offer| offer.shows_values(&format, side)) {
            // The first media type goes without saying.
            let first = offers.iter().find(|other| matches!(other.kind, Kind::Json | Kind::Form));
            let is_first = first.or(offers.first()).is_some_and(|other| other.name.key == offer.name.key);
            let title = if is_first { title.to_owned() } else { format!("{title} {}", offer.name.key) };
            let direction = if side == Side::Request { Direction::Sent } else { Direction::Received };
            let places = self.schemas.media_examples((offer.media, &format), &ty, direction, &title, &offer.at);
            examples.extend(places.into_iter().map(|place| (place, offer.name.key.clone())));
        }
        let is_sent = |offer: &Offer<'_>| {
            if side == Side::Request { offer.name.sent(offer.kind) } else { offer.name.key.clone() }
        };
        let others = like.filter(|offer| offer.name.key != chosen.name.key);
        Content {
            name: self.ground.name(&chosen.name.key, extensions, &chosen.at),
            media_type: is_sent(chosen),
            also: others.map(|offer| offer.name.key.clone()).collect(),
            format,
            ty,
            examples,
            origin: chosen.at.clone(),
        }
    }

    /// Warns of what a description says about a body, and its type does not.
    fn check(&mut self, chosen: &Offer<'_>, format: &Format, has_schema: bool, side: Side) {
        let is_form = matches!(format, Format::Multipart(_) | Format::Form(_));
        if !chosen.media.encoding.is_empty() && !is_form {
            let message = "`encoding` is about forms; it has no effect here";
            self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &chosen.at.child("encoding"), message).on_key());
        }
        let ignored = match format {
            Format::Json | Format::Form(_) | Format::Multipart(Some(_)) | Format::Items(_) => false,
            Format::Text | Format::Bytes => chosen.is_structured,
            Format::Multipart(None) => has_schema,
        };
        let untyped = chosen.media.item_schema.filter(|_| !matches!(format, Format::Items(_)));
        let items = untyped.and_then(|_| self.schemas.reading.child_at(&chosen.at.child("itemSchema")));
        let items = items.and_then(|schema| self.schemas.reading.behind(schema)).map(Schema::keywords);
        let keyword = if ignored { "schema" } else { "itemSchema" };
        if ignored || items.as_ref().is_some_and(is_structured) {
            let is = match (format, side) {
                (Format::Text, _) => "the body is read as text",
                (Format::Multipart(_), _) if chosen.has_nameless_parts => "the caller adds the parts in their order",
                (Format::Multipart(_), _) => "the caller names the parts",
                (_, Side::Request) => "the body is sent as it is",
                (_, _) => "the body is read as it is",
            };
            let message = format!("no type is made of this schema of `{}`: {is}", chosen.name.key);
            self.ground
                .push(Diagnostic::warning(Rule::UnsupportedMediaType, &chosen.at.child(keyword), message).on_key());
        }
    }
}

/// Whether a schema says more of a body than that it is text, bytes, or a number.
fn is_structured(schema: &Keywords<'_>) -> bool {
    matches!(schema.typ, Some("object" | "array"))
        || !schema.properties.is_empty()
        || schema.additional.is_some()
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
        || schema.combines()
}

/// Whether a schema is one of lists.
pub(super) fn is_list(schema: &Keywords<'_>) -> bool {
    schema.typ == Some("array") || schema.items.is_some() || !schema.prefix_items.is_empty()
}

/// Of the offers that differ, those that matter, in their order.
fn chosen<'a, 'b>(offers: &'a [Offer<'b>], side: Side) -> Vec<&'a Offer<'b>> {
    let mut chosen: Vec<&Offer<'_>> = Vec::new();
    for (index, offer) in offers.iter().enumerate() {
        let same = |other: &&Offer<'_>| other.kind != offer.kind && other.same.schema == offer.same.schema;
        let has_json = offers.iter().filter(same).any(|other| other.kind == Kind::Json);
        let is_left_out = match (&offer.media.schema, side) {
            (None, _) => false,
            _ if offer.kind == Kind::Json || offer.has_files => false,
            // One item after the other is another thing than all of them.
            _ if offer.name.sequence().is_some() => false,
            // A text is another thing in each format.
            _ if !offer.is_structured => false,
            // One way to send the same is enough: as JSON, or else the first.
            (Some(_), Side::Request) => has_json || offers.iter().take(index).any(|other| same(&other)),
            // Where the same may be had as JSON, that is the one that there is a type for.
            (Some(_), _) => has_json,
        };
        if !is_left_out && !chosen.iter().any(|other| other.is_of(offer, side)) {
            let plain = |other: &&Offer<'_>| other.is_of(offer, side) && other.name.is_plain_json();
            chosen.push(offers.iter().find(plain).unwrap_or(offer));
        }
    }
    chosen
}

fn is_same(one: &Content, other: &Content) -> bool {
    let formats = matches!(
        (&one.format, &other.format),
        (Format::Json, Format::Json) | (Format::Text, Format::Text) | (Format::Bytes, Format::Bytes)
    ) || matches!((&one.format, &other.format), (Format::Form(one), Format::Form(other)) if one == other)
        || matches!((&one.format, &other.format), (Format::Items(one), Format::Items(other)) if one == other);
    formats && one.ty == other.ty
}

/// What is said about the media types of a request, where it is not simply JSON.
fn sent(lowered: &[Content], described: Members<'_>) -> Option<Paragraph> {
    let first = lowered.first()?;
    if lowered.len() > 1 || (described.len() == 1 && matches!(first.format, Format::Json)) {
        return None;
    }
    let name = code(&first.media_type);
    let mut sent = match first.is_open() {
        true => said("Sent as one of ") + name + ", which `sent_as` says.",
        false => said("Sent as ") + name + ".",
    };
    if matches!(first.format, Format::Multipart(None)) && !first.media_type.starts_with("multipart/form-data") {
        sent += " Its parts have no names: add them in their order, by `Multipart::unnamed`.";
    }
    let others: Vec<_> = described.keys().filter(|key| *key != first.name.wire).map(code).collect();
    if !others.is_empty() {
        sent += said(" The API also takes ") + joined(others, ", ") + ".";
    }
    Some(sent.into())
}
