//! A schema with internal tables: people who belong to several organisations, their sessions, and an outbox that a
//! trigger on a table of the organisations fills.

use freehold::prelude::*;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrgId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = organisations, owner, allow(timestamps))]
pub struct Organisation {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrgId,
}

#[derive(Table, Clone)]
#[table(name = people, internal, audit, active_view, allow(timestamps, soft_delete_unique))]
pub struct Person {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: PersonId,
    #[column(unique)]
    pub email: String,
    #[column(secret)]
    pub password_hash: String,
    #[column(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

/// The membership of a person in an organisation. A key of a person reveals whether the person exists, but it cannot be
/// guessed.
#[derive(Table, Debug, Clone)]
#[table(name = members, scope = org_id, index(org_id, person_id), allow(timestamps, unindexed_shared_reference))]
#[table(trigger(name = announce, after(insert), function = Announce))]
pub struct Member {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: MemberId,
    #[column(references = Organisation::id, on_delete = cascade)]
    pub org_id: OrgId,
    #[column(references = Person::id, on_delete = restrict, index, allow(internal_reference))]
    pub person_id: PersonId,
    pub title: Option<String>,
}

/// It references the owners' table, a table with an owner, and an internal table, with plain foreign keys.
#[derive(Table, Clone)]
#[table(name = sessions, internal, allow(timestamps))]
pub struct Session {
    #[column(primary_key, serial)]
    pub id: i64,
    #[column(references = Organisation::id, on_delete = cascade, index)]
    pub org_id: OrgId,
    #[column(references = Member::id, on_delete = cascade, index)]
    pub member_id: MemberId,
    #[column(references = Person::id, on_delete = cascade, index)]
    pub person_id: PersonId,
    #[column(unique)]
    pub token: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = outbox, internal, allow(timestamps))]
pub struct Message {
    #[column(primary_key, identity)]
    pub id: i64,
    pub text: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = plans, shared, allow(timestamps, uuid_key))]
pub struct Plan {
    #[column(primary_key)]
    pub code: String,
}

/// It runs with the rights of the tables' owner, since the application has no right on the outbox.
#[derive(Function)]
#[function(
    trigger,
    name = announce,
    search_path = "public",
    security_definer = "writes to the outbox",
    body = "BEGIN INSERT INTO outbox (text) VALUES ('a member of ' || NEW.org_id); RETURN NEW; END;"
)]
pub struct Announce;

#[derive(View, Debug, Clone)]
#[view(name = head_counts, internal, query = "SELECT count(*) AS heads FROM people")]
pub struct HeadCount {
    pub heads: i64,
}

schema!(
    pub BACKSTAGE = [Organisation, Person, Member, Session, Message, Plan],
    views(HeadCount),
    functions(Announce),
    isolation(role = backstage_app, login = backstage_login, owner = backstage_owner, admin = backstage_admin),
    grant(select, on = tables, to = backstage_app),
    grant(select, on = views, to = backstage_app),
);
