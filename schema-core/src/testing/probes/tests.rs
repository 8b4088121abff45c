//! Tests which joins are tried.

use super::*;
use crate::model::{Action, PrimaryKeyDef, Reference as Target, TableName};

const ORDERS: TableName = TableName::new(None, "orders");

static ORDER: TableDef = TableDef::new(
    ORDERS,
    Ownership::Shared,
    &[
        ColumnDef::new::<String>("region"),
        ColumnDef::new::<i32>("number"),
    ],
    PrimaryKeyDef::new(&["region", "number"]),
);

static LINE: TableDef = TableDef::new(
    TableName::new(None, "lines"),
    Ownership::Shared,
    &[
        ColumnDef::new::<i32>("id"),
        ColumnDef::new::<i32>("order_number"),
        ColumnDef::new::<String>("order_region"),
    ],
    PrimaryKeyDef::new(&["id"]),
)
.foreign_keys(&[ForeignKeyDef::new(
    &["order_region", "order_number"],
    &[to_order("region"), to_order("number")],
    Action::Cascade,
)]);

const fn to_order(column: &'static str) -> Target {
    Target {
        table: ORDERS,
        ownership: Ownership::Shared,
        column,
        def: || &ORDER,
    }
}

fn meta(def: &'static TableDef) -> &'static Meta {
    Box::leak(Box::new(Meta::table(def)))
}

fn names(of: &'static Meta, tables: &[&'static Meta]) -> Vec<String> {
    let case = Case {
        meta: of,
        own: Vec::new(),
        theirs: Vec::new(),
    };
    let probes = joins(&case, tables);
    probes.into_iter().map(|probe| probe.name).collect()
}

#[test]
fn tables_are_joined_along_foreign_keys_of_several_columns() {
    let tables = [meta(&ORDER), meta(&LINE)];
    let along = "along [\"order_region\", \"order_number\"]";
    let of_lines = [
        format!("join orders {along}"),
        format!("left join orders {along}"),
    ];
    assert_eq!(names(tables[1], &tables), of_lines);
    let of_orders = [
        format!("join of children in lines {along}"),
        format!("left join of children in lines {along}"),
    ];
    assert_eq!(names(tables[0], &tables), of_orders);
}

/// The database would refuse a wrong join, with and without another owner's rows. So it would prove nothing.
#[test]
fn such_a_join_compares_each_column() {
    let (order, line) = (meta(&ORDER), meta(&LINE));
    let on = matching(&Reference::of_key(line, 0, &LINE.foreign_keys[0]), order, 1);
    let mut pairs = Vec::new();
    on.each_conjunct(&mut |conjunct| pairs.push(columns(conjunct)));
    assert_eq!(pairs, [Some((2, 0)), Some((1, 1))]);
}

/// The indexes of the two columns that an equation compares.
fn columns(equation: &Node) -> Option<(usize, usize)> {
    match equation {
        Node::Binary(BinaryOp::Eq, left, right) => match (&**left, &**right) {
            (Node::Column(left), Node::Column(right)) => Some((left.position, right.position)),
            _ => None,
        },
        _ => None,
    }
}
