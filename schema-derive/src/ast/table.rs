use proc_macro2::Span;
use syn::{Generics, Ident, Path, Visibility};

use super::{
    Check, Column, ForeignKey, Index, MonthlyPartitions, Partition, PartitionBy, Policy,
    PrimaryKey, Search, Text, Trigger, Unique, Volume, unraw,
};

/// A `#[derive(Table)]` struct.
pub(crate) struct Table {
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) generics: Generics,
    pub(crate) krate: Path,
    pub(crate) name: Text,
    pub(crate) schema: Option<Text>,
    /// The declared ownerships. Exactly one is correct; a declaration with a mistake is missing here.
    pub(crate) ownerships: Vec<Ownership>,
    pub(crate) columns: Vec<Column>,
    pub(crate) primary_keys: Vec<PrimaryKey>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<Check>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) partition_by: Option<PartitionBy>,
    pub(crate) partitions: Vec<Partition>,
    pub(crate) monthly_partitions: Option<MonthlyPartitions>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) force_row_security: Option<Span>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) audit: Option<Span>,
    pub(crate) search: Option<Search>,
    pub(crate) volume: Option<Volume>,
    pub(crate) active_view: Option<Text>,
    pub(crate) comment: Option<Text>,
    pub(crate) renamed_from: Option<Text>,
    pub(crate) allow: Vec<Ident>,
}

impl Table {
    /// The column that an identifier names: by the name of the field, or by the name of the column.
    pub(crate) fn column(&self, ident: &Ident) -> Option<&Column> {
        let word = unraw(ident);
        let by_field = self.columns.iter().find(|column| column.field_name == word);
        by_field.or_else(|| self.columns.iter().find(|column| column.name.value == word))
    }

    /// The first declared ownership. A second one is a mistake.
    pub(crate) fn ownership(&self) -> Option<&Ownership> {
        self.ownerships.first()
    }

    /// The primary key's columns.
    pub(crate) fn key_columns(&self) -> &[Ident] {
        self.primary_keys.first().map_or(&[], |key| &key.columns)
    }

    /// Whether the table allows a rule.
    pub(crate) fn allows(&self, rule: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == rule)
    }
}

/// Who owns the rows.
pub(crate) enum Ownership {
    Owner(Span),
    Scope(Ident),
    Through(Ident),
    Shared(Span),
    Internal(Span),
}

impl Ownership {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Owner(span) | Self::Shared(span) | Self::Internal(span) => *span,
            Self::Scope(column) | Self::Through(column) => column.span(),
        }
    }
}
