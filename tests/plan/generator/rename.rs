//! Tables and columns that are renamed.

use super::Spec;
use super::columns::Kind;
use super::functions::FunctionSpec;
use super::namespaces::Relation;
use super::questions::Question;
use super::tables::TableSpec;
use super::views::ViewSpec;
use crate::random::Random;

impl Spec {
    pub(super) fn rename(&mut self, random: &mut Random) {
        if random.one_in(3) && !self.tables.is_empty() {
            let index = random.below(self.tables.len());
            let name = self.name("renamed");
            let before = self.tables[index].relation();
            self.tables[index].renamed_from = Some(before.name.clone());
            self.rename_table(&before, &name);
            let schema = super::namespaces::any(random);
            if random.one_in(4) {
                self.add_table_named(Relation { schema, ..before }, random);
            }
        }
        if random.one_in(3) {
            self.rename_column(random);
        }
    }

    /// Renames the table and everything that names it.
    pub(super) fn rename_table(&mut self, from: &Relation, to: &str) {
        for table in self
            .tables
            .iter_mut()
            .filter(|table| table.relation() == *from)
        {
            to.clone_into(&mut table.name);
        }
        let references = self.tables.iter_mut();
        let references = references.flat_map(|table| &mut table.references);
        let targets = references.map(|reference| &mut reference.target);
        let grants = self.grants.iter_mut();
        let granted = grants.filter_map(|grant| grant.on.as_mut());
        let read = self.views.iter_mut().map(|view| &mut view.table);
        let names = targets.chain(granted).chain(read);
        names
            .filter(|name| **name == *from)
            .for_each(|relation| to.clone_into(&mut relation.name));
        let rename = |relation: &mut Relation| {
            if relation == from {
                to.clone_into(&mut relation.name);
            }
        };
        let questions = self.questions_mut().into_iter();
        questions.for_each(|question| rename(&mut question.of));
        let read = self.functions.iter_mut();
        read.filter_map(FunctionSpec::table_mut).for_each(rename);
    }

    /// All questions of policies, views and functions.
    fn questions_mut(&mut self) -> Vec<&mut Question> {
        let policies = self.tables.iter_mut();
        let policies = policies.filter_map(|table| table.policy.as_mut()?.question.as_mut());
        let views = self.views.iter_mut().filter_map(ViewSpec::question_mut);
        let functions = self.functions.iter_mut();
        let functions = functions.filter_map(FunctionSpec::question_mut);
        policies.chain(views).chain(functions).collect()
    }

    fn rename_column(&mut self, random: &mut Random) {
        let to = self.name("moved");
        let index = random.below(self.tables.len());
        let Some(table) = self.tables.get(index) else {
            return;
        };
        let column = random.below(table.columns.len());
        if let Some(column) = table.columns.get(column) {
            let from = column.name.clone();
            self.rename_column_of(index, &from, &to);
            let mut columns = self.tables[index].columns.iter_mut();
            let renamed = columns.find(|column| column.name == to);
            if let Some(column) = renamed {
                column.renamed_from = Some(from.clone());
            }
            if random.one_in(4) {
                let mut column = self.column(random);
                column.name = from;
                self.tables[index].columns.push(column);
            }
        }
    }

    /// Renames the column and everything that names it.
    pub(super) fn rename_column_of(&mut self, index: usize, from: &str, to: &str) {
        let target = self.tables[index].relation();
        let references = self.tables.iter_mut();
        let references = references.flat_map(|table| &mut table.references);
        for reference in references.filter(|reference| reference.target == target) {
            rename_if(&mut reference.target_column, from, to);
        }
        self.tables[index].rename_column(from, to);
        for view in self.views.iter_mut().filter(|view| view.table == target) {
            view.question_mut()
                .into_iter()
                .for_each(|question| rename_if(&mut question.outer, from, to));
        }
        for function in &mut self.functions {
            if function.table_mut().is_some_and(|table| *table == target) {
                function
                    .question_mut()
                    .into_iter()
                    .for_each(|question| rename_if(&mut question.outer, from, to));
            }
        }
        for question in self.questions_mut() {
            if question.of == target {
                rename_if(&mut question.inner, from, to);
            }
        }
    }
}

impl TableSpec {
    fn rename_column(&mut self, from: &str, to: &str) {
        let rename = |name: &mut String| rename_if(name, from, to);
        for column in &mut self.columns {
            rename(&mut column.name);
            if let Kind::Computed(of) = &mut column.kind {
                rename(of);
            }
        }
        let uniques = self.uniques.iter_mut().flat_map(|(_, columns)| columns);
        let checks = self.checks.iter_mut().map(|check| &mut check.column);
        let indexed = self.indexes.iter_mut().flat_map(|index| &mut index.columns);
        let indexed = indexed.map(|(column, _)| column);
        let references = self.references.iter_mut();
        let references = references.map(|reference| &mut reference.column);
        let search = self.search.iter_mut();
        let searched = search.flat_map(|search| &mut search.columns);
        self.key.iter_mut().for_each(rename);
        uniques.for_each(rename);
        checks.for_each(rename);
        indexed.for_each(rename);
        references.for_each(rename);
        if let Some(policy) = &mut self.policy {
            rename(&mut policy.column);
            policy
                .question
                .iter_mut()
                .for_each(|question| rename(&mut question.outer));
        }
        self.when
            .iter_mut()
            .for_each(|when| rename(&mut when.column));
        searched.for_each(rename);
    }
}

fn rename_if(name: &mut String, from: &str, to: &str) {
    if name == from {
        to.clone_into(name);
    }
}
