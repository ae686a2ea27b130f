//! Makes sure that everything is read as it should be. Then prints how many seconds of the processor all work takes, in
//! the order of [`work::all`]: the least of several times, between which everything else has its turn.

use cpu_time::ProcessTime;
use program::replies::{Events, Objects, Reply, Sorted, Stops};
use program::work::{self, ITEMS, Work};

const TURNS: usize = 20;

fn main() {
    Objects::check(ITEMS);
    Sorted::check(ITEMS);
    Events::check(ITEMS);
    Stops::check(ITEMS);
    let names: Vec<_> = work::all().into_iter().map(|work| work.name).collect();
    let mut all: Vec<_> = work::all().into_iter().map(|work| (Work::prepare(work), f64::INFINITY)).collect();
    for _ in 0..TURNS {
        for (work, least) in &mut all {
            let start = ProcessTime::now();
            work();
            *least = least.min(start.elapsed().as_secs_f64());
        }
    }
    for (name, (_, seconds)) in names.iter().zip(all) {
        println!("{name}\t{seconds}");
    }
}
