//! A table that references itself, by `Self` and by its name.

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(id, number))]
#[table(foreign_key(first, second, references = Self(id, number), on_delete = set_null(first)))]
#[table(index(first, second))]
pub struct Category {
    #[column(primary_key)]
    pub id: Uuid,
    pub number: i32,
    #[column(index, references = Self::id, on_delete = set_null)]
    pub parent_id: Option<Uuid>,
    // A row may reference itself, so that one that is required is no circle.
    #[column(index, references = Category::id, on_delete = restrict)]
    pub root_id: Uuid,
    pub first: Option<Uuid>,
    pub second: i32,
}

schema!(pub APP = [Category]);

#[test]
fn runs() {
    let targets: Vec<_> = Category::DEF
        .foreign_keys
        .iter()
        .map(|key| key.target().table.name)
        .collect();
    assert_eq!(targets, ["category"; 3]);
    assert!(APP.validate().is_empty());
}
