use std::collections::HashMap;

use sqlx::postgres::{PgConnection, PgDatabaseError, PgRow};
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use super::candidates::{self, Cell};
use super::error::TestingError;
use crate::ddl;
use crate::error::{EncodeError, Error};
use crate::ir;
use crate::model::{
    ColumnDef, Expr, ForeignKeyDef, Identity, IndexDef, Ownership, Role, SchemaDef, Table, TableDef,
};
use crate::query::Relation;
use crate::scope::ScopeKey;
use crate::sql::quote;
use crate::wire::RowReader;

/// How many rows are tried before the factory gives up.
const ATTEMPTS: usize = 2_000;

/// Creates valid rows. It first creates the rows that a row refers to. Then it tries values until the database
/// accepts the row with all its checks.
///
/// It works as an administrator, who bypasses row-level security.
#[derive(Debug)]
pub struct Factory {
    schema: &'static SchemaDef,
    connection: PgConnection,
    given: HashMap<(&'static str, &'static str), String>,
    made: Vec<Made>,
    owners: Vec<String>,
    count: u32,
    /// Whether to prefer values on which computations fail, if the database accepts them.
    is_hostile: bool,
}

/// A row that was created, and its owner.
#[derive(Clone, Debug)]
struct Made {
    table: &'static TableDef,
    owner: Option<String>,
    seed: u32,
    row: Stored,
}

/// The texts of a row's values, in the order of the columns; `None` is null.
pub(super) type Stored = Vec<Option<String>>;

impl Factory {
    pub(super) fn new(schema: &'static SchemaDef, connection: PgConnection) -> Self {
        Self {
            schema,
            connection,
            given: HashMap::new(),
            made: Vec::new(),
            owners: Vec::new(),
            count: 0,
            is_hostile: false,
        }
    }

    /// Sets the value of a column in every new row of a table. `text` is the text of an SQL literal. Use it for
    /// values that a check requires and the factory cannot guess.
    pub fn value(mut self, table: &'static str, column: &'static str, text: &str) -> Self {
        self.given.insert((table, column), text.to_owned());
        self
    }

    /// Creates a row of an owner, and the rows that it refers to. The owner's own row is created if it is missing.
    ///
    /// # Errors
    ///
    /// [`TestingError::NoRow`] if no valid row was found.
    pub async fn row<T, K>(&mut self, owner: &K) -> Result<T, TestingError>
    where
        T: Table + Relation,
        K: ScopeKey,
    {
        let owner = owner
            .setting()
            .map_err(|error| Error::from(EncodeError::new(None, error.into())))?;
        self.typed::<T>(Some(&owner)).await
    }

    /// Creates a row of a shared or an internal table, and the rows that it refers to.
    ///
    /// # Errors
    ///
    /// [`TestingError::NoRow`] if no valid row was found.
    pub async fn shared_row<T: Table + Relation>(&mut self) -> Result<T, TestingError> {
        self.typed::<T>(None).await
    }

    async fn typed<T: Table + Relation>(&mut self, owner: Option<&str>) -> Result<T, TestingError> {
        self.count += 1;
        let seed = self.count;
        let row = self.make(T::DEF, owner, seed).await?;
        let meta = T::meta();
        let key = meta.key().iter().map(|&at| {
            let value = row[at].as_deref().unwrap_or_default();
            format!("t0.{} = {}", meta.columns()[at].name, quote::text(value))
        });
        let key = key.collect::<Vec<_>>().join(" AND ");
        let text = format!(
            "SELECT {} FROM {} AS t0 WHERE {key}",
            meta.select_list(),
            meta.name()
        );
        // A prepared statement returns values in their binary form. It needs a name: sqlx looks up types that it does
        // not know before it reads the rows, and that would discard an unnamed statement.
        let row = sqlx::query(AssertSqlSafe(text));
        let row = row.fetch_one(&mut self.connection).await?;
        let read = <T as Relation>::read(&mut RowReader::new(&row, true));
        Ok(read.map_err(Error::from)?)
    }

