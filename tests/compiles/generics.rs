//! A struct with parameters is a table for each of its arguments.

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Setting<T = String>
where
    T: freehold::SqlValue,
{
    #[column(primary_key)]
    pub id: Uuid,
    pub value: T,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Borrowed<'a> {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(varchar(20), default = "a")]
    pub title: &'a str,
    pub body: std::borrow::Cow<'a, str>,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Sized<const N: usize = 3> {
    #[column(primary_key)]
    pub id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct All<'a, 'b: 'a, K: freehold::SqlValue + Clone, const N: usize>
where
    'a: 'b,
{
    #[column(primary_key)]
    pub id: K,
    pub first: &'a str,
    pub second: &'b str,
    #[column(index, references = Setting::id, on_delete = cascade)]
    pub setting: Uuid,
}

schema!(pub APP = [Setting, Borrowed, Sized, All<'static, 'static, Uuid, 1>]);
schema!(pub NUMBERS = [Setting<i32>, Borrowed<'static>, Sized<7>]);

#[test]
fn runs() {
    assert!(matches!(
        APP.tables[0].columns[1].sql_type,
        freehold::model::SqlType::Scalar(freehold::model::ScalarType::Text)
    ));
    assert!(matches!(
        NUMBERS.tables[0].columns[1].sql_type,
        freehold::model::SqlType::Scalar(freehold::model::ScalarType::Integer)
    ));
    assert!(APP.validate().is_empty());
    assert!(NUMBERS.validate().is_empty());
}
