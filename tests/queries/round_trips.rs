//! The number of times that the client waits for the server, counted by a proxy between them.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold_test_support::Server;

use crate::TestResult;
use crate::deliveries::{DELIVERIES, Line};
use crate::proxy::{Proxy, port_of};
use crate::schema::{Order, OrderItem, UserId};
use crate::shop::{A, BOTH, Mode, Rows, Shop, new_order, user};

/// `A` behind the proxy, with one connection on which every statement has run before: the first run also prepares it.
struct Counted {
    _shop: Shop,
    proxy: Proxy,
    me: Scope<UserId>,
    rows: Rows,
}

impl Counted {
    async fn new(mode: Mode) -> Result<Self, Box<dyn std::error::Error>> {
        let (shop, rows, _) = Shop::open(mode).await?;
        let proxy = Proxy::start(port_of(&shop.url)).await?;
        let builder = Shop::builder(mode, &proxy.url(&shop.url)).pool_size(1);
        let me = builder.connect().await?.scope(user(A));
        Ok(Self {
            _shop: shop,
            proxy,
            me,
            rows,
        })
    }
}

/// Runs the work twice, and counts the second run.
macro_rules! round_trips {
    ($counted:ident, $work:expr) => {{
        $work;
        $counted.proxy.take();
        $counted.proxy.take_rollbacks();
        $work;
        $counted.proxy.take()
    }};
}

#[tokio::test]
async fn a_read_is_one_round_trip_and_two_under_row_security() -> TestResult {
    for mode in BOTH {
        let counted = Counted::new(mode).await?;
        let (me, id) = (&counted.me, counted.rows.order.id);
        let wanted = match mode {
            Mode::Predicate => 1,
            Mode::RowSecurity => 2,
        };
        let get = round_trips!(counted, Order::get(id).fetch_optional(me).await?);
        assert_eq!(get, wanted, "{mode:?}: get");
        // The client does not wait for the answer of the `ROLLBACK`.
        let rollbacks = counted.proxy.take_rollbacks();
        assert!(rollbacks < wanted, "{mode:?}: {rollbacks} rollbacks");
        let list = round_trips!(counted, Order::select().limit(50).fetch_all(me).await?);
        assert_eq!(list, wanted, "{mode:?}: list");
        let page = round_trips!(counted, Order::select().page(50).fetch_page(me).await?);
        assert_eq!(page, wanted, "{mode:?}: page");
        let with_items = || Order::get(id).with(OrderItem::select(), |item| item.order_id);
        let with_items = round_trips!(counted, with_items().fetch_optional(me).await?);
        assert_eq!(with_items, wanted, "{mode:?}: an order with its items");
        assert_eq!(counted.proxy.connections(), 1, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn children_of_many_rows_take_one_more_statement() -> TestResult {
    for mode in BOTH {
        let counted = Counted::new(mode).await?;
        let orders = || Order::select().with(OrderItem::select(), |item| item.order_id);
        let count = round_trips!(counted, orders().fetch_all(&counted.me).await?);
        let wanted = match mode {
            Mode::Predicate => 2,
            Mode::RowSecurity => 4,
        };
        assert_eq!(count, wanted, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_write_is_one_round_trip_and_three_under_row_security() -> TestResult {
    for mode in BOTH {
        let counted = Counted::new(mode).await?;
        let (me, id) = (&counted.me, counted.rows.order.id);
        let update = || Order::update(id).set(|order| order.note.to("x"));
        let count = round_trips!(counted, update().execute(me).await?);
        let wanted = match mode {
            Mode::Predicate => 1,
            Mode::RowSecurity => 3,
        };
        assert_eq!(count, wanted, "{mode:?}");
    }
    Ok(())
}

/// No table of the deliveries is audited, so no trigger reads the reason. Only the schema tells this.
#[tokio::test]
async fn an_unscoped_statement_is_one_round_trip_if_nothing_is_audited() -> TestResult {
    for mode in BOTH {
        let database = Server::shared().create_database("unscoped")?;
        let login = Db::setup(&DELIVERIES, &database.url()).await?;
        let proxy = Proxy::start(port_of(&login)).await?;
        let isolation = match mode {
            Mode::Predicate => Isolation::Predicate,
            Mode::RowSecurity => DELIVERIES.isolation,
        };
        let url = match mode {
            Mode::Predicate => database.url(),
            Mode::RowSecurity => login,
        };
        let unknown = Db::builder(&url).isolation(isolation);
        let known = Db::builder(&url).schema(&DELIVERIES).isolation(isolation);
        for (builder, read, write) in [(known, 1, 1), (unknown, 2, 3)] {
            let builder = builder.admin_url(&proxy.url(&database.url()));
            let admin = builder.admin_pool_size(1).connect().await?;
            let admin = admin.unscoped("counts round trips");
            let counted = Counting { proxy: &proxy };
            let count = round_trips!(counted, Line::select().count(&admin).await?);
            assert_eq!(count, read, "{mode:?}: count");
            let update = || Line::update_where(|line| line.amount.gt(1));
            let update = || update().set(|line| line.amount.to(2));
            let update = round_trips!(counted, update().execute(&admin).await?);
            assert_eq!(update, write, "{mode:?}: update");
            // The end of its transaction removes what raw SQL leaves behind.
            let own = round_trips!(counted, admin.sql("SELECT 1").execute().await?);
            assert_eq!(own, 3, "{mode:?}: SQL of one's own");
        }
    }
    Ok(())
}

/// A proxy in the form that the macro takes.
struct Counting<'p> {
    proxy: &'p Proxy,
}

#[tokio::test]
async fn a_transaction_of_n_statements_takes_n_plus_two_round_trips() -> TestResult {
    for mode in BOTH {
        let counted = Counted::new(mode).await?;
        let (me, rows) = (&counted.me, &counted.rows);
        let number = std::sync::atomic::AtomicI32::new(100);
        let work = async || {
            me.transaction(async |tx| {
                let number = number.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Order::insert(new_order(number, rows.address.id))
                    .execute(tx)
                    .await?;
                Order::get(rows.order.id).fetch_optional(tx).await?;
                Order::select().count(tx).await
            })
            .await
        };
        let count = round_trips!(counted, work().await?);
        assert_eq!(count, 5, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_failed_statement_costs_a_rollback_and_not_the_connection() -> TestResult {
    for mode in BOTH {
        let counted = Counted::new(mode).await?;
        let (me, rows) = (&counted.me, &counted.rows);
        let work = async || {
            let taken = Order::insert(new_order(1, rows.address.id))
                .execute(me)
                .await;
            assert!(matches!(taken, Err(Error::Unique { .. })), "{taken:?}");
        };
        let count = round_trips!(counted, work().await);
        let wanted = match mode {
            Mode::Predicate => (1, 0),
            Mode::RowSecurity => (2, 1),
        };
        let rollbacks = counted.proxy.take_rollbacks();
        assert_eq!((count, rollbacks), wanted, "{mode:?}");
        assert_eq!(
            counted.proxy.connections(),
            1,
            "{mode:?}: the connection was closed"
        );
    }
    Ok(())
}
