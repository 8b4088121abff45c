//! The support for tests of applications: databases, factories, and the proof that no schema here reveals another
//! owner's rows.

#![cfg(feature = "testing")]
#![allow(missing_docs, dead_code, unreachable_pub)] // The structs of the schemas; no code reads their fields.

use std::error::Error;

use freehold::model::{Isolation, RowSecurityDef, SchemaDef};
use freehold::prelude::*;
use freehold::testing::{Report, TestDatabase, TestingError, assert_isolated, assert_isolated_by};
use freehold_test_support::Server;
use tokio::sync::Mutex;

#[path = "../examples/schemas/mod.rs"]
mod schemas;

#[path = "queries/deliveries.rs"]
mod deliveries;

#[path = "queries/backstage.rs"]
mod backstage;

use schemas::shop::{Order, OrderItem, Product, SHOP, UserId};

type TestResult = Result<(), Box<dyn Error>>;

/// Roles belong to the whole cluster; one test at a time creates them.
static ROLES: Mutex<()> = Mutex::const_new(());

fn admin_url() -> String {
    format!(
        "postgres://postgres@127.0.0.1:{}/postgres",
        Server::shared().port()
    )
}

/// Without its own grants: they let an administrator truncate, which the rules of row-level security refuse.
static STOREFRONT: SchemaDef = schemas::storefront::STOREFRONT.grants(&[]);

const ROW_SECURITY: Isolation = Isolation::RowSecurity(
    RowSecurityDef::new()
        .role("testing_app")
        .login("testing_login")
        .owner("testing_owner"),
);

/// In both modes; asserts that each proof tried something.
async fn is_isolated(schema: &'static SchemaDef, tables: usize) -> TestResult {
    let _one = ROLES.lock().await;
    for isolation in [Isolation::Predicate, ROW_SECURITY] {
        let report = assert_isolated_by(schema, isolation, &admin_url()).await?;
        is_thorough(&report, tables);
    }
    Ok(())
}

fn is_thorough(report: &Report, tables: usize) {
    assert_eq!(report.tables, tables, "{report:?}");
    assert!(report.statements >= tables * 15, "{report:?}");
    assert!(report.rows_of_the_other >= tables / 2, "{report:?}");
}

#[tokio::test]
async fn the_shop_is_isolated() -> TestResult {
    let by_itself = {
        let _one = ROLES.lock().await;
        assert_isolated(&SHOP, &admin_url()).await?
    };
    is_thorough(&by_itself, 6);
    is_isolated(&SHOP, 6).await
}

#[tokio::test]
async fn tasks_are_isolated() -> TestResult {
    is_isolated(&schemas::tasks::TASKS, 2).await
}

#[tokio::test]
async fn orders_are_isolated() -> TestResult {
    is_isolated(&schemas::orders::ORDERS, 5).await
}

#[tokio::test]
async fn the_patterns_are_isolated() -> TestResult {
    is_isolated(&schemas::patterns::PATTERNS, 4).await
}

#[tokio::test]
async fn the_storefront_is_isolated() -> TestResult {
    is_isolated(&STOREFRONT, 2).await
}

#[tokio::test]
async fn ecommerce_is_isolated() -> TestResult {
    is_isolated(&schemas::ecommerce::ECOMMERCE, 7).await
}

/// Includes joins along foreign keys of several columns.
#[tokio::test]
async fn deliveries_are_isolated() -> TestResult {
    is_isolated(&deliveries::DELIVERIES, 4).await
}

/// Without its own grants: they name a role of its own isolation.
static BACKSTAGE: SchemaDef = backstage::BACKSTAGE.grants(&[]);

/// Three of the tables and the view are internal.
#[tokio::test]
async fn internal_tables_are_isolated() -> TestResult {
    is_isolated(&BACKSTAGE, 6).await
}

