//! `tests/documented…`: the documented examples, and the tests that hold the crate to them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{Code, Sink, doc};
use crate::api::{Api, Example, Type};
use crate::format::WIDTH;
use crate::options::Settings;
use crate::texts::{code, literal};

/// The examples as constants.
pub(super) fn examples(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    for example in &api.examples {
        let mut described = example.doc.clone();
        described.lead(code(&example.title));
        let docs = doc::written(&described);
        let json = match example.same.and_then(|first| api.examples.get(first)) {
            Some(first) => first.name.rust.clone(),
            None => literal::verbatim(&example.json),
        };
        sink(Code::Text(format!("{docs}pub const {}: &str = {json};\n", example.name.rust)));
    }
    quote! {
        //! The examples of bodies that the description of the API has, number for number.
        #![allow(dead_code, reason = "each test and example includes this module for what it needs of it")]
    }
}

/// A type as such tests call it.
pub(crate) fn type_in_tests(api: &Api, settings: &Settings, ty: &Type) -> String {
    Scope::test(api, &crate_ident(settings)).ty(ty).to_string()
}

fn crate_ident(settings: &Settings) -> Ident {
    ident(&settings.crate_name.replace('-', "_"))
}

/// What makes the tests.
const COME_BACK: &str = "\
/// A test for each: its name, the type, and the example.
macro_rules! come_back {
    ($($name:ident: $ty:ty = $example:ident;)*) => {
        $(
            #[test]
            fn $name() {
                comes_back::<$ty>(documented::$example);
            }
        )*
    };
}
";

/// A test for each example: decoded and encoded, it is the same JSON.
pub(super) fn tests(api: &Api, settings: &Settings, sink: &mut Sink<'_>) -> TokenStream {
    let crate_name = crate_ident(settings);
    let mut scope = Scope::test(api, &crate_name);
    let types = api.examples.iter().any(|example| example.ty.has_named(&|_| true)).then(|| quote!(, types));
    let tested = api.examples.iter().filter(|example| !example.is_repeated);
    let tests: String = tested.map(|example| test(example, &mut scope)).collect();
    let uses = scope.uses();
    sink(Code::Text(COME_BACK.to_owned()));
    sink(Code::Text(format!("come_back! {{\n{tests}}}\n")));
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
    }
}

/// A line for an example, or two.
fn test(example: &Example, scope: &mut Scope<'_>) -> String {
    let constant = &example.name.rust;
    let ty = scope.ty(&example.ty).to_string().replace(' ', "").replace(',', ", ");
    let name = format!("    {}: {ty}", constant.to_lowercase());
    let between = if name.len() + " = ;".len() + constant.len() > WIDTH { "\n        = " } else { " = " };
    [&name, between, constant, ";\n"].concat()
}
