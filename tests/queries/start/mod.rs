//! The checks of `connect`.
//!
//! Each refusal has a control: the test breaks the database, runs the attack that `connect` prevents as the application
//! would run it, with `SET LOCAL ROLE` and the owner's key, and the attack succeeds.

mod accepted;
mod logins;
mod outdated;
mod paths;
mod policies;
mod rights;
mod setup;
mod views;

use std::error::Error as StdError;

use freehold::error::Error;
use freehold::prelude::*;
use freehold::scope::Refusal;

use crate::schema::SHOP;
use crate::shop::{A, Mode, Shop, user};

/// The number of users whose addresses are visible; there are two.
const SEEN: &str = "SELECT count(DISTINCT user_id) FROM addresses";

/// The shop with the rows of `A` and `B`, to be broken by a superuser.
struct Broken(Shop);

impl Broken {
    async fn open() -> Result<Self, Box<dyn StdError>> {
        Ok(Self(Shop::open(Mode::RowSecurity).await?.0))
    }

    /// Runs `sql` as the superuser.
    fn change(&self, sql: &str) -> Result<String, Box<dyn StdError>> {
        Ok(self.0.database.psql(sql)?)
    }

    fn url(&self, login: &str) -> String {
        self.0
            .database
            .url()
            .replacen("postgres@", &format!("{login}@"), 1)
    }

    async fn connect_as(&self, login: &str) -> Result<Db, Error> {
        Db::builder(&self.url(login)).schema(&SHOP).connect().await
    }

    async fn is_accepted(&self, why: &str) -> Result<(), Box<dyn StdError>> {
        match self.connect_as("shop_login").await {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("{why} is refused: {error}").into()),
        }
    }

    async fn refusal(&self, login: &str) -> Result<Refusal, Box<dyn StdError>> {
        match self.connect_as(login).await {
            Err(Error::Unsafe(refusal)) => Ok(refusal),
            other => Err(format!("not refused: {other:?}").into()),
        }
    }

    /// The result of `sql` for `A`, as the application runs it.
    fn as_a(&self, sql: &str) -> Result<String, Box<dyn StdError>> {
        self.as_a_by("shop_login", sql)
    }

    fn as_a_by(&self, login: &str, sql: &str) -> Result<String, Box<dyn StdError>> {
        let a = user(A).as_inner().to_string();
        self.change(&format!(
            "\\connect - {login}\nBEGIN; SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '{a}'; {sql}; ROLLBACK"
        ))
    }

    /// Breaks the database, and asserts that the attack succeeds and that `connect` refuses. Then follows the advice of
    /// the message, and asserts that `connect` accepts.
    async fn case(&self, case: Case<'_>) -> Result<(), Box<dyn StdError>> {
        let Case {
            broken,
            attack,
            through,
            refusal,
        } = case;
        self.change(broken)?;
        if let Some(attack) = attack {
            assert_eq!(
                self.as_a(attack)?,
                through,
                "`{broken}`: `{attack}` does not get through"
            );
        }
        assert_eq!(self.refusal("shop_login").await?, refusal, "`{broken}`");
        for statement in advised(&refusal) {
            self.change(&statement)?;
        }
        self.is_accepted(&format!("what `{refusal}` advises"))
            .await?;
        if let Some(attack) = attack {
            let after = self.as_a(attack);
            assert!(
                !after.as_ref().is_ok_and(|seen| seen == through),
                "`{attack}` still gets through: {after:?}"
            );
        }
        Ok(())
    }
}

/// A broken database, the result of the attack on it, and the refusal.
struct Case<'c> {
    broken: &'c str,
    attack: Option<&'c str>,
    through: &'c str,
    refusal: Refusal,
}

/// The SQL that the message advises: the text in backquotes after `run`, without alternatives.
fn advised(refusal: &Refusal) -> Vec<String> {
    let text = refusal.to_string();
    let after = text.split_once("; run `").map_or("", |(_, after)| after);
    let statement = after.split('`').next().unwrap_or_default();
    vec![statement.to_owned()]
}

/// Each refusal contains advice.
#[test]
fn refusals_contain_advice() {
    let name = || "x".to_owned();
    let refusals = [
        Refusal::Superuser(name()),
        Refusal::NoRole(name()),
        Refusal::LoginIsRole(name()),
        Refusal::Server {
            version: name(),
            fixed: "15.14",
        },
        Refusal::Citus,
    ];
    for refusal in refusals {
        let text = refusal.to_string();
        assert!(
            text.contains("; ") || text.contains(", "),
            "`{text}` does not say what to do"
        );
    }
}
