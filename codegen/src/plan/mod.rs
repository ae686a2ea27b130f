//! Decisions: everything about Rust that the description leaves open, one pass after the other.

mod accessors;
mod alike;
mod collisions;
mod conversions;
mod directions;
mod extents;
mod kin;
mod long_names;
mod nameless;
mod names;
mod operation_names;
mod order;
mod outcomes;
mod pages;
mod placement;
mod recursion;
mod repeated;
mod reserved;
mod same_examples;
mod security;
mod server_names;
mod setters;
mod shared;
mod shorter;
#[cfg(test)]
mod stability_tests;
mod told;
mod type_names;
mod undeclared;
mod unneeded;
mod uses;
mod words;

pub(crate) use self::same_examples::find_same;
use crate::api::Api;
use crate::diagnostics::{Report, Stop};

pub(crate) fn plan(mut api: Api, report: &mut Report) -> Result<Api, Stop> {
    unneeded::remove(&mut api);
    undeclared::settle(&mut api, report);
    alike::merge(&mut api);
    told::settle(&mut api);
    directions::split(&mut api);
    outcomes::shape(&mut api);
    pages::settle(&mut api, report);
    security::settle(&mut api, report);
    names::name(&mut api, report);
    directions::leave_out(&mut api);
    setters::name(&mut api);
    shared::share(&mut api);
    repeated::leave_out(&mut api);
    conversions::settle(&mut api);
    recursion::box_cycles(&mut api, report);
    extents::settle(&mut api);
    recursion::measure(&mut api);
    order::sort_types(&mut api);
    placement::place(&mut api);
    uses::find(&mut api);
    report.checkpoint().map(|()| api)
}
