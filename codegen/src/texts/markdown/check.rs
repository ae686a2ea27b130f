//! Whether docs have only in them what they may have.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// What rustdoc reads docs by, but for what it does to quotes.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// Whether rustdoc finds no code to run, no HTML, and no links but to the web.
pub(super) fn is_fit(lines: &[String]) -> bool {
    // Without these, there is none of that.
    let is_odd =
        |line: &String| line.contains(['<', '[']) || ["```", "~~~", "    "].iter().any(|odd| line.contains(odd));
    if !lines.iter().any(is_odd) {
        return true;
    }
    let text = lines.join("\n");
    // When it looks for code to run, it knows no tables.
    is_fit_by(&text, RUSTDOC) && (!text.contains('|') || is_fit_by(&text, Options::empty()))
}

fn is_fit_by(text: &str, options: Options) -> bool {
    // Rustdoc takes a link without a target for the path of an item.
    let to_nowhere = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    Parser::new_with_broken_link_callback(text, options, Some(to_nowhere)).all(|event| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => false,
        Event::Start(Tag::HtmlBlock | Tag::FootnoteDefinition(_)) => false,
        Event::Start(Tag::CodeBlock(kind)) => matches!(kind, CodeBlockKind::Fenced(info) if &*info == "text"),
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => super::is_web(&dest_url),
        _ => true,
    })
}
