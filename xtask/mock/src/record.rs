//! What was asked and answered, as a file of HAR 1.2.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use codegen::Shown;
use http::{HeaderMap, Request, Response};
use serde_json::{Value, json};

/// What stands behind the entries.
const END: &str = "\n]}}\n";

/// The headers that hold credentials, which are left out.
const SECRETS: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "set-cookie"];

/// A file that is whole after each entry.
pub struct Record {
    /// The file, and whether it has entries.
    file: Mutex<(File, bool)>,
}

impl Record {
    /// Begins a file; one that is there already is left alone.
    pub fn create(path: &Path) -> Result<Self, String> {
        let unwritten = |error| format!("error: {} cannot be written: {error}", Shown::from(path));
        let mut file = File::create_new(path).map_err(unwritten)?;
        let creator = json!({ "name": "cargo xtask mock", "version": env!("CARGO_PKG_VERSION") });
        let start = format!("{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"entries\":[{END}");
        file.write_all(start.as_bytes()).map_err(unwritten)?;
        Ok(Self { file: Mutex::new((file, false)) })
    }

    /// Adds a request, and its answer if there is one.
    pub fn add(
        &self,
        address: &str,
        request: &Request<bytes::Bytes>,
        answer: Option<&Response<bytes::Bytes>>,
    ) -> io::Result<()> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let mut asked = json!({
            "method": request.method().as_str(),
            "url": format!("http://{address}{path}"),
            "httpVersion": "HTTP/1.1",
            "headers": headers(request.headers()),
        });
        if !request.body().is_empty() {
            asked["postData"] = content(request.headers(), request.body());
        }
        let answered = match answer {
            Some(answer) => json!({
                "status": answer.status().as_u16(),
                "statusText": answer.status().canonical_reason().unwrap_or_default(),
                "httpVersion": "HTTP/1.1",
                "headers": headers(answer.headers()),
                "content": content(answer.headers(), answer.body()),
            }),
            None => json!({ "status": 0, "headers": [], "content": { "size": 0, "mimeType": "x-unknown" } }),
        };
        let entry = json!({ "request": asked, "response": answered });
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, has_entries) = &mut *file;
        let between = if std::mem::replace(has_entries, true) { ",\n" } else { "\n" };
        file.seek(SeekFrom::End(-i64::try_from(END.len()).unwrap_or_default()))?;
        file.write_all(format!("{between}{entry}{END}").as_bytes())
    }
}

fn headers(headers: &HeaderMap) -> Value {
    let told = headers.iter().filter(|(name, _)| !SECRETS.contains(&name.as_str()));
    let pair = |(name, value): (&http::HeaderName, &http::HeaderValue)| json!({ "name": name.as_str(), "value": String::from_utf8_lossy(value.as_bytes()) });
    told.map(pair).collect()
}

fn content(headers: &HeaderMap, body: &[u8]) -> Value {
    let media_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mut content = json!({ "size": body.len(), "mimeType": media_type.unwrap_or("x-unknown") });
    match std::str::from_utf8(body) {
        Ok(text) => content["text"] = text.into(),
        Err(_) => {
            content["text"] = STANDARD.encode(body).into();
            content["encoding"] = "base64".into();
        }
    }
    content
}
