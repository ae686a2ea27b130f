//! What is measured by how much there is to do.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::calls;
use crate::replies::{Events, Objects, Reply, Sorted, Stops, from_json, to_json};

/// How many items a page has.
pub const ITEMS: usize = 1_000;

/// Reading or writing a page.
pub struct Work {
    /// The reply, and what is done with it.
    pub name: String,
    prepare: fn() -> Prepared,
}

/// Does it once. What is read is dropped, which costs something, too.
pub type Prepared = Box<dyn FnMut()>;

impl Work {
    /// Prepares everything, and does the work once: what only the first time takes does not count.
    pub fn prepare(self) -> Prepared {
        let mut work = (self.prepare)();
        work();
        work
    }
}

pub fn all() -> Vec<Work> {
    [of::<Objects>(), of::<Sorted>(), of::<Events>(), of::<Stops>()].into_iter().flatten().collect()
}

fn of<R: Reply>() -> [Work; 7] {
    let work = |what: &str, prepare| Work { name: format!("{} {what}", R::NAME), prepare };
    [
        work("hand", read::<R, R::Hand>),
        work("from_str", read::<R, R::Ours>),
        work("call", call::<R>),
        work("tree", read::<R, Value>),
        work("written hand", write::<R, R::Hand>),
        work("written", write::<R, R::Ours>),
        work("written tree", write::<R, Value>),
    ]
}

fn read<R: Reply, T: DeserializeOwned>() -> Prepared {
    let text = R::text(ITEMS);
    Box::new(move || _ = black_box(from_json::<T>(&text)))
}

fn call<R: Reply>() -> Prepared {
    let client = calls::answered_by(R::text(ITEMS));
    Box::new(move || _ = black_box(R::call(&client)))
}

fn write<R: Reply, T: DeserializeOwned + Serialize + 'static>() -> Prepared {
    let value: T = from_json(&R::text(ITEMS));
    Box::new(move || _ = black_box(to_json(&value)))
}
