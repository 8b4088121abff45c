//! The SQL of `tests/fixtures`: inspection finds what is written there. The expected values were counted by hand.

use std::path::Path;

use freehold::inspect::{Inspected, Inspection};
use freehold::ir::{
    Column, Expr, Index, Partition, PartitionBound, PartitionBy, Query, ReferentialAction, Returns,
    RowSecurity, Schema, SqlType, Table, Trigger, TriggerEvent,
};
use freehold::model::{
    IndexMethod, PartitionStrategy, PolicyCommand, RoutineKind, ScalarType, SortOrder,
    TriggerLevel, TriggerTiming,
};
use freehold_test_support::Server;

use crate::facts::name;
use crate::{TestResult, inspected};

type Found = Result<Inspected, Box<dyn std::error::Error>>;

async fn fixture(file: &str) -> Found {
    let database = Server::shared().create_database("fixture")?;
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    database.psql_file(fixtures.join(format!("{file}.sql")))?;
    inspected(&database, &Inspection::default()).await
}

/// A table's name, and the number of its columns, uniques, checks, foreign keys, indexes, triggers and policies.
type Counts<'a> = (&'a str, [usize; 7]);

fn counts(schema: &Schema) -> Vec<Counts<'_>> {
    let counts = |table: &Table| {
        [
            table.columns.len(),
            table.uniques.len(),
            table.checks.len(),
            table.foreign_keys.len(),
            table.indexes.len(),
            table.triggers.len(),
            table.policies.len(),
        ]
    };
    let tables = schema.tables().iter();
    tables
        .map(|table| (table.name.name.as_str(), counts(table)))
        .collect()
}

fn table<'a>(schema: &'a Schema, wanted: &str) -> Result<&'a Table, String> {
    let mut tables = schema.tables().iter();
    let found = tables.find(|table| name(&table.name) == wanted);
    found.ok_or_else(|| format!("no table `{wanted}`"))
}

fn column<'a>(schema: &'a Schema, of: &str, wanted: &str) -> Result<&'a Column, String> {
    let mut columns = table(schema, of)?.columns.iter();
    let found = columns.find(|column| column.name == wanted);
    found.ok_or_else(|| format!("no column `{of}.{wanted}`"))
}

fn index<'a>(schema: &'a Schema, of: &str, wanted: &str) -> Result<&'a Index, String> {
    let mut indexes = table(schema, of)?.indexes.iter();
    let found = indexes.find(|index| index.name == wanted);
    found.ok_or_else(|| format!("no index `{wanted}` of `{of}`"))
}

fn sql(text: &str) -> Expr {
    Expr::Sql(text.to_owned())
}

