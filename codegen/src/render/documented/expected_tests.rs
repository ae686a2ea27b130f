use super::{members, pairs};
use crate::api::{Form, Style, StyleKind};

/// The pairs of `{"a": …}` in a style, or why there are none.
fn written(value: &str, style: Style) -> Result<String, String> {
    let json = format!(r#"{{"a": {value}}}"#);
    let pairs = pairs(&members(&json)?, &Form::Properties(style, Vec::new()))?;
    Ok(pairs.into_iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&"))
}

#[test]
fn pairs_are_those_of_the_style() {
    use StyleKind::{DeepObject, Form, Json, PipeDelimited, Property, SpaceDelimited};
    let plain = |kind| Style::new(kind);
    let exploded = |kind| Style { explode: true, ..Style::new(kind) };
    let cases = [
        (plain(Property), r#""é & b""#, "a=é & b"),
        (plain(Property), "1.50", "a=1.50"),
        (plain(Property), r#"["b", 2, true]"#, "a=b&a=2&a=true"),
        (plain(Property), "[]", ""),
        (plain(Form), r#"["b", "c"]"#, "a=b,c"),
        (exploded(Form), r#"["b", "c"]"#, "a=b&a=c"),
        (exploded(Form), r#"{"b": 1, "c": 2}"#, "b=1&c=2"),
        (plain(SpaceDelimited), r#"["b", "c"]"#, "a=b c"),
        (plain(PipeDelimited), r#"["b", "c"]"#, "a=b|c"),
        (plain(DeepObject), r#"{"b": 1, "c": 2}"#, "a[b]=1&a[c]=2"),
        (plain(Json), r#""b\u0041""#, r#"a="bA""#),
    ];
    for (style, value, expected) in cases {
        assert_eq!(written(value, style).as_deref(), Ok(expected), "{value} {style:?}");
    }
}

#[test]
fn nothing_is_expected_of_what_is_not_certain() {
    use StyleKind::{DeepObject, Form, Property};
    let reserved = Style { reserved: true, ..Style::new(Form) };
    let cases = [
        (Style::new(Property), "null"),
        (Style::new(Property), r#"{"b": 1}"#),
        (Style::new(Property), "[null]"),
        (Style::new(Form), r#"{"b": 1, "c": 2}"#),
        (Style::new(Form), r#"["b,c"]"#),
        (Style::new(DeepObject), r#"["b"]"#),
        (Style::new(DeepObject), r#"{"b": {}}"#),
        (reserved, r#""b+c""#),
    ];
    for (style, value) in cases {
        let reason = written(value, style).expect_err(value);
        assert!(reason.contains("`a`"), "{reason}");
    }
}
