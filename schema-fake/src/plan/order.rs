use super::table::Table;
use crate::error::FakeError;

/// The positions of the tables, each after those that it references. Marks the references that are set late.
pub(super) fn sort(tables: &mut [Table]) -> Result<Vec<usize>, FakeError> {
    let mut order = Vec::new();
    while order.len() < tables.len() {
        let left: Vec<_> = (0..tables.len()).filter(|at| !order.contains(at)).collect();
        let ready = left
            .iter()
            .find(|at| blocking(tables, **at, &order).is_empty());
        let next = match ready {
            Some(at) => *at,
            None => break_cycle(tables, &left, &order)?,
        };
        order.push(next);
    }
    Ok(order)
}

/// The positions of the references to tables that are not yet filled.
fn blocking(tables: &[Table], at: usize, filled: &[usize]) -> Vec<usize> {
    let references = tables[at].references.iter().enumerate();
    let open = references.filter(|(_, it)| !it.is_to_itself && !filled.contains(&it.target));
    open.map(|(reference, _)| reference).collect()
}

/// The table of a cycle that can be filled first: its open references are checked at the end, or set later.
fn break_cycle(tables: &mut [Table], left: &[usize], filled: &[usize]) -> Result<usize, FakeError> {
    let in_cycle: Vec<_> = left
        .iter()
        .filter(|at| cycle(tables, **at, filled).is_some())
        .collect();
    let can = |at: usize, deferred: bool| {
        let open = blocking(tables, at, filled);
        open.iter().all(|reference| {
            let is_deferrable = tables[at].references[*reference].is_deferrable;
            is_deferrable || (!deferred && can_be_late(&tables[at], *reference))
        })
    };
    let found = in_cycle.iter().find(|at| can(***at, true));
    let found = found.or_else(|| in_cycle.iter().find(|at| can(***at, false)));
    let Some(&&at) = found else {
        let first = in_cycle.first().and_then(|at| cycle(tables, **at, filled));
        return Err(FakeError::Cycle(first.unwrap_or_default()));
    };
    for reference in blocking(tables, at, filled) {
        let reference = &mut tables[at].references[reference];
        reference.is_late = !reference.is_deferrable;
    }
    Ok(at)
}

/// Whether the rows can be written without a reference, and get it by an update.
fn can_be_late(table: &Table, reference: usize) -> bool {
    let reference = &table.references[reference];
    let can_change = |at: &usize| {
        let column = &table.columns[*at];
        !column.immutable && !column.is_key && !table.primary_key.contains(at)
    };
    !reference.is_required && !table.primary_key.is_empty() && reference.own.iter().all(can_change)
}

/// The names of the references from a table back to itself, over tables that are not yet filled.
fn cycle(tables: &[Table], start: usize, filled: &[usize]) -> Option<Vec<String>> {
    let mut seen = vec![start];
    let mut paths = vec![(start, Vec::new())];
    while let Some((at, path)) = paths.pop() {
        for reference in blocking(tables, at, filled) {
            let reference = &tables[at].references[reference];
            let mut path: Vec<String> = path.clone();
            path.push(format!("{}.{}", tables[at].name.name, reference.name));
            if reference.target == start {
                return Some(path);
            }
            if !seen.contains(&reference.target) {
                seen.push(reference.target);
                paths.push((reference.target, path));
            }
        }
    }
    None
}
