//! A domain gets other checks while expressions contain its values as constants. PostgreSQL 15.20 refuses to validate
//! such a check, so the plan drops these expressions first and adds them again, in both directions.

use freehold::model::{
    ArgumentDef, CheckDef, ColumnDef, DomainCheckDef, DomainDef, Expr, IndexDef, IndexPart,
    Isolation, Language, Ownership, PolicyCommand, PolicyDef, PrimaryKeyDef, Returns, RoutineDef,
    ScalarType, SqlType, TableDef, TableName, TriggerDef, TriggerEvent, TriggerTiming, UniqueDef,
    ViewDef, Volatility,
};
use freehold::plan::{Plan, Stage};
use freehold::{Postgres, SchemaDef};

use crate::evolution::observed::Observed;
use crate::server::{Failure, Place};

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

const TEXT: SqlType = scalar(ScalarType::Text);

/// The checks of the domain.
#[derive(Clone, Copy)]
enum Checks {
    None,
    Filled,
    Short,
}

const FILLED: DomainCheckDef = DomainCheckDef {
    name: Some("filled"),
    condition: Expr::Sql("value <> ''"),
};
const SHORT: DomainCheckDef = DomainCheckDef {
    name: Some("short"),
    condition: Expr::Sql("length(value) < 9"),
};

fn word(base: ScalarType, checks: Checks) -> SqlType {
    let checks: &'static [DomainCheckDef] = match checks {
        Checks::None => &[],
        Checks::Filled => const { &[FILLED] },
        Checks::Short => const { &[SHORT] },
    };
    let name = TableName::new(None, "word");
    SqlType::Domain(leak(DomainDef::new(name, scalar(base)).checks(checks)))
}

/// The place of the expression.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Keeper {
    ArgumentDefault,
    /// A default of a function that returns an array and takes none.
    OtherArgumentDefault,
    Default,
    Check,
    Policy,
    Trigger,
    Index,
    IndexCondition,
    Computed,
    /// With an index, a unique constraint and a view.
    ComputedUnder,
    View,
    StoredView,
    StoredViewIndex,
    DomainCheck,
}

const KEEPERS: &[Keeper] = &[
    Keeper::ArgumentDefault,
    Keeper::OtherArgumentDefault,
    Keeper::Default,
    Keeper::Check,
    Keeper::Policy,
    Keeper::Trigger,
    Keeper::Index,
    Keeper::IndexCondition,
    Keeper::Computed,
    Keeper::ComputedUnder,
    Keeper::View,
    Keeper::StoredView,
    Keeper::StoredViewIndex,
    Keeper::DomainCheck,
];

/// The form in which the expression contains values.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Constant {
    /// A cast to an array.
    Cast,
    /// A function takes an array.
    Taken,
    /// A function has an array as its default.
    LeftOut,
    /// A row of the table.
    Row,
}

const CONSTANTS: &[Constant] = &[
    Constant::Cast,
    Constant::Taken,
    Constant::LeftOut,
    Constant::Row,
];

impl Constant {
    fn sql(self) -> &'static str {
        match self {
            Self::Cast => "(cardinality('{a,b}'::word[]) > 1)",
            Self::Taken => "(are_many('{a,b}'))",
            Self::LeftOut => "(are_many())",
            Self::Row => "(is_row(NULL) IS NOT FALSE)",
        }
    }
}

static NOTED: RoutineDef = RoutineDef::function(
    TableName::new(None, "noted"),
    &[],
    Returns::Trigger,
    Language::PlPgSql,
    "BEGIN RETURN NULL; END",
);

fn taken(sql_type: SqlType, default: Option<Expr>) -> &'static [ArgumentDef] {
    let mut taken = ArgumentDef::new::<String>("a");
    taken.sql_type = sql_type;
    leak([match default {
        Some(default) => taken.default(default),
        None => taken,
    }])
}

fn function(
    name: &'static str,
    arguments: &'static [ArgumentDef],
    returns: SqlType,
    body: &'static str,
) -> &'static RoutineDef {
    let returns = Returns::Value(returns);
    let name = TableName::new(None, name);
    let function = RoutineDef::function(name, arguments, returns, Language::Sql, body);
    leak(function.volatility(Volatility::Immutable))
}

/// A schema in which one object may contain values.
#[derive(Clone, Copy)]
struct Words {
    keeper: Keeper,
    constant: Constant,
}

