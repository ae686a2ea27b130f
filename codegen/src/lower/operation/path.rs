//! The path of an operation, and the parameters that it must agree with.

use http::Method;

use super::Operations;
use crate::api::{Location, Name, Origin, Param, Segment, Type, Written};
use crate::diagnostics::Diagnostic;
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;
use crate::texts::Doc;

/// What a path of the description comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::lower) struct Path {
    pub segments: Vec<Segment>,
    /// A name, and the whole text for it.
    pub query: Vec<(String, String)>,
    /// What follows `#`, which is not sent.
    pub fragment: Option<String>,
}

/// How much of a path there is in messages about its parameters, in characters.
const SHOWN: usize = 200;

/// A template as it is written: `/path?query#fragment`.
struct Template<'a> {
    path: &'a str,
    query: &'a str,
    fragment: Option<&'a str>,
}

impl Operations<'_, '_> {
    /// The pieces of a path. Afterwards its path parameters are those that `params` has.
    pub fn path(
        &mut self,
        (path, item): (&str, &Origin),
        params: &mut Vec<Param>,
        method: &Method,
        origin: &Origin,
    ) -> Path {
        let template = Template::of(path);
        if let Some(fragment) = template.fragment {
            let message = format!("what follows `#` is never sent; `#{fragment}` is left out of the path");
            self.ground.push(Diagnostic::warning(Rule::InvalidPath, item, message).on_key());
        }
        // Messages repeat it for each parameter.
        let mut shown: String = path.chars().take(SHOWN).collect();
        shown.push_str(if shown.len() < path.len() { "…" } else { "" });
        let operation = format!("{method} {shown}");
        let query = self.fixed_query(template.query, path, params, item);
        let fragment = template.fragment.map(str::to_owned);
        let mut segments = split(template.path);
        self.expressions(&mut segments, params, &operation, origin);
        if let Some(mistake) = mistake(&segments) {
            self.ground.push(impossible(path, &mistake, item));
            return Path { segments, query, fragment };
        }
        for segment in &mut segments {
            let Segment::Literal(text) = segment else { continue };
            *text = self.fitting(text, PATH_SIGNS, item);
        }
        self.misspelled(&mut segments, params, item);
        self.undeclared(&segments, params, &operation, origin);
        self.agree(&segments, &shown, params);
        Path { segments, query, fragment }
    }

    /// Calls what the path names as its parameter is called, where the two are spelled differently:
    /// `{ID}`, `{id:int}` or `{id*}` where `id` is declared.
    fn misspelled(&mut self, segments: &mut [Segment], params: &[Param], item: &Origin) {
        let names: HashSet<_> = segments.iter().filter_map(Segment::param).map(str::to_owned).collect();
        let declared: HashSet<_> =
            params.iter().filter(|param| param.location == Location::Path).map(|param| &param.name.wire).collect();
        // Those that the path does not name.
        let mut alike: HashMap<String, Vec<&String>> = HashMap::default();
        for other in declared.iter().copied().filter(|other| !names.contains(*other)) {
            alike.entry(letters(other)).or_default().push(other);
        }
        for segment in segments {
            let Segment::Param(name) = segment else { continue };
            if declared.contains(name) {
                continue;
            }
            let Some([other]) = alike.get(&letters(name)).map(Vec::as_slice) else { continue };
            let message = format!("`{{{name}}}` is read as `{{{other}}}`, which is declared");
            self.ground.push(Diagnostic::warning(Rule::PathParameter, item, message).on_key());
            other.as_str().clone_into(name);
        }
    }

