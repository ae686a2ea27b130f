//! Schemas → types.

mod any_of;
mod behind;
mod classify;
mod direction;
mod discriminator;
mod enumeration;
mod files;
mod fit;
mod foreign;
#[cfg(test)]
mod foreign_tests;
mod inherit;
mod integer;
mod merge;
mod node;
mod parts;
mod tags;
mod told;
mod types;
mod undeclared;
mod undescribed;
mod union;
mod variant_names;
mod widen;

pub(super) use self::files::{Files, is_binary, is_file};
pub(super) use self::inherit::Children;
pub(super) use self::parts::Key;
pub(super) use self::types::Postponed;
