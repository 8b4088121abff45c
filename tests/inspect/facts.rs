//! A schema as facts by which two schemas can be compared. Expressions count only as present or absent, since their
//! form varies.

use freehold::ir::{
    Argument, Body, Column, Expr, Grant, GrantObject, Index, PartitionBound, QualifiedName,
    Returns, Routine, Schema, SqlType, Table, TriggerEvent, View,
};
use freehold::model::{Privilege, ScalarType};

/// Every fact of a schema, sorted.
pub(crate) fn facts(schema: &Schema) -> Vec<String> {
    let mut facts = vec![format!("owner {:?}", schema.owner())];
    facts.extend(schema.schemas().iter().map(|name| format!("schema {name}")));
    facts.extend(
        schema
            .extensions()
            .iter()
            .map(|extension| format!("{extension:?}")),
    );
    facts.extend(
        schema
            .enums()
            .iter()
            .map(|sql_enum| format!("{sql_enum:?}")),
    );
    facts.extend(
        schema
            .sequences()
            .iter()
            .map(|sequence| format!("{sequence:?}")),
    );
    for domain in schema.domains() {
        let checks: Vec<_> = domain.checks.iter().map(|check| &check.name).collect();
        let name = name(&domain.name);
        facts.push(format!(
            "domain {name} {:?} {:?} {checks:?}",
            domain.base, domain.comment
        ));
    }
    facts.extend(schema.routines().iter().map(routine));
    facts.extend(schema.tables().iter().flat_map(table));
    facts.extend(schema.views().iter().flat_map(view));
    facts.extend(
        schema
            .grants()
            .iter()
            .flat_map(|grant| rights(schema, grant)),
    );
    facts.extend(schema.roles().iter().map(|role| {
        let mut member_of = role.member_of.clone();
        member_of.sort();
        format!(
            "role {} login={} inherit={} bypass={} {member_of:?}",
            role.name, role.login, role.inherit, role.bypass_rls
        )
    }));
    facts.sort();
    facts.dedup();
    facts
}

/// The facts that only `wanted` has (`-`), and those that only `found` has (`+`), one per line.
pub(crate) fn difference(found: &[String], wanted: &[String]) -> String {
    let missing = wanted.iter().filter(|fact| !found.contains(fact));
    let added = found.iter().filter(|fact| !wanted.contains(fact));
    let missing = missing.map(|fact| format!("- {fact}\n"));
    missing
        .chain(added.map(|fact| format!("+ {fact}\n")))
        .collect()
}

/// The body of a hand-written routine, trimmed.
pub(crate) fn body(routine: &Routine) -> Option<&str> {
    match &routine.body {
        Body::Source(source) => Some(source.trim()),
        _ => None,
    }
}

pub(crate) fn name(name: &QualifiedName) -> String {
    match name.schema.as_deref() {
        None | Some("public") => name.name.clone(),
        Some(schema) => format!("{schema}.{}", name.name),
    }
}

fn there(expr: Option<&Expr>) -> &'static str {
    expr.map_or("no", |_| "an expression")
}

fn routine(routine: &Routine) -> String {
    let arguments: Vec<_> = routine.arguments.iter().map(argument).collect();
    let returns = match &routine.returns {
        Returns::Value(sql_type) => format!("{:?}", unmodified(sql_type)),
        Returns::SetOf(sql_type) => format!("set of {:?}", unmodified(sql_type)),
        Returns::Table(columns) => {
            let columns: Vec<_> = columns.iter().map(argument).collect();
            format!("table {columns:?}")
        }
        other => format!("{other:?}"),
    };
    let execute = routine.execute.clone().map(|mut roles| {
        roles.sort();
        roles
    });
    format!(
        "routine {} {:?} {arguments:?} {returns} {:?} {:?} strict={} parallel={} path={:?} as={:?} definer={} {:?} execute={execute:?}",
        name(&routine.name),
        routine.kind,
        routine.language,
        routine.volatility,
        routine.strict,
        routine.parallel_safe,
        routine.search_path,
        routine.run_as,
        routine.security_definer,
        routine.comment,
    )
}

fn argument(argument: &Argument) -> String {
    format!(
        "{} {:?} out={} default={}",
        argument.name,
        unmodified(&argument.sql_type),
        argument.out,
        there(argument.default.as_ref())
    )
}

/// PostgreSQL keeps neither the length nor the digits of an argument's type.
fn unmodified(sql_type: &SqlType) -> SqlType {
    match sql_type {
        SqlType::Scalar(ScalarType::Numeric(_)) => SqlType::Scalar(ScalarType::Numeric(None)),
        SqlType::Scalar(ScalarType::Varchar(_)) => SqlType::Scalar(ScalarType::Varchar(None)),
        SqlType::Scalar(ScalarType::Char(_)) => SqlType::Sql("bpchar".to_owned()),
        SqlType::Array(element) => SqlType::Array(Box::new(unmodified(element))),
        other => other.clone(),
    }
}

