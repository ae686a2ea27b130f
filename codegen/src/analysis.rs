//! What a description comes to, before any code is made of it.

use std::sync::Arc;

use crate::api::Api;
use crate::description::Description;
use crate::diagnostics::{Diagnostics, Report, Stop};
use crate::documented::{Documented, Fitting};
use crate::mocked::{Mocked, Sketch};
use crate::options::{self, Options, Settings};
use crate::parse::Configuration;
use crate::render::doc;
use crate::rule::Rule;
use crate::source::Source;
use crate::{Counts, Generated, format, lower, parse, plan, render, replies, threads};

/// What a description comes to: everything is read, checked, named and decided, and no code is made of it yet.
#[derive(Debug)]
pub struct Analysis {
    pub(crate) api: Api,
    pub(crate) settings: Settings,
    /// What emitted files call the description.
    name: String,
    /// The messages so far, none of which is an error, and the files that they point at.
    pub(crate) report: Report,
    /// The docs that were made so far.
    docs: Arc<doc::Known>,
}

/// Reads a description, and decides what becomes of it.
///
/// # Errors
///
/// All the mistakes that the first failing stage finds, each with its place in the description.
pub fn analyze(source: &Source, options: &Options) -> Result<Analysis, Diagnostics> {
    threads::with_stack(|| attempt(source, options))
}

/// Reads what a description documents by example, and the schemas that say what it is an example of.
///
/// A reference that leads nowhere is among the [`warnings`](Documented::warnings), and a schema there takes anything.
///
/// # Errors
///
/// The mistakes for which the description cannot be read, each with its place.
pub fn documented(source: &Source, options: &Options) -> Result<Documented, Diagnostics> {
    read(source, options, false)
}

/// The same, with the operations, for those who hold to it what goes over the wire.
///
/// # Errors
///
/// The same.
pub fn described(source: &Source, options: &Options) -> Result<Documented, Diagnostics> {
    read(source, options, true)
}

fn read(source: &Source, options: &Options, with_operations: bool) -> Result<Documented, Diagnostics> {
    threads::with_stack(|| {
        let (document, report) = read_document(source, options)?;
        Ok(Documented::of(document, report, with_operations))
    })
}

/// Reads what a mock of the service has to know: the operations, what they are answered with, and the schemas of what is
/// sent.
///
/// A reference that leads nowhere is among the [`warnings`](Mocked::warnings), and what would be there is left out.
///
/// # Errors
///
/// The mistakes for which the description cannot be read, each with its place.
pub fn mocked(source: &Source, options: &Options) -> Result<Mocked, Diagnostics> {
    threads::with_stack(|| {
        let (document, mut report) = read_document(source, options)?;
        let sketch = Sketch::of(&document, &mut report);
        let texts = lower::Texts::at(sketch.places().cloned(), &report).read(document);
        Ok(Mocked::new(sketch.text(&texts), report.finish()))
    })
}

/// Reads a description whatever its references lead to.
fn read_document(source: &Source, options: &Options) -> Result<(Description, Report), Diagnostics> {
    let options = options.clone().strict(false).allow(Rule::UnresolvedReference);
    let (mut report, configuration) = configured(source, &options);
    match report.checkpoint().and_then(|()| parse::parse(source, &configuration, &mut report)) {
        Ok(document) => Ok((document, report)),
        Err(Stop) => Err(report.finish()),
    }
}

/// The configuration of a description, and a report that lets pass what may.
fn configured(source: &Source, options: &Options) -> (Report, Configuration) {
    let mut report = Report::new(source.clone());
    options::check_allowances(&options.allow, &mut report);
    report.judge(&options.allow, options.strict);
    let configuration = Configuration::read(source, options, &mut report);
    let allow: Vec<_> = options.allow.iter().copied().chain(configuration.allowed()).collect();
    report.judge(&allow, options.strict || configuration.is_strict());
    (report, configuration)
}

fn attempt(source: &Source, options: &Options) -> Result<Analysis, Diagnostics> {
    let (mut report, configuration) = configured(source, options);
    let settings = Settings::of(options, &configuration, &mut report);
    let planned = report.checkpoint().and_then(|()| stages(source, &configuration, &mut report));
    match planned.and_then(|planned| report.verdict().map(|()| planned)) {
        Ok((api, docs)) => Ok(Analysis { api, settings, name: source.portable_name(), report, docs: docs.into() }),
        Err(Stop) => Err(report.finish()),
    }
}

fn stages(source: &Source, configuration: &Configuration, report: &mut Report) -> Result<(Api, doc::Known), Stop> {
    let mut document = parse::parse(source, configuration, report)?;
    // Where its schemas cannot be read, this alone is said.
    let before = report.mark();
    let ahead = || (document.read_ahead(), doc::Known::read(document.descriptions()));
    let ((read, docs), api) = rayon::join(ahead, || lower::lower(&document, report));
    if let Err(mistake) = read {
        report.replace(before, mistake);
    }
    report.checkpoint()?;
    let api = api?;
    let (texts, fitting, mut aside) = (lower::Texts::of(&api, report), Fitting::of(&api, report), report.beside());
    let read = || {
        // Nobody asks for the schemas any more as they were typed, which takes as much memory as the tree.
        document.forget();
        let (verdicts, sketch) = (fitting.judge(&document), Sketch::of(&document, &mut aside));
        // What is needed of the description is known then: it is not kept for longer.
        let texts = texts.and(sketch.places()).read(document);
        (verdicts, sketch.text(&texts), texts)
    };
    let ((verdicts, mock, texts), planned) = rayon::join(read, || plan::plan(api, report));
    let mut api = Api { mock, ..planned? };
    for example in &mut api.examples {
        example.json = texts.get(example.origin.pointer()).cloned().unwrap_or_default();
    }
    fitting.sort_out(&mut api, verdicts);
    plan::find_same(&mut api.examples);
    Ok((api, docs))
}

impl Analysis {
    /// Makes the client crate.
    ///
    /// # Errors
    ///
    /// When the code that was made is none, which is a mistake of the generator.
    pub fn generate(self) -> Result<Generated, Diagnostics> {
        threads::with_stack(|| self.rendered())
    }

    fn rendered(self) -> Result<Generated, Diagnostics> {
        let Self { api, settings, name, mut report, docs } = self;
        let (counts, json_replies) = (count(&api), replies::json_replies(&api, &settings));
        let rendered = render::render(&api, &name, &settings);
        let format = || format::format(&rendered, &name, &settings, &docs);
        let (files, ()) = rayon::join(format, || report.locate());
        match files {
            Ok(files) => {
                let allowances = report.allowances();
                Ok(Generated { files, counts, json_replies, allowances, warnings: report.finish() })
            }
            Err(mistakes) => {
                report.extend(mistakes);
                Err(report.finish())
            }
        }
    }

    /// What the description says that the crate will not, and notes on what was not asked for.
    pub fn into_warnings(self) -> Diagnostics {
        self.report.finish()
    }

    /// How much of an API the crate will cover.
    pub fn counts(&self) -> Counts {
        count(&self.api)
    }
}

fn count(api: &Api) -> Counts {
    Counts {
        operations: api.groups.iter().map(|group| group.operations.len()).sum(),
        types: api.types.len(),
        examples: api.examples.len(),
        unfit_examples: api.unfit.len(),
    }
}
