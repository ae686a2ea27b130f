//! Why there is no next page, though there should be one.

use std::fmt;

/// The answer with the last page leads nowhere. It is the last item.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingFault {
    /// The page that is next was there before: the server would go on like that for ever.
    Repeats,

    /// Too many pages in a row had no items, and there is one more.
    Empty {
        /// How many there may be; `PageItems::max_empty_pages` sets it.
        limit: usize,
    },

    /// The next page is on another server, which is not to have the credential.
    Foreign {
        /// The scheme and the host of the next page, or the whole if it has none.
        link: String,

        /// Where the call went.
        server: String,
    },

    /// The answer says that there is more, but not where.
    Nowhere,

    /// What leads to the next page is neither a text nor a number.
    Value,

    /// The call was sent with something that is no number where pages or items are counted; or the numbers end.
    Number,

    /// The next page is asked for in the body, and that of the call is no object of JSON.
    Body,

    /// The call can be sent only once, as its body is a stream.
    Once,
}

impl fmt::Display for PagingFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty { .. } => "the next page was not asked for: ",
            _ => "there is no next page: ",
        })?;
        match self {
            Self::Repeats => f.write_str("the server gives one that was there before"),
            Self::Empty { limit } => write!(
                f,
                "more than {limit} in a row had no items, the limit that `PageItems::max_empty_pages` sets, and the \
                 server leads on"
            ),
            Self::Foreign { link, server } => write!(
                f,
                "it is at `{link}`, and the credential goes to `{server}` alone; where both are the same service, \
                 make the client with the other address"
            ),
            Self::Nowhere => f.write_str("the server says that there is more, but not where"),
            Self::Value => f.write_str("what should lead to it is neither a text nor a number"),
            Self::Number => f.write_str("the call counts its pages by something that is no number, or too large"),
            Self::Body => f.write_str("it is asked for in the body, and that of the call is no object of JSON"),
            Self::Once => f.write_str("the body of the call is a stream, so it can be sent only once"),
        }
    }
}

impl std::error::Error for PagingFault {}
