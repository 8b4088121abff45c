//! The policies must be those that the schema declares.

use freehold::prelude::*;
use freehold::scope::{PolicyDifference, Refusal};

use super::{Broken, Case, SEEN};
use crate::TestResult;

const ISOLATION: &str = "CREATE POLICY addresses_isolation ON addresses AS RESTRICTIVE \
    USING (user_id = (SELECT current_setting('app.user_id')::uuid)) WITH CHECK (user_id = (SELECT current_setting('app.user_id')::uuid))";

const OWN: &str = "user_id = (SELECT current_setting('app.user_id')::uuid)";

/// A statement by which `A` gives an address to `B`.
const GIVES: &str = "WITH given AS (INSERT INTO addresses (user_id, street, city, postal_code, country)
    VALUES ('00000000-0000-0000-0000-00000000000b', 's', 'c', 'p', 'CH') RETURNING 1) SELECT count(*) FROM given";

fn no_policy(sql: &str) -> Refusal {
    Refusal::NoPolicy {
        table: "addresses".to_owned(),
        policy: "addresses_isolation".to_owned(),
        sql: sql.to_owned(),
    }
}

fn other(difference: PolicyDifference) -> Refusal {
    Refusal::OtherPolicy {
        table: "addresses".to_owned(),
        policy: "addresses_isolation".to_owned(),
        difference,
        sql: ISOLATION.to_owned(),
    }
}

/// Replaces the isolation policy.
fn instead(policy: &str) -> String {
    format!(
        "DROP POLICY addresses_isolation ON addresses; CREATE POLICY addresses_isolation ON addresses {policy}"
    )
}

/// The policy is missing, or is another one.
#[tokio::test]
async fn the_isolation_policy_must_be_the_declared_one() -> TestResult {
    let broken = Broken::open().await?;
    assert_eq!(broken.as_a(SEEN)?, "1", "the shop is open");
    broken
        .case(Case {
            broken: "DROP POLICY addresses_isolation ON addresses",
            attack: Some(SEEN),
            through: "2",
            refusal: no_policy(ISOLATION),
        })
        .await?;
    let reads = [
        (
            format!("AS RESTRICTIVE USING ({OWN} OR city <> '')"),
            PolicyDifference::Using,
        ),
        (
            "AS RESTRICTIVE USING (true)".to_owned(),
            PolicyDifference::Using,
        ),
        (
            format!("AS RESTRICTIVE FOR UPDATE USING ({OWN})"),
            PolicyDifference::Command,
        ),
        (
            format!("AS RESTRICTIVE TO shop_owner USING ({OWN})"),
            PolicyDifference::Roles,
        ),
        (format!("USING ({OWN})"), PolicyDifference::Kind),
        (
            format!("AS RESTRICTIVE WITH CHECK ({OWN})"),
            PolicyDifference::Using,
        ),
    ];
    for (policy, difference) in reads {
        broken
            .case(Case {
                broken: &instead(&policy),
                attack: Some(SEEN),
                through: "2",
                refusal: other(difference),
            })
            .await?;
    }
    broken
        .case(Case {
            broken: &instead(&format!("AS RESTRICTIVE USING ({OWN}) WITH CHECK (true)")),
            attack: Some(GIVES),
            through: "1",
            refusal: other(PolicyDifference::WithCheck),
        })
        .await
}

/// The text is the same, but the meaning is not: a function and an operator of the same name in `public`.
#[tokio::test]
async fn functions_and_operators_of_a_policy_are_checked() -> TestResult {
    let broken = Broken::open().await?;
    broken.change(
        "CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS
            'SELECT ''00000000-0000-0000-0000-00000000000b''::text'",
    )?;
    broken
        .case(Case {
            broken: &instead("AS RESTRICTIVE USING (user_id = (SELECT public.current_setting('app.user_id')::uuid))"),
            attack: Some("SELECT DISTINCT user_id FROM addresses"),
            through: "00000000-0000-0000-0000-00000000000b",
            refusal: other(PolicyDifference::Calls("public.current_setting".to_owned())),
        })
        .await?;
    broken.change(
        "CREATE FUNCTION public.same(uuid, uuid) RETURNS boolean LANGUAGE sql AS 'SELECT true';
         CREATE OPERATOR public.= (LEFTARG = uuid, RIGHTARG = uuid, FUNCTION = public.same)",
    )?;
    broken
        .case(Case {
            broken: &instead("AS RESTRICTIVE USING (user_id OPERATOR(public.=) (SELECT current_setting('app.user_id')::uuid))"),
            attack: Some(SEEN),
            through: "2",
            refusal: other(PolicyDifference::Calls("public.=".to_owned())),
        })
        .await
}

