//! The types and arguments of what is emitted, as text, for those who tell people about them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::scope::Scope;
use super::{bodies, conversions, flows, params, replies};
use crate::api::{Api, Body, Flow, Grant, Operation, Presence, Side, Type, TypeDef};

/// How the emitted code calls the types of an API, from anywhere but the module of the types.
pub(crate) struct Signatures<'a>(Scope<'a>);

impl<'a> Signatures<'a> {
    pub fn of(api: &'a Api) -> Self {
        Self(Scope::elsewhere(api))
    }

    pub fn api(&self) -> &'a Api {
        self.0.api
    }

    /// A type as it is owned.
    pub fn ty(&mut self, ty: &Type) -> String {
        text(self.0.ty(ty))
    }

    /// The type of a member, with its presence.
    pub fn member(&mut self, ty: &Type, presence: Presence) -> String {
        text(self.0.member(ty, presence))
    }

    /// What a parameter takes for its value.
    pub fn passed(&mut self, ty: &Type) -> String {
        text(params::passed(ty, &mut self.0).ty)
    }

    /// What a body is taken as.
    pub fn body(&mut self, body: &Body) -> String {
        text(bodies::body_type(body, &mut self.0))
    }

    /// The type of the replies of a side.
    pub fn outcome(&mut self, side: &Side) -> String {
        text(replies::outcome(side, &mut self.0))
    }

    /// What makes a value to send of one that was received, if the type is the second of two: its first line.
    pub fn conversion(&mut self, definition: &TypeDef) -> Option<String> {
        conversions::signature(definition, &mut self.0).map(text)
    }
}

/// The setters of a call that are there for its media types.
pub(crate) fn media_type_setters(operation: &Operation) -> impl Iterator<Item = &str> {
    bodies::setter_names(operation).filter(|name| *name != "body")
}

/// What the constructor of a credential takes.
pub(crate) fn sign_in_arguments(flow: &Flow, with_authority: bool) -> Vec<&str> {
    let server = flows::needs_server(flow, with_authority).then_some("server");
    let own: &[&str] = match flow.grant {
        Grant::ClientCredentials => &["client_id", "client_secret"],
        Grant::RefreshToken => &["client_id", "client_secret", "refresh_token"],
        Grant::DeviceCode => &["client_id", "prompt"],
    };
    let variables = flow.variables.iter().map(|variable| variable.rust.as_str());
    server.into_iter().chain(variables).chain(own.iter().copied()).collect()
}

/// Code in a line, spaced as people write it.
fn text(code: TokenStream) -> String {
    let mut text = String::new();
    push(code, &mut text);
    text
}

fn push(code: TokenStream, text: &mut String) {
    let mut is_behind_word = false;
    let mut is_joint = false;
    for tree in code {
        let is_word = matches!(tree, TokenTree::Ident(_) | TokenTree::Literal(_));
        match tree {
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if punct.as_char() == ',' || (punct.as_char() == ':' && punct.spacing() == Spacing::Alone && !is_joint)
                {
                    text.push(' ');
                }
                is_joint = punct.spacing() == Spacing::Joint;
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                push(group.stream(), text);
                text.truncate(text.trim_end().len());
                text.push_str(close);
            }
            word => {
                if is_behind_word {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
        is_behind_word = is_word;
        is_joint &= !is_word;
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::text;

    #[test]
    fn code_is_spaced_as_people_write_it() {
        assert_eq!(text(quote!(impl Into<types::Cat>)), "impl Into<types::Cat>");
        assert_eq!(text(quote!(&[&str])), "&[&str]");
        assert_eq!(text(quote!(Tuple<(A,), (Option<B>, C), ()>)), "Tuple<(A,), (Option<B>, C), ()>");
        assert_eq!(text(quote!(Maybe<::money::Money>)), "Maybe<::money::Money>");
        assert_eq!(text(quote!(fn into_input(self, a: Vec<u8>))), "fn into_input(self, a: Vec<u8>)");
    }
}