    /// Declares what the path names and nobody declared.
    fn undeclared(&mut self, segments: &[Segment], params: &mut Vec<Param>, operation: &str, origin: &Origin) {
        let mut missing: Vec<Param> = Vec::new();
        let of_path = params.iter().filter(|param| param.location == Location::Path);
        let mut known: HashSet<_> = of_path.map(|param| param.name.wire.clone()).collect();
        for name in segments.iter().filter_map(Segment::param) {
            if !known.insert(name.to_owned()) {
                continue;
            }
            let message = format!("{operation}: the path parameter `{name}` is not declared; it is taken as a string");
            let help = format!("add `{{ name: {name}, in: path, required: true, schema: … }}` to the parameters");
            self.ground.push(Diagnostic::warning(Rule::PathParameter, origin, message).on_key().help(help));
            missing.push(text_parameter(name, Location::Path, origin));
        }
        params.splice(0..0, missing);
    }

    /// Leaves out what the path does not name, and requires the rest.
    fn agree(&mut self, segments: &[Segment], path: &str, params: &mut Vec<Param>) {
        let used: HashSet<_> = segments.iter().filter_map(Segment::param).collect();
        params.retain_mut(|param| {
            let name = &param.name.wire;
            if param.location != Location::Path {
                return true;
            }
            let used = used.contains(name.as_str());
            if !used {
                let message = format!("the path `{path}` has no `{{{name}}}`; the parameter is left out");
                self.ground.push(Diagnostic::warning(Rule::PathParameter, &param.origin, message));
            } else if !param.required {
                let message = format!("the path parameter `{name}` must be `required: true`; it is taken as that");
                self.ground.push(Diagnostic::warning(Rule::PathParameter, &param.origin, message));
            }
            param.required = true;
            used
        });
    }

    /// Takes expressions of RFC 6570 for a query, such as `{?page,size}`, out of the path: what they
    /// name are query parameters.
    fn expressions(&mut self, segments: &mut Vec<Segment>, params: &mut Vec<Param>, operation: &str, origin: &Origin) {
        let is_query = |segment: &Segment| segment.param().is_some_and(|name| name.starts_with(['?', '&']));
        for expression in segments.iter().filter(|segment| is_query(segment)).filter_map(Segment::param) {
            let names = expression.trim_start_matches(['?', '&']).split(',');
            for name in names.map(|name| name.trim_end_matches('*')).filter(|name| !name.is_empty()) {
                if has_query(params, name) {
                    continue;
                }
                let message =
                    format!("{operation}: the query parameter `{name}` is not declared; it is taken as a string");
                self.ground.push(Diagnostic::warning(Rule::PathParameter, origin, message).on_key());
                params.push(Param { required: false, ..text_parameter(name, Location::Query, origin) });
            }
        }
        segments.retain(|segment| !is_query(segment));
    }

    /// What the path has behind its question mark. A value in braces becomes a query parameter.
    fn fixed_query(
        &mut self,
        query: &str,
        path: &str,
        params: &mut Vec<Param>,
        item: &Origin,
    ) -> Vec<(String, String)> {
        let mut fixed = Vec::new();
        for piece in query.split('&').filter(|piece| !piece.is_empty()) {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            if !piece.contains(['{', '}']) {
                fixed.push((name.to_owned(), self.fitting(piece, QUERY_SIGNS, item)));
                continue;
            }
            let variable = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
            let Some(variable) = variable.filter(|variable| !variable.is_empty() && !name.contains(['{', '}'])) else {
                self.ground.push(impossible(path, &format!("the query has `{piece}` in it"), item));
                continue;
            };
            if has_query(params, name) {
                continue;
            }
            let message = format!("`{{{variable}}}` stands in the query; it is sent as the query parameter `{name}`");
            self.ground.push(Diagnostic::warning(Rule::PathParameter, item, message).on_key());
            let declared = |param: &&mut Param| {
                param.name.wire == variable && matches!(param.location, Location::Path | Location::Query)
            };
            match params.iter_mut().find(declared) {
                Some(param) => {
                    param.name.wire = name.to_owned();
                    param.location = Location::Query;
                }
                None => params.push(text_parameter(name, Location::Query, item)),
            }
        }
        fixed
    }

