//! A difference for programs.

use serde_json::{Value, json};

use crate::texts::shown_json;

use super::{Difference, Item, Side};

pub(super) fn text(difference: &Difference) -> String {
    let items: Vec<_> = difference.items.iter().map(item).collect();
    let value = json!({
        "old": difference.old,
        "new": difference.new,
        "step": difference.step.name(),
        "items": items,
    });
    shown_json(&format!("{value:#}")).into_owned()
}

fn item(item: &Item) -> Value {
    let breaks: Vec<_> = item.breaks.iter().map(|caller| caller.name()).collect();
    json!({
        "kind": item.kind(),
        "change": item.change.name(),
        "step": item.step.name(),
        "breaks": breaks,
        "of": item.of,
        "path": item.path,
        "says": item.says,
        "old": item.old.as_ref().map(side),
        "new": item.new.as_ref().map(side),
    })
}

fn side(side: &Side) -> Value {
    match &side.place {
        Some(place) => json!({
            "type": side.code,
            "file": place.file.as_str(),
            "line": place.line,
            "column": place.column,
            "pointer": place.pointer,
        }),
        None => json!({ "type": side.code }),
    }
}
