//! Two tables that reference each other: one of the two may be null, or waits for the commit.

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Hen {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Egg::id, on_delete = set_null)]
    pub egg_id: Option<Uuid>,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Egg {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Hen::id, on_delete = cascade)]
    pub hen_id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Lock {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Latch::id, on_delete = cascade, deferrable = initially_deferred)]
    pub latch_id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
pub struct Latch {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Lock::id, on_delete = cascade)]
    pub lock_id: Uuid,
}

schema!(pub APP = [Hen, Egg, Lock, Latch]);

#[test]
fn runs() {
    assert!(APP.validate().is_empty());
    assert!(
        APP.schema()
            .expect("the rules hold")
            .up(&freehold::Postgres)
            .to_string()
            .contains("egg")
    );
}
