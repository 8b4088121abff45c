//! Transactions that a file begins or ends, and SQL that is not in the file.

use squawk_syntax::ast::{Rollback, Stmt};

use crate::findings::{At, Find, Findings};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use crate::source::Source;
use crate::transaction::Transaction;

pub(crate) static TX01: LintRule = LintRule::error(
    "TX01",
    "transaction_in_transaction",
    "a file that runs in a transaction begins or ends one",
)
.why("A runner runs the file and records it in the history in one transaction. A `COMMIT` ends that transaction early: if a later statement fails, the migration stays half done.")
.instead("leave out `BEGIN` and `COMMIT`, or begin the file with `-- no-transaction`");

pub(crate) static TX02: LintRule = LintRule::error(
    "TX02",
    "uncommitted",
    "a transaction begins and does not end",
)
.why("PostgreSQL rolls the changes back when the connection closes, or the next file runs in the same transaction.")
.instead("end the transaction with `COMMIT`");

pub(crate) static TX05: LintRule = LintRule::note(
    "TX05",
    "opaque",
    "a `DO` block or a prepared statement runs SQL that is not in the file",
)
.why("The rules read the statements of a `DO` block, and `EXECUTE` of a constant text. They cannot read a text that is built at run time, a procedure, or a language other than PL/pgSQL. You see only at run time what such code locks, rewrites or loses.")
.instead("write the statements in the file, or write in an `allow` comment what they do")
.reported_by(ReportedBy::Structs);

pub(crate) static TX06: LintRule = LintRule::error(
    "TX06",
    "copy_from_stdin",
    "a `COPY` takes its rows from the client",
)
.why("Only psql sends the lines after `COPY .. FROM STDIN`, which `pg_dump` writes. Freehold's runner refuses such a file. Other runners wait forever or fail at the first line of data.")
.instead("write the rows as `INSERT` (`pg_dump --inserts` does this), or use `COPY` from a file on the server");

const OPAQUE: &str =
    "the statement runs SQL that is not in the file, so its effect is visible only at run time";

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    match at.tree {
        Stmt::Begin(_) if at.is_in_transaction() => {
            found.add(at.whole(&TX01, "the file already runs in a transaction"));
        }
        Stmt::Commit(_) => ended(at, found),
        Stmt::Rollback(it) if !is_to_savepoint(it) => ended(at, found),
        Stmt::Copy(it) if parts::is_from_client(it) => {
            found.add(at.whole(
                &TX06,
                "the client would have to send the rows, and a migration sends none",
            ));
        }
        Stmt::Execute(_) => found.add(at.whole(&TX05, OPAQUE)),
        Stmt::Do(_) if at.statement.block.as_ref().is_some_and(|it| it.is_opaque) => {
            found.add(at.whole(&TX05, OPAQUE));
        }
        _ => {}
    }
}

fn ended(at: &At<'_>, found: &mut Findings) {
    if at.transaction.is_explicit && !at.source.script.is_transactional() {
        return;
    }
    let message = if at.source.script.is_transactional() {
        "the statement ends the runner's transaction"
    } else {
        "there is no transaction to end"
    };
    found.add(at.whole(&TX01, message));
}

/// Whether it is `ROLLBACK TO SAVEPOINT`, after which the transaction continues.
pub(crate) fn is_to_savepoint(rollback: &Rollback) -> bool {
    matches!(rollback, Rollback::RollbackToSavepoint(_))
}

/// Reports what is still open at the end of a file.
pub(crate) fn at_end(source: &Source<'_>, transaction: &Transaction, found: &mut Findings) {
    let begin = |tree: Option<&Stmt>| matches!(tree, Some(Stmt::Begin(_)));
    let mut statements = source.statements.iter().enumerate().rev();
    let last = statements.find(|(_, statement)| begin(statement.tree.as_ref()));
    if let Some((index, statement)) = last.filter(|_| transaction.is_explicit) {
        let message = "the transaction is not ended in this file";
        found.add(Find::new(&TX02, index, statement.range.clone(), message));
    }
}
