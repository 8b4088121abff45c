//! Views over tables, and over views.

use freehold::model::{IndexDef, IndexPart, Ownership, ViewDef};

use super::Spec;
use super::hand::Hand;
use super::namespaces::Relation;
use super::questions::Question;
use super::tables::TableSpec;
use super::words::{quoted, text};
use crate::random::Random;

const ID: &[IndexPart] = &[IndexPart::column("id")];

#[derive(Clone, Debug)]
pub(super) struct ViewSpec {
    pub(super) name: String,
    schema: Option<&'static str>,
    /// The table or view that it reads.
    pub(super) table: Relation,
    materialized: bool,
    asks: Asks,
    hand: Option<Hand>,
    /// Whether it groups by the primary key of the table, and so depends on the key.
    grouped: bool,
    comment: Option<&'static str>,
    /// The name of its index, if the view is materialized.
    index: Option<String>,
}

/// The rows that a view returns.
#[derive(Clone, Debug)]
enum Asks {
    Nothing,
    /// Rows that satisfy a condition.
    Filter,
    /// Rows for which the first function returns something.
    Call,
    /// Rows with a matching row in another table.
    Other(Question),
}

impl Spec {
    pub(super) fn add_view(&mut self, random: &mut Random) {
        let table = random.pick(&self.tables).relation();
        self.add_view_over(table, random);
    }

    pub(super) fn add_view_over_view(&mut self, random: &mut Random) {
        if !self.views.is_empty() {
            let view = random.pick(&self.views).relation();
            self.add_view_over(view, random);
        }
    }

    fn add_view_over(&mut self, table: Relation, random: &mut Random) {
        let view = ViewSpec {
            name: self.name("view"),
            schema: super::namespaces::any(random),
            table,
            materialized: !self.isolated && random.one_in(3),
            asks: self.any_asks(random),
            grouped: random.one_in(4),
            hand: Hand::maybe(random),
            comment: None,
            index: None,
        };
        self.views.push(view);
    }

    pub(super) fn drop_view(&mut self, random: &mut Random) {
        if !self.views.is_empty() {
            let index = random.below(self.views.len());
            let gone = self.views.remove(index).relation();
            self.forget_views_over(&gone);
        }
    }

    fn any_asks(&self, random: &mut Random) -> Asks {
        match random.below(6) {
            0 => Asks::Nothing,
            1 | 2 => Asks::Filter,
            3 => Asks::Call,
            _ => self.any_question(random).map_or(Asks::Filter, Asks::Other),
        }
    }

    /// Changes its rows, or makes it materialized or plain.
    pub(super) fn change_view(&mut self, random: &mut Random) {
        let (isolated, index) = (self.isolated, random.below(self.views.len()));
        let name = self.name("idx_view");
        let asks = self.any_asks(random);
        if let Some(view) = self.views.get_mut(index) {
            match random.below(7) {
                3 => view.comment = view.comment.map_or(Some("A view."), |_| None),
                4 | 5 => view.index = view.index.take().map_or(Some(name), |_| None),
                0 => view.grouped = !view.grouped,
                1 if !isolated => view.materialized = !view.materialized,
                _ => view.asks = asks,
            }
        }
    }

    pub(super) fn forget_views_over(&mut self, gone: &Relation) {
        let over: Vec<_> = self
            .views
            .iter()
            .filter(|view| view.table == *gone)
            .map(ViewSpec::relation)
            .collect();
        self.views.retain(|view| view.table != *gone);
        for view in over {
            self.forget_views_over(&view);
        }
    }

