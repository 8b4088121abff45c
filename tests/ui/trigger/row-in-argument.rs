use freehold::prelude::*;

#[derive(Function)]
#[function(body = "BEGIN END;")]
struct Touch {
    #[argument(default = old.id)]
    id: i32,
}

fn main() {}
