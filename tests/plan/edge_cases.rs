//! Cases that random pairs rarely contain, one at a time: from nothing, up, back, and up again.

use freehold::model::{
    Action, ArgumentDef, BinaryOp, ColumnDef, DomainCheckDef, DomainDef, EnumDef, Expr,
    ForeignKeyDef, Isolation, LabelDef, Language, Ownership, PrimaryKeyDef, Reference, Returns,
    RoutineDef, RowSecurityDef, ScalarType, SqlType, TableDef, TableName, UniqueDef, ViewDef,
};
use freehold::plan::Plan;
use freehold::{Postgres, SchemaDef};

use crate::server::{Failure, Place};

pub(crate) fn there_and_back(old: &SchemaDef, new: &SchemaDef) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let (old, new) = (old.schema()?, new.schema()?);
        let plan = Plan::between(&old, &new, &Postgres);
        let mut place = Place::new("seldom").await?;
        place.make(&new).await?;
        let new_facts = place.catalog().await?;
        place.make(&old).await?;
        let old_facts = place.catalog().await?;
        for _ in 0..2 {
            place.up(&plan).await?;
            assert_eq!(place.catalog().await?, new_facts, "there");
            place.down(&plan).await?;
            assert_eq!(place.catalog().await?, old_facts, "back");
        }
        Ok(())
    })
}

const fn column(name: &'static str, sql_type: SqlType) -> ColumnDef {
    let mut column = ColumnDef::new::<String>(name);
    column.sql_type = sql_type;
    column
}

const ID: ColumnDef = ColumnDef::new::<i64>("id");

pub(crate) static USERS: TableDef = TableDef::new(
    TableName::new(None, "users"),
    Ownership::Owner,
    &[ID],
    PrimaryKeyDef::new(&["id"]),
)
.allow(ALLOWED);

const ALLOWED: &[&str] = &[
    "uuid_key",
    "unlisted_reference",
    "unscoped_reference",
    "unindexed_shared_reference",
    "index_not_leakproof",
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

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// A foreign key between two columns of a native enum, in a schema whose objects have a separate owner.
fn with_labels(labels: &'static [LabelDef]) -> SchemaDef {
    let state = SqlType::Enum(leak(EnumDef {
        schema: None,
        name: "state",
        native: true,
        comment: None,
        labels,
    }));
    let columns: &'static [ColumnDef] = leak([ID, column("state", state)]);
    let states = shared("states", columns).uniques(const { &[UniqueDef::new(&["state"])] });
    let reference = Reference {
        table: TableName::new(None, "states"),
        ownership: Ownership::Shared,
        column: "state",
        def: || &USERS,
    };
    let references: &'static [Reference] = leak([reference]);
    let keys: &'static [ForeignKeyDef] =
        leak([ForeignKeyDef::new(&["state"], references, Action::NoAction)]);
    let tasks = shared("tasks", columns).foreign_keys(keys);
    let tables: &'static [&'static TableDef] = leak([&USERS, leak(states), leak(tasks)]);
    SchemaDef::new("SELDOM", tables).isolation(Isolation::RowSecurity(
        RowSecurityDef::new().owner("seldom_owner"),
    ))
}

const TODO: LabelDef = LabelDef::new("todo");
const DONE: LabelDef = LabelDef::new("done");

#[test]
fn an_enum_with_a_foreign_key_keeps_its_owner() -> Result<(), Failure> {
    let (one, both) = (with_labels(&[TODO]), with_labels(&[TODO, DONE]));
    there_and_back(&both, &one)?;
    there_and_back(&one, &both)
}

fn with_domain(base: ScalarType, default: Expr) -> SchemaDef {
    let name = TableName::new(None, "amount");
    let domain = SqlType::Domain(leak(DomainDef::new(name, SqlType::Scalar(base))));
    let amount = column("amount", domain).default(default);
    let table = shared("orders", leak([ID, amount]));
    SchemaDef::new("SELDOM", leak([leak(table)])).isolation(Isolation::Predicate)
}

#[test]
fn a_domain_gets_another_base_together_with_a_default() -> Result<(), Failure> {
    let text = with_domain(ScalarType::Text, Expr::Text("none"));
    let number = with_domain(ScalarType::Integer, Expr::Number("7"));
    there_and_back(&text, &number)?;
    there_and_back(&number, &text)
}

fn with_key(key: &'static [&'static str], query: &'static str) -> SchemaDef {
    let integer = SqlType::Scalar(ScalarType::Integer);
    let columns: &'static [ColumnDef] = leak([ID, column("day", integer), column("sum", integer)]);
    let table = TableDef {
        primary_key: PrimaryKeyDef::new(key),
        ..shared("sums", columns)
    };
    let view =
        |name, query| ViewDef::new(TableName::new(None, name), Ownership::Shared, &[], query);
    let views: &'static [&'static ViewDef] = leak([
        leak(view("grouped", query)),
        leak(view("above", "SELECT sum FROM grouped")),
    ]);
    SchemaDef::new("SELDOM", leak([leak(table)]))
        .views(views)
        .isolation(Isolation::Predicate)
}

