//! The support code, as it is compiled and tested in this crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{foreign, ident};
use super::{Content, Rendered, doc};
use crate::api::{Api, TextFormat, Uses};
use crate::dependencies::Own;
use crate::files::RUNTIME;
use crate::options::Settings;
use crate::texts::{code, said};

/// A file of the runtime, and whether a client needs it.
struct Module {
    path: &'static str,
    text: &'static str,
    needed: fn(&Uses) -> bool,
}

macro_rules! modules {
    ($($path:literal $(if $needed:expr)?,)+) => {
        &[$(Module {
            path: $path,
            text: include_str!(concat!("../runtime/", $path)),
            needed: modules!(@ $($needed)?),
        }),+]
    };
    (@) => { |_| true };
    (@ $needed:expr) => { $needed };
}

const MODULES: &[Module] = modules! {
    "address.rs",
    "azure.rs" if |uses| uses.azure,
    "base64.rs" if |uses| uses.texts.has_any(&[TextFormat::Base64]),
    "base_url.rs",
    "basic.rs" if |uses| uses.basic,
    "blocking.rs",
    "blocking_body.rs",
    "body.rs",
    "build_error.rs",
    "call.rs",
    "call_id.rs",
    "choice.rs" if |uses| uses.choice,
    "client.rs",
    "clock.rs",
    "collected.rs",
    "conforms/applied.rs",
    "conforms/formats.rs",
    "conforms/limits.rs",
    "conforms/mod.rs",
    "conforms/way.rs",
    "credential.rs",
    "custom.rs",
    "date.rs" if |uses| uses.texts.has_any(&[TextFormat::Date]),
    "date_time.rs" if |uses| uses.texts.has_any(&[TextFormat::DateTime]),
    "deadline.rs",
    "decimal.rs" if |uses| uses.decimal,
    "device_code.rs" if |uses| uses.device,
    "duration.rs" if |uses| uses.texts.has_any(&[TextFormat::Duration]),
    "epoch.rs" if |uses| uses.texts.has_any(&[TextFormat::Date, TextFormat::DateTime]),
    "error.rs",
    "escape.rs" if |uses| uses.style,
    "event.rs" if |uses| uses.items,
    "event_fields.rs" if |uses| uses.items || uses.items_body,
    "excerpt.rs",
    "exchange.rs",
    "extras.rs",
    "fit.rs" if |uses| uses.choice,
    "flag.rs" if |uses| uses.items || uses.pages,
    "foreign.rs" if |uses| uses.foreign,
    "fraction.rs" if |uses| uses.texts.has_any(FRACTIONS),
    "framing.rs" if |uses| uses.items || uses.items_body,
    "from_reply.rs",
    "headers.rs",
    "http_reqwest.rs",
    "into_value.rs" if Uses::spelled,
    "ip.rs" if |uses| uses.texts.has_any(&[TextFormat::Ip, TextFormat::Ipv4, TextFormat::Ipv6]),
    "items.rs" if |uses| uses.items,
    "items_body.rs" if |uses| uses.items_body,
    "items_error.rs" if |uses| uses.items,
    "items_waited.rs" if |uses| uses.items,
    "json/check.rs",
    "json/deserialize.rs",
    "json/error.rs",
    "json/kinds.rs",
    "json/lexer.rs",
    "json/members.rs",
    "json/mismatch.rs",
    "json/mod.rs",
    "json/number.rs",
    "json/object.rs",
    "json/object_writer.rs",
    "json/order.rs",
    "json/parse.rs",
    "json/read.rs",
    "json/reader.rs",
    "json/serialize.rs",
    "json/slots.rs",
    "json/tree.rs",
    "json/trial.rs",
    "json/undescribed.rs",
    "json_text.rs" if |uses| uses.json_text,
    "key.rs",
    "location.rs",
    "maybe.rs",
    "media_type.rs",
    "mock/answer.rs",
    "mock/asked.rs",
    "mock/body.rs",
    "mock/check.rs",
    "mock/mod.rs",
    "mock/parameter.rs",
    "mock/refusal.rs",
    "mock/route.rs",
    "mock/rules.rs",
    "mock/schema.rs",
    "mock/security.rs",
    "mock/table.rs",
    "mock/text.rs",
    "multipart.rs" if |uses| uses.multipart,
    "number.rs" if |uses| uses.number,
    "number_or_text.rs" if |uses| uses.number_or_text,
    "oauth2.rs",
    "oauth2_answer.rs",
    "offset.rs" if |uses| uses.texts.has_any(&[TextFormat::DateTime, TextFormat::Time]),
    "or_empty.rs" if |uses| uses.or_empty,
    "pace.rs",
    "pages.rs" if |uses| uses.pages,
    "paging.rs" if |uses| uses.pages,
    "paging_body.rs" if |uses| uses.pages,
    "paging_fault.rs" if |uses| uses.pages,
    "paging_link.rs" if |uses| uses.pages,
    "password.rs" if |uses| uses.texts.has_any(&[TextFormat::Secret]),
    "prepared.rs",
    "preparing.rs",
    "reply.rs",
    "request.rs",
    "request_error.rs",
    "request_member.rs" if |uses| uses.items || uses.pages,
    "response.rs",
    "retry.rs",
    "rfc3339.rs" if |uses| uses.texts.has_any(&[TextFormat::Date, TextFormat::DateTime, TextFormat::Time]),
    "secrets.rs",
    "security.rs",
    "sentence.rs",
    "settings.rs",
    "spelled.rs" if Uses::spelled,
    "statuses.rs",
    "streaming.rs" if |uses| uses.items,
    "string_enum.rs" if |uses| uses.string_enum,
    "style.rs" if |uses| uses.style,
    "styled.rs" if |uses| uses.style,
    "styled_parts.rs" if |uses| uses.style && uses.multipart,
    "system_clock.rs",
    "template.rs",
    "time.rs" if |uses| uses.texts.has_any(&[TextFormat::Time]),
    "token.rs",
    "token_cache.rs",
    "token_error.rs",
    "token_url.rs",
    "trace.rs",
    "transport.rs",
    "tuple.rs" if |uses| uses.tuple,
    "undeclared.rs",
    "undeclared_order.rs" if |uses| uses.order,
    "unreadable.rs",
    "uuid.rs" if |uses| uses.texts.has_any(&[TextFormat::Uuid]),
    "waited.rs" if |uses| uses.items,
};

