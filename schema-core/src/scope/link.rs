//! How an application reaches its server: directly, or through a pooler that assigns a server session to each
//! transaction.
//!
//! Without a pooler, a connection is a session. Its settings are set once, when it is made, and its statements are
//! prepared by name and kept. A pooler refuses such settings or forgets them, and may send the second half of a
//! statement to another session than the first. So each transaction sets them, and statements are unnamed and always
//! within a transaction.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Executor as _, Row as _};

use super::identity::text;
use super::unit_of_work::Identity;
use crate::error::{Error, without_source_line};
use crate::query::Kind;

/// How statements are prepared.
///
/// Without this setting they are named, and `connect` refuses a pooler: in transaction mode the pooler could run one
/// process's statement for another process that used the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Statements {
    /// Named, prepared once for each connection.
    ///
    /// With a pooler, use it only if the pooler keeps each client's statements apart: in session mode, or with
    /// PgBouncer's `max_prepared_statements`.
    Named,
    /// Unnamed, prepared each time, always within a transaction: for a pooler in transaction mode.
    /// `?statement-cache-capacity=0` in the URL has the same effect.
    Unnamed,
}

/// How the connections of a pool reach the server.
#[derive(Clone, Debug)]
pub(super) struct Link {
    via: Via,
    /// The statement timeout in milliseconds.
    statement_timeout: Option<u32>,
    /// The SQL that resets a session.
    as_new: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    /// Directly: a connection is a session of the server. This is checked when it is made.
    Server,
    Pooler(Statements),
}

/// Resets a session, except for its prepared statements. `setseed` gets an unpredictable seed, because the server
/// cannot restore the original one.
const AS_NEW: &str = "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; DISCARD TEMP; DISCARD SEQUENCES; \
    SELECT pg_advisory_unlock_all(), setseed(('x' || left(gen_random_uuid()::text, 8))::bit(32)::integer / 2147483648.0)";

/// The settings that sqlx makes in a new session. Behind a pooler `RESET ALL` removes them, because another client made
/// the session.
const AS_SQLX_SAYS: &str =
    "SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'";

/// The setting that decides how the text literals of this crate are read.
const QUOTING: &str = "standard_conforming_strings";

/// A setting that marks a session. It is lost if a pooler is in between.
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
    /// [`Error::Pooler`] if it leads to a pooler and [`Statements`] was not set.
    pub(super) async fn connect(&self, options: &PgConnectOptions) -> Result<PgConnection, Error> {
        match self.via {
            Via::Server => self.connect_to_server(options).await,
            Via::Pooler(statements) => {
                // sqlx sets this by default. Poolers refuse it, and values in binary form do not need it.
                let options = options.clone().extra_float_digits(None);
                let mut connection = options.connect().await.map_err(connect)?;
                if statements == Statements::Named {
                    // A single statement may run without a transaction that could set it.
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
                Error::Pooler(Some(without_source_line(sqlx::Error::Database(cause))))
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

    /// Whether prepared statements are kept.
    pub(super) fn keeps_statements(&self) -> bool {
        match self.via {
            Via::Server | Via::Pooler(Statements::Named) => true,
            Via::Pooler(Statements::Unnamed) => false,
        }
    }

    /// The SQL that resets a session.
    pub(super) fn as_new(&self) -> &str {
        &self.as_new
    }

    /// The SQL that begins a transaction: `BEGIN`, the settings, and the identity.
    pub(super) fn begin(&self, identity: &Identity, options: &str) -> String {
        let mut text = format!("BEGIN{options}");
        if let Some(settings) = self.settings() {
            text.push_str("; ");
            text.push_str(&settings);
        }
        if let Identity::Set(sql) = identity {
            text.push_str("; ");
            text.push_str(sql);
        }
        text
    }

    /// The SQL that begins a statement which is a unit of work of its own. `None` if it needs no transaction.
    pub(super) fn begin_statement(&self, identity: &Identity, kind: Kind) -> Option<String> {
        let is_alone = match (identity, kind) {
            (Identity::None, Kind::Read | Kind::Write) => true,
            // The end of the transaction resets what raw SQL left behind.
            (Identity::None, Kind::Raw) | (Identity::Set(_), _) => false,
        };
        let keeps_settings = match self.via {
            Via::Server => true,
            Via::Pooler(Statements::Named) => self.statement_timeout.is_none(),
            Via::Pooler(Statements::Unnamed) => false,
        };
        let needs_none = is_alone && keeps_settings;
        (!needs_none).then(|| self.begin(identity, ""))
    }

    /// The settings and the identity, to be set again after raw SQL that may have changed them.
    pub(super) fn settings_and_identity(&self, identity: &Identity) -> String {
        let settings = self.settings();
        let settings = settings.unwrap_or_else(|| format!("SET LOCAL {QUOTING} = on"));
        match identity {
            Identity::Set(sql) => format!("{settings}; {sql}"),
            Identity::None => settings,
        }
    }

    /// The settings that each transaction has to set, because the connection is not a session that could keep them.
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
    Error::Connect(without_source_line(error))
}

/// How a pooler answers an unknown startup parameter. The server never answers this to sqlx's parameters.
const PROTOCOL_VIOLATION: &str = "08P01";

fn as_new_behind_pooler(options: &PgConnectOptions) -> String {
    let mut as_new = format!("{AS_NEW}; {AS_SQLX_SAYS}");
    if let Some(name) = options.get_application_name() {
        as_new.push_str("; SET application_name = ");
        as_new.push_str(&text(name));
    }
    as_new
}

/// Whether the URL contains `statement-cache-capacity=0`.
pub(super) fn is_without_cache(options: &PgConnectOptions) -> bool {
    let url = options.to_url_lossy();
    let mut pairs = url.query_pairs();
    pairs.any(|(key, value)| key == "statement-cache-capacity" && value == "0")
}

/// The timeout as the server takes it, rounded up to at least 1, because 0 would mean no timeout.
fn milliseconds(timeout: Duration) -> u32 {
    const MOST: u128 = i32::MAX as u128;
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000).clamp(1, MOST);
    u32::try_from(milliseconds).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_never_zero() {
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