impl Words {
    fn functions(self, word: SqlType) -> Vec<&'static RoutineDef> {
        let words = SqlType::Array(leak(word));
        let boolean = scalar(ScalarType::Boolean);
        let default = match (self.constant, self.keeper) {
            (Constant::LeftOut, _) | (_, Keeper::ArgumentDefault) => Some(Expr::Text("{a,b}")),
            _ => None,
        };
        let many = taken(words, default);
        let many = function("are_many", many, boolean, "SELECT cardinality($1) > 1");
        let mut functions = vec![&NOTED, many];
        if self.constant == Constant::Row {
            let row = taken(SqlType::Sql("words"), None);
            functions.push(function("is_row", row, boolean, "SELECT $1 IS NULL"));
        }
        if self.keeper == Keeper::OtherArgumentDefault {
            let other = taken(boolean, Some(Expr::Sql(self.constant.sql())));
            functions.push(function("listed", other, words, "SELECT '{a}'::word[]"));
        }
        functions
    }

    fn columns(self, word: SqlType) -> &'static [ColumnDef] {
        let sql = self.constant.sql();
        let many = column("many", scalar(ScalarType::Boolean));
        let many = match self.keeper {
            Keeper::Default => many.default(Expr::Sql(sql)),
            Keeper::Computed | Keeper::ComputedUnder => many.generated(Expr::Sql(sql)),
            _ => many.default(Expr::Sql("true")),
        };
        leak([
            ColumnDef::new::<i64>("id"),
            column("word", word),
            column("name", self.name()),
            many,
        ])
    }

    /// The type of the column `name`: the other domain, if that one has the expression.
    fn name(self) -> SqlType {
        if self.keeper != Keeper::DomainCheck {
            return TEXT;
        }
        let condition = format!("value <> '' OR {}", self.constant.sql());
        let checks = leak([DomainCheckDef {
            name: Some("named"),
            condition: Expr::Sql(condition.leak()),
        }]);
        let name = TableName::new(None, "called");
        SqlType::Domain(leak(DomainDef::new(name, TEXT).checks(checks)))
    }

    fn table(self, word: SqlType) -> TableDef {
        let sql = self.constant.sql();
        let or_named = |name: &str| Expr::Sql(format!("{sql} OR {name} <> ''").leak());
        let table = TableDef::new(
            TableName::new(None, "words"),
            Ownership::Shared,
            self.columns(word),
            PrimaryKeyDef::new(&["id"]),
        )
        .allow(&["uuid_key", "index_not_leakproof"]);
        let parts: &'static [IndexPart] = leak([IndexPart::new(or_named("name"))]);
        let plain = const { &[IndexPart::column("name")] };
        match self.keeper {
            Keeper::Check => table.checks(leak([CheckDef::new(&["name"], or_named("name"))])),
            Keeper::Policy => table.policies(leak([
                PolicyDef::new("seen", PolicyCommand::Select).using(or_named("name"))
            ])),
            Keeper::Trigger => table.triggers(leak([TriggerDef::new(
                "noted",
                TriggerTiming::After,
                const { &[TriggerEvent::Insert] },
                || &NOTED,
            )
            .when(or_named("NEW.name"))])),
            Keeper::Index => table.indexes(leak([IndexDef::new(parts).name("kept")])),
            Keeper::IndexCondition => table.indexes(leak([IndexDef::new(plain)
                .name("kept")
                .filter(or_named("name"))])),
            Keeper::ComputedUnder => table
                .uniques(const { &[UniqueDef::new(&["many", "id"])] })
                .indexes(leak([IndexDef::new(
                    const { &[IndexPart::column("many")] },
                )])),
            Keeper::ArgumentDefault
            | Keeper::OtherArgumentDefault
            | Keeper::Default
            | Keeper::Computed
            | Keeper::View
            | Keeper::StoredView
            | Keeper::StoredViewIndex
            | Keeper::DomainCheck => table,
        }
    }

    fn views(self) -> &'static [&'static ViewDef] {
        let sql = self.constant.sql();
        let view = |name, query: String| {
            let name = TableName::new(None, name);
            ViewDef::new(name, Ownership::Shared, &[], query.leak())
        };
        let listed = view(
            "listed_words",
            format!("SELECT name, {sql} AS many FROM words"),
        );
        let named = view("listed_words", "SELECT name FROM words".to_owned());
        let above = leak(view("above", "SELECT name FROM listed_words".to_owned()));
        match self.keeper {
            Keeper::View => leak([leak(listed), above]),
            Keeper::StoredView => leak([leak(listed.materialized()), above]),
            Keeper::StoredViewIndex => {
                let part = IndexPart::new(Expr::Sql(format!("{sql} OR name <> ''").leak()));
                let index = IndexDef::new(leak([part])).name("kept");
                leak([leak(named.materialized().indexes(leak([index]))), above])
            }
            Keeper::ComputedUnder => leak([leak(view(
                "listed_words",
                "SELECT many FROM words".to_owned(),
            ))]),
            _ => &[],
        }
    }

    fn schema(self, base: ScalarType, checks: Checks) -> SchemaDef {
        let word = word(base, checks);
        SchemaDef::new("WORDS", leak([leak(self.table(word))]))
            .routines(self.functions(word).leak())
            .views(self.views())
            .isolation(Isolation::Predicate)
    }
}

