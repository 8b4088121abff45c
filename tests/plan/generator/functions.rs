//! Functions that take and return values of the schema's own types.

use freehold::model::{ArgumentDef, Expr, Language, Returns, RoutineDef, ScalarType, SqlType};

use super::columns::Kind;
use super::hand::Hand;
use super::namespaces::Relation;
use super::questions::Question;
use super::words::text;
use super::{Spec, namespaces};
use crate::random::Random;

#[derive(Clone, Debug)]
pub(super) struct FunctionSpec {
    relation: Relation,
    takes: Vec<Kind>,
    gives: Gives,
    language: Language,
    /// Whether the last argument has a default.
    default: bool,
    /// Whether the body contains a label.
    says_label: bool,
    restricted: bool,
    /// The style of the body.
    hand: Option<Hand>,
    /// The table that the body reads, and the condition on it.
    reads: Option<(Relation, Question)>,
}

#[derive(Clone, Copy, Debug)]
enum Gives {
    Value,
    SetOf,
    Table,
}

impl Spec {
    pub(super) fn change_functions(&mut self, random: &mut Random) {
        let index = random.below(self.functions.len());
        let takes = self.takes(random);
        let reads = self.any_reads(random);
        match self.functions.get_mut(index) {
            Some(_) if random.one_in(5) => drop(self.functions.remove(index)),
            Some(function) if random.one_in(6) => function.reads = reads,
            Some(function) if random.one_in(2) => function.change(takes, random),
            _ => self.add_function(takes, random),
        }
        self.forget_same_functions();
    }

    /// Changes a type that a function takes.
    pub(super) fn change_taken_type(&mut self, random: &mut Random) {
        let functions = self.functions.get(random.below(self.functions.len()));
        let takes = functions.map_or(&[][..], |function| &function.takes);
        match takes.get(random.below(takes.len())).cloned() {
            Some(Kind::Enum(name) | Kind::Enums(name)) => self.change_labels(&name, random),
            Some(Kind::Domain(name) | Kind::Domains(name)) => self.change_domain(&name, random),
            _ => {}
        }
    }

    fn add_function(&mut self, takes: Vec<Kind>, random: &mut Random) {
        let own = Relation {
            schema: namespaces::any(random),
            name: self.name("function"),
        };
        // A second function with the same name takes other types.
        let other = self.functions.get(random.below(self.functions.len()));
        let other = other.filter(|_| random.one_in(4));
        let relation = other.map_or(own, |other| other.relation.clone());
        self.functions.push(FunctionSpec {
            relation,
            takes,
            gives: any_gives(random),
            language: any_language(random),
            default: random.one_in(4),
            says_label: random.one_in(2),
            restricted: random.one_in(4),
            hand: Hand::maybe(random),
            reads: self.any_reads(random),
        });
    }

    fn any_reads(&self, random: &mut Random) -> Option<(Relation, Question)> {
        let table = self.tables.get(random.below(self.tables.len()))?;
        Some((table.relation(), self.any_question(random)?))
    }

    /// One or two types, usually types that the schema defines.
    fn takes(&self, random: &mut Random) -> Vec<Kind> {
        let count = 1 + random.below(2);
        (0..count).map(|_| self.own_kind(random)).collect()
    }

    fn own_kind(&self, random: &mut Random) -> Kind {
        let enums = self.enums.get(random.below(self.enums.len()));
        let domains = self.domains.get(random.below(self.domains.len()));
        match (random.below(8), enums, domains) {
            (0 | 1, Some(own), _) => Kind::Enum(own.name.clone()),
            (2, Some(own), _) => Kind::Enums(own.name.clone()),
            (3..=5, _, Some(own)) => Kind::Domain(own.name.clone()),
            (6, _, Some(own)) => Kind::Domains(own.name.clone()),
            _ => Kind::Scalar(ScalarType::Text),
        }
    }

    fn forget_same_functions(&mut self) {
        let mut seen = Vec::new();
        self.functions.retain(|function| {
            let own = (function.relation.clone(), function.takes.clone());
            let is_new = !seen.contains(&own);
            seen.push(own);
            is_new
        });
    }

