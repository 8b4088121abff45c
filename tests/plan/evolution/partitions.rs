//! A partitioned table: its changes also change its partitions.

use freehold::Table as _;
use freehold::model::{
    Action, ColumnDef, Expr, ForeignKeyDef, IndexDef, IndexPart, Ownership, PartitionBound,
    PartitionDef, PolicyCommand, PolicyDef, PrimaryKeyDef, Reference, ScalarType, SqlType,
    TableDef, TableName, TriggerDef, TriggerEvent, TriggerTiming, UniqueDef,
};
use freehold::plan::HazardKind::{
    AllowsNull, BlockingLock, BreaksRunningCode, DataLoss, GuaranteeLost, RightsChanged,
    TableRewrite,
};
use freehold::prelude::{DateTime, Utc, Uuid};

use super::change::{Change, Class};
use super::objects::TIDIER;
use super::shop::{edit, push};
use super::tables::USER;
use crate::schemas::shop::{OrderEvent, Product, ProductId};

const PRODUCT: ForeignKeyDef = ForeignKeyDef::new(
    &["product_id"],
    &[Product::COLUMNS.id.referenced_by::<ProductId>()],
    Action::Restrict,
);
const BY_PRODUCT: IndexDef = IndexDef::new(&[IndexPart::column("product_id")]);
const FEBRUARY: PartitionDef = PartitionDef::new(
    "order_events_2026_02",
    PartitionBound::Range(
        &[Expr::Text("2026-02-01 00:00:00+00")],
        &[Expr::Text("2026-03-01 00:00:00+00")],
    ),
);

/// Notes of an event, which is in a partition.
const EVENT_NOTES: TableDef = TableDef::new(
    TableName::new(None, "event_notes"),
    Ownership::Scope("user_id"),
    &[
        ColumnDef::new::<Uuid>("user_id"),
        ColumnDef::new::<Uuid>("event_id"),
        ColumnDef::new::<DateTime<Utc>>("event_at"),
    ],
    PrimaryKeyDef::new(&["user_id", "event_id", "event_at"]),
)
.foreign_keys(&[
    USER,
    ForeignKeyDef::new(
        &["event_id", "user_id", "event_at"],
        &[event("id"), event("user_id"), event("created_at")],
        Action::Cascade,
    ),
])
.indexes(&[IndexDef::new(&[
    IndexPart::column("event_id"),
    IndexPart::column("user_id"),
    IndexPart::column("event_at"),
])])
.allow(&["timestamps"]);

const fn event(column: &'static str) -> Reference {
    Reference {
        table: OrderEvent::DEF.name,
        ownership: OrderEvent::DEF.ownership,
        column,
        def: || OrderEvent::DEF,
    }
}

