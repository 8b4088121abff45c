//! One table: its columns, constraints and indexes.

use std::collections::BTreeMap;

use super::index::{index, part_name};
use super::texts::owned;
use super::{isolation, triggers, types};
use crate::ir::QualifiedName;
use crate::ir::constraint::{Check, ForeignKey, PrimaryKey, ReferentialAction, Unique};
use crate::ir::index::{Index, IndexPart};
use crate::ir::names::Names;
use crate::ir::table::{Column, Table};
use crate::ir::{Expr, SqlType};
use crate::model::{
    Action, CheckDef, ColumnDef, DefaultDef, Deferrable, EnumDef, ForeignKeyDef, IndexDef,
    IndexMethod, PrimaryKeyDef, ScalarType, SchemaDef, SearchDef, SearchPart, SortOrder, TableDef,
    UniqueDef,
};
use crate::rules::carries_scope;

/// The columns (scope, referenced columns) that composite foreign keys reference, by table. Each needs a unique
/// constraint there.
pub(super) struct ScopedKeys(BTreeMap<QualifiedName, Vec<Vec<&'static str>>>);

impl ScopedKeys {
    pub(super) fn of(def: &SchemaDef) -> Self {
        let mut keys = Self(BTreeMap::new());
        for table in def.tables {
            for key in table.foreign_keys {
                if let Some((_, theirs)) = carries_scope(table, key) {
                    keys.add(key, theirs);
                }
            }
        }
        keys
    }

    fn add(&mut self, key: &ForeignKeyDef, scope: &'static str) {
        let mut columns = vec![scope];
        columns.extend(key.references.iter().map(|reference| reference.column));
        let of_table = self.0.entry((&key.target().table).into()).or_default();
        if !of_table.contains(&columns) {
            of_table.push(columns);
        }
    }

    fn of_table(&self, table: &TableDef) -> &[Vec<&'static str>] {
        self.0.get(&(&table.name).into()).map_or(&[], Vec::as_slice)
    }
}

/// Builds one table. Names of constraints only have to be unique within it.
pub(super) struct TableBuilder<'a> {
    def: &'static TableDef,
    schema: &'a SchemaDef,
    scoped: &'a ScopedKeys,
    names: Names,
}

impl<'a> TableBuilder<'a> {
    pub(super) fn new(
        def: &'static TableDef,
        schema: &'a SchemaDef,
        scoped: &'a ScopedKeys,
    ) -> Self {
        Self {
            def,
            schema,
            scoped,
            names: Names::default(),
        }
    }

    pub(super) fn build(mut self) -> Table {
        self.reserve_given_names();
        let def = self.def;
        let mut uniques: Vec<_> = def
            .uniques
            .iter()
            .map(|unique| self.unique(unique))
            .collect();
        uniques.extend(self.scoped_uniques());
        let mut checks: Vec<_> = def
            .columns
            .iter()
            .filter_map(|column| self.label_check(column))
            .collect();
        checks.extend(def.checks.iter().map(|check| self.check(check)));
        Table {
            name: (&def.name).into(),
            comment: def.comment.map(str::to_owned),
            columns: self.columns(),
            primary_key: Some(self.primary_key(&def.primary_key)),
            uniques,
            checks,
            foreign_keys: def
                .foreign_keys
                .iter()
                .map(|key| self.foreign_key(key))
                .collect(),
            indexes: self.indexes(),
            triggers: triggers::triggers(self.schema, def),
            row_security: isolation::of_table(self.schema, def),
            policies: isolation::policies(self.schema, def),
            partition_by: def.partition_by.as_ref().map(Into::into),
            partitions: def.partitions.iter().map(Into::into).collect(),
            partitions_at_run_time: def.monthly_partitions.is_some(),
            renamed_from: def.renamed_from.map(str::to_owned),
            allow: owned(def.allow),
        }
    }

    /// Reserves given names first, so that no default name takes one of them.
    fn reserve_given_names(&mut self) {
        let def = self.def;
        let uniques = def.uniques.iter().filter_map(|unique| unique.name);
        let checks = def.checks.iter().filter_map(|check| check.name);
        let keys = def.foreign_keys.iter().filter_map(|key| key.name);
        let indexes = def.indexes.iter().filter_map(|index| index.name);
        for name in uniques
            .chain(checks)
            .chain(keys)
            .chain(indexes)
            .chain(def.primary_key.name)
        {
            self.names.given(name);
        }
    }

