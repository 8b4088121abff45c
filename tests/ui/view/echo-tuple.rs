use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
struct Summary(Uuid);

schema!(pub APP = [], views(Summary));

fn main() {}
