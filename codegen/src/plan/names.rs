//! Rust names for everything that the description names.

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::collisions::Wish;
use super::reserved::Use;
use super::shorter::in_union;
use super::words::{Case, LONGEST, Words};
use super::{directions, operation_names, server_names, type_names};
use crate::api::{Api, CredentialKind, CredentialType, Name, Origin, Shape, Struct, UnionVariant, Variant};
use crate::diagnostics::{Diagnostic, Proposal, Report};
use crate::maps::{HashMap, HashSet};
use crate::rule::Rule;
use crate::texts::Paragraph;

/// Gives everything its Rust name.
pub(super) fn name(api: &mut Api, report: &mut Report) {
    let mut namer = Namer::default();
    operation_names::name(api, &mut namer);
    server_names::name(&mut api.servers, &mut namer);
    namer.credentials(&mut api.credentials);
    let webhooks = api.webhooks.iter_mut().filter(|webhook| webhook.json().is_some());
    let webhooks = webhooks.map(|webhook| (&mut webhook.name, At::key(&webhook.origin), Use::Schema));
    namer.scope("webhooks", Case::Type, webhooks.collect());
    namer.examples(api);
    let definitions = api.types.iter_mut().filter(|(_, definition)| !definition.is_second());
    namer.each(definitions, |namer, (id, definition)| {
        let name = definition.name.given.clone().or_else(|| type_names::component_name(&id.0));
        namer.members(&mut definition.shape, name.as_deref());
    });
    directions::name_alike(api);
    type_names::name(api, &mut namer);
    report.extend(namer.found);
}

/// Where a name stands.
#[derive(Clone, Debug)]
pub(super) struct At {
    origin: Origin,
    kind: Kind,
}

/// How something has its name, and how its author can choose another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// By its key.
    Key,
    /// By its `operationId`, or by its method and path; the place is that of the operation.
    Operation,
    /// A tag by its `name`, or where an operation has it.
    Tag,
    /// As a value of an enumeration.
    Value,
    /// By the key of an example.
    Example,
    /// As a part of the URL for tokens.
    Variable,
    /// By us, as it has no place among the fields; and how it is called if that name is taken.
    Ours(&'static str),
}

impl At {
    /// The place of something that is named by its key.
    pub fn key(origin: &Origin) -> Self {
        Self::of(Kind::Key, origin)
    }

    pub fn of(kind: Kind, origin: &Origin) -> Self {
        Self { origin: origin.clone(), kind }
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    pub fn is_operation(&self) -> bool {
        self.kind == Kind::Operation
    }

    /// What a configuration could say about the name that it has; nothing where it cannot be chosen.
    pub fn proposal(&self, wire: &str, name: &str) -> Option<Proposal> {
        let name = name.to_owned();
        match self.kind {
            Kind::Key | Kind::Operation => Some(Proposal::Name { place: self.origin.pointer().to_owned(), name }),
            Kind::Tag => Some(Proposal::Tag { tag: wire.to_owned(), name }),
            Kind::Value | Kind::Example | Kind::Variable | Kind::Ours(_) => None,
        }
    }

    /// Lets a message about the name point where it is.
    pub fn point(&self, diagnostic: Diagnostic) -> Diagnostic {
        if self.kind == Kind::Value { diagnostic } else { diagnostic.on_key() }
    }

    pub fn help(&self) -> &'static str {
        match self.kind {
            Kind::Key | Kind::Operation => "choose a name with `x-rust-name`",
            Kind::Tag if self.origin.pointer().starts_with("/tags/") => "choose a name with `x-rust-name`",
            Kind::Tag => "list the tag under `tags`, and choose a name with `x-rust-name` there",
            Kind::Value => "choose names with `x-enum-varnames`",
            Kind::Example => "call the example something else",
            Kind::Variable => "call one of them something else in the URL",
            Kind::Ours(_) => "choose a name for the property with `x-rust-name`",
        }
    }

    /// The place of the name that an extension gives.
    fn given(&self) -> Origin {
        let (parent, token) = self.origin.pointer().rsplit_once('/').unwrap_or_default();
        let names = |parent: &str, index: &str| Origin::new(parent).child("x-enum-varnames").child(index);
        match (self.kind, parent.strip_suffix("/enum")) {
            (Kind::Value, Some(schema)) => names(schema, token),
            (Kind::Value, None) if token == "const" => names(parent, "0"),
            // One that its own schema names is there.
            _ => self.origin.child("x-rust-name"),
        }
    }
}

/// What gives names.
#[derive(Default)]
pub(super) struct Namer {
    /// What there is to say about them.
    found: Vec<Diagnostic>,
}

