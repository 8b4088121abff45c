//! Whether a column may be null is asked of the type, not of its spelling.

use freehold::prelude::*;

type Maybe<T> = Option<T>;
type MaybeText = std::option::Option<String>;

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Task {
    #[column(primary_key)]
    pub id: Uuid,
    pub plain: String,
    pub option: Option<String>,
    pub alias: Maybe<String>,
    pub text: MaybeText,
    pub path: core::option::Option<i32>,
    #[column(varchar(20))]
    pub typed: Maybe<String>,
    #[column(deleted_at)]
    pub deleted_at: Maybe<DateTime<Utc>>,
    #[column(index, references = Self::id, on_delete = set_null)]
    pub parent: Maybe<Uuid>,
}

schema!(pub APP = [Task]);

#[test]
fn runs() {
    let nullable: Vec<_> = Task::DEF
        .columns
        .iter()
        .map(|column| column.nullable)
        .collect();
    assert_eq!(
        nullable,
        [false, false, true, true, true, true, true, true, true]
    );
}
