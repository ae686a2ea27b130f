//! The operations of a description, with what their paths have for all of them.

use http::Method;
use serde_json::Value;

use crate::api::Origin;
use crate::description::{Members, Operation, Parameter, PathItem};
use crate::lower::Ground;
use crate::maps::IndexMap;

/// An operation.
pub(crate) struct Met<'a> {
    pub method: Method,
    /// As the description has it, or the name of a webhook.
    pub path: &'a str,
    pub operation: Operation<'a>,
    /// Those of its path, and then its own, each with its place.
    pub parameters: Vec<(&'a Value, Origin)>,
    /// Those of its path.
    pub servers: &'a [Value],
    pub at: Origin,
}

impl<'a> Met<'a> {
    /// The parameters, each with its place: of the path, those that the operation has no other for.
    pub fn resolved(&self, ground: &Ground<'a>) -> Vec<(Parameter<'a>, Origin)> {
        let resolved = self.parameters.iter().filter_map(|(value, at)| ground.resolve::<Parameter<'_>>(value, at));
        let known: IndexMap<_, _> =
            resolved.map(|(parameter, at)| ((parameter.name, parameter.location), (parameter, at))).collect();
        known.into_values().collect()
    }
}

/// The operations of the paths that stand in a member of the description.
pub(crate) fn operations<'a>(ground: &Ground<'a>, items: Members<'a>, root: &str) -> Vec<Met<'a>> {
    let root = Origin::new("").child(root);
    let mut found = Vec::new();
    for (path, item) in items {
        let Some((item, at)) = ground.resolve::<PathItem<'_>>(item, &root.child(path)) else { continue };
        for (method, place, operation) in item.operations() {
            let shared = placed(item.parameters, &at);
            let at = Origin::new(format!("{}{place}", at.pointer()));
            let parameters = shared.into_iter().chain(placed(operation.parameters, &at)).collect();
            found.push(Met { method, path, operation, parameters, servers: item.servers, at });
        }
    }
    found
}

/// Parameters of a place, each with its own.
fn placed<'a>(parameters: &'a [Value], at: &Origin) -> Vec<(&'a Value, Origin)> {
    let at = at.child("parameters");
    parameters.iter().enumerate().map(|(index, parameter)| (parameter, at.child(index.to_string()))).collect()
}
