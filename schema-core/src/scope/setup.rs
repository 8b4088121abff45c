use std::str::FromStr as _;

use sqlx::error::DatabaseError;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _};

use super::{link, pool, scram};
use crate::ddl::{self, POSTGRES};
use crate::error::setup::SetupError;
use crate::error::{Error, without_source_line};
use crate::model::{Isolation, RowSecurityDef, SchemaDef};
use crate::sql::quote;

/// Makes what is missing, and returns the URL of the login.
pub(super) async fn setup(schema: &'static SchemaDef, admin_url: &str) -> Result<String, Error> {
    let options = PgConnectOptions::from_str(admin_url).map_err(Error::Url)?;
    // The statements contain the verifier of the login's password.
    let mut options = options.disable_statement_logging();
    if link::is_without_cache(&options) {
        options = options.extra_float_digits(None);
    }
    let mut connection = options
        .connect()
        .await
        .map_err(|error| Error::Connect(without_source_line(error)))?;
    let done = set_up(schema, &options, &mut connection).await;
    pool::close(connection).await;
    Ok(done?.unwrap_or_else(|| admin_url.to_owned()))
}

async fn set_up(
    schema: &'static SchemaDef,
    options: &PgConnectOptions,
    connection: &mut PgConnection,
) -> Result<Option<String>, Error> {
    let up = schema
        .schema()
        .map_err(SetupError::from)?
        .up(POSTGRES.dialect);
    if !is_there(schema, connection).await? {
        // One transaction for everything, including the roles.
        run_beside_others(connection, &format!("BEGIN;\n{up}COMMIT")).await?;
    }
    match schema.isolation_in_use() {
        Isolation::Predicate => Ok(None),
        Isolation::RowSecurity(isolation) => login(&isolation, options, connection).await.map(Some),
    }
}

/// How often a setup is tried while other setups make the same roles.
const TRIES: u32 = 10;

/// Runs a transaction. Roles belong to the whole cluster. If two setups make or change a role at the same time,
/// PostgreSQL fails the second one, which is then tried again.
async fn run_beside_others(connection: &mut PgConnection, text: &str) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        match run(connection, text).await {
            Err(error) if tries < TRIES && is_of_another(&error) => {
                run(connection, "ROLLBACK").await?;
            }
            done => return done,
        }
    }
}

/// Whether another setup made the role in the meantime, or changed its entry (`tuple concurrently updated`).
fn is_of_another(error: &Error) -> bool {
    match error {
        Error::Unique { constraint, .. } => constraint.starts_with("pg_auth"),
        Error::Database(cause) => {
            let code = cause.as_database_error().and_then(DatabaseError::code);
            code.is_some_and(|code| code == "XX000" || code == "42710")
        }
        _ => false,
    }
}

async fn run(connection: &mut PgConnection, text: &str) -> Result<(), Error> {
    let done = connection.execute(AssertSqlSafe(text.to_owned())).await;
    done.map(drop)
        .map_err(|error| Error::of_statement(error, &[]))
}

/// Whether the tables exist.
async fn is_there(
    schema: &'static SchemaDef,
    connection: &mut PgConnection,
) -> Result<bool, Error> {
    let names = schema.tables.iter();
    let names: Vec<_> = names
        .map(|table| quote::text(&ddl::qualified(&table.name)))
        .collect();
    let found = rows(
        connection,
        &format!(
            "SELECT name, to_regclass(name) IS NOT NULL FROM unnest(ARRAY[{}]::text[]) AS name",
            names.join(", ")
        ),
    )
    .await?;
    let found = found.iter();
    let found = found.map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let found: Vec<(String, bool)> = found.collect::<Result<_, _>>().map_err(Error::Database)?;
    let there = found.iter().find(|(_, is_there)| *is_there);
    let missing = found.iter().find(|(_, is_there)| !*is_there);
    match (there, missing) {
        (Some((there, _)), Some((missing, _))) => Err(SetupError::Partial {
            there: there.clone(),
            missing: missing.clone(),
        }
        .into()),
        (there, _) => Ok(there.is_some()),
    }
}

/// Makes the login if it does not exist, and gives it a new password.
async fn login(
    isolation: &RowSecurityDef,
    options: &PgConnectOptions,
    connection: &mut PgConnection,
) -> Result<String, Error> {
    let name = match isolation.login {
        Some(login) => login.to_owned(),
        None => format!("{}_login", isolation.role),
    };
    let (login, role) = (ddl::identifier(&name), ddl::identifier(isolation.role));
    let create = POSTGRES
        .dialect
        .unless_exists(&format!("CREATE ROLE {login} LOGIN NOINHERIT"));
    let (password, salt) = password(connection).await?;
    run_beside_others(
        connection,
        &format!(
            "BEGIN; {create}; GRANT {role} TO {login}; ALTER ROLE {login} PASSWORD {}; COMMIT",
            // The verifier instead of the password, because a server may log such statements.
            quote::text(&scram::verifier(&password, salt))
        ),
    )
    .await?;
    Ok(url(options, &name, &password))
}

/// A password of 244 random bits, made by the server, and a salt for its verifier.
async fn password(connection: &mut PgConnection) -> Result<(String, [u8; 16]), Error> {
    let question = "SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), \
        replace(gen_random_uuid()::text, '-', '')";
    let found = rows(connection, question).await?;
    let row = found
        .first()
        .ok_or(Error::Database(sqlx::Error::RowNotFound))?;
    let password = row.try_get(0).map_err(Error::Database)?;
    let salt: String = row.try_get(1).map_err(Error::Database)?;
    let salt = u128::from_str_radix(&salt, 16);
    let salt = salt.map_err(|error| Error::Database(sqlx::Error::Decode(error.into())))?;
    Ok((password, salt.to_be_bytes()))
}

/// The rows of a query that is sent in one message, which a pooler passes to one session.
async fn rows(connection: &mut PgConnection, question: &str) -> Result<Vec<PgRow>, Error> {
    let found = connection.fetch_all(AssertSqlSafe(question.to_owned()));
    found.await.map_err(|error| Error::of_statement(error, &[]))
}

/// The URL of the same database with another login.
fn url(options: &PgConnectOptions, login: &str, password: &str) -> String {
    let mut url = options
        .clone()
        .username(login)
        .password(password)
        .to_url_lossy();
    // The default mode is left out of the URL.
    if matches!(options.get_ssl_mode(), PgSslMode::Prefer) {
        let query = link::is_without_cache(options).then_some("statement-cache-capacity=0");
        url.set_query(query);
    }
    url.to_string()
}
