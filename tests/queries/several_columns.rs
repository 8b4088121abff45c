//! Joins and children along foreign keys of several columns, in both modes of isolation.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use tokio::sync::Mutex;

use crate::TestResult;
use crate::deliveries::{
    Article, DELIVERIES, Line, NewArticle, NewLine, NewOrder, NewPayment, NewUser, Order, Payment,
    User, UserId,
};
use crate::shop::{BOTH, Mode};

/// Roles belong to the whole cluster; one test at a time creates them.
static SETUP: Mutex<()> = Mutex::const_new(());

/// `A` and `B` have the same orders: (EU, 1), (EU, 2) and (US, 1), each with one line. The line of (EU, 2) replaces
/// (EU, 1).
struct World {
    _database: Database,
    db: Db,
    a: Scope<UserId>,
}

impl World {
    async fn new(mode: Mode) -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("deliveries")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&DELIVERIES, &database.url()).await?
        };
        let builder = match mode {
            Mode::Predicate => Db::builder(&database.url()).isolation(Isolation::Predicate),
            Mode::RowSecurity => Db::builder(&login).schema(&DELIVERIES),
        };
        let db = builder.admin_url(&database.url()).connect().await?;
        let [a, b] = [0xa, 0xb].map(|id| db.scope(UserId::from(Uuid::from_u128(id))));
        for scope in [&a, &b] {
            fill(scope).await?;
        }
        Ok(Self {
            _database: database,
            db,
            a,
        })
    }
}

async fn fill(scope: &Scope<UserId>) -> Result<(), Error> {
    User::insert(NewUser {}).execute(scope).await?;
    let orders = [("EU", 1), ("EU", 2), ("US", 1)];
    let new_orders = orders.map(|(region, number)| order(region, number));
    Order::insert_many(new_orders).execute(scope).await?;
    for (region, number) in orders {
        let replaced = ((region, number) == ("EU", 2)).then_some(1);
        Line::insert(line(region, number))
            .set(|line| line.replaced_number.to(replaced))
            .execute(scope)
            .await?;
    }
    Ok(())
}

fn order(region: &str, number: i32) -> NewOrder {
    NewOrder {
        region: region.to_owned(),
        number,
    }
}

fn line(region: &str, number: i32) -> NewLine {
    NewLine {
        region: region.to_owned(),
        number,
    }
}

fn key(order: &Order) -> (&str, i32) {
    (&order.region, order.number)
}

#[tokio::test]
async fn a_join_uses_every_column_of_the_key() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let lines = Line::select()
            .join(|line| (line.region, line.number))
            .order_by(|(line, _)| (line.region.asc(), line.number.asc()))
            .fetch_all(&world.a)
            .await?;
        let pairs: Vec<_> = lines
            .iter()
            .map(|(line, order)| ((line.region.as_str(), line.number), key(order)))
            .collect();
        let each = [("EU", 1), ("EU", 2), ("US", 1)];
        assert_eq!(pairs, each.map(|key| (key, key)), "{mode:?}");
    }
    Ok(())
}

/// Even without a scope, the join stays with the rows of one owner: the foreign key contains the scope.
#[tokio::test]
async fn an_unscoped_join_does_not_mix_owners() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let admin = world.db.unscoped("reports");
        let lines = Line::select().join(|line| (line.region, line.number));
        let lines = lines.fetch_all(&admin).await?;
        assert_eq!(lines.len(), 6, "{mode:?}");
        let is_own = |(line, order): &(Line, Order)| line.user_id == order.user_id;
        assert!(lines.iter().all(is_own), "{mode:?}");
    }
    Ok(())
}