#[tokio::test]
async fn tasks_is_found_as_it_is_written() -> TestResult {
    let found = fixture("tasks").await?;
    let schema = &found.schema;
    assert_eq!(
        counts(schema),
        [
            ("tasks", [9, 0, 1, 1, 5, 1, 0]),
            ("users", [4, 1, 0, 0, 0, 1, 0])
        ]
    );
    let enums = schema.enums().iter();
    let enums: Vec<_> = enums
        .map(|found| (name(&found.name), found.labels.join(" ")))
        .collect();
    let wanted = [
        ("task_priority", "low medium high"),
        ("task_status", "todo in_progress done"),
    ];
    assert_eq!(
        enums,
        wanted.map(|(name, labels)| (name.to_owned(), labels.to_owned()))
    );
    let tasks = table(schema, "tasks")?;
    assert_eq!(
        tasks.comment.as_deref(),
        Some("User tasks with priority and status tracking")
    );
    let key = tasks
        .primary_key
        .as_ref()
        .map(|key| (key.name.as_str(), key.columns.join(" ")));
    assert_eq!(key, Some(("tasks_pkey", "id".to_owned())));
    let title = column(schema, "tasks", "title")?;
    assert_eq!(
        title.sql_type,
        SqlType::Scalar(ScalarType::Varchar(Some(200)))
    );
    assert!(!title.nullable);
    let due_date = column(schema, "tasks", "due_date")?;
    assert_eq!(due_date.sql_type, SqlType::Scalar(ScalarType::Date));
    assert!(due_date.nullable);
    let status = column(schema, "tasks", "status")?;
    assert_eq!(status.default, Some(sql("'todo'::public.task_status")));
    assert_eq!(
        status.comment.as_deref(),
        Some("Current status: todo, in_progress, or done")
    );
    let key = &tasks.foreign_keys[0];
    assert_eq!(key.name, "tasks_user_id_fkey");
    assert_eq!(name(&key.target), "users");
    assert_eq!(key.on_delete, ReferentialAction::Cascade);
    assert_eq!(key.on_update, ReferentialAction::NoAction);
    assert_eq!(tasks.checks[0].name, "title_not_empty");
    let trigger = Trigger {
        name: "update_tasks_updated_at".to_owned(),
        timing: TriggerTiming::Before,
        events: vec![TriggerEvent::Update(Vec::new())],
        level: TriggerLevel::Row,
        when: None,
        function: schema.routines()[0].name.clone(),
        arguments: Vec::new(),
    };
    assert_eq!(tasks.triggers, [trigger]);
    assert_eq!(schema.routines()[0].name.name, "update_updated_at_column");
    assert_eq!(schema.routines()[0].returns, Returns::Trigger);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn orders_is_found_as_it_is_written() -> TestResult {
    let found = fixture("orders").await?;
    let schema = &found.schema;
    assert_eq!(
        counts(schema),
        [
            ("addresses", [1, 0, 0, 0, 0, 0, 0]),
            ("order_items", [5, 0, 2, 2, 2, 0, 0]),
            ("order_status_history", [5, 0, 0, 2, 2, 0, 0]),
            ("orders", [10, 0, 2, 3, 4, 1, 1]),
            ("payment_methods", [1, 0, 0, 0, 0, 0, 0]),
            ("products", [1, 0, 0, 0, 0, 0, 0]),
            ("users", [1, 0, 0, 0, 0, 0, 0]),
        ]
    );
    let amount = column(schema, "orders", "total_amount")?;
    assert_eq!(
        amount.sql_type,
        SqlType::Scalar(ScalarType::Numeric(Some((10, 2))))
    );
    let newest = index(schema, "orders", "idx_orders_created_at")?;
    assert_eq!(newest.parts[0].value, Expr::Column("created_at".to_owned()));
    assert_eq!(newest.parts[0].order, SortOrder::Descending);
    assert_eq!(newest.parts[0].nulls, None);
    let orders = table(schema, "orders")?;
    assert_eq!(orders.row_security, Some(RowSecurity { force: false }));
    assert_eq!(orders.policies[0].command, PolicyCommand::Select);
    assert!(orders.policies[0].using.is_some() && orders.policies[0].with_check.is_none());
    let view = &schema.views()[0];
    assert_eq!(name(&view.name), "v_order_summary");
    assert!(
        matches!(&view.query, Query::Source(query) if query.starts_with("SELECT o.id") && !query.ends_with(';')),
        "{:?}",
        view.query
    );
    let routines: Vec<_> = schema
        .routines()
        .iter()
        .map(|routine| name(&routine.name))
        .collect();
    assert_eq!(routines, ["sp_create_order", "trigger_set_updated_at"]);
    let arguments = schema.routines()[0].arguments.iter();
    let arguments: Vec<_> = arguments
        .map(|argument| (argument.name.as_str(), &argument.sql_type))
        .collect();
    let (uuid, jsonb) = (
        SqlType::Scalar(ScalarType::Uuid),
        SqlType::Scalar(ScalarType::Jsonb),
    );
    assert_eq!(
        arguments,
        [
            ("p_user_id", &uuid),
            ("p_shipping_address_id", &uuid),
            ("p_payment_method_id", &uuid),
            ("p_items", &jsonb)
        ]
    );
    assert_eq!(schema.routines()[0].returns, Returns::Value(uuid));
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn patterns_is_found_as_it_is_written() -> TestResult {
    let found = fixture("patterns").await?;
    let schema = &found.schema;
    assert_eq!(
        counts(schema),
        [
            ("audit_log", [9, 0, 0, 1, 2, 0, 0]),
            ("order_items", [6, 1, 1, 2, 2, 0, 0]),
            ("orders", [6, 0, 0, 1, 3, 0, 0]),
            ("products", [4, 0, 0, 0, 0, 0, 0]),
            ("resources", [3, 0, 0, 0, 1, 0, 0]),
            ("settings", [4, 0, 0, 1, 1, 0, 0]),
            ("users", [10, 1, 0, 0, 0, 1, 0]),
        ]
    );
    let document = index(schema, "settings", "idx_settings_preferences")?;
    assert_eq!(document.method, IndexMethod::Gin);
    assert_eq!(document.parts[0].operator_class, None);
    let active = index(schema, "resources", "idx_resources_active")?;
    assert_eq!(active.filter, Some(sql("(deleted_at IS NULL)")));
    let pair = &table(schema, "order_items")?.uniques[0];
    assert_eq!(pair.name, "order_items_order_id_product_id_key");
    assert_eq!(pair.columns, ["order_id", "product_id"]);
    let address = column(schema, "audit_log", "ip_address")?;
    assert_eq!(address.sql_type, SqlType::Scalar(ScalarType::Inet));
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn storefront_is_found_as_it_is_written() -> TestResult {
    let found = fixture("storefront").await?;
    let schema = &found.schema;
    assert_eq!(
        counts(schema),
        [
            ("addresses", [1, 0, 0, 0, 0, 0, 0]),
            ("audit_log", [11, 0, 0, 1, 4, 0, 0]),
            ("categories", [1, 0, 0, 0, 0, 0, 0]),
            ("order_items", [9, 0, 2, 2, 2, 0, 0]),
            ("orders", [17, 1, 2, 3, 4, 0, 1]),
            ("products", [17, 1, 3, 1, 6, 0, 0]),
            ("users", [11, 1, 1, 0, 3, 1, 0]),
        ]
    );
    let extensions: Vec<_> = schema
        .extensions()
        .iter()
        .map(|found| (&*found.name, &found.schema))
        .collect();
    assert_eq!(extensions, [("pgcrypto", &None)]);
    let sequences: Vec<_> = schema
        .sequences()
        .iter()
        .map(|found| name(&found.name))
        .collect();
    assert_eq!(
        sequences,
        ["order_number_seq"],
        "that of the serial column is not one"
    );
    let id = column(schema, "audit_log", "id")?;
    assert!(id.serial && !id.nullable && id.default.is_none());
    assert_eq!(id.sql_type, SqlType::Scalar(ScalarType::BigInt));
    let tags = column(schema, "products", "tags")?;
    assert_eq!(
        tags.sql_type,
        SqlType::Array(Box::new(SqlType::Scalar(ScalarType::Text)))
    );
    let log = table(schema, "audit_log")?;
    let by = PartitionBy {
        strategy: PartitionStrategy::Range,
        columns: vec!["created_at".to_owned()],
    };
    assert_eq!(log.partition_by, Some(by));
    let january = Partition {
        name: "audit_log_2025_01".to_owned(),
        bound: PartitionBound::Range(
            vec![sql("'2025-01-01 00:00:00'")],
            vec![sql("'2025-02-01 00:00:00'")],
        ),
    };
    assert_eq!(log.partitions, [january]);
    let views: Vec<_> = schema
        .views()
        .iter()
        .map(|view| (name(&view.name), view.materialized))
        .collect();
    let wanted = [
        ("mv_product_performance", true),
        ("v_user_order_summary", false),
    ];
    assert_eq!(
        views,
        wanted.map(|(name, stored)| (name.to_owned(), stored))
    );
    let of_view: Vec<_> = schema.views()[0]
        .indexes
        .iter()
        .map(|index| &index.name)
        .collect();
    assert_eq!(of_view, ["mv_product_performance_product_id_idx"]);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn storefront_routines_and_rights_are_found() -> TestResult {
    let found = fixture("storefront").await?;
    let schema = &found.schema;
    let routines: Vec<_> = schema
        .routines()
        .iter()
        .map(|found| (name(&found.name), found.kind))
        .collect();
    let wanted = [
        ("calculate_order_total", RoutineKind::Function),
        ("generate_order_number", RoutineKind::Function),
        ("process_order", RoutineKind::Procedure),
        ("update_updated_at_column", RoutineKind::Function),
    ];
    assert_eq!(routines, wanted.map(|(name, kind)| (name.to_owned(), kind)));
    let process = &schema.routines()[2];
    let out: Vec<_> = process
        .arguments
        .iter()
        .map(|argument| (&*argument.name, argument.out))
        .collect();
    assert_eq!(
        out,
        [
            ("order_id_param", false),
            ("success", true),
            ("message", true)
        ]
    );
    assert_eq!(process.execute, None, "everybody may call it");
    // Seven tables, a partition and two views.
    for (role, privileges) in [("app_admin", 7), ("app_read", 1), ("app_write", 3)] {
        let of_role = schema.grants().iter().filter(|grant| grant.to == role);
        let counts: Vec<_> = of_role.map(|grant| grant.privileges.len()).collect();
        assert_eq!(counts, [privileges; 10], "rights of `{role}`");
    }
    assert_eq!(schema.grants().len(), 30);
    let roles: Vec<_> = schema
        .roles()
        .iter()
        .map(|role| (&*role.name, role.login))
        .collect();
    assert_eq!(
        roles,
        [
            ("app_admin", false),
            ("app_read", false),
            ("app_write", false)
        ]
    );
    assert_eq!(table(schema, "orders")?.policies[0].roles, ["app_write"]);
    Ok(())
}

#[tokio::test]
async fn ecommerce_is_found_as_it_is_written() -> TestResult {
    let found = fixture("ecommerce").await?;
    let schema = &found.schema;
    assert_eq!(
        counts(schema),
        [
            ("audit_logs", [10, 0, 0, 1, 2, 0, 0]),
            ("inventory", [9, 1, 3, 1, 1, 0, 0]),
            ("inventory_transactions", [8, 0, 0, 3, 4, 0, 0]),
            ("order_items", [7, 1, 3, 2, 2, 0, 0]),
            ("orders", [16, 1, 10, 3, 3, 0, 0]),
            ("payments", [9, 1, 3, 2, 3, 0, 0]),
            ("products", [11, 1, 0, 0, 3, 0, 0]),
            ("shipments", [9, 2, 0, 1, 0, 0, 0]),
            ("user_addresses", [12, 0, 0, 1, 2, 0, 0]),
            ("user_payment_methods", [11, 2, 1, 1, 2, 0, 0]),
            ("users", [11, 1, 3, 0, 2, 0, 0]),
        ]
    );
    assert_eq!(schema.enums().len(), 8);
    let available = column(schema, "inventory", "quantity_available")?;
    assert_eq!(available.default, None);
    assert_eq!(
        available.generated,
        Some(sql("(quantity_on_hand - quantity_reserved)"))
    );
    let once = index(schema, "payments", "payments_one_success")?;
    assert!(once.unique && once.filter.is_some());
    let key = table(schema, "audit_logs")?.primary_key.as_ref();
    assert_eq!(
        key.map(|key| key.columns.join(" ")).as_deref(),
        Some("id created_at")
    );
    let january = &table(schema, "audit_logs")?.partitions[0];
    let (from, to) = ("'2024-01-01 00:00:00+00'", "'2024-02-01 00:00:00+00'");
    assert_eq!(
        january.bound,
        PartitionBound::Range(vec![sql(from)], vec![sql(to)])
    );
    let carrier = column(schema, "shipments", "carrier")?;
    assert!(matches!(&carrier.sql_type, SqlType::Enum(found) if name(found) == "carrier"));
    assert_eq!(found.unsupported, []);
    Ok(())
}
