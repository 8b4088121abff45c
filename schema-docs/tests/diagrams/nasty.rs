//! A schema whose names, types and texts break careless printers. The tests and the example `diagrams` use it.

use freehold_schema_core::ir::{
    Check, Column, Domain, EnumType, Expr, ForeignKey, Grant, GrantObject, Index, IndexPart,
    Partition, PartitionBound, PartitionBy, Policy, PrimaryKey, QualifiedName, Query,
    ReferentialAction, Role, RowSecurity, Schema, SqlType, Table, Trigger, TriggerEvent, Unique,
    View,
};
use freehold_schema_core::model::{
    Deferrable, Identity, IndexMethod, Nulls, PartitionStrategy, PolicyCommand, Privilege,
    ScalarType, SortOrder, TriggerLevel, TriggerTiming,
};

/// The schema.
pub(crate) fn schema() -> Schema {
    Schema {
        roles: vec![role("the \"boss\"")],
        owner: Some("the \"boss\"".to_owned()),
        schemas: vec!["audit".to_owned(), "Other Schema".to_owned()],
        enums: enums(),
        domains: vec![Domain {
            name: QualifiedName::new(None, "e mail"),
            base: SqlType::Scalar(ScalarType::Text),
            comment: Some("An address, 'quoted'".to_owned()),
            checks: vec![Check {
                name: "has_at".to_owned(),
                condition: Expr::Sql("value LIKE '%@%'".to_owned()),
            }],
        }],
        tables: tables(),
        views: vec![view()],
        grants: vec![Grant {
            privileges: vec![(Privilege::Select, vec![])],
            on: GrantObject::Relations(vec![
                QualifiedName::new(None, "class"),
                QualifiedName::new(None, "the view"),
            ]),
            to: "the \"boss\"".to_owned(),
        }],
        ..Schema::default()
    }
}

fn role(name: &str) -> Role {
    Role {
        name: name.to_owned(),
        existing: false,
        login: true,
        inherit: true,
        bypass_rls: false,
        member_of: vec![],
    }
}

fn enums() -> Vec<EnumType> {
    let sql_enum = |schema, name, labels: &[&str]| EnumType {
        name: QualifiedName::new(schema, name),
        comment: Some("It's \\ a \"mood\"".to_owned()),
        labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        renamed_labels: vec![],
    };
    let labels = ["so so", "\"great\"", "don't", "back\\slash", "größer", ""];
    vec![
        sql_enum(Some("audit"), "mood", &labels),
        sql_enum(None, "nothing", &[]),
    ]
}

fn view() -> View {
    View {
        name: QualifiedName::new(None, "the view"),
        comment: None,
        column_comments: vec![],
        query: Query::Source("SELECT '''' AS \"quote\"\n  -- the end".to_owned()),
        materialized: true,
        security_invoker: false,
        owner: None,
        indexes: vec![],
    }
}

fn tables() -> Vec<Table> {
    let mut tables = vec![class(), end(), types(), defaults(), rows(), empty()];
    let names = [
        "one",
        "Mixed Case",
        "größe über",
        "50%",
        "50\"",
        "back\\slash",
        "back\\",
        "do$$ar",
        "#quot;<b>&amp;",
        "accDescr",
        "u",
        "日本",
        "line\nbreak",
        "a.b",
        "constructor",
    ];
    tables.extend(names.map(|name| keyed(QualifiedName::new(None, name))));
    tables.push(keyed(QualifiedName::new(Some("Other Schema"), "class")));
    tables
}

/// A table with the primary key `id`.
pub(crate) fn keyed(name: QualifiedName) -> Table {
    let mut table = Table::new(name);
    table.columns = vec![column("id", SqlType::Scalar(ScalarType::BigInt))];
    table.primary_key = Some(PrimaryKey {
        name: format!("pk_{}", table.name.name),
        columns: vec!["id".to_owned()],
    });
    table
}

/// A column that must not be null.
pub(crate) fn column(name: &str, sql_type: SqlType) -> Column {
    Column {
        name: name.to_owned(),
        sql_type,
        nullable: false,
        default: None,
        generated: None,
        identity: None,
        serial: false,
        comment: None,
        renamed_from: None,
        renamed_labels: vec![],
        allow: vec![],
    }
}

