//! Whether the parameters of a request are there, and are what their schemas say.

use serde_json::{Map, Value};

use super::check::Request;
use super::route::Found;
use super::schema::Schema;
use super::table::Parameter;
use super::text::{decoded, of_form};

/// The headers that OpenAPI does not take for parameters.
const NO_PARAMETERS: [&str; 3] = ["accept", "authorization", "content-type"];

/// What a request has for a parameter.
enum Given {
    Missing,
    /// What it may stand for: the first one that fits counts.
    Values(Vec<Value>),
    NoJson(String),
    /// In a way that is not looked into.
    Something,
}

/// What is wrong with the parameters, each in a sentence.
pub fn faults(request: &Request<'_>, found: &Found<'_>) -> Vec<String> {
    let is_one = |parameter: &&Parameter| {
        let name = parameter.name.to_ascii_lowercase();
        parameter.location != "header" || !NO_PARAMETERS.contains(&name.as_str())
    };
    let parameters = found.operation.parameters.iter().filter(is_one);
    parameters.filter_map(|parameter| fault(request, found, parameter)).collect()
}

fn fault(request: &Request<'_>, found: &Found<'_>, parameter: &Parameter) -> Option<String> {
    let kind = match parameter.location.as_str() {
        "querystring" => "query".to_owned(),
        "cookie" => format!("cookie `{}`", parameter.name),
        location => format!("{location} parameter `{}`", parameter.name),
    };
    let true_schema = Value::Bool(true);
    let schema = request.table.schema(parameter.schema.as_deref()).unwrap_or(&true_schema);
    let schema = Schema { root: &request.table.schemas, schema };
    match (Reading { parameter, schema }).given(request, found) {
        Given::Missing if parameter.required => {
            Some(format!("the {kind} is missing, which `{}` requires", found.operation.id))
        }
        Given::Missing | Given::Something => None,
        Given::NoJson(error) => Some(format!("the {kind} is not JSON: {error}")),
        Given::Values(values) => {
            let mut faults = values.iter().map(|value| schema.fault(&format!("the {kind}"), value));
            let first = faults.next()?;
            if faults.any(|fault| fault.is_none()) { None } else { first }
        }
    }
}

/// How a parameter is read.
struct Reading<'t> {
    parameter: &'t Parameter,
    schema: Schema<'t>,
}