    /// The first row that was created for the owner, or a new one.
    async fn first(
        &mut self,
        table: &'static TableDef,
        owner: Option<&str>,
    ) -> Result<Stored, TestingError> {
        let owner = owner.filter(|_| table.ownership.is_owned());
        let made = self
            .made
            .iter()
            .find(|made| made.table.name.is(&table.name) && made.owner.as_deref() == owner);
        match made {
            Some(made) => Ok(made.row.clone()),
            None => Box::pin(self.make(table, owner, 0)).await,
        }
    }

    /// Creates a row. The same seed gives the same values, except where values must be unique over all owners.
    pub(super) async fn make(
        &mut self,
        table: &'static TableDef,
        owner: Option<&str>,
        seed: u32,
    ) -> Result<Stored, TestingError> {
        let is_owners = matches!(table.ownership, Ownership::Owner);
        let made = self.made.iter().find(|made| {
            made.table.name.is(&table.name)
                && made.owner.as_deref() == owner
                && (is_owners || made.seed == seed)
        });
        if let Some(made) = made {
            return Ok(made.row.clone());
        }
        let columns = self.columns(table, owner, seed).await?;
        let row = self.insert(table, columns).await?;
        self.made.push(Made {
            table,
            owner: owner.map(str::to_owned),
            seed,
            row: row.clone(),
        });
        Ok(row)
    }

