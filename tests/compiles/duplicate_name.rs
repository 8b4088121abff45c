//! The rule `duplicate_name` is found when the schema is built: two names that `schema!` did not see.

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, name = by_title))]
pub struct Task {
    #[column(primary_key)]
    pub id: Uuid,
    pub title: String,
}

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, name = by_title))]
pub struct Note {
    #[column(primary_key)]
    pub id: Uuid,
    pub title: String,
}

schema!(pub APP = [Task, Note]);

#[test]
fn runs() {
    let found = APP.validate();
    let messages: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "the name `by_title` of `note` is already used by `task`; give one of the two another `name`"
        ]
    );
    assert!(APP.schema().is_err());
}
