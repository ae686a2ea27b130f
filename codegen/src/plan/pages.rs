//! Which operations answer with one page of many: what is said of it, held against what they take and answer.

mod guess;
mod place;
mod walk;

use self::place::Asked;
use self::walk::{Walk, only_list, walk};
use crate::api::{Api, Format, Location, Operation, Origin, Outcome, Pages, Paging, Route, Said, Source, Type, Types};
use crate::diagnostics::{Diagnostic, Report};
use crate::maps::{HashSet, IndexSet};
use crate::parse::closest;
use crate::rule::Rule;

pub(super) fn settle(api: &mut Api, report: &mut Report) {
    let types = &api.types;
    let (mut offered, mut used) = (IndexSet::default(), HashSet::default());
    for operation in api.groups.iter_mut().flat_map(|group| &mut group.operations) {
        let ways = std::mem::take(&mut operation.pages);
        let at_all = ways.iter().filter(|way| way.said == Said::Everywhere);
        offered.extend(at_all.map(|way| way.origin.pointer().to_owned()));
        let found = chosen(operation, ways, types, report);
        used.extend(found.iter().map(|way| way.origin.pointer().to_owned()));
        operation.pages = found.into_iter().filter(|way| way.paging != Paging::Never).collect();
    }
    for unused in offered.iter().filter(|at| !used.contains(*at)) {
        let message = "no operation has pages like this";
        let diagnostic = Diagnostic::error(Rule::UnmatchedSelection, &Origin::new(unused.as_str()), message);
        report.push(diagnostic.help("say it of one operation: then it is told what is missing there"));
    }
}

/// The first way that fits an operation.
fn chosen(operation: &Operation, ways: Vec<Pages>, types: &Types, report: &mut Report) -> Option<Pages> {
    let is_said = ways.iter().any(|way| way.said != Said::Everywhere);
    for way in ways {
        let (said, origin) = (way.said, way.origin.clone());
        match fitted(operation, way, types) {
            Ok(pages) => return Some(pages),
            Err(misfit) => report.extend(misfit.told(said, &origin, operation)),
        }
    }
    if is_said { None } else { guess::guess(operation, types) }
}

/// Why an operation has no such pages.
struct Misfit {
    /// The member of the extension that is wrong; empty for all of it.
    member: &'static str,
    message: String,
    help: Option<String>,
}

impl Misfit {
    fn new(member: &'static str, message: impl Into<String>) -> Self {
        Self { member, message: message.into(), help: None }
    }

    fn or_closest<'n>(self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        let close = closest(name, known);
        Self { help: close.map(|close| format!("did you mean `{close}`?")).or(self.help), ..self }
    }

    fn or_help(self, help: &str) -> Self {
        Self { help: self.help.or_else(|| Some(help.to_owned())), ..self }
    }

    /// Two reasons for one thing.
    fn nor(self, other: Self) -> Self {
        Self { message: format!("{}, and {}", self.message, other.message), help: self.help.or(other.help), ..self }
    }

    fn told(self, said: Said, origin: &Origin, operation: &Operation) -> Option<Diagnostic> {
        let Self { member, message, help } = self;
        let name = &operation.name.wire;
        let diagnostic = match said {
            Said::Everywhere | Said::Nobody => return None,
            Said::Here if member.is_empty() => Diagnostic::error(Rule::InvalidExtension, origin, message),
            Said::Here => Diagnostic::error(Rule::InvalidExtension, &origin.child(member), message),
            Said::Elsewhere(extension) => {
                let message = format!("`{extension}` does not fit `{name}`, which has no pages then: {message}");
                Diagnostic::warning(Rule::InvalidExtension, origin, message).on_key()
            }
        };
        Some(help.into_iter().fold(diagnostic, Diagnostic::help))
    }
}

