use super::{
    AuditDef, ExtensionDef, GrantDef, Isolation, RoleDef, RoutineDef, RowSecurityDef, SequenceDef,
    TableDef, TableName, ViewDef, name_index,
};

/// A schema: lists of tables, views, routines and other objects. Made by `schema!`.
///
/// ```
/// # use freehold_schema_core as freehold;
/// use freehold::{Postgres, SchemaDef};
///
/// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
/// assert!(EMPTY.validate().is_empty());
/// assert_eq!(EMPTY.schema()?.up(&Postgres), "");
/// # Ok::<(), freehold::SchemaError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SchemaDef {
    /// The schema's name in Rust.
    pub name: &'static str,
    /// The tables, in the order of the list.
    pub tables: &'static [&'static TableDef],
    /// The views, in the order of the list.
    pub views: &'static [&'static ViewDef],
    /// The functions and procedures, in the order of the lists.
    pub routines: &'static [&'static RoutineDef],
    /// The sequences.
    pub sequences: &'static [SequenceDef],
    /// The extensions, beside those that the types of columns need.
    pub extensions: &'static [ExtensionDef],
    /// The roles, beside those that the isolation declares.
    pub roles: &'static [RoleDef],
    /// The rights, beside those that the isolation grants.
    pub grants: &'static [GrantDef],
    /// How one user's rows are isolated from another's.
    pub isolation: Isolation,
    /// Where changes of audited tables are written.
    pub audit: AuditDef,
    /// How `created_at` and `updated_at` are set.
    pub updated_at: UpdatedAtDef,
    /// The result of [`name_index`](super::name_index) for the tables; empty if it was not computed.
    name_index: &'static [u16],
    /// Whether the derive of a table, a view or a function reported an error. Then the rules of `schema!` do not run:
    /// most of their errors would only follow from that one.
    pub(crate) has_incomplete: bool,
}

impl SchemaDef {
    /// A schema of `tables`, isolated by row-level security.
    pub const fn new(name: &'static str, tables: &'static [&'static TableDef]) -> Self {
        Self {
            name,
            tables,
            views: &[],
            routines: &[],
            sequences: &[],
            extensions: &[],
            roles: &[],
            grants: &[],
            isolation: Isolation::RowSecurity(RowSecurityDef::new()),
            audit: AuditDef::new(),
            updated_at: UpdatedAtDef::new(),
            name_index: &[],
            has_incomplete: has_incomplete_table(tables),
        }
    }

    /// Adds an index of the tables' names, so that the time to find one does not grow with the number of tables.
    pub const fn indexed(mut self, name_index: &'static [u16]) -> Self {
        self.name_index = name_index;
        self
    }

    /// The index of the first table with this name in the list.
    pub(crate) const fn position(&self, name: &TableName) -> Option<usize> {
        if !self.name_index.is_empty() {
            return name_index::find(self.name_index, self.tables, name);
        }
        let mut i = 0;
        while i < self.tables.len() {
            if self.tables[i].name.is(name) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    /// Sets the views.
    pub const fn views(mut self, views: &'static [&'static ViewDef]) -> Self {
        self.views = views;
        self.has_incomplete = self.has_incomplete || has_incomplete_view(views);
        self
    }

    /// Sets the functions and procedures.
    pub const fn routines(mut self, routines: &'static [&'static RoutineDef]) -> Self {
        self.routines = routines;
        self.has_incomplete = self.has_incomplete || has_incomplete_routine(routines);
        self
    }

    /// Sets the sequences.
    pub const fn sequences(mut self, sequences: &'static [SequenceDef]) -> Self {
        self.sequences = sequences;
        self
    }

    /// Sets the extensions.
    pub const fn extensions(mut self, extensions: &'static [ExtensionDef]) -> Self {
        self.extensions = extensions;
        self
    }

    /// Sets the roles.
    pub const fn roles(mut self, roles: &'static [RoleDef]) -> Self {
        self.roles = roles;
        self
    }

    /// Sets the rights.
    pub const fn grants(mut self, grants: &'static [GrantDef]) -> Self {
        self.grants = grants;
        self
    }

    /// Sets how one user's rows are isolated from another's.
    pub const fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = isolation;
        self
    }

    /// How one user's rows are isolated: as declared, or by predicates if every table is shared.
    ///
    /// In that case there are no owned rows to protect, and the DDL creates no roles.
    pub fn isolation_in_use(&self) -> Isolation {
        match self.isolation {
            Isolation::RowSecurity(isolation)
                if self.tables.iter().any(|table| !table.ownership.is_shared()) =>
            {
                Isolation::RowSecurity(isolation)
            }
            Isolation::RowSecurity(_) | Isolation::Predicate => Isolation::Predicate,
        }
    }

    /// Sets where changes of audited tables are written.
    pub const fn audit(mut self, audit: AuditDef) -> Self {
        self.audit = audit;
        self
    }

    /// Sets how `created_at` and `updated_at` are set.
    pub const fn updated_at(mut self, updated_at: UpdatedAtDef) -> Self {
        self.updated_at = updated_at;
        self
    }
}

const fn has_incomplete_table(tables: &[&TableDef]) -> bool {
    let mut i = 0;
    while i < tables.len() {
        if tables[i].incomplete {
            return true;
        }
        i += 1;
    }
    false
}

const fn has_incomplete_view(views: &[&ViewDef]) -> bool {
    let mut i = 0;
    while i < views.len() {
        if views[i].incomplete {
            return true;
        }
        i += 1;
    }
    false
}

const fn has_incomplete_routine(routines: &[&RoutineDef]) -> bool {
    let mut i = 0;
    while i < routines.len() {
        if routines[i].incomplete {
            return true;
        }
        i += 1;
    }
    false
}

/// How `created_at` and `updated_at` are set.
#[derive(Clone, Copy, Debug)]
pub struct UpdatedAtDef {
    /// The name of the trigger function.
    pub function: &'static str,
    /// The clock of the defaults and of the trigger.
    pub clock: Clock,
    /// The function's body in `plpgsql`; `None` is the usual one.
    pub body: Option<&'static str>,
}

impl UpdatedAtDef {
    /// The function `set_updated_at` and the clock `NOW()`.
    pub const fn new() -> Self {
        Self {
            function: "set_updated_at",
            clock: Clock::Now,
            body: None,
        }
    }

    /// Names the trigger function.
    pub const fn function(mut self, name: &'static str) -> Self {
        self.function = name;
        self
    }

    /// Sets the function's body, in `plpgsql`.
    pub const fn body(mut self, body: &'static str) -> Self {
        self.body = Some(body);
        self
    }

    /// Sets the clock.
    pub const fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

impl Default for UpdatedAtDef {
    fn default() -> Self {
        Self::new()
    }
}

/// The clock of `created_at` and `updated_at`.
///
/// Both return the start of the transaction; PostgreSQL's catalog distinguishes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Clock {
    /// `NOW()`
    Now,
    /// `CURRENT_TIMESTAMP`
    CurrentTimestamp,
}
