//! Columns: their types, and how they are added, changed and dropped.

use freehold::model::{ColumnDef, Expr, Identity, ScalarType, SqlType};

use super::Spec;
use super::enums::{LabelRenames, enum_def};
use super::hand::Hand;
use super::tables::TableSpec;
use super::values::{LABELS, SCALARS, WRITTEN, default_of};
use super::words::text;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(crate) struct ColumnSpec {
    pub(crate) name: String,
    pub(super) renamed_from: Option<String>,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
    pub(super) default: bool,
    /// The style of the default, or of the expression of a computed column, if it is SQL.
    pub(super) hand: Option<Hand>,
    /// Renamed labels of a text enum.
    pub(super) renamed_labels: LabelRenames,
    pub(super) comment: Option<String>,
}

/// Names that columns of several tables have. Some of them are also names of types.
const COMMON: &[&str] = &["note", "Note", "date", "text", "name", "value"];

/// The content of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Scalar(ScalarType),
    Array(ScalarType),
    /// A native enum, by its name.
    Enum(String),
    Enums(String),
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

impl Spec {
    fn kind(&mut self, random: &mut Random) -> Kind {
        match random.below(12) {
            0 => Kind::Array(*random.pick(&[
                ScalarType::Text,
                ScalarType::Integer,
                ScalarType::Uuid,
            ])),
            1 if !self.enums.is_empty() => {
                let name = random.pick(&self.enums).name.clone();
                if random.one_in(4) {
                    Kind::Enums(name)
                } else {
                    Kind::Enum(name)
                }
            }
            5 if !self.domains.is_empty() => {
                let name = random.pick(&self.domains).name.clone();
                if random.one_in(4) {
                    Kind::Domains(name)
                } else {
                    Kind::Domain(name)
                }
            }
            // Creating an extension takes longer than everything else.
            7 if random.one_in(20) => Kind::Scalar(ScalarType::Citext),
            6 if random.one_in(3) => {
                let (sql, value) = *random.pick(WRITTEN);
                Kind::Sql(sql, value)
            }
            2 => Kind::TextEnum(LABELS[..=random.below(4)].to_vec()),
            3 if random.one_in(3) => {
                Kind::Counted(*random.pick(&[Identity::Always, Identity::ByDefault]))
            }
            4 if random.one_in(3) => Kind::Serial,
            _ => Kind::Scalar(*random.pick(SCALARS)),
        }
    }

    pub(super) fn column(&mut self, random: &mut Random) -> ColumnSpec {
        let kind = self.kind(random);
        let counted = matches!(kind, Kind::Counted(_) | Kind::Serial);
        ColumnSpec {
            name: self.name("column"),
            renamed_from: None,
            nullable: !counted && random.one_in(2),
            default: random.one_in(3),
            hand: Hand::maybe(random),
            renamed_labels: Vec::new(),
            kind,
            comment: random.one_in(4).then(|| "It's a comment.".to_owned()),
        }
    }

    pub(super) fn add_column(&mut self, random: &mut Random) {
        let column = self.column(random);
        if let Some(table) = self.any_table(random) {
            table.add(column, random);
        }
    }

