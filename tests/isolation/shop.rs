//! The database under attack, and the ways to attack it.

use std::error::Error;
use std::fmt;

use freehold::{Postgres, Schema, SchemaError};
use freehold_test_support::{Database, Server};

use crate::TestResult;
use crate::schema::SHOP;

/// The attacker.
pub(crate) const A: &str = "aaaaaaaa-0000-4000-8000-000000000000";
/// The user whose rows are attacked.
pub(crate) const B: &str = "bbbbbbbb-0000-4000-8000-000000000000";

/// `insufficient_privilege`: a right is missing, or a policy refuses the row.
pub(crate) const DENIED: &str = "42501";
/// `foreign_key_violation`.
pub(crate) const NO_PARENT: &str = "23503";
/// `unique_violation`.
pub(crate) const NOT_UNIQUE: &str = "23505";

/// The order of `B`.
pub(crate) const ORDER_OF_B: &str = "bbbbbbbb-0000-4000-8000-000000000002";

/// The ids of the rows, as variables of `psql`: `:'b_order'`. No row has the id `unknown`.
const IDS: &str = r"
\set a aaaaaaaa-0000-4000-8000-000000000000
\set b bbbbbbbb-0000-4000-8000-000000000000
\set product cccccccc-0000-4000-8000-000000000000
\set a_address aaaaaaaa-0000-4000-8000-000000000001
\set b_address bbbbbbbb-0000-4000-8000-000000000001
\set a_order aaaaaaaa-0000-4000-8000-000000000002
\set b_order bbbbbbbb-0000-4000-8000-000000000002
\set unknown dddddddd-0000-4000-8000-000000000000
";

/// Opens another connection: on the superuser's connection, any role could become the superuser again.
const SIGN_IN: &str = "\\connect - shop_login\n";

const CATALOGUE: &str =
    "INSERT INTO products (id, sku, name, price) VALUES (:'product', 'TEA', 'Tea', 500);";

const ROWS_OF_A: &str = "
INSERT INTO users (id, email, password_hash, name) VALUES (:'a', 'a@example.com', 'hash of A', 'A');
INSERT INTO addresses (user_id, id, street, city, postal_code, country) VALUES (:'a', :'a_address', 'street of A', 'Bern', '3000', 'CH');
INSERT INTO orders (user_id, id, number, address_id, note) VALUES (:'a', :'a_order', 1, :'a_address', 'note of A');
INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'a', :'a_order', :'product', 1, 500);
INSERT INTO order_events (user_id, order_id, status, created_at) VALUES
    (:'a', :'a_order', 'pending', '2020-01-01'), (:'a', :'a_order', 'confirmed', '2026-01-02');";

const ROWS_OF_B: &str = "
INSERT INTO users (id, email, password_hash, name) VALUES (:'b', 'b@example.com', 'hash of B', 'B');
INSERT INTO addresses (user_id, id, street, city, postal_code, country) VALUES (:'b', :'b_address', 'street of B', 'Bern', '3000', 'CH');
INSERT INTO orders (user_id, id, number, address_id, note) VALUES (:'b', :'b_order', 2, :'b_address', 'note of B');
INSERT INTO order_items (user_id, order_id, product_id, quantity, unit_price) VALUES (:'b', :'b_order', :'product', 2, 500);
INSERT INTO order_events (user_id, order_id, status, created_at) VALUES
    (:'b', :'b_order', 'pending', '2020-01-01'), (:'b', :'b_order', 'confirmed', '2026-01-02');";

/// The result of a statement.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It ran and returned these rows.
    Rows(Vec<String>),
    /// PostgreSQL refused it with this SQLSTATE.
    Refused(String),
}

impl Outcome {
    /// The first row, if there is one.
    pub(crate) fn first(&self) -> Option<&str> {
        match self {
            Self::Rows(rows) => rows.first().map(String::as_str),
            Self::Refused(_) => None,
        }
    }
}

pub(crate) fn rows<const N: usize>(rows: [&str; N]) -> Outcome {
    Outcome::Rows(rows.map(str::to_owned).into())
}

pub(crate) fn refused(sqlstate: &str) -> Outcome {
    Outcome::Refused(sqlstate.to_owned())
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(rows) => write!(f, "the rows {rows:?}"),
            Self::Refused(sqlstate) => write!(f, "the refusal {sqlstate}"),
        }
    }
}

