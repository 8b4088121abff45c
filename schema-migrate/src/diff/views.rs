use super::change::{Change, Commented, Object, TableChange};
use super::elements;
use super::objects::{come_and_go, comment};
use super::side::{Item, Side, items, matched};
use freehold_schema_core::ir::View;

/// The differences of the views.
pub(super) fn changes(from: &Side<'_>, to: &Side<'_>) -> Vec<Change> {
    let all = matched(
        items(&from.schema.views, &from.normal.views),
        items(&to.schema.views, &to.normal.views),
        |view: &View| view.name.clone(),
    );
    let mut changes = come_and_go(&all, object);
    for (old, new) in all.kept {
        if definition(old.normal) == definition(new.normal) {
            changes.extend(around(old, new));
        } else {
            let (old, new) = (object(old.original), object(new.original));
            changes.push(Change::Replace { old, new });
        }
    }
    changes
}

fn object(view: &View) -> Object {
    Object::View(Box::new(view.clone()))
}

/// The part of a view that cannot be changed in place.
fn definition(view: &View) -> View {
    View {
        comment: None,
        column_comments: Vec::new(),
        indexes: Vec::new(),
        ..view.clone()
    }
}

/// The changes of comments and indexes of a view whose definition is the same.
fn around(old: Item<'_, View>, new: Item<'_, View>) -> Vec<Change> {
    let indexes = elements::changes(
        items(&old.original.indexes, &old.normal.indexes),
        items(&new.original.indexes, &new.normal.indexes),
    );
    let (old, new) = (old.original, new.original);
    let in_view = |change: TableChange| Change::Table {
        table: new.name.clone(),
        change,
    };
    let mut changes: Vec<_> = indexes.into_iter().map(in_view).collect();
    let on = || Commented::View {
        name: new.name.clone(),
        materialized: new.materialized,
    };
    changes.extend(comment(on, old.comment.as_ref(), new.comment.as_ref()));
    changes.extend(column_comments(old, new));
    changes
}

fn column_comments(old: &View, new: &View) -> Vec<Change> {
    let of = |view: &View, column: &str| {
        let mut comments = view.column_comments.iter();
        let found = comments.find(|(name, _)| name == column);
        found.map(|(_, text)| text.clone())
    };
    let columns = old.column_comments.iter().chain(&new.column_comments);
    let mut columns: Vec<_> = columns.map(|(name, _)| name.as_str()).collect();
    columns.sort_unstable();
    columns.dedup();
    let changed = columns.into_iter().filter_map(|column| {
        let on = || Commented::ViewColumn(new.name.clone(), column.to_owned());
        comment(on, of(old, column).as_ref(), of(new, column).as_ref())
    });
    changed.collect()
}
