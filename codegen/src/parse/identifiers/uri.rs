//! References by URI, put together as RFC 3986 says.

/// What a reference means where it stands in something with the base URI; without its fragment. A base may be
/// relative itself, such as the path of a file, and so is what comes of it then.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let reference = without_fragment(reference);
    let (scheme, _) = split_scheme(reference);
    if scheme.is_some() {
        return reference.to_owned();
    }
    if reference.is_empty() {
        return base.to_owned();
    }
    let (scheme, rest) = split_scheme(base);
    let scheme = scheme.map(|scheme| format!("{scheme}:")).unwrap_or_default();
    if reference.starts_with("//") {
        return format!("{scheme}{reference}");
    }
    let (authority, path) = split_authority(rest);
    if reference.starts_with('?') {
        return format!("{scheme}{authority}{}{reference}", path.split('?').next().unwrap_or_default());
    }
    let (reference, query) = reference.find('?').map_or((reference, ""), |at| reference.split_at(at));
    let path = path.split('?').next().unwrap_or_default();
    let joined = match path.rsplit_once('/') {
        _ if reference.starts_with('/') => reference.to_owned(),
        Some((folder, _)) => format!("{folder}/{reference}"),
        None if !authority.is_empty() => format!("/{reference}"),
        None => reference.to_owned(),
    };
    format!("{scheme}{authority}{}{query}", without_dots(&joined))
}

pub(super) fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}

/// What a URI is called by, at the end of its path.
pub(super) fn last_segment(uri: &str) -> &str {
    let path = uri.split('?').next().unwrap_or_default();
    let segment = path.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default();
    segment.split('.').next().unwrap_or_default()
}

fn split_scheme(uri: &str) -> (Option<&str>, &str) {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '+' | '-' | '.'))
    };
    match uri.split_once(':').filter(|(scheme, _)| is_scheme(scheme)) {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, uri),
    }
}

/// The slashes and the authority, and the path with the query.
fn split_authority(rest: &str) -> (&str, &str) {
    let Some(after) = rest.strip_prefix("//") else { return ("", rest) };
    let end = after.find(['/', '?']).map_or(rest.len(), |end| end + 2);
    rest.split_at(end)
}

fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.last().is_some_and(|last| !last.is_empty() && *last != "..") {
                    parts.pop();
                } else if !path.starts_with('/') {
                    parts.push(part);
                }
            }
            part => parts.push(part),
        }
    }
    if path.ends_with("/.") || path.ends_with("/..") {
        parts.push("");
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_count_from_their_base() {
        for (base, reference, meant) in [
            ("https://a.example/x/y", "z", "https://a.example/x/z"),
            ("https://a.example/x/y", "z#name", "https://a.example/x/z"),
            ("https://a.example/x/y", "#name", "https://a.example/x/y"),
            ("https://a.example/x/y", "./z?q", "https://a.example/x/z?q"),
            ("https://a.example/x/y?q=1/2", "z", "https://a.example/x/z"),
            ("https://a.example/x/y?q", "?r", "https://a.example/x/y?r"),
            ("https://a.example/x/y", "../../../z", "https://a.example/z"),
            ("https://a.example/x/y", "/z", "https://a.example/z"),
            ("https://a.example/x/y", "//b.example/z", "https://b.example/z"),
            ("https://a.example/x/y", "urn:example:z", "urn:example:z"),
            ("https://a.example", "z", "https://a.example/z"),
            ("https://a.example/x/", "..", "https://a.example/"),
            ("urn:example:y", "#name", "urn:example:y"),
            ("spec.yaml", "z", "z"),
            ("schemas/y.yaml", "../spec.yaml", "spec.yaml"),
            ("y.yaml", "../z.yaml", "../z.yaml"),
            ("", "z", "z"),
        ] {
            assert_eq!(resolve(base, reference), meant, "{base} {reference}");
        }
    }

    #[test]
    fn a_uri_is_called_by_the_end_of_its_path() {
        for (uri, name) in [
            ("https://a.example/schemas/cat-page", "cat-page"),
            ("https://a.example/schemas/cat.json?v=1/2", "cat"),
            ("urn:example:cat", "cat"),
            ("cat/", "cat"),
            ("", ""),
        ] {
            assert_eq!(last_segment(uri), name, "{uri}");
        }
    }
}
