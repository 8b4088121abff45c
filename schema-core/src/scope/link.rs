//! What is between an application and its server: nothing, or a pooler that hands a session of the server's out for each transaction.
//!
//! Without a pooler a connection is a session. Its settings are said once, when it is made, and its statements are prepared by name and
//! kept. A pooler refuses such settings or forgets them, and sends the second half of a statement to another session than the first: so
//! they are said in each transaction, and a statement has no name and is never outside of a transaction.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Executor as _, Row as _};

use super::identity::text;
use super::unit_of_work::Identity;
use crate::error::{Error, said};
use crate::query::Kind;

/// How statements are prepared.
///
/// Where nothing is said they are named, and `connect` refuses a pooler: in transaction mode it would run the statement of one process
/// for another that gave it the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statements {
    /// By a name, once a connection. Said of a pooler, it is one that keeps the statements of each client apart: in session mode, or by
    /// PgBouncer's `max_prepared_statements`.
    Named,
    /// Without a name, each time, within a transaction: for a pooler in transaction mode. `?statement-cache-capacity=0` in the URL says
    /// the same.
    Unnamed,
}

/// How the connections of a pool lead to the server.
#[derive(Clone, Debug)]
pub(super) struct Link {
    via: Via,
    /// The most milliseconds that a statement may take.
    statement_timeout: Option<u32>,
    /// What makes a session what it was when it was new.
    as_new: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    /// A connection is a session of the server's; it is asked whether that is so.
    Server,
    Pooler(Statements),
}

/// As when it was new, but for its prepared statements. `setseed` gets a seed that nobody knows, since the server has none to go
/// back to.
const AS_NEW: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DISCARD SEQUENCES; \
    SELECT pg_advisory_unlock_all(), setseed(('x' || left(gen_random_uuid()::text, 8))::bit(32)::integer / 2147483648.0)";

/// What sqlx says of a session when it is made. Behind a pooler `RESET ALL` takes it away, since another client made the session.
const AS_SQLX_SAYS: &str =
    "SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'";

/// Texts of this crate are quoted as this setting reads them.
const QUOTING: &str = "standard_conforming_strings";

/// A session is known by it: what was said when it was made is there only where nothing is in between.
const MARK: &str = "freehold.connection";

impl Link {
    pub(super) fn new(
        statements: Option<Statements>,
        options: &PgConnectOptions,
        statement_timeout: Option<Duration>,
    ) -> Self {
        let via = match statements {
            Some(statements) => Via::Pooler(statements),
            None if is_without_cache(options) => Via::Pooler(Statements::Unnamed),
            None => Via::Server,
        };
        Self {
            via,
            statement_timeout: statement_timeout.map(milliseconds),
            as_new: match via {
                Via::Server => AS_NEW.to_owned(),
                Via::Pooler(_) => as_new_behind_pooler(options),
            },
        }
    }

    /// Makes a connection.
    ///
    /// # Errors
    ///
    /// [`Error::Pooler`] where it leads to a pooler and nobody said so.
    pub(super) async fn connect(&self, options: &PgConnectOptions) -> Result<PgConnection, Error> {
        match self.via {
            Via::Server => self.connect_to_server(options).await,
            Via::Pooler(statements) => {
                // A number of digits that poolers refuse, and that binary values do without.
                let options = options.clone().extra_float_digits(None);
                let mut connection = options.connect().await.map_err(connect)?;
                if statements == Statements::Named {
                    // A statement alone may have no transaction that could say it.
                    let set = connection
                        .execute("SET standard_conforming_strings = on")
                        .await;
                    set.map_err(connect)?;
                }
                Ok(connection)
            }
        }
    }

    async fn connect_to_server(&self, options: &PgConnectOptions) -> Result<PgConnection, Error> {
        let mark = format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
        let mut options = options.clone().options([(QUOTING, "on"), (MARK, &mark)]);
        if let Some(timeout) = self.statement_timeout {
            options = options.options([("statement_timeout", timeout)]);
        }
        let connected = options.connect().await;
        let mut connection = connected.map_err(|error| match error {
            sqlx::Error::Database(cause) if cause.code().as_deref() == Some(PROTOCOL_VIOLATION) => {
                Error::Pooler(Some(said(sqlx::Error::Database(cause))))
            }
            error => connect(error),
        })?;
        let found = connection
            .fetch_one("SELECT current_setting('freehold.connection', true)")
            .await
            .and_then(|row| row.try_get::<Option<String>, _>(0))
            .map_err(connect)?;
        if found.as_deref() == Some(&mark) {
            Ok(connection)
        } else {
            Err(Error::Pooler(None))
        }
    }