/// Policies with the same meaning in other words, policies that narrow, and policies that are narrowed.
#[tokio::test]
async fn a_policy_that_shows_no_more_rows_is_accepted() -> TestResult {
    let broken = Broken::open().await?;
    for (why, sql) in [
        (
            "a policy without `WITH CHECK`",
            instead(&format!("AS RESTRICTIVE USING ({OWN})")),
        ),
        (
            "another name",
            "ALTER POLICY addresses_isolation ON addresses RENAME TO only_own".to_owned(),
        ),
        (
            "a permissive policy beside",
            "CREATE POLICY generous ON addresses USING (true) WITH CHECK (true)".to_owned(),
        ),
        (
            "a restrictive policy beside",
            "CREATE POLICY strict ON addresses AS RESTRICTIVE USING (city <> '')".to_owned(),
        ),
    ] {
        broken.change(&sql)?;
        broken.is_accepted(why).await?;
        assert_eq!(broken.as_a(SEEN)?, "1", "{why} widens");
    }
    Ok(())
}

/// Without this policy the application reads nothing.
#[tokio::test]
async fn the_access_policy_of_the_role_must_exist() -> TestResult {
    let broken = Broken::open().await?;
    let sql =
        "CREATE POLICY addresses_access ON addresses TO shop_app USING (true) WITH CHECK (true)";
    broken.change("DROP POLICY addresses_access ON addresses")?;
    assert_eq!(broken.as_a(SEEN)?, "0");
    let wanted = Refusal::NoPolicy {
        table: "addresses".to_owned(),
        policy: "addresses_access".to_owned(),
        sql: sql.to_owned(),
    };
    assert_eq!(broken.refusal("shop_login").await?, wanted);
    broken.change(sql)?;
    broken.is_accepted("what the message says").await
}

#[tokio::test]
async fn a_table_without_row_security_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    let open = || Refusal::Open("addresses".to_owned());
    broken
        .case(Case {
            broken: "ALTER TABLE addresses DISABLE ROW LEVEL SECURITY",
            attack: Some(SEEN),
            through: "2",
            refusal: open(),
        })
        .await?;
    broken
        .case(Case {
            broken: "ALTER TABLE addresses NO FORCE ROW LEVEL SECURITY",
            attack: None,
            through: "",
            refusal: open(),
        })
        .await
}

/// Tables whose owner is found through others, and hand-written policies.
mod documents {
    use freehold::prelude::*;

    #[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
    pub struct PersonId(i64);

    #[derive(Table, Debug, Clone)]
    #[table(name = start_people, owner, allow(timestamps, uuid_key))]
    pub struct Person {
        #[column(primary_key)]
        pub id: PersonId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = start_folders, scope = person_id, allow(timestamps, uuid_key))]
    pub struct Folder {
        #[column(primary_key)]
        pub id: i64,
        #[column(references = Person::id, on_delete = cascade, index)]
        pub person_id: PersonId,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = start_pages, scope(through = folder_id), allow(timestamps, uuid_key))]
    #[table(policy(name = no_drafts, restrictive, using = draft == false))]
    pub struct Page {
        #[column(primary_key)]
        pub id: i64,
        #[column(references = Folder::id, on_delete = cascade, index)]
        pub folder_id: i64,
        pub draft: bool,
    }

    #[derive(Table, Debug, Clone)]
    #[table(name = start_news, shared, allow(timestamps, uuid_key))]
    #[table(policy(name = published, to = start_docs_app, using = published))]
    pub struct News {
        #[column(primary_key)]
        pub id: i64,
        pub published: bool,
    }

    schema!(pub DOCUMENTS = [Person, Folder, Page, News], isolation(role = start_docs_app));
}

