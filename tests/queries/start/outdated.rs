//! A database that differs from the one that the schema describes.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold::scope::Outdated;

use crate::TestResult;
use crate::schema::SHOP;
use crate::shop::{BOTH, Mode, Shop};

async fn connect(shop: &Shop, mode: Mode) -> Result<Db, Error> {
    let builder = Db::builder(&shop.url).schema(&SHOP);
    match mode {
        Mode::Predicate => builder.isolation(Isolation::Predicate).connect().await,
        Mode::RowSecurity => builder.connect().await,
    }
}

async fn outdated(shop: &Shop, mode: Mode) -> Result<Outdated, Box<dyn std::error::Error>> {
    match connect(shop, mode).await {
        Err(Error::Outdated(outdated)) => Ok(outdated),
        other => Err(format!("{mode:?}: not refused: {other:?}").into()),
    }
}

fn missing(names: &[&str]) -> Outdated {
    Outdated::Missing {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[tokio::test]
async fn missing_columns_tables_and_views_are_named() -> TestResult {
    for mode in BOTH {
        let shop = Shop::empty(mode).await?;
        shop.database
            .psql("ALTER TABLE orders DROP COLUMN note; ALTER TABLE users ADD COLUMN more text")?;
        let refused = outdated(&shop, mode).await?;
        assert_eq!(refused, missing(&["orders.note"]), "{mode:?}");
        assert_eq!(
            refused.to_string(),
            "the database has no `orders.note`; run the migrations (`schema migrate up`)"
        );
        shop.database
            .psql("DROP TABLE order_events; DROP VIEW order_summaries")?;
        assert_eq!(
            outdated(&shop, mode).await?,
            missing(&["orders.note", "order_events", "order_summaries"]),
            "{mode:?}"
        );
        shop.database
            .psql("ALTER TABLE orders ADD COLUMN note text")?;
        assert_eq!(
            outdated(&shop, mode).await?,
            missing(&["order_events", "order_summaries"]),
            "{mode:?}"
        );
    }
    Ok(())
}

/// The control: a statement of the application does not find the table either.
#[tokio::test]
async fn a_search_path_without_the_schema_is_named() -> TestResult {
    for mode in BOTH {
        let shop = Shop::empty(mode).await?;
        shop.database
            .psql("ALTER SCHEMA public RENAME TO start_app")?;
        let refused = outdated(&shop, mode).await?;
        assert!(
            matches!(&refused, Outdated::NotOnPath { namespace, .. } if namespace == "start_app"),
            "{mode:?}: {refused:?}"
        );
        assert!(shop.database.psql("SELECT FROM orders").is_err());
        let name = shop.database.name();
        shop.database.psql(&format!(
            "ALTER DATABASE \"{name}\" SET search_path = start_app"
        ))?;
        connect(&shop, mode).await?;
    }
    let shop = Shop::empty(Mode::RowSecurity).await?;
    shop.database
        .psql("REVOKE ALL ON SCHEMA public FROM PUBLIC, shop_app")?;
    let refused = outdated(&shop, Mode::RowSecurity).await?;
    assert!(
        matches!(&refused, Outdated::NoUsage { role, namespace, .. } if role == "shop_app" && namespace == "public"),
        "{refused:?}"
    );
    Ok(())
}

/// Row-level security does not apply to a view.
#[tokio::test]
async fn a_view_in_place_of_a_table_is_named() -> TestResult {
    let shop = Shop::empty(Mode::RowSecurity).await?;
    shop.database.psql(
        "ALTER TABLE addresses RENAME TO other; CREATE VIEW addresses AS SELECT * FROM other; GRANT SELECT ON addresses TO shop_app",
    )?;
    let refused = outdated(&shop, Mode::RowSecurity).await?;
    let wanted = Outdated::OtherKind {
        name: "addresses".to_owned(),
        wanted: "table",
        found: "view",
    };
    assert_eq!(refused, wanted);
    Ok(())
}