pub(crate) const CHANGES: &[Change] = &[
    // Existing rows of the month would prevent it.
    Change::new("partition_added", Class::Refused(&[BlockingLock]), |shop| {
        edit(&mut shop.table("order_events").partitions, |partitions| {
            partitions.insert(1, FEBRUARY);
        });
    })
    .fails(
        "UPDATE order_events SET created_at = '2026-02-05 00:00:00+00' WHERE created_at > '2026-03-01 00:00:00+00'",
        "would be violated by some row",
        "UPDATE order_events SET created_at = '2026-03-05 00:00:00+00' WHERE created_at > '2026-02-01 00:00:00+00'",
    ),
    Change::new("partitioned_column_added", Class::Safe, |shop| {
        push(&mut shop.table("order_events").columns, ColumnDef::new::<Option<Uuid>>("product_id"));
    }),
    Change::new("partitioned_column_with_volatile_default_added", Class::Refused(&[TableRewrite]), |shop| {
        let column = ColumnDef::new::<Uuid>("trace").default(Expr::Call("gen_random_uuid", &[]));
        push(&mut shop.table("order_events").columns, column);
    }),
    Change::new("partitioned_index_added", Class::Refused(&[BlockingLock]), |shop| {
        push(&mut shop.table("order_events").indexes, BY_PRODUCT);
    }),
    Change::new("partitioned_foreign_key_added", Class::Refused(&[BlockingLock]), |shop| {
        push(&mut shop.table("order_events").foreign_keys, PRODUCT);
    }),
    Change::new("partitioned_foreign_key_dropped", Class::Refused(&[GuaranteeLost]), |shop| {
        edit(&mut shop.table("order_events").foreign_keys, |keys| {
            keys.retain(|key| key.columns != ["product_id"]);
        });
    }),
    Change::new("partitioned_unique_added", Class::Refused(&[BlockingLock]), |shop| {
        push(&mut shop.table("order_events").uniques, UniqueDef::new(&["user_id", "trace", "created_at"]));
    }),
    Change::new("partitioned_unique_dropped", Class::Refused(&[GuaranteeLost]), |shop| {
        shop.table("order_events").uniques = &[];
    }),
    Change::new("partitioned_primary_key_changed", Class::Refused(&[BlockingLock, BreaksRunningCode]), |shop| {
        shop.table("order_events").primary_key = PrimaryKeyDef::new(&["id", "user_id", "created_at"]);
    }),
    Change::new("partitioned_policy_added", Class::Caution(&[RightsChanged]), |shop| {
        push(&mut shop.table("order_events").policies, PolicyDef::new("traced", PolicyCommand::Select)
            .restrictive()
            .using(Expr::IsNull { operand: &Expr::Column("trace"), negated: true }));
    }),
    Change::new("partitioned_column_type_changed_under_policy", Class::Refused(&[TableRewrite]), |shop| {
        shop.column("order_events", "trace", |column| {
            column.sql_type = SqlType::Scalar(ScalarType::Text);
            *column = column.default(Expr::Text("none"));
        });
    }),
    Change::new("partitioned_trigger_added", Class::Safe, |shop| {
        push(&mut shop.table("order_events").triggers, TriggerDef::new(
            "kept_as_is",
            TriggerTiming::After,
            &[TriggerEvent::Delete],
            || &TIDIER,
        ));
    }),
    Change::new("partitioned_trigger_dropped", Class::Safe, |shop| {
        shop.table("order_events").triggers = &[];
    }),
    Change::new("partitioned_column_made_nullable", Class::Caution(&[AllowsNull]), |shop| {
        shop.column("order_events", "trace", |column| column.nullable = true);
    }),
    Change::new("partitioned_column_made_required", Class::Safe, |shop| {
        shop.column("order_events", "trace", |column| column.nullable = false);
    }),
    Change::new("partitioned_comment_added", Class::Safe, |shop| {
        shop.column("order_events", "trace", |column| column.comment = Some("Where it came from."));
    }),
    Change::new("partitioned_column_renamed", Class::Refused(&[BreaksRunningCode]), |shop| {
        shop.column("order_events", "product_id", |column| {
            *column = ColumnDef::new::<Option<Uuid>>("about").renamed_from("product_id");
        });
        edit(&mut shop.table("order_events").indexes, |indexes| {
            let by_product = indexes.iter_mut().filter(|index| index.parts.len() == 1);
            by_product.for_each(|index| index.parts = &const { [IndexPart::column("about")] });
        });
    }),
    Change::new("partition_dropped", Class::Refused(&[DataLoss]), |shop| {
        edit(&mut shop.table("order_events").partitions, |partitions| {
            partitions.retain(|partition| partition.name != FEBRUARY.name);
        });
    }),
    Change::new("partition_referenced", Class::Safe, |shop| shop.add(&EVENT_NOTES)),
    Change::new("referenced_partition_added", Class::Refused(&[BlockingLock]), |shop| {
        edit(&mut shop.table("order_events").partitions, |partitions| {
            partitions.insert(1, FEBRUARY);
        });
    }),
    Change::new("referenced_partition_dropped", Class::Refused(&[DataLoss]), |shop| {
        edit(&mut shop.table("order_events").partitions, |partitions| {
            partitions.retain(|partition| partition.name != FEBRUARY.name);
        });
    }),
    Change::new("partition_no_longer_referenced", Class::Refused(&[DataLoss, BreaksRunningCode]), |shop| {
        shop.drop("event_notes");
    }),
    Change::new("partitioned_column_dropped", Class::Refused(&[DataLoss, BreaksRunningCode]), |shop| {
        let table = shop.table("order_events");
        edit(&mut table.columns, |columns| columns.retain(|column| column.name != "trace"));
        table.policies = &[];
    })
    .loses(&["order_events.trace"]),
];
