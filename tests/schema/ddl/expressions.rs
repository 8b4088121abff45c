//! PostgreSQL must read each printed expression as the original tree. The printer writes few parentheses; the reference
//! here writes one pair around every operand. Both must give the same expression in the catalog.
//!
//! The comparison ignores the associativity of `AND` and `OR`: PostgreSQL keeps `a AND b AND c` as one list and
//! `a AND (b AND c)` as a list in a list, which mean the same. So the reference writes such a tree as one list too.

use std::error::Error;

use freehold::model::BinaryOp::{
    Add, And, Concat, ContainedBy, Contains, Div, Eq, Ge, Gt, ILike, Le, Like, Lt, Matches,
    MatchesIgnoreCase, Mul, Ne, Or, Overlaps, Rem, Sub,
};
use freehold::model::{
    BinaryOp, CheckDef, ColumnDef, Expr, Ownership, PrimaryKeyDef, TableDef, TableName, UnaryOp,
};
use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use proptest::test_runner::{Config, TestRunner};

use super::{TestResult, lines};

/// One nullable column of each type. `NOT` could take the word `between` as its own; `user` and `Note` need quotes.
const COLUMNS: &[ColumnDef] = &[
    ColumnDef::new::<i32>("id"),
    ColumnDef::new::<bool>("flag"),
    ColumnDef::new::<Option<bool>>("done"),
    ColumnDef::new::<Option<bool>>("between"),
    ColumnDef::new::<i32>("count"),
    ColumnDef::new::<Option<i64>>("user"),
    ColumnDef::new::<String>("title"),
    ColumnDef::new::<Option<String>>("Note"),
    ColumnDef::new::<Vec<String>>("tags"),
    ColumnDef::new::<Option<Vec<String>>>("labels"),
];

const FLAG: Expr = Expr::Column("flag");
const DONE: Expr = Expr::Column("done");
const BETWEEN: Expr = Expr::Column("between");
const COUNT: Expr = Expr::Column("count");
const USER: Expr = Expr::Column("user");
const TITLE: Expr = Expr::Column("title");
const NOTE: Expr = Expr::Column("Note");
const TAGS: Expr = Expr::Column("tags");
const LABELS: Expr = Expr::Column("labels");
const ONE: Expr = Expr::Number("1");
const TWO: Expr = Expr::Number("2");

fn leak(expr: Expr) -> &'static Expr {
    Box::leak(Box::new(expr))
}

fn not(operand: Expr) -> Expr {
    Expr::Unary(UnaryOp::Not, leak(operand))
}

fn minus(operand: Expr) -> Expr {
    Expr::Unary(UnaryOp::Minus, leak(operand))
}

fn binary(left: Expr, op: BinaryOp, right: Expr) -> Expr {
    Expr::Binary(op, leak(left), leak(right))
}

fn is_null(operand: Expr, negated: bool) -> Expr {
    let operand = leak(operand);
    Expr::IsNull { operand, negated }
}

fn is_in(operand: Expr, list: Vec<Expr>, negated: bool) -> Expr {
    Expr::In {
        operand: leak(operand),
        list: list.leak(),
        negated,
    }
}

fn between(operand: Expr, low: Expr, high: Expr) -> Expr {
    Expr::Between {
        operand: leak(operand),
        low: leak(low),
        high: leak(high),
    }
}

fn count_is(number: Expr) -> Expr {
    binary(COUNT, Eq, number)
}

fn like(operand: Expr, pattern: &'static str) -> Expr {
    binary(operand, Like, Expr::Text(pattern))
}

fn call(name: &'static str, arguments: Vec<Expr>) -> Expr {
    Expr::Call(name, arguments.leak())
}

fn cast(operand: Expr, sql_type: &'static str) -> Expr {
    Expr::Cast(leak(operand), sql_type)
}

