//! Renamed labels, some to names of other labels: rows and every object that contains a label must follow.

use freehold::diff::Diff;
use freehold::migrate::Snapshot;
use freehold::model::{
    Action, ArgumentDef, BinaryOp, CheckDef, ColumnDef, Deferrable, EnumDef, Expr, ForeignKeyDef,
    IndexDef, IndexPart, Isolation, LabelDef, Language, Ownership, PrimaryKeyDef, Reference,
    Returns, RoutineDef, ScalarType, SqlType, TableDef, TableName, UniqueDef, ViewDef,
};
use freehold::plan::Plan;
use freehold::{Postgres, Schema, SchemaDef};

use crate::server::{Failure, Place};

/// Three rows, each with a label and a list of labels.
const INSERT: &str = "INSERT INTO tasks (id, state, states, name) VALUES
    (1, 'todo', '{todo,done}', 'todo'), (2, 'done', '{done}', 'done'), (3, 'open', '{}', 'open')";
const ROWS: &str = "SELECT concat_ws('|', id, state, states, name) FROM tasks ORDER BY id";
const BEFORE: &[&str] = &[
    "1|todo|{todo,done}|todo",
    "2|done|{done}|done",
    "3|open|{}|open",
];

const fn label(label: &'static str) -> LabelDef {
    LabelDef::new(label)
}

const fn renamed(from: &'static str, to: &'static str) -> LabelDef {
    LabelDef::new(to).renamed_from(from)
}

const LABELS: &[LabelDef] = &[label("todo"), label("open"), label("done")];
const SWAPPED: &[LabelDef] = &[
    renamed("todo", "done"),
    label("open"),
    renamed("done", "todo"),
];

/// A table `tasks` whose default is the first label, and whose check, index and view contain `marked`.
struct Tasks {
    labels: &'static [LabelDef],
    native: bool,
    default: &'static str,
    marked: &'static str,
    unique: bool,
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn is(column: &'static str, op: BinaryOp, label: &'static str) -> Expr {
    Expr::Binary(op, leak(Expr::Column(column)), leak(Expr::Text(label)))
}

impl Tasks {
    fn column(&self, name: &'static str, is_array: bool) -> ColumnDef {
        let def = leak(EnumDef {
            schema: None,
            name: "state",
            native: self.native,
            comment: None,
            labels: self.labels,
        });
        let mut column = ColumnDef::new::<String>(name);
        let one = if self.native {
            SqlType::Enum(def)
        } else {
            SqlType::Scalar(ScalarType::Text)
        };
        column.sql_enum = Some(def);
        column.is_array = is_array;
        column.sql_type = if is_array {
            SqlType::Array(leak(one))
        } else {
            one
        };
        let default = if is_array {
            format!("{{{}}}", self.default).leak()
        } else {
            self.default
        };
        column.default(Expr::Text(default))
    }

    fn table(&self) -> TableDef {
        let columns = [
            ColumnDef::new::<i64>("id"),
            self.column("state", false),
            self.column("states", true),
            ColumnDef::new::<String>("name").default(Expr::Text("todo")),
        ];
        let is_marked = is("state", BinaryOp::Eq, self.marked);
        let is_named = is("name", BinaryOp::Ne, "");
        let condition = Expr::Binary(BinaryOp::Or, leak(is_named), leak(is_marked));
        let index = IndexDef::new(const { &[IndexPart::column("name")] });
        let index = index.filter(is("state", BinaryOp::Eq, self.marked));
        TableDef::new(
            TableName::new(None, "tasks"),
            Ownership::Shared,
            leak(columns),
            PrimaryKeyDef::new(&["id"]),
        )
        .checks(leak([CheckDef::new(&["name", "state"], condition)]))
        .indexes(leak([index]))
        .uniques(if self.unique {
            const { &[UniqueDef::new(&["state"]), UniqueDef::new(&["states"])] }
        } else {
            &[]
        })
        .allow(&["uuid_key"])
    }

