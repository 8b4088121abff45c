use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: Uuid,
}

#[derive(Table)]
#[table(scope = user_id, index(user_id, done), allow(timestamps))]
pub struct Task {
    #[column(primary_key, defualt = gen_random_uuid())]
    pub id: Uuid,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: Uuid,
    pub title: String,
    pub done: bool,
}

async fn run(me: &Scope<Uuid>, id: Uuid) -> Result<(), freehold::Error> {
    let new = NewTask { id, title: "a".into(), done: false };
    Task::insert(new).execute(me).await?;
    Task::get(id).fetch_optional(me).await?;
    Task::by_done(true).filter(|task| task.title.eq("a")).fetch_all(me).await?;
    Task::update(id).set(|task| task.done.to(true)).execute(me).await?;
    Task::select().join(|task| task.user_id).fetch_all(me).await?;
    Ok(())
}

fn main() {}
