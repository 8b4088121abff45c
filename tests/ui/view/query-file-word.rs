use freehold::prelude::*;

#[derive(View)]
#[view(shared, query_file = summary)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
