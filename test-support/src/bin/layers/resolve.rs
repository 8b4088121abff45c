//! Finds the file that defines what a path names.

use std::collections::BTreeSet;

use crate::modules::{Module, Package, child};

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Module(Vec<String>),
    /// An item that this file defines, with everything in its namespace.
    Item(String),
}

/// How many imports a name is followed through at most.
const DEPTH: usize = 16;

/// The imports of a package, as pairs of files: the first one names an item that the second one defines.
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
            // The import of a single word was already seen, unless the word comes from `*` or `#[macro_export]`.
            let found = match &named[..] {
                [word] => by_globs(package, path, module, word, DEPTH),
                _ => resolve(package, path, named, DEPTH),
            };
            add(found);
        }
    }
    all
}

/// The file of a target. A folder's module alone is no import; its own file counts only for items that it defines.
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

/// The targets of `word` and the path `rest` after it in the module `at`. A word that is missing in a module that the
/// path led to comes from a macro there.
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
    // A function may have the name of a module, but no path continues after a function's name.
    if is_path_of_module {
        return found;
    }
    if module.items.contains(word) {
        found.push(Found::Item(module.file.clone()));
    }
    let mut is_imported = false;
    for (_, import) in module.imports.iter().filter(|(name, _)| name == word) {
        is_imported = true;
        // In the root, `use a::a` would otherwise lead to itself.
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
    // An import that is not found here comes from another crate.
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

/// The targets of a word that comes from `*`, or of a macro in the root.
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

/// The targets of a name in a module; empty if the module does not have it.
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
