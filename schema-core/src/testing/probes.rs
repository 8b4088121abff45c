//! The statements of an owner: each kind of generated statement on each table, with values of own rows, of another
//! owner's rows and of no row.

use super::any_row::AnyRow;
use super::candidates::{self, Cell};
use super::factory::{Stored, is_internal_reference, is_unique_over_all};
use super::probe::{Probe, Work};
use crate::ddl;
use crate::ir;
use crate::model::{
    BinaryOp, ColumnDef, ForeignKeyDef, Identity, Immutable, Ownership, Role, ScalarType, TableDef,
};
use crate::query::{
    Delete, Insert, Join, Meta, Node, Reference, Restore, Select, Subquery, Update, matching,
    value, without_length,
};

/// A table, with rows of both owners.
pub(super) struct Case {
    pub(super) meta: &'static Meta,
    pub(super) own: Vec<Stored>,
    pub(super) theirs: Vec<Stored>,
}

/// The statements on a table or a view. `tables` are all tables of the schema.
pub(super) fn probes(case: &Case, tables: &[&'static Meta], holds_raw: bool) -> Vec<Probe> {
    let mut probes = reads(case);
    probes.extend(joins(case, tables));
    probes.extend(related(case, tables));
    probes.extend(children_of_parents(case));
    if let Some(def) = case.meta.table_def() {
        probes.extend(updates(case, def));
        probes.extend(deletes(case));
        probes.extend(inserts(case, def));
        probes.extend(upserts(case, def));
    }
    if holds_raw {
        let name = case.meta.name();
        let count = format!("SELECT count(*) FROM {name}");
        let all = format!("SELECT x::text FROM {name} AS x ORDER BY 1");
        probes.extend([count, all].map(|text| Probe::new(text.clone(), Work::Sql(text))));
    }
    probes
}

pub(super) fn all(meta: &'static Meta) -> Select<AnyRow> {
    Select::from_table(meta)
}

/// Selects the rows with this value in a column.
fn with(meta: &'static Meta, position: usize, value: Node) -> Select<AnyRow> {
    all(meta).only(equals(meta, position, value))
}

fn equals(meta: &'static Meta, position: usize, value: Node) -> Node {
    Node::binary(BinaryOp::Eq, Node::column(meta, 0, position), value)
}

fn reads(case: &Case) -> Vec<Probe> {
    let meta = case.meta;
    let mut probes = vec![
        Probe::new("select", Work::Select(all(meta).by_key(meta))),
        Probe::new("count", Work::Count(all(meta))),
        Probe::new("with_deleted", Work::Count(all(meta).with_deleted())),
        Probe::new("only_deleted", Work::Count(all(meta).only_deleted())),
        Probe::new(
            "page",
            Work::Select(all(meta).by_key(meta).limit(1).offset(1)),
        ),
        Probe::new(
            "for_update",
            Work::Select(all(meta).by_key(meta).for_update()),
        ),
    ];
    // An invalid pattern fails on the first row that it is compared with.
    let is_text = |sql_type: &ir::SqlType| {
        matches!(
            sql_type,
            ir::SqlType::Scalar(ScalarType::Text | ScalarType::Varchar(_))
        )
    };
    let texts = meta.types().into_iter().enumerate();
    for (position, _) in texts.filter(|(_, sql_type)| is_text(sql_type)) {
        let no_pattern = text(
            &ir::SqlType::Scalar(ScalarType::Text),
            Some("\\".to_owned()),
        );
        let column = Node::column(meta, 0, position);
        let like = Node::binary(BinaryOp::Like, column, no_pattern);
        let key = case.own.first().map(|own| unknown_key(meta, own));
        let name = format!("select where column {position} matches no pattern");
        let select = all(meta).only(Node::and(key, like));
        probes.push(Probe::new(name, Work::Count(select)));
    }
    for (position, sql_type) in meta.types().iter().enumerate() {
        for (owner, rows) in [("own", &case.own), ("another's", &case.theirs)] {
            if let Some(value) = rows.last().map(|row| literal(sql_type, row, position)) {
                let name = format!("select where column {position} is {owner}");
                let select = with(meta, position, value).by_key(meta);
                probes.push(Probe::new(name, Work::Select(select)));
            }
        }
    }
    probes
}

/// Joins the table with the tables that it references, and with those that reference it.
fn joins(case: &Case, tables: &[&'static Meta]) -> Vec<Probe> {
    let own = case.meta;
    let mut probes = Vec::new();
    for &other in tables {
        for (left, word) in [(false, "join"), (true, "left join")] {
            for key in keys(own, other) {
                let on = matching(&Reference::of_key(own, 0, key), other, 1);
                let select = all(own).by_key(own).joined(Join::new(other, left, on));
                let name = format!("{word} {} along {:?}", other.name(), key.columns);
                probes.push(Probe::new(name, Work::Select(select)));
            }
            for key in keys(other, own) {
                let on = matching(&Reference::of_key(other, 1, key), own, 0);
                let select = all(own).joined(Join::new(other, left, on));
                let name = format!(
                    "{word} of children in {} along {:?}",
                    other.name(),
                    key.columns
                );
                probes.push(Probe::new(name, Work::Count(select)));
            }
        }
    }
    probes
}

/// The number of the table of a subquery.
pub(super) const NESTED: u8 = 16;

/// The children along a foreign key, in a subquery of a statement over their parents.
pub(super) fn children_of(
    parent: &'static Meta,
    child: &'static Meta,
    key: &ForeignKeyDef,
) -> Subquery {
    let on = matching(&Reference::of_key(child, NESTED, key), parent, 0);
    Subquery::over(child, NESTED).only(on)
}

/// The parent along a foreign key, in a subquery of a statement over its children.
pub(super) fn parent_of(
    child: &'static Meta,
    parent: &'static Meta,
    key: &ForeignKeyDef,
) -> Subquery {
    let on = matching(&Reference::of_key(child, 0, key), parent, NESTED.into());
    Subquery::over(parent, NESTED).only(on)
}

/// `EXISTS (SELECT 1 ..)`
pub(super) fn exists(query: Subquery, negated: bool) -> Node {
    Node::Exists {
        query: Box::new(query),
        negated,
    }
}

/// Selects rows by whether related rows exist, and by how many there are.
fn related(case: &Case, tables: &[&'static Meta]) -> Vec<Probe> {
    let own = case.meta;
    let mut probes = Vec::new();
    for &other in tables {
        let children = keys(other, own).map(|key| ("children", key, children_of(own, other, key)));
        let parents = keys(own, other).map(|key| ("parent", key, parent_of(own, other, key)));
        for (word, key, query) in children.chain(parents) {
            let along = format!("of {word} in {} along {:?}", other.name(), key.columns);
            for (negated, exists_or_not) in [(false, "exists"), (true, "not exists")] {
                let select = all(own).only(exists(query.clone(), negated)).by_key(own);
                probes.push(Probe::new(
                    format!("{exists_or_not} {along}"),
                    Work::Select(select),
                ));
            }
            probes.push(Probe::new(
                format!("ordered by count {along}"),
                Work::Select(all(own).ordered(count_of(query)).by_key(own)),
            ));
        }
    }
    probes
}

/// `(SELECT count(*) ..)`
fn count_of(mut query: Subquery) -> Node {
    query.columns.push(Node::Call("count", vec![Node::Star]));
    Node::Scalar(Box::new(query))
}

/// The statements on a shared table that reach an owner's rows, which reference it.
pub(super) fn of_shared(shared: &'static Meta, tables: &[&'static Meta]) -> Vec<Probe> {
    let mut probes = joins_of_shared(shared, tables);
    probes.extend(related_to_shared(shared, tables));
    probes
}

/// Selects shared rows by an owner's rows that reference them. Which shared rows have none depends on how many there
/// are, and every owner sees that.
fn related_to_shared(shared: &'static Meta, tables: &[&'static Meta]) -> Vec<Probe> {
    let mut probes = Vec::new();
    for &other in tables.iter().filter(|table| !table.ownership().is_shared()) {
        for key in keys(other, shared) {
            let node = exists(children_of(shared, other, key), false);
            let (children, along) = (other.name(), key.columns);
            let name = format!("exists of children in {children} along {along:?}");
            probes.push(Probe::new(name, Work::Count(all(shared).only(node))));
        }
    }
    probes
}

/// Joins a shared table with an owner's rows that reference it.
fn joins_of_shared(shared: &'static Meta, tables: &[&'static Meta]) -> Vec<Probe> {
    let mut probes = Vec::new();
    for &other in tables.iter().filter(|table| !table.ownership().is_shared()) {
        for (left, word) in [(false, "join"), (true, "left join")] {
            for key in keys(other, shared) {
                let on = matching(&Reference::of_key(other, 1, key), shared, 0);
                // Every owner sees the shared rows, so the other table must show the difference.
                let there = Node::IsNull {
                    operand: Box::new(Node::column(other, 1, 0)),
                    negated: true,
                };
                let select = all(shared).joined(Join::new(other, left, on)).only(there);
                let (children, along) = (other.name(), key.columns);
                let name = format!("{word} of children in {children} along {along:?}");
                probes.push(Probe::new(name, Work::Count(select)));
            }
        }
    }
    probes
}

