//! Renames in SQL that is kept as text. A name is resolved as PostgreSQL does it: the innermost query that has it
//! wins, and an alias hides its table.

use std::ops::Range;

use super::parts::Word;
use super::quote::POSTGRES;
use super::scopes::{Read, Source, Target};
use crate::sql::name::QualifiedName;

/// A renamed column.
pub struct ColumnRename<'a> {
    /// The table of the column.
    pub table: Target<'a>,
    /// The old name.
    pub from: &'a str,
    /// The new name.
    pub to: &'a str,
    /// Whether the SQL is an expression on the table itself, such as a check.
    pub is_own: bool,
    /// The other tables whose columns are known.
    pub others: &'a [OtherTable],
}

/// A table that the SQL may read, other than the one with the renamed column.
pub struct OtherTable {
    /// The name, without quotes.
    pub name: QualifiedName,
    /// Whether another table hides it, so that it is not found without its schema.
    pub is_hidden: bool,
    /// Whether it has a column with the old name.
    pub has_old: bool,
    /// Whether it has a column with the new name.
    pub has_new: bool,
}

/// A renamed table.
pub struct TableRename<'a> {
    /// The old name.
    pub from: Target<'a>,
    /// The new name.
    pub to: &'a str,
    /// Whether the SQL is an expression on the table itself, such as a check.
    pub is_own: bool,
}

impl OtherTable {
    fn target(&self) -> Target<'_> {
        Target {
            name: &self.name,
            is_hidden: self.is_hidden,
        }
    }
}

impl ColumnRename<'_> {
    /// The SQL with the new name of the column.
    pub fn apply(&self, sql: &str) -> String {
        let read = Read::of(sql);
        let places = (0..read.tokens.len()).filter(|at| self.is_column(&read, *at));
        let named = places.map(|at| (read.span(at), self.renamed(&read, at)));
        replaced(sql, named)
    }

    /// The new name, with a qualifier if another column would be found otherwise. An output column keeps its old
    /// name, by `AS`.
    fn renamed(&self, read: &Read, at: usize) -> String {
        let qualifier = self.needed_qualifier(read, at);
        let qualifier = qualifier.map(|name| POSTGRES.identifier(name) + ".");
        let name = qualifier.unwrap_or_default() + &POSTGRES.identifier(self.to);
        if read.names_output(at) {
            format!("{name} AS {}", POSTGRES.identifier(self.from))
        } else {
            name
        }
    }

    /// The qualifier that the new name needs when an inner query has a column with that name.
    fn needed_qualifier<'r>(&'r self, read: &'r Read, at: usize) -> Option<&'r str> {
        if read.qualifier(at).is_some() {
            return None;
        }
        let is_own = |source: &&Source| source.has_columns_of(self.table);
        let mut hides = false;
        for scope in read.scopes_from(at) {
            if let Some(source) = scope.sources.iter().find(is_own) {
                return hides.then_some(source.alias.as_str());
            }
            hides |= scope.sources.iter().any(|source| self.has_new(source));
        }
        hides.then_some(self.table.name.name.as_str())
    }

    fn has_new(&self, source: &Source) -> bool {
        let mut others = self.others.iter();
        others.any(|other| other.has_new && source.has_columns_of(other.target()))
    }

    fn is_column(&self, read: &Read, at: usize) -> bool {
        let Some(word) = read.word(at).filter(|word| is_name(word, self.from)) else {
            return false;
        };
        if read.is_in_from(at) || read.is_symbol(at + 1, '.') || read.names_something_else(at) {
            return false;
        }
        // An unquoted keyword is not a column, even if a column has that name.
        if !word.quoted && POSTGRES.identifier(&word.name).starts_with('"') {
            return false;
        }
        match read.qualifier(at) {
            Some(qualifier) => self.is_of_table(read, at, qualifier),
            None => self.is_found_in_table(read, at),
        }
    }

    /// Whether the qualifier before the dot refers to the table.
    fn is_of_table(&self, read: &Read, at: usize, qualifier: &str) -> bool {
        let found = read.scopes_from(at).find_map(|scope| {
            let mut sources = scope.sources.iter();
            sources.find(|source| source.alias == qualifier)
        });
        match found {
            Some(source) => source.has_columns_of(self.table),
            // `NEW`, `OLD` and `excluded` are rows of the table itself.
            None => {
                let of_row = ["old", "new", "excluded"].contains(&qualifier);
                self.is_own && (qualifier == self.table.name.name || of_row)
            }
        }
    }

    /// Whether the innermost query that has a column with this name reads it from the table.
    fn is_found_in_table(&self, read: &Read, at: usize) -> bool {
        for scope in read.scopes_from(at) {
            if scope
                .sources
                .iter()
                .any(|source| source.has_columns_of(self.table))
            {
                return true;
            }
            if scope.sources.iter().any(|source| self.may_have_it(source)) {
                return false;
            }
        }
        self.is_own
    }

    /// Whether another table has a column with the old name. An unknown table counts as one that has it, so the name
    /// stays.
    fn may_have_it(&self, source: &Source) -> bool {
        let mut others = self.others.iter();
        let known = others.find(|other| source.has_columns_of(other.target()));
        known.is_none_or(|other| other.has_old)
    }
}

