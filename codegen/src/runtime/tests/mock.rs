//! What a mock makes of requests, whoever sends them.

use std::time::Duration;

use http::{HeaderMap, Request};
use serde_json::Value;
use tokio::time::Instant;

use crate::runtime::body::Body;
use crate::runtime::mock::Mock;
use crate::runtime::transport::Transport as _;
use crate::{Options, Source, mocked};

/// A mock of the paths of a description, with what else it has.
fn mock(paths: &str) -> Mock {
    let text = format!("openapi: 3.2.0\ninfo: {{ title: Cats, version: '1' }}\n{paths}");
    let source = Source::new("cats.yaml", text);
    let mocked = mocked(&source, &Options::default()).expect("a description");
    assert!(mocked.warnings().is_empty(), "{}", mocked.warnings());
    Mock::of(mocked.table())
}

/// What a mock answers.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    /// What is wrong with the request.
    fn faults(&self) -> Vec<String> {
        assert_eq!(self.header(Mock::HEADER), "refused", "{self:?}");
        let body: Value = serde_json::from_str(&self.body).expect("JSON");
        let faults = body["faults"].as_array().expect("faults").iter();
        faults.map(|fault| fault.as_str().expect("a sentence").to_owned()).collect()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

/// What comes of `GET /cats?limit=1` with lines of headers behind it, an empty line, and a body.
async fn ask(mock: &Mock, request: &str) -> Answer {
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next().and_then(|line| line.split_once(' ')).expect("a request line");
    let mut builder = Request::builder().method(method).uri(target);
    for (name, value) in lines.map(|line| line.split_once(": ").expect("a header")) {
        builder = builder.header(name, value);
    }
    let answer = mock.send(builder.body(Body::from(body.to_owned())).expect("a request")).await.expect("an answer");
    let (head, body) = answer.into_parts();
    let body = body.collect(1 << 20).await.expect("a body");
    Answer {
        status: head.status.as_u16(),
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).expect("UTF-8"),
    }
}

/// Holds the answers to requests to their statuses, and those that are refused to what is wrong.
async fn hold(mock: &Mock, requests: &[(&str, u16, &[&str])]) {
    for (request, status, faults) in requests {
        let answer = ask(mock, request).await;
        assert_eq!(answer.status, *status, "{request}: {answer:?}");
        if !faults.is_empty() {
            assert_eq!(answer.faults(), *faults, "{request}");
        }
    }
}

/// An operation of a path that takes parameters, in the flow style of YAML.
fn taking(path: &str, parameters: &str) -> Mock {
    mock(&format!(
        "paths:\n  {path}:\n    get:\n      operationId: find\n      parameters: [{parameters}]\n      responses: {{ '204': {{ description: Done. }} }}\n"
    ))
}

#[tokio::test]
async fn a_path_leads_to_the_operation_that_says_most_of_it() {
    let mock = mock(
        "
servers: [{ url: 'https://cats.example/{version}/api', variables: { version: { default: v1 } } }]
paths:
  /cats/{id}: { get: { operationId: one, responses: { '200': { description: '' } } } }
  /cats/best: { get: { operationId: best, responses: { '200': { description: '' } } } }
  /cats/{id}.json: { get: { operationId: json, responses: { '200': { description: '' } } } }
  /cats/{id}/toys/{toy}:act: { post: { operationId: act, responses: { '200': { description: '' } } } }
  /a b: { get: { operationId: blank, responses: { '200': { description: '' } } } }
  /do?what=sit: { post: { operationId: sit, responses: { '200': { description: '' } } } }
  /do?what=run: { post: { operationId: run, responses: { '200': { description: '' } } } }
",
    );
    for (request, operation) in [
        ("GET /cats/1", Some("one")),
        ("GET /v7/api/cats/1", Some("one")),
        ("GET /cats/best", Some("best")),
        ("GET /cats/1.json", Some("json")),
        ("POST /cats/1/toys/a%2Fb:act", Some("act")),
        ("GET /a%20b", Some("blank")),
        ("POST /do?what=run&fast=1", Some("run")),
        ("POST /do?what=sit", Some("sit")),
        ("GET /cats/", None),
        ("GET /cats", None),
        ("GET /", None),
        ("GET /cats/1/toys/2", None),
    ] {
        let answer = ask(&mock, request).await;
        assert_eq!(answer.status, if operation.is_some() { 200 } else { 404 }, "{request}: {answer:?}");
        assert_eq!(mock.requests().last().expect("a request").operation(), operation, "{request}");
    }
    let answer = ask(&mock, "DELETE /cats/1").await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET"));
    assert_eq!(answer.faults(), ["the API description has no DELETE of `/cats/1`, but GET"]);
    assert_eq!(ask(&mock, "GET /dog").await.faults(), ["the API description has no path like `/dog`"]);
}

