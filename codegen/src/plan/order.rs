//! The order of types: by name, so that a new schema moves nothing.

use crate::api::Api;

pub(super) fn sort_types(api: &mut Api) {
    api.types.sort_by(|_, a, _, b| a.name.rust.cmp(&b.name.rust));
}