/// Selects the children of own rows and of another owner's rows, as they are loaded for their parents.
fn children_of_parents(case: &Case) -> Vec<Probe> {
    let meta = case.meta;
    let types = meta.types();
    let mut probes = Vec::new();
    for key in meta.table_def().map_or(&[][..], |def| def.foreign_keys) {
        for (owner, rows) in [("own", &case.own), ("another's", &case.theirs)] {
            let columns = key
                .columns
                .iter()
                .filter_map(|column| meta.position(column));
            let values = columns.map(|position| {
                let of_row = |row: &Stored| row.get(position).cloned().flatten();
                let values = rows.iter().map(of_row).collect();
                (position, values, type_name(&types[position]))
            });
            let select = all(meta).of_parents(values.collect());
            let name = format!("children of {owner} parents along {:?}", key.columns);
            probes.push(Probe::new(name, Work::Count(select)));
        }
    }
    probes
}

/// The foreign keys of `child` that reference `parent`.
pub(super) fn keys(
    child: &'static Meta,
    parent: &'static Meta,
) -> impl Iterator<Item = &'static ForeignKeyDef> {
    let keys = child.table_def().map_or(&[][..], |def| def.foreign_keys);
    keys.iter()
        .filter(|key| key.target().table.is(parent.table_name()))
}

