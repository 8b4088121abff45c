//! Finds the paths that an item names, in its code and in its macros. Literals and comments are skipped.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Attribute, ImplItemFn, Item, ItemFn, ItemMod, ItemUse, Macro, Path, Stmt, VisRestricted,
};

use crate::modules::{Module, is_test};

/// A path as it is written, from its first word.
pub(crate) type Named = Vec<String>;

/// Macros whose words belong to generated code.
const QUOTES: [&str; 4] = [
    "quote",
    "quote_spanned",
    "parse_quote",
    "parse_quote_spanned",
];

/// Adds the paths and the imports of an item to its module.
pub(crate) fn of_item(item: &Item, module: &mut Module) {
    Paths(module).visit_item(item);
}

/// Adds the paths of a macro.
pub(crate) fn of_macro(own: &Macro, module: &mut Module) {
    Paths(module).visit_macro(own);
}

struct Paths<'m>(&'m mut Module);

impl<'ast> Visit<'ast> for Paths<'_> {
    fn visit_path(&mut self, path: &'ast Path) {
        if path.leading_colon.is_none() {
            let words = path
                .segments
                .iter()
                .map(|segment| segment.ident.to_string());
            self.0.named.insert(words.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if !is_test(&item.attrs) {
            // No module has an empty name, so this path leads out of the package.
            let before = item.leading_colon.map(|_| String::new());
            self.0.import(&item.tree, before.into_iter().collect());
        }
    }

    fn visit_macro(&mut self, own: &'ast Macro) {
        self.visit_path(&own.path);
        let name = own.path.segments.last().map(|last| last.ident.to_string());
        if !name.is_some_and(|name| QUOTES.contains(&&*name)) {
            of_tokens(own.tokens.clone(), self.0);
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

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let is_left_out = matches!(statement, Stmt::Local(local) if is_test(&local.attrs));
        if !is_left_out {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

/// Adds each sequence of words separated by `::`.
fn of_tokens(tokens: TokenStream, module: &mut Module) {
    let mut words: Named = Vec::new();
    let mut colons = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                if colons != 2 {
                    end(&mut words, module);
                }
                // A path that begins with `::` names another crate.
                if colons != 2 || !words.is_empty() {
                    words.push(word.to_string());
                }
                colons = 0;
            }
            TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
            other => {
                end(&mut words, module);
                colons = 0;
                if let TokenTree::Group(group) = other {
                    of_tokens(group.stream(), module);
                }
            }
        }
    }
    end(&mut words, module);
}

fn end(words: &mut Named, module: &mut Module) {
    if !words.is_empty() {
        module.named.insert(std::mem::take(words));
    }
}
