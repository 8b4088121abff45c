use super::printer::Printer;
use crate::ir::{Column, Expr};
use crate::model::Identity;

/// A column's line in `CREATE TABLE`, as the parts that are aligned.
pub(crate) struct ColumnLine {
    pub(crate) name: String,
    pub(crate) sql_type: String,
    pub(crate) rest: String,
}

impl Printer<'_> {
    pub(crate) fn column_line(self, column: &Column) -> ColumnLine {
        let sql_type = if column.serial {
            self.dialect.serial_name(&column.sql_type)
        } else {
            self.dialect.type_name(&column.sql_type)
        };
        ColumnLine {
            name: self.identifier(&column.name),
            sql_type: sql_type.into_owned(),
            rest: self.column_rest(column),
        }
    }

    fn column_rest(self, column: &Column) -> String {
        let mut words = Vec::new();
        if !column.nullable {
            words.push("NOT NULL".to_owned());
        }
        words.extend(column.identity.map(identity));
        words.extend(column.default.as_ref().map(|expr| self.default(expr)));
        words.extend(column.generated.as_ref().map(|expr| self.generated(expr)));
        words.join(" ")
    }

    /// `DEFAULT` cannot take every expression without parentheses; one with an operator gets them.
    pub(crate) fn default(self, expr: &Expr) -> String {
        match expr {
            Expr::Binary(..)
            | Expr::Unary(..)
            | Expr::IsNull { .. }
            | Expr::In { .. }
            | Expr::Between { .. }
            | Expr::Sql(_) => {
                format!("DEFAULT ({})", self.expr(expr))
            }
            _ => format!("DEFAULT {}", self.expr(expr)),
        }
    }

    fn generated(self, expr: &Expr) -> String {
        format!("GENERATED ALWAYS AS ({}) STORED", self.expr(expr))
    }
}

fn identity(identity: Identity) -> String {
    let who = match identity {
        Identity::Always => "ALWAYS",
        Identity::ByDefault => "BY DEFAULT",
    };
    format!("GENERATED {who} AS IDENTITY")
}
