//! `src/lib.rs`: the documentation of the crate, and what it shows.

use proc_macro2::TokenStream;
use quote::quote;

use super::sign_in::{self, Shown};
use super::{doc, servers, support};
use crate::api::{Api, Doc, Operation, Security, Server};
use crate::options::Settings;
use crate::rule::Rule;

pub(super) fn library(api: &Api, source: &str, settings: &Settings) -> TokenStream {
    let name = match api.info.title.trim_end_matches('.') {
        "" => "an API",
        title => title,
    };
    let title = Doc::of([Some(format!("Client of {name}."))]);
    let title = doc::inner(&title);
    let description = doc::inner(&api.info.doc);
    let blank = (!api.info.doc.is_empty()).then(|| quote!(#![doc = ""]));
    let version = match api.info.version.as_str() {
        "" => format!("The API is described by `{source}`."),
        version => format!("Version {version} of the API, as `{source}` describes it."),
    };
    let version = doc::inner_text(&version);
    let allowed = allowed(api).map(|text| doc::inner_text(&text));
    let example = example(api, settings).map(|text| doc::inner_text(&text));
    let signing = sign_in::section(api).map(|text| doc::inner_text(&text));
    let layer = doc::inner_text(&LAYER.replace("CRATE", &crate_name(settings)));
    let servers = (!api.servers.is_empty()).then(|| {
        // The types of servers with something to fill in are named after them.
        let visibility = servers::has_types(api).then(|| quote!(pub));
        quote!(
            #visibility mod servers;
        )
    });
    let credentials = (!api.credentials.is_empty()).then(|| {
        quote!(
            pub mod credentials;
        )
    });
    let server = (!api.servers.is_empty()).then(|| {
        quote!(
            pub use servers::Server;
        )
    });
    let azure = api.uses.azure.then(|| {
        quote!(
            #[cfg(feature = "azure_core")]
            pub use azure_core;
        )
    });
    let exports = support::exports(api);
    let recursion_limit = api.recursion_limit.map(|limit| {
        let limit = limit.to_string();
        quote!(#![recursion_limit = #limit])
    });
    quote! {
        #title
        #![doc = ""]
        #description
        #blank
        #version
        #allowed
        #example
        #signing
        #layer
        #recursion_limit

        #credentials
        mod json;
        pub mod operations;
        #[allow(dead_code, unused_imports, reason = "no API needs all of the support code")]
        mod runtime;
        #servers
        pub mod types;

        /// The same calls for programs without an async runtime.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            pub use crate::runtime::blocking::Client;
        }

        #azure
        pub use bytes;
        pub use http;
        pub use secrecy;
        #exports
        #server
    }
}

fn crate_name(settings: &Settings) -> String {
    settings.crate_name.replace('-', "_")
}

/// What was wrong with the description, and was allowed to be.
fn allowed(api: &Api) -> Option<String> {
    if api.allowed.is_empty() {
        return None;
    }
    let line = |(rule, message): &(Rule, String)| format!("- `{rule}`: {message}\n");
    let lines: String = api.allowed.iter().map(line).collect();
    Some(format!("\n# What the description leaves open\n\nThese mistakes of the description were allowed:\n\n{lines}"))
}

/// How to see and change what is sent and received; compiles.
const LAYER: &str = r#"
# Seeing and changing each request

A layer around the transport sees every attempt of every call, and the requests for tokens. This
one adds a header, and writes down how each exchange went:

```
use std::sync::Mutex;

use CRATE::http::{HeaderValue, Request, Response};
use CRATE::{Body, BoxFuture, Transport, TransportError};

struct Recorded<T> {
    transport: T,
    lines: Mutex<Vec<String>>,
}

impl<T: Transport> Transport for Recorded<T> {
    fn send(&self, mut request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        request.headers_mut().insert("X-Team", HeaderValue::from_static("billing"));
        // Not the headers, which hold the credential.
        let line = format!("{} {}", request.method(), request.uri().path());
        Box::pin(async move {
            let outcome = self.transport.send(request).await;
            let end = match &outcome {
                Ok(response) => response.status().to_string(),
                Err(error) => error.to_string(),
            };
            if let Ok(mut lines) = self.lines.lock() {
                lines.push(format!("{line}: {end}"));
            }
            outcome
        })
    }
}
```

[`ClientBuilder::transport`] takes it. The one to wrap is `ReqwestTransport`, of the feature
`reqwest`. The layer must keep the promises that [`Transport`] asks for.
"#;

/// A call that compiles, for an operation that needs no arguments; one that is signed, if there is any.
fn example(api: &Api, settings: &Settings) -> Option<String> {
    let is_simple = |operation: &Operation| {
        !operation.deprecated
            && !operation.params.iter().any(|param| param.required)
            && !operation.body.as_ref().is_some_and(|body| body.required)
    };
    let all = api.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    let simple = all.filter(|(_, operation)| is_simple(operation));
    // By name, since the order of the description says nothing.
    let is_unsigned = |operation: &Operation| operation.security == Security::Nothing;
    let (group, operation) =
        simple.min_by_key(|(group, operation)| (is_unsigned(operation), &group.name.rust, &operation.name.rust))?;
    let crate_name = crate_name(settings);
    let group = if group.name.rust.is_empty() { String::new() } else { format!("{}().", group.name.rust) };
    let method = &operation.name.rust;
    let (kind, server) = example_server(api);
    let Shown { credentials, mut imports, types } = sign_in::shown(api, operation);
    imports.extend(["Client", kind]);
    let imports: Vec<_> = imports.into_iter().collect();
    let types: Vec<_> = types.into_iter().collect();
    let types = match types.as_slice() {
        [] => String::new(),
        [only] => format!("use {crate_name}::credentials::{only};\n"),
        types => format!("use {crate_name}::credentials::{{{}}};\n", types.join(", ")),
    };
    Some(format!(
        "\n\
         ```no_run\n\
         # async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         {types}\
         use {crate_name}::{{{}}};\n\
         \n\
         {}\
         let value = client.{group}{method}().await?;\n\
         println!(\"{{value:#?}}\");\n\
         # Ok(())\n\
         # }}\n\
         ```",
        imports.join(", "),
        example_client(&server, &credentials)
    ))
}

/// The lines that make the client.
fn example_client(server: &str, credentials: &[String]) -> String {
    let builder: String = credentials.iter().map(|credential| format!(".credential({credential})")).collect();
    match credentials {
        [only] => format!(
            "# #[cfg(feature = \"reqwest\")]\n\
             let client = Client::new({server}, {only})?;\n\
             # #[cfg(not(feature = \"reqwest\"))]\n\
             # let client = Client::builder({server}){builder}.build()?;\n"
        ),
        _ => format!("let client = Client::builder({server}){builder}.build()?;\n"),
    }
}

/// What to import for a server that an example can call, beside the client, and the server.
fn example_server(api: &Api) -> (&'static str, String) {
    let is_ready = |server: &&Server| {
        let has_defaults = server.variables.iter().all(|variable| variable.default.is_some());
        !server.relative && has_defaults && !servers::is_plain_http(server)
    };
    match api.servers.iter().find(is_ready) {
        Some(server) => {
            let values = if server.is_open() { "(Default::default())" } else { "" };
            ("Server", format!("Server::{}{values}", server.name.rust))
        }
        None => ("BaseUrl", "\"https://api.example.com\".parse::<BaseUrl>()?".to_owned()),
    }
}
