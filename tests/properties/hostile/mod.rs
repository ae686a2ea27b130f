//! A description that somebody wrote to do harm: whatever stands in any place of it, nothing of it is
//! code, HTML, a link elsewhere or a setting of what is emitted, and nothing gives orders to a terminal.

mod emitted;
mod payloads;
mod places;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

use emitted::complaint;
pub use emitted::complaint_about_messages;
use payloads::payloads;
use places::{Fixture, Place, fixtures};

/// Of the places of each kind, every how many is tried if nothing else is asked for: all of them take a minute.
const USUAL: usize = 6;

/// A text in a place.
type Case = (Place, usize);

#[test]
fn no_text_reaches_out_of_its_place() {
    let (fixtures, payloads) = (fixtures(), payloads());
    let places: Vec<_> = fixtures.iter().enumerate().flat_map(|(index, fixture)| fixture.places(index)).collect();
    let cases = match env::var("HOSTILE").as_deref() {
        Ok("all") => all(&places, payloads.len()),
        Ok(more) => sample(&fixtures, &places, payloads.len(), more.parse().expect("a number, or `all`")),
        Err(_) => sample(&fixtures, &places, payloads.len(), 0).into_iter().step_by(USUAL).collect(),
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let mut complaints = Vec::new();
        while let Some((place, text)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let fixture = &fixtures[place.fixture];
            if let Some(complaint) = attempt(fixture, place, &payloads[*text]) {
                let shown: String = payloads[*text].chars().take(100).collect();
                let complaint = format!("{} {:?} {shown:?}: {complaint}", fixture.name, fixture.kind(&place.at));
                eprintln!("{complaint}");
                complaints.push(complaint);
            }
        }
        complaints
    };
    let threads =
        if env::var_os("HOSTILE").is_some() { thread::available_parallelism().map_or(1, usize::from) } else { 1 };
    let complaints: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it catches what panics")).collect()
    });
    assert!(complaints.is_empty(), "{} of {}", complaints.len(), cases.len());
}

fn all(places: &[Place], payloads: usize) -> Vec<Case> {
    places.iter().flat_map(|place| (0..payloads).map(|text| (place.clone(), text))).collect()
}

/// A place of each kind with blocks of code, others with any text, and some more; always the same.
fn sample(fixtures: &[Fixture], places: &[Place], payloads: usize, more: usize) -> Vec<Case> {
    let mut kinds: BTreeMap<String, Vec<&Place>> = BTreeMap::new();
    for place in places {
        kinds.entry(fixtures[place.fixture].kind(&place.at)).or_default().push(place);
    }
    let mut random = 1;
    let mut any = |count: usize| {
        random = u64::wrapping_add(u64::wrapping_mul(random, 6_364_136_223_846_793_005), 1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap_or_default() % count
    };
    let mut cases: Vec<_> = kinds.values().map(|alike| (alike[any(alike.len())].clone(), 0)).collect();
    let others = kinds.values().step_by(3);
    let others: Vec<_> = others.map(|alike| (alike[any(alike.len())].clone(), any(payloads))).collect();
    cases.extend(others);
    cases.extend((0..more).map(|_| (places[any(places.len())].clone(), any(payloads))));
    cases
}

/// What is wrong with what comes of a text in a place.
fn attempt(fixture: &Fixture, place: &Place, text: &str) -> Option<String> {
    let (source, options) = fixture.with(Some(&place.at), text);
    let outcome = catch_unwind(AssertUnwindSafe(|| codegen::generate(&source, &options)));
    match outcome {
        Err(_) => Some("the generator panicked".to_owned()),
        Ok(Err(errors)) => complaint_about_messages(&errors),
        Ok(Ok(generated)) => {
            let allowed = generated.allowances().iter().find(|(_, message)| message.contains('\n'));
            complaint(generated.files(), fixture.emitted())
                .or_else(|| complaint_about_messages(generated.warnings()))
                .or_else(|| allowed.map(|(_, message)| message.clone()))
        }
    }
}

/// There is nothing to complain about what the fixtures say as they are, either.
#[test]
fn the_fixtures_themselves_are_fit() {
    for fixture in fixtures() {
        let complaint = fixture.emitted().and_then(|files| complaint(files, None));
        assert_eq!(complaint, None, "{}", fixture.name);
    }
}
