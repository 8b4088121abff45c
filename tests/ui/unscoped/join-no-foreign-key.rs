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

fn read() {
    let _ = Line::select().join(|line| (line.region, line.number));
    let _ = Line::select().join(|line| (line.region, line.amount));
}

fn main() {}
