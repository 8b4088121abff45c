//! A file → its statements as syntax trees.

use std::ops::Range;

use squawk_syntax::SourceFile;
use squawk_syntax::ast::Stmt;

use super::header::Header;
use super::stack::is_too_deep;
use crate::migrate::{Script, Statement as Summary, statement_ranges};

/// A file that is looked at.
pub(super) struct Source<'a> {
    pub(super) script: &'a Script,
    pub(super) statements: Vec<Statement>,
    pub(super) header: Header,
}

/// A statement of it.
pub(super) struct Statement {
    /// Where it stands in the file.
    pub(super) range: Range<usize>,
    /// What stands between the statement before and this one.
    pub(super) before: Range<usize>,
    /// None where it is not even known which statement it is.
    pub(super) tree: Option<Stmt>,
    /// Where it cannot be read, from its beginning, and why.
    pub(super) unreadable: Option<(usize, String)>,
}

impl<'a> Source<'a> {
    /// Statements end where the runner ends them, and are read one by one: what cannot be read hides nothing behind it.
    pub(super) fn read(script: &'a Script) -> Self {
        let sql = &script.sql;
        let mut end = 0;
        let mut statements = Vec::new();
        for range in statement_ranges(sql) {
            let text = sql.get(range.clone()).unwrap_or_default();
            statements.push(Statement::read(text, range.clone(), end..range.start));
            end = range.end;
        }
        let head = statements.first().map_or(sql.len(), |it| it.range.start);
        Self {
            script,
            statements,
            header: Header::read(sql.get(..head).unwrap_or_default()),
        }
    }

    /// Line and character of a place, both from 1.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let before = self.script.sql.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        (1 + before.matches('\n').count(), 1 + line.chars().count())
    }

    /// What a message shows of a statement.
    pub(super) fn summary(&self, statement: &Statement) -> String {
        let text = self.script.sql.get(statement.range.clone());
        let text = text.unwrap_or_default().to_owned();
        Summary { text, line: 1 }.summary()
    }

    pub(super) fn line(&self, statement: &Statement) -> usize {
        self.place(statement.range.start).0
    }
}

impl Statement {
    fn read(text: &str, range: Range<usize>, before: Range<usize>) -> Self {
        if is_too_deep(text) {
            return Self {
                range,
                before,
                tree: None,
                unreadable: Some((0, "it has too many parentheses in each other".to_owned())),
            };
        }
        let parse = SourceFile::parse(text);
        let error = parse.errors().into_iter().next();
        Self {
            range,
            before,
            tree: parse.tree().stmts().next(),
            unreadable: error.map(|error| {
                let start = error.range().start();
                (start.into(), error.message().to_owned())
            }),
        }
    }
}
