//! Types of other crates, which are read as serde reads them.

use serde::de::DeserializeOwned;

use super::json::{Reader, Stop};

/// Implements `Read` for types that serde deserializes.
#[macro_export]
#[doc(hidden)]
macro_rules! read_by_serde {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::runtime::json::Read for $type {
            fn read(
                json: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::Stop> {
                $crate::runtime::foreign::read(json)
            }
        }
    )+};
}
pub use read_by_serde;

/// Reads a value from its text, in which every number has all its digits.
pub fn read<T: DeserializeOwned>(json: &mut Reader<'_>) -> Result<T, Stop> {
    let mark = json.mark();
    serde_json::from_str(json.raw()?).map_err(|error| {
        let error = error.to_string();
        let why = error.rsplit_once(" at line ").map_or(error.as_str(), |(why, _)| why);
        json.mismatch_at(mark, format!("what `{}` can be read from ({why})", std::any::type_name::<T>()))
    })
}