/// The expression with parentheses around every operand.
fn reference(expr: &Expr) -> String {
    match *expr {
        Expr::Column(name) => format!("\"{name}\""),
        Expr::Number(sql) | Expr::Keyword(sql) | Expr::Sql(sql) => sql.to_owned(),
        Expr::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Expr::Bool(value) => value.to_string(),
        Expr::Null => "NULL".to_owned(),
        Expr::Row(..) | Expr::Search { .. } => unreachable!("these are not generated"),
        Expr::Unary(UnaryOp::Not, operand) => format!("NOT {}", enclosed(operand)),
        Expr::Unary(UnaryOp::Minus, operand) => format!("- {}", enclosed(operand)),
        Expr::Binary(op @ (And | Or), left, right) => {
            format!("{} {} {}", member(op, left), word(op), member(op, right))
        }
        Expr::Binary(op, left, right) => {
            format!("{} {} {}", enclosed(left), word(op), enclosed(right))
        }
        Expr::IsNull { operand, negated } => {
            let is = if negated { "IS NOT" } else { "IS" };
            format!("{} {is} NULL", enclosed(operand))
        }
        Expr::In {
            operand,
            list,
            negated,
        } => {
            let is = if negated { "NOT IN" } else { "IN" };
            format!("{} {is} ({})", enclosed(operand), each(list))
        }
        Expr::Between { operand, low, high } => {
            let [operand, low, high] = [operand, low, high].map(enclosed);
            format!("{operand} BETWEEN {low} AND {high}")
        }
        Expr::Call(name, arguments) => format!("{name}({})", each(arguments)),
        Expr::Cast(operand, sql_type) => format!("CAST({} AS {sql_type})", enclosed(operand)),
    }
}

fn enclosed(expr: &Expr) -> String {
    format!("({})", reference(expr))
}

/// An operand of `AND` or `OR`, in one list with those of the same operator. Raw SQL may itself be an `OR`.
fn member(op: BinaryOp, expr: &Expr) -> String {
    match expr {
        Expr::Binary(own, ..) if *own == op => reference(expr),
        Expr::Sql(_) if op == Or => reference(expr),
        _ => enclosed(expr),
    }
}

fn each(exprs: &[Expr]) -> String {
    let exprs: Vec<_> = exprs.iter().map(enclosed).collect();
    exprs.join(", ")
}

fn word(op: BinaryOp) -> &'static str {
    match op {
        Or => "OR",
        And => "AND",
        Eq => "=",
        Ne => "<>",
        Lt => "<",
        Le => "<=",
        Gt => ">",
        Ge => ">=",
        Like => "LIKE",
        ILike => "ILIKE",
        Matches => "~",
        MatchesIgnoreCase => "~*",
        Contains => "@>",
        ContainedBy => "<@",
        Overlaps => "&&",
        Concat => "||",
        Add => "+",
        Sub => "-",
        Mul => "*",
        Div => "/",
        Rem => "%",
    }
}

/// An expression as it was printed, as PostgreSQL read it, and the same of the reference.
struct Reading {
    printed: String,
    read: String,
    reference: String,
    reference_read: String,
}

/// All names have one length, so that the catalog sorts them in the order of the expressions.
fn constraint_name(index: usize) -> String {
    format!("c{index:03}")
}

fn check((index, condition): (usize, &Expr)) -> CheckDef {
    CheckDef::new(&[], *condition).name(constraint_name(index).leak())
}

fn schema(exprs: &[Expr]) -> SchemaDef {
    let checks: Vec<_> = exprs.iter().enumerate().map(check).collect();
    let table = TableDef::new(
        TableName::new(None, "printed"),
        Ownership::Shared,
        COLUMNS,
        PrimaryKeyDef::new(&["id"]),
    )
    .checks(checks.leak())
    .allow(&["uuid_key"]);
    SchemaDef::new("EXPRESSIONS", vec![&*Box::leak(Box::new(table))].leak())
}

/// The checks are part of `CREATE TABLE`: `ALTER TABLE` would fold their constants, and so divide by zero.
fn reference_table(exprs: &[Expr]) -> String {
    let checks = exprs.iter().enumerate().map(|(index, expr)| {
        let name = constraint_name(index);
        format!(",\nCONSTRAINT {name} CHECK ({})", reference(expr))
    });
    let checks: String = checks.collect();
    format!("CREATE TABLE reference (LIKE printed{checks});")
}

