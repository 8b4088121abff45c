//! Doc comments are the comments of the database, whatever is in them.

use freehold::prelude::*;

/// A "task" that isn't `done`: it's {0} \n — ü.
///
/// Second
/// paragraph.
#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Task {
    /** The key. */
    #[column(primary_key)]
    pub id: Uuid,
    #[doc = "It's \"quoted\"."]
    #[doc(alias = "name")]
    pub title: String,
    /// Not this.
    #[column(comment = "but 'this'")]
    pub body: String,
    ///
    pub empty: String,
}

/// The label's enum.
#[derive(SqlEnum)]
pub enum Status {
    /// Not yet.
    Todo,
}

schema!(
    /// The "schema".
    pub APP = [Task]
);

#[test]
fn runs() {
    let table = Task::DEF;
    assert_eq!(
        table.comment,
        Some("A \"task\" that isn't `done`: it's {0} \\n — ü.\n\nSecond paragraph.")
    );
    let comments: Vec<_> = table.columns.iter().map(|column| column.comment).collect();
    assert_eq!(
        comments,
        [
            Some("The key."),
            Some("It's \"quoted\"."),
            Some("but 'this'"),
            None
        ]
    );
    assert_eq!(
        <Status as freehold::SqlEnum>::DEF.comment,
        Some("The label's enum.")
    );
    let sql = APP
        .schema()
        .expect("the rules hold")
        .up(&freehold::Postgres)
        .to_string();
    assert!(sql.contains("'It''s \"quoted\".'"), "{sql}");
}
