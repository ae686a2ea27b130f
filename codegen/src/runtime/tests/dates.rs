use std::fmt::Debug;

use jiff::civil;
use jiff::tz::Offset;
use proptest::prelude::*;

use super::values::survives;
use crate::runtime::date::Date;
use crate::runtime::date_time::{DateTime, Moment};
use crate::runtime::spelled::Format;
use crate::runtime::time::ClockTime;

fn date_time(text: &str) -> DateTime {
    text.parse().unwrap()
}

#[test]
fn date_times_keep_their_spelling() {
    for text in [
        "2018-03-16T00:00:00",
        "2017-01-21T00:00:00Z",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59.9999999Z",
        "2017-01-01T12:00:00.1234567Z",
        "2017-01-01T12:00:00.1234567+02:00",
        "2017-01-01T12:00:00.1234567-07:30",
        "2017-01-01T12:00:00-08:00",
        "2017-01-01T12:00:00+00:00",
        "2017-01-01T12:00:00-00:00",
        "2017-01-01T12:00:00.12+01:00",
        "2017-01-01T12:00:00.123",
        "2017-01-01T12:00:00.123Z",
        "2017-01-01T12:00:00.123+01:00",
        "2017-01-01T12:00:00.12",
        "2017-01-01T12:00:00.12Z",
        "2017-01-01T12:00:00.603895Z",
        "2017-01-01T12:00:00.123456789Z",
        "2017-01-01T12:00:00.100",
        "2017-01-01t12:00:00z",
        "2017-01-01 12:00:00+0100",
        "2017-01-01T12:00Z",
        "2017-01-01",
    ] {
        survives::<Moment>(&format!("{text:?}"));
        assert_eq!(date_time(text).to_string(), text);
    }
}

/// RFC 3339 sets no limit to them.
#[test]
fn all_digits_of_a_fraction_are_kept() {
    for digits in ["1234567891", "9999999999", "0000000000", "123456789123456789", &"9".repeat(10_000)] {
        for offset in ["", "Z", "-07:30"] {
            let text = format!("2017-01-01T12:00:00.{digits}{offset}");
            survives::<Moment>(&format!("{text:?}"));
            survives::<civil::Date>(&format!("{text:?}"));
            // Cut off and never rounded: the second is the one that is written.
            let nine = date_time(&format!("2017-01-01T12:00:00.{}{offset}", &digits[..9]));
            assert_eq!((*date_time(&text), date_time(&text).to_utc()), (*nine, nine.to_utc()));
            assert_eq!(date_time(&text).local().second(), 0);
        }
    }
    for text in ["2017-01-01T12:00:00.", "2017-01-01T12:00:00.Z", "2017-01-01T12:00.12345678901Z", ".1234567891"] {
        assert!(text.parse::<DateTime>().is_err(), "for {text:?}");
    }
    let odd = ["2017-01-01T12:00:00.1234567891.1234567891Z", "2017-01-01.12345678912T12:00:00Z", ".,.1234567891,"];
    for text in [&odd[..], &[&"1.".repeat(10_000), &"é.1".repeat(1_000)]].concat() {
        assert!(text.parse::<DateTime>().is_err());
        assert!(text.parse::<Date>().is_err());
    }
}

#[test]
fn what_is_no_date_time_is_an_error() {
    for text in [
        "",
        "today",
        "T99: 99: 99Z",
        "99/99/9999: 99:99:99",
        "2017-02-29T00:00:00",
        "2017-01-01T25:00:00Z",
        "2017-01-01T12:00:00+99:00",
        "2017-01-01T12:00:00Z[UTC]",
        "2017-01-01T12:00:00ZZ",
        "10000-01-01T00:00:00Z",
        "12:00:00Z",
    ] {
        assert!(text.parse::<DateTime>().is_err(), "for {text:?}");
    }
}

#[test]
fn an_offset_is_never_dropped() {
    let local = civil::date(2017, 1, 1).at(12, 0, 0, 0);
    for (text, offset, utc) in [
        ("2017-01-01T12:00:00", None, "2017-01-01T12:00:00Z"),
        ("2017-01-01T12:00:00Z", Some(Offset::UTC), "2017-01-01T12:00:00Z"),
        ("2017-01-01T12:00:00-08:00", Some(Offset::constant(-8)), "2017-01-01T20:00:00Z"),
    ] {
        let moment = date_time(text);
        assert_eq!((moment.local(), moment.offset()), (local, offset));
        assert_eq!(moment.to_utc().map(|utc| utc.to_string()).as_deref(), Some(utc));
        assert_eq!(moment.timestamp(), offset.and(moment.to_utc()));
    }
}

#[test]
fn the_ends_of_the_range_have_no_timestamp() {
    for text in ["9999-12-31T23:59:59.999999999-23:59", "9999-12-31T23:59:59", "9999-12-31T23:59:59Z"] {
        assert_eq!(date_time(text).to_utc(), None);
        assert!(date_time(text) > date_time("2018-03-16T00:00:00Z"));
    }
    assert!(date_time("-009999-01-01T00:00:00+23:59").to_utc().is_none());
}

#[test]
fn unset_is_recognised() {
    assert!(date_time("0001-01-01T00:00:00").is_unset());
    assert!(date_time("0001-01-01T00:00:00Z").is_unset());
    assert!(!date_time("0001-01-01T00:00:01").is_unset());
}

