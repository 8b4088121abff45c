//! Hazards that the structs allow.
//!
//! `allow(data_loss)` on a table applies to the steps of that table, on a column to the steps of that column.

use std::fmt;

use crate::diff::{Change, Element, TableChange};
use crate::plan::hazard::{Hazard, HazardKind, HazardPlace};
use crate::plan::step::Step;
use freehold_schema_core::ir::{Column, Schema, Table};

/// An `allow(..)` of a hazard in the structs.
///
/// It is always reported, whether the plan has that hazard or not: if it is forgotten, it also allows the next hazard
/// of that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Allowance {
    /// The table or column that has the attribute.
    pub place: HazardPlace,
    /// The kind that it allows.
    pub kind: HazardKind,
    /// Whether the plan has a hazard of this kind there.
    pub is_needed: bool,
}

impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, name) = (&self.place, self.kind.name());
        let why = if self.is_needed {
            "which this plan needs; remove it afterwards"
        } else {
            "which nothing in this plan needs; remove it"
        };
        write!(
            f,
            "{place} has `allow({name})`, {why}, because it also allows the next hazard of this kind"
        )
    }
}

/// The table or column that the hazards of a change are about.
pub(in crate::plan) fn place_of(change: &Change) -> Option<HazardPlace> {
    match change {
        Change::RenameTable { to, .. } => Some(HazardPlace::table(to)),
        Change::Table { table, change } => Some(match column_of(change) {
            Some(column) => HazardPlace::column(table, column),
            None => HazardPlace::table(table),
        }),
        _ => None,
    }
}

/// The column that the change is about, if it is about exactly one.
fn column_of(change: &TableChange) -> Option<&str> {
    match change {
        TableChange::Add(element) | TableChange::Drop(element) => column_of_element(element),
        TableChange::Rename {
            kind: crate::diff::ElementKind::Column,
            to,
            ..
        } => Some(to),
        TableChange::Type { new, .. }
        | TableChange::Default { new, .. }
        | TableChange::Counted { new, .. }
        | TableChange::Generated { new, .. } => Some(&new.name),
        TableChange::Nullable { column } | TableChange::RenameLabels { column } => {
            Some(&column.name)
        }
        _ => None,
    }
}

/// The column of a part over one column. Such a constraint is usually declared at the column's field.
fn column_of_element(element: &Element) -> Option<&str> {
    let columns = match element {
        Element::Column(column) => return Some(&column.name),
        Element::PrimaryKey(key) => &key.columns,
        Element::Unique(unique) => &unique.columns,
        Element::ForeignKey(key) => &key.columns,
        _ => return None,
    };
    match columns.as_slice() {
        [column] => Some(column),
        _ => None,
    }
}

/// Resolves the places of the hazards in the new schema, and marks the hazards that are allowed.
pub(in crate::plan) fn settle(steps: &mut [Step], new: &Schema) {
    for hazard in steps.iter_mut().flat_map(|step| &mut step.hazards) {
        let places = hazard.places.iter();
        hazard.places = places.filter_map(|place| there(new, place)).collect();
        let mut places = hazard.places.iter();
        hazard.allowed =
            !hazard.places.is_empty() && places.all(|place| allows(new, place, hazard.kind));
    }
}

/// The place in the new schema: the table if the column is dropped, `None` if the table is dropped.
fn there(new: &Schema, place: &HazardPlace) -> Option<HazardPlace> {
    let table = table(new, place)?;
    let column = place.column.as_ref();
    let has = |name: &&String| table.columns.iter().any(|column| column.name == **name);
    Some(HazardPlace {
        table: place.table.clone(),
        column: column.filter(has).cloned(),
    })
}

fn table<'a>(new: &'a Schema, place: &HazardPlace) -> Option<&'a Table> {
    new.tables.iter().find(|table| table.name == place.table)
}

fn allows(new: &Schema, place: &HazardPlace, kind: HazardKind) -> bool {
    let Some(table) = table(new, place) else {
        return false;
    };
    let mut columns = table.columns.iter();
    let column = columns.find(|column| Some(&column.name) == place.column.as_ref());
    let names = table
        .allow
        .iter()
        .chain(column.into_iter().flat_map(|column| &column.allow));
    names.into_iter().any(|name| name == kind.name())
}

/// The allowances of the new schema, each with whether a hazard of the steps needs it.
pub(in crate::plan) fn allowances(steps: &[Step], new: &Schema) -> Vec<Allowance> {
    let hazards: Vec<_> = steps.iter().flat_map(|step| &step.hazards).collect();
    let declared = new.tables.iter().flat_map(declared);
    declared
        .map(|allowance| Allowance {
            is_needed: hazards.iter().any(|hazard| needs(hazard, &allowance)),
            ..allowance
        })
        .collect()
}

/// The hazards that a table and its columns allow. Allowed rules are skipped, because a migration does not check rules.
fn declared(table: &Table) -> impl Iterator<Item = Allowance> {
    let of = |place: HazardPlace, names: &[String]| {
        let kinds = names.iter().filter_map(|name| HazardKind::by_name(name));
        let declared = kinds.map(|kind| Allowance {
            place: place.clone(),
            kind,
            is_needed: false,
        });
        declared.collect::<Vec<_>>()
    };
    let own = of(HazardPlace::table(&table.name), &table.allow);
    let of_column = move |column: &Column| {
        let place = HazardPlace::column(&table.name, &column.name);
        of(place, &column.allow)
    };
    own.into_iter()
        .chain(table.columns.iter().flat_map(of_column))
}

/// Whether the hazard is one that the allowance allows. An allowance on a table also covers its columns.
fn needs(hazard: &Hazard, allowance: &Allowance) -> bool {
    let declared = &allowance.place;
    let mut places = hazard.places.iter();
    hazard.kind == allowance.kind
        && places.any(|place| {
            place.table == declared.table
                && (declared.column.is_none() || place.column == declared.column)
        })
}
