//! Internal tables: `Unscoped` reaches them, a scope does not, in both modes of isolation.

use freehold::error::Error;
use freehold::prelude::*;
use freehold::scope::Refusal;
use freehold_test_support::{Database, Server};
use tokio::sync::Mutex;

use crate::TestResult;
use crate::backstage::{
    BACKSTAGE, HeadCount, Member, Message, NewMember, NewMessage, NewOrganisation, NewPerson,
    NewSession, OrgId, Organisation, Person, PersonId, Session,
};
use crate::shop::{BOTH, Mode};

/// Roles belong to the whole cluster; one test at a time creates them.
static SETUP: Mutex<()> = Mutex::const_new(());

/// An organisation with a member who is signed in.
struct Backstage {
    database: Database,
    login: String,
    all: Unscoped,
    org: Scope<OrgId>,
    person: Person,
    member: Member,
    session: Session,
}

impl Backstage {
    async fn new(mode: Mode) -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("internal")?;
        let login = {
            let _one = SETUP.lock().await;
            Db::setup(&BACKSTAGE, &database.url()).await?
        };
        let builder = match mode {
            Mode::Predicate => {
                Db::builder(&database.url()).isolation(freehold::model::Isolation::Predicate)
            }
            Mode::RowSecurity => Db::builder(&login).schema(&BACKSTAGE),
        };
        let admin = database.url().replacen("postgres@", "backstage_admin@", 1);
        let db = builder.admin_url(&admin).connect().await?;
        let all = db.unscoped("signs people up");
        let org_id = OrgId::from(Uuid::from_u128(0xa));
        let org = db.scope(org_id);
        Organisation::insert(NewOrganisation {})
            .execute(&org)
            .await?;
        let person = Person::insert(person("ann")).fetch_one(&all).await?;
        let member = Member::insert(member(&person)).fetch_one(&org).await?;
        let session = NewSession {
            org_id,
            member_id: member.id,
            person_id: person.id,
            token: "t0ken".to_owned(),
        };
        let session = Session::insert(session).fetch_one(&all).await?;
        Ok(Self {
            database,
            login,
            all,
            org,
            person,
            member,
            session,
        })
    }

    /// The result of raw SQL of the application: its rows, or `NotPermitted`.
    async fn by_scope(&self, sql: &str) -> Result<Seen, Error> {
        match self.org.sql(sql).fetch_all::<(String,)>().await {
            Ok(rows) => Ok(Seen::Rows(rows.into_iter().map(|(text,)| text).collect())),
            Err(Error::NotPermitted(_)) => Ok(Seen::NotPermitted),
            Err(error) => Err(error),
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Rows(Vec<String>),
    NotPermitted,
}

fn rows<const N: usize>(of: [&str; N]) -> Seen {
    Seen::Rows(of.map(str::to_owned).into())
}

fn person(name: &str) -> NewPerson {
    NewPerson {
        email: format!("{name}@example.com"),
        password_hash: "hash".to_owned(),
    }
}

fn member(person: &Person) -> NewMember {
    NewMember {
        person_id: person.id,
    }
}

#[tokio::test]
async fn unscoped_work_reads_and_changes_internal_rows() -> TestResult {
    for mode in BOTH {
        let stage = Backstage::new(mode).await?;
        let all = &stage.all;
        let signed_in = Session::by_token("t0ken".to_owned())
            .fetch_optional(all)
            .await?
            .map(|session| session.id);
        assert_eq!(signed_in, Some(stage.session.id), "{mode:?}");
        let people = Session::select().join(|session| session.person_id);
        let people = people.fetch_all(all).await?;
        let emails: Vec<_> = people.iter().map(|(_, person)| &person.email).collect();
        assert_eq!(emails, ["ann@example.com"], "{mode:?}");
        let heads = HeadCount::select().fetch_all(all).await?;
        assert_eq!(heads[0].heads, 1, "{mode:?}");
        let many = ["bob", "eve"].map(person);
        assert_eq!(Person::insert_many(many).execute(all).await?, 2, "{mode:?}");
        let removed: Result<u64, Error> = all
            .transaction(async |tx| {
                let of_ann = Person::update(stage.person.id);
                of_ann
                    .set(|person| person.password_hash.to("other"))
                    .execute(tx)
                    .await?;
                Session::delete(stage.session.id).execute(tx).await
            })
            .await;
        let removed = removed?;
        assert_eq!(removed, 1, "{mode:?}");
        let ann = Person::get(stage.person.id).fetch_optional(all).await?;
        let ann = ann.ok_or("the person is gone")?;
        assert_eq!(ann.password_hash, "other", "{mode:?}");
        assert!(ann.updated_at > stage.person.updated_at, "{mode:?}");
        let trail = "SELECT string_agg(action, ',' ORDER BY id) FROM audit.log";
        let trail = stage.database.psql(trail)?;
        assert_eq!(trail.trim(), "insert,insert,insert,update", "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_unscoped_statement_has_no_condition() -> TestResult {
    let stage = Backstage::new(Mode::Predicate).await?;
    let sql = Message::select().to_sql(&stage.all)?;
    assert_eq!(sql, "SELECT t0.id, t0.text FROM outbox AS t0");
    Ok(())
}

/// The statement does not read the internal table, on which the application has no right.
#[tokio::test]
async fn a_scope_references_an_internal_row_if_that_is_allowed() -> TestResult {
    for mode in BOTH {
        let stage = Backstage::new(mode).await?;
        let bob = Person::insert(person("bob")).fetch_one(&stage.all).await?;
        let sql = Member::insert(member(&bob)).to_sql(&stage.org)?;
        assert!(!sql.contains("people"), "{mode:?}: {sql}");
        let change = Member::update(stage.member.id).set(|member| member.person_id.to(bob.id));
        assert_eq!(change.execute(&stage.org).await?, 1, "{mode:?}");
        let nobody = NewMember {
            person_id: PersonId::from(Uuid::from_u128(0xdead)),
        };
        let refused = Member::insert(nobody).execute(&stage.org).await;
        assert!(
            matches!(&refused, Err(Error::ForeignKey { columns, .. }) if columns == &["person_id"]),
            "{mode:?}: {refused:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_security_definer_trigger_fills_an_internal_table() -> TestResult {
    for mode in BOTH {
        let stage = Backstage::new(mode).await?;
        let messages = Message::select().fetch_all(&stage.all).await?;
        let of_org = "a member of 00000000-0000-0000-0000-00000000000a";
        let texts: Vec<_> = messages.iter().map(|message| &message.text).collect();
        assert_eq!(texts, [of_org], "{mode:?}");
        Message::insert(NewMessage {
            text: "by hand".to_owned(),
        })
        .execute(&stage.all)
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_delete_by_a_scope_cascades_to_internal_rows() -> TestResult {
    for mode in BOTH {
        let stage = Backstage::new(mode).await?;
        let deleted = Member::delete(stage.member.id).execute(&stage.org).await?;
        assert_eq!(deleted, 1, "{mode:?}");
        let left = Session::select().count(&stage.all).await?;
        assert_eq!(left, 0, "{mode:?}: the session of a member who is gone");
    }
    Ok(())
}

/// The refusal is the same with and without rows.
#[tokio::test]
async fn raw_sql_of_the_application_has_no_right() -> TestResult {
    let stage = Backstage::new(Mode::RowSecurity).await?;
    let attacks = [
        "SELECT email FROM people",
        "SELECT id::text FROM people_active",
        "SELECT heads::text FROM head_counts",
        "SELECT token FROM sessions",
        "SELECT text FROM outbox WHERE id < 0",
        "SELECT nextval('sessions_id_seq')::text",
        "UPDATE people SET email = email RETURNING email",
        "DELETE FROM sessions RETURNING token",
        "INSERT INTO outbox (text) VALUES ('forged') RETURNING text",
        "SELECT new_row::text FROM audit.log",
    ];
    for attack in attacks {
        assert_eq!(
            stage.by_scope(attack).await?,
            Seen::NotPermitted,
            "{attack}"
        );
    }
    let own = "SELECT count(*)::text FROM members";
    assert_eq!(stage.by_scope(own).await?, rows(["1"]), "its own rows");
    Ok(())
}

/// A right that is granted by mistake shows no row. The control removes row-level security.
#[tokio::test]
async fn a_mistaken_grant_shows_no_row() -> TestResult {
    let stage = Backstage::new(Mode::RowSecurity).await?;
    let planted =
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO backstage_app";
    stage.database.psql(planted)?;
    let reads = [
        ("SELECT email FROM people", "ann@example.com"),
        ("SELECT email FROM people_active", "ann@example.com"),
        ("SELECT token FROM sessions", "t0ken"),
        ("SELECT heads::text FROM head_counts", "1"),
        ("UPDATE sessions SET token = token RETURNING token", "t0ken"),
    ];
    for (read, _) in reads {
        let held = if read.contains("heads") {
            rows(["0"])
        } else {
            rows([])
        };
        assert_eq!(stage.by_scope(read).await?, held, "{read}");
    }
    let forged =
        "INSERT INTO outbox (id, text) OVERRIDING SYSTEM VALUE VALUES (9, 'forged') RETURNING text";
    assert_eq!(stage.by_scope(forged).await?, Seen::NotPermitted);
    stage.database.psql(
        "ALTER TABLE people DISABLE ROW LEVEL SECURITY; ALTER TABLE sessions DISABLE ROW LEVEL SECURITY;
         ALTER TABLE outbox DISABLE ROW LEVEL SECURITY",
    )?;
    for (read, row) in reads {
        let through = stage.by_scope(read).await?;
        assert_eq!(through, rows([row]), "this was not the defence: {read}");
    }
    let through = stage.by_scope(forged).await?;
    assert_eq!(through, rows(["forged"]), "this was not the defence");
    Ok(())
}

#[tokio::test]
async fn an_internal_table_without_row_security_is_refused() -> TestResult {
    let stage = Backstage::new(Mode::RowSecurity).await?;
    let connect = || Db::builder(&stage.login).schema(&BACKSTAGE).connect();
    stage
        .database
        .psql("ALTER TABLE sessions DISABLE ROW LEVEL SECURITY")?;
    let refused = connect().await;
    let wanted = Refusal::Open("sessions".to_owned());
    assert!(
        matches!(&refused, Err(Error::Unsafe(refusal)) if *refusal == wanted),
        "{refused:?}"
    );
    stage
        .database
        .psql("ALTER TABLE sessions ENABLE ROW LEVEL SECURITY")?;
    connect().await?;
    Ok(())
}
