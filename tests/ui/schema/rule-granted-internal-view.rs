use freehold::prelude::*;

#[derive(Table)]
#[table(name = people, internal, allow(timestamps))]
struct Person {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(View)]
#[view(name = head_counts, internal, query = "SELECT count(*) AS heads FROM people")]
struct HeadCount {
    heads: i64,
}

schema!(pub APP = [Person], views(HeadCount), grant(select, on = views(HeadCount), to = app_user));

fn main() {}