#[test]
fn a_view_changes_together_with_the_key_that_it_groups_by() -> Result<(), Failure> {
    let by_id = with_key(&["id"], "SELECT id, sum FROM sums GROUP BY id");
    let by_day = with_key(
        &["id", "day"],
        "SELECT id, day, sum FROM sums GROUP BY id, day",
    );
    there_and_back(&by_id, &by_day)?;
    there_and_back(&by_day, &by_id)
}

/// Functions in both languages that take a domain, have a default, and return the domain.
fn with_functions(base: ScalarType, default: Expr) -> SchemaDef {
    let name = TableName::new(None, "amount");
    let domain = SqlType::Domain(leak(DomainDef::new(name, SqlType::Scalar(base))));
    let taken = |name| {
        let mut taken = ArgumentDef::new::<String>(name);
        taken.sql_type = domain;
        taken
    };
    let arguments: &'static [ArgumentDef] = leak([taken("one"), taken("other").default(default)]);
    let function = |name, returns, language, body| {
        RoutineDef::function(
            TableName::new(None, name),
            arguments,
            returns,
            language,
            body,
        )
    };
    let mut several = ArgumentDef::new::<String>("several").default(Expr::Text("{}"));
    several.sql_type = SqlType::Array(leak(domain));
    // Its default fits every base.
    let count = RoutineDef::function(
        TableName::new(None, "count_of"),
        leak([several]),
        Returns::Value(SqlType::Scalar(ScalarType::Integer)),
        Language::Sql,
        "SELECT cardinality($1)",
    );
    let functions: &'static [&'static RoutineDef] = leak([
        leak(count),
        leak(function(
            "first",
            Returns::Value(domain),
            Language::Sql,
            "SELECT $1",
        )),
        leak(
            function(
                "all_of",
                Returns::SetOf(domain),
                Language::PlPgSql,
                "BEGIN RETURN NEXT $1; END",
            )
            .execute(&[]),
        ),
        leak(function(
            "both",
            Returns::Table(leak([taken("a"), taken("b")])),
            Language::Sql,
            "SELECT $1, $2",
        )),
    ]);
    with_domain(base, default).routines(functions)
}

#[test]
fn a_domain_that_functions_take_gets_another_base() -> Result<(), Failure> {
    let text = with_functions(ScalarType::Text, Expr::Text("none"));
    let number = with_functions(ScalarType::Integer, Expr::Number("7"));
    let long = with_functions(ScalarType::BigInt, Expr::Number("7"));
    there_and_back(&text, &number)?;
    there_and_back(&number, &text)?;
    there_and_back(&number, &long)
}

fn with_array(checks: &'static [DomainCheckDef]) -> SchemaDef {
    let name = TableName::new(None, "amount");
    let amount = DomainDef::new(name, SqlType::Scalar(ScalarType::Integer)).checks(checks);
    let amounts = SqlType::Array(leak(SqlType::Domain(leak(amount))));
    let table = shared("orders", leak([ID, column("amounts", amounts)]));
    SchemaDef::new("SELDOM", leak([leak(table)])).isolation(Isolation::Predicate)
}

/// PostgreSQL adds no check to a domain that an array contains.
#[test]
fn a_domain_in_an_array_gets_a_check() -> Result<(), Failure> {
    const POSITIVE: DomainCheckDef = DomainCheckDef {
        name: None,
        condition: Expr::Binary(BinaryOp::Gt, &Expr::Column("value"), &Expr::Number("0")),
    };
    there_and_back(&with_array(&[]), &with_array(&[POSITIVE]))?;
    there_and_back(&with_array(&[POSITIVE]), &with_array(&[]))
}

/// A function over two enums. One gets a label, and the default is a label of the other.
fn over_two_enums(
    places: &'static [LabelDef],
    states: &'static [LabelDef],
    default: &'static str,
) -> SchemaDef {
    let enum_of = |name, labels| -> SqlType {
        SqlType::Enum(leak(EnumDef {
            schema: None,
            name,
            native: true,
            comment: None,
            labels,
        }))
    };
    let (place, state) = (enum_of("place", places), enum_of("state", states));
    let columns = [ID, column("place", place), column("state", state)];
    let mut taken = ArgumentDef::new::<String>("place");
    taken.sql_type = place;
    let mut other = ArgumentDef::new::<String>("state").default(Expr::Text(default));
    other.sql_type = state;
    let function = RoutineDef::function(
        TableName::new(None, "place_of"),
        leak([taken, other]),
        Returns::Value(place),
        Language::Sql,
        "SELECT place",
    );
    let table = leak(shared("tasks", leak(columns)));
    SchemaDef::new("SELDOM", leak([table]))
        .routines(leak([leak(function)]))
        .isolation(Isolation::Predicate)
}

/// The way back recreates the first enum, and the function with it, while the labels of the second still have their new
/// names.
#[test]
fn an_enum_gets_a_label_while_labels_of_another_are_renamed() -> Result<(), Failure> {
    const HERE: LabelDef = LabelDef::new("here");
    const THERE: LabelDef = LabelDef::new("there");
    const TODO: LabelDef = LabelDef::new("todo");
    const OPEN: LabelDef = LabelDef::new("open").renamed_from("todo");
    let old = over_two_enums(&[HERE], &[TODO], "todo");
    let new = over_two_enums(&[HERE, THERE], &[OPEN], "open");
    there_and_back(&old, &new)
}