/// The text inside the parentheses of a check.
fn printed(ddl: &str, index: usize) -> Option<&str> {
    let start = format!("CONSTRAINT {} CHECK (", constraint_name(index));
    let mut lines = ddl.lines().map(str::trim_start);
    let rest = lines.find_map(|line| line.strip_prefix(&start))?;
    rest.trim_end_matches(',').strip_suffix(')')
}

const READ_BACK: &str = "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint
    WHERE contype = 'c' AND conrelid IN ('printed'::regclass, 'reference'::regclass)
    ORDER BY conrelid = 'reference'::regclass, conname COLLATE \"C\";";

/// Reads all expressions in one round trip, and leaves the database unchanged.
fn readings(database: &Database, exprs: &[Expr]) -> Result<Vec<Reading>, Box<dyn Error>> {
    let ddl = schema(exprs).schema()?.up(&Postgres);
    let tables = reference_table(exprs);
    let read = lines(
        database,
        &format!("BEGIN;\n{ddl}\n{tables}\n{READ_BACK}\nROLLBACK;"),
    )?;
    if read.len() != exprs.len() * 2 {
        return Err(format!("{} lines of {} checks", read.len(), exprs.len()).into());
    }
    let (read, reference_read) = read.split_at(exprs.len());
    let reading = |(index, expr)| Reading {
        printed: printed(&ddl, index).unwrap_or_default().to_owned(),
        read: read[index].clone(),
        reference: reference(expr),
        reference_read: reference_read[index].clone(),
    };
    Ok(exprs.iter().enumerate().map(reading).collect())
}

fn database() -> Result<Database, Box<dyn Error>> {
    Ok(Server::shared().create_database("expressions")?)
}

/// The expressions of each type up to some depth.
struct Level {
    boolean: BoxedStrategy<Expr>,
    number: BoxedStrategy<Expr>,
    text: BoxedStrategy<Expr>,
    array: BoxedStrategy<Expr>,
}

fn boolean(depth: usize) -> BoxedStrategy<Expr> {
    let level = (0..depth).fold(Level::leaves(), |below, _| below.above());
    level.boolean
}

fn number_leaf() -> impl Strategy<Value = Expr> {
    let numbers = [
        "0",
        "1",
        "-1",
        "42",
        "-2147483648",
        "2147483648",
        "1.50",
        "-0.5",
        "2.",
        "1e3",
    ];
    prop_oneof![
        select(vec![
            COUNT,
            USER,
            cast(Expr::Null, "integer"),
            Expr::Sql("count - 1")
        ]),
        select(numbers.map(Expr::Number).to_vec()),
    ]
}

/// Has no line break, so that each check is one line.
fn text_leaf() -> impl Strategy<Value = Expr> {
    let literal = r#"['"\\%_$;:?*/a-cé -]{0,6}"#.prop_map(|text| Expr::Text(text.leak()));
    let user = cast(Expr::Keyword("CURRENT_USER"), "text");
    prop_oneof![
        select(vec![
            TITLE,
            NOTE,
            cast(Expr::Null, "text"),
            user,
            Expr::Sql("title || 'x'")
        ]),
        literal,
    ]
}

impl Level {
    fn leaves() -> Self {
        let raw = ["flag OR done", "flag AND done", "NOT flag", "count IS NULL"];
        let plain = [
            FLAG,
            BETWEEN,
            Expr::Bool(true),
            Expr::Bool(false),
            is_null(Expr::Null, true),
        ];
        Self {
            boolean: select([plain.to_vec(), raw.map(Expr::Sql).to_vec()].concat()).boxed(),
            number: number_leaf().boxed(),
            text: text_leaf().boxed(),
            array: select(vec![TAGS, LABELS]).boxed(),
        }
    }

    fn above(&self) -> Self {
        Self {
            boolean: self.boolean_above(),
            number: self.number_above(),
            text: self.text_above(),
            array: self.array_above(),
        }
    }

