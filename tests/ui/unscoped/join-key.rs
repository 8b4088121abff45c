#![allow(dead_code)]

use freehold::prelude::*;

#[derive(Table)]
#[table(shared, primary_key(region, number), allow(timestamps, uuid_key))]
pub struct Order {
    pub region: String,
    pub number: i32,
}

#[derive(Table)]
#[table(shared, index(region, number), allow(timestamps))]
#[table(foreign_key(region, number, references = Order(region, number), on_delete = cascade))]
pub struct Line {
    #[column(primary_key)]
    pub id: Uuid,
    pub region: String,
    pub number: i32,
    pub amount: i32,
}

mod join_no_foreign_key {
    use super::*;

    fn read() {
        let _ = Line::select().join(|line| (line.region, line.number));
        let _ = Line::select().join(|line| (line.region, line.amount));
    }
}

mod join_part_of_key {
    use super::*;

    fn read() {
        let _ = Order::select().join_children((Line::COLUMNS.region, Line::COLUMNS.number));
        let _ = Order::select().join_children(Line::COLUMNS.number);
    }
}

fn main() {}
