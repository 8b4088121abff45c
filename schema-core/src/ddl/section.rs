use super::Dialect;
use super::order::CreationOrder;
use super::printer::Printer;
use crate::ir::{Grant, Object, Schema, Table};

/// Statements that belong together, up and down.
pub(super) struct Section {
    /// What the section does, in words that can be a file name: `create users table`.
    pub(super) title: String,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
    /// Whether the role that owns the schema's objects runs the statements.
    pub(super) by_owner: bool,
}

impl Section {
    fn new(title: impl Into<String>, up: Vec<String>, down: Vec<String>) -> Self {
        Self {
            title: title.into(),
            up,
            down,
            by_owner: true,
        }
    }

    /// The role that runs the script runs the statements, because the owner of the objects may not have the right.
    fn by_script_role(mut self) -> Self {
        self.by_owner = false;
        self
    }
}

/// The sections of a schema in dependency order, without empty ones.
pub(crate) fn sections(schema: &Schema, dialect: &dyn Dialect) -> Vec<Section> {
    let printer = Printer::new(dialect);
    let order = CreationOrder::of(schema);
    let mut sections = vec![
        roles(schema, printer),
        schemas(schema, printer),
        extensions(schema, printer),
        types(schema, printer),
        sequences(schema, printer),
    ];
    sections.extend(
        order
            .objects
            .iter()
            .map(|object| make(*object, &order, printer)),
    );
    sections.push(foreign_keys(&order, printer));
    sections.push(triggers(&order, printer));
    sections.push(policies(&order, printer));
    sections.push(grants(schema, printer));
    sections.push(view_owners(schema, printer));
    sections.retain(|section| !section.up.is_empty());
    sections
}

/// `down` keeps the roles, because another database of the cluster may use them, but revokes the owner's rights on
/// `public`.
fn roles(schema: &Schema, printer: Printer<'_>) -> Section {
    let made = || schema.roles.iter().filter(|role| !role.existing);
    let mut up: Vec<_> = made().map(|role| printer.create_role(role)).collect();
    up.extend(made().flat_map(|role| printer.memberships(role)));
    let mut down = Vec::new();
    if let Some(owner) = &schema.owner {
        let name = printer.identifier(owner);
        // The role that runs the script may become an owner that it creates. For an existing owner, the script does not
        // grant that.
        if made().any(|role| role.name == *owner) {
            up.push(printer.grant_role(owner, "CURRENT_USER"));
        }
        up.push(format!("GRANT USAGE, CREATE ON SCHEMA public TO {name}"));
        down.push(format!("REVOKE USAGE, CREATE ON SCHEMA public FROM {name}"));
    }
    Section::new("create roles", up, down).by_script_role()
}

fn schemas(schema: &Schema, printer: Printer<'_>) -> Section {
    let names = schema.schemas.iter();
    let create = |name: &String| printer.create_schema(name, schema.owner.as_deref());
    Section::new(
        "create schemas",
        names.clone().map(create).collect(),
        names.rev().map(|name| printer.drop_schema(name)).collect(),
    )
    .by_script_role()
}

fn extensions(schema: &Schema, printer: Printer<'_>) -> Section {
    let extensions = schema.extensions.iter();
    Section::new(
        "create extensions",
        extensions
            .clone()
            .map(|extension| printer.create_extension(extension))
            .collect(),
        extensions
            .rev()
            .map(|extension| printer.drop_extension(extension))
            .collect(),
    )
    .by_script_role()
}

fn types(schema: &Schema, printer: Printer<'_>) -> Section {
    let enums = schema.enums.iter();
    let mut up: Vec<_> = enums
        .clone()
        .map(|sql_enum| printer.create_enum(sql_enum))
        .collect();
    up.extend(
        enums
            .clone()
            .filter_map(|sql_enum| printer.enum_comment(sql_enum)),
    );
    let down = enums.rev().map(|sql_enum| printer.drop_enum(sql_enum));
    Section::new("create types", up, down.collect())
}

fn sequences(schema: &Schema, printer: Printer<'_>) -> Section {
    let sequences = schema.sequences.iter();
    Section::new(
        "create sequences",
        sequences
            .clone()
            .map(|sequence| printer.create_sequence(sequence))
            .collect(),
        sequences
            .rev()
            .map(|sequence| printer.drop_sequence(sequence))
            .collect(),
    )
}

