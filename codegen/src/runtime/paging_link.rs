//! Links to the next page: where they stand, and where they lead.

use http::HeaderMap;
use http::header::LINK;
use percent_encoding::percent_decode_str;

use super::address::Address;
use super::excerpt::excerpt;
use super::headers::header_list;
use super::paging_fault::PagingFault;
use super::request::Request;
use super::settings::Settings;

/// The target of the link `next` of the headers `Link`: RFC 8288, section 3.
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    let links: Vec<String> = header_list(headers, LINK.as_str())?;
    links.iter().find_map(|link| {
        let (target, parameters) = link.strip_prefix('<')?.split_once('>')?;
        is_next(parameters).then(|| target.trim().to_owned())
    })
}

/// Whether the parameters of a link have the relation `next`; of several `rel`, the first one counts.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while let Some((_, parameter)) = rest.split_once(';') {
        let end = parameter.find([';', '=']).unwrap_or(parameter.len());
        let (name, behind) = parameter.split_at(end);
        let (value, after) = match behind.strip_prefix('=') {
            Some(value) => value_of(value.trim_start()),
            None => ("", behind),
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            return value.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"));
        }
        rest = after;
    }
    false
}

/// The value that a text begins with, without its quotes, and what is behind it.
fn value_of(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        return text.split_at(text.find(';').unwrap_or(text.len()));
    };
    let mut is_escaped = false;
    let end = quoted.bytes().position(|sign| {
        let ends = sign == b'"' && !is_escaped;
        is_escaped = sign == b'\\' && !is_escaped;
        ends
    });
    end.map_or((quoted, ""), |end| (&quoted[..end], &quoted[end + 1..]))
}

impl Request {
    /// Has the request ask for what a link leads to, which is on the same server: the credential goes along.
    ///
    /// The link may be relative to where the request would go otherwise (RFC 3986, section 5.2).
    pub(super) fn follow(&mut self, link: &str, client: &Settings) -> Result<(), PagingFault> {
        let base = self.base_url(client);
        let server = base.beside("");
        let foreign = |link: &str| PagingFault::Foreign { link: excerpt(link), server: server.to_string() };
        let address = Address::resolve(&format!("{base}{}", self.path), link).ok_or_else(|| foreign(named(link)))?;
        if !address.origin.is_of_origin(&server.to_string()) {
            return Err(foreign(&address.origin.to_string()));
        }
        self.path = address.path;
        self.query.clear();
        for pair in address.query.split('&').filter(|pair| !pair.is_empty()) {
            self.add_query(pair);
        }
        self.send_to(server);
        Ok(())
    }

    /// Adds a part of a query as it is. What has the same name stands together, so that a key of the client replaces it.
    fn add_query(&mut self, pair: &str) {
        let name = pair.split_once('=').map_or(pair, |(name, _)| name);
        let name = percent_decode_str(name).decode_utf8_lossy();
        match self.query.iter_mut().find(|(known, _)| *known == name) {
            Some((_, text)) => text.extend(["&", pair]),
            None => self.query.push((name.into_owned(), pair.to_owned())),
        }
    }
}

/// What can be said of a link that is no address: its host, or its scheme. What is before the host may be a password.
fn named(link: &str) -> &str {
    match link.split_once("//") {
        Some((_, rest)) => {
            rest.split(['/', '?', '#']).next().and_then(|host| host.rsplit('@').next()).unwrap_or_default()
        }
        None => link.split(':').next().unwrap_or_default(),
    }
}
