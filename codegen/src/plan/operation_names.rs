//! The names of what belongs to operations: modules, methods, and the types beside them.

use std::collections::BTreeMap;

use super::collisions::{EXACT, USUAL, Wish, first_of};
use super::names::{At, Kind, Namer, finish};
use super::reserved::Use;
use super::shorter::{function, shorter};
use super::words::{Case, Words};
use crate::api::{
    Api, Body, Content, Format, Group, Location, Name, Operation, Origin, Outcome, Param, Parts, Reply, Side, Status,
};
use crate::diagnostics::{Diagnostic, Proposal};
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;

pub(super) fn name(api: &mut Api, namer: &mut Namer) {
    namer.doors(&mut api.groups);
    namer.each(api.groups.iter_mut(), |namer, group| {
        namer.types_of(group);
        namer.each(group.operations.iter_mut(), Namer::parts);
    });
    name_in_full(api);
    namer.without_id(&api.groups);
    namer.with_one_id(&api.groups);
}

impl Namer {
    /// The methods of the client, which are the tags and the operations without one, and those of each tag.
    fn doors(&mut self, groups: &mut [Group]) {
        let (tagged, untagged): (Vec<_>, Vec<_>) = groups.iter_mut().partition(|group| !group.name.wire.is_empty());
        let tags = tagged.iter().map(|group| {
            let wish = self.wish(&group.name, Case::Value, Use::Module, At::of(Kind::Tag, &group.origin));
            Wish { rank: if wish.rank == EXACT { EXACT } else { EXACT + 1 }, ..wish }
        });
        let tags: Vec<_> = tags.collect();
        let mut operations: Vec<_> = untagged.into_iter().flat_map(|group| &mut group.operations).collect();
        let mut names = self.methods("methods of the client", tags, &mut operations, None).into_iter();
        for group in tagged {
            group.name.rust = names.next().unwrap_or_default();
            let tag = Words::of(group.name.given.as_ref().unwrap_or(&group.name.wire));
            let mut operations: Vec<_> = group.operations.iter_mut().collect();
            let methods = self.methods("operations", Vec::new(), &mut operations, Some(&tag));
            operations.into_iter().zip(methods).for_each(|(operation, rust)| operation.name.rust = rust);
        }
        operations.into_iter().zip(names).for_each(|(operation, rust)| operation.name.rust = rust);
    }

    /// The names of what is in a scope: of some others, and of operations.
    fn methods(
        &mut self,
        what: &str,
        others: Vec<Wish>,
        operations: &mut [&mut Operation],
        tag: Option<&Words>,
    ) -> Vec<String> {
        let scope = if tag.is_some() { Use::GroupMethod } else { Use::ClientMethod };
        let mut shorter_names: Vec<_> = others.iter().map(|_| Vec::new()).collect();
        let (known, mut wishes) = (others.len(), others);
        for operation in operations.iter() {
            let wish = self.method(operation, scope);
            shorter_names.push(shorter(operation, &wish, tag));
            wishes.push(wish);
        }
        let are_shortened = self.shorten("the tag or the request", &mut wishes, &shorter_names).into_iter().skip(known);
        for (operation, is_shortened) in operations.iter_mut().zip(are_shortened) {
            operation.is_shortened = is_shortened;
        }
        self.settle(what, &wishes, of_door)
    }

    fn method(&mut self, operation: &Operation, scope: Use) -> Wish {
        let at = At::of(Kind::Operation, &operation.origin);
        let wish = self.wish(&operation.name, Case::Value, scope, at);
        let words = if operation.has_id { wish.words } else { by_request(&operation.request()) };
        let rank = if wish.rank == EXACT { EXACT + 2 } else { USUAL };
        Wish { words, name: None, rank, identity: operation.identity(), ..wish }
    }

