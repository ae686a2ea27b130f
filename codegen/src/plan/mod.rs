//! Decisions: everything about Rust that the description leaves open, one pass after the other.

mod collisions;
mod names;
mod order;
mod outcomes;
mod recursion;
mod reserved;
mod server_names;
mod type_names;
mod uses;

use crate::api::Api;
use crate::diagnostics::{Report, Stop};

pub(crate) fn plan(mut api: Api, report: &mut Report) -> Result<Api, Stop> {
    names::name(&mut api, report);
    outcomes::shape(&mut api);
    collisions::report(&api, report);
    recursion::box_cycles(&mut api, report);
    order::sort_types(&mut api);
    uses::find(&mut api);
    report.checkpoint().map(|()| api)
}
