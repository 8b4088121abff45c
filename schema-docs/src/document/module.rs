//! The tables by the Rust modules of their structs.

use super::{Document, TableDoc};

/// The tables of a module.
#[derive(Debug)]
pub(crate) struct ModuleDoc<'a> {
    /// The module, without the path that all modules share; `None` if there is only one.
    pub(crate) name: Option<String>,
    /// Its tables, in the order of the schema.
    pub(crate) tables: Vec<&'a TableDoc>,
}

/// The tables of a document, by module if there are several. The modules have the order of their first tables.
pub(crate) fn by_module(document: &Document) -> Vec<ModuleDoc<'_>> {
    let modules = modules(document);
    if modules.len() < 2 {
        let tables = document.tables.iter().collect();
        return vec![ModuleDoc { name: None, tables }];
    }
    let shared = shared(&modules);
    let of_module = |module: &&Option<String>| {
        let tables = document.tables.iter();
        let tables = tables.filter(|table| table.module == **module);
        ModuleDoc {
            name: Some(label(module.as_deref(), shared)),
            tables: tables.collect(),
        }
    };
    modules.iter().map(of_module).collect()
}

/// The modules, each once.
fn modules(document: &Document) -> Vec<&Option<String>> {
    let mut modules = Vec::new();
    for table in &document.tables {
        if !modules.contains(&&table.module) {
            modules.push(&table.module);
        }
    }
    modules
}

/// How many segments of their paths the modules share.
fn shared(modules: &[&Option<String>]) -> usize {
    let paths = modules.iter().filter_map(|module| module.as_deref());
    let paths: Vec<Vec<&str>> = paths.map(|path| path.split("::").collect()).collect();
    let Some((first, others)) = paths.split_first() else {
        return 0;
    };
    let same = |index: &usize| {
        others
            .iter()
            .all(|other| other.get(*index) == first.get(*index))
    };
    (0..first.len()).take_while(same).count()
}

fn label(module: Option<&str>, shared: usize) -> String {
    let Some(path) = module else {
        return "other".to_owned();
    };
    let segments: Vec<_> = path.split("::").collect();
    // A module that contains the others keeps its own name.
    let shared = shared.min(segments.len().saturating_sub(1));
    segments.get(shared..).unwrap_or(&segments).join("::")
}
