//! Parameters: arguments of the method, setters of the call, and what both do.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{Tokens, bodies, doc, lints, streamed};
use crate::api::{
    CallId, Form, Location, Operation, OwnServers, Param, Scheme, Security, Shape, Style, StyleKind, Type, Written,
};
use crate::texts::{Doc, Paragraph, code, joined, said};

/// How a value is passed.
pub(super) struct Passed {
    pub ty: TokenStream,
    by: By,
}

/// What callers give for a value.
enum By {
    Reference,
    Value,
    /// What becomes one of this type.
    Into(TokenStream),
    /// The value, or its text.
    Text,
}

impl Passed {
    /// What makes it ready to be written to the request.
    fn prepare(&self, param: &Param, name: &Ident, request: &TokenStream) -> Option<TokenStream> {
        let wire = &param.name.wire;
        match &self.by {
            By::Reference | By::Value => None,
            By::Into(ty) => Some(quote!(let #name: #ty = #name.into();)),
            By::Text => Some(quote!(let #name = #request.passed(#wire, #name);)),
        }
    }
}

pub(super) fn passed(ty: &Type, scope: &mut Scope<'_>) -> Passed {
    let by_reference = |ty: TokenStream| Passed { ty: quote!(&#ty), by: By::Reference };
    match scope.resolved(ty).clone() {
        Type::String => by_reference(quote!(str)),
        Type::Array(item) => {
            let item = match scope.resolved(&item).clone() {
                Type::String => quote!(&str),
                item => scope.ty(&item),
            };
            by_reference(quote!([#item]))
        }
        plain @ (Type::Boolean | Type::Integer(_) | Type::Null) => Passed { ty: scope.ty(&plain), by: By::Value },
        object @ (Type::Map(_) | Type::Any) => by_reference(scope.ty(&object)),
        Type::Foreign(_) | Type::Tuple(_) => by_reference(scope.ty(ty)),
        Type::Named(id) if matches!(scope.shape(&id), Some(Shape::Struct(_))) => {
            by_reference(scope.ty(&Type::Named(id)))
        }
        spelled if spelled.is_spelled() => {
            let (into_value, ty) = (scope.runtime("IntoValue"), scope.ty(&spelled));
            Passed { ty: quote!(impl #into_value<#ty>), by: By::Text }
        }
        converted => {
            let ty = scope.ty(&converted);
            Passed { ty: quote!(impl Into<#ty>), by: By::Into(ty) }
        }
    }
}

/// The arguments of an operation's method: what is required, in the order of the description.
pub(super) fn arguments(operation: &Operation, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let mut arguments: Vec<_> = operation
        .params
        .iter()
        .filter(|param| param.required)
        .map(|param| {
            let name = ident(&param.name.rust);
            let ty = passed(&param.ty, scope).ty;
            quote!(#name: #ty)
        })
        .collect();
    arguments.extend(bodies::argument(operation, scope));
    arguments
}

/// The types of the arguments.
pub(super) fn argument_types(operation: &Operation) -> impl Iterator<Item = &Type> {
    let params = operation.params.iter().filter(|param| param.required).map(|param| &param.ty);
    params.chain(bodies::argument_type(operation))
}

/// The parameters that the call has setters for.
pub(super) fn setters(operation: &Operation) -> impl Iterator<Item = &Param> {
    operation.params.iter().filter(|param| !param.required)
}

/// What can be set on a call, each in short.
pub(super) fn setter_docs(operation: &Operation) -> Doc {
    let params = setters(operation).map(|param| (param.name.rust.as_str(), param.doc.in_short()));
    let others = bodies::setter_names(operation).map(|name| (name, Doc::default()));
    let all: Vec<_> = params.chain(others).map(|(name, doc)| (code(name.trim_start_matches("r#")), doc)).collect();
    if all.is_empty() {
        return Doc::default();
    }
    if all.iter().all(|(_, doc)| doc.is_empty()) {
        let names = all.into_iter().map(|(name, _)| name);
        return (said("Can be set on the call: ") + joined(names, ", ") + ".").kept().into();
    }
    let mut docs = Doc::from("Can be set on the call:");
    docs.push(Paragraph::List(all));
    docs
}

/// What is said about the arguments, as a list.
pub(super) fn argument_docs(operation: &Operation) -> Option<Paragraph> {
    let params = operation.params.iter().filter(|param| param.required);
    let params = params.map(|param| (param.name.rust.trim_start_matches("r#"), &param.doc));
    let body = operation.body.as_ref().filter(|body| body.required).map(|body| ("body", &body.doc));
    let described = params.chain(body).filter(|(_, doc)| !doc.is_empty());
    let list: Vec<_> = described.map(|(name, doc)| (code(name), doc.clone())).collect();
    (!list.is_empty()).then_some(Paragraph::List(list))
}

/// What the method does to the request, in the order of the description.
pub(super) fn statements(operation: &Operation, scope: &mut Scope<'_>) -> Vec<TokenStream> {
    let fixed = operation.fixed_query.iter().map(|(name, text)| quote!(request.fixed_query(#name, #text);));
    let mut statements: Vec<_> = fixed.collect();
    for param in operation.params.iter().filter(|param| param.required) {
        let name = ident(&param.name.rust);
        statements.extend(passed(&param.ty, scope).prepare(param, &name, &quote!(request)));
        statements.push(write(param, &quote!(request), &name, scope));
    }
    statements.extend(streamed::whole(operation));
    for param in &operation.params {
        let Some(id) = param.call_id else { continue };
        let call_id = scope.runtime("CallId");
        let variant = match id {
            CallId::Request => quote!(Request),
            CallId::Correlation => quote!(Correlation),
            CallId::Idempotency => quote!(Idempotency),
        };
        let wire = &param.name.wire;
        statements.push(quote!(request.call_id(#call_id::#variant, #wire);));
    }
    if let Some(OwnServers { url, beside, .. }) = &operation.servers {
        statements.push(quote!(request.server(#url);));
        statements.extend(beside.iter().map(|(server, url)| quote!(request.server_beside(#server, #url);)));
    }
    statements.extend(security(&operation.security, scope));
    if let Some(idempotent) = operation.idempotent {
        statements.push(quote!(request.idempotent(#idempotent);));
    }
    statements.extend(bodies::statement(operation, scope));
    statements
}

/// Says which credentials are sent, unless any bearer token is.
fn security(security: &Security, scope: &mut Scope<'_>) -> Option<TokenStream> {
    let alternatives = match security {
        Security::Token => return None,
        Security::Unsaid | Security::Nothing => &[],
        Security::OneOf(alternatives) => alternatives.as_slice(),
    };
    let alternatives = alternatives.iter().map(|schemes| {
        let schemes = schemes.iter().map(|scheme| {
            let name = scope.runtime("Scheme");
            match scheme {
                Scheme::Token => quote!(#name::Token),
                Scheme::Bearer(scheme) => quote!(#name::Bearer(#scheme)),
                Scheme::Own(scheme) => quote!(#name::Own(#scheme)),
            }
        });
        quote!(&[#(#schemes),*])
    });
    Some(quote!(request.security(&[#(#alternatives),*]);))
}

fn write(param: &Param, request: &TokenStream, value: &Ident, scope: &mut Scope<'_>) -> TokenStream {
    let wire = &param.name.wire;
    let style = match (&param.written, param.location) {
        (Written::Plain, Location::Path) => return quote!(#request.path(#wire, &#value);),
        (Written::Plain, Location::Header) => return quote!(#request.header(#wire, &#value);),
        (Written::Plain, Location::Query) => return quote!(#request.query(#wire, &#value);),
        (Written::Repeated | Written::Commas, Location::Query) => {
            let list = scope.runtime("ListStyle");
            let style = match param.written {
                Written::Commas => quote!(Commas),
                _ => quote!(Repeated),
            };
            return quote!(#request.query_list(#wire, #value, #list::#style););
        }
        (Written::Styled(style), _) => *style,
        (Written::Form(form), _) => return write_form(param, form, request, value, scope),
        // Only a query has lists of its own, and a cookie is always written by a style.
        (Written::Plain | Written::Repeated | Written::Commas, _) => Style::new(StyleKind::Form),
    };
    let style = style_code(style, scope);
    let value = by_reference(param, value, scope);
    let method = match param.location {
        Location::Path => quote!(path_value),
        Location::Query => quote!(query_value),
        Location::Querystring => quote!(querystring_value),
        Location::Header => quote!(header_value),
        Location::Cookie => quote!(cookie_value),
    };
    quote!(#request.#method(#wire, #value, #style);)
}

/// What is written of the value of a parameter.
fn by_reference(param: &Param, value: &Ident, scope: &mut Scope<'_>) -> TokenStream {
    let value = if matches!(passed(&param.ty, scope).by, By::Reference) { quote!(#value) } else { quote!(&#value) };
    scope.declared(&param.ty, value)
}

/// Writes the whole query as a form.
fn write_form(param: &Param, form: &Form, request: &TokenStream, value: &Ident, scope: &mut Scope<'_>) -> TokenStream {
    let wire = &param.name.wire;
    let value = by_reference(param, value, scope);
    match form {
        Form::Properties(style, others) => {
            let (style, others) = form_styles(*style, others, scope);
            quote!(#request.querystring_form(#wire, #value, #style, #others);)
        }
        Form::Text => {
            let style = style_code(Style { reserved: true, ..Style::new(StyleKind::Simple) }, scope);
            quote!(#request.querystring_value(#wire, #value, #style);)
        }
    }
}

/// The style of the members of a form, and those that have one of their own.
pub(super) fn form_styles(
    style: Style,
    others: &[(String, Style)],
    scope: &mut Scope<'_>,
) -> (TokenStream, TokenStream) {
    let style = style_code(style, scope);
    let others = others.iter().map(|(name, style)| {
        let style = style_code(*style, scope);
        quote!((#name, #style))
    });
    (style, quote!(&[#(#others),*]))
}

/// A style as the emitted code has it.
pub(super) fn style_code(style: Style, scope: &mut Scope<'_>) -> TokenStream {
    let name = scope.runtime("Style");
    let kind = match style.kind {
        StyleKind::Simple => quote!(SIMPLE),
        StyleKind::Label => quote!(LABEL),
        StyleKind::Matrix => quote!(MATRIX),
        StyleKind::Form => quote!(FORM),
        StyleKind::Cookie => quote!(COOKIE),
        StyleKind::SpaceDelimited => quote!(SPACE_DELIMITED),
        StyleKind::PipeDelimited => quote!(PIPE_DELIMITED),
        StyleKind::DeepObject => quote!(DEEP_OBJECT),
        StyleKind::Json => quote!(JSON),
        StyleKind::Property => quote!(PROPERTY),
    };
    let explode = style.explode.then(|| quote!(.exploded()));
    let reserved = style.reserved.then(|| quote!(.reserved()));
    let empty = style.empty.then(|| quote!(.or_empty()));
    quote!(#name::#kind #explode #reserved #empty)
}

/// The setter of an optional parameter.
pub(super) fn setter(param: &Param, scope: &mut Scope<'_>, tokens: &mut Tokens) {
    let wire = code(&param.name.wire);
    let mut docs = param.doc.clone().or(|| (said("Sets ") + wire.clone() + ".").into());
    docs.push(match param.call_id {
        Some(CallId::Idempotency) => {
            said("Sent as the header ")
                + wire
                + ": a fresh UUID for each call, the same when it is tried again, unless it is set here."
        }
        Some(_) => said("Sent as the header ") + wire + ": a fresh UUID for each call, unless it is set here.",
        None if param.location == Location::Querystring => said("Sent as the whole query."),
        None => said("Sent as the ") + param.location.name() + " parameter " + wire + ".",
    });
    if matches!(param.ty, Type::Nullable(_)) {
        docs.push("`None` is sent as an empty value.");
    }
    doc::put(&docs, tokens);
    let name = ident(&param.name.rust);
    let value = ident("value");
    let passed = passed(&param.ty, scope);
    let (ty, prepare) = (&passed.ty, passed.prepare(param, &value, &quote!(self.request)));
    let write = write(param, &quote!(self.request), &value, scope);
    let deprecated = param.deprecated.then(|| quote!(#[deprecated]));
    let lints = lints::method(&param.name.rust, 2, [&param.ty].into_iter());
    tokens.push(quote! {
        #deprecated
        #lints
        pub fn #name(mut self, value: #ty) -> Self
    });
    tokens.braces(|tokens| {
        tokens.extend(prepare.into_iter().chain([write, quote!(self)]));
    });
}
