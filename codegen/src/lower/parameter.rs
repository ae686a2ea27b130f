//! Parameters, and the path template that they must agree with.

use indexmap::IndexMap;
use openapiv3::{
    Example, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
};

use super::{Lowering, doc};
use crate::api::{Doc, Location, Method, Origin, Param, Segment, Shape, Style, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// How many values a parameter takes.
pub(super) enum Arity {
    One,
    Many,
}

impl Lowering<'_> {
    /// The parameters of an operation: those of its path, and its own, which replace the path's.
    pub fn parameters(
        &mut self,
        of_path: (&[ReferenceOr<Parameter>], &Origin),
        own: (&[ReferenceOr<Parameter>], &Origin),
    ) -> Vec<Param> {
        let mut params = self.parameter_list(of_path.0, of_path.1);
        for own in self.parameter_list(own.0, own.1) {
            match params.iter_mut().find(|param| param.name.wire == own.name.wire && param.location == own.location) {
                Some(replaced) => *replaced = own,
                None => params.push(own),
            }
        }
        params
    }

    fn parameter_list(&mut self, list: &[ReferenceOr<Parameter>], origin: &Origin) -> Vec<Param> {
        let mut params: Vec<Param> = Vec::new();
        for (index, parameter) in list.iter().enumerate() {
            let at = origin.child("parameters").child(index.to_string());
            let Some(param) = self.parameter(parameter, &at) else { continue };
            let same =
                params.iter().find(|other| other.name.wire == param.name.wire && other.location == param.location);
            if let Some(same) = same {
                let message = format!("the {} parameter `{}` is here twice", param.location.name(), param.name.wire);
                let diagnostic = Diagnostic::error(Rule::DuplicateParameter, &at, message);
                self.push(diagnostic.also(&same.origin, "the other one"));
            } else {
                params.push(Param { origin: at, ..param });
            }
        }
        params
    }

    fn parameter(&mut self, parameter: &ReferenceOr<Parameter>, at: &Origin) -> Option<Param> {
        let (parameter, origin) = self.resolve::<Parameter, _>(parameter, at)?;
        let (data, location) = match &*parameter {
            Parameter::Query { parameter_data, allow_reserved, style, allow_empty_value } => {
                let empty = *allow_empty_value == Some(true);
                let styled = !matches!(style, QueryStyle::Form);
                self.refuse(styled, "a query parameter of another style than `form`", &origin.child("style"));
                self.refuse(*allow_reserved, "`allowReserved`", &origin.child("allowReserved"));
                self.refuse(empty, "`allowEmptyValue`", &origin.child("allowEmptyValue"));
                (parameter_data, Location::Query)
            }
            Parameter::Header { parameter_data, style: HeaderStyle::Simple } => (parameter_data, Location::Header),
            Parameter::Path { parameter_data, style } => {
                let styled = !matches!(style, PathStyle::Simple);
                self.refuse(styled, "a path parameter of another style than `simple`", &origin.child("style"));
                (parameter_data, Location::Path)
            }
            Parameter::Cookie { .. } => {
                self.refuse(true, "a cookie parameter", &origin.child("in"));
                return None;
            }
        };
        if location == Location::Header && self.is_reserved_header(&data.name, &origin) {
            return None;
        }
        Some(self.param(data, location, &origin))
    }

    fn param(&mut self, data: &ParameterData, location: Location, origin: &Origin) -> Param {
        let (ty, style) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let at = origin.child("schema");
                // There is no way to write `null`, so that a parameter may be null means nothing.
                let ty = self.schema(schema, &at).ty;
                self.queued_schemas();
                let style = self.style(&ty, location, data.explode, &at);
                (ty, style)
            }
            ParameterSchemaOrContent::Content(_) => {
                self.refuse(true, "a parameter with `content`", &origin.child("content"));
                (Type::String, Style::Plain)
            }
        };
        let call_id = self.call_id(&data.extensions, origin);
        if call_id.is_some() && (location != Location::Header || ty != Type::Uuid || data.required) {
            self.invalid(&origin.child("x-call-id"), "`x-call-id` belongs to an optional header of format `uuid`");
        }
        let name = self.name(&data.name, &data.extensions, origin);
        let doc = self.param_doc(data, origin);
        Param { name, location, style, required: data.required, ty, call_id, doc, origin: origin.clone() }
    }

    /// How values of a type are written. `explode` makes a difference to lists alone, as objects are
    /// not generated.
    fn style(&mut self, ty: &Type, location: Location, explode: Option<bool>, at: &Origin) -> Style {
        match (self.arity(ty), location) {
            (Some(Arity::One), _) => Style::Plain,
            (Some(Arity::Many), Location::Query) if explode == Some(false) => Style::Commas,
            (Some(Arity::Many), Location::Query) => Style::Repeated,
            (Some(Arity::Many), Location::Path | Location::Header) => {
                self.refuse(true, &format!("a list in a {} parameter", location.name()), at);
                Style::Commas
            }
            (None, _) => {
                self.refuse(true, "a parameter that is neither a plain value nor a list of plain values", at);
                Style::Plain
            }
        }
    }

    fn param_doc(&mut self, data: &ParameterData, origin: &Origin) -> Doc {
        let ParameterData {
            name: _,
            description,
            required: _,
            deprecated,
            format,
            example,
            examples,
            explode: _,
            extensions: _,
        } = data;
        let mut doc = Doc::of([description.as_ref()]);
        let at = origin.child("schema");
        match format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => doc.0.extend(self.doc(schema, &at).0),
            ParameterSchemaOrContent::Schema(ReferenceOr::Reference { .. }) if doc.is_empty() => {
                doc = Doc::of([self.description_behind(&at)]);
            }
            _ => {}
        }
        doc.0.extend(example.as_ref().map(doc::example_text));
        doc.0.extend(self.example_texts(examples, &origin.child("examples")));
        if *deprecated == Some(true) {
            doc.push("Deprecated.");
        }
        doc
    }

    /// What is said about examples of a parameter or a header. One that is elsewhere is not said.
    pub fn example_texts(&mut self, examples: &IndexMap<String, ReferenceOr<Example>>, origin: &Origin) -> Vec<String> {
        let mut texts = Vec::new();
        for (name, example) in examples {
            let Some((example, _)) = self.resolve::<Example, _>(example, &origin.child(name)) else { continue };
            texts.extend(example.value.as_ref().map(doc::example_text));
        }
        texts
    }

    /// OpenAPI ignores header parameters of these names: other parts of the description rule them.
    fn is_reserved_header(&mut self, name: &str, origin: &Origin) -> bool {
        let reserved = ["accept", "content-type", "authorization"].iter().any(|word| name.eq_ignore_ascii_case(word));
        if reserved {
            let message = format!("a header parameter `{name}` is ignored, as OpenAPI 3.0 says");
            let diagnostic = Diagnostic::warning(Rule::WithoutEffect, origin, message);
            self.push(diagnostic.help("describe it by `content` or `security` instead"));
        }
        reserved
    }

    /// How many plain values a type holds; `None` if it holds anything else.
    pub fn arity(&self, ty: &Type) -> Option<Arity> {
        match self.resolved(ty)? {
            Type::Array(item) => matches!(self.arity(item)?, Arity::One).then_some(Arity::Many),
            Type::Map(_) | Type::Any | Type::Unit | Type::Nullable(_) | Type::Boxed(_) => None,
            _ => Some(Arity::One),
        }
    }

    /// The type behind aliases; `None` for a type with members, or one that never ends.
    fn resolved<'b>(&'b self, ty: &'b Type) -> Option<&'b Type> {
        let mut ty = ty;
        for _ in 0..=self.types.len() {
            let Type::Named(id) = ty else { return Some(ty) };
            match &self.types.get(id)?.shape {
                Shape::Alias(target) => ty = target,
                Shape::Enum(_) => return Some(ty),
                Shape::Struct(_) | Shape::Union(_) | Shape::Wrapper(_) => return None,
            }
        }
        None
    }

    /// Reports what is not generated, if it is there.
    fn refuse(&mut self, is_there: bool, what: &str, origin: &Origin) {
        if is_there {
            let message = format!("{what} is not generated yet");
            self.push(Diagnostic::error(Rule::UnsupportedParameter, origin, message));
        }
    }

    /// The pieces of a path, all of its parameters being declared.
    pub fn path(&mut self, path: &str, params: &[Param], method: Method, origin: &Origin) -> Vec<Segment> {
        let segments = split(path);
        if let Some(mistake) = mistake(&segments) {
            let message = format!("no request can be made of the path `{path}`: {mistake}");
            let path = Origin::new(origin.pointer().rsplit_once('/').map_or("", |(path, _)| path));
            self.push(Diagnostic::error(Rule::InvalidPath, &path, message).on_key());
            return segments;
        }
        let at = |origin: &Origin, message: String| Diagnostic::error(Rule::PathParameter, origin, message);
        for name in segments.iter().filter_map(Segment::param) {
            let declared = params.iter().any(|param| param.location == Location::Path && param.name.wire == name);
            if !declared {
                let message = format!("{} {path}: the path parameter `{name}` is not declared", method.name());
                let help = format!("add `{{ name: {name}, in: path, required: true, schema: … }}` to the parameters");
                self.push(at(origin, message).on_key().help(help));
            }
        }
        for param in params.iter().filter(|param| param.location == Location::Path) {
            let used = segments.iter().filter_map(Segment::param).any(|name| name == param.name.wire);
            if !used {
                let message = format!("the path `{path}` has no `{{{}}}`", param.name.wire);
                self.push(at(&param.origin, message));
            } else if !param.required {
                let message = format!("the path parameter `{}` must be `required: true`", param.name.wire);
                self.push(at(&param.origin, message));
            }
        }
        segments
    }
}

