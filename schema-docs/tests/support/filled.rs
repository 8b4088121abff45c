//! What a document contains beside the schema: volumes, measures, statements, modules and history.

use freehold_schema_docs::document::{
    Document, MeasuredDoc, MigrationDoc, QueryDoc, SizeDoc, VolumeDoc,
};

/// Fills everything that a schema alone does not have.
pub fn fill(mut document: Document) -> Document {
    let names: Vec<_> = document
        .tables
        .iter()
        .map(|table| table.name.clone())
        .collect();
    for (index, table) in document.tables.iter_mut().enumerate() {
        let module = if index % 3 == 2 { "catalog" } else { "sales" };
        table.module = Some(format!("shop::{module}"));
        table.volume = Some(volume());
        table.measured = Some(MeasuredDoc {
            rows: (index % 2 == 0).then_some(123_456),
            table_bytes: 81_920_000,
            index_bytes: 24_576,
            unused_indexes: table
                .indexes
                .iter()
                .take(1)
                .map(|one| one.name.clone())
                .collect(),
        });
        table.queries = vec![QueryDoc {
            rust: "db.scope(id).select::<Row>().all()".to_owned(),
            sql: format!("SELECT * FROM {} WHERE user_id = $1", table.name),
        }];
    }
    document.with_history(history(&names))
}

fn volume() -> VolumeDoc {
    let size = |when, rows, table_bytes| SizeDoc {
        when,
        rows,
        table_bytes,
        index_bytes: table_bytes / 3,
    };
    VolumeDoc {
        rows: 10_000,
        per_day: 2_500,
        row_bytes: 136,
        sizes: vec![
            size("at first", 10_000, 1_400_000),
            size("in one year", 922_500, 131_000_000),
            size("in five years", 4_572_500, 650_000_000),
        ],
        assumed: vec![("note".to_owned(), 32)],
        not_computed: vec!["search_idx".to_owned()],
    }
}

fn history(names: &[String]) -> Vec<MigrationDoc> {
    let migration =
        |version, description: &str, reason: Option<&str>, tables: &[String]| MigrationDoc {
            version,
            description: description.to_owned(),
            reason: reason.map(ToOwned::to_owned),
            steps: tables
                .iter()
                .map(|table| format!("create table {table}"))
                .collect(),
            tables: tables.to_vec(),
            has_down: reason.is_some(),
        };
    let last = names.len().saturating_sub(1)..;
    vec![
        migration(
            20_260_301_090_000,
            "add the last table",
            Some("Support asks for it: see the decision of March."),
            names.get(last).unwrap_or_default(),
        ),
        migration(20_260_101_090_000, "begin", None, names),
    ]
}
