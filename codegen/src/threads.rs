//! The threads that generate.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// What a thread needs for schemas that are nested as deeply as JSON and YAML are read, several times over:
/// a thread that waits for another one may take up other work meanwhile. Of this, only what is used counts.
const STACK: usize = 64 << 20;

static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| ThreadPoolBuilder::new().stack_size(STACK).build().ok());

/// Does something on threads that have enough stack, whatever the caller's thread has. Where there are no
/// more threads to be had, the caller's own does it.
pub(crate) fn with_stack<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match &*POOL {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    /// How many levels there may be, and how one is put around a schema.
    type Nesting = (usize, fn(String) -> String);

    fn nested(levels: usize, wrap: impl Fn(String) -> String) -> String {
        let schema = (0..levels).fold(r#"{"type":"string"}"#.to_owned(), |inner, _| wrap(inner));
        description(&format!(r#""Deep":{schema}"#))
    }

    fn description(schemas: &str) -> String {
        format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"Deep","version":"1"}},"paths":{{}},"components":{{"schemas":{{{schemas}}}}}}}"#
        )
    }

    /// Schemas of which each extends the next one, somewhere inside of it.
    #[test]
    fn schemas_may_extend_each_other_in_a_chain_of_any_length() {
        let wraps: [fn(String) -> String; 4] = [
            |inner| format!(r#"{{"properties":{{"l":{inner},"r":{inner}}}}}"#),
            |inner| format!(r#"{{"items":{inner}}}"#),
            |inner| format!(r#"{{"additionalProperties":{inner}}}"#),
            |inner| format!(r#"{{"properties":{{"p":{{"oneOf":[{inner},{{"type":"integer"}}]}}}}}}"#),
        ];
        const LENGTH: usize = 400;
        for wrap in wraps {
            let schema = |index: usize| {
                let next = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, (index + 1) % LENGTH);
                let extended = format!(r#"{{"allOf":[{next},{{"description":"One more.","minProperties":1}}]}}"#);
                format!(r#""S{index}":{}"#, wrap(extended))
            };
            let schemas: Vec<_> = (0..LENGTH).map(schema).collect();
            let source = Source::new("chain.json", description(&schemas.join(",")));
            if let Err(errors) = generate(&source, &Options::default()) {
                panic!("{errors}");
            }
        }
    }

    /// One level more is more than is read at all.
    #[test]
    fn schemas_may_be_nested_as_deeply_as_json_is_read() {
        let wraps: [Nesting; 4] = [
            (123, |inner| format!(r#"{{"type":"array","items":{inner}}}"#)),
            (123, |inner| format!(r#"{{"additionalProperties":{inner}}}"#)),
            (61, |inner| format!(r#"{{"properties":{{"p":{inner}}}}}"#)),
            (61, |inner| format!(r#"{{"oneOf":[{inner},{{"type":"integer"}}]}}"#)),
        ];
        for (levels, wrap) in wraps {
            let source = |levels| Source::new("deep.json", nested(levels, wrap));
            assert!(generate(&source(levels), &Options::default()).is_ok(), "{levels} levels");
            assert!(generate(&source(levels + 1), &Options::default()).is_err(), "{} levels", levels + 1);
        }
    }
}
