//! The one type of each side of an operation: that of its replies if they agree, else an enum.

use crate::api::{Api, Outcome, Reply, Side};

pub(super) fn shape(api: &mut Api) {
    for operation in api.groups.iter_mut().flat_map(|group| &mut group.operations) {
        decide(&mut operation.success);
        decide(&mut operation.errors);
    }
}

fn decide(side: &mut Side) {
    let mut types = side.replies.iter().flat_map(Reply::types);
    side.outcome = match types.next() {
        None => Outcome::Nothing,
        Some(first) if types.all(|ty| ty == first) => Outcome::Same(first.clone()),
        Some(_) => Outcome::Enum(String::new()),
    };
}
