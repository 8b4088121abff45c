//! Applies the renames that the new schema declares to the old schema, as PostgreSQL applies them.
//!
//! Constraints, indexes, policies and foreign keys follow a renamed table or column automatically.

use super::change::{Change, ElementKind, TableChange};
use super::relabel;
use super::rename_order::{in_order, is_same, rename_order};
use super::stale::StaleRename;
use freehold_schema_core::ir::{
    Expr, ForeignKey, GrantObject, QualifiedName, ReferentialAction, RowOwner, Schema, Table,
    TriggerEvent, sequence_name,
};

use freehold_schema_core::sql::{ColumnRename, OtherTable, TableRename, Target};

/// The old schema with its tables, columns and labels renamed, and the changes that do this.
pub(super) struct Renamed {
    pub(super) schema: Schema,
    pub(super) changes: Vec<Change>,
    pub(super) stale: Vec<StaleRename>,
}

/// The prefix of the temporary name of an object whose new name is not free yet.
const ASIDE: &str = "freehold aside";

pub(super) fn apply(old: &Schema, new: &Schema) -> Renamed {
    let mut renamed = Renamed {
        schema: relabel::relabelled(old, new),
        changes: Vec::new(),
        stale: Vec::new(),
    };
    renamed.tables(new);
    for table in &new.tables {
        renamed.columns(table);
    }
    renamed
}

impl Renamed {
    fn tables(&mut self, new: &Schema) {
        let before = |table: &Table| {
            let name = table.renamed_from.clone()?;
            let schema = table.name.schema.clone();
            Some(QualifiedName { schema, name })
        };
        let mut declared = Vec::new();
        for table in &new.tables {
            let Some(from) = before(table) else {
                continue;
            };
            match (self.find(&from), self.find(&table.name)) {
                (None, Some(_)) => self.stale(table, None, &from.name),
                (Some(_), Some(position)) if self.has_followed(position, table) => {
                    self.stale(table, None, &from.name);
                }
                _ => declared.push((from, table.name.clone())),
            }
        }
        let renames = rename_order(declared, |name| self.find(name).is_some());
        for (from, to) in &renames {
            let (from, to) = (from.clone(), to.clone());
            self.changes.push(Change::RenameTable { from, to });
        }
        let aside = |position: usize, name: &QualifiedName| QualifiedName {
            name: format!("{ASIDE} {position}"),
            ..name.clone()
        };
        for (from, to) in in_order(&renames, aside) {
            rename_table(&mut self.schema, &from, &to);
        }
    }

    /// Whether the old table already declares the same rename.
    ///
    /// An earlier migration did it then, although both names exist.
    fn has_followed(&self, position: usize, new: &Table) -> bool {
        let old = self.schema.tables.get(position);
        old.is_some_and(|old| old.renamed_from == new.renamed_from)
    }

    fn columns(&mut self, new: &Table) {
        let Some(old) = self.find(&new.name) else {
            return;
        };
        let old = self.schema.tables.get(old);
        let old: Vec<_> = old.map_or_else(Vec::new, |old| old.columns.clone());
        let find = |name: &String| old.iter().find(|column| column.name == *name);
        let mut declared = Vec::new();
        for column in &new.columns {
            let Some(from) = &column.renamed_from else {
                continue;
            };
            match (find(from), find(&column.name)) {
                (None, Some(_)) => self.stale(new, Some(&column.name), from),
                (Some(_), Some(old)) if old.renamed_from == column.renamed_from => {
                    self.stale(new, Some(&column.name), from);
                }
                _ => declared.push((from.clone(), column.name.clone())),
            }
        }
        let renames = rename_order(declared, |name| find(name).is_some());
        for (from, to) in &renames {
            self.changes.push(Change::Table {
                table: new.name.clone(),
                change: TableChange::Rename {
                    kind: ElementKind::Column,
                    from: from.clone(),
                    to: to.clone(),
                },
            });
        }
        for (from, to) in in_order(&renames, |position, _| format!("{ASIDE} {position}")) {
            rename_column(&mut self.schema, &new.name, &from, &to);
        }
    }

    fn find(&self, name: &QualifiedName) -> Option<usize> {
        let mut tables = self.schema.tables.iter();
        tables.position(|table| is_same(&table.name, name))
    }

    fn stale(&mut self, table: &Table, column: Option<&str>, from: &str) {
        self.stale.push(StaleRename {
            table: table.name.clone(),
            column: column.map(str::to_owned),
            from: from.to_owned(),
        });
    }
}

