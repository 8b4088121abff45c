//! The owners of objects, and which role owns most of them.

use std::collections::BTreeMap;

use super::names::written;
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{QualifiedName, View};

/// The owner of each object except views, which may each have their own owner.
#[derive(Default)]
pub(super) struct Owners(Vec<(QualifiedName, String)>);

impl Owners {
    pub(super) fn add(&mut self, object: &QualifiedName, owner: String) {
        self.0.push((object.clone(), owner));
    }

    /// The role that owns most objects; without objects, the role that owns most views.
    pub(super) fn most(&self, views: &[View]) -> Option<String> {
        let of_objects = self.0.iter().map(|(_, owner)| owner.as_str());
        let of_views = views.iter().filter_map(|view| view.owner.as_deref());
        most_frequent(of_objects).or_else(|| most_frequent(of_views))
    }

    /// The objects that another role owns.
    pub(super) fn others(&self, owner: &str) -> impl Iterator<Item = Unsupported> {
        let others = self.0.iter().filter(move |(_, other)| other != owner);
        others.map(|(object, other)| Unsupported {
            kind: UnsupportedKind::OtherOwner,
            name: format!("{} of {other}", written(object)),
        })
    }
}

/// The most frequent name; of several, the first in alphabetical order.
fn most_frequent<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let (name, _) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::most_frequent;

    #[test]
    fn of_equally_frequent_names_the_first_wins() {
        let most = most_frequent(["c", "b", "b", "a", "a"].into_iter());
        assert_eq!(most.as_deref(), Some("a"));
        assert_eq!(most_frequent([].into_iter()), None);
    }
}
