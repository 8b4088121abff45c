//! Transactions that a file begins and ends, and SQL that nobody can read.

use squawk_syntax::ast::{Rollback, Stmt};

use crate::lint::found::{At, Find, Found};
use crate::lint::rule::{LintRule, ToldBy};
use crate::lint::source::Source;
use crate::lint::transaction::Transaction;

pub(in crate::lint) static TX01: LintRule = LintRule::error(
    "TX01",
    "transaction_in_transaction",
    "a file begins or ends a transaction that is not its own",
)
.why("A runner puts the file into one transaction with its entry in the history. A `COMMIT` ends that in the middle: what fails after it stays half done.")
.instead("leave out `BEGIN` and `COMMIT`, or begin the file with `-- no-transaction`");

pub(in crate::lint) static TX02: LintRule = LintRule::error(
    "TX02",
    "uncommitted",
    "a transaction is begun and not ended",
)
.why("What the file did is taken back when the connection closes, or the next file goes on in it.")
.instead("end it with `COMMIT`");

pub(in crate::lint) static TX05: LintRule = LintRule::note(
    "TX05",
    "opaque",
    "a `DO` block or a prepared statement, which no rule looks into",
)
.why("What it locks, rewrites or loses is seen only when it runs.")
.instead("write the statements themselves, or say in an `allow` what it does")
.told_by(ToldBy::Structs);

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    match at.tree {
        Stmt::Begin(_) if at.is_in_transaction() => {
            found.add(at.whole(&TX01, "it is in a transaction already"));
        }
        Stmt::Commit(_) => ended(at, found),
        Stmt::Rollback(it) if !is_to_savepoint(it) => ended(at, found),
        Stmt::Do(_) | Stmt::Execute(_) => {
            found.add(at.whole(&TX05, "what it does is seen only when it runs"));
        }
        _ => {}
    }
}

fn ended(at: &At<'_>, found: &mut Found) {
    if at.transaction.is_explicit && !at.source.script.is_transactional() {
        return;
    }
    let message = if at.source.script.is_transactional() {
        "it ends the transaction of the runner"
    } else {
        "there is no transaction to end"
    };
    found.add(at.whole(&TX01, message));
}

/// Whether the transaction goes on.
pub(in crate::lint) fn is_to_savepoint(rollback: &Rollback) -> bool {
    matches!(rollback, Rollback::RollbackToSavepoint(_))
}

/// What is left at the end of a file.
pub(in crate::lint) fn at_end(source: &Source<'_>, transaction: &Transaction, found: &mut Found) {
    let begin = |tree: Option<&Stmt>| matches!(tree, Some(Stmt::Begin(_)));
    let mut statements = source.statements.iter().enumerate().rev();
    let last = statements.find(|(_, statement)| begin(statement.tree.as_ref()));
    if let Some((index, statement)) = last.filter(|_| transaction.is_explicit) {
        let message = "the transaction is not ended in this file";
        found.add(Find::new(&TX02, index, statement.range.clone(), message));
    }
}
