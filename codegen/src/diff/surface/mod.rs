//! What callers meet of the crate that an API comes to.

mod operations;
mod service;
mod types;

use crate::api::{Api, Field, Origin, Presence, Struct};
use crate::options::Settings;
use crate::render::Signatures;

use super::callers::Callers;
use super::entry::{Entry, Kind};
use super::pairs::Keys;

/// The whole crate.
pub(super) fn surface<'a>(api: &'a Api, settings: &Settings, keys: &Keys, root: &'a Origin) -> Entry<'a> {
    let mut signatures = Signatures::of(api);
    let mut inner = operations::operations(api, &mut signatures);
    inner.extend(types::types(api, keys, &mut signatures));
    inner.extend(service::webhooks(api, &mut signatures));
    inner.extend(service::servers(api, root));
    inner.extend(service::credentials(api));
    let everybody = Callers::SEND.and(Callers::READ).and(Callers::MATCH);
    if api.uses.azure {
        let feature = Entry::new(Kind::Feature, "azure_core", "azure_core", root);
        inner.push(Entry { users: Callers::SEND, ..feature });
    }
    let own = Entry::new(Kind::Crate, "", settings.crate_name.clone(), root);
    let own = Entry { users: everybody, doc: Some(&api.info.doc), inner, ..own };
    own.fact("title", Some(api.info.title.clone())).fact("version of the API", Some(api.info.version.clone()))
}

/// What rustc sees of the presence of a member.
fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "",
        Presence::Optional | Presence::Nullable => "Option",
        Presence::OptionalNullable => "Maybe",
    }
}

/// The members of a struct, and `Default`, which it has if nothing has to be given.
fn members<'a>(
    shape: &'a Struct,
    path: &str,
    users: Callers,
    origin: &'a Origin,
    signatures: &mut Signatures<'_>,
) -> Vec<Entry<'a>> {
    let mut members: Vec<_> = shape.fields.iter().map(|field| member(field, path, users, signatures)).collect();
    if let Some(rest) = &shape.rest {
        let own = Entry::new(Kind::Field, "*", rest.name.rust.as_str(), &rest.origin).below(path);
        members.push(Entry { code: signatures.ty(&rest.ty), types: vec![&rest.ty], users, ..own });
    }
    if let Some(undeclared) = &shape.undeclared {
        let own = Entry::new(Kind::Field, "..", undeclared.name.rust.as_str(), &undeclared.origin).below(path);
        members.push(Entry { code: "Undeclared".to_owned(), users, ..own });
    }
    if !members.iter().any(|member| member.is_asked) {
        members.push(Entry { users: Callers::SEND, ..Entry::new(Kind::Trait, "Default", "Default", origin) });
    }
    members
}

fn member<'a>(field: &'a Field, path: &str, users: Callers, signatures: &mut Signatures<'_>) -> Entry<'a> {
    let own = Entry::new(Kind::Field, format!(".{}", field.name.wire), field.name.rust.as_str(), &field.origin);
    let own = Entry {
        place: field.name.wire.clone(),
        code: signatures.member(&field.ty, field.presence),
        types: vec![&field.ty],
        form: presence(field.presence).to_owned(),
        is_asked: field.is_required() && field.preset().is_none(),
        doc: Some(&field.doc),
        users,
        ..own.below(path)
    };
    own.fact("value", field.preset().map(ToString::to_string))
}
