//! The objects by name, and which other objects an object needs.

use std::collections::HashMap;

use super::names::Needs;
use super::object::Object;
use super::sql::{Kind, Name};
use crate::ir::QualifiedName;

/// The objects by name. Objects with the same name differ in their PostgreSQL schemas, and functions also in their
/// arguments.
pub(super) struct NameIndex<'o, 'a> {
    pub(super) objects: &'o [Object<'a>],
    by_name: HashMap<&'a str, Vec<usize>>,
    tables: HashMap<&'a QualifiedName, usize>,
}

impl<'o, 'a> NameIndex<'o, 'a> {
    pub(super) fn of(objects: &'o [Object<'a>]) -> Self {
        let mut by_name: HashMap<_, Vec<_>> = HashMap::new();
        let mut tables = HashMap::new();
        for (position, object) in objects.iter().enumerate() {
            let name = object.name();
            by_name
                .entry(name.name.as_str())
                .or_default()
                .push(position);
            if let Object::Table(_) = object {
                tables.insert(name, position);
            }
        }
        Self {
            objects,
            by_name,
            tables,
        }
    }

    pub(super) fn needs(&self, object: Object<'_>) -> Vec<usize> {
        let path = object.search_path();
        let names = Needs::of(object).names.into_iter();
        names.flat_map(|name| self.named(&name, &path)).collect()
    }

    /// The objects that a name can refer to. There are several if they cannot be distinguished.
    pub(super) fn named(&self, name: &Name, path: &[String]) -> Vec<usize> {
        let of_name = self.by_name.get(name.name.as_str());
        let is_kind = |object: Object<'_>| object.is(name.kind);
        let of_kind = self.those(of_name.into_iter().flatten().copied(), is_kind);
        let found = match &name.schema {
            Some(schema) => self.those(of_kind, |object| object.schema() == schema),
            None => self.in_path(of_kind, path),
        };
        let taking = match name.kind {
            Kind::Call(count) => self.those(found.clone(), |object| object.takes(count)),
            _ => Vec::new(),
        };
        if taking.is_empty() { found } else { taking }
    }

    /// The objects in the first schema of the path that contains any; all, if none does.
    fn in_path(&self, of_kind: Vec<usize>, path: &[String]) -> Vec<usize> {
        let in_schema =
            |schema: &String| self.those(of_kind.clone(), |object| object.schema() == *schema);
        let mut found = path.iter().map(in_schema);
        found.find(|found| !found.is_empty()).unwrap_or(of_kind)
    }

    fn those(
        &self,
        positions: impl IntoIterator<Item = usize>,
        is_wanted: impl Fn(Object<'a>) -> bool,
    ) -> Vec<usize> {
        let is_wanted = |position: &usize| {
            let object = self.objects.get(*position);
            object.is_some_and(|object| is_wanted(*object))
        };
        positions.into_iter().filter(is_wanted).collect()
    }

    /// The tables that the foreign keys of a table reference.
    pub(super) fn prefers(&self, object: Object<'_>) -> Vec<usize> {
        let Object::Table(table) = object else {
            return Vec::new();
        };
        let targets = table.foreign_keys.iter().map(|key| &key.target);
        targets
            .filter_map(|name| self.tables.get(name))
            .copied()
            .collect()
    }
}
