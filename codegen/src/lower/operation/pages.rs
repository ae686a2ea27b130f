//! What the description says of pages: by `x-rust-pages`, or for other generators.

use serde_json::{Map, Value};

use super::Operations;
use crate::api::{Origin, Pages, Paging, Place, Route, Said, Source};
use crate::description::{Extensions, MediaType, Parameter, RequestBody};
use crate::diagnostics::Diagnostic;
use crate::grammar::PAGES;
use crate::lower::media_type::is_json;
use crate::parse::closest;
use crate::rule::Rule;

/// The extension that says it for this generator.
pub(crate) const EXTENSION: &str = "x-rust-pages";

/// What a way from page to page is told by.
const KINDS: [&str; 4] = ["cursor", "link", "offset", "page"];

/// What an operation can be asked by.
pub(super) struct Asked<'a, 'b> {
    /// Where its parameters are listed.
    pub parameters: [(&'a [Value], &'b Origin); 2],
    pub body: Option<&'a Value>,
}

impl<'a> Operations<'_, 'a> {
    /// The ways that the description as a whole has, for whatever operation has what they speak of.
    pub(super) fn pages_everywhere(&self) -> Vec<Pages> {
        let at = Origin::new("").child(EXTENSION);
        match self.ground.document.about().extensions.get(EXTENSION) {
            None => Vec::new(),
            Some(Value::Array(ways)) => {
                let ways = ways.iter().enumerate();
                ways.filter_map(|(index, way)| self.way(way, Said::Everywhere, &at.child(index.to_string()))).collect()
            }
            Some(way) => self.way(way, Said::Everywhere, &at).into_iter().collect(),
        }
    }

    /// The ways that an operation may have, those first that count first.
    pub(super) fn pages(
        &self,
        extensions: Extensions<'a>,
        everywhere: &[Pages],
        asked: &Asked<'a, '_>,
        origin: &Origin,
    ) -> Vec<Pages> {
        let own = extensions.get(EXTENSION).and_then(|way| self.way(way, Said::Here, &origin.child(EXTENSION)));
        let mut ways = match own {
            Some(own) => vec![own],
            None if extensions.has(EXTENSION) => Vec::new(),
            None => everywhere.iter().cloned().chain(self.pages_elsewhere(extensions, origin)).collect(),
        };
        for way in &mut ways {
            if let Paging::Number { place, first: first @ None, .. } = &mut way.paging {
                *first = self.first_number(place, asked, origin);
            }
        }
        ways
    }

    /// The number of the first page: what the place counts as where it is absent, or at least.
    fn first_number(&self, place: &Place, asked: &Asked<'a, '_>, origin: &Origin) -> Option<u64> {
        let name = match place {
            Place::Named(name) | Place::Parameter(name) => name.as_str(),
            Place::Member(..) => "",
        };
        if let Some((parameter, at)) = self.parameter_called(name, asked) {
            let (schema, _) = self.ground.behind(parameter.schema?, &at.child("schema"));
            return least(schema);
        }
        match place {
            Place::Named(name) => self.first_in_body(&Route::read(name)?, asked, origin),
            Place::Member(route, _) => self.first_in_body(route, asked, origin),
            Place::Parameter(_) => None,
        }
    }

    pub(super) fn parameter_called(&self, name: &str, asked: &Asked<'a, '_>) -> Option<(Parameter<'a>, Origin)> {
        let mut described = asked.parameters.into_iter().rev().flat_map(|(list, at)| {
            let at = at.child("parameters");
            list.iter().enumerate().filter_map(move |(index, item)| {
                self.ground.resolve::<Parameter<'_>>(item, &at.child(index.to_string()))
            })
        });
        described.find(|(parameter, _)| parameter.name == name)
    }

    /// The same of a member of a body of JSON.
    fn first_in_body(&self, route: &Route, asked: &Asked<'a, '_>, origin: &Origin) -> Option<u64> {
        let (body, at) = self.ground.resolve::<RequestBody<'_>>(asked.body?, &origin.child("requestBody"))?;
        let (key, media) = body.content.iter().find(|(key, _)| is_json(key))?;
        let (media, at) = self.ground.resolve::<MediaType<'_>>(media, &at.child("content").child(key))?;
        let (mut schema, mut at) = self.ground.behind(media.schema?, &at.child("schema"));
        for step in &route.0 {
            let (member, place) = (schema.get("properties")?.get(step)?, at.child("properties").child(step));
            (schema, at) = self.ground.behind(member, &place);
        }
        least(schema)
    }

    fn way(&self, value: &Value, said: Said, at: &Origin) -> Option<Pages> {
        let pages = |paging| Pages { paging, more: None, done: None, items: None, said, origin: at.clone() };
        if value == &Value::Bool(false) {
            return Some(pages(Paging::Never));
        }
        let Some(members) = value.as_object() else {
            self.ground.invalid(at, "pages are `false`, or a mapping such as `{ cursor: after, from: next }`");
            return None;
        };
        let way = Way { members, at };
        let read = way.paging().and_then(|paging| {
            let (more, done, items) = (way.route("more")?, way.route("done")?, way.route("items")?);
            Ok(Pages { more, done, items, ..pages(paging) })
        });
        match read {
            Ok(pages) => Some(pages),
            Err(diagnostic) => {
                self.ground.push(*diagnostic);
                None
            }
        }
    }
}

