// The functions that the schema makes share their names with those that are written by hand.

use freehold::prelude::*;

#[derive(Function)]
#[function(trigger, name = keep_days, body = "BEGIN RETURN NEW; END;")]
pub struct KeepDays;

/// Another argument makes another function.
#[derive(Function)]
#[function(name = plan_months, body = "BEGIN END;")]
pub struct PlanMonths {
    pub ahead: i32,
}

#[derive(Table)]
#[table(name = days, shared, allow(timestamps, uuid_key), partition_by = range(day), monthly_partitions(function = plan_months))]
#[table(trigger(name = check, before(insert), function = KeepDays))]
pub struct Day {
    #[column(primary_key)]
    pub day: NaiveDate,
    #[column(immutable)]
    pub title: String,
}

#[derive(Table)]
#[table(name = hours, shared, allow(timestamps, uuid_key), partition_by = range(hour), monthly_partitions(function = plan_months))]
pub struct Hour {
    #[column(primary_key)]
    pub hour: NaiveDateTime,
}

schema!(pub DAYS = [Day, Hour], functions(PlanMonths));

#[test]
fn runs() {
    let found: Vec<_> = DAYS.validate().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "the name `keep_days` of a function is already used by a function that is made for a table; give one of the two another `name`",
            "the name `plan_months` of a function that is made for a table is already used by another one; give one of the two another `name`",
        ]
    );
}
