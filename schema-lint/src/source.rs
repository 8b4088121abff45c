//! Splits a file into statements and parses each.

use std::ops::Range;

use squawk_syntax::SourceFile;
use squawk_syntax::ast::Stmt;

use super::block::Block;
use super::header::Header;
use super::stack::is_too_deep;
use freehold_schema_migrate::migrate::{Script, ScriptStatement as Summary, statement_ranges};

/// A file to check.
pub(super) struct Source<'a> {
    pub(super) script: &'a Script,
    pub(super) statements: Vec<Statement>,
    pub(super) header: Header,
}

/// A statement of a file.
pub(super) struct Statement {
    /// The byte range of the statement in the file.
    pub(super) range: Range<usize>,
    /// The byte range between the previous statement and this one.
    pub(super) before: Range<usize>,
    /// `None` if the parser does not even recognise which statement it is.
    pub(super) tree: Option<Stmt>,
    /// The first syntax error: its offset in the statement in bytes, and the reason.
    pub(super) unreadable: Option<(usize, String)>,
    /// The body, if the statement is a `DO` block.
    pub(super) block: Option<Block>,
    /// Whether the statement is inside a `DO` block.
    pub(super) is_inside: bool,
}

impl<'a> Source<'a> {
    /// Splits the file where the runner splits it and parses each statement separately.
    ///
    /// A statement that cannot be parsed therefore hides no later statement.
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

    /// The syntax trees of all statements that could be parsed, including statements in `DO` blocks.
    pub(super) fn trees(&self) -> impl Iterator<Item = &Stmt> {
        let all = self.statements.iter().flat_map(Statement::all);
        all.filter_map(|statement| statement.tree.as_ref())
    }

    /// The line and the column (in characters) of a byte offset, both from 1.
    pub(super) fn place(&self, offset: usize) -> (usize, usize) {
        let before = self.script.sql.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        (1 + before.matches('\n').count(), 1 + line.chars().count())
    }

    /// The text of a statement as messages show it.
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
                unreadable: Some((0, "its parentheses are nested too deeply".to_owned())),
                block: None,
                is_inside: false,
            };
        }
        let parse = SourceFile::parse(text);
        let error = parse.errors().into_iter().next();
        let tree = parse.tree().stmts().next();
        Self {
            block: tree
                .as_ref()
                .and_then(|tree| Block::of(tree, text, range.start)),
            range,
            before,
            tree,
            unreadable: error.map(|error| {
                let start = error.range().start();
                (start.into(), error.message().to_owned())
            }),
            is_inside: false,
        }
    }

    /// A statement in the body of a `DO` block. Syntax errors are ignored: an `INTO` at the end names a variable.
    pub(super) fn inside(text: &str, range: Range<usize>) -> Self {
        let start = range.start;
        Self {
            unreadable: None,
            is_inside: true,
            ..Self::read(text, range, start..start)
        }
    }

    /// The statement, followed by the statements in its `DO` block.
    pub(super) fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        let inside = self.block.iter().flat_map(|block| &block.statements);
        Box::new(std::iter::once(self).chain(inside.flat_map(Self::all)))
    }
}
