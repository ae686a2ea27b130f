//! Pages of which nobody says anything, where nothing else can be meant.
//!
//! Whoever takes all items must get all of them. So what could be two things is neither.

use http::Method;

use super::place::is_plain;
use super::walk::{members, only_list};
use super::{body, is_scalar};
use crate::api::{Location, Operation, Pages, Paging, Param, Place, Route, Said, Source, Type, Types};

/// Parameters that a value of the answer is sent in, in small letters alone.
const CURSORS: [&str; 12] = [
    "after",
    "continuation",
    "continuationtoken",
    "cursor",
    "marker",
    "offset",
    "page",
    "pagecursor",
    "pagetoken",
    "startcursor",
    "starttoken",
    "token",
];

/// The same, of those that the answer calls what the request does.
const NEXT: [&str; 4] = ["nextcursor", "nextmarker", "nextpagetoken", "nexttoken"];

/// Parameters that say which page is wanted; beside a cursor, they make two ways of one.
const POSITIONS: [&str; 9] =
    ["from", "offset", "page", "pagenumber", "position", "skip", "start", "startindex", "usemarker"];

/// Members that hold the address of the next page.
const LINKS: [&str; 6] = ["nextlink", "nextpagelink", "nextpageuri", "nextpageurl", "nexturi", "nexturl"];

pub(super) fn guess(operation: &Operation, types: &Types) -> Option<Pages> {
    if operation.method != Method::GET {
        return None;
    }
    let body = body(operation)?;
    let items = only_list(types, body)?;
    let has_links = operation.headers.iter().any(|header| header.name.wire.eq_ignore_ascii_case("link"));
    let paging = match has_links {
        true => Paging::Link(Source::Links),
        false => {
            let members = near(types, body);
            cursor(operation, &members).or_else(|| link(&members))?
        }
    };
    Some(Pages {
        paging,
        more: None,
        done: None,
        items: Some(items),
        said: Said::Nobody,
        origin: operation.origin.clone(),
    })
}

/// The scalar members of a body, and those of the objects in it, each with the way to it.
fn near<'t>(types: &'t Types, body: &'t Type) -> Vec<(Route, &'t Type)> {
    let mut near = Vec::new();
    for (name, ty) in members(types, body) {
        let inner = members(types, ty);
        if inner.is_empty() {
            near.push((Route(vec![name.to_owned()]), ty));
        }
        for (inner, ty) in inner {
            let route = vec![name.to_owned(), inner.to_owned()];
            // `links.pages.next`
            let deepest = members(types, ty).into_iter().filter(|_| name == "links" && inner == "pages");
            near.extend(deepest.map(|(last, ty)| (Route([&route[..], &[last.to_owned()]].concat()), ty)));
            near.push((Route(route), ty));
        }
    }
    near.retain(|(_, ty)| is_scalar(ty));
    near
}

/// A parameter `cursor` and a member `next_cursor`, and nothing else that could lead on.
fn cursor(operation: &Operation, members: &[(Route, &Type)]) -> Option<Paging> {
    let query = operation.params.iter().filter(|param| param.location == Location::Query);
    let query: Vec<_> = query.map(|param| (letters(&param.name.wire), param)).collect();
    let is_cursor = |(name, param): &&(String, &Param)| {
        is_plain(param) && (CURSORS.contains(&name.as_str()) || NEXT.contains(&name.as_str()))
    };
    let mut pairs = query.iter().filter(is_cursor).flat_map(|(name, param)| {
        let wanted = if NEXT.contains(&name.as_str()) { name.clone() } else { format!("next{name}") };
        members.iter().filter(move |(route, _)| last(route) == wanted).map(|(route, _)| (*param, route.clone()))
    });
    let (Some((param, route)), None) = (pairs.next(), pairs.next()) else { return None };
    let is_other =
        |(name, other): &(String, &Param)| POSITIONS.contains(&name.as_str()) && other.name.wire != param.name.wire;
    let place = Place::Parameter(param.name.wire.clone());
    (!query.iter().any(is_other)).then_some(Paging::Cursor { place, from: Source::Member(route) })
}

/// The one member that can be nothing but the address of the next page.
fn link(members: &[(Route, &Type)]) -> Option<Paging> {
    let is_link = |(route, ty): &&(Route, &Type)| {
        let of_links = matches!(route.0.as_slice(), [links, .., next] if links == "links" && next == "next");
        **ty == Type::String && (of_links || LINKS.contains(&last(route).as_str()))
    };
    let mut links = members.iter().filter(is_link);
    let (Some((route, _)), None) = (links.next(), links.next()) else { return None };
    Some(Paging::Link(Source::Member(route.clone())))
}

fn last(route: &Route) -> String {
    route.0.last().map(|name| letters(name)).unwrap_or_default()
}

/// A name without what tells spellings of it apart.
fn letters(name: &str) -> String {
    name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
