//! Reads the files of a package as modules: what each one defines, what it imports, and which paths it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use syn::{Attribute, Item, ItemMacro, Meta, Token, UseTree};

use crate::error::{self, Error};
use crate::paths::{self, Named};

/// The files of a package, without its tests.
#[derive(Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The files, by their paths below `src`.
    pub(crate) files: BTreeMap<String, File>,
    pub(crate) modules: BTreeMap<Vec<String>, Module>,
    /// The macros that `#[macro_export]` puts in the root, each with its file.
    pub(crate) macros: BTreeMap<String, String>,
}

/// A file and its module.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) module: Vec<String>,
}

/// A module in a file of its own or within a file.
#[derive(Debug, Default)]
pub(crate) struct Module {
    pub(crate) file: String,
    /// The names that it defines, except modules.
    pub(crate) items: BTreeSet<String>,
    /// The names that it imports, each with its path.
    pub(crate) imports: Vec<(String, Vec<String>)>,
    /// The modules that it imports with `*`.
    pub(crate) globs: Vec<Vec<String>>,
    /// The paths that it names outside of imports.
    pub(crate) named: BTreeSet<Named>,
}

impl Package {
    /// Reads the files below `src`.
    pub(crate) fn read(name: &str, src: &Path) -> Result<Self, Error> {
        let mut texts = BTreeMap::new();
        read_folder(src, "", &mut texts)?;
        Self::of(name, &texts)
    }

    /// Builds the package from texts, each with its path below `src`.
    pub(crate) fn of(name: &str, texts: &BTreeMap<String, String>) -> Result<Self, Error> {
        let mut package = Self {
            name: name.to_owned(),
            ..Self::default()
        };
        let mut of_tests = Vec::new();
        for (path, text) in texts {
            let Some(module) = module_of(path) else {
                continue;
            };
            let file = syn::parse_file(text).map_err(|error| Error::Parse {
                file: path.clone(),
                error,
            })?;
            package.add(path, &module, &file.items, &mut of_tests);
            package.files.insert(path.clone(), File { module });
        }
        let is_test = |module: &[String]| of_tests.iter().any(|test| module.starts_with(test));
        package.files.retain(|_, file| !is_test(&file.module));
        package.modules.retain(|module, _| !is_test(module));
        Ok(package)
    }

    fn add(
        &mut self,
        file: &str,
        path: &[String],
        items: &[Item],
        of_tests: &mut Vec<Vec<String>>,
    ) {
        let mut module = Module {
            file: file.to_owned(),
            ..Module::default()
        };
        for item in items {
            if is_test(attributes(item)) {
                if let Item::Mod(item) = item {
                    of_tests.push(child(path, &item.ident.to_string()));
                }
                continue;
            }
            match item {
                Item::Mod(item) => {
                    if let Some((_, items)) = &item.content {
                        self.add(file, &child(path, &item.ident.to_string()), items, of_tests);
                    }
                }
                Item::Macro(item) => self.add_macro(file, &mut module, item),
                _ => {
                    module.items.extend(name_of(item));
                    paths::of_item(item, &mut module);
                }
            }
        }
        self.modules.insert(path.to_vec(), module);
    }

    /// Adds the definition of a macro, or the paths of a macro call.
    fn add_macro(&mut self, file: &str, module: &mut Module, item: &ItemMacro) {
        if let Some(name) = &item.ident {
            let is_exported = |attribute: &Attribute| attribute.path().is_ident("macro_export");
            if item.attrs.iter().any(is_exported) {
                self.macros.insert(name.to_string(), file.to_owned());
            }
            module.items.insert(name.to_string());
        }
        paths::of_macro(&item.mac, module);
    }
}

impl Module {
    /// Adds the names that a `use` imports.
    pub(crate) fn import(&mut self, tree: &UseTree, mut path: Vec<String>) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.import(&tree.tree, path);
            }
            UseTree::Name(tree) => self.import_as(&tree.ident.to_string(), path, None),
            UseTree::Rename(tree) => {
                let name = tree.rename.to_string();
                self.import_as(&tree.ident.to_string(), path, Some(name));
            }
            UseTree::Glob(_) => self.globs.push(path),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.import(tree, path.clone());
                }
            }
        }
    }

    fn import_as(&mut self, last: &str, mut path: Vec<String>, name: Option<String>) {
        if last != "self" {
            path.push(last.to_owned());
        }
        let name = name.or_else(|| path.last().cloned()).unwrap_or_default();
        self.imports.push((name, path));
    }
}

fn read_folder(
    folder: &Path,
    below: &str,
    texts: &mut BTreeMap<String, String>,
) -> Result<(), Error> {
    let unread = |error| Error::Read {
        path: folder.to_owned(),
        error,
    };
    for entry in std::fs::read_dir(folder).map_err(unread)? {
        let path = entry.map_err(unread)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let inner = format!("{below}{name}");
        if path.is_dir() {
            read_folder(&path, &format!("{inner}/"), texts)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.insert(inner, error::read(&path)?);
        }
    }
    Ok(())
}

/// The module of a file. `None` for another program of the package.
fn module_of(path: &str) -> Option<Vec<String>> {
    if path == "main.rs" || path.starts_with("bin/") {
        return None;
    }
    let mut module: Vec<_> = path.strip_suffix(".rs")?.split('/').collect();
    if module == ["lib"] || module.last() == Some(&"mod") {
        module.pop();
    }
    Some(module.into_iter().map(str::to_owned).collect())
}

pub(crate) fn child(module: &[String], name: &str) -> Vec<String> {
    let mut child = module.to_vec();
    child.push(name.to_owned());
    child
}

/// Whether the attributes limit the item to tests.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => list
            .parse_args::<Meta>()
            .is_ok_and(|meta| asks_for_test(&meta)),
        Meta::List(_) | Meta::NameValue(_) => false,
    })
}

fn asks_for_test(meta: &Meta) -> bool {
    let Meta::List(list) = meta else {
        return meta.path().is_ident("test");
    };
    let parts = syn::punctuated::Punctuated::<Meta, Token![,]>::parse_terminated;
    let Ok(parts) = list.parse_args_with(parts) else {
        return false;
    };
    if list.path.is_ident("all") {
        parts.iter().any(asks_for_test)
    } else {
        list.path.is_ident("any") && parts.iter().all(asks_for_test)
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
