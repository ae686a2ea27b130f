//! What is told of all examples together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use codegen::{Documented, DocumentedExample, Place, Rule, Shown};
use serde::{Serialize, Serializer};

use crate::class::Class;
use crate::crates::Run;
use crate::finding::Finding;
use crate::har::Found;
use crate::judge::Verdict;
use crate::refused::Answers;

/// What became of the examples of a description.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The name of the description's file.
    pub description: Told,
    /// How many examples there are.
    pub examples: usize,
    /// Of how many of these a schema says what they should be.
    pub judged: usize,
    /// How many of these fit it.
    pub fit: usize,
    /// How many tests of the emitted crate came back as the same JSON, of how many; nothing, if they were not run.
    pub come_back: Option<[usize; 2]>,
    /// What the types of the emitted crate make of the documented answers; nothing, if it was not compiled.
    pub answers: Option<ReadAnswers>,
    /// Of how many request bodies that are no JSON it went over the wire what their examples document, of how many;
    /// nothing, if there are no such tests, or they were not run.
    pub sent: Option<[usize; 2]>,
    /// How many disagreements there are, by class, in how many examples.
    pub classes: BTreeMap<Class, usize>,
    /// The disagreements, in the order of the classes and of the description.
    pub disagreements: Vec<Disagreement>,
    /// Where the generator is wrong, and not the description.
    pub faults: Vec<Fault>,
    /// All examples, in the order of the description's operations.
    pub all: Vec<Row>,
    /// What became of requests and answers that were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Seen>,
}

/// What the types of the crate make of documented answers.
#[derive(Debug, Serialize)]
pub struct ReadAnswers {
    /// How many there are that are JSON.
    pub all: usize,
    /// Those that the client refuses.
    pub refused: Vec<Refused>,
    /// With this overlay, it takes them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub overlay: String,
}

/// An answer that the client refuses.
#[derive(Debug, Serialize)]
pub struct Refused {
    pub example: Told,
    pub place: Option<Spot>,
    /// What the client says of it.
    pub message: Told,
}

/// What became of requests and answers.
#[derive(Debug, Serialize)]
pub struct Seen {
    pub file: Told,
    /// How many requests there are.
    pub entries: usize,
    /// Of these, how many are of an operation that is described.
    pub described: usize,
    /// How many are of another service, which nothing is said of.
    pub foreign: usize,
    /// How many disagreements there are, by class.
    pub classes: BTreeMap<Class, usize>,
    /// The disagreements, in the order of the classes and of the requests.
    pub disagreements: Vec<Disagreement>,
}

/// A mistake of the generator.
#[derive(Debug, Serialize)]
pub struct Fault {
    pub example: Told,
    pub place: Option<Spot>,
    pub message: Told,
}

/// An example, and whether it fits its schema.
#[derive(Debug, Serialize)]
pub struct Row {
    pub example: Told,
    /// What it is called among others of its place.
    pub name: Option<Told>,
    /// The operations that have it, such as `GET /cats 200`.
    pub uses: Vec<Told>,
    pub place: Option<Spot>,
    /// Nothing, if it was not judged.
    pub fits: Option<bool>,
    pub classes: BTreeSet<Class>,
}

/// Examples that disagree with a schema in the same way, so that one edit is for all of them.
#[derive(Debug, Serialize)]
pub struct Disagreement {
    pub class: Class,
    /// Of the first example.
    pub message: Told,
    pub edit: Told,
    /// The keyword that it breaks, or the schema that says nothing of it.
    pub schema: Option<Spot>,
    pub examples: Vec<Instance>,
}

