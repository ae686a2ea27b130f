//! Formats of strings that have types of their own.

/// A format of strings that has a type of its own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextFormat {
    Base64,
    Date,
    DateTime,
    Duration,
    Ip,
    Ipv4,
    Ipv6,
    Secret,
    Time,
    Uuid,
}

/// What there is to know of such a type.
#[derive(Clone, Copy)]
pub(crate) struct TextType {
    /// What descriptions call the format.
    formats: &'static [&'static str],
    /// The name of the type in Rust.
    pub name: &'static str,
    /// Where it is.
    pub module: &'static str,
    /// The crate that it is made of, if that is not the standard library.
    pub dependency: Option<&'static str>,
    /// About how many bytes its values have where pointers have eight.
    pub size: usize,
    /// Whether it is a value together with its spelling.
    pub spelled: bool,
}

impl TextFormat {
    pub const ALL: [Self; 10] = [
        Self::Base64,
        Self::Date,
        Self::DateTime,
        Self::Duration,
        Self::Ip,
        Self::Ipv4,
        Self::Ipv6,
        Self::Secret,
        Self::Time,
        Self::Uuid,
    ];

    /// The names of the types in Rust.
    pub const NAMES: [&'static str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut index = 0;
        while index < names.len() {
            names[index] = Self::ALL[index].about().name;
            index += 1;
        }
        names
    };

    /// The one place for what is known of the types.
    pub const fn about(self) -> TextType {
        match self {
            Self::Base64 => TextType {
                formats: &["byte", "base64", "base64url"],
                name: "Base64",
                module: "crate::runtime::base64",
                dependency: Some("base64"),
                size: 24,
                spelled: false,
            },
            Self::Date => TextType {
                formats: &["date"],
                name: "Date",
                module: "crate::runtime::date",
                dependency: Some("jiff"),
                size: 32,
                spelled: true,
            },
            Self::DateTime => TextType {
                formats: &["date-time"],
                name: "DateTime",
                module: "crate::runtime::date_time",
                dependency: Some("jiff"),
                size: 40,
                spelled: true,
            },
            Self::Duration => TextType {
                formats: &["duration"],
                name: "Duration",
                module: "crate::runtime::duration",
                dependency: Some("jiff"),
                size: 80,
                spelled: true,
            },
            Self::Ip => TextType {
                formats: &["ip"],
                name: "IpAddr",
                module: "crate::runtime::ip",
                dependency: None,
                size: 40,
                spelled: true,
            },
            Self::Ipv4 => TextType {
                formats: &["ipv4"],
                name: "Ipv4Addr",
                module: "crate::runtime::ip",
                dependency: None,
                size: 24,
                spelled: true,
            },
            Self::Ipv6 => TextType {
                formats: &["ipv6"],
                name: "Ipv6Addr",
                module: "crate::runtime::ip",
                dependency: None,
                size: 32,
                spelled: true,
            },
            Self::Secret => TextType {
                formats: &["password"],
                name: "Secret",
                module: "crate::runtime::password",
                dependency: Some("secrecy"),
                size: 16,
                spelled: false,
            },
            Self::Time => TextType {
                formats: &["time"],
                name: "Time",
                module: "crate::runtime::time",
                dependency: Some("jiff"),
                size: 32,
                spelled: true,
            },
            Self::Uuid => TextType {
                formats: &["uuid"],
                name: "Uuid",
                module: "crate::runtime::uuid",
                dependency: Some("uuid"),
                size: 32,
                spelled: true,
            },
        }
    }

    /// The one that descriptions call so.
    pub fn of(format: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.about().formats.contains(&format))
    }

    /// The one whose type has a name in Rust.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.about().name == name)
    }
}

/// Some of the formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TextFormats([bool; TextFormat::ALL.len()]);

impl TextFormats {
    pub fn add(&mut self, format: TextFormat) {
        for (is_in, other) in self.0.iter_mut().zip(TextFormat::ALL) {
            *is_in |= other == format;
        }
    }

    pub fn iter(self) -> impl Iterator<Item = TextFormat> {
        TextFormat::ALL.into_iter().zip(self.0).filter_map(|(format, is_in)| is_in.then_some(format))
    }

    /// Whether any of these is among them.
    pub fn has_any(self, formats: &[TextFormat]) -> bool {
        self.iter().any(|format| formats.contains(&format))
    }

    /// Whether any of them is made of a crate.
    pub fn need(self, dependency: &str) -> bool {
        self.iter().any(|format| format.about().dependency == Some(dependency))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_listed_once_and_found_by_its_names() {
        for format in TextFormat::ALL {
            let mut set = TextFormats::default();
            set.add(format);
            assert_eq!(set.iter().collect::<Vec<_>>(), [format]);
            assert_eq!(TextFormat::named(format.about().name), Some(format));
            for name in format.about().formats {
                assert_eq!(TextFormat::of(name), Some(format), "for {name}");
            }
        }
    }
}
