use crate::runtime::statuses::{Side, side};

#[test]
fn a_code_says_more_than_its_range_and_a_range_more_than_default() {
    let of = |status| side(status, "200 2XX 404", "206 4XX 503 default");
    for status in [200, 201, 299, 404] {
        assert_eq!(of(status), Some(Side::Success), "{status}");
    }
    for status in [100, 206, 302, 400, 410, 499, 500, 503, 599, 999] {
        assert_eq!(of(status), Some(Side::Error), "{status}");
    }
    assert_eq!(side(500, "default", "5XX"), Some(Side::Error));
    assert_eq!(side(400, "default", "5XX"), Some(Side::Success));
}

#[test]
fn what_is_not_described_is_neither() {
    for (status, success, errors) in [(201, "200", ""), (201, "", ""), (404, "200", "400 5XX"), (20, "200", "2XX")] {
        assert_eq!(side(status, success, errors), None, "{status}");
    }
}