/// Copies the declared renames of the target schema to an inspected one.
///
/// If both names exist, a database does not show whether the rename is done. It counts as done; a rename that is not
/// done yet is in a migration.
#[cfg(feature = "postgres")]
pub(crate) fn adopt_followed(inspected: &mut Schema, target: &Schema) {
    for sql_enum in &mut inspected.enums {
        let mut enums = target.enums.iter();
        if let Some(new) = enums.find(|new| is_same(&new.name, &sql_enum.name)) {
            sql_enum.renamed_labels.clone_from(&new.renamed_labels);
        }
    }
    for table in &mut inspected.tables {
        let mut all = target.tables.iter();
        let Some(new) = all.find(|new| is_same(&new.name, &table.name)) else {
            continue;
        };
        table.renamed_from.clone_from(&new.renamed_from);
        for column in &mut table.columns {
            let mut columns = new.columns.iter();
            if let Some(new) = columns.find(|new| new.name == column.name) {
                column.renamed_from.clone_from(&new.renamed_from);
                column.renamed_labels.clone_from(&new.renamed_labels);
            }
        }
    }
}

fn rename_table(schema: &mut Schema, from: &QualifiedName, to: &QualifiedName) {
    for column in counted(schema, from) {
        rename_counter(schema, (from, &column), (to, &column));
    }
    let rename = |name: &mut QualifiedName| {
        if is_same(name, from) {
            *name = to.clone();
        }
    };
    let is_hidden = is_hidden(schema, from);
    for table in &mut schema.tables {
        let in_sql = TableRename {
            from: Target {
                name: from,
                is_hidden,
            },
            to: &to.name,
            is_own: is_same(&table.name, from),
        };
        rename(&mut table.name);
        for key in &mut table.foreign_keys {
            rename(&mut key.target);
        }
        for expr in table.exprs_mut() {
            expr.visit_mut(&mut |expr| match expr {
                Expr::Sql(sql) => *sql = in_sql.apply(sql),
                Expr::OwnedBy { owner, .. } => rename_owner_table(owner, &rename),
                _ => {}
            });
        }
    }
    for grant in &mut schema.grants {
        if let GrantObject::Relations(names) = &mut grant.on {
            names.iter_mut().for_each(rename);
        }
    }
    schema.expansion.table_names_mut().for_each(rename);
}

fn rename_owner_table(owner: &mut RowOwner, rename: &impl Fn(&mut QualifiedName)) {
    if let RowOwner::Through {
        table,
        parent,
        owner,
        ..
    } = owner
    {
        rename(table);
        rename(parent);
        rename_owner_table(owner, rename);
    }
}

/// The columns of a table that have an identity or are `serial`.
fn counted(schema: &Schema, table: &QualifiedName) -> Vec<String> {
    let tables = schema.tables.iter();
    let columns = tables
        .filter(|own| is_same(&own.name, table))
        .flat_map(|own| &own.columns);
    let counted = columns.filter(|column| column.serial || column.identity.is_some());
    counted.map(|column| column.name.clone()).collect()
}

/// Renames a column's sequence in the grants. The sequence is named after its table and column.
fn rename_counter(schema: &mut Schema, from: (&QualifiedName, &str), to: (&QualifiedName, &str)) {
    let name = |(table, column): (&QualifiedName, &str)| QualifiedName {
        schema: table.schema.clone(),
        name: sequence_name(&table.name, column),
    };
    let (from, to) = (name(from), name(to));
    for grant in &mut schema.grants {
        if let GrantObject::Sequences(names) = &mut grant.on {
            for name in names.iter_mut().filter(|name| is_same(name, &from)) {
                *name = to.clone();
            }
        }
    }
}

fn rename_column(schema: &mut Schema, of: &QualifiedName, from: &str, to: &str) {
    if counted(schema, of).iter().any(|column| column == from) {
        rename_counter(schema, (of, from), (of, to));
    }
    let others = others(schema, of, (from, to));
    let is_hidden = is_hidden(schema, of);
    for table in &mut schema.tables {
        for key in &mut table.foreign_keys {
            if is_same(&key.target, of) {
                rename_in(&mut key.target_columns, from, to);
            }
        }
        let is_own = is_same(&table.name, of);
        if is_own {
            rename_own(table, from, to);
        }
        let rename = ColumnRename {
            table: Target {
                name: of,
                is_hidden,
            },
            from,
            to,
            is_own,
            others: &others,
        };
        for expr in table.exprs_mut() {
            expr.visit_mut(&mut |expr| rename_in_expr(expr, &rename));
        }
    }
    for grant in &mut schema.grants {
        let is_on = matches!(&grant.on, GrantObject::Relations(names) if names.iter().any(|name| is_same(name, of)));
        if is_on {
            for (_, columns) in &mut grant.privileges {
                rename_in(columns, from, to);
            }
        }
    }
}

