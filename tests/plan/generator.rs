//! Random schemas over the vocabulary of the crate, and random changes of them.
//!
//! A schema is described first, so that it can be changed and stays one that PostgreSQL takes; then the description is made into the const
//! model that the derives make.

mod extensions;
mod keys;
mod namespaces;
mod search;
mod swaps;
mod views;

use freehold::SchemaDef;
use freehold::model::{
    Action, BinaryOp, CheckDef, ColumnDef, Deferrable, DomainCheckDef, DomainDef, EnumDef, Expr,
    ForeignKeyDef, GrantDef, GrantOn, Identity, IndexDef, IndexMethod, IndexPart, Isolation,
    LabelDef, Language, Ownership, PartitionBound, PartitionByDef, PartitionDef, PartitionStrategy,
    PolicyCommand, PolicyDef, PrimaryKeyDef, Privilege, PrivilegeDef, Reference, Returns, RoleDef,
    RoutineDef, RowSecurityDef, ScalarType, SequenceDef, SqlType, TableDef, TableName, TriggerDef,
    TriggerEvent, TriggerTiming, UniqueDef,
};

use self::search::SearchSpec;
use self::views::ViewSpec;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) tables: Vec<TableSpec>,
    enums: Vec<EnumSpec>,
    views: Vec<ViewSpec>,
    routines: Vec<RoutineSpec>,
    sequences: Vec<(String, Option<i64>)>,
    domains: Vec<DomainSpec>,
    grants: Vec<GrantSpec>,
    /// Those that no column asks for.
    extensions: Vec<(&'static str, Option<&'static str>)>,
    isolated: bool,
    /// Whether the objects belong to a role of their own.
    owned: bool,
    next: usize,
}

