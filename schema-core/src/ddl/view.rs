use super::printer::Printer;
use crate::ir::{Query, View};

impl Printer<'_> {
    /// The view, its indexes and its comments.
    pub fn create_view(self, view: &View) -> Vec<String> {
        let name = self.qualified(&view.name);
        let mut statements = vec![format!(
            "CREATE {} {name}{} AS\n{}",
            kind(view),
            options(view),
            self.query(&view.query)
        )];
        statements.extend(
            view.indexes
                .iter()
                .map(|index| self.create_index(&view.name, index)),
        );
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

    /// Gives a view to its owner, where that is another role than the one that owns the other objects.
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

/// A query without the semicolon that may end it; a comment in its last line must not swallow what stands after it.
fn written(source: &str) -> String {
    let query = source.trim().trim_end_matches(';').trim_end();
    let last_line = query.lines().last().unwrap_or_default();
    let end = if last_line.contains("--") { "\n" } else { "" };
    format!("{query}{end}")
}

fn kind(view: &View) -> &'static str {
    if view.materialized {
        "MATERIALIZED VIEW"
    } else {
        "VIEW"
    }
}

/// Without it a view reads its tables with the rights of its owner, whom row-level security may not hold.
fn options(view: &View) -> &'static str {
    if view.security_invoker && !view.materialized {
        " WITH (security_invoker = true)"
    } else {
        ""
    }
}
