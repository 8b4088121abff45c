//! Cases that the shop does not have: partial unique indexes, references to owners, children of children, rows on which
//! a condition fails, pages over joins. Only predicates keep the users of this schema apart.

use freehold::error::Error;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
}

#[derive(Table, Debug, Clone)]
#[table(name = labels, shared, allow(timestamps))]
pub struct Label {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: LabelId,
    pub name: String,
}

#[derive(Table, Debug, Clone)]
#[table(name = projects, scope = user_id)]
#[table(unique(user_id, slug, where = deleted_at.is_null()), index(user_id, slug))]
#[table(allow(redundant_index))]
pub struct Project {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ProjectId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub slug: String,
    #[column(default = 0)]
    pub count: i32,
    #[column(references = User::id, on_delete = set_null, index)]
    pub assignee_id: Option<UserId>,
    #[column(references = Label::id, on_delete = set_null, index)]
    pub label_id: Option<LabelId>,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(updated_at = application)]
    pub updated_at: DateTime<Utc>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table, Debug, Clone)]
#[table(name = steps, scope(through = project_id), allow(timestamps))]
pub struct Step {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: StepId,
    #[column(references = Project::id, on_delete = cascade, index)]
    pub project_id: ProjectId,
    pub done: i32,
    pub total: i32,
}

/// One row for each user.
#[derive(Table, Debug, Clone)]
#[table(name = settings, scope = user_id, allow(timestamps))]
pub struct Settings {
    #[column(primary_key, references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(default = "light")]
    pub theme: String,
}

schema!(pub RULES = [User, Label, Project, Step, Settings], isolation = predicate);

struct World {
    database: Database,
    db: Db,
    a: Scope<UserId>,
    b: Scope<UserId>,
}

impl World {
    async fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let database = Server::shared().create_database("rules")?;
        let url = Db::setup(&RULES, &database.url()).await?;
        let db = Db::builder(&url).schema(&RULES).connect().await?;
        let (a, b) = (db.scope(id(0xa).into()), db.scope(id(0xb).into()));
        for scope in [&a, &b] {
            User::insert(NewUser {}).execute(scope).await?;
        }
        Ok(Self { database, db, a, b })
    }
}

fn id(of: u128) -> Uuid {
    Uuid::from_u128(of)
}

fn project(slug: &str) -> NewProject {
    NewProject {
        slug: slug.to_owned(),
    }
}

#[tokio::test]
async fn a_partial_unique_index_detects_a_conflict() -> TestResult {
    let world = World::new().await?;
    let old = Project::insert(project("x")).fetch_one(&world.a).await?;
    let upsert = || {
        let insert = Project::insert(project("x")).on_conflict(|project| project.slug);
        insert.do_update(|project, _| project.count.to(project.count + 1))
    };
    let first = upsert().fetch_optional(&world.a).await?.ok_or("nothing")?;
    assert_eq!((first.id, first.count), (old.id, 1));
    assert!(first.updated_at > old.updated_at, "`updated_at` stayed");
    Project::delete(old.id).execute(&world.a).await?;
    let second = upsert().fetch_optional(&world.a).await?.ok_or("nothing")?;
    assert_ne!(second.id, old.id, "a deleted row was found");
    Ok(())
}

/// An attempt to reference `B` must not reveal whether `B` exists.
#[tokio::test]
async fn no_statement_references_another_user() -> TestResult {
    let world = World::new().await?;
    let own = Project::insert(project("x")).fetch_one(&world.a).await?;
    for user in [id(0xb), id(0xdead)] {
        let user = UserId::from(user);
        let insert = Project::insert(project("y")).set(|project| project.assignee_id.to(user));
        let inserted = insert.execute(&world.a).await;
        assert!(
            matches!(inserted, Err(Error::ForeignKey { .. })),
            "{inserted:?}"
        );
        let update = Project::update(own.id).set(|project| project.assignee_id.to(user));
        let updated = update.execute(&world.a).await;
        assert!(
            matches!(updated, Err(Error::ForeignKey { .. })),
            "{updated:?}"
        );
        let upsert = || {
            let insert = Project::insert(project("x")).on_conflict(|project| project.slug);
            insert.do_update(|project, _| project.assignee_id.to(user))
        };
        let returned = upsert().fetch_optional(&world.a).await;
        assert!(
            matches!(returned, Err(Error::ForeignKey { .. })),
            "{returned:?}"
        );
        let upserted = upsert().execute(&world.a).await;
        assert!(
            matches!(upserted, Err(Error::ForeignKey { .. })),
            "{upserted:?}"
        );
        let ignored = Project::insert(project("z")).set(|project| project.assignee_id.to(user));
        let ignored = ignored.on_conflict(|project| project.slug).do_nothing();
        let ignored = ignored.execute(&world.a).await;
        assert!(
            matches!(ignored, Err(Error::ForeignKey { .. })),
            "{ignored:?}"
        );
    }
    let own = Project::get(own.id).fetch_one(&world.a).await?;
    assert_eq!(own.assignee_id, None);
    let mine = Project::update(own.id).set(|project| project.assignee_id.to(UserId::from(id(0xa))));
    assert_eq!(mine.execute(&world.a).await?, 1);
    Ok(())
}