const INSERT: &str = "INSERT INTO words (id, word, name) VALUES (1, 'one', 'two')";
const ROWS: &str = "SELECT concat_ws('|', id, word, name) FROM words";

/// With a row, up and back twice: the database must equal one that is created directly, with every check valid.
async fn there_and_back(
    place: &mut Place,
    old: &SchemaDef,
    new: &SchemaDef,
) -> Result<(), Failure> {
    let (old, new) = (old.schema()?, new.schema()?);
    let plan = Plan::between(&old, &new, &Postgres);
    place.make(&new).await?;
    let new_facts = facts(place).await?;
    place.make(&old).await?;
    let old_facts = facts(place).await?;
    place.run(INSERT).await?;
    for _ in 0..2 {
        up(place, &plan)
            .await
            .map_err(|error| format!("up: {error}"))?;
        expect("up", &facts(place).await?, &new_facts)?;
        place
            .down(&plan)
            .await
            .map_err(|error| format!("down: {error}"))?;
        expect("down", &facts(place).await?, &old_facts)?;
    }
    expect(
        "the rows",
        &place.rows(ROWS).await?,
        &["1|one|two".to_owned()],
    )
}

/// Runs each step, and asserts that its locks and rewrites are the announced ones.
async fn up(place: &mut Place, plan: &Plan) -> Result<(), Failure> {
    for stage in &plan.stages {
        for step in &stage.steps {
            let stage = Stage {
                mode: stage.mode,
                steps: vec![step.clone()],
            };
            let observed = place.observe(&plan.up(&stage, &Postgres)).await?;
            let said = Observed::said(step);
            if observed != said {
                let title = &step.title;
                return Err(format!("`{title}` says {said:?}\n    and it is {observed:?}").into());
            }
        }
    }
    Ok(())
}

async fn facts(place: &mut Place) -> Result<Vec<String>, Failure> {
    const NOT_VALID: &str =
        "SELECT 'not valid: ' || conname FROM pg_constraint WHERE NOT convalidated";
    let mut facts = place.catalog().await?;
    facts.extend(place.rows(NOT_VALID).await?);
    Ok(facts)
}

fn expect(when: &str, found: &[String], wanted: &[String]) -> Result<(), Failure> {
    if found == wanted {
        return Ok(());
    }
    let beside = |one: &[String], other: &[String]| {
        let facts = one.iter().filter(|fact| !other.contains(fact));
        facts.cloned().collect::<Vec<_>>()
    };
    let (missing, extra) = (beside(wanted, found), beside(found, wanted));
    Err(format!("{when}: missing: {missing:#?}\nunexpected: {extra:#?}").into())
}

/// Runs all combinations, and reports all failures.
fn all(
    constants: &[Constant],
    pairs: impl Fn(Words) -> Vec<(SchemaDef, SchemaDef)>,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut place = runtime.block_on(Place::new("kept"))?;
    let mut failures = Vec::new();
    for keeper in KEEPERS {
        for constant in constants
            .iter()
            .filter(|constant| is_possible(*keeper, **constant))
        {
            let words = Words {
                keeper: *keeper,
                constant: *constant,
            };
            for (number, (old, new)) in pairs(words).iter().enumerate() {
                if let Err(error) = runtime.block_on(there_and_back(&mut place, old, new)) {
                    failures.push(format!("{keeper:?}, {constant:?}, pair {number}: {error}"));
                }
            }
        }
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

/// A part of a table exists before a function can take the rows of the table, and a domain exists before a table.
fn is_possible(keeper: Keeper, constant: Constant) -> bool {
    use Keeper::{ArgumentDefault, OtherArgumentDefault, Policy, StoredView, Trigger, View};
    let is_after_the_table = matches!(keeper, Policy | Trigger | View | StoredView);
    match constant {
        Constant::Row => is_after_the_table || keeper == OtherArgumentDefault,
        Constant::Cast | Constant::LeftOut => keeper != ArgumentDefault,
        Constant::Taken => true,
    }
}

/// A check is added, and one check replaces another.
#[test]
fn expressions_with_values_of_a_domain_are_recreated_for_its_checks() -> Result<(), Failure> {
    all(CONSTANTS, |words| {
        let schema = |checks| words.schema(ScalarType::Text, checks);
        let pair = |old, new| (schema(old), schema(new));
        vec![
            pair(Checks::None, Checks::Filled),
            pair(Checks::Filled, Checks::Short),
        ]
    })
}

/// On every server: the old type must be dropped. `Row` is left out, since no column changes its type at the same time.
#[test]
fn casts_to_a_domain_are_recreated_when_it_gets_another_base() -> Result<(), Failure> {
    let constants = [Constant::Cast, Constant::Taken, Constant::LeftOut];
    all(&constants, |words| {
        let text = words.schema(ScalarType::Text, Checks::Filled);
        let varchar = words.schema(ScalarType::Varchar(Some(20)), Checks::Filled);
        vec![(text, varchar)]
    })
}