impl Reading<'_> {
    fn given(&self, request: &Request<'_>, found: &Found<'_>) -> Given {
        let name = self.parameter.name.as_str();
        match self.parameter.location.as_str() {
            "path" => match found.values.iter().find(|(other, _)| *other == name) {
                Some((_, text)) => self.of_path(text),
                // The template calls it something else.
                None => Given::Something,
            },
            "query" => {
                let pairs: Vec<_> = request.query().map(|(name, value)| (of_form(name), value)).collect();
                self.of_form(&pairs)
            }
            "cookie" => {
                let pairs: Vec<_> = request.cookies().map(|(name, value)| (name.to_owned(), value)).collect();
                self.of_form(&pairs)
            }
            "header" => {
                let lines = request.headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
                let lines: Vec<_> = lines.collect();
                if lines.is_empty() { Given::Missing } else { self.of_simple(&lines.join(","), str::to_owned) }
            }
            _ if request.uri.query().is_none_or(str::is_empty) => Given::Missing,
            _ => Given::Something,
        }
    }

    fn of_path(&self, text: &str) -> Given {
        let name = self.parameter.name.as_str();
        let matrix = format!(";{name}=");
        match self.parameter.style.as_str() {
            "label" => {
                self.listed(text.strip_prefix('.').unwrap_or(text), if self.parameter.explode { "." } else { "," })
            }
            "matrix" if self.parameter.explode => match text.strip_prefix(&matrix) {
                Some(text) => self.listed(text, &matrix),
                None => Given::Something,
            },
            "matrix" => self.listed(text.strip_prefix(&matrix).unwrap_or(text), ","),
            _ => self.of_simple(text, decoded),
        }
    }

    /// Text in the style `simple`, or of a media type.
    fn of_simple(&self, text: &str, decode: fn(&str) -> String) -> Given {
        if self.parameter.style == "content" {
            return of_json(&decode(text));
        }
        let types = self.schema.types();
        let mut values = vec![self.schema.of_text(&decode(text))];
        let items: Vec<_> = text.split(',').map(|item| decode(item.trim())).collect();
        if types.is_object {
            values = vec![match self.parameter.explode {
                true => self.object(items.iter().filter_map(|item| item.split_once('='))),
                false => self.object(items.chunks(2).filter_map(in_pairs)),
            }];
        }
        if types.is_list {
            values.insert(0, self.schema.of_texts(items));
        }
        Given::Values(values)
    }

    /// Text with something between its items.
    fn listed(&self, text: &str, between: &str) -> Given {
        let types = self.schema.types();
        if types.is_object {
            return Given::Something;
        }
        let scalar = self.schema.of_text(&decoded(text));
        let list = self.schema.of_texts(text.split(between).map(decoded));
        Given::Values(if types.is_list { vec![list, scalar] } else { vec![scalar] })
    }

    /// What there is among the pairs of a query, a form or the cookies. Their values are as they were sent.
    fn of_form(&self, pairs: &[(String, &str)]) -> Given {
        let Parameter { name, style, explode, .. } = self.parameter;
        let own: Vec<_> = pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| *value).collect();
        let types = self.schema.types();
        match (style.as_str(), own.as_slice()) {
            ("deepObject", _) => self.deep(pairs),
            ("content", [text, ..]) => of_json(&of_form(text)),
            ("form" | "cookie", []) if *explode && types.is_object => self.spread(pairs),
            (_, []) => Given::Missing,
            ("spaceDelimited", [text]) => self.listed(&text.replace('+', " ").replace("%20", " "), " "),
            ("pipeDelimited", [text]) => self.listed(&text.replace("%7C", "|").replace("%7c", "|"), "|"),
            (_, [text]) => {
                let mut values = vec![self.schema.of_text(&of_form(text))];
                if types.is_object {
                    let items: Vec<_> = text.split(',').map(of_form).collect();
                    values = vec![self.object(items.chunks(2).filter_map(in_pairs))];
                }
                if types.is_list {
                    let items: Vec<_> = if *explode { vec![*text] } else { text.split(',').collect() };
                    values.insert(0, self.schema.of_texts(items.into_iter().map(of_form)));
                }
                Given::Values(values)
            }
            (_, several) => Given::Values(vec![self.schema.of_texts(several.iter().map(|text| of_form(text)))]),
        }
    }

    /// An object whose members are parameters of their own.
    fn spread(&self, pairs: &[(String, &str)]) -> Given {
        let names = self.schema.names();
        let own: Vec<_> = pairs.iter().filter(|(name, _)| names.contains(&name.as_str())).collect();
        match own.is_empty() {
            // Any parameter may be a member of what has no names.
            true if names.is_empty() && !pairs.is_empty() => Given::Something,
            true => Given::Missing,
            false => Given::Something,
        }
    }

    /// `name[member]=value`
    fn deep(&self, pairs: &[(String, &str)]) -> Given {
        let start = format!("{}[", self.parameter.name);
        let within = pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(&start)?, of_form(value))));
        let within: Vec<_> = within.collect();
        let plain: Option<Vec<_>> = within
            .iter()
            .map(|(name, value)| {
                Some((name.strip_suffix(']').filter(|name| !name.contains(['[', ']']))?, value.as_str()))
            })
            .collect();
        match plain {
            _ if within.is_empty() => Given::Missing,
            Some(members) if is_once(&members) => Given::Values(vec![self.object(members.into_iter())]),
            _ => Given::Something,
        }
    }

    fn object<'m>(&self, members: impl Iterator<Item = (&'m str, &'m str)>) -> Value {
        let members = members.map(|(name, text)| (name.to_owned(), self.schema.member(name, text)));
        Value::Object(members.collect::<Map<_, _>>())
    }
}

fn in_pairs(items: &[String]) -> Option<(&str, &str)> {
    match items {
        [name, value] => Some((name, value)),
        _ => None,
    }
}

fn is_once(members: &[(&str, &str)]) -> bool {
    members.iter().enumerate().all(|(index, (name, _))| members.iter().skip(index + 1).all(|(other, _)| other != name))
}

fn of_json(text: &str) -> Given {
    match serde_json::from_str(text) {
        Ok(value) => Given::Values(vec![value]),
        Err(error) => Given::NoJson(error.to_string()),
    }
}
