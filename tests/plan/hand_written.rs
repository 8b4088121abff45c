//! SQL in unusual spellings, while the objects that it names are renamed: up, back, and up again.

use freehold::model::{
    Action, CheckDef, ColumnDef, EnumDef, Expr, ForeignKeyDef, GrantDef, GrantOn, IndexDef,
    IndexPart, Isolation, LabelDef, Language, Ownership, PartitionBound, PartitionByDef,
    PartitionDef, PartitionStrategy, PolicyCommand, PolicyDef, PrimaryKeyDef, Privilege,
    PrivilegeDef, Reference, Returns, RoleDef, RoutineDef, RowSecurityDef, ScalarType, SqlType,
    TableDef, TableName, ViewDef,
};
use freehold::plan::Plan;
use freehold::{Postgres, SchemaDef};

use crate::edge_cases::{USERS, leak, there_and_back};
use crate::server::Failure;

const ID: ColumnDef = ColumnDef::new::<i64>("id");

const ALLOWED: &[&str] = &[
    "uuid_key",
    "index_not_leakproof",
    "unscoped_view",
    "cascade_from_shared",
];

const fn shared(name: &'static str, columns: &'static [ColumnDef]) -> TableDef {
    TableDef::new(
        TableName::new(None, name),
        Ownership::Shared,
        columns,
        PrimaryKeyDef::new(&["id"]),
    )
    .allow(ALLOWED)
}

fn of_tables(tables: &'static [&'static TableDef]) -> SchemaDef {
    SchemaDef::new("WRITTEN", tables).isolation(Isolation::RowSecurity(RowSecurityDef::new()))
}

/// A partitioned table with a check, a computed column and a partial index that contain its name.
fn with_partition(is_there: bool) -> SchemaDef {
    const DAY: ColumnDef = ColumnDef::new::<i64>("day");
    const LENGTH: ColumnDef =
        ColumnDef::new::<Option<i64>>("twice").generated(Expr::Sql("sums.day /* sums.day */ * 2"));
    const PARTS: &[IndexPart] = &[IndexPart::new(Expr::Sql("(sums.day + 1)"))];
    const FIRST: PartitionBound = PartitionBound::Range(&[Expr::Number("1")], &[Expr::Number("9")]);
    let columns: &[ColumnDef] = if is_there {
        &[ID, DAY, LENGTH]
    } else {
        &[ID, DAY]
    };
    let table = TableDef {
        primary_key: PrimaryKeyDef::new(&["id", "day"]),
        ..shared("sums", columns)
    };
    let table = table
        .partition_by(PartitionByDef::new(PartitionStrategy::Range, &["day"]))
        .partitions(const { &[PartitionDef::new("sums_first", FIRST)] });
    let check = CheckDef::new(&["day"], Expr::Sql("sums -- sums.id\n . day > 0"));
    let index = IndexDef::new(PARTS).filter(Expr::Sql("\"sums\".day <> 3"));
    let table = if is_there {
        table.checks(leak([check])).indexes(leak([index]))
    } else {
        table
    };
    of_tables(leak([leak(table)]))
}

#[test]
fn expressions_over_a_partitioned_table_may_contain_its_name() -> Result<(), Failure> {
    there_and_back(&with_partition(false), &with_partition(true))
}

/// A policy of `tasks` that reads `sums`, with or without partitions.
fn with_partitions(has_partitions: bool) -> SchemaDef {
    const DAY: ColumnDef = ColumnDef::new::<i64>("day");
    let sums = TableDef {
        primary_key: PrimaryKeyDef::new(&["id", "day"]),
        ..shared("sums", const { &[ID, DAY] })
    };
    let by_day = PartitionByDef::new(PartitionStrategy::Range, &["day"]);
    let sums = if has_partitions {
        sums.partition_by(by_day)
    } else {
        sums
    };
    let asks = Expr::Sql("EXISTS (SELECT FROM sums WHERE sums.id = tasks.id)");
    let policy = PolicyDef::new("asks", PolicyCommand::Select).using(asks);
    let tasks = shared("tasks", const { &[ID] }).policies(leak([policy]));
    of_tables(leak([leak(sums), leak(tasks)]))
}

#[test]
fn a_policy_may_read_a_table_that_is_recreated() -> Result<(), Failure> {
    there_and_back(&with_partitions(false), &with_partitions(true))?;
    there_and_back(&with_partitions(true), &with_partitions(false))
}

/// The same with default rights on new tables, if `has_rights`.
fn with_rights(has_partitions: bool, has_rights: bool) -> SchemaDef {
    const INSERT: &[PrivilegeDef] = &[PrivilegeDef::new(Privilege::Insert)];
    const GRANTS: &[GrantDef] = &[GrantDef::new(INSERT, GrantOn::Tables, "seldom_reader").future()];
    let schema = with_partitions(has_partitions).roles(const { &[RoleDef::new("seldom_reader")] });
    if has_rights {
        schema.grants(GRANTS)
    } else {
        schema
    }
}