    fn boolean_above(&self) -> BoxedStrategy<Expr> {
        let logic = operation(&[And, Or], &self.boolean, &self.boolean);
        prop_oneof![
            1 => self.boolean.clone(),
            3 => logic,
            2 => self.boolean.clone().prop_map(not),
            3 => self.comparison(),
            2 => self.membership(),
            1 => (self.any(), any::<bool>()).prop_map(|(expr, negated)| is_null(expr, negated)),
            1 => operation(&[Like, ILike, Matches, MatchesIgnoreCase], &self.text, &self.text),
            1 => operation(&[Contains, ContainedBy, Overlaps], &self.array, &self.array),
            1 => calls(&["coalesce", "nullif"], &self.boolean, 2),
        ]
        .boxed()
    }

    fn number_above(&self) -> BoxedStrategy<Expr> {
        // PostgreSQL evaluates the cast of a text literal at once, so the text would have to be a number.
        let read = self.text.clone().prop_map(|text| call("lower", vec![text]));
        let castable = prop_oneof![self.number.clone(), self.boolean.clone(), read];
        prop_oneof![
            1 => self.number.clone(),
            4 => operation(&[Add, Sub, Mul, Div, Rem], &self.number, &self.number),
            2 => self.number.clone().prop_map(minus),
            1 => castable.prop_map(|expr| cast(expr, "integer")),
            1 => calls(&["coalesce", "greatest", "nullif"], &self.number, 2),
            1 => calls(&["abs"], &self.number, 1),
            1 => calls(&["length"], &self.text, 1),
            1 => calls(&["cardinality"], &self.array, 1),
        ]
        .boxed()
    }

    fn text_above(&self) -> BoxedStrategy<Expr> {
        prop_oneof![
            self.text.clone(),
            self.any().prop_map(|expr| cast(expr, "text")),
            calls(&["lower", "upper", "trim"], &self.text, 1),
            calls(&["coalesce", "nullif", "concat"], &self.text, 2),
            operation(&[Concat], &self.text, &self.text),
        ]
        .boxed()
    }

    fn array_above(&self) -> BoxedStrategy<Expr> {
        let append = (self.array.clone(), self.text.clone());
        prop_oneof![
            self.array.clone(),
            calls(&["string_to_array"], &self.text, 2),
            calls(&["coalesce", "array_cat"], &self.array, 2),
            append.prop_map(|(array, text)| call("array_append", vec![array, text])),
        ]
        .boxed()
    }

    fn types(&self) -> [&BoxedStrategy<Expr>; 4] {
        [&self.boolean, &self.number, &self.text, &self.array]
    }

    fn any(&self) -> BoxedStrategy<Expr> {
        Union::new(self.types().map(Clone::clone)).boxed()
    }

    fn comparison(&self) -> BoxedStrategy<Expr> {
        let of = |operand| operation(&[Eq, Ne, Lt, Le, Gt, Ge], operand, operand);
        Union::new(self.types().map(of)).boxed()
    }

    fn membership(&self) -> BoxedStrategy<Expr> {
        let is_in = |(operand, list, negated)| is_in(operand, list, negated);
        let of = |operand: &BoxedStrategy<Expr>| {
            let operand = operand.clone();
            let range = [(); 3].map(|()| operand.clone());
            prop_oneof![
                range.prop_map(|[operand, low, high]| between(operand, low, high)),
                (operand.clone(), vec(operand, 1..4), any::<bool>()).prop_map(is_in),
            ]
            .boxed()
        };
        Union::new(self.types().map(of)).boxed()
    }
}

fn operation(
    ops: &'static [BinaryOp],
    left: &BoxedStrategy<Expr>,
    right: &BoxedStrategy<Expr>,
) -> BoxedStrategy<Expr> {
    (left.clone(), select(ops), right.clone())
        .prop_map(|(left, op, right)| binary(left, op, right))
        .boxed()
}

