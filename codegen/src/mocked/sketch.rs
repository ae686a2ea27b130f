//! The table before the examples are in it, which takes the texts of the description's files.

use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::examples::{Examples, Stands};
use super::operations::Operations;
use crate::api::{Direction, Origin};
use crate::description::{Description, Read as _, SchemeKind, SecurityScheme, Server};
use crate::diagnostics::Report;
use crate::documented::Files;
use crate::lower::{Ground, laid_out};
use crate::maps::HashMap;
use crate::texts::literal;

/// What becomes the table.
#[derive(Debug)]
pub(crate) struct Sketch {
    title: String,
    prefixes: Vec<String>,
    schemes: Vec<Value>,
    operations: Vec<Value>,
    /// Those that operations refer to, by their places.
    answers: Map<String, Value>,
    examples: Vec<Stands>,
    schemas: Value,
}

impl Sketch {
    /// One of a description, whose files are those of the report, too.
    pub fn of(document: &Description, report: &mut Report) -> Self {
        let files = Files::of(report.sources(), &report.places);
        let ground = Ground::new(document, report);
        let about = document.about();
        let mut operations = Operations::new(&ground, Examples::new(&ground, files));
        operations.all();
        let Operations { found, shared, mut prefixes, schemas, examples, .. } = operations;
        prefixes.extend(document.servers().iter().filter_map(|server| prefix(&Server::read(server))));
        prefixes.sort_unstable();
        prefixes.dedup();
        Self {
            title: format!("{} {}", about.title, about.version).trim().to_owned(),
            prefixes,
            schemes: schemes(&ground),
            operations: found,
            answers: shared,
            examples: examples.finish(),
            schemas: schemas.without_places(Direction::Sent),
        }
    }

    /// Where the examples stand.
    pub fn places(&self) -> impl Iterator<Item = &Origin> {
        self.examples.iter().filter_map(|example| match example {
            Stands::At(origin) => Some(origin),
            Stands::Json(_) => None,
        })
    }

    /// The table, with the texts of the examples by their places.
    pub fn text(&self, texts: &HashMap<Arc<str>, String>) -> String {
        let examples = self.examples.iter().map(|example| match example {
            Stands::At(origin) => texts.get(origin.pointer()).map_or("null", String::as_str),
            Stands::Json(text) => text,
        });
        let schemas = self.schemas.get("$defs").and_then(Value::as_object).into_iter().flatten();
        let member = |(name, value): (&String, &Value)| format!("{}: {}", json!(name), laid_out(value));
        let laid_out = |values: &[Value]| values.iter().map(laid_out).collect::<Vec<_>>();
        let mut text = "{\n".to_owned();
        let _ = writeln!(text, "\"title\": {},", literal::seen(&json!(self.title).to_string()));
        let _ = writeln!(text, "\"prefixes\": {},", literal::seen(&json!(self.prefixes).to_string()));
        list(&mut text, ("\"schemes\": [", "],\n"), laid_out(&self.schemes));
        list(&mut text, ("\"operations\": [", "],\n"), laid_out(&self.operations));
        list(&mut text, ("\"answers\": {", "},\n"), self.answers.iter().map(member));
        list(&mut text, ("\"examples\": [", "],\n"), examples);
        list(&mut text, ("\"schemas\": {\"$defs\": {", "}}}"), schemas.map(member));
        text
    }
}

/// Puts what there is in lines of its own.
fn list<T: AsRef<str>>(text: &mut String, (start, end): (&str, &str), items: impl IntoIterator<Item = T>) {
    text.push_str(start);
    for (index, item) in items.into_iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&literal::seen(item.as_ref()));
    }
    if !text.ends_with(start) {
        text.push('\n');
    }
    text.push_str(end);
}

/// The path of a server's address, unless that is empty.
pub(super) fn prefix(server: &Server<'_>) -> Option<String> {
    let behind =
        server.url.split_once("://").map_or(server.url, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let path = behind.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let path = path.strip_prefix('.').unwrap_or(path);
    (!path.is_empty()).then(|| if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
}

/// Where the credentials are sent that operations ask for.
fn schemes(ground: &Ground<'_>) -> Vec<Value> {
    let origin = Origin::new("").child("components").child("securitySchemes");
    let schemes = ground.document.components("securitySchemes").iter().filter_map(|(name, scheme)| {
        let (scheme, _) = ground.resolve::<SecurityScheme<'_>>(scheme, &origin.child(name))?;
        let header = |prefix: &str| json!({ "name": name, "in": "header", "key": "Authorization", "prefix": prefix });
        match scheme.kind {
            SchemeKind::ApiKey { location, name: key } => Some(json!({ "name": name, "in": location, "key": key })),
            SchemeKind::Http { scheme, .. } if !scheme.contains(' ') && !scheme.is_empty() => Some(header(scheme)),
            SchemeKind::Http { .. } => Some(json!({ "name": name, "in": "header", "key": "Authorization" })),
            SchemeKind::OAuth2(_) | SchemeKind::OpenIdConnect(_) => Some(header("Bearer")),
            // It comes with the connection.
            SchemeKind::MutualTls => None,
        }
    });
    schemes.collect()
}
