//! Writes joins and subqueries. Every table in them gets the scope filter, whichever way it is reached.

use super::argument::value;
use super::leakproof::{self, GuardedTable};
use super::meta::Meta;
use super::node::Node;
use super::row_filter;
use super::scope_filter;
use super::subquery::{Join, Subquery};
use super::visibility::{Deleted, Visibility};
use super::writer::{Writer, condition, list, write_order};
use crate::error::Error;

impl Writer<'_> {
    /// Writes a join. The scope filter is part of the `ON` condition.
    pub(super) fn join(&mut self, join: &Join, number: usize, deleted: Deleted) {
        self.push(if join.left { " LEFT JOIN " } else { " JOIN " });
        self.push(join.meta.name());
        self.push(" AS ");
        self.alias('t', number);
        self.push(" ON ");
        condition(self, &join.on, true);
        row_filter::write(self, join.meta, number, deleted, " AND ");
        if let Some(own) = &join.filter {
            self.push(" AND ");
            leakproof::condition(self, own);
        }
    }

    /// `EXISTS (SELECT 1 FROM order_items AS t16 WHERE ..)`
    pub(super) fn exists(&mut self, query: &Subquery, negated: bool) {
        self.push(if negated { "NOT EXISTS " } else { "EXISTS " });
        self.subquery(query);
    }

    /// `t0.id IN (SELECT t16.order_id FROM order_items AS t16 WHERE ..)`
    pub(super) fn is_in(&mut self, operand: &Node, query: &Subquery) {
        self.operand(operand);
        self.push(" IN ");
        self.subquery(query);
    }

    /// Writes a subquery in parentheses.
    pub(super) fn subquery(&mut self, query: &Subquery) {
        let joined = query.joins.iter().map(|join| GuardedTable {
            meta: join.meta,
            may_be_absent: join.left,
        });
        let tables = std::iter::once(GuardedTable::new(query.table)).chain(joined);
        for table in tables.clone() {
            self.refuse_unreachable(table.meta);
        }
        self.within(query.first.into(), tables, |writer| {
            writer.push("(SELECT ");
            if query.columns.is_empty() {
                writer.push("1");
            }
            list(writer, "", query.columns.iter(), leakproof::value);
            writer.rows_of(query);
            writer.push(")");
        });
    }

    /// Writes a subquery from `FROM` on.
    fn rows_of(&mut self, query: &Subquery) {
        let first = usize::from(query.first);
        self.push(" FROM ");
        self.push(query.table.name());
        self.push(" AS ");
        self.alias('t', first);
        for (join, number) in query.joins.iter().zip(first + 1..) {
            self.join(join, number, query.deleted);
        }
        let is_filtered = row_filter::write(self, query.table, first, query.deleted, " WHERE ");
        if let Some(own) = &query.filter {
            self.push(if is_filtered { " AND " } else { " WHERE " });
            leakproof::condition(self, own);
        }
        write_order(self, query.order.iter());
        self.limits(query.limit, query.offset);
    }

    /// ` LIMIT .. OFFSET ..`
    pub(super) fn limits(&mut self, limit: Option<i64>, offset: Option<i64>) {
        for (word, count) in [(" LIMIT ", limit), (" OFFSET ", offset)] {
            if let Some(count) = count {
                self.push(word);
                self.argument(&*value(count), None);
            }
        }
    }

    /// Refuses a subquery over a table that the executor does not reach. The types show only the tables of the
    /// statement itself.
    fn refuse_unreachable(&mut self, meta: &'static Meta) {
        let ownership = meta.ownership();
        match self.visibility() {
            Visibility::AllOwners => {}
            _ if ownership.is_shared() => {}
            Visibility::SharedOnly => self.fail(OWNED),
            Visibility::Owner(..) if ownership.is_internal() => self.fail(INTERNAL),
            Visibility::Owner(key, _) => {
                let types = key.owner_key_type().zip(scope_filter::owner_key_type(meta));
                if types.is_some_and(|(own, theirs)| own != theirs) {
                    self.fail(OTHER_KEY);
                }
            }
        }
    }
}

const OWNED: Error = Error::Statement(
    "a subquery of the statement reads rows that have an owner; run the statement with `db.scope(key)`, or with `db.unscoped(\"why\")` for the rows of all owners",
);

const INTERNAL: Error = Error::Statement(
    "a subquery of the statement reads an `internal` table; run the statement with `db.unscoped(\"why\")`",
);

const OTHER_KEY: Error = Error::Statement(
    "a subquery of the statement reads rows whose owners have keys of another type than the scope's key; make the scope from a key of these owners",
);
