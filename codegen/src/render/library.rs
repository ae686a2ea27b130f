//! `src/lib.rs`: the documentation of the crate, and what it shows.

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc, support};
use crate::Options;
use crate::api::{Api, Doc, Operation};

pub(super) fn library(api: &Api, source: &str, options: &Options) -> TokenStream {
    let title = Doc::of([Some(format!("Client of {}.", api.info.title.trim_end_matches('.')))]);
    let title = doc::inner(&title);
    let description = doc::inner(&api.info.doc);
    let blank = (!api.info.doc.is_empty()).then(|| quote!(#![doc = ""]));
    let version = doc::inner_text(&format!("Version {} of the API, as `{source}` describes it.", api.info.version));
    let example = example(api, options).map(|text| doc::inner_text(&text));
    let servers = (!api.servers.is_empty()).then(|| {
        quote!(
            mod servers;
        )
    });
    let server = (!api.servers.is_empty()).then(|| {
        quote!(
            pub use servers::Server;
        )
    });
    let exports = support::exports(api);
    quote! {
        #title
        #![doc = ""]
        #description
        #blank
        #version
        #example

        mod json;
        pub mod operations;
        #[allow(dead_code, unused_imports, reason = "no API needs all of the support code")]
        mod runtime;
        #servers
        pub mod types;

        pub use http;
        #exports
        #server
    }
}

/// A call that compiles, for an operation that needs no arguments.
fn example(api: &Api, options: &Options) -> Option<String> {
    let server = api.servers.first()?;
    let is_simple = |operation: &&Operation| {
        operation.authenticated
            && !operation.deprecated
            && !operation.params.iter().any(|param| param.required)
            && !operation.body.as_ref().is_some_and(|body| body.required)
    };
    let (group, operation) =
        api.groups.iter().find_map(|group| Some((group, group.operations.iter().find(is_simple)?)))?;
    let crate_name = options.crate_name.replace('-', "_");
    let group = if group.name.rust.is_empty() { String::new() } else { format!("{}().", group.name.rust) };
    let (server, method) = (&server.name.rust, &operation.name.rust);
    Some(format!(
        "\n\
         ```no_run\n\
         # async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use {crate_name}::{{BearerToken, Client, Server}};\n\
         \n\
         # #[cfg(feature = \"reqwest\")]\n\
         let client = Client::new(Server::{server}, BearerToken::new(\"token\"))?;\n\
         # #[cfg(not(feature = \"reqwest\"))]\n\
         # let client = Client::builder(Server::{server}).credential(BearerToken::new(\"token\")).build()?;\n\
         let value = client.{group}{method}().await?;\n\
         println!(\"{{value:#?}}\");\n\
         # Ok(())\n\
         # }}\n\
         ```"
    ))
}