#[tokio::test]
async fn a_factory_creates_internal_rows_for_references_to_them() -> TestResult {
    let _one = ROLES.lock().await;
    let database = TestDatabase::new(&backstage::BACKSTAGE, &admin_url()).await?;
    let mut factory = database.factory().await?;
    let org = backstage::OrgId::from(Uuid::from_u128(0xa));
    let member: backstage::Member = factory.row(&org).await?;
    let session: backstage::Session = factory.shared_row().await?;
    let all = database.db().unscoped("looks at what was made");
    let person = backstage::Person::get(member.person_id)
        .fetch_optional(&all)
        .await?;
    assert!(person.is_some(), "the person that {member:?} refers to");
    let session = backstage::Session::get(session.id)
        .fetch_optional(&all)
        .await?;
    assert!(session.is_some(), "the session that was made");
    Ok(())
}

/// The application has a right on an internal table, and a policy that shows it the rows.
mod exposed {
    use freehold::prelude::*;

    #[derive(Table, Debug, Clone)]
    #[table(name = users, owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key, default = gen_random_uuid())]
        pub id: Uuid,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = sessions, internal, allow(timestamps, granted_internal, policy_always_true))]
    #[table(policy(name = everybody, using(true)))]
    pub struct Session {
        #[column(primary_key, default = gen_random_uuid())]
        pub id: Uuid,
        #[column(references = User::id, on_delete = cascade, index)]
        pub user_id: Uuid,
    }

    schema!(
        pub EXPOSED = [User, Session],
        isolation(role = testing_app, login = testing_login, owner = testing_owner),
        grant(select, on = tables(Session), to = testing_app),
    );
}

#[tokio::test]
async fn an_internal_table_that_the_application_reads_is_a_leak() -> TestResult {
    let _one = ROLES.lock().await;
    let found = assert_isolated(&exposed::EXPOSED, &admin_url()).await;
    let Err(TestingError::Leak(leak)) = found else {
        return Err(format!("not found: {found:?}").into());
    };
    assert_eq!(
        (leak.table, leak.statement.as_str()),
        ("sessions", "SELECT count(*) FROM sessions")
    );
    Ok(())
}

/// A schema that is not isolated: its view counts the notes of all users, and only predicates restrict it.
mod leaking {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
    pub struct UserId(Uuid);

    #[derive(Table, Debug, Clone)]
    #[table(name = users, owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key, default = gen_random_uuid())]
        pub id: UserId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = notes, scope = user_id, primary_key(user_id, number), allow(timestamps, uuid_key))]
    pub struct Note {
        #[column(references = User::id, on_delete = cascade)]
        pub user_id: UserId,
        pub number: i32,
    }

    #[derive(View, Debug, Clone)]
    #[view(
        name = note_counts,
        scope = user_id,
        query = "SELECT id AS user_id, (SELECT count(*) FROM notes) AS notes FROM users"
    )]
    pub struct NoteCount {
        pub user_id: UserId,
        pub notes: i64,
    }

    schema!(pub LEAKING = [User, Note], views(NoteCount), isolation = predicate);
}

#[tokio::test]
async fn a_view_that_counts_the_rows_of_all_users_is_a_leak() -> TestResult {
    let _one = ROLES.lock().await;
    let found = assert_isolated(&leaking::LEAKING, &admin_url()).await;
    let Err(TestingError::Leak(leak)) = found else {
        return Err(format!("not found: {found:?}").into());
    };
    assert_eq!(leak.table, "note_counts");
    assert!(leak.to_string().contains("alone:"), "{leak}");
    // Row-level security restricts the view too, since it reads with the rights of the querying role.
    assert_isolated_by(&leaking::LEAKING, ROW_SECURITY, &admin_url()).await?;
    Ok(())
}

/// Views whose computations fail on a row of the other owner before PostgreSQL checks the owner of the row. The author
/// of the schema writes a view's own conditions, so no statement can evaluate them after the owner's condition.
mod failing {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
    pub struct UserId(Uuid);

