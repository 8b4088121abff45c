use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    HTTPError,
    HttpError,
}

fn main() {}
