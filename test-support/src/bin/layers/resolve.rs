//! Which file defines what a path names.

use std::collections::BTreeSet;

use crate::modules::{Module, Package, child};

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Module(Vec<String>),
    /// A thing that this file defines, with all that is behind its name.
    Item(String),
}

/// Through how many imports a name is looked for.
const DEPTH: usize = 16;

/// The imports of a package: pairs of files, the first of which names a thing that the second defines.
pub(crate) fn imports(package: &Package) -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (path, module) in &package.modules {
        let mut add = |found: Vec<Found>| {
            for found in found {
                if let Some(to) = file_of(package, found)
                    && to != module.file
                {
                    all.insert((module.file.clone(), to));
                }
            }
        };
        for (_, import) in &module.imports {
            add(resolve(package, path, import, DEPTH));
        }
        for glob in &module.globs {
            add(resolve(package, path, glob, DEPTH));
        }
        for named in &module.named {
            // A single word is an import that was seen, unless a `*` or `#[macro_export]` brings it.
            let found = match &named[..] {
                [word] => by_globs(package, path, module, word, DEPTH),
                _ => resolve(package, path, named, DEPTH),
            };
            add(found);
        }
    }
    all
}

/// A module that is a folder is no import in itself: its own file counts where a thing is defined there.
fn file_of(package: &Package, found: Found) -> Option<String> {
    match found {
        Found::Item(file) => Some(file),
        Found::Module(path) => {
            let has_files = package
                .files
                .values()
                .any(|file| file.module.len() > path.len() && file.module.starts_with(&path));
            let file = &package.modules.get(&path)?.file;
            (!has_files).then(|| file.clone())
        }
    }
}

fn resolve(package: &Package, from: &[String], path: &[String], depth: usize) -> Vec<Found> {
    let Some(depth) = depth.checked_sub(1) else {
        return Vec::new();
    };
    let mut at = from.to_vec();
    let mut is_within = false;
    for (place, word) in path.iter().enumerate() {
        match &**word {
            "crate" => at.clear(),
            "super" => {
                at.pop();
            }
            "self" => {}
            _ => {
                let rest = &path[place + 1..];
                return named(package, &at, word, rest, is_within, depth);
            }
        }
        is_within = true;
    }
    vec![Found::Module(at)]
}

/// What `word` is in the module `at`, and what `rest` is behind it. A word that is not found in a module that the path led to comes
/// from a macro there.
fn named(
    package: &Package,
    at: &[String],
    word: &str,
    rest: &[String],
    is_within: bool,
    depth: usize,
) -> Vec<Found> {
    let Some(module) = package.modules.get(at) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let inner = child(at, word);
    let is_path_of_module = package.modules.contains_key(&inner) && !rest.is_empty();
    if package.modules.contains_key(&inner) {
        found.extend(behind(package, Found::Module(inner), rest, depth));
    }
    // A function may have the name of a module, and nothing is behind a function's name.
    if is_path_of_module {
        return found;
    }
    if module.items.contains(word) {
        found.push(Found::Item(module.file.clone()));
    }
    let mut is_imported = false;
    for (_, import) in module.imports.iter().filter(|(name, _)| name == word) {
        is_imported = true;
        // `use a::a` in the root names itself otherwise.
        if import.len() > 1 || import.first().is_some_and(|first| first != word) {
            for target in resolve(package, at, import, depth) {
                found.extend(behind(package, target, rest, depth));
            }
        }
    }
    if found.is_empty() {
        for target in by_globs(package, at, module, word, depth) {
            found.extend(behind(package, target, rest, depth));
        }
    }
    // What is imported and not found here is another crate's.
    if found.is_empty() && is_within && !is_imported {
        found.push(Found::Item(module.file.clone()));
    }
    found
}

fn behind(package: &Package, found: Found, rest: &[String], depth: usize) -> Vec<Found> {
    match (found, rest.split_first()) {
        (Found::Module(at), Some((word, rest))) => match depth.checked_sub(1) {
            Some(depth) => named(package, &at, word, rest, true, depth),
            None => Vec::new(),
        },
        (found, _) => vec![found],
    }
}

/// What a word is that `*` imports, or a macro at the root.
fn by_globs(
    package: &Package,
    at: &[String],
    module: &Module,
    word: &str,
    depth: usize,
) -> Vec<Found> {
    let Some(depth) = depth.checked_sub(1) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for glob in &module.globs {
        for target in resolve(package, at, glob, depth) {
            let Found::Module(within) = target else {
                continue;
            };
            found.extend(of_module(package, &within, word, depth));
        }
    }
    if found.is_empty() {
        found.extend(package.macros.get(word).cloned().map(Found::Item));
    }
    found
}

/// What a module gives of this name, and nothing where it has none.
fn of_module(package: &Package, within: &[String], word: &str, depth: usize) -> Vec<Found> {
    let has = package.modules.get(within).is_some_and(|module| {
        module.items.contains(word)
            || module.imports.iter().any(|(name, _)| name == word)
            || package.modules.contains_key(&child(within, word))
    });
    if has {
        named(package, within, word, &[], true, depth)
    } else {
        Vec::new()
    }
}