fn updates(case: &Case, def: &'static TableDef) -> Vec<Probe> {
    let meta = case.meta;
    let Some(own) = case.own.first() else {
        return Vec::new();
    };
    let mut probes = Vec::new();
    for (position, column) in def.columns.iter().enumerate() {
        if !is_updated(def, column) {
            continue;
        }
        for (owner, value) in values(case, def, position) {
            let update = Update::over(meta, key_is(meta, own)).assign(position, value);
            let name = format!("update `{}` to {owner}", column.name);
            probes.push(Probe::new(name, Work::Update(update)));
        }
        if let Some(theirs) = case.theirs.first() {
            let value = literal(&(&column.sql_type).into(), own, position);
            let update = Update::over(meta, key_is(meta, theirs)).assign(position, value);
            let name = format!("update `{}` of another's row", column.name);
            probes.push(Probe::new(name, Work::Update(update)));
        }
    }
    probes
}

fn deletes(case: &Case) -> Vec<Probe> {
    let meta = case.meta;
    let condition = |owner: &str| match owner {
        "own" => case.own.first().map(|row| key_is(meta, row)),
        "another's" => case.theirs.last().map(|row| key_is(meta, row)),
        _ => case.own.first().map(|own| unknown_key(meta, own)),
    };
    let delete = |word: &str, owner: &str, for_good| {
        let delete = Delete::over(meta, condition(owner)?, for_good);
        Some(Probe::new(
            format!("{word} {owner} row"),
            Work::Delete(delete),
        ))
    };
    let restore = |owner: &str| {
        let restore = Restore::over(meta, condition(owner)?);
        Some(Probe::new(
            format!("restore {owner} row"),
            Work::Restore(restore),
        ))
    };
    let mut probes = Vec::new();
    for owner in ["own", "another's", "unknown"] {
        probes.extend(delete("delete", owner, false));
        probes.extend(delete("purge", owner, true));
        probes.extend(restore(owner));
    }
    let all = Delete::over(meta, Node::Bool(true), false);
    probes.push(Probe::new("delete all", Work::Delete(all)));
    probes
}