/// A condition that fails on a row of `B` reveals nothing to `A`.
#[tokio::test]
async fn a_condition_is_not_evaluated_for_another_users_rows() -> TestResult {
    let world = World::new().await?;
    for (scope, total) in [(&world.a, 4), (&world.b, 0)] {
        let project = Project::insert(project("x")).fetch_one(scope).await?;
        let step = NewStep {
            project_id: project.id,
            done: 2,
            total,
        };
        Step::insert(step).execute(scope).await?;
    }
    let halves = || Step::select().filter(|step| (step.total / step.done).ge(0));
    assert_eq!(halves().count(&world.a).await?, 1);
    let divided = || Step::select().filter(|step| (step.done / step.total).ge(0));
    assert_eq!(divided().count(&world.a).await?, 1);
    let update = Step::update_where(|step| (step.done / step.total).ge(0));
    assert_eq!(
        update.set(|step| step.done.to(1)).execute(&world.a).await?,
        1
    );
    assert!(
        divided().count(&world.b).await.is_err(),
        "B divides by zero itself"
    );
    Ok(())
}

/// Between the reads of the parents and of their children, another transaction gives the parent to `B`. New children of
/// `B` are not shown.
#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_gets_another_owner_meanwhile_has_no_children() -> TestResult {
    let world = World::new().await?;
    let project = Project::insert(project("x")).fetch_one(&world.a).await?;
    let step = || NewStep {
        project_id: project.id,
        done: 1,
        total: 2,
    };
    Step::insert_many([step(), step()])
        .execute(&world.a)
        .await?;
    let me = world.a.clone();
    let load = move || {
        let me = me.clone();
        let with_steps = Project::select().with(Step::select(), |step| step.project_id);
        async move { with_steps.fetch_all(&me).await }
    };
    let before = load().await?;
    assert_eq!(before[0].1.len(), 2, "the control: the children are there");

    let mut other = PgConnection::connect(&world.database.url()).await?;
    other.execute("BEGIN; LOCK TABLE steps").await?;
    let loading = tokio::spawn(load());
    wait_for_lock(&world.database)?;
    let to_b = format!("UPDATE projects SET user_id = '{}'; COMMIT", id(0xb));
    other.execute(AssertSqlSafe(to_b)).await?;
    let after = loading.await??;
    assert_eq!(after.len(), 1, "the parent was read before");
    assert!(after[0].1.is_empty(), "{:?}", after[0].1);
    Ok(())
}