impl TableRename<'_> {
    /// The SQL with the new name of the table.
    pub fn apply(&self, sql: &str) -> String {
        let read = Read::of(sql);
        let places = (0..read.tokens.len()).filter(|at| self.is_table(&read, *at));
        let name = POSTGRES.identifier(self.to);
        replaced(sql, places.map(|at| (read.span(at), name.clone())))
    }

    fn is_table(&self, read: &Read, at: usize) -> bool {
        if read
            .word(at)
            .is_none_or(|word| !is_name(word, &self.from.name.name))
        {
            return false;
        }
        let sources = || read.scopes.iter().flat_map(|scope| &scope.sources);
        if let Some(source) = sources().find(|source| source.table_at == Some(at)) {
            return source.is(self.from);
        }
        if !read.is_symbol(at + 1, '.') || read.is_in_from(at) {
            return false;
        }
        let mut scopes = read.scopes_from(at);
        let found = scopes.find_map(|scope| {
            let mut sources = scope.sources.iter();
            sources.find(|source| source.alias == self.from.name.name)
        });
        match found {
            Some(source) => source.is(self.from) && !source.has_alias,
            None => self.is_own,
        }
    }
}

/// The SQL with the names at these places replaced.
fn replaced(sql: &str, places: impl Iterator<Item = (Range<usize>, String)>) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (place, name) in places {
        out.push_str(sql.get(end..place.start).unwrap_or_default());
        out.push_str(&name);
        end = place.end;
    }
    out.push_str(sql.get(end..).unwrap_or_default());
    out
}

fn is_name(word: &Word, name: &str) -> bool {
    word.name == name
}

#[cfg(test)]
mod tests {
    use super::{ColumnRename, OtherTable, TableRename, Target};
    use crate::sql::name::QualifiedName;

    fn table(name: &str) -> QualifiedName {
        QualifiedName {
            schema: None,
            name: name.to_owned(),
        }
    }

    /// Renames `done` of `tasks` to `finished`. `members` has a column `done` too, and `users` does not.
    fn column(sql: &str, is_own: bool) -> String {
        let other = |name, has_old, has_new| OtherTable {
            name: table(name),
            is_hidden: false,
            has_old,
            has_new,
        };
        let others = [
            other("members", true, false),
            other("users", false, false),
            other("jobs", false, true),
        ];
        let rename = ColumnRename {
            table: Target {
                name: &table("tasks"),
                is_hidden: false,
            },
            from: "done",
            to: "finished",
            is_own,
            others: &others,
        };
        rename.apply(sql)
    }

