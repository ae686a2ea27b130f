//! The same calls for programs without an async runtime.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::base_url::BaseUrl;
use super::blocking_body::relay;
use super::build_error::BuildError;
use super::call::{Call, Operation};
use super::client::{self, ClientBuilder};
use super::credential::Credential;
use super::error::{Error, ErrorKind};
use super::exchange::CallInfo;
use super::response::Response;
use super::transport::{TransportError, TransportErrorKind};

/// A client whose calls block the thread until they are done.
///
/// It has the calls of the [async client](client::Client); each ends with `send` instead of
/// `.await`. It is cheap to clone, and its clones can be used in any number of threads at once.
///
/// A thread of its own does the work, so that a call blocks, and does not panic, in an async
/// program too. The thread ends with the last clone.
#[derive(Clone)]
pub struct Client {
    client: client::Client,
    worker: Arc<Worker>,
}

/// The thread that drives the connections and the timers.
struct Worker {
    runtime: Handle,
    /// The thread ends when this is dropped.
    _stop: oneshot::Sender<()>,
}

impl Client {
    /// A client that calls the API at `server` over HTTP, proving its identity with `credential`.
    ///
    /// # Errors
    ///
    /// Those of [`ClientBuilder::build_blocking`].
    pub fn new(server: impl Into<BaseUrl>, credential: impl Into<Credential>) -> Result<Self, BuildError> {
        Self::builder(server).credential(credential).build_blocking()
    }

    /// The way to a client that differs from the usual one; it ends with
    /// [`build_blocking`](ClientBuilder::build_blocking).
    pub fn builder(server: impl Into<BaseUrl>) -> ClientBuilder {
        client::Client::builder(server)
    }

    fn start(client: client::Client) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        thread::Builder::new().name("http-client".to_owned()).spawn(move || {
            // An error too says that the last clone is gone.
            _ = runtime.block_on(stopped);
            // What is left of connections is not worth waiting for.
            runtime.shutdown_background();
        })?;
        Ok(Self { client, worker: Arc::new(Worker { runtime: handle, _stop: stop }) })
    }
}

impl ClientBuilder {
    /// The client, for calls that block the thread.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), and if the thread that does the work cannot be started.
    pub fn build_blocking(self) -> Result<Client, BuildError> {
        Client::start(self.build()?).map_err(BuildError::thread)
    }
}

impl<O: Operation> Call<'_, O, Client> {
    /// Sends the call, waits for the answer, and returns the value together with the answer's
    /// status, headers, body and ids.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        let client = self.client.client.clone();
        let request = self.request;
        let worker: Arc<Worker> = self.client.worker.clone();
        let call = CallInfo::new(&client, O::NAME, &request);
        let (done, outcome) = mpsc::sync_channel(1);
        self.client.worker.runtime.spawn(async move {
            // Nobody is left to take it only if the waiting thread is gone.
            let call = Call::<O>::new(&client, request);
            _ = done.send(call.send_through(|body| relay(body, worker)).await);
        });
        // Without an outcome the work was dropped, which takes a panic in the caller's own transport.
        outcome.recv().unwrap_or_else(|lost| {
            let error = TransportError::new(TransportErrorKind::Other, lost);
            Err(Error::new(call, None, ErrorKind::Transport(error)))
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}
