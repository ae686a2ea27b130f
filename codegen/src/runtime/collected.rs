//! The pieces of a body, put together.

use bytes::Bytes;

/// What came of a body so far: at most `limit` bytes.
///
/// One piece alone is not copied. Others are, once, where it is known how long the body is.
pub struct Collected {
    limit: usize,
    /// How many bytes are said to come. Whoever says so may lie, so it makes room and nothing else.
    announced: usize,
    first: Bytes,
    /// All pieces, if there are several.
    all: Vec<u8>,
}

/// There is more than was to be held in memory.
#[derive(Debug)]
pub struct TooLarge;

impl Collected {
    /// For a body of which it is said that it has so many bytes, or more.
    pub fn of(announced: u64, limit: usize) -> Result<Self, TooLarge> {
        match usize::try_from(announced) {
            Ok(announced) if announced <= limit => Ok(Self { limit, announced, first: Bytes::new(), all: Vec::new() }),
            _ => Err(TooLarge),
        }
    }

    /// Takes the next piece, or the beginning of it that there is room for.
    pub fn push(&mut self, mut piece: Bytes) -> Result<(), TooLarge> {
        let room = self.limit - self.first.len().max(self.all.len());
        let fits = piece.len() <= room;
        piece.truncate(room);
        if self.first.is_empty() {
            self.first = piece;
        } else {
            if self.all.is_empty() {
                // Memory that is never written to costs nothing, and where there is none, it goes without.
                let _ = self.all.try_reserve_exact(self.announced.max(self.first.len()));
                self.all.extend_from_slice(&self.first);
            }
            self.all.extend_from_slice(&piece);
        }
        if fits { Ok(()) } else { Err(TooLarge) }
    }

    /// All of it, and no more memory than that.
    pub fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.into_boxed_slice().into() }
    }
}