    fn name<'n>(
        &mut self,
        given: Option<&str>,
        prefix: &'n str,
        parts: impl IntoIterator<Item = &'n str>,
    ) -> String {
        match given {
            Some(name) => name.to_owned(),
            None => self.names.by_convention(prefix, self.def.name.name, parts),
        }
    }

    /// The columns of the struct, and the one for full-text search.
    fn columns(&self) -> Vec<Column> {
        let of_fields = self.def.columns.iter().map(|column| self.column(column));
        let document = self.def.search.as_ref().map(|search| self.document(search));
        of_fields.chain(document).collect()
    }

    /// The column for full-text search: a generated document.
    fn document(&self, search: &SearchDef) -> Column {
        let part = |part: &SearchPart| (self.text_of(part.column), part.weight.letter().to_owned());
        Column {
            name: search.column.to_owned(),
            sql_type: SqlType::Scalar(ScalarType::TsVector),
            nullable: true,
            default: None,
            generated: Some(Expr::Document {
                language: search.language.to_owned(),
                parts: search.parts.iter().map(part).collect(),
            }),
            identity: None,
            serial: false,
            comment: None,
            renamed_from: None,
            renamed_labels: Vec::new(),
            allow: Vec::new(),
        }
    }

    /// The text of a column. A null would make the whole document null, so it becomes an empty text.
    fn text_of(&self, column: &str) -> Expr {
        let value = Expr::Column(column.to_owned());
        if self.def.column(column).is_some_and(|def| def.nullable) {
            Expr::Call(
                "coalesce".to_owned(),
                vec![value, Expr::Text(String::new())],
            )
        } else {
            value
        }
    }

    fn column(&self, def: &ColumnDef) -> Column {
        Column {
            name: def.name.to_owned(),
            sql_type: (&def.sql_type).into(),
            nullable: def.nullable && !self.def.primary_key.columns.contains(&def.name),
            default: def.default.as_ref().map(|default| self.default(default)),
            generated: def.generated.as_ref().map(Expr::from),
            identity: def.identity,
            serial: def.serial,
            comment: def.comment.map(str::to_owned),
            renamed_from: def.renamed_from.map(str::to_owned),
            renamed_labels: text_enum(def).map_or_else(Vec::new, types::renamed_labels),
            allow: owned(def.allow),
        }
    }

    fn default(&self, def: &DefaultDef) -> Expr {
        match def {
            DefaultDef::Expr(expr) => expr.into(),
            DefaultDef::Clock => triggers::clock(self.schema.updated_at.clock),
        }
    }

    fn primary_key(&mut self, def: &PrimaryKeyDef) -> PrimaryKey {
        PrimaryKey {
            name: self.name(def.name, "pk", []),
            columns: owned(def.columns),
        }
    }

    fn unique(&mut self, def: &UniqueDef) -> Unique {
        Unique {
            name: self.name(def.name, "uq", def.columns.iter().copied()),
            columns: owned(def.columns),
            include: owned(def.include),
            nulls_not_distinct: def.nulls_not_distinct,
            deferrable: def.deferrable,
        }
    }

    /// The unique constraints that composite foreign keys of other tables need and that the table does not declare.
    fn scoped_uniques(&mut self) -> Vec<Unique> {
        let wanted = self.scoped.of_table(self.def);
        let missing = wanted
            .iter()
            .filter(|columns| !is_unique(self.def, columns));
        missing.map(|columns| self.unique_over(columns)).collect()
    }

    fn unique_over(&mut self, columns: &[&'static str]) -> Unique {
        Unique {
            name: self.name(None, "uq", columns.iter().copied()),
            columns: owned(columns),
            include: Vec::new(),
            nulls_not_distinct: false,
            deferrable: Deferrable::Never,
        }
    }

    /// The check that restricts a text enum to its labels.
    fn label_check(&mut self, column: &ColumnDef) -> Option<Check> {
        let sql_enum = text_enum(column)?;
        let labels = sql_enum
            .labels
            .iter()
            .map(|label| Expr::Text(label.label.to_owned()))
            .collect();
        let condition = match SqlType::from(&column.sql_type) {
            SqlType::Array(element) => Expr::are_all_of(column.name, labels, *element),
            _ if column.is_array => {
                Expr::are_all_of(column.name, labels, SqlType::Scalar(ScalarType::Text))
            }
            _ => Expr::is_one_of(column.name, labels),
        };
        Some(Check {
            name: self.name(None, "chk", [column.name, "valid"]),
            condition,
        })
    }

    fn check(&mut self, def: &CheckDef) -> Check {
        Check {
            name: self.name(def.name, "chk", def.columns.iter().copied()),
            condition: (&def.condition).into(),
        }
    }

    fn foreign_key(&mut self, def: &ForeignKeyDef) -> ForeignKey {
        let mut columns = owned(def.columns);
        let mut target_columns: Vec<_> = def
            .references
            .iter()
            .map(|reference| reference.column.to_owned())
            .collect();
        let mut on_delete = action(def.on_delete);
        if let Some((own, theirs)) = carries_scope(self.def, def) {
            columns.insert(0, own.to_owned());
            target_columns.insert(0, theirs.to_owned());
            on_delete = sparing_the_scope(on_delete, def.columns);
        }
        ForeignKey {
            name: self.name(def.name, "fk", def.columns.iter().copied()),
            columns,
            target: (&def.target().table).into(),
            target_columns,
            on_delete,
            on_update: action(def.on_update),
            deferrable: def.deferrable,
        }
    }

    /// The declared indexes, and the one for full-text search.
    fn indexes(&mut self) -> Vec<Index> {
        let declared = self.def.indexes.iter();
        let mut indexes: Vec<_> = declared.map(|index| self.index(index)).collect();
        indexes.extend(self.def.search.as_ref().map(|search| Index {
            name: self.name(None, "idx", [search.column]),
            parts: vec![IndexPart {
                value: Expr::Column(search.column.to_owned()),
                order: SortOrder::Ascending,
                nulls: None,
                collation: None,
                operator_class: None,
            }],
            unique: false,
            nulls_not_distinct: false,
            method: IndexMethod::Gin,
            include: Vec::new(),
            filter: None,
        }));
        indexes
    }

    fn index(&mut self, def: &IndexDef) -> Index {
        let words = def.parts.iter().map(|part| part_name(&part.value));
        let name = self.name(def.name, "idx", words.collect::<Vec<_>>());
        index(def, name)
    }
}

