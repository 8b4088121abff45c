//! Types named like the primitive ones are the user's affair.

mod tables {
    #![allow(non_camel_case_types, dead_code)]

    use freehold::prelude::{Key, SqlEnum, Table, Uuid, schema};

    pub struct bool;
    pub struct str;
    pub struct usize;
    pub struct i128;
    pub struct u32;

    #[derive(Key)]
    pub struct UserId(Uuid);

    #[derive(SqlEnum)]
    pub enum Status {
        Todo,
    }

    #[derive(Table)]
    #[table(owner, allow(timestamps))]
    pub struct User {
        #[column(primary_key)]
        pub id: UserId,
        #[column(varchar(5), default = Status::Todo)]
        pub status: Status,
        #[column(default = 5)]
        pub number: i64,
    }

    schema!(pub APP = [User]);
}

#[test]
fn runs() {
    assert!(tables::APP.validate().is_empty());
}
