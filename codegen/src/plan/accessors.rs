//! The methods of unions that give what a variant holds, by the name of that: `as_alert_graph` for `AlertGraph`.

use super::names::{At, Namer};
use super::reserved::Use;
use super::words::Case;
use crate::api::{Name, Type, UnionVariant};

impl Namer {
    /// Names the methods of a union whose variants have their names. `null` alone is nothing to be given.
    pub fn accessors(&mut self, variants: &mut [UnionVariant]) {
        let holding = || |variant: &&mut UnionVariant| variant.ty != Type::Null;
        let wishes = variants.iter_mut().filter(holding()).map(|variant| {
            let name = Name::new(format!("as {}", variant.name.rust), None);
            self.wish(&name, Case::Value, Use::Member, At::key(&variant.origin))
        });
        let wishes: Vec<_> = wishes.collect();
        let settled = self.settle("accessors", &wishes, |wish| wish.spellings());
        for (variant, name) in variants.iter_mut().filter(holding()).zip(settled) {
            variant.accessor = Some(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Source, generate};

    /// The methods of a union of some variants, and whether something is told.
    fn methods(variants: &[&str]) -> (Vec<String>, bool) {
        let mut text =
            "openapi: 3.1.0\ninfo: { title: Cats, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        text += "    Cat:\n      oneOf:\n";
        for (index, variant) in variants.iter().enumerate() {
            text += &format!(
                "        - {{ x-rust-name: {variant}, type: object, required: [m{index}], properties: {{ m{index}: {{ type: string }} }} }}\n"
            );
        }
        let generated = generate(&Source::new("cats.yaml", text), &Options::default()).expect("a crate");
        let types = generated.files().iter().filter(|(path, _)| path.starts_with("src/types"));
        let lines = types.flat_map(|(_, text)| text.lines());
        let methods = lines
            .filter_map(|line| line.trim().strip_prefix("pub fn as_")?.split_once('('))
            .map(|(name, _)| name.to_owned());
        (methods.collect(), generated.warnings().to_string().contains("accessors"))
    }

    #[test]
    fn methods_are_called_by_variants() {
        assert_eq!(
            methods(&["Type", "OnLand", "V1_0"]),
            (vec!["type".to_owned(), "on_land".into(), "v1_0".into()], false)
        );
    }

    #[test]
    fn methods_of_traits_are_left_to_these() {
        assert_eq!(methods(&["Ref", "Mut"]), (vec!["ref_".to_owned(), "mut_".into()], false));
    }

    #[test]
    fn methods_of_variants_that_differ_by_capitals_are_told_apart() {
        let (mut methods, is_told) = methods(&["IoError", "IOError"]);
        methods.dedup();
        assert_eq!(methods.len(), 2);
        assert!(is_told, "{methods:?}");
    }
}