fn calls(
    names: &'static [&'static str],
    argument: &BoxedStrategy<Expr>,
    count: usize,
) -> BoxedStrategy<Expr> {
    (select(names), vec(argument.clone(), count))
        .prop_map(|(name, arguments)| call(name, arguments))
        .boxed()
}

fn assert_read_alike(database: &Database, exprs: &[Expr]) -> Result<(), TestCaseError> {
    let readings =
        readings(database, exprs).map_err(|error| TestCaseError::fail(error.to_string()))?;
    for (expr, reading) in exprs.iter().zip(readings) {
        prop_assert!(
            reading.read == reading.reference_read,
            "{expr:?}\nprinted:        {}\nread as:        {}\nreference:      {}\nread as:        {}",
            reading.printed,
            reading.read,
            reading.reference,
            reading.reference_read
        );
    }
    Ok(())
}

/// About 2,000 expressions. A batch that fails shrinks to one expression, which takes half a minute.
#[test]
fn an_expression_is_read_as_its_original_tree() -> TestResult {
    const BATCHES: u32 = 80;
    const LARGEST_BATCH: usize = 50;
    const DEPTH: usize = 5;
    let database = database()?;
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        max_shrink_iters: 1000,
        ..Config::with_cases(BATCHES)
    });
    let batches = vec(boolean(DEPTH), 1..=LARGEST_BATCH);
    let outcome = runner.run(&batches, |exprs| assert_read_alike(&database, &exprs));
    let failure = outcome.err().map(|error| error.to_string());
    assert!(failure.is_none(), "{}", failure.unwrap_or_default());
    Ok(())
}

/// Compares each tree with the printed text and with PostgreSQL's reading of it.
fn assert_readings(examples: &[(Expr, &str, &str)]) -> TestResult {
    let exprs: Vec<_> = examples.iter().map(|(expr, ..)| *expr).collect();
    let readings = readings(&database()?, &exprs)?;
    for ((expr, printed, read), reading) in examples.iter().zip(readings) {
        assert_eq!(reading.printed, *printed, "printed: {expr:?}");
        assert_eq!(reading.read, *read, "read: {expr:?}");
        assert_eq!(reading.reference_read, *read, "reference: {expr:?}");
    }
    Ok(())
}

#[test]
fn not_binds_weaker_than_its_operand() -> TestResult {
    assert_readings(&[
        (not(count_is(ONE)), "NOT count = 1", "(NOT (count = 1))"),
        (
            binary(not(FLAG), Eq, DONE),
            "(NOT flag) = done",
            "((NOT flag) = done)",
        ),
        (
            binary(FLAG, Eq, not(DONE)),
            "flag = (NOT done)",
            "(flag = (NOT done))",
        ),
        (
            not(binary(FLAG, And, DONE)),
            "NOT (flag AND done)",
            "(NOT (flag AND done))",
        ),
        (
            binary(not(FLAG), And, DONE),
            "NOT flag AND done",
            "((NOT flag) AND done)",
        ),
        (not(not(FLAG)), "NOT NOT flag", "(NOT (NOT flag))"),
        (
            not(is_in(COUNT, vec![ONE], false)),
            "NOT count IN (1)",
            "(NOT (count = 1))",
        ),
        (
            not(is_in(COUNT, vec![ONE], true)),
            "NOT count NOT IN (1)",
            "(NOT (count <> 1))",
        ),
        (
            not(like(TITLE, "a%")),
            "NOT title LIKE 'a%'",
            "(NOT (title ~~ 'a%'::text))",
        ),
    ])
}

/// `NOT BETWEEN` is one token to PostgreSQL.
#[test]
fn a_column_named_between_can_be_negated() -> TestResult {
    let within = between(BETWEEN, not(BETWEEN), BETWEEN);
    assert_readings(&[
        (not(BETWEEN), "NOT between", "(NOT \"between\")"),
        (
            not(binary(BETWEEN, Eq, FLAG)),
            "NOT between = flag",
            "(NOT (\"between\" = flag))",
        ),
        (
            not(within),
            "NOT between BETWEEN (NOT between) AND between",
            "(NOT ((\"between\" >= (NOT \"between\")) AND (\"between\" <= \"between\")))",
        ),
    ])
}

