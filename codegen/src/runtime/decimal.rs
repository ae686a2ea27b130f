//! Exact decimal numbers, such as amounts of money.

use std::fmt;

use super::spelled::{Format, Kind, Spelled};

/// An exact decimal number of up to 28 digits, as it was written: `1000` and
/// `100.00` stay what they are.
///
/// A number of more digits is an error and never rounded.
pub type Decimal = Spelled<rust_decimal::Decimal>;

impl Format for rust_decimal::Decimal {
    const EXPECTED: &'static str = "a decimal number of at most 28 digits";
    const KIND: Kind = Kind::Number;

    fn parse(text: &str) -> Option<Self> {
        match text.split_once(['e', 'E']) {
            None => Self::from_str_exact(text).ok(),
            Some((digits, exponent)) => shift(Self::from_str_exact(digits).ok()?, exponent.parse().ok()?),
        }
    }

    fn parse_usual(text: &str) -> Option<Self> {
        let value = Self::from_str_exact(text).ok()?;
        // Zero has no sign.
        (!value.is_zero() || !text.starts_with('-')).then_some(value)
    }

    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result {
        write!(out, "{self}")
    }
}

/// `decimal` times ten to the power of `exponent`, if that fits.
fn shift(decimal: rust_decimal::Decimal, exponent: i32) -> Option<rust_decimal::Decimal> {
    if decimal.is_zero() {
        return Some(decimal);
    }
    let decimal = decimal.normalize();
    let scale = i64::from(decimal.scale()) - i64::from(exponent);
    let (mantissa, scale) = match u32::try_from(scale) {
        Ok(scale) => (decimal.mantissa(), scale),
        Err(_) => {
            let factor = 10_i128.checked_pow(u32::try_from(-scale).ok()?)?;
            (decimal.mantissa().checked_mul(factor)?, 0)
        }
    };
    rust_decimal::Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}