    /// Text in which every character may stand where it does, the others being encoded.
    fn fitting(&mut self, text: &str, signs: &str, item: &Origin) -> String {
        let mut fitting = String::with_capacity(text.len());
        for sign in text.chars() {
            if sign.is_ascii_alphanumeric() || signs.contains(sign) {
                fitting.push(sign);
                continue;
            }
            let message = format!("{sign:?} cannot stand in a path; it is sent percent-encoded");
            self.ground.push(Diagnostic::warning(Rule::InvalidPath, item, message).on_key());
            fitting.extend(sign.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")));
        }
        fitting
    }
}

/// What a path may consist of beside letters and digits, by RFC 3986, section 3.3.
const PATH_SIGNS: &str = "-._~!$&'()*+,;=:@%/";

/// What a query may consist of, by section 3.4.
const QUERY_SIGNS: &str = "-._~!$&'()*+,;=:@%/?";

fn impossible(path: &str, mistake: &str, item: &Origin) -> Diagnostic {
    let message = format!("no request can be made of the path `{path}`: {mistake}");
    Diagnostic::error(Rule::InvalidPath, item, message).on_key()
}

fn has_query(params: &[Param], name: &str) -> bool {
    params.iter().any(|param| param.location == Location::Query && param.name.wire == name)
}

/// What two spellings of one name have in common, without what some routers write behind it.
fn letters(name: &str) -> String {
    let name = name.split(':').next().unwrap_or_default();
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A parameter that the description names and does not describe.
fn text_parameter(name: &str, location: Location, origin: &Origin) -> Param {
    Param {
        name: Name::new(name, None),
        location,
        written: Written::Plain,
        required: true,
        deprecated: false,
        ty: Type::String,
        call_id: None,
        doc: Doc::default(),
        origin: origin.child("parameters").child(name),
    }
}

impl Segment {
    fn param(&self) -> Option<&str> {
        match self {
            Self::Param(name) => Some(name),
            Self::Literal(_) => None,
        }
    }

    fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Param(_) => None,
        }
    }
}

impl<'a> Template<'a> {
    /// Takes a path apart at the signs that are not within braces.
    fn of(text: &'a str) -> Self {
        let at = |text: &str, sign: char| {
            let mut braces = false;
            text.char_indices().find_map(|(index, found)| {
                braces = match found {
                    '{' => true,
                    '}' => false,
                    _ => braces,
                };
                (found == sign && !braces).then_some(index)
            })
        };
        let cut = |text: &'a str, sign| match at(text, sign).and_then(|index| text.split_at_checked(index)) {
            Some((before, after)) => (before, after.strip_prefix(sign)),
            None => (text, None),
        };
        let (text, fragment) = cut(text, '#');
        let (path, query) = cut(text, '?');
        Self { path, query: query.unwrap_or_default(), fragment }
    }
}

/// Why a path cannot stand in a request.
fn mistake(segments: &[Segment]) -> Option<String> {
    for segment in segments {
        match segment {
            Segment::Param(name) if name.is_empty() => return Some("a parameter has no name".to_owned()),
            Segment::Literal(text) if text.contains(['{', '}']) => return Some("a brace stands alone".to_owned()),
            Segment::Param(_) | Segment::Literal(_) => {}
        }
    }
    let whole: String = segments.iter().map(|segment| segment.literal().unwrap_or("{}")).collect();
    let is_dots = whole.split('/').any(|segment| matches!(segment, "." | ".."));
    is_dots.then(|| "`.` and `..` address another resource".to_owned())
}

/// Splits a template at its `{names}`. A lone brace is a literal.
fn split(path: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        literal.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            literal.push('{');
            continue;
        };
        if !literal.is_empty() {
            segments.push(Segment::Literal(std::mem::take(&mut literal)));
        }
        segments.push(Segment::Param(name.to_owned()));
        rest = tail;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    segments
}
