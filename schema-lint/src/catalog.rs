//! Which objects exist before a statement, as far as the migration files show.

use std::collections::{BTreeMap, BTreeSet};

use squawk_syntax::ast::{
    self, AlterColumnOption, AlterTableAction, AstNode as _, Constraint, Stmt,
};

use super::name::{Name, word};
use super::parts::{self, Column};
use super::proof::{self, Condition};
use freehold_schema_core::ir::SqlType;

/// The tables and indexes that applied and pending files created.
#[derive(Clone, Debug, Default)]
pub(super) struct Catalog {
    tables: BTreeMap<Name, Table>,
    indexes: BTreeMap<Name, Index>,
    /// Other objects that pending files created: routines, views, types, sequences, schemas.
    others: BTreeSet<String>,
    /// The tables with row-level security enabled.
    guarded: BTreeSet<Name>,
}

/// What is known about a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Whether a pending file created the table: no session uses it yet.
    pub(super) is_new: bool,
    pub(super) is_partitioned: bool,
    pub(super) has_primary_key: bool,
    pub(super) columns: BTreeMap<String, SqlType>,
    /// The columns known to be `NOT NULL`.
    pub(super) not_null: BTreeSet<String>,
    /// The partition key, if it is a single column.
    pub(super) parted_by: Option<String>,
    /// The referenced table of each foreign key, by the name of the key.
    pub(super) parents: BTreeMap<String, Name>,
    pub(super) checks: BTreeMap<String, Check>,
    pub(super) partition_of: Option<Name>,
}

/// What is known about a check.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) columns: Vec<String>,
    pub(super) is_valid: bool,
    /// The column of `CHECK (column IS NOT NULL)`.
    pub(super) not_null: Option<String>,
    /// What the check requires of single columns.
    pub(super) conditions: Vec<Condition>,
}

/// An index, or a constraint that has one.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) table: Name,
    pub(super) columns: Vec<String>,
    pub(super) is_constraint: bool,
}

impl Catalog {
    pub(super) fn table(&self, name: &Name) -> Option<&Table> {
        self.tables.get(name)
    }

    pub(super) fn index(&self, name: &Name) -> Option<&Index> {
        self.indexes.get(name)
    }

