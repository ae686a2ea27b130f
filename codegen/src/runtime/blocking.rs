//! The same calls for programs without an async runtime.

use std::convert::Infallible;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::base_url::BaseUrl;
use super::blocking_body::relay;
use super::build_error::BuildError;
use super::call::{Call, Operation, answer};
use super::client::{self, ClientBuilder};
use super::credential::Credential;
use super::error::{Error, ErrorKind};
use super::exchange::{CallInfo, Exchanged, exchange};
use super::request::Request;
use super::response::Response;
use super::settings::Settings;
use super::transport::{TransportError, TransportErrorKind};

/// A client whose calls block the thread until they are done.
///
/// It has the calls of the [async client](client::Client); each ends with `send` instead of
/// `.await`. It is cheap to clone, and its clones can be used in any number of threads at once.
///
/// A thread of its own does the work, so that a call blocks, and does not panic, in an async
/// program too. The thread ends with the last clone.
#[derive(Clone)]
pub struct Client(client::Client<Blocking>);

/// The mode of a client whose calls block the thread.
#[derive(Clone)]
pub struct Blocking(Arc<Worker>);

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
}

/// The calls of the API.
impl Deref for Client {
    type Target = client::Client<Blocking>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl ClientBuilder {
    /// The client, for calls that block the thread.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), and if the thread that does the work cannot be started.
    pub fn build_blocking(self) -> Result<Client, BuildError> {
        let client::Client { settings, .. } = self.build()?;
        let mode = Blocking::start().map_err(BuildError::thread)?;
        Ok(Client(client::Client { settings, mode }))
    }
}

impl<O: Operation> Call<'_, O, Blocking> {
    /// Sends the call, waits for the answer, and returns the value together with the answer's
    /// status, headers, body and ids.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`].
    pub fn send(self) -> Result<Response<O::Output>, Error<O::Error>> {
        answer::<O>(self.client.mode.exchange(&self.client.settings, O::NAME, self.request))
    }
}

impl Blocking {
    fn start() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        thread::Builder::new().name("http-client".to_owned()).spawn(move || {
            // An error too says that the last clone is gone.
            _ = runtime.block_on(stopped);
            // What is left of connections is not worth waiting for.
            runtime.shutdown_background();
        })?;
        Ok(Self(Arc::new(Worker { runtime: handle, _stop: stop })))
    }

    /// Has the worker send `request`, and waits for the reply.
    fn exchange(
        &self,
        settings: &Arc<Settings>,
        operation: &'static str,
        request: Request,
    ) -> Result<Exchanged, Error<Infallible>> {
        let call = CallInfo::new(settings, operation, &request);
        let (settings, worker) = (Arc::clone(settings), Arc::clone(&self.0));
        let (done, outcome) = mpsc::sync_channel(1);
        self.0.runtime.spawn(async move {
            let mut exchanged = exchange(&settings, operation, request).await;
            if let Ok(exchanged) = &mut exchanged {
                exchanged.reply.map_stream(|body| relay(body, worker));
            }
            // Nobody is left to take it only if the waiting thread is gone.
            _ = done.send(exchanged);
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
        self.0.fmt(f)
    }
}

impl fmt::Debug for Blocking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}
