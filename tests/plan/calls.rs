//! Callers of a function that PostgreSQL has to drop, because a type of its arguments is recreated or its result
//! changes: defaults, checks, policies, computed columns, indexes and triggers, in both directions.

use freehold::model::{
    ArgumentDef, CheckDef, ColumnDef, DomainDef, EnumDef, Expr, IndexDef, IndexPart, Isolation,
    LabelDef, Language, Ownership, PolicyCommand, PolicyDef, PrimaryKeyDef, Returns, RoutineDef,
    ScalarType, SqlType, TableDef, TableName, TriggerDef, TriggerEvent, TriggerTiming, UniqueDef,
    ViewDef, Volatility,
};
use freehold::plan::Plan;
use freehold::{Postgres, SchemaDef};

use crate::server::{Failure, Place};

const INSERT: &str = "INSERT INTO tasks (id, name) VALUES (1, 'one'), (2, 'two')";
const ROWS: &str = "SELECT concat_ws('|', id, name, size) FROM tasks ORDER BY id";

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

const fn column(name: &'static str, sql_type: SqlType) -> ColumnDef {
    let mut column = ColumnDef::new::<String>(name);
    column.sql_type = sql_type;
    column
}

const fn scalar(scalar: ScalarType) -> SqlType {
    SqlType::Scalar(scalar)
}

static NOTED: RoutineDef = RoutineDef::function(
    TableName::new(None, "noted"),
    &[],
    Returns::Trigger,
    Language::PlPgSql,
    "BEGIN RETURN NULL; END",
);

/// `size_of(a text, b other DEFAULT NULL)`, `own_of(a own)` and a trigger function.
fn functions(own: SqlType, other: SqlType, gives: ScalarType) -> &'static [&'static RoutineDef] {
    let taken = |name, sql_type| {
        let mut taken = ArgumentDef::new::<String>(name);
        taken.sql_type = sql_type;
        taken
    };
    let arguments: &'static [ArgumentDef] = leak([
        taken("a", scalar(ScalarType::Text)),
        taken("b", other).default(Expr::Null),
    ]);
    let size_of = RoutineDef::function(
        TableName::new(None, "size_of"),
        arguments,
        Returns::Value(scalar(gives)),
        Language::Sql,
        "SELECT length($1)",
    );
    let own_of = RoutineDef::function(
        TableName::new(None, "own_of"),
        leak([taken("a", own)]),
        Returns::Value(own),
        Language::Sql,
        "SELECT $1",
    );
    leak([
        leak(size_of.volatility(Volatility::Immutable)),
        leak(own_of),
        &NOTED,
    ])
}

/// The object that calls the functions.
#[derive(Clone, Copy, PartialEq)]
enum Caller {
    Default,
    /// The default of a column of the changed type.
    OwnDefault,
    Check,
    Policy,
    Trigger,
    Index,
    Computed,
    /// A computed column that an index, a unique constraint, a check and a view depend on.
    ComputedUnder,
}

const CALLERS: &[Caller] = &[
    Caller::Default,
    Caller::OwnDefault,
    Caller::Check,
    Caller::Policy,
    Caller::Trigger,
    Caller::Index,
    Caller::Computed,
    Caller::ComputedUnder,
];

const NAMED: &str = "size_of(name) > 0";

impl Caller {
    fn columns(self, own: SqlType) -> Vec<ColumnDef> {
        let size = column("size", scalar(ScalarType::BigInt));
        let size = match self {
            Self::Default => size.default(Expr::Sql("size_of('four')")),
            Self::Computed | Self::ComputedUnder => size.generated(Expr::Sql("size_of(name)")),
            _ => size.default(Expr::Number("4")),
        };
        let kept = column("own", own);
        let kept = match self {
            Self::OwnDefault => kept.default(Expr::Sql("own_of('2')")),
            _ => kept.default(Expr::Text("2")),
        };
        let name = column("name", scalar(ScalarType::Text));
        vec![ColumnDef::new::<i64>("id"), name, kept, size]
    }

