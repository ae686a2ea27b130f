//! The nodes of a JSON text along some pointers. What does not lead to one is skipped, so that large
//! documents take little time.
//!
//! The text was read before: nothing is checked here that does not decide where a node ends.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::Node;
use crate::maps::HashMap;
use crate::pointer::Tree;

/// Where large values of a text end, by where they begin, as far as they were met when it was read first: when it is
/// read again, they need not be looked through to be skipped.
pub(crate) type Ends = HashMap<usize, usize>;

/// Smaller values are skipped as fast as they are looked up.
const LARGE: usize = 1 << 10;

/// The tree; `None` if there is no value in the text.
pub(super) fn read(text: &str, wanted: &Tree, ends: &OnceLock<Ends>) -> Option<Node> {
    let mut cursor = Cursor { text, at: 0, known: ends.get(), ends: Ends::default() };
    let node = cursor.node(wanted);
    // Another thread may have been first, and knows as much.
    let _ = ends.set(cursor.ends);
    node
}

/// The bytes that count where a mapping or a list is skipped.
static IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let signs = b"\"{[}]";
    let mut index = 0;
    while index < signs.len() {
        is_sign[signs[index] as usize] = true;
        index += 1;
    }
    is_sign
};

/// A place in a text between its tokens.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
    known: Option<&'a Ends>,
    ends: Ends,
}

impl<'a> Cursor<'a> {
    /// The value that comes next. Where it is not JSON, it ends.
    fn node(&mut self, wanted: &Tree) -> Option<Node> {
        let opened = self.peek()?;
        let start = self.at;
        let mut node = Node::default();
        match opened {
            b'{' if !wanted.is_leaf() => self.members(wanted, &mut node),
            b'[' if !wanted.is_leaf() => self.items(wanted, &mut node),
            _ => self.skip()?,
        }
        self.knows_end(start);
        node.value = (start, self.at);
        Some(node)
    }

    fn members(&mut self, wanted: &Tree, node: &mut Node) {
        self.at += 1;
        while self.peek() == Some(b'"') {
            let Some(key) = self.string() else { return };
            let name = name(self.text.get(key.clone()).unwrap_or_default());
            if self.peek() == Some(b':') {
                self.at += 1;
            }
            match wanted.child(&name) {
                Some(wanted) => {
                    let Some(member) = self.node(wanted) else { return };
                    node.entries.insert(name.into_owned(), Node { key: Some((key.start, key.end)), ..member });
                }
                None if self.skip().is_none() => return,
                None => {}
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
        self.close();
    }

    fn items(&mut self, wanted: &Tree, node: &mut Node) {
        self.at += 1;
        for index in 0_usize.. {
            if matches!(self.peek(), None | Some(b']')) {
                break;
            }
            let name = index.to_string();
            match wanted.child(&name) {
                Some(wanted) => {
                    let Some(item) = self.node(wanted) else { return };
                    node.entries.insert(name, item);
                }
                None if self.skip().is_none() => return,
                None => {}
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            }
        }
        self.close();
    }

    /// Goes behind the bracket that ends a mapping or a list.
    fn close(&mut self) {
        if self.peek().is_some() {
            self.at += 1;
        }
    }

    /// The byte that comes next, without blanks.
    fn peek(&mut self) -> Option<u8> {
        self.find(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t'))
    }

    /// Goes to the next byte of a kind, which may be this one.
    fn find(&mut self, is_wanted: impl Fn(u8) -> bool) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let ahead = rest.iter().position(|byte| is_wanted(*byte))?;
        self.at += ahead;
        rest.get(ahead).copied()
    }

    /// Goes behind the value that comes next; `None` if there is none, or it does not end.
    fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(drop),
            b'{' | b'[' => self.skip_nested_once(),
            b'}' | b']' | b',' | b':' => None,
            _ => {
                let end = self.find(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'));
                if end.is_none() {
                    self.at = self.text.len();
                }
                Some(())
            }
        }
    }

    /// Goes behind a mapping or a list, and knows its end from then on.
    fn skip_nested_once(&mut self) -> Option<()> {
        let start = self.at;
        if let Some(end) = self.known.and_then(|known| known.get(&start)) {
            self.at = *end;
            return Some(());
        }
        self.skip_nested()?;
        self.knows_end(start);
        Some(())
    }

    /// Keeps where a value ends that begins there, if it is large.
    fn knows_end(&mut self, start: usize) {
        if self.known.is_none() && self.at - start >= LARGE {
            self.ends.insert(start, self.at);
        }
    }

    /// Goes behind a mapping or a list, whatever is in it.
    fn skip_nested(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            self.skip_indentation();
            match self.find(|byte| IS_SIGN[usize::from(byte)])? {
                b'"' => _ = self.string()?,
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                _ => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                    if open == 0 {
                        return Some(());
                    }
                }
            }
        }
    }

    /// Goes behind the blanks that a line begins with, which are most of what stands between texts.
    fn skip_indentation(&mut self) {
        const BLANKS: &[u8] = b"        ";
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        // What stands before them: the sign that ends the last line, and the line end.
        let ahead = rest.iter().take(3).position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let count = rest[ahead..].chunks_exact(BLANKS.len()).take_while(|chunk| *chunk == BLANKS).count();
        if count > 0 && rest[..ahead].iter().all(|byte| matches!(byte, b',' | b'\n' | b'\r')) {
            self.at += ahead + count * BLANKS.len();
        }
    }

    /// Where the string is that starts here, with its quotes; goes behind it.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.at += 1;
        loop {
            let rest = self.text.as_bytes().get(self.at..)?;
            let ahead = memchr::memchr2(b'"', b'\\', rest)?;
            self.at += ahead + 1;
            if rest.get(ahead) == Some(&b'"') {
                break;
            }
            // What is behind it does not end the string.
            self.at += 1;
        }
        Some(start..self.at)
    }
}

/// What a key says.
fn name(key: &str) -> Cow<'_, str> {
    match key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => plain.into(),
        _ => serde_json::from_str::<String>(key).unwrap_or_default().into(),
    }
}
