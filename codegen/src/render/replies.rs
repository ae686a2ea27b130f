//! Replies: how an operation reads them, and the enums that tell them apart.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::statuses::{self, merged, patterns, precedence};
use super::{bodies, doc, lints, streamed};
use crate::api::{Content, Format, Framing, Name, Operation, Outcome, Reply, Side, Status, Type};
use crate::texts::{self, Doc, Paragraph, Prose, code, item, link, said};

/// `impl Operation for …`
pub(super) fn operation(operation: &Operation, scope: &mut Scope<'_>) -> TokenStream {
    implementation(operation, &ident(&operation.type_name), &operation.success, scope)
}

/// The same for a type that stands for it, and its replies of success.
pub(super) fn implementation(
    operation: &Operation,
    marker: &Ident,
    success: &Side,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let id = &operation.name.wire;
    let (output_docs, error_docs) = (outcome_docs(success), outcome_docs(&operation.errors));
    let output = outcome(success, scope);
    let error = outcome(&operation.errors, scope);
    let (operation_trait, reply, unreadable) =
        (scope.runtime("Operation"), scope.runtime("Reply"), scope.runtime("Unreadable"));
    let own = success.replies.iter().map(|reply| (reply, success, quote!(.map(Ok))));
    let errors = operation.errors.replies.iter().map(|reply| (reply, &operation.errors, quote!(.map(Err))));
    let body = match operation.errors.shared {
        // What several operations have reads itself: no status of it is one of success.
        Some(_) => by_status(own, quote!(#error::read(reply).map(Err)), scope),
        None => by_status(own.chain(errors), quote!(Err(reply.undocumented())), scope),
    };
    let streams = streams(success, &reply);
    let resumable = streamed::resumable(operation, marker, success, scope);
    quote! {
        impl #operation_trait for #marker {
            const NAME: &'static str = #id;

            #output_docs
            type Output = #output;
            #error_docs
            type Error = #error;

            fn read(reply: &#reply) -> Result<Result<Self::Output, Self::Error>, #unreadable> {
                #body
            }

            #streams
        }

        #resumable
    }
}

/// Reads a reply by its status; `otherwise` is for what is none of those that are documented.
fn by_status<'a>(
    replies: impl Iterator<Item = (&'a Reply, &'a Side, TokenStream)>,
    otherwise: TokenStream,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let mut arms: Vec<_> = replies.collect();
    arms.sort_by_key(|(reply, _, _)| precedence(reply.status));
    let arms = arms.iter().map(|(reply, side, wrap)| (reply.status, read(reply, side, wrap, scope)));
    statuses::choice(arms.collect(), &otherwise)
}

