//! Replies: how an operation reads them, and the enums that tell them apart.

use indexmap::IndexSet;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::statuses::{self, merged, patterns, precedence};
use super::{bodies, doc, lints, streamed};
use crate::api::{Content, Format, Framing, Name, Operation, Outcome, Reply, Side, Status, Type};
use crate::texts::{self, Doc, Paragraph, Prose, code, item, link, said};

/// `impl Operation for …`
pub(super) fn operation(operation: &Operation, scope: &mut Scope<'_>) -> TokenStream {
    let Operation { success, errors, .. } = operation;
    let accept = media_types(&[success, errors]);
    implementation(operation, &ident(&operation.type_name), success, &accept, scope)
}

/// The same for a type that stands for it, its replies of success, and the media types to ask for.
pub(super) fn implementation(
    operation: &Operation,
    marker: &Ident,
    success: &Side,
    accept: &str,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let id = &operation.name.wire;
    let errors = &operation.errors;
    let constants = [
        ("ACCEPT", "application/json", accept.to_owned()),
        ("SUCCESS", "200", statuses::listed(success)),
        ("ERRORS", "", statuses::listed(errors)),
    ];
    let constants = constants.iter().filter(|(_, usual, value)| value != usual).map(|(name, _, value)| {
        let name = ident(name);
        quote!(const #name: &'static str = #value;)
    });
    let (output_docs, error_docs) = (outcome_docs(success), outcome_docs(errors));
    let (output, error) = (outcome(success, scope), outcome(errors, scope));
    let operation_trait = scope.runtime("Operation");
    let reads_output = own_reading(success, "output", &output, scope);
    let reads_error = own_reading(errors, "error", &error, scope);
    let streams = streams(success, scope);
    let resumable = streamed::resumable(operation, marker, success, scope);
    quote! {
        impl #operation_trait for #marker {
            const NAME: &'static str = #id;
            #(#constants)*

            #output_docs
            type Output = #output;
            #error_docs
            type Error = #error;

            #reads_output
            #reads_error
            #streams
        }

        #resumable
    }
}

/// The media types that the replies of these sides have.
pub(super) fn media_types(sides: &[&Side]) -> String {
    let contents = sides.iter().flat_map(|side| &side.replies).flat_map(|reply| &reply.content);
    let media_types: IndexSet<_> = contents.flat_map(Content::media_types).collect();
    media_types.into_iter().collect::<Vec<_>>().join(", ")
}

/// The method that reads the replies of a side, where their type alone does not say how.
fn own_reading(side: &Side, name: &str, ty: &TokenStream, scope: &mut Scope<'_>) -> Option<TokenStream> {
    if reads_itself(side, scope) {
        return None;
    }
    let reads: Vec<_> = side.replies.iter().map(|reply| read(reply, side, scope)).collect();
    let body = match reads.as_slice() {
        // Of which status it is has been seen.
        [first, others @ ..] if others.iter().all(|other| other.to_string() == first.to_string()) => first.clone(),
        _ => by_status(side, scope),
    };
    let (name, reply, unreadable) = (ident(name), scope.runtime("Reply"), scope.runtime("Unreadable"));
    Some(quote! {
        fn #name(reply: &#reply) -> Result<#ty, #unreadable> {
            #body
        }
    })
}

/// Whether `FromReply` of the type of a side reads all of its replies.
fn reads_itself(side: &Side, scope: &Scope<'_>) -> bool {
    let ty = match &side.outcome {
        Outcome::Nothing | Outcome::Enum(_) => return true,
        Outcome::Optional(_) => return false,
        Outcome::Same(ty) => scope.resolved(ty),
    };
    let says_enough = !matches!(ty, Type::Null | Type::Unit);
    let is_read = |content: &Content| says_enough && !matches!(content.format, Format::Items(_) | Format::Text);
    side.replies.iter().all(|reply| match reply.content.as_slice() {
        [] => matches!(ty, Type::Unit),
        contents => contents.iter().all(is_read),
    })
}

/// Reads the replies of a side by their status.
fn by_status(side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    let mut replies: Vec<_> = side.replies.iter().collect();
    replies.sort_by_key(|reply| precedence(reply.status));
    let arms = replies.iter().map(|reply| (reply.status, read(reply, side, scope)));
    statuses::choice(arms.collect(), &quote!(Err(reply.undocumented())))
}

/// How a reply is read, by its media type if it may have several.
fn read(reply: &Reply, side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    let variant = |name: &Name| match &side.outcome {
        Outcome::Enum(_) => {
            let variant = ident(&name.rust);
            Some(quote!(Self::#variant))
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
        match variant(&content.name) {
            None => quote!(reply.#read),
            Some(variant) => quote!(reply.#read.map(#variant)),
        }
    });
    let contents: Vec<_> = contents.collect();
    match contents.as_slice() {
        [] => match (&side.outcome, variant(&reply.name)) {
            (Outcome::Optional(_) | Outcome::Same(Type::Nullable(_)), _) => {
                quote!(Ok(None))
            }
            (_, None) => quote!(reply.empty()),
            (_, Some(variant)) => quote!(Ok(#variant)),
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
fn streams(success: &Side, scope: &mut Scope<'_>) -> Option<TokenStream> {
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
    let reply = scope.runtime("Reply");
    Some(quote! {
        fn streams(head: &#reply) -> bool {
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

/// The enum of the errors of several operations.
pub(super) fn shared_errors(name: &Ident, side: &Side, scope: &mut Scope<'_>) -> TokenStream {
    let docs = doc::outer(&"Errors that several operations are documented to have, by status.".into());
    by_reply(&docs, name, side, scope)
}

/// The enum of the replies of a side, and how it is read.
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
    let own = Side { outcome: Outcome::Enum(name.to_string()), ..side.clone() };
    let body = by_status(&own, scope);
    let (from_reply, reply, unreadable) =
        (scope.runtime("FromReply"), scope.runtime("Reply"), scope.runtime("Unreadable"));
    quote! {
        #docs
        #[derive(#copies)]
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variants,)*
        }

        impl #from_reply for #name {
            fn from_reply(reply: &#reply) -> Result<Self, #unreadable> {
                #body
            }
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
