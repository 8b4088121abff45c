use std::path::Path;

use crate::Error;
use crate::psql::Client;

/// An empty database. Dropping this value drops the database.
#[derive(Debug)]
pub struct Database {
    client: Client,
    name: String,
}

impl Database {
    pub(crate) fn new(client: Client, name: String) -> Self {
        Self { client, name }
    }

    /// Its name, which is unique on the server.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its URL, for `sqlx` and `psql`. The user is the superuser `postgres`.
    pub fn url(&self) -> String {
        self.client.url(&self.name)
    }

    /// Runs `sql` up to its first error. Returns the selected rows, one a line, without the last newline.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn psql(&self, sql: &str) -> Result<String, Error> {
        self.client.text(&self.name, sql)
    }

    /// Runs the script at `path`, like [`Database::psql`].
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn psql_file(&self, path: impl AsRef<Path>) -> Result<String, Error> {
        self.client.file(&self.name, path.as_ref())
    }

    /// The content of the catalog: the lines that the script `catalog_sql` prints, sorted and without empty lines.
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

/// Frees the disk space. If the database cannot be dropped, it ends with the server.
impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE \"{}\" WITH (FORCE)", self.name);
        let _ = self.client.text("postgres", &sql);
    }
}
