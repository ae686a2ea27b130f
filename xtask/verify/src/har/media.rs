//! Media types.

use codegen::DescribedContent;

/// The media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether bodies of it are JSON.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// What is described of a media type: itself, or the narrowest range that has it.
pub fn described<'d>(content: &'d [DescribedContent], media_type: &str) -> Option<&'d DescribedContent> {
    let sent = essence(media_type);
    let range = sent.split('/').next().map(|kind| format!("{kind}/*")).unwrap_or_default();
    [sent.as_str(), &range, "*/*"]
        .into_iter()
        .find_map(|wanted| content.iter().find(|described| essence(&described.media_type) == wanted))
}
