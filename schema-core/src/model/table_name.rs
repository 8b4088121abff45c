use super::text::{FNV_OFFSET, fnv1a, same_text};

/// The name of a table, with the hash that const rules compare it by: byte by byte, 300 tables take rustc twenty seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableName {
    /// The PostgreSQL schema; without one, the first of the search path.
    pub schema: Option<&'static str>,
    /// The table's name.
    pub name: &'static str,
    hash: u64,
}

impl TableName {
    /// A name in a PostgreSQL schema or in none.
    pub const fn new(schema: Option<&'static str>, name: &'static str) -> Self {
        let start = match schema {
            // Without a schema it is in `public`, while the search path is the default one.
            Some(schema) if !same_text(schema, "public") => {
                fnv1a(fnv1a(FNV_OFFSET, schema.as_bytes()), b".")
            }
            _ => FNV_OFFSET,
        };
        Self {
            schema,
            name,
            hash: fnv1a(start, name.as_bytes()),
        }
    }

    pub(super) const fn hash(&self) -> u64 {
        self.hash
    }

    /// Whether both are the same name.
    pub const fn is(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}
