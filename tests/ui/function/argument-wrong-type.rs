use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(varchar(20))]
    id: Uuid,
}

fn main() {}
