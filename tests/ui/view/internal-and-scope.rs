use freehold::prelude::*;

#[derive(View)]
#[view(internal, scope = user_id, query = "SELECT user_id FROM notes")]
struct Writer {
    user_id: Uuid,
}

fn main() {}
