//! The statements in the body of a `DO` block.

use std::ops::Range;

use squawk_syntax::ast::{self, AstNode as _, Expr, PlpgsqlStmt, Stmt};
use squawk_syntax::plpgsql::Plpgsql;
use squawk_syntax::{SyntaxKind, SyntaxNode};

use super::source::Statement;

/// The body of a `DO` block.
#[derive(Default)]
pub(super) struct Block {
    pub(super) statements: Vec<Statement>,
    /// Whether some of its SQL is known only at run time.
    pub(super) is_opaque: bool,
    /// Whether it reads rows other than through `statements`.
    pub(super) reads: bool,
}

impl Block {
    /// The block of a statement with the text `sql`, which begins at the byte `start` of its file.
    pub(super) fn of(tree: &Stmt, sql: &str, start: usize) -> Option<Self> {
        let Stmt::Do(block) = tree else { return None };
        let Some(body) = block.plpgsql() else {
            return Some(Self::opaque());
        };
        let body = Body { body, sql, start };
        let mut block = Self::default();
        let mut errors = body.body.errors().len();
        for node in body.body.syntax().descendants() {
            if is_unread(&node) {
                errors = errors.saturating_sub(block.unread(&node, &body).into());
            } else if let Some(statement) = PlpgsqlStmt::cast(node) {
                block.read(&statement, &body);
            }
        }
        Some(if errors == 0 { block } else { Self::opaque() })
    }

    /// Reads a node that the parser skipped because its `INTO` names a variable. Returns whether it is a statement.
    fn unread(&mut self, node: &SyntaxNode, body: &Body<'_>) -> bool {
        let Some((text, range)) = body.in_file(body.range_of(node)) else {
            return false;
        };
        let statement = Statement::inside(text, range);
        match statement.tree {
            Some(Stmt::Insert(_) | Stmt::Update(_) | Stmt::Delete(_) | Stmt::Merge(_)) => {
                self.statements.push(statement);
                true
            }
            Some(Stmt::SelectInto(_) | Stmt::Select(_)) => true,
            _ => false,
        }
    }

    fn opaque() -> Self {
        Self {
            is_opaque: true,
            reads: true,
            ..Self::default()
        }
    }

    fn read(&mut self, statement: &PlpgsqlStmt, body: &Body<'_>) {
        match statement {
            PlpgsqlStmt::PlpgsqlExecSqlStmt(it) => match it.stmt() {
                Some(it) => self.add(body.range_of(it.syntax()), body),
                None => self.is_opaque = true,
            },
            PlpgsqlStmt::PlpgsqlDynExecuteStmt(it) => {
                let text = it.query().and_then(|query| literal(&query));
                self.add(text.and_then(|text| body.range_of_value(&text)), body);
            }
            PlpgsqlStmt::PlpgsqlForDynStmt(_)
            | PlpgsqlStmt::PlpgsqlReturnQueryExecuteStmt(_)
            | PlpgsqlStmt::PlpgsqlCallStmt(_)
            | PlpgsqlStmt::PlpgsqlDoStmt(_) => {
                self.is_opaque = true;
                self.reads = true;
            }
            PlpgsqlStmt::PlpgsqlForQueryStmt(_)
            | PlpgsqlStmt::PlpgsqlForCursorStmt(_)
            | PlpgsqlStmt::PlpgsqlPerformStmt(_) => self.reads = true,
            _ => {}
        }
    }

    /// Adds the statement at this range. `None`: the statement is not in the file letter by letter, so it is unknown.
    fn add(&mut self, range: Option<Range<usize>>, body: &Body<'_>) {
        match body.in_file(range) {
            Some((text, range)) => self.statements.push(Statement::inside(text, range)),
            None => {
                self.is_opaque = true;
                self.reads = true;
            }
        }
    }
}

struct Body<'a> {
    body: Plpgsql,
    /// The whole statement.
    sql: &'a str,
    start: usize,
}

impl<'a> Body<'a> {
    /// The text of a range of the statement, and its range in the file.
    fn in_file(&self, range: Option<Range<usize>>) -> Option<(&'a str, Range<usize>)> {
        let range = range?;
        let text = self.sql.get(range.clone())?;
        Some((text, self.start + range.start..self.start + range.end))
    }

    /// The range of a node of the body in the statement, if the statement contains its text letter by letter.
    fn range_of(&self, node: &SyntaxNode) -> Option<Range<usize>> {
        let range = self.body.source_range(node.text_range());
        let range = usize::from(range.start())..usize::from(range.end());
        (*self.sql.get(range.clone())? == *node.text().to_string()).then_some(range)
    }

    /// The range of the trimmed value of a literal, likewise.
    fn range_of_value(&self, literal: &ast::Literal) -> Option<Range<usize>> {
        let whole = self.range_of(literal.syntax())?;
        let value = literal.string_value()?;
        let start = whole.start + self.sql.get(whole)?.find(&value)?;
        let text = value.trim();
        let start = start + value.find(text)?;
        Some(start..start + text.len())
    }
}

fn is_unread(node: &SyntaxNode) -> bool {
    let is_in_body = |node: SyntaxNode| node.kind() == SyntaxKind::PLPGSQL_BODY;
    node.kind() == SyntaxKind::ERROR && node.parent().is_some_and(is_in_body)
}

/// The literal of `EXECUTE 'text'`, if the query is a single literal.
fn literal(query: &ast::PlpgsqlExpr) -> Option<ast::Literal> {
    let mut expressions = query.syntax().descendants().filter_map(Expr::cast);
    match (expressions.next()?, expressions.next()) {
        (Expr::Literal(literal), None) => Some(literal),
        _ => None,
    }
}
