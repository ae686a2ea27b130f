//! `tests/documented…`: the documented examples, and the tests that hold the crate to them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::scope::{Scope, ident};
use super::{Code, Content, Rendered, Sink, doc};
use crate::api::{Api, Example, Type, Unfit};
use crate::format::WIDTH;
use crate::options::Settings;
use crate::texts::{Comment, code, literal};

/// The most lines, and the most bytes, of an example that stands among others.
const LINES: usize = 100;
const BYTES: usize = 8 << 10;

/// The longest name of a file.
const NAME: usize = 100;

/// The examples that are too large to be read among others, in files of their own.
pub(super) fn large<'a>(api: &Api) -> Vec<Rendered<'a>> {
    let large = api.examples.iter().enumerate().filter(|(_, example)| is_large(example));
    let file = |(index, example): (usize, &Example)| Rendered {
        path: format!("tests/documented/{}", file_name(index, example)),
        content: Content::Json(literal::seen(&example.json).into_owned()),
    };
    large.map(file).collect()
}

fn is_large(example: &Example) -> bool {
    let is_large = example.json.len() > BYTES || example.json.lines().nth(LINES).is_some();
    is_large && example.same.is_none()
}

fn file_name(index: usize, example: &Example) -> String {
    let name = example.name.rust.to_lowercase();
    if name.is_ascii() && name.len() <= NAME { format!("{name}.json") } else { format!("number-{index}.json") }
}

/// The examples as constants.
pub(super) fn examples(api: &Api, sink: &mut Sink<'_>) -> TokenStream {
    for (index, example) in api.examples.iter().enumerate() {
        let mut described = example.doc.clone();
        described.lead(code(&example.title));
        let docs = doc::written(&described);
        let json = match example.same.and_then(|first| api.examples.get(first)) {
            Some(first) => first.name.rust.clone(),
            None if is_large(example) => format!("include_str!({:?})", file_name(index, example)),
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

/// Where JSON differs: a module of the tests.
pub(super) const DIFFERENCE: &str = include_str!("documented/difference.rs");

/// What makes the tests.
const COME_BACK: &str = "\
/// A test for each: what it is and where it stands, its name, the type, and the JSON.
macro_rules! come_back {
    ($(#[doc = $example:literal] $name:ident: $ty:ty = $json:ident;)*) => {
        $(
            #[test]
            fn $name() {
                comes_back::<$ty>($example, documented::$json);
            }
        )*
    };
}
";

/// A test for each example: decoded and encoded, it is the same JSON.
pub(super) fn tests(api: &Api, settings: &Settings, sink: &mut Sink<'_>) -> TokenStream {
    if !api.unfit.is_empty() {
        sink(Code::Text(left_out(&api.unfit)));
    }
    if !api.examples.is_empty() {
        come_back(api, settings, sink);
    }
    quote! {
        //! The contract of the client: every documented example that fits its schema comes back as the
        //! same JSON, with the numbers spelled the same.
    }
}

/// A line for each of those that say nothing of the client.
fn left_out(unfit: &[Unfit]) -> String {
    let line = |Unfit { title, place, reason }: &Unfit| {
        format!("// {} ({}): {}\n", Comment::of(title), Comment::of(place), Comment::of(reason))
    };
    let lines: String = unfit.iter().map(line).collect();
    format!("// Left out, because they do not fit their schemas:\n//\n{lines}")
}

fn come_back(api: &Api, settings: &Settings, sink: &mut Sink<'_>) {
    let crate_name = crate_ident(settings);
    let mut scope = Scope::test(api, &crate_name);
    let types = api.examples.iter().any(|example| example.ty.has_named(&|_| true)).then(|| quote!(, types));
    let tested = api.examples.iter().filter(|example| !example.is_repeated);
    let tests: String = tested.map(|example| test(example, &mut scope)).collect();
    let uses = scope.uses();
    sink(Code::Tokens(quote! {
        #[path = "documented/difference.rs"]
        mod difference;
        mod documented;

        #uses
        use #crate_name::{JsonValue #types};
        use serde::Serialize;
        use serde::de::DeserializeOwned;

        fn comes_back<T: DeserializeOwned + Serialize>(example: &str, documented: &str) {
            let example = example.trim_start();
            let value: T = serde_json::from_str(documented)
                .unwrap_or_else(|error| panic!("{example}\ncannot be read: {error}"));
            let written = serde_json::to_string(&value)
                .unwrap_or_else(|error| panic!("{example}\ncannot be written again: {error}"));
            let differences = difference::differences(&json(documented), &json(&written)).join("\n");
            assert!(differences.is_empty(), "{example}\ndoes not come back:\n{differences}");
        }

        fn json(text: &str) -> JsonValue {
            serde_json::from_str(text).expect("JSON")
        }
    }));
    sink(Code::Text(COME_BACK.to_owned()));
    sink(Code::Text(format!("come_back! {{\n{tests}}}\n")));
}

/// A few lines for an example.
fn test(example: &Example, scope: &mut Scope<'_>) -> String {
    let constant = &example.name.rust;
    let ty = scope.ty(&example.ty).to_string().replace(' ', "").replace(',', ", ");
    let (title, place) = (Comment::of(&example.title), Comment::of(&example.place));
    let name = format!("    {}: {ty}", constant.to_lowercase());
    let between = if name.len() + " = ;".len() + constant.len() > WIDTH { "\n        = " } else { " = " };
    format!("    /// {title} ({place})\n{name}{between}{constant};\n")
}

#[cfg(test)]
#[path = "documented/tests.rs"]
mod tests;
