//! Types that are objects in JSON, by their members.

/// Implements how a struct is read from JSON and written to it, and how it is shown if it keeps what the
/// description does not have.
///
/// Each member has its field, whether it must be there, and its name:
///
/// - `required`: it is there, and not null;
/// - `nullable`: it is there, and may be null;
/// - `optional`: it may be absent, which null counts as;
/// - `maybe`: it is absent, null or a value.
///
/// Other members are in the field behind `*`, a map, or kept in the one behind `..`.
#[macro_export]
#[doc(hidden)]
macro_rules! object {
    ($type:path { $($field:ident: $presence:ident $name:literal,)* $(*$rest:ident,)? ..$undeclared:ident }) => {
        $crate::runtime::json::object! { @read $type { $($field: $presence $name,)* $(*$rest,)? ..$undeclared } }

        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "there may be no members")]
                let mut object = $crate::runtime::json::ObjectWriter::keeping(serializer, &self.$undeclared);
                $(object.before(&self.$rest);)?
                $(object.$presence($name, &self.$field);)*
                $(object.rest(&self.$rest);)?
                object.end()
            }
        }

        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.$undeclared.show(f, stringify!($type), &[
                    $((stringify!($field), &self.$field),)*
                    $((stringify!($rest), &self.$rest),)?
                ])
            }
        }
    };
    ($type:path { $($field:ident: $presence:ident $name:literal,)* $(*$rest:ident,)? }) => {
        $crate::runtime::json::object! { @read $type { $($field: $presence $name,)* $(*$rest,)? } }

        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "there may be no members")]
                let mut object = $crate::runtime::json::ObjectWriter::new(serializer);
                $(object.before(&self.$rest);)?
                $(object.$presence($name, &self.$field);)*
                $(object.rest(&self.$rest);)?
                object.end()
            }
        }
    };
    (@read $type:path {
        $($field:ident: $presence:ident $name:literal,)* $(*$rest:ident,)? $(..$undeclared:ident)?
    }) => {
        impl $crate::runtime::json::Read for $type {
            fn read(
                json: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::Stop> {
                $(let mut $field = $crate::runtime::json::object!(@slot $presence);)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                $(let mut $undeclared = $crate::runtime::undeclared::Undeclared::new();)?
                let others = $crate::runtime::json::Others::default();
                $(let others = others.rest(&mut $rest);)?
                $(let others = others.undeclared(&mut $undeclared);)?
                if let ::std::result::Result::Err(stop) = json.members(&mut [$(($name, &mut $field)),*], others) {
                    return ::std::result::Result::Err(stop);
                }
                ::std::result::Result::Ok(Self {
                    $($field: $crate::runtime::json::object!(@value $presence $field),)*
                    $($rest,)?
                    $($undeclared,)?
                })
            }
        }

        $crate::runtime::json::deserialize_from_json!($type);
    };
    (@slot optional) => { ::std::option::Option::None };
    (@slot maybe) => { $crate::runtime::maybe::Maybe::Absent };
    (@slot $presence:ident) => { $crate::runtime::json::Required::Missing };
    (@value optional $field:ident) => { $field };
    (@value maybe $field:ident) => { $field };
    (@value $presence:ident $field:ident) => { $field.value() };
}
pub use object;
