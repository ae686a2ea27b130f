//! Texts that would do something in one of the places that texts of a description come to.

/// What a text would run if it could, and what would be seen of it.
pub const OWNED: &str = "owned!()";

/// The texts. Each of the first ones has all of a kind in it.
pub fn payloads() -> Vec<String> {
    let kinds = [FENCES, CODE, LINKS, HTML, RUST, SIGNS, OTHERS];
    let whole = kinds.map(<[&str]>::concat);
    let long = ["x", "x ", "`", "[", "\u{202e}"].map(|piece| piece.repeat(10_000 / piece.len()));
    let each = kinds.concat().into_iter().map(str::to_owned);
    whole.into_iter().chain(each).chain(long).collect()
}

/// Blocks of code that rustdoc would run.
const FENCES: &[&str] = &[
    "\n\n```\nowned!();\n```\n",
    "1\n~~~\nowned!();\n~~~\n",
    "\n\n`````rust,no_run\nowned!();\n`````\n\n~~~~~~\nowned!();",
    "`\n\n```\nowned!();\n```\n\n`",
    "``\n\n~~~\nowned!();\n~~~\n\n``",
    "``` owned!()\n\nowned!();\n\n```",
    "a\r\n\r\n```\r\nowned!();\r\n```\r\n",
    "a\r\r```\rowned!();\r```\r",
    "\u{1f}\u{1f} ```\u{1f} owned!();\u{1f} ```",
    "\u{2028}\u{2028}```\u{2028}owned!();\u{2028}```",
    "- ```\n  owned!();\n  ```\n1. ~~~\n   owned!();\n   ~~~\n> ```\n> owned!();\n> ```",
    "| a |\n|---|\n```\nowned!();\n```",
    "[^1]\n\n[^1]: a\n\n    ```\n    owned!();\n    ```",
    "<div>\n\n```\nowned!();\n```\n\n</div>",
    "a`\n\n    owned!();\n\n`b",
    "\ta\n\n\towned!();\n\n- b\n\n\n      owned!();",
    "\u{1}\u{2}\u{3}\n\n\u{3}    owned!();\u{2}```\u{1}owned!();",
    "a\n===\n\n    owned!();\n\n---\n    owned!();",
];

/// Inline code, and its end.
const CODE: &[&str] = &[
    "`",
    "```",
    "`a``b```c````d`````",
    "`<script>x</script>`<b>``y``",
    "``` <b>` </b>`` <script>owned()</script>",
    "\\`<img src=x onerror=owned()>\\`",
    "&#96;<b>&#96;",
];

/// Links, and what they would lead to.
const LINKS: &[&str] = &[
    "[x]: <https://q.r>",
    "[x]: <https://q.r>\n\n[x] [x][] [y][x]",
    "a\n\n[`Client`]: https://q.r\n[`BearerToken`]: https://q.r\n[`Credential::from_source`]: https://q.r",
    "[x]: javascript:owned()\n\n[x] [y](javascript:owned()) ![z](data:text/html,owned)",
    "[x]: https://q.r '<b>'\n\n[x] [std::process::exit] [owned][std::fs]",
    "<javascript:owned()> <a@b.c> <https://q.r/`> [a`](https://q.r/<b>)",
    "](https://q.r)",
    "[^1]\n\n[^1]: owned",
    "- [ ] a\n- [x] b",
    "![a![b![c](https://q.r)](d)](e)",
];

const HTML: &[&str] = &[
    "<script>owned()</script>",
    "<img src=x onerror=owned()>",
    "</p></div><iframe src=https://q.r>",
    "<!-- ",
    "--> <![CDATA[ ]]> <?php owned() ?> <!DOCTYPE x>",
    "]]>",
    "<b\nonclick=owned()>x</b\n>",
    "<a href=\"javascript:owned()\">x</a><a href='https://q.r'>`</a>`",
    "< b> <\u{1}script> &lt;script&gt;",
];

/// What would end a comment, a literal or a macro.
const RUST: &[&str] = &[
    "*/ owned!(); /*",
    "\n//! owned\nowned!();\n/// owned",
    "\"; owned!(); //",
    "\"# owned!(); r#\"",
    "\"##\"###\"####",
    "\\",
    "\\\" \\n \\u{202e} \\x00",
    "'a' b'\\0' r\"\"",
    "#![feature(owned)]",
    "#![doc = include_str!(\"owned\")]",
    "#[cfg(owned)] #[derive(owned::Owned)]",
    "{0}{owned:?}{{}}{server}{client_secret}",
    "{",
    "}",
    "$crate::owned!()",
    "crate",
    "self",
    "_",
];

/// Characters that are not seen, or that are only half of something.
const SIGNS: &[&str] = &[
    "",
    " ",
    "\n",
    "\r",
    "a\rb",
    "\0",
    "a\u{1b}[2J\u{1b}]8;;https://q.r\u{7}b",
    "a\u{202e}b\u{2066}c\u{2069}\u{202c}",
    "\u{200f}\u{200e}\u{61c}\u{feff}a",
    "\u{85}\u{9b}2J\u{7f}\u{8}",
    "\u{2028}a\u{2029}",
    "\u{200b}\u{ad}\u{2060}\u{e0001}",
    "\u{301}e\u{200d}❤\u{fe0f}",
    "\u{1f}\u{1f}",
    "\u{fffd}\u{10ffff}\u{e000}",
];

/// What means something in TOML, in YAML, in a path, or to the generator.
const OTHERS: &[&str] = &[
    "\"\n[dependencies]\nowned = \"1\"\n[profile.dev]\n\"",
    "'''\n[patch.crates-io]\n",
    "]\nbuild = \"owned.rs\"\n[",
    "# owned\nowned: true",
    "a: b\n- c\n? d",
    "&a *a !!x |",
    "../../../owned",
    "/owned",
    "C:\\owned",
    "a/../b?owned#c",
    "https://user@q.r:99999/{x}/..",
    "application/owned; a=\"`\n\"",
    "%00%0a",
    "@generated",
];