#[test]
fn a_minus_starts_no_comment() -> TestResult {
    let negative = Expr::Number("-1");
    assert_readings(&[
        (
            count_is(minus(minus(COUNT))),
            "count = -(-count)",
            "(count = (- (- count)))",
        ),
        (count_is(minus(negative)), "count = -(-1)", "(count = 1)"),
        (
            count_is(minus(ONE)),
            "count = -1",
            "(count = '-1'::integer)",
        ),
        (
            count_is(binary(COUNT, Sub, negative)),
            "count = count - -1",
            "(count = (count - '-1'::integer))",
        ),
        (
            count_is(binary(COUNT, Sub, minus(COUNT))),
            "count = count - -count",
            "(count = (count - (- count)))",
        ),
        (
            count_is(minus(binary(COUNT, Mul, TWO))),
            "count = -(count * 2)",
            "(count = (- (count * 2)))",
        ),
        (
            count_is(binary(minus(COUNT), Rem, TWO)),
            "count = -count % 2",
            "(count = ((- count) % 2))",
        ),
        (
            count_is(binary(negative, Rem, COUNT)),
            "count = -1 % count",
            "(count = ('-1'::integer % count))",
        ),
    ])
}

#[test]
fn arithmetic_is_left_associative() -> TestResult {
    let of = |op, right_op, right| count_is(binary(COUNT, op, binary(COUNT, right_op, right)));
    let left = |op, left_op| count_is(binary(binary(COUNT, left_op, ONE), op, TWO));
    assert_readings(&[
        (
            of(Sub, Sub, ONE),
            "count = count - (count - 1)",
            "(count = (count - (count - 1)))",
        ),
        (
            of(Sub, Add, ONE),
            "count = count - (count + 1)",
            "(count = (count - (count + 1)))",
        ),
        (
            of(Div, Div, TWO),
            "count = count / (count / 2)",
            "(count = (count / (count / 2)))",
        ),
        (
            of(Mul, Rem, TWO),
            "count = count * (count % 2)",
            "(count = (count * (count % 2)))",
        ),
        (
            of(Rem, Sub, ONE),
            "count = count % (count - 1)",
            "(count = (count % (count - 1)))",
        ),
        (
            of(Add, Rem, TWO),
            "count = count + count % 2",
            "(count = (count + (count % 2)))",
        ),
        (
            left(Sub, Sub),
            "count = count - 1 - 2",
            "(count = ((count - 1) - 2))",
        ),
        (
            left(Mul, Rem),
            "count = count % 1 * 2",
            "(count = ((count % 1) * 2))",
        ),
        (
            left(Rem, Add),
            "count = (count + 1) % 2",
            "(count = ((count + 1) % 2))",
        ),
    ])
}

#[test]
fn between_keeps_its_own_and() -> TestResult {
    let range = between(COUNT, ONE, TWO);
    let read = "((count >= 1) AND (count <= 2))";
    assert_readings(&[
        (
            binary(range, And, FLAG),
            "count BETWEEN 1 AND 2 AND flag",
            &format!("({read} AND flag)"),
        ),
        (
            binary(FLAG, And, range),
            "flag AND count BETWEEN 1 AND 2",
            &format!("(flag AND {read})"),
        ),
        (
            between(DONE, binary(FLAG, And, DONE), FLAG),
            "done BETWEEN (flag AND done) AND flag",
            "((done >= (flag AND done)) AND (done <= flag))",
        ),
        (
            between(DONE, FLAG, binary(FLAG, And, DONE)),
            "done BETWEEN flag AND (flag AND done)",
            "((done >= flag) AND (done <= (flag AND done)))",
        ),
        (
            between(DONE, count_is(ONE), is_null(FLAG, false)),
            "done BETWEEN (count = 1) AND (flag IS NULL)",
            "((done >= (count = 1)) AND (done <= (flag IS NULL)))",
        ),
        (
            binary(range, Eq, FLAG),
            "count BETWEEN 1 AND 2 = flag",
            &format!("({read} = flag)"),
        ),
    ])
}

