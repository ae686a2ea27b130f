//! The parameters of a path that is described by a reference: its own, and those of what it refers to.

use serde_json::Value;

use super::{At, Bundle, Mark, Part};
use crate::grammar::Want;
use crate::maps::HashSet;
use crate::pointer;

const PARAMETERS: &str = "parameters";

/// How many references lead from one parameter to the other at most.
const HOPS: usize = 16;

impl Bundle<'_> {
    /// The parameters of the path item that a reference leads to, with what was noted of each, but for those that
    /// what stands beside the reference has as well.
    pub(super) fn shared_parameters(
        &mut self,
        beside: &Value,
        placed: &Value,
        want: &Want,
        since: Mark,
        inner: &At,
    ) -> Vec<(Value, Part)> {
        let is_path_item = want.object().is_some_and(|shape| shape.name == "Path Item");
        let lists = [beside, placed].map(|item| item.get(PARAMETERS).and_then(Value::as_array));
        let [Some(own), Some(theirs)] = lists.map(|list| list.filter(|_| is_path_item)) else { return Vec::new() };
        let own: HashSet<_> = own.iter().filter_map(|parameter| self.identity(parameter)).collect();
        let at = inner.child(PARAMETERS);
        let note = |index: usize| (String::new(), at.file, at.child(&index.to_string()).old);
        let mut parts: Vec<_> =
            (0..theirs.len()).map(|index| Part { notes: vec![note(index)], sites: Vec::new() }).collect();
        let Part { notes, sites } = self.part.take(since, &at.new, |_| true);
        for (pointer, file, from) in notes {
            let Some((part, rest)) = part_of(&mut parts, &pointer) else { continue };
            part.notes.push((rest.to_owned(), file, from));
        }
        for (pointer, target) in sites {
            let Some((part, rest)) = part_of(&mut parts, &pointer) else { continue };
            part.sites.push((rest.to_owned(), target));
        }
        let is_shared = |parameter: &Value| self.identity(parameter).is_none_or(|identity| !own.contains(&identity));
        theirs.iter().cloned().zip(parts).filter(|(parameter, _)| is_shared(parameter)).collect()
    }

    /// Puts a parameter behind those that are there.
    pub(super) fn add_parameter(&mut self, parameter: Value, part: Part, placed: &mut Option<Value>, at: &At) {
        let list = placed.as_mut().and_then(|item| item.get_mut(PARAMETERS)?.as_array_mut());
        let Some(list) = list else { return };
        self.part.put(&at.child(PARAMETERS).child(&list.len().to_string()).new, part);
        list.push(parameter);
    }

    /// What there is one parameter of: its place, and its name.
    fn identity(&self, parameter: &Value) -> Option<(String, String)> {
        let mut parameter = parameter;
        for _ in 0..HOPS {
            let Some(reference) = parameter.get("$ref").and_then(Value::as_str) else { break };
            parameter = pointer::lookup(self.files.root(), &pointer::of_reference(reference)?)?;
        }
        let text = |key| Some(parameter.get(key)?.as_str()?.to_owned());
        Some((text("in")?, text("name")?))
    }
}

/// What is noted of the item that a pointer from the list leads to, and the rest of the pointer.
fn part_of<'p>(parts: &'p mut [Part], pointer: &'p str) -> Option<(&'p mut Part, &'p str)> {
    let pointer = pointer.strip_prefix('/')?;
    let end = pointer.find('/').unwrap_or(pointer.len());
    let (index, rest) = pointer.split_at(end);
    Some((parts.get_mut(index.parse::<usize>().ok()?)?, rest))
}