    fn def(&self) -> SchemaDef {
        let query = format!("SELECT id FROM tasks WHERE state = '{}'", self.marked);
        let view = ViewDef::new(
            TableName::new(None, "marked"),
            Ownership::Shared,
            &[],
            query.leak(),
        );
        let routines: &'static [&'static RoutineDef] = if self.native {
            leak([leak(self.function())])
        } else {
            &[]
        };
        SchemaDef::new("LABELS", leak([leak(self.table())]))
            .views(leak([leak(view)]))
            .routines(routines)
            .isolation(Isolation::Predicate)
    }

    /// PostgreSQL parses the body when the function is created, and stores it as text: it contains a label that exists
    /// then.
    fn function(&self) -> RoutineDef {
        let state = self.column("state", false).sql_type;
        let mut taken = ArgumentDef::new::<String>("state").default(Expr::Text(self.default));
        taken.sql_type = state;
        let body = format!(
            "SELECT coalesce(state, '{}')",
            self.marked.replace('\'', "''")
        );
        RoutineDef::function(
            TableName::new(None, "state_or_marked"),
            leak([taken]),
            Returns::Value(state),
            Language::Sql,
            body.leak(),
        )
    }
}

/// Runs the plan up and back, with rows: they must be `after`, and the database must equal one that is created
/// directly.
fn rows_follow(old: &Schema, new: &Schema, after: &[&str]) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let plan = Plan::between(old, new, &Postgres);
        let mut place = Place::new("labels").await?;
        place.make(new).await?;
        let new_facts = place.catalog().await?;
        place.make(old).await?;
        let old_facts = place.catalog().await?;
        place.run(INSERT).await?;
        for _ in 0..2 {
            place.up(&plan).await?;
            assert_eq!(place.rows(ROWS).await?, after, "the rows there");
            assert_eq!(place.catalog().await?, new_facts, "there");
            let inspected = place.inspect(new).await?;
            assert_eq!(
                Diff::between(&inspected, new).changes,
                [],
                "the database and the structs"
            );
            place.down(&plan).await?;
            assert_eq!(place.rows(ROWS).await?, BEFORE, "the rows back");
            assert_eq!(place.catalog().await?, old_facts, "back");
        }
        Ok(())
    })
}

/// For both kinds of enums: native enums, whose labels PostgreSQL renames everywhere, and texts.
fn both_follow(labels: &'static [LabelDef], after: &[&str]) -> Result<(), Failure> {
    for (native, unique) in [(true, false), (false, false), (false, true)] {
        let tasks = |labels, marked| Tasks {
            unique,
            labels,
            native,
            default: "todo",
            marked,
        };
        let old = tasks(LABELS, "done").def().schema()?;
        for marked in ["done", "todo"] {
            let new = tasks(labels, marked).def().schema()?;
            rows_follow(&old, &new, after)?;
        }
    }
    Ok(())
}

#[test]
fn two_labels_exchange_their_names() -> Result<(), Failure> {
    let after = [
        "1|done|{done,todo}|todo",
        "2|todo|{todo}|done",
        "3|open|{}|open",
    ];
    both_follow(SWAPPED, &after)
}

#[test]
fn two_labels_exchange_their_names_and_places() -> Result<(), Failure> {
    const LABELS: &[LabelDef] = &[
        renamed("done", "todo"),
        label("open"),
        renamed("todo", "done"),
    ];
    let after = [
        "1|done|{done,todo}|todo",
        "2|todo|{todo}|done",
        "3|open|{}|open",
    ];
    both_follow(LABELS, &after)
}

#[test]
fn three_labels_exchange_their_names_in_a_cycle() -> Result<(), Failure> {
    const LABELS: &[LabelDef] = &[
        renamed("todo", "open"),
        renamed("open", "done"),
        renamed("done", "todo"),
    ];
    let after = [
        "1|open|{open,todo}|todo",
        "2|todo|{todo}|done",
        "3|done|{}|open",
    ];
    both_follow(LABELS, &after)
}

