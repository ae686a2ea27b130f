//! Which attempts go wrong, and how: the same in every run, whatever the order in which requests arrive.

/// Where the numbers come from. Another one makes another run.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many attempts of a hundred go wrong.
const FAULTS: u64 = 5;

/// How often the client tries again where it may.
pub const RETRIES: u32 = 3;

/// What the server does instead of answering.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The connection is reset before the head of an answer.
    Reset,
    /// What comes is not HTTP.
    GarbageHead,
    /// The connection is closed in the middle of the body.
    HalfBody,
    /// The body is not JSON.
    GarbageBody,
    /// Status 503.
    Unavailable,
    /// Status 429, with `Retry-After: 0`.
    Throttled,
}

const KINDS: [Fault; 6] =
    [Fault::Reset, Fault::GarbageHead, Fault::HalfBody, Fault::GarbageBody, Fault::Unavailable, Fault::Throttled];

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// With the value that the server has for it.
    Value,
    /// With the error of the connection.
    Transport,
    /// With the error of an answer that is not what the description promises.
    Unreadable,
    /// With the documented error of status 503.
    Unavailable,
    /// With the documented error of status 429.
    Throttled,
}

/// What goes wrong in an attempt of a call, if something does.
pub fn fault(call: usize, attempt: u32) -> Option<Fault> {
    let number = mix(SEED ^ (call as u64).rotate_left(20) ^ u64::from(attempt));
    let kind = number / 100 % KINDS.len() as u64;
    (number % 100 < FAULTS).then_some(KINDS[kind as usize])
}

/// Whether a call is tried again. Every other one is not, so that errors come to light.
pub fn retries(call: usize) -> u32 {
    if call.is_multiple_of(2) { RETRIES } else { 0 }
}

/// How a call has to end.
pub fn end(call: usize) -> End {
    let mut end = End::Value;
    for attempt in 0..=retries(call) {
        end = match fault(call, attempt) {
            None => return End::Value,
            // A whole answer with a good status is not asked for again.
            Some(Fault::GarbageBody) => return End::Unreadable,
            // What does not speak HTTP will not do so the next time.
            Some(Fault::GarbageHead) => return End::Transport,
            Some(Fault::Reset | Fault::HalfBody) => End::Transport,
            Some(Fault::Unavailable) => End::Unavailable,
            Some(Fault::Throttled) => End::Throttled,
        };
    }
    end
}

/// SplitMix64, by Sebastiano Vigna.
fn mix(seed: u64) -> u64 {
    let mut number = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
