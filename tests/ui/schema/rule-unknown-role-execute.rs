use freehold::SqlValue;
use freehold::model::{ArgumentDef, Language, Returns, Routine, RoutineDef, TableName};
use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

struct Total;

impl Routine for Total {
    const DEF: &'static RoutineDef = &RoutineDef::function(
        TableName::new(None, "total"),
        &[ArgumentDef::new::<Uuid>("id")],
        Returns::Value(<i64 as SqlValue>::TYPE),
        Language::Sql,
        "SELECT 1",
    ).execute(&["app_user", "reporting"]);
}

schema!(pub APP = [User], functions(Total));

fn main() {}
