//! Recognises statements that the runner treats differently: those that cannot run in a transaction, may run again, or
//! are refused.

use std::ops::Range;

use freehold_schema_core::sql::parts::{Part, spans};
use freehold_schema_core::sql::{mentions, texts};

/// The kind of a statement, as the runner treats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatementKind {
    /// `SET` and `RESET`: they change only the session, so they run again when a stopped file continues.
    Setting {
        /// Whether it sets `lock_timeout`.
        lock_timeout: bool,
    },
    CreateIndex(CreateIndex),
    /// `DROP INDEX CONCURRENTLY`, with the name as written.
    DropIndex {
        index: String,
    },
    /// `ALTER TABLE .. DETACH PARTITION .. CONCURRENTLY`, with the names as written.
    Detach {
        table: String,
        partition: String,
    },
    /// `REINDEX .. CONCURRENTLY`, which may run again after the invalid indexes that it left are dropped.
    Reindex,
    /// Runs outside a transaction and may run again: `VACUUM`, or a `DO` block that commits between its batches.
    Repeatable {
        /// As in `Transactional`. Not for a block: it has locks on rows while it waits for others.
        is_gentle: bool,
    },
    /// `CALL`: the procedure may commit, and the runner cannot know whether it may run again.
    Call,
    /// Begins or ends a transaction, which only the runner may do.
    TransactionControl,
    /// `COPY .. FROM STDIN`: its rows would have to come from the client.
    CopyFromStdin,
    /// Any other statement. If it cannot run in a transaction, the first attempt shows that.
    Transactional {
        /// Whether others can read and write under its lock, so that waiting for the lock does no harm.
        is_gentle: bool,
    },
}

/// `CREATE INDEX CONCURRENTLY` with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CreateIndex {
    /// The name as written.
    pub(crate) name: String,
    /// The table as written.
    pub(crate) table: String,
    pub(crate) if_not_exists: bool,
    /// The name of the table without its schema, as written.
    pub(crate) bare_table: String,
    /// The same statement without `CONCURRENTLY`, on a temporary table of the same name.
    pub(crate) on_temporary_table: String,
}

impl StatementKind {
    pub(crate) fn of(sql: &str) -> Self {
        let tokens = spans(sql);
        let cursor = Cursor {
            sql,
            tokens: &tokens,
        };
        cursor
            .setting()
            .or_else(|| cursor.create_index())
            .or_else(|| cursor.drop_index())
            .or_else(|| cursor.detach())
            .or_else(|| cursor.repeatable())
            .or_else(|| cursor.transaction_control())
            .or_else(|| cursor.copy_from_stdin())
            .unwrap_or_else(|| cursor.transactional())
    }

    /// Whether others can read and write its table while it waits for all transactions that use the table.
    pub(crate) fn is_gentle(&self) -> bool {
        matches!(
            self,
            Self::CreateIndex(_)
                | Self::DropIndex { .. }
                | Self::Detach { .. }
                | Self::Reindex
                | Self::Repeatable { is_gentle: true }
                | Self::Transactional { is_gentle: true }
        )
    }
}

/// The tokens that are left to read.
#[derive(Clone, Copy)]
struct Cursor<'s> {
    sql: &'s str,
    tokens: &'s [(Part, Range<usize>)],
}

impl<'s> Cursor<'s> {
    fn setting(self) -> Option<StatementKind> {
        let rest = self.word("set").or_else(|| self.word("reset"))?;
        let lock_timeout = rest.has("lock_timeout");
        Some(StatementKind::Setting { lock_timeout })
    }

    fn create_index(self) -> Option<StatementKind> {
        let rest = self.word("create")?.optional("unique").word("index")?;
        let concurrently = rest.span()?;
        let rest = rest.word("concurrently")?;
        let exists = rest.words(&["if", "not", "exists"]);
        let (name, rest) = exists.unwrap_or(rest).name()?;
        let rest = rest.word("on")?.optional("only");
        let (table, _) = rest.name()?;
        let bare = self.last_name(&table)?;
        let sql = self.sql;
        let on_temporary_table = format!(
            "{}{} ON pg_temp.{bare}{}",
            sql.get(..concurrently.start)?,
            sql.get(name.clone())?,
            sql.get(table.end..)?,
        );
        Some(StatementKind::CreateIndex(CreateIndex {
            name: sql.get(name)?.to_owned(),
            table: sql.get(table)?.to_owned(),
            if_not_exists: exists.is_some(),
            bare_table: bare.to_owned(),
            on_temporary_table,
        }))
    }

