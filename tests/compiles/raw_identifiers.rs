//! Fields, a struct and an enum's values with raw names: the database has them without `r#`.

use freehold::prelude::*;

#[derive(SqlEnum, Clone, Copy)]
pub enum Kind {
    r#Loop,
    Plain,
}

#[derive(Table)]
#[table(owner, allow(timestamps), index(r#type, r#match.desc()), check(r#match > 0))]
#[table(unique(r#where, r#type, where = r#where == Kind::r#Loop))]
#[allow(non_camel_case_types)]
pub struct r#struct {
    #[column(primary_key)]
    pub r#type: Uuid,
    #[column(default = 1)]
    pub r#match: i32,
    #[column(default = Kind::r#Loop)]
    pub r#where: Kind,
    #[column(index, references = Self::r#type, on_delete = set_null(r#mod))]
    pub r#mod: Option<Uuid>,
}

#[derive(Table)]
#[table(scope = r#fn, allow(timestamps))]
#[table(foreign_key(r#fn, r#ref, references = r#struct(r#type, r#match), on_delete = cascade))]
#[table(index(r#fn, r#ref))]
pub struct Other {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(references = r#struct::r#type, on_delete = cascade)]
    pub r#fn: Uuid,
    pub r#ref: i32,
}

#[test]
fn runs() {
    let table = r#struct::DEF;
    assert_eq!(table.name.name, "struct");
    let names: Vec<_> = table.columns.iter().map(|column| column.name).collect();
    assert_eq!(names, ["type", "match", "where", "mod"]);
    assert_eq!(table.foreign_keys[0].references[0].column, "type");
    assert_eq!(Kind::r#Loop.sql_label(), "loop");
    assert_eq!(Other::DEF.foreign_keys.len(), 2);
    assert!(matches!(
        Other::OWNERSHIP,
        freehold::model::Ownership::Scope("fn")
    ));
}
