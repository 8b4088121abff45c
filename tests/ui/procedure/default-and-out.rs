use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(success: bool))]
struct Total {
    #[argument(default = 1)]
    count: i64,
}

fn main() {}