impl Namer {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Names what is in things whose names have nothing to do with each other.
    pub fn each<T: Send>(&mut self, things: impl Iterator<Item = T>, name: impl Fn(&mut Self, T) + Sync) {
        let things: Vec<_> = things.collect();
        let found = things.into_par_iter().map(|thing| {
            let mut namer = Self::default();
            name(&mut namer, thing);
            namer.found
        });
        self.found.extend(found.collect::<Vec<_>>().into_iter().flatten());
    }

    /// Names what stands in one scope.
    pub fn scope(&mut self, what: &str, case: Case, names: Vec<(&mut Name, At, Use)>) {
        let wishes: Vec<_> = names.iter().map(|(name, at, scope)| self.wish(name, case, *scope, at.clone())).collect();
        let settled = self.settle(what, &wishes, |wish| match wish.at.kind {
            Kind::Ours(other) => vec![Words::of(other)],
            _ => wish.spellings(),
        });
        for ((name, _, _), rust) in names.into_iter().zip(settled) {
            name.rust = rust;
        }
    }

    /// What a name of the description asks for.
    pub fn wish(&mut self, name: &Name, case: Case, scope: Use, at: At) -> Wish {
        let fixed = name.given.as_ref().map(|given| self.given(given, case, scope, &at));
        let mut wish = Wish::of(name, fixed, case, scope, at);
        if matches!(wish.at.kind, Kind::Ours(_)) {
            // What has its name from us gives way.
            wish.rank = u8::MAX;
        }
        self.readable(&wish);
        wish
    }

    /// Tells the author what has no good name.
    pub fn readable(&mut self, wish: &Wish) {
        const SHOWN: usize = 60;
        if wish.fixed.is_some() || !(wish.words.is_poor || wish.words.is_long()) {
            return;
        }
        let rust = finish(&wish.words, wish.case, wish.scope);
        let shown: String = wish.wire.chars().take(SHOWN).collect();
        let message = match wish.words.is_long() {
            true => format!("a name that starts with {shown:?} is too long for Rust code; it is cut to `{rust}`"),
            false => format!("no readable Rust name can be made of {shown:?}; it is `{rust}`"),
        };
        let diagnostic = wish.at.point(Diagnostic::warning(Rule::InvalidName, wish.at.origin(), message));
        self.push(diagnostic.help(wish.at.help()).proposing(wish.at.proposal(&wish.wire, &rust)));
    }

    fn credentials(&mut self, credentials: &mut [CredentialType]) {
        let names = credentials
            .iter_mut()
            .map(|credential| (&mut credential.name, At::key(&credential.origin), Use::Credential));
        self.scope("security schemes", Case::Type, names.collect());
        for credential in credentials {
            let at = At::of(Kind::Variable, &credential.origin);
            let CredentialKind::Flow(flow) = &mut credential.kind else { continue };
            let names = flow.variables.iter_mut().map(|name| (name, at.clone(), Use::CredentialArgument));
            self.scope("variables", Case::Value, names.collect());
        }
    }

    /// Examples are called after what they are examples of, by what that is called in Rust if they must.
    fn examples(&mut self, api: &mut Api) {
        let operations = api.operations();
        let operations: HashMap<_, _> = operations
            .map(|operation| (operation.origin.pointer(), (&operation.name.wire, &operation.full_name)))
            .collect();
        let wishes: Vec<_> = api
            .examples
            .iter()
            .map(|example| {
                let at = At::of(Kind::Example, &example.origin);
                let wish = self.wish(&example.name, Case::Constant, Use::Example, at);
                Wish { identity: example.origin.pointer().to_owned(), ..wish }
            })
            .collect();
        let settled = self.settle("examples", &wishes, |wish| {
            let tokens: Vec<_> = wish.identity.split('/').skip(1).take(5).collect();
            let mut starts = (3..=tokens.len()).filter_map(|length| tokens.get(..length));
            let operation = starts.find_map(|start| operations.get(format!("/{}", start.join("/")).as_str()));
            let in_rust = operation.and_then(|(wire, name)| {
                let rest = wish.wire.strip_prefix(wire.as_str())?;
                Some(Words::of(name).then(Words::of(rest)))
            });
            // One of a component is told apart by the kind of that.
            let kind =
                tokens.get(1).filter(|_| operation.is_none()).map(|kind| wish.words.clone().then(Words::of(kind)));
            wish.spellings().into_iter().chain(in_rust).chain(kind).collect()
        });
        for (example, rust) in api.examples.iter_mut().zip(settled) {
            example.name.rust = rust;
        }
    }

