//! Parses queries, as policies use them: without `WITH` and window functions.

use super::Parser;
use crate::sql::tree::{Node, Order, Output, Select, Source};

impl Parser<'_> {
    /// The query, if one comes next. The inner `None` is a query that cannot be parsed.
    #[allow(clippy::option_option)]
    pub(super) fn query(&mut self) -> Option<Option<Select>> {
        self.takes(&["select"]).then(|| self.select())
    }

    fn select(&mut self) -> Option<Select> {
        let mut select = self.plain_select()?;
        while let Some(kind) = self.set_kind() {
            // Without parentheses, several set operations of one kind are read from the left.
            let is_other = select.more.iter().any(|(other, _)| *other != kind);
            if is_other || !self.takes(&["select"]) {
                return None;
            }
            select.more.push((kind, self.plain_select()?));
        }
        self.order_and_limit(select)
    }

    fn set_kind(&mut self) -> Option<&'static str> {
        const KINDS: &[(&[&str], &str)] = &[
            (&["union", "all"], "UNION ALL"),
            (&["union"], "UNION"),
            (&["intersect", "all"], "INTERSECT ALL"),
            (&["intersect"], "INTERSECT"),
            (&["except", "all"], "EXCEPT ALL"),
            (&["except"], "EXCEPT"),
        ];
        let kind = KINDS.iter().find(|(words, _)| self.takes(words));
        kind.map(|(_, kind)| *kind)
    }

    /// The output columns. There may be none.
    fn outputs(&mut self) -> Option<Vec<Output>> {
        let is_empty = self.is_symbol(')') || self.peek_word().is_some_and(ends_item);
        if is_empty {
            Some(Vec::new())
        } else {
            self.list(Self::output)
        }
    }

    fn plain_select(&mut self) -> Option<Select> {
        let mut select = Select {
            distinct: self.takes(&["distinct"]),
            columns: self.outputs()?,
            ..Select::default()
        };
        if self.takes(&["from"]) {
            select.from = self.list(Self::source)?;
        }
        if self.takes(&["where"]) {
            select.filter = Some(self.expression()?);
        }
        if self.takes(&["group", "by"]) {
            select.group_by = self.list(Self::expression)?;
        }
        if self.takes(&["having"]) {
            select.having = Some(self.expression()?);
        }
        Some(select)
    }

    fn order_and_limit(&mut self, mut select: Select) -> Option<Select> {
        select.order_by = self.order_by()?;
        for _ in 0..2 {
            if self.takes(&["limit"]) {
                select.limit = Some(self.expression()?);
            } else if self.takes(&["offset"]) {
                select.offset = Some(self.expression()?);
                self.takes(&["rows"]);
            }
        }
        Some(select)
    }

    fn output(&mut self) -> Option<Output> {
        let value = if self.takes_operator("*") {
            Node::Star(Vec::new())
        } else {
            self.expression()?
        };
        let alias = self.alias()?;
        Some(Output { value, alias })
    }

    /// An alias, with or without `AS`.
    #[allow(clippy::option_option)]
    fn alias(&mut self) -> Option<Option<String>> {
        if self.takes(&["as"]) {
            return self.name().map(Some);
        }
        let is_alias = self.is_name_at(0) && !self.peek_word().is_some_and(ends_item);
        if is_alias {
            return self.name().map(Some);
        }
        Some(None)
    }

    fn source(&mut self) -> Option<Source> {
        self.depth += 1;
        if self.depth > super::MAX_DEPTH {
            return None;
        }
        let mut source = self.single_source()?;
        while let Some(kind) = self.join_kind() {
            self.grow()?;
            let right = self.single_source()?;
            let on = if self.takes(&["on"]) {
                Some(self.expression()?)
            } else {
                None
            };
            let using = if self.takes(&["using"]) {
                self.enclosed(|parser| parser.list(Self::name))?
            } else {
                Vec::new()
            };
            source = Source::Join {
                left: Box::new(source),
                kind,
                right: Box::new(right),
                on,
                using,
            };
        }
        self.depth -= 1;
        Some(source)
    }

    fn join_kind(&mut self) -> Option<&'static str> {
        const KINDS: &[(&[&str], &str)] = &[
            (&["join"], "join"),
            (&["inner", "join"], "join"),
            (&["cross", "join"], "cross join"),
            (&["left", "join"], "left join"),
            (&["left", "outer", "join"], "left join"),
            (&["right", "join"], "right join"),
            (&["right", "outer", "join"], "right join"),
            (&["full", "join"], "full join"),
            (&["full", "outer", "join"], "full join"),
        ];
        let kind = KINDS.iter().find(|(words, _)| self.takes(words));
        kind.map(|(_, kind)| *kind)
    }

    fn single_source(&mut self) -> Option<Source> {
        let lateral = self.takes(&["lateral"]);
        if self.is_symbol('(') {
            return self.enclosed_source(lateral);
        }
        if self.peek_word() == Some("only") {
            return None;
        }
        let start = self.position;
        let path = self.path()?;
        if self.is_symbol('(') {
            self.position = start;
            let value = self.primary()?;
            return self.made(lateral, value);
        }
        let path = match path.as_slice() {
            [schema, table] if self.is_own(schema) => vec![table.clone()],
            _ => path,
        };
        let alias = self.alias()?;
        Some(Source::Table { name: path, alias })
    }

    fn enclosed_source(&mut self, lateral: bool) -> Option<Source> {
        self.expects_symbol('(')?;
        match self.query() {
            Some(select) => {
                let value = Node::Query(Box::new(select?));
                self.expects_symbol(')')?;
                self.made(lateral, value)
            }
            None => {
                let source = self.source()?;
                self.expects_symbol(')')?;
                Some(source)
            }
        }
    }

    fn made(&mut self, lateral: bool, value: Node) -> Option<Source> {
        let alias = self.alias()?;
        let columns = if alias.is_some() && self.is_symbol('(') {
            self.enclosed(|parser| parser.list(Self::name))?
        } else {
            Vec::new()
        };
        Some(Source::Made {
            lateral,
            value,
            alias,
            columns,
        })
    }

    /// `ORDER BY ..`, if it comes next.
    pub(super) fn order_by(&mut self) -> Option<Vec<Order>> {
        if self.takes(&["order", "by"]) {
            self.list(Self::order)
        } else {
            Some(Vec::new())
        }
    }

    fn order(&mut self) -> Option<Order> {
        let value = self.expression()?;
        let descending = self.takes(&["desc"]);
        if !descending {
            self.takes(&["asc"]);
        }
        let nulls_first = if self.takes(&["nulls", "first"]) {
            Some(true)
        } else if self.takes(&["nulls", "last"]) {
            Some(false)
        } else {
            None
        };
        Some(Order {
            value,
            descending,
            nulls_first: nulls_first.filter(|first| *first != descending),
        })
    }
}

/// Whether the keyword ends an output column or a table, so that it cannot be an alias.
fn ends_item(word: &str) -> bool {
    matches!(
        word,
        "from"
            | "where"
            | "group"
            | "having"
            | "order"
            | "limit"
            | "offset"
            | "fetch"
            | "for"
            | "union"
            | "intersect"
            | "except"
            | "window"
            | "join"
            | "inner"
            | "left"
            | "right"
            | "full"
            | "cross"
            | "natural"
            | "on"
            | "using"
            | "tablesample"
    )
}
