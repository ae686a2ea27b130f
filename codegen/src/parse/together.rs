//! What the members of one object have to do with each other, which the table cannot say.

use http::Method;
use serde_json::{Map, Value};

use crate::api::Origin;
use crate::description::is_license;
use crate::description::methods::{ADDITIONAL, member_of};
use crate::diagnostics::Diagnostic;
use crate::grammar::{Shape, Version};
use crate::maps::{HashMap, HashSet};
use crate::pointer;
use crate::rule::Rule;

/// What is wrong with an object whose members are good, each on its own.
pub(super) fn check(
    object: &Map<String, Value>,
    shape: &Shape,
    version: Version,
    tree: Option<&Value>,
    origin: impl Fn() -> Origin,
) -> Vec<Diagnostic> {
    match shape.name {
        "Responses" => no_response(object, &origin()).into_iter().collect(),
        "XML" => node_type(object, &origin()).into_iter().collect(),
        "Path Item" if version >= Version::V3_2 => methods(object, &origin).collect(),
        "Media Type" if version >= Version::V3_2 => encodings(object, &origin()).into_iter().collect(),
        "Example" => two_values(object, &origin()).into_iter().collect(),
        "Discriminator" => tree.map_or_else(Vec::new, |tree| dangling_mapping(object, tree, &origin())),
        "Paths" if version >= Version::V3_2 => {
            object.keys().filter_map(|path| repeated_name(path, &origin().child(path))).collect()
        }
        "Server" if version >= Version::V3_2 => {
            let url = object.get("url").and_then(Value::as_str);
            url.and_then(|url| repeated_name(url, &origin().child("url"))).into_iter().collect()
        }
        "License" => two_licenses(object, &origin()).into_iter().chain(no_license(object, &origin())).collect(),
        "Link" => link(object, &origin()).into_iter().collect(),
        "OpenAPI" if version > Version::V3_0 => {
            nothing_described(object, &origin()).into_iter().chain(servers_alike(object, &origin())).collect()
        }
        "Schema" if version > Version::V3_0 => {
            let optional =
                tree.filter(|_| version > Version::V3_1).and_then(|tree| optional_discriminator(object, tree));
            let optional = optional.map(|message| {
                let at = origin().child("discriminator");
                let diagnostic = Diagnostic::warning(Rule::MissingMember, &at, message).on_key();
                diagnostic.help("write `defaultMapping`, or require the member everywhere")
            });
            without_effect(object, &origin).chain(optional).collect()
        }
        "Schema" => without_effect(object, &origin).chain(items(object, &origin)).collect(),
        _ => Vec::new(),
    }
}

fn nothing_described(root: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let describes = ["paths", "components", "webhooks"].iter().any(|member| root.contains_key(*member));
    let message = "this description has neither `paths` nor `components` nor `webhooks`";
    (!describes).then(|| Diagnostic::error(Rule::MissingMember, origin, message).help("write at least one of them"))
}

/// A server is chosen by its name.
fn servers_alike(root: &Map<String, Value>, origin: &Origin) -> Vec<Diagnostic> {
    let servers = root.get("servers").and_then(Value::as_array).into_iter().flatten().enumerate();
    let named = servers.filter_map(|(index, server)| Some((index, server.get("name")?.as_str()?)));
    let at = |index: usize| origin.child("servers").child(index.to_string()).child("name");
    let mut known: HashMap<&str, usize> = HashMap::default();
    let mut found = Vec::new();
    for (index, name) in named {
        match known.get(name) {
            Some(other) => {
                let message = "another server has this name as well";
                let diagnostic = Diagnostic::warning(Rule::NameCollision, &at(index), message);
                found.push(diagnostic.also(&at(*other), "the other one").help("name it otherwise"));
            }
            None => _ = known.insert(name, index),
        }
    }
    found
}

