use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native)]
enum Interval {
    Day,
    Month,
}

fn main() {}