    /// The types of a module: those that stand for the tag and its operations, and those of replies.
    fn types_of(&mut self, group: &mut Group) {
        // Where methods have the same name, so have their types: that is said once.
        let methods: HashSet<_> = group.operations.iter().map(|operation| &operation.name.rust).collect();
        if methods.len() < group.operations.len() {
            return;
        }
        let wish = |wire: &str, words: Words, scope: Use, rank: u8, identity: String, at: At| Wish {
            wire: wire.to_owned(),
            fixed: None,
            words,
            name: None,
            case: Case::Type,
            scope,
            rank,
            identity,
            at,
        };
        let mut wishes = Vec::new();
        if !group.name.wire.is_empty() {
            let at = At::of(Kind::Tag, &group.origin);
            wishes.push(wish(&group.name.wire, method_words(&group.name), Use::Group, 2, group.name.rust.clone(), at));
        }
        for operation in &group.operations {
            let at = At::of(Kind::Operation, &operation.origin);
            let words = method_words(&operation.name);
            let identity = operation.identity();
            wishes.push(wish(&operation.name.wire, words.clone(), Use::Operation, 1, identity, at.clone()));
            for part in parts_of(operation) {
                let identity = format!("{} {part}", operation.identity());
                let wire = format!("{} {part}", operation.name.wire);
                wishes.push(wish(&wire, words.clone().then(Words::of(&part)), Use::Operation, 3, identity, at.clone()));
            }
        }
        let mut names = self.settle("types", &wishes, of_type).into_iter();
        if !group.name.wire.is_empty() {
            group.type_name = names.next().unwrap_or_default();
        }
        for operation in &mut group.operations {
            operation.type_name = names.next().unwrap_or_default();
            if !operation.headers.is_empty() {
                operation.headers_name = names.next().unwrap_or_default();
            }
            for side in [&mut operation.success, &mut operation.errors] {
                if let Outcome::Enum(name) = &mut side.outcome {
                    *name = names.next().unwrap_or_default();
                }
            }
            if let Some(streamed) = &mut operation.streamed {
                streamed.type_name = names.next().unwrap_or_default();
            }
            let Some(body) = &mut operation.body else { continue };
            if body.content.len() > 1 {
                body.type_name = names.next().unwrap_or_default();
            }
            for parts in parts_mut(body) {
                parts.type_name = names.next().unwrap_or_default();
            }
        }
    }

    /// What has names of its own within an operation.
    fn parts(&mut self, operation: &mut Operation) {
        let setter = match operation.streamed {
            Some(_) => Use::StreamSetter,
            None if operation.pages.is_empty() => Use::Setter,
            None => Use::PagedSetter,
        };
        self.parameters(&mut operation.params, setter);
        let headers = operation.headers.iter_mut();
        let headers = headers.map(|header| (&mut header.name, At::key(&header.origin), Use::Own));
        self.scope("headers", Case::Value, headers.collect());
        self.replies(&mut operation.success);
        self.replies(&mut operation.errors);
        if let Some(body) = &mut operation.body {
            self.contents(body);
            parts_mut(body).for_each(|parts| self.fields(&mut parts.shape));
        }
    }

    /// A variant for each reply, or for each content of one that may have several.
    fn replies(&mut self, side: &mut Side) {
        let wishes: Vec<_> = side.replies.iter().flat_map(|reply| self.reply_variants(reply)).collect();
        let settled = match side.outcome {
            Outcome::Enum(_) => {
                self.settle("replies", &wishes, |wish| vec![Words::of(&format!("status {}", wish.identity))])
            }
            Outcome::Same(_) | Outcome::Optional(_) | Outcome::Nothing => {
                wishes.iter().map(|wish| wish.fixed.clone().unwrap_or_default()).collect()
            }
        };
        let mut settled = settled.into_iter();
        for reply in &mut side.replies {
            let empty = reply.content.is_empty().then_some(&mut reply.name);
            for name in empty.into_iter().chain(reply.content.iter_mut().map(|content| &mut content.name)) {
                name.rust = settled.next().unwrap_or_default();
            }
        }
    }

    fn reply_variants(&mut self, reply: &Reply) -> Vec<Wish> {
        let status = self.reply(reply);
        let is_only = reply.content.len() == 1;
        let contents = reply.content.iter().map(|content| {
            let wish = self.content(content);
            let words = status.fixed.as_deref().map_or_else(|| status.words.clone(), Words::of);
            let words = if is_only { words } else { words.then(wish.words) };
            let fixed = wish.fixed.or_else(|| status.fixed.clone().filter(|_| is_only));
            let identity =
                if is_only { status.identity.clone() } else { format!("{} {}", status.identity, content.name.wire) };
            Wish { fixed, words, name: None, wire: identity.clone(), identity, at: wish.at, ..status.clone() }
        });
        let contents: Vec<_> = contents.collect();
        if contents.is_empty() { vec![status] } else { contents }
    }

    /// The variants of what a body may be.
    fn contents(&mut self, body: &mut Body) {
        let wishes: Vec<_> = body.content.iter().map(|content| self.content(content)).collect();
        let settled = self.settle("media types", &wishes, |wish| {
            [vec![Words::spoken(&media_words(&wish.wire))], wish.spellings()].concat()
        });
        for (content, rust) in body.content.iter_mut().zip(settled) {
            content.name.rust = rust;
        }
    }