/// A name in braces stands for one value, in one place.
fn repeated_name(template: &str, origin: &Origin) -> Option<Diagnostic> {
    let names = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let mut known = HashSet::default();
    let (twice, _) = names.into_iter().find(|(name, _)| !known.insert(*name))?;
    let message = format!("`{{{twice}}}` is here twice");
    Some(Diagnostic::error(Rule::InvalidPath, origin, message).on_key().help("name one of the two otherwise"))
}

/// What the values of a discriminator stand for, and is not there.
fn dangling_mapping(discriminator: &Map<String, Value>, tree: &Value, origin: &Origin) -> Vec<Diagnostic> {
    let at = origin.child("mapping");
    let mapping = discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten();
    let mapped = mapping.map(|(value, target)| (target, at.child(value)));
    let default = discriminator.get("defaultMapping").map(|target| (target, origin.child("defaultMapping")));
    let dangling = mapped.chain(default).filter_map(|(target, at)| {
        let target = target.as_str()?;
        // What is no name of a component may be a file.
        let is_name = target.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-'));
        let pointer = match is_name {
            true => format!("/components/schemas/{target}"),
            false => pointer::of_reference(target).filter(|_| target.starts_with('#'))?,
        };
        tree.pointer(&pointer).is_none().then(|| {
            let message = format!("`{target}` leads nowhere; values are not told by it");
            Diagnostic::warning(Rule::UnresolvedReference, &at, message)
        })
    });
    dangling.collect()
}

fn two_values(example: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let both = |one: &str, other: &str| example.contains_key(one) && example.contains_key(other);
    let pairs = [("value", "dataValue"), ("serializedValue", "value"), ("externalValue", "serializedValue")];
    let (ignored, counts) = pairs.into_iter().find(|(ignored, counts)| both(ignored, counts))?;
    let message = format!("`{ignored}` is ignored beside `{counts}`");
    Some(Diagnostic::warning(Rule::WithoutEffect, origin, message).on_key().help("leave one of them out"))
}

fn no_license(license: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let identifier = license.get("identifier")?.as_str().filter(|text| !is_license(text))?;
    let message = format!("{identifier:?} is no license that SPDX names; it is left out");
    let diagnostic = Diagnostic::warning(Rule::InvalidValue, &origin.child("identifier"), message);
    Some(diagnostic.help("write one such as `MIT` or `Apache-2.0`"))
}

fn two_licenses(license: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let both = ["identifier", "url"].iter().all(|member| license.contains_key(*member));
    let message = "`identifier` and `url` of a license exclude each other; the identifier counts";
    both.then(|| Diagnostic::warning(Rule::WithoutEffect, origin, message).on_key().help("leave one of them out"))
}

fn no_response(responses: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let is_empty = responses.keys().all(|key| key.starts_with("x-"));
    let message = "this operation has no response; every answer is an error of the call";
    is_empty.then(|| Diagnostic::warning(Rule::MissingMember, origin, message).on_key())
}

/// The methods that no member is named after.
fn methods(item: &Map<String, Value>, origin: impl Fn() -> Origin) -> impl Iterator<Item = Diagnostic> {
    let names = item.get(ADDITIONAL).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    names.filter_map(move |name| {
        let at = || origin().child(ADDITIONAL).child(name);
        if let Some(member) = member_of(name) {
            let message = format!("`{name}` is the method of the member `{member}`, which is there too");
            let diagnostic = Diagnostic::error(Rule::DuplicateOperation, &at(), message).on_key();
            return Some(diagnostic.also(&origin().child(member), "the other one").help("remove one of the two"));
        }
        if Method::from_bytes(name.as_bytes()).is_ok() {
            return None;
        }
        let diagnostic = Diagnostic::error(Rule::InvalidValue, &at(), format!("{name:?} is no method of HTTP"));
        Some(diagnostic.on_key().help("a method is one word of letters, digits and some signs, such as `COPY`"))
    })
}

/// Parts are told by their names, or by their order.
fn encodings(media: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let counted = ["prefixEncoding", "itemEncoding"].into_iter().find(|member| media.contains_key(*member))?;
    let message = format!("`encoding` is about parts with names, and `{counted}` about parts without; both are here");
    let diagnostic = Diagnostic::error(Rule::InvalidValue, origin, message).on_key();
    media.contains_key("encoding").then(|| diagnostic.help("remove one of the two"))
}

