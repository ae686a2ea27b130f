//! Items are found in bytes, wherever the pieces of these begin and end.

use crate::runtime::framing::{Data, Decoder, Framing, Item, TooLarge};

const EVENTS: Framing = Framing::Events(Data::Text);

/// The items of a body that comes in pieces of a size.
fn items(framing: Framing, body: &[u8], size: usize) -> Result<Vec<Item>, TooLarge> {
    let mut decoder = Decoder::new(framing, 40);
    let mut items = Vec::new();
    for piece in body.chunks(size) {
        decoder.feed(piece.to_vec().into());
        while let Some(item) = decoder.item()? {
            items.push(item);
        }
    }
    items.extend(decoder.end());
    Ok(items)
}

/// The same, which must not depend on the size; and neither on where a body is cut in two.
fn all(framing: Framing, body: &[u8]) -> Vec<Item> {
    let whole = items(framing, body, body.len().max(1)).expect("items");
    for size in 1..body.len() {
        assert_eq!(items(framing, body, size).as_ref(), Ok(&whole), "in pieces of {size} bytes");
    }
    for cut in 0..=body.len() {
        let mut decoder = Decoder::new(framing, 40);
        let mut found = Vec::new();
        for piece in [&body[..cut], &body[cut..]] {
            decoder.feed(piece.to_vec().into());
            while let Some(item) = decoder.item().expect("an item") {
                found.push(item);
            }
        }
        found.extend(decoder.end());
        assert_eq!(found, whole, "cut at {cut}");
    }
    whole
}

fn texts(framing: Framing, body: &[u8]) -> Vec<String> {
    all(framing, body).into_iter().map(|item| String::from_utf8(item.text).expect("UTF-8")).collect()
}

fn event(text: &str) -> Item {
    Item { text: text.into(), ..Item::default() }
}

#[test]
fn events_are_those_of_the_html_standard() {
    let body = b"\xef\xbb\xbf: hi\nevent: add\nid: 1\nretry: 100\ndata: one\ndata: two\n\ndata\n\ndata:  x\ndata:\n\n";
    let first = Item { event: Some("add".into()), id: Some("1".into()), retry: Some(100), ..event("one\ntwo") };
    assert_eq!(all(EVENTS, body), [first, event(""), event(" x\n")]);
}

#[test]
fn lines_of_events_end_in_three_ways() {
    assert_eq!(
        texts(EVENTS, b"data: a\r\rdata: b\r\n\r\ndata: c\n\ndata: d\r\ndata: e\rdata: f\n\r"),
        ["a", "b", "c", "d\ne\nf"]
    );
}

#[test]
fn an_event_without_an_end_or_data_is_none() {
    assert_eq!(texts(EVENTS, b"event: a\nid: 7\n\ndata: b"), [""; 0]);
    assert_eq!(texts(EVENTS, b"data: b\n"), [""; 0]);
    assert_eq!(texts(EVENTS, b"event: a\n\ndata: b\n\n"), ["b"]);
    assert_eq!(
        all(EVENTS, b"event: a\nevent\nid: 3\nid: a\0b\nretry: 1s\nretry:\ndatum: c\ndata: b\n\n"),
        [Item { id: Some("3".into()), ..event("b") }]
    );
}

#[test]
fn the_last_id_and_the_time_stay() {
    let mut decoder = Decoder::new(EVENTS, 100);
    decoder.feed("id: 5\nretry: 20\ndata: a\n\ndata: b\n\n".into());
    while decoder.item() != Ok(None) {}
    let events = decoder.events().expect("events");
    assert_eq!((events.last_id(), events.reconnection_time().map(|time| time.as_millis())), (Some("5"), Some(20)));
    decoder.feed("id\ndata: c\n\nid: 9\ndata: never".into());
    while decoder.item() != Ok(None) {}
    assert_eq!(decoder.events().and_then(|events| events.last_id()), Some(""));
}

#[test]
fn lines_are_items_but_for_blank_ones() {
    assert_eq!(texts(Framing::Lines, b"\xef\xbb\xbf{}\r\n\n \t\r\n[1]\n2"), ["{}\r", "[1]", "2"]);
    assert_eq!(texts(Framing::Lines, b""), [""; 0]);
}

#[test]
fn records_stand_behind_their_sign_and_end_with_their_line() {
    assert_eq!(
        texts(Framing::Records, b"\x1e{\"n\":1}\n\x1e\x1e{\"a\":\n\"x\\\"{\n\"}\n\x1e[2]"),
        ["{\"n\":1}\n", "{\"a\":\n\"x\\\"{\n\"}\n", "[2]"]
    );
    // Nothing waits for the next record.
    assert_eq!(texts(Framing::Records, b"\x1e1\n2\n"), ["1\n", "2\n"]);
}

#[test]
fn a_bare_record_without_an_end_is_cut_off() {
    let cut = |body: &[u8]| all(Framing::Records, body).iter().map(|item| item.is_cut_off).collect::<Vec<_>>();
    assert_eq!(cut(b"\x1e12\x1etru\x1e3 \x1e\"a\"\x1e{}"), [true, true, false, false, false]);
}

#[test]
fn no_item_is_larger_than_the_limit() {
    let long = "x".repeat(41);
    for (framing, body) in [
        (EVENTS, format!("data: {long}\n\n")),
        (EVENTS, "data: 0123456789\n".repeat(4)),
        (EVENTS, format!("event: {0}\nid: {0}\ndata: {0}\n", "0123456789012")),
        (Framing::Lines, format!("\"{long}\"\n")),
        (Framing::Records, format!("\x1e\"{long}\"\n")),
    ] {
        for size in [1, 7, 100] {
            assert_eq!(items(framing, body.as_bytes(), size), Err(TooLarge), "{framing:?} in pieces of {size} bytes");
        }
    }
    let many = "data: 0123456789\n\n".repeat(50);
    assert_eq!(texts(EVENTS, many.as_bytes()).len(), 50);
}
