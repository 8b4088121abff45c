//! Labels that are renamed, some of them to names that others had: rows follow, and what says a label.

use freehold::diff::Diff;
use freehold::migrate::Snapshot;
use freehold::model::{
    BinaryOp, CheckDef, ColumnDef, EnumDef, Expr, IndexDef, IndexPart, Isolation, LabelDef,
    Ownership, PrimaryKeyDef, ScalarType, SqlType, TableDef, TableName, ViewDef,
};
use freehold::plan::Plan;
use freehold::{Postgres, Schema, SchemaDef};

use crate::server::{Failure, Place};

/// Three rows, a label each, and a list of labels.
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

/// Tasks whose default is the first label, with a check, an index and a view that say `marked`.
struct Tasks {
    labels: &'static [LabelDef],
    native: bool,
    default: &'static str,
    marked: &'static str,
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

    fn def(&self) -> SchemaDef {
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
        let table = TableDef::new(
            TableName::new(None, "tasks"),
            Ownership::Shared,
            leak(columns),
            PrimaryKeyDef::new(&["id"]),
        )
        .checks(leak([CheckDef::new(&["name", "state"], condition)]))
        .indexes(leak([index]))
        .allow(&["uuid_key"]);
        let query = format!("SELECT id FROM tasks WHERE state = '{}'", self.marked);
        let view = ViewDef::new(
            TableName::new(None, "marked"),
            Ownership::Shared,
            &[],
            query.leak(),
        );
        SchemaDef::new("LABELS", leak([leak(table)]))
            .views(leak([leak(view)]))
            .isolation(Isolation::Predicate)
    }
}

/// From one to the other and back, with rows: these are, and the database is what it is where it is made from nothing.
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

/// For both kinds of enums: those whose labels everything follows, and texts.
fn both_follow(labels: &'static [LabelDef], after: &[&str]) -> Result<(), Failure> {
    for native in [true, false] {
        let tasks = |labels, marked| Tasks {
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
fn two_labels_take_each_others_names() -> Result<(), Failure> {
    let after = [
        "1|done|{done,todo}|todo",
        "2|todo|{todo}|done",
        "3|open|{}|open",
    ];
    both_follow(SWAPPED, &after)
}

#[test]
fn two_labels_take_each_others_names_and_places() -> Result<(), Failure> {
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
fn three_labels_go_round() -> Result<(), Failure> {
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

/// What PostgreSQL renames by itself is no change.
#[test]
fn what_follows_the_labels_of_a_type_stays() -> Result<(), Failure> {
    let tasks = |labels, default, marked| Tasks {
        labels,
        native: true,
        default,
        marked,
    };
    let old = tasks(LABELS, "todo", "done").def().schema()?;
    let new = tasks(SWAPPED, "done", "todo").def().schema()?;
    let plan = Plan::between(&old, &new, &Postgres);
    let titles: Vec<_> = plan.steps().map(|step| step.title.as_str()).collect();
    assert_eq!(titles, ["rename labels of `state`"]);
    let after = [
        "1|done|{done,todo}|todo",
        "2|todo|{todo}|done",
        "3|open|{}|open",
    ];
    rows_follow(&old, &new, &after)
}

#[test]
fn a_swap_is_done_once() -> Result<(), Failure> {
    for native in [true, false] {
        let tasks = Tasks {
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
