//! How the values of unions are read and written: text, as that of structs is.

use proc_macro2::Literal;

use super::Code;
use super::scope::Scope;
use crate::api::{Fit, JsonKind, Others, Says, Scalar, Tag, Union};
use crate::format::WIDTH;

/// The table of a union's variants, which says how it is read and written.
pub(super) fn implementation(name: &str, shape: &Union, scope: &mut Scope<'_>) -> Code {
    scope.import("crate", "types");
    let mut text = String::new();
    if shape.is_told_by_kind() {
        scope.runtime("kinds");
        text.extend(["kinds! {\n    types::", name, ": ", &quoted(&expected(shape)), " {\n"]);
        for variant in &shape.variants {
            let kinds: Vec<_> = kinds(&variant.fits).map(kind_name).collect();
            text.extend(["        ", &variant.name.rust, ": ", &kinds.join(" | "), ",\n"]);
        }
    } else {
        scope.runtime("union");
        text.extend(["union! {\n    types::", name, " {\n"]);
        for variant in &shape.variants {
            let fits: Vec<_> = variant.fits.iter().map(|fit| self::fit(fit, scope)).collect();
            push_filled(&mut text, &format!("{}: [{}],", variant.name.rust, fits.join(", ")));
        }
        if let Some(other) = &shape.other {
            text.extend(["        ..", &other.rust, "\n"]);
        }
    }
    Code::Text(text + "    }\n}\n")
}

/// Where a row may go on in the next line. It stands in no literal, where it would be escaped.
const BREAK: &str = "\n";

/// Puts a row behind others, in as many lines as it takes.
fn push_filled(text: &mut String, row: &str) {
    let mut line = "       ".to_owned();
    for piece in row.split(BREAK) {
        if line.len() + 1 + piece.len() > WIDTH && !line.trim().is_empty() {
            text.extend([&line, "\n"]);
            line = "           ".to_owned();
        }
        line.extend([" ", piece]);
    }
    text.extend([&line, "\n"]);
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(&format!(",{BREAK}")))
}

fn quoted(text: &str) -> String {
    Literal::string(text).to_string()
}

fn texts<'t>(texts: impl IntoIterator<Item = &'t (impl AsRef<str> + ?Sized + 't)>) -> String {
    format!("&{}", list(texts.into_iter().map(|text| quoted(text.as_ref()))))
}

/// What a value is expected to be, as a mismatch says it.
fn expected(shape: &Union) -> String {
    let words: Vec<_> = shape.variants.iter().flat_map(|variant| kinds(&variant.fits)).map(kind_words).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

fn kinds(fits: &[Fit]) -> impl Iterator<Item = JsonKind> {
    fits.iter().filter_map(|fit| fit.kind)
}

fn fit(fit: &Fit, scope: &mut Scope<'_>) -> String {
    scope.runtime("Fit");
    let Fit { kind, tags, required, known, others, only: _ } = fit;
    let mut text = match kind {
        None => "Fit::ANY".to_owned(),
        Some(JsonKind::Object) if *others == Others::Any && required.is_empty() && known.is_empty() => {
            "Fit::OBJECT".to_owned()
        }
        Some(JsonKind::Object) => {
            let others = match others {
                Others::Unsaid => "",
                Others::Any => ".open()",
                Others::None => ".closed()",
                Others::Never => ".only()",
            };
            format!("Fit::object({},{BREAK}{}){others}", texts(required), texts(known))
        }
        Some(kind) => format!("Fit::{}", kind_name(*kind).to_uppercase()),
    };
    let (short, long): (Vec<_>, Vec<_>) =
        tags.iter().map(|tag| (tag, member_texts(tag))).partition(|(_, text)| text.is_some());
    if !short.is_empty() {
        text += &format!(".tagged(&{})", list(short.into_iter().filter_map(|(_, text)| text)));
    }
    if !long.is_empty() {
        text += &format!(".told(&{})", list(long.into_iter().map(|(tag, _)| self::tag(tag, scope))));
    }
    text
}

/// A tag in short, as most are: one of a few texts of a member.
fn member_texts(tag: &Tag) -> Option<String> {
    let values: Option<Vec<_>> = tag.values.iter().map(Scalar::text).collect();
    match (tag.path.as_slice(), tag.says, values) {
        ([member], Says::Is, Some(values)) => Some(format!("({},{BREAK}{})", quoted(member), texts(values))),
        _ => None,
    }
}

fn tag(tag: &Tag, scope: &mut Scope<'_>) -> String {
    scope.runtime("Tag");
    let Tag { path, values, says, required: _, told: _ } = tag;
    let says = match says {
        Says::Is => "Is",
        Says::IsRather => "IsRather",
        Says::IsNot => "IsNot",
    };
    format!("Tag::{says}({},{BREAK}{})", texts(path.iter()), self::values(values, scope))
}

fn values(values: &[Scalar], scope: &mut Scope<'_>) -> String {
    scope.runtime("Values");
    match values.iter().map(Scalar::text).collect::<Option<Vec<_>>>() {
        Some(values) => format!("Values::Texts({})", texts(values)),
        None => {
            scope.runtime("Scalar");
            format!("Values::Scalars(&{})", list(values.iter().map(scalar)))
        }
    }
}

fn scalar(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Null => "Scalar::Null".to_owned(),
        Scalar::Bool(value) => format!("Scalar::Bool({value})"),
        Scalar::Number(digits) => format!("Scalar::Number({})", quoted(digits)),
        Scalar::Text(text) => format!("Scalar::Text({})", quoted(text)),
    }
}

fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "Bool",
        JsonKind::Number => "Number",
        JsonKind::String => "String",
        JsonKind::Array => "Array",
        JsonKind::Object => "Object",
    }
}

fn kind_words(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "a boolean",
        JsonKind::Number => "a number",
        JsonKind::String => "a string",
        JsonKind::Array => "an array",
        JsonKind::Object => "an object",
    }
}