    fn drop_index(self) -> Option<StatementKind> {
        let rest = self.words(&["drop", "index", "concurrently"])?;
        let (index, _) = rest.words(&["if", "exists"]).unwrap_or(rest).name()?;
        let index = self.sql.get(index)?.to_owned();
        Some(StatementKind::DropIndex { index })
    }

    fn detach(self) -> Option<StatementKind> {
        let rest = self.words(&["alter", "table"])?;
        let rest = rest
            .words(&["if", "exists"])
            .unwrap_or(rest)
            .optional("only");
        let (table, rest) = rest.name()?;
        let (partition, rest) = rest.words(&["detach", "partition"])?.name()?;
        rest.word("concurrently")?;
        Some(StatementKind::Detach {
            table: self.sql.get(table)?.to_owned(),
            partition: self.sql.get(partition)?.to_owned(),
        })
    }

    fn repeatable(self) -> Option<StatementKind> {
        if self.word("call").is_some() {
            return Some(StatementKind::Call);
        }
        // The body of the block is one string.
        let commits =
            self.word("do").is_some() && texts(self.sql).any(|body| mentions(&body, "commit"));
        let reindexes = self
            .word("reindex")
            .is_some_and(|rest| rest.has("concurrently"));
        if reindexes {
            return Some(StatementKind::Reindex);
        }
        let is_gentle = self.word("vacuum").is_some();
        (commits || is_gentle).then_some(StatementKind::Repeatable { is_gentle })
    }

    fn transaction_control(self) -> Option<StatementKind> {
        let rolls_back = self.word("rollback").is_some_and(|rest| !rest.has("to"));
        let controls = rolls_back
            || ["begin", "commit", "end", "abort"]
                .iter()
                .any(|word| self.word(word).is_some())
            || self.words(&["start", "transaction"]).is_some()
            || self.words(&["prepare", "transaction"]).is_some();
        controls.then_some(StatementKind::TransactionControl)
    }

    fn copy_from_stdin(self) -> Option<StatementKind> {
        let rest = self.word("copy")?;
        rest.words_somewhere(&["from", "stdin"])
            .then_some(StatementKind::CopyFromStdin)
    }

    fn transactional(self) -> StatementKind {
        let validates = self.words(&["alter", "table"]).is_some()
            && self.words_somewhere(&["validate", "constraint"]);
        let refreshes = self
            .words(&["refresh", "materialized", "view", "concurrently"])
            .is_some();
        StatementKind::Transactional {
            is_gentle: validates || refreshes,
        }
    }

    /// The tokens after this keyword, if it is next.
    fn word(self, keyword: &str) -> Option<Self> {
        let ((first, _), tokens) = self.tokens.split_first()?;
        let is_keyword = matches!(first, Part::Word(word) if word.is(keyword));
        is_keyword.then_some(Self { tokens, ..self })
    }

    fn words(self, keywords: &[&str]) -> Option<Self> {
        keywords
            .iter()
            .try_fold(self, |rest, keyword| rest.word(keyword))
    }

    fn words_somewhere(self, keywords: &[&str]) -> bool {
        (0..self.tokens.len()).any(|start| {
            let tokens = self.tokens.get(start..).unwrap_or_default();
            Self { tokens, ..self }.words(keywords).is_some()
        })
    }

    fn optional(self, keyword: &str) -> Self {
        self.word(keyword).unwrap_or(self)
    }

    fn has(self, keyword: &str) -> bool {
        self.words_somewhere(&[keyword])
    }

    fn span(self) -> Option<Range<usize>> {
        self.tokens.first().map(|(_, span)| span.clone())
    }

