//! Fields and types named like what the macros use inside.

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(name, where = table.is_not_null()), check(columns != __s))]
pub struct Columns {
    #[column(primary_key)]
    pub table: Uuid,
    pub name: String,
    pub columns: String,
    pub __s: String,
    pub def: String,
    #[column(index, references = Self::table, on_delete = cascade)]
    pub schema: Uuid,
    pub ownership: String,
    pub owner: String,
    pub scope: String,
    pub shared: String,
    pub index: String,
    pub unique: String,
    pub check: String,
    #[column(name = primary_key)]
    pub key: String,
    pub value: String,
    pub label: String,
}

#[derive(SqlEnum, Clone, Copy)]
pub enum Label {
    Label,
    Def,
    None,
    Some,
    Base,
}

#[derive(Key)]
pub struct Inner(Uuid);

#[derive(Table)]
#[table(
    shared,
    allow(timestamps),
    unique(unique, name),
    index(unique, deferrable)
)]
pub struct Names {
    #[column(primary_key)]
    pub id: Inner,
    #[column(default = Label::None)]
    pub unique: Label,
    pub name: Option<Label>,
    pub deferrable: bool,
}

schema!(pub NAME = [Columns, Names]);

#[test]
fn runs() {
    assert_eq!(Columns::DEF.columns.len(), 16);
    assert!(NAME.validate().is_empty());
}
