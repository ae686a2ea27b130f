//! What descriptions say of pages for other generators.
//!
//! What of it cannot be done is left out with a warning: nobody wrote it for this one.

use serde_json::Value;

use super::Operations;
use crate::api::{Carried, Origin, Pages, Paging, Place, Route, Said, Source};
use crate::description::Extensions;
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

const SPEAKEASY: &str = "x-speakeasy-pagination";
const FERN: &str = "x-fern-pagination";
const MICROSOFT: &str = "x-ms-pageable";
const DROPSHOT: &str = "x-dropshot-pagination";

/// A way from page to page, and where its items are.
type Told = (Paging, Option<Route>, Option<Route>);

/// Reads what an extension says, which may lead to the description as a whole.
type Reads = fn(&Value, Extensions<'_>) -> Option<Told>;

impl<'a> Operations<'_, 'a> {
    pub(super) fn pages_elsewhere(&self, extensions: Extensions<'a>, origin: &Origin) -> Vec<Pages> {
        let root = self.ground.document.about().extensions;
        let mut ways = Vec::new();
        let readers: [(_, Reads); 4] =
            [(SPEAKEASY, speakeasy), (FERN, fern), (MICROSOFT, microsoft), (DROPSHOT, dropshot)];
        for (name, read) in readers {
            let Some(value) = extensions.get(name) else { continue };
            let origin = origin.child(name);
            let told = if is_one_page(value) { Some((Paging::Never, None, None)) } else { read(value, root) };
            match told {
                Some((paging, more, items)) => {
                    ways.push(Pages { paging, more, done: None, items, said: Said::Elsewhere(name), origin });
                }
                None => {
                    let message = format!("`{name}` says something of pages that cannot be done; it is left out");
                    let diagnostic = Diagnostic::warning(Rule::InvalidExtension, &origin, message).on_key();
                    self.ground.push(diagnostic.help("`pages` of the configuration says it in other words"));
                }
            }
        }
        ways
    }
}

/// Whether there is only the word that there are no more pages than one.
fn is_one_page(value: &Value) -> bool {
    value.is_null() || value == &Value::Bool(false) || value.get("nextLinkName").is_some_and(Value::is_null)
}

/// `{ type: cursor, inputs: [{ name: after, in: parameters, type: cursor }], outputs: { nextCursor: $.next } }`
fn speakeasy(value: &Value, _: Extensions<'_>) -> Option<Told> {
    let outputs = value.get("outputs").unwrap_or(&Value::Null);
    let output = |name: &str| match outputs.get(name) {
        None => Some(None),
        Some(route) => Route::read(route.as_str()?).map(Some),
    };
    let input = |kind: &str| {
        let inputs = value.get("inputs").and_then(Value::as_array).into_iter().flatten();
        let mut inputs = inputs.filter(|input| input.get("type").and_then(Value::as_str) == Some(kind));
        let input = inputs.next()?;
        let name = input.get("name").and_then(Value::as_str)?;
        match input.get("in").and_then(Value::as_str)? {
            "parameters" => Some(Place::Parameter(name.to_owned())),
            "requestBody" => Some(Place::Member(Route::read(name)?, Carried::default())),
            _ => None,
        }
    };
    let paging = match value.get("type").and_then(Value::as_str)? {
        "cursor" => Paging::Cursor { place: input("cursor")?, from: Source::Member(output("nextCursor")??) },
        "url" => Paging::Link(Source::Member(output("nextUrl")??)),
        "offsetLimit" => match input("page") {
            Some(place) => Paging::Number { place, first: None, last: output("numPages")? },
            None => Paging::Offset { place: input("offset")? },
        },
        _ => return None,
    };
    Some((paging, None, output("results")?))
}

/// `{ cursor: $request.after, next_cursor: $response.next, results: $response.data }`
fn fern(value: &Value, root: Extensions<'_>) -> Option<Told> {
    let value = if value == &Value::Bool(true) { root.get(FERN)? } else { value };
    let request = |name: &str| {
        let text = value.get(name)?.as_str()?.strip_prefix("$request.")?;
        Some(
            text.strip_prefix("query.")
                .map_or_else(|| Place::Named(text.to_owned()), |name| Place::Parameter(name.to_owned())),
        )
    };
    let response = |name: &str| match value.get(name) {
        None => Some(None),
        Some(route) => Route::read(route.as_str()?.strip_prefix("$response")?.trim_start_matches('.')).map(Some),
    };
    let has = |name: &str| value.get(name).is_some();
    let paging = match () {
        () if has("cursor") => {
            Paging::Cursor { place: request("cursor")?, from: Source::Member(response("next_cursor")??) }
        }
        () if has("offset") && has("step") => Paging::Offset { place: request("offset")? },
        () if has("offset") => Paging::Number { place: request("offset")?, first: None, last: None },
        () => Paging::Link(Source::Member(response("next_uri")??)),
    };
    Some((paging, response("has-next-page")?, response("results")?))
}

/// `{ nextLinkName: nextLink, itemName: value }`
fn microsoft(value: &Value, _: Extensions<'_>) -> Option<Told> {
    let member = |name: &str| Route(vec![name.to_owned()]);
    let next = value.get("nextLinkName")?.as_str()?;
    let items = value.get("itemName").and_then(Value::as_str).unwrap_or("value");
    Some((Paging::Link(Source::Member(member(next))), None, Some(member(items))))
}

/// What dropshot makes of each paginated endpoint.
fn dropshot(value: &Value, _: Extensions<'_>) -> Option<Told> {
    let route = |name: &str| Route(vec![name.to_owned()]);
    let from = Source::Member(route("next_page"));
    let paging = Paging::Cursor { place: Place::Parameter("page_token".to_owned()), from };
    value.is_object().then(|| (paging, None, Some(route("items"))))
}
