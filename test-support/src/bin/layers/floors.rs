//! The floors' file. A line that is not indented opens a block: a package's directory, or a room in it (`schema-core/query`). An
//! indented line is a floor, from the lowest to the highest, with the rooms and files on it; or it is one of
//!
//! - `limit upward 3, cycle 5`: how many imports may go up, and how many files the largest cycle may have;
//! - `except model to types: a reason`: imports that go up and are not counted.
//!
//! `#` begins a comment. The block's own `lib.rs` or `mod.rs` is above all floors.

use crate::error::Error;

/// The declared order of a package, or of a room in it.
#[derive(Debug)]
pub(crate) struct Block {
    /// What the line says.
    pub(crate) name: String,
    pub(crate) package: String,
    /// The modules that lead to the room; none for the package as a whole.
    pub(crate) room: Vec<String>,
    pub(crate) upward: usize,
    pub(crate) cycle: usize,
    pub(crate) floors: Vec<Vec<Entry>>,
    pub(crate) exceptions: Vec<(Entry, Entry)>,
}

/// A room or a file, by the modules that lead to it from the block's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry(pub(crate) Vec<String>);

impl Entry {
    fn new(text: &str) -> Self {
        Self(text.split('/').map(str::to_owned).collect())
    }

    /// Whether the module is this one or in it.
    pub(crate) fn holds(&self, module: &[String]) -> bool {
        module.starts_with(&self.0)
    }

    pub(crate) fn text(&self) -> String {
        self.0.join("/")
    }
}

impl Block {
    /// The blocks of the file's text.
    pub(crate) fn all(text: &str) -> Result<Vec<Self>, Error> {
        let mut blocks: Vec<Self> = Vec::new();
        for (at, whole) in text.lines().enumerate() {
            let line = whole.split('#').next().unwrap_or_default().trim_end();
            let wrong = |problem| Error::Line {
                number: at + 1,
                line: line.trim().to_owned(),
                problem,
            };
            if line.is_empty() {
                continue;
            }
            if !line.starts_with(' ') {
                blocks.push(Self::new(line));
                continue;
            }
            let block = blocks.last_mut().ok_or_else(|| wrong("no block is open"))?;
            block.read(line.trim()).map_err(wrong)?;
        }
        Ok(blocks)
    }

    fn new(name: &str) -> Self {
        let mut parts = name.split('/').map(str::to_owned);
        Self {
            name: name.to_owned(),
            package: parts.next().unwrap_or_default(),
            room: parts.collect(),
            upward: 0,
            cycle: 1,
            floors: Vec::new(),
            exceptions: Vec::new(),
        }
    }

    fn read(&mut self, line: &str) -> Result<(), &'static str> {
        if let Some(limits) = line.strip_prefix("limit ") {
            let (upward, cycle) = limits_of(limits).ok_or("write `limit upward 3, cycle 5`")?;
            self.upward = upward;
            self.cycle = cycle;
        } else if let Some(exception) = line.strip_prefix("except ") {
            let both = exception_of(exception).ok_or("write `except model to types: a reason`")?;
            self.exceptions.push(both);
        } else {
            let names = line.split_whitespace();
            self.floors.push(names.map(Entry::new).collect());
        }
        Ok(())
    }

    /// The floor of a module, from the block's root; of two names that hold it, the longer one says. The root is above all.
    pub(crate) fn floor(&self, module: &[String]) -> Option<usize> {
        if module.is_empty() {
            return Some(self.floors.len());
        }
        let floors = self.floors.iter().enumerate();
        let holding = floors.flat_map(|(floor, entries)| {
            let holding = entries.iter().filter(|entry| entry.holds(module));
            holding.map(move |entry| (entry.0.len(), floor))
        });
        holding.max().map(|(_, floor)| floor)
    }
}

fn limits_of(text: &str) -> Option<(usize, usize)> {
    let (upward, cycle) = text.split_once(',')?;
    let upward = upward.trim().strip_prefix("upward ")?.parse().ok()?;
    let cycle = cycle.trim().strip_prefix("cycle ")?.parse().ok()?;
    Some((upward, cycle))
}

fn exception_of(text: &str) -> Option<(Entry, Entry)> {
    let (both, reason) = text.split_once(": ")?;
    let (from, to) = both.split_once(" to ")?;
    let is_whole = !reason.trim().is_empty();
    is_whole.then(|| (Entry::new(from.trim()), Entry::new(to.trim())))
}
