//! Each rule: statements that it must find, with their lines, and statements that it must not find.

mod locks;
mod objects;
mod security;
mod words;

use freehold::lint::RULES;

use crate::{TestResult, everything, findings};

struct Case {
    rule: &'static str,
    found: &'static [(&'static str, usize)],
    not_found: &'static [&'static str],
}

const fn case(
    rule: &'static str,
    found: &'static [(&'static str, usize)],
    not_found: &'static [&'static str],
) -> Case {
    Case {
        rule,
        found,
        not_found,
    }
}

const NEW: &str = "CREATE TABLE fresh (id bigint PRIMARY KEY, n integer, user_id bigint);\n";

fn cases() -> impl Iterator<Item = &'static Case> {
    let families = [locks::CASES, objects::CASES, security::CASES, words::CASES];
    families.into_iter().flatten()
}

/// A file before each case creates the table `fresh`.
fn of_rule(rule: &str, sql: &str) -> Result<Vec<usize>, Box<dyn std::error::Error>> {
    let findings = findings(&[NEW, sql], &everything())?;
    let of_file = findings
        .iter()
        .filter(|it| it.path.ends_with("3_it.up.sql"));
    let of_rule = of_file.filter(|it| it.rule.id == rule);
    Ok(of_rule.map(|it| it.line).collect())
}

#[test]
fn a_rule_finds_its_mistakes() -> TestResult {
    for case in cases() {
        for (sql, line) in case.found {
            let found = of_rule(case.rule, sql)?;
            assert!(
                found.contains(line),
                "{} is not found in line {line}, but in {found:?}: {sql}",
                case.rule
            );
        }
    }
    Ok(())
}

#[test]
fn a_rule_finds_nothing_else() -> TestResult {
    for case in cases() {
        for sql in case.not_found {
            let found = of_rule(case.rule, sql)?;
            assert!(
                found.is_empty(),
                "{} is found in line {found:?}: {sql}",
                case.rule
            );
        }
    }
    Ok(())
}

#[test]
fn every_case_can_be_parsed() -> TestResult {
    for case in cases().filter(|case| case.rule != "HX07") {
        let found = case.found.iter().map(|(sql, _)| sql);
        for sql in found.chain(case.not_found) {
            assert_eq!(of_rule("HX07", sql)?, [0_usize; 0], "{sql}");
        }
    }
    Ok(())
}

#[test]
fn every_rule_has_a_case() {
    // These are about comments and files, and have tests of their own.
    const OTHERS: [&str; 2] = ["HX05", "HX06"];
    for rule in RULES {
        let has = cases().any(|case| {
            case.rule == rule.id && !case.found.is_empty() && !case.not_found.is_empty()
        });
        assert!(has || OTHERS.contains(&rule.id), "{} has no case", rule.id);
    }
}

#[test]
fn ids_are_unique_and_every_text_is_written() {
    for (index, rule) in RULES.iter().enumerate() {
        assert!(
            !RULES[..index]
                .iter()
                .any(|it| it.id == rule.id || it.name == rule.name),
            "{}",
            rule.id
        );
        for text in [rule.summary, rule.why, rule.instead] {
            assert!(!text.is_empty(), "{} does not say all", rule.id);
        }
    }
}
