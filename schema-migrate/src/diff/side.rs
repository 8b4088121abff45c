use std::collections::HashMap;
use std::hash::Hash;

use freehold_schema_core::ir::Schema;
use freehold_schema_core::normal;

/// A schema and its normal form. The lists of both have the same order.
pub(super) struct Side<'a> {
    pub(super) schema: &'a Schema,
    pub(super) normal: Schema,
}

impl<'a> Side<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        Self {
            schema,
            normal: normal::schema(schema),
        }
    }
}

/// An object and its normal form.
pub(super) struct Item<'a, T> {
    pub(super) original: &'a T,
    pub(super) normal: &'a T,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

/// The objects of a list, each with its normal form.
pub(super) fn items<'a, T>(
    original: &'a [T],
    normal: &'a [T],
) -> impl Iterator<Item = Item<'a, T>> {
    original
        .iter()
        .zip(normal)
        .map(|(original, normal)| Item { original, normal })
}

/// The objects of two lists, matched by a key.
pub(super) struct Matched<'a, T> {
    /// Objects in the old list only.
    pub(super) dropped: Vec<Item<'a, T>>,
    /// Objects in the new list only.
    pub(super) created: Vec<Item<'a, T>>,
    /// Objects in both lists, each as old and new.
    pub(super) kept: Vec<(Item<'a, T>, Item<'a, T>)>,
}

/// Matches by the key of the normal forms. The order is that of the lists.
pub(super) fn matched<'a, T, K: Eq + Hash>(
    old: impl Iterator<Item = Item<'a, T>>,
    new: impl Iterator<Item = Item<'a, T>>,
    key: impl Fn(&'a T) -> K,
) -> Matched<'a, T> {
    let mut by_key: HashMap<K, usize> = HashMap::new();
    let mut old: Vec<_> = old.map(Some).collect();
    for (index, item) in old.iter().flatten().enumerate() {
        by_key.insert(key(item.normal), index);
    }
    let (mut created, mut kept) = (Vec::new(), Vec::new());
    for item in new {
        let same = by_key.get(&key(item.normal));
        let before = same.and_then(|index| old.get_mut(*index)?.take());
        match before {
            Some(before) => kept.push((before, item)),
            None => created.push(item),
        }
    }
    Matched {
        dropped: old.into_iter().flatten().collect(),
        created,
        kept,
    }
}