/// The section of an object of the dependency order, with what belongs to the object.
fn make(object: Object<'_>, order: &CreationOrder<'_>, printer: Printer<'_>) -> Section {
    match object {
        Object::Domain(domain) => Section::new(
            format!("create {} domain", domain.name.name),
            printer.create_domain(domain),
            vec![printer.drop_domain(domain)],
        ),
        Object::Routine(routine) => Section::new(
            format!("create {} function", routine.name.name),
            printer.create_routine(routine),
            vec![printer.drop_routine(routine)],
        ),
        Object::Table(table) => create_table(table, order, printer),
        Object::View(view) => Section::new(
            format!("create {} view", view.name.name),
            printer.create_view(view),
            vec![printer.drop_view(view)],
        ),
    }
}

fn create_table<'a>(table: &'a Table, order: &CreationOrder<'a>, printer: Printer<'_>) -> Section {
    let mut up = vec![printer.create_table(table, &order.early(table))];
    up.extend(
        table
            .partitions
            .iter()
            .map(|partition| printer.create_partition(table, partition)),
    );
    up.extend(
        table
            .indexes
            .iter()
            .map(|index| printer.create_index(&table.name, index)),
    );
    up.extend(printer.table_comments(table));
    Section::new(
        format!("create {} table", table.name.name),
        up,
        vec![printer.drop_table(table)],
    )
}

/// The foreign keys that cannot be in `CREATE TABLE`.
fn foreign_keys(order: &CreationOrder<'_>, printer: Printer<'_>) -> Section {
    let keys = || {
        let tables = order.tables();
        tables.flat_map(|table| order.late(table).into_iter().map(move |key| (table, key)))
    };
    Section::new(
        "add foreign keys",
        keys()
            .map(|(table, key)| printer.add_foreign_key(table, key))
            .collect(),
        keys()
            .map(|(table, key)| printer.drop_foreign_key(table, key))
            .collect(),
    )
}

fn triggers(order: &CreationOrder<'_>, printer: Printer<'_>) -> Section {
    let triggers = || {
        let tables = order.tables();
        tables.flat_map(|table| table.triggers.iter().map(move |trigger| (table, trigger)))
    };
    Section::new(
        "create triggers",
        triggers()
            .map(|(table, trigger)| printer.create_trigger(table, trigger))
            .collect(),
        triggers()
            .map(|(table, trigger)| printer.drop_trigger(table, trigger))
            .collect(),
    )
}

/// Policies come after all tables and functions, because a policy may name any of them.
fn policies(order: &CreationOrder<'_>, printer: Printer<'_>) -> Section {
    let up = order.tables().flat_map(|table| {
        let security = table.row_security;
        let enable = security.map(|security| printer.enable_row_security(table, security));
        let create = |policy| printer.create_policy(table, policy);
        let policies = table.policies.iter().map(create);
        enable
            .into_iter()
            .flatten()
            .chain(policies)
            .collect::<Vec<_>>()
    });
    // Dropping a table removes its row-level security; policies are dropped first because they may name other tables.
    let down = order.tables().flat_map(|table| {
        let drop = |policy| printer.drop_policy(table, policy);
        table.policies.iter().map(drop).collect::<Vec<_>>()
    });
    Section::new("enable row-level security", up.collect(), down.collect())
}

/// This section is last, because the owner of the other objects then loses its rights on these views.
fn view_owners(schema: &Schema, printer: Printer<'_>) -> Section {
    let views = schema.views.iter();
    let up = views.filter_map(|view| printer.change_view_owner(view));
    Section::new(
        "give materialized views to their owner",
        up.collect(),
        Vec::new(),
    )
    .by_script_role()
}

fn grants(schema: &Schema, printer: Printer<'_>) -> Section {
    let grants = schema.grants.iter();
    let revoke = |grant: &Grant| printer.revoke(grant);
    Section::new(
        "grant rights",
        grants.clone().map(|grant| printer.grant(grant)).collect(),
        grants.rev().filter_map(revoke).collect(),
    )
}
