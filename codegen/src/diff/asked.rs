//! What operations ask callers to sign in with.

use crate::api::{Api, Scheme, Security};

/// Any of these, each of which is all schemes of a list.
#[derive(Clone, Debug)]
pub(super) struct Asked(Vec<Vec<Scheme>>);

impl Asked {
    pub fn of(security: &Security, api: &Api) -> Self {
        match security {
            Security::Unsaid | Security::Nothing => Self(vec![Vec::new()]),
            // By whichever scheme callers have a token.
            Security::Token => {
                let schemes = api.credentials.iter().map(|credential| credential.scheme.clone());
                let bearers = schemes.filter(|scheme| matches!(scheme, Scheme::Bearer(_)));
                Self([Scheme::Token].into_iter().chain(bearers).map(|scheme| vec![scheme]).collect())
            }
            Security::OneOf(alternatives) => Self(alternatives.clone()),
        }
    }

    /// Whether those who have what was asked for have what this asks for, whichever of the alternatives it was.
    pub fn is_met_by(&self, before: &Self) -> bool {
        let is_held = |held: &[Scheme], scheme: &Scheme| {
            held.iter().any(|own| match (own, scheme) {
                (Scheme::Token, Scheme::Bearer(_)) | (Scheme::Bearer(_), Scheme::Token) => true,
                (own, scheme) => own == scheme,
            })
        };
        before.0.iter().all(|held| self.0.iter().any(|asked| asked.iter().all(|scheme| is_held(held, scheme))))
    }

    /// In words.
    pub fn words(&self) -> String {
        if self.0.iter().any(|schemes| *schemes == [Scheme::Token]) {
            return "any token".to_owned();
        }
        let alternatives = self.0.iter().map(|schemes| match schemes.as_slice() {
            [] => "nothing".to_owned(),
            schemes => schemes.iter().map(Scheme::name).collect::<Vec<_>>().join(" and "),
        });
        alternatives.collect::<Vec<_>>().join(", or ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_enough_is_enough_where_an_alternative_asks_for_no_more() {
        let (a, b) = (Scheme::Bearer("a".to_owned()), Scheme::Own("b".to_owned()));
        let asked = |alternatives: &[&[&Scheme]]| {
            Asked(alternatives.iter().map(|all| all.iter().map(|scheme| (*scheme).clone()).collect()).collect())
        };
        let (nothing, token) = (asked(&[&[]]), asked(&[&[&Scheme::Token]]));
        assert!(nothing.is_met_by(&asked(&[&[&a]])));
        assert!(!asked(&[&[&a]]).is_met_by(&nothing));
        assert!(asked(&[&[&a], &[&b]]).is_met_by(&asked(&[&[&a, &b]])));
        assert!(!asked(&[&[&a, &b]]).is_met_by(&asked(&[&[&a], &[&b]])));
        assert!(!asked(&[&[&a]]).is_met_by(&asked(&[&[&a], &[&b]])));
        assert!(token.is_met_by(&asked(&[&[&a]])) && asked(&[&[&a]]).is_met_by(&token));
        assert!(!asked(&[&[&b]]).is_met_by(&token));
        assert_eq!(asked(&[&[&a, &b], &[]]).words(), "a and b, or nothing");
    }
}