#[derive(Clone, Debug)]
struct DomainSpec {
    name: String,
    schema: Option<&'static str>,
    base: DomainBase,
    checked: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum DomainBase {
    Short,
    Long,
    Number,
}

#[derive(Clone, Debug)]
struct GrantSpec {
    privilege: Privilege,
    on: Option<String>,
    future: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct TableSpec {
    pub(crate) name: String,
    schema: Option<&'static str>,
    renamed_from: Option<String>,
    comment: Option<String>,
    pub(crate) columns: Vec<ColumnSpec>,
    uniques: Vec<(String, Vec<String>)>,
    checks: Vec<(String, String)>,
    indexes: Vec<IndexSpec>,
    references: Vec<ReferenceSpec>,
    trigger: Option<usize>,
    policy: Option<String>,
    scoped: bool,
    /// How many partitions, where it has any.
    partitions: Option<usize>,
    audited: bool,
    search: Option<SearchSpec>,
    /// The column that the primary key has beside `id`.
    key: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct ColumnSpec {
    pub(crate) name: String,
    renamed_from: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    default: bool,
    comment: Option<String>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Scalar(ScalarType),
    Array(ScalarType),
    /// A native enum, by its place.
    Enum(String),
    TextEnum(Vec<&'static str>),
    Counted(Identity),
    Serial,
    /// A domain over text.
    Domain(String),
    Domains(String),
    /// A type as PostgreSQL writes it, with a value.
    Sql(&'static str, &'static str),
    /// The length of the column of this name.
    Computed(String),
}

#[derive(Clone, Debug)]
struct EnumSpec {
    name: String,
    schema: Option<&'static str>,
    labels: Vec<&'static str>,
    renamed: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
struct IndexSpec {
    name: String,
    columns: Vec<(String, bool)>,
    unique: bool,
    partial: bool,
    kind: IndexKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum IndexKind {
    Ordered,
    Hash,
    /// Over the trigrams of a text.
    Trigrams,
}

#[derive(Clone, Debug)]
struct ReferenceSpec {
    column: String,
    target: String,
    target_column: String,
    action: Action,
    deferrable: Deferrable,
}

#[derive(Clone, Debug)]
struct RoutineSpec {
    name: usize,
    body: usize,
}

const SCALARS: &[ScalarType] = &[
    ScalarType::Boolean,
    ScalarType::SmallInt,
    ScalarType::Integer,
    ScalarType::BigInt,
    ScalarType::Real,
    ScalarType::DoublePrecision,
    ScalarType::Numeric(None),
    ScalarType::Numeric(Some((10, 2))),
    ScalarType::Numeric(Some((12, 2))),
    ScalarType::Text,
    ScalarType::Varchar(Some(20)),
    ScalarType::Varchar(Some(200)),
    ScalarType::Varchar(None),
    ScalarType::Char(8),
    ScalarType::Bytea,
    ScalarType::Uuid,
    ScalarType::Date,
    ScalarType::Time,
    ScalarType::Timestamp,
    ScalarType::TimestampTz,
    ScalarType::Interval,
    ScalarType::Jsonb,
    ScalarType::Inet,
    ScalarType::Cidr,
];

/// Types that no word of the crate stands for, each with a value. The last one is of an extension.
const WRITTEN: &[(&str, &str)] = &[
    ("macaddr", "08:00:2b:01:02:03"),
    ("int4range", "[1,5)"),
    ("timestamptz(3)", "2026-01-31 12:30:00+00"),
    ("varchar(40)", "word"),
    ("DOUBLE PRECISION", "1.5"),
    ("macaddr[]", "{08:00:2b:01:02:03}"),
    ("hstore", "\"a\"=>\"1\""),
];

const LABELS: &[&str] = &["todo", "doing", "done", "on hold", "it's", "Zurück", "lost"];

/// A text of a type's value, as SQL has it between quotes, and the same as a default is written.
pub(crate) fn sample(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::Boolean => "true",
        ScalarType::SmallInt | ScalarType::Integer | ScalarType::BigInt => "7",
        ScalarType::Real | ScalarType::DoublePrecision => "1.5",
        ScalarType::Numeric(_) => "2.50",
        ScalarType::Bytea => "\\x0a",
        ScalarType::Uuid => "00000000-0000-0000-0000-000000000001",
        ScalarType::Date => "2026-01-31",
        ScalarType::Time => "12:30:00",
        ScalarType::Timestamp => "2026-01-31 12:30:00",
        ScalarType::TimestampTz => "2026-01-31 12:30:00+00",
        ScalarType::Interval => "1 day",
        ScalarType::Json | ScalarType::Jsonb => "{\"a\": 1}",
        ScalarType::Inet | ScalarType::Cidr => "10.0.0.0/8",
        ScalarType::TsVector => "a",
        _ => "word",
    }
}

fn default_of(kind: &Kind) -> Option<Expr> {
    Some(match kind {
        Kind::Scalar(ScalarType::Boolean) => Expr::Bool(true),
        Kind::Scalar(ScalarType::SmallInt | ScalarType::Integer | ScalarType::BigInt) => {
            Expr::Number("7")
        }
        Kind::Scalar(ScalarType::Numeric(_) | ScalarType::DoublePrecision) => Expr::Number("2.50"),
        Kind::Scalar(ScalarType::Uuid) => Expr::Call("gen_random_uuid", &[]),
        Kind::Scalar(ScalarType::TimestampTz | ScalarType::Timestamp) => Expr::Call("now", &[]),
        Kind::Scalar(ScalarType::Date) => Expr::Keyword("CURRENT_DATE"),
        Kind::Scalar(scalar) => Expr::Text(sample(*scalar)),
        Kind::Array(_) | Kind::Domains(_) => Expr::Text("{}"),
        Kind::Sql(_, value) => Expr::Text(value),
        Kind::TextEnum(labels) => Expr::Text(labels[0]),
        _ => return None,
    })
}

impl Spec {
    /// A schema of a few tables.
    pub(crate) fn random(random: &mut Random) -> Self {
        let mut spec = Self {
            tables: Vec::new(),
            enums: Vec::new(),
            views: Vec::new(),
            routines: Vec::new(),
            sequences: Vec::new(),
            domains: Vec::new(),
            grants: Vec::new(),
            extensions: Vec::new(),
            isolated: random.one_in(2),
            owned: random.one_in(3),
            next: 0,
        };
        for _ in 0..random.below(3) {
            spec.add_enum(random);
        }
        for _ in 0..=random.below(4) {
            spec.add_table(random);
        }
        for _ in 0..random.below(12) {
            spec.change(random);
        }
        spec
    }

    /// The same schema some changes later. What was renamed says so, and what was renamed before does not any more.
    pub(crate) fn evolved(&self, random: &mut Random) -> Self {
        let mut spec = self.settled();
        for _ in 0..=random.below(8) {
            spec.change(random);
        }
        spec.rename(random);
        spec.swap(self, random);
        spec
    }

    /// The first label of a native enum.
    pub(crate) fn first_label(&self, name: &str) -> Option<&'static str> {
        let found = self.enums.iter().find(|sql_enum| sql_enum.name == name);
        found.and_then(|found| found.labels.first().copied())
    }

    pub(crate) fn has_users(&self) -> bool {
        self.isolated
    }

    /// What became of a table of the schema before, where its rows are still in it.
    pub(crate) fn successor(&self, old: &TableSpec) -> Option<&TableSpec> {
        let is_renamed = |table: &&TableSpec| {
            table.renamed_from.as_ref() == Some(&old.name) && table.schema == old.schema
        };
        let mut tables = self.tables.iter();
        let renamed = self.tables.iter().find(is_renamed);
        let found = renamed.or_else(|| tables.find(|table| table.is_same(old)));
        found.filter(|table| table.partitions == old.partitions)
    }

    /// The schema itself, with nothing to be renamed.
    pub(crate) fn settled(&self) -> Self {
        let mut spec = self.clone();
        for sql_enum in &mut spec.enums {
            sql_enum.renamed = None;
        }
        for table in &mut spec.tables {
            table.renamed_from = None;
            table
                .columns
                .iter_mut()
                .for_each(|column| column.renamed_from = None);
        }
        spec
    }

    fn name(&mut self, prefix: &str) -> String {
        self.next += 1;
        let number = self.next;
        // Some names have to be quoted.
        match number % 11 {
            0 => format!("{prefix} {number}"),
            5 => format!("{}{number}", prefix.to_uppercase()),
            _ => format!("{prefix}_{number}"),
        }
    }

    fn add_enum(&mut self, random: &mut Random) {
        let name = self.name("kind");
        let count = 1 + random.below(4);
        self.enums.push(EnumSpec {
            name,
            schema: namespaces::any(random),
            labels: LABELS[..count].to_vec(),
            renamed: None,
        });
    }

    fn add_table(&mut self, random: &mut Random) {
        let name = self.name("table");
        self.add_table_named(name, random);
    }

    fn add_table_named(&mut self, name: String, random: &mut Random) {
        let mut table = TableSpec {
            name,
            schema: namespaces::any(random),
            renamed_from: None,
            comment: None,
            columns: Vec::new(),
            uniques: Vec::new(),
            checks: Vec::new(),
            indexes: Vec::new(),
            references: Vec::new(),
            trigger: None,
            policy: None,
            scoped: false,
            partitions: None,
            audited: false,
            search: None,
            key: None,
        };
        for _ in 0..=random.below(4) {
            let column = self.column(random);
            table.columns.push(column);
        }
        self.tables.push(table);
    }

    fn kind(&mut self, random: &mut Random) -> Kind {
        match random.below(12) {
            0 => Kind::Array(*random.pick(&[
                ScalarType::Text,
                ScalarType::Integer,
                ScalarType::Uuid,
            ])),
            1 if !self.enums.is_empty() => Kind::Enum(random.pick(&self.enums).name.clone()),
            5 if !self.domains.is_empty() => {
                let name = random.pick(&self.domains).name.clone();
                if random.one_in(4) {
                    Kind::Domains(name)
                } else {
                    Kind::Domain(name)
                }
            }
            // To make an extension takes longer than all the rest.
            7 if random.one_in(20) => Kind::Scalar(ScalarType::Citext),
            6 if random.one_in(3) => {
                let (sql, value) = *random.pick(WRITTEN);
                Kind::Sql(sql, value)
            }
            2 => Kind::TextEnum(LABELS[..=random.below(4)].to_vec()),
            3 if random.one_in(3) => Kind::Counted(Identity::Always),
            4 if random.one_in(3) => Kind::Serial,
            _ => Kind::Scalar(*random.pick(SCALARS)),
        }
    }

    fn column(&mut self, random: &mut Random) -> ColumnSpec {
        let kind = self.kind(random);
        let counted = matches!(kind, Kind::Counted(_) | Kind::Serial);
        ColumnSpec {
            name: self.name("column"),
            renamed_from: None,
            nullable: !counted && random.one_in(2),
            default: random.one_in(3),
            kind,
            comment: random.one_in(4).then(|| "It's a comment.".to_owned()),
        }
    }

    fn rename(&mut self, random: &mut Random) {
        if random.one_in(3) && !self.tables.is_empty() {
            let index = random.below(self.tables.len());
            let name = self.name("renamed");
            let before = self.tables[index].name.clone();
            self.tables[index].renamed_from = Some(before.clone());
            self.rename_table(&before, &name);
            if random.one_in(4) {
                self.add_table_named(before, random);
            }
        }
        if random.one_in(3) {
            self.rename_column(random);
        }
    }

    /// What is said about the table goes with it.
    fn rename_table(&mut self, from: &str, to: &str) {
        let tables = &mut self.tables;
        let names = tables.iter_mut().map(|table| &mut table.name);
        names.for_each(|name| rename_if(name, from, to));
        let references = tables.iter_mut().flat_map(|table| &mut table.references);
        let targets = references.map(|reference| &mut reference.target);
        let grants = self.grants.iter_mut();
        let granted = grants.filter_map(|grant| grant.on.as_mut());
        let read = self.views.iter_mut().map(|view| &mut view.table);
        let names = targets.chain(granted).chain(read);
        names.for_each(|name| rename_if(name, from, to));
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

    /// What is said about the column goes with it.
    fn rename_column_of(&mut self, index: usize, from: &str, to: &str) {
        let target = self.tables[index].name.clone();
        let references = self.tables.iter_mut();
        let references = references.flat_map(|table| &mut table.references);
        for reference in references.filter(|reference| reference.target == target) {
            rename_if(&mut reference.target_column, from, to);
        }
        let table = &mut self.tables[index];
        let rename = |name: &mut String| rename_if(name, from, to);
        table.key.iter_mut().for_each(rename);
        for column in &mut table.columns {
            rename(&mut column.name);
            if let Kind::Computed(of) = &mut column.kind {
                rename(of);
            }
        }
        table
            .uniques
            .iter_mut()
            .flat_map(|(_, columns)| columns)
            .for_each(rename);
        table
            .checks
            .iter_mut()
            .for_each(|(_, column)| rename(column));
        table
            .indexes
            .iter_mut()
            .flat_map(|index| &mut index.columns)
            .for_each(|(column, _)| rename(column));
        table
            .references
            .iter_mut()
            .for_each(|reference| rename(&mut reference.column));
        table.policy.iter_mut().for_each(rename);
        table
            .search
            .iter_mut()
            .flat_map(|search| &mut search.columns)
            .for_each(rename);
    }

    fn any_table(&mut self, random: &mut Random) -> Option<&mut TableSpec> {
        let index = random.below(self.tables.len());
        self.tables.get_mut(index)
    }

    /// One change, of any kind.
    fn change(&mut self, random: &mut Random) {
        self.change_one(random);
        self.forget_dangling_references();
    }

    fn change_one(&mut self, random: &mut Random) {
        match random.below(45) {
            0 => self.add_table(random),
            1 => self.drop_table(random),
            2 | 3 => {
                let column = self.column(random);
                if let Some(table) = self.any_table(random) {
                    table.columns.push(column);
                }
            }
            4 => self.drop_column(random),
            5 | 6 => self.change_type(random),
            7 => self.with_column(random, |column, _| {
                let counted = matches!(column.kind, Kind::Counted(_) | Kind::Serial);
                column.nullable = !column.nullable && !counted;
            }),
            8 => self.with_column(random, |column, _| column.default = !column.default),
            9 => self.with_column(random, |column, random| {
                column.comment = random
                    .one_in(2)
                    .then(|| format!("Comment {}.", random.below(9)));
            }),
            10 => self.add_unique(random),
            11 => self.with_table(random, |table, _| drop(table.uniques.pop())),
            12 | 13 => self.add_check(random),
            14 => self.with_table(random, |table, _| drop(table.checks.pop())),
            15 | 16 => self.add_index(random),
            17 => self.with_table(random, |table, _| drop(table.indexes.pop())),
            18 | 19 => self.add_reference(random),
            20 => self.with_table(random, |table, _| drop(table.references.pop())),
            21 => self.change_enum(random),
            22 => self.add_enum(random),
            23 => self.add_view(random),
            24 => self.drop_view(random),
            25 => self.change_routines(random),
            26 => self.change_sequences(random),
            27 => self.change_policy(random),
            28 => self.with_table(random, |table, random| {
                table.comment = random
                    .one_in(2)
                    .then(|| "A table, with `words`.".to_owned());
            }),
            29 => self.change_domains(random),
            30 => self.change_grants(random),
            31 => {
                let isolated = self.isolated;
                self.with_table(random, |table, _| table.scoped = isolated && !table.scoped);
            }
            32 => self.change_partitions(random),
            33 => {
                self.with_table(random, |table, random| {
                    if let Some(count) = &mut table.partitions {
                        *count = random.below(4);
                    }
                });
            }
            34 => self.rename_label(random),
            35 => self.add_view_over_view(random),
            36 => self.change_view(random),
            37 => self.with_table(random, |table, _| table.audited = !table.audited),
            38 | 39 => self.change_search(random),
            40 if random.one_in(6) => self.change_extensions(random),
            42 => self.change_key(random),
            43 => self.swap_names_of_parts(random),
            41 if random.one_in(6) => self.add_trigram_index(random),
            _ => self.add_computed(random),
        }
    }

    fn with_table(&mut self, random: &mut Random, change: impl Fn(&mut TableSpec, &mut Random)) {
        if let Some(table) = self.any_table(random) {
            change(table, random);
        }
    }

    fn with_column(&mut self, random: &mut Random, change: impl Fn(&mut ColumnSpec, &mut Random)) {
        if let Some(table) = self.any_table(random) {
            let index = random.below(table.columns.len());
            let column = table.columns.get_mut(index);
            if let Some(column) = column.filter(|column| !matches!(column.kind, Kind::Computed(_)))
            {
                change(column, random);
            }
        }
    }

    fn drop_table(&mut self, random: &mut Random) {
        if self.tables.len() < 2 {
            return;
        }
        let index = random.below(self.tables.len());
        let gone = self.tables.remove(index).name;
        for table in &mut self.tables {
            table
                .references
                .retain(|reference| reference.target != gone);
        }
        self.forget_views_over(&gone);
        self.grants.retain(|grant| grant.on.as_ref() != Some(&gone));
    }

    fn drop_column(&mut self, random: &mut Random) {
        let Some(table) = self.any_table(random) else {
            return;
        };
        if table.columns.len() < 2 {
            return;
        }
        let index = random.below(table.columns.len());
        let gone = table.columns.remove(index).name;
        table.forget_with_computed(&gone);
    }

    /// What stood on the old type goes: whether it could stand on the new one is not known here.
    fn change_type(&mut self, random: &mut Random) {
        let kind = self.kind(random);
        let Some(table) = self.any_table(random) else {
            return;
        };
        if table.columns.is_empty() {
            return;
        }
        let index = random.below(table.columns.len());
        let column = &mut table.columns[index];
        if matches!(column.kind, Kind::Computed(_)) {
            return;
        }
        let is_text = |kind: &Kind| {
            matches!(
                kind,
                Kind::Scalar(ScalarType::Text | ScalarType::Varchar(_))
            )
        };
        let stays_text = is_text(&column.kind) && is_text(&kind);
        column.kind = kind;
        if stays_text {
            return;
        }
        if matches!(column.kind, Kind::Counted(_) | Kind::Serial) {
            column.nullable = false;
        }
        let name = column.name.clone();
        table.forget_with_computed(&name);
    }

    fn add_unique(&mut self, random: &mut Random) {
        let name = self.name("uq");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if !ordered.is_empty() {
                // PostgreSQL makes one of two that are the same.
                let mut columns = vec![random.pick(&ordered).clone()];
                columns.extend(table.partitions.map(|_| "day".to_owned()));
                if table.uniques.iter().all(|(_, others)| *others != columns) {
                    table.uniques.push((name.clone(), columns));
                }
            }
        });
    }

    fn add_check(&mut self, random: &mut Random) {
        let name = self.name("chk");
        self.with_table(random, move |table, random| {
            if table.columns.is_empty() {
                return;
            }
            let column = random.pick(&table.columns);
            let name = if random.one_in(2) {
                name.clone()
            } else {
                String::new()
            };
            table.checks.push((name, column.name.clone()));
        });
    }

    fn add_index(&mut self, random: &mut Random) {
        let name = self.name("idx");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if ordered.is_empty() {
                return;
            }
            let mut columns = vec![(random.pick(&ordered).clone(), random.one_in(3))];
            let second = random.pick(&ordered).clone();
            if random.one_in(2) && columns[0].0 != second {
                columns.push((second, false));
            }
            let hash = columns.len() == 1 && !columns[0].1 && random.one_in(4);
            let unique = !hash && random.one_in(4);
            if unique && table.partitions.is_some() {
                columns.push(("day".to_owned(), false));
            }
            // Sometimes an index of a name that is there already, which is another one then.
            table.indexes.truncate(if random.one_in(4) { 0 } else { 9 });
            table.indexes.push(IndexSpec {
                name: if random.one_in(3) {
                    format!("idx_of_{}", table.name)
                } else {
                    name.clone()
                },
                columns,
                unique,
                partial: random.one_in(4),
                kind: if hash {
                    IndexKind::Hash
                } else {
                    IndexKind::Ordered
                },
            });
            let mut seen = Vec::new();
            table.indexes.retain(|index| {
                let is_new = !seen.contains(&index.name);
                seen.push(index.name.clone());
                is_new
            });
        });
    }