impl Segment {
    fn param(&self) -> Option<&str> {
        match self {
            Self::Param(name) => Some(name),
            Self::Literal(_) => None,
        }
    }

    fn literal(&self) -> Option<&str> {
        match self {
            Self::Literal(text) => Some(text),
            Self::Param(_) => None,
        }
    }
}

/// Why a path cannot stand in a request.
fn mistake(segments: &[Segment]) -> Option<String> {
    // What a path may consist of, by RFC 3986, section 3.3.
    let fits = |sign: char| sign.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/".contains(sign);
    for segment in segments {
        match segment {
            Segment::Param(name) if name.is_empty() => return Some("a parameter has no name".to_owned()),
            Segment::Param(_) => {}
            Segment::Literal(text) => {
                if let Some(sign) = text.chars().find(|sign| !fits(*sign)) {
                    return Some(format!("there is a {sign:?} in it"));
                }
            }
        }
    }
    let whole: String = segments.iter().map(|segment| segment.literal().unwrap_or("{}")).collect();
    let is_dots = whole.split('/').any(|segment| matches!(segment, "." | ".."));
    is_dots.then(|| "`.` and `..` address another resource".to_owned())
}

/// Splits a template at its `{names}`. A lone brace is a literal.
fn split(path: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        literal.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = after;
            literal.push('{');
            continue;
        };
        if !literal.is_empty() {
            segments.push(Segment::Literal(std::mem::take(&mut literal)));
        }
        segments.push(Segment::Param(name.to_owned()));
        rest = tail;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    segments
}