fn table(table: &Table) -> Vec<String> {
    let of = name(&table.name);
    let mut facts = vec![format!(
        "table {of} {:?} {:?} {:?} {:?} {:?}",
        table.comment,
        table.primary_key,
        table.row_security,
        table.partition_by,
        table.renamed_from
    )];
    facts.extend(
        table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| of_column(&of, at, column)),
    );
    facts.extend(
        table
            .uniques
            .iter()
            .map(|unique| format!("{of} {unique:?}")),
    );
    facts.extend(
        table
            .checks
            .iter()
            .map(|check| format!("{of} check {}", check.name)),
    );
    facts.extend(table.foreign_keys.iter().map(|key| {
        let mut key = key.clone();
        key.target = QualifiedName::new(None, &name(&key.target));
        format!("{of} {key:?}")
    }));
    facts.extend(table.indexes.iter().map(|index| of_index(&of, index)));
    facts.extend(table.triggers.iter().map(|trigger| {
        let mut events: Vec<_> = trigger.events.iter().map(event).collect();
        events.sort();
        format!(
            "{of} trigger {} {:?} {events:?} {:?} when={} {} {:?}",
            trigger.name,
            trigger.timing,
            trigger.level,
            there(trigger.when.as_ref()),
            name(&trigger.function),
            trigger.arguments
        )
    }));
    facts.extend(table.policies.iter().map(|policy| {
        let mut roles = policy.roles.clone();
        roles.sort();
        format!(
            "{of} policy {} {:?} restrictive={} {roles:?} using={} check={}",
            policy.name,
            policy.command,
            policy.restrictive,
            there(policy.using.as_ref()),
            there(policy.with_check.as_ref())
        )
    }));
    facts.extend(table.partitions.iter().map(|partition| {
        let bound = match &partition.bound {
            PartitionBound::Range(from, to) => format!("range {} {}", from.len(), to.len()),
            PartitionBound::List(values) => format!("list {}", values.len()),
            other => format!("{other:?}"),
        };
        format!("{of} partition {} {bound}", partition.name)
    }));
    facts
}

fn of_column(table: &str, at: usize, column: &Column) -> String {
    format!(
        "{table} column {at} {} {:?} nullable={} default={} generated={} {:?} serial={} {:?}",
        column.name,
        column.sql_type,
        column.nullable,
        there(column.default.as_ref()),
        there(column.generated.as_ref()),
        column.identity,
        column.serial,
        column.comment
    )
}

fn of_index(relation: &str, index: &Index) -> String {
    let parts = index.parts.iter().map(|part| {
        let value = match &part.value {
            Expr::Column(name) => name,
            _ => "an expression",
        };
        format!(
            "{value} {:?} {:?} {:?} {:?}",
            part.order, part.nulls, part.collation, part.operator_class
        )
    });
    let parts: Vec<_> = parts.collect();
    format!(
        "{relation} index {} {parts:?} unique={} nulls={} {:?} {:?} filter={}",
        index.name,
        index.unique,
        index.nulls_not_distinct,
        index.method,
        index.include,
        there(index.filter.as_ref())
    )
}

fn event(event: &TriggerEvent) -> String {
    format!("{event:?}")
}

fn view(view: &View) -> Vec<String> {
    let of = name(&view.name);
    let mut facts = vec![format!(
        "view {of} {:?} {:?} materialized={} invoker={} owner={:?}",
        view.comment,
        view.column_comments,
        view.materialized,
        view.security_invoker && !view.materialized,
        view.owner
    )];
    facts.extend(view.indexes.iter().map(|index| of_index(&of, index)));
    facts
}

/// One fact for each right on each object, with its name and its columns.
fn rights(schema: &Schema, grant: &Grant) -> Vec<String> {
    let objects: Vec<(String, &[Privilege])> = match &grant.on {
        GrantObject::Relations(names) => names.iter().map(|on| (name(on), RELATION)).collect(),
        GrantObject::AllTables(namespace) => all_tables(schema, namespace)
            .into_iter()
            .map(|on| (on, RELATION))
            .collect(),
        GrantObject::Sequences(names) => names.iter().map(|on| (name(on), SEQUENCE)).collect(),
        GrantObject::Routines(routines) => {
            let open = routines.iter().filter(|routine| routine.execute.is_none());
            open.map(|on| (name(&on.name), ROUTINE)).collect()
        }
        GrantObject::Namespaces(names) => names
            .iter()
            .map(|on| (format!("schema {on}"), NAMESPACE))
            .collect(),
        GrantObject::Future { .. } => vec![(format!("{:?}", grant.on), RELATION)],
    };
    let privileges = |(on, all): (String, &[Privilege])| {
        let said = grant.privileges.iter().flat_map(|(kind, columns)| {
            let kinds = if *kind == Privilege::All {
                all.to_vec()
            } else {
                vec![*kind]
            };
            kinds.into_iter().map(move |kind| (kind, columns.clone()))
        });
        let said: Vec<_> = said.collect();
        said.into_iter()
            .map(|(kind, mut columns)| {
                columns.sort();
                format!("right {kind:?} {columns:?} on {on} for {}", grant.to)
            })
            .collect::<Vec<_>>()
    };
    objects.into_iter().flat_map(privileges).collect()
}

const RELATION: &[Privilege] = &[
    Privilege::Select,
    Privilege::Insert,
    Privilege::Update,
    Privilege::Delete,
    Privilege::Truncate,
    Privilege::References,
    Privilege::Trigger,
];
const SEQUENCE: &[Privilege] = &[Privilege::Usage, Privilege::Select, Privilege::Update];
const ROUTINE: &[Privilege] = &[Privilege::Execute];
const NAMESPACE: &[Privilege] = &[Privilege::All];

/// Everything that PostgreSQL calls a table in a PostgreSQL schema.
fn all_tables(schema: &Schema, namespace: &str) -> Vec<String> {
    let tables = schema.tables().iter().flat_map(|table| {
        let partitions = table.partitions.iter().map(|partition| QualifiedName {
            schema: table.name.schema.clone(),
            name: partition.name.clone(),
        });
        std::iter::once(table.name.clone()).chain(partitions)
    });
    let views = schema.views().iter().map(|view| view.name.clone());
    let all = tables.chain(views);
    let inside = all.filter(|on| on.schema.as_deref().unwrap_or("public") == namespace);
    inside.map(|on| name(&on)).collect()
}
