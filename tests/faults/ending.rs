//! Calls that the caller drops.

use std::sync::Arc;

use client_tests::server::{Server, Step, answer, sized};
use generated_client::{ReqwestTransport, RetryPolicy};
use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::scene::{SMALL, Scene, soon, summary};

/// Drops a call as soon as `reached`, and then its client: nothing of both is left.
async fn dropped(scene: Scene, reached: Arc<Notify>) {
    let tasks = || Handle::current().metrics().num_alive_tasks();
    let before = tasks();
    let transport = Arc::new(ReqwestTransport::new().expect("a transport"));
    let client = scene.builder().transport(Arc::clone(&transport)).build().expect("a client");
    tokio::select! {
        answer = summary(&client).send() => panic!("there is no answer: {answer:?}"),
        () = reached.notified() => {}
    }
    soon("the API sees its connection close", || scene.api.open() == 0).await;
    let requests = (scene.api.requests().len(), scene.tokens.requests().len());
    drop(client);
    assert_eq!(Arc::strong_count(&transport), 1, "nobody holds on to the transport");
    drop(transport);
    soon("the token service sees its connection close", || scene.tokens.open() == 0).await;
    soon("no task is left", || tasks() == before).await;
    assert_eq!((scene.api.requests().len(), scene.tokens.requests().len()), requests, "nothing more is sent");
}

/// Waits until the client hangs up, and says when it begins to.
fn reach(reached: &Arc<Notify>) -> [Step; 2] {
    [Step::Tell(Arc::clone(reached)), Step::UntilClosed(Arc::default())]
}

#[tokio::test]
async fn dropped_before_the_token() {
    let reached = Arc::new(Notify::new());
    dropped(Scene::signing_in_with(reach(&reached)).await, reached).await;
}

#[tokio::test]
async fn dropped_before_the_head() {
    let reached = Arc::new(Notify::new());
    dropped(Scene::saying(reach(&reached)).await, reached).await;
}

#[tokio::test]
async fn dropped_within_the_body() {
    let reached = Arc::new(Notify::new());
    let steps = [vec![sized("200 OK", SMALL.len(), "{"), Step::Pause], reach(&reached).into()].concat();
    dropped(Scene::saying(steps).await, reached).await;
}

#[tokio::test]
async fn dropped_while_waiting() {
    let reached = Arc::new(Notify::new());
    let busy = vec![
        answer("503 Service Unavailable\nRetry-After: 30", ""),
        Step::Pause,
        Step::Tell(Arc::clone(&reached)),
        Step::Close,
    ];
    let scene = Scene::new(Server::saying(busy).await).await;
    dropped(scene.with(|builder| builder.retry(RetryPolicy::default())), reached).await;
}

#[tokio::test]
async fn a_dropped_call_leaves_the_client_usable() {
    let reached = Arc::new(Notify::new());
    let scene = Scene::in_turn([reach(&reached).to_vec(), vec![answer("200 OK", SMALL)]]).await;
    let client = scene.client();
    tokio::select! {
        answer = summary(&client).send() => panic!("there is no answer: {answer:?}"),
        () = reached.notified() => {}
    }
    scene.succeeds_with(&client, 2, 1).await;
}
