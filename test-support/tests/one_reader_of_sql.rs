//! Only `schema-core/src/sql` reads SQL. Other code must not search a text for a literal word or character.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, ExprMethodCall, ImplItemFn, ItemFn, ItemMod, Lit};

/// The folders whose code handles SQL of users, from the root of the workspace.
const ROOMS: &[&str] = &[
    "schema-core/src/call",
    "schema-core/src/ddl",
    "schema-core/src/ir",
    "schema-core/src/query",
    "schema-migrate/src/diff",
    "schema-migrate/src/expand",
    "schema-migrate/src/plan",
];

/// The methods that search or split a text.
const LOOKS: &[&str] = &[
    "char_indices",
    "chars",
    "contains",
    "ends_with",
    "eq_ignore_ascii_case",
    "find",
    "lines",
    "match_indices",
    "matches",
    "replace",
    "replacen",
    "rfind",
    "rsplit",
    "rsplit_once",
    "split",
    "split_ascii_whitespace",
    "split_once",
    "split_whitespace",
    "splitn",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "trim_end_matches",
    "trim_matches",
    "trim_start_matches",
];

/// Exceptions: the file, the method, and what the text is. These texts are not SQL of a user, or their meaning is not
/// read.
const OTHER_TEXTS: &[(&str, &str, &str)] = &[
    ("schema-core/src/ddl/expr.rs", "starts_with", "a number"),
    (
        "schema-core/src/ddl/mod.rs",
        "contains",
        "a statement that is printed, for the empty lines of a script",
    ),
    (
        "schema-core/src/ddl/postgres/bodies.rs",
        "trim_matches",
        "a body, for its first and last line",
    ),
    (
        "schema-core/src/ddl/postgres/bodies.rs",
        "replace",
        "a template of `format`",
    ),
    (
        "schema-core/src/ddl/table.rs",
        "chars",
        "a line, for its width",
    ),
    (
        "schema-core/src/ddl/view.rs",
        "trim_end_matches",
        "the end of a query",
    ),
    (
        "schema-core/src/ir/from_model/sequences.rs",
        "replace",
        "the argument of `nextval`",
    ),
    (
        "schema-core/src/ir/from_model/sequences.rs",
        "eq_ignore_ascii_case",
        "the name of a function",
    ),
    (
        "schema-core/src/ir/dependencies/names.rs",
        "chars",
        "the name of a function",
    ),
    (
        "schema-core/src/ir/monthly.rs",
        "chars",
        "the name of a partition",
    ),
    (
        "schema-core/src/query/column_text.rs",
        "find",
        "a type's name as it is printed",
    ),
    (
        "schema-migrate/src/plan/volatile.rs",
        "rsplit",
        "the name of a function",
    ),
];

struct Looks<'f> {
    file: &'f str,
    found: Vec<(String, String, usize)>,
}

impl Looks<'_> {
    fn add(&mut self, method: &str, at: Span) {
        let line = at.start().line;
        self.found
            .push((self.file.to_owned(), method.to_owned(), line));
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<syn::Ident>()
                    .is_ok_and(|word| word == "test")
    })
}

/// Whether the argument is a literal text or character, or an array with one.
fn is_written(argument: &Expr) -> bool {
    match argument {
        Expr::Lit(ExprLit {
            lit: Lit::Str(_) | Lit::Char(_),
            ..
        }) => true,
        Expr::Array(array) => array.elems.iter().any(is_written),
        Expr::Reference(reference) => is_written(&reference.expr),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Looks<'_> {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let method = call.method.to_string();
        let looks = match call.args.first() {
            Some(first) => is_written(first),
            // Only texts have these methods, so the call needs no literal argument.
            None => matches!(
                &*method,
                "chars" | "char_indices" | "lines" | "split_whitespace"
            ),
        };
        if looks && LOOKS.contains(&&*method) {
            self.add(&method, call.method.span());
        }
        visit::visit_expr_method_call(self, call);
    }
}

fn files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
}

fn looks(root: &Path) -> Vec<(String, String, usize)> {
    let mut all = Vec::new();
    for room in ROOMS {
        files(&root.join(room), &mut all);
    }
    all.sort();
    let mut found = Vec::new();
    for path in all {
        let file = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if file.ends_with("tests.rs") {
            continue;
        }
        let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
        let mut looks = Looks {
            file: &file,
            found: Vec::new(),
        };
        looks.visit_file(&parsed);
        found.append(&mut looks.found);
    }
    found
}

#[test]
fn only_the_sql_folder_searches_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let is_known = |file: &str, method: &str| {
        let mut known = OTHER_TEXTS.iter();
        known.any(|(of, by, _)| *of == file && *by == method)
    };
    let found = looks(&root);
    let new: Vec<_> = found
        .iter()
        .filter(|(file, method, _)| !is_known(file, method))
        .map(|(file, method, line)| format!("{file}:{line}: `{method}`"))
        .collect();
    assert!(
        new.is_empty(),
        "code searches a text: use `freehold_schema_core::sql`, or add to `OTHER_TEXTS` what the text is:\n{}",
        new.join("\n")
    );
    let gone: Vec<_> = OTHER_TEXTS
        .iter()
        .filter(|(of, by, _)| {
            !found
                .iter()
                .any(|(file, method, _)| file == of && method == by)
        })
        .collect();
    assert!(
        gone.is_empty(),
        "`OTHER_TEXTS` lists calls that the code does not have: {gone:?}"
    );
}
