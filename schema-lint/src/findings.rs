//! What the rules find in one file, before `allow` comments and the header remove findings.

use std::ops::Range;

use squawk_syntax::SyntaxNode;
use squawk_syntax::ast::{self, AlterTableAction, AstNode as _, Stmt};

use super::catalog::Catalog;
use super::name::Name;
use super::source::{Source, Statement};
use super::transaction::Transaction;
use super::{LintRule, Options, parts};

/// A statement with its context: what the lint knows before it runs.
pub(super) struct At<'a> {
    pub(super) source: &'a Source<'a>,
    /// The number of the statement in the file, from 0.
    pub(super) index: usize,
    pub(super) statement: &'a Statement,
    pub(super) tree: &'a Stmt,
    pub(super) known: &'a Catalog,
    pub(super) transaction: &'a Transaction,
    pub(super) options: &'a Options,
}

impl At<'_> {
    /// A finding at a node of the statement.
    pub(super) fn find(
        &self,
        rule: &'static LintRule,
        node: &SyntaxNode,
        message: impl Into<String>,
    ) -> Find {
        Find::new(rule, self.index, self.in_file(node), message)
    }

    /// A finding about the whole statement.
    pub(super) fn whole(&self, rule: &'static LintRule, message: impl Into<String>) -> Find {
        Find::new(rule, self.index, self.statement.range.clone(), message)
    }

    /// The byte range of a node in the file.
    pub(super) fn in_file(&self, node: &SyntaxNode) -> Range<usize> {
        let start = self.statement.range.start;
        let Range { start: from, end } = parts::range(node);
        start + from..start + end
    }

    /// Whether the statement runs in a transaction: of the whole file, of a `BEGIN`, or of its `DO` block.
    pub(super) fn is_in_transaction(&self) -> bool {
        let is_whole = self.source.script.is_transactional() || self.transaction.is_explicit;
        is_whole || self.statement.is_inside
    }

    /// The statements after this one, including statements in `DO` blocks.
    pub(super) fn following(&self) -> impl Iterator<Item = &Stmt> {
        let statements = self.source.statements.iter().skip(self.index);
        let all = statements.flat_map(Statement::all);
        let behind = all.filter(|it| it.range.start > self.statement.range.start);
        behind.filter_map(|statement| statement.tree.as_ref())
    }

    /// Whether a later statement of the file drops the table.
    pub(super) fn is_dropped(&self, table: &Name) -> bool {
        self.following().any(|tree| match tree {
            Stmt::DropTable(drop) => {
                let mut names = drop.table_name_refs();
                names.any(|name| Name::of(name.syntax()).as_ref() == Some(table))
            }
            _ => false,
        })
    }

    /// The actions of an `ALTER TABLE` on an existing table; none for a new table.
    pub(super) fn actions(&self) -> Vec<(Name, AlterTableAction)> {
        let Some((table, alter)) = self
            .altered()
            .filter(|(table, _)| !self.known.is_new(table))
        else {
            return Vec::new();
        };
        let actions = alter.actions();
        actions.map(|action| (table.clone(), action)).collect()
    }

    /// The table that an `ALTER TABLE` changes, new or not.
    pub(super) fn altered(&self) -> Option<(Name, &ast::AlterTable)> {
        match self.tree {
            Stmt::AlterTable(alter) => Some((parts::altered(alter)?, alter)),
            _ => None,
        }
    }

    /// The table that a node names, if the table is not new.
    pub(super) fn existing(&self, node: Option<impl ast::AstNode>) -> Option<Name> {
        let name = node.and_then(|node| Name::of(node.syntax()))?;
        (!self.known.is_new(&name)).then_some(name)
    }
}

/// A problem that a rule found.
pub(super) struct Find {
    pub(super) rule: &'static LintRule,
    /// The number of the statement in the file, from 0.
    pub(super) statement: usize,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) table: Option<Name>,
    pub(super) words: Option<String>,
    pub(super) edit: Option<(Range<usize>, String)>,
}

impl Find {
    pub(super) fn new(
        rule: &'static LintRule,
        statement: usize,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            statement,
            range,
            message: message.into(),
            table: None,
            words: None,
            edit: None,
        }
    }

    /// Sets the locked table, so that a `locks:` line of the header can cover the finding.
    pub(super) fn on(mut self, table: &Name) -> Self {
        self.table = Some(table.clone());
        self
    }

    /// Sets what to do, if the rule's `instead` is not enough.
    pub(super) fn words(mut self, words: impl Into<String>) -> Self {
        self.words = Some(words.into());
        self
    }

    /// Sets the edit that solves the problem.
    pub(super) fn edit(mut self, range: Range<usize>, text: impl Into<String>) -> Self {
        self.edit = Some((range, text.into()));
        self
    }
}

/// What was found in a file.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) finds: Vec<Find>,
}

impl Findings {
    pub(super) fn add(&mut self, find: Find) {
        self.finds.push(find);
    }

    /// Whether the rule has a finding already. Some rules report only their first finding in a file.
    pub(super) fn has(&self, rule: &LintRule) -> bool {
        self.finds.iter().any(|find| find.rule.id == rule.id)
    }
}
