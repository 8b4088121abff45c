//! A table whose partitions are all in the schema: slow work is done for each partition while others read and write.

use freehold::Table as _;
use freehold::model::{
    Action, ColumnDef, ForeignKeyDef, IndexDef, IndexPart, PrimaryKeyDef, UniqueDef,
};
use freehold::plan::HazardKind::{BreaksRunningCode, ChecksRows, DataLoss, GuaranteeLost};
use freehold::prelude::Uuid;

use super::change::{Change, Class};
use super::shop::{edit, push};
use crate::schemas::shop::{Product, ProductId};

const TABLE: &str = "order_events";
const SELLS: ForeignKeyDef = ForeignKeyDef::new(
    &["product_id"],
    &[Product::COLUMNS.id.referenced_by::<ProductId>()],
    Action::Restrict,
);

const fn by_product(parts: &'static [IndexPart]) -> IndexDef {
    IndexDef::new(parts).name("by_product")
}

pub(crate) const CHANGES: &[Change] = &[
    Change::new("monthly_partitions_ended", Class::Safe, |shop| {
        shop.table(TABLE).monthly_partitions = None;
    }),
    Change::new("known_partitions_columns_added", Class::Safe, |shop| {
        push(
            &mut shop.table(TABLE).columns,
            ColumnDef::new::<Option<Uuid>>("product_id"),
        );
        push(
            &mut shop.table(TABLE).columns,
            ColumnDef::new::<Option<i32>>("place"),
        );
    })
    .rows_after(
        "UPDATE order_events SET product_id = (SELECT id FROM products ORDER BY id LIMIT 1)",
    ),
    Change::new("known_partitions_index_added", Class::Safe, |shop| {
        push(
            &mut shop.table(TABLE).indexes,
            by_product(&const { [IndexPart::column("product_id")] }),
        );
    }),
    // The old index stays until the new one is built.
    Change::new("known_partitions_index_changed", Class::Safe, |shop| {
        edit(&mut shop.table(TABLE).indexes, |indexes| {
            indexes.retain(|index| index.name != Some("by_product"));
            indexes.push(by_product(
                &const {
                    [
                        IndexPart::column("product_id"),
                        IndexPart::column("place").desc(),
                    ]
                },
            ));
        });
    }),
    Change::new(
        "known_partitions_unique_index_added",
        Class::Caution(&[ChecksRows]),
        |shop| {
            const PARTS: &[IndexPart] = &[
                IndexPart::column("created_at"),
                IndexPart::column("id").desc(),
            ];
            push(
                &mut shop.table(TABLE).indexes,
                IndexDef::new(PARTS).name("once").unique(),
            );
        },
    ),
    Change::new(
        "known_partitions_unique_added",
        Class::Caution(&[ChecksRows]),
        |shop| {
            push(
                &mut shop.table(TABLE).uniques,
                UniqueDef::new(&["product_id", "created_at"]),
            );
        },
    )
    .fails(
        "INSERT INTO order_events (user_id, order_id, status, created_at, product_id)
         SELECT user_id, order_id, status, created_at, product_id FROM order_events LIMIT 1",
        "could not create unique index",
        "DELETE FROM order_events AS e USING order_events AS f
         WHERE (e.created_at, e.product_id) = (f.created_at, f.product_id) AND e.id > f.id",
    ),
    Change::new(
        "known_partitions_foreign_key_added",
        Class::Caution(&[ChecksRows]),
        |shop| {
            push(&mut shop.table(TABLE).foreign_keys, SELLS);
        },
    )
    .fails(
        "UPDATE order_events SET product_id = gen_random_uuid()",
        "violates foreign key constraint",
        "UPDATE order_events SET product_id = (SELECT id FROM products ORDER BY id LIMIT 1)",
    ),
    // Its constraints are renamed too, also in the partitions.
    Change::new(
        "known_partitions_column_renamed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            shop.column(TABLE, "product_id", |column| {
                *column = ColumnDef::new::<Option<Uuid>>("sold").renamed_from("product_id");
            });
            let table = shop.table(TABLE);
            edit(&mut table.foreign_keys, |keys| {
                let sells = keys.iter_mut().filter(|key| key.columns == ["product_id"]);
                sells.for_each(|key| key.columns = &["sold"]);
            });
            table.uniques = &const { [UniqueDef::new(&["sold", "created_at"])] };
            edit(&mut table.indexes, |indexes| {
                let by_product = indexes
                    .iter_mut()
                    .filter(|index| index.name == Some("by_product"));
                by_product.for_each(|index| {
                    index.name = Some("by_sold");
                    index.parts =
                        &const { [IndexPart::column("sold"), IndexPart::column("place").desc()] };
                });
            });
        },
    ),
    Change::new(
        "known_partitions_old_names_come_again",
        Class::Caution(&[ChecksRows]),
        |shop| {
            let table = shop.table(TABLE);
            push(
                &mut table.columns,
                ColumnDef::new::<Option<Uuid>>("product_id"),
            );
            push(&mut table.foreign_keys, SELLS);
            push(
                &mut table.uniques,
                UniqueDef::new(&["product_id", "created_at"]),
            );
            push(
                &mut table.indexes,
                by_product(&const { [IndexPart::column("product_id")] }),
            );
        },
    ),
    // The old key stays until the new one is built.
    Change::new(
        "known_partitions_primary_key_changed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            shop.table(TABLE).primary_key = PrimaryKeyDef::new(&["created_at", "user_id", "id"]);
        },
    ),
    Change::new(
        "known_partitions_columns_dropped",
        Class::Refused(&[DataLoss, BreaksRunningCode, GuaranteeLost]),
        |shop| {
            let table = shop.table(TABLE);
            table.uniques = &[];
            edit(&mut table.indexes, |indexes| {
                indexes
                    .retain(|index| !matches!(index.name, Some("by_product" | "by_sold" | "once")));
            });
            edit(&mut table.foreign_keys, |keys| {
                keys.retain(|key| !matches!(key.columns, ["product_id" | "sold"]));
            });
            edit(&mut table.columns, |columns| {
                columns.retain(|column| !matches!(column.name, "product_id" | "sold" | "place"));
            });
        },
    )
    .loses(&[
        "order_events.product_id",
        "order_events.sold",
        "order_events.place",
    ]),
];
