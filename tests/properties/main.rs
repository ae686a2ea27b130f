//! What holds for any input, tried with many.
//!
//! A run tries the same inputs each time. `PROPTEST_CASES=5000 cargo test -p client-tests --test properties`
//! tries as many new ones per property.
//!
//! `HOSTILE=0 cargo test -p client-tests --test properties hostile` tries a hostile text in a place of each kind that the
//! fixtures have, instead of in some of them, `HOSTILE=5000` as many more, and `HOSTILE=all` each of them in every
//! place, which takes hours of a fast build.
//!
//! The cases of [`structure`] have numbers. `STRUCTURE_CASES=200..100000` tries these, and
//! `STRUCTURE_COMPILED=50` compiles as many of them; for hours, with `--profile xtask`.
//!
//! `.ci/run` tries all kinds and four times as many cases, and compiles six.

mod changes;
mod generator;
mod hostile;
mod mutations;
mod names;
mod spellings;
mod structure;
mod versions;

use std::env;

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// The usual number of inputs of a property.
fn cases(number: u32) -> ProptestConfig {
    // The default takes `PROPTEST_CASES` into account.
    let config = ProptestConfig { failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() };
    match env::var_os("PROPTEST_CASES") {
        Some(_) => config,
        None => ProptestConfig { cases: number, rng_seed: RngSeed::Fixed(1), ..config },
    }
}
