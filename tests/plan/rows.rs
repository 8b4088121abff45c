//! Rows that exist while a schema becomes another and is restored.

use freehold::Schema;
use freehold::plan::{HazardKind, Plan};

use crate::generator::{Kind, Spec, sample};
use crate::server::{Failure, Place};

/// The remaining values: the columns that both schemas have with the same type, under their old names.
pub(crate) struct Kept {
    queries: Vec<String>,
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Inserts a row into each table, without checking references. The database fills its own columns.
pub(crate) async fn insert(place: &mut Place, spec: &Spec) -> Result<(), Failure> {
    place.run("SET session_replication_role = replica").await?;
    if spec.has_users() {
        place.run("INSERT INTO users (id) VALUES (1)").await?;
    }
    for table in spec.tables.iter().filter(|table| table.takes_rows()) {
        let given = table.columns.iter().filter_map(|column| {
            let value = match &column.kind {
                // Every table has a row 1.
                Kind::Scalar(_) if table.is_reference(&column.name) => "1".to_owned(),
                Kind::Scalar(scalar) => sample(*scalar).to_owned(),
                Kind::Array(scalar) => format!("{{{}}}", sample(*scalar)),
                Kind::Enum(name) => spec.first_label(name)?.to_owned(),
                Kind::Enums(name) => format!("{{\"{}\"}}", spec.first_label(name)?),
                Kind::TextEnum(labels) => (*labels.first()?).to_owned(),
                Kind::Counted(_) => "5".to_owned(),
                Kind::Domain(name) => spec.domain_sample(name).to_owned(),
                Kind::Domains(name) => format!("{{{}}}", spec.domain_sample(name)),
                Kind::Sql(_, value) => (*value).to_owned(),
                Kind::Serial | Kind::Computed(_) => return None,
            };
            Some((
                quoted(&column.name),
                format!("'{}'", value.replace('\'', "''")),
            ))
        });
        let (columns, values): (Vec<_>, Vec<_>) = given.unzip();
        let own = table.own_values();
        let (own_columns, own_values): (Vec<_>, Vec<_>) = own
            .iter()
            .map(|(column, value)| ((*column).to_owned(), (*value).to_owned()))
            .unzip();
        let columns = [own_columns, columns].concat();
        let values = [own_values, values].concat();
        let sql = format!(
            "INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES ({})",
            table.in_query(),
            columns.join(", "),
            values.join(", ")
        );
        place.run(&sql).await?;
    }
    place.run("RESET session_replication_role").await
}

impl Kept {
    pub(crate) fn of(before: &Spec, after: &Spec) -> Self {
        let pairs = before
            .tables
            .iter()
            .filter_map(|old| Some((old, after.successor(old)?)));
        let queries = pairs.map(|(old, new)| {
            let columns = old.columns.iter().filter(|column| new.keeps(column));
            let columns = columns.map(|column| quoted(&column.name));
            let columns: Vec<_> = std::iter::once("id".to_owned()).chain(columns).collect();
            format!(
                "SELECT concat_ws('|', {}) FROM {} ORDER BY id",
                columns.join(", "),
                old.in_query()
            )
        });
        Self {
            queries: queries.collect(),
        }
    }

    pub(crate) async fn rows(&self, place: &mut Place) -> Result<Vec<Vec<String>>, Failure> {
        let mut all = Vec::new();
        for query in &self.queries {
            all.push(place.rows(query).await?);
        }
        Ok(all)
    }
}

/// Whether the plan announces that rows may make it, or its way back, fail.
pub(crate) fn may_fail(plan: &Plan) -> bool {
    let kinds = [
        HazardKind::FailsOnRows,
        HazardKind::ChecksRows,
        HazardKind::DataLoss,
    ];
    plan.steps().any(|step| {
        step.lost.is_some()
            || step.fails_back.is_some()
            || step
                .hazards
                .iter()
                .any(|hazard| kinds.contains(&hazard.kind))
    })
}

/// Whether a row caused the error: classes 22 and 23 of PostgreSQL's errors, and a forbidden null.
pub(crate) fn is_about_rows(error: &str) -> bool {
    [
        "invalid input",
        "violates",
        "contains null values",
        "cannot be cast",
        "out of range",
        "value too long",
        "duplicate",
        "could not create unique index",
        "invalid ",
        "overflow",
        "is violated by some row",
        "malformed",
        "not recognized",
        // An error of `hstore`.
        "Unexpected end of string",
        // From PostgreSQL 18 on.
        "syntax error in hstore",
        "Syntax error near",
    ]
    .iter()
    .any(|words| error.contains(words))
}

/// Asserts that the old rows are there after the way up and back, or that the plan announced a failure because of rows
/// and failed. Returns whether the rows survived.
pub(crate) async fn survive(
    place: &mut Place,
    (before, after): (&Spec, &Spec),
    old: &Schema,
    plan: &Plan,
) -> Result<bool, Failure> {
    place.make(old).await?;
    insert(place, before).await?;
    let kept = Kept::of(before, after);
    let wanted = kept.rows(place).await?;
    for (what, done) in [("up", place.up(plan).await), ("down", Ok(()))] {
        let done = if what == "down" {
            place.down(plan).await
        } else {
            done
        };
        if let Err(error) = done {
            let text = error.to_string();
            return if may_fail(plan) && is_about_rows(&text) {
                Ok(false)
            } else {
                Err(format!("with rows, {what}: {text}").into())
            };
        }
    }
    let found = kept.rows(place).await?;
    if found == wanted {
        Ok(true)
    } else {
        Err(format!("rows were {wanted:?} and are {found:?}").into())
    }
}
