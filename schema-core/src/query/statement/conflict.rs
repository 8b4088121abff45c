//! `ON CONFLICT`: the key that finds an existing row, and what is done with that row.

use super::foreign_key_check;
use super::write::{In, refuse_owner, write_assignment, write_updated_at};
use crate::ddl;
use crate::error::Error;
use crate::model::{Deferrable, Expr, IndexPart, Ownership};
use crate::query::meta::Meta;
use crate::query::node::Node;
use crate::query::row_filter;
use crate::query::visibility::Deleted;
use crate::query::writer::{Writer, Written, list};

pub(crate) struct Conflict {
    pub(super) columns: Vec<usize>,
    pub(super) set: Vec<(usize, Node)>,
    /// Whether a row that already has the values stays as it is.
    pub(super) only_different: bool,
}

impl Conflict {
    /// Finds a row by the key with these columns, and leaves it as it is.
    #[cfg(feature = "seed")]
    pub(crate) const fn finding(columns: Vec<usize>) -> Self {
        Self {
            columns,
            set: Vec::new(),
            only_different: false,
        }
    }

    /// The columns of the key that finds an existing row, with the scope.
    #[cfg(feature = "seed")]
    pub(crate) fn key_columns(&self, meta: &'static Meta) -> Result<Vec<usize>, Error> {
        self.target(meta).map(|target| target.columns)
    }

    /// The key that finds an existing row. Refuses columns that no key has, and a change of the row's owner.
    pub(super) fn target(&self, meta: &'static Meta) -> Result<Target, Error> {
        let set: Vec<_> = self.set.iter().map(|(position, _)| *position).collect();
        refuse_owner(meta, &set, In::Update)?;
        self.find(meta).ok_or_else(|| self.no_key(meta))
    }

    fn no_key(&self, meta: &'static Meta) -> Error {
        let scope = scope(meta);
        let without_scope = |key: Target| {
            let names = key.columns.into_iter().filter(|&at| Some(at) != scope);
            names
                .filter_map(|at| meta.column_name(at))
                .map(str::to_owned)
                .collect()
        };
        let given = self.columns.iter().filter_map(|&at| meta.column_name(at));
        Error::NoKey {
            table: meta.table_name().name,
            columns: given.map(str::to_owned).collect(),
            keys: keys(meta).into_iter().map(without_scope).collect(),
        }
    }

    pub(super) fn write(&self, writer: &mut Writer<'_>, meta: &'static Meta, target: Target) {
        list(
            writer,
            " ON CONFLICT (",
            target.columns.into_iter(),
            |writer, position| {
                if let Some(column) = meta.column(position) {
                    writer.push(&column.name);
                }
            },
        );
        writer.push(")");
        if let Some(filter) = target.filter {
            writer.push(" WHERE ");
            writer.push(&ddl::expression(filter));
        }
        if self.set.is_empty() {
            return writer.push(" DO NOTHING");
        }
        let mut texts = Vec::with_capacity(self.set.len());
        list(
            writer,
            " DO UPDATE SET ",
            self.set.iter(),
            |writer, (position, node)| {
                texts.push((*position, write_assignment(writer, meta, *position, node)));
            },
        );
        write_updated_at(writer, meta);
        self.write_where(writer, meta, &texts);
    }

    /// Writes the condition of `DO UPDATE`. A deleted row is left alone. So is the row of another owner, which can
    /// conflict if the columns are unique over all owners. The rows that the update references must be reachable.
    fn write_where(
        &self,
        writer: &mut Writer<'_>,
        meta: &'static Meta,
        texts: &[(usize, Written)],
    ) {
        let mut is_filtered = row_filter::write(writer, meta, 0, Deleted::Hidden, " WHERE ");
        if self.only_different {
            writer.push(if is_filtered { " AND (" } else { " WHERE (" });
            self.write_different(writer, meta);
            is_filtered = true;
        }
        if !writer.has_key() {
            return;
        }
        let lead = if is_filtered { " AND " } else { " WHERE " };
        let positions: Vec<_> = self.set.iter().map(|(position, _)| *position).collect();
        let keys = foreign_key_check::keys_to_check(meta, &positions);
        foreign_key_check::write_all_reachable(writer, meta, &keys, &self.set, texts, lead);
    }

    /// Writes whether a value differs from the new one, and a parenthesis. The values are compared as texts, because not
    /// every type has an equality: `json` and `point` have none.
    fn write_different(&self, writer: &mut Writer<'_>, meta: &'static Meta) {
        let columns = self.set.iter().filter_map(|(at, _)| meta.column(*at));
        for (at, column) in columns.enumerate() {
            let or = if at > 0 { " OR " } else { "" };
            let name = &column.name;
            writer.push(&format!(
                "{or}t0.{name}::text IS DISTINCT FROM excluded.{name}::text"
            ));
        }
        writer.push(")");
    }

    /// The key over the columns and the scope; otherwise the key over the columns.
    fn find(&self, meta: &'static Meta) -> Option<Target> {
        let with_scope: Vec<_> = self.columns.iter().copied().chain(scope(meta)).collect();
        let is_over = |columns: &[usize], key: &Target| {
            key.columns.len() == columns.len() && key.columns.iter().all(|at| columns.contains(at))
        };
        let mut keys = keys(meta);
        let of_scope = keys.iter().position(|key| is_over(&with_scope, key));
        let at = of_scope.or_else(|| keys.iter().position(|key| is_over(&self.columns, key)))?;
        Some(keys.swap_remove(at))
    }
}

fn scope(meta: &'static Meta) -> Option<usize> {
    match meta.ownership() {
        Ownership::Scope(scope) => meta.position(scope),
        _ => None,
    }
}

/// A key or a unique index that PostgreSQL can find a conflict by.
pub(crate) struct Target {
    columns: Vec<usize>,
    /// The condition of a partial index.
    filter: Option<&'static Expr>,
}

/// The keys and unique indexes that PostgreSQL can find a conflict by: over columns only, and not deferrable.
fn keys(meta: &'static Meta) -> Vec<Target> {
    let Some(def) = meta.table_def() else {
        return Vec::new();
    };
    let over = |names: &mut dyn Iterator<Item = Option<&'static str>>, filter| {
        let columns = names
            .map(|name| meta.position(name?))
            .collect::<Option<_>>()?;
        Some(Target { columns, filter })
    };
    let immediate = def
        .uniques
        .iter()
        .filter(|unique| matches!(unique.deferrable, Deferrable::Never));
    let whole =
        std::iter::once(def.primary_key.columns).chain(immediate.map(|unique| unique.columns));
    let whole = whole.filter_map(|names| over(&mut names.iter().map(|name| Some(*name)), None));
    let indexes = def.indexes.iter().filter(|index| index.unique);
    let of_indexes = indexes.filter_map(|index| {
        over(
            &mut index.parts.iter().map(column_of),
            index.filter.as_ref(),
        )
    });
    whole.chain(of_indexes).collect()
}

fn column_of(part: &IndexPart) -> Option<&'static str> {
    match part.value {
        Expr::Column(name) => Some(name),
        _ => None,
    }
}
