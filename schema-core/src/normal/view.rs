//! Views.

use super::object::{Normal, comment, name};
use crate::ddl::POSTGRES;
use crate::ir::{Query, View};
use crate::sql::token;

impl Normal<'_> {
    pub(super) fn view(&self, view: &View) -> View {
        let source = POSTGRES.query(&view.query);
        let comments = view.column_comments.iter();
        let mut column_comments: Vec<_> = comments
            .filter(|(_, text)| !text.is_empty())
            .cloned()
            .collect();
        column_comments.sort();
        View {
            name: name(&view.name),
            comment: comment(view.comment.as_ref()),
            column_comments,
            query: Query::Source(token::spaced(&source).unwrap_or(source)),
            indexes: view
                .indexes
                .iter()
                .map(|index| self.index(index, &view.name))
                .collect(),
            // The option has no effect on a materialized view: its rows were computed before the query reads them.
            security_invoker: view.security_invoker && !view.materialized,
            ..view.clone()
        }
    }
}
