//! In which order objects are made: each after those that PostgreSQL looks up when it is made.
//!
//! A foreign key can wait until every table is there, so it only suggests an order. What else one object names in another has to be there
//! first. The body of a `plpgsql` function is looked up when it is called, so it asks for nothing.

mod names;
mod reads;
mod sql;

use std::collections::{HashMap, HashSet};

use self::names::Needs;
pub(crate) use self::reads::reads;
use self::sql::{Kind, Name};
use super::{Domain, QualifiedName, Routine, Schema, Table, View};

const DEFAULT_SCHEMA: &str = "public";

/// An object that has a place in the order.
#[derive(Clone, Copy)]
pub enum Object<'a> {
    /// A domain.
    Domain(&'a Domain),
    /// A function or a procedure.
    Routine(&'a Routine),
    /// A table.
    Table(&'a Table),
    /// A view or a materialized view.
    View(&'a View),
}

impl<'a> Object<'a> {
    fn name(self) -> &'a QualifiedName {
        match self {
            Self::Domain(domain) => &domain.name,
            Self::Routine(routine) => &routine.name,
            Self::Table(table) => &table.name,
            Self::View(view) => &view.name,
        }
    }

    /// The PostgreSQL schema. What has none stands in the first one of the search path.
    fn schema(self) -> &'a str {
        self.name().schema.as_deref().unwrap_or(DEFAULT_SCHEMA)
    }

    /// The schemas in which it looks names up that have none.
    fn search_path(self) -> Vec<String> {
        let of_routine = match self {
            Self::Routine(routine) => routine.search_path.as_deref(),
            _ => None,
        };
        crate::sql::search_path(of_routine.unwrap_or(DEFAULT_SCHEMA))
    }

    fn is(self, kind: Kind) -> bool {
        match kind {
            Kind::Relation => matches!(self, Self::Table(_) | Self::View(_)),
            Kind::Call(_) => matches!(self, Self::Routine(_)),
            Kind::Type => matches!(self, Self::Domain(_) | Self::Table(_) | Self::View(_)),
        }
    }

    /// Whether it is a routine that can be called with so many arguments.
    fn takes(self, count: usize) -> bool {
        let Self::Routine(routine) = self else {
            return false;
        };
        let required = routine.inputs().filter(|input| input.default.is_none());
        (required.count()..=routine.arguments.len()).contains(&count)
    }

    /// What it is and what it is called.
    fn title(self) -> String {
        let kind = match self {
            Self::Domain(_) => "domain",
            Self::Routine(_) => "function",
            Self::Table(_) => "table",
            Self::View(_) => "view",
        };
        format!("{kind} `{}`", self.name().name)
    }
}

/// The objects of a schema in an order in which they can be made.
pub struct Ordered<'a> {
    pub objects: Vec<Object<'a>>,
    /// What needs itself, by way of others: each by their titles, the first again at the end.
    pub(crate) cycles: Vec<Vec<String>>,
}

/// Puts the objects in order. Where nothing is needed, it is that of the lists: domains, tables, views, functions.
pub fn ordered(schema: &Schema) -> Ordered<'_> {
    let graph = Graph::of(schema);
    let mut walk = Walk {
        state: vec![State::Unseen; graph.objects.len()],
        open: Vec::new(),
        order: Vec::new(),
        cycles: Vec::new(),
        graph: &graph,
    };
    for index in 0..graph.objects.len() {
        walk.place(index);
    }
    let (order, cycles) = (walk.order, walk.cycles);
    Ordered {
        objects: order
            .into_iter()
            .filter_map(|index| graph.objects.get(index).copied())
            .collect(),
        cycles,
    }
}

/// Whether the SQL casts a value to a type of the name, or to an array of it.
pub fn casts_to(sql: &str, name: &str) -> bool {
    let mut names = sql::names(sql).into_iter();
    names.any(|found| found.kind == Kind::Type && found.name == name)
}

