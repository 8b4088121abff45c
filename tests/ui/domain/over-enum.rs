use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
}

#[derive(Domain)]
#[domain(name = email)]
struct Email(Status);

fn main() {}