#[tokio::test]
async fn parameters_are_what_their_schemas_say_in_any_style() {
    let find = taking(
        "/{a}/{b}/{c}",
        "{ name: a, in: path, required: true, schema: { type: integer } },
         { name: b, in: path, required: true, style: label, explode: true, schema: { type: array, items: { type: integer } } },
         { name: c, in: path, required: true, style: matrix, schema: { type: array, items: { type: boolean } } }",
    );
    hold(
        &find,
        &[
            ("GET /1/.1.2/;c=true,false", 204, &[]),
            ("GET /1/.1/;c=true", 204, &[]),
            ("GET /x/.1.2/;c=true", 400, &["the path parameter `a` is a string, not an integer"]),
            ("GET /1/.1.x/;c=true", 400, &["the path parameter `b` at `/1` is a string, not an integer"]),
            ("GET /1/.1/;c=yes", 400, &["the path parameter `c` at `/0` is a string, not a boolean"]),
        ],
    )
    .await;
    let find = taking(
        "/cats",
        "{ name: q, in: query, required: true, schema: { type: string, minLength: 2 } },
         { name: n, in: query, schema: { type: [integer, string], maximum: 9 } },
         { name: many, in: query, schema: { type: array, maxItems: 2, items: { type: integer } } },
         { name: few, in: query, explode: false, schema: { type: array, items: { enum: [a, b] } } },
         { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } },
         { name: deep, in: query, style: deepObject, schema: { type: object, properties: { age: { type: integer } } } },
         { name: json, in: query, content: { application/json: { schema: { type: object, required: [x] } } } },
         { name: X-Ids, in: header, schema: { type: array, items: { type: integer } } },
         { name: Accept, in: header, required: true, schema: { type: integer } },
         { name: tab, in: cookie, schema: { type: integer } }",
    );
    hold(
        &find,
        &[
            ("GET /cats?q=to", 204, &[]),
            ("GET /cats?q=%C3%B6%C3%B6&n=3", 204, &[]),
            ("GET /cats?q=t+&n=text&many=1&many=2&few=a,b&piped=1%7C2&deep%5Bage%5D=3&json=%7B%22x%22:1%7D", 204, &[]),
            ("GET /cats?q=to&deep[age][le]=3&unknown=1\nX-Ids: 1, 2\nCookie: tab=1; other=x", 204, &[]),
            ("GET /cats", 400, &["the query parameter `q` is missing, which `find` requires"]),
            (
                "GET /cats?q=to&many=1&many=x&few=c\nX-Ids: 1,x\nCookie: tab=x",
                400,
                &[
                    "the query parameter `many` at `/1` is a string, not an integer",
                    "the query parameter `few` at `/0` is not one of the values that are listed",
                    "the header parameter `X-Ids` at `/1` is a string, not an integer",
                    "the cookie `tab` is a string, not an integer",
                ],
            ),
            ("GET /cats?q=to&deep[age]=x", 400, &["the query parameter `deep` at `/age` is a string, not an integer"]),
            ("GET /cats?q=to&json={}", 400, &["the query parameter `json` lacks `x`, which is required"]),
        ],
    )
    .await;
    let answer = ask(&find, "GET /cats?q=to&json=x").await;
    assert!(answer.faults()[0].starts_with("the query parameter `json` is not JSON: "), "{answer:?}");
}

