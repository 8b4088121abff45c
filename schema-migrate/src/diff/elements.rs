use super::change::{Element, ElementKind, TableChange};
use super::side::{Item, matched};

/// A part of a table that has a name and is compared as a whole.
pub(super) trait Part: Clone + PartialEq {
    const KIND: ElementKind;

    fn name(&self) -> &str;

    /// A copy of the part with the name `name`.
    fn named(&self, name: &str) -> Self;

    fn element(self) -> Element;
}

macro_rules! parts {
    ($($part:ident $kind:ident)*) => {
        $(impl Part for freehold_schema_core::ir::$part {
            const KIND: ElementKind = ElementKind::$kind;

            fn name(&self) -> &str {
                &self.name
            }

            fn named(&self, name: &str) -> Self {
                Self { name: name.to_owned(), ..self.clone() }
            }

            fn element(self) -> Element {
                Element::$part(self)
            }
        })*
    };
}

parts! {
    PrimaryKey Constraint
    Unique Constraint
    Check Constraint
    ForeignKey Constraint
    Index Index
    Trigger Trigger
    Policy Policy
    Partition Partition
}

/// The differences between the parts of one kind.
///
/// A part that is equal except for its name is renamed: a rename cannot lose anything, so this is not a guess. A part
/// that differs in more is dropped and added.
pub(super) fn changes<'a, T: Part + 'a>(
    old: impl Iterator<Item = Item<'a, T>>,
    new: impl Iterator<Item = Item<'a, T>>,
) -> Vec<TableChange> {
    let same_name = matched(old, new, |part| part.name().to_owned());
    let mut changes = Vec::new();
    let (mut dropped, mut created) = (same_name.dropped, same_name.created);
    for (before, now) in same_name.kept {
        if before.normal != now.normal {
            dropped.push(before);
            created.push(now);
        }
    }
    for before in dropped {
        let is_renamed = |now: &Item<'a, T>| before.normal.named(now.normal.name()) == *now.normal;
        match created.iter().position(is_renamed) {
            Some(position) => {
                let now = created.remove(position);
                changes.push(TableChange::Rename {
                    kind: T::KIND,
                    from: before.original.name().to_owned(),
                    to: now.original.name().to_owned(),
                });
            }
            None => changes.push(TableChange::Drop(before.original.clone().element())),
        }
    }
    let added = created.into_iter();
    changes.extend(added.map(|now| TableChange::Add(now.original.clone().element())));
    changes
}
