//! Where a request says which page is wanted: in a parameter, or in a member of its body.

use super::walk::{Walk, walk};
use super::{LEADS, Misfit, is_number, is_scalar};
use crate::api::{Carried, Format, Location, Operation, Param, Place, Route, Type, Types, Written};

/// What an operation can be asked by.
pub(super) struct Asked<'t> {
    pub operation: &'t Operation,
    pub types: &'t Types,
}

impl<'t> Asked<'t> {
    /// Finds out which place is meant, and checks that it has one value.
    pub fn settle(&self, member: &'static str, place: &mut Place, locations: &[Location]) -> Result<(), Misfit> {
        match place {
            Place::Parameter(name) => self.check_parameter(member, name, locations),
            Place::Member(route, carried) => {
                *carried = self.member(member, route)?;
                Ok(())
            }
            Place::Named(name) => {
                *place = self.named(member, name, locations)?;
                Ok(())
            }
        }
    }

    /// What a name means: the parameter, unless only the body has something that is called so.
    fn named(&self, member: &'static str, name: &str, locations: &[Location]) -> Result<Place, Misfit> {
        let no_parameter = match self.check_parameter(member, name, locations) {
            Err(misfit) if self.body().is_some() && self.parameter(name, locations).is_none() => misfit,
            checked => return checked.map(|()| Place::Parameter(name.to_owned())),
        };
        let Some(route) = Route::read(name) else { return Err(no_parameter) };
        match self.member(member, &route) {
            Ok(carried) => Ok(Place::Member(route, carried)),
            Err(misfit) => Err(no_parameter.nor(misfit)),
        }
    }

    fn parameters(&self, locations: &[Location]) -> impl Iterator<Item = &'t Param> {
        self.operation.params.iter().filter(|param| locations.contains(&param.location))
    }

    fn parameter(&self, name: &str, locations: &[Location]) -> Option<&'t Param> {
        self.parameters(locations).find(|param| param.name.wire == name)
    }

    fn check_parameter(&self, member: &'static str, name: &str, locations: &[Location]) -> Result<(), Misfit> {
        match self.parameter(name, locations) {
            Some(param) if is_plain(param) => Ok(()),
            Some(_) => Err(Misfit::new(member, format!("the parameter `{name}` takes more than one value"))),
            None => {
                let message = format!("`{}` has no parameter `{name}` in its query", self.operation.name.wire);
                let known = self.parameters(locations).map(|param| param.name.wire.as_str());
                Err(Misfit::new(member, message).or_closest(name, known))
            }
        }
    }

    /// The type of the body, if that is JSON and nothing else.
    fn body(&self) -> Option<&'t Type> {
        match self.operation.body.as_ref()?.content.as_slice() {
            [only] if matches!(only.format, Format::Json) => Some(&only.ty),
            _ => None,
        }
    }

    /// How the member of the body is written that a way leads to.
    fn member(&self, member: &'static str, route: &Route) -> Result<Carried, Misfit> {
        let (name, text) = (&self.operation.name.wire, route.text());
        let Some(body) = self.body() else {
            let message = format!("`{name}` does not send one kind of JSON, which `{text}` would be a member of");
            return Err(Misfit::new(member, message));
        };
        let is_member = !route.0.is_empty() && route.0.iter().all(|step| step != Route::LAST);
        match walk(self.types, body, route) {
            Walk::Open if is_member => Ok(Carried::AsItCame),
            Walk::To(ty) if is_member && is_number(ty) => Ok(Carried::Number),
            Walk::To(ty) if is_member && is_text(ty) => Ok(Carried::Text),
            Walk::To(ty) if is_member && is_scalar(ty) => Ok(Carried::AsItCame),
            Walk::To(_) | Walk::Open => {
                let message = format!("`{text}` of the body of `{name}` is of another kind");
                Err(Misfit::new(member, message).or_help(LEADS))
            }
            Walk::Missing { step, known } => {
                let message = format!("there is no member `{step}` there in the body of `{name}`");
                Err(Misfit::new(member, message).or_closest(&step, known))
            }
        }
    }
}

/// Whether a parameter has one value.
pub(super) fn is_plain(param: &Param) -> bool {
    let is_list = matches!(param.ty, Type::Array(_) | Type::Map(_) | Type::Tuple(_) | Type::Any);
    !is_list && !matches!(param.written, Written::Repeated | Written::Commas | Written::Form(_))
}

fn is_text(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Text(_) | Type::JsonText(_))
}