#[test]
fn a_recreated_table_does_not_get_rights_that_are_dropped() -> Result<(), Failure> {
    let old = with_rights(false, true);
    let new = with_rights(true, false);
    there_and_back(&old, &new)?;
    there_and_back(&new, &old)
}

/// A policy of `tasks` that reads `members`, whose column `done` is renamed.
fn with_policy(asks: &'static str, done: ColumnDef) -> SchemaDef {
    let policy = PolicyDef::new("asks", PolicyCommand::Select).using(Expr::Sql(asks));
    let members = shared("members", leak([ID, done]));
    let tasks = shared("tasks", const { &[ID, ColumnDef::new::<bool>("done")] });
    let tasks = tasks.policies(leak([policy]));
    of_tables(leak([leak(members), leak(tasks)]))
}

#[test]
fn a_column_that_a_subquery_returns_is_renamed() -> Result<(), Failure> {
    const DONE: ColumnDef = ColumnDef::new::<bool>("done");
    const IS_DONE: ColumnDef = ColumnDef::new::<bool>("is_done").renamed_from("done");
    for (old, new) in [
        (
            "EXISTS (SELECT FROM (SELECT done FROM members) q WHERE q.done)",
            "EXISTS (SELECT FROM (SELECT is_done FROM members) q WHERE q.is_done)",
        ),
        (
            "EXISTS (SELECT FROM (tasks t JOIN members m ON m.done) WHERE m.done AND t.done)",
            "EXISTS (SELECT FROM (tasks t JOIN members m ON m.is_done) WHERE m.is_done)",
        ),
        (
            "id IN (SELECT id FROM members WHERE done UNION SELECT id FROM tasks WHERE done)",
            "id IN (SELECT id FROM members WHERE is_done UNION ALL SELECT id FROM tasks)",
        ),
    ] {
        there_and_back(&with_policy(old, DONE), &with_policy(new, IS_DONE))?;
    }
    Ok(())
}

/// A check and a default that contain a label, written as given.
fn with_label(label: LabelDef, check: &'static str, default: &'static str) -> SchemaDef {
    let state = SqlType::Enum(leak(EnumDef {
        schema: None,
        name: "state",
        native: true,
        comment: None,
        labels: leak([label, LabelDef::new("done")]),
    }));
    let mut column = ColumnDef::new::<String>("state").default(Expr::Sql(default));
    column.sql_type = state;
    let check = CheckDef::new(&["state"], Expr::Sql(check));
    let table = shared("tasks", leak([ID, column])).checks(leak([check]));
    of_tables(leak([leak(table)]))
}

#[test]
fn a_label_with_escapes_is_renamed() -> Result<(), Failure> {
    const OPEN: LabelDef = LabelDef::new("open").renamed_from("todo");
    let old = with_label(
        LabelDef::new("todo"),
        "state = E'\\x74odo' OR state <> state 'done'",
        "$$todo$$ /* 'todo' */ :: state",
    );
    // The check changes too, so that it is dropped and added again.
    let new = with_label(OPEN, "state = 'open'", "E'o'\n'pen'");
    there_and_back(&old, &new)
}

/// Rows of users, in a schema whose owner is also restricted by row-level security.
fn with_function(reads: &'static [&'static RoutineDef]) -> SchemaDef {
    let reference = Reference {
        table: TableName::new(None, "users"),
        ownership: Ownership::Owner,
        column: "id",
        def: || &USERS,
    };
    let key = ForeignKeyDef::new(&["user_id"], leak([reference]), Action::Cascade);
    let table = TableDef::new(
        TableName::new(None, "notes"),
        Ownership::Scope("user_id"),
        const { &[ID, ColumnDef::new::<i64>("user_id")] },
        PrimaryKeyDef::new(&["id"]),
    )
    .foreign_keys(leak([key]))
    .allow(ALLOWED);
    SchemaDef::new("WRITTEN", leak([&USERS, leak(table)]))
        .routines(reads)
        .isolation(Isolation::RowSecurity(
            RowSecurityDef::new().owner("seldom_owner"),
        ))
}

#[test]
fn a_function_may_read_rows_that_its_owner_partly_sees() -> Result<(), Failure> {
    let count = RoutineDef::function(
        TableName::new(None, "count_notes"),
        &[],
        Returns::Value(SqlType::Scalar(ScalarType::BigInt)),
        Language::Sql,
        "SELECT count(*) FROM notes",
    );
    there_and_back(&with_function(&[]), &with_function(leak([leak(count)])))
}

