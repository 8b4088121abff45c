//! The types of columns, arguments and domains.

use std::collections::HashMap;

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::names::qualified;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::SqlType;
use freehold_schema_core::model::ScalarType;

/// All types except row types and their arrays, which are kept as PostgreSQL prints them.
const TYPES: &str = "
    SELECT t.oid, n.nspname::text AS namespace, t.typname::text AS name, t.typtype::text AS kind, element.oid AS element
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    LEFT JOIN pg_catalog.pg_type element ON element.oid = t.typelem AND element.typarray = t.oid
    WHERE t.typrelid = 0 AND coalesce(element.typrelid, 0) = 0";

/// The offset of the length or the precision in a type modifier (`VARHDRSZ`).
const MODIFIER_HEADER: i32 = 4;

row! {
    struct TypeRow {
        oid: Oid,
        namespace: String,
        name: String,
        kind: String,
        element: Option<Oid>,
    }
}

/// The types of the database.
pub(super) struct Types(HashMap<Oid, TypeRow>);

impl Types {
    pub(super) async fn read(session: &mut CatalogReader<'_>) -> Result<Self, InspectError> {
        let rows = session.everywhere::<TypeRow>("types", TYPES).await?;
        Ok(Self(rows.into_iter().map(|row| (row.oid, row)).collect()))
    }

    /// A type by its object identifier and modifier; `written` is how PostgreSQL prints it.
    pub(super) fn sql_type(&self, oid: Oid, modifier: i32, written: &str) -> SqlType {
        self.known(oid, modifier)
            .unwrap_or_else(|| SqlType::Sql(written.to_owned()))
    }

    fn known(&self, oid: Oid, modifier: i32) -> Option<SqlType> {
        let row = self.0.get(&oid)?;
        // The modifier of an array is that of its elements.
        if let Some(element) = row.element {
            let element = self.known(element, modifier)?;
            return Some(SqlType::Array(Box::new(element)));
        }
        match row.kind.as_str() {
            "e" => Some(SqlType::Enum(qualified(&row.namespace, &row.name))),
            "d" => Some(SqlType::Domain(qualified(&row.namespace, &row.name))),
            _ => row.scalar(modifier).map(SqlType::Scalar),
        }
    }
}

impl TypeRow {
    fn scalar(&self, modifier: i32) -> Option<ScalarType> {
        match (self.namespace.as_str(), self.name.as_str()) {
            ("pg_catalog", "numeric") => Some(ScalarType::Numeric(digits(modifier))),
            ("pg_catalog", "varchar") => Some(ScalarType::Varchar(length(modifier))),
            ("pg_catalog", "bpchar") => length(modifier).map(ScalarType::Char),
            ("pg_catalog", name) if modifier < 0 => scalar(name),
            // `citext` is in the PostgreSQL schema of its extension.
            (_, "citext") => Some(ScalarType::Citext),
            _ => None,
        }
    }
}

/// The scalar type with this catalog name, for a type without a modifier.
fn scalar(name: &str) -> Option<ScalarType> {
    let mut all = ScalarType::ALL.iter().copied();
    all.find(|scalar| scalar.catalog_name() == name)
}

fn length(modifier: i32) -> Option<u32> {
    u32::try_from(modifier - MODIFIER_HEADER).ok()
}

/// Precision and scale: precision is in the upper half; scale, which may be negative, is in the lower 11 bits
/// (`numeric_typmod_scale` in PostgreSQL's `numeric.c`).
fn digits(modifier: i32) -> Option<(u16, i16)> {
    let packed = modifier
        .checked_sub(MODIFIER_HEADER)
        .filter(|packed| *packed >= 0)?;
    let precision = u16::try_from(packed >> 16).ok()?;
    let scale = i16::try_from(((packed & 0x7ff) ^ 1024) - 1024).ok()?;
    Some((precision, scale))
}

#[cfg(test)]
mod tests {
    use super::{digits, length};

    #[test]
    fn a_modifier_holds_precision_and_scale() {
        assert_eq!(digits(((10 << 16) | 2) + 4), Some((10, 2)));
        assert_eq!(digits(((5 << 16) | (0x7ff & -3)) + 4), Some((5, -3)));
        assert_eq!(digits(-1), None);
    }

    #[test]
    fn a_modifier_holds_a_length() {
        assert_eq!(length(259), Some(255));
        assert_eq!(length(-1), None);
    }
}
