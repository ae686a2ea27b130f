//! Lists of texts that a newer service may add to.

/// Implements what each such type can do: to be made from text and to be shown as text, and to be read
/// from JSON and written to it. The last variant takes every text that is not listed.
#[macro_export]
#[doc(hidden)]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal,)* ..$other:ident }) => {
        impl $name {
            /// The value as the API spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::$other(other.to_owned()),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::runtime::json::Read for $name {
            fn read(
                json: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::Stop> {
                let value = json.text("a string").map(|text| Self::from(&*text))?;
                if let Self::$other(_) = value {
                    json.note_unlisted();
                }
                ::std::result::Result::Ok(value)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        $crate::runtime::json::deserialize_from_json!($name);
    };
}
pub use string_enum;