    fn change_enum(&mut self, random: &mut Random) {
        let index = random.below(self.enums.len());
        let Some(sql_enum) = self.enums.get_mut(index) else {
            return;
        };
        match random.below(4) {
            0 if sql_enum.labels.len() > 1 => {
                let gone = random.below(sql_enum.labels.len());
                sql_enum.labels.remove(gone);
            }
            1 => sql_enum.labels.reverse(),
            _ => {
                let label = *random.pick(LABELS);
                if !sql_enum.labels.contains(&label) {
                    let at = random.below(sql_enum.labels.len() + 1);
                    sql_enum.labels.insert(at, label);
                }
            }
        }
    }

    fn change_domains(&mut self, random: &mut Random) {
        if let (Some(domain), true) = (self.domains.last_mut(), random.one_in(2)) {
            if random.one_in(3) {
                let bases = [DomainBase::Short, DomainBase::Long, DomainBase::Number];
                domain.base = *random.pick(&bases);
            } else {
                domain.checked = random.below(3);
            }
            return;
        }
        let name = self.name("domain");
        self.domains.push(DomainSpec {
            name,
            schema: namespaces::any(random),
            base: DomainBase::Short,
            checked: 1,
        });
        // A domain is made where a column has it.
        let mut column = self.column(random);
        if let Some(domain) = self.domains.last() {
            column.kind = Kind::Domain(domain.name.clone());
        }
        if let Some(table) = self.any_table(random) {
            table.columns.push(column);
        }
    }

