//! What a view or an expression computes for another owner's row. If only the predicates of the statements restrict the
//! rows, PostgreSQL may compute it before it checks the owner of the row.
//!
//! User `B` has rows on which every computation fails. Each control is the same condition as plain SQL, which fails
//! with a value of `B`.

use freehold::prelude::*;
use freehold_test_support::{Database, Server};

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(i64);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps, uuid_key))]
pub struct User {
    #[column(primary_key)]
    pub id: UserId,
}

#[derive(Table, Debug, Clone)]
#[table(name = orders, scope = user_id, allow(timestamps, uuid_key))]
pub struct Order {
    #[column(primary_key)]
    pub id: i32,
    #[column(references = User::id, on_delete = cascade, index)]
    pub user_id: UserId,
    pub quantity: i32,
}

#[derive(Table, Debug, Clone)]
#[table(name = lines, scope(through = order_id), allow(timestamps, uuid_key, single_column_reference))]
pub struct Line {
    #[column(primary_key)]
    pub id: i32,
    #[column(references = Order::id, on_delete = cascade, index)]
    pub order_id: i32,
    pub amount: String,
    pub quantity: i32,
    #[column(references = Order::id, on_delete = cascade, index)]
    pub other_order_id: Option<i32>,
}

/// A view over a joined table, which has the owner.
#[derive(View, Debug, Clone)]
#[view(
    name = amounts,
    scope = user_id,
    query = "SELECT o.user_id, l.id, l.amount::integer AS amount, 100 / l.quantity AS ratio FROM lines AS l JOIN orders AS o ON o.id = l.order_id"
)]
pub struct Amount {
    pub user_id: UserId,
    pub id: i32,
    pub amount: i32,
    pub ratio: i32,
}

/// A view over one table, which has the owner.
#[derive(View, Debug, Clone)]
#[view(
    name = ratios,
    scope = user_id,
    query = "SELECT user_id, id, 100 / quantity AS ratio FROM orders"
)]
pub struct Ratio {
    pub user_id: UserId,
    pub id: i32,
    pub ratio: i32,
}

schema!(pub SUMS = [User, Order, Line], views(Amount, Ratio), isolation = predicate);
schema!(
    pub HELD_SUMS = [User, Order, Line],
    views(Amount, Ratio),
    isolation(role = sums_app, login = sums_login, owner = sums_owner),
);

const ROWS: &str = "\
    INSERT INTO users (id) VALUES (1), (2);
    INSERT INTO orders (id, user_id, quantity) VALUES (1, 1, 5), (2, 1, 4), (3, 2, 0), (4, 2, 0);
    INSERT INTO lines (id, order_id, amount, quantity)
        VALUES (1, 1, '7', 10), (2, 2, '8', 20), (3, 3, 'SECRET OF B', 0), (4, 4, 'SECRET OF B', 0);
    ANALYZE";

struct World {
    database: Database,
    db: Db,
    a: Scope<UserId>,
}

impl World {
    async fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("computed")?;
        let url = Db::setup(&SUMS, &database.url()).await?;
        database.psql(ROWS)?;
        let db = Db::builder(&url).schema(&SUMS).connect().await?;
        let a = db.scope(UserId::from(1));
        Ok(Self { database, db, a })
    }

    /// Runs the attack as plain SQL, and asserts that it fails with a value of `B`.
    fn control(&self, condition: &str, of_b: &str) {
        let seen = self.database.psql(condition);
        let failed = seen.err().map(|error| error.to_string());
        assert!(
            failed.as_ref().is_some_and(|failed| failed.contains(of_b)),
            "`{condition}` does not fail with `{of_b}`: {failed:?}"
        );
    }
}

const SECRET: &str = "SECRET OF B";
const DIVISION: &str = "division by zero";

#[tokio::test]
async fn a_condition_over_a_view_is_evaluated_only_for_own_rows() -> TestResult {
    let world = World::new().await?;
    let me = &world.a;
    world.control(
        "SELECT count(*) FROM amounts WHERE amount > 1 AND user_id = 1",
        SECRET,
    );
    let counts = [
        Amount::select()
            .filter(|row| row.amount.gt(1))
            .count(me)
            .await,
        Amount::select()
            .filter(|row| row.amount.is_not_null())
            .count(me)
            .await,
        Amount::select()
            .filter(|row| row.amount.is_in([7, 8]))
            .count(me)
            .await,
        Amount::select()
            .filter(|row| row.amount.between(1, 9))
            .count(me)
            .await,
        Amount::select()
            .filter(|row| !(row.amount.lt(1) | row.ratio.gt(99)))
            .count(me)
            .await,
        Amount::select()
            .filter(|row| row.ratio.gt(1) & row.id.gt(0))
            .count(me)
            .await,
        Ratio::select()
            .filter(|row| row.ratio.gt(1))
            .count(me)
            .await,
    ];
    for (at, count) in counts.into_iter().enumerate() {
        assert_eq!(
            count.map_err(|error| error.to_string()),
            Ok(2),
            "condition {at}"
        );
    }
    let exists = Amount::select()
        .filter(|row| row.amount.gt(99))
        .exists(me)
        .await?;
    assert!(!exists, "an own amount is over 99");
    Ok(())
}

/// Asserts that the computation after `behind` is inside a `CASE`.
fn is_guarded(text: &str, behind: &str) {
    let rest = text.split_once(behind).map(|(_, rest)| rest);
    assert!(
        rest.is_some_and(|rest| rest.starts_with("CASE WHEN t0.user_id = $1 THEN ")),
        "it is asked of every row behind `{behind}`: {text}"
    );
}

