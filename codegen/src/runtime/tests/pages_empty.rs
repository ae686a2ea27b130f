//! Pages without items, also of a server that has no end of them.

use http::HeaderMap;

use super::pages::{CURSOR, List, all, ok, request, server};
use crate::runtime::call::Call;
use crate::runtime::pages::PageError;
use crate::runtime::paging_fault::PagingFault;

/// Pages with ever new cursors, of which each tenth has an item.
fn ever_new(uri: &str, _: &HeaderMap) -> (u16, String) {
    let number: usize = uri.rsplit('=').next().and_then(|number| number.parse().ok()).unwrap_or(0);
    let things = if number % 10 == 9 { r#""a""# } else { "" };
    ok(format!("{{\"things\": [{things}], \"meta\": {{\"next\": {}}}}}", number + 1))
}

fn never_any(uri: &str, headers: &HeaderMap) -> (u16, String) {
    let (status, text) = ever_new(uri, headers);
    (status, text.replace(r#""a""#, ""))
}

#[tokio::test]
async fn pages_without_items_are_not_asked_for_for_ever() {
    let (items, error, asked) = all::<CURSOR>(never_any, |_| {}).await;
    assert_eq!((items.as_str(), asked.len()), ("", 1001));
    let error = error.unwrap();
    assert!(
        error.to_string().starts_with("the next page was not asked for: more than 1000 in a row had no items"),
        "{error}"
    );
    assert!(matches!(error, PageError::Next(PagingFault::Empty { limit: 1000 })));
    for (limit, found, asked_for) in [(9, 3, 0), (8, 0, 9), (0, 0, 1), (usize::MAX, 3, 0)] {
        let (client, asked) = server(ever_new);
        let client = client.build().unwrap();
        let mut items = Call::<List<CURSOR>>::new(&client, request()).items().max_empty_pages(limit);
        let mut count = 0;
        while count < 3 && matches!(items.next().await, Some(Ok(_))) {
            count += 1;
        }
        assert_eq!(count, found, "{limit}");
        if found == 0 {
            assert_eq!(asked.lock().unwrap().len(), asked_for);
            assert!(items.next().await.is_none());
        }
    }
}

#[tokio::test]
async fn the_last_page_may_be_one_without_items() {
    let answer = |uri: &str, _: &HeaderMap| match uri {
        "/v1/things" => ok(r#"{"things": [], "meta": {"next": 1}}"#),
        _ => ok(r#"{"things": [], "meta": {}}"#),
    };
    let (client, _) = server(answer);
    let client = client.build().unwrap();
    let mut items = Call::<List<CURSOR>>::new(&client, request()).items().max_empty_pages(1);
    assert!(items.next().await.is_none());
}

#[cfg(feature = "blocking")]
#[test]
fn nor_by_the_blocking_client() {
    let client = server(never_any).0.build_blocking().unwrap();
    let mut items = Call::<List<CURSOR>, _>::new(&client, request()).items().max_empty_pages(5);
    assert!(matches!(items.next(), Some(Err(PageError::Next(PagingFault::Empty { limit: 5 })))));
    assert!(items.next().is_none());
}
