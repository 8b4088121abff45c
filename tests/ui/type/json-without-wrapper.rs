use freehold::prelude::*;

struct Settings;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    settings: Settings,
}

fn main() {}
