//! Functions and procedures that are written by hand.

use super::texts::owned;
use crate::ir::QualifiedName;
use crate::ir::{Argument, Body, Expr, Returns, Routine};
use crate::model::{self, ArgumentDef, DefaultDef, RoutineDef, SchemaDef};

/// The listed routines, then the unlisted ones that a trigger calls.
pub(in crate::ir) fn written(def: &SchemaDef) -> Vec<&'static RoutineDef> {
    let mut written = def.routines.to_vec();
    let triggers = def.tables.iter().flat_map(|table| table.triggers);
    for function in triggers.map(|trigger| (trigger.function)()) {
        if written.iter().all(|other| !other.name.is(&function.name)) {
            written.push(function);
        }
    }
    written
}

pub(super) fn routine(def: &RoutineDef) -> Routine {
    let is_definer = def.security_definer.is_some();
    Routine {
        name: (&def.name).into(),
        kind: def.kind,
        comment: def.comment.map(str::to_owned),
        arguments: arguments(def.arguments),
        returns: returns(&def.returns),
        language: def.language,
        volatility: def.volatility,
        strict: def.strict,
        parallel_safe: def.parallel_safe,
        search_path: def.search_path.map(str::to_owned),
        run_as: None,
        security_definer: is_definer,
        // A function with its owner's rights can be executed only by its owner, unless roles are listed.
        execute: def.execute.map(owned).or_else(|| is_definer.then(Vec::new)),
        body: Body::Source(def.body.to_owned()),
        left_out: Vec::new(),
    }
}

fn arguments(defs: &[ArgumentDef]) -> Vec<Argument> {
    let argument = |def: &ArgumentDef| Argument {
        name: def.name.to_owned(),
        sql_type: (&def.sql_type).into(),
        out: def.out,
        default: def.default.as_ref().and_then(default),
    };
    defs.iter().map(argument).collect()
}

/// The default of an argument. Only columns can have the clock as their default.
fn default(def: &DefaultDef) -> Option<Expr> {
    match def {
        DefaultDef::Expr(expr) => Some(expr.into()),
        DefaultDef::Clock => None,
    }
}

fn returns(returns: &model::Returns) -> Returns {
    match returns {
        model::Returns::Void => Returns::Void,
        model::Returns::Trigger => Returns::Trigger,
        model::Returns::Value(sql_type) => Returns::Value(sql_type.into()),
        model::Returns::SetOf(sql_type) => Returns::SetOf(sql_type.into()),
        model::Returns::Table(columns) => Returns::Table(arguments(columns)),
    }
}

/// The name of a function that Freehold makes: like tables, it is in the first schema of the search path.
pub(super) fn name(name: &str) -> QualifiedName {
    QualifiedName::new(None, name)
}
