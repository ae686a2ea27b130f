//! A difference for people: in a terminal, and as CommonMark.

use super::{Difference, Item, ItemChange, Step, shown};

/// How many names are listed before the others are only counted.
const LISTED: usize = 8;

/// For a terminal: how many and where, in a few lines, and then each by what it belongs to.
pub(super) fn plain(difference: &Difference) -> String {
    let mut text = format!("{}, against {}\n", shown(&difference.new), shown(&difference.old));
    text += &format!("{}\n", verdict(difference));
    if let Some(breaking) = breaking_in(difference) {
        text += &format!("breaking: {breaking}\n");
    }
    for (title, items) in by_title(difference) {
        text += &format!("\n{title}\n");
        let (documented, others): (Vec<_>, Vec<_>) =
            items.iter().partition(|item| item.change == ItemChange::Documented);
        for item in others {
            let whom = whom(item).map(|whom| format!(" ({whom})")).unwrap_or_default();
            text += &format!("  {:9} {}{whom}\n", label(item), item.says);
            if let Some(places) = places(item) {
                text += &format!("  {:9} {places}\n", "");
            }
        }
        if let Some(names) = listed(documented.iter().map(|item| item.name.as_str())) {
            text += &format!("  {:9} other words about {names}\n", "docs");
        }
    }
    text
}

/// As CommonMark.
pub(super) fn markdown(difference: &Difference) -> String {
    let mut text = format!("## API changes: {}\n\n{}\n", step(difference.step), verdict(difference));
    for (title, items) in by_title(difference) {
        text += &format!("\n### {title}\n\n");
        let (documented, others): (Vec<_>, Vec<_>) =
            items.iter().partition(|item| item.change == ItemChange::Documented);
        for item in others {
            let whom = whom(item).map(|whom| format!(" ({whom})")).unwrap_or_default();
            let places = places(item).map(|places| format!(" — {}", super::code(&places).source()));
            text += &format!("- **{}**: {}{whom}{}\n", label(item), item.says, places.unwrap_or_default());
        }
        if let Some(names) = listed(documented.iter().map(|item| item.name.as_str())) {
            text += &format!("- docs: other words about {names}\n");
        }
    }
    text
}

/// How many of what, and what follows.
fn verdict(difference: &Difference) -> String {
    let count = |is: &dyn Fn(&Item) -> bool| difference.items.iter().filter(|item| is(item)).count();
    let breaking = count(&|item| item.step == Step::Major);
    let added = count(&|item| item.step != Step::Major && item.change == ItemChange::Added);
    let docs = count(&|item| item.change == ItemChange::Documented);
    let others = difference.items.len() - breaking - added - docs;
    let counts = [
        (breaking, "breaking change", "breaking changes"),
        (added, "addition", "additions"),
        (others, "other change", "other changes"),
        (docs, "change of the docs alone", "changes of the docs alone"),
    ];
    let counts = counts.iter().filter(|(count, ..)| *count > 0);
    let counts = counts.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }));
    let counts: Vec<_> = counts.collect();
    if counts.is_empty() {
        return "nothing changes for callers".to_owned();
    }
    format!("{}: {}", counts.join(", "), step(difference.step))
}

fn step(step: Step) -> &'static str {
    match step {
        Step::None => "the version stays",
        Step::Patch => "a patch version",
        Step::Minor => "a minor version",
        Step::Major => "a major version",
    }
}

/// Where something breaks.
fn breaking_in(difference: &Difference) -> Option<String> {
    let breaking = difference.items.iter().filter(|item| item.step == Step::Major);
    let mut titles: Vec<_> = breaking.map(|item| item.title.as_str()).collect();
    titles.dedup();
    listed(titles.into_iter())
}

/// Some of the names, and how many more there are.
fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Option<String> {
    let more = names.len().saturating_sub(LISTED);
    let mut names: Vec<_> = names.take(LISTED).map(str::to_owned).collect();
    if more > 0 {
        names.push(format!("{more} more"));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

fn by_title(difference: &Difference) -> impl Iterator<Item = (&str, &[Item])> {
    let groups = difference.items.chunk_by(|one, next| one.title == next.title);
    groups.filter_map(|items| Some((items.first()?.title.as_str(), items)))
}

/// What an item means for a version, in a word.
fn label(item: &Item) -> &'static str {
    match (item.step, item.change) {
        (Step::Major, _) => "breaking",
        (_, ItemChange::Added) => "added",
        (_, ItemChange::Moved) => "moved",
        _ => "changed",
    }
}

/// Whose code may have to change.
fn whom(item: &Item) -> Option<String> {
    let names: Vec<_> = item.breaks.iter().map(|caller| caller.name()).collect();
    let (last, others) = names.split_last()?;
    let list = if others.is_empty() { (*last).to_owned() } else { format!("{} or {last}", others.join(", ")) };
    Some(format!("for callers that {list}"))
}

/// Where it is, and where it was.
fn places(item: &Item) -> Option<String> {
    match (item.old_place(), item.new_place()) {
        (Some(old), Some(new)) => Some(format!("{new}, was at {old}")),
        (None, Some(new)) => Some(new.to_string()),
        (Some(old), None) => Some(format!("was at {old}")),
        (None, None) => None,
    }
}
