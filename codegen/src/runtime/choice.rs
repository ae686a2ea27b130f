//! Reading a value of one of several types.

use std::any::TypeId;
use std::cmp::Reverse;

use super::fit::{Fit, Outline, Rating};
use super::json::{Aim, Json, JsonValue, Reader, Stop};

/// Implements how an enum is read from JSON and written to it: for each variant, what its values look like. What fits
/// none is kept in the variant behind `..`, if there is one.
#[macro_export]
#[doc(hidden)]
macro_rules! union {
    ($type:path { $($variant:ident: [$($fit:expr),*],)+ $(..$other:ident)? }) => {
        impl $crate::runtime::json::Read for $type {
            fn read(
                json: &mut $crate::runtime::json::Reader<'_>,
            ) -> ::std::result::Result<Self, $crate::runtime::json::Stop> {
                const VARIANTS: &[$crate::runtime::choice::Variant<'_, $type>] =
                    &[$((&[$($fit),*], |json| json.read().map(<$type>::$variant)),)+];
                $crate::runtime::choice::union!(@choose json VARIANTS $(<$type>::$other)?)
            }
        }

        $crate::runtime::json::write_variants! { $type { $($variant,)+ $($other,)? } }
    };
    (@choose $json:ident $variants:ident) => { $json.choose($variants) };
    (@choose $json:ident $variants:ident $other:expr) => { $json.choose_or($variants, $other) };
}
pub use union;

/// What the values of one of the types look like, in one way or in several if it is a choice itself; and what
/// reads them.
pub type Variant<'f, T> = (&'f [Fit], fn(&mut Reader<'_>) -> Result<T, Stop>);

impl Reader<'_> {
    /// Reads the next value as one of several types: as the one that it fits best, of those that can be read;
    /// of several that fit it as well, as the first.
    ///
    /// All are rated by what is near, and of those that are as good by that, the one is taken that loses least of
    /// what is inside of the value. Where that is not said by one of them alone, a trial comes before the value is
    /// read: unions inside of it are read once, whatever becomes of the types around them.
    ///
    /// # Errors
    ///
    /// The value is of none of the types; or this is a trial.
    pub fn choose<T: 'static>(&mut self, variants: &[Variant<'_, T>]) -> Result<T, Stop> {
        let mut value = None;
        let fits = |index: usize| variants.get(index).map(|(fits, _)| *fits);
        let mut read = |json: &mut Reader<'_>, index: usize| {
            let Some((_, read)) = variants.get(index) else { return Err(Stop::Fits) };
            value = Some(read(json)?);
            Ok(())
        };
        let choice = Choice { union: TypeId::of::<T>(), fits: &fits, read: &mut read };
        self.choose_one(choice)?;
        value.ok_or(Stop::Fits)
    }

    /// The same; what is of none of the types, as it came.
    ///
    /// # Errors
    ///
    /// The value is being read as another union already, and is best read as that; or this is a trial.
    pub fn choose_or<T: 'static>(&mut self, variants: &[Variant<'_, T>], other: fn(JsonValue) -> T) -> Result<T, Stop> {
        if self.aim() == Aim::Trial && !self.is_in_union() {
            self.skip()?;
            return Err(Stop::Fits);
        }
        let mark = self.mark();
        match self.choose(variants) {
            Err(Stop::Mismatch(mismatch)) if mismatch.leads_back_to().is_none() => {
                self.go_back(mark);
                if self.is_for_value() {
                    self.note_undescribed(mark);
                    return self.tree().map(Json::into_owned).map(other);
                }
                self.lose_value()?;
                Err(Stop::Fits)
            }
            chosen => chosen,
        }
    }

    fn choose_one(&mut self, mut choice: Choice<'_>) -> Result<(), Stop> {
        if let Some(chosen) = self.choose_told(&mut choice) {
            return chosen;
        }
        let mark = self.mark();
        let is_open = self.aim() == Aim::Trial && !self.is_in_union();
        let mut outline = self.look(Outline::of)?;
        let end = self.mark();
        let mut rated = choice.rated(&mut outline);
        if is_open {
            // What takes anything takes no work.
            rated.reverse();
        }
        self.go_back(mark);
        self.enter_union(choice.union);
        let chosen = self.best_of(choice, &rated, outline.nests);
        self.leave_unions(mark);
        if !self.is_for_value() && !matches!(chosen, Err(Stop::Mismatch(_))) {
            self.go_back(end);
        }
        chosen
    }

    /// Reads the next value as the one variant that a single member tells, without a look at the rest. `None` if
    /// there is no such variant; or no such member, or it is there twice, so that the last one counts.
    fn choose_told(&mut self, choice: &mut Choice<'_>) -> Option<Result<(), Stop>> {
        // Once there were two, there may be more, at each level.
        if !self.is_for_value() || self.is_in_union() || self.repeats_tags() {
            return None;
        }
        let name = choice.tag()?;
        let index = choice.told(&self.look_for(name)?)?;
        let mark = self.mark();
        self.enter_union(choice.union);
        self.expect_tag(name);
        let read = (choice.read)(self, index);
        self.leave_unions(mark);
        let is_sure = !self.repeats_tags();
        self.forget_tag();
        if is_sure {
            return Some(read);
        }
        self.go_back(mark);
        None
    }

    /// Reads the next value as the best of some variants, which stand in the order of their ratings.
    fn best_of(&mut self, choice: Choice<'_>, rated: &[Rated], nests: bool) -> Result<(), Stop> {
        let start = self.mark();
        let (mut best, mut mismatch, mut back) = (None::<Best>, None, None);
        for (position, (rating, index)) in rated.iter().enumerate() {
            // The union around it has a better variant.
            if back.as_ref().is_some_and(|(best, _)| best > rating) {
                break;
            }
            if best.as_ref().is_some_and(|best| best.loss == 0 || !rating.is_as_good_as(&best.rating)) {
                break;
            }
            let is_tied = best.is_some() || rated.get(position + 1).is_some_and(|(next, _)| next.is_as_good_as(rating));
            let aim = match self.aim() {
                Aim::Value if is_tied => Aim::Weighing,
                Aim::Value if nests && rated.len() > 1 => Aim::Trial,
                aim => aim,
            };
            self.go_back(start);
            let is_last = aim == self.aim() && aim != Aim::Weighing;
            let (read, loss) = self.tried(aim, |json| (choice.read)(json, *index));
            match read {
                Ok(()) | Err(Stop::Fits) if is_last => return read,
                Ok(()) | Err(Stop::Fits) => {
                    if best.as_ref().is_none_or(|best| loss < best.loss) {
                        best = Some(Best { rating: *rating, loss, index: *index });
                    }
                }
                Err(Stop::Mismatch(error)) if error.leads_back_to() == Some(choice.union) => {}
                Err(Stop::Mismatch(error)) if error.leads_back_to().is_some() => back = back.or(Some((*rating, error))),
                Err(Stop::Mismatch(error)) => mismatch = mismatch.or(Some(error)),
            }
        }
        self.go_back(start);
        match (best, back) {
            (Some(best), _) if self.is_for_value() => (choice.read)(self, best.index),
            (Some(best), _) => {
                self.lose(best.loss);
                Err(Stop::Fits)
            }
            (None, Some((_, mismatch))) => Err(Stop::Mismatch(mismatch)),
            (None, None) => match mismatch {
                Some(mismatch) => Err(Stop::Mismatch(mismatch)),
                None => Err(self.mismatch("a value of one of the types of the union")),
            },
        }
    }
}

