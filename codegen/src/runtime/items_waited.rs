//! Items of answers for programs without an async runtime.

use super::items::{FromItem, Items};
use super::items_error::ItemsError;
use super::transport::{TransportError, TransportErrorKind};
use super::waited::Waited;

/// Waits for the items of an answer of the blocking client.
///
/// Those of an async client cannot be waited for like this: they need its runtime, so there is an error in their place.
impl<T: FromItem> IntoIterator for Items<T> {
    type Item = Result<T, ItemsError>;
    type IntoIter = Waited<Self>;

    fn into_iter(mut self) -> Waited<Self> {
        check(&mut self);
        Waited::new(self)
    }
}

/// The same, for as long as they are wanted.
impl<'a, T: FromItem> IntoIterator for &'a mut Items<T> {
    type Item = Result<T, ItemsError>;
    type IntoIter = Waited<Self>;

    fn into_iter(self) -> Waited<&'a mut Items<T>> {
        check(self);
        Waited::new(self)
    }
}

fn check<T>(items: &mut Items<T>) {
    if !items.blocks() {
        let why = "the items come from an async client, so they are taken with `next().await`";
        items.fail(TransportError::new(TransportErrorKind::Other, why).into());
    }
}
