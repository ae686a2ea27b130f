//! Operations that have the same headers, errors or other replies by status: there is one type for all of them, which
//! each calls by a name of its own. What callers write stays where an operation gets another reply.

use super::nameless::{words_in_common, words_of};
use super::words::{Case, Words, hash};
use crate::api::{
    Api, Content, Header, Operation, Outcome, Reply, Shared, SharedType, Side, Status, Type, TypeId, Types,
};
use crate::maps::{HashMap, IndexMap, IndexSet};
use crate::texts::Doc;

pub(super) fn share(api: &mut Api) {
    let mut all: IndexMap<Key, Uses> = IndexMap::default();
    for operation in api.operations() {
        for (key, of) in shared_by(operation) {
            all.entry(key).or_insert_with(|| Uses { of: of.clone(), names: Vec::new() }).take(of, &operation.full_name);
        }
    }
    all.retain(|_, uses| uses.names.len() > 1);
    let names = names(&all, &api.types);
    let numbers = all.keys().cloned().zip(0..).collect();
    for operation in api.operations_mut() {
        name(operation, &numbers, &names);
    }
    api.shared =
        names.into_iter().zip(all.into_values()).map(|(name, Uses { of, .. })| SharedType { name, of }).collect();
    api.shared.sort_by(|one, other| one.name.cmp(&other.name));
}

/// What operations have the same, and which these are.
struct Uses {
    of: Shared,
    /// What the operations are called, in words.
    names: Vec<Vec<String>>,
}

impl Uses {
    /// Takes one more operation, and leaves of what is said of headers what is said everywhere.
    fn take(&mut self, of: Shared, name: &str) {
        if let (Shared::Headers(headers), Shared::Headers(others)) = (&mut self.of, of) {
            for (header, other) in headers.iter_mut().zip(others) {
                header.doc.keep_common([&other.doc].into_iter());
            }
        }
        self.names.push(words_of(name));
    }
}

/// All that tells a type from others, but for its name. Of headers, examples do not count.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Headers(Vec<HeaderKey>),
    Success(Vec<ReplyKey>),
    Errors(Vec<ReplyKey>),
}

/// A header: both of its names, its type, and what the description says of it.
type HeaderKey = (String, String, Type, Vec<String>);

/// A reply: its status, what is said of it, and its variants.
type ReplyKey = (Status, Doc, Vec<(String, String, Type)>);

impl Key {
    fn of_headers(headers: &[Header]) -> Option<Self> {
        let key = |Header { name, ty, doc, origin: _ }: &Header| {
            (name.wire.clone(), name.rust.clone(), ty.clone(), doc.texts().map(str::to_owned).collect())
        };
        (!headers.is_empty()).then(|| Self::Headers(headers.iter().map(key).collect()))
    }

    /// Of replies that an enum tells apart.
    fn of_replies(side: &Side) -> Option<Vec<ReplyKey>> {
        let key = |reply: &Reply| {
            let empty = reply.content.is_empty().then(|| (String::new(), reply.name.rust.clone(), Type::Unit));
            let content =
                |content: &Content| (content.name.wire.clone(), content.name.rust.clone(), content.ty.clone());
            (reply.status, reply.doc.clone(), reply.content.iter().map(content).chain(empty).collect())
        };
        matches!(side.outcome, Outcome::Enum(_)).then(|| side.replies.iter().map(key).collect())
    }

    /// What the type of some operations may be called, in words: what says no more than it is first, and at last
    /// what no other is called.
    fn ladder(&self, uses: &Uses, types: &Types) -> Vec<String> {
        const LONGEST: usize = 60;
        let (short, long) = match self {
            Self::Headers(headers) => of_headers(headers),
            Self::Success(replies) => of_replies("output", replies, types),
            Self::Errors(replies) => of_replies("error", replies, types),
        };
        let with_names = format!("{} {short}", words_in_common(&uses.names).join(" "));
        let hashed = format!("{short} {}", hash(&self.text()));
        let long = Some(long).filter(|long| long.len() <= LONGEST);
        [Some(short), long, Some(with_names), Some(hashed)].into_iter().flatten().collect()
    }

