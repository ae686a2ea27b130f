//! `tests/documented…`: the documented examples, and the tests that hold the crate to them.

mod expected;
mod sent;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use self::sent::Case;
use super::scope::{Scope, ident};
use super::{Code, Content, Rendered, Sink, doc};
use crate::api::{Api, Example, Type};
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
/// A test for each: what it is and where it stands, its name, the type, the JSON, and the places of what its schema does
/// not describe.
macro_rules! come_back {
    ($(#[doc = $example:literal] $name:ident: $ty:ty = $json:ident $(, undescribed [$($place:literal,)+])?;)*) => {
        $(
            #[test]
            fn $name() {
                comes_back::<$ty>($example, documented::$json);
                is_described($example, undescribed::<$ty>(documented::$json), &[$($($place,)+)?]);
            }
        )*
    };
}
";

/// What sends documented bodies: a module of the tests.
pub(super) const WIRE: &str = include_str!("documented/wire.rs");

/// Whether there are bodies of which it is known what goes over the wire.
pub(super) fn has_sent(api: &Api) -> bool {
    sent::cases(api).iter().any(|case| case.expected.is_ok())
}

/// The tests of these.
pub(super) fn sent(api: &Api, settings: &Settings, sink: &mut Sink<'_>) -> TokenStream {
    sent::tests(api, &crate_ident(settings), sink)
}

/// A test for each example: decoded and encoded, it is the same JSON.
pub(super) fn tests(api: &Api, settings: &Settings, sink: &mut Sink<'_>) -> TokenStream {
    if !api.unfit.is_empty() {
        let lines = api.unfit.iter().map(|unfit| left_out(&unfit.title, &unfit.place, &unfit.reason));
        let lines: String = lines.collect();
        sink(Code::Text(format!("// Left out, because they do not fit their schemas:\n//\n{lines}")));
    }
    let cases = sent::cases(api);
    let unsent = |case: &Case<'_>| {
        let reason = case.expected.as_ref().err()?;
        Some(left_out(&case.example.title, &case.example.place, reason))
    };
    let unsent: String = cases.iter().filter_map(unsent).collect();
    if !unsent.is_empty() {
        sink(Code::Text(format!(
            "// Left out of those that are sent, because what is sent is not certain:\n//\n{unsent}"
        )));
    }
    let has_sent = cases.iter().any(|case| case.expected.is_ok());
    if !api.examples.is_empty() {
        common(api, settings, has_sent, sink);
    }
    let sent = has_sent.then(|| {
        quote! {
            //!
            //! Those of request bodies that are forms, parts or text go over the wire as OpenAPI says.
        }
    });
    quote! {
        //! The contract of the client: every documented example that fits its schema comes back as the
        //! same JSON, with the numbers spelled the same.
        #sent
    }
}

/// A line for one that says nothing of the client.
fn left_out(title: &str, place: &str, reason: &str) -> String {
    format!("// {} ({}): {}\n", Comment::of(title), Comment::of(place), Comment::of(reason))
}

/// The modules that the tests need, what they have in common, and those of what comes back.
fn common(api: &Api, settings: &Settings, has_sent: bool, sink: &mut Sink<'_>) {
    let crate_name = crate_ident(settings);
    let mut scope = Scope::test(api, &crate_name);
    let tested: Vec<_> = api.examples.iter().filter(|example| !example.is_repeated && is_read(example)).collect();
    let types = tested.iter().any(|example| example.ty.has_named(&|_| true)).then(|| quote!(, types));
    let undescribed = (!tested.is_empty()).then(|| quote!(, undescribed));
    let tests: String = tested.iter().map(|example| test(example, &mut scope)).collect();
    let uses = scope.uses();
    let (sent, client) = if has_sent {
        let modules = quote! {
            #[path = "documented/sent.rs"]
            mod sent;
            #[allow(dead_code, reason = "no description has bodies of all kinds")]
            #[path = "documented/wire.rs"]
            mod wire;
        };
        (Some(modules), Some(quote!(use #crate_name as client;)))
    } else {
        (None, None)
    };
    let traits = (!tested.is_empty()).then(|| {
        quote! {
            use serde::Serialize;
            use serde::de::DeserializeOwned;
        }
    });
    let comes_back = (!tested.is_empty()).then(comes_back);
    let code = quote! {
        #[path = "documented/difference.rs"]
        mod difference;
        mod documented;
        #sent

        #uses
        #client
        use #crate_name::{JsonValue #types #undescribed};
        #traits

        #comes_back

        fn json(text: &str) -> JsonValue {
            serde_json::from_str(text).expect("JSON")
        }
    };
    sink(code.into());
    if !tested.is_empty() {
        sink(Code::Text(COME_BACK.to_owned()));
        sink(Code::Text(format!("come_back! {{\n{tests}}}\n")));
    }
}

/// Whether an example is of a type that is read from JSON.
fn is_read(example: &Example) -> bool {
    !matches!(example.ty, Type::Bytes | Type::Multipart | Type::Stream | Type::Items(_))
}

fn comes_back() -> TokenStream {
    quote! {
        fn comes_back<T: DeserializeOwned + Serialize>(example: &str, documented: &str) {
            let example = example.trim_start();
            let value: T = serde_json::from_str(documented)
                .unwrap_or_else(|error| panic!("{example}\ncannot be read: {error}"));
            let written = serde_json::to_string(&value)
                .unwrap_or_else(|error| panic!("{example}\ncannot be written again: {error}"));
            let differences = difference::differences(&json(documented), &json(&written)).join("\n");
            assert!(differences.is_empty(), "{example}\ndoes not come back:\n{differences}");
        }

        /// A type keeps what it has no field for, so it would give that back, too. It must know all that the schema
        /// describes.
        fn is_described(
            example: &str,
            undescribed: Result<Vec<String>, serde_json::Error>,
            beside: &[&str],
        ) {
            let example = example.trim_start();
            let mut places = undescribed.unwrap_or_else(|error| panic!("{example}\ncannot be read: {error}"));
            let is_within = |place: &str, around: &str| {
                place.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            places.retain(|place| !beside.iter().any(|around| is_within(place, around)));
            assert!(places.is_empty(), "{example}\nis described, and its type does not have it: {places:?}");
        }
    }
}

/// A few lines for an example.
fn test(example: &Example, scope: &mut Scope<'_>) -> String {
    let constant = &example.name.rust;
    let ty = scope.ty(&example.ty).to_string().replace(' ', "").replace(',', ", ");
    let (title, place) = (Comment::of(&example.title), Comment::of(&example.place));
    let name = format!("    {}: {ty}", constant.to_lowercase());
    let between = if name.len() + " = ;".len() + constant.len() > WIDTH { "\n        = " } else { " = " };
    format!("    /// {title} ({place})\n{name}{between}{constant}{};\n", undescribed(example, between))
}

/// The places of an example that its schema does not describe.
fn undescribed(example: &Example, between: &str) -> String {
    if example.undescribed.is_empty() {
        return String::new();
    }
    let indent = if between.contains('\n') { "        " } else { "    " };
    let places = example.undescribed.iter().map(|place| format!("\n{indent}    {},", Literal::string(place)));
    format!(", undescribed [{}\n{indent}]", places.collect::<String>())
}

#[cfg(test)]
#[path = "documented/tests.rs"]
mod tests;
