//! Parts of a statement that several rules read.

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{self, AstNode as _, Constraint, ConstraintOption, Stmt};

use super::name::{Name, lower, tokens, word};
use freehold_schema_core::ir::SqlType;
use freehold_schema_core::normal;
use freehold_schema_migrate::plan::volatile;

/// The definition of a column in `CREATE TABLE` or `ADD COLUMN`.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) sql_type: Option<ast::Type>,
    pub(super) constraints: Vec<Constraint>,
}

impl Column {
    pub(super) fn of(column: &ast::Column) -> Self {
        Self::read(column.syntax(), column.name(), column.ty())
    }

    pub(super) fn added(column: &ast::AddColumn) -> Self {
        Self::read(column.syntax(), column.column_name(), column.ty())
    }

    fn read(node: &SyntaxNode, name: Option<ast::ColumnName>, ty: Option<ast::Type>) -> Self {
        Self {
            name: name.map_or_else(String::new, |name| word(name.syntax())),
            sql_type: ty,
            constraints: node.children().filter_map(Constraint::cast).collect(),
        }
    }

    /// The default, unless it is `NULL`.
    pub(super) fn default(&self) -> Option<ast::Expr> {
        let mut expressions = self.constraints.iter().filter_map(|it| match it {
            Constraint::DefaultConstraint(default) => default.expr(),
            _ => None,
        });
        let value = expressions.next()?;
        (lower(value.syntax()) != "null").then_some(value)
    }

    pub(super) fn is_not_null(&self) -> bool {
        let is = |it: &Constraint| matches!(it, Constraint::NotNullConstraint(_));
        self.constraints.iter().any(is)
    }

    pub(super) fn is_primary_key(&self) -> bool {
        let is = |it: &Constraint| matches!(it, Constraint::PrimaryKeyConstraint(_));
        self.constraints.iter().any(is)
    }

    pub(super) fn is_generated(&self) -> bool {
        let is = |it: &Constraint| matches!(it, Constraint::GeneratedConstraint(_));
        self.constraints.iter().any(is)
    }

    pub(super) fn is_serial(&self) -> bool {
        self.sql_type.as_ref().is_some_and(is_serial)
    }

    /// The type as an `SqlType` of the owned schema.
    pub(super) fn type_of(&self) -> Option<SqlType> {
        self.sql_type.as_ref().map(sql_type)
    }
}

fn is_serial(ty: &ast::Type) -> bool {
    const SERIAL: [&str; 6] = [
        "serial",
        "bigserial",
        "smallserial",
        "serial2",
        "serial4",
        "serial8",
    ];
    SERIAL.contains(&lower(ty.syntax()).as_str())
}

pub(super) fn sql_type(ty: &ast::Type) -> SqlType {
    normal::sql_type(&ty.syntax().text().to_string())
}

/// The columns of a new table.
pub(super) fn columns(table: &ast::CreateTable) -> Vec<Column> {
    let arguments = table.table_arg_list().map(|list| list.args());
    let columns = arguments.into_iter().flatten().filter_map(|it| match it {
        ast::TableArg::Column(column) => Some(Column::of(&column)),
        _ => None,
    });
    columns.collect()
}

/// The table constraints of a new table, without the constraints of its columns.
pub(super) fn table_constraints(table: &ast::CreateTable) -> Vec<Constraint> {
    let list = table.table_arg_list().into_iter();
    list.flat_map(|list| {
        list.syntax()
            .children()
            .filter_map(Constraint::cast)
            .collect::<Vec<_>>()
    })
    .collect()
}

/// The table that a foreign key references.
pub(super) fn parent(constraint: &Constraint) -> Option<Name> {
    let table = match constraint {
        Constraint::ForeignKeyConstraint(key) => key.table_name_ref(),
        Constraint::ReferencesConstraint(key) => key.table(),
        _ => None,
    };
    Name::of(table?.syntax())
}

