//! Counts the imports of a block, those that go up, and the files of its largest cycle.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::floors::{Block, Entry};
use crate::modules::Package;
use crate::resolve;

/// The counts of a block.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) block: Block,
    pub(crate) files: usize,
    pub(crate) imports: usize,
    /// The imports that go up, from file to file, as paths below `src`.
    pub(crate) upward: Vec<(String, String)>,
    /// How many imports go up and are allowed by an exception.
    pub(crate) excepted: usize,
    /// The files of the largest cycle. Empty without a cycle.
    pub(crate) cycle: Vec<String>,
    /// The imports between these files.
    pub(crate) in_cycle: Vec<(String, String)>,
}

impl Counted {
    pub(crate) fn is_within(&self) -> bool {
        self.has_few_upward() && self.has_small_cycle()
    }

    pub(crate) fn has_few_upward(&self) -> bool {
        self.upward.len() <= self.block.upward
    }

    pub(crate) fn has_small_cycle(&self) -> bool {
        self.cycle.len() <= self.block.cycle
    }
}

/// Counts the imports of a block.
pub(crate) fn count(package: &Package, block: Block) -> Result<Counted, Error> {
    let files = files_of(package, &block)?;
    let imports: Vec<_> = resolve::imports(package)
        .into_iter()
        .filter(|(from, to)| files.contains_key(from) && files.contains_key(to))
        .collect();
    let mut upward = Vec::new();
    let mut excepted = 0;
    let mut used = BTreeSet::new();
    for (from, to) in &imports {
        let (lower, higher) = (&files[from], &files[to]);
        if higher.floor <= lower.floor {
            continue;
        }
        let holds = |(of, on): &(Entry, Entry)| of.holds(&lower.module) && on.holds(&higher.module);
        match block.exceptions.iter().position(holds) {
            Some(exception) => {
                used.insert(exception);
                excepted += 1;
            }
            None => upward.push((from.clone(), to.clone())),
        }
    }
    let mut exceptions = block.exceptions.iter().enumerate();
    if let Some((_, (from, to))) = exceptions.find(|(at, _)| !used.contains(at)) {
        return Err(Error::NoImport {
            block: block.name.clone(),
            from: from.text(),
            to: to.text(),
        });
    }
    let cycle = largest_cycle(&imports);
    let in_cycle = imports
        .iter()
        .filter(|(from, to)| cycle.contains(from) && cycle.contains(to));
    Ok(Counted {
        files: files.len(),
        in_cycle: in_cycle.cloned().collect(),
        imports: imports.len(),
        excepted,
        cycle,
        upward,
        block,
    })
}

/// The module of a file, and its layer in the block.
struct Place {
    module: Vec<String>,
    floor: usize,
}

/// The files of the block, each with its module and layer.
fn files_of(package: &Package, block: &Block) -> Result<BTreeMap<String, Place>, Error> {
    let mut places = BTreeMap::new();
    for (name, file) in &package.files {
        let Some(module) = file.module.strip_prefix(&block.room[..]) else {
            continue;
        };
        let floor = block.floor(module).ok_or_else(|| Error::NoFloor {
            block: block.name.clone(),
            file: name.clone(),
        })?;
        let module = module.to_vec();
        places.insert(name.clone(), Place { module, floor });
    }
    let mut entries = block.floors.iter().flatten();
    let is_there = |entry: &Entry| places.values().any(|place| entry.holds(&place.module));
    match entries.find(|entry| !is_there(entry)) {
        Some(entry) => Err(Error::NoFile {
            block: block.name.clone(),
            name: entry.text(),
        }),
        None => Ok(places),
    }
}

/// The files of the largest set in which every file reaches every other by imports.
fn largest_cycle(imports: &[(String, String)]) -> Vec<String> {
    let mut forth: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut back: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in imports {
        forth.entry(from).or_default().push(to);
        back.entry(to).or_default().push(from);
    }
    let mut largest = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for file in forth.keys() {
        if seen.contains(file) {
            continue;
        }
        let reached = reached_from(file, &forth);
        let reaching = reached_from(file, &back);
        let cycle: Vec<_> = reached.intersection(&reaching).copied().collect();
        seen.extend(&cycle);
        if cycle.len() > largest.len() {
            largest = cycle;
        }
    }
    largest.into_iter().map(str::to_owned).collect()
}

/// All files that this file reaches by imports. It includes the file itself only if one of them leads back to it.
fn reached_from<'f>(file: &'f str, by: &BTreeMap<&'f str, Vec<&'f str>>) -> BTreeSet<&'f str> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![file];
    while let Some(file) = waiting.pop() {
        for next in by.get(file).into_iter().flatten() {
            if reached.insert(*next) {
                waiting.push(next);
            }
        }
    }
    reached
}
