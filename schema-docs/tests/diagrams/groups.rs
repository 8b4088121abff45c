use std::collections::BTreeSet;

use freehold_schema_core::ir::{QualifiedName, Schema, Table};
use freehold_schema_docs::diagram::{DEFAULT_GROUP_LIMIT, TableGroup, groups};

use super::nasty::{self, column, keyed, reference};
use super::{bigint, named, referencing, schema_of};

fn titles(groups: &[TableGroup]) -> Vec<&str> {
    groups.iter().map(|group| group.title.as_str()).collect()
}

/// A repeatable sequence of numbers (Knuth's constants of a linear congruential generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Up to 60 tables in up to 3 PostgreSQL schemas, with references at random.
fn random(numbers: &mut Numbers) -> Schema {
    let namespaces = [None, Some("audit"), Some("public")];
    let count = numbers.below(60);
    let used = 1 + numbers.below(namespaces.len());
    let names: Vec<_> = (0..count)
        .map(|number| QualifiedName::new(namespaces[numbers.below(used)], &format!("t{number}")))
        .collect();
    let table = |name: &QualifiedName| {
        let mut table = keyed(name.clone());
        for number in 0..numbers.below(4) {
            let key = format!("key{number}");
            let target = names[numbers.below(count)].clone();
            table.columns.push(column(&key, bigint()));
            table
                .foreign_keys
                .push(reference(&key, &[&key], target, &["id"]));
        }
        table
    };
    schema_of(names.iter().map(table).collect::<Vec<_>>())
}

#[test]
fn every_table_is_in_exactly_one_group_and_none_is_over_the_limit() {
    let mut numbers = Numbers(1);
    for _ in 0..300 {
        let schema = random(&mut numbers);
        let limit = numbers.below(20);
        let owner = schema.tables.first().map(|table| &table.name);
        let owner = owner.filter(|_| limit.is_multiple_of(2));
        let groups = groups(&schema, owner, limit);
        let mut found: Vec<_> = groups.iter().flat_map(|group| &group.tables).collect();
        found.sort();
        let mut wanted: Vec<_> = schema.tables.iter().map(|table| &table.name).collect();
        wanted.sort();
        assert_eq!(found, wanted);
        assert!(
            groups
                .iter()
                .all(|group| (1..=limit.max(1)).contains(&group.tables.len()))
        );
        let distinct: BTreeSet<_> = titles(&groups).into_iter().collect();
        assert_eq!(distinct.len(), groups.len());
    }
}

#[test]
fn the_order_of_the_tables_does_not_matter() {
    let mut numbers = Numbers(2);
    for _ in 0..50 {
        let mut schema = random(&mut numbers);
        let first = groups(&schema, None, 7);
        schema.tables.reverse();
        assert_eq!(groups(&schema, None, 7), first);
    }
}

#[test]
fn an_empty_schema_has_no_groups() {
    assert!(groups(&Schema::default(), None, DEFAULT_GROUP_LIMIT).is_empty());
}

#[test]
fn each_postgresql_schema_is_a_group() {
    let groups = groups(&nasty::schema(), None, 50);
    assert_eq!(titles(&groups), ["Other Schema", "audit", "public"]);
}

#[test]
fn connected_tables_stay_together_and_references_to_the_owner_do_not_connect() {
    let schema = schema_of([
        keyed(named("users")),
        referencing("orders", &["users"]),
        referencing("items", &["users", "orders"]),
        referencing("posts", &["users"]),
        referencing("comments", &["users", "posts"]),
    ]);
    let groups = groups(&schema, Some(&named("users")), 2);
    assert_eq!(
        titles(&groups),
        ["comments, posts", "items, orders", "users"]
    );
}

#[test]
fn a_large_component_is_split_around_the_table_with_the_most_references() {
    let leaf = |number: usize| referencing(&format!("leaf{number}"), &["hub"]);
    let tables: Vec<Table> = (0..5).map(leaf).chain([keyed(named("hub"))]).collect();
    let groups = groups(&schema_of(tables), None, 4);
    assert_eq!(
        titles(&groups),
        ["hub, leaf0, leaf1 and 1 more", "leaf3, leaf4"]
    );
}

#[test]
fn tables_without_references_share_a_group() {
    let schema = schema_of(["c", "a", "b"].map(|name| keyed(named(name))));
    let groups = groups(&schema, None, 2);
    assert_eq!(titles(&groups), ["a, b", "c"]);
}
