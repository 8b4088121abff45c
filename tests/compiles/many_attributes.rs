//! Several attributes are one list, with or without a last comma, beside attributes of others.

use freehold::prelude::*;

#[derive(Clone, Debug, Table, PartialEq)]
#[table]
#[table()]
#[table(shared)]
#[table(name = tasks,)]
#[allow(dead_code)]
#[table(index(title,))]
#[table(index(body, title), allow(timestamps,))]
#[table(check(title != body))]
#[table(check(length(title) > 0), allow(redundant_index))]
#[must_use]
pub struct Task {
    #[column(primary_key)]
    #[column(default = gen_random_uuid())]
    pub id: Uuid,
    #[allow(dead_code)]
    #[column()]
    #[column]
    #[column(varchar(20), unique)]
    pub title: String,
    #[column(check(body != "a"), check(body != "b"), check_sql = "true")]
    pub body: String,
}

schema!(pub APP = [Task,],);

#[test]
fn runs() {
    let table = Task::DEF;
    assert_eq!(
        (table.indexes.len(), table.uniques.len(), table.checks.len()),
        (2, 1, 5)
    );
    assert_eq!(table.allow, ["timestamps", "redundant_index"]);
}
