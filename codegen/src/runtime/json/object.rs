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
                match json.object(&[$($name),*]) {
                    ::std::result::Result::Ok((
                        $crate::runtime::json::object!(@members $($field $presence)*),
                        ($($rest,)? $($undeclared,)?),
                    )) => ::std::result::Result::Ok(Self { $($field,)* $($rest,)? $($undeclared,)? }),
                    ::std::result::Result::Err(stop) => ::std::result::Result::Err(stop),
                }
            }
        }

        $crate::runtime::json::deserialize_from_json!($type);
    };
    (@members
        $a:ident $is_a:ident $b:ident $is_b:ident $c:ident $is_c:ident $d:ident $is_d:ident
        $e:ident $is_e:ident $f:ident $is_f:ident $g:ident $is_g:ident $h:ident $is_h:ident
        $i:ident $is_i:ident $j:ident $is_j:ident $k:ident $is_k:ident $l:ident $is_l:ident
        $m:ident $is_m:ident $n:ident $is_n:ident $o:ident $is_o:ident $p:ident $is_p:ident
        $($rest:ident)+
    ) => {
        $crate::runtime::json::And(
            $crate::runtime::json::object!(@members
                $a $is_a $b $is_b $c $is_c $d $is_d $e $is_e $f $is_f $g $is_g $h $is_h
                $i $is_i $j $is_j $k $is_k $l $is_l $m $is_m $n $is_n $o $is_o $p $is_p
            ),
            $crate::runtime::json::object!(@members $($rest)+),
        )
    };
    (@members $($field:ident $presence:ident)*) => { ($($crate::runtime::json::object!(@member $presence $field),)*) };
    (@member optional $field:ident) => { $field };
    (@member maybe $field:ident) => { $field };
    (@member $presence:ident $field:ident) => { $crate::runtime::json::Must($field) };
}
pub use object;