    /// Creates a row with values on which computations fail, if the table accepts one.
    pub(super) async fn make_hostile(
        &mut self,
        table: &'static TableDef,
        owner: &str,
        seed: u32,
    ) -> Result<(), TestingError> {
        self.is_hostile = true;
        let made = self.make(table, Some(owner), seed).await;
        self.is_hostile = false;
        match made {
            // In some tables, an owner can have only one row.
            Ok(_) | Err(TestingError::NoRow { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The values to try for each column.
    async fn columns(
        &mut self,
        table: &'static TableDef,
        owner: Option<&str>,
        seed: u32,
    ) -> Result<Vec<Vec<Cell>>, TestingError> {
        let references = self.references(table, owner, seed).await?;
        let of_owner = self.place_of(owner);
        let mut columns = Vec::with_capacity(table.columns.len());
        for (column, place) in table.columns.iter().zip(1_u32..) {
            let is_unique = is_unique_over_all(table, column.name);
            let of_owner = if is_unique { of_owner * 10_000 } else { 0 };
            // Columns that need not be unique get the same number, so that checks on sums and on order hold.
            let seed = if is_in_unique(table, column.name) {
                seed + place * 100 + of_owner
            } else {
                9
            };
            columns.push(self.cells(table, column, owner, &references, seed));
        }
        Ok(columns)
    }

    fn cells(
        &self,
        table: &'static TableDef,
        column: &'static ColumnDef,
        owner: Option<&str>,
        references: &HashMap<&str, Option<String>>,
        seed: u32,
    ) -> Vec<Cell> {
        let is_owner = match table.ownership {
            Ownership::Owner => table.primary_key.columns.first() == Some(&column.name),
            Ownership::Scope(scope) => scope == column.name,
            Ownership::Through(_) | Ownership::Shared | Ownership::Internal => false,
        };
        let is_the_databases =
            column.generated.is_some() || column.identity == Some(Identity::Always);
        if is_the_databases {
            return vec![Cell::Default];
        }
        if let Some(text) = owner.filter(|_| is_owner) {
            return vec![Cell::Text(text.to_owned())];
        }
        if let Some(text) = self.given.get(&(table.name.name, column.name)) {
            return vec![Cell::Text(text.clone())];
        }
        if let Some(reference) = references.get(column.name) {
            let text = reference.clone().map(Cell::Text);
            let null = column.nullable.then_some(Cell::Null);
            return text.into_iter().chain(null).collect();
        }
        if column.role == Some(Role::DeletedAt) {
            return vec![Cell::Null];
        }
        let cells = candidates::of_column(table, column, seed);
        if !self.is_hostile || is_in_unique(table, column.name) {
            return cells;
        }
        candidates::hostile(column)
            .into_iter()
            .chain(cells)
            .collect()
    }

    /// The values of the columns of foreign keys. Nullable ones are null, so that circular references end. A foreign
    /// key on several columns refers to no row if one of its columns is null.
    async fn references(
        &mut self,
        table: &'static TableDef,
        owner: Option<&str>,
        seed: u32,
    ) -> Result<HashMap<&'static str, Option<String>>, TestingError> {
        let mut values = HashMap::new();
        for key in table.foreign_keys {
            let nullable = key.columns.iter();
            let mut nullable = nullable
                .filter(|column| is_nullable(table, column))
                .peekable();
            let of_scope =
                matches!(table.ownership, Ownership::Scope(scope) if key.columns == [scope]);
            if nullable.peek().is_some() {
                values.extend(nullable.map(|&column| (column, None)));
                continue;
            }
            let target = (key.target().def)();
            let parent = match target.ownership {
                Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_) => {
                    // A row without an owner may still refer to an owned row. It refers to one of the first owner.
                    let owner = owner.map(str::to_owned);
                    let owner = owner.or_else(|| self.owners.first().cloned());
                    self.first(target, owner.as_deref()).await?
                }
                // Each further row refers to another shared row, so that both rows can have the same parent of their
                // owner.
                Ownership::Shared => Box::pin(self.make(target, None, seed)).await?,
                // Each owner's rows refer to internal rows of their own.
                Ownership::Internal => Box::pin(self.make(target, owner, seed)).await?,
            };
            if !of_scope {
                values.extend(referenced(key, &parent));
            }
        }
        Ok(values)
    }

    fn place_of(&mut self, owner: Option<&str>) -> u32 {
        let Some(owner) = owner else {
            return 0;
        };
        let place = self.owners.iter().position(|other| other == owner);
        let place = place.unwrap_or_else(|| {
            self.owners.push(owner.to_owned());
            self.owners.len() - 1
        });
        u32::try_from(place).unwrap_or_default()
    }

    /// Tries rows until the database accepts one.
    async fn insert(
        &mut self,
        table: &'static TableDef,
        columns: Vec<Vec<Cell>>,
    ) -> Result<Stored, TestingError> {
        let constraints = ir::Table::alone(table);
        let mut tried = vec![0; columns.len()];
        let mut reason = String::from("there are no values to try for its columns");
        for _ in 0..ATTEMPTS {
            let text = insert_text(table, &columns, &tried);
            let row = self.connection.fetch_one(AssertSqlSafe(text)).await;
            let refused = match row {
                Ok(row) => return stored(&row, columns.len()),
                Err(error) => error,
            };
            reason = refused.to_string();
            let is_taken = refused
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
            let suspects = suspects(&refused, table, &constraints);
            if is_taken || !next(&mut tried, &columns, &suspects) {
                break;
            }
        }
        Err(TestingError::NoRow {
            table: table.name.name,
            reason,
        })
    }

    /// Whether rows of several owners were created.
    pub(super) fn has_several_owners(&self) -> bool {
        self.owners.len() > 1
    }

    pub(super) fn schema(&self) -> &'static SchemaDef {
        self.schema
    }
}

/// The next combination of the suspects' values, counted like an odometer.
fn next(tried: &mut [usize], columns: &[Vec<Cell>], suspects: &[usize]) -> bool {
    for &at in suspects {
        tried[at] += 1;
        if tried[at] < columns[at].len() {
            return true;
        }
        tried[at] = 0;
    }
    false
}

/// The columns of the violated check; all columns if it is not known.
fn suspects(error: &sqlx::Error, table: &'static TableDef, constraints: &ir::Table) -> Vec<usize> {
    let error = error
        .as_database_error()
        .and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
    let named = error.and_then(|error| {
        let constraint = error.constraint()?;
        let place = constraints
            .checks
            .iter()
            .position(|check| check.name == constraint)?;
        // The checks of enum labels come first.
        let place = (place + table.checks.len()).checked_sub(constraints.checks.len())?;
        Some(table.checks.get(place)?.columns)
    });
    let is_named = |column: &ColumnDef| named.is_none_or(|names| names.contains(&column.name));
    let columns = table.columns.iter().enumerate();
    let suspects: Vec<_> = columns
        .filter(|(_, column)| is_named(column))
        .map(|(at, _)| at)
        .collect();
    if suspects.is_empty() {
        return (0..table.columns.len()).collect();
    }
    suspects
}

/// An insert such as `INSERT INTO t (a, b) VALUES ('1', NULL) RETURNING a::text, ..`.
fn insert_text(table: &TableDef, columns: &[Vec<Cell>], tried: &[usize]) -> String {
    let cells = columns.iter().zip(tried).map(|(cells, &at)| cells.get(at));
    let set = table.columns.iter().zip(cells);
    let set = set.filter_map(|(column, cell)| match cell? {
        Cell::Default => None,
        Cell::Null => Some((column, "NULL".to_owned())),
        Cell::Text(text) => Some((column, quote::text(text))),
    });
    let (names, values): (Vec<_>, Vec<_>) = set
        .map(|(column, value)| (ddl::identifier(column.name), value))
        .unzip();
    let returning = table
        .columns
        .iter()
        .map(|column| format!("{}::text", ddl::identifier(column.name)));
    let returning = returning.collect::<Vec<_>>().join(", ");
    let into = ddl::qualified(&table.name);
    if names.is_empty() {
        return format!("INSERT INTO {into} DEFAULT VALUES RETURNING {returning}");
    }
    format!(
        "INSERT INTO {into} ({}) VALUES ({}) RETURNING {returning}",
        names.join(", "),
        values.join(", ")
    )
}

fn stored(row: &PgRow, count: usize) -> Result<Stored, TestingError> {
    let values = (0..count).map(|at| row.try_get_unchecked::<Option<String>, _>(at));
    Ok(values.collect::<Result<_, _>>()?)
}

fn is_nullable(table: &TableDef, column: &str) -> bool {
    table.column(column).is_some_and(|column| column.nullable)
}

/// The columns of a foreign key, with the values of the referenced row.
fn referenced(key: &'static ForeignKeyDef, parent: &Stored) -> Vec<(&'static str, Option<String>)> {
    let def = (key.target().def)();
    let value = |column: &str| {
        let at = def.columns.iter().position(|other| other.name == column)?;
        parent.get(at)?.clone()
    };
    let pairs = key.columns.iter().zip(key.references);
    pairs
        .map(|(column, reference)| (*column, value(reference.column)))
        .collect()
}

/// Whether the column is in a key or a unique index.
fn is_in_unique(table: &TableDef, column: &str) -> bool {
    has_unique(table, |names| names.contains(&column))
}

/// Whether the column is in a key or a unique index that contains neither the scope column nor the column that leads
/// to the owner.
pub(super) fn is_unique_over_all(table: &TableDef, column: &str) -> bool {
    let own = match table.ownership {
        Ownership::Scope(own) | Ownership::Through(own) => Some(own),
        Ownership::Owner | Ownership::Shared | Ownership::Internal => None,
    };
    has_unique(table, |names| {
        names.contains(&column) && own.is_none_or(|own| !names.contains(&own))
    })
}

/// Whether the column refers to an internal table. The rule `internal_reference` must be allowed for that.
pub(super) fn is_internal_reference(def: &TableDef, column: &ColumnDef) -> bool {
    let mut keys = def.foreign_keys.iter();
    keys.any(|key| key.columns.contains(&column.name) && key.target().ownership.is_internal())
}

fn has_unique(table: &TableDef, is_one: impl Fn(&[&str]) -> bool) -> bool {
    let of_index = |index: &IndexDef| {
        let names = index.parts.iter().filter_map(|part| match part.value {
            Expr::Column(name) => Some(name),
            _ => None,
        });
        index.unique && is_one(&names.collect::<Vec<_>>())
    };
    is_one(table.primary_key.columns)
        || table.uniques.iter().any(|unique| is_one(unique.columns))
        || table.indexes.iter().any(of_index)
}