    fn change_grants(&mut self, random: &mut Random) {
        if random.one_in(3) && !self.grants.is_empty() {
            let index = random.below(self.grants.len());
            self.grants.remove(index);
            return;
        }
        let privileges = [
            Privilege::Select,
            Privilege::Insert,
            Privilege::Update,
            Privilege::Delete,
        ];
        let on = random
            .one_in(2)
            .then(|| random.pick(&self.tables).name.clone());
        self.grants.push(GrantSpec {
            privilege: *random.pick(&privileges),
            future: on.is_none() && random.one_in(2),
            on,
        });
    }

    /// What a partitioned table cannot have goes: it has another key, and unique is only what has the day in it.
    fn change_partitions(&mut self, random: &mut Random) {
        let Some(table) = self.any_table(random) else {
            return;
        };
        if table.partitions.take().is_some() {
            table.forget("day");
            return;
        }
        table.partitions = Some(random.below(3));
        table.uniques.clear();
        table.indexes.retain(|index| !index.unique);
    }

    fn rename_label(&mut self, random: &mut Random) {
        let index = random.below(self.enums.len());
        let Some(sql_enum) = self.enums.get_mut(index) else {
            return;
        };
        let free = LABELS.iter().find(|label| !sql_enum.labels.contains(label));
        let position = random.below(sql_enum.labels.len());
        if let (Some(to), Some(label), true) = (
            free,
            sql_enum.labels.get_mut(position),
            sql_enum.renamed.is_none(),
        ) {
            sql_enum.renamed = Some((label, to));
            *label = to;
        }
    }