    #[derive(Table, Debug, Clone)]
    #[table(name = users, owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key, default = gen_random_uuid())]
        pub id: UserId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = orders, scope = user_id, allow(timestamps, uuid_key))]
    pub struct Order {
        #[column(primary_key)]
        pub id: i32,
        #[column(references = User::id, on_delete = cascade, index)]
        pub user_id: UserId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = lines, scope(through = order_id), allow(timestamps, uuid_key))]
    pub struct Line {
        #[column(primary_key)]
        pub id: i32,
        #[column(references = Order::id, on_delete = cascade, index)]
        pub order_id: i32,
        pub amount: String,
        pub quantity: i32,
    }

    /// Safe: its columns are computed only for own rows.
    #[derive(View, Debug, Clone)]
    #[view(
        name = amounts,
        scope = user_id,
        query = "SELECT o.user_id, l.amount::integer AS amount, 100 / l.quantity AS ratio FROM lines AS l JOIN orders AS o ON o.id = l.order_id"
    )]
    pub struct Amount {
        pub user_id: UserId,
        pub amount: i32,
        pub ratio: i32,
    }

    /// Not safe: its own condition is evaluated for every row.
    #[derive(View, Debug, Clone)]
    #[view(
        name = large_amounts,
        scope = user_id,
        query = "SELECT o.user_id, l.id FROM lines AS l JOIN orders AS o ON o.id = l.order_id WHERE 100 / l.quantity > 5"
    )]
    pub struct LargeAmount {
        pub user_id: UserId,
        pub id: i32,
    }

    schema!(pub GUARDED = [User, Order, Line], views(Amount), isolation = predicate);
    schema!(pub FAILING = [User, Order, Line], views(LargeAmount), isolation = predicate);
}

/// Without the `CASE` around conditions over a view, and around conditions that can fail, this finds a leak.
#[tokio::test]
async fn computed_columns_of_a_view_are_no_leak() -> TestResult {
    let _one = ROLES.lock().await;
    let report = assert_isolated(&failing::GUARDED, &admin_url()).await?;
    assert_eq!(report.tables, 4, "{report:?}");
    Ok(())
}

#[tokio::test]
async fn a_view_whose_own_condition_fails_is_a_leak() -> TestResult {
    let _one = ROLES.lock().await;
    let found = assert_isolated(&failing::FAILING, &admin_url()).await;
    let Err(TestingError::Leak(leak)) = found else {
        return Err(format!("not found: {found:?}").into());
    };
    assert_eq!(leak.table, "large_amounts");
    assert!(leak.beside.contains("division by zero"), "{leak}");
    assert_isolated_by(&failing::FAILING, ROW_SECURITY, &admin_url()).await?;
    Ok(())
}

/// An owner sees only the own rows that reference a shared row: joined, and loaded in the same statement or another
/// one.
#[tokio::test]
async fn rows_that_reference_shared_rows_are_restricted_to_their_owner() -> TestResult {
    static BY_PREDICATE: SchemaDef = SHOP.isolation(Isolation::Predicate);
    let _one = ROLES.lock().await;
    for schema in [&SHOP, &BY_PREDICATE] {
        let database = TestDatabase::new(schema, &admin_url()).await?;
        let of = |n| UserId::from(Uuid::from_u128(n));
        let item: OrderItem = database.factory().await?.row(&of(7)).await?;
        let product = item.product_id;
        for (owner, expected) in [(7, 1), (8, 0)] {
            let scope = database.db().scope(of(owner));
            let along = OrderItem::COLUMNS.product_id;
            let joined = Product::select()
                .join_children(along)
                .fetch_all(&scope)
                .await?;
            let left = Product::select().left_join_children(along);
            let left = left.fetch_all(&scope).await?;
            let got = Product::get(product).with(OrderItem::select(), |item| item.product_id);
            let got = got.fetch_optional(&scope).await?;
            let some = OrderItem::select().limit(3);
            let by_two = Product::get(product).with(some, |item| item.product_id);
            let by_two = by_two.fetch_optional(&scope).await?;
            let many = Product::select().with(OrderItem::select(), |item| item.product_id);
            let many = many.fetch_all(&scope).await?;
            let found = [
                joined.len(),
                left.iter().filter(|(_, item)| item.is_some()).count(),
                got.map_or(0, |(_, items)| items.len()),
                by_two.map_or(0, |(_, items)| items.len()),
                many.iter().map(|(_, items)| items.len()).sum(),
            ];
            assert_eq!(
                found, [expected; 5],
                "owner {owner}, {:?}",
                schema.isolation
            );
        }
        database.close().await;
    }
    Ok(())
}

