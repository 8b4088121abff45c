//! A table may be private, or stand in a private module and be used from beside it.

mod tables {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy)]
    pub(super) struct UserId(Uuid);

    #[derive(SqlEnum, Clone, Copy)]
    pub(crate) enum Status {
        Todo,
        Done,
    }

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    pub(crate) struct User {
        #[column(primary_key)]
        id: UserId,
        #[column(default = Status::Todo)]
        status: Status,
    }

    pub(super) mod deep {
        use freehold::prelude::*;

        #[derive(Table)]
        #[table(scope = user_id, allow(timestamps))]
        pub(in crate::visibility::tables) struct Note {
            #[column(primary_key)]
            id: Uuid,
            #[column(index, references = super::User::id, on_delete = cascade)]
            user_id: super::UserId,
            #[column(index(where = status == super::Status::Done))]
            status: super::Status,
        }
    }

    schema!(pub(crate) NOTES = [User, deep::Note]);
}

use freehold::prelude::*;

#[derive(Table)]
#[table(scope = user_id, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = tables::User::id, on_delete = cascade)]
    user_id: tables::UserId,
}

schema!(APP = [tables::User, Task]);
schema!(
    /// All of it.
    #[allow(dead_code)]
    ALL = [crate::visibility::tables::User, self::Task],
);

#[test]
fn runs() {
    assert!(APP.validate().is_empty());
    assert!(ALL.validate().is_empty());
    assert!(tables::NOTES.validate().is_empty());
}
