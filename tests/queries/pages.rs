//! Pages by key: each row once, in order, for every order.

use freehold::error::Error;
use freehold::prelude::*;
use freehold::query::{Cursor, Order as By, Select};

use crate::TestResult;
use crate::schema::{Order, OrderId};
use crate::shop::{BOTH, Mode, Shop, new_order};

type Ordered = fn(Select<Order>) -> Select<Order>;

/// Orders with nulls, ties and both directions.
const ORDERS: [(&str, Ordered); 7] = [
    ("the key", |select| select),
    ("a unique number", |select| {
        select.order_by(|order| order.number.desc())
    }),
    ("a nullable text, up", |select| {
        select.order_by(|order| order.note.asc())
    }),
    ("a nullable text, down", |select| {
        select.order_by(|order| order.note.desc())
    }),
    ("ties", |select| select.order_by(|order| order.status.asc())),
    ("both ways", |select| {
        select.order_by(|order| -> (By, By) { (order.status.asc(), order.number.desc()) })
    }),
    ("nulls and both ways", |select| {
        select.order_by(|order| (order.note.desc(), order.number.asc()))
    }),
];

async fn fill(shop: &Shop, address: crate::schema::AddressId) -> TestResult {
    let rows = (2..24).map(|number| {
        let note = (number % 3 != 0).then(|| format!("note {}", number % 4));
        Order::insert(new_order(number, address)).set(|order| order.note.to(note))
    });
    Order::insert_many(rows).execute(&shop.a()).await?;
    Ok(())
}

#[tokio::test]
async fn pages_return_each_row_once_in_the_order_of_the_whole() -> TestResult {
    for mode in BOTH {
        let (shop, of_a, _) = Shop::open(mode).await?;
        fill(&shop, of_a.address.id).await?;
        let me = shop.a();
        for (name, ordered) in ORDERS {
            for size in [1, 5, 23, 50] {
                let mut paged: Vec<OrderId> = Vec::new();
                let mut cursor: Option<Cursor> = None;
                loop {
                    let page = ordered(Order::select())
                        .page(size)
                        .after(cursor)
                        .fetch_page(&me)
                        .await?;
                    paged.extend(page.rows.iter().map(|order| order.id));
                    let Some(next) = page.next else { break };
                    cursor = Some(next.to_string().parse()?);
                }
                let whole = ordered(Order::select()).page(100).fetch_page(&me).await?;
                let whole: Vec<_> = whole.rows.iter().map(|order| order.id).collect();
                assert_eq!(paged, whole, "{mode:?}, by {name}, {size} at a time");
                assert_eq!(whole.len(), 23, "{mode:?}, by {name}");
            }
        }
    }
    Ok(())
}

/// With an offset, the second page would start three rows later.
#[tokio::test]
async fn deleted_rows_do_not_move_the_next_page() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::Predicate).await?;
    fill(&shop, of_a.address.id).await?;
    let me = shop.a();
    let page = || Order::select().order_by(|order| order.number.asc()).page(5);
    let first = page().fetch_page(&me).await?;
    let gone = Order::delete_where(|order| order.number.between(2, 4));
    assert_eq!(gone.execute(&me).await?, 3);
    let second = page().after(first.next).fetch_page(&me).await?;
    assert_eq!(second.rows[0].number, 6);
    Ok(())
}

#[tokio::test]
async fn a_cursor_of_another_order_is_refused() -> TestResult {
    let (shop, of_a, _) = Shop::open(Mode::Predicate).await?;
    fill(&shop, of_a.address.id).await?;
    let me = shop.a();
    let by_number = Order::select().order_by(|order| order.number.asc()).page(2);
    let cursor = by_number.fetch_page(&me).await?.next;
    let by_note = Order::select()
        .order_by(|order| order.note.asc())
        .page(2)
        .after(cursor);
    let refused = by_note.fetch_page(&me).await;
    assert!(
        matches!(refused, Err(Error::Cursor(_))),
        "{:?}",
        refused.map(|page| page.rows.len())
    );
    for text in ["", "abc", "!!!", "AAAAAAAAAAB_____", "AAAAAAAAAAAAAAAACQ"] {
        assert!(text.parse::<Cursor>().is_err(), "`{text}` is a cursor");
    }
    Ok(())
}
