//! Tables that are created, renamed, split and dropped.

use freehold::Table as _;
use freehold::model::{
    Action, ColumnDef, Expr, ForeignKeyDef, IndexDef, IndexPart, Ownership, PrimaryKeyDef,
    Reference, ScalarType, SqlType, TableDef, TableName,
};
use freehold::plan::HazardKind::{BreaksRunningCode, DataLoss, RightsChanged};
use freehold::prelude::{Decimal, Uuid};

use super::change::{Change, Class};
use super::shop::edit;
use crate::schemas::shop::{Order, Product, User};

pub(crate) const USER: ForeignKeyDef = ForeignKeyDef::new(
    &["user_id"],
    &[User::COLUMNS
        .id
        .referenced_by::<crate::schemas::shop::UserId>()],
    Action::Cascade,
);

/// Has only its own key, and no foreign key.
const COUPONS: TableDef = TableDef::new(
    TableName::new(None, "coupons"),
    Ownership::Shared,
    &[
        ID,
        ColumnDef::new::<String>("code"),
        ColumnDef::new::<i32>("percent"),
        CEILING,
        ColumnDef::new::<Option<Uuid>>("product_id"),
    ],
    PrimaryKeyDef::new(&["id"]),
)
.allow(&["uuid_key", "timestamps"]);

const CEILING: ColumnDef = {
    let mut column = ColumnDef::new::<Option<Decimal>>("ceiling");
    column.sql_type = SqlType::Scalar(ScalarType::Numeric(Some((8, 2))));
    column
};

const ID: ColumnDef = ColumnDef::new::<Uuid>("id").default(Expr::Call("gen_random_uuid", &[]));

/// Reviews belong to an order of the same user, and to a product.
static REVIEWS: TableDef = TableDef::new(
    TableName::new(None, "reviews"),
    Ownership::Scope("user_id"),
    &[
        ColumnDef::new::<Uuid>("user_id"),
        ID,
        ColumnDef::new::<Uuid>("order_id"),
        ColumnDef::new::<Uuid>("product_id"),
        ColumnDef::new::<String>("words"),
    ],
    PrimaryKeyDef::new(&["user_id", "id"]),
)
.indexes(&[
    IndexDef::new(&[IndexPart::column("user_id"), IndexPart::column("order_id")]),
    IndexDef::new(&[IndexPart::column("product_id")]),
])
.foreign_keys(&[
    USER,
    ForeignKeyDef::new(
        &["user_id", "order_id"],
        &[
            Order::COLUMNS
                .user_id
                .referenced_by::<crate::schemas::shop::UserId>(),
            Order::COLUMNS
                .id
                .referenced_by::<crate::schemas::shop::OrderId>(),
        ],
        Action::Cascade,
    ),
    ForeignKeyDef::new(
        &["product_id"],
        &[Product::COLUMNS
            .id
            .referenced_by::<crate::schemas::shop::ProductId>()],
        Action::Restrict,
    ),
])
.allow(&["timestamps"]);

const fn review(column: &'static str) -> Reference {
    Reference {
        table: REVIEWS.name,
        ownership: REVIEWS.ownership,
        column,
        def: || &REVIEWS,
    }
}

/// Replies belong to a review.
const REPLIES: TableDef = TableDef::new(
    TableName::new(None, "replies"),
    Ownership::Scope("user_id"),
    &[
        ColumnDef::new::<Uuid>("user_id"),
        ID,
        ColumnDef::new::<Uuid>("review_id"),
    ],
    PrimaryKeyDef::new(&["user_id", "id"]),
)
.indexes(&[IndexDef::new(&[
    IndexPart::column("user_id"),
    IndexPart::column("review_id"),
])])
.foreign_keys(&[
    USER,
    ForeignKeyDef::new(
        &["user_id", "review_id"],
        &[review("user_id"), review("id")],
        Action::Cascade,
    ),
])
.allow(&["timestamps"]);

