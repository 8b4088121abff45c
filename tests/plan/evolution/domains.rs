//! A domain that is added, gets other checks and another base, and is dropped.

use freehold::model::{
    BinaryOp, ColumnDef, DomainCheckDef, DomainDef, Expr, ScalarType, SqlType, TableName,
};
use freehold::plan::HazardKind::{BlockingLock, BreaksRunningCode, DataLoss, TableRewrite};

use super::change::{Change, Class};
use super::columns::drop_column;
use super::shop::{Shop, push};

const fn postcode(length: u32, checks: &'static [DomainCheckDef]) -> DomainDef {
    let base = SqlType::Scalar(ScalarType::Varchar(Some(length)));
    DomainDef::new(TableName::new(None, "postcode"), base).checks(checks)
}

const fn check(name: &'static str, condition: Expr) -> DomainCheckDef {
    DomainCheckDef {
        name: Some(name),
        condition,
    }
}

const VALUE: Expr = Expr::Column("value");
const LONG: DomainCheckDef = check(
    "chk_postcode_long",
    Expr::Binary(
        BinaryOp::Gt,
        &Expr::Call("length", &[VALUE]),
        &Expr::Number("3"),
    ),
);
const NO_SPACE: DomainCheckDef = check(
    "chk_postcode_no_space",
    Expr::Binary(BinaryOp::Ne, &VALUE, &Expr::Text(" ")),
);

static PLAIN: DomainDef = postcode(10, &[NO_SPACE]);
static CHECKED: DomainDef = postcode(10, &[LONG, NO_SPACE]);
static LESS_CHECKED: DomainDef = postcode(10, &[LONG]);
static LONGER: DomainDef = postcode(20, &[LONG]);

fn turn(shop: &mut Shop, domain: &'static DomainDef) {
    shop.column("addresses", "area", |column| {
        column.sql_type = SqlType::Domain(domain);
    });
}

pub(crate) const CHANGES: &[Change] = &[
    // A rewrite, although all rows are null: PostgreSQL compares them with the checks.
    Change::new(
        "column_of_a_domain_added",
        Class::Refused(&[TableRewrite]),
        |shop| {
            let mut column = ColumnDef::new::<Option<String>>("area");
            column.sql_type = SqlType::Domain(&PLAIN);
            push(&mut shop.table("addresses").columns, column);
        },
    )
    .rows_after("UPDATE addresses SET area = 'NW1 6XE' WHERE city = 'London'"),
    Change::new(
        "domain_check_added",
        Class::Refused(&[BlockingLock]),
        |shop| {
            turn(shop, &CHECKED);
        },
    )
    .fails(
        "UPDATE addresses SET area = 'NW' WHERE city = 'London'",
        "column \"area\" of table \"addresses\" contains values that violate the new constraint",
        "UPDATE addresses SET area = 'NW1 6XE' WHERE city = 'London'",
    ),
    Change::new("domain_check_dropped", Class::Safe, |shop| {
        turn(shop, &LESS_CHECKED);
    }),
    Change::new(
        "domain_grown",
        Class::Refused(&[DataLoss, TableRewrite]),
        |shop| turn(shop, &LONGER),
    ),
    Change::new(
        "column_of_a_domain_dropped",
        Class::Refused(&[BreaksRunningCode, DataLoss]),
        |shop| drop_column(shop, "addresses", "area"),
    )
    .loses(&["addresses.area"]),
];