    pub(super) fn drop_column(&mut self, random: &mut Random) {
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

    /// Objects over the old type are dropped: it is not known whether they fit the new type.
    pub(super) fn change_type(&mut self, random: &mut Random) {
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
        column.renamed_labels.clear();
        if stays_text {
            return;
        }
        if matches!(column.kind, Kind::Counted(_) | Kind::Serial) {
            column.nullable = false;
        }
        let name = column.name.clone();
        table.forget_with_computed(&name);
    }

    pub(super) fn change_null(&mut self, random: &mut Random) {
        self.with_column(random, |column, _| {
            let counted = matches!(column.kind, Kind::Counted(_) | Kind::Serial);
            column.nullable = !column.nullable && !counted;
        });
    }

    pub(super) fn change_column_comment(&mut self, random: &mut Random) {
        self.with_column(random, |column, random| {
            column.comment = random
                .one_in(2)
                .then(|| format!("Comment {}.", random.below(9)));
        });
    }

    pub(super) fn add_computed(&mut self, random: &mut Random) {
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
                    hand: Hand::maybe(random),
                    renamed_labels: Vec::new(),
                    comment: None,
                });
            }
        });
    }

    pub(super) fn column_def(&self, table: &TableSpec, spec: &ColumnSpec) -> ColumnDef {
        let mut column = ColumnDef::new::<Option<String>>(text(&spec.name));
        column.nullable = spec.nullable && table.key.as_ref() != Some(&spec.name);
        column.renamed_from = spec.renamed_from.as_ref().map(|from| text(from));
        column.comment = spec.comment.as_ref().map(|comment| text(comment));
        column.sql_type = self.sql_type(&spec.kind);
        if let Kind::TextEnum(labels) = &spec.kind {
            column.sql_enum = Some(enum_def("text_enum", labels, false, &spec.renamed_labels));
        }
        self.with_value(column, spec)
    }

    pub(super) fn sql_type(&self, kind: &Kind) -> SqlType {
        match kind {
            Kind::Scalar(scalar) => SqlType::Scalar(*scalar),
            Kind::Array(scalar) => SqlType::Array(Box::leak(Box::new(SqlType::Scalar(*scalar)))),
            Kind::Enum(name) => self.enum_type(name),
            Kind::Enums(name) => SqlType::Array(Box::leak(Box::new(self.enum_type(name)))),
            Kind::TextEnum(_) => SqlType::Scalar(ScalarType::Text),
            Kind::Counted(_) => SqlType::Scalar(ScalarType::BigInt),
            Kind::Serial | Kind::Computed(_) => SqlType::Scalar(ScalarType::Integer),
            Kind::Domain(name) => SqlType::Domain(self.domain(name)),
            Kind::Domains(name) => {
                SqlType::Array(Box::leak(Box::new(SqlType::Domain(self.domain(name)))))
            }
            Kind::Sql(sql, _) => SqlType::Sql(sql),
        }
    }

    /// The column with its default or its expression.
    fn with_value(&self, column: ColumnDef, spec: &ColumnSpec) -> ColumnDef {
        match &spec.kind {
            Kind::Counted(_) | Kind::Serial | Kind::Computed(_) => {
                self.with_own_value(column, spec)
            }
            kind => match spec.hand.filter(|_| spec.default) {
                Some(hand) => self.written_default(column, kind, hand),
                None => self.with_own_value(column, spec),
            },
        }
    }

    fn with_own_value(&self, column: ColumnDef, spec: &ColumnSpec) -> ColumnDef {
        match &spec.kind {
            Kind::Counted(identity) => column.identity::<i64>(*identity),
            Kind::Serial => column.serial::<i32>(),
            Kind::Computed(of) => column.generated(length(of, spec.hand)),
            Kind::Enum(name) if spec.default => {
                column.default(Expr::Text(self.first_label(name).unwrap_or_default()))
            }
            Kind::Enums(name) if spec.default => {
                let label = self.first_label(name).unwrap_or_default();
                column.default(Expr::Text(text(&format!("{{\"{label}\"}}"))))
            }
            Kind::Domain(name) if spec.default => column.default(self.domain_default(name)),
            kind if spec.default => match default_of(kind) {
                Some(expr) => column.default(expr),
                None => column,
            },
            _ => column,
        }
    }
}

impl TableSpec {
    /// Adds the column, sometimes with a name that a column of another table has too.
    pub(super) fn add(&mut self, mut column: ColumnSpec, random: &mut Random) {
        let common = *random.pick(COMMON);
        let is_free = self.columns.iter().all(|other| other.name != common);
        if is_free && random.one_in(3) {
            common.clone_into(&mut column.name);
        }
        self.columns.push(column);
    }
}

/// The length of the text in a column, in SQL perhaps with another text appended.
fn length(of: &str, hand: Option<Hand>) -> Expr {
    match hand {
        Some(hand) => {
            let (name, end) = (hand.name(of), hand.last_remark());
            let (remark, more) = (hand.remark(2), hand.odd_text());
            Expr::Sql(text(&format!(
                "length{remark}({name}{remark}|| {more}){end}"
            )))
        }
        None => {
            let of = Box::leak(Box::new([Expr::Column(text(of))]));
            Expr::Call("length", of)
        }
    }
}
