//! Domains.

use squawk_syntax::ast::{AlterDomainAction, AstNode as _, Constraint, DomainQualifier, Stmt};

use crate::findings::{At, Findings};
use crate::parts;
use crate::rule::{LintRule, ReportedBy};
use freehold_schema_migrate::plan::HazardKind;

pub(super) static CK08: LintRule = LintRule::warning(
    "CK08",
    "domain_constraint",
    "a domain gets a constraint",
)
.why("PostgreSQL reads every table with a column of the domain, and blocks its writers. A check of a new domain can later only be changed in this way.")
.instead("`ADD CONSTRAINT .. NOT VALID`, and `VALIDATE CONSTRAINT` in another migration; or a check on the table")
.reported_by(ReportedBy::Hazard(&[HazardKind::BlockingLock]));

pub(super) fn check(at: &At<'_>, found: &mut Findings) {
    let message =
        "PostgreSQL reads every table with a column of the domain, and blocks its writers";
    match at.tree {
        Stmt::AlterDomain(alter) => match alter.action() {
            Some(AlterDomainAction::AddConstraint(add))
                if add.constraint().is_some_and(|it| !parts::is_not_valid(&it)) =>
            {
                found.add(at.find(&CK08, add.syntax(), message));
            }
            Some(AlterDomainAction::SetNotNull(it)) => {
                found.add(at.find(&CK08, it.syntax(), message));
            }
            _ => {}
        },
        Stmt::CreateDomain(domain) => {
            let mut qualifiers = domain.domain_qualifiers();
            let check = qualifiers.find(|it| {
                matches!(
                    it,
                    DomainQualifier::Constraint(Constraint::CheckConstraint(_))
                )
            });
            // A generated file creates domains that the structs declare.
            let is_generated = at.source.header.is_generated();
            if let Some(check) = check.filter(|_| !is_generated) {
                let message = "a later change reads every table with a column of the domain";
                found.add(at.find(&CK08, check.syntax(), message));
            }
        }
        _ => {}
    }
}