/// The value of the extension.
struct Way<'v> {
    members: &'v Map<String, Value>,
    at: &'v Origin,
}

type Read<T> = Result<T, Box<Diagnostic>>;

impl Way<'_> {
    fn paging(&self) -> Read<Paging> {
        self.check_names()?;
        let kind = self.kind()?;
        let name = || self.text(kind).map(str::to_owned);
        let place = || name().map(Place::Named);
        Ok(match kind {
            "cursor" => Paging::Cursor { place: place()?, from: self.source()? },
            "page" => Paging::Number { place: place()?, first: self.first()?, last: self.route("last")? },
            "offset" => Paging::Offset { place: place()? },
            "link" => Paging::Link(Source::Member(self.route("link")?.unwrap_or_default())),
            _ => match name()? {
                name if name.eq_ignore_ascii_case("link") => Paging::Link(Source::Links),
                name => Paging::Link(Source::Header(name)),
            },
        })
    }

    fn check_names(&self) -> Read<()> {
        let Some(name) = self.members.keys().find(|name| !PAGES.contains(&name.as_str())) else { return Ok(()) };
        let diagnostic = self.wrong(name, format!("pages have no `{name}`"), "").on_key();
        let help = match closest(name, PAGES) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("they have `{}`", PAGES.join("`, `")),
        };
        Err(Box::new(diagnostic.help(help)))
    }

    /// The one member that says what pages go by, beside which others may stand.
    fn kind(&self) -> Read<&'static str> {
        let has = |name: &&str| self.members.contains_key(*name);
        let kinds: Vec<_> = KINDS.into_iter().filter(|kind| has(kind)).collect();
        let (kind, beside): (_, &[_]) = match kinds.as_slice() {
            ["cursor"] => ("cursor", &["from", "header"]),
            ["page"] => ("page", &["first", "last"]),
            [kind] => (*kind, &[]),
            [] if has(&"header") => ("header", &["header"]),
            _ => {
                let message = "pages go by one of `cursor`, `page`, `offset`, `link` and `header`";
                return Err(Box::new(Diagnostic::error(Rule::InvalidExtension, self.at, message)));
            }
        };
        let mut others = ["first", "from", "header", "last"].into_iter().filter(|other| !beside.contains(other));
        match others.find(has) {
            Some(other) => {
                let message = format!("`{other}` says nothing beside `{kind}`");
                Err(Box::new(self.wrong(other, message, "").on_key()))
            }
            None => Ok(kind),
        }
    }

    fn source(&self) -> Read<Source> {
        match (self.route("from")?, self.members.contains_key("header")) {
            (Some(route), false) => Ok(Source::Member(route)),
            (None, true) => self.text("header").map(|name| Source::Header(name.to_owned())),
            _ => {
                let message = "a cursor comes `from` a member or from a `header`: say one of them";
                Err(Box::new(Diagnostic::error(Rule::InvalidExtension, self.at, message)))
            }
        }
    }

    fn first(&self) -> Read<Option<u64>> {
        let Some(value) = self.members.get("first") else { return Ok(None) };
        let number = value.as_u64().map(Some);
        number.ok_or_else(|| Box::new(self.wrong("first", "the number of the first page must be one".to_owned(), "")))
    }

    fn text(&self, name: &str) -> Read<&str> {
        let text = self.members.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.ok_or_else(|| Box::new(self.wrong(name, format!("`{name}` must be a name"), "")))
    }

    fn route(&self, name: &str) -> Read<Option<Route>> {
        if !self.members.contains_key(name) {
            return Ok(None);
        }
        let text = self.members.get(name).and_then(Value::as_str);
        let help = "such as `next`, `data[-1].id`, or the JSON Pointer `/a.b/c` where names have dots";
        let message = format!("`{name}` must be the way to a member of the answer");
        text.and_then(Route::read).map(Some).ok_or_else(|| Box::new(self.wrong(name, message, help)))
    }

    fn wrong(&self, member: &str, message: String, help: &'static str) -> Diagnostic {
        let diagnostic = Diagnostic::error(Rule::InvalidExtension, &self.at.child(member), message);
        if help.is_empty() { diagnostic } else { diagnostic.help(help) }
    }
}

/// The least number that a schema has: what it counts as where it is absent, or else by its limit.
fn least(schema: &Value) -> Option<u64> {
    let number = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let above = || number("exclusiveMinimum").and_then(|number| number.checked_add(1));
    number("default").or_else(|| number("minimum")).or_else(above)
}
