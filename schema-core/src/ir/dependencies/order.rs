//! The dependency order, and the cycles that prevent one.

use std::collections::HashSet;

use super::index::NameIndex;
use super::object::{Object, objects};
use crate::ir::Schema;

/// The objects of a schema in an order in which they can be created.
pub struct Ordered<'a> {
    pub objects: Vec<Object<'a>>,
    /// The cycles, as titles of objects; the first object is repeated at the end.
    pub(crate) cycles: Vec<Vec<String>>,
}

/// Puts the objects in dependency order.
///
/// Independent objects keep the order of the lists: domains, tables, views, functions.
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

struct Graph<'a> {
    objects: Vec<Object<'a>>,
    /// The objects that each object needs.
    needs: Vec<Vec<usize>>,
    /// The objects that each object would preferably come after.
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

    /// Whether `from` needs one of `open`, directly or indirectly.
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Placed,
}

struct Walk<'g, 'a> {
    graph: &'g Graph<'a>,
    state: Vec<State>,
    /// The objects whose needs are being placed, outermost first.
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
            // A function may call itself: PostgreSQL looks up its name later.
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

    /// Reports the cycle of the open objects from `index` on.
    fn report(&mut self, index: usize) {
        let from_here = self.open.iter().skip_while(|open| **open != index);
        let cycle = from_here.chain([&index]);
        let titles = cycle.filter_map(|index| self.graph.objects.get(*index));
        self.cycles
            .push(titles.map(|object| object.title()).collect());
    }
}
