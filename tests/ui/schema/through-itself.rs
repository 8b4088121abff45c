use freehold::prelude::*;

#[derive(Table)]
#[table(scope(through = parent_id), allow(timestamps))]
struct Line {
    #[column(primary_key)]
    id: Uuid,
    #[column(index, references = Line::id, on_delete = cascade)]
    parent_id: Uuid,
}

schema!(pub APP = [Line]);

fn main() {}
