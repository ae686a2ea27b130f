//! Operations that answer item by item: how they are called for that, and go on where a connection broke off.

use http::Method;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{bodies, doc, replies};
use crate::api::{Flag, Format, Framing, Operation, Outcome, Side, Type};
use crate::texts::{Doc, Prose, code, joined, said};

/// The operation that answers with a stream where another one answers with the whole, and the method of calls that
/// leads from that one to this.
pub(super) fn items(operation: &Operation, link: &Prose, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let streamed = operation.streamed.as_ref()?;
    let (marker, whole) = (ident(&streamed.type_name), ident(&operation.type_name));
    let contents: Vec<_> = streamed.success.replies.iter().flat_map(|reply| &reply.content).collect();
    let media_types: Vec<_> = contents.iter().flat_map(|content| content.media_types()).collect();
    let marker_doc = said("The operation behind ") + link.clone() + ", answered item by item.";
    let marker_doc = doc::outer(&marker_doc.kept().into());
    let implementation = {
        let accept = replies::media_types(&[&streamed.success]);
        replies::implementation(operation, &marker, &streamed.success, &accept, scope)
    };
    let flag = operation.body.as_ref().and_then(|body| body.flag);
    let asked = said("Asks for the answer item by item, as ") + joined(media_types.into_iter().map(code), ", ") + ".";
    let member = flag.map(|_| said("The member `stream` of the body is set for it."));
    let parameter = streamed.parameter.map(|_| said("The query parameter `stream` is set for it."));
    let docs = doc::outer(&Doc::from(asked).and(member).and(parameter));
    let mut ask = flag.map(|flag| bodies::ask_by(flag, &quote!(self.request), true)).unwrap_or_default();
    ask.extend(streamed.parameter.map(|_| by_parameter(&quote!(self.request), true)));
    let mutable = (!ask.is_empty()).then(|| quote!(mut));
    let call = scope.runtime("Call");
    Some(quote! {
        #marker_doc
        pub struct #marker;

        #implementation

        impl<'a, M> #call<'a, #whole, M> {
            #docs
            pub fn stream(#mutable self) -> #call<'a, #marker, M> {
                #ask
                self.streamed()
            }
        }
    })
}

/// Has the query parameter ask for the whole, where it has to say it.
pub(super) fn whole(operation: &Operation) -> Option<TokenStream> {
    let flag = operation.streamed.as_ref()?.parameter?;
    flag.default.then(|| by_parameter(&quote!(request), false))
}

fn by_parameter(request: &TokenStream, is_streamed: bool) -> TokenStream {
    let name = Flag::NAME;
    quote!(#request.query(#name, &#is_streamed);)
}

/// Says of an operation that its events can be gone on with, if it asks for nothing else.
pub(super) fn resumable(
    operation: &Operation,
    marker: &Ident,
    success: &Side,
    scope: &mut Scope<'_>,
) -> Option<TokenStream> {
    let (reply, content) = success.content_or_none()?;
    let Type::Items(item) = &content.ty else { return None };
    if operation.method != Method::GET || !matches!(content.format, Format::Items(Framing::Events(_))) {
        return None;
    }
    let events = match &success.outcome {
        Outcome::Enum(outcome) => {
            let (outcome, variant) = (ident(outcome), ident(&content.name.rust));
            let others = success.replies.iter().filter(|other| other.status != reply.status);
            let others = others.map(|other| ident(&other.name.rust));
            quote! {
                match answer {
                    #outcome::#variant(events) => Some(events),
                    #(#outcome::#others)|* => None,
                }
            }
        }
        _ => quote!(Some(answer)),
    };
    let (resumable, items, item) = (scope.runtime("Resumable"), scope.runtime("Items"), scope.ty(item));
    Some(quote! {
        impl #resumable for #marker {
            type Item = #item;

            fn events(answer: Self::Output) -> Option<#items<Self::Item>> {
                #events
            }
        }
    })
}
