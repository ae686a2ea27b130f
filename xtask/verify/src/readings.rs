//! Whether the generator reads schemas as a validator does that knows nothing of it.
//!
//! Patterns are left aside, which the generator does not look at, and formats, of which it knows fewer. So is how many
//! variants of a `oneOf` fit, if any does.

use codegen::{Direction, Disagreement, Documented, DocumentedExample};
use serde_json::{Map, Value, json};

use crate::judge::Verdict;
use crate::schemas::{Schemas, each_schema_below};

/// The examples that are read in two ways, by their places among all, each with what is wrong with that, in a sentence.
///
/// # Errors
///
/// When the schemas cannot be compiled.
pub fn compare(documented: &Documented, verdicts: &[Verdict]) -> Result<Vec<(usize, String)>, String> {
    let mut plain = [None, None, None];
    let mut different = Vec::new();
    for (index, (example, verdict)) in documented.examples().iter().zip(verdicts).enumerate() {
        let (Some(value), Some(fragment)) = (&example.value, &example.schema) else { continue };
        let schema = json!({ "$ref": fragment });
        let refuses = |root: &Value| codegen::disagreement(root, &schema, value);
        if refuses(documented.schemas(example.direction)).is_none() == verdict.fits() {
            continue;
        }
        let plain = plain_of(documented, example, &mut plain)?;
        let is_valid = plain.is_valid(fragment.trim_start_matches('#'), value);
        different.extend(difference(refuses(plain.document()), is_valid).map(|wrong| (index, wrong)));
    }
    Ok(different)
}

/// What is wrong with two readings of an example, if anything is.
fn difference(refused: Option<Disagreement>, is_valid: bool) -> Option<String> {
    match refused {
        None if !is_valid => Some("the generator takes this to fit its schema, and it does not".to_owned()),
        Some(wrong) if is_valid && !wrong.is_given_up => {
            let value = if wrong.value.is_empty() { "it" } else { &wrong.value };
            Some(format!("the generator says that {value} {}, by `{}`, and it fits", wrong.text, wrong.keyword))
        }
        _ => None,
    }
}

/// The schemas of an example's direction without what is left aside.
fn plain_of<'p>(
    documented: &Documented,
    example: &DocumentedExample,
    known: &'p mut [Option<Schemas>; 3],
) -> Result<&'p Schemas, String> {
    let [either, sent, received] = known;
    let known = match example.direction {
        None => either,
        Some(Direction::Sent) => sent,
        Some(Direction::Received) => received,
    };
    match known {
        Some(known) => Ok(known),
        None => {
            let mut document = documented.schemas(example.direction).clone();
            let schemas = document.get_mut("$defs").and_then(Value::as_object_mut);
            schemas.into_iter().flat_map(Map::values_mut).for_each(leave_aside);
            Ok(known.insert(Schemas::of(&document)?))
        }
    }
}

fn leave_aside(schema: &mut Value) {
    if let Some(keywords) = schema.as_object_mut() {
        keywords.retain(|keyword, _| !matches!(keyword.as_str(), "format" | "pattern" | "propertyNames"));
        if keywords.remove("patternProperties").is_some() {
            keywords.remove("additionalProperties");
            keywords.remove("unevaluatedProperties");
        }
        if let Some(variants) = keywords.remove("oneOf") {
            let any = json!({ "anyOf": variants });
            match keywords.entry("allOf").or_insert_with(|| json!([])) {
                Value::Array(all) => all.push(any),
                other => *other = json!([any]),
            }
        }
    }
    each_schema_below(schema, leave_aside);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_differ_if_one_takes_what_the_other_does_not() {
        let wrong = |is_given_up| {
            let (value, keyword, text) = ("/a".to_owned(), "#/$defs/0/type".to_owned(), "is a string".to_owned());
            Some(Disagreement { value, keyword, text, is_given_up })
        };
        assert_eq!(difference(None, true), None);
        assert_eq!(difference(wrong(false), false), None);
        assert_eq!(difference(wrong(true), true), None);
        assert!(difference(None, false).is_some_and(|said| said.contains("and it does not")));
        let said = difference(wrong(false), true).expect("a difference");
        assert_eq!(said, "the generator says that /a is a string, by `#/$defs/0/type`, and it fits");
    }

    #[test]
    fn what_is_left_aside_is_no_difference() {
        let mut schema = json!({
            "oneOf": [{ "pattern": "a" }],
            "properties": { "format": { "format": "email", "type": "string" } },
            "patternProperties": { "a": true },
            "additionalProperties": false,
        });
        leave_aside(&mut schema);
        let expected = json!({
            "properties": { "format": { "type": "string" } },
            "allOf": [{ "anyOf": [{}] }],
        });
        assert_eq!(schema, expected);
    }
}