    /// Whether the server keeps prepared statements.
    pub(super) fn keeps_statements(&self) -> bool {
        match self.via {
            Via::Server | Via::Pooler(Statements::Named) => true,
            Via::Pooler(Statements::Unnamed) => false,
        }
    }

    /// What makes a session what it was when it was new.
    pub(super) fn as_new(&self) -> &str {
        &self.as_new
    }

    /// What begins a transaction: `BEGIN`, the settings, and who it is.
    pub(super) fn begin(&self, identity: &Identity, options: &str) -> String {
        let mut text = format!("BEGIN{options}");
        if let Some(settings) = self.settings() {
            text.push_str("; ");
            text.push_str(&settings);
        }
        if let Identity::Says(says) = identity {
            text.push_str("; ");
            text.push_str(says);
        }
        text
    }

    /// What begins a statement that is a unit of work of its own; nothing where it needs no transaction.
    pub(super) fn begin_statement(&self, identity: &Identity, kind: Kind) -> Option<String> {
        let is_alone = match (identity, kind) {
            (Identity::None, Kind::Read | Kind::Write) => true,
            // The end of the transaction takes away what it left behind.
            (Identity::None, Kind::Raw) | (Identity::Says(_), _) => false,
        };
        let keeps_settings = match self.via {
            Via::Server => true,
            Via::Pooler(Statements::Named) => self.statement_timeout.is_none(),
            Via::Pooler(Statements::Unnamed) => false,
        };
        let needs_none = is_alone && keeps_settings;
        (!needs_none).then(|| self.begin(identity, ""))
    }

    /// The settings and who it is, after SQL of somebody's own that may have said otherwise.
    pub(super) fn say_again(&self, identity: &Identity) -> String {
        let settings = self.settings();
        let settings = settings.unwrap_or_else(|| format!("SET LOCAL {QUOTING} = on"));
        match identity {
            Identity::Says(says) => format!("{settings}; {says}"),
            Identity::None => settings,
        }
    }

    /// What a transaction has to set, since the connection is no session that could keep it.
    fn settings(&self) -> Option<String> {
        match (self.via, self.statement_timeout) {
            (Via::Server, _) => None,
            (Via::Pooler(_), None) => Some(format!("SET LOCAL {QUOTING} = on")),
            (Via::Pooler(_), Some(timeout)) => Some(format!(
                "SET LOCAL {QUOTING} = on; SET LOCAL statement_timeout = {timeout}"
            )),
        }
    }
}

fn connect(error: sqlx::Error) -> Error {
    Error::Connect(said(error))
}

/// What a pooler answers a startup parameter with that it does not know. The server has no such answer to what sqlx says.
const PROTOCOL_VIOLATION: &str = "08P01";

fn as_new_behind_pooler(options: &PgConnectOptions) -> String {
    let mut as_new = format!("{AS_NEW}; {AS_SQLX_SAYS}");
    if let Some(name) = options.get_application_name() {
        as_new.push_str("; SET application_name = ");
        as_new.push_str(&text(name));
    }
    as_new
}

/// Whether the URL says `statement-cache-capacity=0`.
pub(super) fn is_without_cache(options: &PgConnectOptions) -> bool {
    let url = options.to_url_lossy();
    let mut pairs = url.query_pairs();
    pairs.any(|(key, value)| key == "statement-cache-capacity" && value == "0")
}

/// As a number that the server takes. Less than a millisecond is one: 0 would be no timeout at all.
fn milliseconds(timeout: Duration) -> u32 {
    const MOST: u128 = i32::MAX as u128;
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000).clamp(1, MOST);
    u32::try_from(milliseconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_never_none() {
        for (timeout, wanted) in [
            (Duration::ZERO, 1),
            (Duration::from_nanos(1), 1),
            (Duration::from_micros(500), 1),
            (Duration::from_micros(1_001), 2),
            (Duration::from_secs(5), 5_000),
            (Duration::MAX, 2_147_483_647),
        ] {
            assert_eq!(milliseconds(timeout), wanted, "{timeout:?}");
        }
    }
}
