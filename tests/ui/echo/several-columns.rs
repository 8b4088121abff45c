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
    #[column(primary_key, defualt = gen_random_uuid())]
    pub id: Uuid,
    pub region: String,
    pub number: i32,
}

async fn run(me: &Scope<Uuid>) -> Result<(), freehold::Error> {
    Line::select().join(|line| (line.region, line.number)).fetch_all(me).await?;
    Order::select().with(Line::select(), |line| (line.region, line.number)).fetch_all(me).await?;
    Ok(())
}

fn main() {}