/// A union, whatever its type.
struct Choice<'c> {
    union: TypeId,
    /// What the values of a variant look like.
    fits: &'c dyn Fn(usize) -> Option<&'c [Fit]>,
    /// Reads the next value as a variant.
    read: &'c mut dyn FnMut(&mut Reader<'_>, usize) -> Result<(), Stop>,
}

impl Choice<'_> {
    /// The member whose text alone tells the variants from each other.
    fn tag(&self) -> Option<&'static str> {
        let name = (self.fits)(0)?.first()?.tag()?;
        let mut fits = (0..).map_while(self.fits).flatten();
        // Mostly the name is the same one in memory, too.
        let is_it = |tag: &str| std::ptr::eq(tag, name) || tag == name;
        fits.all(|fit| fit.tag().is_some_and(is_it)).then_some(name)
    }

    /// The one variant of a text of that member.
    fn told(&self, text: &str) -> Option<usize> {
        let is_told = |fits: &[Fit]| fits.iter().any(|fit| fit.is_told_by(text));
        let mut told = (0..).map_while(self.fits).enumerate().filter(|(_, fits)| is_told(fits));
        let (index, _) = told.next()?;
        told.next().is_none().then_some(index)
    }

    /// The variants that a value may be, the best first.
    fn rated(&self, value: &mut Outline<'_>) -> Vec<Rated> {
        let variants = (0..).map_while(|index| Some((index, (self.fits)(index)?)));
        let mut rated: Vec<_> = variants
            .filter_map(|(index, fits)| Some((fits.iter().filter_map(|fit| fit.rate(value)).max()?, index)))
            .collect();
        rated.sort_by_key(|(rating, _)| Reverse(*rating));
        rated
    }
}

/// How well a value fits a variant.
type Rated = (Rating, usize);

/// The variant that a value fits best, of those that were tried.
struct Best {
    rating: Rating,
    loss: usize,
    index: usize,
}
