//! Domains, and what their values have to be.

use freehold::model::{BinaryOp, DomainCheckDef, DomainDef, Expr, ScalarType, SqlType, TableName};

use super::columns::Kind;
use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct DomainSpec {
    pub(super) name: String,
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

impl Spec {
    pub(super) fn change_domains(&mut self, random: &mut Random) {
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

    /// The value of a domain.
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
        let domain = DomainDef::new(TableName::new(schema, text(name)), base);
        Box::leak(Box::new(domain.checks(&checks[..checked.min(2)])))
    }
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
