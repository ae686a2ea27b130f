//! How the status of a reply says what is read of it.

use indexmap::IndexSet;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::{Side, Status};

/// The statuses of a side's replies, as the description has them, those first that say more.
pub(super) fn listed(side: &Side) -> String {
    let mut statuses: Vec<_> = side.replies.iter().map(|reply| reply.status).collect();
    statuses.sort_by_key(|status| precedence(*status));
    let words: IndexSet<_> = statuses.into_iter().flat_map(words).collect();
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn words(status: Status) -> Vec<String> {
    match status {
        Status::NoContent => vec!["204".to_owned(), "205".to_owned()],
        other => vec![other.text()],
    }
}

/// What is read for each of these statuses, those first that say more; `otherwise` is for all others.
pub(super) fn choice(arms: Vec<(Status, TokenStream)>, otherwise: &TokenStream) -> TokenStream {
    let has_default = arms.iter().any(|(status, _)| *status == Status::Default);
    let arms = merged(without_repeated(arms));
    match arms.as_slice() {
        [] => otherwise.clone(),
        [(_, read)] if has_default => read.clone(),
        arms => {
            let arms = arms.iter().map(|(patterns, read)| quote!(#(#patterns)|* => #read));
            let otherwise = (!has_default).then(|| quote!(_ => #otherwise,));
            quote!(match reply.status() { #(#arms,)* #otherwise })
        }
    }
}

/// A status says more than its range, and both say more than `default`.
pub(super) fn precedence(status: Status) -> (u8, u16) {
    match status {
        Status::Code(code) => (0, code),
        Status::NoContent => (0, 204),
        Status::Range(digit) => (1, digit),
        Status::Default => (2, 0),
    }
}

/// The arms but for those that read a reply as the one of all other statuses does.
fn without_repeated(mut arms: Vec<(Status, TokenStream)>) -> Vec<(Status, TokenStream)> {
    let is_default = |(status, _): &(Status, TokenStream)| *status == Status::Default;
    let Some(default) = arms.iter().find(|arm| is_default(arm)).map(|(_, read)| read.to_string()) else { return arms };
    let differs = |read: &TokenStream| read.to_string() != default;
    arms.retain(|(status, read)| !matches!(status, Status::Range(_)) || differs(read));
    let ranges: Vec<_> = arms.iter().map(|(status, _)| precedence(*status)).filter(|(kind, _)| *kind == 1).collect();
    // Within a range that is read otherwise, a status still has to say how it is read.
    let is_in_range = |status| ranges.contains(&(1, precedence(status).1 / 100));
    arms.retain(|arm| is_default(arm) || differs(&arm.1) || is_in_range(arm.0));
    arms
}

/// Arms that read a reply the same way, as one. Only where the patterns are of one kind: a status must
/// still come before its range, and a range before the rest.
pub(super) fn merged(arms: Vec<(Status, TokenStream)>) -> Vec<(Vec<TokenStream>, TokenStream)> {
    let statuses: Vec<_> = arms.iter().map(|(status, _)| *status).collect();
    let mut merged: Vec<(u8, Vec<Status>, TokenStream)> = Vec::new();
    for (status, read) in arms {
        let (kind, _) = precedence(status);
        let same = |arm: &&mut (u8, Vec<Status>, TokenStream)| arm.0 == kind && arm.2.to_string() == read.to_string();
        match merged.iter_mut().find(same) {
            Some((_, alike, _)) => alike.push(status),
            None => merged.push((kind, vec![status], read)),
        }
    }
    merged.into_iter().map(|(_, alike, read)| (patterns(&alike, &statuses), read)).collect()
}

/// The patterns of statuses, beside those of others. Ranges that follow each other are one.
pub(super) fn patterns(alike: &[Status], others: &[Status]) -> Vec<TokenStream> {
    let codes = alike.iter().filter_map(|status| if let Status::Code(code) = *status { Some(code) } else { None });
    let mut patterns = of_codes(codes.collect());
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for status in alike {
        match *status {
            Status::Code(_) => {}
            Status::Range(digit) => {
                // Clippy takes a range that begins with the value of another arm for a mistake.
                let first = digit * 100;
                let first = first + u16::from(others.contains(&Status::Code(first)));
                match ranges.last_mut() {
                    Some((_, last)) if *last + 1 == first => *last += 100,
                    _ => ranges.push((first, digit * 100 + 99)),
                }
            }
            Status::NoContent => patterns.push(quote!(204 | 205)),
            Status::Default => patterns.push(quote!(_)),
        }
    }
    patterns.extend(ranges.into_iter().map(|(first, last)| range(first, last)));
    patterns
}

/// The patterns of codes. Three and more in a row are a range, as clippy wants it.
fn of_codes(mut codes: Vec<u16>) -> Vec<TokenStream> {
    codes.sort_unstable();
    let runs = codes.chunk_by(|one, next| *one + 1 == *next);
    let patterns = runs.flat_map(|run| match *run {
        [first, _, .., last] => vec![range(first, last)],
        _ => run.iter().map(|code| Literal::u16_unsuffixed(*code)).map(|code| quote!(#code)).collect(),
    });
    patterns.collect()
}

fn range(first: u16, last: u16) -> TokenStream {
    let (first, last) = (Literal::u16_unsuffixed(first), Literal::u16_unsuffixed(last));
    quote!(#first..=#last)
}