/// The formats in which seconds have a fraction.
const FRACTIONS: &[TextFormat] = &[TextFormat::Date, TextFormat::DateTime, TextFormat::Duration, TextFormat::Time];

impl Uses {
    /// Whether any type keeps how it was written.
    pub fn spelled(&self) -> bool {
        self.number || self.decimal || self.texts.iter().any(|format| format.about().spelled)
    }
}

/// The module of the runtime that an item is in.
pub(super) fn module_of(item: &str) -> &'static str {
    match item {
        "Async" | "Client" => "crate::runtime::client",
        "BaseUrl" => "crate::runtime::base_url",
        "Body" => "crate::runtime::body",
        "Call" | "Operation" => "crate::runtime::call",
        "CallId" => "crate::runtime::call_id",
        "Data" | "Framing" => "crate::runtime::framing",
        "Event" => "crate::runtime::event",
        "Fit" | "Scalar" | "Tag" | "Values" => "crate::runtime::fit",
        "union" => "crate::runtime::choice",
        "Decimal" => "crate::runtime::decimal",
        "IntoValue" => "crate::runtime::into_value",
        "Items" => "crate::runtime::items",
        "ItemsBody" => "crate::runtime::items_body",
        "JsonText" => "crate::runtime::json_text",
        "FromReply" => "crate::runtime::from_reply",
        "header" | "header_list" => "crate::runtime::headers",
        "Multipart" | "Part" => "crate::runtime::multipart",
        "Maybe" => "crate::runtime::maybe",
        "Paged" => "crate::runtime::pages",
        "Paging" => "crate::runtime::paging",
        "Number" => "crate::runtime::number",
        "NumberOrText" => "crate::runtime::number_or_text",
        "OrEmpty" => "crate::runtime::or_empty",
        "Reply" => "crate::runtime::reply",
        "ListStyle" | "Request" => "crate::runtime::request",
        "string_enum" => "crate::runtime::string_enum",
        "Resumable" => "crate::runtime::streaming",
        "Scheme" => "crate::runtime::security",
        "Style" => "crate::runtime::style",
        "Tuple" => "crate::runtime::tuple",
        "Undeclared" => "crate::runtime::undeclared",
        "Unreadable" => "crate::runtime::unreadable",
        name => TextFormat::named(name).map_or("crate::runtime::json", |format| format.about().module),
    }
}