    pub(super) fn view_defs(&self) -> &'static [&'static ViewDef] {
        let views = self.views.iter();
        let views = views.map(|view| &*Box::leak(Box::new(self.view(view))));
        views.collect::<Vec<_>>().leak()
    }

    fn view(&self, spec: &ViewSpec) -> ViewDef {
        let columns = self.columns_of(&spec.table).into_iter();
        let columns: Vec<_> = columns.map(|column| quoted(&column)).collect();
        let condition = match &spec.asks {
            Asks::Nothing => None,
            Asks::Filter => Some(self.filter_of(spec)),
            Asks::Other(question) => {
                let table = self.table_of(&spec.table);
                table.and_then(|table| self.asked(question, table))
            }
            Asks::Call => self.first_call(),
        };
        let (remark, end) = spec
            .hand
            .map_or((" ", ""), |hand| (hand.remark(0), hand.last_remark()));
        let filter = condition.map(|condition| format!("{remark}WHERE {condition}\n"));
        let filter = filter.unwrap_or_default();
        let sql = format!(
            "SELECT{remark}{} FROM {}{filter}{}{end}",
            columns.join(", "),
            spec.table.in_query(),
            self.group_by(spec)
        );
        let view = ViewDef::new(
            spec.relation().table_name(),
            self.ownership_of(&spec.table),
            &[],
            text(&sql),
        )
        .allow(&["unscoped_view", "internal_view"]);
        let view = spec
            .comment
            .iter()
            .fold(view, |view, text| view.comment(text));
        if !spec.materialized {
            return view;
        }
        let indexes = spec.index.iter();
        let indexes: Vec<_> = indexes
            .map(|name| IndexDef::new(ID).name(text(name)))
            .collect();
        view.materialized().indexes(indexes.leak())
    }

    /// A view over an internal table is internal.
    fn ownership_of(&self, relation: &Relation) -> Ownership {
        let mut views = self.views.iter();
        if let Some(view) = views.find(|view| view.relation() == *relation) {
            return self.ownership_of(&view.table);
        }
        match self.table_of(relation).map(TableSpec::ownership) {
            Some(Ownership::Internal) => Ownership::Internal,
            _ => Ownership::Shared,
        }
    }

    /// The condition of a view: on a label if the table has one.
    fn filter_of(&self, spec: &ViewSpec) -> String {
        let table = self.table_of(&spec.table);
        if let Some((hand, table)) = spec.hand.zip(table) {
            let columns = table.columns.get(hand.choice(7, table.columns.len()));
            return columns.map_or("id > 3".to_owned(), |column| {
                self.written(column, &table.name, hand)
            });
        }
        let mut columns = table.into_iter().flat_map(|table| &table.columns);
        let label = columns.find_map(|column| Some((column, self.label_of(&column.kind)?)));
        label.map_or("id > 3".to_owned(), |(column, label)| {
            let label = label.replace('\'', "''");
            format!("{} = '{label}'", quoted(&column.name))
        })
    }

    fn group_by(&self, spec: &ViewSpec) -> String {
        let table = self.table_of(&spec.table).filter(|_| spec.grouped);
        let columns = table.map(TableSpec::key_columns).into_iter().flatten();
        let columns: Vec<_> = columns.map(|column| quoted(&column)).collect();
        if columns.is_empty() {
            String::new()
        } else {
            let between = spec.hand.map_or(" ", |hand| hand.remark(1));
            format!(" GROUP{between}BY {}", columns.join(", "))
        }
    }

    /// The columns that a view reads from a table or a view.
    fn columns_of(&self, relation: &Relation) -> Vec<String> {
        let mut views = self.views.iter();
        if let Some(view) = views.find(|view| view.relation() == *relation) {
            return self.columns_of(&view.table);
        }
        let table = self.table_of(relation);
        let columns = table.into_iter().flat_map(|table| &table.columns);
        let columns = columns.map(|column| column.name.clone());
        std::iter::once("id".to_owned()).chain(columns).collect()
    }
}

impl ViewSpec {
    pub(super) fn question_mut(&mut self) -> Option<&mut Question> {
        match &mut self.asks {
            Asks::Other(question) => Some(question),
            _ => None,
        }
    }

    fn relation(&self) -> Relation {
        Relation {
            schema: self.schema,
            name: self.name.clone(),
        }
    }
}
