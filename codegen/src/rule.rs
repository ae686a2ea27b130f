//! The rules that a description can break, each with the name that messages show.

use std::fmt;
use std::str::FromStr;

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What kind of mistake or limit a message is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name that messages show, such as `unresolved-reference`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What the rule means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc, "\n"),+).trim_ascii(),)+
                }
            }
        }
    };
}

rules! {
    /// The file cannot be read.
    Unreadable = "unreadable",
    /// The file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// The text is neither JSON nor YAML.
    Syntax = "syntax",
    /// The document is empty.
    EmptyDocument = "empty-document",
    /// A mapping has the same key twice.
    DuplicateKey = "duplicate-key",
    /// The document is of a version of OpenAPI, of Overlay or of JSON Schema that is not supported.
    UnsupportedVersion = "unsupported-version",
    /// A value is not what belongs in its place.
    InvalidValue = "invalid-value",
    /// A member that is required is missing.
    MissingMember = "missing-member",
    /// A member that is not known; in a description, it is ignored.
    UnknownMember = "unknown-member",
    /// A member beside `$ref`, which OpenAPI says to ignore.
    IgnoredSibling = "ignored-sibling",
    /// Something that has no effect where it stands, as OpenAPI says.
    WithoutEffect = "without-effect",
    /// A path that no request can be made of as it is.
    InvalidPath = "invalid-path",
    /// A `$ref` points at nothing.
    UnresolvedReference = "unresolved-reference",
    /// References that lead back to themselves.
    CyclicReference = "cyclic-reference",
    /// Something with one obvious meaning is not written the way OpenAPI writes it; it is read as meant.
    Repaired = "repaired",
    /// A file outside of the folder of the description, to which a `$ref` or a configuration that was found leads.
    OutsideFile = "outside-file",
    /// Code of other crates that the description names: types, derives, dependencies.
    ForeignCode = "foreign-code",
    /// A configuration was found beside the description, and counts.
    FoundConfiguration = "found-configuration",
    /// The target of an overlay's action matches nothing.
    UnmatchedTarget = "unmatched-target",
    /// The configuration speaks of something that is not there.
    UnmatchedSelection = "unmatched-selection",
    /// The generator was asked for something that it cannot do.
    InvalidOption = "invalid-option",
    /// A `$ref` to what is not a file on this machine.
    ExternalReference = "external-reference",
    /// A path template and the path parameters do not agree.
    PathParameter = "path-parameter",
    /// An operation has the same parameter twice.
    DuplicateParameter = "duplicate-parameter",
    /// Several operations have the same `operationId`; each gets a name of its own.
    DuplicateOperation = "duplicate-operation",
    /// An operation has no `operationId`; it is named after its method and path.
    MissingOperationId = "missing-operation-id",
    /// Names of the description would become one Rust name; they are told apart, unless they were chosen.
    NameCollision = "name-collision",
    /// A name that no readable Rust name can be made of.
    InvalidName = "invalid-name",
    /// An `x-` extension that the generator understands has a value that it does not.
    InvalidExtension = "invalid-extension",
    /// Schemas that a value would have to keep to all at once, which none can.
    Contradiction = "contradiction",
    /// A schema that is itself and nothing else.
    RecursiveAlias = "recursive-alias",
    /// Schemas that come to an enormous number of types, put together as they say.
    TooLarge = "too-large",
    /// A server whose address is none, or does not go with its variables.
    InvalidServer = "invalid-server",
    /// A server that is not spoken to by HTTP.
    UnsupportedServer = "unsupported-server",
    /// A security scheme, or several at once, that cannot be sent as described; what is sent instead is said.
    UnsupportedSecurity = "unsupported-security",
    /// A value that OpenAPI has no way to write into a parameter or a form.
    UndefinedStyle = "undefined-style",
    /// A response header that is read as text, as no type fits all that it may hold.
    HeaderAsText = "header-as-text",
    /// A media type whose schema no type is made of: its bodies are text, or bytes.
    UnsupportedMediaType = "unsupported-media-type",
    /// A part of an operation that is not generated.
    UnsupportedOperation = "unsupported-operation",
    /// An example that the generator cannot take along.
    UnsupportedExample = "unsupported-example",
    /// The generator made code that Rust does not parse.
    Internal = "internal",
}

impl Rule {
    /// What an error of this rule comes to when it is allowed; `None` if it cannot be.
    pub fn allowed_meaning(self) -> Option<&'static str> {
        match self {
            Self::UnresolvedReference => Some("a schema is any JSON value then, and anything else is left out"),
            Self::DuplicateKey => Some("the last one counts then"),
            Self::OutsideFile => Some("the file is read then"),
            Self::ForeignCode => Some("it is compiled with the emitted crate then, and can run while that is"),
            _ => None,
        }
    }
}

/// What there is to say of each rule, under its name.
const EXPLANATIONS: &str = include_str!("rules.md");

impl Rule {
    /// What the rule is about, why, and what to do, as Markdown.
    pub fn explanation(self) -> &'static str {
        let mut sections = EXPLANATIONS.split("\n## ").skip(1);
        let own = sections.find_map(|section| section.strip_prefix(self.name())?.strip_prefix('\n'));
        own.unwrap_or_default().trim()
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name).ok_or_else(|| UnknownRule(name.to_owned()))
    }
}

/// There is no rule of this name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule(String);

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no rule `{}`", self.0)
    }
}

impl std::error::Error for UnknownRule {}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    use super::*;

    /// The example of an explanation, as a document.
    fn example(explanation: &str) -> Option<String> {
        let block = |language: &str| {
            let (_, behind) = explanation.split_once(&format!("```{language}\n"))?;
            behind.split_once("```").map(|(block, _)| block.to_owned())
        };
        let around = "openapi: 3.1.1\ninfo: { title: Cats, version: '1' }\n";
        block("whole").or_else(|| block("yaml").map(|fragment| format!("{around}{fragment}")))
    }

    #[test]
    fn every_rule_is_explained_by_an_example_that_breaks_it() {
        // What these are about is not in a description alone.
        const WITHOUT: [&str; 9] = [
            "unreadable",
            "not-utf8",
            "outside-file",
            "found-configuration",
            "unmatched-target",
            "unmatched-selection",
            "invalid-option",
            "too-large",
            "internal",
        ];
        let (mut without, mut wrong) = (Vec::new(), Vec::new());
        for rule in Rule::ALL {
            let explanation = rule.explanation();
            assert!(explanation.len() > 60, "{rule} is not explained: {explanation:?}");
            let Some(document) = example(explanation) else {
                without.push(rule.name());
                continue;
            };
            let said = match generate(&Source::new("cats.yaml", &document), &Options::default()) {
                Ok(generated) => generated.warnings().clone(),
                Err(mistakes) => mistakes,
            };
            if !said.iter().any(|message| message.rule() == *rule) {
                wrong.push(format!("{rule}, of this:\n{document}\n{said}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
        assert_eq!(without, WITHOUT);
        let sections = EXPLANATIONS.matches("\n## ").count();
        assert_eq!(sections, Rule::ALL.len());
    }
}
