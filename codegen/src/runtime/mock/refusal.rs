//! What is wrong with a request, as an answer.

use http::header::{ALLOW, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, StatusCode, Uri};
use serde_json::json;

use super::super::body::{Body, BodyError};
use super::Mock;
use super::table::Table;

/// Why a request is not answered with what is documented.
pub struct Refusal {
    status: StatusCode,
    /// Sentences without a full stop.
    faults: Vec<String>,
    /// The methods that there are.
    allow: Option<String>,
}

impl Refusal {
    pub fn new(status: StatusCode, faults: Vec<String>) -> Self {
        Self { status, faults, allow: None }
    }

    pub fn no_table(fault: &str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, vec![format!("the table of the mock cannot be read: {fault}")])
    }

    pub fn too_large(error: &BodyError) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, vec![format!("the body of the request cannot be read: {error}")])
    }

    pub fn no_path(table: &Table, uri: &Uri) -> Self {
        let near = table.near(uri.path());
        let fault = format!("the API description has no path like `{}`{near}", uri.path());
        Self::new(StatusCode::NOT_FOUND, vec![fault])
    }

    pub fn no_method(methods: &[Method], method: &Method, uri: &Uri) -> Self {
        let mut methods: Vec<_> = methods.iter().map(Method::as_str).collect();
        methods.sort_unstable();
        methods.dedup();
        let allow = methods.join(", ");
        let fault = format!("the API description has no {method} of `{}`, but {allow}", uri.path());
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, vec![fault]) }
    }

    /// The answer to a request of that method.
    pub fn response(self, method: &Method) -> http::Response<Body> {
        let detail = self.faults.join("; ");
        let body = json!({
            "title": "the API description does not allow this request",
            "detail": detail,
            "faults": self.faults,
        });
        let is_head = *method == Method::HEAD;
        let body = if is_head { Body::empty() } else { Body::from(body.to_string()) };
        let mut response = http::Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(Mock::HEADER, HeaderValue::from_static("refused"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(Ok(allow)) = self.allow.map(HeaderValue::try_from) {
            headers.insert(ALLOW, allow);
        }
        response
    }
}
