//! Groups of tables that are small enough for one readable diagram each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use freehold_schema_core::ir::{QualifiedName, Schema};

/// How many tables a diagram should have at most.
///
/// Mermaid draws 60 tables on about 14,000 by 6,000 pixels, which is not readable on a page. A diagram of 15 tables
/// with all columns is.
pub const DEFAULT_GROUP_LIMIT: usize = 15;

/// The PostgreSQL schema of tables that name none.
const DEFAULT_NAMESPACE: &str = "public";

/// How many tables the title of a group names.
const NAMED: usize = 3;

/// Tables for one diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableGroup {
    /// The division if there are several, and the tables with the most references: `audit: log, archive`.
    pub title: String,
    /// The tables, in the order of their names.
    pub tables: Vec<QualifiedName>,
}

/// Divides the tables of a schema into groups of at most `limit` tables, by their PostgreSQL schemas.
///
/// [`groups_by`] explains the rules.
pub fn groups(schema: &Schema, owner: Option<&QualifiedName>, limit: usize) -> Vec<TableGroup> {
    groups_by(schema, owner, limit, |table| {
        let namespace = table.schema.as_deref();
        namespace.unwrap_or(DEFAULT_NAMESPACE).to_owned()
    })
}

/// Divides the tables of a schema into groups of at most `limit` tables. Each table is in exactly one group.
///
/// Tables with different `divisions` are in different groups. Within one, tables that reference each other are in
/// the same group; references to the `owner` table do not count, since most tables have one. More than `limit`
/// connected tables are split: a group starts at the table with the most references and takes its neighbours, then
/// theirs. Smaller groups are joined as long as the limit allows. A limit of 0 is read as 1.
///
/// The same schema always has the same groups.
pub fn groups_by(
    schema: &Schema,
    owner: Option<&QualifiedName>,
    limit: usize,
    division: impl Fn(&QualifiedName) -> String,
) -> Vec<TableGroup> {
    let limit = limit.max(1);
    let mut divisions: BTreeMap<String, BTreeSet<&QualifiedName>> = BTreeMap::new();
    for table in &schema.tables {
        let tables = divisions.entry(division(&table.name)).or_default();
        tables.insert(&table.name);
    }
    let several = divisions.len() > 1;
    let of_division = |(division, tables): (String, BTreeSet<&QualifiedName>)| {
        let graph = Graph::of(schema, owner, &tables);
        let packed = packed(pieces(&graph, tables, limit), limit);
        titled(&graph, several.then_some(division.as_str()), packed)
    };
    divisions.into_iter().flat_map(of_division).collect()
}

/// Which tables are connected by references, in either direction.
struct Graph<'s> {
    neighbours: BTreeMap<&'s QualifiedName, BTreeSet<&'s QualifiedName>>,
}

impl<'s> Graph<'s> {
    fn of(
        schema: &'s Schema,
        owner: Option<&QualifiedName>,
        tables: &BTreeSet<&'s QualifiedName>,
    ) -> Self {
        let mut graph = Self {
            neighbours: tables.iter().map(|name| (*name, BTreeSet::new())).collect(),
        };
        for table in &schema.tables {
            let targets = table.foreign_keys.iter().map(|key| &key.target);
            for target in targets.filter(|target| owner != Some(*target)) {
                graph.connect(&table.name, target);
            }
        }
        graph
    }

    /// Adds a reference, if both tables are in the graph.
    fn connect(&mut self, one: &'s QualifiedName, other: &'s QualifiedName) {
        let has = |name| self.neighbours.contains_key(name);
        if one == other || !has(one) || !has(other) {
            return;
        }
        self.neighbours.entry(one).or_default().insert(other);
        self.neighbours.entry(other).or_default().insert(one);
    }

    fn of_table(&self, name: &QualifiedName) -> impl Iterator<Item = &'s QualifiedName> {
        self.neighbours.get(name).into_iter().flatten().copied()
    }

    /// The order in which tables are taken: those with more connected tables first, then by name.
    fn rank<'n>(&self, name: &'n QualifiedName) -> (Reverse<usize>, &'n QualifiedName) {
        (Reverse(self.of_table(name).count()), name)
    }
}

/// Connected tables, at most `limit` together.
fn pieces<'s>(
    graph: &Graph<'s>,
    mut left: BTreeSet<&'s QualifiedName>,
    limit: usize,
) -> Vec<BTreeSet<&'s QualifiedName>> {
    let mut pieces = Vec::new();
    while let Some(start) = left.iter().copied().min_by_key(|name| graph.rank(name)) {
        let piece = around(graph, start, &left, limit);
        left.retain(|name| !piece.contains(name));
        pieces.push(piece);
    }
    pieces
}

/// Up to `limit` of the tables that are connected to `start`, nearest first.
fn around<'s>(
    graph: &Graph<'s>,
    start: &'s QualifiedName,
    left: &BTreeSet<&'s QualifiedName>,
    limit: usize,
) -> BTreeSet<&'s QualifiedName> {
    let mut found = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    while let Some(name) = queue.pop_front() {
        let mut next: Vec<_> = graph.of_table(name).collect();
        next.retain(|name| left.contains(name) && !found.contains(name));
        next.sort_by_key(|name| graph.rank(name));
        next.truncate(limit.saturating_sub(found.len()));
        found.extend(&next);
        queue.extend(next);
    }
    found
}

/// Joins pieces, the largest first, each with the first group where it fits.
fn packed(
    mut pieces: Vec<BTreeSet<&QualifiedName>>,
    limit: usize,
) -> Vec<BTreeSet<&QualifiedName>> {
    // The sort is stable, so pieces of the same size stay in the order of their ranks.
    pieces.sort_by_key(|piece| Reverse(piece.len()));
    let mut groups: Vec<BTreeSet<_>> = Vec::new();
    for piece in pieces {
        let mut fitting = groups
            .iter_mut()
            .filter(|group| group.len() + piece.len() <= limit);
        match fitting.next() {
            Some(group) => group.extend(piece),
            None => groups.push(piece),
        }
    }
    groups
}

fn titled(
    graph: &Graph<'_>,
    division: Option<&str>,
    groups: Vec<BTreeSet<&QualifiedName>>,
) -> Vec<TableGroup> {
    let is_whole = groups.len() == 1;
    let titled = |tables: BTreeSet<&QualifiedName>| TableGroup {
        title: match division {
            Some(division) if is_whole => division.to_owned(),
            Some(division) => format!("{division}: {}", title(graph, &tables)),
            None => title(graph, &tables),
        },
        tables: tables.into_iter().cloned().collect(),
    };
    groups.into_iter().map(titled).collect()
}

/// The names of the tables with the most connected tables, and how many others there are.
fn title(graph: &Graph<'_>, tables: &BTreeSet<&QualifiedName>) -> String {
    let mut ranked: Vec<_> = tables.iter().copied().collect();
    ranked.sort_by_key(|name| graph.rank(name));
    let named = ranked.iter().take(NAMED).map(|table| table.name.as_str());
    let named = named.collect::<Vec<_>>().join(", ");
    match tables.len().saturating_sub(NAMED) {
        0 => named,
        others => format!("{named} and {others} more"),
    }
}
