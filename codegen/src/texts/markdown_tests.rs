use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{check, clean, for_rustdoc, laid_out, plain};

#[track_caller]
fn check(markdown: &str, expected: &str) {
    let lines = for_rustdoc(markdown);
    assert_eq!(lines.join("\n"), expected);
    assert_eq!(for_rustdoc(expected), lines, "a second run changes the text");
}

#[track_caller]
fn unchanged(markdown: &str) {
    check(markdown, markdown);
}

#[test]
fn good_text_is_kept() {
    unchanged("Sum of the *unpaid* bills.\nSee `Order`, \\[1\\] and **[the docs](https://example.org/a \"Title\")**.");
    unchanged(
        "# Title\n\nText\n====\nmore\n\n- one\n- two\n\n  more of two\n\n1. a\n   * b\n\n> quote\n> goes on\n\n***",
    );
    unchanged("| a | b |\n|---|:-:|\n| `x\\|y` | <https://example.org> |");
    unchanged("a | b\n--- | ---\n1 | 2");
    unchanged("One [text][ref] and [ref].\n\n[ref]: https://example.org/x \"Title\"");
    unchanged("x < y && y >= 3, a_b_c, 5 * 3, ~5, &lt;b&gt;, \\<id>");
    unchanged("![badge](https://example.org/a.svg)");
}

#[test]
fn no_text_gives_no_lines() {
    for markdown in ["", "  \n\t\n", "\u{a0}", "-", "> ", "[]()", "[a]: https://example.org", "<p></p>"] {
        assert_eq!(for_rustdoc(markdown), Vec::<String>::new(), "{markdown:?}");
    }
}

#[test]
fn code_is_never_a_doctest() {
    check("```\nlet a = 1;\n```", "```text\nlet a = 1;\n```");
    check("~~~rust,no_run\na\n\n\nb\n~~~", "```text\na\n\n\nb\n```");
    check("```json\n{\"a\": \"<b>\"}", "```text\n{\"a\": \"<b>\"}\n```");
    check("Text:\n\n    a\n      [b]\n\nend", "Text:\n\n```text\na\n  [b]\n```\n\nend");
    check("````\n```\n````", "````text\n```\n````");
    check("- ```\n  a\n  ```\n  text", "- ```text\n  a\n  ```\n  text");
    check("> ```\n> a\nb", "> ```text\n> a\n> ```\nb");
}

#[test]
fn lazy_lines_are_indented() {
    check("- one\ntwo\n- three\n     four", "- one\n  two\n- three\n  four");
    check("> one\ntwo", "> one\n> two");
    check("1. a\n   - b\nc", "1. a\n   - b\n     c");
    check(" - a\n\n\t- b", "- a\n\n  - b");
    check("-\n  text\n-", "- text");
}

#[test]
fn links_that_rustdoc_would_resolve_are_text() {
    check("[Type::x], [`Vec`], a[0] and [foo][bar]", "\\[Type::x\\], \\[`Vec`\\], a\\[0\\] and \\[foo\\]\\[bar\\]");
    check("[write](mailto:a@e.org) <a@e.org> [a@e.org](mailto:a@e.org)", "write (a@e.org) \\<a@e.org> a@e.org");
    check("[a](javascript:b) [c](mailto:d%20e) ![f](file:///g)", "a c f");
    check("[a](headers.md), [b](/docs/x), [c](#section), ![d](d.png)", "a, b, c, d");
    check("[a] [b]\n\n[a]: /local\n[b]: https://example.org", "a [b]\n\n[b]: https://example.org");
    check("[a<b>]\n\n[a<b>]: https://example.org", "[a](<https://example.org>)");
    check("[a] [b]\n\n[a]: <https://a.org/x>\n[b]:\nhttps://b.org", "[a](<https://a.org/x>) [b](<https://b.org>)");
    check("[a]\n\n[a]: <https://a.org/x>", "[a]\n\n[a]: <https://a.org/x>");
    check("[a]\n\n[a]: https://a.org '<b>'", "[a](<https://a.org>)");
    check("[`Client`]\n\n[`Client`]: https://a.org", "[`Client`](<https://a.org>)");
    check("[a]<b>[b](https://b.org)\n\n[a]: https://a.org", "[a] [b](https://b.org)\n\n[a]: https://a.org");
    check("Note[^1]\n\n[^1]: that", "Note\\[^1\\]\n\n\\[^1\\]:\n\nthat");
    check("- [x] done", "- \\[x\\] done");
}

#[test]
fn bare_urls_become_links() {
    check("See https://a.org/b_c?d=e#f.", "See <https://a.org/b_c?d=e#f>.");
    check("(http://a.org/b_(c)), \"https://a.org\"", "(<http://a.org/b_(c)>), \"<https://a.org>\"");
    check("https://a.org/b\\_c?d&amp;e", "<https://a.org/b_c?d&e>");
    check("https://{host}/a `https://b.org`", "https://{host}/a `https://b.org`");
    check("[https://a.org](https://a.org)", "[https://a.org](https://a.org)");
    check("a\\https://b.org", "a\\\\<https://b.org>");
}

#[test]
fn html_becomes_text() {
    check("Send <token> or Vec<u8>, <!-- not --> `<b>`.", "Send \\<token> or Vec\\<u8>, \\<!-- not --> `<b>`.");
    check("<p>One <b>two</b></p><p>three</p>", "One two\\\nthree");
    check("a<br>\n<br/>b</br>", "a\\\nb");
    check("<ul>\n  <li>- a</li>\n</ul>", "\\- a");
    check("<a href=\"https://a.org\">A</a> <a href='/b'>B</a>", "A (<https://a.org>) B");
    check("<div>\n\n```\n<x>\n```\n</div>", "```text\n<x>\n```");
    check("| <br> |\n|---|\n| <id> |", "|   |\n|---|\n| \\<id> |");
}