/// The column `region` is part of two foreign keys; the other column determines which one is used.
#[tokio::test]
async fn a_left_join_finds_nothing_if_a_column_is_null() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let replaced = Line::select()
            .left_join(|line| (line.region, line.replaced_number))
            .order_by(|(line, _)| (line.region.asc(), line.number.asc()))
            .fetch_all(&world.a)
            .await?;
        let replaced: Vec<_> = replaced
            .iter()
            .map(|(_, order)| order.as_ref().map(key))
            .collect();
        assert_eq!(replaced, [None, Some(("EU", 1)), None], "{mode:?}");
        let inner = Line::select().join(|line| (line.region, line.replaced_number));
        assert_eq!(inner.count(&world.a).await?, 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn several_joins_of_one_statement_use_several_columns() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let lines = Line::select()
            .join(|line| (line.region, line.number))
            .join(|(line, _)| (line.region, line.replaced_number))
            .left_join(|(_, order, _)| (order.parent_region, order.parent_number))
            .fetch_all(&world.a)
            .await?;
        let [(_, order, replaced, parent)] = lines.as_slice() else {
            return Err(format!("{mode:?}: {} rows", lines.len()).into());
        };
        assert_eq!((key(order), key(replaced)), (("EU", 2), ("EU", 1)));
        assert!(parent.is_none(), "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_table_is_joined_to_itself() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        Order::update(("US".to_owned(), 1))
            .set(|order| (order.parent_region.to("EU"), order.parent_number.to(2)))
            .execute(&world.a)
            .await?;
        // One of the two columns references nothing.
        Order::update(("EU".to_owned(), 2))
            .set(|order| order.parent_region.to("EU"))
            .execute(&world.a)
            .await?;
        let orders = Order::select()
            .left_join(|order| (order.parent_region, order.parent_number))
            .order_by(|(order, _)| (order.region.asc(), order.number.asc()))
            .fetch_all(&world.a)
            .await?;
        let parents: Vec<_> = orders
            .iter()
            .map(|(order, parent)| (key(order), parent.as_ref().map(key)))
            .collect();
        let wanted = [
            (("EU", 1), None),
            (("EU", 2), None),
            (("US", 1), Some(("EU", 2))),
        ];
        assert_eq!(parents, wanted, "{mode:?}");
        let children = Order::COLUMNS;
        let children = Order::select()
            .join_children((children.parent_region, children.parent_number))
            .fetch_all(&world.a)
            .await?;
        let [(parent, child)] = children.as_slice() else {
            return Err(format!("{mode:?}: {} rows", children.len()).into());
        };
        assert_eq!(
            (key(parent), key(child)),
            (("EU", 2), ("US", 1)),
            "{mode:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn children_are_joined_along_several_columns() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        Order::insert(order("US", 2)).execute(&world.a).await?;
        let by_key = (Line::COLUMNS.region, Line::COLUMNS.number);
        let inner = Order::select().join_children(by_key);
        assert_eq!(inner.count(&world.a).await?, 3, "{mode:?}");
        let orders = Order::select()
            .left_join_children(by_key)
            .order_by(|(order, _)| (order.region.asc(), order.number.asc()))
            .fetch_all(&world.a)
            .await?;
        let lines: Vec<_> = orders
            .iter()
            .map(|(order, line)| {
                let line = line
                    .as_ref()
                    .map(|line| (line.region.as_str(), line.number));
                (key(order), line)
            })
            .collect();
        let with_line = |key| (key, Some(key));
        let wanted = [
            with_line(("EU", 1)),
            with_line(("EU", 2)),
            with_line(("US", 1)),
            (("US", 2), None),
        ];
        assert_eq!(lines, wanted, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_scope_may_be_one_of_the_columns() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let new = NewPayment {
            region: "EU".to_owned(),
            number: 2,
        };
        Payment::insert(new).execute(&world.a).await?;
        let payments = Payment::select()
            .join(|payment| (payment.user_id, payment.region, payment.number))
            .fetch_all(&world.a)
            .await?;
        let orders: Vec<_> = payments.iter().map(|(_, order)| key(order)).collect();
        assert_eq!(orders, [("EU", 2)], "{mode:?}");
        let paid = Order::select()
            .with(Payment::select(), |payment| {
                (payment.user_id, payment.region, payment.number)
            })
            .fetch_all(&world.db.unscoped("reports"))
            .await?;
        let paid: Vec<_> = paid
            .iter()
            .filter(|(_, payments)| !payments.is_empty())
            .map(|(order, payments)| (order.user_id, key(order), payments.len()))
            .collect();
        let of_a = *world.a.key();
        assert_eq!(paid, [(of_a, ("EU", 2), 1)], "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn rows_are_loaded_with_their_children_along_several_columns() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        Line::insert(line("EU", 2)).execute(&world.a).await?;
        Order::insert(order("US", 2)).execute(&world.a).await?;
        let counts = |orders: Vec<(Order, Vec<Line>)>| {
            let counts = orders.into_iter().map(|(order, lines)| {
                let is_its = |line: &Line| (line.region.as_str(), line.number) == key(&order);
                assert!(lines.iter().all(is_its), "{mode:?}");
                assert!(lines.iter().all(|line| line.user_id == order.user_id));
                lines.len()
            });
            counts.collect::<Vec<_>>()
        };
        let orders = || {
            Order::select()
                .order_by(|order| (order.region.asc(), order.number.asc()))
                .with(Line::select(), |line| (line.region, line.number))
        };
        let of_a = counts(orders().fetch_all(&world.a).await?);
        assert_eq!(of_a, [1, 2, 1, 0], "{mode:?}");
        let of_all = counts(orders().fetch_all(&world.db.unscoped("reports")).await?);
        assert_eq!(of_all.iter().sum::<usize>(), 7, "{mode:?}");
        let two = orders()
            .with(Line::select(), |line| (line.region, line.replaced_number))
            .fetch_all(&world.a)
            .await?;
        let replaced: Vec<_> = two.iter().map(|(_, replaced)| replaced.len()).collect();
        assert_eq!(replaced, [1, 0, 0, 0], "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn one_row_is_loaded_with_its_children_along_several_columns() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        Line::insert(line("EU", 2))
            .set(|line| line.amount.to(7))
            .execute(&world.a)
            .await?;
        let get = || Order::get(("EU".to_owned(), 2));
        let by_one = get().with(Line::select(), |line| (line.region, line.number));
        let (order, lines) = by_one.fetch_optional(&world.a).await?.ok_or("no order")?;
        assert_eq!((key(&order), lines.len()), (("EU", 2), 2), "{mode:?}");
        let largest = Line::select().order_by(|line| line.amount.desc()).limit(1);
        let by_two = get().with(largest, |line| (line.region, line.number));
        let (_, lines) = by_two.fetch_optional(&world.a).await?.ok_or("no order")?;
        let amounts: Vec<_> = lines.iter().map(|line| line.amount).collect();
        assert_eq!(amounts, [7], "{mode:?}");
    }
    Ok(())
}

/// `citext` in the second column of a key, and a shared parent.
#[tokio::test]
async fn a_key_is_compared_as_the_database_compares_it() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode).await?;
        let admin = world.db.unscoped("fills the catalogue");
        for (maker, code) in [("Acme", "Mug"), ("Acme", "Pot"), ("ACME", "Mug")] {
            let new = NewArticle {
                maker: maker.to_owned(),
                code: code.to_owned(),
            };
            Article::insert(new).execute(&admin).await?;
        }
        Line::update_where(|line| line.number.eq(1))
            .set(|line| (line.maker.to("Acme"), line.code.to("mUG")))
            .execute(&world.a)
            .await?;
        let articles = Line::select()
            .join(|line| (line.maker, line.code))
            .fetch_all(&world.a)
            .await?;
        let is_mug = |(_, article): &(Line, Article)| {
            (article.maker.as_str(), article.code.as_str()) == ("Acme", "Mug")
        };
        assert!(
            articles.len() == 2 && articles.iter().all(is_mug),
            "{mode:?}"
        );
        let articles = Article::select()
            .order_by(|article| (article.code.asc(), article.maker.asc()))
            .with(Line::select(), |line| (line.maker, line.code))
            .fetch_all(&world.a)
            .await?;
        for (article, lines) in &articles {
            let wanted = if (article.maker.as_str(), article.code.as_str()) == ("Acme", "Mug") {
                2
            } else {
                0
            };
            assert_eq!(lines.len(), wanted, "{mode:?}: {article:?}");
        }
        assert_eq!(articles.len(), 3, "{mode:?}");
    }
    Ok(())
}

/// A statement may contain a table twice, and columns of both are not a foreign key.
#[tokio::test]
async fn columns_of_two_tables_are_refused() -> TestResult {
    let world = World::new(Mode::Predicate).await?;
    let mixed = Order::select()
        .left_join(|order| (order.parent_region, order.parent_number))
        .join(|(order, parent)| (order.parent_region, parent.parent_number))
        .fetch_all(&world.a)
        .await;
    let Err(Error::Statement(why)) = mixed else {
        return Err(format!("{mixed:?}").into());
    };
    assert!(why.contains("several tables"), "{why}");
    Ok(())
}

#[tokio::test]
async fn the_statement_compares_rows_by_all_columns() -> TestResult {
    let world = World::new(Mode::Predicate).await?;
    let sql = Line::select()
        .join(|line| (line.region, line.number))
        .to_sql(&world.a)?;
    let on = " ON t0.region = t1.region AND t0.number = t1.number AND t0.user_id = t1.user_id \
              AND t1.user_id = $1 WHERE t0.user_id = $1";
    assert!(sql.ends_with(on), "{sql}");
    Ok(())
}
