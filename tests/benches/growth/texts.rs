//! Long texts: names, patterns, and descriptions in Markdown that is hard to read.

use serde_json::{Value, json};

use crate::input::{Family, Input, description, schema};

pub const FAMILIES: &[Family] = &[
    Family::new("letters of a name", 2000, |count| schema(json!({ "properties": { "a".repeat(count): {} } }))),
    Family::new("words of a name", 1000, |count| schema(json!({ "properties": { "ab ".repeat(count): {} } }))),
    Family::new("signs of a name", 1000, |count| schema(json!({ "properties": { "+".repeat(count): {} } }))),
    Family::new("capital letters of a name", 1000, |count| schema(json!({ "properties": { "A".repeat(count): {} } }))),
    Family::new("letters of a value", 1000, |count| schema(json!({ "type": "string", "enum": ["a b".repeat(count)] }))),
    Family::new("letters of a title", 1000, |count| schema(json!({ "title": "a b".repeat(count), "properties": {} }))),
    Family::new("letters of a default", 2000, |count| {
        schema(json!({ "properties": { "a": { "type": "string", "default": "a".repeat(count) } } }))
    }),
    Family::new("letters of a pattern", 2000, |count| {
        schema(json!({ "properties": { "a": { "type": "string", "pattern": "(a*)*[".repeat(count) } } }))
    }),
    Family::new("segments of a path", 200, |count| {
        let operation = json!({ "get": { "responses": { "204": { "description": "Done" } } } });
        Input::json(&description(json!({ "paths": { "/ab".repeat(count): operation } })))
    }),
    Family::new("braces of a path", 200, |count| {
        let operation = json!({ "get": { "responses": { "204": { "description": "Done" } } } });
        let paths = json!({ "/a": operation, format!("/{}", "{a}:".repeat(count)): operation });
        Input::json(&description(json!({ "paths": paths })))
    }),
    Family::new("lines of a description", 500, |count| text("A line.\n", count)),
    Family::new("words of a description", 1000, |count| text("word ", count)),
    Family::new("paragraphs of a description", 300, |count| text("One.\n\n", count)),
    Family::new("opening brackets in Markdown", 2000, |count| text("[", count)),
    Family::new("opening brackets of images in Markdown", 2000, |count| text("![", count)),
    Family::new("brackets in Markdown", 1000, |count| text("[]", count)),
    Family::new("brackets in brackets in Markdown", 1000, |count| around("[", "]", count)),
    Family::new("links in Markdown", 200, |count| text("[a](https://b.example) ", count)),
    Family::new("links that do not end in Markdown", 1000, |count| text("[a](", count)),
    Family::new("links in angle brackets that do not end in Markdown", 800, |count| text("[a](<b", count)),
    Family::new("links with parentheses in Markdown", 1000, |count| doc(format!("[a]({}", "(".repeat(count)))),
    Family::new("references to links in Markdown", 200, |count| {
        doc(format!("{}\n\n[a]: https://b.example", "[a] ".repeat(count)))
    }),
    Family::new("definitions of links in Markdown", 200, |count| {
        doc((0..count).map(|number| format!("[a{number}]: https://b.example/{number}\n")).collect())
    }),
    Family::new("definitions of links and references to them in Markdown", 100, |count| {
        let links: String = (0..count).map(|number| format!("[a{number}] ")).collect();
        doc(links
            + "\n\n"
            + &(0..count).map(|number| format!("[a{number}]: https://b.example/{number}\n")).collect::<String>())
    }),
    Family::new("definitions that do not end in Markdown", 800, |count| text("[a]: <", count)),
    Family::new("stars in Markdown", 2000, |count| text("*", count)),
    Family::new("stars and letters in Markdown", 1000, |count| text("*a_ ", count)),
    Family::new("stars around stars in Markdown", 500, |count| around("*a ", " a*", count)),
    Family::new("stars and underscores in Markdown", 500, |count| text("*a **a _a __a ", count)),
    Family::new("underscores in Markdown", 2000, |count| text("_a", count)),
    Family::new("tildes in Markdown", 2000, |count| text("~~a ", count)),
    Family::new("backticks in Markdown", 2000, |count| text("`", count)),
    Family::new("backticks that do not end in Markdown", 1000, |count| text("`a``b ", count)),
    Family::new("runs of backticks, each longer, in Markdown", 20, |size| {
        let count = (100 * size).isqrt();
        doc((1..count).map(|number| format!("{} a ", "`".repeat(number))).collect())
    }),
    Family::new("code in Markdown", 200, |count| text("`a` ", count)),
    Family::new("fences in Markdown", 200, |count| text("```\na\n```\n", count)),
    Family::new("fences that do not end in Markdown", 200, |count| text("> ```\n", count)),
    Family::new("angle brackets in Markdown", 2000, |count| text("<", count)),
    Family::new("tags in Markdown", 300, |count| text("<b>a</b> ", count)),
    Family::new("tags that do not end in Markdown", 800, |count| text("<a ", count)),
    Family::new("tags with attributes that do not end in Markdown", 800, |count| text("<a b='", count)),
    Family::new("comments that do not end in Markdown", 800, |count| text("<!-- a ", count)),
    Family::new("comments that nearly end in Markdown", 1000, |count| text("<!-->", count)),
    Family::new("declarations that do not end in Markdown", 800, |count| text("<!A ", count)),
    Family::new("instructions that do not end in Markdown", 800, |count| text("<? ", count)),
    Family::new("CDATA that does not end in Markdown", 800, |count| text("<![CDATA[ ", count)),
    Family::new("lines of HTML in Markdown", 200, |count| text("<div>\n", count)),
    Family::new("addresses in Markdown", 200, |count| text("https://a.example/b ", count)),
    Family::new("addresses in angle brackets in Markdown", 200, |count| text("<https://a.example/b> ", count)),
    Family::new("an address of many parts in Markdown", 1000, |count| {
        doc(format!("https://a.example/{}", "a/(b)?".repeat(count)))
    }),
    Family::new("quotes in Markdown", 1000, |count| text("> ", count)),
    Family::new("lines of quotes in Markdown", 200, |count| text("> a\n", count)),
    Family::new("quotes in quotes by lines in Markdown", 20, |size| {
        let count = (64 * size).isqrt();
        doc((1..count).map(|number| format!("{}a\n", "> ".repeat(number))).collect())
    }),
    Family::new("lists in Markdown", 200, |count| text("- a\n", count)),
    Family::new("loose lists in Markdown", 200, |count| text("- a\n\n", count)),
    Family::new("lists in lists in Markdown", 1000, |count| text("- ", count)),
    Family::new("lists in lists by numbers in Markdown", 1000, |count| text("1. ", count)),
    Family::new("lists in lists by lines in Markdown", 20, |size| {
        let count = (64 * size).isqrt();
        doc((0..count).map(|number| format!("{}- a\n", "  ".repeat(number))).collect())
    }),
    Family::new("lists and quotes in Markdown", 500, |count| text("> - ", count)),
    Family::new("headings in Markdown", 200, |count| text("# a\n", count)),
    Family::new("headings by lines in Markdown", 200, |count| text("a\n=\n", count)),
    Family::new("rules in Markdown", 200, |count| text("---\n\n", count)),
    Family::new("cells of a table in Markdown", 300, |count| {
        doc(format!("|{}\n|{}\n|{}", "a|".repeat(count), "-|".repeat(count), "b|".repeat(count)))
    }),
    Family::new("rows of a table in Markdown", 100, |count| doc(format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(count)))),
    Family::new("short rows of a wide table in Markdown", 20, |size| {
        let count = (36 * size).isqrt();
        doc(format!("|{}\n|{}\n{}", "a|".repeat(count), "-|".repeat(count), "|b|\n".repeat(count)))
    }),
    Family::new("pipes in Markdown", 1000, |count| text("|", count)),
    Family::new("dashes and pipes in Markdown", 500, |count| text("|-|\n", count)),
    Family::new("entities in Markdown", 1000, |count| text("&amp;", count)),
    Family::new("ampersands in Markdown", 1000, |count| text("&a", count)),
    Family::new("backslashes in Markdown", 2000, |count| text("\\", count)),
    Family::new("escapes in Markdown", 1000, |count| text("\\[a\\]", count)),
    Family::new("footnotes in Markdown", 200, |count| text("[^a]: a\n", count)),
    Family::new("tasks in Markdown", 200, |count| text("- [ ] a\n", count)),
    Family::new("line breaks in Markdown", 1000, |count| text("a  \n", count)),
    Family::new("blank lines in Markdown", 2000, |count| text("\n", count)),
    Family::new("blanks in Markdown", 2000, |count| text(" a\t", count)),
    Family::new("indented lines in Markdown", 200, |count| text("    a\n", count)),
    Family::new("zero bytes in Markdown", 1000, |count| text("a\0", count)),
    Family::new("marks of direction in Markdown", 1000, |count| text("\u{202e}a", count)),
    Family::new("combining marks in Markdown", 1000, |count| text("\u{301}", count)),
    Family::new("dollars in Markdown", 1000, |count| text("$a$ $$b ", count)),
];

/// A description of so many times a text.
fn text(part: &str, count: usize) -> Input {
    doc(part.repeat(count))
}

fn around(open: &str, close: &str, count: usize) -> Input {
    doc(format!("{}a{}", open.repeat(count), close.repeat(count)))
}

/// One that something is said about: the description as a whole, a type, and a member.
fn doc(text: String) -> Input {
    let text = Value::from(text);
    let whole = json!({ "type": "object", "description": text, "properties": { "a": { "description": text } } });
    let mut description = description(json!({ "components": { "schemas": { "Whole": whole } } }));
    description["info"]["description"] = text;
    Input::json(&description)
}