fn link(link: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let is_one = link.contains_key("operationRef") != link.contains_key("operationId");
    let message = "a Link Object needs either `operationRef` or `operationId`";
    (!is_one).then(|| Diagnostic::error(Rule::InvalidValue, origin, message).on_key())
}

/// What a discriminator does not say, if a value of its list may be without it.
fn optional_discriminator(schema: &Map<String, Value>, tree: &Value) -> Option<String> {
    let discriminator = schema.get("discriminator").filter(|it| it.get("defaultMapping").is_none())?;
    let member = discriminator.get("propertyName")?.as_str()?;
    let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
    let mut variants = list("oneOf").chain(list("anyOf")).filter(|variant| variant.get("type") != Some(&"null".into()));
    let is_optional = variants.any(|variant| !requires(variant, member, tree, &mut 64));
    is_optional
        .then(|| format!("the member `{member}` may be missing; what a value is then, `defaultMapping` would say"))
}

/// Whether a schema requires a member, as far as references and `allOf` lead in so many steps.
fn requires(schema: &Value, member: &str, tree: &Value, steps: &mut usize) -> bool {
    let Some(left) = steps.checked_sub(1) else { return true };
    *steps = left;
    let list = |keyword: &str| schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
    let target = schema.get("$ref").and_then(Value::as_str).and_then(pointer::of_reference);
    let target = target.and_then(|pointer| tree.pointer(&pointer));
    list("required").any(|name| name == member)
        || list("allOf").chain(target).any(|part| requires(part, member, tree, steps))
}

fn node_type(xml: &Map<String, Value>, origin: &Origin) -> Option<Diagnostic> {
    let other = ["attribute", "wrapped"].into_iter().find(|member| xml.contains_key(*member))?;
    let message = format!("`{other}` says what `nodeType` says as well, which counts");
    let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &origin.child(other), message).on_key();
    xml.contains_key("nodeType").then(|| diagnostic.help(format!("take `{other}` out")))
}

/// The keywords of schemas that are about values of some types only.
const TYPED_KEYWORDS: &[(&str, &[&str])] = &[
    ("additionalProperties", &["object"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("items", &["array"]),
    ("maxItems", &["array"]),
    ("maxLength", &["string"]),
    ("maxProperties", &["object"]),
    ("maximum", &["integer", "number"]),
    ("minItems", &["array"]),
    ("minLength", &["string"]),
    ("minProperties", &["object"]),
    ("minimum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("pattern", &["string"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("uniqueItems", &["array"]),
];

fn without_effect(schema: &Map<String, Value>, origin: impl Fn() -> Origin) -> impl Iterator<Item = Diagnostic> {
    let kinds: Vec<_> = match pointer::member(schema, "type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).filter(|kind| *kind != "null").collect(),
        kind => kind.and_then(Value::as_str).into_iter().collect(),
    };
    let present = TYPED_KEYWORDS.iter().filter(|(keyword, _)| pointer::member(schema, keyword).is_some());
    present.filter_map(move |(keyword, typed)| {
        let kind = kinds.first().filter(|_| !kinds.iter().any(|kind| typed.contains(kind)))?;
        let message = format!("`{keyword}` has no effect beside `type: {kind}`");
        Some(Diagnostic::warning(Rule::WithoutEffect, &origin().child(keyword), message).on_key())
    })
}

fn items(schema: &Map<String, Value>, origin: impl Fn() -> Origin) -> Option<Diagnostic> {
    let is_list = pointer::member(schema, "type").and_then(Value::as_str) == Some("array");
    if !is_list || schema.contains_key("items") {
        return None;
    }
    let message = "the member `items` of this list is missing; it can hold anything";
    Some(Diagnostic::warning(Rule::MissingMember, &origin(), message).on_key())
}
