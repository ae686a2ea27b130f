//! `tests/documented/sent.rs`: the tests of what goes over the wire of documented bodies that are forms, parts or text.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::super::Sink;
use super::super::scope::{Scope, ident};
use super::expected::{self, Part};
use crate::api::{
    Api, Body, Content, Direction, Example, Field, Form, Format, Group, Listed, Operation, Parts, Presence, Shape,
    Struct, TextFormat, Type,
};
use crate::maps::{HashMap, HashSet, IndexMap};
use crate::texts::Comment;

/// An example of a body that is sent as something else than JSON.
pub(super) struct Case<'a> {
    pub example: &'a Example,
    group: &'a Group,
    operation: &'a Operation,
    body: &'a Body,
    content: &'a Content,
    /// The media type that the example is in.
    media_type: &'a str,
    /// Whether a test can call the operation.
    is_callable: bool,
    /// What goes over the wire, or why there is no test of that.
    pub expected: Result<Expected, String>,
}

/// What goes over the wire.
pub(super) enum Expected {
    /// The text of the example.
    Text,
    Form(Vec<(String, String)>),
    Parts(Vec<Part>),
}

/// The examples of such bodies, each with the first operation that a test can call.
pub(super) fn cases(api: &Api) -> Vec<Case<'_>> {
    let mut examples: HashMap<&str, Vec<(usize, &Example)>> = HashMap::default();
    for (index, example) in api.examples.iter().enumerate() {
        if example.direction == Some(Direction::Sent) {
            examples.entry(example.origin.pointer()).or_default().push((index, example));
        }
    }
    let scope = Scope::elsewhere(api);
    let mut cases: IndexMap<usize, Case<'_>> = IndexMap::default();
    let operations = api.groups.iter().flat_map(|group| group.operations.iter().map(move |one| (group, one)));
    for (group, operation) in operations {
        let Some(body) = &operation.body else { continue };
        let unknown = unknown_argument(operation, &scope);
        for content in body.content.iter().filter(|content| !matches!(content.format, Format::Json)) {
            for (place, key) in &content.examples {
                let media_type = if *key == content.name.wire { &content.media_type } else { key };
                let found = examples.get(place.pointer()).into_iter().flatten();
                for (index, example) in found.filter(|(_, example)| example.ty == content.ty) {
                    if cases.get(index).is_some_and(|case| case.is_callable) {
                        continue;
                    }
                    let is_asked = body.flag.is_some() && matches!(content.format, Format::Multipart(_));
                    let expected = match unknown {
                        None if is_asked => Err("whether it asks for a stream is said by the call".to_owned()),
                        None => expected(example, content, media_type, &scope),
                        Some(name) => Err(format!("no value is known for `{name}`, which its operation takes")),
                    };
                    let is_callable = unknown.is_none();
                    let case = Case { example, group, operation, body, content, media_type, is_callable, expected };
                    cases.insert(*index, case);
                }
            }
        }
    }
    cases.into_values().collect()
}

/// An argument of an operation of which no value is known.
fn unknown_argument<'a>(operation: &'a Operation, scope: &Scope<'_>) -> Option<&'a str> {
    let required = operation.params.iter().filter(|param| param.required);
    let mut unknown = required.filter(|param| sample(&param.ty, scope).is_none());
    unknown.next().map(|param| param.name.wire.as_str())
}

/// What goes over the wire of an example, if that is certain.
fn expected(example: &Example, content: &Content, media_type: &str, scope: &Scope<'_>) -> Result<Expected, String> {
    if content.is_open() || media_type.contains('*') {
        return Err(format!("the media type that `{media_type}` stands for is up to the caller"));
    }
    match &content.format {
        Format::Form(form @ Form::Properties(..)) => {
            let members = expected::members(&example.json)?;
            if let Some(Shape::Struct(Struct { rest: None, fields, .. })) =
                scope.resolved(&content.ty).named().and_then(|id| scope.shape(id))
            {
                let known: HashSet<_> = fields.iter().map(|field| &field.name.wire).collect();
                if let Some(name) = members.keys().find(|name| !known.contains(name)) {
                    return Err(expected::unnamed(name));
                }
            }
            expected::pairs(&members, form).map(Expected::Form)
        }
        Format::Multipart(_) if media_type != content.media_type => {
            Err(format!("parts are sent as `{}`", content.media_type))
        }
        Format::Multipart(Some(parts)) if media_type.starts_with("multipart/form-data") => {
            expected::parts(&expected::members(&example.json)?, parts).map(Expected::Parts)
        }
        Format::Multipart(_) => Err(format!("parts of `{media_type}` have no names")),
        Format::Form(Form::Text) | Format::Text | Format::Bytes => {
            let is_text = serde_json::from_str::<String>(&example.json).is_ok();
            if is_text { Ok(Expected::Text) } else { Err("it is not text".to_owned()) }
        }
        Format::Json | Format::Items(_) => Err("it is JSON".to_owned()),
    }
}

