use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", nmae = summary)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