    fn content(&mut self, content: &Content) -> Wish {
        let words = media_words(&content.name.wire);
        let name = Name { wire: words.clone(), ..content.name.clone() };
        let wish = self.wish(&name, Case::Type, Use::Own, At::key(&content.origin));
        Wish { rank: USUAL, wire: content.name.wire.clone(), identity: content.name.wire.clone(), ..wish }
    }

    fn reply(&mut self, reply: &Reply) -> Wish {
        let wish = self.wish(&reply.name, Case::Type, Use::Own, At::key(&reply.origin));
        let status = reply.status.text();
        Wish {
            name: None,
            words: Words::of(&status_words(reply.status)),
            rank: USUAL,
            identity: status.clone(),
            wire: status,
            ..wish
        }
    }

    /// Those of the path come first: they are what an operation is about.
    fn parameters(&mut self, params: &mut [Param], setter: Use) {
        let wishes: Vec<_> = params
            .iter()
            .map(|param| {
                let scope = if param.required { Use::Argument } else { setter };
                let wish = self.wish(&param.name, Case::Value, scope, At::key(&param.origin));
                let rank = wish.rank + if param.location == Location::Path { 0 } else { USUAL };
                Wish { rank, identity: format!("{} {}", param.location.name(), param.name.wire), ..wish }
            })
            .collect();
        // Where a name is in several places, the place tells; the place is the first word of the identity.
        let place = |wish: &Wish| wish.identity.split(' ').next().unwrap_or_default().to_owned();
        let mut places: HashMap<String, HashSet<String>> = HashMap::default();
        for wish in &wishes {
            places.entry(wish.first()).or_default().insert(place(wish));
        }
        let settled = self.settle("parameters", &wishes, |wish| {
            let is_placed = places.get(&wish.first()).is_some_and(|places| places.len() > 1);
            let placed = |words: Words| if is_placed { words.and(&place(wish)) } else { words };
            let spelled = wish.spellings();
            [vec![placed(wish.words.clone())], spelled.clone(), spelled.into_iter().map(placed).collect()].concat()
        });
        for (param, rust) in params.iter_mut().zip(settled) {
            param.name.rust = rust;
        }
    }

    /// One message for all operations without an id: where there is one of them, there are many.
    fn without_id(&mut self, groups: &[Group]) {
        const SHOWN: usize = 3;
        let all = groups.iter().flat_map(|group| &group.operations);
        let unnamed: Vec<_> = all.filter(|operation| !operation.has_id && operation.name.given.is_none()).collect();
        let Some(first) = unnamed.first() else { return };
        let list =
            first_of(SHOWN, &unnamed, |operation| format!("`{}` is `{}`", operation.identity(), operation.name.rust));
        let message = match unnamed.len() {
            1 => {
                format!("an operation has no `operationId`; it is named after its method and path: {list}")
            }
            count => {
                format!("{count} operations have no `operationId`; they are named after their method and path: {list}")
            }
        };
        let diagnostic = Diagnostic::warning(Rule::MissingOperationId, &first.origin, message).on_key();
        let proposals = unnamed.iter().map(|operation| proposal(operation));
        self.push(diagnostic.help("add a unique `operationId`").proposing(proposals));
    }

    /// Operations that have one id, whether or not they are in one scope.
    fn with_one_id(&mut self, groups: &[Group]) {
        const SHOWN: usize = 6;
        let mut by_id: BTreeMap<&str, Vec<(&Operation, &Group)>> = BTreeMap::new();
        for group in groups {
            for operation in group.operations.iter().filter(|operation| operation.has_id) {
                by_id.entry(&operation.name.wire).or_default().push((operation, group));
            }
        }
        for (id, operations) in by_id {
            let [(first, _), others @ ..] = operations.as_slice() else { continue };
            if others.is_empty() {
                continue;
            }
            let list = first_of(SHOWN + 1, &operations, |(operation, group)| {
                let path = match group.name.rust.as_str() {
                    "" => operation.name.rust.clone(),
                    module => format!("{module}().{}", operation.name.rust),
                };
                format!("`{}` is `{path}`", operation.identity())
            });
            let message = format!("{} operations have the `operationId` `{id}`: {list}", operations.len());
            let place = |origin: &Origin| origin.child("operationId");
            let mut diagnostic = Diagnostic::warning(Rule::DuplicateOperation, &place(&first.origin), message);
            for (other, _) in others.iter().take(SHOWN) {
                diagnostic = diagnostic.also(&place(&other.origin), "and here");
            }
            let diagnostic = diagnostic.help("make each `operationId` unique, or choose names with `x-rust-name`");
            self.push(diagnostic.proposing(operations.iter().map(|(operation, _)| proposal(operation))));
        }
    }
}