    fn change_routines(&mut self, random: &mut Random) {
        if let (Some(last), true) = (self.routines.last_mut(), random.one_in(2)) {
            last.body = (last.body + 1) % 3;
            return;
        }
        if self.routines.len() < 3 {
            let name = self.routines.len();
            self.routines.push(RoutineSpec { name, body: 0 });
        }
        let routine = random.below(self.routines.len());
        self.with_table(random, move |table, _| table.trigger = Some(routine));
    }

    fn change_sequences(&mut self, random: &mut Random) {
        if let (Some((_, start)), true) = (self.sequences.last_mut(), random.one_in(2)) {
            *start = Some(1 + i64::try_from(random.below(50)).unwrap_or(0));
            return;
        }
        let name = self.name("counter");
        self.sequences.push((name, None));
    }

    fn change_policy(&mut self, random: &mut Random) {
        self.with_table(random, |table, random| {
            if table.columns.is_empty() {
                return;
            }
            let column = random.pick(&table.columns).name.clone();
            table.policy = (table.policy.is_none() || random.one_in(2)).then_some(column);
        });
    }

    fn add_computed(&mut self, random: &mut Random) {
        let name = self.name("computed");
        self.with_table(random, move |table, random| {
            let texts = table.columns.iter().filter(|column| {
                matches!(
                    column.kind,
                    Kind::Scalar(ScalarType::Text | ScalarType::Varchar(_))
                )
            });
            let texts: Vec<_> = texts.map(|column| column.name.clone()).collect();
            if !texts.is_empty() {
                table.columns.push(ColumnSpec {
                    name: name.clone(),
                    renamed_from: None,
                    kind: Kind::Computed(random.pick(&texts).clone()),
                    nullable: true,
                    default: false,
                    comment: None,
                });
            }
        });
    }

    /// The schema as the derives would make it.
    pub(crate) fn def(&self) -> SchemaDef {
        let mut tables: Vec<_> = self
            .tables
            .iter()
            .map(|table| &*Box::leak(Box::new(self.table(table))))
            .collect();
        if self.isolated {
            tables.insert(0, &USERS);
        }
        let views: Vec<_> = self
            .views
            .iter()
            .map(|view| &*Box::leak(Box::new(self.view(view))))
            .collect();
        let routines: Vec<_> = self
            .routines
            .iter()
            .map(|routine| function(routine)())
            .collect();
        let sequences: Vec<_> = self
            .sequences
            .iter()
            .map(|(name, start)| {
                let sequence = SequenceDef::new(TableName::new(None, text(name)));
                start.map_or(sequence, |start| sequence.start(start))
            })
            .collect();
        let grants: Vec<_> = self.grants.iter().map(|spec| self.grant(spec)).collect();
        let def = SchemaDef::new("RANDOM", tables.leak())
            .roles(READER)
            .grants(grants.leak())
            .views(views.leak())
            .routines(routines.leak())
            .sequences(sequences.leak())
            .extensions(self.extension_defs());
        if self.isolated {
            let isolation = RowSecurityDef::new();
            def.isolation(Isolation::RowSecurity(if self.owned {
                isolation.owner("random_owner")
            } else {
                isolation
            }))
        } else {
            def.isolation(Isolation::Predicate)
        }
    }