    pub(super) fn function_defs(&self) -> impl Iterator<Item = &'static RoutineDef> {
        let functions = self.functions.iter();
        functions.map(|function| &*Box::leak(Box::new(self.function(function))))
    }

    fn function(&self, spec: &FunctionSpec) -> RoutineDef {
        let types: Vec<_> = spec.takes.iter().map(|kind| self.sql_type(kind)).collect();
        let mut arguments = arguments("taken", &types);
        if let (Some(last), Some(kind), true) =
            (arguments.last_mut(), spec.takes.last(), spec.default)
        {
            *last = self.argument_default(*last, kind);
        }
        let returns = match (spec.gives, types.first()) {
            (Gives::Value, Some(first)) => Returns::Value(*first),
            (Gives::SetOf, Some(first)) => Returns::SetOf(*first),
            _ => Returns::Table(self::arguments("given", &types).leak()),
        };
        let body = text(&self.body(spec));
        let def = RoutineDef::function(
            spec.relation.table_name(),
            arguments.leak(),
            returns,
            spec.language,
            body,
        );
        if spec.restricted {
            def.execute(&["random_reader"])
        } else {
            def
        }
    }

    /// A condition that calls the first of them.
    pub(super) fn first_call(&self) -> Option<String> {
        let call = self.call(self.callable().next()?);
        Some(format!("EXISTS (SELECT FROM {call})"))
    }

    /// A call of the first function that returns one value.
    pub(super) fn value_call(&self) -> Option<String> {
        let mut functions = self.callable();
        let first = functions.find(|function| matches!(function.gives, Gives::Value))?;
        Some(self.call(first))
    }

    /// The functions that a call cannot confuse with another one of the same name whose further argument has a default.
    fn callable(&self) -> impl Iterator<Item = &FunctionSpec> {
        let is_meant = |function: &&FunctionSpec| {
            let mut others = self.functions.iter();
            let is_other = |other: &FunctionSpec| {
                other.relation == function.relation && other.takes.len() > function.takes.len()
            };
            !others.any(|other| other.default && is_other(other))
        };
        // A table must not call a function that reads a table: it could depend on itself.
        let reads = |function: &FunctionSpec| {
            let mut all = self.functions.iter();
            all.any(|other| other.relation == function.relation && other.reads.is_some())
        };
        let functions = self.functions.iter().filter(is_meant);
        functions.filter(move |function| !reads(function))
    }

    fn call(&self, function: &FunctionSpec) -> String {
        let (call, end) = match function.hand {
            Some(hand) => (hand.remark(1), hand.remark(2)),
            None => ("", ""),
        };
        let types = function.takes.iter();
        let nulls = types.map(|kind| format!("NULL{end}::{}", self.type_in_query(kind)));
        let nulls: Vec<_> = nulls.collect();
        let name = function.relation.in_query();
        format!("{name}{call}({})", nulls.join(", "))
    }

    fn argument_default(&self, argument: ArgumentDef, kind: &Kind) -> ArgumentDef {
        match kind {
            Kind::Enum(name) => {
                argument.default(Expr::Text(self.first_label(name).unwrap_or_default()))
            }
            Kind::Domain(name) => argument.default(self.domain_default(name)),
            Kind::Enums(_) | Kind::Domains(_) => argument.default(Expr::Text("{}")),
            _ => argument.default(Expr::Sql("E'word\\n' /* it's */")),
        }
    }

    fn body(&self, spec: &FunctionSpec) -> String {
        let first = spec.takes.first();
        let label = first.and_then(|kind| match kind {
            Kind::Enum(name) if spec.says_label => self.first_label(name),
            _ => None,
        });
        let first = label.map_or("$1".to_owned(), |label| {
            let label = spec.hand.map_or_else(
                || format!("'{}'", label.replace('\'', "''")),
                |hand| hand.text(label),
            );
            format!("coalesce($1, {label})")
        });
        let all = if spec.takes.len() > 1 && matches!(spec.gives, Gives::Table) {
            format!("{first}, $2")
        } else {
            first.clone()
        };
        let from = self.reading_of(spec);
        let (remark, end) = match spec.hand {
            Some(hand) => (hand.remark(4), hand.last_remark()),
            None => (" ", ""),
        };
        match (spec.language, spec.gives) {
            (Language::Sql, _) => format!("SELECT{remark}{all}{from}{end}"),
            (Language::PlPgSql, Gives::Value) => {
                format!("BEGIN{remark}RETURN {first}{from}\n; END{end}")
            }
            (Language::PlPgSql, Gives::SetOf) => {
                format!("BEGIN{remark}RETURN NEXT {first}; END{end}")
            }
            (Language::PlPgSql, Gives::Table) => {
                format!("BEGIN{remark}RETURN QUERY SELECT {all}{from}\n; END{end}")
            }
        }
    }

    /// The `FROM` and `WHERE` of the body.
    fn reading_of(&self, spec: &FunctionSpec) -> String {
        let asked = spec.reads.as_ref().and_then(|(relation, question)| {
            let table = self.table_of(relation)?;
            let asked = self.asked(question, table)?;
            Some(format!(" FROM {} WHERE {asked}\n", relation.in_query()))
        });
        let odd = |hand: Hand| format!("{}WHERE {} IS NOT NULL", hand.remark(3), hand.odd_text());
        asked.or_else(|| spec.hand.map(odd)).unwrap_or_default()
    }
}

impl FunctionSpec {
    pub(super) fn table_mut(&mut self) -> Option<&mut Relation> {
        self.reads.as_mut().map(|(relation, _)| relation)
    }

    pub(super) fn question_mut(&mut self) -> Option<&mut Question> {
        self.reads.as_mut().map(|(_, question)| question)
    }

    fn change(&mut self, takes: Vec<Kind>, random: &mut Random) {
        match random.below(6) {
            0 => self.takes = takes,
            1 => self.gives = any_gives(random),
            2 => self.language = any_language(random),
            3 => self.default = !self.default,
            4 => self.restricted = !self.restricted,
            _ => self.says_label = !self.says_label,
        }
    }
}

fn any_gives(random: &mut Random) -> Gives {
    *random.pick(&[Gives::Value, Gives::SetOf, Gives::Table])
}

fn any_language(random: &mut Random) -> Language {
    *random.pick(&[Language::Sql, Language::PlPgSql])
}

fn arguments(prefix: &str, types: &[SqlType]) -> Vec<ArgumentDef> {
    let numbered = types.iter().zip(1..);
    let argument = |(sql_type, number): (&SqlType, i32)| {
        let mut argument = ArgumentDef::new::<String>(text(&format!("{prefix}_{number}")));
        argument.sql_type = *sql_type;
        argument
    };
    numbered.map(argument).collect()
}
