use super::change::{Change, Commented, Object};
use super::side::{Item, Matched, Side, items, matched};
use super::table;
use freehold_schema_core::ir::{
    Domain, EnumType, Extension, Role, Routine, Schema, Sequence, SqlType, Table,
};

/// The differences in everything except the owner, views and rights.
pub(super) fn changes(old: &Schema, from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    [
        roles(from, to),
        namespaces(from.schema, to.schema),
        extensions(from, to),
        enums(&old.enums, from, to),
        domains(from, to),
        sequences(from, to),
        routines(from, to),
        tables(from, to),
    ]
    .concat()
}

/// The objects that only one list has.
pub(super) fn come_and_go<T>(all: &Matched<'_, T>, object: impl Fn(&T) -> Object) -> Vec<Change> {
    let dropped = all
        .dropped
        .iter()
        .map(|item| Change::Drop(object(item.original)));
    let created = all
        .created
        .iter()
        .map(|item| Change::Create(object(item.original)));
    dropped.chain(created).collect()
}

/// Roles are never dropped: another database of the cluster may use them.
fn roles(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.roles, &from.normal.roles),
        items(&to.schema.roles, &to.normal.roles),
        |role: &Role| role.name.as_str(),
    );
    let created = all.created.iter().filter(|item| !item.original.existing);
    let mut changes: Vec<_> = created
        .map(|item| Change::Create(Object::Role(item.original.clone())))
        .collect();
    let is_other = |(old, new): &&(Item<'_, Role>, Item<'_, Role>)| {
        let same_name = Role {
            existing: new.normal.existing,
            ..old.normal.clone()
        };
        same_name != *new.normal && !new.normal.existing
    };
    changes.extend(
        all.kept
            .iter()
            .filter(is_other)
            .map(|(old, new)| Change::Role {
                old: old.original.clone(),
                new: new.original.clone(),
            }),
    );
    changes
}

fn namespaces(from: &Schema, to: &Schema) -> Vec<Change> {
    let named = |name: &String| Object::Namespace(name.clone());
    let dropped = from
        .schemas
        .iter()
        .filter(|name| !to.schemas.contains(name));
    let created = to
        .schemas
        .iter()
        .filter(|name| !from.schemas.contains(name));
    let dropped = dropped.map(named).map(Change::Drop);
    dropped
        .chain(created.map(named).map(Change::Create))
        .collect()
}

fn extensions(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.extensions, &from.normal.extensions),
        items(&to.schema.extensions, &to.normal.extensions),
        |extension: &Extension| extension.name.as_str(),
    );
    let object = |extension: &Extension| Object::Extension(extension.clone());
    let mut changes = come_and_go(&all, object);
    let moved = all
        .kept
        .iter()
        .filter(|(old, new)| old.normal != new.normal);
    changes.extend(moved.map(|(old, new)| Change::Replace {
        old: object(old.original),
        new: object(new.original),
    }));
    changes
}

/// `before` has the enum types as they are before their labels are renamed, in the same order as those of `from`.
///
/// The change of labels includes these renames.
fn enums(before: &[EnumType], from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let relabelled = |sql_enum: &EnumType| {
        let mut pairs = before.iter().zip(&from.schema.enums);
        let before = pairs.find(|(_, now)| now.name == sql_enum.name);
        before
            .map(|(before, _)| before)
            .filter(|before| before.labels != sql_enum.labels)
    };
    let all = matched(
        items(&from.schema.enums, &from.normal.enums),
        items(&to.schema.enums, &to.normal.enums),
        |sql_enum: &EnumType| sql_enum.name.clone(),
    );
    let mut changes = come_and_go(&all, |sql_enum| Object::Enum(sql_enum.clone()));
    for (Item { original: old, .. }, Item { original: new, .. }) in all.kept {
        let before = relabelled(old);
        if before.is_some() || old.labels != new.labels {
            let (old, new) = (before.unwrap_or(old).clone(), new.clone());
            changes.push(Change::Labels { old, new });
        }
        let on = || Commented::Enum(new.name.clone());
        changes.extend(comment(on, old.comment.as_ref(), new.comment.as_ref()));
    }
    changes
}

fn domains(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.domains, &from.normal.domains),
        items(&to.schema.domains, &to.normal.domains),
        |domain: &Domain| domain.name.clone(),
    );
    let object = |domain: &Domain| Object::Domain(domain.clone());
    let mut changes = come_and_go(&all, object);
    for (old, new) in all.kept {
        let without_comment = |domain: &Domain| Domain {
            comment: None,
            ..domain.clone()
        };
        if without_comment(old.normal) != without_comment(new.normal) {
            let (old, new) = (object(old.original), object(new.original));
            changes.push(Change::Replace { old, new });
        }
        let (old, new) = (old.original, new.original);
        let on = || Commented::Domain(new.name.clone());
        changes.extend(comment(on, old.comment.as_ref(), new.comment.as_ref()));
    }
    changes
}

fn sequences(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.sequences, &from.normal.sequences),
        items(&to.schema.sequences, &to.normal.sequences),
        |sequence: &Sequence| sequence.name.clone(),
    );
    let mut changes = come_and_go(&all, |sequence| Object::Sequence(sequence.clone()));
    let other = all
        .kept
        .iter()
        .filter(|(old, new)| old.normal != new.normal);
    changes.extend(other.map(|(old, new)| Change::Sequence {
        old: old.original.clone(),
        new: new.original.clone(),
    }));
    changes
}

/// Two routines are the same routine if they have the same name and the same argument types.
fn routines(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let key = |routine: &Routine| {
        let inputs = routine.inputs().map(|argument| argument.sql_type.clone());
        let inputs: Vec<SqlType> = inputs.collect();
        (routine.name.clone(), format!("{inputs:?}"))
    };
    let all = matched(
        items(&from.schema.routines, &from.normal.routines),
        items(&to.schema.routines, &to.normal.routines),
        key,
    );
    let object = |routine: &Routine| Object::Routine(Box::new(routine.clone()));
    let mut changes = come_and_go(&all, object);
    for (old, new) in all.kept {
        let without_comment = |routine: &Routine| Routine {
            comment: None,
            ..routine.clone()
        };
        if without_comment(old.normal) != without_comment(new.normal) {
            let (old, new) = (object(old.original), object(new.original));
            changes.push(Change::Replace { old, new });
        }
        let (old, new) = (old.original, new.original);
        let on = || Commented::Routine(Box::new(new.clone()));
        changes.extend(comment(on, old.comment.as_ref(), new.comment.as_ref()));
    }
    changes
}

fn tables(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.tables, &from.normal.tables),
        items(&to.schema.tables, &to.normal.tables),
        |table: &Table| table.name.clone(),
    );
    let mut changes = come_and_go(&all, |table| Object::Table(Box::new(table.clone())));
    let kept = all.kept.into_iter();
    changes.extend(kept.flat_map(|(old, new)| table::changes(old, new)));
    changes
}

/// The change of a comment, if the comment is different.
pub(super) fn comment(
    on: impl Fn() -> Commented,
    old: Option<&String>,
    new: Option<&String>,
) -> Option<Change> {
    (old != new).then(|| Change::Comment {
        on: on(),
        old: old.cloned(),
        new: new.cloned(),
    })
}
