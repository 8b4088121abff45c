//! Which column a name means. PostgreSQL prints the columns of the expression's own table without it, and those in a query with the table that
//! they are of, under whatever alias it has; so the tables are called by their own names here, and the one table of a query is left out.

use std::collections::BTreeSet;

use crate::sql::tree::{Node, Select, Source, Type};

/// What is known of a name.
type Lookup<'a, T> = &'a dyn Fn(&str) -> Option<T>;

/// The tables whose columns are known, so that a name without a table in a query can be given one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tables<'a> {
    /// The table that the expression belongs to.
    pub(crate) own: Option<&'a str>,
    /// The columns of a table.
    pub(crate) columns: Option<Lookup<'a, Vec<String>>>,
    /// The type of a column of the expression's own table.
    pub(crate) types: Option<Lookup<'a, Type>>,
    /// The schemas, beside `pg_catalog` and `public`, whose names are found without them.
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

/// What a query or a function in a query is called.
const MADE: &str = "made";

/// What one query reads from.
struct Scope {
    items: Vec<Item>,
}

/// A table or its like in a query.
struct Item {
    /// What the query calls it.
    alias: String,
    /// What it is called from here on.
    name: String,
    /// Its columns, where they are known.
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
    /// The tables that are named in queries and read in none of them.
    outside: BTreeSet<String>,
    tables: &'a Tables<'a>,
    open: Vec<Scope>,
}

impl Scopes<'_> {
    fn node(&mut self, node: Node) -> Node {
        match node {
            // The whole row.
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

    /// Whether the query is the innermost, and reads nothing else.
    fn is_only_one(&self, depth: usize) -> bool {
        depth + 1 == self.open.len()
            && self
                .open
                .get(depth)
                .is_some_and(|scope| scope.items.len() == 1)
    }

    /// A name without a table, in a query: of the innermost table that is known to have it.
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
            // It may be one of theirs.
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
        // Each of the others reads its own tables.
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

    /// Calls each table by its own name and all else by one name, with a number where that is taken.
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
                // PostgreSQL gives it another alias where a table outside has the name.
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

/// The tables that are named in queries and read in none of them: those outside.
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
