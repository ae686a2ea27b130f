//! The project's own commands, run as `cargo xtask …`.

mod program;

use std::path::Path;
use std::process::ExitCode;

use clap::Subcommand;
use program::Program;
use xtask::Home;

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Described(xtask::Command),
    /// Generate a crate from each description of a folder, and show what became of it
    Corpus(program::Arguments),
    /// Answer calls over HTTP with the examples that a description documents
    Mock(program::Arguments),
    /// Hold the examples that a description documents to its schemas
    Verify(program::Arguments),
}

/// Fully optimised: it takes all descriptions of a folder.
const CORPUS: Program = Program { package: "corpus", profile: "release" };

const MOCK: Program = Program { package: "mock", profile: "xtask" };

const VERIFY: Program = Program { package: "verify", profile: "xtask" };

/// Generating makes and drops millions of small values, which takes twice as long with the allocators of some systems.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let home = Home {
        name: "xtask",
        command: "cargo xtask",
        about: "The project's own commands",
        root: Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned),
    };
    let Some(command) = home.parse() else { return ExitCode::SUCCESS };
    match command {
        Command::Described(command) => command.run(&home),
        Command::Corpus(arguments) => CORPUS.run(&arguments),
        Command::Mock(arguments) => MOCK.run(&arguments),
        Command::Verify(arguments) => VERIFY.run(&arguments),
    }
}
