//! JSON Pointer (RFC 6901): escaping, splitting, and the pointers inside `$ref`.

use std::borrow::Cow;

/// The unescaped tokens of a pointer.
pub(crate) fn tokens(pointer: &str) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
    let tokens = pointer.strip_prefix('/').map(|tokens| tokens.split('/'));
    tokens.into_iter().flatten().map(unescape)
}

fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { token.replace("~1", "/").replace("~0", "~").into() } else { token.into() }
}

/// One token, escaped to stand in a pointer.
pub(crate) fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) { token.replace('~', "~0").replace('/', "~1").into() } else { token.into() }
}
