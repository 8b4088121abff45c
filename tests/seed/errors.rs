//! What cannot be seeded is reported with the row and what to do.

use freehold::prelude::*;
use freehold::seed::{Seed, rows};

use crate::schemas::shop::{NewProduct, SHOP};
use crate::schemas::tasks::{NewTask, TASKS, UserId};
use crate::types::{HARD, NewPerson};
use crate::{ROLES, TestResult, apply, created, message};

#[derive(Table)]
#[table(name = twins, shared, allow(timestamps), unique(left), unique(right))]
pub struct Twin {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    pub left: i32,
    pub right: i32,
}

schema!(pub TWINS = [Twin], isolation = predicate);

const TWIN: NewTwin = NewTwin { left: 1, right: 2 };

#[tokio::test]
async fn a_row_needs_a_key_that_finds_it_again() -> TestResult {
    let database = created("seed_keys", &TASKS)?;
    let owner = UserId::from(Uuid::from_u128(1));
    let task = NewTask { title: "a".into() };
    let found = message(apply(&database, &Seed::new(&TASKS).of_owner(owner, rows([task]))).await);
    assert!(
        found.starts_with("row 1 of `tasks` sets no key") && found.contains("`by`"),
        "{found}"
    );
    Ok(())
}

#[tokio::test]
async fn one_of_several_keys_is_named() -> TestResult {
    let database = created("seed_several", &TWINS)?;
    let found = message(apply(&database, &Seed::new(&TWINS).without_owner(rows([TWIN]))).await);
    assert!(
        found.starts_with("row 1 of `twins` sets several unique keys"),
        "{found}"
    );
    let named = Seed::new(&TWINS).without_owner(rows([TWIN]).by(|t| t.right));
    apply(&database, &named).await?;
    // Another row has the value of the other key.
    let other = NewTwin { left: 1, right: 3 };
    let found = message(
        apply(
            &database,
            &Seed::new(&TWINS).without_owner(rows([other]).by(|t| t.right)),
        )
        .await,
    );
    assert!(
        found.contains("row 1 of `twins` (\"right\" = '3')")
            || found.contains("row 1 of `twins` (right = '3')"),
        "{found}"
    );
    Ok(())
}

#[tokio::test]
async fn columns_without_a_key_are_refused() -> TestResult {
    let database = created("seed_no_key", &HARD)?;
    let person = rows([NewPerson { name: "Ada".into() }]).by(|p| p.name);
    apply(&database, &Seed::new(&HARD).without_owner(person)).await?;
    let twin = rows([TWIN]).by(|t| (t.left, t.right));
    let found = message(
        apply(
            &created("seed_no_twin", &TWINS)?,
            &Seed::new(&TWINS).without_owner(twin),
        )
        .await,
    );
    assert!(
        found.contains("row 1 of `twins`") && found.contains("left"),
        "{found}"
    );
    Ok(())
}

#[tokio::test]
async fn two_rows_with_one_key_are_refused() -> TestResult {
    let _one = ROLES.lock().await;
    let database = created("seed_same", &SHOP)?;
    let product = |price| NewProduct {
        sku: "LAMP-1".into(),
        name: "Lamp".into(),
        price,
    };
    let seed = Seed::new(&SHOP).without_owner(rows([product(1), product(2)]));
    assert_eq!(
        message(apply(&database, &seed).await),
        "rows 1 and 2 of `products` have the same key (sku = 'LAMP-1'); leave one out"
    );
    assert_eq!(database.psql("SELECT count(*) FROM products")?, "0");
    Ok(())
}

#[tokio::test]
async fn a_table_of_another_schema_is_refused() -> TestResult {
    let database = created("seed_foreign", &TWINS)?;
    let person = rows([NewPerson { name: "Ada".into() }]);
    let found = message(apply(&database, &Seed::new(&TWINS).without_owner(person)).await);
    assert!(found.contains("no table `people`"), "{found}");
    Ok(())
}