/// A foreign key that deletes rows with those that they reference.
pub(crate) fn reference(
    name: &str,
    columns: &[&str],
    target: QualifiedName,
    to: &[&str],
) -> ForeignKey {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ForeignKey {
        name: name.to_owned(),
        columns: owned(columns),
        target,
        target_columns: owned(to),
        on_delete: ReferentialAction::Cascade,
        on_update: ReferentialAction::NoAction,
        deferrable: Deferrable::Never,
    }
}

fn bigint(name: &str) -> Column {
    column(name, SqlType::Scalar(ScalarType::BigInt))
}

fn nullable(name: &str) -> Column {
    Column {
        nullable: true,
        ..bigint(name)
    }
}

fn unique(name: &str, columns: &[&str]) -> Unique {
    Unique {
        name: name.to_owned(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        include: vec![],
        nulls_not_distinct: false,
        deferrable: Deferrable::Never,
    }
}

/// Columns with names that a diagram cannot have, and that become equal.
fn class() -> Table {
    let mut table = keyed(QualifiedName::new(None, "class"));
    table.comment = Some("It's \"quoted\",\n  indented\tand\r\n\nends with '''three'''".to_owned());
    let names = [
        "pk", "FK", "uk", "1st", "größe", "a b", "a-b", "a_b", "a.b", "$", "日本", "x\"y", "x\\",
        "-", "class", "end", "order", "per%cent", "x'y",
    ];
    table.columns.extend(names.map(nullable));
    for column in &mut table.columns {
        column.comment = Some(format!(
            "The \"{}\" of it;\n%%{{init: {{}}}}%% 100%% #quot; `x` <b> \\",
            column.name
        ));
    }
    table.uniques = vec![
        unique("uq_class_pk", &["pk"]),
        unique("odd \"name'", &["FK"]),
        Unique {
            nulls_not_distinct: true,
            include: vec!["$".to_owned()],
            deferrable: Deferrable::InitiallyDeferred,
            ..unique("uq_class_uk", &["uk"])
        },
        unique("uq_class_several", &["a b", "a-b"]),
    ];
    table
}

/// References: to itself, of several columns, twice to one table, twice over the same columns, to an unknown table.
fn end() -> Table {
    let mut table = Table::new(QualifiedName::new(Some("audit"), "end"));
    table.columns = ["a", "b", "class"].map(bigint).to_vec();
    table
        .columns
        .extend(["up a", "up b", "to", "other", "far"].map(nullable));
    table.primary_key = Some(PrimaryKey {
        name: "pk_end".to_owned(),
        columns: vec!["a".to_owned(), "b".to_owned()],
    });
    table.uniques = vec![unique("uq_end_to", &["to"])];
    let class = || QualifiedName::new(None, "class");
    let itself = || table.name.clone();
    table.foreign_keys = vec![
        reference("fk up", &["up a", "up b"], itself(), &["a", "b"]),
        ForeignKey {
            on_delete: ReferentialAction::SetNull(vec!["up a".to_owned()]),
            on_update: ReferentialAction::SetDefault(vec![]),
            deferrable: Deferrable::InitiallyImmediate,
            ..reference("fk_a", &["a"], class(), &["id"])
        },
        ForeignKey {
            on_delete: ReferentialAction::Restrict,
            ..reference("fk_class", &["class"], class(), &["id"])
        },
        reference("fk_class_again", &["class"], class(), &["id"]),
        reference("fk_to", &["to"], class(), &["id"]),
        reference("fk_swapped", &["a", "b"], itself(), &["b", "a"]),
        reference(
            "fk_other",
            &["other"],
            QualifiedName::new(Some("Other Schema"), "class"),
            &["id"],
        ),
        reference(
            "fk_far",
            &["far"],
            QualifiedName::new(Some("far"), "away"),
            &["id"],
        ),
    ];
    table
}

fn types() -> Table {
    let mut table = keyed(QualifiedName::new(None, "types"));
    let array = |element: SqlType| SqlType::Array(Box::new(element));
    let mood = || SqlType::Enum(QualifiedName::new(Some("audit"), "mood"));
    let types = [
        SqlType::Scalar(ScalarType::Numeric(Some((10, 2)))),
        array(SqlType::Scalar(ScalarType::Varchar(Some(20)))),
        array(array(SqlType::Scalar(ScalarType::Text))),
        SqlType::Sql("timestamp with time zone".to_owned()),
        SqlType::Sql("\"char\"".to_owned()),
        SqlType::Sql("geometry(Point,4326)".to_owned()),
        SqlType::Sql("enum(\"a\")".to_owned()),
        SqlType::Sql("pk".to_owned()),
        mood(),
        array(mood()),
        SqlType::Domain(QualifiedName::new(None, "e mail")),
        SqlType::Enum(QualifiedName::new(None, "nothing")),
    ];
    let types = types.into_iter().enumerate();
    table
        .columns
        .extend(types.map(|(index, sql_type)| column(&format!("c{index}"), sql_type)));
    table
}

fn defaults() -> Table {
    let mut table = Table::new(QualifiedName::new(None, "defaults"));
    let defaults = [
        Expr::Text("it's \\ \"quoted\"\n`x`".to_owned()),
        Expr::Number("-1.50".to_owned()),
        Expr::Number("9007199254740993".to_owned()),
        Expr::Number("1e5".to_owned()),
        Expr::Number(".5".to_owned()),
        Expr::Bool(true),
        Expr::Null,
        Expr::Keyword("CURRENT_TIMESTAMP".to_owned()),
        Expr::Call("now".to_owned(), vec![]),
        Expr::Sql("'a`b'".to_owned()),
        Expr::Sql("'a' -- b".to_owned()),
        Expr::Sql("E'\\\\d' || '\\'".to_owned()),
    ];
    let text = || SqlType::Scalar(ScalarType::Text);
    let defaults = defaults.into_iter().enumerate();
    table.columns = defaults
        .map(|(index, default)| Column {
            default: Some(default),
            ..column(&format!("c{index}"), text())
        })
        .collect();
    table.columns.extend([
        Column {
            generated: Some(Expr::Column("c0".to_owned())),
            ..column("made", text())
        },
        Column {
            identity: Some(Identity::Always),
            ..bigint("identity")
        },
        Column {
            serial: true,
            ..bigint("serial")
        },
    ]);
    table
}

fn index(name: &str, value: Expr) -> Index {
    Index {
        name: name.to_owned(),
        parts: vec![IndexPart {
            value,
            order: SortOrder::Ascending,
            nulls: None,
            collation: None,
            operator_class: None,
        }],
        unique: false,
        nulls_not_distinct: false,
        method: IndexMethod::BTree,
        include: vec![],
        filter: None,
    }
}

/// What DBML cannot express.
fn rows() -> Table {
    let mut table = keyed(QualifiedName::new(None, "rows"));
    table.columns.push(nullable("at"));
    let at = || Expr::Column("at".to_owned());
    let sql = |text: &str| Expr::Sql(text.to_owned());
    let mut descending = index("ix_descending", at());
    descending.parts[0].order = SortOrder::Descending;
    descending.parts[0].nulls = Some(Nulls::Last);
    descending
        .parts
        .push(index("", sql("at + 1")).parts[0].clone());
    table.indexes = vec![
        index("ix_plain", at()),
        Index {
            method: IndexMethod::Brin,
            ..index("ix_brin", at())
        },
        Index {
            unique: true,
            filter: Some(sql("at > 0")),
            ..index("ix_partial", at())
        },
        descending,
        index("ix_backquote", sql("'`'")),
    ];
    let check = |name: &str, text| Check {
        name: name.to_owned(),
        condition: sql(text),
    };
    table.checks = vec![
        check("plain_check", "at > 0"),
        check("backquote_check", "at::text <> '`'"),
        check("line_check", "at > 0 --\n AND true"),
        check("quote_check", "at::text <> ''''''"),
    ];
    table.row_security = Some(RowSecurity { force: true });
    table.policies = vec![Policy {
        name: "the policy".to_owned(),
        command: PolicyCommand::All,
        restrictive: true,
        roles: vec![],
        using: Some(sql("true")),
        with_check: None,
    }];
    table.triggers = vec![Trigger {
        name: "the trigger".to_owned(),
        timing: TriggerTiming::After,
        events: vec![
            TriggerEvent::Update(vec!["at".to_owned()]),
            TriggerEvent::Delete,
        ],
        level: TriggerLevel::Row,
        when: None,
        function: QualifiedName::new(None, "touch"),
        arguments: vec!["it's".to_owned()],
    }];
    partitioned(table)
}

fn partitioned(mut table: Table) -> Table {
    table.partition_by = Some(PartitionBy {
        strategy: PartitionStrategy::Hash,
        columns: vec!["id".to_owned()],
    });
    table.partitions = vec![Partition {
        name: "rows_0".to_owned(),
        bound: PartitionBound::Hash(2, 0),
    }];
    table.partitions_at_run_time = true;
    table
}

fn empty() -> Table {
    Table::new(QualifiedName::new(None, "empty"))
}