#[test]
fn a_label_takes_the_name_that_another_gives_up() -> Result<(), Failure> {
    const LABELS: &[LabelDef] = &[
        renamed("open", "it's"),
        renamed("todo", "open"),
        renamed("done", "todo"),
        label("done"),
    ];
    let after = [
        "1|open|{open,todo}|todo",
        "2|todo|{todo}|done",
        "3|it's|{}|open",
    ];
    both_follow(LABELS, &after)
}

/// What PostgreSQL renames itself is not a change.
#[test]
fn objects_over_a_native_enum_are_not_recreated_for_a_rename() -> Result<(), Failure> {
    let tasks = |labels, default, marked| Tasks {
        unique: false,
        labels,
        native: true,
        default,
        marked,
    };
    let old = tasks(LABELS, "todo", "done").def().schema()?;
    let new = tasks(SWAPPED, "done", "todo").def().schema()?;
    let plan = Plan::between(&old, &new, &Postgres);
    let titles: Vec<_> = plan.steps().map(|step| step.title.as_str()).collect();
    // PostgreSQL does not rename labels in the body of a function.
    let wanted = [
        "rename labels of `state`",
        "replace function `state_or_marked`",
    ];
    assert_eq!(titles, wanted);
    let after = [
        "1|done|{done,todo}|todo",
        "2|todo|{todo}|done",
        "3|open|{}|open",
    ];
    rows_follow(&old, &new, &after)
}

/// On the way back the body is created before its label exists.
#[test]
fn objects_that_contain_a_label_are_recreated_on_the_way_back() -> Result<(), Failure> {
    const CLOSED: &[LabelDef] = &[label("todo"), label("open"), renamed("done", "closed")];
    let after = [
        "1|todo|{todo,closed}|todo",
        "2|closed|{closed}|done",
        "3|open|{}|open",
    ];
    for native in [true, false] {
        let tasks = |labels, marked| Tasks {
            unique: false,
            labels,
            native,
            default: "todo",
            marked,
        };
        let old = tasks(LABELS, "done").def().schema()?;
        let new = tasks(CLOSED, "closed").def().schema()?;
        rows_follow(&old, &new, &after)?;
    }
    Ok(())
}

const CLOSED_AND_LATE: &[LabelDef] = &[
    label("todo"),
    label("open"),
    renamed("done", "closed"),
    label("late"),
];

/// A table `tasks` whose function contains `marked`, a check and a materialized view that call it, and a view above
/// that one.
fn stored(
    labels: &'static [LabelDef],
    marked: &'static str,
    columns: &str,
) -> Result<Schema, Failure> {
    let tasks = Tasks {
        unique: false,
        labels,
        native: true,
        default: "todo",
        marked,
    };
    let query = format!("SELECT {columns} FROM tasks WHERE state = state_or_marked(NULL)");
    let calls = Expr::Sql("state_or_marked(state) IS NOT NULL");
    let table = tasks
        .table()
        .checks(leak([CheckDef::new(&["state"], calls)]));
    let view = |name, query| {
        let view = ViewDef::new(TableName::new(None, name), Ownership::Shared, &[], query);
        leak(view.materialized()) as &'static ViewDef
    };
    let views = [
        view("stored", query.leak()),
        view("above", "SELECT id FROM stored"),
    ];
    let schema = SchemaDef::new("LABELS", leak([leak(table)]))
        .views(leak(views))
        .routines(leak([leak(tasks.function())]))
        .isolation(Isolation::Predicate);
    Ok(schema.schema()?)
}

/// On the way back filling the view would run the function before its labels exist.
#[test]
fn a_materialized_view_is_filled_after_labels_of_its_function_are_renamed() -> Result<(), Failure> {
    const CLOSED: &[LabelDef] = &[label("todo"), label("open"), renamed("done", "closed")];
    let old = stored(LABELS, "done", "id")?;
    let new = stored(CLOSED, "closed", "id, name")?;
    let after = [
        "1|todo|{todo,closed}|todo",
        "2|closed|{closed}|done",
        "3|open|{}|open",
    ];
    rows_follow(&old, &new, &after)?;
    stored_rows_come_back(&old, &new)
}

