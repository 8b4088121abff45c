use super::printer::Printer;
use crate::ir::{Expr, Index, IndexPart, QualifiedName};
use crate::model::{IndexMethod, Nulls, SortOrder};

impl Printer<'_> {
    /// `CREATE INDEX name ON relation ..`
    pub fn create_index(self, relation: &QualifiedName, index: &Index) -> String {
        self.build_index("INDEX", relation, index)
    }

    /// `CREATE INDEX CONCURRENTLY name ON relation ..`
    pub fn create_index_concurrently(self, relation: &QualifiedName, index: &Index) -> String {
        self.build_index("INDEX CONCURRENTLY", relation, index)
    }

    fn build_index(self, what: &str, relation: &QualifiedName, index: &Index) -> String {
        let unique = if index.unique { "UNIQUE " } else { "" };
        let parts: Vec<_> = index
            .parts
            .iter()
            .map(|part| self.index_part(part))
            .collect();
        let mut sql = format!(
            "CREATE {unique}{what} {} ON {}{} ({})",
            self.identifier(&index.name),
            self.qualified(relation),
            method(index.method),
            parts.join(", ")
        );
        sql.push_str(&self.include(&index.include));
        if index.nulls_not_distinct {
            sql.push_str(" NULLS NOT DISTINCT");
        }
        if let Some(filter) = &index.filter {
            sql.push_str(" WHERE ");
            sql.push_str(&self.expr(filter));
        }
        sql
    }

    /// A column or an expression of an index, with its collation, operator class and order.
    pub fn index_part(self, part: &IndexPart) -> String {
        let mut words = vec![match &part.value {
            Expr::Column(name) => self.identifier(name),
            expr => format!("({})", self.expr(expr)),
        }];
        words.extend(
            part.collation
                .as_ref()
                .map(|name| format!("COLLATE \"{}\"", name.replace('"', "\"\""))),
        );
        words.extend(
            part.operator_class
                .as_ref()
                .map(|name| self.identifier(name)),
        );
        if part.order == SortOrder::Descending {
            words.push("DESC".to_owned());
        }
        words.extend(part.nulls.map(|nulls| nulls_words(nulls).to_owned()));
        words.join(" ")
    }
}

/// ` USING method`, or nothing for the default.
fn method(method: IndexMethod) -> &'static str {
    match method {
        IndexMethod::BTree => "",
        IndexMethod::Hash => " USING hash",
        IndexMethod::Gin => " USING gin",
        IndexMethod::Gist => " USING gist",
        IndexMethod::Brin => " USING brin",
    }
}

fn nulls_words(nulls: Nulls) -> &'static str {
    match nulls {
        Nulls::First => "NULLS FIRST",
        Nulls::Last => "NULLS LAST",
    }
}