const BODIES: &str = "
paths:
  /cats:
    post:
      operationId: add
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [name], properties: { name: { type: string }, id: { type: integer, readOnly: true } } }
          application/x-www-form-urlencoded:
            schema: { type: object, required: [name, tags], properties: { name: { type: string }, age: { type: integer }, tags: { type: array } } }
          multipart/form-data:
            schema: { type: object, required: [name, photo], properties: { name: { type: string }, photo: { type: string } } }
          image/*: {}
      responses: { '204': { description: Done. } }
";

#[tokio::test]
async fn a_body_is_there_and_is_what_its_schema_says() {
    let requests: &[(&str, u16, &[&str])] = &[
        ("POST /cats\nContent-Type: application/json\n\n{\"name\": \"Tom\"}", 204, &[]),
        ("POST /cats\nContent-Type: application/json; charset=utf-8\n\n\u{feff}{\"name\": \"Tom\"}", 204, &[]),
        ("POST /cats\nContent-Type: image/png\n\nbytes", 204, &[]),
        ("POST /cats\nContent-Type: application/x-www-form-urlencoded\n\nname=Tom&age=3&tags[0]=a", 204, &[]),
        ("POST /cats\n", 400, &["the body is missing, which `add` requires"]),
        ("POST /cats\nContent-Type: application/json\n\n{}", 400, &["the body lacks `name`, which is required"]),
        (
            "POST /cats\nContent-Type: application/json\n\n{\"name\": 1}",
            400,
            &["the body at `/name` is a number, not a string"],
        ),
        (
            "POST /cats\nContent-Type: application/x-www-form-urlencoded\n\nname=Tom&age=old",
            400,
            &["the member `age` of the body is a string, not an integer"],
        ),
        (
            "POST /cats\nContent-Type: multipart/form-data; boundary=X\n\n--X\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nTom\r\n--X--\r\n",
            400,
            &["the body has no `photo`, which is required"],
        ),
        (
            "POST /cats\nContent-Type: text/plain\n\nTom",
            415,
            &[
                "the body is `text/plain`: `add` takes `application/json`, `application/x-www-form-urlencoded`, `multipart/form-data`, `image/*`",
            ],
        ),
    ];
    hold(&mock(BODIES), requests).await;
    let answer = ask(&mock(BODIES), "POST /cats\nContent-Type: application/json\n\n{").await;
    assert!(answer.faults()[0].starts_with("the body is not JSON: EOF"), "{answer:?}");
    let answer = ask(&mock(BODIES), "POST /cats\n\n{}").await;
    assert!(answer.status == 415 && answer.faults()[0].starts_with("the body has no `Content-Type`"), "{answer:?}");
}

#[tokio::test]
async fn all_credentials_of_one_alternative_are_needed() {
    let mock = mock(
        "
paths:
  /cats:
    get:
      operationId: list
      security: [{ key: [], basic: [] }, { cookie: [] }]
      responses: { '204': { description: Done. } }
  /free: { get: { security: [], responses: { '204': { description: Done. } } } }
  /maybe: { get: { security: [{}, { key: [] }], responses: { '204': { description: Done. } } } }
  /card: { get: { security: [{ card: [] }], responses: { '204': { description: Done. } } } }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    basic: { type: http, scheme: Basic }
    cookie: { type: apiKey, in: cookie, name: session }
    card: { type: mutualTLS }
",
    );
    let fault = "there is no credential: `list` takes `key` (the header `X-Key`) together with `basic` (`Basic …` in the \
                 header `Authorization`), or `cookie` (the cookie `session`)";
    hold(
        &mock,
        &[
            ("GET /cats\nX-Key: 1\nAuthorization: basic YTpi", 204, &[]),
            ("GET /cats\nCookie: a=b; session=1", 204, &[]),
            ("GET /free", 204, &[]),
            ("GET /maybe", 204, &[]),
            ("GET /card", 204, &[]),
            ("GET /cats\nX-Key: 1", 401, &[fault]),
            ("GET /cats\nX-Key: 1\nAuthorization: Bearer x", 401, &[fault]),
        ],
    )
    .await;
    ask(&mock, "GET /cats?a=canary\nX-Key: canary\nAuthorization: Basic canary\nCookie: session=canary\n\ncanary")
        .await;
    let asked = mock.requests().pop().expect("a request");
    assert_eq!((asked.method().as_str(), asked.body().as_ref()), ("GET", b"canary".as_slice()));
    assert_eq!(asked.headers()["x-key"], "canary");
    let shown = format!("{asked:?} {:?}", asked.headers());
    assert!(shown.starts_with("GET /cats {") && !shown.contains("canary"), "{shown}");
}

const ANSWERS: &str = "
paths:
  /cats:
    get:
      responses:
        default: { description: Wrong., content: { application/problem+json: { schema: { type: object } } } }
        2XX:
          description: Cats.
          headers:
            ETag: { schema: { type: string }, example: '\"1\"' }
            X-List: { schema: { type: array, items: { type: integer } }, example: [1, 2] }
            X-Line: { schema: { type: string }, example: \"a\\r\\nb: c\" }
            Content-Encoding: { schema: { type: string }, example: gzip }
            Content-Type: { schema: { type: string }, example: wrong }
          content:
            application/json: { example: { exact: 1.10, text: ' a \" b ' } }
            text/csv: { examples: { one: { value: \"a,b\\n\" } } }
            application/xml: { example: <cats/> }
            image/*: { schema: {} }
            application/jsonl: { itemSchema: { type: integer } }
            text/event-stream: { itemSchema: { type: object, properties: { data: { type: string } } } }
    head: { responses: { '200': { description: Cats., content: { application/json: { example: [1] } } } } }
";

#[tokio::test]
async fn the_answer_is_what_the_request_accepts() {
    let mock = mock(ANSWERS);
    for (accept, status, media_type, body) in [
        ("", 200, "application/json", "{\"exact\":1.10,\"text\":\" a \\\" b \"}"),
        ("\nAccept: */*", 200, "application/json", "{\"exact\":1.10,\"text\":\" a \\\" b \"}"),
        ("\nAccept: application/json;q=0.1, text/*;q=0.9", 200, "text/csv", "a,b\n"),
        ("\nAccept: application/xml", 200, "application/xml", "<cats/>"),
        ("\nAccept: image/webp", 200, "image/png", "example"),
        ("\nAccept: application/jsonl", 200, "application/jsonl", "1\n"),
        ("\nAccept: text/event-stream", 200, "text/event-stream", "data: text\n\n"),
        ("\nPrefer: code=503", 503, "application/problem+json", "{}"),
        ("\nPrefer: code=204", 204, "application/json", ""),
        ("\nPrefer: respond-async, example=one", 200, "text/csv", "a,b\n"),
    ] {
        let answer = ask(&mock, &format!("GET /cats{accept}")).await;
        let found = (answer.status, answer.header("content-type"), answer.body.as_str());
        assert_eq!(found, (status, media_type, body), "{accept}");
    }
    let answer = ask(&mock, "GET /cats\nAccept: application/pdf").await;
    assert_eq!(answer.status, 406);
    assert!(answer.faults()[0].starts_with("the header `Accept` has none of the media types of the answer: "));
    let answer = ask(&mock, "GET /cats").await;
    assert_eq!((answer.header("etag"), answer.header("x-list"), answer.header("x-line")), ("\"1\"", "1,2", ""));
    assert_eq!(answer.header("content-encoding"), "");
    let answer = ask(&mock, "HEAD /cats").await;
    assert_eq!((answer.status, answer.body.as_str(), answer.header(Mock::HEADER)), (200, "", "documented"));
}

