// A type shares its namespace with the other types, with the tables and with the views; names are compared when the schema is built.

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

#[derive(Domain)]
#[domain(name = mood)]
pub struct MoodOfDay(String);

#[derive(Domain)]
#[domain(name = note)]
pub struct Note(String);

#[derive(Domain)]
#[domain(name = note, check(value != ""))]
pub struct OtherNote(String);

#[derive(Domain)]
#[domain(name = happy_days)]
pub struct Count(i64);

#[derive(View)]
#[view(shared, query = "SELECT count(*) AS days FROM day")]
pub struct HappyDays {
    pub days: i64,
}

#[derive(Function)]
#[function(returns(set_of = OtherNote), language = sql, body = "SELECT NULL")]
pub struct Notes {
    pub of: Note,
    pub at_least: Vec<Count>,
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
    pub moods: Vec<MoodOfDay>,
}

schema!(pub DAYS = [Day], views(HappyDays), functions(Notes));

#[test]
fn runs() {
    let found: Vec<_> = DAYS.validate().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "the name `mood` of an enum is already used by another enum; give one of the two another `name`",
            "the name `day` of an enum is already used by a table; give one of the two another `name`",
            "the name `mood` of a domain is already used by an enum; give one of the two another `name`",
            "the name `happy_days` of a domain is already used by a view; give one of the two another `name`",
            "the name `note` of a domain is already used by another domain; give one of the two another `name`",
        ]
    );
}
