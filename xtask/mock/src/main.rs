//! `cargo xtask mock`: a server on this machine that answers as a description documents.

mod record;
mod server;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice, eprintln, println};
use clap::Parser;
use codegen::{Options, Shown, Source};
use generated_client_runtime::mock::Mock;

use record::Record;
use scratch::{from_root, name_of};
use server::Server;

const SPEC: &str = "spec/partner-center.yaml";

/// Answer calls over HTTP with the examples that a description documents.
///
/// It is a server for programs in any language, on this machine alone. Where the description has no example, one is
/// made from the schema; the header `mock-answer` of an answer says which it is. A request that the description does not
/// allow gets an answer that says what is wrong with it. The header `Prefer` of a request says what else to answer:
/// `code=404`, `example=name`, `delay=1000` in milliseconds, or `broken` for a connection that breaks off.
#[derive(Parser)]
#[command(bin_name = "cargo xtask mock", max_term_width = 100)]
struct Arguments {
    /// The description: OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON [default: spec/partner-center.yaml]
    #[arg(long, value_name = "PATH")]
    spec: Option<PathBuf>,

    /// Apply an overlay to the description first; may be given several times
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,

    /// What to make of the description [default: theirs.codegen.yaml beside theirs.yaml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Leave aside the configuration that is beside the description
    #[arg(long, conflicts_with = "config")]
    no_config: bool,

    /// The port to listen on [default: one that is free]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,

    /// Write what is asked and answered into a file: HAR 1.2, without credentials
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let colors = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    let failed = |diagnostics: codegen::Diagnostics| diagnostics.render(colors);
    let read = |path: &Path| Source::read_as(name_of(path), path).map_err(failed);
    let spec = arguments.spec.clone().unwrap_or_else(|| from_root(SPEC));
    let source = read(&spec)?;
    let mut options = Options::default();
    options.find_config = !arguments.no_config;
    options.config = arguments.config.as_deref().map(read).transpose()?;
    options.overlays = arguments.overlay.iter().map(|overlay| read(overlay)).collect::<Result<_, _>>()?;
    let mocked = codegen::mocked(&source, &options).map_err(failed)?;
    let mock = Mock::of(mocked.table());
    let record = arguments.record.as_deref().map(Record::create).transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("error: there is no runtime to be had: {error}"))?;
    runtime.block_on(async {
        let listener = server::listen(arguments.port).await?;
        let address = listener.local_addr().map_err(|error| format!("error: {error}"))?;
        let operations: Vec<_> = mock.operations().map(Shown::from).collect();
        operations.iter().for_each(|operation| println!("  {operation}"));
        let count = match operations.len() {
            1 => "1 operation".to_owned(),
            count => format!("{count} operations"),
        };
        println!("{count} of {} at http://{address}, until Ctrl-C", Shown::from(source.name()));
        Server { mock, record }.serve(listener).await;
        Ok(())
    })
}
