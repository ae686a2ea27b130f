//! The examples of answers: those of the description, and those that are made where it has none.

use serde_json::Value;

use super::made::Maker;
use crate::api::Origin;
use crate::description::{Header, MediaType};
use crate::documented::Files;
use crate::lower::{Ground, Said, Sequence, is_read_as_json, laid_out, sequence};
use crate::maps::HashMap;

/// The examples so far, each of which is there once.
pub(super) struct Examples<'g, 'a> {
    ground: &'g Ground<'a>,
    files: Files,
    maker: Maker<'g, 'a>,
    all: Vec<Stands>,
    /// By their places, and by what they are there.
    known: HashMap<(String, Form), usize>,
}

/// Where an example is.
#[derive(Debug)]
pub(super) enum Stands {
    /// In the description.
    At(Origin),
    /// Nowhere: this is its JSON.
    Json(String),
}

/// What an example is made to.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    /// It is as it stands there.
    Written,
    /// JSON.
    Value,
    /// Text of a media type.
    Text(Kind),
}

/// Media types whose bodies are made in the same way.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    /// Items, one after the other.
    Items(Sequence),
    Form,
    Xml,
    Other,
}

/// A media type of an answer.
pub(super) struct Offer<'a> {
    pub is_json: bool,
    pub examples: Vec<Example<'a>>,
}

pub(super) struct Example<'a> {
    pub name: Option<&'a str>,
    /// Its number.
    pub value: usize,
    pub is_made: bool,
}

impl<'g, 'a> Examples<'g, 'a> {
    pub fn new(ground: &'g Ground<'a>, files: Files) -> Self {
        Self { ground, files, maker: Maker::new(ground), all: Vec::new(), known: HashMap::default() }
    }

    pub fn finish(self) -> Vec<Stands> {
        self.all
    }

