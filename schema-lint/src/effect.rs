//! Which locks a statement takes on which tables, and whether it may run long (measured on PostgreSQL 15).

use squawk_syntax::ast::{self, AlterTableAction, AstNode as _, Constraint, Stmt};

use super::catalog::Catalog;
use super::name::{Name, word};
use super::parts::{self, Column};
use freehold_schema_migrate::plan::LockMode;

/// The strongest lock on each table. Locks of statements that only write rows are not included.
pub(super) fn locks(statement: &Stmt, known: &Catalog) -> Vec<(Name, LockMode)> {
    let mut locks = Locks {
        known,
        taken: Vec::new(),
    };
    locks.read(statement);
    locks.taken
}

struct Locks<'a> {
    known: &'a Catalog,
    taken: Vec<(Name, LockMode)>,
}

impl Locks<'_> {
    fn take(&mut self, table: Option<Name>, mode: LockMode) {
        let Some(table) = table else { return };
        match self.taken.iter_mut().find(|(taken, _)| *taken == table) {
            Some((_, strongest)) => *strongest = mode.max(*strongest),
            None => self.taken.push((table, mode)),
        }
    }

    fn node(&mut self, table: Option<impl ast::AstNode>, mode: LockMode) {
        self.take(table.and_then(|table| Name::of(table.syntax())), mode);
    }

    fn read(&mut self, statement: &Stmt) {
        use LockMode::{AccessExclusive, Share, ShareRowExclusive, ShareUpdateExclusive};
        match statement {
            Stmt::AlterTable(alter) => self.alter_table(alter),
            Stmt::CreateTable(table) => self.create_table(table),
            Stmt::DropTable(drop) => self.drop_table(drop),
            Stmt::CreateIndex(index) => {
                let is_slow = index.concurrently_token().is_none();
                let mode = if is_slow { Share } else { ShareUpdateExclusive };
                self.node(index.table_relation_name(), mode);
            }
            Stmt::DropIndex(drop) if drop.concurrently_token().is_none() => {
                for index in drop.index_refs() {
                    let name = Name::of(index.syntax());
                    let index = name.and_then(|name| self.known.index(&name));
                    self.take(index.map(|index| index.table.clone()), AccessExclusive);
                }
            }
            Stmt::CreateTrigger(it) => self.node(it.on_relation(), ShareRowExclusive),
            Stmt::DropTrigger(it) => self.node(it.on_relation(), AccessExclusive),
            Stmt::CreatePolicy(it) => self.node(it.on_table(), AccessExclusive),
            Stmt::AlterPolicy(it) => self.node(it.on_table(), AccessExclusive),
            Stmt::DropPolicy(it) => self.node(it.on_table(), AccessExclusive),
            Stmt::Truncate(it) => {
                let tables = it.table_list().map(|list| list.table_relation_names());
                for table in tables.into_iter().flatten() {
                    self.node(Some(table), AccessExclusive);
                }
            }
            Stmt::Cluster(it) => self.node(it.table_name_ref(), AccessExclusive),
            Stmt::Refresh(it) if it.concurrently_token().is_none() => {
                self.node(it.view_ref(), AccessExclusive);
            }
            _ => {}
        }
    }

    fn create_table(&mut self, table: &ast::CreateTable) {
        let of_columns = parts::columns(table).into_iter();
        let constraints = of_columns.flat_map(|column| column.constraints);
        for constraint in constraints.chain(parts::table_constraints(table)) {
            self.take(parts::parent(&constraint), LockMode::ShareRowExclusive);
        }
        let partitioned = table.partition_of().and_then(|of| of.table_name_ref());
        self.node(partitioned, LockMode::AccessExclusive);
    }

    fn drop_table(&mut self, drop: &ast::DropTable) {
        for name in drop.table_name_refs() {
            let Some(name) = Name::of(name.syntax()) else {
                continue;
            };
            let known = self.known.table(&name);
            for parent in known.into_iter().flat_map(|table| table.parents.values()) {
                self.take(Some(parent.clone()), LockMode::AccessExclusive);
            }
            let partitioned = known.and_then(|table| table.partition_of.clone());
            self.take(partitioned, LockMode::AccessExclusive);
            self.take(Some(name), LockMode::AccessExclusive);
        }
    }

    fn alter_table(&mut self, alter: &ast::AlterTable) {
        let Some(name) = parts::altered(alter) else {
            return;
        };
        for action in alter.actions() {
            self.action(&name, &action);
        }
    }

    fn action(&mut self, name: &Name, action: &AlterTableAction) {
        use LockMode::{AccessExclusive, ShareRowExclusive};
        self.take(Some(name.clone()), mode(action));
        match action {
            AlterTableAction::AddColumn(column) => {
                for constraint in Column::added(column).constraints {
                    self.take(parts::parent(&constraint), ShareRowExclusive);
                }
            }
            AlterTableAction::AddConstraint(add) => {
                let parent = add.constraint().and_then(|it| parts::parent(&it));
                self.take(parent, ShareRowExclusive);
            }
            AlterTableAction::DropConstraint(drop) => {
                let dropped = drop.constraint_name_ref().map(|it| word(it.syntax()));
                let table = self.known.table(name);
                let parent = table
                    .and_then(|table| table.parents.get(&dropped?))
                    .cloned();
                self.take(parent, AccessExclusive);
            }
            AlterTableAction::AttachPartition(it) => {
                self.node(it.table_name_ref(), AccessExclusive);
            }
            AlterTableAction::DetachPartition(it) => {
                self.node(it.table_name_ref(), AccessExclusive);
            }
            _ => {}
        }
    }
}

