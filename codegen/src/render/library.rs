//! `src/lib.rs`: the documentation of the crate, and what it shows.

use proc_macro2::TokenStream;
use quote::quote;

use super::sign_in::{self, Shown};
use super::{doc, overview, servers, support};
use crate::api::{Api, Operation, Security, Server};
use crate::options::Settings;
use crate::rule::Rule;
use crate::texts::{Doc, Paragraph, Sample, code, name, plain, said};

pub(super) fn library(api: &Api, source: &str, settings: &Settings) -> TokenStream {
    let docs = doc::inner(&docs(api, source, settings));
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
    let webhooks = (!api.webhooks.is_empty()).then(|| {
        quote!(
            pub mod webhooks;
        )
    });
    let replies = (!api.shared.is_empty()).then(|| {
        quote!(
            pub mod replies;
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
        #docs
        #recursion_limit

        #credentials
        mod json;
        pub mod operations;
        #replies
        #[allow(dead_code, reason = "no API needs all of the support code")]
        mod runtime;
        #servers
        pub mod types;
        #webhooks

        /// The same calls for programs without an async runtime.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            pub use crate::runtime::blocking::{Blocking, Client};
        }

        #[cfg(feature = "mock")]
        mod mock;
        #azure
        pub use bytes;
        pub use http;
        pub use secrecy;
        #exports
        #server
    }
}

fn docs(api: &Api, source: &str, settings: &Settings) -> Doc {
    let title = match api.info.title.trim_end_matches('.') {
        "" => "an API",
        title => title,
    };
    let mut docs = Doc::from(Paragraph::within("Client of ", title, "."));
    docs.append(api.info.doc.clone());
    docs.push(match api.info.version.as_str() {
        "" => said("The API is described by ") + code(source) + ".",
        version => said("Version ") + plain(version) + " of the API, as " + code(source) + " describes it.",
    });
    if !api.allowed.is_empty() {
        let allowed = |(rule, message): &(Rule, String)| (code(rule.name()), Doc::of([Some(message)]));
        docs.push(Paragraph::Heading("What the description leaves open"));
        docs.push("These mistakes of the description were allowed:");
        docs.push(Paragraph::List(api.allowed.iter().map(allowed).collect()));
    }
    docs.extend(example(api, settings).map(|sample| Paragraph::Sample("no_run", sample)));
    docs.append(overview::calls(api));
    docs.append(sign_in::section(api).unwrap_or_default());
    docs.append(overview::errors());
    if api.uses.items {
        docs.push(Paragraph::Heading("Answers that come item by item"));
        docs.push(ITEMS);
        if api.operations().any(|operation| operation.streamed.is_some()) {
            docs.push(STREAMED);
        }
    }
    if api.uses.pages {
        docs.push(Paragraph::Heading("Answers that are one page of many"));
        docs.push(PAGES);
    }
    docs.push(Paragraph::Heading("What the description does not have"));
    docs.push(UNDESCRIBED);
    docs.push(Paragraph::Heading("Testing without a network"));
    docs.push(MOCK);
    docs.push(Paragraph::Heading("Seeing and changing each request"));
    docs.push(LAYER);
    docs.push(Paragraph::Sample("", Sample::from(LAYER_SAMPLE).with("CRATE", crate_name(settings))));
    docs.push(LAYER_END);
    docs.append(overview::features(api));
    docs
}

fn crate_name(settings: &Settings) -> Sample {
    name(&settings.crate_name.replace('-', "_"))
}

/// What comes of answers that are a sequence.
const ITEMS: &str = "An answer of events, of JSON lines and the like is [`Items`]: `next().await` gives one after the other, as\n\
                     they come, and `for` does so with the blocking client. An [`ItemsError`] is one of them: the connection\n\
                     broke off, an item is none that is described, or larger than `Items::max_item_size` allows, or the\n\
                     server reports an error. [`Call::reconnecting`] connects again, and goes on behind the last event.";

/// How a sequence is asked for.
const STREAMED: &str = "An operation that answers with the whole as well is called for that, and by `stream` of the call for\n\
                        its items. How it is called decides, and neither a member of the body nor a parameter.";

/// What comes of answers that go on elsewhere.
const PAGES: &str = "Where an operation answers with one page of many, [`Call::items`] goes through the items of all pages, and\n\
                     [`Call::pages`] through the pages: by `next().await`, or as an iterator with the blocking client. A page is\n\
                     asked for when it is wanted, in a call of its own. The first [`PageError`] is the end, which is also what a\n\
                     server comes to that repeats a page, or has the next one on another server. More than a thousand pages in a\n\
                     row without items are the end of items, too, unless [`PageItems::max_empty_pages`] says otherwise.";

/// What callers do that no operation is described for.
const UNDESCRIBED: &str = "Any call takes more headers and query parameters ([`Call::with_header`], [`Call::with_query`]), and a\n\
                           client has some for all its calls ([`ClientBuilder::default_header`]). [`Client::request`] sends a\n\
                           request for any path, signed and tried again like the others, and reads JSON, bytes or a stream.\n\
                           [`Client::follow`] goes where the `Location` of an answer leads; the credential goes along within\n\
                           the same origin alone. [`Error::code`] tells what the server calls an error, whatever its type.";

/// How programs are tested that call the API.
const MOCK: &str = "With the feature `mock`, `Client::mock` gives a client whose calls are answered with the documented\n\
                    examples, and the `Mock` that answers them: it says what is wrong with a request, remembers what\n\
                    it was asked, and can be told to answer with another example, a status, or not at all.";

/// How to see and change what is sent and received.
const LAYER: &str = "A layer around the transport sees every attempt of every call, and the requests for tokens. This\n\
                     one adds a header, and writes down how each exchange went:";

const LAYER_SAMPLE: &str = r#"
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
"#;

const LAYER_END: &str = "[`ClientBuilder::transport`] takes it. The one to wrap is `ReqwestTransport`, of the feature\n\
                         `reqwest`. The layer must keep the promises that [`Transport`] asks for.";

/// A call that compiles, for an operation that needs no arguments; one that is signed, if there is any.
fn example(api: &Api, settings: &Settings) -> Option<Sample> {
    let is_simple = |operation: &Operation| {
        !operation.deprecated
            && !operation.params.iter().any(|param| param.required)
            && !operation.body.as_ref().is_some_and(|body| body.required)
    };
    let all = api.groups.iter().flat_map(|group| group.operations.iter().map(move |operation| (group, operation)));
    let simple = all.filter(|(_, operation)| is_simple(operation));
    // One that does no harm, and gives more than one thing; then by name, since the order of the description says nothing.
    let (group, operation) = simple.min_by_key(|(group, operation)| {
        let is_unsigned = operation.security == Security::Nothing;
        let gets = operation.method.as_str() == "GET";
        (!gets, is_unsigned, !is_of_a_list(operation), operation.path.len(), &group.name.rust, &operation.name.rust)
    })?;
    let mut call = Sample::from("let value = client.");
    if !group.name.rust.is_empty() {
        call += name(&group.name.rust) + "().";
    }
    call += name(&operation.name.rust) + "().await?;\n";
    let (kind, server) = example_server(api);
    let Shown { credentials, mut imports, types } = sign_in::shown(api, operation);
    imports.extend(["Client", kind]);
    let mut sample = Sample::from("# async fn example() -> Result<(), Box<dyn std::error::Error>> {\n");
    if !types.is_empty() {
        sample += import(crate_name(settings) + "::credentials", types.iter().map(|one| name(one)).collect());
    }
    sample += import(crate_name(settings), imports.into_iter().map(|one| one.into()).collect());
    let print = "println!(\"{value:#?}\");\n# Ok(())\n# }";
    Some(sample + "\n" + example_client(&server, &credentials) + call + print)
}

/// Whether an operation gives a list, as far as its name says.
fn is_of_a_list(operation: &Operation) -> bool {
    let name = &operation.name.rust;
    ["list", "index", "search"]
        .iter()
        .any(|word| name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
}

/// A declaration that imports one thing or several.
fn import(from: Sample, names: Vec<Sample>) -> Sample {
    let is_one = names.len() == 1;
    let names = Sample::joined(names, ", ");
    let names = if is_one { names } else { Sample::from("{") + names + "}" };
    Sample::from("use ") + from + "::" + names + ";\n"
}

/// The lines that make the client.
fn example_client(server: &Sample, credentials: &[Sample]) -> Sample {
    let mut builder = Sample::from("let client = Client::builder(") + server.clone() + ")";
    for credential in credentials {
        builder += Sample::from(".credential(") + credential.clone() + ")";
    }
    builder += ".build()?;\n";
    match credentials {
        [only] => {
            let client = Sample::from("let client = Client::new(") + server.clone() + ", " + only.clone() + ")?;\n";
            Sample::from("# #[cfg(feature = \"reqwest\")]\n")
                + client
                + "# #[cfg(not(feature = \"reqwest\"))]\n# "
                + builder
        }
        _ => builder,
    }
}

/// What to import for a server that an example can call, beside the client, and the server.
fn example_server(api: &Api) -> (&'static str, Sample) {
    let is_ready = |server: &&Server| {
        let has_defaults = server.variables.iter().all(|variable| variable.default.is_some());
        !server.relative && has_defaults && !servers::is_plain_http(server)
    };
    match api.servers.iter().find(is_ready) {
        Some(server) => {
            let values = if server.is_open() { "(Default::default())" } else { "" };
            ("Server", Sample::from("Server::") + name(&server.name.rust) + values)
        }
        None => ("BaseUrl", "\"https://api.example.com\".parse::<BaseUrl>()?".into()),
    }
}