    fn table(&self, spec: &TableSpec) -> TableDef {
        let mut columns = vec![ColumnDef::new::<i64>("id").identity::<i64>(Identity::ByDefault)];
        if spec.scoped {
            columns.push(ColumnDef::new::<i64>("user_id"));
        }
        if spec.partitions.is_some() {
            let mut day = ColumnDef::new::<i64>("day");
            day.sql_type = SqlType::Scalar(ScalarType::Date);
            columns.push(day);
        }
        columns.extend(
            spec.columns
                .iter()
                .map(|column| self.column_def(spec, column)),
        );
        let uniques: Vec<_> = spec
            .uniques
            .iter()
            .map(|(name, columns)| UniqueDef::new(names(columns)).name(text(name)))
            .collect();
        let checks: Vec<_> = spec
            .checks
            .iter()
            .map(|(name, column)| check(name, column))
            .collect();
        let indexes: Vec<_> = spec.indexes.iter().map(index).collect();
        let mut keys: Vec<_> = spec
            .references
            .iter()
            .map(|reference| self.foreign_key(spec, reference))
            .collect();
        keys.extend(spec.scoped.then(to_user));
        let policies: Vec<_> = spec.policy.iter().map(|column| policy(column)).collect();
        let triggers: Vec<_> = spec
            .trigger
            .and_then(|trigger| self.routines.get(trigger))
            .map(trigger)
            .into_iter()
            .collect();
        let def = TableDef::new(
            spec.qualified(),
            spec.ownership(),
            columns.leak(),
            PrimaryKeyDef::new(names(&spec.key_columns())),
        )
        .uniques(uniques.leak())
        .checks(checks.leak())
        .indexes(indexes.leak())
        .foreign_keys(keys.leak())
        .policies(policies.leak())
        .triggers(triggers.leak())
        .allow(ALLOWED);
        let def = match spec.partitions {
            Some(count) => def
                .partition_by(PartitionByDef::new(PartitionStrategy::Range, &["day"]))
                .partitions(partitions(&spec.name, count)),
            None => def,
        };
        let def = if spec.audited { def.audit() } else { def };
        let def = spec
            .search
            .iter()
            .fold(def, |def, search| def.search(search.def()));
        let def = spec
            .comment
            .as_ref()
            .map_or(def, |comment| def.comment(text(comment)));
        spec.renamed_from
            .as_ref()
            .map_or(def, |from| def.renamed_from(text(from)))
    }

    fn foreign_key(&self, table: &TableSpec, spec: &ReferenceSpec) -> ForeignKeyDef {
        let target = self.tables.iter().find(|table| table.name == spec.target);
        let reference = Reference {
            table: self.table_name(&spec.target),
            ownership: target.map_or(Ownership::Shared, TableSpec::ownership),
            column: text(&spec.target_column),
            def: || &NOTHING,
        };
        let mut columns = table.columns.iter();
        let is_nullable = columns.any(|column| column.name == spec.column && column.nullable)
            && table.key.as_ref() != Some(&spec.column);
        let action = match spec.action {
            Action::SetNull(_) if !is_nullable => Action::NoAction,
            action => action,
        };
        ForeignKeyDef::new(
            names(std::slice::from_ref(&spec.column)),
            vec![reference].leak(),
            action,
        )
        .deferrable(spec.deferrable)
    }

    fn column_def(&self, table: &TableSpec, spec: &ColumnSpec) -> ColumnDef {
        let mut column = ColumnDef::new::<Option<String>>(text(&spec.name));
        column.nullable = spec.nullable && table.key.as_ref() != Some(&spec.name);
        column.renamed_from = spec.renamed_from.as_ref().map(|from| text(from));
        column.comment = spec.comment.as_ref().map(|comment| text(comment));
        column.sql_type = match &spec.kind {
            Kind::Scalar(scalar) => SqlType::Scalar(*scalar),
            Kind::Array(scalar) => SqlType::Array(Box::leak(Box::new(SqlType::Scalar(*scalar)))),
            Kind::Enum(name) => {
                let sql_enum = self.enums.iter().find(|sql_enum| sql_enum.name == *name);
                let labels = sql_enum.map_or_else(Vec::new, |found| found.labels.clone());
                let renamed = sql_enum.and_then(|found| found.renamed);
                let schema = sql_enum.and_then(|found| found.schema);
                let def = enum_def(name, &labels, true, renamed);
                SqlType::Enum(Box::leak(Box::new(EnumDef { schema, ..*def })))
            }
            Kind::TextEnum(labels) => {
                column.sql_enum = Some(enum_def("text_enum", labels, false, None));
                SqlType::Scalar(ScalarType::Text)
            }
            Kind::Counted(_) => SqlType::Scalar(ScalarType::BigInt),
            Kind::Serial | Kind::Computed(_) => SqlType::Scalar(ScalarType::Integer),
            Kind::Domain(name) => SqlType::Domain(self.domain(name)),
            Kind::Domains(name) => {
                SqlType::Array(Box::leak(Box::new(SqlType::Domain(self.domain(name)))))
            }
            Kind::Sql(sql, _) => SqlType::Sql(sql),
        };
        match &spec.kind {
            Kind::Counted(identity) => column = column.identity::<i64>(*identity),
            Kind::Serial => column = column.serial::<i32>(),
            Kind::Computed(of) => {
                let of = Box::leak(Box::new([Expr::Column(text(of))]));
                column = column.generated(Expr::Call("length", of));
            }
            Kind::Domain(name) if spec.default => {
                column = column.default(self.domain_default(name));
            }
            kind if spec.default => {
                if let Some(expr) = default_of(kind) {
                    column = column.default(expr);
                }
            }
            _ => {}
        }
        // PostgreSQL has one identity column for a table, and `id` is it.
        if column.identity.is_some() {
            column.identity = None;
        }
        column
    }

