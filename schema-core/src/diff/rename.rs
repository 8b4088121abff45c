//! The renames that the new schema declares, taken over to the old one as PostgreSQL takes them over: constraints, indexes, policies and
//! foreign keys follow a table or a column by themselves.

use super::StaleRename;
use super::change::{Change, ElementKind, TableChange};
use super::text;
use crate::ir::{
    Expr, ForeignKey, GrantObject, QualifiedName, ReferentialAction, RowOwner, Schema, Table,
    TriggerEvent,
};

/// The old schema with its tables and columns renamed.
pub(super) struct Renamed {
    pub(super) schema: Schema,
    pub(super) changes: Vec<Change>,
    pub(super) stale: Vec<StaleRename>,
}

pub(super) fn apply(old: &Schema, new: &Schema) -> Renamed {
    let mut renamed = Renamed {
        schema: old.clone(),
        changes: Vec::new(),
        stale: Vec::new(),
    };
    for table in &new.tables {
        renamed.table(table);
    }
    for table in &new.tables {
        renamed.columns(table);
    }
    renamed
}

impl Renamed {
    fn table(&mut self, new: &Table) {
        let Some(from) = &new.renamed_from else {
            return;
        };
        let before = QualifiedName {
            schema: new.name.schema.clone(),
            name: from.clone(),
        };
        match (self.find(&before), self.find(&new.name)) {
            (Some(_), None) => {
                self.changes.push(Change::RenameTable {
                    from: before.clone(),
                    to: new.name.clone(),
                });
                rename_table(&mut self.schema, &before, &new.name);
            }
            (None, Some(_)) => self.stale(new, None, from),
            _ => {}
        }
    }

    fn columns(&mut self, new: &Table) {
        for column in &new.columns {
            let (Some(from), Some(position)) = (&column.renamed_from, self.find(&new.name)) else {
                continue;
            };
            let old = self.schema.tables.get(position);
            let has = |name: &str| {
                let mut columns = old.iter().flat_map(|table| &table.columns);
                columns.any(|column| column.name == name)
            };
            match (has(from), has(&column.name)) {
                (true, false) => {
                    self.changes.push(Change::Table {
                        table: new.name.clone(),
                        change: TableChange::Rename {
                            kind: ElementKind::Column,
                            from: from.clone(),
                            to: column.name.clone(),
                        },
                    });
                    rename_column(&mut self.schema, &new.name, from, &column.name);
                }
                (false, true) => self.stale(new, Some(&column.name), from),
                _ => {}
            }
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

/// Whether both are the same name; what has no schema stands in `public`.
pub(crate) fn is_same(one: &QualifiedName, other: &QualifiedName) -> bool {
    let schema = |name: &QualifiedName| name.schema.clone().unwrap_or_else(|| "public".to_owned());
    one.name == other.name && schema(one) == schema(other)
}

fn rename_table(schema: &mut Schema, from: &QualifiedName, to: &QualifiedName) {
    let rename = |name: &mut QualifiedName| {
        if is_same(name, from) {
            *name = to.clone();
        }
    };
    for table in &mut schema.tables {
        rename(&mut table.name);
        for key in &mut table.foreign_keys {
            rename(&mut key.target);
        }
        for expr in table.exprs_mut() {
            expr.visit_mut(&mut |expr| match expr {
                Expr::Sql(sql) => *sql = text::rename(sql, &from.name, &to.name),
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

fn rename_column(schema: &mut Schema, of: &QualifiedName, from: &str, to: &str) {
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
        for expr in table.exprs_mut() {
            expr.visit_mut(&mut |expr| rename_in_expr(expr, is_own, of, (from, to)));
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

/// The lists of names of the table itself.
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

/// A column in an expression: of the table itself by its name, of another where the table is named in it too.
fn rename_in_expr(expr: &mut Expr, is_own: bool, of: &QualifiedName, (from, to): (&str, &str)) {
    match expr {
        Expr::Column(name) | Expr::Row(_, name) if is_own && name == from => to.clone_into(name),
        Expr::Sql(sql) if is_own || text::mentions(sql, &of.name) => {
            *sql = text::rename(sql, from, to);
        }
        Expr::OwnedBy { owner, .. } => rename_owner_column(owner, is_own, of, (from, to)),
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
