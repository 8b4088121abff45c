//! Checks, unique constraints, foreign keys and indexes.

use freehold::Table as _;
use freehold::model::{
    Action, BinaryOp, CheckDef, ColumnDef, Expr, ForeignKeyDef, IndexDef, IndexPart, UniqueDef,
};
use freehold::plan::HazardKind::{ChecksRows, FailsOnRows, GuaranteeLost, SlowsQueries};
use freehold::prelude::Uuid;

use super::change::{Change, Class};
use super::shop::{edit, push};
use super::tables::USER;
use crate::schemas::shop::{Address, AddressId, Product, ProductId, UserId};

const fn percent(op: BinaryOp, number: &'static Expr) -> CheckDef {
    CheckDef::new(
        &["percent"],
        Expr::Binary(op, &Expr::Column("percent"), number),
    )
    .name("chk_percent")
}

const PRODUCT: ForeignKeyDef = ForeignKeyDef::new(
    &["product_id"],
    &[Product::COLUMNS.id.referenced_by::<ProductId>()],
    Action::NoAction,
);

const GIFT_ADDRESS: ForeignKeyDef = ForeignKeyDef::new(
    &["user_id", "gift_address_id"],
    &[
        Address::COLUMNS.user_id.referenced_by::<UserId>(),
        Address::COLUMNS.id.referenced_by::<AddressId>(),
    ],
    Action::SetNull(&["gift_address_id"]),
);

const BY_DAY: IndexDef =
    IndexDef::new(&[IndexPart::column("created_at")]).name("idx_orders_by_day");

const BY_DAY_AND_NUMBER: IndexDef = IndexDef::new(&[
    IndexPart::column("created_at").desc(),
    IndexPart::column("number"),
])
.name("idx_orders_by_day");

const BY_PRODUCT: IndexDef = IndexDef::new(&[IndexPart::column("product_id")]);
const BY_CODE: IndexDef = IndexDef::new(&[IndexPart::column("code")]);
const BY_USER: IndexDef = IndexDef::new(&[IndexPart::column("user_id")]);
const BY_GIFT_ADDRESS: IndexDef = IndexDef::new(&[
    IndexPart::column("user_id"),
    IndexPart::column("gift_address_id"),
]);

pub(crate) const CHANGES: &[Change] = &[
    Change::new("check_added", Class::Caution(&[ChecksRows]), |shop| {
        push(&mut shop.table("coupons").checks, percent(BinaryOp::Gt, &Expr::Number("0")));
    })
    .fails(
        "UPDATE coupons SET percent = -1 WHERE code = 'SPRING'",
        "is violated by some row",
        "UPDATE coupons SET percent = 10 WHERE code = 'SPRING'",
    ),
    Change::new("check_changed", Class::Caution(&[ChecksRows]), |shop| {
        shop.table("coupons").checks = &const { [percent(BinaryOp::Ge, &Expr::Number("5"))] };
    }),
    // No index is built between the old check and the new one.
    Change::new("check_changed_and_index_added", Class::Caution(&[ChecksRows]), |shop| {
        let table = shop.table("coupons");
        table.checks = &const { [percent(BinaryOp::Ge, &Expr::Number("6"))] };
        push(&mut table.indexes, BY_CODE);
    }),
    Change::new(
        "check_dropped",
        Class::Refused(&[GuaranteeLost]),
        |shop| shop.table("coupons").checks = &[],
    ),
    // Risky: unique over duplicates. Without duplicates it is always allowed; only the rows can tell.
    Change::new("unique_added", Class::Caution(&[ChecksRows]), |shop| {
        push(&mut shop.table("coupons").uniques, UniqueDef::new(&["code"]));
    })
    .fails(
        "INSERT INTO coupons (code, percent) VALUES ('SPRING', 30)",
        "could not create unique index",
        "DELETE FROM coupons WHERE percent = 30",
    ),
    // The old constraint stays until the new one is built.
    Change::new("unique_changed", Class::Caution(&[ChecksRows]), |shop| {
        shop.table("coupons").uniques =
            &const { [UniqueDef::new(&["code", "percent"]).name("uq_coupons_code")] };
    }),
    Change::new(
        "unique_dropped",
        Class::Refused(&[GuaranteeLost]),
        |shop| shop.table("coupons").uniques = &[],
    ),
    // Risky: a foreign key over orphans.
    Change::new("foreign_key_added", Class::Caution(&[ChecksRows]), |shop| {
        let table = shop.table("coupons");
        push(&mut table.foreign_keys, PRODUCT);
        push(&mut table.indexes, BY_PRODUCT);
    })
    .fails(
        "UPDATE coupons SET product_id = '00000000-0000-0000-0000-0000000000ff' WHERE code = 'SUMMER'",
        "violates foreign key constraint",
        "UPDATE coupons SET product_id = NULL WHERE code = 'SUMMER'",
    ),
    Change::new("foreign_key_action_changed", Class::Caution(&[ChecksRows]), |shop| {
        edit(&mut shop.table("coupons").foreign_keys, |keys| {
            for key in keys {
                key.on_delete = Action::Restrict;
            }
        });
    }),
    // Never in one deployment: remove a foreign key.
    Change::new(
        "foreign_key_dropped",
        Class::Refused(&[GuaranteeLost]),
        |shop| shop.table("coupons").foreign_keys = &[],
    ),
    Change::new("composite_foreign_key_added", Class::Caution(&[ChecksRows]), |shop| {
        let table = shop.table("orders");
        push(&mut table.columns, ColumnDef::new::<Option<Uuid>>("gift_address_id"));
        push(&mut table.foreign_keys, GIFT_ADDRESS);
        push(
            &mut table.indexes,
            BY_GIFT_ADDRESS,
        );
    }),
    Change::new(
        "required_column_with_foreign_key_added",
        Class::Refused(&[FailsOnRows]),
        |shop| {
            let table = shop.table("coupons");
            push(&mut table.columns, ColumnDef::new::<Uuid>("user_id"));
            push(&mut table.foreign_keys, USER);
            push(&mut table.indexes, BY_USER);
            push(&mut table.allow, "unscoped_reference");
            push(&mut table.allow, "cascade_from_shared");
        },
    )
    .fails("", "contains null values", "CREATE TEMP TABLE kept AS TABLE coupons; DELETE FROM coupons")
    .rows_after(
        "INSERT INTO coupons SELECT *, '00000000-0000-0000-0000-00000000000a' FROM kept; DROP TABLE kept",
    ),
    // Safe, always allowed: add an index.
    Change::new("index_added", Class::Safe, |shop| {
        push(&mut shop.table("orders").indexes, BY_DAY);
    }),
    Change::new("index_changed", Class::Safe, |shop| {
        edit(&mut shop.table("orders").indexes, |indexes| {
            indexes.retain(|index| index.name != BY_DAY.name);
            indexes.push(BY_DAY_AND_NUMBER);
        });
    }),
    // Allowed with caution: drop an index.
    Change::new("index_dropped", Class::Caution(&[SlowsQueries]), |shop| {
        edit(&mut shop.table("orders").indexes, |indexes| {
            indexes.retain(|index| index.name != BY_DAY.name);
        });
    }),
];
