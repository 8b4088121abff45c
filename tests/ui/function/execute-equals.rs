use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", execute = app_user)]
struct Total {
    id: Uuid,
}

fn main() {}
