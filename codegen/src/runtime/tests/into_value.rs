//! What is passed for a value that has a form in text.

use jiff::civil::{self, date};
use jiff::tz::Offset;

use crate::runtime::date::Date;
use crate::runtime::date_time::{DateTime, Moment};
use crate::runtime::decimal::Decimal;
use crate::runtime::into_value::IntoValue;
use crate::runtime::time::Time;

fn passed<V: ToString>(value: impl IntoValue<V>) -> Result<String, String> {
    value.into_value().map(|value| value.to_string()).map_err(|error| error.to_string())
}

#[test]
fn the_value_what_it_is_made_of_and_its_text_are_one() {
    let day = date(2024, 1, 2);
    assert_eq!(passed::<Date>(day), Ok("2024-01-02".to_owned()));
    assert_eq!(passed::<Date>(Date::from(day)), passed::<Date>("2024-01-02"));
    assert_eq!(passed::<Date>(&"2024-01-02".to_owned()), passed::<Date>(day));

    let noon = day.at(12, 0, 0, 0);
    let instant = Offset::UTC.to_timestamp(noon).expect("an instant");
    assert_eq!(passed::<DateTime>(noon), Ok("2024-01-02T12:00:00".to_owned()));
    assert_eq!(passed::<DateTime>(instant), Ok("2024-01-02T12:00:00Z".to_owned()));
    assert_eq!(passed::<DateTime>(Moment::from(instant)), passed::<DateTime>("2024-01-02T12:00:00Z"));

    assert_eq!(passed::<Time>(civil::time(12, 0, 0, 0)), Ok("12:00:00".to_owned()));
    assert_eq!(passed::<Decimal>(rust_decimal::Decimal::new(150, 2)), passed::<Decimal>("1.50"));
}

#[test]
fn a_text_of_another_form_is_an_error() {
    assert_eq!(passed::<Date>("yesterday"), Err("expected a date such as 2020-01-31, found \"yesterday\"".to_owned()));
    assert!(passed::<Decimal>("NaN").is_err());
}
