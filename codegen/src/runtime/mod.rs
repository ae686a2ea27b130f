//! The support code of the emitted crate, compiled here so that it can be tested.

mod date;
mod date_time;
mod decimal;
mod json;
mod maybe;
mod number;
mod spelled;
#[cfg(test)]
mod tests;
mod uuid;
