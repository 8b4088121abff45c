use freehold::prelude::*;

mod tables {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(shared, allow(timestamps))]
    pub struct Task {
        #[column(primary_key, identity)]
        id: i64,
    }
}

schema!(pub APP = [tables::Task]);

fn main() {}
