use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", allow(data_loss))]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
