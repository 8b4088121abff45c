//! Splits a script into statements.

use std::ops::Range;

use freehold_schema_core::sql::parts::{Part, spans};

/// A statement of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptStatement {
    /// The SQL, without surrounding comments and without the semicolon.
    pub text: String,
    /// The line of the script in which it begins, from 1.
    pub line: usize,
}

impl ScriptStatement {
    /// The beginning of the statement in one line, for messages.
    pub fn summary(&self) -> String {
        summary(&self.text)
    }
}

/// The beginning of SQL text in one line, at most 80 characters.
pub(super) fn summary(sql: &str) -> String {
    const LONGEST: usize = 80;
    let mut line = String::new();
    for word in sql.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((end, _)) = line.char_indices().nth(LONGEST) {
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}

/// Splits `sql` where `psql` would send a statement.
pub(super) fn split(sql: &str) -> Vec<ScriptStatement> {
    let mut lines = Lines {
        sql,
        at: 0,
        line: 1,
    };
    let statements = ranges(sql).into_iter();
    let statements = statements.filter_map(|range| {
        Some(ScriptStatement {
            line: lines.at(range.start),
            text: sql.get(range)?.to_owned(),
        })
    });
    statements.collect()
}

/// The byte ranges of the statements of `sql`, without their semicolons.
pub fn ranges(sql: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open = Open::default();
    for (token, span) in spans(sql) {
        if token == Part::Symbol(';') && open.may_end() {
            ranges.extend(std::mem::take(&mut open).span);
        } else {
            open.add(&token, span);
        }
    }
    ranges.extend(open.span);
    ranges
}

/// Counts lines in one pass over the script.
struct Lines<'s> {
    sql: &'s str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line at this byte, which must not be before the byte of the previous call.
    fn at(&mut self, byte: usize) -> usize {
        let passed = self.sql.get(self.at..byte).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = byte;
        self.line
    }
}

/// A statement that has not ended yet.
#[derive(Default)]
struct Open {
    span: Option<Range<usize>>,
    /// The first unquoted words: enough to recognise `CREATE OR REPLACE FUNCTION`.
    head: Vec<String>,
    parentheses: usize,
    /// The number of missing `END`s in the body of a function in standard SQL.
    blocks: usize,
    last_is_begin: bool,
}

impl Open {
    fn may_end(&self) -> bool {
        self.parentheses == 0 && self.blocks == 0
    }

    fn add(&mut self, token: &Part, span: Range<usize>) {
        let start = self.span.as_ref().map_or(span.start, |all| all.start);
        self.span = Some(start..span.end);
        let mut is_begin = false;
        match token {
            Part::Symbol('(') => self.parentheses += 1,
            Part::Symbol(')') => self.parentheses = self.parentheses.saturating_sub(1),
            Part::Word(word) if !word.quoted => {
                self.count_blocks(&word.name);
                is_begin = word.name == "begin";
                if self.head.len() < HEAD {
                    self.head.push(word.name.clone());
                }
            }
            _ => {}
        }
        self.last_is_begin = is_begin;
    }

    fn count_blocks(&mut self, word: &str) {
        match word {
            "atomic" if self.last_is_begin && self.is_routine() => self.blocks += 1,
            // A `CASE` also ends with an `END`.
            "case" if self.blocks > 0 => self.blocks += 1,
            "end" => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
    }

    fn is_routine(&self) -> bool {
        let mut head = self.head.iter().map(String::as_str);
        head.next() == Some("create")
            && matches!(
                head.find(|word| !matches!(*word, "or" | "replace")),
                Some("function" | "procedure")
            )
    }
}

/// The number of words in `CREATE OR REPLACE FUNCTION`.
const HEAD: usize = 4;

#[cfg(test)]
mod tests {
    use super::split;

    fn texts(sql: &str) -> Vec<String> {
        split(sql)
            .into_iter()
            .map(|statement| statement.text)
            .collect()
    }

    #[test]
    fn a_semicolon_ends_a_statement_only_where_psql_ends_it() {
        let whole = [
            "SELECT ';'",
            "SELECT 'it''s;'",
            "SELECT E'\\';'",
            "SELECT \"a;\"\"b;\"",
            "SELECT $$;$$",
            "SELECT $a$ $$;$$ $b$;$b$ $a$",
            "SELECT /* ; /* ; */ ; */ 1",
            "SELECT -- ;\n1",
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)",
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
            "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END; SELECT 3; END",
            "create procedure p() begin atomic insert into t values (1); end",
            "DO $do$ BEGIN COMMIT; END; $do$",
            "SELECT U&'\\003B;'",
            "SELECT B'1', X'F', 1.5e3, $1",
        ];
        for sql in whole {
            assert_eq!(texts(sql), [sql]);
            assert_eq!(texts(&format!("{sql};{sql} ; ")), [sql, sql], "{sql}");
        }
    }

    #[test]
    fn a_begin_outside_of_a_function_body_is_its_own_statement() {
        assert_eq!(
            texts("BEGIN; SELECT 1; END; SELECT 2"),
            ["BEGIN", "SELECT 1", "END", "SELECT 2"]
        );
        assert_eq!(
            texts("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT CASE WHEN a THEN b END; SELECT 2").len(),
            3
        );
    }

    #[test]
    fn comments_around_a_statement_are_left_out() {
        assert_eq!(
            texts("-- no-transaction\n\n/* a */ SELECT 1 -- one\n; -- two"),
            ["SELECT 1"]
        );
        assert!(texts(" ;; -- nothing\n;").is_empty());
    }

    #[test]
    fn a_statement_knows_its_line() {
        let statements = split("-- a\nSELECT 1;\n\nSELECT\n2; SELECT 3;");
        let lines: Vec<_> = statements.iter().map(|statement| statement.line).collect();
        assert_eq!(lines, [2, 4, 5]);
    }

    #[test]
    fn an_unterminated_statement_ends_with_the_script() {
        for sql in [
            "SELECT 'a;",
            "SELECT (1; SELECT 2",
            "SELECT $$;",
            "SELECT /* ;",
            "SELECT \"a;",
        ] {
            assert!(texts(sql).len() <= 1, "{sql}");
        }
    }
}
