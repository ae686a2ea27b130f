//! What makes schemas without a name of their own the same thing, if they say the same: what they are, or what they
//! are there for.

use std::borrow::Cow;

use super::type_names::takes_name;
use crate::api::{Api, Shape, Type, TypeDef, TypeId, Types, Union};
use crate::maps::HashMap;
use crate::pointer;

/// Something that schemas have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kin<'a> {
    /// They are choices of types that have names, and are called by these.
    Parts,
    /// They have the same title.
    Title(&'a str),
    /// They are at members of the same name, and the way from there is the same.
    Member(Cow<'a, str>, Cow<'a, str>),
    /// They are in the bodies of requests, or of replies, and the way from there is the same.
    Content(Content, Cow<'a, str>),
}

/// What a content belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Content {
    Request,
    Reply,
}

/// Finds what types have in common.
pub(super) struct Kinship<'a> {
    types: &'a Types,
    /// The names of parameters, by their places.
    params: HashMap<&'a str, &'a str>,
}

impl<'a> Kinship<'a> {
    pub fn of(api: &'a Api) -> Self {
        let params = api.operations().flat_map(|operation| &operation.params);
        let params = params.map(|param| (param.origin.pointer(), param.name.wire.as_str())).collect();
        Self { types: &api.types, params }
    }

    /// What a type may have in common with others; nothing, if it has a name of its own.
    pub fn kin(&self, id: &'a TypeId, definition: &'a TypeDef) -> Vec<Kin<'a>> {
        let place = Place::of(&id.0, &self.params);
        let is_named = definition.name.given.is_some() || matches!(definition.shape, Shape::Alias(_));
        if is_named || place.is_component {
            return Vec::new();
        }
        let parts = match &definition.shape {
            Shape::Union(union) if is_made_of_names(union, self.types) => Some(Kin::Parts),
            _ => None,
        };
        let title = definition.title.as_deref().map(Kin::Title);
        let around = match (place.member, place.content) {
            (Some((name, way)), _) => Some(Kin::Member(name, without_choices(way))),
            (None, Some((content, way))) if is_telling(&definition.shape) => {
                Some(Kin::Content(content, without_choices(way)))
            }
            (None, _) => None,
        };
        [parts, title, around].into_iter().flatten().collect()
    }
}

/// What is around a schema.
#[derive(Default)]
struct Place<'a> {
    /// The innermost member, parameter or header that it is inside of, and the way from there.
    member: Option<(Cow<'a, str>, &'a str)>,
    /// The content that it is inside of, and the way from there.
    content: Option<(Content, &'a str)>,
    /// Whether it is a schema of the components.
    is_component: bool,
}

impl<'a> Place<'a> {
    fn of(place: &'a str, params: &HashMap<&str, &'a str>) -> Self {
        let ends: Vec<_> = place.match_indices('/').map(|(at, _)| at).skip(1).chain([place.len()]).collect();
        let token = |index: usize| {
            let start = index.checked_sub(1).and_then(|before| ends.get(before)).map_or(1, |end| end + 1);
            ends.get(index).and_then(|end| place.get(start..*end))
        };
        let rest = |index: usize| ends.get(index).and_then(|end| place.get(*end..)).unwrap_or_default();
        let (section, is_in_components) = (token(1), token(0) == Some("components"));
        let mut found =
            Self { is_component: is_in_components && section == Some("schemas") && ends.len() == 3, ..Self::default() };
        let of_webhook = token(0) == Some("webhooks");
        let mut content = section.filter(|_| is_in_components).and_then(content_of);
        // A name can be any word, so that the way is followed from its start.
        let mut at = if is_in_components { 2 } else { 1 };
        while let Some((here, way)) = ends.get(at).and_then(|end| place.split_at_checked(*end)) {
            if let Some(name) = params.get(here) {
                found.member = Some((Cow::from(*name), way));
            }
            let Some(keyword) = token(at + 1) else { break };
            content = content.or_else(|| content_of(keyword));
            at += if takes_name(keyword) { 2 } else { 1 };
            match (keyword, content) {
                ("properties" | "headers" | "$defs" | "definitions", _) => {
                    found.member = token(at).map(|name| (pointer::unescape(name), rest(at))).or(found.member);
                }
                // What a service sends on its own is read as replies are.
                ("schema", Some(content)) if found.content.is_none() => {
                    found.content = Some((if of_webhook { Content::Reply } else { content }, rest(at)));
                }
                _ => {}
            }
        }
        found
    }
}

/// What a keyword of an operation, or a section of the components, has contents of.
fn content_of(keyword: &str) -> Option<Content> {
    match keyword {
        "requestBody" | "requestBodies" => Some(Content::Request),
        "responses" => Some(Content::Reply),
        _ => None,
    }
}

/// A way whichever of several schemas it leads through: a value may be of others there, or `null`.
fn without_choices(way: &str) -> Cow<'_, str> {
    if !["/oneOf/", "/anyOf/", "/allOf/"].iter().any(|choice| way.contains(choice)) {
        return way.into();
    }
    let mut tokens = way.split('/').skip(1);
    let mut left = String::new();
    while let Some(keyword) = tokens.next() {
        let name = tokens.by_ref().take(usize::from(takes_name(keyword)));
        match keyword {
            "oneOf" | "anyOf" | "allOf" => name.for_each(drop),
            _ => [keyword].into_iter().chain(name).for_each(|token| left.extend(["/", token])),
        }
    }
    left.into()
}

/// Whether what has a type by itself says the same for a reason: a few plain members are there by chance.
fn is_telling(shape: &Shape) -> bool {
    const FEW: usize = 2;
    match shape {
        Shape::Struct(shape) if shape.rest.is_none() && (1..=FEW).contains(&shape.fields.len()) => {
            shape.types().any(|ty| ty.has_named(&|_| true))
        }
        _ => true,
    }
}

/// Whether a union is called by what it may be: by a few types, each of which has a name wherever it is.
pub(super) fn is_made_of_names(union: &Union, types: &Types) -> bool {
    const LONGEST: usize = 60;
    let is_named = |id: &TypeId| {
        let title = types.get(id).and_then(|definition| definition.title.as_deref());
        super::type_names::component(&id.0).is_some() || title.is_some()
    };
    let is_name = |ty: &Type| !ty.has_named(&|id| !is_named(id));
    let length: usize = union.variants.iter().map(|variant| variant.name.wire.len() + " or ".len()).sum();
    length <= LONGEST && union.variants.iter().all(|variant| is_name(&variant.ty))
}
