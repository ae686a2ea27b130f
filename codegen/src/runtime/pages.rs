//! Calls that are answered with one page of many.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use super::call::{Call, Operation, answer};
use super::client::{Async, Client};
use super::error::Error;
use super::exchange::{Exchanged, exchange};
use super::paging::{Course, Paging, Stream};
use super::paging_fault::PagingFault;
use super::response::Response;
use super::transport::BoxFuture;

/// An operation that answers with one page of many.
///
/// Only the generated operations of this crate implement it.
pub trait Paged: Operation {
    /// What a page has many of.
    type Item;

    /// How a page leads to the next.
    #[doc(hidden)]
    const PAGING: Paging;

    /// The items of a page.
    #[doc(hidden)]
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

impl<'a, O: Paged, M> Call<'a, O, M> {
    /// All pages from the one on that the call asks for, each as it is asked for.
    pub fn pages(self) -> Pages<'a, O, M> {
        let course = Course::new(O::PAGING, self.request);
        Pages { client: self.client, course, waits: None, operation: PhantomData }
    }

    /// The items of all [pages](Self::pages), one after the other.
    pub fn items(self) -> PageItems<'a, O, M> {
        PageItems { pages: self.pages(), items: Vec::new().into_iter(), empty: 0, max_empty: MAX_EMPTY }
    }
}

/// The pages of a call; from [`Call::pages`].
///
/// [`next`](Self::next) asks for the next one; it is a [`Stream`] as well. With the blocking client, it is an iterator.
/// Each page is a call of its own, which is tried again as the first one is, and has the time limit of one. The first
/// error is the last item. Where the server gives a page once more, or the next one is on another server, that is an error.
#[must_use = "pages come when they are asked for"]
pub struct Pages<'a, O, M = Async> {
    client: &'a Client<M>,
    course: Course,
    /// The page that is under way.
    waits: Option<BoxFuture<'a, Result<Exchanged, Error<Infallible>>>>,
    operation: PhantomData<fn() -> O>,
}

/// The items of the pages of a call, one after the other; from [`Call::items`].
///
/// The next page is asked for when the items of the one before are taken. Otherwise they come as [`Pages`] do.
///
/// A page without items may lead to one with some. More than a thousand of them in a row are an error, as a server that
/// leads on for ever would keep the caller waiting; [`max_empty_pages`](Self::max_empty_pages) says how many there may be.
#[must_use = "items come when they are asked for"]
pub struct PageItems<'a, O: Paged, M = Async> {
    pages: Pages<'a, O, M>,
    items: vec::IntoIter<O::Item>,
    /// How many pages had no items since the last one that had some.
    empty: usize,
    max_empty: usize,
}

/// Nothing in it refers to itself, whatever the items are.
impl<O: Paged, M> Unpin for PageItems<'_, O, M> {}

/// Why there is an error in place of a page. It is the last item.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError<E> {
    /// The call failed that was to bring the page.
    Call(Error<E>),

    /// The page before leads to none, though it should.
    Next(PagingFault),
}

/// Services that look through much and find little have hundreds of pages without items; who waits for an item should
/// hear of more than that.
const MAX_EMPTY: usize = 1000;

type Page<O> = Result<Response<<O as Operation>::Output>, PageError<<O as Operation>::Error>>;

type Item<O> = Result<<O as Paged>::Item, PageError<<O as Operation>::Error>>;

impl<O: Paged, M> Pages<'_, O, M> {
    /// Takes what came of a call.
    fn took(&mut self, page: Result<Response<O::Output>, Error<O::Error>>) -> Page<O> {
        let page = page.map_err(PageError::Call)?;
        self.course.took(page.headers(), page.body(), &self.client.settings);
        Ok(page)
    }
}

impl<O: Paged> Pages<'_, O> {
    /// The next page, or `None` behind the last one.
    pub async fn next(&mut self) -> Option<Page<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next page, or `None` behind the last one.
    ///
    /// # Errors
    ///
    /// If there is an error in its place.
    pub async fn try_next(&mut self) -> Result<Option<Response<O::Output>>, PageError<O::Error>> {
        self.next().await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        let waits = match &mut self.waits {
            Some(waits) => waits,
            None => match self.course.next_request() {
                Some(Ok(request)) => self.waits.insert(Box::pin(exchange(&self.client.settings, O::NAME, request))),
                Some(Err(fault)) => return Poll::Ready(Some(Err(PageError::Next(fault)))),
                None => return Poll::Ready(None),
            },
        };
        let exchanged = ready!(waits.as_mut().poll(context));
        self.waits = None;
        Poll::Ready(Some(self.took(answer::<O>(exchanged))))
    }
}

impl<O: Paged, M> PageItems<'_, O, M> {
    /// Sets how many pages in a row may have no items. If one more has none, and leads on, that is an error, and the last
    /// item.
    pub fn max_empty_pages(mut self, pages: usize) -> Self {
        self.max_empty = pages;
        self
    }

    /// Takes a page: its items come next, unless there is an error in their place.
    fn took(&mut self, page: Page<O>) -> Option<Item<O>> {
        match page {
            Ok(page) => self.items = O::items(page.into_value()).into_iter(),
            Err(error) => return Some(Err(error)),
        }
        self.empty = if self.items.len() == 0 { self.empty.saturating_add(1) } else { 0 };
        let is_too_many = self.empty > self.max_empty && self.pages.course.stop();
        is_too_many.then(|| Err(PageError::Next(PagingFault::Empty { limit: self.max_empty })))
    }
}

impl<O: Paged> PageItems<'_, O> {
    /// The next item, or `None` behind the last one.
    pub async fn next(&mut self) -> Option<Item<O>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The next item, or `None` behind the last one.
    ///
    /// # Errors
    ///
    /// If there is an error in its place.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, PageError<O::Error>> {
        self.next().await.transpose()
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(page) = ready!(self.pages.poll(context)) else { return Poll::Ready(None) };
            if let Some(error) = self.took(page) {
                return Poll::Ready(Some(error));
            }
        }
    }
}

impl<O: Paged> Stream for Pages<'_, O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        self.poll(context)
    }
}

impl<O: Paged> Stream for PageItems<'_, O> {
    type Item = Item<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        self.poll(context)
    }
}

/// The thread waits for each page.
#[cfg(feature = "blocking")]
impl<O: Paged> Iterator for Pages<'_, O, super::blocking::Blocking> {
    type Item = Page<O>;

    fn next(&mut self) -> Option<Page<O>> {
        match self.course.next_request()? {
            Ok(request) => {
                let page = super::call::again::<O, _>(self.client, request).send();
                Some(self.took(page))
            }
            Err(fault) => Some(Err(PageError::Next(fault))),
        }
    }
}

/// The thread waits for the page that an item is on.
#[cfg(feature = "blocking")]
impl<O: Paged> Iterator for PageItems<'_, O, super::blocking::Blocking> {
    type Item = Item<O>;

    fn next(&mut self) -> Option<Item<O>> {
        loop {
            if let Some(item) = self.items.next() {
                return Some(Ok(item));
            }
            let page = self.pages.next()?;
            if let Some(error) = self.took(page) {
                return Some(error);
            }
        }
    }
}

impl<O: Operation, M> fmt::Debug for Pages<'_, O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({})", O::NAME)
    }
}

impl<O: Paged, M> fmt::Debug for PageItems<'_, O, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageItems({}, {} at hand)", O::NAME, self.items.len())
    }
}

impl<E> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Next(fault) => fault.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for PageError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Next(_) => None,
        }
    }
}
