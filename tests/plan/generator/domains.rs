//! Domains and their checks.

use freehold::model::{BinaryOp, DomainCheckDef, DomainDef, Expr, ScalarType, SqlType, TableName};

use super::columns::Kind;
use super::hand::Hand;
use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct DomainSpec {
    /// The name that the columns use.
    pub(super) name: String,
    /// The name in the database.
    called: String,
    schema: Option<&'static str>,
    base: DomainBase,
    checked: usize,
    /// The style of an additional check.
    hand: Option<Hand>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum DomainBase {
    Short,
    Long,
    Number,
}

impl Spec {
    pub(super) fn change_domains(&mut self, random: &mut Random) {
        let index = random.below(self.domains.len());
        match self.domains.get_mut(index) {
            Some(domain) if random.one_in(2) => domain.change(random),
            _ => self.add_domain(random),
        }
    }

    fn add_domain(&mut self, random: &mut Random) {
        let name = self.name("domain");
        let taken = self.domains.iter();
        let taken: Vec<_> = taken.map(|own| (own.schema, &own.called)).collect();
        let shared = namespaces::shared(&taken, random).filter(|_| random.one_in(3));
        let (schema, called) = shared.unwrap_or_else(|| (namespaces::any(random), name.clone()));
        self.domains.push(DomainSpec {
            name,
            called,
            schema,
            base: DomainBase::Short,
            checked: 1,
            hand: Hand::maybe(random),
        });
        // A domain exists only if a column uses it.
        let mut column = self.column(random);
        if let Some(domain) = self.domains.last() {
            column.kind = Kind::Domain(domain.name.clone());
        }
        if let Some(table) = self.any_table(random) {
            table.columns.push(column);
        }
    }

    /// Changes the domain.
    pub(super) fn change_domain(&mut self, name: &str, random: &mut Random) {
        let domains = self.domains.iter_mut();
        for domain in domains.filter(|domain| domain.name == name) {
            domain.change(random);
        }
    }

    /// A value of the domain.
    pub(crate) fn domain_sample(&self, name: &str) -> &'static str {
        let mut domains = self.domains.iter();
        let is_number =
            domains.any(|domain| domain.name == name && domain.base == DomainBase::Number);
        if is_number { "7" } else { "word" }
    }

    pub(super) fn domain_default(&self, name: &str) -> Expr {
        match self.domain_sample(name) {
            "7" => Expr::Number("7"),
            word => Expr::Text(word),
        }
    }

    pub(super) fn domain(&self, name: &str) -> &'static DomainDef {
        let spec = self.domains.iter().find(|domain| domain.name == name);
        let (kind, checked) = spec.map_or((DomainBase::Short, 0), |spec| (spec.base, spec.checked));
        let (scalar, checks) = match kind {
            DomainBase::Short => (ScalarType::Varchar(Some(100)), &AT_LEAST),
            DomainBase::Long => (ScalarType::Varchar(Some(200)), &AT_LEAST),
            DomainBase::Number => (ScalarType::Integer, &NUMBER_AT_LEAST),
        };
        let base = SqlType::Scalar(scalar);
        let schema = spec.and_then(|spec| spec.schema);
        let called = spec.map_or(name, |spec| &spec.called);
        let domain = DomainDef::new(TableName::new(schema, text(called)), base);
        let mut checks = checks[..checked.min(2)].to_vec();
        let hand = spec.and_then(|spec| spec.hand);
        checks.extend(hand.map(|hand| written(hand, kind)));
        Box::leak(Box::new(domain.checks(checks.leak())))
    }
}

impl DomainSpec {
    fn change(&mut self, random: &mut Random) {
        if random.one_in(3) {
            self.hand = Hand::maybe(random);
        } else if random.one_in(2) {
            let bases = [DomainBase::Short, DomainBase::Long, DomainBase::Number];
            self.base = *random.pick(&bases);
        } else {
            self.checked = random.below(3);
        }
    }
}

/// A check that is written as SQL.
fn written(hand: Hand, base: DomainBase) -> DomainCheckDef {
    let (value, remark, end) = (hand.name("value"), hand.remark(1), hand.last_remark());
    let value = value.trim_matches('"');
    let sql = match base {
        DomainBase::Number => format!("{value}{remark}> 0{end}"),
        _ => format!("{value}{remark}<> {}{end}", hand.odd_text()),
    };
    DomainCheckDef {
        name: Some("by_hand"),
        condition: Expr::Sql(text(&sql)),
    }
}

/// The length of a domain's value.
const LENGTH: Expr = Expr::Call("length", &[Expr::Column("value")]);

/// Lower limits of a domain's value.
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

/// Lower limits of a number.
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
