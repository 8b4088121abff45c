//! Names.

use std::collections::BTreeSet;

use squawk_syntax::ast::{self, AstNode as _, Stmt};
use squawk_syntax::{SyntaxElement, SyntaxKind, SyntaxNode};

use crate::findings::{At, Find, Findings};
use crate::name::word;
use crate::parts;
use crate::rule::LintRule;

/// The longest name in PostgreSQL, in bytes.
const LONGEST: usize = 63;

pub(super) static NM07: LintRule = LintRule::error(
    "NM07",
    "long_name",
    "a name is longer than 63 bytes",
)
.why("PostgreSQL truncates the name and only prints a notice. Two long names can become the same, and the next migration does not find the name.")
.instead("use a shorter name");

pub(super) static NM08: LintRule = LintRule::note(
    "NM08",
    "unqualified_name",
    "a table is created without a schema in its name",
)
.why("The search path of the role that migrates determines the schema of the table.")
.instead("`CREATE TABLE schema.table`")
.opt_in();

pub(super) static NM10: LintRule =
    LintRule::error("NM10", "column_twice", "a list contains a column twice")
        .why("PostgreSQL refuses the statement when it runs.")
        .instead("remove one of them");

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    let tokens = at.tree.syntax().descendants_with_tokens();
    for token in tokens.filter_map(SyntaxElement::into_token) {
        let name = token.text().trim_matches('"');
        if token.kind() == SyntaxKind::IDENT && name.len() > LONGEST {
            let start = at.statement.range.start + usize::from(token.text_range().start());
            let end = start + token.text().len();
            let message = format!("PostgreSQL truncates `{name}` to {LONGEST} bytes");
            found.add(Find::new(&NM07, at.index, start..end, message));
        }
    }
    if let Stmt::CreateTable(table) = at.tree
        && table.persistence().is_none()
        && let Some(path) = table.table_name().and_then(|it| it.path())
        && path.qualifier().is_none()
    {
        found.add(at.find(
            &NM08,
            path.syntax(),
            "the search path determines the schema of the table",
        ));
    }
    twice(at, found);
}

fn twice(at: &At<'_>, found: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (name, node) in listed(at.tree) {
        if !seen.insert(name.clone()) {
            found.add(at.find(&NM10, &node, format!("`{name}` is in the list twice")));
        }
    }
}

/// The columns in a list of a statement that may name each column only once.
fn listed(tree: &Stmt) -> Vec<(String, SyntaxNode)> {
    let nodes: Vec<SyntaxNode> = match tree {
        Stmt::CreateTable(table) => {
            let list = table.table_arg_list().map(|list| list.args());
            let columns = list.into_iter().flatten().filter_map(|it| match it {
                ast::TableArg::Column(column) => Some(column.name()?.syntax().clone()),
                _ => None,
            });
            columns.collect()
        }
        Stmt::Insert(insert) => {
            let list = insert
                .column_target_list()
                .map(|list| list.column_targets());
            let targets = list.into_iter().flatten();
            targets.map(|target| target.syntax().clone()).collect()
        }
        Stmt::Update(update) => {
            let list = update.set_clause().and_then(|set| set.set_column_list());
            let set = list.map(|list| list.set_columns());
            let single = set.into_iter().flatten().filter_map(|it| match it {
                ast::SetColumn::SetSingleColumn(it) => Some(it.column_target()?.syntax().clone()),
                ast::SetColumn::SetMultipleColumns(_) => None,
            });
            single.collect()
        }
        _ => Vec::new(),
    };
    // `a[1]` and `a[2]` are parts of one column and may both be set.
    let whole = nodes
        .into_iter()
        .filter(|node| !parts::has_word(node, "[") && !parts::has_word(node, "."));
    whole.map(|node| (word(&node), node)).collect()
}
