//! In which order objects are made: each after those that PostgreSQL looks up when it is made.
//!
//! A foreign key can wait until every table is there, so it only suggests an order. What else one object names in another has to be there
//! first. The body of a `plpgsql` function is looked up when it is called, so it asks for nothing.

mod names;
mod sql;

use std::collections::{HashMap, HashSet};

use self::names::Needs;
use super::{Domain, QualifiedName, Routine, Schema, Table, View};

/// An object that has a place in the order.
#[derive(Clone, Copy)]
pub(crate) enum Object<'a> {
    Domain(&'a Domain),
    Routine(&'a Routine),
    Table(&'a Table),
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
pub(crate) struct Ordered<'a> {
    pub(crate) objects: Vec<Object<'a>>,
    /// What needs itself, by way of others: each by their titles, the first again at the end.
    pub(crate) cycles: Vec<Vec<String>>,
}

/// Puts the objects in order. Where nothing is needed, it is that of the lists: domains, tables, views, functions.
pub(crate) fn ordered(schema: &Schema) -> Ordered<'_> {
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

struct Graph<'a> {
    objects: Vec<Object<'a>>,
    /// What each needs.
    needs: Vec<Vec<usize>>,
    /// What each would rather have first.
    prefers: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn of(schema: &'a Schema) -> Self {
        let domains = schema.domains.iter().map(Object::Domain);
        let routines = schema.routines.iter().map(Object::Routine);
        let tables = schema.tables.iter().map(Object::Table);
        let views = schema.views.iter().map(Object::View);
        let objects: Vec<_> = domains.chain(tables).chain(views).chain(routines).collect();
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

/// The objects by their names. Tables and views share a namespace; functions have one, in which several may have one name.
struct NameIndex<'a> {
    relations: HashMap<&'a str, usize>,
    routines: HashMap<&'a str, Vec<usize>>,
    domains: HashMap<&'a str, usize>,
    qualified: HashMap<&'a QualifiedName, usize>,
}

impl<'a> NameIndex<'a> {
    fn of(objects: &[Object<'a>]) -> Self {
        let mut index = Self {
            relations: HashMap::new(),
            routines: HashMap::new(),
            domains: HashMap::new(),
            qualified: HashMap::new(),
        };
        for (position, object) in objects.iter().enumerate() {
            let name = object.name();
            match object {
                Object::Domain(_) => {
                    index.domains.insert(&name.name, position);
                }
                Object::Routine(_) => index.routines.entry(&name.name).or_default().push(position),
                Object::Table(_) | Object::View(_) => {
                    index.relations.insert(&name.name, position);
                    index.qualified.insert(name, position);
                }
            }
        }
        index
    }

    fn needs(&self, object: Object<'_>) -> Vec<usize> {
        let Needs {
            relations,
            routines,
            domains,
        } = Needs::of(object);
        let relations = relations
            .iter()
            .filter_map(|name| self.relations.get(name.as_str()));
        let routines = routines
            .iter()
            .filter_map(|name| self.routines.get(name.as_str()));
        let domains = domains
            .iter()
            .filter_map(|name| self.domains.get(name.as_str()));
        relations
            .chain(routines.flatten())
            .chain(domains)
            .copied()
            .collect()
    }

    /// The tables that the foreign keys of a table reference.
    fn prefers(&self, object: Object<'_>) -> Vec<usize> {
        let Object::Table(table) = object else {
            return Vec::new();
        };
        let targets = table.foreign_keys.iter().map(|key| &key.target);
        targets
            .filter_map(|name| self.qualified.get(name))
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
