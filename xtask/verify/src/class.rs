//! The ways in which an example and its schema can disagree.

use std::fmt;

use serde::Serialize;

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// In which way an example and its schema disagree, or traffic and the description. Those are first that say most.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Class {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Class {
            /// The name that reports show.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }
        }
    };
}

classes! {
    /// A reference that leads nowhere.
    DanglingReference = "dangling-reference",
    /// A request of an operation that is not described.
    UndescribedOperation = "undescribed-operation",
    /// An answer with a status that is not described.
    UndescribedStatus = "undescribed-status",
    /// A body of a media type that is not described.
    UndescribedMediaType = "undescribed-media-type",
    /// A parameter of a query that is not described.
    UndescribedParameter = "undescribed-parameter",
    /// A body that is no JSON, where its media type says so.
    NoJson = "no-json",
    /// The example has none of the members that the schema has.
    NothingInCommon = "nothing-in-common",
    /// JSON that is written as a string, where an object or a list belongs.
    JsonAsString = "json-as-string",
    /// Text where an object or a list belongs.
    TextForObject = "text-for-object",
    /// An object where a list belongs, or the other way round, or something else of another shape.
    OtherShape = "other-shape",
    /// A number, a boolean, or text where another one of these belongs.
    MixedUp = "mixed-up",
    /// A number or a boolean in quotes.
    ScalarInQuotes = "scalar-in-quotes",
    /// `null`, which the schema does not allow.
    NullNotAllowed = "null-not-allowed",
    /// A member that is required is missing.
    RequiredMissing = "required-missing",
    /// A member that is not allowed.
    ForbiddenMember = "forbidden-member",
    /// A member whose name is one of the schema's, but for case or signs between words.
    EqualButForCase = "equal-but-for-case",
    /// No variant of a union fits.
    NoVariantFits = "no-variant-fits",
    /// Several variants of a `oneOf` fit.
    SeveralVariantsFit = "several-variants-fit",
    /// A value that is not listed.
    NotListed = "not-listed",
    /// A text that is not of its format.
    Format = "format",
    /// A text that does not match its pattern.
    Pattern = "pattern",
    /// A number, or a length, out of its limits.
    Limits = "limits",
    /// A member that the schema does not have, and that it does not forbid.
    UndeclaredMember = "undeclared-member",
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
