//! Names of values that may be `null`.

use crate::api::{Api, Shape, Type, TypeId};
use crate::maps::HashMap;

/// Takes, wherever such a name stands, what it is the name of: that `null` may stand there, too, is said at each place.
pub(super) fn set_null_apart(api: &mut Api) {
    let named = api.types.iter().filter_map(|(id, definition)| match &definition.shape {
        Shape::Alias(Type::Nullable(inner)) => Some((id.clone(), (**inner).clone())),
        _ => None,
    });
    let named: HashMap<TypeId, Type> = named.collect();
    if !named.is_empty() {
        api.for_each_type_mut(&mut |ty| resolve(ty, &named));
    }
}

fn resolve(ty: &mut Type, named: &HashMap<TypeId, Type>) {
    // As many names as there are lead nowhere new.
    for _ in 0..named.len() {
        match ty.named().and_then(|id| named.get(id)) {
            Some(inner) => *ty = inner.clone(),
            None => break,
        }
    }
    ty.parts_mut().iter_mut().for_each(|part| resolve(part, named));
}
