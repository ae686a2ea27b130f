//! The client under load: 10,000 calls, 64 at a time, against a server in the same process that does
//! something wrong with 5 % of the attempts.
//!
//! Every call has to end the one way that the plan allows: in its own value, or in the typed error of what
//! went wrong. Sockets, files and memory have to stay within bounds that do not depend on the number of
//! calls. How fast it is is shown and not judged.
//!
//! `cargo bench -p client-tests --bench load`

mod measure;
mod plan;
mod server;

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use generated_client::operations::invoices::SummaryError;
use generated_client::types::InvoiceSummary;
use generated_client::{BearerToken, Client, Error, ErrorKind, RetryPolicy, Uuid};
use measure::Held;
use plan::End;
use server::Server;
use tokio::task::JoinSet;

const CALLS: usize = 10_000;
const CONCURRENT: usize = 64;

/// How many calls there are between two looks at what is held.
const STEP: usize = 1_000;

/// A pool may open a connection while another one becomes free, and what the client has closed is open here
/// until the server looks at it: some for each call under way, however many calls there are.
const MAX_SOCKETS: usize = 4 * CONCURRENT;

/// Both ends of a socket are in this process. What else the runtime opens is not much.
const MAX_FILES: usize = 2 * MAX_SOCKETS + 16;

/// How much memory may grow after a fifth of the calls, in KiB: far less than leaking one answer in ten.
const MAX_GROWTH: u64 = 16 << 10;

/// How many complaints are worth reading.
const SHOWN: usize = 10;

/// By then it hangs.
const DEADLINE: Duration = Duration::from_secs(300);

/// The calls so far: how they ended, and those that should not have ended so.
#[derive(Default)]
struct Tally {
    ends: BTreeMap<End, usize>,
    wrong: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match tokio::time::timeout(DEADLINE, run()).await {
        Ok(Ok(complaints)) if complaints.is_empty() => {
            println!("every call ended as it should, and nothing piled up");
            ExitCode::SUCCESS
        }
        Ok(Ok(complaints)) => {
            complaints.iter().take(SHOWN).for_each(|complaint| eprintln!("FAILED: {complaint}"));
            eprintln!("FAILED: {} complaints, of which at most {SHOWN} are shown", complaints.len());
            ExitCode::FAILURE
        }
        Ok(Err(error)) => {
            eprintln!("FAILED: the benchmark cannot be run: {error}");
            ExitCode::FAILURE
        }
        Err(_) => {
            eprintln!("FAILED: some calls have not ended after {DEADLINE:?}");
            ExitCode::FAILURE
        }
    }
}

/// What is wrong with how it went.
async fn run() -> Result<Vec<String>, Box<dyn StdError>> {
    let server = Server::start(CALLS).await?;
    let policy = RetryPolicy::default().base(Duration::from_millis(1)).cap(Duration::from_millis(5));
    let client =
        Client::builder(server.url()).credential(BearerToken::new("token")).retry(policy.retries(plan::RETRIES));
    let client = client.build()?;
    let before = Held::now();
    let started = Instant::now();
    let (tally, held) = calls(&client, &server).await;
    let seconds = started.elapsed().as_secs_f64();

    println!("{CALLS} calls, {CONCURRENT} at a time: {seconds:.2} s, {:.0} calls/s", CALLS as f64 / seconds);
    println!(
        "{} requests on {} connections, at most {} open at once",
        server.requests(),
        server.connections(),
        server.peak()
    );
    tally.ends.iter().for_each(|(end, count)| println!("{count:>6} {end:?}"));
    let mut complaints = tally.wrong;
    if server.peak() > MAX_SOCKETS {
        complaints.push(format!("{} sockets were open at once; {MAX_SOCKETS} are the most", server.peak()));
    }
    complaints.extend(piled_up(before, &held));
    drop(client);
    complaints.extend(left_open(&server, before).await);
    Ok(complaints)
}

/// Makes the calls, and looks at what is held after every [`STEP`].
async fn calls(client: &Client, server: &Server) -> (Tally, Vec<Held>) {
    let next = Arc::new(AtomicUsize::new(0));
    let (done, mut ended) = tokio::sync::mpsc::channel(CONCURRENT);
    let mut workers = JoinSet::new();
    for _ in 0..CONCURRENT {
        let (client, next, done) = (client.clone(), Arc::clone(&next), done.clone());
        workers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= CALLS || done.send((number, call(&client, number).await)).await.is_err() {
                    return;
                }
            }
        });
    }
    drop(done);
    let (mut tally, mut held, mut count) = (Tally::default(), Vec::new(), 0);
    while let Some((number, outcome)) = ended.recv().await {
        tally.add(number, outcome);
        count += 1;
        if count % STEP == 0 {
            let now = Held::now();
            println!("{count:>6} calls  {:>4} sockets  {now}", server.open());
            held.push(now);
        }
    }
    if count != CALLS {
        tally.wrong.push(format!("{} calls never ended", CALLS - count));
    }
    (tally, held)
}

type Outcome = Result<InvoiceSummary, Error<SummaryError>>;

async fn call(client: &Client, number: usize) -> Outcome {
    let id: Uuid = format!("00000000-0000-4000-8000-{number:012x}").parse().expect("a UUID");
    let call = client.invoices().summary().request_id(id);
    if plan::retries(number) == 0 { call.retry(RetryPolicy::none()).await } else { call.await }
}

impl Tally {
    fn add(&mut self, number: usize, outcome: Outcome) {
        let end = match &outcome {
            Ok(summary) if summary.balance_amount.to_string() == number.to_string() => Some(End::Value),
            Ok(_) => None,
            Err(error) => of_error(error),
        };
        let expected = plan::end(number);
        if end != Some(expected) {
            self.wrong.push(format!("call {number} should have come to {expected:?}: {outcome:?}"));
        }
        if let Some(end) = end {
            *self.ends.entry(end).or_default() += 1;
        }
    }
}

fn of_error(error: &Error<SummaryError>) -> Option<End> {
    match (error.kind(), error.status().map(|status| status.as_u16())) {
        (ErrorKind::Transport(_), _) => Some(End::Transport),
        (ErrorKind::Unexpected(_), Some(200)) => Some(End::Unreadable),
        (ErrorKind::Api(SummaryError::ServiceUnavailable(_)), Some(503)) => Some(End::Unavailable),
        (ErrorKind::Api(SummaryError::TooManyRequests(_)), Some(429)) => Some(End::Throttled),
        _ => None,
    }
}

/// What grew with the number of calls.
fn piled_up(before: Held, held: &[Held]) -> Vec<String> {
    let mut complaints = Vec::new();
    let files = held.iter().filter_map(|held| held.files).max();
    if let (Some(most), Some(before)) = (files, before.files)
        && most > before + MAX_FILES
    {
        complaints.push(format!("{most} files were open at once, from {before} at the beginning"));
    }
    let early = held.get(CALLS / STEP / 5 - 1).and_then(|held| held.memory);
    let late = held.last().and_then(|held| held.memory);
    if let (Some(early), Some(late)) = (early, late)
        && late > early + MAX_GROWTH
    {
        complaints.push(format!("memory grew from {early} to {late} KiB after a fifth of the calls"));
    }
    complaints
}

/// What is still open when the client is gone. Closing takes a moment, but not for ever.
async fn left_open(server: &Server, before: Held) -> Option<String> {
    let is_left = || server.open() > 0 || Held::now().files > before.files;
    for _ in 0..1_000 {
        if !is_left() {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Some(format!("without a client, {} sockets are open, and {}", server.open(), Held::now()))
}