    pub fn fields(&mut self, shape: &mut Struct) {
        let fields = shape.fields.iter_mut().map(|field| (&mut field.name, At::key(&field.origin)));
        let rest = shape.rest.iter_mut();
        let rest = rest.map(|rest| (&mut rest.name, At::of(Kind::Ours("additional members"), &rest.origin)));
        let undeclared = shape.undeclared.iter_mut();
        let undeclared = undeclared.map(|members| {
            let at = At::of(Kind::Ours("undeclared members"), &members.origin);
            (&mut members.name, at)
        });
        let names = fields.chain(rest).chain(undeclared).map(|(name, at)| (name, at, Use::Own));
        self.scope("fields", Case::Value, names.collect());
    }

    /// The members of a type, which has a name by itself or none.
    fn members(&mut self, shape: &mut Shape, name: Option<&str>) {
        match shape {
            Shape::Struct(shape) => self.fields(shape),
            Shape::Enum(shape) => {
                self.values(&mut shape.variants);
                shape.other.rust = other_name(shape.variants.iter().map(|variant| &variant.name));
            }
            Shape::Union(shape) => {
                self.variants(&mut shape.variants, name);
                self.accessors(&mut shape.variants);
                if let Some(other) = &mut shape.other {
                    other.rust = other_name(shape.variants.iter().map(|variant| &variant.name));
                }
            }
            Shape::Alias(_) | Shape::Wrapper(_) => {}
        }
    }

    /// The values of an enumeration, or of a server's variable.
    pub fn values(&mut self, values: &mut [Variant]) {
        self.given_to_values(values);
        keep_titles_that_are_names(values);
        let called = values.iter().map(|value| match &value.title {
            Some(title) => Name::new(title, None),
            None => value.name.clone(),
        });
        let mut called: Vec<_> = called.collect();
        let places = values.iter().map(|value| At::of(Kind::Value, &value.origin));
        let names = called.iter_mut().zip(places).map(|(name, at)| (name, at, Use::Own));
        self.scope("values", Case::Type, names.collect());
        for (value, called) in values.iter_mut().zip(called) {
            value.name.rust = called.rust;
        }
    }

    /// Names of values are given for other generators too: they are put into Rust's case. Of those that
    /// come out the same, each value is called by what it is instead.
    fn given_to_values(&mut self, values: &mut [Variant]) {
        let mut first: HashMap<String, Origin> = HashMap::default();
        let mut shared = HashSet::default();
        for value in values.iter_mut() {
            value.name.given = value.name.given.take().filter(|given| given.contains(char::is_alphanumeric));
            let Some(given) = &mut value.name.given else { continue };
            let is_screaming = !given.contains(char::is_lowercase);
            if is_screaming || mistake(given, Case::Type, Use::Own).is_some() {
                *given = finish(&Words::of(given), Case::Type, Use::Own);
            }
            let at = At::of(Kind::Value, &value.origin).given();
            let Some(other) = first.get(given) else {
                first.insert(given.clone(), at);
                continue;
            };
            let message = format!("`x-enum-varnames` makes two values `{given}`; they are called by what they are");
            let diagnostic = Diagnostic::warning(Rule::NameCollision, &at, message);
            self.push(diagnostic.also(other, "the other one").help("choose different names"));
            shared.insert(given.clone());
        }
        for value in values {
            value.name.given = value.name.given.take().filter(|given| !shared.contains(given));
        }
    }

    /// Variants have titles, which need not be unique: then the values say what tells them apart, or else
    /// the place in the list.
    fn variants(&mut self, variants: &mut [UnionVariant], union: Option<&str>) {
        let mut wishes: Vec<_> = variants
            .iter()
            .map(|variant| {
                let wish = self.wish(&variant.name, Case::Type, Use::Own, At::key(&variant.origin));
                Wish { identity: variant.origin.pointer().to_owned(), ..wish }
            })
            .collect();
        let union = union.map(Words::of);
        let shorter = variants.iter().zip(&wishes).map(|(variant, wish)| {
            let union = union.as_ref().filter(|_| variant.ty.named().is_some());
            union.and_then(|union| in_union(wish, union)).into_iter().collect()
        });
        let shorter: Vec<_> = shorter.collect();
        self.shorten("the union", &mut wishes, &shorter);
        let settled = self.settle("variants", &wishes, |wish| {
            let index = wish.identity.rsplit('/').next().unwrap_or_default();
            [wish.spellings(), vec![wish.words.clone().then(Words::of(&format!("variant {index}")))]].concat()
        });
        for (variant, rust) in variants.iter_mut().zip(settled) {
            variant.name.rust = rust;
        }
    }

