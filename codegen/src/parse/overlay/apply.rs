//! What the actions of an overlay do to the document.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::mem;

use serde_json::Value;

use super::merge::{self, Clash};
use super::size::Budget;
use super::{Action, Overlay, Version, What};
use crate::api::Origin;
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::HashSet;
use crate::parse::structure::found;
use crate::places::{Origins, Places};
use crate::pointer;
use crate::rule::Rule;

impl Overlay {
    /// Applies overlays in their order, each to what those before it made.
    pub fn apply_all(overlays: &[Self], tree: &mut Value, report: &mut Report) {
        let mut budget = Budget::default();
        for overlay in overlays {
            for action in &overlay.actions {
                // Of what goes on and on, one message is enough.
                if budget.is_spent() {
                    return;
                }
                if let Err(diagnostic) = overlay.apply(action, tree, &mut budget, &mut report.places) {
                    report.push(diagnostic);
                }
            }
        }
    }

    fn apply(
        &self,
        action: &Action,
        tree: &mut Value,
        budget: &mut Budget,
        places: &mut Places,
    ) -> Result<(), Diagnostic> {
        let at = action.origin.child("target");
        if matches!(action.what, What::Nothing) {
            let message = "this action has none of `update`, `copy` and `remove: true`, so it does nothing";
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, &action.origin, message);
            return Err(diagnostic.in_file(self.file));
        }
        let targets = action.target.pointers(tree);
        if targets.is_empty() {
            let message = "this target matches nothing, so the action does nothing";
            return Err(Diagnostic::warning(Rule::UnmatchedTarget, &at, message).in_file(self.file));
        }
        self.check_targets(action, &targets, tree, &at)?;
        match &action.what {
            What::Nothing => Ok(()),
            What::Remove if targets.iter().any(String::is_empty) => {
                let message = "the description as a whole cannot be removed";
                Err(Diagnostic::error(Rule::InvalidValue, &at, message).in_file(self.file))
            }
            What::Remove => {
                remove(tree, &targets, places);
                Ok(())
            }
            What::Update(update) => {
                let from = action.origin.child("update");
                let origins = Origins::of(self.file, from.pointer());
                self.update(tree, &targets, (update, &origins, &from), budget, places)
            }
            What::Copy(query) => {
                let from = action.origin.child("copy");
                let (value, origins) = self.copied(&query.pointers(tree), &from, tree, places)?;
                self.update(tree, &targets, (&value, &origins, &from), budget, places)
            }
        }
    }

    /// What is selected must be of one kind, and, for Overlay 1.0, no plain values.
    fn check_targets(&self, action: &Action, targets: &[String], tree: &Value, at: &Origin) -> Result<(), Diagnostic> {
        let values: Vec<_> = targets.iter().filter_map(|target| tree.pointer(target)).collect();
        let plain = values.iter().find(|value| merge::is_plain(value));
        if let (Version::V1_0, Some(plain)) = (self.version, plain) {
            let message =
                format!("a target of Overlay 1.0 is mappings or lists, and this one matches {}", found(plain));
            let diagnostic = Diagnostic::error(Rule::InvalidValue, at, message).in_file(self.file);
            return Err(diagnostic.help("select what contains it, or write `overlay: 1.1.0` at the top"));
        }
        let kind = |value: &Value| (value.is_object(), value.is_array());
        let first = values.first().copied();
        let other = values.iter().find(|value| first.is_some_and(|first| kind(first) != kind(value)));
        if let (Some(first), Some(other), false) = (first, other, matches!(action.what, What::Remove)) {
            let message =
                format!("this target matches {} and {}, which take no common value", found(first), found(other));
            let diagnostic = Diagnostic::error(Rule::InvalidValue, at, message).in_file(self.file);
            return Err(diagnostic.help("make an action for each kind"));
        }
        Ok(())
    }

    /// The one value that is to be copied, and where it comes from.
    fn copied(
        &self,
        found: &[String],
        from: &Origin,
        tree: &Value,
        places: &Places,
    ) -> Result<(Value, Origins), Diagnostic> {
        let value = match found {
            [only] => tree.pointer(only).map(|value| (value.clone(), places.origins(only))),
            _ => None,
        };
        value.ok_or_else(|| {
            let count = if found.is_empty() { "nothing".to_owned() } else { format!("{} values", found.len()) };
            let message = format!("`copy` must match one value, and this matches {count}");
            Diagnostic::error(Rule::InvalidValue, from, message).in_file(self.file)
        })
    }

    fn update(
        &self,
        tree: &mut Value,
        targets: &[String],
        (value, origins, from): (&Value, &Origins, &Origin),
        budget: &mut Budget,
        places: &mut Places,
    ) -> Result<(), Diagnostic> {
        budget
            .spend(value, targets)
            .map_err(|why| Diagnostic::error(Rule::InvalidValue, from, why).in_file(self.file))?;
        for target in targets {
            let Some(place) = tree.pointer_mut(target) else { continue };
            merge::update(place, target, value, origins, places).map_err(|clash| self.clash(&clash, origins, from))?;
        }
        Ok(())
    }

    fn clash(&self, clash: &Clash, origins: &Origins, from: &Origin) -> Diagnostic {
        // What is copied stands elsewhere than the action.
        let own =
            origins.at(&clash.part).filter(|(file, pointer)| *file == self.file && pointer.starts_with(from.pointer()));
        let at = own.map_or_else(|| from.clone(), |(_, pointer)| Origin::new(pointer));
        let diagnostic = Diagnostic::error(Rule::InvalidValue, &at, &clash.message).in_file(self.file);
        let diagnostic = diagnostic.also(&Origin::new(clash.at.as_str()), "what it would change");
        diagnostic.help("a mapping goes into a mapping, a list into a list, and a plain value replaces another")
    }
}

/// Removes what is at some pointers.
fn remove(tree: &mut Value, targets: &[String], places: &mut Places) {
    // What is deeper goes first, so that the pointers of the others stay what they are.
    let mut groups: BTreeMap<(Reverse<usize>, &str), HashSet<String>> = BTreeMap::new();
    for target in targets {
        let Some((parent, token)) = target.rsplit_once('/') else { continue };
        let token = pointer::tokens(&format!("/{token}")).next().unwrap_or_default().into_owned();
        groups.entry((Reverse(pointer::tokens(target).count()), parent)).or_default().insert(token);
    }
    for ((_, parent), tokens) in groups {
        match tree.pointer_mut(parent) {
            // Many actions may remove a member each.
            Some(Value::Object(members)) if tokens.len() == 1 => tokens.iter().for_each(|name| {
                members.shift_remove(name);
            }),
            Some(Value::Object(members)) => members.retain(|name, _| !tokens.contains(name)),
            Some(Value::Array(items)) => {
                let gone: HashSet<usize> = tokens.iter().filter_map(|token| token.parse().ok()).collect();
                let old = mem::take(items);
                for (index, item) in old.into_iter().enumerate().filter(|(index, _)| !gone.contains(index)) {
                    if items.len() != index {
                        let origins = places.origins(&format!("{parent}/{index}"));
                        places.arrive(&format!("{parent}/{}", items.len()), &origins);
                    }
                    items.push(item);
                }
            }
            _ => {}
        }
    }
}
