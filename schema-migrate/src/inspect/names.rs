//! Names as the owned schema writes them: without `public`.

use freehold_schema_core::ir::QualifiedName;

/// The PostgreSQL schema of a name that has none.
pub(super) const PUBLIC: &str = "public";

pub(super) fn qualified(namespace: &str, name: &str) -> QualifiedName {
    QualifiedName::new(
        Some(namespace).filter(|namespace| *namespace != PUBLIC),
        name,
    )
}

/// A name in a message.
pub(super) fn written(name: &QualifiedName) -> String {
    match &name.schema {
        Some(schema) => format!("{schema}.{}", name.name),
        None => name.name.clone(),
    }
}
