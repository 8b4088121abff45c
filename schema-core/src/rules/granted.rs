//! What the grants of a schema include, for the rules about grants.

use crate::model::{GrantDef, GrantOn, Isolation, Privilege, RoleDef, SchemaDef, TableName};
use crate::model::{TableDef, ViewDef, holds_text, same_text};

/// What a grant can include.
#[derive(Clone, Copy)]
pub(super) enum Relation {
    /// A table, by name or in a grant on all tables.
    Table,
    /// A materialized view, by name or in a grant on everything that PostgreSQL counts as a table.
    MaterializedView,
    /// A partition: only a grant on everything that PostgreSQL counts as a table includes it.
    Partition,
    /// An internal table or view, by name or in a grant on everything that PostgreSQL counts as a table.
    Internal,
}

/// The first role that is subject to row-level security and is granted one of `privileges` on the relation.
pub(super) const fn grantee(
    schema: &SchemaDef,
    relation: Relation,
    name: &TableName,
    privileges: &[Privilege],
) -> Option<&'static str> {
    let mut i = 0;
    while i < schema.grants.len() {
        let grant = &schema.grants[i];
        if reaches(&grant.on, relation, name)
            && gives(grant, privileges)
            && !bypasses_row_security(schema, grant.to)
        {
            return Some(grant.to);
        }
        i += 1;
    }
    None
}

/// The first role whose rights a scope's statements can use and that is granted a right on the internal relation.
pub(super) const fn grantee_of_internal(
    schema: &SchemaDef,
    name: &TableName,
) -> Option<&'static str> {
    let mut i = 0;
    while i < schema.grants.len() {
        let grant = &schema.grants[i];
        if reaches(&grant.on, Relation::Internal, name)
            && is_application(schema, grant.to, schema.roles.len())
        {
            return Some(grant.to);
        }
        i += 1;
    }
    None
}

/// Whether the application has the rights of the role: it is `public`, the application's role, its login role, or a
/// role of which one of these is a member, in at most `steps` steps.
const fn is_application(schema: &SchemaDef, role: &str, steps: usize) -> bool {
    if same_text(role, "public") || is_signed_in_as(schema, role) {
        return true;
    }
    let mut i = 0;
    while steps > 0 && i < schema.roles.len() {
        let member = &schema.roles[i];
        if holds_text(member.member_of, role) && is_application(schema, member.name, steps - 1) {
            return true;
        }
        i += 1;
    }
    false
}

const fn is_signed_in_as(schema: &SchemaDef, role: &str) -> bool {
    let Isolation::RowSecurity(names) = schema.isolation else {
        return false;
    };
    if same_text(names.role, role) {
        return true;
    }
    match names.login {
        Some(login) => same_text(login, role),
        None => false,
    }
}

const fn reaches(on: &GrantOn, relation: Relation, name: &TableName) -> bool {
    match (on, relation) {
        (GrantOn::AllTables, _) => is_in_public(name),
        (GrantOn::Tables, Relation::Table) => true,
        (
            GrantOn::Relations(names),
            Relation::Table | Relation::MaterializedView | Relation::Internal,
        ) => holds_name(names, name),
        _ => false,
    }
}

const fn is_in_public(name: &TableName) -> bool {
    match name.schema {
        Some(schema) => same_text(schema, "public"),
        None => true,
    }
}

const fn holds_name(names: &[TableName], name: &TableName) -> bool {
    let mut i = 0;
    while i < names.len() {
        if names[i].is(name) {
            return true;
        }
        i += 1;
    }
    false
}

const fn gives(grant: &GrantDef, privileges: &[Privilege]) -> bool {
    let mut i = 0;
    while i < grant.privileges.len() {
        let mut j = 0;
        while j < privileges.len() {
            // This compares discriminants because `==` is not const.
            if grant.privileges[i].kind as u8 == privileges[j] as u8 {
                return true;
            }
            j += 1;
        }
        i += 1;
    }
    false
}

/// Whether the role bypasses row-level security: by its declaration, or as the `admin` of the isolation.
const fn bypasses_row_security(schema: &SchemaDef, role: &str) -> bool {
    if let Isolation::RowSecurity(names) = schema.isolation
        && let Some(admin) = names.admin
        && same_text(admin, role)
    {
        return true;
    }
    match declared(schema, role) {
        Some(role) => role.bypass_rls,
        None => false,
    }
}

/// The role `name`, if `role(..)` declares it.
pub(super) const fn declared(schema: &SchemaDef, name: &str) -> Option<&'static RoleDef> {
    let mut i = 0;
    while i < schema.roles.len() {
        if same_text(schema.roles[i].name, name) {
            return Some(&schema.roles[i]);
        }
        i += 1;
    }
    None
}

/// Whether row-level security restricts which rows of the table a role can reach.
pub(super) const fn holds_rows_of(schema: &SchemaDef, table: &TableDef) -> bool {
    let isolates = matches!(schema.isolation, Isolation::RowSecurity(_));
    (isolates && !table.ownership.is_shared()) || !table.policies.is_empty()
}

/// Whether the view's rows belong to users, and row-level security restricts the rows of some table of the schema.
pub(super) const fn holds_rows_under(schema: &SchemaDef, view: &ViewDef) -> bool {
    if !view.ownership.is_owned() {
        return false;
    }
    let mut i = 0;
    while i < schema.tables.len() {
        if holds_rows_of(schema, schema.tables[i]) {
            return true;
        }
        i += 1;
    }
    false
}
