//! Formats of strings that have types of their own.

/// A format of strings that has a type of its own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextFormat {
    Date,
    DateTime,
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
    /// The crate that it is made of.
    pub dependency: &'static str,
    /// About how many bytes its values have where pointers have eight.
    pub size: usize,
    /// Whether it is a value together with its spelling.
    pub spelled: bool,
}

impl TextFormat {
    pub const ALL: [Self; 3] = [Self::Date, Self::DateTime, Self::Uuid];

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
            Self::Date => TextType {
                formats: &["date"],
                name: "Date",
                module: "crate::runtime::date",
                dependency: "jiff",
                size: 32,
                spelled: true,
            },
            Self::DateTime => TextType {
                formats: &["date-time"],
                name: "DateTime",
                module: "crate::runtime::date_time",
                dependency: "jiff",
                size: 40,
                spelled: true,
            },
            Self::Uuid => TextType {
                formats: &["uuid"],
                name: "Uuid",
                module: "crate::runtime::uuid",
                dependency: "uuid",
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
        self.iter().any(|format| format.about().dependency == dependency)
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