    /// The range of a qualified name, and the tokens after it.
    fn name(self) -> Option<(Range<usize>, Self)> {
        let Some(((Part::Word(first), span), mut tokens)) = self.tokens.split_first() else {
            return None;
        };
        // An index without a name: `ON` and its table are next.
        if first.is("on") {
            return None;
        }
        let mut name = span.clone();
        while let [(Part::Symbol('.'), _), (Part::Word(_), last), rest @ ..] = tokens {
            name.end = last.end;
            tokens = rest;
        }
        Some((name, Self { tokens, ..self }))
    }

    /// The last part of a qualified name, as written.
    fn last_name(self, name: &Range<usize>) -> Option<&'s str> {
        let (_, last) = self.tokens.iter().find(|(_, span)| span.end == name.end)?;
        self.sql.get(last.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{CreateIndex, StatementKind};

    const PLAIN: StatementKind = StatementKind::Transactional { is_gentle: false };

    #[test]
    fn statements_are_recognised() {
        let expected = [
            (
                "SET lock_timeout = '1s'",
                StatementKind::Setting { lock_timeout: true },
            ),
            (
                "RESET ROLE",
                StatementKind::Setting {
                    lock_timeout: false,
                },
            ),
            (
                "DROP INDEX CONCURRENTLY IF EXISTS app.\"A i\"",
                StatementKind::DropIndex {
                    index: "app.\"A i\"".to_owned(),
                },
            ),
            ("DROP INDEX a", PLAIN),
            ("CREATE INDEX a ON t (b)", PLAIN),
            (
                "ALTER TABLE app.t DETACH PARTITION app.t_1 CONCURRENTLY",
                StatementKind::Detach {
                    table: "app.t".to_owned(),
                    partition: "app.t_1".to_owned(),
                },
            ),
            ("ALTER TABLE t DETACH PARTITION t_1", PLAIN),
            (
                "DO $$ BEGIN UPDATE t SET a = 1; COMMIT; END $$",
                StatementKind::Repeatable { is_gentle: false },
            ),
            ("DO $$ BEGIN UPDATE t SET a = 1; END $$", PLAIN),
            ("REINDEX INDEX CONCURRENTLY a", StatementKind::Reindex),
            ("VACUUM t", StatementKind::Repeatable { is_gentle: true }),
            ("CALL fill()", StatementKind::Call),
            (
                "ALTER TABLE t VALIDATE CONSTRAINT c",
                StatementKind::Transactional { is_gentle: true },
            ),
            ("COMMIT", StatementKind::TransactionControl),
            ("rollback", StatementKind::TransactionControl),
            ("ROLLBACK TO SAVEPOINT s", PLAIN),
            ("SELECT 'begin'", PLAIN),
            ("COPY t FROM stdin", StatementKind::CopyFromStdin),
            (
                "copy app.t (a, b) from STDIN with (format csv)",
                StatementKind::CopyFromStdin,
            ),
            ("COPY t FROM '/tmp/stdin'", PLAIN),
            ("COPY (SELECT 'from stdin') TO STDOUT", PLAIN),
            // The runner cannot know the name that PostgreSQL chooses.
            ("CREATE INDEX CONCURRENTLY ON t (a)", PLAIN),
        ];
        for (sql, step) in expected {
            assert_eq!(StatementKind::of(sql), step, "{sql}");
        }
    }

    #[test]
    fn an_index_has_the_names_as_written() {
        let sql = "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"My i\" ON ONLY app . \"T\" USING btree (a) WHERE \"T\".b";
        let expected = CreateIndex {
            name: "\"My i\"".to_owned(),
            table: "app . \"T\"".to_owned(),
            if_not_exists: true,
            bare_table: "\"T\"".to_owned(),
            on_temporary_table:
                "CREATE UNIQUE INDEX \"My i\" ON pg_temp.\"T\" USING btree (a) WHERE \"T\".b"
                    .to_owned(),
        };
        assert_eq!(StatementKind::of(sql), StatementKind::CreateIndex(expected));
    }
}