    #[test]
    fn only_the_column_is_renamed() {
        for (sql, renamed) in [
            ("done > 0", "finished > 0"),
            (
                "Done > 0 AND \"done\" < tasks.done",
                "finished > 0 AND finished < tasks.finished",
            ),
            (
                "done(1) || 'done' || $$done$$",
                "done(1) || 'done' || $$done$$",
            ),
            ("\"Done\" > 0 -- done\n", "\"Done\" > 0 -- done\n"),
            ("undone + done_at /* done */", "undone + done_at /* done */"),
            ("done <> E'not \\'done\\''", "finished <> E'not \\'done\\''"),
            (
                "done > 0 /* x /* y */ done */",
                "finished > 0 /* x /* y */ done */",
            ),
            (
                "done::done = CAST(done AS done)",
                "finished::done = CAST(finished AS done)",
            ),
            ("new.done <> old.done", "new.finished <> old.finished"),
            (
                "done > done '1' AND is_it(done => done)",
                "finished > done '1' AND is_it(done => finished)",
            ),
            (
                "done IS DISTINCT FROM other.done",
                "finished IS DISTINCT FROM other.done",
            ),
            (
                "extract(epoch FROM done) > 0",
                "extract(epoch FROM finished) > 0",
            ),
        ] {
            assert_eq!(column(sql, true), renamed, "{sql}");
        }
    }

    #[test]
    fn a_column_belongs_to_the_innermost_query_that_has_it() {
        for (sql, renamed) in [
            (
                "EXISTS (SELECT 1 FROM members m WHERE m.done) AND done",
                "EXISTS (SELECT 1 FROM members m WHERE m.done) AND finished",
            ),
            (
                "EXISTS (SELECT 1 FROM members WHERE done) AND done",
                "EXISTS (SELECT 1 FROM members WHERE done) AND finished",
            ),
            (
                "EXISTS (SELECT 1 FROM users u WHERE (u.id = owner_id) AND done)",
                "EXISTS (SELECT 1 FROM users u WHERE (u.id = owner_id) AND finished)",
            ),
            (
                "EXISTS (SELECT 1 FROM members m, app.tasks AS t WHERE t.done AND tasks.done)",
                "EXISTS (SELECT 1 FROM members m, app.tasks AS t WHERE t.done AND tasks.finished)",
            ),
            (
                "EXISTS (SELECT 1 FROM users JOIN tasks other ON other.done WHERE other.done)",
                "EXISTS (SELECT 1 FROM users JOIN tasks other ON other.finished WHERE other.finished)",
            ),
            (
                "(SELECT count(*) FROM (SELECT done FROM members) tasks WHERE tasks.done) > 0",
                "(SELECT count(*) FROM (SELECT done FROM members) tasks WHERE tasks.done) > 0",
            ),
            // Without a qualifier, the new name would be a column of another table.
            (
                "EXISTS (SELECT 1 FROM jobs j WHERE j.id = owner_id AND done)",
                "EXISTS (SELECT 1 FROM jobs j WHERE j.id = owner_id AND tasks.finished)",
            ),
            (
                "EXISTS (SELECT 1 FROM tasks t WHERE EXISTS (SELECT FROM jobs WHERE done))",
                "EXISTS (SELECT 1 FROM tasks t WHERE EXISTS (SELECT FROM jobs WHERE t.finished))",
            ),
            // An output column keeps its name.
            (
                "EXISTS (SELECT FROM (SELECT DISTINCT t.done, id FROM tasks t) q WHERE q.done)",
                "EXISTS (SELECT FROM (SELECT DISTINCT t.finished AS done, id FROM tasks t) q WHERE q.done)",
            ),
            (
                "EXISTS (WITH q AS (SELECT done FROM tasks) SELECT FROM q WHERE done)",
                "EXISTS (WITH q AS (SELECT finished AS done FROM tasks) SELECT FROM q WHERE done)",
            ),
            (
                "EXISTS (WITH tasks AS (SELECT id AS done FROM tasks WHERE done) SELECT FROM tasks WHERE tasks.done)",
                "EXISTS (WITH tasks AS (SELECT id AS done FROM tasks WHERE finished) SELECT FROM tasks WHERE tasks.done)",
            ),
            (
                "EXISTS (WITH q(done) AS (SELECT id FROM users) SELECT FROM q WHERE q.done)",
                "EXISTS (WITH q(done) AS (SELECT id FROM users) SELECT FROM q WHERE q.done)",
            ),
            // Each query of a union reads its own tables.
            (
                "id IN (SELECT id FROM tasks WHERE done UNION SELECT id FROM members WHERE done)",
                "id IN (SELECT id FROM tasks WHERE finished UNION SELECT id FROM members WHERE done)",
            ),
            (
                "EXISTS (SELECT FROM (users u JOIN (tasks t JOIN members m ON (t.id = m.id)) ON t.done) WHERE t.done AND m.done)",
                "EXISTS (SELECT FROM (users u JOIN (tasks t JOIN members m ON (t.id = m.id)) ON t.finished) WHERE t.finished AND m.done)",
            ),
            (
                "EXISTS (SELECT FROM users u(done) WHERE u.done) AND EXISTS (SELECT FROM tasks done WHERE done.done)",
                "EXISTS (SELECT FROM users u(done) WHERE u.done) AND EXISTS (SELECT FROM tasks done WHERE done.finished)",
            ),
            // The columns of a function's result are not known.
            (
                "EXISTS (SELECT FROM unnest(done) AS done WHERE done > 0)",
                "EXISTS (SELECT FROM unnest(done) AS done WHERE done > 0)",
            ),
            (
                "EXISTS (SELECT max(id) AS done FROM users GROUP BY name ORDER BY 1)",
                "EXISTS (SELECT max(id) AS done FROM users GROUP BY name ORDER BY 1)",
            ),
        ] {
            assert_eq!(column(sql, true), renamed, "{sql}");
        }
    }