    /// The value of a domain.
    pub(crate) fn domain_sample(&self, name: &str) -> &'static str {
        let mut domains = self.domains.iter();
        let is_number =
            domains.any(|domain| domain.name == name && domain.base == DomainBase::Number);
        if is_number { "7" } else { "word" }
    }

    fn domain_default(&self, name: &str) -> Expr {
        match self.domain_sample(name) {
            "7" => Expr::Number("7"),
            word => Expr::Text(word),
        }
    }

    fn domain(&self, name: &str) -> &'static DomainDef {
        let spec = self.domains.iter().find(|domain| domain.name == name);
        let (kind, checked) = spec.map_or((DomainBase::Short, 0), |spec| (spec.base, spec.checked));
        let (scalar, checks) = match kind {
            DomainBase::Short => (ScalarType::Varchar(Some(100)), &AT_LEAST),
            DomainBase::Long => (ScalarType::Varchar(Some(200)), &AT_LEAST),
            DomainBase::Number => (ScalarType::Integer, &NUMBER_AT_LEAST),
        };
        let base = SqlType::Scalar(scalar);
        let schema = spec.and_then(|spec| spec.schema);
        let domain = DomainDef::new(TableName::new(schema, text(name)), base);
        Box::leak(Box::new(domain.checks(&checks[..checked.min(2)])))
    }

    fn grant(&self, spec: &GrantSpec) -> GrantDef {
        let privileges = vec![PrivilegeDef::new(spec.privilege)].leak();
        let on = match &spec.on {
            Some(table) => GrantOn::Relations(vec![self.table_name(table)].leak()),
            None => GrantOn::Tables,
        };
        let grant = GrantDef::new(privileges, on, "random_reader");
        if spec.future { grant.future() } else { grant }
    }
}

impl TableSpec {
    fn ownership(&self) -> Ownership {
        if self.scoped {
            Ownership::Scope("user_id")
        } else {
            Ownership::Shared
        }
    }

    /// A table without partitions takes no row.
    pub(crate) fn takes_rows(&self) -> bool {
        self.partitions != Some(0)
    }

    /// The columns that the table has beside those of its description, with a value each.
    pub(crate) fn own_values(&self) -> Vec<(&'static str, &'static str)> {
        let mut values = vec![("id", "1")];
        values.extend(self.scoped.then_some(("user_id", "1")));
        values.extend(self.partitions.map(|_| ("day", "'2026-01-15'")));
        values
    }

    pub(crate) fn is_reference(&self, column: &str) -> bool {
        self.references
            .iter()
            .any(|reference| reference.column == column && reference.target_column == "id")
    }

    /// Whether the table has the column of the schema before, with the same type.
    pub(crate) fn keeps(&self, old: &ColumnSpec) -> bool {
        let mut columns = self.columns.iter();
        let renamed = columns.find(|column| column.renamed_from.as_ref() == Some(&old.name));
        let mut columns = self.columns.iter();
        let found = renamed.or_else(|| columns.find(|column| column.name == old.name));
        found.is_some_and(|column| column.kind == old.kind)
    }

    /// The columns that a B-tree can order.
    fn ordered(&self) -> Vec<String> {
        self.columns
            .iter()
            .map(|column| column.name.clone())
            .collect()
    }

    /// The column's computed ones go with it, and what stands on those.
    fn forget_with_computed(&mut self, column: &str) {
        self.forget(column);
        let is_of = |other: &ColumnSpec| other.kind == Kind::Computed(column.to_owned());
        let computed: Vec<_> = self
            .columns
            .iter()
            .filter(|other| is_of(other))
            .map(|other| other.name.clone())
            .collect();
        for name in &computed {
            self.forget(name);
        }
        self.columns
            .retain(|column| !computed.contains(&column.name));
    }

    fn forget(&mut self, column: &str) {
        self.uniques
            .retain(|(_, columns)| !columns.iter().any(|name| name == column));
        self.checks.retain(|(_, name)| name != column);
        self.indexes
            .retain(|index| !index.columns.iter().any(|(name, _)| name == column));
        self.references
            .retain(|reference| reference.column != column);
        self.policy = self.policy.take().filter(|name| name != column);
        self.key = self.key.take().filter(|name| name != column);
        let searched = |search: &SearchSpec| search.columns.iter().any(|name| name == column);
        self.search = self.search.take().filter(|search| !searched(search));
    }
}

fn rename_if(name: &mut String, from: &str, to: &str) {
    if name == from {
        to.clone_into(name);
    }
}

fn text(text: &str) -> &'static str {
    text.to_owned().leak()
}

fn names(names: &[String]) -> &'static [&'static str] {
    names
        .iter()
        .map(|name| text(name))
        .collect::<Vec<_>>()
        .leak()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn enum_def(
    name: &str,
    labels: &[&'static str],
    native: bool,
    renamed: Option<(&'static str, &'static str)>,
) -> &'static EnumDef {
    let label = |label: &&'static str| match renamed {
        Some((from, to)) if to == *label => LabelDef::new(label).renamed_from(from),
        _ => LabelDef::new(label),
    };
    let labels: Vec<_> = labels.iter().map(label).collect();
    Box::leak(Box::new(EnumDef {
        schema: None,
        name: text(name),
        native,
        comment: None,
        labels: labels.leak(),
    }))
}

/// Not null, or two: what holds for every type.
fn check(name: &str, column: &str) -> CheckDef {
    let column = text(column);
    let operand: &'static Expr = Box::leak(Box::new(Expr::Column(column)));
    let is_null = Box::leak(Box::new(Expr::IsNull {
        operand,
        negated: false,
    }));
    let large: &'static Expr = Box::leak(Box::new(Expr::Binary(
        BinaryOp::Gt,
        &Expr::Column("id"),
        &Expr::Number("-5"),
    )));
    let condition = Expr::Binary(BinaryOp::Or, is_null, large);
    let check = CheckDef::new(vec![column].leak(), condition);
    if name.is_empty() {
        check
    } else {
        check.name(text(name))
    }
}

