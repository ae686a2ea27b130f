//! `src/webhooks.rs`: the requests that the server sends.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::scope::{Scope, ident};
use crate::api::{Api, Format, Webhook};
use crate::texts::{Doc, Paragraph, Prose, code, joined, said};

pub(super) fn webhooks(api: &Api) -> TokenStream {
    let mut scope = Scope::elsewhere(api);
    let types: Vec<_> = api.webhooks.iter().filter_map(|webhook| body(webhook, &mut scope)).collect();
    let uses = scope.uses();
    let docs = doc::inner(&docs(api));
    quote! {
        #docs
        #uses

        #(#types)*
    }
}

/// What the module says of those that have no type.
fn docs(api: &Api) -> Doc {
    let mut docs = Doc::from("The requests that the server sends, by the types of their bodies.");
    if api.webhooks.iter().any(|webhook| webhook.json().is_some()) {
        docs.push(
            "Whoever receives one reads its body by serde, such as with `serde_json::from_slice`. The client has no\n\
             part in that.",
        );
    }
    let others: Vec<_> = api.webhooks.iter().filter(|webhook| webhook.json().is_none()).map(untyped).collect();
    if !others.is_empty() {
        docs.push("There is no type for the bodies of these:");
        docs.push(Paragraph::Items(others));
    }
    docs
}

fn untyped(webhook: &Webhook) -> (Prose, Prose) {
    let media = webhook.content.iter().flat_map(|content| [&content.media_type].into_iter().chain(&content.also));
    let media: Vec<_> = media.map(|name| code(name)).collect();
    let what = match media.is_empty() {
        true => said("has no body"),
        false => joined(media, " or "),
    };
    (sent(webhook), what)
}

/// What it is called, and how it is sent.
fn sent(webhook: &Webhook) -> Prose {
    code(&webhook.key) + ", which is sent by " + code(webhook.method.as_str())
}

fn body(webhook: &Webhook, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let content = webhook.json()?;
    let name = ident(&webhook.name.rust);
    let ty = scope.ty(&content.ty);
    let own = said("The body of ") + sent(webhook) + ".";
    let others = webhook.content.iter().filter(|other| !matches!(other.format, Format::Json));
    let others: Vec<_> = others.map(|other| code(&other.media_type)).collect();
    let others = (!others.is_empty()).then(|| said("It may come as ") + joined(others, " or ") + " as well.");
    let mut docs = Doc::from(own.kept()).and(others);
    docs.append(webhook.doc.clone());
    let docs = doc::outer(&docs);
    let deprecated = webhook.deprecated.then(|| quote!(#[deprecated]));
    Some(quote! {
        #docs
        #deprecated
        pub type #name = #ty;
    })
}
