//! OpenAPI → [`Api`]: what the description says, without a decision about Rust.
//!
//! What OpenAPI can say and the generator does not print yet ends here, in a positioned error.
//!
//! Each part knows those before it:
//!
//! - [`Ground`]: the description, where its references lead, and what there is to say about it.
//! - `Reading`: what schemas say, alone and put together.
//! - [`Schemas`]: the types that are made of them.
//! - [`Service`]: servers and security schemes, by the ground alone.
//! - [`Operations`]: what is sent and received, by the types and the service.

mod doc;
mod examples;
mod extensions;
mod ground;
mod json_text;
mod media_type;
mod nullable;
mod operation;
mod references;
mod resolve;
mod schema;
mod service;
mod size;

use std::collections::BTreeSet;

pub(crate) use self::doc::always;
pub(crate) use self::examples::{Said, Stated, Texts};
pub(crate) use self::ground::Ground;
pub(crate) use self::json_text::laid_out;
pub(crate) use self::media_type::{Sequence, is_read_as_json, sequence};
use self::operation::Operations;
use self::schema::Schemas;
use self::service::Service;
use crate::api::{Api, Extents, Info, Uses};
use crate::description::{About, Description};
use crate::diagnostics::{Report, Stop};
use crate::texts::Doc;

pub(crate) fn lower(document: &Description, report: &mut Report) -> Result<Api, Stop> {
    let ground = Ground::new(document, report);
    let mut schemas = Schemas::new(&ground);
    let info = info(document);
    let service = Service::new(&ground);
    let idempotency_key = ground.idempotency_key();
    schemas.component_schemas();
    let mut operations = Operations::new(&ground, &service, schemas);
    let groups = operations.groups();
    let webhooks = operations.webhooks();
    let mut schemas = operations.schemas;
    schemas.queued_schemas();
    schemas.widen_for_examples();
    schemas.keep_what_tells();
    schemas.direct_examples();
    schemas.derive_all();
    let Schemas { types, examples, dependencies, .. } = schemas;
    let Service { servers, credentials, certificates, .. } = service;
    report.checkpoint()?;
    let mut api = Api {
        info,
        servers,
        credentials,
        certificates,
        types,
        extents: Extents::default(),
        type_files: Vec::new(),
        groups,
        webhooks,
        shared: Vec::new(),
        examples,
        unfit: Vec::new(),
        mock: String::new(),
        uses: Uses::default(),
        idempotency_key,
        dependencies,
        foreign: BTreeSet::new(),
        recursion_limit: None,
        allowed: report.allowances(),
    };
    nullable::set_null_apart(&mut api);
    Ok(api)
}

fn info(document: &Description) -> Info {
    let About { title, summary, license, version, description, external_docs, extensions: _ } = document.about();
    let docs = external_docs.map(doc::see_also);
    Info {
        title: title.to_owned(),
        summary: summary.map(str::to_owned),
        license: license.map(str::to_owned),
        version: version.to_owned(),
        doc: Doc::of([summary, description]).and(docs),
    }
}
