//! Conditions over the rows of a table, written as SQL.

use freehold::Postgres;
use freehold::ddl::Types as _;
use freehold::model::{ColumnDef, Expr, ScalarType};

use super::Spec;
use super::columns::{ColumnSpec, Kind};
use super::hand::Hand;
use super::tables::TableSpec;
use super::words::text;

impl Spec {
    /// A condition on a column of the table of this name, in SQL.
    pub(super) fn written(&self, column: &ColumnSpec, table: &str, hand: Hand) -> String {
        self.written_about(column, &hand.column(table, &column.name), hand)
    }

    /// A condition of a trigger on a column of the new row.
    pub(super) fn written_of_row(&self, column: &ColumnSpec, hand: Hand) -> String {
        let name = format!("{}.{}", hand.name("new"), hand.name(&column.name));
        self.written_about(column, &name, hand)
    }

    fn written_about(&self, column: &ColumnSpec, name: &str, hand: Hand) -> String {
        let condition = match (self.label_of(&column.kind), &column.kind) {
            (Some(label), kind) => self.about_label(name, label, kind, hand),
            (None, Kind::Scalar(ScalarType::Text | ScalarType::Varchar(_))) => {
                about_text(name, hand)
            }
            (None, Kind::Scalar(ScalarType::Date)) => {
                format!(
                    "{name} <> date{}{}",
                    hand.remark(1),
                    hand.text("2026-01-31")
                )
            }
            _ => format!("{name}{}IS NOT NULL", hand.remark(1)),
        };
        format!("{}{condition}{}", hand.remark(2), hand.last_remark())
    }

    /// A condition that the column contains a label.
    fn about_label(&self, name: &str, label: &str, kind: &Kind, hand: Hand) -> String {
        let (label, remark) = (hand.text(label), hand.remark(3));
        match hand.choice(6, 6) {
            0 => format!("{label}{remark}={remark}{name}"),
            1 => format!("{name} IN{remark}({label},{remark}{label})"),
            2 => format!("CASE{remark}{name} WHEN {label}{remark}THEN true ELSE false END"),
            3 => format!(
                "{name} = {label}{remark}::{remark}{}",
                self.type_in_query(kind)
            ),
            4 => format!(
                "{name} = CAST({label}{remark}AS {})",
                self.type_in_query(kind)
            ),
            _ => format!("{name}{remark}={remark}{label}"),
        }
    }

    /// The column with a default that is written as SQL, if its type has one.
    pub(super) fn written_default(&self, column: ColumnDef, kind: &Kind, hand: Hand) -> ColumnDef {
        let sql = match kind {
            Kind::Scalar(ScalarType::Text | ScalarType::Varchar(_)) => hand.odd_text(),
            Kind::Enum(_) | Kind::TextEnum(_) => {
                let label = self.label_of(kind).unwrap_or_default();
                if hand.choice(5, 2) == 0 {
                    hand.text(label)
                } else {
                    format!(
                        "{}{}::{}",
                        hand.text(label),
                        hand.remark(3),
                        self.type_in_query(kind)
                    )
                }
            }
            Kind::Enums(name) => {
                let label = self.first_label(name).unwrap_or_default();
                hand.text(&format!("{{\"{label}\"}}"))
            }
            Kind::Domain(name) if self.domain_sample(name) == "word" => hand.text("word"),
            Kind::Array(_) | Kind::Domains(_) => hand.text("{}"),
            Kind::Sql(_, value) => hand.text(value),
            Kind::Scalar(ScalarType::Integer) => format!("7{}+ 1", hand.remark(1)),
            _ => return column,
        };
        let sql = format!("{}{sql}{}", hand.remark(2), hand.last_remark());
        column.default(Expr::Sql(text(&sql)))
    }

    pub(super) fn type_in_query(&self, kind: &Kind) -> String {
        let sql_type = freehold::ir::SqlType::from(&self.sql_type(kind));
        Postgres.type_name(&sql_type).into_owned()
    }

    /// A condition over rows of the table in the const model.
    pub(super) fn condition_of(&self, table: &TableSpec, column: &str, hand: Option<Hand>) -> Expr {
        let mut columns = table.columns.iter();
        let found = columns.find(|own| own.name == column);
        match hand.zip(found) {
            Some((hand, found)) => Expr::Sql(text(&self.written(found, &table.name, hand))),
            None => self.condition(table, column),
        }
    }
}

/// A condition that a text differs from another one.
fn about_text(name: &str, hand: Hand) -> String {
    let (other, remark) = (hand.odd_text(), hand.remark(3));
    match hand.choice(6, 6) {
        0 => format!("{name} COLLATE \"C\"{remark}> {other}"),
        1 => format!("lower({remark}{name}) <>{remark}{other}"),
        2 => format!("({name} || {other}) <> {remark}''"),
        3 => format!("{other}{remark}<>{remark}{name}"),
        4 => format!("coalesce({name},{remark}{other}) <> text {other}"),
        _ => format!("{name}{remark}<>{remark}{other}"),
    }
}