/// That the operation keeps its name.
fn proposal(operation: &Operation) -> Proposal {
    Proposal::Name { place: operation.origin.pointer().to_owned(), name: operation.name.rust.clone() }
}

/// What operations are called where they are not told apart by their module: by all words of the `operationId`, but for
/// the request that FastAPI puts behind them, if no other operation is called the same then.
fn name_in_full(api: &mut Api) {
    let name = |name: &str| finish(&Words::of(name), Case::Type, Use::Operation);
    let called = |operation: &Operation| match operation.is_shortened {
        true => name(function(operation).unwrap_or(&operation.name.wire)),
        false => operation.type_name.clone(),
    };
    let mut wanted: HashMap<String, usize> = HashMap::default();
    api.operations().for_each(|operation| *wanted.entry(called(operation)).or_default() += 1);
    for operation in api.operations_mut() {
        let short = called(operation);
        let is_alone = !operation.is_shortened || wanted.get(&short) == Some(&1);
        operation.full_name = if is_alone { short } else { name(&operation.name.wire) };
    }
}

/// An operation is told from others by its request, a tag by its spelling.
fn of_door(wish: &Wish) -> Vec<Words> {
    if !wish.at.is_operation() {
        return wish.spellings();
    }
    let (method, path) = wish.identity.split_once(' ').unwrap_or_default();
    // The request is enough for as long as tags are told apart by their spelling.
    let by_request = by_request(&wish.identity);
    let mut longer = vec![by_request.clone(); wish.spellings().len()];
    longer.push(if path.ends_with('/') { by_request.and("slash") } else { by_request });
    longer.push(Words::of(method).then(Words::spoken(path)));
    longer
}

/// What has the name of another type of its module says what it is.
fn of_type(wish: &Wish) -> Vec<Words> {
    let words = &wish.words;
    let kind = match wish.scope {
        Use::Group => "operations",
        _ if wish.rank == 1 => "operation",
        _ => "type",
    };
    vec![words.clone().then(Words::of(kind))]
}

/// The method and the path in words, such as `get cats by id` of `GET /cats/{id}`.
fn by_request(request: &str) -> Words {
    Words::of(&request.replace('{', " by ").replace('}', " "))
}

/// A name that was settled, as words again.
fn method_words(name: &Name) -> Words {
    Words::of(name.rust.trim_start_matches("r#"))
}

/// What ends the names of the types that an operation has beside its own.
fn parts_of(operation: &Operation) -> impl Iterator<Item = String> {
    let headers = (!operation.headers.is_empty()).then_some("headers");
    let success = matches!(operation.success.outcome, Outcome::Enum(_)).then_some("output");
    let errors = matches!(operation.errors.outcome, Outcome::Enum(_)).then_some("error");
    let streamed = operation.streamed.as_ref().map(|_| "stream");
    let contents = operation.body.iter().flat_map(|body| &body.content);
    let body = (contents.clone().count() > 1).then_some("body");
    let forms: Vec<_> = contents.filter(|content| content.parts().is_some()).collect();
    // One of them goes without saying which.
    let is_only = forms.len() == 1;
    let forms = forms.into_iter().map(move |content| match is_only {
        true => "form".to_owned(),
        false => format!("{} form", media_words(&content.name.wire)),
    });
    [headers, success, errors, streamed, body].into_iter().flatten().map(str::to_owned).chain(forms)
}

/// What a body names the parts of.
fn parts_mut(body: &mut Body) -> impl Iterator<Item = &mut Parts> {
    body.content.iter_mut().filter_map(|content| match &mut content.format {
        Format::Multipart(parts) => parts.as_mut(),
        Format::Json | Format::Text | Format::Bytes | Format::Items(_) | Format::Form(_) => None,
    })
}

/// A media type in words: those of forms by what they are called, and without what most others begin
/// with, which says nothing.
fn media_words(media_type: &str) -> String {
    match media_type.to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => return "form".to_owned(),
        "multipart/form-data" => return "multipart".to_owned(),
        _ => {}
    }
    let words = media_type.strip_prefix("application/").or(media_type.strip_prefix("*/")).unwrap_or(media_type);
    words.replace('*', " any ")
}

/// A status in words: its reason phrase where HTTP has one.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => {
            let reason = http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("status {code}"), |reason| reason.replace(['\'', '-'], ""))
        }
        Status::Range(1) => "informational".to_owned(),
        Status::Range(2) => "success".to_owned(),
        Status::Range(3) => "redirection".to_owned(),
        Status::Range(4) => "client error".to_owned(),
        Status::Range(_) => "server error".to_owned(),
        Status::NoContent => "no content".to_owned(),
        Status::Default => "other".to_owned(),
    }
}
