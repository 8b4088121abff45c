//! Enums: native types, and texts with a check.

use freehold::model::{ColumnDef, EnumDef, Expr, LabelDef, SqlType};
use freehold::plan::HazardKind::{
    AllowsLabel, BlockingLock, BreaksRunningCode, ChecksRows, DataLoss, TableRewrite,
};

use super::change::{Change, Class};
use super::shop::{Shop, edit, push};

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident: $type_name:literal, $native:literal, [$($label:expr),*]) => {
        $(#[$doc])*
        static $name: EnumDef = EnumDef {
            schema: None,
            name: $type_name,
            native: $native,
            comment: None,
            labels: &[$($label),*],
        };
    };
}

const fn label(label: &'static str) -> LabelDef {
    LabelDef::new(label)
}

labels!(KIND: "coupon_kind", true, [label("percentage"), label("gift")]);
labels!(KIND_WITH_AMOUNT: "coupon_kind", true, [label("percentage"), label("amount"), label("gift")]);
labels!(KIND_RENAMED: "coupon_kind", true,
    [label("share").renamed_from("percentage"), label("amount"), label("gift")]);
labels!(KIND_WITHOUT_AMOUNT: "coupon_kind", true, [label("share"), label("gift")]);
labels!(STATE: "coupon_state", false, [label("draft"), label("open")]);
labels!(STATE_WITH_CLOSED: "coupon_state", false, [label("draft"), label("open"), label("closed")]);
labels!(STATE_RENAMED: "coupon_state", false,
    [label("draft"), label("active").renamed_from("open"), label("closed")]);
labels!(ORDER_STATUS: "order_status", false, [
    label("pending"), label("confirmed"), label("shipped"), label("delivered"), label("cancelled"), label("returned")
]);
labels!(ORDER_STATUS_RENAMED: "order_status", false, [
    label("pending"), label("confirmed"), label("shipped"), label("delivered"),
    label("canceled").renamed_from("cancelled"), label("returned")
]);

fn kind(shop: &mut Shop, to: &'static EnumDef) {
    shop.column("coupons", "kind", |column| {
        column.sql_type = SqlType::Enum(to);
    });
}

fn state(shop: &mut Shop, to: &'static EnumDef) {
    shop.column("coupons", "state", |column| column.sql_enum = Some(to));
}

pub(crate) const CHANGES: &[Change] = &[
    Change::new("native_enum_created", Class::Safe, |shop| {
        let mut column = ColumnDef::new::<Option<String>>("kind");
        column.sql_type = SqlType::Enum(&KIND);
        push(&mut shop.table("coupons").columns, column);
    })
    .rows_after("UPDATE coupons SET kind = 'percentage'"),
    Change::new(
        "native_label_added",
        Class::Caution(&[AllowsLabel]),
        |shop| {
            kind(shop, &KIND_WITH_AMOUNT);
        },
    ),
    Change::new(
        "native_label_renamed",
        Class::Refused(&[BreaksRunningCode]),
        |shop| kind(shop, &KIND_RENAMED),
    )
    .turns(&["coupons.kind"]),
    Change::new(
        "native_label_removed",
        Class::Refused(&[DataLoss, TableRewrite, BreaksRunningCode]),
        |shop| kind(shop, &KIND_WITHOUT_AMOUNT),
    )
    .fails(
        "UPDATE coupons SET kind = 'amount' WHERE code = 'SUMMER'",
        "invalid input value for enum",
        "UPDATE coupons SET kind = 'share'",
    ),
    Change::new("text_enum_created", Class::Caution(&[ChecksRows]), |shop| {
        let mut column = ColumnDef::new::<String>("state").default(Expr::Text("draft"));
        column.sql_enum = Some(&STATE);
        push(&mut shop.table("coupons").columns, column);
    })
    .rows_after("UPDATE coupons SET state = 'open' WHERE code = 'SUMMER'"),
    Change::new(
        "text_label_added",
        Class::Caution(&[ChecksRows, AllowsLabel]),
        |shop| {
            state(shop, &STATE_WITH_CLOSED);
        },
    ),
    Change::new(
        "text_label_renamed",
        Class::Refused(&[BlockingLock, BreaksRunningCode]),
        |shop| state(shop, &STATE_RENAMED),
    )
    .turns(&["coupons.state"]),
    Change::new(
        "text_label_added_where_states_follow",
        Class::Caution(&[ChecksRows, AllowsLabel]),
        |shop| {
            for table in ["orders", "order_events"] {
                shop.column(table, "status", |column| {
                    column.sql_enum = Some(&ORDER_STATUS);
                });
            }
        },
    ),
    Change::new(
        "text_label_renamed_where_states_follow",
        Class::Refused(&[BlockingLock, BreaksRunningCode]),
        |shop| {
            for table in ["orders", "order_events"] {
                shop.column(table, "status", |column| {
                    column.sql_enum = Some(&ORDER_STATUS_RENAMED);
                });
            }
            shop.column("orders", "status", |column| {
                edit(&mut column.transitions, |transitions| {
                    for transition in transitions.iter_mut() {
                        edit(&mut transition.to, |labels| {
                            for label in labels.iter_mut().filter(|label| **label == "cancelled") {
                                *label = "canceled";
                            }
                        });
                    }
                });
            });
        },
    )
    .turns(&["orders.status", "order_events.status"])
    .loses(&["orders.updated_at"]),
];