/// How a reply is read, by its media type if it may have several, and what is done with it then.
fn read(reply: &Reply, side: &Side, wrap: &TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    let variant = |name: &Name| match &side.outcome {
        Outcome::Enum(outcome) => {
            let (outcome, variant) = (ident(outcome), ident(&name.rust));
            Some(quote!(#outcome::#variant))
        }
        Outcome::Optional(_) => Some(quote!(Some)),
        Outcome::Same(_) | Outcome::Nothing => None,
    };
    let contents = reply.content.iter().map(|content| {
        let read = match (&content.ty, &content.format) {
            (_, Format::Items(framing)) => {
                let code = bodies::framing_code(*framing, scope);
                match framing {
                    Framing::Lines | Framing::Records if !side.instead_of.is_empty() => {
                        let whole = &side.instead_of;
                        quote!(items_unless(&[#(#whole),*], #code))
                    }
                    _ => quote!(items(#code)),
                }
            }
            (Type::Stream, _) => quote!(stream()),
            (Type::Bytes, _) => quote!(bytes()),
            (_, Format::Text) => quote!(text()),
            _ => quote!(json()),
        };
        let read = match variant(&content.name) {
            None => quote!(reply.#read),
            Some(variant) => quote!(reply.#read.map(#variant)),
        };
        quote!(#read #wrap)
    });
    let contents: Vec<_> = contents.collect();
    match contents.as_slice() {
        [] => match (&side.outcome, variant(&reply.name)) {
            (Outcome::Optional(_) | Outcome::Same(Type::Nullable(_)), _) => {
                quote!(reply.empty().map(|()| None) #wrap)
            }
            (_, None) => quote!(reply.empty() #wrap),
            (_, Some(variant)) => quote!(reply.empty().map(|()| #variant) #wrap),
        },
        [first, others @ ..] if others.iter().all(|other| other.to_string() == first.to_string()) => first.clone(),
        [others @ .., last] => {
            let choice = choice(reply);
            let arms = others.iter().enumerate().map(|(content, read)| {
                let indices = indices(reply, content);
                quote!(#(#indices)|* => #read)
            });
            quote! {
                match reply.#choice {
                    #(#arms,)*
                    _ => #last,
                }
            }
        }
    }
}

/// Asks which of its media types a reply has, as an index.
fn choice(reply: &Reply) -> TokenStream {
    let media_types = reply.content.iter().flat_map(Content::media_types);
    quote!(media_type(&[#(#media_types),*]))
}

/// The indices of the media types of a content.
fn indices(reply: &Reply, content: usize) -> impl Iterator<Item = Literal> {
    let count = |contents: &[Content]| contents.iter().flat_map(Content::media_types).count();
    let (first, end) = (count(&reply.content[..content]), count(&reply.content[..=content]));
    (first..end).map(Literal::usize_unsuffixed)
}

/// Which replies are left to the caller to read.
fn streams(success: &Side, reply_type: &TokenStream) -> Option<TokenStream> {
    let streamed = |reply: &Reply| reply.content.iter().any(is_stream);
    let mut replies: Vec<_> = success.replies.iter().collect();
    // Those that are read here matter where a range would take them along.
    let has_range = replies.iter().any(|reply| streamed(reply) && !matches!(reply.status, Status::Code(_)));
    replies.retain(|reply| has_range || streamed(reply));
    replies.sort_by_key(|reply| precedence(reply.status));
    let body = if !replies.iter().any(|reply| streamed(reply)) {
        return None;
    } else if replies.iter().all(|reply| reply.content.iter().all(is_stream) && streamed(reply)) {
        let statuses: Vec<_> = replies.iter().map(|reply| reply.status).collect();
        let within =
            |status: &&Status| matches!(status, Status::Code(code) if statuses.contains(&Status::Range(code / 100)));
        let statuses: Vec<_> = statuses.iter().copied().filter(|status| !within(&status)).collect();
        let patterns = patterns(&statuses, &[]);
        quote!(matches!(head.status(), #(#patterns)|*))
    } else {
        let arms = merged(replies.iter().map(|reply| (reply.status, streams_of(reply))).collect());
        let arms = arms.iter().map(|(patterns, streams)| quote!(#(#patterns)|* => #streams));
        quote! {
            match head.status() {
                #(#arms,)*
                _ => false,
            }
        }
    };
    Some(quote! {
        fn streams(head: &#reply_type) -> bool {
            #body
        }
    })
}

fn is_stream(content: &Content) -> bool {
    matches!(content.ty, Type::Stream | Type::Items(_))
}

fn streams_of(reply: &Reply) -> TokenStream {
    let streamed = reply.content.iter().enumerate().filter(|(_, content)| is_stream(content));
    let streamed: Vec<_> = streamed.map(|(content, _)| content).collect();
    match streamed.len() {
        0 => quote!(false),
        all if all == reply.content.len() => quote!(true),
        _ => {
            let choice = choice(reply);
            let indices: Vec<_> = streamed.into_iter().flat_map(|content| indices(reply, content)).collect();
            match indices.as_slice() {
                [only] => quote!(head.#choice == #only),
                several => quote!(matches!(head.#choice, #(#several)|*)),
            }
        }
    }
}

/// The type of a side's replies.
pub(super) fn outcome(side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    match &side.outcome {
        Outcome::Nothing => scope.import("std::convert", "Infallible"),
        Outcome::Same(ty) => scope.ty(ty),
        Outcome::Optional(ty) => scope.ty(&Type::Nullable(Box::new(ty.clone()))),
        Outcome::Enum(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

/// What is said about replies that no enum tells apart.
fn outcome_docs(side: &Side) -> TokenStream {
    let replies: Vec<_> = side.replies.iter().filter(|reply| !reply.is_implied()).collect();
    let described = match (&side.outcome, replies.as_slice()) {
        (Outcome::Enum(_) | Outcome::Nothing, _) => return TokenStream::new(),
        (_, [only]) => only.doc.clone(),
        (_, replies) => {
            let list = replies.iter().map(|reply| (status_word(reply.status), reply.doc.clone())).collect();
            Doc::from("By status:").and(Some(Paragraph::List(list)))
        }
    };
    let may_be_empty = match &side.outcome {
        Outcome::Optional(_) => true,
        Outcome::Same(Type::Nullable(_)) => replies.len() < side.replies.len(),
        _ => false,
    };
    let empty = may_be_empty.then_some("`None` where the answer has no content: its status is 204 or 205.");
    doc::outer(&described.and(empty))
}

/// The type of the documented errors, as a link of rustdoc.
pub(super) fn error_type(operation: &Operation) -> Option<Prose> {
    match &operation.errors.outcome {
        Outcome::Enum(name) => Some(item(name)),
        Outcome::Same(_) | Outcome::Optional(_) => {
            Some(link(&format!("{}::Error", operation.type_name), "Operation::Error"))
        }
        Outcome::Nothing => None,
    }
}

/// The enums of the sides whose replies differ, or other names for those that several operations have.
pub(super) fn enums(operation: &Operation, link: &Prose, scope: &mut Scope<'_>) -> TokenStream {
    let returns = said("What ") + link.clone() + " returns, by status.";
    let fails = said("The errors that ") + link.clone() + " is documented to have, by status.";
    let success = side_enum(&operation.success, returns, scope);
    let errors = side_enum(&operation.errors, fails, scope);
    quote!(#success #errors)
}

fn side_enum(side: &Side, docs: Prose, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let Outcome::Enum(name) = &side.outcome else { return None };
    let docs = doc::outer(&docs.kept().into());
    let name = ident(name);
    let Some(shared) = &side.shared else { return Some(by_reply(&docs, &name, side, scope)) };
    let shared = ident(shared);
    Some(quote!(#docs pub type #name = crate::replies::#shared;))
}

/// The enum that several operations return.
pub(super) fn shared_success(name: &Ident, side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    by_reply(&doc::outer(&"What several operations return, by status.".into()), name, side, scope)
}

/// The enum of the errors of several operations, and how it is read.
pub(super) fn shared_errors(name: &Ident, side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    let docs = doc::outer(&"Errors that several operations are documented to have, by status.".into());
    let (reply, unreadable) = (scope.runtime("Reply"), scope.runtime("Unreadable"));
    let own = Side { outcome: Outcome::Enum("Self".to_owned()), ..side.clone() };
    let replies = own.replies.iter().map(|reply| (reply, &own, TokenStream::new()));
    let body = by_status(replies, quote!(Err(reply.undocumented())), scope);
    let item = by_reply(&docs, name, side, scope);
    quote! {
        #item

        impl #name {
            pub(crate) fn read(reply: &#reply) -> Result<Self, #unreadable> {
                #body
            }
        }
    }
}

fn by_reply(docs: &TokenStream, name: &Ident, side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    let types: Vec<_> = side.replies.iter().flat_map(Reply::types).collect();
    let lints = lints::variants(scope.api, types.iter().copied());
    // A stream is there once, and is equal to nothing.
    let copies = if types.iter().any(|ty| matches!(ty, Type::Stream | Type::Items(_))) {
        quote!(Debug)
    } else {
        quote!(Clone, Debug, PartialEq)
    };
    let variants: Vec<_> = side.replies.iter().flat_map(|reply| variants(reply, scope)).collect();
    quote! {
        #docs
        #[derive(#copies)]
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variants,)*
        }
    }
}

/// The variants of a reply: one for each content that it may have.
fn variants(reply: &Reply, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let docs = |media_type: Option<&str>| {
        let mut described = reply.doc.clone();
        let mut summary = status_doc(reply.status);
        if let Some(media_type) = media_type {
            summary += said(" As ") + code(media_type) + ".";
        }
        described.lead(summary);
        doc::outer(&described)
    };
    if reply.content.is_empty() {
        let (docs, name) = (docs(None), ident(&reply.name.rust));
        return vec![quote!(#docs #name)];
    }
    let is_only = reply.content.len() == 1;
    let contents = reply.content.iter().map(|content| {
        let docs = docs(Some(content.name.wire.as_str()).filter(|_| !is_only));
        let name = ident(&content.name.rust);
        let ty = scope.ty(&content.ty);
        quote!(#docs #name(#ty))
    });
    contents.collect()
}

fn status_word(status: Status) -> Prose {
    match status {
        Status::Default => code("any other"),
        other => code(&other.text()),
    }
}

fn status_doc(status: Status) -> Prose {
    let number = |number: u16| texts::number(&number.to_string());
    match status {
        Status::Code(code) => said("Status ") + number(code) + ".",
        Status::Range(digit) => {
            said("Any other status from ") + number(digit * 100) + " to " + number(digit * 100 + 99) + "."
        }
        Status::NoContent => said("Status 204 or 205: there is no content."),
        Status::Default => said("Any other status."),
    }
}