fn rename_in(names: &mut [String], from: &str, to: &str) {
    for name in names.iter_mut().filter(|name| *name == from) {
        to.clone_into(name);
    }
}

/// Renames the column in the lists of names of its own table.
fn rename_own(table: &mut Table, from: &str, to: &str) {
    let mut lists: Vec<&mut [String]> = Vec::new();
    for column in table
        .columns
        .iter_mut()
        .filter(|column| column.name == from)
    {
        to.clone_into(&mut column.name);
    }
    lists.extend(
        table
            .primary_key
            .iter_mut()
            .map(|key| key.columns.as_mut_slice()),
    );
    for unique in &mut table.uniques {
        lists.extend([unique.columns.as_mut_slice(), &mut unique.include]);
    }
    for key in &mut table.foreign_keys {
        lists.extend(own_columns(key));
    }
    lists.extend(
        table
            .indexes
            .iter_mut()
            .map(|index| index.include.as_mut_slice()),
    );
    for event in table
        .triggers
        .iter_mut()
        .flat_map(|trigger| &mut trigger.events)
    {
        if let TriggerEvent::Update(columns) = event {
            lists.push(columns);
        }
    }
    lists.extend(
        table
            .partition_by
            .iter_mut()
            .map(|by| by.columns.as_mut_slice()),
    );
    for list in lists {
        rename_in(list, from, to);
    }
}

fn own_columns(key: &mut ForeignKey) -> Vec<&mut [String]> {
    let mut lists = vec![key.columns.as_mut_slice()];
    for action in [&mut key.on_delete, &mut key.on_update] {
        if let ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) = action
        {
            lists.push(columns);
        }
    }
    lists
}

/// Whether the name without a schema finds another table or view.
fn is_hidden(schema: &Schema, of: &QualifiedName) -> bool {
    let found = QualifiedName {
        schema: None,
        name: of.name.clone(),
    };
    let tables = schema.tables.iter().map(|table| &table.name);
    let mut relations = tables.chain(schema.views.iter().map(|view| &view.name));
    !is_same(of, &found) && relations.any(|name| is_same(name, &found))
}

/// The other tables, and whether each has a column with the old or the new name.
fn others(schema: &Schema, of: &QualifiedName, (from, to): (&str, &str)) -> Vec<OtherTable> {
    let others = schema
        .tables
        .iter()
        .filter(|table| !is_same(&table.name, of));
    let others = others.map(|table| {
        let has = |column: &str| table.columns.iter().any(|own| own.name == column);
        OtherTable {
            name: table.name.clone(),
            is_hidden: is_hidden(schema, &table.name),
            has_old: has(from),
            has_new: has(to),
        }
    });
    others.collect()
}

/// Renames a column in an expression.
///
/// A column of the own table is found by its name; one of another table only if the expression names that table.
fn rename_in_expr(expr: &mut Expr, rename: &ColumnRename<'_>) {
    let (from, to) = (rename.from, rename.to);
    match expr {
        Expr::Column(name) | Expr::Row(_, name) if rename.is_own && name == from => {
            to.clone_into(name);
        }
        Expr::Sql(sql) => *sql = rename.apply(sql),
        Expr::OwnedBy { owner, .. } => {
            rename_owner_column(owner, rename.is_own, rename.table.name, (from, to));
        }
        _ => {}
    }
}

fn rename_owner_column(
    owner: &mut RowOwner,
    is_own: bool,
    of: &QualifiedName,
    (from, to): (&str, &str),
) {
    match owner {
        RowOwner::Column { name, .. } if is_own && name == from => to.clone_into(name),
        RowOwner::Column { .. } => {}
        RowOwner::Through {
            parent,
            columns,
            owner,
            ..
        } => {
            let of_parent = is_same(parent, of);
            for (own, theirs) in columns {
                for (name, is_of) in [(own, is_own), (theirs, of_parent)] {
                    if is_of && name == from {
                        to.clone_into(name);
                    }
                }
            }
            rename_owner_column(owner, of_parent, of, (from, to));
        }
    }
}