    pub(super) fn indexes_of<'a>(
        &'a self,
        table: &'a Name,
    ) -> impl Iterator<Item = (&'a Name, &'a Index)> {
        self.indexes
            .iter()
            .filter(move |(_, it)| it.table == *table)
    }

    /// Whether each known partition already has an index on these columns.
    ///
    /// PostgreSQL then attaches those indexes to the index of the table and builds none. A constraint of the table can
    /// only attach constraints of the partitions.
    pub(super) fn is_in_each_partition(
        &self,
        table: &Name,
        columns: &[String],
        is_constraint: bool,
    ) -> bool {
        let is_it = |it: &Index| it.columns == columns && (it.is_constraint || !is_constraint);
        self.each_partition(table, |name, _| {
            self.indexes_of(name).any(|(_, it)| is_it(it))
        })
    }

    /// Whether each known partition already has the foreign key of this name.
    pub(super) fn is_referenced_from_each_partition(&self, table: &Name, name: &str) -> bool {
        self.each_partition(table, |_, partition| partition.parents.contains_key(name))
    }

    fn each_partition(&self, of: &Name, is: impl Fn(&Name, &Table) -> bool) -> bool {
        let tables = self.tables.iter();
        let mut partitions = tables
            .filter(|(_, table)| table.partition_of.as_ref() == Some(of) && !table.is_new)
            .peekable();
        partitions.peek().is_some() && partitions.all(|(name, table)| is(name, table))
    }

    pub(super) fn is_new(&self, table: &Name) -> bool {
        self.table(table).is_some_and(|table| table.is_new)
    }

    /// Whether the table has row-level security enabled.
    pub(super) fn is_guarded(&self, table: &Name) -> bool {
        self.guarded.contains(table)
    }

    /// Whether a pending file created a table or another object of this name.
    pub(super) fn has_made(&self, name: &str) -> bool {
        let mut tables = self.tables.iter();
        self.others.contains(name) || tables.any(|(it, table)| table.is_new && it.name == name)
    }

    /// Applies a statement, so that the catalog shows what exists after it.
    pub(super) fn apply(&mut self, statement: &Stmt, is_pending: bool) {
        if is_pending {
            self.make(statement);
        }
        match statement {
            Stmt::CreateTable(table) => self.create_table(table, is_pending),
            Stmt::CreateTableAs(table) => self.create_as(table.table_name(), is_pending),
            Stmt::SelectInto(select) => {
                self.create_as(
                    select.into_clause().and_then(|it| it.table_name()),
                    is_pending,
                );
            }
            Stmt::CreateMaterializedView(view) => {
                let name = view.view().and_then(|view| Name::of(view.syntax()));
                self.create(name, Table::default(), is_pending);
            }
            Stmt::AlterTable(alter) => self.alter_table(alter),
            Stmt::DropTable(drop) => {
                for name in drop.table_name_refs() {
                    if let Some(name) = Name::of(name.syntax()) {
                        self.tables.remove(&name);
                        self.indexes.retain(|_, index| index.table != name);
                    }
                }
            }
            Stmt::CreateIndex(index) => self.create_index(index),
            Stmt::DropIndex(drop) => {
                for index in drop.index_refs() {
                    Name::of(index.syntax()).and_then(|name| self.indexes.remove(&name));
                }
            }
            _ => {}
        }
    }

    fn make(&mut self, statement: &Stmt) {
        let made = parts::made(statement).filter(|_| !parts::replaces(statement));
        self.others.extend(made.map(|name| name.name));
        // The running release does not use the new name of a renamed type yet.
        let mut nodes = statement.syntax().descendants();
        let renamed = nodes.find_map(ast::TypeRenameTo::cast);
        self.others.extend(renamed.map(|to| word(to.syntax())));
    }

    fn create(&mut self, name: Option<Name>, table: Table, is_pending: bool) {
        let Some(name) = name else { return };
        // `IF NOT EXISTS` does not make an existing table new.
        let table = Table {
            is_new: is_pending,
            ..table
        };
        self.tables.entry(name).or_insert(table);
    }

    fn create_as(&mut self, name: Option<ast::TableName>, is_pending: bool) {
        let name = name.and_then(|name| Name::of(name.syntax()));
        self.create(name, Table::default(), is_pending);
    }

    fn create_table(&mut self, statement: &ast::CreateTable, is_pending: bool) {
        let Some(name) = statement.table_name().and_then(|it| Name::of(it.syntax())) else {
            return;
        };
        if self.tables.contains_key(&name) {
            return;
        }
        let partition_of = statement.partition_of().and_then(|of| of.table_name_ref());
        let table = Table {
            is_partitioned: statement.partition_by().is_some(),
            parted_by: statement.partition_by().and_then(|by| parted_by(&by)),
            partition_of: partition_of.and_then(|of| Name::of(of.syntax())),
            ..Table::default()
        };
        self.create(Some(name.clone()), table, is_pending);
        for column in parts::columns(statement) {
            self.add_column(&name, &column);
        }
        for constraint in parts::table_constraints(statement) {
            self.add_constraint(&name, &constraint, None);
        }
        let likes = statement.syntax().descendants();
        for like in likes.filter_map(ast::LikeClause::cast) {
            self.copy(&name, &like);
        }
    }

    /// Adds the columns that `LIKE` copies from another table.
    fn copy(&mut self, name: &Name, like: &ast::LikeClause) {
        let from = like
            .relation_name_ref()
            .and_then(|it| Name::of(it.syntax()));
        let from = from.and_then(|from| self.tables.get(&from)).cloned();
        if let Some(from) = from
            && let Some(table) = self.tables.get_mut(name)
        {
            table.columns.extend(from.columns);
            table.not_null.extend(from.not_null);
        }
    }

    fn add_column(&mut self, name: &Name, column: &Column) {
        if let Some(table) = self.tables.get_mut(name)
            && let Some(sql_type) = column.type_of()
        {
            table.columns.insert(column.name.clone(), sql_type);
        }
        for constraint in &column.constraints {
            self.add_constraint(name, constraint, Some(&column.name));
        }
    }

    fn add_constraint(&mut self, table_name: &Name, constraint: &Constraint, column: Option<&str>) {
        // A table that no file created is known only by what files add to it.
        let table = self.tables.entry(table_name.clone()).or_default();
        let name = parts::constraint_name(constraint, table_name, column);
        if let Some(parent) = parts::parent(constraint) {
            table.parents.insert(name, parent);
            return;
        }
        let columns = match column {
            Some(column) => vec![column.to_owned()],
            None => parts::constraint_columns(constraint),
        };
        match constraint {
            Constraint::CheckConstraint(_) => {
                let check = Check {
                    columns,
                    is_valid: !parts::is_not_valid(constraint),
                    not_null: parts::not_null_column(constraint),
                    conditions: proof::conditions(constraint),
                };
                table
                    .checks
                    .insert(table.free_name(name, constraint), check);
            }
            Constraint::NotNullConstraint(_) => table.not_null.extend(columns),
            Constraint::PrimaryKeyConstraint(_) | Constraint::UniqueConstraint(_) => {
                if matches!(constraint, Constraint::PrimaryKeyConstraint(_)) {
                    table.has_primary_key = true;
                    table.not_null.extend(columns.iter().cloned());
                }
                // A constraint `USING INDEX` has the columns of the index, and renames the index to its own name.
                let used = parts::used_index(constraint).map(|used| table_name.beside(used));
                let used = used.and_then(|used| self.indexes.remove(&used));
                let index = Index {
                    table: table_name.clone(),
                    columns: used.map_or(columns, |used| used.columns),
                    is_constraint: true,
                };
                self.indexes.insert(table_name.beside(name), index);
            }
            _ => {}
        }
    }

    fn create_index(&mut self, index: &ast::CreateIndex) {
        let name = index.index().and_then(|name| Name::of(name.syntax()));
        let table = index
            .table_relation_name()
            .and_then(|it| Name::of(it.syntax()));
        let (Some(name), Some(table)) = (name, table) else {
            return;
        };
        let index = Index {
            columns: index_columns(index),
            table: table.clone(),
            is_constraint: false,
        };
        self.indexes.insert(table.beside(name.name), index);
    }

    fn alter_table(&mut self, statement: &ast::AlterTable) {
        let Some(name) = parts::altered(statement) else {
            return;
        };
        for action in statement.actions() {
            self.alter(&name, &action);
        }
    }

    fn alter(&mut self, name: &Name, action: &AlterTableAction) {
        match action {
            AlterTableAction::AddColumn(column) => self.add_column(name, &Column::added(column)),
            AlterTableAction::AddConstraint(add) => {
                if let Some(constraint) = add.constraint() {
                    self.add_constraint(name, &constraint, None);
                }
            }
            AlterTableAction::EnableRls(_) => {
                self.guarded.insert(name.clone());
            }
            AlterTableAction::DisableRls(_) => {
                self.guarded.remove(name);
            }
            AlterTableAction::TableRenameTo(to) => self.rename(name, to),
            AlterTableAction::AttachPartition(attach) => {
                let child = attach.table_name_ref().and_then(|it| Name::of(it.syntax()));
                if let Some(child) = child.and_then(|child| self.tables.get_mut(&child)) {
                    child.partition_of = Some(name.clone());
                }
            }
            other => {
                if let Some(table) = self.tables.get_mut(name) {
                    table.alter(other);
                }
            }
        }
    }

    fn rename(&mut self, name: &Name, to: &ast::TableRenameTo) {
        let new = to.table_name().map(|to| name.beside(word(to.syntax())));
        if let Some(new) = new
            && let Some(table) = self.tables.remove(name)
        {
            self.tables.insert(new.clone(), table);
            let of_table = self.indexes.values_mut().filter(|it| it.table == *name);
            of_table.for_each(|index| index.table = new.clone());
        }
    }
}