    #[test]
    fn in_an_expression_on_another_table_only_a_named_table_has_the_column() {
        for (sql, renamed) in [
            ("done", "done"),
            (
                "EXISTS (SELECT 1 FROM tasks t WHERE t.done AND done)",
                "EXISTS (SELECT 1 FROM tasks t WHERE t.finished AND finished)",
            ),
        ] {
            assert_eq!(column(sql, false), renamed, "{sql}");
        }
    }

    #[test]
    fn only_the_table_is_renamed() {
        let of = |name: &QualifiedName, is_hidden, sql: &str, is_own| {
            TableRename {
                from: Target { name, is_hidden },
                to: "Jobs",
                is_own,
            }
            .apply(sql)
        };
        let rename = |sql: &str, is_own| of(&table("tasks"), false, sql, is_own);
        for (sql, renamed) in [
            ("tasks.done AND tasks > 0", "\"Jobs\".done AND tasks > 0"),
            (
                "EXISTS (SELECT 1 FROM public.tasks t WHERE t.id = tasks.id)",
                "EXISTS (SELECT 1 FROM public.\"Jobs\" t WHERE t.id = \"Jobs\".id)",
            ),
            (
                "EXISTS (SELECT tasks FROM app.tasks, users tasks WHERE tasks.id = 1)",
                "EXISTS (SELECT tasks FROM app.tasks, users tasks WHERE tasks.id = 1)",
            ),
            (
                "EXISTS (WITH tasks AS (SELECT id FROM tasks) SELECT FROM tasks WHERE tasks.id = 1)",
                "EXISTS (WITH tasks AS (SELECT id FROM \"Jobs\") SELECT FROM tasks WHERE tasks.id = 1)",
            ),
            (
                "EXISTS (SELECT FROM (users u JOIN tasks ON (u.id = tasks.id)) WHERE tasks.done)",
                "EXISTS (SELECT FROM (users u JOIN \"Jobs\" ON (u.id = \"Jobs\".id)) WHERE \"Jobs\".done)",
            ),
        ] {
            assert_eq!(rename(sql, true), renamed, "{sql}");
        }
        assert_eq!(rename("tasks.done", false), "tasks.done");
        // Without a schema, the name is another table.
        let tasks = QualifiedName {
            schema: Some("app".to_owned()),
            ..table("tasks")
        };
        let sql = "EXISTS (SELECT FROM app.tasks WHERE EXISTS (SELECT FROM tasks))";
        for (is_hidden, renamed) in [
            (
                true,
                "EXISTS (SELECT FROM app.\"Jobs\" WHERE EXISTS (SELECT FROM tasks))",
            ),
            (
                false,
                "EXISTS (SELECT FROM app.\"Jobs\" WHERE EXISTS (SELECT FROM \"Jobs\"))",
            ),
        ] {
            assert_eq!(of(&tasks, is_hidden, sql, false), renamed);
        }
    }
}
