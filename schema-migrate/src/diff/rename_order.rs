//! Renames that happen at the same time, and an order in which each new name is free.

use freehold_schema_core::ir::QualifiedName;

/// The renames that can be done.
///
/// The old name exists and is used once, and the new name is free or is freed by another rename.
pub(crate) fn rename_order<N: Clone + PartialEq>(
    declared: Vec<(N, N)>,
    is_there: impl Fn(&N) -> bool,
) -> Vec<(N, N)> {
    let mut moves: Vec<(N, N)> = Vec::new();
    for (from, to) in declared {
        if is_there(&from) && moves.iter().all(|(other, _)| *other != from) {
            moves.push((from, to));
        }
    }
    loop {
        let given_up: Vec<_> = moves.iter().map(|(from, _)| from.clone()).collect();
        let count = moves.len();
        moves.retain(|(_, to)| !is_there(to) || given_up.contains(to));
        if moves.len() == count {
            return moves;
        }
    }
}

/// Removes cycles of renames that are already done.
///
/// The names alone do not show this, because a cycle has the same names before and after.
pub(super) fn without_done<N: Clone + PartialEq>(
    moves: Vec<(N, N)>,
    is_done: impl Fn(&(N, N)) -> bool,
) -> Vec<(N, N)> {
    let mut circles = moves.clone();
    loop {
        let given_up: Vec<_> = circles.iter().map(|(from, _)| from.clone()).collect();
        let count = circles.len();
        circles.retain(|(_, to)| given_up.contains(to));
        if circles.len() == count {
            break;
        }
    }
    let stays = |pair: &(N, N)| !circles.contains(pair) || !is_done(pair);
    moves.into_iter().filter(stays).collect()
}

/// Orders the renames: one that frees a name comes before the one that takes it.
///
/// In a cycle, one name is first moved to a temporary name.
pub(crate) fn in_order<N: Clone + PartialEq>(
    moves: &[(N, N)],
    aside: impl Fn(usize, &N) -> N,
) -> Vec<(N, N)> {
    let mut left = moves.to_vec();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let is_free = |to: &N| left.iter().all(|(from, _)| from != to);
        if let Some(position) = left.iter().position(|(_, to)| is_free(to)) {
            ordered.push(left.remove(position));
        } else if let Some((from, _)) = left.first_mut() {
            let between = aside(ordered.len(), from);
            ordered.push((std::mem::replace(from, between.clone()), between));
        }
    }
    ordered
}

/// Whether both are the same name. A name without a schema is in `public`.
pub(crate) fn is_same(one: &QualifiedName, other: &QualifiedName) -> bool {
    let schema = |name: &QualifiedName| name.schema.clone().unwrap_or_else(|| "public".to_owned());
    one.name == other.name && schema(one) == schema(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let pairs = text.split_whitespace().filter_map(|it| it.split_once('>'));
        pairs
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .collect()
    }

    #[test]
    fn a_rename_needs_an_existing_old_name_and_a_free_new_name() {
        for (there, declared, done) in [
            ("a", "a>b", "a>b"),
            ("b", "a>b", ""),
            ("a b", "a>b", ""),
            ("a b", "a>b b>c", "a>b b>c"),
            ("a b", "a>b b>a", "a>b b>a"),
            ("a b c", "a>b b>c", ""),
            ("a", "a>b a>c", "a>b"),
        ] {
            let is_there = |name: &String| there.split(' ').any(|own| own == name);
            assert_eq!(
                rename_order(pairs(declared), is_there),
                pairs(done),
                "{there}: {declared}"
            );
        }
    }

    #[test]
    fn only_a_cycle_can_already_be_done() {
        for (all, left) in [
            ("a>b b>a", ""),
            ("a>b b>c", "a>b b>c"),
            ("a>b b>a c>d", "c>d"),
        ] {
            assert_eq!(without_done(pairs(all), |_| true), pairs(left), "{all}");
        }
    }

    #[test]
    fn each_new_name_is_free_when_it_is_taken() {
        for (all, ordered) in [
            ("a>b c>d", "a>b c>d"),
            ("a>b b>c", "b>c a>b"),
            ("a>b b>a", "a>x b>a x>b"),
            ("a>b b>c c>a d>e", "d>e a>x c>a b>c x>b"),
        ] {
            let aside = |_, _: &String| "x".to_owned();
            assert_eq!(in_order(&pairs(all), aside), pairs(ordered), "{all}");
        }
    }
}