/// The items of the runtime that users see, by module.
const PUBLIC: &[(&str, &[&str])] = &[
    ("base64", &["Base64", "Base64Error"]),
    ("base_url", &["BaseUrl", "BaseUrlError"]),
    ("body", &["Body", "BodyError"]),
    ("build_error", &["BuildError"]),
    ("call", &["Call", "Operation"]),
    ("client", &["Async", "Client", "ClientBuilder"]),
    ("clock", &["Clock"]),
    ("credential", &["BearerToken", "Credential"]),
    ("custom", &["Custom"]),
    ("date", &["Date"]),
    ("date_time", &["DateTime", "Moment"]),
    ("decimal", &["Decimal"]),
    ("device_code", &["DeviceCode", "DevicePrompt"]),
    ("duration", &["Duration"]),
    ("error", &["Error", "ErrorKind"]),
    ("event", &["Event"]),
    ("from_reply", &["FromReply"]),
    ("http_reqwest", &["ReqwestTransport"]),
    ("ip", &["IpAddr", "Ipv4Addr", "Ipv6Addr"]),
    ("items", &["FromItem", "Items"]),
    ("items_body", &["ItemsBody"]),
    ("items_error", &["ItemsError", "UnreadItem", "UnreadableItem"]),
    ("into_value", &["IntoValue"]),
    ("json", &["Json", "JsonError", "JsonValue", "Mismatch", "undescribed"]),
    ("json_text", &["JsonText", "JsonTextError"]),
    ("location", &["Located"]),
    ("maybe", &["Maybe"]),
    ("mock", &["Asked", "Mock", "On"]),
    ("multipart", &["Multipart", "Part"]),
    ("number", &["Number"]),
    ("number_or_text", &["NumberOrText"]),
    ("oauth2", &["ClientCredentials", "RefreshToken"]),
    ("or_empty", &["OrEmpty"]),
    ("pages", &["PageError", "PageItems", "Paged", "Pages"]),
    ("paging_fault", &["PagingFault"]),
    ("password", &["Secret"]),
    ("reply", &["Reply"]),
    ("request_error", &["RequestError"]),
    ("response", &["Response"]),
    ("retry", &["RetryPolicy"]),
    ("security", &["MissingCredential"]),
    ("spelled", &["Format", "Kind", "Spelled", "SpellingError"]),
    ("streaming", &["Reconnecting", "Resumable", "StreamError"]),
    ("system_clock", &["SystemClock"]),
    ("time", &["ClockTime", "Time"]),
    ("token", &["AccessToken", "TokenContext", "TokenSource"]),
    ("token_error", &["TokenError", "TokenErrorKind"]),
    ("token_url", &["TokenUrl"]),
    ("transport", &["BoxFuture", "Transport", "TransportError", "TransportErrorKind"]),
    ("tuple", &["Nothing", "Tuple"]),
    ("undeclared", &["Undeclared"]),
    ("unreadable", &["Unreadable"]),
    ("uuid", &["Uuid"]),
    ("waited", &["Waited"]),
];

fn needed(api: &Api) -> impl Iterator<Item = &'static Module> {
    let uses = api.uses;
    MODULES.iter().filter(move |module| (module.needed)(&uses))
}

/// The name of the top-level module that a file belongs to.
fn name_of(module: &Module) -> &'static str {
    module.path.split(['/', '.']).next().unwrap_or(module.path)
}