fn inserts(case: &Case, def: &'static TableDef) -> Vec<Probe> {
    let Some(own) = case.own.first() else {
        return Vec::new();
    };
    let mut probes = vec![Probe::new(
        "insert a row like another's",
        Work::Insert(Insert::over(case.meta, new_row(case, def, own))),
    )];
    for (position, column) in def.columns.iter().enumerate() {
        if !is_inserted(def, column) || !is_reference(def, column) {
            continue;
        }
        for (owner, value) in values(case, def, position) {
            let mut row = new_row(case, def, own);
            row.retain(|(other, _)| *other != position);
            row.push((position, value));
            let name = format!("insert with `{}` of {owner}", column.name);
            probes.push(Probe::new(name, Work::Insert(Insert::over(case.meta, row))));
        }
    }
    probes
}

fn upserts(case: &Case, def: &'static TableDef) -> Vec<Probe> {
    let Some(own) = case.own.first() else {
        return Vec::new();
    };
    let keys = std::iter::once(def.primary_key.columns)
        .chain(def.uniques.iter().map(|unique| unique.columns));
    let scope = match def.ownership {
        Ownership::Scope(scope) => Some(scope),
        _ => None,
    };
    let mut probes = Vec::new();
    for key in keys {
        let columns = key.iter().filter(|&&column| Some(column) != scope);
        let columns: Vec<_> = columns
            .filter_map(|column| case.meta.position(column))
            .collect();
        let updated = def
            .columns
            .iter()
            .position(|column| is_updated(def, column));
        for at in [None, updated] {
            let set = at.map(|at| {
                let value = literal(&(&def.columns[at].sql_type).into(), own, at);
                (at, value)
            });
            let row = new_row(case, def, own);
            let upsert =
                Insert::over(case.meta, row).upsert(columns.clone(), set.into_iter().collect());
            let name = format!(
                "insert or, on conflict of {key:?}, {}",
                if at.is_some() { "update" } else { "nothing" }
            );
            probes.push(Probe::new(name, Work::Upsert(upsert)));
        }
    }
    probes
}

/// A new row of the owner, with another owner's values, except that references are own, and that values unique over
/// all owners are new.
fn new_row(case: &Case, def: &'static TableDef, own: &Stored) -> Vec<(usize, Node)> {
    let like = case.theirs.last().unwrap_or(own);
    let columns = def.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| is_inserted(def, column));
    columns
        .map(|(position, column)| {
            let sql_type = (&column.sql_type).into();
            let node = if is_reference(def, column) {
                literal(&sql_type, own, position)
            } else if is_unique_over_all(def, column.name) {
                text(&sql_type, fresh(def, column))
            } else {
                literal(&sql_type, like, position)
            };
            (position, node)
        })
        .collect()
}

/// The values to set a column to: of an own row, of another owner's row and of no row. Another owner's value is left
/// out if it is unique over all owners or refers to an internal row, because the schema accepts that it reveals a
/// row.
fn values(case: &Case, def: &'static TableDef, position: usize) -> Vec<(&'static str, Node)> {
    let column = &def.columns[position];
    let sql_type: ir::SqlType = (&column.sql_type).into();
    let own = case
        .own
        .last()
        .map(|row| ("own", literal(&sql_type, row, position)));
    let may_tell = (is_unique_over_all(def, column.name) && !is_reference(def, column))
        || is_internal_reference(def, column);
    let theirs = case.theirs.last().filter(|_| !may_tell);
    let theirs = theirs.map(|row| ("another's", literal(&sql_type, row, position)));
    let unknown = ("unknown", text(&sql_type, fresh(def, column)));
    own.into_iter().chain(theirs).chain([unknown]).collect()
}

