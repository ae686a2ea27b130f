//! The types.

use crate::api::{Api, Enum, Listed, Shape, Type, TypeDef, TypeId, Union};
use crate::maps::{HashMap, HashSet};
use crate::render::Signatures;

use super::super::callers::{Caller, Callers};
use super::super::entry::{Entry, Kind, OTHER_NAME};
use super::super::pairs::Keys;
use super::members;

pub(super) fn types<'a>(api: &'a Api, keys: &Keys, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
    let going = Going::of(api);
    let mut names: HashMap<&TypeId, Vec<String>> = HashMap::default();
    for definition in api.types.values() {
        if let Shape::Alias(Type::Named(id)) = &definition.shape {
            names.entry(id).or_default().push(definition.name.rust.clone());
        }
    }
    let types = api.types.iter().map(|(id, definition)| {
        let own = named(definition, going.users(id), signatures);
        let other_names = names.remove(id).unwrap_or_default();
        Entry { key: keys.of(id).to_owned(), place: id.0.to_string(), other_names, ..own }
    });
    types.collect()
}

/// The types that are sent, and those that are received.
struct Going<'a> {
    sent: HashSet<&'a TypeId>,
    received: HashSet<&'a TypeId>,
}

impl<'a> Going<'a> {
    fn of(api: &'a Api) -> Self {
        let mut roots = [Vec::new(), Vec::new()];
        let [sent, received] = &mut roots;
        for operation in api.operations() {
            operation.sent().for_each(|ty| ty.for_each_named(&mut |id| sent.push(id)));
            operation.received().for_each(|ty| ty.for_each_named(&mut |id| received.push(id)));
        }
        api.sent_by_server().for_each(|ty| ty.for_each_named(&mut |id| received.push(id)));
        let [sent, received] = roots.map(|open| reached(api, open));
        Self { sent, received }
    }

    /// Who has to do with a type. Of one that no operation has, it is not known.
    fn users(&self, id: &TypeId) -> Callers {
        let (sent, received) = (self.sent.contains(id), self.received.contains(id));
        let is_known = sent || received;
        Callers::SEND.only_if(sent || !is_known).and(Callers::READ.only_if(received || !is_known))
    }
}

fn reached<'a>(api: &'a Api, mut open: Vec<&'a TypeId>) -> HashSet<&'a TypeId> {
    let mut found: HashSet<_> = open.iter().copied().collect();
    while let Some(id) = open.pop() {
        let Some(definition) = api.types.get(id) else { continue };
        let mut visit = |inner| {
            if found.insert(inner) {
                open.push(inner);
            }
        };
        definition.shape.types().for_each(|ty| ty.for_each_named(&mut visit));
    }
    found
}

fn named<'a>(definition: &'a TypeDef, users: Callers, signatures: &mut Signatures<'_>) -> Entry<'a> {
    let own = Entry::new(Kind::Type, "", definition.name.rust.as_str(), &definition.origin).below("types");
    let path = own.path.clone();
    let mut own = Entry { doc: Some(&definition.doc), users, ..own };
    match &definition.shape {
        Shape::Struct(shape) => {
            own.form = "struct".to_owned();
            own.inner = members(shape, &path, users, &definition.origin, signatures);
        }
        Shape::Enum(shape) => {
            own.form = format!("enum of {}", listed(shape.listed));
            own.users = users.and(Callers::MATCH);
            own.inner = values(shape, &path, users);
        }
        Shape::Union(shape) => {
            own.form = "enum".to_owned();
            own.users = users.and(Callers::MATCH);
            own.inner = variants(shape, &path, users, signatures);
        }
        Shape::Alias(ty) => {
            own.form = OTHER_NAME.to_owned();
            own.code = signatures.ty(ty);
            own.types = vec![ty];
        }
        Shape::Wrapper(ty) => {
            own.form = "struct around a value".to_owned();
            own.code = signatures.ty(ty);
            own.types = vec![ty];
        }
    }
    if own.code.is_empty() {
        own.code.clone_from(&own.form);
    } else {
        own.code = format!("{} of {}", own.form, own.code);
    }
    let has_default = own.inner.iter().any(|entry| entry.kind == Kind::Trait);
    let traits = definition.derives.iter().filter(|derive| !has_default || *derive != "Default");
    let traits = traits.map(|derive| Entry::new(Kind::Trait, derive.as_str(), derive.as_str(), &definition.origin));
    own.inner.extend(traits.map(|entry| Entry { users, ..entry }));
    if let Some(conversion) = signatures.conversion(definition) {
        let entry = Entry::new(Kind::Conversion, "conversion", "", &definition.origin);
        // What is the name of another type in it is told where that is.
        let form = if conversion.contains('(') { conversion.clone() } else { "From".to_owned() };
        own.inner.push(Entry { path: conversion.clone(), code: conversion, form, users: Callers::SEND, ..entry });
    }
    own
}

fn listed(listed: Listed) -> &'static str {
    match listed {
        Listed::Strings => "texts",
        Listed::Integers(integer) => integer.name(),
    }
}

/// Whoever names what there is to choose from: to tell it apart, or to send it.
fn choosing(users: Callers) -> Callers {
    Callers::MATCH.and(Callers::SEND.only_if(users.list().contains(&Caller::Send)))
}

/// The values of an enumeration.
fn values<'a>(shape: &'a Enum, path: &str, users: Callers) -> Vec<Entry<'a>> {
    let users = choosing(users);
    let values = shape.variants.iter().map(|variant| {
        let key = format!(".{}", variant.name.wire);
        let own = Entry::new(Kind::Value, key, variant.name.rust.as_str(), &variant.origin).below(path);
        Entry { place: variant.name.wire.clone(), doc: Some(&variant.doc), users, ..own }
    });
    let mut values: Vec<_> = values.collect();
    if let Some(first) = shape.variants.first() {
        let own = Entry::new(Kind::Other, "..", shape.other.rust.as_str(), &first.origin).below(path);
        values.push(Entry { users, ..own });
    }
    values
}

fn variants<'a>(shape: &'a Union, path: &str, users: Callers, signatures: &mut Signatures<'_>) -> Vec<Entry<'a>> {
    let users = choosing(users);
    let variants = shape.variants.iter().map(|variant| {
        let key = format!(".{}", variant.name.wire);
        let own = Entry::new(Kind::Variant, key, variant.name.rust.as_str(), &variant.origin).below(path);
        let (code, types) = (signatures.ty(&variant.ty), vec![&variant.ty]);
        Entry { place: variant.name.wire.clone(), code, types, doc: Some(&variant.doc), users, ..own }
    });
    let mut variants: Vec<_> = variants.collect();
    if let (Some(other), Some(first)) = (&shape.other, shape.variants.first()) {
        let own = Entry::new(Kind::Other, "..", other.rust.as_str(), &first.origin).below(path);
        variants.push(Entry { users, ..own });
    }
    variants
}
