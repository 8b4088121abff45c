//! Each rule of a schema's canonical form, tested with two schemas that differ only in it.

use super::schema;
use crate::ir::{
    Argument, Body, Column, EnumType, Expr, ForeignKey, Grant, GrantObject, Index, IndexPart,
    Partition, PartitionBound, PartitionBy, Policy, QualifiedName, Query, ReferentialAction,
    Returns, Routine, Schema, Sequence, SqlType, Table, Trigger, TriggerEvent, View,
};
use crate::model::{
    Deferrable, IndexMethod, Language, Nulls, PartitionStrategy, PolicyCommand, Privilege,
    RoutineKind, ScalarType, SortOrder, TriggerLevel, TriggerTiming, Volatility,
};

fn sql(text: &str) -> Expr {
    Expr::Sql(text.to_owned())
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn column(name: &str, sql_type: SqlType, default: Option<Expr>) -> Column {
    Column {
        name: name.to_owned(),
        sql_type,
        nullable: true,
        default,
        generated: None,
        identity: None,
        serial: false,
        comment: None,
        renamed_from: None,
        renamed_labels: Vec::new(),
        allow: Vec::new(),
    }
}

fn table(name: &QualifiedName, columns: Vec<Column>) -> Table {
    Table {
        name: name.clone(),
        comment: None,
        columns,
        primary_key: None,
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        indexes: Vec::new(),
        triggers: Vec::new(),
        row_security: None,
        policies: Vec::new(),
        partition_by: None,
        partitions: Vec::new(),
        partitions_at_run_time: false,
        renamed_from: None,
        allow: Vec::new(),
    }
}

fn tasks() -> Table {
    table(&QualifiedName::new(None, "tasks"), Vec::new())
}

fn of_table(table: Table) -> Schema {
    Schema {
        tables: vec![table],
        ..Schema::default()
    }
}

/// The canonical form of a type, and of the default of a column of that type.
fn of_column(sql_type: SqlType, default: Option<Expr>) -> Option<(SqlType, Option<Expr>)> {
    let mut tasks = tasks();
    tasks.columns = vec![column("c", sql_type, default)];
    let normal = schema(&Schema {
        enums: vec![EnumType {
            name: QualifiedName::new(None, "status"),
            comment: None,
            labels: owned(&["todo"]),
            renamed_labels: Vec::new(),
        }],
        ..of_table(tasks)
    });
    let column = normal.tables.first()?.columns.first()?;
    Some((column.sql_type.clone(), column.default.clone()))
}

#[test]
fn a_text_that_names_a_type_is_that_type() {
    use ScalarType::{Char, Integer, Numeric, Text, Timestamp, TimestampTz, Varchar};
    for (written, expected) in [
        ("character varying(255)", Varchar(Some(255))),
        ("varchar", Varchar(None)),
        ("pg_catalog.int4", Integer),
        ("numeric(10,2)", Numeric(Some((10, 2)))),
        ("decimal(10)", Numeric(Some((10, 0)))),
        ("character(3)", Char(3)),
        ("char", Char(1)),
        ("timestamp with time zone", TimestampTz),
        ("timestamp without time zone", Timestamp),
    ] {
        let normal = of_column(SqlType::Sql(written.to_owned()), None);
        assert_eq!(normal, Some((SqlType::Scalar(expected), None)), "{written}");
    }
    let text = || SqlType::Scalar(Text);
    let array = || SqlType::Array(Box::new(text()));
    let of_text = |sql: &str| of_column(SqlType::Sql(sql.to_owned()), None).map(|found| found.0);
    assert_eq!(of_text("text[]"), Some(array()));
    assert_eq!(of_text("TEXT[3][3]"), Some(array()));
    let nested = of_column(SqlType::Array(Box::new(array())), None);
    assert_eq!(nested, Some((array(), None)));
    let status = SqlType::Enum(QualifiedName::new(None, "status"));
    assert_eq!(of_text("public.status"), Some(status));
    assert_eq!(
        of_text("Timestamp (3)"),
        Some(SqlType::Sql("timestamp(3)".to_owned()))
    );
}

#[test]
fn a_default_is_a_value_of_its_columns_type() {
    use ScalarType::{BigInt, Boolean, Date, Interval, Jsonb, Numeric, Text, TimestampTz};
    for (scalar, written, expected) in [
        (BigInt, "'1'", Some("1")),
        (Numeric(None), "'0.00'::numeric", Some("0.00")),
        (Boolean, "'yes'", Some("true")),
        (Text, "'1'", Some("'1'")),
        (Text, "'x'::text", Some("'x'")),
        (Date, "'2026-1-1'", Some("'2026-01-01'")),
        (
            TimestampTz,
            "'2026-01-01 00:00:00+00'",
            Some("'2026-01-01'"),
        ),
        (TimestampTz, "CURRENT_TIMESTAMP", Some("now()")),
        (Interval, "'24 hours'", Some("'24:00:00'")),
        (Jsonb, "'{\"a\": 1}'::jsonb", Some("'{\"a\":1}'")),
        (Text, "NULL::text", None),
    ] {
        let normal = of_column(SqlType::Scalar(scalar), Some(sql(written)));
        let default = normal.and_then(|(_, default)| default);
        assert_eq!(default, expected.map(sql), "{written}");
    }
}

#[test]
fn a_default_array_has_quotes_where_they_are_needed() {
    for (written, expected) in [
        ("'{\"a\", \"b c\",d}'::text[]", "'{a,\"b c\",d}'"),
        (
            "'{ it''s , \"null\" , null, \"\" }'",
            "'{it''s,\"null\",NULL,\"\"}'",
        ),
        ("'{\"a\\\"b\"}'", "'{\"a\\\"b\"}'"),
        ("'{}'", "'{}'"),
        ("'{{a},{b}}'", "'{{a},{b}}'"),
    ] {
        let text = SqlType::Array(Box::new(SqlType::Scalar(ScalarType::Text)));
        let normal = of_column(text, Some(sql(written)));
        let default = normal.and_then(|(_, default)| default);
        assert_eq!(default, Some(sql(expected)), "{written}");
    }
}

#[test]
fn bounds_are_values_of_the_partition_key() {
    let of = |scalar, written: &str| {
        let mut tasks = tasks();
        tasks.columns = vec![column("at", SqlType::Scalar(scalar), None)];
        tasks.partition_by = Some(PartitionBy {
            strategy: PartitionStrategy::Range,
            columns: owned(&["at"]),
        });
        tasks.partitions = vec![Partition {
            name: "tasks_1".to_owned(),
            bound: PartitionBound::Range(vec![sql(written)], vec![sql("MAXVALUE")]),
        }];
        schema(&of_table(tasks))
    };
    let utc = of(ScalarType::TimestampTz, "'2026-01-01 00:00:00+00'");
    assert_eq!(utc, of(ScalarType::TimestampTz, "'2026-01-01'"));
    assert_eq!(utc, of(ScalarType::TimestampTz, "'2026-01-01 02:00:00+02'"));
    assert_ne!(utc, of(ScalarType::TimestampTz, "'2026-01-02'"));
    let number = of(ScalarType::Integer, "'10'");
    assert_eq!(number, of(ScalarType::Integer, "10"));
    assert_ne!(of(ScalarType::Text, "'10'"), of(ScalarType::Text, "'010'"));
}

#[test]
fn an_index_keeps_only_options_that_are_not_the_default() {
    let of = |value: Expr, order, nulls, filter: &str| {
        let mut tasks = tasks();
        tasks.indexes = vec![Index {
            name: "i".to_owned(),
            parts: vec![IndexPart {
                value,
                order,
                nulls,
                collation: None,
                operator_class: None,
            }],
            unique: false,
            nulls_not_distinct: false,
            method: IndexMethod::BTree,
            include: Vec::new(),
            filter: Some(sql(filter)),
        }];
        schema(&of_table(tasks))
    };
    let column = || Expr::Column("a".to_owned());
    let plain = of(column(), SortOrder::Ascending, None, "b > 0");
    assert_eq!(
        plain,
        of(column(), SortOrder::Ascending, Some(Nulls::Last), "(b > 0)")
    );
    assert_eq!(
        plain,
        of(sql("(a)"), SortOrder::Ascending, None, "(tasks.b > 0)")
    );
    assert_ne!(
        plain,
        of(column(), SortOrder::Ascending, Some(Nulls::First), "b > 0")
    );
    assert_ne!(plain, of(column(), SortOrder::Descending, None, "b > 0"));
    assert_ne!(
        plain,
        of(sql("lower(a)"), SortOrder::Ascending, None, "b > 0")
    );
    let descending = of(column(), SortOrder::Descending, None, "b > 0");
    assert_eq!(
        descending,
        of(column(), SortOrder::Descending, Some(Nulls::First), "b > 0")
    );
}

#[test]
fn keys_triggers_and_policies_have_one_order() {
    let of =
        |schema_name: Option<&str>, set: &[&str], events: [TriggerEvent; 2], roles: &[&str]| {
            let mut tasks = table(&QualifiedName::new(schema_name, "tasks"), Vec::new());
            tasks.foreign_keys = vec![ForeignKey {
                name: "f".to_owned(),
                columns: owned(&["a", "b"]),
                target: QualifiedName::new(schema_name, "users"),
                target_columns: owned(&["a", "b"]),
                on_delete: ReferentialAction::SetNull(owned(set)),
                on_update: ReferentialAction::NoAction,
                deferrable: Deferrable::Never,
            }];
            tasks.triggers = vec![Trigger {
                name: "t".to_owned(),
                timing: TriggerTiming::Before,
                events: events.to_vec(),
                level: TriggerLevel::Row,
                when: Some(sql("NEW.a <> OLD.a")),
                function: QualifiedName::new(schema_name, "act"),
                arguments: Vec::new(),
            }];
            tasks.policies = vec![Policy {
                name: "p".to_owned(),
                command: PolicyCommand::All,
                restrictive: false,
                roles: owned(roles),
                using: None,
                with_check: None,
            }];
            schema(&of_table(tasks))
        };
    let events = || [TriggerEvent::Insert, TriggerEvent::Delete];
    let turned = [TriggerEvent::Delete, TriggerEvent::Insert];
    let plain = of(None, &[], events(), &[]);
    assert_eq!(plain, of(Some("public"), &["b", "a"], turned, &["public"]));
    assert_ne!(plain, of(None, &["a"], events(), &[]));
    assert_ne!(plain, of(None, &[], events(), &["app"]));
    assert_ne!(plain, of(Some("app"), &[], events(), &[]));
}

#[test]
fn a_sequence_keeps_only_options_that_are_not_the_default() {
    let of = |[start, increment, min, max, cache]: [Option<i64>; 5]| {
        schema(&Schema {
            sequences: vec![Sequence {
                name: QualifiedName::new(None, "s"),
                value_type: crate::ir::SequenceType::BigInt,
                start,
                increment,
                min,
                max,
                cache,
                cycle: false,
            }],
            ..Schema::default()
        })
    };
    let plain = of([None; 5]);
    assert_eq!(
        plain,
        of([Some(1), Some(1), Some(1), Some(i64::MAX), Some(1)])
    );
    assert_ne!(plain, of([Some(2), None, None, None, None]));
    let from_ten = of([None, None, Some(10), None, None]);
    assert_eq!(from_ten, of([Some(10), Some(1), Some(10), None, None]));
    let down = of([None, Some(-1), None, None, None]);
    assert_eq!(
        down,
        of([Some(-1), Some(-1), Some(i64::MIN), Some(-1), None])
    );
    assert_ne!(down, plain);
}

#[test]
fn each_object_and_role_has_one_grant() {
    let grant = |privileges: &[Privilege], on: GrantObject| Grant {
        privileges: privileges.iter().map(|kind| (*kind, Vec::new())).collect(),
        on,
        to: "app".to_owned(),
    };
    let relations = |names: &[&str]| {
        let names = names
            .iter()
            .map(|name| QualifiedName::new(Some("public"), name));
        GrantObject::Relations(names.collect())
    };
    let of = |grants: Vec<Grant>| {
        let users = table(&QualifiedName::new(None, "users"), Vec::new());
        let tables = vec![tasks(), users];
        schema(&Schema {
            tables,
            grants,
            ..Schema::default()
        })
    };
    let both = vec![grant(
        &[Privilege::Insert, Privilege::Select],
        relations(&["users", "tasks"]),
    )];
    let one_by_one = vec![
        grant(
            &[Privilege::Select],
            GrantObject::AllTables("public".to_owned()),
        ),
        grant(&[Privilege::Insert], relations(&["tasks"])),
        grant(
            &[Privilege::Insert, Privilege::Insert],
            relations(&["users"]),
        ),
    ];
    assert_eq!(of(both.clone()), of(one_by_one));
    assert_eq!(of(both.clone()).grants.len(), 2);
    assert_ne!(
        of(both),
        of(vec![grant(&[Privilege::Select], relations(&["tasks"]))])
    );
    let all = of(vec![grant(&[Privilege::All], relations(&["tasks"]))]);
    assert_eq!(
        all.grants.first().map(|grant| grant.privileges.len()),
        Some(7)
    );
    let mut columns = grant(&[], relations(&["tasks"]));
    columns.privileges = vec![
        (Privilege::Update, owned(&["b"])),
        (Privilege::Update, owned(&["a", "b"])),
    ];
    let columns = of(vec![columns]);
    let privileges = columns.grants.first().map(|grant| grant.privileges.clone());
    assert_eq!(
        privileges,
        Some(vec![(Privilege::Update, owned(&["a", "b"]))])
    );
}

#[test]
fn a_body_becomes_its_text_and_a_view_its_query() {
    let routine = |body: Body, path: &str, execute: Option<&[&str]>| Routine {
        name: QualifiedName::new(Some("public"), "act"),
        kind: RoutineKind::Function,
        comment: Some(String::new()),
        arguments: vec![Argument {
            name: "a".to_owned(),
            sql_type: SqlType::Sql("int".to_owned()),
            out: false,
            default: None,
        }],
        returns: Returns::Trigger,
        language: Language::PlPgSql,
        volatility: Volatility::Volatile,
        strict: false,
        parallel_safe: false,
        search_path: Some(path.to_owned()),
        run_as: None,
        security_definer: false,
        execute: execute.map(owned),
        body,
        left_out: Vec::new(),
    };
    let view = |query: Query| View {
        name: QualifiedName::new(None, "v"),
        comment: None,
        column_comments: Vec::new(),
        query,
        materialized: false,
        security_invoker: true,
        owner: None,
        indexes: Vec::new(),
    };
    let made = schema(&Schema {
        routines: vec![routine(
            Body::SetColumn {
                column: "at".to_owned(),
                value: sql("now()"),
            },
            "app,  \"x\"",
            Some(&["b", "a"]),
        )],
        views: vec![view(Query::Rows {
            table: QualifiedName::new(None, "tasks"),
            columns: owned(&["a"]),
            filter: sql("a = 'b  c'"),
        })],
        ..Schema::default()
    });
    let text = "\nBEGIN\n    NEW.at = now();\n    RETURN NEW;\nEND;\n".to_owned();
    let query = "SELECT a\n  FROM tasks -- all\n WHERE a = 'b  c' ;\n".to_owned();
    let read = schema(&Schema {
        routines: vec![routine(Body::Source(text), "app, x", Some(&["a", "b"]))],
        views: vec![view(Query::Source(query))],
        ..Schema::default()
    });
    assert_eq!(made, read);
    assert_eq!(schema(&read), read);
}