#[tokio::test(start_paused = true)]
async fn rules_hold_in_their_order() {
    let mock = mock(ANSWERS);
    mock.on("GET /cats").status(500).body("text/plain", "down");
    mock.on("GET /cats").times(2).example("one");
    mock.on("GET /cats").once().after(Duration::from_secs(3600)).status(299);
    mock.on("HEAD /cats").broken();
    let mut statuses = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let answer = ask(&mock, "GET /cats").await;
        statuses.push((answer.status, answer.header(Mock::HEADER).to_owned(), start.elapsed().as_secs()));
        // A request that is refused is none of the calls that they are about.
        assert_eq!(ask(&mock, "PUT /cats").await.status, 405);
    }
    let told = |count: usize| vec![(500, "told".to_owned(), 0); count];
    let example = (200, "documented; example=one".to_owned(), 0);
    let made = (299, "documented".to_owned(), 3600);
    assert_eq!(statuses, [vec![example.clone(), example, made], told(2)].concat());
    mock.on("GET /cats").status(418);
    assert_eq!(ask(&mock, "GET /cats").await.status, 418);
    let request = Request::builder().method("HEAD").uri("/cats").body(Body::empty()).expect("a request");
    let error = mock.send(request).await.expect_err("no answer");
    assert_eq!(error.to_string(), "the connection broke off: the mock was told to break the connection");
    assert_eq!(format!("{mock:?} {:?}", mock.on("GET /cats")), "Mock(2 operations, 12 requests) On(GET /cats)");
    assert_eq!(mock.operations().collect::<Vec<_>>(), ["GET /cats", "HEAD /cats"]);
    assert_eq!(Mock::server().to_string(), "https://mock.invalid");
}

#[tokio::test]
async fn a_header_that_it_is_told_stands_in_place_of_the_documented_one() {
    let mock = taking("/cats", "");
    mock.on("GET /cats").header("Link", "<https://mock.invalid/cats?page=2>; rel=\"next\"").header("X-A", "1");
    mock.on("GET /cats").once().header("x-a", "2");
    for (value, link) in [("2", false), ("1", true)] {
        let request = Request::builder().uri("/cats").body(Body::empty()).expect("a request");
        let answer = mock.send(request).await.expect("an answer");
        assert_eq!(
            (&answer.headers()["x-a"], answer.headers().contains_key("link")),
            (&http::HeaderValue::from_static(value), link)
        );
    }
}

#[tokio::test]
#[should_panic(expected = "\"a b\": \"c\" is no header of HTTP")]
async fn a_header_that_is_none_is_said() {
    taking("/cats", "").on("GET /cats").header("a b", "c");
}

#[tokio::test]
async fn a_table_that_is_none_is_said() {
    let answer = ask(&Mock::of("{ \"operations\": ["), "GET /cats").await;
    assert_eq!(answer.status, 500);
    assert!(answer.faults()[0].starts_with("the table of the mock cannot be read: "), "{answer:?}");
}

#[tokio::test]
async fn no_more_than_a_thousand_requests_are_remembered() {
    let mock = taking("/cats", "");
    for number in 0..1002 {
        ask(&mock, &format!("GET /cats?{number}")).await;
    }
    let asked = mock.requests();
    assert_eq!((asked.len(), asked[0].query()), (1000, Some("2")));
}
