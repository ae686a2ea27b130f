//! From what disagrees to what is to be edited.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codegen::Shown;
use serde_json::Value;

use super::infer::kind;
use crate::class::Class;
use crate::finding::Finding;
use crate::sample::Sample;

/// What is done to a schema, or to an example.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Edit {
    /// `null` is allowed.
    AllowNull,
    /// A value is listed.
    List,
    /// A member is not required.
    NotRequired(String),
    /// A member is described.
    Describe(String),
    /// A keyword goes.
    Without(String),
    /// A limit becomes that of the values.
    Limit(String),
    /// More types are allowed than the one that is named.
    AlsoType,
    /// There is another variant, in a list of them.
    AlsoVariant(String),
    /// The schema becomes the first of two variants.
    Either,
    /// Several variants may fit.
    AnyOf,
    /// JSON that is written as a string is written as JSON.
    Unquote,
    /// There is an answer of another status.
    AddAnswer(String),
    /// There is a body of another media type.
    AddContent(String),
    /// There is another parameter of the query.
    AddParameter(String),
    /// A parameter, or a body, may be missing.
    Optional,
}

/// An edit of something, and what it is for.
pub struct Planned<'e> {
    /// The JSON Pointer of the schema, or of the text.
    pub at: String,
    pub edit: Edit,
    pub values: Vec<&'e Value>,
    class: Class,
    examples: BTreeSet<String>,
}

/// The edits of one round.
pub struct Edits<'e> {
    document: &'e Value,
    is_3_0: bool,
    ranks: [Rank<'e>; 3],
}

/// Edits that change about as much.
#[derive(Default)]
struct Rank<'e> {
    planned: Vec<Planned<'e>>,
    /// By their places, and whether they replace what is there.
    places: BTreeMap<String, bool>,
    numbers: HashMap<(String, Edit), usize>,
}

impl Edit {
    /// Whether what is at the place is another thing afterwards, so that nothing else can be done there in the same round.
    fn replaces(&self) -> bool {
        match self {
            Self::AllowNull
            | Self::List
            | Self::NotRequired(_)
            | Self::Describe(_)
            | Self::Without(_)
            | Self::Limit(_)
            | Self::AddAnswer(_)
            | Self::AddContent(_)
            | Self::AddParameter(_)
            | Self::Optional => false,
            Self::AlsoType | Self::AlsoVariant(_) | Self::Either | Self::AnyOf | Self::Unquote => true,
        }
    }

    /// How much of what is described it changes: it is not needed where a lesser one makes the value fit.
    fn rank(&self) -> usize {
        match self {
            Self::AlsoVariant(_) => 1,
            Self::Either => 2,
            _ => 0,
        }
    }
}

impl<'e> Edits<'e> {
    pub fn new(document: &'e Value, is_3_0: bool) -> Self {
        Self { document, is_3_0, ranks: Default::default() }
    }

    /// Plans what a disagreement comes to, if anything does.
    pub fn add(&mut self, sample: &Sample<'e>, finding: &Finding) {
        let value = shown(sample, finding);
        let Some((at, edit)) = self.beside_schemas(finding).or_else(|| self.edit(sample, finding, value?)) else {
            return;
        };
        self.ranks[edit.rank()].add((at, edit), (value, sample.title.clone()), finding.class);
    }

    /// What is not about values.
    fn beside_schemas(&self, finding: &Finding) -> Option<(String, Edit)> {
        let (at, _) = finding.keyword.rsplit_once('/')?;
        let member = || finding.member.clone();
        let edit = match finding.class {
            Class::UndescribedStatus => Edit::AddAnswer(member()?),
            Class::UndescribedMediaType => Edit::AddContent(member()?),
            Class::UndescribedParameter => Edit::AddParameter(member()?),
            Class::RequiredMissing if finding.member.is_none() => Edit::Optional,
            _ => return None,
        };
        Some((at.to_owned(), edit))
    }