/// The condition of a module that stands behind a feature.
fn feature_of(module: &str) -> Option<TokenStream> {
    match module {
        "azure" => Some(quote!(#[cfg(feature = "azure_core")])),
        "blocking" | "blocking_body" | "items_waited" | "waited" => Some(quote!(#[cfg(feature = "blocking")])),
        "conforms" | "mock" => Some(quote!(#[cfg(feature = "mock")])),
        "http_reqwest" | "system_clock" => Some(quote!(#[cfg(feature = "reqwest")])),
        _ => None,
    }
}

/// The modules that stand in the crate of the API: emitted code implements what their types do. All others are in
/// a crate below it, which is compiled beside its dependencies, and not again when the description changes.
const OF_THE_API: [&str; 6] = ["blocking", "call", "client", "custom", "pages", "streaming"];

fn is_of_the_api(module: &Module) -> bool {
    OF_THE_API.contains(&name_of(module))
}

/// The files of the runtime that the client needs.
pub(super) fn modules(api: &Api) -> impl Iterator<Item = Rendered<'_>> {
    needed(api).map(|module| Rendered {
        path: if is_of_the_api(module) {
            format!("src/runtime/{}", module.path)
        } else {
            format!("{RUNTIME}/src/{}", module.path)
        },
        content: Content::Verbatim(module.text),
    })
}

/// The name of that crate.
pub(super) fn crate_name(settings: &Settings) -> String {
    format!("{}-runtime", settings.crate_name)
}

/// The module of the runtime in the crate of the API.
pub(super) fn index(api: &Api, settings: &Settings) -> TokenStream {
    let runtime = ident(&crate_name(settings).replace('-', "_"));
    let modules = declarations(api, is_of_the_api);
    let key = api.idempotency_key.as_ref().map_or_else(|| quote!(None), |key| quote!(Some(#key)));
    quote! {
        //! The support code of the client, and those parts of it that each API has calls of its own on.
        pub use #runtime::*;
        #modules

        /// The header by which the server knows each call again that it must not do twice.
        const IDEMPOTENCY_KEY: Option<&str> = #key;
    }
}

/// `src/lib.rs` of the crate of the runtime.
pub(super) fn library(api: &Api, settings: &Settings) -> TokenStream {
    let docs = said("The support code of ") + code(&settings.crate_name) + ", which shows what is for its users.";
    let docs = doc::inner(&docs.into());
    let modules = declarations(api, |module| !is_of_the_api(module));
    let foreign = (!api.foreign.is_empty()).then(|| {
        quote!(
            pub mod foreign_types;
        )
    });
    let crates = Own::of_callers(&api.uses).map(ident);
    quote! {
        #docs
        #![allow(dead_code, unused_imports, unused_macros, reason = "no API needs all of it")]

        #[doc(hidden)]
        pub use crate as runtime;

        #foreign
        #modules

        /// The crates whose values those of the client are made of, and turned into.
        pub mod crates {
            #(pub use ::#crates;)*
        }
    }
}

/// How the types of other crates are read, which only the crate of their trait can say.
pub(super) fn foreign_types(api: &Api) -> TokenStream {
    let types = api.foreign.iter().map(|path| foreign(path));
    quote! {
        //! The types of other crates that the client has members of: they are read as serde reads them.
        crate::runtime::foreign::read_by_serde!(#(#types),*);
    }
}

fn declarations(api: &Api, is_there: impl Fn(&Module) -> bool) -> TokenStream {
    let mut names: Vec<_> = needed(api).filter(|module| is_there(module)).map(name_of).collect();
    names.dedup();
    let modules = names.iter().map(|name| {
        let feature = feature_of(name);
        let name = ident(name);
        quote!(#feature pub mod #name;)
    });
    quote!(#(#modules)*)
}

/// What the crate shows of the runtime at its root.
pub(super) fn exports(api: &Api) -> TokenStream {
    let names: Vec<_> = needed(api).map(name_of).collect();
    let exports = PUBLIC.iter().filter(|(module, _)| names.contains(module)).map(|(module, items)| {
        let feature = feature_of(module);
        let module = ident(module);
        let items: Vec<_> = items.iter().map(|item| ident(item)).collect();
        match items.as_slice() {
            [only] => quote!(#feature #[doc(inline)] pub use runtime::#module::#only;),
            items => quote!(#feature #[doc(inline)] pub use runtime::#module::{#(#items),*};),
        }
    });
    let crates: Vec<_> = Own::of_callers(&api.uses).map(ident).collect();
    let crates = match crates.as_slice() {
        [only] => quote!(#only),
        crates => quote!({#(#crates),*}),
    };
    quote!(#(#exports)* #[doc(no_inline)] pub use runtime::crates::#crates;)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::TextFormats;

    #[test]
    fn each_text_format_brings_its_type_and_no_other() {
        let is_of = |module: &&Module, format: TextFormat| {
            format.about().module == format!("crate::runtime::{}", name_of(module))
        };
        for format in TextFormat::ALL {
            let mut texts = TextFormats::default();
            texts.add(format);
            let uses = Uses { texts, ..Uses::default() };
            let module = MODULES.iter().find(|module| is_of(module, format)).unwrap();
            assert!((module.needed)(&uses) && !(module.needed)(&Uses::default()), "for {format:?}");
            let public = PUBLIC.iter().find(|(name, _)| *name == name_of(module)).unwrap();
            assert!(public.1.contains(&format.about().name), "for {format:?}");
            let others = MODULES.iter().filter(|module| TextFormat::ALL.iter().any(|other| is_of(module, *other)));
            let brought = others.filter(|module| (module.needed)(&uses)).map(name_of);
            assert_eq!(brought.collect::<Vec<_>>(), [name_of(module)]);
            assert_eq!(
                (MODULES.iter().find(|module| module.path == "spelled.rs").unwrap().needed)(&uses),
                format.about().spelled
            );
        }
    }
}