#[test]
fn moments_are_ordered_in_time() {
    let ascending = [
        "2017-01-01T12:00:00+02:00",
        "2017-01-01T11:00:00Z",
        "2017-01-01T12:00:00",
        "2017-01-01T12:00:00Z",
        "2017-01-01T06:00:00-08:00",
    ];
    assert!(ascending.map(date_time).is_sorted_by(|left, right| left < right));
    assert_eq!(date_time("2017-01-01T12:00:00.0Z"), date_time("2017-01-01T12:00:00+00:00"));
    assert_ne!(date_time("2017-01-01T12:00:00Z"), date_time("2017-01-01T12:00:00"));
}

#[test]
fn moments_are_made_from_the_types_of_jiff() {
    let timestamp: jiff::Timestamp = "2017-01-01T12:00:00.5Z".parse().unwrap();
    assert_eq!(DateTime::from(timestamp).to_string(), "2017-01-01T12:00:00.5Z");
    let local = civil::date(2017, 1, 1).at(12, 0, 0, 0);
    assert_eq!(DateTime::from(local).to_string(), "2017-01-01T12:00:00");
    let moment = Moment::new(local, Offset::from_seconds(-12_600).ok());
    assert_eq!(DateTime::from(moment).to_string(), "2017-01-01T12:00:00-03:30");
}

#[test]
fn dates_keep_their_spelling() {
    for text in ["2020-01-31", "2020-01-31T00:00:00", "2020-01-31T23:00:00-08:00"] {
        survives::<civil::Date>(&format!("{text:?}"));
        assert_eq!(*text.parse::<Date>().unwrap(), civil::date(2020, 1, 31));
    }
    assert_eq!(Date::from(civil::date(2020, 1, 31)).to_string(), "2020-01-31");
    assert!("2020-02-30".parse::<Date>().is_err());
}

#[test]
fn dates_of_dotnet_are_read_and_come_back() {
    for (text, shown) in [
        ("/Date(1539993600000+0000)/", "2018-10-20T00:00:00Z"),
        ("/Date(1539993600000)/", "2018-10-20T00:00:00Z"),
        ("/Date(1539993600500-0130)/", "2018-10-19T22:30:00.5-01:30"),
        ("/Date(-1000+0100)/", "1970-01-01T00:59:59+01:00"),
        ("/Date(-62135596800000)/", "0001-01-01T00:00:00Z"),
    ] {
        let read = date_time(text);
        assert_eq!(read.to_string(), text);
        assert_eq!(*read, *date_time(shown), "{text}");
        let date: Date = text.parse().expect(text);
        assert_eq!((date.to_string().as_str(), (*date).to_string()), (text, shown[..10].to_owned()));
    }
    for text in [
        "/Date()/",
        "/Date(1539993600000+00)/",
        "/Date(1539993600000+2600)/",
        "/Date(+1)/",
        "/Date(--1)/",
        "/Date(1 )/",
        "/Date(99999999999999999)/",
        "Date(1)",
    ] {
        assert!(text.parse::<DateTime>().is_err(), "{text}");
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

fn fraction() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), r"\.[0-9]{1,30}"]
}

fn offset() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("Z".to_owned()), "[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]"]
}

fn is_usual_only_if_written_so<T: Format + PartialEq + Debug>(text: &str) -> Result<(), TestCaseError> {
    let mut usual = String::new();
    if let Some(value) = T::parse(text) {
        value.write(&mut usual).unwrap();
    }
    prop_assert_eq!(T::parse_usual(text), T::parse(text).filter(|_| usual == text));
    Ok(())
}

proptest! {
    #[test]
    fn every_date_time_survives(
        date in "[0-9]{3}[1-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        time in "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]",
        fraction in fraction(),
        offset in offset(),
    ) {
        let text = format!("{date}T{time}{fraction}{offset}");
        survives::<Moment>(&format!("{text:?}"));
        let moment = date_time(&text);
        prop_assert_eq!(moment.offset().is_some(), !offset.is_empty());
        let usual = DateTime::from(moment.into_inner()).to_string();
        prop_assert_eq!(date_time(&usual), date_time(&text));
        prop_assert_eq!(date_time(&text).cmp(&date_time(&usual)), std::cmp::Ordering::Equal);
    }

    /// What is read quickly is what is read slowly, and is written as it stands.
    #[test]
    fn the_usual_spelling_is_read_as_any_other(
        text in r"[0-9]{3}[1-9]-[013][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,10})?(Z|[+-][0-2][0-9]:[0-6][0-9])?)?"
    ) {
        is_usual_only_if_written_so::<Moment>(&text)?;
        is_usual_only_if_written_so::<civil::Date>(&text)?;
        is_usual_only_if_written_so::<ClockTime>(text.get(11..).unwrap_or("12:30:00"))?;
    }

    #[test]
    fn no_almost_date_time_panics(text in r"[+-]?[0-9]{2,6}-[0-9]{2}-[0-9]{2}[T ]?[0-9:.,+\-Z\[\]]{0,30}") {
        if let Ok(moment) = text.parse::<DateTime>() {
            let _ = (moment.to_utc(), moment.timestamp(), moment.cmp(&moment), moment.to_string());
        }
    }
}
