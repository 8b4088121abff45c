//! Finds the column that each name means.
//!
//! PostgreSQL prints the columns of the expression's own table unqualified. It qualifies the columns in a query with
//! the table's alias, whatever the alias is. So here each table gets its own name as alias, and the only table of a
//! query is left out.

use std::collections::BTreeSet;

use crate::sql::tree::{Node, Select, Source, Type};

/// Looks up what is known about a name.
type Lookup<'a, T> = &'a dyn Fn(&str) -> Option<T>;

/// The tables whose columns are known, so that an unqualified name in a query can be qualified.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tables<'a> {
    /// The table that the expression belongs to.
    pub(crate) own: Option<&'a str>,
    /// The columns of a table.
    pub(crate) columns: Option<Lookup<'a, Vec<String>>>,
    /// The type of a column of the expression's own table.
    pub(crate) types: Option<Lookup<'a, Type>>,
    /// The schemas, besides `pg_catalog` and `public`, whose names need no qualifier.
    pub(crate) path: &'a [String],
}

impl Tables<'_> {
    /// The type of a node that is a column of the expression's own table.
    pub(super) fn type_of(&self, node: &Node) -> Option<Type> {
        let types = self.types?;
        match node {
            Node::Name(path) => match path.as_slice() {
                [column] => types(column),
                [row, column] if matches!(row.as_str(), "new" | "old") => types(column),
                _ => None,
            },
            _ => None,
        }
    }

    fn columns_of(&self, table: &str) -> Option<Vec<String>> {
        self.columns.and_then(|columns| columns(table))
    }

    fn has(&self, table: &str, column: &str) -> bool {
        let columns = self.columns_of(table);
        columns.is_some_and(|columns| columns.iter().any(|name| name == column))
    }
}

/// The canonical alias of a query or a function in `FROM`.
const MADE: &str = "made";

/// The items that one query reads.
struct Scope {
    items: Vec<Item>,
}

/// A table, a query or a function in `FROM`.
struct Item {
    /// Its alias in the query.
    alias: String,
    /// Its canonical alias.
    name: String,
    /// Its columns, if they are known.
    columns: Option<Vec<String>>,
}

pub(super) fn resolved(node: Node, tables: &Tables<'_>) -> Node {
    let mut outside = BTreeSet::new();
    unresolved(&node, &mut Vec::new(), &mut outside);
    outside.extend(tables.own.map(str::to_owned));
    let mut scopes = Scopes {
        outside,
        tables,
        open: Vec::new(),
    };
    scopes.node(node)
}

struct Scopes<'a> {
    /// The tables that queries name and none of them reads.
    outside: BTreeSet<String>,
    tables: &'a Tables<'a>,
    open: Vec<Scope>,
}