/// An example that disagrees with its schema.
#[derive(Debug, Serialize)]
pub struct Instance {
    /// What it is an example of.
    pub example: Told,
    /// The way to the value, as a JSON Pointer in the example.
    pub value: Told,
    pub place: Option<Spot>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot(pub Place);

/// A text that is fit to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told(pub Shown);

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl Serialize for Spot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

fn told(text: impl Into<Shown>) -> Told {
    Told(text.into())
}

impl Report {
    pub fn of(description: &str, documented: &Documented, verdicts: &[Verdict]) -> Self {
        let judged = documented.examples().iter().zip(verdicts);
        let mut report = Self {
            description: told(description),
            examples: verdicts.len(),
            judged: verdicts.iter().filter(|verdict| **verdict != Verdict::NotJudged).count(),
            fit: verdicts.iter().filter(|verdict| verdict.fits()).count(),
            come_back: None,
            answers: None,
            sent: None,
            classes: BTreeMap::new(),
            disagreements: dangling(documented),
            faults: Vec::new(),
            all: Vec::new(),
            traffic: None,
        };
        let places = places(documented, judged.clone());
        report.all = judged.clone().map(|(example, verdict)| Row::of(example, verdict, &places)).collect();
        let mut grouped = Grouped { all: std::mem::take(&mut report.disagreements), ..Grouped::default() };
        for (example, verdict) in judged {
            for finding in verdict.findings() {
                let place = places.get(&value_pointer(example, &finding.value)).cloned().map(Spot);
                grouped.add(finding, &example.title(), place, &places);
            }
        }
        (report.disagreements, report.classes) = grouped.finish();
        report
    }

    /// Takes along what is wrong with the generator: messages, each of an example by its place among all.
    pub fn blame(&mut self, documented: &Documented, wrong: Vec<(usize, String)>) {
        let examples = documented.examples();
        let wrong: Vec<_> = wrong.into_iter().filter_map(|(index, said)| Some((examples.get(index)?, said))).collect();
        let places = documented.places(wrong.iter().map(|(example, _)| example.pointer.as_str()));
        self.faults.extend(wrong.into_iter().map(|(example, message)| Fault {
            example: Told(example.title()),
            place: places.get(&example.pointer).cloned().map(Spot),
            message: told(message),
        }));
    }

    /// Takes along what the tests of the crate said.
    pub fn tested(&mut self, documented: &Documented, run: Run) {
        let [as_documented, sent] = run.sent;
        let others = run.others.len().saturating_sub(sent - as_documented);
        self.come_back = Some([run.equal, run.equal + others]);
        self.sent = Some(run.sent).filter(|_| sent > 0);
        let examples = documented.examples();
        let places = documented.places(examples.iter().map(|example| example.pointer.as_str()));
        self.faults.extend(run.others.into_iter().map(|(example, what)| {
            // The place is the last of what is said of the example.
            let pointer = example.rsplit_once('#').and_then(|(_, pointer)| pointer.strip_suffix(')'));
            let place = places.values().find(|place| Some(place.pointer.as_str()) == pointer).cloned();
            Fault { example: told(example), place: place.map(Spot), message: told(format!("this fits, and {what}")) }
        }));
    }

    /// Takes along what became of the documented answers, and the overlay with which all of them are read.
    pub fn answered(&mut self, documented: &Documented, answers: Answers, overlay: String) {
        let places = answers.places(documented).collect::<Vec<_>>();
        let places = documented.places(places.iter().map(String::as_str));
        let refused = answers.refused.into_iter().filter_map(|(index, why)| {
            let example = documented.examples().get(index)?;
            let place = places.get(&example.pointer).cloned().map(Spot);
            Some(Refused { example: Told(example.title()), place, message: told(why) })
        });
        self.answers = Some(ReadAnswers { all: answers.all, refused: refused.collect(), overlay });
    }

