//! The statements that change existing objects.

use super::constraint::deferrable as deferrable_of;
use super::policy::enable;
use super::printer::Printer;
use crate::ir::{
    Check, Column, Expr, ForeignKey, Partition, Policy, PrimaryKey, QualifiedName, Role,
    RowSecurity, Sequence, SequenceType, Table, Trigger, Unique,
};
use crate::model::Identity;

impl Printer<'_> {
    /// `ALTER TABLE name action`
    pub(crate) fn alter_table(self, table: &QualifiedName, action: &str) -> String {
        format!("ALTER TABLE {} {action}", self.qualified(table))
    }

    /// `ALTER TABLE table ALTER COLUMN column action`
    pub fn alter_column(self, table: &QualifiedName, column: &str, action: &str) -> String {
        let column = self.identifier(column);
        self.alter_table(table, &format!("ALTER COLUMN {column} {action}"))
    }

    /// `ALTER TABLE from RENAME TO to`
    pub fn rename_table(self, from: &QualifiedName, to: &QualifiedName) -> String {
        self.alter_table(from, &format!("RENAME TO {}", self.identifier(&to.name)))
    }

    /// `ALTER TABLE table RENAME COLUMN from TO to`
    pub fn rename_column(self, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.identifier(from), self.identifier(to));
        self.alter_table(table, &format!("RENAME COLUMN {from} TO {to}"))
    }

    /// `ALTER TABLE table RENAME CONSTRAINT from TO to`
    pub fn rename_constraint(self, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.identifier(from), self.identifier(to));
        self.alter_table(table, &format!("RENAME CONSTRAINT {from} TO {to}"))
    }

    /// The name of an object in the PostgreSQL schema of its table: an index, a partition.
    fn beside(self, table: &QualifiedName, name: &str) -> String {
        self.qualified(&QualifiedName {
            schema: table.schema.clone(),
            name: name.to_owned(),
        })
    }

    /// `ALTER INDEX from RENAME TO to`
    pub fn rename_index(self, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.beside(table, from), self.identifier(to));
        format!("ALTER INDEX {from} RENAME TO {to}")
    }

    /// `ALTER INDEX IF EXISTS from RENAME TO to`
    pub fn rename_index_if_exists(self, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.beside(table, from), self.identifier(to));
        format!("ALTER INDEX IF EXISTS {from} RENAME TO {to}")
    }

    /// `LOCK TABLE ONLY table IN mode MODE`: without the partitions, until the transaction ends.
    ///
    /// `mode` is named as in the manual.
    pub fn lock_without_partitions(self, table: &QualifiedName, mode: &str) -> String {
        format!("LOCK TABLE ONLY {} IN {mode} MODE", self.qualified(table))
    }

    /// `ALTER TRIGGER from ON table RENAME TO to`
    pub fn rename_trigger(self, table: &QualifiedName, from: &str, to: &str) -> String {
        self.rename_on("TRIGGER", table, from, to)
    }

    /// `ALTER POLICY from ON table RENAME TO to`
    pub fn rename_policy(self, table: &QualifiedName, from: &str, to: &str) -> String {
        self.rename_on("POLICY", table, from, to)
    }

    fn rename_on(self, kind: &str, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.identifier(from), self.identifier(to));
        format!(
            "ALTER {kind} {from} ON {} RENAME TO {to}",
            self.qualified(table)
        )
    }

    /// `ALTER TABLE from RENAME TO to`, for a partition of the table.
    pub fn rename_partition(self, table: &QualifiedName, from: &str, to: &str) -> String {
        let (from, to) = (self.beside(table, from), self.identifier(to));
        format!("ALTER TABLE {from} RENAME TO {to}")
    }

    /// `ALTER TABLE table ADD COLUMN column ..`
    pub fn add_column(self, table: &QualifiedName, column: &Column) -> String {
        let line = self.column_line(&of_any_table(table, column));
        let words = format!("ADD COLUMN {} {} {}", line.name, line.sql_type, line.rest);
        self.alter_table(table, words.trim_end())
    }

    /// `ALTER TABLE table DROP COLUMN column`
    pub fn drop_column(self, table: &QualifiedName, column: &str) -> String {
        self.alter_table(table, &format!("DROP COLUMN {}", self.identifier(column)))
    }

    /// `ALTER TABLE .. ALTER COLUMN .. TYPE .. USING ..`; an empty `using` omits the clause.
    pub fn change_type(self, table: &QualifiedName, column: &Column, using: &str) -> String {
        let sql_type = self.dialect.type_name(&column.sql_type);
        let using = if using.is_empty() {
            String::new()
        } else {
            format!(" USING {using}")
        };
        self.alter_column(table, &column.name, &format!("TYPE {sql_type}{using}"))
    }

    /// `ANALYZE t (a, b)`
    pub fn analyze(self, table: &QualifiedName, columns: &[&str]) -> String {
        let columns: Vec<_> = columns.iter().map(|name| self.identifier(name)).collect();
        format!("ANALYZE {} ({})", self.qualified(table), columns.join(", "))
    }

    /// `SET DEFAULT ..`, or `DROP DEFAULT`.
    pub fn set_default(self, table: &QualifiedName, column: &Column) -> String {
        let action = match &column.default {
            Some(expr) => format!("SET {}", self.default(expr)),
            None => "DROP DEFAULT".to_owned(),
        };
        self.alter_column(table, &column.name, &action)
    }

    /// `ALTER TABLE table ALTER COLUMN column ADD GENERATED .. AS IDENTITY`; `None` if the column is not an identity.
    pub fn set_identity(self, table: &QualifiedName, column: &Column) -> Option<String> {
        let who = match column.identity? {
            Identity::Always => "ALWAYS",
            Identity::ByDefault => "BY DEFAULT",
        };
        Some(self.alter_column(
            table,
            &column.name,
            &format!("ADD GENERATED {who} AS IDENTITY"),
        ))
    }

    /// `ALTER TABLE table ALTER COLUMN column SET GENERATED ..`, for an identity column, whose counter continues.
    pub fn change_identity(self, table: &QualifiedName, column: &Column) -> Option<String> {
        let who = match column.identity? {
            Identity::Always => "ALWAYS",
            Identity::ByDefault => "BY DEFAULT",
        };
        Some(self.alter_column(table, &column.name, &format!("SET GENERATED {who}")))
    }

    /// Makes an existing column `serial`: creates the sequence that the column owns, and sets the default.
    pub fn make_serial(self, table: &QualifiedName, column: &Column) -> [String; 2] {
        let sequence = QualifiedName {
            schema: table.schema.clone(),
            name: crate::ir::sequence_name(&table.name, &column.name),
        };
        let name = self.qualified(&sequence);
        let sql_type = self.dialect.type_name(&column.sql_type);
        let (of, owner) = (self.qualified(table), self.identifier(&column.name));
        let default = format!("SET DEFAULT nextval({})", self.text(&name));
        [
            format!("CREATE SEQUENCE {name} AS {sql_type} OWNED BY {of}.{owner}"),
            self.alter_column(table, &column.name, &default),
        ]
    }

    /// `ALTER TABLE table DROP CONSTRAINT name`
    pub fn drop_constraint(self, table: &QualifiedName, name: &str) -> String {
        self.alter_table(table, &format!("DROP CONSTRAINT {}", self.identifier(name)))
    }

    /// `ALTER TABLE table DROP CONSTRAINT IF EXISTS name`
    pub fn drop_constraint_if_exists(self, table: &QualifiedName, name: &str) -> String {
        self.alter_table(
            table,
            &format!("DROP CONSTRAINT IF EXISTS {}", self.identifier(name)),
        )
    }

    /// `ALTER TABLE table VALIDATE CONSTRAINT name`
    pub fn validate_constraint(self, table: &QualifiedName, name: &str) -> String {
        self.alter_table(
            table,
            &format!("VALIDATE CONSTRAINT {}", self.identifier(name)),
        )
    }

    /// `ALTER TABLE table ADD CONSTRAINT name PRIMARY KEY (..)`
    pub fn add_primary_key(self, table: &QualifiedName, key: &PrimaryKey) -> String {
        self.alter_table(table, &format!("ADD {}", self.primary_key(key)))
    }

    /// `ALTER TABLE table ADD CONSTRAINT name UNIQUE (..)`
    pub fn add_unique(self, table: &QualifiedName, unique: &Unique) -> String {
        self.alter_table(table, &format!("ADD {}", self.unique(unique)))
    }

    /// `ALTER TABLE table ADD CONSTRAINT name UNIQUE USING INDEX index`
    pub fn add_unique_by_index(
        self,
        table: &QualifiedName,
        unique: &Unique,
        index: &str,
    ) -> String {
        let deferrable = deferrable_of(unique.deferrable);
        let words = format!("UNIQUE USING INDEX {}{deferrable}", self.identifier(index));
        self.alter_table(
            table,
            &format!("ADD {}", self.constraint(&unique.name, &words)),
        )
    }

    /// `ALTER TABLE table ADD CONSTRAINT name PRIMARY KEY USING INDEX index`
    pub fn add_primary_key_by_index(
        self,
        table: &QualifiedName,
        key: &PrimaryKey,
        index: &str,
    ) -> String {
        let words = format!("PRIMARY KEY USING INDEX {}", self.identifier(index));
        self.alter_table(
            table,
            &format!("ADD {}", self.constraint(&key.name, &words)),
        )
    }

    /// `ALTER TABLE table ADD CONSTRAINT name CHECK (..)`; `NOT VALID` unless `valid`.
    ///
    /// PostgreSQL does not check existing rows until a constraint that is not valid is validated.
    pub fn add_check(self, table: &QualifiedName, check: &Check, valid: bool) -> String {
        let end = if valid { "" } else { " NOT VALID" };
        let check = Check {
            name: check.name.clone(),
            condition: unqualified(table, &check.condition),
        };
        self.alter_table(table, &format!("ADD {}{end}", self.check(&check)))
    }

    /// `ALTER TABLE table ADD CONSTRAINT name FOREIGN KEY (..) REFERENCES ..`; `NOT VALID` unless `valid`.
    pub fn add_foreign_key_to(
        self,
        table: &QualifiedName,
        key: &ForeignKey,
        valid: bool,
    ) -> String {
        let end = if valid { "" } else { " NOT VALID" };
        self.alter_table(table, &format!("ADD {}{end}", self.foreign_key(key)))
    }

    /// `DROP INDEX name`, in the PostgreSQL schema of its table.
    pub fn drop_index(self, table: &QualifiedName, name: &str) -> String {
        format!("DROP INDEX {}", self.beside(table, name))
    }

    /// `DROP INDEX CONCURRENTLY IF EXISTS name`
    pub fn drop_index_concurrently(self, table: &QualifiedName, name: &str) -> String {
        format!(
            "DROP INDEX CONCURRENTLY IF EXISTS {}",
            self.beside(table, name)
        )
    }

    /// `CREATE TRIGGER .. ON table ..`
    pub fn create_trigger_on(self, table: &QualifiedName, trigger: &Trigger) -> String {
        self.create_trigger(&Table::new(table.clone()), trigger)
    }

    /// `DROP TRIGGER name ON table`
    pub fn drop_trigger_on(self, table: &QualifiedName, trigger: &Trigger) -> String {
        self.drop_trigger(&Table::new(table.clone()), trigger)
    }

    /// `CREATE POLICY name ON table ..`
    pub fn create_policy_on(self, table: &QualifiedName, policy: &Policy) -> String {
        self.create_policy(&Table::new(table.clone()), policy)
    }

    /// `DROP POLICY name ON table`
    pub fn drop_policy_on(self, table: &QualifiedName, policy: &Policy) -> String {
        self.drop_policy(&Table::new(table.clone()), policy)
    }

    /// `CREATE TABLE partition PARTITION OF table ..`
    pub fn create_partition_of(self, table: &QualifiedName, partition: &Partition) -> String {
        self.create_partition(&Table::new(table.clone()), partition)
    }

    /// `ALTER TABLE table DETACH PARTITION partition`
    pub fn detach_partition(self, table: &QualifiedName, partition: &Partition) -> String {
        format!(
            "ALTER TABLE {} DETACH PARTITION {}",
            self.qualified(table),
            self.partition_name(table, partition)
        )
    }

    /// `DROP TABLE partition`
    pub fn drop_partition(self, table: &QualifiedName, partition: &Partition) -> String {
        format!("DROP TABLE {}", self.partition_name(table, partition))
    }

    /// `ALTER SEQUENCE name ..` with all options of `sequence`; `old` is the type that it has now.
    pub fn alter_sequence(self, old: SequenceType, sequence: &Sequence) -> String {
        let option = |word: &str, value: Option<i64>, or: &str| {
            value.map_or_else(|| or.to_owned(), |value| format!("{word} {value}"))
        };
        let descends = sequence.increment.is_some_and(|step| step < 0);
        let (min, max) = sequence.value_type.bounds(descends);
        let new = sequence.value_type;
        // With a new type PostgreSQL would set the maximum of a descending sequence to that of an ascending one, so
        // both bounds are written out.
        let (retyped, min, max) = if new == old {
            let none = ("NO MINVALUE".to_owned(), "NO MAXVALUE".to_owned());
            (String::new(), none.0, none.1)
        } else {
            let retyped = format!("AS {} ", new.name());
            (
                retyped,
                format!("MINVALUE {min}"),
                format!("MAXVALUE {max}"),
            )
        };
        // An option without a value is reset to PostgreSQL's default.
        let options = [
            option("INCREMENT BY", sequence.increment, "INCREMENT BY 1"),
            option("MINVALUE", sequence.min, &min),
            option("MAXVALUE", sequence.max, &max),
            option("START WITH", sequence.start, &default_start(sequence)),
            option("CACHE", sequence.cache, "CACHE 1"),
        ];
        let cycle = if sequence.cycle { "CYCLE" } else { "NO CYCLE" };
        format!(
            "ALTER SEQUENCE {} {retyped}{} {cycle}",
            self.qualified(&sequence.name),
            options.join(" ")
        )
    }

    /// `ALTER ROLE name ..`, which sets all attributes of `role`, whatever they were before.
    pub fn alter_role(self, role: &Role) -> String {
        let word = |is: bool, word: &str| {
            if is {
                word.to_owned()
            } else {
                format!("NO{word}")
            }
        };
        let words = [
            word(role.login, "LOGIN"),
            word(role.inherit, "INHERIT"),
            word(role.bypass_rls, "BYPASSRLS"),
        ];
        format!(
            "ALTER ROLE {} {}",
            self.identifier(&role.name),
            words.join(" ")
        )
    }

    /// `REVOKE group FROM member`
    pub fn revoke_role(self, group: &str, member: &str) -> String {
        format!(
            "REVOKE {} FROM {}",
            self.identifier(group),
            self.identifier(member)
        )
    }

    /// `COMMENT ON kind name IS 'text'`, or `IS NULL`.
    pub fn comment_or_none(self, kind: &str, name: &str, text: Option<&str>) -> String {
        match text {
            Some(text) => self.comment(kind, name, text),
            None => format!("COMMENT ON {kind} {name} IS NULL"),
        }
    }

    /// `ALTER TYPE sql_enum ADD VALUE IF NOT EXISTS label BEFORE before`
    pub fn add_label(self, sql_enum: &QualifiedName, label: &str, before: Option<&str>) -> String {
        let place = before.map(|before| format!(" BEFORE {}", self.text(before)));
        format!(
            "ALTER TYPE {} ADD VALUE IF NOT EXISTS {}{}",
            self.qualified(sql_enum),
            self.text(label),
            place.unwrap_or_default()
        )
    }

    /// `ALTER TYPE sql_enum RENAME VALUE from TO to`
    pub fn rename_label(self, sql_enum: &QualifiedName, from: &str, to: &str) -> String {
        format!(
            "ALTER TYPE {} RENAME VALUE {} TO {}",
            self.qualified(sql_enum),
            self.text(from),
            self.text(to)
        )
    }

    /// `ALTER TYPE from RENAME TO to`
    pub fn rename_type(self, from: &QualifiedName, to: &str) -> String {
        format!(
            "ALTER TYPE {} RENAME TO {}",
            self.qualified(from),
            self.identifier(to)
        )
    }
}

