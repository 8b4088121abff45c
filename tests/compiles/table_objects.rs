//! Policies, triggers, the audit trail, secrets, transitions, search, monthly partitions and the view of active rows, in every form.

use freehold::model::{PolicyCommand, TriggerEvent, TriggerLevel, TriggerTiming, Weight};
use freehold::prelude::*;

mod functions {
    use freehold::prelude::*;

    #[derive(Function)]
    #[function(trigger, name = check_stock, body = "BEGIN RETURN NEW; END;")]
    pub struct CheckStock;
}

/// Neither `Clone` nor `PartialEq`.
#[derive(Debug, SqlEnum)]
pub enum OrderStatus {
    Pending,
    Confirmed,
    OnHold,
    r#Loop,
    After,
    Super,
}

#[derive(Table)]
#[table(name = orders, shared, audit, force_row_security, active_view)]
#[table(policy(name = readers, for = select, to(app_read, "app write"), using(id != current_setting("app.user_id") as uuid)))]
#[table(policy(name = writers, for = insert, to = app_write, with_check(status.is_in(OrderStatus::Pending, OrderStatus::OnHold))))]
#[table(policy(name = keepers, for = update, to = app_write, using_sql = "status <> 'after'", with_check_sql = "true AND id IS NOT NULL"))]
#[table(policy(name = nobody, restrictive, using = note.is_null()))]
#[table(trigger(name = check_stock, before(insert, update(quantity, note)), when(new.quantity > 0 && new.status == OrderStatus::Pending), function = functions::CheckStock, arguments("a", "it's")))]
#[table(trigger(name = changed, after(update), each = row, when(new.quantity != old.quantity || new.r#type.is_null()), function = functions::CheckStock))]
#[table(trigger(name = emptied, after(truncate, delete), each = statement, function = functions::CheckStock))]
#[table(trigger(name = in_sql, after(delete), when_sql = "OLD.quantity > 0", function = functions::CheckStock))]
#[table(search(note = a, r#type = b, language = "simple", column = words))]
#[table(check(document.is_null() || document.search("two words")))]
#[table(allow(timestamps, sensitive_column))]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[column(name = state, transitions(pending => Confirmed, on_hold; confirmed => r#loop, after, Super; Loop => pending;))]
    pub status: OrderStatus,
    #[column(transitions(pending => confirmed))]
    pub(crate) next: OrderStatus,
    pub quantity: i32,
    pub note: Option<String>,
    #[column(varchar(20), secret)]
    pub title: String,
    pub r#type: Option<String>,
    pub document: Option<TsVector>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}
schema!(pub SHOP = [Order], functions(functions::CheckStock), role(app_read), role("app write"), role(app_write));

#[test]
fn runs() {
    let table = Order::DEF;
    let commands: Vec<_> = table.policies.iter().map(|policy| policy.command).collect();
    assert_eq!(
        commands,
        [
            PolicyCommand::Select,
            PolicyCommand::Insert,
            PolicyCommand::Update,
            PolicyCommand::All
        ]
    );
    assert_eq!(table.policies[0].roles, ["app_read", "app write"]);
    let trigger = &table.triggers[0];
    assert_eq!(
        (trigger.timing, trigger.level),
        (TriggerTiming::Before, TriggerLevel::Row)
    );
    assert_eq!(
        trigger.events,
        [
            TriggerEvent::Insert,
            TriggerEvent::Update(&["quantity", "note"])
        ]
    );
    assert_eq!(
        ((trigger.function)().name.name, trigger.arguments),
        ("check_stock", &["a", "it's"][..])
    );
    assert!(table.audit && table.force_row_security);
    assert_eq!(table.active_view, Some("orders_active"));
    let search = table.search.expect("the table has a search");
    assert_eq!((search.column, search.language), ("words", "simple"));
    assert_eq!(
        (search.parts[1].column, search.parts[1].weight),
        ("type", Weight::B)
    );
    let status = table.column("state").expect("the column is there");
    assert_eq!(status.transitions[1].to, ["loop", "after", "super"]);
    assert!(table.column("title").is_some_and(|title| title.secret));

    let step = Order::status_transitions().confirmed().r#loop();
    assert_eq!((step.column, step.to.sql_label()), ("state", "loop"));
    Order::status_transitions().confirmed().after_();
    Order::status_transitions().confirmed().super_();
    Order::next_transitions().pending().confirmed();
    let next = Order::status_transitions().after(&OrderStatus::Pending);
    let labels: Vec<_> = next.iter().map(OrderStatus::sql_label).collect();
    assert_eq!(labels, ["confirmed", "on_hold"]);
    assert!(
        Order::status_transitions()
            .after(&OrderStatus::Super)
            .is_empty()
    );
    assert!(SHOP.validate().is_empty());
}