/// A value that no row has.
fn fresh(def: &TableDef, column: &ColumnDef) -> Option<String> {
    let cells = candidates::of_column(def, column, 999_983);
    cells.into_iter().find_map(|cell| match cell {
        Cell::Text(text) => Some(text),
        Cell::Null | Cell::Default => None,
    })
}

fn is_reference(def: &TableDef, column: &ColumnDef) -> bool {
    let has_column = |key: &ForeignKeyDef| key.columns.contains(&column.name);
    def.foreign_keys.iter().any(has_column)
}

/// Whether an insert sets the column.
fn is_inserted(def: &TableDef, column: &ColumnDef) -> bool {
    let is_owner = match def.ownership {
        Ownership::Scope(scope) => scope == column.name,
        Ownership::Owner => def.primary_key.columns.first() == Some(&column.name),
        Ownership::Through(_) | Ownership::Shared | Ownership::Internal => false,
    };
    let is_kept = matches!(
        column.role,
        Some(Role::UpdatedAtByTrigger | Role::UpdatedAtByApplication | Role::DeletedAt)
    );
    let is_counted = column.serial || column.identity == Some(Identity::Always);
    !is_owner && !is_kept && !is_counted && column.generated.is_none()
}

/// Whether an update sets the column.
fn is_updated(def: &TableDef, column: &ColumnDef) -> bool {
    let is_through = matches!(def.ownership, Ownership::Through(through) if through == column.name);
    let is_key = def.primary_key.columns.contains(&column.name);
    let is_immutable = matches!(
        column.immutable,
        Some(Immutable::ByApplication | Immutable::ByDatabase)
    );
    is_inserted(def, column) && !is_through && !is_key && !is_immutable
}

/// A condition that matches the row by its key, without the scope.
fn key_is(meta: &'static Meta, row: &Stored) -> Node {
    let types = meta.types();
    let columns = meta.key_without_scope().iter().copied();
    let conditions = columns.map(|at| equals(meta, at, literal(&types[at], row, at)));
    conditions
        .reduce(|all, next| Node::and(Some(all), next))
        .unwrap_or(Node::Bool(true))
}

/// A condition on the key that no row matches.
fn unknown_key(meta: &'static Meta, own: &Stored) -> Node {
    let types = meta.types();
    let columns = meta.key_without_scope().iter().copied();
    let conditions = columns.map(|at| {
        let column = meta.column_defs().get(at);
        let fresh = meta
            .table_def()
            .zip(column)
            .and_then(|(def, column)| fresh(def, column));
        let node = match fresh {
            Some(fresh) => text(&types[at], Some(fresh)),
            None => literal(&types[at], own, at),
        };
        equals(meta, at, node)
    });
    conditions
        .reduce(|all, next| Node::and(Some(all), next))
        .unwrap_or(Node::Bool(true))
}

/// The value of a column of a row.
fn literal(sql_type: &ir::SqlType, row: &Stored, position: usize) -> Node {
    text(sql_type, row.get(position).cloned().flatten())
}

/// A value given by its text, cast to the column's type.
pub(super) fn text(sql_type: &ir::SqlType, of: Option<String>) -> Node {
    Node::Cast(Box::new(Node::Value(value(of), None)), type_name(sql_type))
}

fn type_name(sql_type: &ir::SqlType) -> &'static str {
    let name = ddl::POSTGRES.dialect.type_name(sql_type);
    // This leaks memory: a test makes some hundred of them.
    Box::leak(without_length(&name).into_boxed_str())
}

#[cfg(test)]
mod tests;
