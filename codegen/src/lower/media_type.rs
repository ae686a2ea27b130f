//! The names of media types, and how bodies of them are written and read.

/// How a body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Text,
    Bytes,
    /// Items, one after the other, which may never end.
    Items(Sequence),
    Form,
    Multipart,
}

/// How items follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sequence {
    Lines,
    Records,
    Events,
}

/// Whether bodies of a media type are read as JSON: also where it leaves that open, or is none.
pub(crate) fn is_read_as_json(media_type: &str) -> bool {
    MediaName::parse(media_type).is_none_or(|name| name.kind() == Kind::Json)
}

/// Whether it is that of form data.
pub(crate) fn is_form_data(media_type: &str) -> bool {
    MediaName::parse(media_type).is_some_and(|name| name.essence == "multipart/form-data")
}

/// How items follow each other in bodies of a media type, if they are such.
pub(crate) fn sequence(media_type: &str) -> Option<Sequence> {
    MediaName::parse(media_type)?.sequence()
}

/// The name of a media type, such as `application/json; charset=utf-8`.
pub(super) struct MediaName {
    /// As the description has it.
    pub key: String,
    /// Without parameters, in lower case.
    essence: String,
}

impl MediaName {
    /// `None` if it is no media type by RFC 9110, section 8.3.1, or a range of them.
    pub fn parse(key: &str) -> Option<Self> {
        let is_token = |word: &str| {
            !word.is_empty()
                && word.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&sign))
        };
        let essence = key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_plain = key.bytes().all(|sign| (b' '..=b'~').contains(&sign));
        let (main, sub) = essence.split_once('/')?;
        (is_token(main) && is_token(sub) && is_plain).then(|| Self { key: key.to_owned(), essence })
    }

    /// The usual one of a kind, for a name that is none and could not be sent.
    pub fn usual(kind: Kind) -> Self {
        let key = usual(kind).to_owned();
        Self { essence: key.clone(), key }
    }

    /// How the names themselves tell bodies apart.
    pub fn kind(&self) -> Kind {
        let essence = self.essence.as_str();
        match essence {
            "application/json" | "text/json" | "application/*" | "*/*" => Kind::Json,
            "application/x-www-form-urlencoded" => Kind::Form,
            _ if let Some(sequence) = self.sequence() => Kind::Items(sequence),
            "application/xml" => Kind::Text,
            // RFC 6839.
            _ if essence.ends_with("+json") => Kind::Json,
            _ if essence.starts_with("multipart/") => Kind::Multipart,
            _ if essence.starts_with("text/") || essence.ends_with("+xml") => Kind::Text,
            _ => Kind::Bytes,
        }
    }

    /// How items follow each other in bodies of it, if they are such.
    pub fn sequence(&self) -> Option<Sequence> {
        const LINES: [&str; 6] = ["jsonl", "jsonlines", "ndjson", "x-jsonl", "x-jsonlines", "x-ndjson"];
        let essence = self.essence.as_str();
        let is_lines = essence.split_once('/').is_some_and(|(_, sub)| LINES.contains(&sub));
        match essence {
            "text/event-stream" => Some(Sequence::Events),
            _ if is_lines || essence == "application/stream+json" => Some(Sequence::Lines),
            // RFC 7464, and its suffix by RFC 8091.
            _ if essence == "application/json-seq" || essence.ends_with("+json-seq") => Some(Sequence::Records),
            _ => None,
        }
    }

    /// Whether it is the same one, but for parameters.
    pub fn is_like(&self, other: &Self) -> bool {
        self.essence == other.essence
    }

    /// Whether it leaves open what a body is.
    pub fn is_open(&self) -> bool {
        matches!(self.essence.as_str(), "application/*" | "*/*")
    }

    /// Whether it is RFC 8259's own name of JSON.
    pub fn is_plain_json(&self) -> bool {
        self.key.eq_ignore_ascii_case("application/json")
    }

    /// Whether it stands for several media types.
    pub fn is_range(&self) -> bool {
        self.essence.contains('*')
    }

    /// The media type to send: a range itself, where the usual one of the kind is not in it.
    pub fn sent(&self, kind: Kind) -> String {
        let usual = usual(kind);
        let has_usual = match self.essence.split_once('/') {
            Some(("*", "*")) => true,
            Some((main, "*")) => usual.split_once('/').is_some_and(|(usual, _)| usual == main),
            _ => false,
        };
        if self.is_range() && has_usual { usual.to_owned() } else { self.key.clone() }
    }
}

fn usual(kind: Kind) -> &'static str {
    match kind {
        Kind::Json => "application/json",
        Kind::Text => "text/plain",
        Kind::Bytes | Kind::Items(_) | Kind::Form => "application/octet-stream",
        Kind::Multipart => "multipart/form-data",
    }
}

/// Whether a media type is that of forms which are one text.
pub(super) fn is_form(media_type: &str) -> bool {
    MediaName::parse(media_type.trim()).is_some_and(|name| name.kind() == Kind::Form)
}

/// Whether a media type is JSON: RFC 8259's own, or one with the suffix of RFC 6839.
pub(super) fn is_json(media_type: &str) -> bool {
    MediaName::parse(media_type.trim()).is_some_and(|name| name.kind() == Kind::Json && !name.is_open())
}
