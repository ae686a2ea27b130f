//! Items of requests: what is sent of them.

use http::Method;

use super::http_stream::Pieces;
use super::http_support::*;
use crate::runtime::body::Body;
use crate::runtime::framing::Framing;
use crate::runtime::items_body::ItemsBody;
use crate::runtime::request::Request;

async fn sent(framing: Framing, items: ItemsBody<Vec<u8>>) -> Result<String, String> {
    let (client, _) = client_that(|| Ok(answer(200, "{}")));
    let mut request = Request::new(Method::POST, "/things");
    request.items("application/x-ndjson", framing, items);
    let prepared = request.prepare(&client.settings).map_err(|error| error.to_string())?;
    let (_, body) = prepared.attempt(None).into_parts();
    let body: Body = body;
    let bytes = body.collect(1000).await.map_err(|error| error.to_string())?;
    Ok(String::from_utf8(bytes.to_vec()).unwrap())
}

fn numbers() -> impl Iterator<Item = Vec<u8>> + Send + 'static {
    [vec![1, 2], vec![], vec![3]].into_iter()
}

#[tokio::test]
async fn whatever_is_iterated_over_is_sent_line_by_line() {
    let lines = "[1,2]\n[]\n[3]\n";
    let list: Vec<_> = numbers().collect();
    for items in
        [(&list).into(), list.as_slice().into(), numbers().into(), list.clone().into(), ItemsBody::lazy(numbers())]
    {
        assert_eq!(sent(Framing::Lines, items).await.unwrap(), lines);
    }
    for items in [numbers().into(), ItemsBody::lazy(numbers())] {
        assert_eq!(sent(Framing::Records, items).await.unwrap(), "\x1e[1,2]\n\x1e[]\n\x1e[3]\n");
    }
    assert_eq!(sent(Framing::Lines, Vec::<Vec<u8>>::new().into()).await.unwrap(), "");
}

#[tokio::test]
async fn a_stream_is_sent_until_it_fails() {
    let pieces = |breaks| {
        let pieces = Pieces { pieces: vec!["a", "b"], breaks };
        ItemsBody::from_stream(Bytes(pieces))
    };
    assert_eq!(sent(Framing::Lines, pieces(false)).await.unwrap(), "[97]\n[98]\n");
    assert!(sent(Framing::Lines, pieces(true)).await.unwrap_err().contains("the disk is gone"));
}

struct Bytes(Pieces);

impl futures_core::Stream for Bytes {
    type Item = Result<Vec<u8>, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let piece = futures_core::Stream::poll_next(std::pin::Pin::new(&mut self.0), context);
        piece.map(|piece| piece.map(|piece| piece.map(|bytes| bytes.to_vec())))
    }
}

/// What cannot be written.
struct Unwritable;

impl serde::Serialize for Unwritable {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no words for it"))
    }
}

#[tokio::test]
async fn an_item_that_cannot_be_written_is_not_sent() {
    let (client, _) = client_that(|| Ok(answer(200, "{}")));
    let mut request = Request::new(Method::POST, "/things");
    request.items::<Unwritable>("application/x-ndjson", Framing::Lines, [Unwritable].into());
    let error = request.prepare(&client.settings).err().expect("an error");
    assert!(error.to_string().contains("no words for it"), "{error}");
}