/// `START WITH` the default start of a sequence: the first value in its direction.
fn default_start(sequence: &Sequence) -> String {
    let descends = sequence.increment.is_some_and(|step| step < 0);
    let (min, max) = sequence.value_type.bounds(descends);
    let start = if descends {
        sequence.max.unwrap_or(max)
    } else {
        sequence.min.unwrap_or(min)
    };
    format!("START WITH {start}")
}

/// The statement that changes the row-level security of a table or a partition from `old` to `new`, if they differ.
pub fn change_row_security(
    name: &str,
    old: Option<RowSecurity>,
    new: Option<RowSecurity>,
) -> Option<String> {
    let force = |security: Option<RowSecurity>| security.is_some_and(|security| security.force);
    let action = match (old, new) {
        _ if old == new => return None,
        (_, None) => "DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
        (None, Some(new)) => enable(new),
        _ if force(new) => "FORCE ROW LEVEL SECURITY",
        _ => "NO FORCE ROW LEVEL SECURITY",
    };
    Some(format!("ALTER TABLE {name} {action}"))
}

/// The expression without the name of its table. PostgreSQL parses it again for each partition, which has another name.
pub fn unqualified(table: &QualifiedName, expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    expr.visit_mut(&mut |expr| {
        if let Expr::Sql(sql) = expr {
            *sql = crate::sql::without_table(sql, &table.name);
        }
    });
    expr
}

fn of_any_table(table: &QualifiedName, column: &Column) -> Column {
    let generated = column.generated.as_ref();
    Column {
        generated: generated.map(|expr| unqualified(table, expr)),
        ..column.clone()
    }
}
