//! The crate under another name, and behind another module.

use freehold as other;

mod behind {
    pub mod doors {
        pub use freehold::*;
    }
}

use other::prelude::{Key, SqlEnum, Table, Uuid, schema};

#[derive(Key, Clone, Copy)]
#[key(crate = other)]
pub struct UserId(Uuid);

#[derive(SqlEnum, Clone, Copy)]
#[sql_enum(crate = crate::renamed_crate::behind::doors, native)]
pub enum Status {
    Todo,
    Done,
}

#[derive(Table)]
#[table(crate = other, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: UserId,
    #[column(default = Status::Todo, check(status != Status::Done))]
    pub status: Status,
}

#[derive(Table)]
#[table(crate = behind::doors, scope = user_id, allow(timestamps))]
pub struct Task {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(varchar(20), default = "a")]
    pub title: String,
}

schema!(pub APP = [User, Task], crate = other);
schema!(pub AGAIN = [User, Task], updated_at(function = touch, clock = current_timestamp), crate = crate::renamed_crate::behind::doors);

#[test]
fn runs() {
    assert!(APP.validate().is_empty());
    assert!(AGAIN.validate().is_empty());
}
