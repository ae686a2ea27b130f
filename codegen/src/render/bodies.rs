//! Bodies: the argument or the setter of a request's, and what it does; the media types of replies.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::doc;
use super::params::style_code;
use super::scope::Scope;
use crate::api::{Body, Content, Form, Format, Operation, Type};

/// The argument of a body that is required.
pub(super) fn argument(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    let ty = body_type(body, scope);
    Some(quote!(body: #ty))
}

/// The type of that argument.
pub(super) fn argument_type(operation: &Operation) -> Option<&Type> {
    let body = operation.body.as_ref().filter(|body| body.required)?;
    sent(body).map(|content| &content.ty)
}

/// What the method does with that argument.
pub(super) fn statement(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    operation.body.as_ref().filter(|body| body.required)?;
    write_body(operation, &quote!(request), scope)
}

/// Sets the body, and its media type where that is not the one that its format has by itself.
fn write_body(operation: &Operation, request: &TokenStream, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let content = sent(operation.body.as_ref()?)?;
    let (write, usual) = match &content.format {
        Format::Json => {
            // Of what has no size, a reference is written.
            let value = match scope.resolved(&content.ty) {
                Type::String | Type::Array(_) => quote!(&body),
                _ => quote!(body),
            };
            (quote!(#request.json(#value);), "application/json")
        }
        Format::Form(Form::Text) => {
            let media_type = &content.media_type;
            return Some(quote!(#request.body(#media_type, body.to_owned());));
        }
        Format::Form(Form::Properties(style, others)) => {
            let style = style_code(*style, scope);
            let others = others.iter().map(|(name, style)| {
                let style = style_code(*style, scope);
                quote!((#name, #style))
            });
            (quote!(#request.form(body, #style, &[#(#others),*]);), "application/x-www-form-urlencoded")
        }
    };
    let media_type = &content.media_type;
    let media_type = (media_type != usual).then(|| quote!(#request.header("Content-Type", &#media_type);));
    Some(quote!(#write #media_type))
}

/// The content that a body is sent as: plain JSON where there is a choice.
fn sent(body: &Body) -> Option<&Content> {
    let json = body.content.iter().find(|content| content.media_type == "application/json");
    json.or_else(|| body.content.iter().find(|content| content.format == Format::Json)).or(body.content.first())
}

/// The media types that the documented replies have, those of success first.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let replies = operation.success.replies.iter().chain(&operation.errors.replies);
    let mut media_types: Vec<&str> = Vec::new();
    for content in replies.flat_map(|reply| &reply.content) {
        if !media_types.contains(&content.media_type.as_str()) {
            media_types.push(&content.media_type);
        }
    }
    (!media_types.is_empty()).then(|| media_types.join(", "))
}

/// The setter of a body that may be left out.
pub(super) fn setter(operation: &Operation, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| !body.required)?;
    let docs = match body.doc.is_empty() {
        true => doc::outer_text("Sets the body."),
        false => doc::outer(&body.doc),
    };
    let ty = body_type(body, scope);
    let write = write_body(operation, &quote!(self.request), scope);
    Some(quote! {
        #docs
        pub fn body(mut self, body: #ty) -> Self {
            #write
            self
        }
    })
}

fn body_type(body: &Body, scope: &mut Scope<'_>) -> TokenStream {
    let ty = sent(body).map_or(Type::Unit, |content| content.ty.clone());
    match scope.resolved(&ty).clone() {
        Type::String => quote!(&str),
        Type::Array(item) => {
            let item = scope.ty(&item);
            quote!(&[#item])
        }
        _ => {
            let ty = scope.ty(&ty);
            quote!(&#ty).into_token_stream()
        }
    }
}