/// The shop in a database of its own.
pub(crate) struct Shop {
    database: Database,
}

impl Shop {
    /// A shop with the rows of `A` and `B`.
    pub(crate) fn open() -> Result<Self, Box<dyn Error>> {
        Self::open_with(&[CATALOGUE, ROWS_OF_A, ROWS_OF_B])
    }

    /// A shop with the rows of `A` only.
    pub(crate) fn open_for_a_alone() -> Result<Self, Box<dyn Error>> {
        Self::open_with(&[CATALOGUE, ROWS_OF_A])
    }

    fn open_with(rows: &[&str]) -> Result<Self, Box<dyn Error>> {
        let database = Server::shared().create_database("isolation")?;
        let shop = Self { database };
        shop.change(&(Self::schema()?.up(&Postgres) + &rows.concat()))?;
        Ok(shop)
    }

    pub(crate) fn schema() -> Result<Schema, SchemaError> {
        SHOP.schema()
    }

    /// The database, as the superuser.
    pub(crate) fn database(&self) -> &Database {
        &self.database
    }

    /// The URL that the application uses.
    pub(crate) fn login_url(&self) -> String {
        self.database.url().replacen("postgres@", "shop_login@", 1)
    }

    /// Runs `sql` as the superuser, who bypasses all restrictions.
    pub(crate) fn change(&self, sql: &str) -> TestResult {
        self.database.psql(&format!("{IDS}{sql}"))?;
        Ok(())
    }

    /// The result of `sql` for the superuser, who sees every row.
    pub(crate) fn truth(&self, sql: &str) -> Outcome {
        self.outcome(sql)
    }

    /// The result of `sql` in a transaction of the application for `A`.
    pub(crate) fn as_a(&self, sql: &str) -> Outcome {
        self.as_login(&for_a(sql))
    }

    /// The result of `sql` as the role that the application signs in as, without a transaction.
    pub(crate) fn as_login(&self, sql: &str) -> Outcome {
        self.outcome(&format!("{SIGN_IN}{sql}"))
    }

    /// Everything that `A` sees of a statement, including the whole message of an error.
    pub(crate) fn seen_by_a(&self, sql: &str) -> String {
        let script = format!("{IDS}{SIGN_IN}{};\n", for_a(sql));
        self.database
            .psql(&script)
            .unwrap_or_else(|error| without_database(&error.to_string()))
    }

    fn outcome(&self, sql: &str) -> Outcome {
        let script = format!("\\set VERBOSITY sqlstate\n{IDS}{sql};\n");
        match self.database.psql(&script) {
            Ok(printed) => Outcome::Rows(printed.lines().map(str::to_owned).collect()),
            Err(error) => Outcome::Refused(sqlstate(&error.to_string())),
        }
    }

    /// Asserts that the attack of `A` has the result `held`.
    #[track_caller]
    pub(crate) fn holds(&self, attack: &str, held: &Outcome, leak: &str) {
        let outcome = self.as_a(attack);
        assert_eq!(outcome, *held, "{leak}: `{attack}` came to {outcome}");
    }

    /// The control: removes the defence with `removal`, and asserts that the attack of `A` then succeeds.
    #[track_caller]
    pub(crate) fn falls(&self, removal: &str, attack: &str, through: &Outcome) -> TestResult {
        self.change(removal)?;
        let outcome = self.as_a(attack);
        assert_eq!(
            outcome, *through,
            "another defence held: after `{removal}`, `{attack}` came to {outcome}"
        );
        Ok(())
    }
}

fn for_a(sql: &str) -> String {
    format!("BEGIN;\nSET LOCAL ROLE shop_app;\nSET LOCAL app.user_id = :'a';\n{sql};\nCOMMIT")
}

/// The text after `ERROR:` if `psql` prints only the SQLSTATE.
fn sqlstate(message: &str) -> String {
    let after = message
        .rsplit_once("ERROR:")
        .map_or(message, |(_, rest)| rest);
    after.trim().to_owned()
}

/// The name of the database is different in each run.
fn without_database(message: &str) -> String {
    let from_server = message.split_once('\n').map_or(message, |(_, rest)| rest);
    from_server.to_owned()
}