    /// A name that the description gives for Rust is used as it is, or refused.
    pub fn given(&mut self, given: &str, case: Case, scope: Use, at: &At) -> String {
        let plain = given.trim_start_matches("r#");
        if let Some((mistake, is_case)) = mistake(plain, case, scope) {
            let diagnostic = Diagnostic::error(Rule::InvalidExtension, &at.given(), format!("`{given}` {mistake}"));
            self.push(match is_case {
                true => diagnostic.help(format!("write `{}`", Words::of(plain).in_case(case))),
                false => diagnostic,
            });
        }
        raw(plain).unwrap_or_else(|| "invalid".to_owned())
    }
}

/// Values are called by their titles, if no two of all names are the same then. What is no name is said.
fn keep_titles_that_are_names(values: &mut [Variant]) {
    let called = |value: &Variant| match (&value.name.given, &value.title) {
        (Some(given), _) => given.clone(),
        (None, title) => finish(&Words::of(title.as_ref().unwrap_or(&value.name.wire)), Case::Type, Use::Own),
    };
    let names: HashSet<_> = values.iter().map(called).collect();
    let are_distinct = names.len() == values.len();
    for value in values.iter_mut().filter(|value| !are_distinct || value.name.given.is_some()) {
        value.title.take().into_iter().for_each(|title| value.doc.lead(Paragraph::described(title)));
    }
}

/// Why a name cannot stand in Rust as it is, and whether that is only for its case.
fn mistake(name: &str, case: Case, scope: Use) -> Option<(&'static str, bool)> {
    let fits = match case {
        Case::Type => name.starts_with(char::is_uppercase) && !has_needless_underscore(name),
        Case::Value => !name.contains(char::is_uppercase) && !name.contains("__"),
        Case::Constant => true,
    };
    if !name.starts_with(char::is_alphabetic) || raw(name).is_none() {
        Some(("is not a Rust identifier", false))
    } else if name.len() > LONGEST {
        // Files are named after some of them.
        Some(("is longer than a name may be", false))
    } else if !fits {
        Some(("is not in the case that Rust has here", true))
    } else if scope.is_reserved(name) {
        Some(("is a name that the emitted code has for itself", false))
    } else {
        None
    }
}

/// Words as a name that the emitted code does not have for itself.
pub(super) fn finish(words: &Words, case: Case, scope: Use) -> String {
    let name = words.in_case(case);
    let name = scope.free(raw(&name).unwrap_or(name));
    // An example is a constant, and in lower case a test, which must not be a keyword.
    let is_keyword = case == Case::Constant && !is_identifier(&name.to_lowercase());
    if is_keyword { format!("{name}_EXAMPLE") } else { name }
}

/// Whether Rust would have a type's name without one of its underscores: those that do not part digits.
fn has_needless_underscore(name: &str) -> bool {
    let is_digit = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_digit());
    name.match_indices('_').any(|(at, _)| {
        let before = name.get(..at).and_then(|text| text.chars().next_back());
        let after = name.get(at + 1..).and_then(|text| text.chars().next());
        !(is_digit(before) && is_digit(after))
    })
}

/// What the variant of the values that are not listed is called.
pub(super) const OTHERS: [&str; 3] = ["Unknown", "Unrecognized", "Unlisted"];

/// The variant of the values that are not listed.
fn other_name<'a>(names: impl Iterator<Item = &'a Name>) -> String {
    let taken: HashSet<_> = names.map(|name| name.rust.as_str()).collect();
    let usual = OTHERS.into_iter().find(|name| !taken.contains(name));
    let mut name = usual.unwrap_or("UnlistedValue").to_owned();
    while taken.contains(name.as_str()) {
        name.push_str("Value");
    }
    name
}

/// Whether a word is an identifier as it stands. Of the keywords of the 2024 edition, syn does not
/// know `gen`.
fn is_identifier(word: &str) -> bool {
    // Keywords have a few small letters, but for `Self`: most words need no parser.
    const LONGEST_KEYWORD: usize = "abstract".len();
    let is_plain = word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'_');
    let is_like_keyword =
        word == "Self" || (word.len() <= LONGEST_KEYWORD && word.bytes().all(|sign| sign.is_ascii_lowercase()));
    (is_plain && !is_like_keyword) || word != "gen" && syn::parse_str::<syn::Ident>(word).is_ok()
}

/// A word as an identifier, raw if it is a keyword; `None` for what is no word.
fn raw(word: &str) -> Option<String> {
    match word {
        "self" | "Self" | "super" | "crate" | "_" => Some(format!("{word}_")),
        _ if is_identifier(word) => Some(word.to_owned()),
        _ => syn::parse_str::<syn::Ident>(&format!("r#{word}")).is_ok().then(|| format!("r#{word}")),
    }
}
