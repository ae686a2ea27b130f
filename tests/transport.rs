//! The usual transport, and one that can be watched.

use std::sync::{Arc, LazyLock};

use generated_client::{Body, BoxFuture, ReqwestTransport, Transport, TransportError, http};
use tokio::sync::Notify;

/// The usual transport, made once: reading the certificates of the machine takes longer than a test.
pub static TRANSPORT: LazyLock<ReqwestTransport> = LazyLock::new(|| ReqwestTransport::new().expect("a transport"));

/// Says when the head of an answer has come.
pub struct Watched {
    /// What is told.
    pub answered: Arc<Notify>,
}

impl Transport for Watched {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let response = TRANSPORT.send(request).await;
            self.answered.notify_one();
            response
        })
    }
}