    /// The examples of a body: those that are documented, or one that is made.
    pub fn of_body(&mut self, media_type: &str, media: MediaType<'a>, at: &Origin) -> Offer<'a> {
        let is_json = is_read_as_json(media_type) && media.item_schema.is_none();
        let mut examples = Vec::new();
        for stated in self.ground.stated((media.example, media.examples), at) {
            if let Some(value) = self.stated(stated.said, &stated.at, is_json, kind(media_type)) {
                examples.push(Example { name: stated.name, value, is_made: false });
            }
        }
        if examples.is_empty() {
            let (value, is_made) = self.of_schema(media_type, media, at, is_json);
            examples.push(Example { name: None, value, is_made });
        }
        Offer { is_json, examples }
    }

    /// The value of a header, if anything says what it is.
    pub fn of_header(&mut self, header: &Header<'a>, at: &Origin) -> Option<usize> {
        let stated = self.ground.stated((header.example, header.examples), at);
        let mut stated =
            stated.into_iter().filter_map(|stated| self.stated(stated.said, &stated.at, false, Kind::Other));
        if let Some(stated) = stated.next() {
            return Some(stated);
        }
        let (schema, at) = (header.schema?, at.child("schema"));
        Some(match self.maker.example(schema, &at) {
            Some(example) => self.add(example.pointer(), Form::Written, |_| Stands::At(example.clone())),
            None => self.made(schema, &at),
        })
    }

    /// An example that is documented, unless it is somewhere that cannot be read.
    fn stated(&mut self, said: Said<'a>, at: &Origin, is_json: bool, kind: Kind) -> Option<usize> {
        let stands = match said {
            // Where it is not allowed, it is no example.
            Said::Value(Value::Null) if is_json => return None,
            // A text is all of it, as it is sent.
            Said::Value(value) if matches!(kind, Kind::Items(_)) && !value.is_string() => {
                Stands::Json(Value::from(text(kind, value, true)).to_string())
            }
            Said::Value(_) => Stands::At(at.clone()),
            Said::Serialized(text) if is_json => {
                serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
                Stands::Json(text.to_owned())
            }
            Said::Serialized(text) => Stands::Json(Value::from(text).to_string()),
            Said::Elsewhere(address) => {
                let (value, _) = self.files.read(address?, at.pointer())?;
                Stands::Json(laid_out(&value))
            }
        };
        Some(self.add(at.pointer(), Form::Written, |_| stands))
    }

    /// An example of the schema of a body; and whether it is made.
    fn of_schema(&mut self, media_type: &str, media: MediaType<'a>, at: &Origin, is_json: bool) -> (usize, bool) {
        let (schema, at) = match (media.item_schema, media.schema) {
            (Some(schema), _) => (Some(schema), at.child("itemSchema")),
            (None, schema) => (schema, at.child("schema")),
        };
        let Some(schema) = schema else {
            let (form, text) = if is_json { (Form::Value, "{}") } else { (Form::Text(Kind::Other), "\"example\"") };
            return (self.add("", form, |_| Stands::Json(text.to_owned())), true);
        };
        if let Some(example) = self.maker.example(schema, &at).filter(|_| is_json) {
            return (self.add(example.pointer(), Form::Written, |_| Stands::At(example.clone())), false);
        }
        if is_json {
            return (self.made(schema, &at), true);
        }
        let (kind, is_list) = (kind(media_type), media.item_schema.is_none());
        let (_, place) = self.ground.behind(schema, &at);
        let text = |this: &mut Self| {
            let value = this.maker.value(schema, &at);
            Stands::Json(Value::from(text(kind, &value, is_list)).to_string())
        };
        (self.add(place.pointer(), Form::Text(kind), text), true)
    }

    /// A value that is made from a schema.
    fn made(&mut self, schema: &'a Value, at: &Origin) -> usize {
        let (_, place) = self.ground.behind(schema, at);
        self.add(place.pointer(), Form::Value, |this| Stands::Json(laid_out(&this.maker.value(schema, at))))
    }

    /// The number of an example, which is made if it is not there yet.
    fn add(&mut self, place: &str, form: Form, make: impl FnOnce(&mut Self) -> Stands) -> usize {
        let key = (place.to_owned(), form);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let stands = make(self);
        self.all.push(stands);
        self.known.insert(key, self.all.len() - 1);
        self.all.len() - 1
    }
}

fn kind(media_type: &str) -> Kind {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => Kind::Form,
        _ if let Some(sequence) = sequence(media_type) => Kind::Items(sequence),
        _ if essence.ends_with("xml") => Kind::Xml,
        _ => Kind::Other,
    }
}

/// An item as it stands among others.
fn item_text(sequence: Sequence, item: &Value) -> String {
    match sequence {
        Sequence::Lines => format!("{item}\n"),
        Sequence::Records => format!("\u{1e}{item}\n"),
        Sequence::Events => event_text(item),
    }
}

/// An event that a value describes, or of which it is the data.
fn event_text(item: &Value) -> String {
    const FIELDS: [&str; 4] = ["event", "id", "retry", "data"];
    let event = item.as_object().filter(|event| {
        event.contains_key("data") && event.keys().all(|name| name == "comment" || FIELDS.contains(&name.as_str()))
    });
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let field = |name: &str, value: &Value| {
        let text = plain(value);
        let lines = text.split(['\r', '\n']).map(|line| format!("{name}: {line}\n"));
        if name == "data" { lines.collect::<String>() } else { lines.take(1).collect() }
    };
    let fields = match event {
        Some(event) => FIELDS.iter().filter_map(|name| Some(field(name, event.get(*name)?))).collect(),
        None => field("data", item),
    };
    format!("{fields}\n")
}

/// A text of a media type that stands for a value; of a sequence, the value may be a list of the items.
fn text(kind: Kind, value: &Value, is_list: bool) -> String {
    let items = match value {
        Value::Array(items) if is_list => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    match (kind, value) {
        (Kind::Items(sequence), _) => items.iter().map(|item| item_text(sequence, item)).collect(),
        (Kind::Form, _) => "name=value".to_owned(),
        (Kind::Xml, _) => "<example/>".to_owned(),
        (Kind::Other, Value::String(text)) => text.clone(),
        (Kind::Other, Value::Object(members)) if members.is_empty() => "example".to_owned(),
        (Kind::Other, value) => value.to_string(),
    }
}
