//! The migrations of a directory, as a document lists them.

use freehold_schema_migrate::migrate::files::Header;
use freehold_schema_migrate::migrate::{Directory, Migration};

use crate::document::{Document, MigrationDoc};

impl Document {
    /// Adds the migrations of a directory, the newest first.
    #[must_use]
    pub fn with_migrations(self, directory: &Directory) -> Self {
        let migrations = directory.iter().rev();
        let history = migrations.map(|migration| self.migration(migration));
        let history = history.collect();
        self.with_history(history)
    }

    fn migration(&self, migration: &Migration) -> MigrationDoc {
        let header = Header::of(&migration.up.sql);
        let names = self.tables.iter().map(|table| &table.name);
        let is_named = |name: &&String| {
            let quoted = format!("`{name}`");
            header.does.iter().any(|step| step.contains(&quoted))
        };
        MigrationDoc {
            version: migration.version,
            description: migration.description.clone(),
            tables: names.filter(is_named).cloned().collect(),
            reason: header.reason,
            steps: header.does,
            has_down: migration.down.is_some(),
        }
    }
}
