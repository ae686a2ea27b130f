//! What goes over the wire when a documented body is sent.

use serde::de::DeserializeOwned;

use super::client::{Call, Client, JsonValue, Mock, Operation};
use super::{difference, json};

/// A documented body, and a client to send it with.
pub struct Sending {
    pub client: Client,
    mock: Mock,
    example: &'static str,
    documented: &'static str,
}

impl Sending {
    /// The example of this title and place, which is this JSON.
    pub fn of(example: &'static str, documented: &'static str) -> Self {
        let (client, mock) = Client::mock().expect("a client");
        Self { client, mock, example, documented }
    }

    /// The body as a value to send.
    pub fn body<T: DeserializeOwned>(&self) -> T {
        let body = serde_json::from_str(self.documented);
        body.unwrap_or_else(|error| panic!("{}\ncannot be read: {error}", self.example))
    }

    /// A member of the body.
    pub fn member<T: DeserializeOwned>(&self, name: &str) -> T {
        let body: JsonValue = json(self.documented);
        let member = serde_json::to_string(body.get(name).expect("the example has it")).expect("JSON");
        serde_json::from_str(&member)
            .unwrap_or_else(|error| panic!("{}\n`{name}` cannot be read: {error}", self.example))
    }

    /// What a call sends.
    pub async fn sent<O: Operation>(&self, call: Call<'_, O>) -> Sent {
        // Whatever the answer is.
        let outcome = call.send().await.err().map(|error| error.to_string());
        let Some(asked) = self.mock.requests().pop() else {
            panic!("{}\nis not sent: {}", self.example, outcome.unwrap_or_default())
        };
        let content_type = asked.headers().get("content-type").and_then(|value| value.to_str().ok());
        Sent {
            example: self.example,
            content_type: content_type.unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(asked.body()).into_owned(),
        }
    }
}

/// A value for what a call takes beside its body.
pub fn argument<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("a value")
}

/// A body as it was sent.
pub struct Sent {
    example: &'static str,
    content_type: String,
    body: String,
}

impl Sent {
    /// Whether it is this text.
    #[track_caller]
    pub fn is_text(&self, media_type: &str, text: &str) {
        self.is("the media type", media_type, &self.content_type);
        self.is("the text", text, &self.body);
    }

    /// Whether it is a form of these pairs. Those of different names may stand in any order.
    #[track_caller]
    pub fn is_form(&self, media_type: &str, pairs: &[(&str, &str)]) {
        self.is("the media type", media_type, &self.content_type);
        let is_encoded = self.body.is_ascii() && !self.body.contains(' ');
        assert!(is_encoded, "{}\nis not sent as documented: not all of it is encoded: {:?}", self.example, self.body);
        let sent = self.body.split('&').filter(|pair| !pair.is_empty());
        let sent = sent.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let mut sent: Vec<_> = sent.map(|(name, value)| (decoded(name), decoded(value))).collect();
        let mut expected: Vec<_> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        sent.sort_by(|one, other| one.0.cmp(&other.0));
        expected.sort_by(|one, other| one.0.cmp(&other.0));
        self.is("the pairs", &expected, &sent);
    }

    /// Whether it has these parts, each by its name, its media type and what is in it. Those of different names may
    /// stand in any order.
    #[track_caller]
    pub fn has_parts(&self, media_type: &str, parts: &[(&str, &str, &str)]) {
        let (essence, boundary) = self.content_type.split_once("; boundary=").unwrap_or_default();
        self.is("the media type", media_type, essence);
        let mut pieces: Vec<_> = self.body.split(&format!("--{}", boundary.trim_matches('"'))).collect();
        self.is("the end", Some("--\r\n"), pieces.pop());
        let mut sent: Vec<_> = pieces.iter().skip(1).map(|piece| self.part(piece)).collect();
        let mut expected = parts.to_vec();
        sent.sort_by(|one, other| one.0.cmp(&other.0));
        expected.sort_by(|one, other| one.0.cmp(other.0));
        let heads = |name: &str, media_type: &str| (name.to_owned(), media_type.to_owned());
        let documented: Vec<_> = expected.iter().map(|(name, media_type, _)| heads(name, media_type)).collect();
        let heads: Vec<_> = sent.iter().map(|(name, media_type, _)| heads(name, media_type)).collect();
        self.is("the parts", &documented, &heads);
        for ((name, media_type, documented), (.., text)) in expected.iter().zip(&sent) {
            if media_type.contains("json") {
                let differences = difference::differences(&json(documented), &json(text)).join("\n");
                assert!(differences.is_empty(), "{}\nis not sent as documented: {name}:\n{differences}", self.example);
            } else {
                self.is(name, documented, text);
            }
        }
    }

    /// The name of a part, its media type, and what is in it.
    fn part<'s>(&self, piece: &'s str) -> (String, String, &'s str) {
        let piece = piece.strip_prefix("\r\n").and_then(|piece| piece.strip_suffix("\r\n"));
        let Some((head, text)) = piece.and_then(|piece| piece.split_once("\r\n\r\n")) else {
            panic!("{}\nis not sent as documented: there is a part without a head", self.example)
        };
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
        let disposition = header("Content-Disposition: form-data; name=\"").unwrap_or_default();
        let name = disposition.split('"').next().unwrap_or_default();
        let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
        // What a part is that does not say it (RFC 7578, section 4.4).
        (name, header("Content-Type: ").unwrap_or("text/plain").to_owned(), text)
    }

    #[track_caller]
    fn is<T: PartialEq<U> + std::fmt::Debug, U: std::fmt::Debug>(&self, what: &str, documented: T, sent: U) {
        let example = self.example;
        assert!(
            documented == sent,
            "{example}\nis not sent as documented: {what}:\ndocumented {documented:?}, sent {sent:?}"
        );
    }
}

/// A name or a value of a form, as it was before it was encoded.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut pieces = text.split('%');
    let plain = |piece: &str| piece.replace('+', " ").into_bytes();
    bytes.extend(plain(pieces.next().unwrap_or_default()));
    for piece in pieces {
        let (digits, rest) = piece.split_at_checked(2).expect("two digits behind each `%`");
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits behind each `%`"));
        bytes.extend(plain(rest));
    }
    String::from_utf8(bytes).expect("UTF-8")
}
