use std::collections::HashMap;
use std::io;

use crate::{Found, Loader, Options, Source, generate};

/// Files in memory.
#[derive(Debug)]
struct InMemory(HashMap<String, String>);

impl Loader for InMemory {
    fn find(&self, path: &str) -> io::Result<Found> {
        let is_known = self.0.contains_key(path) || path == "spec.yaml";
        let found = Found { id: path.into(), is_outside: false };
        if is_known { Ok(found) } else { Err(io::ErrorKind::NotFound.into()) }
    }

    fn read(&self, found: &Found) -> io::Result<Vec<u8>> {
        let text = found.id.to_str().and_then(|path| self.0.get(path));
        text.map(|text| text.clone().into_bytes()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// The types of a description whose schemas are references to these places, or its mistakes.
fn types(places: &[&str], files: impl IntoIterator<Item = (String, String)>) -> Result<String, String> {
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Files, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for (number, place) in places.iter().enumerate() {
        text += &format!("    Own{number}: {{ $ref: '{place}' }}\n");
    }
    let source = Source::new("spec.yaml", text).with_files(InMemory(files.into_iter().collect()));
    let generated = generate(&source, &Options::default()).map_err(|mistakes| mistakes.to_string())?;
    Ok(generated.files().get("src/types.rs").unwrap_or_default().to_owned())
}

#[test]
fn a_chain_through_files_may_be_of_any_length() {
    let files = |count: usize| {
        (0..=count).map(move |number| {
            let next = format!("{{ $ref: 'f{}.yaml#/a' }}", number + 1);
            let text = if number == count { "{ type: integer }".to_owned() } else { next };
            (format!("f{number}.yaml"), format!("a: {text}\n"))
        })
    };
    for count in [1, 100, 1_000] {
        let types = types(&["f0.yaml#/a", "f1.yaml#/a"], files(count)).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert!(types.contains("pub type Own0 = i64;"), "{types}");
    }
}

#[test]
fn a_chain_within_a_file_can_lead_by_way_of_others() {
    let links = (0..300).map(|number| format!("S{number}: {{ $ref: '#/S{}/properties/p' }}\n", number + 1));
    let text = links.collect::<String>() + "S300: { properties: { p: { $ref: '#/S300' } } }\n";
    let types = types(&["f.yaml#/S0"], [("f.yaml".to_owned(), text)]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert!(types.contains("pub struct Own0"), "{types}");
}

#[test]
fn only_what_leads_back_is_a_circle() {
    let text = "A: { $ref: 'f.yaml#/B' }\nB: { $ref: '#/A' }\nC: { $ref: '#/C/d' }\nD: { $ref: '#/Nothing' }\n";
    let files = || [("f.yaml".to_owned(), text.to_owned())];
    for place in ["f.yaml#/A", "f.yaml#/B", "f.yaml#/C", "f.yaml#/C/d"] {
        let mistakes = types(&[place], files()).expect_err(place);
        assert!(mistakes.contains(&format!("`{place}` refers to itself")), "{mistakes}");
    }
    let mistakes = types(&["f.yaml#/D"], files()).expect_err("nothing is there");
    assert!(mistakes.contains("there is nothing at `/Nothing` of f.yaml"), "{mistakes}");
}