/// The proof finds a shared view over the rows of all users, though the schema allows it by name.
#[tokio::test]
async fn a_shared_view_over_owned_rows_is_a_leak() -> TestResult {
    let _one = ROLES.lock().await;
    let found = assert_isolated(&seen::SEEN, &admin_url()).await;
    let Err(TestingError::Leak(leak)) = found else {
        return Err(format!("not found: {found:?}").into());
    };
    assert_eq!(leak.table, "all_notes");
    Ok(())
}

/// A view that shows the rows of all users.
mod seen {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
    pub struct UserId(Uuid);

    #[derive(Table, Debug, Clone)]
    #[table(name = users, owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key, default = gen_random_uuid())]
        pub id: UserId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = notes, scope = user_id, primary_key(user_id, number), allow(timestamps, uuid_key))]
    pub struct Note {
        #[column(references = User::id, on_delete = cascade)]
        pub user_id: UserId,
        pub number: i32,
    }

    #[derive(View, Debug, Clone)]
    #[view(name = all_notes, shared, allow(unscoped_view), query = "SELECT user_id, number FROM notes")]
    pub struct AllNote {
        pub user_id: UserId,
        pub number: i32,
    }

    schema!(pub SEEN = [User, Note], views(AllNote), isolation = predicate);
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own() -> TestResult {
    let _one = ROLES.lock().await;
    let first = TestDatabase::new(&SHOP, &admin_url()).await?;
    let second = TestDatabase::new(&SHOP, &admin_url()).await?;
    let owner = UserId::from(Uuid::from_u128(7));
    first.factory().await?.row::<Order, _>(&owner).await?;
    let count = |database: &TestDatabase| {
        let scope = database.db().scope(owner);
        async move { Order::select().count(&scope).await }
    };
    let own = format!("freehold\\_test\\_%\\_{}\\_%", std::process::id());
    let ours = format!("SELECT count(*) FROM pg_database WHERE datname LIKE '{own}'");
    let admin = Server::shared().create_database("testing")?;
    assert_eq!(admin.psql(&ours)?, "2");
    assert_eq!(count(&first).await?, 1);
    assert_eq!(count(&second).await?, 0);
    first.close().await;
    drop(second);
    assert_eq!(admin.psql(&ours)?, "0", "a database is left");
    Ok(())
}

#[tokio::test]
async fn a_factory_creates_valid_rows_with_what_they_reference() -> TestResult {
    let _one = ROLES.lock().await;
    let database = TestDatabase::new(&SHOP, &admin_url()).await?;
    let owner = UserId::from(Uuid::from_u128(7));
    let mut factory = database.factory().await?.value("products", "sku", "TEA");
    let item = factory.row::<OrderItem, _>(&owner).await?;
    let another = factory.row::<Order, _>(&owner).await?;
    assert_eq!(item.user_id, owner);
    assert_ne!(another.id, item.order_id);
    let scope = database.db().scope(owner);
    let (order, items) = Order::get(item.order_id)
        .with(OrderItem::select(), |item| item.order_id)
        .fetch_optional(&scope)
        .await?
        .ok_or("the order of the item is not there")?;
    assert_eq!((order.user_id, items.len()), (owner, 1));
    assert!(Product::by_sku("TEA").exists(database.db()).await?);
    Ok(())
}