#[test]
fn in_and_like_bind_stronger_than_a_comparison() -> TestResult {
    let one_of = is_in(COUNT, vec![ONE, TWO], false);
    let starts = like(TITLE, "a%");
    assert_readings(&[
        (
            binary(one_of, Eq, FLAG),
            "count IN (1, 2) = flag",
            "((count = ANY (ARRAY[1, 2])) = flag)",
        ),
        (
            binary(FLAG, Eq, one_of),
            "flag = count IN (1, 2)",
            "(flag = (count = ANY (ARRAY[1, 2])))",
        ),
        (
            is_in(count_is(ONE), vec![count_is(TWO)], true),
            "(count = 1) NOT IN (count = 2)",
            "((count = 1) <> (count = 2))",
        ),
        (
            binary(starts, Eq, FLAG),
            "title LIKE 'a%' = flag",
            "((title ~~ 'a%'::text) = flag)",
        ),
        (
            binary(FLAG, Ne, starts),
            "flag <> title LIKE 'a%'",
            "(flag <> (title ~~ 'a%'::text))",
        ),
        (
            is_in(starts, vec![FLAG], false),
            "(title LIKE 'a%') IN (flag)",
            "((title ~~ 'a%'::text) = flag)",
        ),
    ])
}

#[test]
fn is_null_binds_weaker_than_a_comparison() -> TestResult {
    let absent = is_null(FLAG, false);
    assert_readings(&[
        (
            is_null(count_is(ONE), false),
            "count = 1 IS NULL",
            "((count = 1) IS NULL)",
        ),
        (
            is_null(not(FLAG), false),
            "(NOT flag) IS NULL",
            "((NOT flag) IS NULL)",
        ),
        (not(absent), "NOT flag IS NULL", "(NOT (flag IS NULL))"),
        (
            is_null(binary(FLAG, And, DONE), true),
            "(flag AND done) IS NOT NULL",
            "((flag AND done) IS NOT NULL)",
        ),
        (
            is_null(absent, true),
            "(flag IS NULL) IS NOT NULL",
            "((flag IS NULL) IS NOT NULL)",
        ),
        (
            binary(absent, Eq, DONE),
            "(flag IS NULL) = done",
            "((flag IS NULL) = done)",
        ),
        (
            binary(DONE, Eq, absent),
            "done = (flag IS NULL)",
            "(done = (flag IS NULL))",
        ),
        (
            is_null(like(TITLE, "a%"), false),
            "title LIKE 'a%' IS NULL",
            "((title ~~ 'a%'::text) IS NULL)",
        ),
    ])
}

#[test]
fn comparisons_do_not_chain() -> TestResult {
    let equal = binary(FLAG, Eq, DONE);
    assert_readings(&[
        (
            binary(equal, Eq, FLAG),
            "(flag = done) = flag",
            "((flag = done) = flag)",
        ),
        (
            binary(FLAG, Lt, equal),
            "flag < (flag = done)",
            "(flag < (flag = done))",
        ),
        (
            binary(count_is(ONE), Ge, count_is(TWO)),
            "(count = 1) >= (count = 2)",
            "((count = 1) >= (count = 2))",
        ),
    ])
}

#[test]
fn a_cast_encloses_its_operand() -> TestResult {
    let title_is = |expr| binary(TITLE, Eq, cast(expr, "text"));
    assert_readings(&[
        (
            title_is(binary(COUNT, Add, ONE)),
            "title = CAST(count + 1 AS text)",
            "(title = ((count + 1))::text)",
        ),
        (
            title_is(binary(FLAG, Or, DONE)),
            "title = CAST(flag OR done AS text)",
            "(title = ((flag OR done))::text)",
        ),
        (
            title_is(minus(COUNT)),
            "title = CAST(-count AS text)",
            "(title = ((- count))::text)",
        ),
        (
            count_is(minus(cast(TITLE, "integer"))),
            "count = -CAST(title AS integer)",
            "(count = (- (title)::integer))",
        ),
    ])
}

