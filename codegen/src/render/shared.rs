//! `src/replies.rs`: what replies of several operations have.

use proc_macro2::TokenStream;

use super::scope::{Scope, ident};
use super::{Sink, doc, headers, replies};
use crate::api::{Api, Shared};
use crate::texts::Doc;

const DOCS: &str = "What replies of several operations have. Each operation has its own name for it.";

pub(super) fn shared(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    let mut scope = Scope::elsewhere(api);
    for shared in &api.shared {
        let name = ident(&shared.name);
        let code = match &shared.of {
            Shared::Headers(all) => headers::shared(&name, all, &mut scope),
            Shared::Success(side) => replies::shared_success(&name, side, &mut scope),
            Shared::Errors(side) => replies::shared_errors(&name, side, &mut scope),
        };
        sink(code.into());
    }
    let docs = doc::inner(&Doc::from(DOCS));
    let uses = scope.uses();
    quote::quote!(#docs #uses)
}