    fn table(self, own: SqlType) -> TableDef {
        let table = TableDef::new(
            TableName::new(None, "tasks"),
            Ownership::Shared,
            self.columns(own).leak(),
            PrimaryKeyDef::new(&["id"]),
        )
        .allow(&["uuid_key", "index_not_leakproof"]);
        match self {
            Self::Check => table.checks(leak([CheckDef::new(&["name"], Expr::Sql(NAMED))])),
            Self::Policy => table.policies(leak([
                PolicyDef::new("seen", PolicyCommand::Select).using(Expr::Sql(NAMED))
            ])),
            Self::Trigger => table.triggers(leak([TriggerDef::new(
                "noted",
                TriggerTiming::After,
                const { &[TriggerEvent::Insert] },
                || &NOTED,
            )
            .when(Expr::Sql("size_of(NEW.name) > 0"))])),
            Self::Index => table.indexes(leak([IndexDef::new(
                const { &[IndexPart::new(Expr::Sql("size_of(name)"))] },
            )
            .name("sized")])),
            Self::ComputedUnder => table
                .checks(leak([CheckDef::new(&["size"], Expr::Sql("size > 0"))]))
                .uniques(const { &[UniqueDef::new(&["size", "id"])] })
                .indexes(leak([IndexDef::new(
                    const { &[IndexPart::column("size")] },
                )])),
            Self::Default | Self::OwnDefault | Self::Computed => table,
        }
    }

    fn schema(self, own: SqlType, gives: ScalarType) -> SchemaDef {
        let view = ViewDef::new(
            TableName::new(None, "sizes"),
            Ownership::Shared,
            &[],
            "SELECT size FROM tasks",
        );
        let views: &'static [&'static ViewDef] = match self {
            Self::ComputedUnder => leak([leak(view)]),
            _ => &[],
        };
        SchemaDef::new("CALLS", leak([leak(self.table(own))]))
            .routines(functions(own, own, gives))
            .views(views)
            .isolation(Isolation::Predicate)
    }
}

fn labels(labels: &'static [LabelDef]) -> SqlType {
    SqlType::Enum(leak(EnumDef {
        schema: None,
        name: "own",
        native: true,
        comment: None,
        labels,
    }))
}

fn domain(base: ScalarType) -> SqlType {
    let name = TableName::new(None, "own");
    SqlType::Domain(leak(DomainDef::new(name, scalar(base))))
}

const ONE: LabelDef = LabelDef::new("1");
const TWO: LabelDef = LabelDef::new("2");

/// Asserts after each step that the database equals one that is created directly.
async fn catalogs(old: &SchemaDef, new: &SchemaDef) -> Result<(), Failure> {
    let mut place = Place::new("calls").await?;
    there_and_back(&mut place, old, new, None).await
}

/// The same with rows, if there are any: they must not change.
async fn there_and_back(
    place: &mut Place,
    old: &SchemaDef,
    new: &SchemaDef,
    rows: Option<&str>,
) -> Result<(), Failure> {
    let (old, new) = (old.schema()?, new.schema()?);
    let plan = Plan::between(&old, &new, &Postgres);
    place.make(&new).await?;
    let new_facts = place.catalog().await?;
    place.make(&old).await?;
    let old_facts = place.catalog().await?;
    if rows.is_some() {
        place.run(INSERT).await?;
    }
    let before = place.asked(rows).await?;
    for _ in 0..2 {
        place.up(&plan).await?;
        assert_eq!(place.catalog().await?, new_facts, "there");
        assert_eq!(place.asked(rows).await?, before, "the rows there");
        place.down(&plan).await?;
        assert_eq!(place.catalog().await?, old_facts, "back");
        assert_eq!(place.asked(rows).await?, before, "the rows back");
    }
    Ok(())
}

impl Place {
    async fn asked(&mut self, query: Option<&str>) -> Result<Vec<String>, Failure> {
        match query {
            Some(query) => self.rows(query).await,
            None => Ok(Vec::new()),
        }
    }
}

fn all_come_back(old: (SqlType, ScalarType), new: (SqlType, ScalarType)) -> Result<(), Failure> {
    all_between(|caller| (caller.schema(old.0, old.1), caller.schema(new.0, new.1)))
}