/// What tests may import of the crate.
const ITEMS: &[&str] = &["Date", "DateTime", "JsonValue", "Part", "Uuid", "operations", "types"];

/// A test for each of those of which it is known what goes over the wire.
pub(in crate::render) fn tests(api: &Api, crate_name: &Ident, sink: &mut Sink<'_>) -> TokenStream {
    let mut scope = Scope::test(api, crate_name);
    let mut tests = Vec::new();
    for case in cases(api) {
        if let Ok(expected) = &case.expected {
            tests.push(test(&case, expected, &mut scope));
        }
    }
    let named = |wanted: &[&str]| -> Vec<Ident> {
        let names = wanted.iter().filter(|name| tests.iter().any(|test| mentions(test, name)));
        names.map(|name| ident(name)).collect()
    };
    let (items, support) = (named(ITEMS), named(&["Sending", "argument"]));
    let items = (!items.is_empty()).then(|| quote!(use #crate_name::{#(#items),*};));
    let uses = scope.uses();
    tests.into_iter().for_each(|test| sink(test.into()));
    quote! {
        //! What goes over the wire of the documented bodies that are forms, parts or text, as OpenAPI says it.

        #uses
        #items

        use super::documented;
        use super::wire::{#(#support),*};
    }
}

/// Whether code has a name by itself, and not as one of something else.
fn mentions(code: &TokenStream, name: &str) -> bool {
    // What stands right before.
    let mut signs = String::new();
    code.clone().into_iter().any(|tree| {
        let before = std::mem::take(&mut signs);
        match tree {
            TokenTree::Group(group) => mentions(&group.stream(), name),
            TokenTree::Ident(ident) => ident == name && !before.ends_with('.') && !before.ends_with("::"),
            TokenTree::Punct(punct) => {
                signs = before;
                signs.push(punct.as_char());
                false
            }
            TokenTree::Literal(_) => false,
        }
    })
}

fn test(case: &Case<'_>, expected: &Expected, scope: &mut Scope<'_>) -> TokenStream {
    let Case { example, operation, content, .. } = case;
    let title = format!("{} ({})", Comment::of(&example.title), Comment::of(&example.place));
    let constant = ident(&example.name.rust);
    let name = ident(&format!("sends_{}", example.name.rust.to_lowercase()));
    let deprecated = operation.deprecated.then(|| quote!(#[allow(deprecated, reason = "it is tested all the same")]));
    let made = match &content.format {
        Format::Multipart(Some(parts)) => form(case, parts),
        _ => {
            let ty = if matches!(expected, Expected::Text) { quote!(String) } else { scope.ty(&content.ty) };
            quote!(let body: #ty = sending.body();)
        }
    };
    let call = call(case, scope);
    let media_type = case.media_type;
    let is_sent = match expected {
        Expected::Text => quote!(is_text(#media_type, &body)),
        Expected::Form(pairs) => {
            let pairs = pairs.iter().map(|(name, text)| quote!((#name, #text)));
            quote!(is_form(#media_type, &[#(#pairs),*]))
        }
        Expected::Parts(parts) => {
            let parts = parts.iter().map(|(name, media_type, text)| quote!((#name, #media_type, #text)));
            quote!(has_parts(#media_type, &[#(#parts),*]))
        }
    };
    quote! {
        #[tokio::test]
        #deprecated
        async fn #name() {
            let sending = Sending::of(#title, documented::#constant);
            #made
            let call = #call;
            sending.sent(call).await.#is_sent;
        }
    }
}

/// The call that sends the body.
fn call(case: &Case<'_>, scope: &mut Scope<'_>) -> TokenStream {
    let Case { group, operation, body, content, .. } = case;
    let is_choice = body.content.len() > 1;
    let sent = match (&content.format, is_choice) {
        (Format::Multipart(_), false) => quote!(body),
        (Format::Multipart(_), true) => quote!(body.into()),
        (Format::Form(Form::Properties(..)), true) => quote!(body),
        (Format::Form(_), false) => quote!(&body),
        (Format::Form(Form::Text), true) | (_, false) => quote!(body.clone()),
        (_, true) => quote!(body.clone().into()),
    };
    let sent = if is_choice {
        let (choice, variant) = (item(group, &body.type_name), ident(&content.name.rust));
        quote!(#choice::#variant(#sent))
    } else {
        sent
    };
    let group = (!group.name.rust.is_empty()).then(|| {
        let name = ident(&group.name.rust);
        quote!(.#name())
    });
    let required = operation.params.iter().filter(|param| param.required);
    let mut arguments: Vec<_> = required.filter_map(|param| argument(&param.ty, scope)).collect();
    let setter = if body.required {
        arguments.push(sent);
        None
    } else {
        Some(quote!(.body(#sent)))
    };
    let method = ident(&operation.name.rust);
    let other = (case.media_type != content.media_type).then(|| {
        let media_type = case.media_type;
        quote!(.sent_as(#media_type))
    });
    quote!(sending.client #group.#method(#(#arguments),*)#setter #other)
}

/// A type that belongs to an operation.
fn item(group: &Group, name: &str) -> TokenStream {
    let name = ident(name);
    if group.name.rust.is_empty() {
        return quote!(operations::#name);
    }
    let module = ident(&group.name.rust);
    quote!(operations::#module::#name)
}

/// The parts of an example, as a caller makes them.
fn form(case: &Case<'_>, parts: &Parts) -> TokenStream {
    let name = item(case.group, &parts.type_name);
    let members = expected::members(&case.example.json).unwrap_or_default();
    let fields: Vec<_> = parts.shape.fields.iter().filter(|field| field.preset().is_none()).collect();
    let required: Vec<_> = fields.iter().filter(|field| field.is_required()).map(|field| made(field, true)).collect();
    let optional = fields.iter().filter(|field| !field.is_required() && members.contains_key(&field.name.wire));
    let optional: Vec<_> = optional
        .map(|field| {
            let (name, value) = (ident(&field.name.rust), made(field, false));
            quote!(body.#name = #value;)
        })
        .collect();
    let mutable = (!optional.is_empty()).then(|| quote!(mut));
    let constructor = if parts.shape.fields.iter().any(Field::is_required) { quote!(new) } else { quote!(default) };
    quote! {
        let #mutable body = #name::#constructor(#(#required),*);
        #(#optional)*
    }
}

/// The value of a field, of the member that the example has for it.
fn made(field: &Field, is_argument: bool) -> TokenStream {
    let wire = &field.name.wire;
    let is_optional = field.presence != Presence::Required;
    let part = match &field.ty {
        Type::Part => quote!(Part::new(sending.member::<String>(#wire))),
        Type::Array(item) if **item == Type::Part => {
            quote!(sending.member::<Vec<String>>(#wire).into_iter().map(Part::new).collect())
        }
        // Any text can be an argument, so that it says which it is.
        Type::String | Type::Text(TextFormat::Secret) if is_argument && !is_optional => {
            return quote!(sending.member::<String>(#wire));
        }
        _ => return quote!(sending.member(#wire)),
    };
    if is_optional { quote!(Some(#part)) } else { part }
}

/// A value that an operation takes beside its body.
fn argument(ty: &Type, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let json = sample(ty, scope)?;
    Some(match scope.resolved(ty).clone() {
        Type::String => quote!("a"),
        Type::Boolean => quote!(true),
        Type::Integer(_) => quote!(1),
        Type::Array(item) => {
            let item = argument(&item, scope)?;
            quote!(&[#item])
        }
        Type::Text(format) => {
            let ty = ident(format.about().name);
            quote!(argument::<#ty>(#json))
        }
        converted => {
            let ty = scope.ty(&converted);
            quote!(argument::<#ty>(#json))
        }
    })
}

/// Such a value as JSON, where it is simple to say one.
fn sample(ty: &Type, scope: &Scope<'_>) -> Option<String> {
    let json = match scope.resolved(ty) {
        Type::String => r#""a""#,
        Type::Boolean => "true",
        Type::Integer(_) | Type::Number => "1",
        Type::Text(TextFormat::Uuid) => r#""936da01f-9abd-4d9d-80c7-02af85c822a8""#,
        Type::Text(TextFormat::Date) => r#""2001-02-03""#,
        Type::Text(TextFormat::DateTime) => r#""2001-02-03T04:05:06Z""#,
        Type::Array(item) => return sample(item, scope).filter(|_| !matches!(scope.resolved(item), Type::Array(_))),
        Type::Named(id) => match scope.shape(id)? {
            Shape::Enum(shape) => {
                let value = &shape.variants.first()?.name.wire;
                return Some(match shape.listed {
                    Listed::Strings => serde_json::Value::String(value.clone()).to_string(),
                    Listed::Integers(_) => value.clone(),
                });
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(json.to_owned())
}
