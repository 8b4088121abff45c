//! Columns that are added, changed and dropped.

use freehold::model::{ColumnDef, Expr, ScalarType, SqlType};
use freehold::plan::HazardKind::{
    AllowsNull, BreaksRunningCode, DataLoss, FailsOnRows, FiresTriggers,
};
use freehold::prelude::Uuid;

use super::change::{Change, Class};
use super::shop::{Shop, edit, push};

pub(crate) fn drop_column(shop: &mut Shop, table: &str, name: &str) {
    edit(&mut shop.table(table).columns, |columns| {
        columns.retain(|column| column.name != name);
    });
}

pub(crate) const CHANGES: &[Change] = &[
    // Safe, always allowed: add a nullable column.
    Change::new("nullable_column_added", Class::Safe, |shop| {
        let mut column = ColumnDef::new::<Option<String>>("phone");
        column.sql_type = SqlType::Scalar(ScalarType::Varchar(Some(20)));
        push(&mut shop.table("users").columns, column);
    })
    .rows_after("UPDATE users SET phone = '555' WHERE name = 'Ada'"),
    // Safe, always allowed: add a column with a default.
    Change::new("column_with_default_added", Class::Safe, |shop| {
        let column = ColumnDef::new::<bool>("email_verified").default(Expr::Bool(false));
        push(&mut shop.table("users").columns, column);
    }),
    // A default that differs for each row would rewrite the table.
    Change::new(
        "column_with_volatile_default_added",
        Class::Caution(&[FiresTriggers]),
        |shop| {
            let column =
                ColumnDef::new::<Uuid>("barcode").default(Expr::Call("gen_random_uuid", &[]));
            push(&mut shop.table("products").columns, column);
        },
    )
    // The rows are filled by updates, which fire triggers.
    .loses(&["products.updated_at"]),
    Change::new("default_changed", Class::Safe, |shop| {
        shop.column("users", "email_verified", |column| {
            *column = column.default(Expr::Bool(true));
        });
    }),
    Change::new("default_dropped", Class::Safe, |shop| {
        shop.column("users", "email_verified", |column| column.default = None);
    }),
    // Safe: an existing column gets a default and forbids null.
    Change::new(
        "not_null_with_default_on_existing_column",
        Class::Caution(&[FiresTriggers]),
        |shop| {
            shop.column("users", "phone", |column| {
                column.nullable = false;
                *column = column.default(Expr::Text("unknown"));
            });
        },
    )
    .loses(&["users.phone", "users.updated_at"]),
    // Safe for the database. The readers must handle null before anything writes one.
    Change::new("null_allowed", Class::Caution(&[AllowsNull]), |shop| {
        shop.column("users", "phone", |column| column.nullable = true);
    }),
    // Safe if the code is deployed at the same time, which only a person can decide.
    Change::new(
        "column_renamed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            shop.column("users", "phone", |column| {
                let mut renamed =
                    ColumnDef::new::<Option<String>>("phone_number").renamed_from("phone");
                renamed.sql_type = column.sql_type;
                renamed.default = column.default;
                *column = renamed;
            });
        },
    ),
    // Risky, never in one deployment: a required column without a default.
    Change::new(
        "required_column_without_default_added",
        Class::Refused(&[FailsOnRows]),
        |shop| {
            push(
                &mut shop.table("coupons").columns,
                ColumnDef::new::<String>("campaign"),
            );
        },
    )
    .fails(
        "",
        "contains null values",
        "CREATE TEMP TABLE kept AS TABLE coupons; DELETE FROM coupons",
    )
    .rows_after("INSERT INTO coupons SELECT *, 'all' FROM kept; DROP TABLE kept"),
    // Risky, never in one deployment: remove a column that is used.
    Change::new(
        "used_column_dropped",
        Class::Refused(&[DataLoss, BreaksRunningCode]),
        |shop| drop_column(shop, "products", "barcode"),
    )
    .loses(&["products.barcode"]),
    // Impossible: drop a required column. If there are rows, the way back restores it without `NOT NULL`.
    Change::new(
        "required_column_dropped",
        Class::Refused(&[DataLoss, BreaksRunningCode]),
        |shop| drop_column(shop, "coupons", "campaign"),
    )
    .loses(&["coupons.campaign"])
    .comes_back_as(
        "column coupons.campaign text not null",
        "column coupons.campaign text",
    ),
];
