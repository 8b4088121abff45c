//! Names with capitals, spaces and other letters, each as it is written.

use freehold::prelude::*;

#[derive(Table)]
#[table(name = "My Tasks", schema = "Größe", shared, allow(timestamps))]
#[table(index(title, name = "By Title"), check("Not empty": title != ""))]
#[allow(non_snake_case)]
pub struct Task {
    #[column(primary_key)]
    pub Id: Uuid,
    #[column(name = "Title")]
    pub title: String,
    #[column(name = "Ünter-Titel", index(where = Subtitle.is_not_null()))]
    pub Subtitle: Option<String>,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct HTTPRequest2 {
    #[column(primary_key)]
    pub id: Uuid,
    // By the column's name instead of the field's.
    #[column(name = created, check(created > 0))]
    pub made: i32,
}

schema!(pub APP = [Task, HTTPRequest2]);

#[test]
fn runs() {
    assert_eq!(Task::NAME.name, "My Tasks");
    assert_eq!(Task::DEF.columns[0].name, "Id");
    assert_eq!(HTTPRequest2::NAME.name, "http_request2");
    let sql = APP
        .schema()
        .expect("the rules hold")
        .up(&freehold::Postgres)
        .to_string();
    for name in [
        "\"Größe\".\"My Tasks\"",
        "\"Id\"",
        "\"Ünter-Titel\"",
        "\"By Title\"",
        "\"Not empty\"",
    ] {
        assert!(sql.contains(name), "{name} is not in:\n{sql}");
    }
}
