//! Tables and their objects: columns, keys, indexes, triggers and policies.

use super::object::{Normal, comment, name, sorted};
use super::operator_class;
use crate::ir::{
    Column, Expr, ForeignKey, Index, IndexPart, Policy, QualifiedName, ReferentialAction, SqlType,
    Table, Trigger, TriggerEvent,
};
use crate::model::{IndexMethod, Nulls, SortOrder};
use crate::sql::token::{Token, tokens};

impl Normal<'_> {
    pub(super) fn table(&self, table: &Table) -> Table {
        let own = &table.name;
        Table {
            name: name(own),
            comment: comment(table.comment.as_ref()),
            columns: table
                .columns
                .iter()
                .map(|column| self.column(column, own))
                .collect(),
            primary_key: table.primary_key.clone(),
            uniques: table.uniques.clone(),
            checks: table
                .checks
                .iter()
                .map(|check| self.check(check, Some(own)))
                .collect(),
            foreign_keys: table.foreign_keys.iter().map(foreign_key).collect(),
            indexes: table
                .indexes
                .iter()
                .map(|index| self.index(index, own))
                .collect(),
            triggers: table
                .triggers
                .iter()
                .map(|trigger| self.trigger(trigger, own))
                .collect(),
            row_security: table.row_security,
            policies: table
                .policies
                .iter()
                .map(|policy| self.policy(policy, own))
                .collect(),
            partition_by: table.partition_by.clone(),
            partitions: self.partitions(table),
            partitions_at_run_time: table.partitions_at_run_time,
            renamed_from: None,
            allow: Vec::new(),
        }
    }

    fn column(&self, column: &Column, own: &QualifiedName) -> Column {
        let default = column.default.as_ref();
        let default =
            default.map(|default| self.value(default, self.place(&column.sql_type).as_ref()));
        let is_null = |default: &Expr| matches!(default, Expr::Sql(sql) if sql == "NULL");
        Column {
            name: column.name.clone(),
            sql_type: self.sql_type(&column.sql_type),
            nullable: column.nullable,
            // PostgreSQL does not store `DEFAULT NULL`.
            default: default.filter(|default| !is_null(default)),
            generated: self.maybe_expr(column.generated.as_ref(), own),
            identity: column.identity,
            serial: column.serial,
            comment: comment(column.comment.as_ref()),
            renamed_from: None,
            renamed_labels: Vec::new(),
            allow: Vec::new(),
        }
    }

    pub(super) fn index(&self, index: &Index, own: &QualifiedName) -> Index {
        Index {
            parts: index
                .parts
                .iter()
                .map(|part| self.index_part(part, index.method, own))
                .collect(),
            filter: self.maybe_expr(index.filter.as_ref(), own),
            ..index.clone()
        }
    }

    fn index_part(&self, part: &IndexPart, method: IndexMethod, own: &QualifiedName) -> IndexPart {
        let default = match part.order {
            SortOrder::Ascending => Nulls::Last,
            SortOrder::Descending => Nulls::First,
        };
        IndexPart {
            value: match &part.value {
                Expr::Column(_) => part.value.clone(),
                value => column_or(self.expr(value, Some(own))),
            },
            nulls: part.nulls.filter(|nulls| *nulls != default),
            // `default` is the collation of a column.
            collation: part.collation.clone().filter(|name| name != "default"),
            operator_class: part.operator_class.clone().filter(|class| {
                !operator_class::is_default(method, self.type_of(&part.value, own), class)
            }),
            ..part.clone()
        }
    }

    /// The type of a column; for a domain, its base type.
    fn type_of(&self, value: &Expr, own: &QualifiedName) -> Option<&SqlType> {
        let Expr::Column(column) = value else {
            return None;
        };
        let table = self.schema.tables.iter().find(|table| table.name == *own)?;
        let mut columns = table.columns.iter();
        let column = columns.find(|other| other.name == *column)?;
        Some(self.base_of(&column.sql_type))
    }

    fn base_of<'t>(&'t self, sql_type: &'t SqlType) -> &'t SqlType {
        let SqlType::Domain(name) = sql_type else {
            return sql_type;
        };
        let domain = self
            .schema
            .domains
            .iter()
            .find(|domain| domain.name == *name);
        domain.map_or(sql_type, |domain| self.base_of(&domain.base))
    }

    fn trigger(&self, trigger: &Trigger, own: &QualifiedName) -> Trigger {
        let mut events: Vec<_> = trigger.events.iter().map(event).collect();
        events.sort_by_key(rank);
        Trigger {
            events,
            when: self.maybe_expr(trigger.when.as_ref(), own),
            function: name(&trigger.function),
            ..trigger.clone()
        }
    }

    pub(super) fn policy(&self, policy: &Policy, own: &QualifiedName) -> Policy {
        let everybody = policy.roles.iter().any(|role| role == "public");
        Policy {
            roles: if everybody {
                Vec::new()
            } else {
                sorted(&policy.roles)
            },
            using: self.maybe_expr(policy.using.as_ref(), own),
            with_check: self.maybe_expr(policy.with_check.as_ref(), own),
            ..policy.clone()
        }
    }
}

/// An expression that is only a column becomes a column.
fn column_or(expr: Expr) -> Expr {
    let Expr::Sql(sql) = &expr else {
        return expr;
    };
    match tokens(sql).as_deref() {
        Some([Token::Word(word)]) if matches!(word.as_str(), "true" | "false" | "null") => expr,
        Some([Token::Word(name) | Token::Quoted(name)])
            if *sql == crate::sql::token::name(name) =>
        {
            Expr::Column(name.clone())
        }
        _ => expr,
    }
}

fn foreign_key(key: &ForeignKey) -> ForeignKey {
    ForeignKey {
        target: name(&key.target),
        on_delete: action(&key.on_delete, &key.columns),
        on_update: action(&key.on_update, &key.columns),
        ..key.clone()
    }
}

/// Column names that are all columns of the key are removed, because that is the default.
fn action(action: &ReferentialAction, key: &[String]) -> ReferentialAction {
    let some = |columns: &[String]| {
        if sorted(columns) == sorted(key) {
            Vec::new()
        } else {
            sorted(columns)
        }
    };
    match action {
        ReferentialAction::SetNull(columns) => ReferentialAction::SetNull(some(columns)),
        ReferentialAction::SetDefault(columns) => ReferentialAction::SetDefault(some(columns)),
        other => other.clone(),
    }
}

fn event(event: &TriggerEvent) -> TriggerEvent {
    match event {
        TriggerEvent::Update(columns) => TriggerEvent::Update(sorted(columns)),
        other => other.clone(),
    }
}

fn rank(event: &TriggerEvent) -> u8 {
    match event {
        TriggerEvent::Insert => 0,
        TriggerEvent::Update(_) => 1,
        TriggerEvent::Delete => 2,
        TriggerEvent::Truncate => 3,
    }
}
