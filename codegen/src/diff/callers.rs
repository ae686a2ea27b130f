//! Whom a change concerns.

/// A caller, by what their code does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Caller {
    /// Calls operations, and makes values: those that are sent, and in tests those that are received, too.
    Send,
    /// Reads what comes back.
    Read,
    /// Tells variants apart, by their names.
    Match,
}

impl Caller {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Send, Self::Read, Self::Match];

    /// What they do, in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Read => "read",
            Self::Match => "match",
        }
    }
}

/// Some of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Callers(u8);

impl Callers {
    pub const NONE: Self = Self(0);
    pub const SEND: Self = Self(1);
    pub const READ: Self = Self(2);
    pub const MATCH: Self = Self(4);

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These where something is so, and else nobody.
    pub fn only_if(self, is_so: bool) -> Self {
        if is_so { self } else { Self::NONE }
    }

    pub fn list(self) -> Vec<Caller> {
        let bit = |caller| match caller {
            Caller::Send => Self::SEND,
            Caller::Read => Self::READ,
            Caller::Match => Self::MATCH,
        };
        Caller::ALL.into_iter().filter(|caller| self.0 & bit(*caller).0 != 0).collect()
    }
}
