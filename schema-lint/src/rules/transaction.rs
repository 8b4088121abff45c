//! Transactions that a file begins and ends, and SQL that nobody can read.

use squawk_syntax::ast::{Rollback, Stmt};

use crate::found::{At, Find, Found};
use crate::parts;
use crate::rule::{LintRule, ToldBy};
use crate::source::Source;
use crate::transaction::Transaction;

pub(crate) static TX01: LintRule = LintRule::error(
    "TX01",
    "transaction_in_transaction",
    "a file begins or ends a transaction that is not its own",
)
.why("A runner puts the file into one transaction with its entry in the history. A `COMMIT` ends that in the middle: what fails after it stays half done.")
.instead("leave out `BEGIN` and `COMMIT`, or begin the file with `-- no-transaction`");

pub(crate) static TX02: LintRule = LintRule::error(
    "TX02",
    "uncommitted",
    "a transaction is begun and not ended",
)
.why("What the file did is taken back when the connection closes, or the next file goes on in it.")
.instead("end it with `COMMIT`");

pub(crate) static TX05: LintRule = LintRule::note(
    "TX05",
    "opaque",
    "a `DO` block or a prepared statement runs SQL that is not in the file",
)
.why("The rules read the statements of a `DO` block, and `EXECUTE` of a text. They see nothing of a text that is put together, of a procedure, or of another language than PL/pgSQL: what that locks, rewrites or loses shows only when it runs.")
.instead("write the statements out in the file, or say in an `allow` what they do")
.told_by(ToldBy::Structs);

pub(crate) static TX06: LintRule = LintRule::error(
    "TX06",
    "copy_from_stdin",
    "a `COPY` takes its rows from the client",
)
.why("psql sends the lines behind `COPY .. FROM STDIN`, as `pg_dump` writes them. A migration sends none: the runner of this crate refuses the file, and others wait without end or fail at the first line of data.")
.instead("write the rows as `INSERT`, which `pg_dump --inserts` does, or `COPY` from a file of the server");

const OPAQUE: &str = "it runs SQL that is not in the file: what that does shows only when it runs";

pub(super) fn check(at: &At<'_>, found: &mut Found) {
    match at.tree {
        Stmt::Begin(_) if at.is_in_transaction() => {
            found.add(at.whole(&TX01, "it is in a transaction already"));
        }
        Stmt::Commit(_) => ended(at, found),
        Stmt::Rollback(it) if !is_to_savepoint(it) => ended(at, found),
        Stmt::Copy(it) if parts::is_from_client(it) => {
            found.add(at.whole(
                &TX06,
                "its rows would come from the client, and a migration sends none",
            ));
        }
        Stmt::Execute(_) => found.add(at.whole(&TX05, OPAQUE)),
        Stmt::Do(_) if at.statement.block.as_ref().is_some_and(|it| it.is_opaque) => {
            found.add(at.whole(&TX05, OPAQUE));
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
pub(crate) fn is_to_savepoint(rollback: &Rollback) -> bool {
    matches!(rollback, Rollback::RollbackToSavepoint(_))
}

/// What is left at the end of a file.
pub(crate) fn at_end(source: &Source<'_>, transaction: &Transaction, found: &mut Found) {
    let begin = |tree: Option<&Stmt>| matches!(tree, Some(Stmt::Begin(_)));
    let mut statements = source.statements.iter().enumerate().rev();
    let last = statements.find(|(_, statement)| begin(statement.tree.as_ref()));
    if let Some((index, statement)) = last.filter(|_| transaction.is_explicit) {
        let message = "the transaction is not ended in this file";
        found.add(Find::new(&TX02, index, statement.range.clone(), message));
    }
}