/// The columns that a table constraint names.
pub(super) fn constraint_columns(constraint: &Constraint) -> Vec<String> {
    let refs = |node: &SyntaxNode| {
        let names = node.children().filter_map(ast::ColumnNameRef::cast);
        names.map(|name| word(name.syntax())).collect()
    };
    match constraint {
        Constraint::ForeignKeyConstraint(key) => key.from_columns().map(|it| refs(it.syntax())),
        Constraint::UniqueConstraint(key) => {
            let list = key.index_parameters().and_then(|it| it.column_list());
            list.map(|it| refs(it.syntax()))
        }
        Constraint::PrimaryKeyConstraint(key) => {
            let list = key.index_parameters().and_then(|it| it.column_list());
            list.map(|it| refs(it.syntax()))
        }
        Constraint::CheckConstraint(check) => {
            let names = check.syntax().descendants().filter_map(ast::NameRef::cast);
            Some(names.map(|name| word(name.syntax())).collect())
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// The index of `USING INDEX`.
pub(super) fn used_index(constraint: &Constraint) -> Option<String> {
    let used = match constraint {
        Constraint::UniqueConstraint(key) => key.using_index(),
        Constraint::PrimaryKeyConstraint(key) => key.using_index(),
        _ => None,
    };
    used?.index_ref().map(|name| word(name.syntax()))
}

/// The name of a constraint, or the name that PostgreSQL generates.
pub(super) fn constraint_name(
    constraint: &Constraint,
    table: &Name,
    column: Option<&str>,
) -> String {
    if let Some(name) = constraint.constraint_name() {
        return word(name.syntax());
    }
    let columns = column.map_or_else(
        || constraint_columns(constraint),
        |column| vec![column.to_owned()],
    );
    let columns = columns.join("_");
    let table = &table.name;
    match constraint {
        Constraint::ForeignKeyConstraint(_) | Constraint::ReferencesConstraint(_) => {
            format!("{table}_{columns}_fkey")
        }
        Constraint::PrimaryKeyConstraint(_) => format!("{table}_pkey"),
        Constraint::CheckConstraint(_) if columns.is_empty() => format!("{table}_check"),
        Constraint::CheckConstraint(_) => format!("{table}_{columns}_check"),
        _ => format!("{table}_{columns}_key"),
    }
}

/// Whether the constraint is checked only for new rows (`NOT VALID`) or never (`NOT ENFORCED`).
pub(super) fn is_not_valid(constraint: &Constraint) -> bool {
    let mut options = constraint.constraint_options();
    options.any(|it| {
        matches!(
            it,
            ConstraintOption::NotValid(_) | ConstraintOption::NotEnforced(_)
        )
    })
}

/// The column of `CHECK (column IS NOT NULL)`. The lint accepts only this form as proof.
pub(super) fn not_null_column(constraint: &Constraint) -> Option<String> {
    let Constraint::CheckConstraint(check) = constraint else {
        return None;
    };
    let text = lower(check.expr()?.syntax());
    let text = text.trim_matches(['(', ')', ' ']);
    let column = text.strip_suffix("is not null")?.trim();
    (!column.contains(' ')).then(|| column.trim_matches('"').to_owned())
}

/// Whether an expression may have a different value for each row.
pub(super) fn is_volatile(expr: &ast::Expr) -> bool {
    let mut calls = expr.syntax().descendants().filter_map(ast::CallExpr::cast);
    calls.any(|call| {
        let name = call.expr().map(|name| word(name.syntax()));
        // A function with its own grammar, such as `extract`, has no name here, and is not volatile.
        name.is_some_and(|name| !volatile::is_stable(&name))
    })
}

/// The relation that an `ALTER TABLE` changes.
pub(super) fn altered(statement: &ast::AlterTable) -> Option<Name> {
    Name::of(statement.table_relation_name()?.syntax())
}

/// Whether a node contains a word, in upper or lower case.
pub(super) fn has_word(node: &SyntaxNode, word: &str) -> bool {
    tokens(node).any(|(_, text)| text.eq_ignore_ascii_case(word))
}

/// The byte range of a node in its statement.
pub(super) fn range(node: &SyntaxNode) -> std::ops::Range<usize> {
    let range = node.text_range();
    range.start().into()..range.end().into()
}

/// The name of the object that an `ALTER` changes, without its schema.
pub(super) fn object_name(statement: &SyntaxNode) -> Option<String> {
    let mut nodes = statement.descendants();
    let name = nodes.find(|node| {
        ast::PathRef::can_cast(node.kind())
            || ast::Path::can_cast(node.kind())
            || ast::SchemaRef::can_cast(node.kind())
    });
    name.map(|name| word(&name))
}

/// The name of the object that a `CREATE` creates, except for tables and indexes.
pub(super) fn made(statement: &Stmt) -> Option<Name> {
    let node = match statement {
        Stmt::CreateFunction(it) => it.name()?.syntax().clone(),
        Stmt::CreateProcedure(it) => it.name()?.syntax().clone(),
        Stmt::CreateAggregate(it) => it.aggregate_name()?.syntax().clone(),
        Stmt::CreateView(it) => it.view()?.syntax().clone(),
        Stmt::CreateMaterializedView(it) => it.view()?.syntax().clone(),
        Stmt::CreateType(it) => it.type_name()?.syntax().clone(),
        Stmt::CreateDomain(it) => it.domain()?.syntax().clone(),
        Stmt::CreateSequence(it) => it.sequence()?.syntax().clone(),
        Stmt::CreateSchema(it) => it.schema_name()?,
        _ => return None,
    };
    Name::of(&node)
}

/// Whether a `CREATE` may find the object already there: `OR REPLACE` or `IF NOT EXISTS`.
pub(super) fn replaces(statement: &Stmt) -> bool {
    let mut nodes = statement.syntax().children();
    nodes.any(|node| {
        ast::OrReplace::can_cast(node.kind()) || ast::IfNotExists::can_cast(node.kind())
    })
}

/// Whether it is `COPY .. FROM STDIN`.
pub(super) fn is_from_client(copy: &ast::Copy) -> bool {
    let Some(ast::CopyDirection::CopyFrom(from)) = copy.copy_direction() else {
        return false;
    };
    matches!(from.copy_source(), Some(ast::CopySource::CopyStdin(_)))
}
