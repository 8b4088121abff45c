//! The positions of objects in the order in which they are created.

use std::collections::HashMap;

use crate::diff::Object;
use freehold_schema_core::ir::{self, QualifiedName, Routine, Schema, Table, View};

/// The position of each object of a schema in the order of creation.
pub(super) struct Places(HashMap<(u8, QualifiedName, String), i64>);

const TABLE: u8 = 0;
const VIEW: u8 = 1;
const ROUTINE: u8 = 2;
const DOMAIN: u8 = 3;

impl Places {
    pub(super) fn of(schema: &Schema) -> Self {
        let objects = ir::ordered(schema).objects.into_iter();
        Self(objects.map(key).zip(1..).collect())
    }

    pub(super) fn get(&self, object: &Object) -> i64 {
        let key = match object {
            Object::Table(table) => table_key(table),
            Object::View(view) => view_key(view),
            Object::Routine(routine) => routine_key(routine),
            Object::Domain(domain) => (DOMAIN, domain.name.clone(), String::new()),
            // Types and sequences depend on nothing; other objects depend on them.
            _ => return 0,
        };
        self.0.get(&key).copied().unwrap_or(i64::from(u32::MAX))
    }

    pub(super) fn relation(&self, name: &QualifiedName) -> i64 {
        let key = (TABLE, name.clone(), String::new());
        self.0.get(&key).copied().unwrap_or(i64::from(u32::MAX))
    }
}

fn key(object: ir::Object<'_>) -> (u8, QualifiedName, String) {
    match object {
        ir::Object::Table(table) => table_key(table),
        ir::Object::View(view) => view_key(view),
        ir::Object::Routine(routine) => routine_key(routine),
        ir::Object::Domain(domain) => (DOMAIN, domain.name.clone(), String::new()),
    }
}

fn table_key(table: &Table) -> (u8, QualifiedName, String) {
    (TABLE, table.name.clone(), String::new())
}

fn view_key(view: &View) -> (u8, QualifiedName, String) {
    (VIEW, view.name.clone(), String::new())
}

/// Functions of one name are distinguished by their argument types.
fn routine_key(routine: &Routine) -> (u8, QualifiedName, String) {
    let inputs = routine
        .inputs()
        .map(|argument| format!("{:?}", argument.sql_type));
    (
        ROUTINE,
        routine.name.clone(),
        inputs.collect::<Vec<_>>().join(","),
    )
}