/// A way with all that is left open in it, if an operation can go it.
fn fitted(operation: &Operation, mut way: Pages, types: &Types) -> Result<Pages, Misfit> {
    if way.paging == Paging::Never {
        return Ok(way);
    }
    let name = &operation.name.wire;
    let Some(body) = body(operation) else {
        return Err(Misfit::new("", format!("`{name}` does not answer with one kind of JSON, which a page has to be")));
    };
    let answer = Answer { types, body, name };
    way.items = Some(answer.items(way.items.take())?);
    answer.has("more", way.more.as_ref(), is_flag)?;
    answer.has("done", way.done.as_ref(), is_flag)?;
    let asked = Asked { operation, types };
    match &mut way.paging {
        Paging::Cursor { place, from } => {
            asked.settle("cursor", place, &[Location::Query, Location::Header])?;
            answer.source("from", from)?;
        }
        Paging::Number { place, first, last } => {
            asked.settle("page", place, &[Location::Query])?;
            answer.has("last", last.as_ref(), is_number)?;
            if first.is_none() {
                let message = format!("nothing says which number the first page of `{name}` has");
                let help = "say it by `first`, or by the `default` of the parameter";
                return Err(Misfit::new("page", message).or_help(help));
            }
        }
        Paging::Offset { place } => asked.settle("offset", place, &[Location::Query])?,
        Paging::Link(source) => answer.source("link", source)?,
        Paging::Never => {}
    }
    Ok(way)
}

/// The type of the JSON that an operation answers with, if it has one for all that it may answer, or else nothing.
fn body(operation: &Operation) -> Option<&Type> {
    let ty = match &operation.success.outcome {
        Outcome::Same(ty) | Outcome::Optional(ty) => ty,
        Outcome::Enum(_) => &operation.success.content_or_none()?.1.ty,
        Outcome::Nothing => return None,
    };
    let mut contents = operation.success.replies.iter().flat_map(|reply| &reply.content);
    let is_json = contents.all(|content| matches!(content.format, Format::Json));
    (is_json && operation.streamed.is_none() && *ty != Type::Unit).then_some(ty)
}

/// What an operation answers with.
struct Answer<'t> {
    types: &'t Types,
    body: &'t Type,
    name: &'t str,
}

impl Answer<'_> {
    /// The way to the items: as it is said, or to the only list.
    fn items(&self, said: Option<Route>) -> Result<Route, Misfit> {
        let name = self.name;
        let Some(route) = said else {
            let message = format!("which list has the items of a page of `{name}` is not clear");
            return only_list(self.types, self.body)
                .ok_or_else(|| Misfit::new("", message).or_help("say it by `items`"));
        };
        match walk(self.types, self.body, &route) {
            Walk::To(Type::Array(_)) if route.0.iter().all(|step| step != Route::LAST) => Ok(route),
            Walk::Missing { step, known } => Err(self.missing("items", &step, known)),
            Walk::To(_) | Walk::Open => {
                Err(Misfit::new("items", format!("`{}` is no list of items in the answer of `{name}`", route.text())))
            }
        }
    }

    fn source(&self, member: &'static str, source: &Source) -> Result<(), Misfit> {
        match source {
            Source::Member(route) => self.has(member, Some(route), is_scalar),
            Source::Header(_) | Source::Links => Ok(()),
        }
    }

    /// Checks that there is a member of a kind.
    fn has(&self, member: &'static str, route: Option<&Route>, is: fn(&Type) -> bool) -> Result<(), Misfit> {
        let Some(route) = route else { return Ok(()) };
        match walk(self.types, self.body, route) {
            Walk::Open => Ok(()),
            Walk::To(ty) if is(ty) => Ok(()),
            Walk::To(_) => {
                let message = format!("`{}` of the answer of `{}` is of another kind", route.text(), self.name);
                let help = match member {
                    "more" | "done" => "whether there is more is `true` or `false`",
                    "last" => "the number of the last page is a number",
                    _ => LEADS,
                };
                Err(Misfit::new(member, message).or_help(help))
            }
            Walk::Missing { step, known } => Err(self.missing(member, &step, known)),
        }
    }

    fn missing(&self, member: &'static str, step: &str, known: Vec<&str>) -> Misfit {
        let message = match step {
            Route::LAST => format!("there is no list there in the answer of `{}`", self.name),
            _ => format!("there is no member `{step}` there in the answer of `{}`", self.name),
        };
        Misfit::new(member, message).or_closest(step, known)
    }
}

/// What is said where something else is to lead on.
const LEADS: &str = "what leads to the next page is a text or a number";

fn is_flag(ty: &Type) -> bool {
    *ty == Type::Boolean
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Integer(_) | Type::Number | Type::Decimal)
}

fn is_scalar(ty: &Type) -> bool {
    let is_other =
        matches!(ty, Type::Boolean | Type::Null | Type::Array(_) | Type::Map(_) | Type::Tuple(_) | Type::Unit);
    !is_other
}