/// Runs both directions for every caller, and reports all failures.
fn all_between(schemas: impl Fn(Caller) -> (SchemaDef, SchemaDef)) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut place = runtime.block_on(Place::new("calls"))?;
    let mut failures = Vec::new();
    for (number, caller) in CALLERS.iter().enumerate() {
        let (one, other) = schemas(*caller);
        for (way, from, to) in [("there", &one, &other), ("the other way", &other, &one)] {
            let back = there_and_back(&mut place, from, to, Some(ROWS));
            if let Err(error) = runtime.block_on(back) {
                failures.push(format!("caller {number}, {way}: {error}"));
            }
        }
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

#[test]
fn callers_of_a_function_over_an_enum_that_loses_a_label_are_recreated() -> Result<(), Failure> {
    let (both, one) = (labels(&[ONE, TWO]), labels(&[TWO]));
    all_come_back((both, ScalarType::Integer), (one, ScalarType::Integer))
}

#[test]
fn callers_of_a_function_over_a_domain_with_another_base_are_recreated() -> Result<(), Failure> {
    let (text, number) = (domain(ScalarType::Text), domain(ScalarType::Integer));
    all_come_back((text, ScalarType::Integer), (number, ScalarType::Integer))
}

/// PostgreSQL has both functions of this name until the old one is dropped.
#[test]
fn callers_of_a_function_with_another_argument_type_are_recreated() -> Result<(), Failure> {
    let (text, integer) = (scalar(ScalarType::Text), ScalarType::Integer);
    let other = functions(text, scalar(ScalarType::Date), integer);
    all_between(|caller| {
        let schema = || caller.schema(text, integer);
        (schema(), schema().routines(other))
    })
}

#[test]
fn callers_of_a_function_with_another_result_type_are_recreated() -> Result<(), Failure> {
    let text = scalar(ScalarType::Text);
    all_come_back((text, ScalarType::Integer), (text, ScalarType::BigInt))
}

/// A table `tasks` with these columns and checks, and a function that returns this type.
fn sized(columns: &[ColumnDef], checks: &[CheckDef], gives: ScalarType) -> SchemaDef {
    let text = scalar(ScalarType::Text);
    let columns: Vec<_> = [ColumnDef::new::<i64>("id"), column("name", text)]
        .iter()
        .chain(columns)
        .copied()
        .collect();
    let table = TableDef::new(
        TableName::new(None, "tasks"),
        Ownership::Shared,
        columns.leak(),
        PrimaryKeyDef::new(&["id"]),
    )
    .checks(checks.to_vec().leak())
    .allow(&["uuid_key"]);
    SchemaDef::new("CALLS", leak([leak(table)]))
        .routines(functions(text, text, gives))
        .isolation(Isolation::Predicate)
}

/// The caller changes, is added or is dropped together with the function.
#[test]
fn callers_change_together_with_the_function() -> Result<(), Failure> {
    let size = |of, sql_type| column("size", scalar(sql_type)).default(Expr::Sql(of));
    let (integer, big) = (ScalarType::Integer, ScalarType::BigInt);
    let four = size("size_of('four')", big);
    let check = |condition| CheckDef::new(&["name"], Expr::Sql(condition)).name("named");
    let (plain, long) = (check("size_of(name) > 0"), check("size_of(name) > 1"));
    let old = sized(&[four], &[plain], integer);
    let others = [
        sized(&[size("size_of('three')", big)], &[long], big),
        sized(&[size("size_of('four')", ScalarType::Integer)], &[], big),
        sized(
            &[column("size", scalar(big)).default(Expr::Number("4"))],
            &[long],
            big,
        ),
        sized(
            &[column("size", scalar(big)).generated(Expr::Sql("size_of(name)"))],
            &[],
            big,
        ),
        sized(&[], &[], big),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for (number, other) in others.iter().enumerate() {
        let way = |error| format!("{number}: {error}");
        runtime.block_on(catalogs(&old, other)).map_err(way)?;
        runtime.block_on(catalogs(other, &old)).map_err(way)?;
    }
    Ok(())
}

#[test]
fn a_table_is_dropped_before_the_function_that_it_calls() -> Result<(), Failure> {
    let size = || column("size", scalar(ScalarType::BigInt));
    let defaulted = size().default(Expr::Sql("size_of('four')"));
    let computed = size().generated(Expr::Sql("size_of(name)"));
    let text = scalar(ScalarType::Text);
    let new = SchemaDef::new("CALLS", &[])
        .routines(functions(text, text, ScalarType::BigInt))
        .isolation(Isolation::Predicate);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    for size in [defaulted, computed] {
        let old = sized(&[size], &[], ScalarType::Integer);
        runtime.block_on(catalogs(&old, &new))?;
        runtime.block_on(catalogs(&new, &old))?;
    }
    Ok(())
}
