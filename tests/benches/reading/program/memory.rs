//! Prints how many bytes reading takes at most, and how many of them are left in what was read.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use program::calls;
use program::replies::{Events, NotKept, Objects, Reply, Sorted, Stops, from_json};

/// How long the text of a page is, about.
const PAGE: usize = 20_000_000;

/// How long the member is that is not kept.
const NOT_KEPT: usize = 32 << 20;

fn main() {
    measure::<Objects>(items::<Objects>());
    measure::<Sorted>(items::<Sorted>());
    measure::<Events>(items::<Events>());
    measure::<Stops>(items::<Stops>());
    measure::<NotKept>(NOT_KEPT);
}

/// How many items a page has that is so long.
fn items<R: Reply>() -> usize {
    const SOME: usize = 1_000;
    PAGE * SOME / R::text(SOME).len()
}

fn measure<R: Reply>(size: usize) {
    let text = R::text(size);
    let hand = Taken::by(|| from_json::<R::Hand>(&text));
    let ours = Taken::by(|| from_json::<R::Ours>(&text));
    let length = text.len();
    let client = calls::answered_by(text);
    let call = Taken::by(|| R::call(&client));
    // The text of the answer has to be somewhere.
    let call = Taken { peak: call.peak.saturating_sub(length), ..call };
    for (what, Taken { peak, size }) in [("hand", hand), ("from_str", ours), ("call", call)] {
        println!("{} {what}\t{peak}\t{size}", R::NAME);
    }
}

/// How much memory a value takes.
struct Taken {
    /// The most at once, while it was made.
    peak: usize,
    /// What it has itself.
    size: usize,
}

impl Taken {
    fn by<T>(make: impl FnOnce() -> T) -> Self {
        let before = LIVE.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let value = make();
        let (peak, after) = (PEAK.load(Ordering::Relaxed), LIVE.load(Ordering::Relaxed));
        drop(value);
        Self { peak: peak - before, size: after - before }
    }
}

/// The system's allocator, with a count of the bytes that are taken.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: all that it does is done by the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, bytes: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(bytes, layout) }
    }

    /// Counts as if the bytes were always copied, so that for a moment there are both.
    unsafe fn realloc(&self, bytes: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        take(size);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(bytes, layout, size) }
    }
}

fn take(size: usize) {
    let live = LIVE.fetch_add(size, Ordering::Relaxed) + size;
    PEAK.fetch_max(live, Ordering::Relaxed);
}