    /// Whether there is nothing to say of the description.
    pub fn is_clean(&self) -> bool {
        self.disagreements.is_empty() && self.traffic.iter().all(|traffic| traffic.disagreements.is_empty())
    }
}

impl Seen {
    /// What became of the parts of requests and answers.
    pub fn of(file: &Shown, entries: usize, found: &Found, documented: &Documented, verdicts: &[Verdict]) -> Self {
        let findings = || {
            let pieces = found.pieces.iter().zip(verdicts);
            pieces.flat_map(|(piece, verdict)| {
                piece.findings.iter().chain(verdict.findings()).map(move |finding| (piece, finding))
            })
        };
        let keywords: Vec<_> = findings().map(|(_, finding)| finding.keyword.as_str()).collect();
        let places: HashMap<_, _> = documented.places(keywords).into_iter().collect();
        let mut grouped = Grouped::default();
        findings().for_each(|(piece, finding)| {
            grouped.add(finding, &Shown::from(piece.title.as_str()), None, &places);
        });
        let (disagreements, classes) = grouped.finish();
        let Found { described, foreign, .. } = *found;
        Self { file: Told(file.clone()), entries, described, foreign, classes, disagreements }
    }
}

/// Disagreements, of which those that one edit is for are told together.
#[derive(Default)]
struct Grouped {
    all: Vec<Disagreement>,
    known: HashMap<(Class, String, Option<String>, String), usize>,
}

impl Grouped {
    fn add(&mut self, finding: &Finding, title: &Shown, place: Option<Spot>, places: &HashMap<String, Place>) {
        let key = (finding.class, finding.keyword.clone(), finding.member.clone(), finding.edit.clone());
        let index = *self.known.entry(key).or_insert(self.all.len());
        if index == self.all.len() {
            self.all.push(Disagreement {
                class: finding.class,
                message: told(finding.message.as_str()),
                edit: told(finding.edit.as_str()),
                schema: places.get(&finding.keyword).cloned().map(Spot),
                examples: Vec::new(),
            });
        }
        let value = told(finding.value.as_str());
        self.all[index].examples.push(Instance { example: Told(title.clone()), value, place });
    }

    /// In the order of the classes, and how many there are of each.
    fn finish(mut self) -> (Vec<Disagreement>, BTreeMap<Class, usize>) {
        self.all.sort_by_key(|disagreement| disagreement.class);
        let mut classes = BTreeMap::new();
        for disagreement in &self.all {
            *classes.entry(disagreement.class).or_default() += disagreement.examples.len();
        }
        (self.all, classes)
    }
}

impl Row {
    fn of(example: &DocumentedExample, verdict: &Verdict, places: &HashMap<String, Place>) -> Self {
        Self {
            example: Told(example.title()),
            name: example.name.as_deref().map(told),
            uses: example.uses.iter().map(|usage| told(usage.to_string())).collect(),
            place: places.get(&example.pointer).cloned().map(Spot),
            fits: (*verdict != Verdict::NotJudged).then(|| verdict.fits()),
            classes: verdict.findings().iter().map(|finding| finding.class).collect(),
        }
    }
}

/// The references that lead nowhere, which were told when the description was read.
fn dangling(documented: &Documented) -> Vec<Disagreement> {
    let warnings = documented.warnings();
    let dangling = warnings.iter().filter(|warning| warning.rule() == Rule::UnresolvedReference);
    let disagreement = |warning: &codegen::Diagnostic| {
        let place = warnings.place(warning).map(Spot);
        let help = warning.help_text().unwrap_or_default();
        Disagreement {
            class: Class::DanglingReference,
            message: told(warning.message().split(';').next().unwrap_or_default()),
            edit: told(match help.lines().find(|line| line.starts_with("did you mean")) {
                Some(meant) => format!("correct the reference: {meant}"),
                None => "describe what it refers to, or take the reference out".to_owned(),
            }),
            schema: None,
            examples: vec![Instance { example: told("reference"), value: told(""), place }],
        }
    };
    dangling.map(disagreement).collect()
}

/// Where examples stand, and the values and keywords that there is something to say of.
pub fn places<'v>(
    documented: &Documented,
    judged: impl Iterator<Item = (&'v DocumentedExample, &'v Verdict)>,
) -> HashMap<String, Place> {
    let mut pointers = Vec::new();
    for (example, verdict) in judged {
        pointers.push(example.pointer.clone());
        for finding in verdict.findings() {
            pointers.extend([finding.keyword.clone(), value_pointer(example, &finding.value)]);
        }
    }
    documented.places(pointers.iter().map(String::as_str)).into_iter().collect()
}

/// Where a value of an example stands; one that is in a file of its own stands where that is named.
fn value_pointer(example: &DocumentedExample, value: &str) -> String {
    match example.file {
        Some(_) => example.pointer.clone(),
        None => format!("{}{value}", example.pointer),
    }
}