/// The objects of a schema: domains, tables, views, functions.
fn objects(schema: &Schema) -> Vec<Object<'_>> {
    let domains = schema.domains.iter().map(Object::Domain);
    let routines = schema.routines.iter().map(Object::Routine);
    let tables = schema.tables.iter().map(Object::Table);
    let views = schema.views.iter().map(Object::View);
    domains.chain(tables).chain(views).chain(routines).collect()
}

struct Graph<'a> {
    objects: Vec<Object<'a>>,
    /// What each needs.
    needs: Vec<Vec<usize>>,
    /// What each would rather have first.
    prefers: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn of(schema: &'a Schema) -> Self {
        let objects = objects(schema);
        let index = NameIndex::of(&objects);
        Self {
            needs: objects.iter().map(|object| index.needs(*object)).collect(),
            prefers: objects
                .iter()
                .map(|object| index.prefers(*object))
                .collect(),
            objects,
        }
    }

    /// Whether one of `open` is needed by `from`, by way of others.
    fn reaches(&self, from: usize, open: &[usize]) -> bool {
        let (mut seen, mut todo) = (HashSet::new(), vec![from]);
        while let Some(index) = todo.pop() {
            if open.contains(&index) {
                return true;
            }
            if seen.insert(index) {
                todo.extend(self.needs.get(index).into_iter().flatten());
            }
        }
        false
    }
}

/// The objects by their names. Those of one name are told apart by their PostgreSQL schemas, functions also by their arguments.
struct NameIndex<'o, 'a> {
    objects: &'o [Object<'a>],
    by_name: HashMap<&'a str, Vec<usize>>,
    tables: HashMap<&'a QualifiedName, usize>,
}

impl<'o, 'a> NameIndex<'o, 'a> {
    fn of(objects: &'o [Object<'a>]) -> Self {
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

    fn needs(&self, object: Object<'_>) -> Vec<usize> {
        let path = object.search_path();
        let names = Needs::of(object).names.into_iter();
        names.flat_map(|name| self.named(&name, &path)).collect()
    }

    /// What a name is the name of. Where it cannot be told apart it is all of them.
    fn named(&self, name: &Name, path: &[String]) -> Vec<usize> {
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

    /// Those in the first schema of the path that has any.
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
    fn prefers(&self, object: Object<'_>) -> Vec<usize> {
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Placed,
}

struct Walk<'g, 'a> {
    graph: &'g Graph<'a>,
    state: Vec<State>,
    /// The objects that wait for what they need, outermost first.
    open: Vec<usize>,
    order: Vec<usize>,
    cycles: Vec<Vec<String>>,
}

impl Walk<'_, '_> {
    fn place(&mut self, index: usize) {
        match self.state.get(index) {
            Some(State::Unseen) => {}
            Some(State::Open) => return self.report(index),
            _ => return,
        }
        self.set(index, State::Open);
        self.open.push(index);
        for needed in self.graph.needs.get(index).into_iter().flatten() {
            // A function may call itself: PostgreSQL looks that up later.
            if *needed != index {
                self.place(*needed);
            }
        }
        for preferred in self.graph.prefers.get(index).into_iter().flatten() {
            if !self.graph.reaches(*preferred, &self.open) {
                self.place(*preferred);
            }
        }
        self.open.pop();
        self.set(index, State::Placed);
        self.order.push(index);
    }

    fn set(&mut self, index: usize, state: State) {
        if let Some(of_object) = self.state.get_mut(index) {
            *of_object = state;
        }
    }

    /// What is open from `index` on needs itself.
    fn report(&mut self, index: usize) {
        let from_here = self.open.iter().skip_while(|open| **open != index);
        let cycle = from_here.chain([&index]);
        let titles = cycle.filter_map(|index| self.graph.objects.get(*index));
        self.cycles
            .push(titles.map(|object| object.title()).collect());
    }
}
