//! Removes a table's name before its columns.

use super::parts::{Part, spans};

/// The SQL with the table's columns unqualified. `sql` is an expression on one table, such as a check, and contains
/// no query.
pub(crate) fn without_table(sql: &str, table: &str) -> String {
    let tokens = spans(sql);
    let word = |at: usize| match tokens.get(at) {
        Some((Part::Word(word), _)) => Some(word.name.as_str()),
        _ => None,
    };
    let is_dot = |at: usize| matches!(tokens.get(at), Some((Part::Symbol('.'), _)));
    let start = |at: usize| tokens.get(at).map_or(sql.len(), |(_, span)| span.start);
    let mut out = String::new();
    let mut end = 0;
    for at in 0..tokens.len() {
        let is_it = word(at) == Some(table) && is_dot(at + 1) && word(at + 2).is_some();
        if !is_it {
            continue;
        }
        let has_schema = at >= 2 && is_dot(at - 1) && word(at - 2).is_some();
        let first = if has_schema { at - 2 } else { at };
        out.push_str(sql.get(end..start(first)).unwrap_or_default());
        end = start(at + 2);
    }
    out.push_str(sql.get(end..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::without_table;

    #[test]
    fn only_the_name_of_the_table_is_removed() {
        for (sql, bare) in [
            ("tasks.done > 0 OR done", "done > 0 OR done"),
            ("app . \"tasks\" /* x */ . done", "done"),
            (
                "tasks(x.tasks) > 'tasks.done'",
                "tasks(x.tasks) > 'tasks.done'",
            ),
            ("tasks.tasks = other.done", "tasks = other.done"),
        ] {
            assert_eq!(without_table(sql, "tasks"), bare, "{sql}");
        }
    }
}
