//! The values of a row as SQL, for messages. PostgreSQL writes them: it knows the text of each type.

use std::sync::Arc;

use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::{AssertSqlSafe, Row as _};

use super::error::SeedError;
use super::rows::Row;
use crate::query::Argument;

/// The text for a column that is set to an expression.
const EXPRESSION: &str = "(an expression)";
/// The text for the value of a secret column.
const SECRET: &str = "(secret)";

impl Row {
    /// The names of these columns, each with its value.
    pub(super) async fn literals(
        &self,
        positions: &[usize],
        connection: &mut PgConnection,
    ) -> Result<Vec<(String, String)>, SeedError> {
        let shown: Vec<_> = positions.iter().map(|at| self.shown(*at)).collect();
        let arguments: Vec<_> = shown
            .iter()
            .filter_map(|shown| shown.clone().ok())
            .collect();
        let mut texts = texts(&arguments, connection).await?.into_iter();
        let named = positions.iter().zip(shown).map(|(at, shown)| {
            let name = self.meta.column_name(*at).unwrap_or_default().to_owned();
            let text = match shown {
                Ok(_) => texts.next().unwrap_or_default(),
                Err(word) => word.to_owned(),
            };
            (name, text)
        });
        Ok(named.collect())
    }

    /// The value of a column, or the word for it.
    fn shown(&self, position: usize) -> Result<Arc<dyn Argument>, &'static str> {
        let def = self.meta.column_defs().get(position);
        if def.is_some_and(|def| def.secret) {
            return Err(SECRET);
        }
        self.argument(position).ok_or(EXPRESSION)
    }
}

async fn texts(
    values: &[Arc<dyn Argument>],
    connection: &mut PgConnection,
) -> Result<Vec<String>, SeedError> {
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let error = |source| SeedError::Server {
        doing: "write the values of a row as text",
        source,
    };
    let mut arguments = PgArguments::default();
    for value in values {
        let added = value.add(&mut arguments);
        added.map_err(|cause| error(sqlx::Error::Encode(cause)))?;
    }
    let columns = (1..=values.len()).map(|at| format!("quote_nullable(${at}::text)"));
    let question = format!("SELECT {}", columns.collect::<Vec<_>>().join(", "));
    // Not kept: the text is the same for values of other types.
    let query = sqlx::query_with(AssertSqlSafe(question), arguments).persistent(false);
    let row = query.fetch_one(connection).await.map_err(error)?;
    let texts = (0..values.len()).map(|at| row.try_get(at));
    texts.collect::<Result<_, _>>().map_err(error)
}

/// `sku = 'A-1'`, for several columns separated by commas.
pub(super) fn listed(values: &[(String, String)]) -> String {
    let values = values.iter().map(|(name, text)| format!("{name} = {text}"));
    values.collect::<Vec<_>>().join(", ")
}
