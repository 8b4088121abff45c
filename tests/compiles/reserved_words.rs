//! Words that SQL reserves are names like others; PostgreSQL gets them in quotes.

use freehold::prelude::*;

#[derive(Table)]
#[table(name = order, shared, allow(timestamps), index(user, group), check(limit > offset))]
pub struct Order {
    #[column(primary_key)]
    pub select: Uuid,
    pub user: String,
    pub group: String,
    pub limit: i32,
    pub offset: i32,
    #[column(name = "table")]
    pub from: String,
    #[column(name = where)]
    pub filter: String,
}

#[derive(Table)]
#[table(name = "user", shared, allow(timestamps))]
pub struct User {
    #[column(primary_key, name = order)]
    pub id: Uuid,
    #[column(index, references = Order::select, on_delete = cascade)]
    pub column: Uuid,
}

schema!(pub APP = [Order, User]);

#[test]
fn runs() {
    let schema = APP.schema().expect("the rules hold");
    let sql = schema.up(&freehold::Postgres).to_string();
    for word in [
        "\"order\"",
        "\"select\"",
        "\"user\"",
        "\"group\"",
        "\"limit\"",
        "\"table\"",
        "\"where\"",
    ] {
        assert!(sql.contains(word), "{word} is not in:\n{sql}");
    }
}