struct Documents {
    database: freehold_test_support::Database,
    url: String,
}

impl Documents {
    async fn open() -> Result<Self, Box<dyn std::error::Error>> {
        let database = freehold_test_support::Server::shared().create_database("documents")?;
        let url = {
            let _one = crate::shop::SETUP.lock().await;
            Db::setup(&documents::DOCUMENTS, &database.url()).await?
        };
        Ok(Self { database, url })
    }

    async fn refusal(&self) -> Option<String> {
        let db = Db::builder(&self.url).schema(&documents::DOCUMENTS);
        db.connect().await.err().map(|error| error.to_string())
    }

    /// Asserts that the change by `sql` is refused with these words.
    async fn is_refused(&self, sql: &str, words: &str) -> TestResult {
        self.database.psql(sql)?;
        let refusal = self.refusal().await.unwrap_or_default();
        assert!(refusal.contains(words), "`{sql}`: {refusal}");
        Ok(())
    }
}

#[tokio::test]
async fn hand_written_policies_and_policies_through_other_tables_are_checked() -> TestResult {
    let documents = Documents::open().await?;
    assert_eq!(documents.refusal().await, None);
    // A narrowing policy of a later release.
    documents
        .database
        .psql("CREATE POLICY later ON start_news AS RESTRICTIVE USING (id > 0)")?;
    // A policy for another role.
    documents
        .database
        .psql("CREATE POLICY mine ON start_news TO postgres USING (true)")?;
    assert_eq!(documents.refusal().await, None);
    documents
        .is_refused(
            "CREATE POLICY all_of_it ON start_news FOR SELECT USING (true)",
            "`all_of_it` of `start_news`, which the schema does not declare, shows more rows",
        )
        .await?;
    documents
        .database
        .psql("DROP POLICY all_of_it ON start_news")?;
    documents
        .is_refused(
            "ALTER POLICY published ON start_news USING (true)",
            "`published` of `start_news` has another `USING`",
        )
        .await?;
    documents
        .database
        .psql("ALTER POLICY published ON start_news USING (published)")?;
    documents
        .is_refused(
            "DROP POLICY no_drafts ON start_pages",
            "`start_pages` has no policy `no_drafts`",
        )
        .await?;
    documents
        .database
        .psql("CREATE POLICY no_drafts ON start_pages AS RESTRICTIVE USING (draft = false)")?;
    assert_eq!(documents.refusal().await, None);
    Ok(())
}

/// The parent with the same name in another schema returns every row for every user.
#[tokio::test]
async fn a_policy_through_another_parent_is_refused() -> TestResult {
    let documents = Documents::open().await?;
    documents.database.psql(
        "CREATE SCHEMA start_other; CREATE TABLE start_other.start_folders (id bigint, person_id bigint);
         GRANT USAGE ON SCHEMA start_other TO PUBLIC; GRANT SELECT ON start_other.start_folders TO PUBLIC;
         DROP POLICY start_pages_isolation ON start_pages",
    )?;
    let policy = "CREATE POLICY start_pages_isolation ON start_pages AS RESTRICTIVE USING (EXISTS (SELECT 1 FROM start_other.start_folders AS owner_1
        WHERE owner_1.id = start_pages.folder_id AND owner_1.person_id = (SELECT current_setting('app.user_id')::bigint)))";
    documents
        .is_refused(
            policy,
            "`start_pages_isolation` of `start_pages` has another `USING`",
        )
        .await?;
    // With this search path both tables have the same name.
    let name = documents.database.name();
    documents
        .is_refused(
            &format!("ALTER DATABASE \"{name}\" SET search_path = public, start_other"),
            "`start_pages_isolation` of `start_pages` reads another table",
        )
        .await
}
