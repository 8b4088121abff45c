use std::path::Path;

use crate::Error;
use crate::psql::Client;

/// An empty database of its own. Dropping it drops it.
#[derive(Debug)]
pub struct Database {
    client: Client,
    name: String,
}

impl Database {
    pub(crate) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Its name, which no other database of the server has.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where to connect: a URL that `sqlx` and `psql` take. The user is the superuser `postgres`.
    pub fn url(&self) -> String {
        self.client.url(&self.name)
    }

    /// Runs `sql` up to its first error. Gives back what it selects, a line for each row, without the last newline.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn psql(&self, sql: &str) -> Result<String, Error> {
        self.client.text(&self.name, sql)
    }

    /// [`Database::psql`] for the script at `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn psql_file(&self, path: impl AsRef<Path>) -> Result<String, Error> {
        self.client.file(&self.name, path.as_ref())
    }

    /// What the database holds: the lines that the script `catalog_sql` prints, sorted and without the empty ones.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn catalog(&self, catalog_sql: &Path) -> Result<Vec<String>, Error> {
        let printed = self.psql_file(catalog_sql)?;
        let mut facts: Vec<String> = printed
            .lines()
            .filter(|line| !line.is_empty())
            .map(String::from)
            .collect();
        facts.sort_unstable();
        Ok(facts)
    }
}

/// Gives its place on the disk back. What cannot be dropped ends with the server.
impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE \"{}\" WITH (FORCE)", self.name);
        let _ = self.client.text("postgres", &sql);
    }
}
