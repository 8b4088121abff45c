use freehold::prelude::*;

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(name = logs, scope = user_id, allow(timestamps))]
#[table(partition_by = range(day), primary_key(user_id, day))]
#[table(partition(name = logs_2025, from = "2025-01-01", to = "2026-01-01"))]
struct Log {
    #[column(references = User::id, on_delete = cascade)]
    user_id: Uuid,
    day: NaiveDate,
}

schema!(pub APP = [User, Log], role(app_read), grant(select, on = all_tables, to = app_read));

fn main() {}
