//! Parameters, and the path template that they must agree with.

use openapiv3::{HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::{Lowering, doc};
use crate::api::{Location, Method, Origin, Param, Segment, Shape, Style, Type};
use crate::diagnostics::Diagnostic;
use crate::rule::Rule;

/// How many values a parameter takes.
enum Arity {
    One,
    Many,
}

impl Lowering<'_> {
    /// The parameters of an operation: its own, and those of its path that it does not replace.
    pub fn parameters(
        &mut self,
        of_path: (&[ReferenceOr<Parameter>], &Origin),
        own: (&[ReferenceOr<Parameter>], &Origin),
    ) -> Vec<Param> {
        let inherited = self.parameter_list(of_path.0, of_path.1);
        let mut params = self.parameter_list(own.0, own.1);
        for param in inherited {
            let key = (&param.name.wire, param.location);
            if !params.iter().any(|own| (&own.name.wire, own.location) == key) {
                params.push(param);
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
        let (data, location, explode) = match &*parameter {
            Parameter::Query { parameter_data, allow_reserved, style, allow_empty_value } => {
                let plain = matches!(style, QueryStyle::Form) && !allow_reserved && *allow_empty_value != Some(true);
                if !plain {
                    self.unsupported_parameter("a query parameter other than of `style: form`", &origin);
                }
                (parameter_data, Location::Query, parameter_data.explode.unwrap_or(true))
            }
            Parameter::Header { parameter_data, style: HeaderStyle::Simple } => {
                (parameter_data, Location::Header, false)
            }
            Parameter::Path { parameter_data, style } => {
                if !matches!(style, PathStyle::Simple) {
                    self.unsupported_parameter("a path parameter other than of `style: simple`", &origin);
                }
                (parameter_data, Location::Path, false)
            }
            Parameter::Cookie { .. } => {
                self.unsupported_parameter("a cookie parameter", &origin);
                return None;
            }
        };
        if location == Location::Header && self.is_reserved_header(&data.name, &origin) {
            return None;
        }
        self.param(data, location, explode, &origin)
    }

    fn param(&mut self, data: &ParameterData, location: Location, explode: bool, origin: &Origin) -> Option<Param> {
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example,
            examples: _,
            explode: _,
            extensions,
        } = data;
        let ParameterSchemaOrContent::Schema(schema) = format else {
            self.unsupported_parameter("a parameter with `content`", origin);
            return None;
        };
        let at = origin.child("schema");
        let ty = self.schema(schema, &at).ty;
        let mut doc = crate::api::Doc::of([description.as_ref()]);
        if let ReferenceOr::Item(schema) = schema {
            doc.0.extend(doc::texts(&schema.schema_data).0);
        }
        if let Some(example) = example.as_ref().filter(|example| !example.is_object() && !example.is_array()) {
            doc.push(format!("Example: {}.", doc::code(example)));
        }
        if *deprecated == Some(true) {
            doc.push("Deprecated.");
        }
        self.queued_schemas();
        let style = match (self.arity(&ty), explode) {
            (Some(Arity::One), _) => Style::Plain,
            (Some(Arity::Many), true) => Style::Repeated,
            (Some(Arity::Many), false) => Style::Commas,
            (None, _) => {
                self.unsupported_parameter("a parameter that is neither a plain value nor a list of plain values", &at);
                return None;
            }
        };
        let call_id = self.call_id(extensions, origin);
        if call_id.is_some() && (location != Location::Header || ty != Type::Uuid || *required) {
            self.invalid(&origin.child("x-call-id"), "`x-call-id` belongs to an optional header of format `uuid`");
        }
        let name = self.name(name, extensions, origin);
        Some(Param { name, location, style, required: *required, ty, call_id, doc, origin: origin.clone() })
    }

    /// OpenAPI ignores header parameters of these names: other parts of the description rule them.
    fn is_reserved_header(&mut self, name: &str, origin: &Origin) -> bool {
        let reserved = ["accept", "content-type", "authorization"].iter().any(|word| name.eq_ignore_ascii_case(word));
        if reserved {
            let message = format!("a header parameter `{name}` is ignored, as OpenAPI 3.0 says");
            let diagnostic = Diagnostic::warning(Rule::UnsupportedParameter, origin, message);
            self.push(diagnostic.help("describe it by `content` or `security` instead"));
        }
        reserved
    }

    fn arity(&self, ty: &Type) -> Option<Arity> {
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
                Shape::Struct(_) | Shape::Union(_) => return None,
            }
        }
        None
    }

    fn unsupported_parameter(&mut self, what: &str, origin: &Origin) {
        let message = format!("{what} is not generated yet");
        self.push(Diagnostic::error(Rule::UnsupportedParameter, origin, message));
    }

    /// The pieces of a path, all of its parameters being declared.
    pub fn path(&mut self, path: &str, params: &[Param], method: Method, origin: &Origin) -> Vec<Segment> {
        let segments = split(path);
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
}

/// Splits a template at its `{names}`. A brace without a partner is a literal.
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
