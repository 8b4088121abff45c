//! Reads `scripts/layers.txt`. A line that is not indented opens a block: the directory of a package, or a folder in
//! it (`schema-core/query`). The code calls a layer a floor, and a folder a room.
//!
//! An indented line is a layer, from the lowest to the highest, and lists its folders and files. It can also be:
//!
//! - `limit upward 3, cycle 5`: how many imports may go up, and how many files the largest cycle may have.
//! - `except model to types: a reason`: imports that go up and are not counted.
//!
//! `#` begins a comment. The block's own `lib.rs` or `mod.rs` is above all layers.

use crate::error::Error;

/// The declared order of a package or of a folder in it.
#[derive(Debug)]
pub(crate) struct Block {
    /// The line that opens the block.
    pub(crate) name: String,
    pub(crate) package: String,
    /// The modules that lead to the folder; empty for the whole package.
    pub(crate) room: Vec<String>,
    pub(crate) upward: usize,
    pub(crate) cycle: usize,
    pub(crate) floors: Vec<Vec<Entry>>,
    pub(crate) exceptions: Vec<(Entry, Entry)>,
}

/// A folder or a file, as the modules that lead to it from the root of the block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry(pub(crate) Vec<String>);

impl Entry {
    fn new(text: &str) -> Self {
        Self(text.split('/').map(str::to_owned).collect())
    }

    /// Whether the entry is the module or contains it.
    pub(crate) fn holds(&self, module: &[String]) -> bool {
        module.starts_with(&self.0)
    }

    pub(crate) fn text(&self) -> String {
        self.0.join("/")
    }
}

impl Block {
    /// Reads the blocks of the file.
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
            let block = blocks.last_mut().ok_or_else(|| {
                wrong("write a package or a folder before this line, not indented")
            })?;
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
            let (upward, cycle) = limits_of(limits).ok_or("expected `limit upward 3, cycle 5`")?;
            self.upward = upward;
            self.cycle = cycle;
        } else if let Some(exception) = line.strip_prefix("except ") {
            let both =
                exception_of(exception).ok_or("expected `except model to types: a reason`")?;
            self.exceptions.push(both);
        } else {
            let names = line.split_whitespace();
            self.floors.push(names.map(Entry::new).collect());
        }
        Ok(())
    }

    /// The layer of a module, given from the root of the block. The longest matching entry decides. The root is above
    /// all layers.
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
