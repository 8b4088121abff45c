//! Functions and procedures: those written by hand, and those that Freehold makes.

use super::routine::{routine, written};
use super::{audit, partitions, triggers};
use crate::ir::{Routine, Table};
use crate::model::SchemaDef;

pub(super) fn routines(def: &SchemaDef, tables: &[Table]) -> Vec<Routine> {
    let written = written(def).into_iter().map(routine);
    written
        .chain(triggers::functions(def))
        .chain(audit::functions(def))
        .chain(partitions::functions(def, tables))
        .collect()
}