/// Half of the columns of `addresses`.
const COUNTRIES: TableDef = TableDef::new(
    TableName::new(None, "address_countries"),
    Ownership::Scope("user_id"),
    &[
        ColumnDef::new::<Uuid>("user_id"),
        ColumnDef::new::<Uuid>("address_id"),
        ColumnDef::new::<String>("country"),
    ],
    PrimaryKeyDef::new(&["user_id", "address_id"]),
)
.foreign_keys(&[USER])
.allow(&["timestamps"]);

const COUPON_ROWS: &str = "
    INSERT INTO coupons (id, code, percent, ceiling, product_id) VALUES
        ('00000000-0000-0000-0000-0000000000f1', 'SPRING', 10, 12.50, '00000000-0000-0000-0000-0000000000d1'),
        ('00000000-0000-0000-0000-0000000000f2', 'SUMMER', 20, NULL, NULL)";

const REVIEW_ROWS: &str = "
    INSERT INTO reviews (user_id, order_id, product_id, words) VALUES ('00000000-0000-0000-0000-00000000000a',
        '00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000d1', 'It writes well.')";

/// The tables that later changes use.
pub(crate) const FIRST: &[Change] = &[
    // Safe: create a table.
    Change::new("table_created", Class::Safe, |shop| shop.add(&COUPONS)).rows_after(COUPON_ROWS),
    // Always allowed: a foreign key of a new table.
    Change::new("tables_created_with_foreign_keys", Class::Safe, |shop| {
        shop.add(&REVIEWS);
        shop.add(&REPLIES);
    })
    .rows_after(REVIEW_ROWS),
];

pub(crate) const LAST: &[Change] = &[
    // Shared rows become rows of users.
    Change::new(
        "row_security_turned_on",
        Class::Caution(&[RightsChanged]),
        |shop| {
            let table = shop.table("coupons");
            table.ownership = Ownership::Scope("user_id");
        },
    ),
    // Impossible, never in one deployment: change the primary key.
    Change::new(
        "primary_key_changed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| shop.table("coupons").primary_key = PrimaryKeyDef::new(&["user_id", "id"]),
    ),
    // Every foreign key to it is added again.
    Change::new(
        "primary_key_changed_under_foreign_keys",
        Class::Refused(&[BreaksRunningCode]),
        |shop| shop.table("reviews").primary_key = PrimaryKeyDef::new(&["id", "user_id"]),
    ),
    // A view that groups by the key depends on it, and the foreign key of a partitioned table is added again at once.
    Change::new(
        "primary_key_changed_under_a_view",
        Class::Refused(&[BreaksRunningCode]),
        |shop| shop.table("orders").primary_key = PrimaryKeyDef::new(&["id", "user_id"]),
    ),
    // Impossible: rename a table.
    Change::new(
        "table_renamed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            let table = shop.table("coupons");
            table.name = TableName::new(None, "vouchers");
            table.renamed_from = Some("coupons");
        },
    )
    .loses(&["coupons"]),
    // Impossible: split a table.
    Change::new(
        "table_split",
        Class::Refused(&[DataLoss, BreaksRunningCode]),
        |shop| {
            edit(&mut shop.table("addresses").columns, |columns| {
                columns.retain(|column| column.name != "country");
            });
            shop.add(&COUNTRIES);
        },
    )
    .loses(&["addresses.country"])
    .comes_back_as(
        "column addresses.country character(2) not null",
        "column addresses.country character(2)",
    ),
    // Never in one deployment: drop a table.
    Change::new(
        "table_dropped",
        Class::Refused(&[DataLoss, BreaksRunningCode]),
        |shop| {
            shop.drop("vouchers");
        },
    )
    .loses(&["vouchers"]),
    Change::new(
        "tables_dropped_together",
        Class::Refused(&[DataLoss, BreaksRunningCode]),
        |shop| {
            shop.drop("replies");
            shop.drop("reviews");
        },
    )
    .loses(&["replies", "reviews"]),
];
