// An enum type shares its namespace with the other enums and with the tables; names are compared when the schema is built.

use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, name = mood)]
pub enum Mood {
    Happy,
}

#[derive(SqlEnum)]
#[sql_enum(native, name = mood)]
pub enum OtherMood {
    Sad,
}

#[derive(SqlEnum)]
#[sql_enum(native, name = day)]
pub enum Weekday {
    Monday,
}

#[derive(Table)]
#[table(name = day, shared, allow(timestamps))]
pub struct Day {
    #[column(primary_key)]
    pub id: Uuid,
    pub mood: Mood,
    pub evening: Mood,
    pub other: OtherMood,
    pub weekday: Weekday,
}

schema!(pub DAYS = [Day]);

fn main() {
    let found: Vec<_> = DAYS.validate().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "the name `mood` of an enum is already used by another enum; give one of the two another `name`",
            "the name `day` of an enum is already used by a table; give one of the two another `name`",
        ]
    );
}
