//! How long the emitted crates take to compile: the processor time of `cargo check` of the crate alone, with
//! what it depends on done before, and the most memory that rustc takes. The support code of our crates is a crate
//! that they depend on: its lines and its time, which do not depend on the description, do not count.
//!
//! Where the program `openapi-to-rust` is on the path, its crate is checked in turn with ours, so that whatever
//! else the machine does goes against both; the last column is the part of its time that ours takes. Its time
//! depends on the machine, the ratio does not. Nothing is judged.
//!
//! `cargo bench -p client-tests --bench compiling -- FILE…` takes the descriptions in the files; without one, the
//! project's own. The generator is not measured, so `--profile dev` does.

mod crates;
mod measure;

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use client_tests::{SPEC, project};
use crates::{Crate, Maker};
use measure::Measured;

/// How often each crate is checked; the best counts.
const TRIES: usize = 3;

/// In seconds: what takes longer tells enough at once.
const LONG: f64 = 30.0;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, folder, target] = arguments.as_slice()
        && flag == measure::FLAG
    {
        return measure::in_this_process(Path::new(folder), Path::new(target));
    }
    let descriptions: Vec<_> = match arguments.as_slice() {
        [] => vec![project(SPEC)],
        files => files.iter().map(PathBuf::from).collect(),
    };
    println!("{:<24}{:>34}{:>34}", "", "ours", "openapi-to-rust");
    let columns = format!("{:>12}{:>12}{:>10}", "lines", "CPU s", "MB");
    println!("{:<24}{columns}{columns}{:>8}", "description", "ratio");
    let complaints: Vec<_> = descriptions.iter().filter_map(|description| line(description).err()).collect();
    complaints.iter().for_each(|complaint| eprintln!("FAILED: {complaint}"));
    if complaints.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Prints what is measured of a description, or says why nothing can be.
fn line(description: &Path) -> Result<(), String> {
    let name = description.file_stem().unwrap_or_default().to_string_lossy();
    let ours = Crate::make(Maker::Ours, description)?;
    let peers = if crates::has_peer() { Some(Crate::make(Maker::Peer, description)) } else { None };
    let (ours, peers) = match &peers {
        Some(Ok(peers)) => {
            let (ours, peers) = in_turn(&ours, Some(peers))?;
            (ours, peers.ok_or_else(|| "it does not compile".to_owned()))
        }
        Some(Err(why)) => (in_turn(&ours, None)?.0, Err(why.clone())),
        None => (in_turn(&ours, None)?.0, Err("not there".to_owned())),
    };
    match peers {
        Ok(peers) => println!("{name:<24}{ours}{peers}{:>8.3}", ours.seconds / peers.seconds),
        Err(why) => println!("{name:<24}{ours}{why:>34}"),
    }
    Ok(())
}

/// The best of several tries, for one crate and the other in turn. The other may be one that does not compile.
fn in_turn(ours: &Crate, peers: Option<&Crate>) -> Result<(Measured, Option<Measured>), String> {
    // What they depend on is checked then.
    ours.check()?;
    let peers = peers.filter(|peers| peers.check().is_ok());
    let (mut our_best, mut peer_best) = (ours.check()?, peers.map(Crate::check).transpose()?);
    for _ in 1..TRIES {
        if our_best.seconds < LONG {
            our_best = our_best.or(ours.check()?);
        }
        if let (Some(peers), Some(best)) = (peers, peer_best)
            && best.seconds < LONG
        {
            peer_best = Some(best.or(peers.check()?));
        }
    }
    Ok((our_best, peer_best))
}