/// The enum of a column if its labels are stored as text.
fn text_enum(column: &ColumnDef) -> Option<&'static EnumDef> {
    column.sql_enum.filter(|sql_enum| !sql_enum.native)
}

fn action(action: Action) -> ReferentialAction {
    match action {
        Action::NoAction => ReferentialAction::NoAction,
        Action::Restrict => ReferentialAction::Restrict,
        Action::Cascade => ReferentialAction::Cascade,
        Action::SetNull(columns) => ReferentialAction::SetNull(owned(columns)),
        Action::SetDefault(columns) => ReferentialAction::SetDefault(owned(columns)),
    }
}

/// `SET NULL` or `SET DEFAULT` without the scope: without a list it would also set the scope column, and the row would
/// lose its owner.
fn sparing_the_scope(action: ReferentialAction, columns: &[&str]) -> ReferentialAction {
    match action {
        ReferentialAction::SetNull(list) if list.is_empty() => {
            ReferentialAction::SetNull(owned(columns))
        }
        ReferentialAction::SetDefault(list) if list.is_empty() => {
            ReferentialAction::SetDefault(owned(columns))
        }
        other => other,
    }
}

/// Whether the primary key or a unique constraint that is not deferrable has exactly these columns.
fn is_unique(def: &TableDef, columns: &[&str]) -> bool {
    let same = |other: &[&str]| {
        other.len() == columns.len() && columns.iter().all(|column| other.contains(column))
    };
    let mut immediate = def
        .uniques
        .iter()
        .filter(|unique| unique.deferrable == Deferrable::Never);
    same(def.primary_key.columns) || immediate.any(|unique| same(unique.columns))
}