    fn text(&self) -> String {
        match self {
            Self::Headers(headers) => {
                let of = |(wire, rust, ty, texts): &HeaderKey| format!("{wire} {rust} {ty:?} {}\n", texts.join("\n"));
                headers.iter().map(of).collect()
            }
            Self::Success(replies) | Self::Errors(replies) => {
                let of = |(status, doc, contents): &ReplyKey| {
                    format!("{} {contents:?} {}\n", status.text(), doc.lines().join("\n"))
                };
                replies.iter().map(of).collect()
            }
        }
    }
}

/// What an operation may have the same as others.
fn shared_by(operation: &Operation) -> impl Iterator<Item = (Key, Shared)> {
    let headers = Key::of_headers(&operation.headers).map(|key| (key, Shared::Headers(operation.headers.clone())));
    let success = Key::of_replies(&operation.success);
    let success = success.map(|key| (Key::Success(key), Shared::Success(operation.success.clone())));
    let errors = Key::of_replies(&operation.errors);
    let errors = errors.map(|key| (Key::Errors(key), Shared::Errors(operation.errors.clone())));
    [headers, success, errors].into_iter().flatten()
}

/// Tells an operation what its types are.
fn name(operation: &mut Operation, numbers: &HashMap<Key, usize>, names: &[String]) {
    let name = |key: Key| numbers.get(&key).and_then(|number| names.get(*number)).cloned();
    operation.headers_shared = Key::of_headers(&operation.headers).and_then(name);
    operation.success.shared = Key::of_replies(&operation.success).map(Key::Success).and_then(name);
    operation.errors.shared = Key::of_replies(&operation.errors).map(Key::Errors).and_then(name);
}

/// A name for each: the first that no other asks for. Nobody has to write them.
fn names(all: &IndexMap<Key, Uses>, types: &Types) -> Vec<String> {
    let rust = |words: &String| Words::of(words).in_case(Case::Type);
    let ladders: Vec<IndexSet<_>> =
        all.iter().map(|(key, uses)| key.ladder(uses, types).iter().map(rust).collect()).collect();
    let mut wanted: HashMap<&str, usize> = HashMap::default();
    ladders.iter().flatten().for_each(|name| *wanted.entry(name).or_default() += 1);
    let is_free = |name: &&String| wanted.get(name.as_str()) == Some(&1);
    let names = ladders.iter().map(|ladder| ladder.iter().find(is_free).or(ladder.last()).cloned().unwrap_or_default());
    names.collect()
}

/// By the words that all headers begin with, or by the headers if they are few; and by all headers.
fn of_headers(headers: &[HeaderKey]) -> (String, String) {
    let mut words = headers.iter().map(|(wire, ..)| Words::of(wire).into_parts());
    let mut start = words.next().unwrap_or_default();
    for other in words {
        start.truncate(start.iter().zip(&other).take_while(|(one, other)| one == other).count());
    }
    let wires: Vec<_> = headers.iter().map(|(wire, ..)| wire.as_str()).collect();
    let all = wires.join(" and ");
    let short = match wires.as_slice() {
        // `X-` says nothing.
        _ if start.iter().any(|word| word != "x") => start.join(" "),
        [first, _, _, _, ..] => format!("{first} and others"),
        _ => all.clone(),
    };
    (format!("{short} headers"), format!("{all} headers"))
}

/// By the statuses; and by these and the types.
fn of_replies(kind: &str, replies: &[ReplyKey], types: &Types) -> (String, String) {
    let statuses: Vec<_> = replies.iter().map(|(status, ..)| status_word(*status)).collect();
    let short = format!("{kind} {}", statuses.join(" or "));
    let contents = replies.iter().flat_map(|(_, _, contents)| contents);
    let bodies: IndexSet<_> =
        contents.filter_map(|(_, _, ty)| Some(types.get(named(ty)?)?.name.rust.as_str())).collect();
    let bodies: Vec<_> = bodies.into_iter().collect();
    let long = format!("{short} of {}", bodies.join(" and "));
    (short, long)
}

fn named(ty: &Type) -> Option<&TypeId> {
    match ty {
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::OrEmpty(inner) => named(inner),
        ty => ty.named(),
    }
}

fn status_word(status: Status) -> String {
    match status {
        Status::Default => "other".to_owned(),
        Status::NoContent => "nothing".to_owned(),
        status => status.text().to_ascii_lowercase(),
    }
}
