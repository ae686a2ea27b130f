use std::net;

use jiff::tz::Offset;
use jiff::{Span, SpanFieldwise, ToSpan, civil};
use proptest::prelude::*;

use super::values::survives;
use crate::runtime::duration::Duration;
use crate::runtime::ip::{IpAddr, Ipv4Addr, Ipv6Addr};
use crate::runtime::spelled::Format;
use crate::runtime::time::{ClockTime, Time};

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn duration(text: &str) -> Duration {
    text.parse().unwrap()
}

/// Of a text that is not of the format, JSON says so too.
fn is_none_of<T: Format + std::fmt::Debug>(texts: &[&str]) {
    for text in texts {
        assert!(T::parse(text).is_none(), "for {text:?}");
    }
}

#[test]
fn times_keep_their_spelling() {
    for text in [
        "12:30:00",
        "12:30:00Z",
        "12:30:00z",
        "12:30:00.5Z",
        "12:30:00.500",
        "12:30:00.123456789+05:30",
        "12:30:00.1234567-07:30",
        "12:30:00+00:00",
        "12:30:00-00:00",
        "12:30",
        "12:30Z",
        "12:30+02:00",
        "00:00:00",
        "23:59:59.999999999",
        "23:59:60Z",
        "12:30:00.1234567891234Z",
        "23:59:59.99999999999999999999",
    ] {
        survives::<ClockTime>(&format!("{text:?}"));
        assert_eq!(time(text).to_string(), text);
    }
}

#[test]
fn what_is_no_time_is_an_error() {
    is_none_of::<ClockTime>(&[
        "",
        "noon",
        "12",
        "1230",
        "2:30",
        "12:30 pm",
        "25:00:00",
        "12:60:00",
        "12:30:00+99:00",
        "12:30:00Z[UTC]",
        "12:30:00ZZ",
        "T12:30:00",
        "2020-01-31T12:30:00Z",
        "P1D",
    ]);
}

#[test]
fn the_offset_of_a_time_is_never_dropped() {
    let local = civil::time(12, 0, 0, 0);
    for (text, offset) in
        [("12:00:00", None), ("12:00:00Z", Some(Offset::UTC)), ("12:00:00-08:00", Some(Offset::constant(-8)))]
    {
        assert_eq!((time(text).local(), time(text).offset()), (local, offset));
        assert_eq!(Time::from(ClockTime::new(local, offset)).to_string(), text);
    }
    assert_eq!(Time::from(local), time("12:00:00.0"));
    assert_eq!(Time::from(local), time("12:00:00.0000000009"));
    assert_eq!(time("12:00:00.123456789"), time(&format!("12:00:00.123456789{}", "9".repeat(10_000))));
    assert_ne!(time("12:00:00"), time("12:00:00Z"));
    assert!(time("12:00:00Z") < time("12:00:01+02:00"));
    let half = Offset::from_seconds(-12_600).ok();
    assert_eq!(Time::from(ClockTime::new(local, half)).to_string(), "12:00:00-03:30");
}

#[test]
fn durations_keep_their_spelling() {
    for text in [
        "P1D",
        "P1DT12H",
        "P1Y2M3DT4H5M6S",
        "P1Y2M3W4DT5H6M7.008009010S",
        "P2W",
        "PT36H",
        "PT1.5S",
        "PT1,5S",
        "PT0.000000001S",
        "PT1.50S",
        "PT1.12345678912345S",
        "PT0.33333333333333333333H",
        "1.0000000000001s",
        "00:01:30.1234567891",
        "PT1.5H",
        "PT0S",
        "P0D",
        "-P1D",
        "+P1D",
        "p1dt12h",
        "PT0036H",
        // Not of ISO 8601, but found all the same.
        "1h30m",
        "1.5s",
        "90 minutes",
        "00:01:30",
    ] {
        survives::<SpanFieldwise>(&format!("{text:?}"));
        assert_eq!(duration(text).to_string(), text);
    }
}

#[test]
fn what_is_no_duration_is_an_error() {
    is_none_of::<SpanFieldwise>(&[
        "",
        "P",
        "PT",
        "P1",
        "1",
        "P1H",
        "PT1D",
        "P1DT",
        "P0.5D",
        "soon",
        "P99999999999999999999D",
        "2020-01-31",
        "P1D/P2D",
    ]);
}

