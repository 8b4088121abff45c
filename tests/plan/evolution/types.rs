//! Columns that get another type, and computed columns.

use freehold::model::{BinaryOp, ColumnDef, Expr, ScalarType, SqlType};
use freehold::plan::HazardKind::{BreaksRunningCode, DataLoss, SlowsQueries, TableRewrite};

use super::change::{Change, Class};
use super::columns::drop_column;
use super::shop::{Shop, push};

fn retype(shop: &mut Shop, table: &str, name: &str, to: ScalarType) {
    shop.column(table, name, |column| column.sql_type = SqlType::Scalar(to));
}

pub(crate) const CHANGES: &[Change] = &[
    Change::new("varchar_grown", Class::Caution(&[SlowsQueries]), |shop| {
        retype(shop, "addresses", "city", ScalarType::Varchar(Some(200)));
    }),
    Change::new("varchar_shrunk", Class::Refused(&[TableRewrite]), |shop| {
        retype(shop, "addresses", "city", ScalarType::Varchar(Some(150)));
    })
    .fails(
        "UPDATE addresses SET city = repeat('x', 160)",
        "value too long for type character varying(150)",
        "UPDATE addresses SET city = 'London'",
    ),
    // The document of the search is computed from it.
    Change::new(
        "varchar_grown_under_computed_column",
        Class::Refused(&[TableRewrite]),
        |shop| retype(shop, "products", "name", ScalarType::Varchar(Some(300))),
    ),
    Change::new("numeric_grown", Class::Caution(&[SlowsQueries]), |shop| {
        retype(
            shop,
            "coupons",
            "ceiling",
            ScalarType::Numeric(Some((10, 2))),
        );
    }),
    Change::new(
        "numeric_scale_changed",
        Class::Refused(&[TableRewrite]),
        |shop| {
            retype(
                shop,
                "coupons",
                "ceiling",
                ScalarType::Numeric(Some((12, 4))),
            );
        },
    ),
    // Risky, never in one deployment: integer becomes varchar.
    Change::new(
        "integer_becomes_varchar",
        Class::Refused(&[TableRewrite]),
        |shop| retype(shop, "coupons", "percent", ScalarType::Varchar(None)),
    ),
    Change::new(
        "varchar_becomes_integer",
        Class::Refused(&[DataLoss, TableRewrite]),
        |shop| retype(shop, "coupons", "percent", ScalarType::Integer),
    ),
    Change::new(
        "type_changed_under_a_view",
        Class::Refused(&[TableRewrite]),
        |shop| retype(shop, "order_items", "quantity", ScalarType::BigInt),
    ),
    Change::new(
        "computed_column_added",
        Class::Refused(&[TableRewrite]),
        |shop| {
            let column = ColumnDef::new::<Option<i64>>("total").generated(Expr::Binary(
                BinaryOp::Mul,
                &Expr::Column("quantity"),
                &Expr::Column("unit_price"),
            ));
            push(&mut shop.table("order_items").columns, column);
        },
    ),
    Change::new(
        "computed_column_changed",
        Class::Refused(&[TableRewrite]),
        |shop| {
            shop.column("order_items", "total", |column| {
                *column = column.generated(Expr::Binary(
                    BinaryOp::Mul,
                    &Expr::Column("unit_price"),
                    &Expr::Binary(BinaryOp::Add, &Expr::Column("quantity"), &Expr::Number("1")),
                ));
            });
        },
    )
    .loses(&["order_items.total"]),
    Change::new(
        "computed_column_dropped",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            drop_column(shop, "order_items", "total");
        },
    ),
];
