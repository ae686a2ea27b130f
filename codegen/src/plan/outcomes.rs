//! The one type of each side of an operation: that of its replies if they agree, else an enum.

use crate::api::{Api, Format, Outcome, Reply, Side, Type};

pub(super) fn shape(api: &mut Api) {
    for operation in api.operations_mut() {
        decide(&mut operation.success);
        decide(&mut operation.errors);
        operation.streamed.iter_mut().for_each(|streamed| decide(&mut streamed.success));
    }
}

fn decide(side: &mut Side) {
    let mut types = side.replies.iter().filter(|reply| !reply.is_implied()).flat_map(Reply::types);
    let may_be_empty = side.replies.iter().any(Reply::is_implied);
    side.outcome = match types.next() {
        None => Outcome::Nothing,
        Some(first) if types.all(|ty| ty == first) && !side.replies.iter().any(has_several_texts) => match first {
            // These have a value for it already.
            Type::Unit | Type::Nullable(_) => Outcome::Same(first.clone()),
            _ if may_be_empty => Outcome::Optional(first.clone()),
            _ => Outcome::Same(first.clone()),
        },
        Some(_) => Outcome::Enum(String::new()),
    };
}

/// Whether the text of a reply may be one of several things, which the text does not tell.
fn has_several_texts(reply: &Reply) -> bool {
    reply.content.iter().filter(|content| matches!(content.format, Format::Text)).count() > 1
}
