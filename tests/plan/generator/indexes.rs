//! Indexes.

use freehold::model::{Expr, IndexDef, IndexMethod, IndexPart, ScalarType};

use super::Spec;
use super::columns::Kind;
use super::hand::Hand;
use super::tables::TableSpec;
use super::words::text;
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct IndexSpec {
    pub(super) name: String,
    pub(super) columns: Vec<(String, bool)>,
    pub(super) unique: bool,
    pub(super) partial: bool,
    pub(super) kind: IndexKind,
    pub(super) first: First,
    pub(super) hand: Option<Hand>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum IndexKind {
    Ordered,
    Hash,
    /// Over the trigrams of a text.
    Trigrams,
}

/// The first part of an index, if its column allows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum First {
    Column,
    /// With the default operator class of the type, written out.
    DefaultClass,
    Pattern,
    Collated(&'static str),
    Lower,
    /// Two concatenated texts, perhaps with a collation.
    Joined(Option<&'static str>),
}

const FIRSTS: &[First] = &[
    First::Column,
    First::Column,
    First::DefaultClass,
    First::DefaultClass,
    First::Pattern,
    First::Collated("C"),
    First::Collated("default"),
    First::Lower,
    First::Joined(None),
    First::Joined(Some("POSIX")),
];

impl Spec {
    pub(super) fn add_index(&mut self, random: &mut Random) {
        let name = self.name("idx");
        self.with_table(random, move |table, random| {
            let ordered = table.ordered();
            if ordered.is_empty() {
                return;
            }
            let mut columns = any_columns(&ordered, random);
            let hash = columns.len() == 1 && !columns[0].1 && random.one_in(4);
            let unique = !hash && random.one_in(4);
            if unique && table.partitions.is_some() {
                columns.push(("day".to_owned(), false));
            }
            // Sometimes the new index has the name of an existing one and replaces it.
            table.indexes.truncate(if random.one_in(4) { 0 } else { 9 });
            table.indexes.push(IndexSpec {
                name: if random.one_in(3) {
                    format!("idx_of_{}", table.name)
                } else {
                    name.clone()
                },
                columns,
                first: *random.pick(FIRSTS),
                hand: Hand::maybe(random),
                unique,
                partial: random.one_in(4),
                kind: if hash {
                    IndexKind::Hash
                } else {
                    IndexKind::Ordered
                },
            });
            table.forget_doubles();
        });
    }
}

/// One or two columns, each with whether it is descending.
fn any_columns(ordered: &[String], random: &mut Random) -> Vec<(String, bool)> {
    let mut columns = vec![(random.pick(ordered).clone(), random.one_in(3))];
    let second = random.pick(ordered).clone();
    if random.one_in(2) && columns[0].0 != second {
        columns.push((second, false));
    }
    columns
}

impl TableSpec {
    /// Keeps the first index of each name, and no index with the name of a unique constraint.
    fn forget_doubles(&mut self) {
        let uniques = self.uniques.iter();
        let mut seen: Vec<_> = uniques.map(|(name, _)| name.clone()).collect();
        self.indexes.retain(|index| {
            let is_new = !seen.contains(&index.name);
            seen.push(index.name.clone());
            is_new
        });
    }

    pub(super) fn index_defs(&self, spec: &Spec) -> &'static [IndexDef] {
        let index = |own| index(spec, self, own);
        self.indexes.iter().map(index).collect::<Vec<_>>().leak()
    }
}

fn index(all: &Spec, table: &TableSpec, spec: &IndexSpec) -> IndexDef {
    let parts: Vec<_> = spec
        .columns
        .iter()
        .enumerate()
        .map(|(place, (column, descending))| {
            let part = if place == 0 {
                spec.first_part(table)
            } else {
                IndexPart::column(text(column))
            };
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
        index = index.filter(all.condition_of(table, &spec.columns[0].0, spec.hand));
    }
    index
}

impl IndexSpec {
    fn first_part(&self, table: &TableSpec) -> IndexPart {
        let column = &self.columns[0].0;
        let plain = IndexPart::column(text(column));
        let mut columns = table.columns.iter();
        let Some(found) = columns.find(|own| own.name == *column) else {
            return plain;
        };
        if self.kind == IndexKind::Trigrams {
            return plain;
        }
        let is_text = super::search::is_text(found);
        let hand = self.hand.unwrap_or_default();
        match self.first {
            First::DefaultClass => match Spec::class_of(&found.kind) {
                Some(class) => plain.operator_class(class),
                None => plain,
            },
            First::Pattern if is_text => plain.operator_class("text_pattern_ops"),
            First::Collated(collation) if is_text => plain.collation(collation),
            First::Lower if is_text => IndexPart::new(Expr::Sql(text(&lower(column, hand)))),
            First::Joined(collation) if is_text => {
                let part = IndexPart::new(Expr::Sql(text(&joined(column, hand))));
                collation.map_or(part, |collation| part.collation(collation))
            }
            _ => plain,
        }
    }
}

fn lower(column: &str, hand: Hand) -> String {
    let (name, end) = (hand.name(column), hand.last_remark());
    format!("lower{}({name}{}){end}", hand.remark(1), hand.remark(2))
}

fn joined(column: &str, hand: Hand) -> String {
    let (name, more) = (hand.name(column), hand.odd_text());
    format!("({name}{}|| {more}){}", hand.remark(1), hand.last_remark())
}

impl Spec {
    /// The default operator class that a B-tree and a hash have for the type.
    fn class_of(kind: &Kind) -> Option<&'static str> {
        Some(match kind {
            Kind::Scalar(scalar) => class_of_scalar(*scalar)?,
            Kind::TextEnum(_) => "text_ops",
            Kind::Array(_) | Kind::Enums(_) | Kind::Domains(_) => "array_ops",
            Kind::Enum(_) => "enum_ops",
            Kind::Counted(_) => "int8_ops",
            Kind::Serial | Kind::Computed(_) => "int4_ops",
            // The base of a domain may change after the index is created.
            Kind::Domain(_) | Kind::Sql(..) => return None,
        })
    }
}

fn class_of_scalar(scalar: ScalarType) -> Option<&'static str> {
    Some(match scalar {
        ScalarType::Boolean => "bool_ops",
        ScalarType::SmallInt => "int2_ops",
        ScalarType::Integer => "int4_ops",
        ScalarType::BigInt => "int8_ops",
        ScalarType::Real => "float4_ops",
        ScalarType::DoublePrecision => "float8_ops",
        ScalarType::Numeric(_) => "numeric_ops",
        ScalarType::Text | ScalarType::Varchar(_) => "text_ops",
        ScalarType::Char(_) => "bpchar_ops",
        ScalarType::Bytea => "bytea_ops",
        ScalarType::Uuid => "uuid_ops",
        ScalarType::Date => "date_ops",
        ScalarType::Time => "time_ops",
        ScalarType::Timestamp => "timestamp_ops",
        ScalarType::TimestampTz => "timestamptz_ops",
        ScalarType::Interval => "interval_ops",
        ScalarType::Jsonb => "jsonb_ops",
        ScalarType::Inet | ScalarType::Cidr => "inet_ops",
        _ => return None,
    })
}
