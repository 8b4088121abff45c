//! A table that becomes internal or stops being internal: from nothing, up, back, and up again.

use freehold::SchemaDef;
use freehold::model::{
    Action, ColumnDef, ForeignKeyDef, GrantDef, GrantOn, Isolation, Ownership, PrimaryKeyDef,
    Privilege, PrivilegeDef, Reference, RoleDef, RowSecurityDef, TableDef, TableName, ViewDef,
};

use crate::edge_cases::{leak, there_and_back};
use crate::server::Failure;

const ALLOWED: &[&str] = &[
    "uuid_key",
    "unscoped_reference",
    "single_column_reference",
    "index_not_leakproof",
    "unindexed_shared_reference",
];

static USERS: TableDef = TableDef::new(
    TableName::new(None, "users"),
    Ownership::Owner,
    &[ColumnDef::new::<i64>("id")],
    PrimaryKeyDef::new(&["id"]),
)
.allow(ALLOWED);

const USER: &[Reference] = &[Reference {
    table: USERS.name,
    ownership: Ownership::Owner,
    column: "id",
    def: || &USERS,
}];

const TO_USER: &[ForeignKeyDef] = &[ForeignKeyDef::new(&["user_id"], USER, Action::Cascade)];

const SELECT: &[PrivilegeDef] = &[PrivilegeDef::new(Privilege::Select)];

const ON_TABLES: GrantDef = GrantDef::new(SELECT, GrantOn::Tables, "internal_reader").future();

/// A table with the given ownership, a serial column and a view of the rows that are not deleted.
fn schema(ownership: Ownership) -> SchemaDef {
    let mut id = ColumnDef::new::<i64>("id");
    id.serial = true;
    let mut deleted_at = ColumnDef::new::<Option<i64>>("deleted_at");
    deleted_at.role = Some(freehold::model::Role::DeletedAt);
    let columns = leak([id, ColumnDef::new::<i64>("user_id"), deleted_at]);
    let table = TableDef::new(
        TableName::new(None, "jobs"),
        ownership,
        columns,
        PrimaryKeyDef::new(&["id"]),
    )
    .foreign_keys(TO_USER)
    .active_view("jobs_open")
    .audit()
    .allow(ALLOWED);
    let view = ViewDef::new(
        TableName::new(None, "job_users"),
        ownership,
        &[],
        "SELECT user_id FROM jobs",
    );
    SchemaDef::new("INTERNAL", leak([&USERS, leak(table)]))
        .views(leak([leak(view)]))
        .roles(const { &[RoleDef::new("internal_reader")] })
        .grants(const { &[ON_TABLES] })
        .isolation(Isolation::RowSecurity(
            RowSecurityDef::new()
                .role("internal_plan_app")
                .owner("internal_plan_owner")
                .admin("internal_plan_admin"),
        ))
}

#[test]
fn a_shared_table_becomes_internal_and_shared_again() -> Result<(), Failure> {
    there_and_back(&schema(Ownership::Shared), &schema(Ownership::Internal))
}

#[test]
fn an_internal_table_becomes_shared_and_internal_again() -> Result<(), Failure> {
    there_and_back(&schema(Ownership::Internal), &schema(Ownership::Shared))
}

#[test]
fn a_table_with_an_owner_becomes_internal_and_owned_again() -> Result<(), Failure> {
    let scoped = schema(Ownership::Scope("user_id"));
    there_and_back(&scoped, &schema(Ownership::Internal))?;
    there_and_back(&schema(Ownership::Internal), &scoped)
}

/// If no other table has row-level security, the roles and rights of the isolation are dropped too.
#[test]
fn the_only_protected_table_becomes_shared_and_protected_again() -> Result<(), Failure> {
    let alone = |ownership| {
        let table = TableDef { ownership, ..USERS };
        SchemaDef::new("ALONE", leak([leak(table)]))
    };
    there_and_back(&alone(Ownership::Internal), &alone(Ownership::Shared))?;
    there_and_back(&alone(Ownership::Shared), &alone(Ownership::Internal))
}
