use super::Dialect;
use super::order::{self, Ordered};
use super::printer::Printer;
use crate::ir::Schema;

/// Statements that belong together, up and down.
pub(super) struct Section {
    /// What it does, in words that can be a file's name: `create users table`.
    pub(super) title: String,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
}

/// The sections of a schema in dependency order; those with nothing in them are left out.
pub(super) fn sections(schema: &Schema, dialect: &dyn Dialect) -> Vec<Section> {
    let printer = Printer::new(dialect);
    let ordered = order::by_dependency(&schema.tables);
    let mut sections = vec![
        schemas(schema, printer),
        extensions(schema, printer),
        types(schema, printer),
    ];
    sections.extend(ordered.iter().map(|table| create_table(table, printer)));
    sections.push(foreign_keys(&ordered, printer));
    sections.push(triggers(schema, &ordered, printer));
    sections.retain(|section| !section.up.is_empty());
    sections
}

fn schemas(schema: &Schema, printer: Printer<'_>) -> Section {
    Section {
        title: "create schemas".to_owned(),
        up: schema
            .schemas
            .iter()
            .map(|name| printer.create_schema(name))
            .collect(),
        down: schema
            .schemas
            .iter()
            .rev()
            .map(|name| printer.drop_schema(name))
            .collect(),
    }
}

fn extensions(schema: &Schema, printer: Printer<'_>) -> Section {
    Section {
        title: "create extensions".to_owned(),
        up: schema
            .extensions
            .iter()
            .map(|name| printer.create_extension(name))
            .collect(),
        down: schema
            .extensions
            .iter()
            .rev()
            .map(|name| printer.drop_extension(name))
            .collect(),
    }
}

fn types(schema: &Schema, printer: Printer<'_>) -> Section {
    let mut up: Vec<_> = schema
        .enums
        .iter()
        .map(|sql_enum| printer.create_enum(sql_enum))
        .collect();
    up.extend(
        schema
            .enums
            .iter()
            .filter_map(|sql_enum| printer.enum_comment(sql_enum)),
    );
    Section {
        title: "create types".to_owned(),
        up,
        down: schema
            .enums
            .iter()
            .rev()
            .map(|sql_enum| printer.drop_enum(sql_enum))
            .collect(),
    }
}

fn create_table(ordered: &Ordered<'_>, printer: Printer<'_>) -> Section {
    let table = ordered.table;
    let mut up = vec![printer.create_table(table, &ordered.foreign_keys)];
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
            .map(|index| printer.create_index(table, index)),
    );
    up.extend(printer.table_comments(table));
    Section {
        title: format!("create {} table", table.name.name),
        up,
        down: vec![printer.drop_table(table)],
    }
}

/// The foreign keys that close a circle.
fn foreign_keys(ordered: &[Ordered<'_>], printer: Printer<'_>) -> Section {
    let keys = || {
        ordered
            .iter()
            .flat_map(|table| table.later.iter().map(move |key| (table.table, *key)))
    };
    Section {
        title: "add foreign keys".to_owned(),
        up: keys()
            .map(|(table, key)| printer.add_foreign_key(table, key))
            .collect(),
        down: keys()
            .map(|(table, key)| printer.drop_foreign_key(table, key))
            .collect(),
    }
}

fn triggers(schema: &Schema, ordered: &[Ordered<'_>], printer: Printer<'_>) -> Section {
    let triggers = || {
        ordered.iter().flat_map(|ordered| {
            ordered
                .table
                .triggers
                .iter()
                .map(move |trigger| (ordered.table, trigger))
        })
    };
    let functions = schema.functions.iter();
    let mut up: Vec<_> = functions
        .clone()
        .map(|function| printer.create_trigger_function(function))
        .collect();
    up.extend(triggers().map(|(table, trigger)| printer.create_trigger(table, trigger)));
    let mut down: Vec<_> = triggers()
        .map(|(table, trigger)| printer.drop_trigger(table, trigger))
        .collect();
    down.extend(functions.map(|function| printer.drop_trigger_function(function)));
    Section {
        title: "create triggers".to_owned(),
        up,
        down,
    }
}
