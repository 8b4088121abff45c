use super::{TableDef, TableName, name_index};

/// A schema: an explicit list of tables. Made by `schema!`.
///
/// ```
/// # use freehold_schema_core as freehold;
/// use freehold::{Postgres, SchemaDef};
///
/// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
/// assert!(EMPTY.validate().is_empty());
/// assert_eq!(EMPTY.schema()?.up(&Postgres), "");
/// # Ok::<(), freehold::SchemaError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SchemaDef {
    /// The schema's name in Rust.
    pub name: &'static str,
    /// The tables, in the order of the list.
    pub tables: &'static [&'static TableDef],
    /// How `created_at` and `updated_at` are kept.
    pub updated_at: UpdatedAtDef,
    /// What [`name_index`](super::name_index) made of the tables; empty where nobody did.
    name_index: &'static [u16],
    /// Whether the derive of a table reported an error. The rules of `schema!` wait then: what they would say is most often its echo.
    pub(crate) has_incomplete_table: bool,
}

impl SchemaDef {
    /// A schema of `tables`.
    pub const fn new(name: &'static str, tables: &'static [&'static TableDef]) -> Self {
        Self {
            name,
            tables,
            updated_at: UpdatedAtDef::new(),
            name_index: &[],
            has_incomplete_table: has_incomplete_table(tables),
        }
    }

    /// With an index of the tables' names, so that looking one up does not take longer the more there are.
    pub const fn indexed(mut self, name_index: &'static [u16]) -> Self {
        self.name_index = name_index;
        self
    }

    /// The place of the first table of this name in the list.
    pub(crate) const fn position(&self, name: &TableName) -> Option<usize> {
        if !self.name_index.is_empty() {
            return name_index::find(self.name_index, self.tables, name);
        }
        let mut i = 0;
        while i < self.tables.len() {
            if self.tables[i].name.is(name) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// Sets how `created_at` and `updated_at` are kept.
    pub const fn updated_at(mut self, updated_at: UpdatedAtDef) -> Self {
        self.updated_at = updated_at;
        self
    }
}

const fn has_incomplete_table(tables: &[&TableDef]) -> bool {
    let mut i = 0;
    while i < tables.len() {
        if tables[i].incomplete {
            return true;
        }
        i += 1;
    }
    false
}

/// How `created_at` and `updated_at` are kept.
#[derive(Clone, Copy, Debug)]
pub struct UpdatedAtDef {
    /// The name of the trigger function.
    pub function: &'static str,
    /// The clock of the defaults and of the trigger.
    pub clock: Clock,
}

impl UpdatedAtDef {
    /// `set_updated_at` and `NOW()`.
    pub const fn new() -> Self {
        Self {
            function: "set_updated_at",
            clock: Clock::Now,
        }
    }

    /// Names the trigger function.
    pub const fn function(mut self, name: &'static str) -> Self {
        self.function = name;
        self
    }

    /// Sets the clock.
    pub const fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

impl Default for UpdatedAtDef {
    fn default() -> Self {
        Self::new()
    }
}

/// The clock of `created_at` and `updated_at`. Both give the start of the transaction; PostgreSQL keeps them apart in its catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clock {
    /// `NOW()`
    Now,
    /// `CURRENT_TIMESTAMP`
    CurrentTimestamp,
}