/// The way back recreates the type because of the added label, before the other label has its old name.
#[test]
fn callers_of_a_function_run_after_a_rename_beside_an_added_label() -> Result<(), Failure> {
    let old = stored(LABELS, "done", "id")?;
    let new = stored(CLOSED_AND_LATE, "closed", "id")?;
    let after = [
        "1|todo|{todo,closed}|todo",
        "2|closed|{closed}|done",
        "3|open|{}|open",
    ];
    rows_follow(&old, &new, &after)?;
    stored_rows_come_back(&old, &new)
}

fn stored_rows_come_back(old: &Schema, new: &Schema) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let plan = Plan::between(old, new, &Postgres);
        let mut place = Place::new("stored").await?;
        place.make(old).await?;
        place.run(INSERT).await?;
        let views = ["stored", "above"];
        for view in views {
            let refresh = format!("REFRESH MATERIALIZED VIEW {view}");
            place.run(&refresh).await?;
        }
        place.up(&plan).await?;
        place.down(&plan).await?;
        for view in views {
            let rows = place.rows(&format!("SELECT id::text FROM {view}")).await?;
            assert_eq!(rows, ["2"], "the rows of `{view}`");
        }
        Ok(())
    })
}

#[test]
fn a_swap_is_done_once() -> Result<(), Failure> {
    for native in [true, false] {
        let tasks = Tasks {
            unique: false,
            labels: SWAPPED,
            native,
            default: "todo",
            marked: "todo",
        };
        let schema = tasks.def().schema()?;
        let snapshot = Snapshot::new(&schema, 1).schema;
        assert_eq!(Diff::between(&snapshot, &schema).changes, []);
    }
    Ok(())
}

/// A table that references itself; its foreign key is checked at commit.
fn checked_late(labels: &'static [LabelDef], amount: ScalarType) -> Result<Schema, Failure> {
    let tasks = Tasks {
        unique: false,
        labels,
        native: false,
        default: "todo",
        marked: "todo",
    };
    let mut number = ColumnDef::new::<i64>("amount");
    number.sql_type = SqlType::Scalar(amount);
    let columns = [
        ColumnDef::new::<i64>("id"),
        tasks.column("state", false),
        tasks.column("states", true),
        ColumnDef::new::<String>("name"),
        ColumnDef::new::<Option<i64>>("parent").default(Expr::Number("1")),
        number.default(Expr::Number("1")),
    ];
    let own = Reference {
        table: TableName::new(None, "tasks"),
        ownership: Ownership::Shared,
        column: "id",
        def: || &NOTHING,
    };
    let key = ForeignKeyDef::new(&["parent"], leak([own]), Action::NoAction);
    let table = TableDef::new(
        TableName::new(None, "tasks"),
        Ownership::Shared,
        leak(columns),
        PrimaryKeyDef::new(&["id"]),
    )
    .foreign_keys(leak([key.deferrable(Deferrable::InitiallyDeferred)]))
    .allow(&[
        "uuid_key",
        "unlisted_reference",
        "unindexed_shared_reference",
    ]);
    let def = SchemaDef::new("LABELS", leak([leak(table)])).isolation(Isolation::Predicate);
    Ok(def.schema()?)
}

static NOTHING: TableDef = TableDef::incomplete(TableName::new(None, "nothing"), Ownership::Shared);

/// If a row was written and changed in one transaction, PostgreSQL checks it at the end, and does not alter the table
/// before that.
#[test]
fn a_rewritten_table_with_a_deferred_check_renames_labels() -> Result<(), Failure> {
    const LABELS_NOW: &[LabelDef] = &[label("todo"), label("open"), renamed("done", "closed")];
    let old = checked_late(LABELS, ScalarType::Integer)?;
    let new = checked_late(LABELS_NOW, ScalarType::BigInt)?;
    let after = [
        "1|todo|{todo,closed}|todo",
        "2|closed|{closed}|done",
        "3|open|{}|open",
    ];
    rows_follow(&old, &new, &after)
}
