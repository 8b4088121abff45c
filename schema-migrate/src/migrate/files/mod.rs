//! Writes a plan as the files of a migration, in the layouts of several tools.

mod alembic;
mod dbmate;
mod diesel;
mod header;
mod numbered;
mod part;
mod refinery;
mod sqlx;

pub use header::Header;
pub use part::{About, MigrationFile};

use crate::plan::Plan;
use freehold_schema_core::ddl::Dialect;

/// The layouts that `migrate new --print` takes by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `<version>_<name>.up.sql` and `.down.sql`, for `sqlx migrate` and for the runner of this crate.
    Sqlx,
    /// `<number>_<name>.sql` with an `-- UP` and a `-- DOWN` half.
    Single,
    /// `V<version>__<name>.sql`: refinery has no down migrations.
    Refinery,
    /// `<version>_<name>/up.sql` and `down.sql`.
    Diesel,
    /// `<version>_<name>.sql` with `-- migrate:up` and `-- migrate:down`.
    Dbmate,
    /// `versions/<version>_<name>.py`
    Alembic,
}

const FORMATS: [(Format, &str); 6] = [
    (Format::Sqlx, "sqlx"),
    (Format::Single, "single"),
    (Format::Refinery, "refinery"),
    (Format::Diesel, "diesel"),
    (Format::Dbmate, "dbmate"),
    (Format::Alembic, "alembic"),
];

impl Format {
    /// Returns every layout with its name.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        FORMATS.into_iter()
    }

    /// Returns the layout with this name.
    pub fn by_name(name: &str) -> Option<Self> {
        let found = Self::all().find(|(_, own)| *own == name);
        found.map(|(format, _)| format)
    }
}

/// Returns the files that apply and revert a plan, one or more for each stage.
///
/// A file contains as a comment what its tool cannot do.
pub fn files(
    plan: &Plan,
    about: &About,
    format: Format,
    dialect: &dyn Dialect,
) -> Vec<MigrationFile> {
    let write = match format {
        Format::Sqlx => sqlx::files,
        Format::Single => numbered::files,
        Format::Refinery => refinery::files,
        Format::Diesel => diesel::files,
        Format::Dbmate => dbmate::files,
        Format::Alembic => alembic::files,
    };
    let parts = part::parts(plan, about, dialect);
    parts.iter().flat_map(write).collect()
}