#[test]
fn what_html_keeps_apart_stays_apart() {
    check("`<script>x</script>`<b>``y``", "`<script>x</script>` ``y``");
    check("`a`</b>`b`<i>`c`", "`a` `b` `c`");
    check("[`a`](x.md)`b`", "`a` `b`");
}

#[test]
fn characters_that_rustc_denies_are_removed() {
    check("a\u{202e}b\u{2066}\u{200f}\u{feff}\0\u{1}\u{2}\u{3}\u{7f}c", "abc");
    check("a\r\nb\rc\td", "a\nb\nc   d");
    check("a  \nb \nc", "a\\\nb\nc");
    check("\n\na\n\n\n\nb\n\n", "a\n\nb");
}

#[test]
fn long_lines_are_wrapped_where_that_is_safe() {
    let lines = for_rustdoc(&"word ".repeat(57));
    assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [94, 94, 94]);
    let lines = for_rustdoc(&format!("- {}", "some - 1. # words ".repeat(20)));
    assert!(lines[1..].iter().all(|line| line.starts_with("  some") || line.starts_with("  words")), "{lines:?}");
    for whole in ["[a b c d](https://example.org)", "`a b c d`"] {
        let lines = for_rustdoc(&format!("{whole} ").repeat(20));
        assert_eq!(lines.join("").matches(whole).count(), 20, "{lines:?}");
    }
    let row = format!("| {} |", "word ".repeat(40).trim());
    unchanged(&format!("{row}\n|---|\n{row}"));
}

#[test]
fn a_line_never_becomes_another_block() {
    check("a\n    - b\n    # c\n    1. d\n    > e\n    ---", "a\n\\- b\n\\# c\n1\\. d\n\\> e\n\\---");
    check("[- a](b.md)", "\\- a");
    check("| a\n|---|\n<b>- b", "| a\n|---|\n| - b");
    check("a\\\n    > <id>", "a\\\n\\> \\<id>");
    check("<b>\n===\n2) a", "2) a");
    check("``` a", "```text\n```");
}

/// Pieces that mean something to a parser, and text between them.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(&[
            "a", "word ", "\n", "\n\n", "    ", "- ", "1. ", "2) ", "> ", "# ", "```", "~~~", "`", "**", "_", "[", "]",
            "(", ")", "[foo]", "[foo](bar.md)", "[x](https://e.org/a)", "![i](a.png)", "[foo]: https://e.org\n",
            "[^1]", "[^1]: ", "<", "<b>", "</p>", "<div>", "<T>", "https://e.org/a_b", "<https://a.bc>", "|",
            "|---|---|\n", "---", "\n===\n", "\\", "&lt;", "<br>", "\t", "\r\n", "[ ] ", "\u{202e}", "\u{a0}", "é",
            "<a href=\"https://x.org\">", "</a>", "``", "\\`", "&#96;", "<script>", "<!-- ", "[foo]: <https://e.org/x>\n",
            "[`foo`]: https://e.org\n", "[foo]: https://e.org '<b>'\n", "javascript:", "mailto:a@b.c", "\r", "~~", "$", "````", "word word word word word word word word word word word word word ",
        ][..]).prop_map(str::to_owned),
        1 => ".{0,6}",
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Texts that are read without a parser, if they are.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "a",
            "word ",
            "é",
            " ",
            "-",
            "+",
            "*",
            "_",
            "1. ",
            "2)",
            "=",
            "~",
            "~~~",
            "/",
            "http:",
            "!",
            "(",
            "\"",
            ":",
            "\n",
            "a\n",
            "a\n\n",
            "`",
            "`a b`",
            "a long line of words that goes on ",
        ][..],
    );
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Whether a link is in the docs as text.
fn has_bare_link(lines: &[String]) -> bool {
    let text = lines.join("\n");
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut within = 0;
    Parser::new_ext(&text, options).any(|event| match event {
        Event::Start(Tag::Link { .. } | Tag::CodeBlock(_)) => {
            within += 1;
            false
        }
        Event::End(TagEnd::Link | TagEnd::CodeBlock) => {
            within -= 1;
            false
        }
        Event::Text(text) => within == 0 && text.contains("https://e.org"),
        _ => false,
    })
}

proptest! {
    #[test]
    fn any_text_makes_a_doc_comment(markdown in prop_oneof![pieces(), any::<String>()]) {
        let lines = for_rustdoc(&markdown);
        prop_assert!(check::is_fit(&lines) && !has_bare_link(&lines), "{:?}", lines);
        for line in &lines {
            prop_assert!(!line.contains(|character: char| character.is_control()) && line.trim_end() == line);
        }
        prop_assert!(lines.first().is_none_or(|line| !line.is_empty()), "{:?}", lines);
        prop_assert!(lines.last().is_none_or(|line| !line.is_empty()), "{:?}", lines);
        let comment: String = lines.iter().map(|line| format!("/// {line}\n")).collect();
        let item: syn::ItemStruct = syn::parse_str(&format!("{comment}struct S;")).unwrap();
        prop_assert_eq!(item.attrs.len(), lines.len());
    }

    /// It is not left to what is done about texts that were misread.
    #[test]
    fn hardly_any_text_is_misread(markdown in prop_oneof![pieces(), any::<String>()]) {
        let lines = laid_out(&clean(&markdown));
        prop_assert!(check::is_fit(&lines), "{:?}", lines);
    }

    #[test]
    fn a_plain_text_needs_no_parser(markdown in texts()) {
        if let Some(lines) = plain(&markdown) {
            prop_assert_eq!(lines, laid_out(&clean(&markdown)));
        }
    }
}
