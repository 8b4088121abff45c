//! Comments, policies, triggers, functions, views, sequences and partitions.

use freehold::model::{
    Expr, Language, Ownership, PolicyCommand, PolicyDef, Returns, RoutineDef, SequenceDef,
    TableName, TriggerDef, TriggerEvent, TriggerTiming, ViewDef,
};
use freehold::plan::HazardKind::{BreaksRunningCode, RightsChanged};

use super::change::{Change, Class};
use super::shop::push;

const fn touch(body: &'static str) -> RoutineDef {
    RoutineDef::function(
        TableName::new(None, "tidy_coupon"),
        &[],
        Returns::Trigger,
        Language::PlPgSql,
        body,
    )
    .search_path("public, pg_temp")
}

static TIDY: RoutineDef = touch("BEGIN\n    NEW.code := upper(NEW.code);\n    RETURN NEW;\nEND");
pub(crate) static TIDIER: RoutineDef =
    touch("BEGIN\n    NEW.code := upper(trim(NEW.code));\n    RETURN NEW;\nEND");

const fn trigger(function: fn() -> &'static RoutineDef) -> TriggerDef {
    TriggerDef::new(
        "tidied",
        TriggerTiming::Before,
        &[TriggerEvent::Insert, TriggerEvent::Update(&["code"])],
        function,
    )
}

const EXPENSIVE: ViewDef = ViewDef::new(
    TableName::new(None, "expensive_products"),
    Ownership::Shared,
    &[],
    "SELECT id, name FROM products WHERE price > 1000",
);

pub(crate) const CHANGES: &[Change] = &[
    Change::new("comment_changed", Class::Safe, |shop| {
        shop.table("users").comment = Some("People who buy, or only look.");
        shop.column("products", "price", |column| {
            column.comment = Some("In cents, without tax.");
        });
    }),
    Change::new("trigger_added", Class::Safe, |shop| {
        shop.routines.push(TIDY);
        push(&mut shop.table("coupons").triggers, trigger(|| &TIDY));
    }),
    Change::new("trigger_function_changed", Class::Safe, |shop| {
        shop.routines.retain(|routine| routine.name != TIDY.name);
        shop.routines.push(TIDIER);
        shop.table("coupons").triggers = &const { [trigger(|| &TIDIER)] };
    }),
    Change::new("policy_added", Class::Caution(&[RightsChanged]), |shop| {
        push(
            &mut shop.table("orders").policies,
            PolicyDef::new("numbered", PolicyCommand::Select)
                .restrictive()
                .using(Expr::Sql("number > 0")),
        );
    }),
    Change::new("policy_changed", Class::Caution(&[RightsChanged]), |shop| {
        shop.table("orders").policies = &const {
            [PolicyDef::new("numbered", PolicyCommand::Select)
                .restrictive()
                .using(Expr::Sql("number > 1"))]
        };
    }),
    Change::new("policy_dropped", Class::Caution(&[RightsChanged]), |shop| {
        shop.table("orders").policies = &[];
    }),
    Change::new("view_added", Class::Safe, |shop| shop.views.push(EXPENSIVE)),
    Change::new("view_changed", Class::Safe, |shop| {
        for view in shop
            .views
            .iter_mut()
            .filter(|view| view.name == EXPENSIVE.name)
        {
            view.query = "SELECT id, name, price FROM products WHERE price > 2000";
        }
    }),
    Change::new(
        "view_dropped",
        Class::Refused(&[BreaksRunningCode]),
        |shop| {
            shop.views.retain(|view| view.name != EXPENSIVE.name);
        },
    ),
    Change::new("sequence_added", Class::Safe, |shop| {
        shop.sequences
            .push(SequenceDef::new(TableName::new(None, "invoice_numbers")).start(1000));
    }),
    Change::new("sequence_changed", Class::Safe, |shop| {
        for sequence in &mut shop.sequences {
            *sequence = sequence.increment(10).cache(20);
        }
    }),
];
