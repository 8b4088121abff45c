//! The statements that Freehold writes for `get` and the finders.

use freehold_schema_core::ddl::printer::Printer;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::{Isolation, Ownership, SchemaDef};
use freehold_schema_docs::document::{Document, QueryDoc, TableDoc};
use freehold_schema_docs::facts::{Facts, TableFacts};
use freehold_schema_migrate::migrate::DIALECT;

/// A statement that finds rows of a table by columns.
#[derive(Clone, Debug)]
pub(crate) struct FinderStatement {
    /// The call in Rust: `Order::by_status(status)`.
    pub(crate) rust: String,
    pub(crate) sql: String,
    /// The PostgreSQL schema and the name of the table.
    pub(crate) table: (String, String),
    /// The columns that the call names.
    pub(crate) columns: Vec<&'static str>,
    /// The column that holds the owner: the scope, or the key of an owner.
    pub(crate) owner: Option<&'static str>,
    /// The column that marks deleted rows.
    pub(crate) deleted_at: Option<&'static str>,
    /// How many values it binds.
    pub(crate) values: usize,
    /// The role that the application runs it as, if row-level security applies.
    pub(crate) role: Option<&'static str>,
}

impl FinderStatement {
    /// The index that would serve it.
    pub(crate) fn index_sql(&self) -> String {
        let printer = printer();
        let scope = self.owner.filter(|owner| !self.columns.contains(owner));
        let columns = scope
            .iter()
            .chain(&self.columns)
            .map(|column| printer.identifier(column));
        let (schema, table) = &self.table;
        format!(
            "CREATE INDEX ON {}.{} ({})",
            printer.identifier(schema),
            printer.identifier(table),
            columns.collect::<Vec<_>>().join(", ")
        )
    }
}

fn printer() -> Printer<'static> {
    Printer::new(DIALECT)
}

/// The struct of a table, for the names of statements that are no finders.
#[derive(Clone, Debug)]
pub(crate) struct StructName {
    /// Its name: `Order`.
    pub(crate) rust: &'static str,
    /// The table as statements write it: `orders`.
    pub(crate) table: String,
}

/// The statements of every table.
pub(crate) fn statements(def: &'static SchemaDef, schema: &Schema) -> Vec<FinderStatement> {
    let facts = Facts::of(def);
    let document = Document::of(schema, &facts);
    let role = match def.isolation_in_use() {
        Isolation::RowSecurity(isolation) => Some(isolation.role),
        Isolation::Predicate => None,
    };
    let tables = facts.tables.iter().flat_map(|(name, facts)| {
        let name = name.to_string();
        let doc = document.tables.iter().find(|doc| doc.name == name);
        doc.map(|doc| of_table(doc, facts, role))
            .unwrap_or_default()
    });
    tables.collect()
}

/// `get` comes first, if the table has it.
fn of_table(
    doc: &TableDoc,
    facts: &TableFacts,
    role: Option<&'static str>,
) -> Vec<FinderStatement> {
    let finders = facts.finders.iter().map(|finder| finder.columns.clone());
    let has_get = doc.queries.len() > facts.finders.len();
    let key = facts.def.primary_key.columns.iter().copied();
    let key: Vec<_> = key.filter(|name| Some(*name) != facts.scope()).collect();
    let columns = has_get.then_some(key).into_iter().chain(finders);
    let statement =
        |(query, columns): (&QueryDoc, Vec<&'static str>)| statement(query, columns, facts, role);
    doc.queries.iter().zip(columns).map(statement).collect()
}

fn statement(
    query: &QueryDoc,
    columns: Vec<&'static str>,
    facts: &TableFacts,
    role: Option<&'static str>,
) -> FinderStatement {
    let (has_owner, owner) = match facts.ownership {
        Ownership::Owner => (true, facts.def.primary_key.columns.first().copied()),
        Ownership::Scope(column) => (true, Some(column)),
        Ownership::Through(_) => (true, None),
        Ownership::Shared | Ownership::Internal => (false, None),
    };
    let name = &facts.def.name;
    FinderStatement {
        rust: query.rust.clone(),
        sql: query.sql.clone(),
        table: (
            name.schema.unwrap_or("public").to_owned(),
            name.name.to_owned(),
        ),
        values: columns.len() + usize::from(has_owner),
        columns,
        owner,
        deleted_at: facts.deleted_at,
        role: role.filter(|_| facts.ownership != Ownership::Internal),
    }
}

/// The structs of the tables, by the text of the table in a statement.
pub(crate) fn structs(def: &'static SchemaDef) -> Vec<StructName> {
    let printer = printer();
    let names = def.tables.iter().map(|table| StructName {
        rust: table.path.rsplit("::").next().unwrap_or(table.path),
        table: printer.qualified(&(&table.name).into()),
    });
    names.collect()
}
