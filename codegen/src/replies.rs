//! The JSON that an API answers with, and the types that hold it: for those who hold a client to answers.

use std::borrow::Cow;

use crate::api::{Api, Format, Operation, Segment};
use crate::options::Settings;
use crate::{pointer, render};

/// A JSON body that an operation is documented to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonReply {
    /// As in a request line, such as `GET`.
    pub method: String,
    /// The path as the description has it, such as `/cats/{id}`.
    pub path: String,
    /// The status as the description has it: a number, a range such as `4XX`, or `default`.
    pub status: String,
    /// The media type, as the description has it.
    pub media_type: String,
    /// The type of the body, for code that imports `types` and `JsonValue` of the crate, and `BTreeMap`.
    pub rust_type: String,
}

/// All of them, in the order of the operations.
pub(crate) fn json_replies(api: &Api, settings: &Settings) -> Vec<JsonReply> {
    let mut replies = Vec::new();
    for operation in api.operations() {
        for reply in operation.replies() {
            for content in reply.content.iter().filter(|content| matches!(content.format, Format::Json)) {
                replies.push(JsonReply {
                    method: operation.method.to_string(),
                    path: documented_path(operation),
                    status: reply.status.text(),
                    media_type: content.name.wire.clone(),
                    rust_type: render::type_in_tests(api, settings, &content.ty),
                });
            }
        }
    }
    replies
}

/// The path as it is written, where the operation stands under it.
fn documented_path(operation: &Operation) -> String {
    let mut tokens = pointer::tokens(operation.origin.pointer());
    let is_below_paths = tokens.next().is_some_and(|token| token == "paths");
    let path = tokens.next().filter(|_| is_below_paths);
    path.map_or_else(|| Segment::template(&operation.path), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    #[test]
    fn replies_are_those_of_json_with_the_types_that_hold_them() {
        let source = Source::new(
            "cats.yaml",
            "
openapi: 3.0.3
info: { title: Cats, version: '1' }
paths:
  /<cats>/{id}:
    get:
      operationId: getCat
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: A cat.
          content:
            application/json: { schema: { $ref: '#/components/schemas/Cat' } }
            text/plain: { schema: { type: string } }
        4XX: { description: No., content: { application/problem+json: {} } }
        default: { description: Others., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Cat' } } } } }
components:
  schemas:
    Cat: { type: object, properties: { name: { type: string } } }
",
        );
        let generated = generate(&source, &Options::default().crate_name("cats")).expect("a crate");
        let replies = generated.json_replies().iter().map(|reply| {
            assert_eq!((&*reply.method, &*reply.path), ("GET", "/<cats>/{id}"));
            (&*reply.status, &*reply.media_type, reply.rust_type.replace(' ', ""))
        });
        let expected = [
            ("200", "application/json", "types::Cat".to_owned()),
            ("4XX", "application/problem+json", "JsonValue".to_owned()),
            ("default", "application/json", "Vec<types::Cat>".to_owned()),
        ];
        assert_eq!(replies.collect::<Vec<_>>(), expected);
    }
}
