//! `tests/documented…`: the documented examples, and the tests that hold the crate to them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use super::scope::{Scope, ident};
use crate::api::{Api, Type};
use crate::options::Settings;
use crate::texts::{code, literal};

/// The examples as constants.
pub(super) fn examples(api: &Api) -> TokenStream {
    let constants = api.examples.iter().map(|example| {
        let mut described = example.doc.clone();
        described.lead(code(&example.title));
        let docs = doc::outer(&described);
        let name = ident(&example.name.rust);
        let json = literal::verbatim(&example.json);
        quote!(#docs pub const #name: &str = #json;)
    });
    quote! {
        //! The examples of bodies that the description of the API has, number for number.
        #![allow(dead_code, reason = "each test and example includes this module for what it needs of it")]
        #(#constants)*
    }
}

/// A type as such tests call it.
pub(crate) fn type_in_tests(api: &Api, settings: &Settings, ty: &Type) -> String {
    Scope::test(api, &crate_ident(settings)).ty(ty).to_string()
}

fn crate_ident(settings: &Settings) -> Ident {
    ident(&settings.crate_name.replace('-', "_"))
}

/// A test for each example: decoded and encoded, it is the same JSON.
pub(super) fn tests(api: &Api, settings: &Settings) -> TokenStream {
    let crate_name = crate_ident(settings);
    let mut scope = Scope::test(api, &crate_name);
    let types = api.examples.iter().any(|example| example.ty.has_named(&|_| true)).then(|| quote!(, types));
    let tests: Vec<_> = api
        .examples
        .iter()
        .map(|example| {
            let constant = ident(&example.name.rust);
            let name = format_ident!("{}", example.name.rust.to_lowercase());
            let ty = scope.ty(&example.ty);
            quote! {
                #[test]
                fn #name() {
                    comes_back::<#ty>(documented::#constant);
                }
            }
        })
        .collect();
    let uses = scope.uses();
    quote! {
        //! The contract of the client: every documented example comes back as the same JSON, with the
        //! numbers spelled the same.
        mod documented;

        #uses
        use #crate_name::{JsonValue #types};
        use serde::Serialize;
        use serde::de::DeserializeOwned;

        fn comes_back<T: DeserializeOwned + Serialize>(documented: &str) {
            let value: T = serde_json::from_str(documented).expect("the documented example can be read");
            let written = serde_json::to_string(&value).expect("what was read can be written");
            let (written, documented) = (json(&written), json(documented));
            assert_eq!(written, documented);
        }

        /// JSON with its numbers as they are spelled; the order of members does not count.
        fn json(text: &str) -> JsonValue {
            serde_json::from_str(text).expect("JSON")
        }

        #(#tests)*
    }
}
