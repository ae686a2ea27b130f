//! The versions of OpenAPI, and what belongs to which.

use std::fmt;

/// A version of OpenAPI, as far as it matters: its last part changes nothing for tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V3_0,
    V3_1,
    V3_2,
}

impl Version {
    pub const NEWEST: Self = Self::V3_2;

    /// What a description calls it, such as `3.1.2`.
    pub fn of(text: &str) -> Option<Self> {
        let (first, rest) = text.split_once('.')?;
        let (second, patch) = rest.split_once('.').unwrap_or((rest, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // What is no number is a version on its way, such as `3.1.0-rc1`.
        let patch = patch.split('-').next().unwrap_or_default();
        match (first, second) {
            _ if !is_number(patch) => None,
            ("3", "0") => Some(Self::V3_0),
            ("3", "1") => Some(Self::V3_1),
            ("3", "2") => Some(Self::V3_2),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        })
    }
}

/// The versions that something belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    pub first: Version,
    pub last: Version,
}

pub(crate) const ALL: Versions = Versions { first: Version::V3_0, last: Version::NEWEST };
pub(crate) const ONLY_3_0: Versions = Versions { first: Version::V3_0, last: Version::V3_0 };
pub(crate) const UNTIL_3_1: Versions = Versions { first: Version::V3_0, last: Version::V3_1 };
pub(crate) const SINCE_3_1: Versions = Versions { first: Version::V3_1, last: Version::NEWEST };
pub(crate) const SINCE_3_2: Versions = Versions { first: Version::V3_2, last: Version::NEWEST };

impl Versions {
    pub const fn has(self, version: Version) -> bool {
        self.first as u8 <= version as u8 && version as u8 <= self.last as u8
    }

    /// The one of them that is nearest to another version.
    pub fn nearest(self, version: Version) -> Version {
        version.clamp(self.first, self.last)
    }
}