#[test]
fn a_match_binds_stronger_than_in_and_weaker_than_arithmetic() -> TestResult {
    let matched = binary(TITLE, Matches, Expr::Text("^a"));
    let other = binary(TITLE, MatchesIgnoreCase, Expr::Text("b$"));
    let odd = binary(binary(COUNT, Rem, TWO), Add, ONE);
    assert_readings(&[
        (
            binary(matched, Eq, other),
            "title ~ '^a' = title ~* 'b$'",
            "((title ~ '^a'::text) = (title ~* 'b$'::text))",
        ),
        (
            is_in(matched, vec![FLAG], false),
            "title ~ '^a' IN (flag)",
            "((title ~ '^a'::text) = flag)",
        ),
        (
            between(DONE, matched, other),
            "done BETWEEN title ~ '^a' AND title ~* 'b$'",
            "((done >= (title ~ '^a'::text)) AND (done <= (title ~* 'b$'::text)))",
        ),
        (
            binary(TITLE, Matches, cast(odd, "text")),
            "title ~ CAST(count % 2 + 1 AS text)",
            "(title ~ (((count % 2) + 1))::text)",
        ),
        (
            binary(
                binary(TAGS, Overlaps, LABELS),
                Ne,
                binary(TAGS, Contains, LABELS),
            ),
            "tags && labels <> tags @> labels",
            "((tags && labels) <> (tags @> labels))",
        ),
    ])
}

#[test]
fn and_and_or_are_lists() -> TestResult {
    let (both, either) = (binary(FLAG, And, DONE), binary(FLAG, Or, DONE));
    assert_readings(&[
        (
            binary(FLAG, And, both),
            "flag AND flag AND done",
            "(flag AND flag AND done)",
        ),
        (
            binary(both, And, FLAG),
            "flag AND done AND flag",
            "(flag AND done AND flag)",
        ),
        (
            binary(FLAG, Or, either),
            "flag OR flag OR done",
            "(flag OR flag OR done)",
        ),
        (
            binary(FLAG, Or, both),
            "flag OR flag AND done",
            "(flag OR (flag AND done))",
        ),
        (
            binary(either, And, FLAG),
            "(flag OR done) AND flag",
            "((flag OR done) AND flag)",
        ),
        (
            binary(FLAG, And, either),
            "flag AND (flag OR done)",
            "(flag AND (flag OR done))",
        ),
    ])
}

#[test]
fn raw_sql_is_enclosed_as_an_operand() -> TestResult {
    let raw = Expr::Sql("flag OR done");
    assert_readings(&[
        (raw, "flag OR done", "(flag OR done)"),
        (
            binary(raw, And, FLAG),
            "(flag OR done) AND flag",
            "((flag OR done) AND flag)",
        ),
        (
            binary(FLAG, Or, raw),
            "flag OR flag OR done",
            "(flag OR flag OR done)",
        ),
        (not(raw), "NOT (flag OR done)", "(NOT (flag OR done))"),
        (
            binary(FLAG, Eq, raw),
            "flag = (flag OR done)",
            "(flag = (flag OR done))",
        ),
        (
            is_null(raw, false),
            "(flag OR done) IS NULL",
            "((flag OR done) IS NULL)",
        ),
        (
            is_in(FLAG, vec![raw], false),
            "flag IN (flag OR done)",
            "(flag = (flag OR done))",
        ),
        (
            between(FLAG, raw, raw),
            "flag BETWEEN (flag OR done) AND (flag OR done)",
            "((flag >= (flag OR done)) AND (flag <= (flag OR done)))",
        ),
        (
            binary(TITLE, Eq, cast(raw, "text")),
            "title = CAST(flag OR done AS text)",
            "(title = ((flag OR done))::text)",
        ),
        (
            count_is(minus(Expr::Sql("count + 1"))),
            "count = -(count + 1)",
            "(count = (- (count + 1)))",
        ),
    ])
}
