//! How many instructions all work takes, counted by valgrind, in the order of [`work::all`].

use gungraun::{Callgrind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main};
use program::work::{self, Prepared, Work};

#[library_benchmark]
#[benches::work(iter = work::all(), setup = Work::prepare)]
fn once(mut work: Prepared) -> Prepared {
    work();
    work
}

library_benchmark_group!(name = instructions, benchmarks = once);

main!(
    config = LibraryBenchmarkConfig::default().tool(Callgrind::with_args(["--cache-sim=no"])),
    library_benchmark_groups = instructions
);