fn with_view(query: &'static str, key: &'static [&'static str]) -> SchemaDef {
    let columns = const {
        &[
            ID,
            ColumnDef::new::<i64>("day"),
            ColumnDef::new::<i64>("sum"),
        ]
    };
    let table = TableDef {
        primary_key: PrimaryKeyDef::new(key),
        ..shared("sums", columns)
    };
    let view = ViewDef::new(
        TableName::new(None, "grouped"),
        Ownership::Shared,
        &[],
        query,
    );
    of_tables(leak([leak(table)])).views(leak([leak(view.allow(ALLOWED))]))
}

#[test]
fn a_view_may_have_comments_between_group_and_by() -> Result<(), Failure> {
    const QUERY: &str = "SELECT id, sum FROM sums GROUP -- the rows\n BY id, day";
    const OTHER: &str = "SELECT id, sum FROM sums GROUP/* all */BY id";
    there_and_back(
        &with_view(OTHER, &["id"]),
        &with_view(QUERY, &["id", "day"]),
    )
}

/// SQL over the table `tasks`, before its column `done` is renamed to `finished` and after.
const CHECKS: &[(&str, &str)] = &[
    (
        "done > 0 AND note <> E'not \\'done\\''",
        "finished > 0 AND note <> E'not \\'done\\''",
    ),
    (
        "done > 0 /* x /* done */ done */",
        "finished > 0 /* x /* done */ done */",
    ),
    (
        "note <> $$done$$ OR note <> $done$ done $done$ OR done > 1",
        "note <> $$done$$ OR note <> $done$ done $done$ OR finished > 1",
    ),
    (
        "\"done\" > 2 OR \"Done\" > 2",
        "finished > 2 OR \"Done\" > 2",
    ),
    (
        "done::text <> 'done' AND CAST(done AS text) <> ''",
        "finished::text <> 'done' AND CAST(finished AS text) <> ''",
    ),
    (
        "abs (done) >= 0 AND abs\n(tasks.done) >= 0",
        "abs (finished) >= 0 AND abs\n(tasks.finished) >= 0",
    ),
    (
        "note <> B'1'::text -- done\n OR done > 3",
        "note <> B'1'::text -- done\n OR finished > 3",
    ),
    (
        "note <> 'a'\n  'done' OR done > 4",
        "note <> 'a'\n  'done' OR finished > 4",
    ),
];

const CONDITIONS: &[(&str, &str)] = &[
    (
        "EXISTS (SELECT 1 FROM members m WHERE m.done > 0) AND done > 0",
        "EXISTS (SELECT 1 FROM members m WHERE m.done > 0) AND finished > 0",
    ),
    (
        "EXISTS (SELECT 1 FROM members WHERE done > 0) AND tasks.done > 0",
        "EXISTS (SELECT 1 FROM members WHERE done > 0) AND tasks.finished > 0",
    ),
    (
        "EXISTS (SELECT 1 FROM tasks t, members m WHERE t.done > tasks.done AND m.done > 0)",
        "EXISTS (SELECT 1 FROM tasks t, members m WHERE t.finished > tasks.finished AND m.done > 0)",
    ),
];

fn with_name(name: &'static str) -> SchemaDef {
    let is_new = name == "finished";
    let sql = |(old, new): &(&'static str, &'static str)| Expr::Sql(if is_new { new } else { old });
    let done = ColumnDef::new::<i64>(name);
    let done = if is_new {
        done.renamed_from("done")
    } else {
        done
    };
    let columns = [
        ID,
        done,
        ColumnDef::new::<i64>("Done"),
        ColumnDef::new::<String>("note"),
    ];
    let read: &'static [&'static str] = leak([name, "note"]);
    let numbers = [
        "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    let checks: Vec<_> = CHECKS
        .iter()
        .zip(numbers)
        .map(|(check, number)| CheckDef::new(read, sql(check)).name(number))
        .collect();
    let policies: Vec<_> = CONDITIONS
        .iter()
        .zip(numbers)
        .map(|(condition, number)| {
            PolicyDef::new(number, PolicyCommand::Select).using(sql(condition))
        })
        .collect();
    let parts = leak([IndexPart::new(sql(&("(done + 1)", "(finished + 1)")))]);
    let index = IndexDef::new(parts).filter(sql(&("done > 0", "finished > 0")));
    let tasks = shared("tasks", leak(columns))
        .checks(checks.leak())
        .policies(policies.leak())
        .indexes(leak([index.name("by_done")]));
    let members = shared("members", const { &[ID, ColumnDef::new::<i64>("done")] });
    of_tables(leak([leak(tasks), leak(members)]))
}

#[test]
fn a_renamed_column_is_found_in_sql_by_its_tokens_and_scopes() -> Result<(), Failure> {
    let (old, new) = (with_name("done"), with_name("finished"));
    let plan = Plan::between(&old.schema()?, &new.schema()?, &Postgres);
    let titles: Vec<_> = plan.steps().map(|step| step.title.as_str()).collect();
    assert_eq!(
        titles,
        ["rename `tasks.done` to `finished`"],
        "what names the column follows it"
    );
    there_and_back(&old, &new)
}
