//! Diagrams to draw.

use freehold::SchemaDef;
use freehold_schema_core::ir::QualifiedName;
use freehold_schema_docs::diagram::{Diagram, Entity, EntityColumn, Reference, Selection};

/// A diagram of one of the examples. References to the table of users are left out.
pub fn example(schema: &SchemaDef) -> Diagram {
    of(schema, Some("users"), false)
}

pub fn of(schema: &SchemaDef, owner: Option<&str>, keys_only: bool) -> Diagram {
    let schema = schema.schema().expect("the examples are valid");
    let name = |table: &QualifiedName| Some(table.to_string().as_str()) == owner;
    let owner = schema
        .tables
        .iter()
        .map(|table| table.name.clone())
        .find(name);
    let selection = Selection {
        tables: None,
        keys_only,
        owner,
    };
    Diagram::of(&schema, &selection)
}

/// A table with a primary key and further columns. `?` after a name marks a column that may be null, `!` a unique one.
pub fn table(name: &str, columns: &[&str]) -> Entity {
    let key = EntityColumn {
        is_primary: true,
        ..column("id!")
    };
    let further = columns.iter().map(|name| column(name));
    Entity {
        name: name.to_owned(),
        comment: None,
        owner: None,
        columns: std::iter::once(key).chain(further).collect(),
    }
}

pub fn column(mark: &str) -> EntityColumn {
    let name = mark.trim_end_matches(['?', '!']);
    EntityColumn {
        labels: Vec::new(),
        name: name.to_owned(),
        sql_type: if name.ends_with("id") { "uuid" } else { "text" }.to_owned(),
        is_primary: false,
        is_foreign: name.ends_with("_id"),
        is_unique: mark.ends_with('!'),
        is_nullable: mark.ends_with('?'),
        comment: None,
    }
}

/// A diagram of tables, and references from a column of a table to the key of another.
pub fn diagram(mut entities: Vec<Entity>, references: &[(&str, &str, &str)]) -> Diagram {
    entities.sort_by(|one, other| one.name.cmp(&other.name));
    let references = references
        .iter()
        .map(|&(from, column, to)| reference(&entities, from, column, to))
        .collect();
    Diagram {
        entities,
        references,
    }
}

fn reference(entities: &[Entity], from: &str, column: &str, to: &str) -> Reference {
    let index = |name: &str| entities.iter().position(|entity| entity.name == name);
    let from_index = index(from).expect("the table exists");
    let columns = &entities[from_index].columns;
    let child = columns
        .iter()
        .find(|one| one.name == column)
        .expect("the column exists");
    Reference {
        name: format!("{from}_{column}_fkey"),
        from: from_index,
        columns: vec![column.to_owned()],
        to: index(to).expect("the table exists"),
        target_columns: vec!["id".to_owned()],
        is_optional: child.is_nullable,
        is_unique: child.is_unique,
        is_identifying: false,
        on_delete: "CASCADE",
    }
}

/// Sixty tables with 92 references, or fewer if those to `users` are left out. Every second table refers to `users`.
pub fn sixty(with_owner: bool, keys_only: bool) -> Diagram {
    let names: Vec<String> = (0..60).map(synthetic_name).collect();
    let mut random = Random(11);
    let mut references: Vec<(usize, String, usize)> = Vec::new();
    for table in 1..names.len() {
        if table % 2 == 0 && with_owner {
            references.push((table, "user_id".to_owned(), 0));
        }
        let window = table.saturating_sub(1).min(9);
        if window > 0 && table % 11 != 3 {
            let target = table - 1 - random.below(window);
            references.push((table, format!("{}_id", names[target]), target));
        }
        if window > 2 && table % 8 == 5 {
            let target = table - 1 - random.below(window);
            let mark = if table % 3 == 0 { "?" } else { "" };
            references.push((table, format!("parent_{}_id{mark}", names[target]), target));
        }
    }
    let mut entities: Vec<Entity> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let of_table = references.iter().filter(|(from, _, _)| *from == index);
        let mut columns: Vec<&str> = of_table.map(|(_, column, _)| column.as_str()).collect();
        if !keys_only {
            columns.extend(["name", "status", "note?", "created_at", "updated_at"]);
        }
        let mut entity = table(name, &columns);
        entity.owner = (index % 2 == 0 && index > 0 && !with_owner).then(|| "users".to_owned());
        entities.push(entity);
    }
    let references: Vec<(&str, &str, &str)> = references
        .iter()
        .map(|(from, column, to)| {
            (
                names[*from].as_str(),
                column.trim_end_matches('?'),
                names[*to].as_str(),
            )
        })
        .collect();
    diagram(entities, &references)
}

fn synthetic_name(index: usize) -> String {
    const FIRST: [&str; 10] = [
        "billing", "stock", "order", "audit", "price", "team", "media", "search", "export", "mail",
    ];
    const SECOND: [&str; 6] = ["entries", "rules", "items", "events", "plans", "links"];
    if index == 0 {
        return "users".to_owned();
    }
    format!("{}_{}", FIRST[index % 10], SECOND[index / 10])
}

/// The same numbers in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 40).expect("24 bits") % limit
    }
}