    fn edit(&self, sample: &Sample<'_>, finding: &Finding, value: &Value) -> Option<(String, Edit)> {
        let (schema, keyword) = self.broken(&finding.keyword)?;
        let in_schema = |edit| Some((schema.to_owned(), edit));
        let said = self.document.pointer(schema)?.get(keyword);
        match finding.class {
            Class::DanglingReference
            | Class::UndescribedOperation
            | Class::UndescribedStatus
            | Class::UndescribedMediaType
            | Class::UndescribedParameter
            | Class::NoJson => None,
            Class::JsonAsString => {
                let text = format!("{}{}", sample.pointer?, finding.value);
                // A text in a list is no target of an action.
                let is_member = self.document.pointer(text.rsplit_once('/')?.0).is_some_and(Value::is_object);
                is_member.then_some((text, Edit::Unquote))
            }
            Class::NullNotAllowed => in_schema(Edit::AllowNull),
            Class::RequiredMissing => in_schema(Edit::NotRequired(finding.member.clone()?)),
            Class::NotListed => in_schema(Edit::List).filter(|_| sample.is_shown),
            Class::Format | Class::Pattern => in_schema(Edit::Without(keyword.to_owned())),
            Class::Limits if keyword == "format" || !sample.is_shown => in_schema(Edit::Without(keyword.to_owned())),
            Class::Limits if said.is_some() => in_schema(Edit::Limit(keyword.to_owned())),
            Class::UndeclaredMember | Class::EqualButForCase | Class::ForbiddenMember => {
                in_schema(Edit::Describe(finding.member.clone()?))
            }
            Class::SeveralVariantsFit => in_schema(Edit::AnyOf),
            Class::NoVariantFits if matches!(keyword, "anyOf" | "oneOf") => {
                in_schema(Edit::AlsoVariant(keyword.to_owned()))
            }
            Class::MixedUp | Class::ScalarInQuotes | Class::OtherShape | Class::TextForObject
                if keyword == "type" && self.is_type_enough(schema, value) =>
            {
                in_schema(Edit::AlsoType)
            }
            Class::MixedUp
            | Class::ScalarInQuotes
            | Class::OtherShape
            | Class::TextForObject
            | Class::NoVariantFits
            | Class::NothingInCommon => in_schema(Edit::Either),
            Class::Limits => None,
        }
    }

    /// The schema that has a keyword, and the keyword; of what stands in for a keyword, the keyword that says it.
    fn broken<'p>(&self, pointer: &'p str) -> Option<(&'p str, &'p str)> {
        let mut pointer = pointer;
        loop {
            let (schema, keyword) = pointer.rsplit_once('/')?;
            if self.document.pointer(pointer).is_some() {
                return Some((schema, keyword));
            }
            pointer = schema;
        }
    }

    /// Whether another type in the list is all that a value wants: nothing else of the schema is about values of its type.
    fn is_type_enough(&self, schema: &str, value: &Value) -> bool {
        let Some(schema) = self.document.pointer(schema) else { return false };
        let is_wider = kind(value) == "number" && schema["type"] == "integer";
        is_wider
            || !self.is_3_0
                && !value.is_array()
                && !value.is_object()
                && schema.get("enum").or(schema.get("const")).is_none()
    }

    /// The edits that were planned, of the least rank that there is.
    pub fn finish(self) -> Vec<Planned<'e>> {
        self.ranks.into_iter().map(|rank| rank.planned).find(|planned| !planned.is_empty()).unwrap_or_default()
    }
}

impl<'e> Rank<'e> {
    /// Plans an edit, unless another one changes what it is about: then it waits for the next round.
    fn add(&mut self, (at, edit): (String, Edit), (value, title): (Option<&'e Value>, String), class: Class) {
        if let Some(planned) = self.numbers.get(&(at.clone(), edit.clone())).and_then(|at| self.planned.get_mut(*at)) {
            planned.examples.insert(title);
            planned.values.extend(value);
            return;
        }
        let replaces = edit.replaces();
        let is_taken = |known: &bool| replaces || *known;
        let around = std::iter::successors(Some(at.as_str()), |at| at.rsplit_once('/').map(|(parent, _)| parent));
        // The sign behind the slash comes behind all that begins with a slash.
        let mut within = self.places.range(format!("{at}/")..format!("{at}0")).map(|(_, replaces)| replaces);
        if around.filter_map(|at| self.places.get(at)).any(is_taken) || within.any(is_taken) {
            return;
        }
        *self.places.entry(at.clone()).or_default() |= replaces;
        self.numbers.insert((at.clone(), edit.clone()), self.planned.len());
        self.planned.push(Planned {
            at,
            edit,
            values: value.into_iter().collect(),
            class,
            examples: BTreeSet::from([title]),
        });
    }
}

impl Planned<'_> {
    /// What the edit is for, in a line.
    pub fn evidence(&self) -> String {
        let first = self.examples.first().map(String::as_str).unwrap_or_default();
        let others = match self.examples.len().saturating_sub(1) {
            0 => String::new(),
            1 => " and in another example".to_owned(),
            others => format!(" and in {others} other examples"),
        };
        Shown::from(format!("{}: as in {first}{others}", self.class)).to_string()
    }
}

/// The value that an example shows: of a member, where it is the member that is not described.
fn shown<'e>(sample: &Sample<'e>, finding: &Finding) -> Option<&'e Value> {
    let value = sample.value?.pointer(&finding.value)?;
    match (finding.class, &finding.member) {
        (Class::ForbiddenMember, Some(name)) => value.get(name),
        _ => Some(value),
    }
}