#[tokio::test]
async fn orders_pages_and_groups_of_a_view_are_computed_only_for_own_rows() -> TestResult {
    let world = World::new().await?;
    let me = &world.a;
    let by_amount = || Amount::select().order_by(|row| row.amount.desc());
    is_guarded(&by_amount().to_sql(me)?, "ORDER BY ");
    let amounts: Vec<_> = by_amount()
        .fetch_all(me)
        .await?
        .iter()
        .map(|row| row.amount)
        .collect();
    assert_eq!(amounts, [8, 7]);

    let by_both = || Amount::select().order_by(|row| (row.ratio.asc(), row.id.asc()));
    let first = by_both().page(1).fetch_page(me).await?;
    let next = first.next.ok_or("there is a second page")?;
    let second = by_both().page(1).after(next);
    is_guarded(&second.to_sql(me)?, " AND ");
    is_guarded(&second.to_sql(me)?, "ORDER BY ");
    let second = second.fetch_page(me).await?;
    let ratios: Vec<_> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|row| row.ratio)
        .collect();
    assert_eq!(ratios, [5, 10]);

    let groups = || {
        let groups = Amount::select().group_by(|row| row.amount);
        groups
            .aggregate(|_| count())
            .order_by(|row| row.amount.asc())
    };
    is_guarded(&groups().to_sql(me)?, "SELECT ");
    assert_eq!(groups().fetch_all(me).await?, [(7, 1), (8, 1)]);

    let sums =
        Amount::select().columns(|row| (row.amount.sum(), row.ratio.max(), row.amount.count()));
    is_guarded(&sums.to_sql(me)?, "sum(");
    assert_eq!(sums.fetch_one(me).await?, (Some(15), Some(10), 2));
    Ok(())
}

/// The expressions of a statement over a table whose owner is found through another table.
#[tokio::test]
async fn expressions_of_a_statement_are_computed_only_for_own_rows() -> TestResult {
    let world = World::new().await?;
    let me = &world.a;
    world.control(
        "SELECT count(*) FROM lines AS t0 WHERE EXISTS (SELECT 1 FROM orders AS p0 WHERE p0.id = t0.order_id AND p0.user_id = 1) AND 100 / t0.quantity > 1",
        DIVISION,
    );
    let ordered = || Line::select().order_by(|line| (line.id / line.quantity).asc());
    let text = ordered().to_sql(me)?;
    assert!(
        text.contains("ORDER BY CASE WHEN EXISTS ("),
        "every row is computed: {text}"
    );
    assert_eq!(ordered().fetch_all(me).await?.len(), 2);

    let groups = || {
        let groups = Line::select().group_by(|line| line.id / line.quantity);
        let counted = groups.aggregate(|_| count());
        counted.order_by(|line| (line.id / line.quantity).asc())
    };
    let text = groups().to_sql(me)?;
    assert!(
        text.starts_with("SELECT CASE WHEN EXISTS ("),
        "every row is computed: {text}"
    );
    assert_eq!(groups().fetch_all(me).await?, [(0, 2)]);

    let sum = Line::select().columns(|line| ((line.id + 19) / line.quantity).sum());
    let text = sum.to_sql(me)?;
    assert!(
        text.contains("sum(CASE WHEN EXISTS ("),
        "every row is computed: {text}"
    );
    assert_eq!(sum.fetch_one(me).await?, Some(3));
    Ok(())
}

/// The condition of the statement checks whether a foreign key may be set to a value.
#[tokio::test]
async fn the_new_value_of_a_foreign_key_is_computed_only_for_own_rows() -> TestResult {
    let world = World::new().await?;
    world.control(
        "UPDATE lines AS t0 SET id = id WHERE (19 / t0.quantity IS NULL OR EXISTS (SELECT 1 FROM orders AS p0 WHERE p0.id = 19 / t0.quantity)) AND EXISTS (SELECT 1 FROM orders AS p0 WHERE p0.id = t0.order_id AND p0.user_id = 1)",
        DIVISION,
    );
    let update = Line::update_where(|line| line.id.gt(0));
    let update = update.set(|line| line.other_order_id.to((line.id + 19) / line.quantity));
    let text = update.to_sql(&world.a)?;
    assert!(
        text.contains(" AND CASE WHEN EXISTS (SELECT 1 FROM orders AS p0"),
        "every row is computed: {text}"
    );
    assert_eq!(update.execute(&world.a).await?, 2);
    Ok(())
}

/// Row-level security checks the owner of a row before anything else, so no `CASE` is needed, and an index can serve a
/// condition over a view.
#[tokio::test]
async fn under_row_security_a_condition_over_a_view_has_no_case() -> TestResult {
    let world = World::new().await?;
    let by_predicates = Amount::select().filter(|row| row.amount.gt(1));
    assert!(by_predicates.to_sql(&world.a)?.contains("CASE"));
    let database = Server::shared().create_database("computed_held")?;
    let url = Db::setup(&HELD_SUMS, &database.url()).await?;
    database.psql(ROWS)?;
    let db = Db::builder(&url).schema(&HELD_SUMS).connect().await?;
    let me = db.scope(UserId::from(1));
    let held = || Amount::select().filter(|row| row.amount.gt(1));
    let text = held().to_sql(&me)?;
    assert!(!text.contains("CASE"), "no index can serve it: {text}");
    assert_eq!(held().count(&me).await?, 2);
    let ordered = Amount::select().order_by(|row| row.ratio.asc());
    assert_eq!(ordered.fetch_all(&me).await?.len(), 2);
    Ok(())
}
