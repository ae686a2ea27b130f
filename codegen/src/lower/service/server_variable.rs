//! The variables of servers: what callers can choose, and what is chosen where they do not.

use super::Service;
use super::server_url::{expand, fault};
use crate::api::{Name, Origin, Segment, ServerVariable, Variant};
use crate::description::{Members, Read as _, ServerVariable as Described};
use crate::diagnostics::Diagnostic;
use crate::maps::{HashMap, HashSet};
use crate::parse::NO_VALUE;
use crate::rule::Rule;
use crate::texts::Doc;

impl Service<'_, '_> {
    /// The variables that a URL has, in its order.
    pub fn server_variables(&self, url: &[Segment], described: Members<'_>, origin: &Origin) -> Vec<ServerVariable> {
        let mut variables = Vec::new();
        // Where each is first.
        let mut places: HashMap<&str, usize> = HashMap::default();
        for (index, segment) in url.iter().enumerate() {
            if let Segment::Param(name) = segment {
                places.entry(name).or_insert(index);
            }
        }
        for (name, variable) in described {
            let at = origin.child("variables").child(name);
            if places.contains_key(name) {
                variables.push(self.server_variable(name, &Described::read(variable), &at));
            } else {
                let message = format!("the URL has no `{{{name}}}`, so this variable has no effect");
                self.ground.push(Diagnostic::warning(Rule::WithoutEffect, &at, message).on_key());
            }
        }
        let mut known: HashSet<_> = variables.iter().map(|variable| variable.name.wire.clone()).collect();
        for segment in url {
            let Segment::Param(name) = segment else { continue };
            if known.insert(name.clone()) {
                let at = origin.child("url");
                let message = format!("`{name}` is not among the `variables`, so callers have to give a value");
                self.ground.push(Diagnostic::warning(Rule::InvalidServer, &at, message));
                variables.push(ServerVariable {
                    name: Name::new(name, None),
                    type_name: String::new(),
                    values: Vec::new(),
                    default: None,
                    doc: Doc::default(),
                    origin: at,
                });
            }
        }
        variables.sort_by_key(|variable| places.get(variable.name.wire.as_str()).copied());
        variables
    }

    fn server_variable(&self, name: &str, variable: &Described<'_>, origin: &Origin) -> ServerVariable {
        let Described { enumeration, default, description, extensions } = variable;
        let given =
            self.ground.variant_names(*extensions, enumeration.iter().map(|_| true), origin).unwrap_or_default();
        let mut values: Vec<Variant> = Vec::new();
        let mut known = HashSet::default();
        for (index, value) in enumeration.iter().enumerate() {
            let origin = origin.child("enum").child(index.to_string());
            if known.insert(value) {
                values.push(Variant::new(Name::new(*value, given.get(index).cloned().flatten()), origin));
            }
        }
        if !values.is_empty() && !enumeration.contains(default) {
            let at = origin.child("default");
            let message = format!("the default `{default}` is not one of the values; it is taken as one more");
            self.ground.push(Diagnostic::warning(Rule::InvalidServer, &at, message));
            values.push(Variant::new(Name::new(*default, None), at));
        }
        ServerVariable {
            name: self.ground.name(name, *extensions, origin),
            type_name: String::new(),
            values,
            default: Some(*default).filter(|default| *default != NO_VALUE).map(str::to_owned),
            doc: Doc::of([*description]),
            origin: origin.clone(),
        }
    }

    /// Whether requests can be sent to what comes of a URL, if need be with values that callers have to
    /// give because the defaults are none.
    pub fn is_server(
        &self,
        url: &[Segment],
        variables: &mut [ServerVariable],
        relative: bool,
        origin: &Origin,
    ) -> bool {
        let host = if relative { "https://host.example" } else { "" };
        let fault = |variables: &[ServerVariable]| fault(&format!("{host}{}", expand(url, variables)));
        let Some(why) = fault(variables) else { return true };
        let mut defaults: Vec<_> = variables.iter().map(|variable| variable.default.clone()).collect();
        for variable in variables.iter_mut().filter(|variable| variable.values.is_empty()) {
            variable.default = None;
        }
        if fault(variables).is_some() {
            for (variable, default) in variables.iter_mut().zip(defaults) {
                variable.default = default;
            }
            let message = format!("requests cannot be sent to `{}`: {why}", expand(url, variables));
            self.unusable_server(message, origin);
            return false;
        }
        for (index, default) in defaults.iter_mut().enumerate() {
            let Some(default) = default.take() else { continue };
            variables[index].default = Some(default.clone());
            if fault(variables).is_some() {
                variables[index].default = None;
                let message = format!("`{default}` makes no address, so callers have to give a value");
                let at = variables[index].origin.child("default");
                self.ground.push(Diagnostic::warning(Rule::InvalidServer, &at, message));
            }
        }
        true
    }
}
