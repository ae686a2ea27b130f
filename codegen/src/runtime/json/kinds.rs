//! Types that are one of several kinds of JSON.

/// Implements how an enum is read from JSON and written to it, whose variants are told by the kind of the value; the text
/// says which kinds there are.
#[macro_export]
#[doc(hidden)]
macro_rules! kinds {
    ($type:path: $expected:literal { $($variant:ident: $($kind:ident)|+,)+ }) => {
        impl $crate::runtime::json::Read for $type {
            fn read(
                json: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::Stop> {
                match json.kind() {
                    $($(::std::option::Option::Some($crate::runtime::json::Kind::$kind))|+ => {
                        json.read().map(Self::$variant)
                    })+
                    _ => ::std::result::Result::Err(json.mismatch($expected)),
                }
            }
        }

        $crate::runtime::json::write_variants! { $type { $($variant,)+ } }
    };
}
pub use kinds;

/// Implements how an enum is written to JSON: as what is in its variant.
#[macro_export]
#[doc(hidden)]
macro_rules! write_variants {
    ($type:path { $($variant:ident,)+ }) => {
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)+
                }
            }
        }

        $crate::runtime::json::deserialize_from_json!($type);
    };
}
pub use write_variants;
