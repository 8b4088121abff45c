use super::printer::Printer;
use crate::ir::{Query, View};
use crate::sql::ends_in_comment;

impl Printer<'_> {
    /// The statements that create the view, its indexes and its comments.
    pub fn create_view(self, view: &View) -> Vec<String> {
        let mut statements = vec![self.define_view(view)];
        statements.extend(self.beside_view(view));
        statements
    }

    /// `CREATE VIEW name AS ..` or `CREATE MATERIALIZED VIEW`, which also computes its rows.
    pub fn define_view(self, view: &View) -> String {
        format!(
            "CREATE {} {}{} AS\n{}",
            kind(view),
            self.qualified(&view.name),
            options(view),
            self.query(&view.query)
        )
    }

    /// The statements for its indexes and its comments.
    pub fn beside_view(self, view: &View) -> Vec<String> {
        let name = self.qualified(&view.name);
        let indexes = view.indexes.iter();
        let mut statements: Vec<_> = indexes
            .map(|index| self.create_index(&view.name, index))
            .collect();
        statements.extend(
            view.comment
                .iter()
                .map(|text| self.comment(kind(view), &name, text)),
        );
        statements.extend(view.column_comments.iter().map(|(column, text)| {
            let column = format!("{name}.{}", self.identifier(column));
            self.comment("COLUMN", &column, text)
        }));
        statements
    }

    /// `ALTER .. OWNER TO ..` for a view that belongs to another role than the other objects; `None` for the others.
    pub fn change_view_owner(self, view: &View) -> Option<String> {
        let owner = view.owner.as_ref()?;
        Some(format!(
            "ALTER {} {} OWNER TO {}",
            kind(view),
            self.qualified(&view.name),
            self.identifier(owner)
        ))
    }

    /// `DROP VIEW name`, or `DROP MATERIALIZED VIEW`.
    pub fn drop_view(self, view: &View) -> String {
        format!("DROP {} {}", kind(view), self.qualified(&view.name))
    }

    /// The query of a view.
    pub fn query(self, query: &Query) -> String {
        match query {
            Query::Source(source) => written(source),
            Query::Rows {
                table,
                columns,
                filter,
            } => {
                let columns: Vec<_> = columns.iter().map(|name| self.identifier(name)).collect();
                format!(
                    "SELECT {} FROM {} WHERE {}",
                    columns.join(", "),
                    self.qualified(table),
                    self.expr(filter)
                )
            }
        }
    }
}

/// A query without a final semicolon. A newline ends a comment in its last line, so that it does not include the SQL
/// after it.
fn written(source: &str) -> String {
    let query = source.trim().trim_end_matches(';').trim_end();
    let end = if ends_in_comment(query) { "\n" } else { "" };
    format!("{query}{end}")
}

fn kind(view: &View) -> &'static str {
    if view.materialized {
        "MATERIALIZED VIEW"
    } else {
        "VIEW"
    }
}

/// Without `security_invoker` a view reads its tables with its owner's rights, and its owner may bypass row-level
/// security.
fn options(view: &View) -> &'static str {
    if view.security_invoker && !view.materialized {
        " WITH (security_invoker = true)"
    } else {
        ""
    }
}
