//! JSONPath, RFC 9535.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::api::Origin;
use crate::diagnostics::Diagnostic;
use crate::maps::HashSet;
use crate::rule::Rule;

/// More brackets in brackets than anybody writes; the parser's time doubles with each filter in another.
const NESTED: usize = 8;

pub(super) struct Query(JsonPath);

impl Query {
    pub fn parse(text: &str, origin: &Origin) -> Result<Self, Diagnostic> {
        let error = |message: String| Diagnostic::error(Rule::InvalidValue, origin, message);
        if nesting(text) > NESTED {
            return Err(error(format!("this JSONPath nests brackets more than {NESTED} times")));
        }
        JsonPath::parse(text).map(Self).map_err(|failure| {
            let rest = text.get(failure.position()..).unwrap_or_default();
            let why = match failure.message() {
                "parser error" => String::new(),
                why => format!(" ({})", why.trim_start_matches("in long-hand segment, ")),
            };
            let message = match rest {
                "" => format!("this JSONPath is not complete{why}"),
                rest if rest == text => format!("a JSONPath starts with `$`{why}"),
                rest => format!("this is no JSONPath from `{rest}` on{why}"),
            };
            error(message).help(
                "RFC 9535 says how it is written; a name with other signs than letters, digits and `_` \
                 stands in quotes: `$.paths['/cats'].get`",
            )
        })
    }

    /// The pointers of what it selects, each once.
    pub fn pointers(&self, tree: &Value) -> Vec<String> {
        let mut seen = HashSet::default();
        let pointers = self.0.query_located(tree).into_iter().map(|node| node.location().to_json_pointer());
        pointers.filter(|pointer| seen.insert(pointer.clone())).collect()
    }
}

/// How deep brackets and parentheses stand in each other, those in quotes among them.
fn nesting(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for sign in text.chars() {
        match sign {
            '[' | '(' => open += 1,
            ']' | ')' => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    most
}