#[test]
fn durations_are_equal_by_their_units() {
    assert_eq!(duration("PT1.5S"), duration("pt1.500s"));
    assert_eq!(duration("PT1.5S"), duration("PT1,5000000000009S"));
    assert_eq!(duration("PT1.1S"), duration(&format!("PT1.1{}S", "0".repeat(10_000))));
    assert_eq!(duration("1h30m"), duration("PT1H30M"));
    assert_ne!(duration("PT60M"), duration("PT1H"));
    let span: Span = 1.day().hours(12);
    assert_eq!(Duration::from(span), duration("P1DT12H"));
    assert_eq!(Duration::from(span).to_string(), "P1DT12H");
    assert_eq!(duration("P1DT12H").0.get_hours(), 12);
}

#[test]
fn addresses_keep_their_spelling() {
    for text in ["10.128.192.124", "0.0.0.0", "255.255.255.255"] {
        survives::<net::Ipv4Addr>(&format!("{text:?}"));
        survives::<net::IpAddr>(&format!("{text:?}"));
    }
    for text in ["::", "::1", "2604:A880:0:1010::18a:a001", "2604:a880:0000:1010:0:0:18a:a001", "::ffff:10.0.0.1"] {
        survives::<net::Ipv6Addr>(&format!("{text:?}"));
        survives::<net::IpAddr>(&format!("{text:?}"));
    }
    let long: Ipv6Addr = "0:0:0:0:0:0:0:1".parse().unwrap();
    assert_eq!(long, Ipv6Addr::from(net::Ipv6Addr::LOCALHOST));
    assert_eq!(Ipv4Addr::from(net::Ipv4Addr::LOCALHOST).to_string(), "127.0.0.1");
    assert!(IpAddr::from(net::IpAddr::from(net::Ipv4Addr::LOCALHOST)).is_loopback());
}

#[test]
fn what_is_no_address_is_an_error() {
    let none = ["", "localhost", "10.0.0.0/8", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1:80", "[::1]", "::1/128"];
    is_none_of::<net::IpAddr>(&none);
    is_none_of::<net::Ipv4Addr>(&[none.as_slice(), &["::1"]].concat());
    is_none_of::<net::Ipv6Addr>(&[none.as_slice(), &["10.0.0.1", "fe80::1%eth0", "1::2::3"]].concat());
    let error = "10.0.0.0/8".parse::<Ipv4Addr>().unwrap_err();
    assert_eq!(error.to_string(), "expected an IPv4 address, found \"10.0.0.0/8\"");
}

proptest! {
    #[test]
    fn every_time_survives(
        clock in "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        fraction in r"(\.[0-9]{1,9})?",
        offset in "(Z|[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9])?",
    ) {
        let text = format!("{clock}{fraction}{offset}");
        survives::<ClockTime>(&format!("{text:?}"));
        prop_assert_eq!(time(&text).offset().is_some(), !offset.is_empty());
        let usual = Time::from(time(&text).into_inner()).to_string();
        prop_assert_eq!(time(&usual), time(&text));
    }

    #[test]
    fn every_duration_survives(
        date in "P[0-9]{1,3}Y[0-9]{1,4}M[0-9]{1,5}D",
        time in r"(T[0-9]{1,6}H[0-9]{1,8}M[0-9]{1,9}(\.[0-9]{1,9})?S)?",
    ) {
        let text = format!("{date}{time}");
        survives::<SpanFieldwise>(&format!("{text:?}"));
        let usual = Duration::from(duration(&text).into_inner()).to_string();
        prop_assert_eq!(duration(&usual), duration(&text));
    }

    #[test]
    fn no_almost_time_or_duration_panics(text in r"[0-9:.,+\-ZPTYMWDHSμhms \[\]]{0,30}") {
        if let Ok(time) = text.parse::<Time>() {
            prop_assert_eq!(time.to_string(), text.clone());
        }
        if let Ok(duration) = text.parse::<Duration>() {
            prop_assert_eq!(duration.to_string(), text);
        }
    }
}