impl Scopes<'_> {
    fn node(&mut self, node: Node) -> Node {
        match node {
            // The table's name without a column is the whole row.
            Node::Name(path) if self.open.is_empty() && self.is_own_row(&path) => Node::Star(path),
            Node::Name(path) => Node::Name(self.name(path)),
            Node::Query(select) => Node::Query(Box::new(self.select(*select))),
            Node::Exists(select) => Node::Exists(Box::new(self.select(*select))),
            Node::ArrayOf(select) => Node::ArrayOf(Box::new(self.select(*select))),
            other => other.map(&mut |inner| self.node(inner)),
        }
    }

    fn is_own_row(&self, path: &[String]) -> bool {
        match (path, self.tables.own) {
            ([name], Some(own)) => name == own && !self.tables.has(own, name),
            _ => false,
        }
    }

    fn name(&self, path: Vec<String>) -> Vec<String> {
        let Some((column, qualifiers)) = path.split_last() else {
            return path;
        };
        let Some(qualifier) = qualifiers.last() else {
            return self.unqualified(column);
        };
        if self.open.is_empty() {
            let is_row = matches!(qualifier.as_str(), "new" | "old" | "excluded");
            return if is_row { path } else { vec![column.clone()] };
        }
        let found = self
            .open
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, scope)| {
                let item = scope.items.iter().find(|item| item.alias == *qualifier)?;
                Some((depth, item))
            });
        match found {
            Some((depth, _)) if self.is_only_one(depth) => vec![column.clone()],
            Some((_, item)) => vec![item.name.clone(), column.clone()],
            None => vec![qualifier.clone(), column.clone()],
        }
    }

    /// Whether the query is the innermost one and reads only one item.
    fn is_only_one(&self, depth: usize) -> bool {
        depth + 1 == self.open.len()
            && self
                .open
                .get(depth)
                .is_some_and(|scope| scope.items.len() == 1)
    }

    /// Qualifies a name in a query with the innermost table that is known to have the column.
    fn unqualified(&self, column: &str) -> Vec<String> {
        let bare = vec![column.to_owned()];
        for (depth, scope) in self.open.iter().enumerate().rev() {
            if scope.items.iter().any(|item| item.alias == column) {
                return bare;
            }
            let has = |item: &&Item| {
                let mut columns = item.columns.iter().flatten();
                columns.any(|name| name == column)
            };
            if let Some(item) = scope.items.iter().find(has) {
                return if self.is_only_one(depth) {
                    bare
                } else {
                    vec![item.name.clone(), column.to_owned()]
                };
            }
            // It may be a column of an item whose columns are unknown.
            if scope.items.iter().any(|item| item.columns.is_none()) {
                return bare;
            }
        }
        match self.tables.own {
            Some(own) if !self.open.is_empty() && self.tables.has(own, column) => {
                vec![own.to_owned(), column.to_owned()]
            }
            _ => bare,
        }
    }

    fn select(&mut self, mut select: Select) -> Select {
        let mut items = Vec::new();
        for source in &mut select.from {
            self.rename(source, &mut items);
        }
        // Each combined query reads its own tables.
        let more = std::mem::take(&mut select.more);
        self.open.push(Scope { items });
        let select = select.map(&mut |inner| self.node(inner));
        self.open.pop();
        let more = more.into_iter();
        Select {
            more: more.map(|(kind, more)| (kind, self.select(more))).collect(),
            ..select
        }
    }

    /// Gives each table its own name as alias, and each other item one common alias. A number is added if the alias
    /// is taken.
    fn rename(&self, source: &mut Source, items: &mut Vec<Item>) {
        match source {
            Source::Table { name: path, alias } => {
                let table = path.last().cloned().unwrap_or_default();
                let name = self.free_name(&table, items);
                let old = alias.take().unwrap_or_else(|| table.clone());
                *alias = Some(name.clone()).filter(|name| *name != table);
                items.push(Item {
                    alias: old,
                    name,
                    columns: self.tables.columns_of(&path.join(".")),
                });
            }
            Source::Made {
                value,
                alias,
                columns,
                ..
            } => {
                if let Node::Call(call) = value {
                    let name = alias.take().or_else(|| call.name.last().cloned());
                    if columns.is_empty() {
                        columns.extend(name.clone());
                    }
                    *alias = name;
                }
                // PostgreSQL also chooses another alias if an outer table has the name.
                let name = self.free_name(MADE, items);
                items.push(Item {
                    name: name.clone(),
                    alias: alias.replace(name).unwrap_or_default(),
                    columns: Some(columns.clone()).filter(|columns| !columns.is_empty()),
                });
            }
            Source::Join { left, right, .. } => {
                self.rename(left, items);
                self.rename(right, items);
            }
        }
    }

    fn free_name(&self, table: &str, items: &[Item]) -> String {
        let is_taken = |name: &str| {
            let open = self.open.iter().flat_map(|scope| &scope.items);
            self.outside.contains(name) || open.chain(items).any(|item| item.name == name)
        };
        let numbered = (1_usize..).map(|count| format!("{table}_{count}"));
        std::iter::once(table.to_owned())
            .chain(numbered)
            .find(|name| !is_taken(name))
            .unwrap_or_default()
    }
}

/// Collects the tables that queries name and none of them reads: they are outside of the expression's queries.
fn unresolved(node: &Node, open: &mut Vec<Vec<String>>, found: &mut BTreeSet<String>) {
    match node {
        Node::Name(path) => {
            let qualifier = path.len().checked_sub(2).and_then(|index| path.get(index));
            let is_read = |name: &String| open.iter().flatten().any(|alias| alias == name);
            found.extend(
                qualifier
                    .filter(|name| !open.is_empty() && !is_read(name))
                    .cloned(),
            );
        }
        Node::Query(select) | Node::Exists(select) | Node::ArrayOf(select) => {
            unresolved_in(select, open, found);
        }
        other => {
            for inner in other.children() {
                unresolved(inner, open, found);
            }
        }
    }
}

fn unresolved_in(select: &Select, open: &mut Vec<Vec<String>>, found: &mut BTreeSet<String>) {
    let mut aliases = Vec::new();
    for source in &select.from {
        aliases_of(source, &mut aliases);
    }
    open.push(aliases);
    for inner in select.own_children() {
        unresolved(inner, open, found);
    }
    open.pop();
    for (_, more) in &select.more {
        unresolved_in(more, open, found);
    }
}

fn aliases_of(source: &Source, aliases: &mut Vec<String>) {
    match source {
        Source::Table { name, alias } => {
            aliases.extend(alias.clone().or_else(|| name.last().cloned()));
        }
        Source::Made { value, alias, .. } => {
            let function = match value {
                Node::Call(call) => call.name.last(),
                _ => None,
            };
            aliases.extend(alias.as_ref().or(function).cloned());
        }
        Source::Join { left, right, .. } => {
            aliases_of(left, aliases);
            aliases_of(right, aliases);
        }
    }
}
