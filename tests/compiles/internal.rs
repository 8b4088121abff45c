//! What an internal table may be without a word: it may reference whatever it likes, hold what is secret, be unique over all users and
//! have keys that are counted; and what may be said about one by name.

#![allow(dead_code)]

use freehold::model::Ownership;
use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug)]
pub struct UserId(Uuid);
#[derive(Key, Clone, Copy, Debug)]
pub struct PersonId(i64);

#[derive(Table)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key)]
    pub id: UserId,
}

#[derive(Table)]
#[table(name = notes, scope = user_id, allow(timestamps))]
pub struct Note {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(index, references = Person::id, on_delete = set_null, allow(internal_reference))]
    pub created_by: Option<PersonId>,
}

#[derive(Table)]
#[table(name = people, internal, audit, active_view, allow(timestamps))]
pub struct Person {
    #[column(primary_key, identity)]
    pub id: PersonId,
    #[column(secret)]
    pub password_hash: String,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = sessions, internal, unique(token), allow(timestamps, granted_internal))]
pub struct Session {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(index, references = Note::id, on_delete = cascade)]
    pub note_id: Uuid,
    #[column(index, references = Person::id, on_delete = cascade)]
    pub person_id: PersonId,
    pub token: String,
}

#[derive(View)]
#[view(name = session_counts, internal, query = "SELECT count(*) AS sessions FROM sessions", allow(granted_internal))]
pub struct SessionCount {
    pub sessions: i64,
}

schema!(
    pub APP = [User, Note, Person, Session],
    views(SessionCount),
    role(worker),
    grant(select, on = tables, to = app_user),
    grant(select, on = views, to = app_user),
    grant(select, on = tables(Person), to = worker),
    grant(select, on = tables(Session), to = app_user),
    grant(select, on = views(SessionCount), to = app_user),
);

schema!(pub BACKSTAGE = [Person]);

#[cfg(feature = "postgres")]
async fn by_work_over_all_owners(db: &Db, new: NewSession) -> Result<(), freehold::Error> {
    let all = db.unscoped("signs a person in");
    let session = Session::insert(new).fetch_one(&all).await?;
    Session::select()
        .join(|session| session.person_id)
        .fetch_all(&all)
        .await?;
    Session::update(session.id)
        .set(|session| session.token.to("other"))
        .execute(&all)
        .await?;
    all.transaction(async |tx| Session::delete(session.id).execute(tx).await)
        .await?;
    Ok(())
}

/// A scope sets what refers to an internal row.
#[cfg(feature = "postgres")]
async fn by_a_scope(me: &Scope<UserId>, id: Uuid, person: PersonId) -> Result<(), freehold::Error> {
    Note::update(id)
        .set(|note| note.created_by.to(person))
        .execute(me)
        .await?;
    Ok(())
}

#[test]
fn runs() {
    assert_eq!(Person::OWNERSHIP, Ownership::Internal);
    assert_eq!(SessionCount::OWNERSHIP, Ownership::Internal);
    assert_eq!(APP.validate().len(), 0, "{:?}", APP.validate());
    assert_eq!(BACKSTAGE.validate().len(), 0);
}
