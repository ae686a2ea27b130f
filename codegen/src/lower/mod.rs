//! OpenAPI → [`Api`]: what the description says, without a decision about Rust.
//!
//! What OpenAPI can say and the generator does not print yet ends here, in a positioned error.

mod doc;
mod examples;
mod extensions;
mod media_type;
mod operation;
mod references;
mod resolve;
mod schema;
mod service;
mod size;

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

pub(crate) use self::examples::Texts;
use self::references::References;
use self::schema::{Children, Key, Postponed};
use self::size::Size;
use crate::api::{Api, Example, Extents, Fit, Info, Origin, Tag, Type, TypeId, Types, Uses};
use crate::dependencies::Dependency;
use crate::description::{About, Description};
use crate::diagnostics::{Diagnostic, Report, Stop};
use crate::texts::Doc;

pub(crate) fn lower(document: &Description, report: &mut Report) -> Result<Api, Stop> {
    let mut lowering = Lowering {
        document,
        report,
        references: References::default(),
        types: Types::default(),
        queue: VecDeque::new(),
        merged: FxHashMap::default(),
        met: HashSet::new(),
        gone: HashSet::new(),
        depth: 0,
        postponed: VecDeque::new(),
        looks: FxHashMap::default(),
        known_tags: FxHashMap::default(),
        size: Size::limit_for(&document.tree),
        nullable: RefCell::default(),
        children: None,
        tellers: Vec::new(),
        missing_schemes: HashSet::new(),
        examples: Vec::new(),
        dependencies: Vec::new(),
    };
    lowering.dependencies = lowering.asked_dependencies();
    lowering.check_undeclared_of_all();
    let info = info(document);
    let servers = lowering.servers();
    let (schemes, credentials) = lowering.security_schemes(&servers);
    lowering.component_schemas();
    let groups = lowering.groups(&schemes, &servers);
    lowering.queued_schemas();
    lowering.widen_for_examples();
    lowering.keep_what_tells();
    lowering.direct_examples();
    lowering.derive_all();
    let Lowering { types, examples, dependencies, report, .. } = lowering;
    report.checkpoint()?;
    Ok(Api {
        info,
        servers,
        credentials,
        types,
        extents: Extents::default(),
        type_files: Vec::new(),
        groups,
        examples,
        uses: Uses::default(),
        dependencies,
        foreign: BTreeSet::new(),
        recursion_limit: None,
        allowed: report.allowances(),
    })
}

fn info(document: &Description) -> Info {
    let About { title, version, description, external_docs, extensions: _ } = document.about();
    let docs = external_docs.map(doc::see_also);
    Info { title: title.to_owned(), version: version.to_owned(), doc: Doc::of([description]).and(docs) }
}

/// What the lowering of all parts shares.
struct Lowering<'a> {
    document: &'a Description,
    report: &'a mut Report,
    /// Where references lead.
    references: References<'a>,
    types: Types,
    /// Schemas that something refers to and that are not lowered yet. A queue, not recursion:
    /// a chain of references must not exhaust the stack.
    queue: VecDeque<Origin>,
    /// The types of schemas that were put together.
    merged: FxHashMap<Key, Type>,
    /// Those of them that were met again while they were made.
    met: HashSet<TypeId>,
    /// Types that others took the place of.
    gone: HashSet<TypeId>,
    /// How many types are being made, one for the other.
    depth: usize,
    /// What was met when these were too many.
    postponed: VecDeque<Postponed<'a>>,
    /// What values of unions look like, so many members and levels of unions deep.
    looks: FxHashMap<(Key, usize, usize), Rc<IndexSet<Fit>>>,
    /// What stands at the places of values, so many members deep.
    known_tags: FxHashMap<(Key, usize), Rc<Vec<Tag>>>,
    size: Size,
    /// Whether the schemas that references led to so far allow `null`, by their places.
    nullable: RefCell<FxHashMap<Arc<str>, bool>>,
    /// Set when it is asked for.
    children: Option<Rc<Children>>,
    /// The members that tell the variants of unions apart, by the types of these.
    tellers: Vec<(Type, String)>,
    /// The security schemes that are asked for and that there are none of.
    missing_schemes: HashSet<String>,
    examples: Vec<Example>,
    /// The crates that the description asks for.
    dependencies: Vec<Dependency>,
}

impl Lowering<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}