/// Waits until a session waits for a lock in the database, at most ten seconds.
fn wait_for_lock(database: &Database) -> TestResult {
    const WAITING: &str =
        "SELECT count(*) > 0 FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
        WHERE NOT l.granted AND d.datname = current_database()";
    for _ in 0..200 {
        if database.psql(WAITING)? == "t" {
            return Ok(());
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    Err("no session waits for the lock".into())
}

/// Nor is a pattern: PostgreSQL detects an invalid pattern when it first matches it.
#[tokio::test]
async fn a_pattern_is_not_matched_with_another_users_rows() -> TestResult {
    let world = World::new().await?;
    let theirs = Project::insert(project("x")).fetch_one(&world.b).await?;
    let step = NewStep {
        project_id: theirs.id,
        done: 0,
        total: 0,
    };
    Step::insert(step).execute(&world.b).await?;
    for pattern in ["\\", "[a-z]\\"] {
        let like = Project::select().filter(|project| project.slug.like(pattern));
        assert_eq!(like.count(&world.a).await?, 0);
    }
    let matching = Project::select().filter(|project| project.slug.matches("(("));
    assert_eq!(matching.count(&world.a).await?, 0);
    let own = Project::insert(project("own")).fetch_one(&world.a).await?;
    let failing = Step::select().filter(|step| (step.done / step.total).ge(0));
    let loaded = Project::get(own.id).with(failing, |step| step.project_id);
    let (_, steps) = loaded.fetch_optional(&world.a).await?.ok_or("no project")?;
    assert_eq!(steps.len(), 0);
    let joined = Project::select()
        .left_join_children(Step::COLUMNS.project_id)
        .filter(|(project, step)| (project.count + 1).gt(0) & !(step.total / 2).gt(99));
    assert_eq!(
        joined.count(&world.a).await?,
        0,
        "a row of nulls is not above"
    );
    let kept = Project::select()
        .left_join_children(Step::COLUMNS.project_id)
        .filter(|(project, _)| (project.count + 1).gt(0));
    assert_eq!(
        kept.count(&world.a).await?,
        1,
        "the guard drops rows without a partner"
    );
    Ok(())
}

#[tokio::test]
async fn a_key_that_is_only_the_owner_has_no_value_to_give() -> TestResult {
    let world = World::new().await?;
    for scope in [&world.a, &world.b] {
        Settings::insert(NewSettings {}).execute(scope).await?;
    }
    Settings::update(())
        .set(|row| row.theme.to("dark"))
        .execute(&world.a)
        .await?;
    let theirs = Settings::get(()).fetch_one(&world.b).await?;
    assert_eq!(theirs.theme, "light");
    let admin = world.db.unscoped("tests");
    let all = Settings::delete(()).execute(&admin).await;
    assert!(
        matches!(all, Err(Error::Statement(_))),
        "everybody's settings were deleted: {all:?}"
    );
    let one = Settings::get(()).fetch_optional(&admin).await;
    assert!(matches!(one, Err(Error::Statement(_))), "{one:?}");
    Ok(())
}

#[tokio::test]
async fn rows_can_be_grouped_by_an_expression() -> TestResult {
    let world = World::new().await?;
    let rows = (0..6).map(|number| {
        Project::insert(project(&number.to_string())).set(|project| project.count.to(number))
    });
    Project::insert_many(rows).execute(&world.a).await?;
    let groups = Project::select().group_by(|project| project.count / 3);
    let mut groups = groups.aggregate(|_| count()).fetch_all(&world.a).await?;
    groups.sort_unstable();
    assert_eq!(groups, [(0, 3), (1, 3)]);
    Ok(())
}

#[tokio::test]
async fn pages_over_a_left_join_contain_rows_without_a_partner() -> TestResult {
    let world = World::new().await?;
    let admin = world.db.unscoped("tests");
    let new = ["a", "b"].map(|name| NewLabel {
        name: name.to_owned(),
    });
    let labels = Label::insert_many(new).fetch_all(&admin).await?;
    for number in 0..7_usize {
        let label = labels.get(number % 3).map(|label| label.id);
        let insert = Project::insert(project(&number.to_string()));
        insert
            .set(|project| project.label_id.to(label))
            .execute(&world.a)
            .await?;
    }
    for descending in [false, true] {
        let pages = || {
            let joined = Project::select().left_join(|project| project.label_id);
            joined.order_by(move |(_, label)| {
                if descending {
                    label.name.desc()
                } else {
                    label.name.asc()
                }
            })
        };
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = pages().page(2).after(cursor).fetch_page(&world.a).await?;
            seen.extend(
                page.rows
                    .into_iter()
                    .map(|(project, label)| (project.id, label.map(|label| label.name))),
            );
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let whole = pages()
            .page(50)
            .fetch_page(&world.a)
            .await?
            .rows
            .into_iter();
        let whole: Vec<_> = whole
            .map(|(project, label)| (project.id, label.map(|label| label.name)))
            .collect();
        assert_eq!(seen, whole, "descending: {descending}");
        assert_eq!(whole.len(), 7);
    }
    let names = Project::select()
        .left_join(|project| project.label_id)
        .columns(|(project, label)| (project.slug, label.name.optional()));
    assert_eq!(names.fetch_all(&world.a).await?.len(), 7);
    Ok(())
}

#[tokio::test]
async fn pages_over_children_contain_each_child() -> TestResult {
    let world = World::new().await?;
    for slug in ["a", "b"] {
        let project = Project::insert(project(slug)).fetch_one(&world.a).await?;
        let steps = (1..5).map(|total| NewStep {
            project_id: project.id,
            done: 0,
            total,
        });
        Step::insert_many(steps).execute(&world.a).await?;
    }
    let pages = || {
        let joined = Project::select().join_children(Step::COLUMNS.project_id);
        joined.order_by(|(project, _)| project.slug.asc()).page(3)
    };
    let (mut seen, mut cursor) = (0, None);
    loop {
        let page = pages().after(cursor).fetch_page(&world.a).await?;
        seen += page.rows.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, 8);
    Ok(())
}

#[tokio::test]
async fn impossible_statements_are_statement_errors() -> TestResult {
    let world = World::new().await?;
    let a = &world.a;
    let said = |result: Result<(), Error>| matches!(result, Err(Error::Statement(_)));
    assert!(
        said(Project::select().limit(1).count(a).await.map(drop)),
        "a count of some"
    );
    assert!(
        said(
            Project::select()
                .limit(1)
                .page(2)
                .fetch_page(a)
                .await
                .map(drop)
        ),
        "a page of some"
    );
    let few = Step::select().limit(1);
    let with_few = Project::select()
        .with(few, |step| step.project_id)
        .fetch_all(a)
        .await;
    Project::insert(project("x")).execute(a).await?;
    assert!(said(with_few.map(drop)), "some of all children");
    let nothing = Project::update_where(|project| project.count.eq(1))
        .execute(a)
        .await;
    assert!(said(nothing.map(drop)), "an update of nothing");
    let made_by_hand = freehold::Column::<Project, UserId>::new(0, 1, "user_id");
    let stolen = Project::update_where(|_| freehold::query::Condition::always())
        .set(|_| made_by_hand.to(UserId::from(id(0xb))))
        .execute(a)
        .await;
    assert!(said(stolen.map(drop)), "a row went to B");
    let mixed = [
        Project::insert(project("y")),
        Project::insert(project("z")).set(|project| project.count.to(1)),
    ];
    assert!(
        said(Project::insert_many(mixed).execute(a).await.map(drop)),
        "rows of different columns"
    );
    Ok(())
}

#[tokio::test]
async fn rows_of_insert_many_may_set_their_columns_in_any_order() -> TestResult {
    let world = World::new().await?;
    let rows = [
        Project::insert(project("y"))
            .set(|project| (project.count.to(1), project.label_id.to(None))),
        Project::insert(project("z"))
            .set(|project| (project.label_id.to(None), project.count.to(2))),
    ];
    let added = Project::insert_many(rows).fetch_all(&world.a).await?;
    let mut counts: Vec<_> = added
        .iter()
        .map(|project| (project.slug.as_str(), project.count))
        .collect();
    counts.sort_unstable();
    assert_eq!(counts, [("y", 1), ("z", 2)]);
    Ok(())
}

#[tokio::test]
async fn a_row_of_insert_many_takes_values_and_no_expressions() -> TestResult {
    let world = World::new().await?;
    for number in 0..2 {
        let rows = (0..2).map(|row| {
            let insert = Project::insert(project("y"));
            if row == number {
                insert.set(|project| project.count.to(project.count + 1))
            } else {
                insert.set(|project| project.count.to(1))
            }
        });
        let added = Project::insert_many(rows).execute(&world.a).await;
        let Err(Error::Statement(message)) = added else {
            return Err(format!("row {number} was added: {added:?}").into());
        };
        assert!(
            message.contains("to an expression; give a value"),
            "{message}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_row_of_defaults_needs_no_values() -> TestResult {
    let world = World::new().await?;
    let admin = world.db.unscoped("signs a user up");
    let user = User::insert(NewUser {}).fetch_one(&admin).await?;
    assert!(User::get(user.id).exists(&world.db.scope(user.id)).await?);
    let nobodys: [NewUser; 2] = [NewUser {}, NewUser {}];
    assert_eq!(User::insert_many(nobodys).execute(&admin).await?, 2);
    Ok(())
}
