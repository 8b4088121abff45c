//! The project: what the schema has beside tables and enums, as its note.

use freehold_schema_core::ddl::routine::kind;
use freehold_schema_core::ddl::{POSTGRES, script};
use freehold_schema_core::ir::{
    EnumType, Grant, GrantObject, QualifiedName, Role, Routine, Schema, View,
};

use super::note::{MORE, of_table, paragraphs, under};
use super::options::DbmlOptions;
use super::reference::References;
use super::text::{block, name};

/// The block `Project`.
pub(super) fn project(
    schema: &Schema,
    references: &References<'_>,
    options: &DbmlOptions,
) -> String {
    let given = options.name.as_deref().filter(|name| !name.is_empty());
    let given = given.map_or_else(String::new, |given| format!("{} ", name(given)));
    let note = note(schema, references);
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("  Note: {}\n", block(&note, 4))
    };
    format!("Project {given}{{\n  database_type: 'PostgreSQL'\n{note}}}\n")
}

fn note(schema: &Schema, references: &References<'_>) -> String {
    let owner = schema.owner();
    let owner = owner.map(|owner| format!("The role `{owner}` owns all objects."));
    paragraphs(&[
        owner.unwrap_or_default(),
        under("Roles:", &lines(&schema.roles, role)),
        under(MORE, &script(&statements(schema))),
        without_columns(schema, references),
        under(
            "Functions and procedures, without their bodies:",
            &lines(&schema.routines, routine),
        ),
    ])
}

fn lines<T>(items: &[T], line: impl Fn(&T) -> String) -> String {
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The notes of tables without columns, which DBML refuses.
fn without_columns(schema: &Schema, references: &References<'_>) -> String {
    let tables = schema.tables.iter();
    let tables = tables.filter(|table| table.columns.is_empty());
    let notes = tables.map(|table| {
        let sentence = format!("The table `{}` has no columns.", table.name);
        paragraphs(&[sentence, of_table(schema, table, references, &[])])
    });
    paragraphs(&notes.collect::<Vec<_>>())
}

fn statements(schema: &Schema) -> Vec<String> {
    let mut statements = before_tables(schema);
    statements.extend(schema.views.iter().flat_map(view));
    let grants = schema.grants.iter();
    let grants = grants.filter_map(|grant| beside_tables(schema, grant));
    statements.extend(grants.map(|grant| POSTGRES.grant(&grant)));
    statements
}

fn before_tables(schema: &Schema) -> Vec<String> {
    let owner = schema.owner();
    let namespaces = schema.schemas.iter();
    let namespaces = namespaces.map(|one| POSTGRES.create_schema(one, owner));
    let extensions = schema.extensions.iter();
    let extensions = extensions.map(|one| POSTGRES.create_extension(one));
    let domains = schema.domains.iter();
    let domains = domains.flat_map(|one| POSTGRES.create_domain(one));
    let sequences = schema.sequences.iter();
    let sequences = sequences.map(|one| POSTGRES.create_sequence(one));
    namespaces
        .chain(extensions)
        .chain(schema.enums.iter().flat_map(sql_enum))
        .chain(domains)
        .chain(sequences)
        .collect()
}

/// An enum with labels that DBML refuses, and the comment, for which it has no word.
fn sql_enum(sql_enum: &EnumType) -> Vec<String> {
    let labels = &sql_enum.labels;
    let is_refused = labels.is_empty() || labels.iter().any(String::is_empty);
    let definition = is_refused.then(|| POSTGRES.create_enum(sql_enum));
    let comment = POSTGRES.enum_comment(sql_enum);
    definition.into_iter().chain(comment).collect()
}

fn view(view: &View) -> Vec<String> {
    let owner = POSTGRES.change_view_owner(view);
    let statements = POSTGRES.create_view(view).into_iter();
    statements.chain(owner).collect()
}

/// The rights on objects other than tables, which the tables' notes have.
fn beside_tables(schema: &Schema, grant: &Grant) -> Option<Grant> {
    let GrantObject::Relations(names) = &grant.on else {
        return Some(grant.clone());
    };
    let is_table = |name: &QualifiedName| schema.tables.iter().any(|table| table.name == *name);
    let names: Vec<_> = names
        .iter()
        .filter(|name| !is_table(name))
        .cloned()
        .collect();
    (!names.is_empty()).then(|| Grant {
        on: GrantObject::Relations(names),
        ..grant.clone()
    })
}

/// A line about a role: `shop_login LOGIN NOINHERIT, member of shop_app`.
fn role(role: &Role) -> String {
    let options = [
        (role.existing, " (exists before the schema)"),
        (role.login, " LOGIN"),
        (!role.inherit, " NOINHERIT"),
        (role.bypass_rls, " BYPASSRLS"),
    ];
    let options = options
        .into_iter()
        .filter_map(|(has, word)| has.then_some(word));
    let groups = role.member_of.join(", ");
    let groups = if groups.is_empty() {
        groups
    } else {
        format!(", member of {groups}")
    };
    format!("{}{}{groups}", role.name, options.collect::<String>())
}

/// A line about a routine: `FUNCTION total(bigint): Adds the items of an order.`
fn routine(routine: &Routine) -> String {
    let comment = routine.comment.as_ref().map(|text| format!(": {text}"));
    format!(
        "{} {}{}",
        kind(routine.kind),
        POSTGRES.signature(routine),
        comment.unwrap_or_default()
    )
}