/// The lock that an action of `ALTER TABLE` takes on the altered table.
fn mode(action: &AlterTableAction) -> LockMode {
    use AlterTableAction as Action;
    use LockMode::{AccessExclusive, ShareRowExclusive, ShareUpdateExclusive};
    match action {
        Action::ValidateConstraint(_)
        | Action::AttachPartition(_)
        | Action::SetOptions(_)
        | Action::ResetOptions(_)
        | Action::ClusterOn(_)
        | Action::SetWithoutCluster(_) => ShareUpdateExclusive,
        Action::DetachPartition(it) if it.detach_partition_option().is_some() => {
            ShareUpdateExclusive
        }
        Action::AddConstraint(add)
            if matches!(add.constraint(), Some(Constraint::ForeignKeyConstraint(_))) =>
        {
            ShareRowExclusive
        }
        Action::EnableTrigger(_)
        | Action::DisableTrigger(_)
        | Action::EnableAlwaysTrigger(_)
        | Action::EnableReplicaTrigger(_) => ShareRowExclusive,
        Action::AlterColumn(column) => match column.option() {
            Some(
                ast::AlterColumnOption::SetStatistics(_)
                | ast::AlterColumnOption::SetOptions(_)
                | ast::AlterColumnOption::ResetOptions(_),
            ) => ShareUpdateExclusive,
            _ => AccessExclusive,
        },
        _ => AccessExclusive,
    }
}

/// Whether a statement may run long because it reads or writes rows. Call it for each statement of a `DO` block.
pub(super) fn is_slow(statement: &Stmt) -> bool {
    match statement {
        Stmt::Select(_)
        | Stmt::Insert(_)
        | Stmt::Update(_)
        | Stmt::Delete(_)
        | Stmt::Merge(_)
        | Stmt::Copy(_)
        | Stmt::Call(_)
        | Stmt::Refresh(_)
        | Stmt::Reindex(_)
        | Stmt::CreateIndex(_)
        | Stmt::CreateTableAs(_)
        | Stmt::CreateMaterializedView(_) => true,
        Stmt::AlterTable(alter) => alter
            .actions()
            .any(|action| matches!(action, AlterTableAction::ValidateConstraint(_))),
        _ => false,
    }
}
