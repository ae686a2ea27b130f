//! Bodies: the argument or the setter of a request's, and what it does; the types that they need; the
//! media types of replies.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::params::{form_styles, style_code};
use super::scope::{Scope, ident};
use super::{Tokens, doc, lints, types};
use crate::api::{
    Body, Content, Data, Field, Flag, Form, Format, Framing, Operation, PartWritten, Parts, Presence, Rest, Type,
};
use crate::texts::{Doc, Paragraph, Prose, code, item, joined, said};

/// The argument of a body that is required.
pub(super) fn argument(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    let ty = body_type(body, scope);
    Some(quote!(body: #ty))
}

/// The type of that argument.
pub(super) fn argument_type(operation: &Operation) -> Option<&Type> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    body.content.first().map(|content| &content.ty)
}

/// What the method does with that argument.
pub(super) fn statement(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    Some(write_body(body, &quote!(request), scope))
}

/// What the argument or the setter takes.
pub(super) fn body_type(body: &Body, scope: &mut Scope<'_>) -> TokenStream {
    let [only] = body.content.as_slice() else {
        let name = ident(&body.type_name);
        return quote!(impl Into<#name>);
    };
    match &only.format {
        Format::Json | Format::Text | Format::Form(_) => match scope.resolved(&only.ty).clone() {
            Type::String => quote!(&str),
            Type::Array(item) => {
                let item = scope.ty(&item);
                quote!(&[#item])
            }
            _ => {
                let ty = scope.ty(&only.ty);
                quote!(&#ty).into_token_stream()
            }
        },
        Format::Bytes | Format::Items(_) | Format::Multipart(_) => {
            let ty = content_type(only, scope);
            quote!(impl Into<#ty>)
        }
    }
}

/// The type that a body is owned as.
fn content_type(content: &Content, scope: &mut Scope<'_>) -> TokenStream {
    match (content.parts(), &content.ty) {
        // So that parts that the description does not name can be added.
        (Some(_), _) => scope.ty(&Type::Multipart),
        (None, Type::Items(item)) => {
            let (name, item) = (scope.runtime("ItemsBody"), scope.ty(item));
            quote!(#name<#item>)
        }
        (None, ty) => scope.ty(ty),
    }
}

/// Sets the body.
fn write_body(body: &Body, request: &TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    let written = written_body(body, request, scope);
    let whole = body.flag.map(|flag| ask_by(flag, request, false));
    quote!(#written #whole)
}

/// Has a member of the body ask for a stream, or for the whole.
pub(super) fn ask_by(flag: Flag, request: &TokenStream, is_streamed: bool) -> TokenStream {
    let (name, default) = (Flag::NAME, flag.default);
    quote!(#request.ask_by(#name, #is_streamed, #default);)
}

fn written_body(body: &Body, request: &TokenStream, scope: &mut Scope<'_>) -> TokenStream {
    let [only] = body.content.as_slice() else { return quote!(body.into().write(&mut #request);) };
    // Of what has no size, a reference is written.
    let value = match (&only.format, scope.resolved(&only.ty)) {
        (Format::Json, Type::String | Type::Array(_)) => quote!(&body),
        (Format::Json | Format::Form(Form::Properties(..)), _) => quote!(body),
        (Format::Form(Form::Text), _) => quote!(body.to_owned()),
        (_, _) => quote!(body.into()),
    };
    write((only, body.flag), request, &value, scope)
}

/// Sets the body, and its media type where that is not the one that its format has by itself.
fn write(
    (content, flag): (&Content, Option<Flag>),
    request: &TokenStream,
    value: &TokenStream,
    scope: &mut Scope<'_>,
) -> TokenStream {
    let media_type = &content.media_type;
    let (write, usual) = match &content.format {
        Format::Json => (quote!(#request.json(#value);), "application/json"),
        Format::Form(Form::Properties(style, others)) => {
            let value = scope.declared(&content.ty, value.clone());
            let (style, others) = form_styles(*style, others, scope);
            (quote!(#request.form(#value, #style, #others);), "application/x-www-form-urlencoded")
        }
        Format::Text | Format::Bytes | Format::Form(Form::Text) => {
            return quote!(#request.body(#media_type, #value););
        }
        Format::Items(framing) => {
            let framing = framing_code(*framing, scope);
            return quote!(#request.items(#media_type, #framing, #value););
        }
        Format::Multipart(_) if flag.is_some() => {
            let name = Flag::NAME;
            return quote!(#request.multipart_without(#name, #media_type, #value););
        }
        Format::Multipart(_) => return quote!(#request.multipart(#media_type, #value);),
    };
    let media_type = (media_type != usual).then(|| quote!(#request.header("Content-Type", &#media_type);));
    quote!(#write #media_type)
}

/// How items follow each other, as the emitted code has it.
pub(super) fn framing_code(framing: Framing, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Framing");
    let data = match framing {
        Framing::Lines => return quote!(#name::Lines),
        Framing::Records => return quote!(#name::Records),
        Framing::Events(Data::Json) => quote!(Json),
        Framing::Events(Data::Text) => quote!(Text),
        Framing::Events(Data::Either) => quote!(Either),
    };
    let of = scope.runtime("Data");
    quote!(#name::Events(#of::#data))
}

/// The setters of a body that may be left out, and of media types where there is a choice.
pub(super) fn setters(operation: &Operation, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let body = operation.body.as_ref();
    let optional = body.filter(|body| !body.required).map(|body| setter(body, scope));
    let sent = body.and_then(sent_as);
    optional.into_iter().chain(sent).chain(accept_setter(operation)).collect()
}

/// The names of these setters.
pub(super) fn setter_names(operation: &Operation) -> impl Iterator<Item = &str> {
    let body = operation.body.as_ref();
    let optional = body.filter(|body| !body.required).map(|_| "body");
    let sent = body.and_then(sent_as).map(|_| "sent_as");
    optional.into_iter().chain(sent).chain(accept_setter(operation).map(|_| "accept"))
}

fn setter(body: &Body, scope: &mut Scope<'_>) -> TokenStream {
    let docs = doc::outer(&body.doc.clone().or(|| "Sets the body.".into()));
    let ty = body_type(body, scope);
    let write = write_body(body, &quote!(self.request), scope);
    quote! {
        #docs
        pub fn body(mut self, body: #ty) -> Self {
            #write
            self
        }
    }
}

/// The setter of the media type, of a body that is the same in several.
fn sent_as(body: &Body) -> Option<TokenStream> {
    // The media type of several parts is not all that there is to say.
    let settable = body.content.iter().filter(|content| !matches!(content.format, Format::Multipart(_)));
    let described: Vec<_> = settable
        .map(|content| {
            let others = [&content.name.wire].into_iter().chain(&content.also);
            let others: Vec<_> = others.filter(|media_type| **media_type != content.media_type).collect();
            (&content.media_type, others)
        })
        .collect();
    let others = described.iter().flat_map(|(_, others)| others).map(|text| code(text));
    let others: Vec<_> = others.collect();
    let open: Vec<_> = body.content.iter().filter(|content| content.is_open()).map(|content| &content.name).collect();
    if others.is_empty() && open.is_empty() {
        return None;
    }
    let usual = match body.content.as_slice() {
        [only] => code(&only.media_type),
        _ => said("that of its variant"),
    };
    let says = match (open.as_slice(), others.is_empty()) {
        ([], _) => {
            said("Sends the body as another media type than ")
                + usual
                + ". The API takes "
                + joined(others, ", ")
                + " too."
        }
        (open, is_all) => {
            let open = joined(open.iter().map(|name| code(&name.wire)), ", ");
            let says = said("Says which media type a body of ") + open + " has, which is not sent without it.";
            if is_all { says } else { says + " The API takes " + joined(others, ", ") + " too." }
        }
    };
    let docs = doc::outer(&Doc::from(says));
    let taken = described.iter().map(|(usual, others)| quote!(&[#usual #(, #others)*]));
    Some(quote! {
        #docs
        pub fn sent_as(mut self, media_type: &str) -> Self {
            self.request.sent_as(media_type, &[#(#taken),*]);
            self
        }
    })
}

/// The setter of what to ask for, where a success may be one of several types.
fn accept_setter(operation: &Operation) -> Option<TokenStream> {
    let choices = operation.success.replies.iter().map(|reply| &reply.content).find(|content| content.len() > 1)?;
    let choices = joined(choices.iter().map(|content| code(&content.media_type)), ", ");
    let docs = doc::outer(&Doc::from(said("Asks for a media type, one of ") + choices + "."));
    Some(quote! {
        #docs
        pub fn accept(mut self, media_type: &str) -> Self {
            self.request.accept(media_type);
            self
        }
    })
}

/// What is said about the parts of a body, which its type does not say.
pub(super) fn form_doc(operation: &Operation) -> Option<Paragraph> {
    let parts = operation.body.iter().flat_map(|body| &body.content).find_map(Content::parts)?;
    Some((said("The parts of the body are those of ") + item(&parts.type_name) + ", or named by hand.").kept())
}

/// The types that an operation's body needs: the enum of what it may be, and the structs of its parts.
pub(super) fn items(operation: &Operation, link: &Prose, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let Some(body) = &operation.body else { return };
    tokens.extend((body.content.len() > 1).then(|| choice(body, link, scope)));
    body.content.iter().filter_map(Content::parts).for_each(|parts| form(parts, link, scope, tokens));
}

fn choice(body: &Body, link: &Prose, scope: &mut Scope<'_>) -> TokenStream {
    let docs = doc::outer(&(said("What ") + link.clone() + " sends, by media type.").kept().into());
    let name = ident(&body.type_name);
    let request = scope.runtime("Request");
    let names: Vec<_> = body.content.iter().map(|content| ident(&content.name.rust)).collect();
    let types: Vec<_> = body.content.iter().map(|content| content_type(content, scope)).collect();
    let lints = lints::variants(scope.api, body.content.iter().map(|content| &content.ty));
    let variant_docs = body.content.iter().map(|content| doc::outer(&code(&content.name.wire).into()));
    let writes: Vec<_> = body
        .content
        .iter()
        .map(|content| {
            let is_written = matches!(content.format, Format::Json | Format::Form(Form::Properties(..)));
            let value = if is_written { quote!(&body) } else { quote!(body) };
            write((content, body.flag), &quote!(request), &value, scope)
        })
        .collect();
    let froms = (0..names.len()).filter(|index| is_unique(body, *index, scope));
    let froms = froms.map(|index| {
        let (variant, ty) = (&names[index], &types[index]);
        let from = |ty: &TokenStream| {
            quote! {
                impl From<#ty> for #name {
                    fn from(body: #ty) -> Self {
                        Self::#variant(body.into())
                    }
                }
            }
        };
        let form = body.content[index].parts().map(|parts| from(&ident(&parts.type_name).into_token_stream()));
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
            #form
        }
    });
    quote! {
        #docs
        #[derive(Debug)]
        #[non_exhaustive]
        #lints
        pub enum #name {
            #(#variant_docs #names(#types),)*
        }

        impl #name {
            fn write(self, request: &mut #request) {
                match self {
                    #(Self::#names(body) => { #writes })*
                }
            }
        }

        #(#froms)*
    }
}

/// Whether the type of a content is that of no other one, behind whatever aliases.
fn is_unique(body: &Body, index: usize, scope: &Scope<'_>) -> bool {
    let types: Vec<_> = body.content.iter().map(|content| scope.resolved(&content.ty)).collect();
    types.iter().filter(|ty| **ty == types[index]).count() == 1
}

/// The struct of the parts that a description names.
fn form(parts: &Parts, link: &Prose, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    doc::put(&(said("What ") + link.clone() + " sends, part by part.").kept().into(), tokens);
    types::fields(&parts.type_name, &parts.shape, types::Copies::No, scope, tokens);
    let name = ident(&parts.type_name);
    let multipart = scope.runtime("Multipart");
    let writes: Vec<_> =
        parts.shape.fields.iter().zip(&parts.written).map(|(field, written)| part(field, written, scope)).collect();
    let value = quote!(Self::new()#(#writes)*);
    let value = match &parts.shape.rest {
        Some(rest) => with_rest(&value, rest, &parts.rest),
        None => value,
    };
    let form = if parts.shape.fields.is_empty() && parts.shape.rest.is_none() { quote!(_form) } else { quote!(form) };
    tokens.push(quote! {
        impl From<#name> for #multipart {
            fn from(#form: #name) -> Self {
                #value
            }
        }
    });
}

/// Adds the parts that the description has no names for.
fn with_rest(parts: &TokenStream, rest: &Rest, written: &PartWritten) -> TokenStream {
    let name = ident(&rest.name.rust);
    let (method, media_type) = match written {
        PartWritten::File(media_type) => (quote!(files), optional(media_type.as_deref())),
        PartWritten::AsIs(media_type) => (quote!(parts), optional(media_type.as_deref())),
        PartWritten::Value(_) | PartWritten::Json(_) | PartWritten::Style(_) => {
            return quote!(#parts.values(&form.#name));
        }
    };
    let (part, own) = match &rest.ty {
        Type::Array(_) => (quote!(own), quote!(own)),
        _ => (quote!(part), quote!([part])),
    };
    quote!(form.#name.into_iter().fold(#parts, |parts, (name, #part)| parts.#method(&name, #media_type, #own)))
}

fn optional(media_type: Option<&str>) -> TokenStream {
    match media_type {
        Some(media_type) => quote!(Some(#media_type)),
        None => quote!(None),
    }
}

/// Adds the parts of a field.
fn part(field: &Field, written: &PartWritten, scope: &mut Scope<'_>) -> TokenStream {
    let (name, wire) = (ident(&field.name.rust), &field.name.wire);
    // Where neither is sent, being absent and being null are the same.
    let value = match field.presence {
        Presence::OptionalNullable => quote!(&form.#name.value()),
        _ => quote!(&form.#name),
    };
    let (method, media_type) = match written {
        PartWritten::Style(style) => {
            let style = style_code(*style, scope);
            return quote!(.styled(#wire, #style, #value));
        }
        PartWritten::Value(media_type) => {
            let media_type = optional(media_type.as_deref());
            return quote!(.value(#wire, #media_type, #value));
        }
        PartWritten::Json(media_type) => {
            let value = match field.presence {
                Presence::Required | Presence::Nullable => quote!(Some(&form.#name)),
                Presence::Optional => quote!(form.#name.as_ref()),
                Presence::OptionalNullable => quote!((!form.#name.is_absent()).then(|| form.#name.value())),
            };
            return quote!(.json(#wire, #media_type, #value));
        }
        PartWritten::File(media_type) => (quote!(files), optional(media_type.as_deref())),
        PartWritten::AsIs(media_type) => (quote!(parts), optional(media_type.as_deref())),
    };
    let parts = match (&field.ty, field.presence) {
        (Type::Array(_), Presence::Optional) => quote!(form.#name.into_iter().flatten()),
        (Type::Part, Presence::Required) => quote!([form.#name]),
        _ => quote!(form.#name),
    };
    quote!(.#method(#wire, #media_type, #parts))
}
