use super::change::{Change, ElementKind, TableChange};
use super::rename_order::is_same;
use super::side::Side;
use freehold_schema_core::ir::{Grant, GrantObject, QualifiedName};

/// The differences in the rights.
///
/// The normal form has one grant for each object and role, so two grants can be compared directly.
pub(super) fn changes(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let (old, new) = (&from.normal.grants, &to.normal.grants);
    let is_of_same = |one: &Grant, other: &Grant| one.on == other.on && one.to == other.to;
    let partner = |list: &[Grant], grant: &Grant| {
        let mut list = list.iter();
        list.find(|other| is_of_same(other, grant)).cloned()
    };
    // The owner's rights come from ownership, not from a grant.
    let is_of_owner = |grant: &&Grant| to.schema.owner() == Some(grant.to.as_str());
    let gone = old.iter().filter(|grant| !is_of_owner(grant));
    let gone = gone.filter(|grant| partner(new, grant).is_none());
    let gone = gone.map(|grant| Change::Rights {
        old: Some(grant.clone()),
        new: None,
    });
    let other = new.iter().filter_map(|grant| {
        let old = partner(old, grant);
        (old.as_ref() != Some(grant)).then(|| Change::Rights {
            old,
            new: Some(grant.clone()),
        })
    });
    gone.chain(other).collect()
}

/// The partitions that are renamed, as pairs of the old and the new name.
pub(super) fn renamed_partitions(changes: &[Change]) -> Vec<(QualifiedName, QualifiedName)> {
    let renamed = changes.iter().filter_map(|change| match change {
        Change::Table {
            table,
            change:
                TableChange::Rename {
                    kind: ElementKind::Partition,
                    from,
                    to,
                },
        } => {
            let schema = table.schema.as_deref();
            Some(
                [from, to]
                    .map(|name| QualifiedName::new(schema, name))
                    .into(),
            )
        }
        _ => None,
    });
    renamed.collect()
}

/// Renames the partitions in the grants: the rights on a partition stay with it when it is renamed.
pub(super) fn follow(grants: &mut [Grant], renamed: &[(QualifiedName, QualifiedName)]) {
    for grant in grants {
        let GrantObject::Relations(names) = &mut grant.on else {
            continue;
        };
        for name in names {
            if let Some((_, to)) = renamed.iter().find(|(from, _)| is_same(from, name)) {
                *name = to.clone();
            }
        }
    }
}