impl Table {
    /// The name of a check. As in PostgreSQL, an unnamed check gets a number if its name is taken.
    fn free_name(&self, name: String, constraint: &Constraint) -> String {
        if constraint.constraint_name().is_some() {
            return name;
        }
        let numbered = (1..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| !self.checks.contains_key(name));
        free.unwrap_or(name)
    }

    fn alter(&mut self, action: &AlterTableAction) {
        match action {
            AlterTableAction::ValidateConstraint(validate) => {
                let name = validate.constraint_name_ref().map(|it| word(it.syntax()));
                let check = name.and_then(|name| self.checks.get_mut(&name));
                if let Some(check) = check {
                    check.is_valid = true;
                }
            }
            AlterTableAction::DropConstraint(drop) => {
                let name = drop.constraint_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                self.checks.remove(&name);
                self.parents.remove(&name);
            }
            AlterTableAction::DropColumn(drop) => {
                let name = drop.column_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                self.columns.remove(&name);
                self.checks
                    .retain(|_, check| !check.columns.contains(&name));
            }
            AlterTableAction::RenameColumn(rename) => self.rename_column(rename),
            AlterTableAction::AlterColumn(column) => {
                let name = column.column_name_ref().map(|it| word(it.syntax()));
                let name = name.unwrap_or_default();
                match column.option() {
                    Some(AlterColumnOption::SetType(to)) => {
                        let to = to.ty().map(|to| parts::sql_type(&to));
                        self.columns.extend(to.map(|to| (name, to)));
                    }
                    Some(AlterColumnOption::SetNotNull(_)) => {
                        self.not_null.insert(name);
                    }
                    Some(AlterColumnOption::DropNotNull(_)) => {
                        self.not_null.remove(&name);
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn rename_column(&mut self, rename: &ast::RenameColumn) {
        let from = rename.column_name_ref().map(|it| word(it.syntax()));
        let to = rename.column_name().map(|it| word(it.syntax()));
        if let (Some(from), Some(to)) = (from, to)
            && let Some(sql_type) = self.columns.remove(&from)
        {
            self.columns.insert(to, sql_type);
        }
    }

    /// Whether a validated check proves that a column is never null.
    pub(super) fn proves_not_null(&self, column: &str) -> bool {
        let mut checks = self.checks.values();
        checks.any(|check| check.is_valid && check.not_null.as_deref() == Some(column))
    }
}

/// The column of `PARTITION BY`, if the partition key is a single column.
fn parted_by(by: &ast::PartitionBy) -> Option<String> {
    let items = by.partition_item_list().map(|list| list.partition_items());
    let mut items = items.into_iter().flatten();
    let column = items
        .next()
        .and_then(|item| item.expr())
        .filter(|_| items.next().is_none())?;
    let name = ast::NameRef::cast(column.syntax().clone())?;
    Some(word(name.syntax()))
}

/// The columns of an index, without expressions.
pub(super) fn index_columns(index: &ast::CreateIndex) -> Vec<String> {
    let items = index
        .partition_item_list()
        .map(|list| list.partition_items());
    let expressions = items.into_iter().flatten().filter_map(|item| item.expr());
    let names = expressions.filter_map(|expr| ast::NameRef::cast(expr.syntax().clone()));
    names.map(|name| word(name.syntax())).collect()
}