fn index(spec: &IndexSpec) -> IndexDef {
    let parts: Vec<_> = spec
        .columns
        .iter()
        .map(|(column, descending)| {
            let part = IndexPart::column(text(column));
            let part = if spec.kind == IndexKind::Trigrams {
                part.operator_class("gin_trgm_ops")
            } else {
                part
            };
            if *descending { part.desc() } else { part }
        })
        .collect();
    let mut index = IndexDef::new(parts.leak()).name(text(&spec.name));
    if spec.unique {
        index = index.unique();
    }
    if spec.kind == IndexKind::Hash {
        index = index.method(IndexMethod::Hash);
    }
    if spec.kind == IndexKind::Trigrams {
        index = index.method(IndexMethod::Gin);
    }
    if spec.partial {
        let operand: &'static Expr = Box::leak(Box::new(Expr::Column(text(&spec.columns[0].0))));
        index = index.filter(Expr::IsNull {
            operand,
            negated: true,
        });
    }
    index
}

fn to_user() -> ForeignKeyDef {
    let reference = Reference {
        table: TableName::new(None, "users"),
        ownership: Ownership::Owner,
        column: "id",
        def: || &USERS,
    };
    ForeignKeyDef::new(&["user_id"], vec![reference].leak(), Action::Cascade)
}

/// Whose rows the scoped tables hold.
static USERS: TableDef = TableDef::new(
    TableName::new(None, "users"),
    Ownership::Owner,
    &[ColumnDef::new::<i64>("id")],
    PrimaryKeyDef::new(&["id"]),
)
.allow(ALLOWED);

/// The rules about what is good, which a random schema is not.
const ALLOWED: &[&str] = &[
    "uuid_key",
    "unlisted_reference",
    "unscoped_reference",
    "cascade_from_shared",
    "unindexed_shared_reference",
    "index_not_leakproof",
];

/// Somebody who is given rights.
const READER: &[RoleDef] = &[RoleDef::new("random_reader")];

/// Months of 2026, from January on.
fn partitions(table: &str, count: usize) -> &'static [PartitionDef] {
    const MONTHS: [&str; 5] = [
        "2026-01-01",
        "2026-02-01",
        "2026-03-01",
        "2026-04-01",
        "2026-05-01",
    ];
    let months = MONTHS.windows(2).zip(1..).take(count);
    let partitions = months.map(|(month, number)| {
        let bound = |day: &'static str| vec![Expr::Text(day)].leak();
        let name = format!("{table}_part_{number}");
        PartitionDef::new(
            text(&name),
            PartitionBound::Range(bound(month[0]), bound(month[1])),
        )
    });
    partitions.collect::<Vec<_>>().leak()
}

static NOTHING: TableDef = TableDef::incomplete(TableName::new(None, "nothing"), Ownership::Shared);

fn policy(column: &str) -> PolicyDef {
    let operand: &'static Expr = Box::leak(Box::new(Expr::Column(text(column))));
    PolicyDef::new("by_hand", PolicyCommand::Select).using(Expr::IsNull {
        operand,
        negated: true,
    })
}

macro_rules! routines {
    ($($name:ident $body:ident $text:literal;)*) => {
        $(fn $body() -> &'static RoutineDef {
            static DEF: RoutineDef = RoutineDef::function(
                TableName::new(None, stringify!($name)),
                &[],
                Returns::Trigger,
                Language::PlPgSql,
                $text,
            );
            &DEF
        })*
        /// The functions: three, each with three bodies.
        const ROUTINES: &[fn() -> &'static RoutineDef] = &[$($body),*];
    };
}

routines! {
    touch_a touch_a_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_a touch_a_2 "BEGIN\n    -- It's another one.\n    RETURN NEW;\nEND";
    touch_a touch_a_3 "BEGIN RETURN NEW; END";
    touch_b touch_b_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_b touch_b_2 "BEGIN\n    RETURN OLD;\nEND";
    touch_b touch_b_3 "BEGIN RETURN NULL; END";
    touch_c touch_c_1 "BEGIN\n    RETURN NEW;\nEND";
    touch_c touch_c_2 "BEGIN\n    RETURN OLD;\nEND";
    touch_c touch_c_3 "BEGIN RETURN NULL; END";
}

fn function(spec: &RoutineSpec) -> fn() -> &'static RoutineDef {
    ROUTINES[spec.name * 3 + spec.body]
}

fn trigger(spec: &RoutineSpec) -> TriggerDef {
    TriggerDef::new(
        "touched",
        TriggerTiming::Before,
        &[TriggerEvent::Insert],
        function(spec),
    )
}

/// The value of a domain, measured.
const LENGTH: Expr = Expr::Call("length", &[Expr::Column("value")]);

/// What the value of a domain has at least.
const AT_LEAST: [DomainCheckDef; 2] = [
    DomainCheckDef {
        name: None,
        condition: Expr::Binary(BinaryOp::Ge, &LENGTH, &Expr::Number("1")),
    },
    DomainCheckDef {
        name: Some("two"),
        condition: Expr::Binary(BinaryOp::Ge, &LENGTH, &Expr::Number("2")),
    },
];

/// The same of a number.
const NUMBER_AT_LEAST: [DomainCheckDef; 2] = [
    DomainCheckDef {
        name: None,
        condition: Expr::Binary(BinaryOp::Ge, &Expr::Column("value"), &Expr::Number("1")),
    },
    DomainCheckDef {
        name: Some("two"),
        condition: Expr::Binary(BinaryOp::Ge, &Expr::Column("value"), &Expr::Number("2")),
    },
];
