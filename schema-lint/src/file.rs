//! Checks one file.

use std::collections::BTreeSet;

use squawk_syntax::ast::Stmt;

use super::allow::{self, Allow};
use super::catalog::Catalog;
use super::finding::{Edit, Finding, Fix};
use super::findings::{At, Find, Findings};
use super::rules::{self, history};
use super::source::{Source, Statement};
use super::transaction::Transaction;
use super::{Options, RULES, parts, rule};

/// Adds what an applied file created to the catalog.
pub(super) fn remember(source: &Source<'_>, known: &mut Catalog) {
    for tree in source.trees() {
        known.apply(tree, false);
    }
}

/// Checks a pending file, and adds what it created to the catalog.
pub(super) fn lint(
    source: &Source<'_>,
    known: &mut Catalog,
    options: &Options,
    has_way_back: bool,
) -> Vec<Finding> {
    let mut found = Findings::default();
    if !has_way_back {
        found.add(history::no_way_back());
    }
    check(source, known, options, &mut found);
    reported(source, options, found.finds)
}

/// Checks a down file for statements that fail. It is an emergency measure, so it may lock and drop what it needs.
pub(super) fn lint_down(source: &Source<'_>, options: &Options) -> Vec<Finding> {
    let others = RULES.iter().filter(|rule| !rules::FAILING.contains(rule));
    let mut options = options.clone();
    options
        .disabled
        .extend(others.map(|rule| rule.id.to_owned()));
    let mut found = Findings::default();
    check(source, &mut Catalog::default(), &options, &mut found);
    reported(source, &options, found.finds)
}

/// The findings that remain after `allow` comments and the header are applied.
fn reported(source: &Source<'_>, options: &Options, mut finds: Vec<Find>) -> Vec<Finding> {
    finds.retain(|find| options.looks_for(find.rule));
    allow(source, options, &mut finds);
    finds.retain(|find| !source.header.reports(find.rule, find.table.as_ref()));
    finds.sort_by_key(|find| (find.range.start, find.rule.id));
    finds
        .into_iter()
        .map(|find| finding(source, find))
        .collect()
}

fn check(source: &Source<'_>, known: &mut Catalog, options: &Options, found: &mut Findings) {
    let mut transaction = Transaction::default();
    let mut is_data = false;
    for (index, statement) in source.statements.iter().enumerate() {
        if let Some((offset, reason)) = &statement.unreadable
            && !is_data
        {
            found.add(history::unreadable(
                index,
                statement.range.start + offset,
                reason,
            ));
        }
        for part in statement.all() {
            one(
                source,
                (index, part),
                (known, &mut transaction),
                options,
                found,
            );
        }
        // The text after `COPY .. FROM STDIN` is rows, not SQL.
        is_data = matches!(&statement.tree, Some(Stmt::Copy(it)) if parts::is_from_client(it));
        if let Some(tree) = &statement.tree {
            transaction = after(source, tree, transaction);
        }
    }
    rules::transaction::at_end(source, &transaction, found);
}

/// Checks one statement of the file or of a `DO` block, and applies it to the catalog and the transaction.
fn one(
    source: &Source<'_>,
    (index, statement): (usize, &Statement),
    (known, transaction): (&mut Catalog, &mut Transaction),
    options: &Options,
    found: &mut Findings,
) {
    let Some(tree) = &statement.tree else { return };
    let at = At {
        source,
        index,
        statement,
        tree,
        known,
        transaction,
        options,
    };
    history::misplaced(&at, found);
    for check in rules::CHECKS {
        check(&at, found);
    }
    transaction.apply(tree, known, source.line(statement));
    known.apply(tree, true);
}

/// The transaction of the next statement.
fn after(source: &Source<'_>, tree: &Stmt, transaction: Transaction) -> Transaction {
    match tree {
        Stmt::Begin(_) => Transaction {
            is_explicit: true,
            ..Transaction::default()
        },
        Stmt::Commit(_) => Transaction::default(),
        Stmt::Rollback(it) if !rules::transaction::is_to_savepoint(it) => Transaction::default(),
        _ if source.script.is_transactional() || transaction.is_explicit => transaction,
        _ => Transaction::default(),
    }
}

/// Removes the findings that `allow` comments allow, and adds findings about wrong `allow` comments.
fn allow(source: &Source<'_>, options: &Options, finds: &mut Vec<Find>) {
    let mut wrong = Vec::new();
    for (index, statement) in source.statements.iter().enumerate() {
        for allow in allow::before(&source.script.sql, statement.before.clone()) {
            wrong.extend(apply(&allow, index, options, finds));
        }
    }
    finds.extend(
        wrong
            .into_iter()
            .filter(|find| options.looks_for(find.rule)),
    );
}

fn apply(allow: &Allow, index: usize, options: &Options, finds: &mut Vec<Find>) -> Vec<Find> {
    let wrong = |reason: String| history::bad_allow(index, allow.range.clone(), reason);
    let ids = match &allow.ids {
        Ok(ids) => ids,
        Err(reason) => return vec![wrong((*reason).to_owned())],
    };
    let found: BTreeSet<_> = finds
        .iter()
        .filter(|find| find.statement == index)
        .map(|find| find.rule.id)
        .collect();
    finds.retain(|find| find.statement != index || !ids.iter().any(|id| id == find.rule.id));
    let unused = ids.iter().filter(|id| !found.contains(id.as_str()));
    unused
        .filter_map(|id| match rule(id) {
            None => Some(wrong(format!("there is no rule `{id}`"))),
            Some(rule) if !options.looks_for(rule) => None,
            Some(_) => Some(wrong(format!("`{id}` reports nothing here"))),
        })
        .collect()
}

fn finding(source: &Source<'_>, find: Find) -> Finding {
    let (line, column) = source.place(find.range.start);
    let statement = source.statements.get(find.statement);
    Finding {
        rule: find.rule,
        path: source.script.path.clone(),
        line,
        column,
        statement: statement.map_or_else(String::new, |it| source.summary(it)),
        message: find.message,
        fix: Fix {
            words: find.words.unwrap_or_else(|| find.rule.instead.to_owned()),
            edit: find.edit.map(|(range, text)| {
                let (line, column) = source.place(range.start);
                let (end_line, end_column) = source.place(range.end);
                Edit {
                    line,
                    column,
                    end_line,
                    end_column,
                    text,
                }
            }),
        },
    }
}
