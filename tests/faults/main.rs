//! Everything that goes wrong between a program and the API, and what the caller gets then: a row of the
//! table is a test of that name. The client signs in with a refresh token, and calls servers on this
//! machine over real sockets.
//!
//! Of every row, [`scene`] checks that it ends, that the ids of the call are there, and that nothing that
//! can be printed (values, errors and their causes, the client, the log) shows a secret. The row itself
//! states the kind of the error, the status, whether it makes sense to try again, the attempts, the
//! requests that each server saw, and the sentence, word by word.
//!
//! "4×" means that the call was tried four times, as often as it is by default. What may not be repeated
//! needs another method than this API has; `runtime/tests/http_once.rs` of the generator has those rows.
//!
//! | row | the caller gets |
//! |---|---|
//! | **connections** | |
//! | `connection_refused` | `Transport(Connect)`, 4× |
//! | `connected_and_silent` | `Transport(Timeout)`, again until the attempts are used up |
//! | `reset_before_the_request` | `Transport(Other)`, 4× |
//! | `reset_before_the_head` | `Transport(Other)`, 4× |
//! | `reset_during_the_head` | `Transport(Other)`, 4× |
//! | `reset_after_the_head` | `Transport(Other)` with the status, 4× |
//! | `closed_before_the_head` | `Transport(Other)`, 4× |
//! | `closed_during_the_head` | `Transport(Other)`, 4× |
//! | `half_a_body_then_closed` | `Transport(Other)` with status and half a body, 4× |
//! | `half_a_body_then_reset` | `Transport(Other)` with status and half a body, 4× |
//! | `half_a_refusal_then_closed` | `Transport(Other)` with status and half a body; the server has said no, so once |
//! | `reset_once_then_an_answer` | the value, with the second attempt |
//! | `closed_while_idle` | the value, each time |
//! | `announced_to_close_and_left_open` | the value, each time; the client closes its connections itself |
//! | **TLS** | |
//! | `a_certificate_that_is_right` | the value: the authority is one that this machine knows |
//! | `a_certificate_of_another_host` | `Transport(Tls)`, once; the API sees no request, so no token |
//! | `a_certificate_of_another_time` | the same: it has expired, or is not valid yet |
//! | `a_certificate_of_nobody` | the same: nobody knows who signed it |
//! | `a_token_service_that_nobody_vouches_for` | `Token(Transport)`, asked once; it sees no request, so no secret |
//! | `no_tls_where_it_should_be` | `Transport(Tls)`, once: plain HTTP, alerts, floods |
//! | `a_handshake_that_breaks_off` | `Transport(Connect)`, again until the attempts are used up |
//! | `a_handshake_that_never_ends` | `Transport(Timeout)` or `Transport(Connect)`, by the limit that ends first |
//! | `a_goodbye_that_is_not_said` | `Transport(Other)` with what came, 4×, unless it was all of it |
//! | **proxies** | |
//! | `through_a_proxy` | the value; the proxy sees where it goes, and its own password |
//! | `past_a_proxy` | the value; the proxy of `NO_PROXY` sees no connection |
//! | `plain_http_past_a_proxy` | the value; no proxy sees a connection |
//! | `a_proxy_that_refuses` | `Transport(Connect)`, which names the proxy, 4× |
//! | `a_proxy_that_is_not_there` | the same |
//! | `a_proxy_that_is_slow` | `Transport(Timeout)`, again until the attempts are used up |
//! | `a_proxy_that_looks_into_tls` | `Transport(Tls)`, once; what is behind it sees no token |
//! | **heads** | |
//! | `slow_head` | `Transport(Timeout)`, again until the attempts are used up |
//! | `slow_head_once_then_an_answer` | the value, with the second attempt |
//! | `garbage_status_line` | `Transport(Protocol)`, once |
//! | `never_ending_head` | `Transport(Protocol)`, once; the connection is given up |
//! | `a_head_that_is_too_large` | `Transport(Protocol)`, once: beyond 400 KiB, or 99 headers; the value below that |
//! | `a_head_that_drips` | `Transport(Timeout)`, again until the attempts are used up |
//! | `informational_answers_first` | the value: 100 and 103 are skipped |
//! | `informational_answers_without_end` | `Transport(Timeout)`, again until the attempts are used up |
//! | `an_informational_answer_alone` | `Transport(Timeout)` or `Transport(Other)`, again until the attempts are used up |
//! | `another_protocol` | `Unexpected`: 101 is not in the description; the connection is closed |
//! | `a_status_that_nobody_knows` | `Unexpected`, which names it |
//! | `two_answers_to_one_request` | the value, each time; the second answer is nobody's |
//! | `redirect_to_the_same_origin` | `Unexpected`, which says where it leads; it is not followed |
//! | `redirect_to_another_origin` | the same; the other origin sees no connection, so no token |
//! | **bodies** | |
//! | `slow_body` | `Transport(Timeout)` with what came, again until the attempts are used up |
//! | `a_body_that_drips` | `Transport(Timeout)` with what came, again until the attempts are used up |
//! | `a_body_that_drips_for_as_long_as_the_call_may_take` | `Transport(Timeout)` with what came, once |
//! | `a_length_that_is_too_long` | `Transport(Other)` with what came, 4× |
//! | `a_length_that_is_too_short` | `Unexpected`: JSON that is cut off, and where |
//! | `chunks_that_are_none` | `Transport(Other)` with the status, 4× |
//! | `chunks_with_more_around_them_than_in_them` | `Transport(Other)` with the status, 4×; the connection is given up |
//! | `a_chunk_size_without_end` | `Transport(Timeout)`, again until the attempts are used up |
//! | `a_length_beside_chunks` | the value: chunks count, the length does not |
//! | `invalid_utf_8` | `Unexpected`, which says where; the bytes are kept |
//! | `invalid_utf_8_in_an_error` | the same, with the server's words as far as they are text |
//! | `a_gzip_body` | `Unexpected`: the client asks for `identity`; the bytes are kept |
//! | `a_gzip_error` | the same, with the status |
//! | `an_encoding_that_is_not_so` | `Unexpected`, which names it; the bytes are kept |
//! | `a_gzip_body_that_does_not_say_so` | `Unexpected`, which says where; the bytes are kept |
//! | `a_charset_that_is_not_so` | the value, as JSON is UTF-8; `Unexpected` if it is not |
//! | `a_gzip_bomb` | the same; it is not unpacked |
//! | `never_ending_body` | `Unexpected`, which names the limit; no more than that is held |
//! | `never_ending_body_by_default` | the same, at 32 MiB |
//! | **memory** | |
//! | `numbers_that_nobody_reads` | the value; 17 bytes are held for each one of the body |
//! | `answers_without_end` | an error; no more than a few MiB are held |
//! | **statuses** | |
//! | `status_401_then_200` | the value, with a new token |
//! | `status_401_for_good` | `Api(Unauthorized)`, after one new token |
//! | `status_429_with_seconds` | the value after that wait; `Api(TooManyRequests)` if there is no time for it |
//! | `status_429_with_a_date` | the value after that wait; `Api(TooManyRequests)` if there is no time for it |
//! | `status_429_with_a_wait_without_end` | `Api(TooManyRequests)` at once, with the wait in its words |
//! | `status_429_with_a_date_that_is_past` | the value after a back-off; `Api(TooManyRequests)`, 4× |
//! | `status_429_with_what_is_no_time` | the value after a back-off; `Api(TooManyRequests)`, 4×, which shows it |
//! | `status_429_without_a_time` | the value after a back-off; `Api(TooManyRequests)`, 4× |
//! | `status_503_storm` | `Api(ServiceUnavailable)`, 4× |
//! | `status_503_then_200` | the value, with the second attempt |
//! | `no_retry_of_what_is_refused` | `Api(…)`, once, even if `Retry-After` is there |
//! | `the_ids_of_all_attempts_are_the_same` | the ids that the server saw each time |
//! | **sign-in** | |
//! | `token_service_down` | `Token(Transport)`, which names the service; asked 4×, the API never |
//! | `token_service_resets` | `Token(Transport)`, asked 4× |
//! | `token_service_slow` | `Token(Transport)`, asked again until the attempts are used up |
//! | `token_service_slow_once` | the value |
//! | `token_service_breaks_off` | `Token(Transport)`, asked 4× |
//! | `token_service_speaks_no_http` | `Token(Transport)`, asked once |
//! | `token_answer_without_end` | `Token(Unreadable)`; no more than 1 MiB is held |
//! | `token_answer_is_no_json` | `Token(Unreadable)`: HTML, a list, nothing, gzip |
//! | `token_of_another_type` | `Token(Unreadable)` |
//! | `token_answer_without_a_token` | `Token(Unreadable)` |
//! | `token_that_is_none` | `Token(Credential)`: a line break would make a header of it |
//! | `token_life_that_is_odd` | `Token(Unreadable)`: negative, no number, beyond all numbers |
//! | `token_life_of_every_spelling` | the value: a text, a fraction, a huge one, `null`; 0 serves one call |
//! | `token_error_with_status_200` | `Token(InvalidGrant)`, with what to do and the ids of the service |
//! | `token_service_behind_a_bad_gateway` | `Token(Unreadable)`, which shows the page; asked 4× |
//! | `token_service_that_throttles` | `Token(Unavailable)`, which shows the wait |
//! | `token_service_busy_once` | the value |
//! | `token_service_that_redirects` | `Token(Unreadable)`; the other origin sees no connection, so no secret |
//! | `token_service_that_rotates` | the value; each new refresh token is handed over, and sent the next time |
//! | **calls that are dropped** | |
//! | `dropped_before_the_token` | nothing: connections, tasks and transport are gone |
//! | `dropped_before_the_head` | nothing: connections, tasks and transport are gone |
//! | `dropped_within_the_body` | nothing: connections, tasks and transport are gone |
//! | `dropped_while_waiting` | nothing: connections, tasks and transport are gone |
//! | `a_dropped_call_leaves_the_client_usable` | the value, with the next call |
//! | **secrets** | |
//! | `success` | the value; the secrets were sent, and show nowhere |
//! | `the_token_repeated_in_an_error` | `Api(Forbidden)`, with `[secret]` in the place of the token |
//! | `the_token_repeated_in_what_is_no_json` | `Unexpected`, with `[secret]` in the place of the token |
//! | `the_token_repeated_in_a_redirect` | `Unexpected`, with `[secret]` in the place of the token |
//! | `the_secrets_repeated_by_the_token_service` | `Token(…)`, with `[secret]` in their place, or no text at all |
//! | `a_program_that_ends_with_an_error` | a panic, with `[secret]` in the place of the token |

mod apart;
mod authority;
mod bodies;
mod connections;
mod ending;
mod heads;
mod log;
mod memory;
mod proxy;
mod scene;
mod secrets;
mod sign_in;
mod statuses;
mod tls;

#[test]
fn every_row_is_in_the_table() {
    let modules = [
        include_str!("connections.rs"),
        include_str!("tls.rs"),
        include_str!("proxy.rs"),
        include_str!("heads.rs"),
        include_str!("bodies.rs"),
        include_str!("memory.rs"),
        include_str!("statuses.rs"),
        include_str!("sign_in.rs"),
        include_str!("ending.rs"),
        include_str!("secrets.rs"),
    ];
    let tests: Vec<_> = modules.iter().flat_map(|text| text.split("#[tokio::test]\nasync fn ").skip(1)).collect();
    let tests: Vec<_> = tests.iter().filter_map(|text| text.split('(').next()).collect();
    let lines = include_str!("main.rs").lines();
    let rows: Vec<_> = lines.filter_map(|line| line.strip_prefix("//! | `")?.split('`').next()).collect();
    assert_eq!(rows, tests);
}
