//! Statements that write several rows at once, each with its own values, and what writing statements return.

use freehold::error::Error;
use freehold::prelude::*;

use crate::TestResult;
use crate::shop::{BOTH, Mode};
use crate::studio::{A, B, NewProject, Project, ProjectId, Studio, Task, TaskId, owner, project};

/// The keys of the tasks of an owner, by their amounts.
async fn tasks(me: &Scope<crate::studio::OwnerId>) -> Result<Vec<TaskId>, Error> {
    let select = Task::select().order_by(|task| task.amount.asc());
    select.columns(|task| task.id).fetch_all(me).await
}

#[tokio::test]
async fn writing_statements_return_rows_and_columns_of_them() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let id = tasks(me).await?[0];
        let changed = Task::update(id)
            .set(|task| task.amount.to(task.amount + 10))
            .returning(|task| (task.title, task.amount * 2));
        assert_eq!(
            changed.fetch_one(me).await?,
            ("task 1".to_owned(), 22),
            "{mode:?}"
        );
        let all = Task::update_where(|task| task.amount.gt(3)).set(|task| task.done.to(true));
        let mut all = all.returning(|task| task.amount).fetch_all(me).await?;
        all.sort_unstable();
        assert_eq!(all, [4, 11], "{mode:?}: not those of B");
        let gone = Task::delete_where(|task| task.amount.gt(3)).returning(|task| task.amount);
        let mut gone = gone.fetch_all(me).await?;
        gone.sort_unstable();
        assert_eq!(gone, [4, 11], "{mode:?}: not those of B");
        assert_eq!(Task::select().count(&studio.b).await?, 2, "{mode:?}");
        let rest = tasks(me).await?;
        assert_eq!(
            Task::delete(rest[0]).fetch_one(me).await?.amount,
            2,
            "{mode:?}"
        );
        let again = Task::delete(rest[0]).fetch_optional(me).await?;
        assert_eq!(again, None, "{mode:?}: it is gone");
        let theirs = tasks(&studio.b).await?[0];
        let theirs = Task::purge(theirs).returning(|task| task.title);
        assert_eq!(theirs.fetch_optional(me).await?, None, "{mode:?}: of B");
    }
    Ok(())
}

/// A deletion of a table with `deleted_at` is an update.
#[tokio::test]
async fn a_deleted_row_is_returned_with_its_mark() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let gone = Project::delete_where(|project| project.name.eq("empty"));
        let gone = gone.fetch_all(me).await?;
        let marks: Vec<_> = gone
            .iter()
            .map(|project| project.deleted_at.is_some())
            .collect();
        assert_eq!(marks, [true], "{mode:?}");
        let back = Project::restore(gone[0].id).fetch_one(me).await?;
        assert_eq!(back.deleted_at, None, "{mode:?}");
        let not_deleted = Project::restore(back.id).fetch_optional(me).await?;
        assert_eq!(not_deleted, None, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn each_row_is_updated_to_its_own_values() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let ids = tasks(me).await?;
        let theirs = tasks(&studio.b).await?[0];
        let unknown = TaskId::from(Uuid::from_u128(7));
        let updates = || {
            let rows = [
                (ids[3], 40, None),
                (ids[0], 10, Some(false)),
                (theirs, 99, None),
                (unknown, 98, None),
            ];
            rows.map(|(id, amount, done)| {
                Task::update(id).set(|task| (task.amount.to(amount), task.done.to(done)))
            })
        };
        let mut changed = Task::update_many(updates()).fetch_all(me).await?;
        changed.sort_by_key(|task| task.amount);
        let values: Vec<_> = changed
            .iter()
            .map(|task| (task.id, task.amount, task.done))
            .collect();
        let wanted = [(ids[0], 10, Some(false)), (ids[3], 40, None)];
        assert_eq!(
            values, wanted,
            "{mode:?}: a null clears, and other rows count as missing"
        );
        assert_eq!(
            Task::update_many(updates()).execute(me).await?,
            2,
            "{mode:?}"
        );
        let amounts = Task::select().sum(&studio.b, |task| task.amount).await?;
        assert_eq!(amounts, Some(55), "{mode:?}: of B");
        assert_eq!(
            Task::update_many(Vec::new()).execute(me).await?,
            0,
            "{mode:?}: none"
        );
        let first = Task::update_many(updates()).to_sql(me)?;
        let one = Task::update_many(updates().into_iter().take(1)).to_sql(me)?;
        assert_eq!(first, one, "{mode:?}: the text does not depend on the rows");
    }
    Ok(())
}

#[tokio::test]
async fn updates_of_many_rows_that_cannot_be_one_statement_are_refused() -> TestResult {
    let studio = Studio::open(Mode::Predicate).await?;
    let me = &studio.a;
    let ids = tasks(me).await?;
    let to = |id, amount: i32| Task::update(id).set(|task| task.amount.to(amount));
    let before = Task::select().sum(me, |task| task.amount).await?;
    for (name, updates) in [
        (
            "a key twice",
            vec![to(ids[0], 1), to(ids[1], 2), to(ids[0], 3)],
        ),
        (
            "a further condition",
            vec![to(ids[0], 7).filter(|task| task.amount.eq(1))],
        ),
        ("nothing set", vec![Task::update(ids[0])]),
        (
            "an expression",
            vec![Task::update(ids[0]).set(|task| task.amount.to(task.amount + 1))],
        ),
        (
            "different columns",
            vec![
                to(ids[0], 7),
                Task::update(ids[1]).set(|task| task.title.to("x")),
            ],
        ),
    ] {
        let done = Task::update_many(updates).execute(me).await;
        assert!(matches!(done, Err(Error::Statement(_))), "{name}: {done:?}");
    }
    assert_eq!(
        Task::select().sum(me, |task| task.amount).await?,
        before,
        "nothing was changed"
    );
    Ok(())
}

#[tokio::test]
async fn no_row_of_many_comes_to_reference_a_row_of_another_owner() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let projects = Project::select()
            .columns(|project| project.id)
            .fetch_all(me)
            .await?;
        let assign = |id: ProjectId, to: u128| {
            Project::update(id).set(move |project| project.assignee_id.to(owner(to)))
        };
        let mixed = [assign(projects[0], A), assign(projects[1], B)];
        let done = Project::update_many(mixed).execute(me).await;
        assert!(
            matches!(done, Err(Error::ForeignKey { .. })),
            "{mode:?}: {done:?}"
        );
        let nobody = [assign(projects[0], A), assign(projects[1], 0xdead)];
        let nobody = Project::update_many(nobody).execute(me).await;
        assert_eq!(
            done.map_err(|error| error.to_string()),
            nobody.map_err(|error| error.to_string()),
            "{mode:?}: the error shows that B exists"
        );
        let assigned = Project::select().filter(|project| project.assignee_id.is_not_null());
        assert_eq!(
            assigned.count(me).await?,
            0,
            "{mode:?}: none of them was changed"
        );
        let own = [assign(projects[0], A), assign(projects[1], A)];
        assert_eq!(
            Project::update_many(own).execute(me).await?,
            2,
            "{mode:?}: the control"
        );
        let theirs = Project::select()
            .columns(|project| project.id)
            .fetch_one(&studio.b)
            .await?;
        let moved = tasks(me)
            .await?
            .into_iter()
            .map(|id| Task::update(id).set(|task| task.project_id.to(theirs)));
        let moved = Task::update_many(moved).execute(me).await;
        assert!(
            matches!(moved, Err(Error::ForeignKey { .. })),
            "{mode:?}: {moved:?}"
        );
    }
    Ok(())
}

fn named(names: &[&str]) -> Vec<NewProject> {
    names.iter().map(|name| project(name)).collect()
}

#[tokio::test]
async fn rows_of_many_that_exist_are_left_or_changed() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        // `theirs` is a name of B.
        let new = || named(&["mixed", "theirs", "new", "new"]);
        let left = Project::insert_many(new())
            .on_conflict(|project| project.name)
            .do_nothing();
        let mut added: Vec<_> = left
            .fetch_all(me)
            .await?
            .into_iter()
            .map(|row| row.name)
            .collect();
        added.sort_unstable();
        assert_eq!(
            added,
            ["new", "theirs"],
            "{mode:?}: rows that did not exist"
        );
        let again = Project::insert_many(new())
            .on_conflict(|project| project.name)
            .do_nothing();
        assert_eq!(again.execute(me).await?, 0, "{mode:?}: all exist");
        let rows = ["mixed", "newer"]
            .map(|name| Project::insert(project(name)).set(|project| project.budget.to(77)));
        let changed = Project::insert_many(rows)
            .on_conflict(|project| project.name)
            .do_update(|project, new| project.budget.to(project.budget + new.budget));
        let mut changed: Vec<_> = changed
            .fetch_all(me)
            .await?
            .into_iter()
            .map(|row| (row.name, row.budget))
            .collect();
        changed.sort_unstable();
        let wanted = [("mixed".to_owned(), 87), ("newer".to_owned(), 77)];
        assert_eq!(changed, wanted, "{mode:?}");
        let theirs = Project::select().fetch_all(&studio.b).await?;
        let theirs: Vec<_> = theirs
            .iter()
            .map(|row| (row.name.as_str(), row.budget))
            .collect();
        assert_eq!(theirs, [("theirs", 10)], "{mode:?}: of B");
        let none = Project::insert_many(Vec::<NewProject>::new());
        let none = none.on_conflict(|project| project.name).do_nothing();
        assert_eq!(none.execute(me).await?, 0, "{mode:?}: no rows");
    }
    Ok(())
}

#[tokio::test]
async fn one_key_twice_in_many_rows_is_an_error_if_a_row_would_change_twice() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let twice = Project::insert_many(named(&["x", "x"]))
            .on_conflict(|project| project.name)
            .do_update(|project, new| project.budget.to(new.budget));
        let done = twice.execute(me).await;
        let Err(Error::Statement(message)) = done else {
            return Err(format!("{mode:?}: {done:?}").into());
        };
        assert!(message.contains("the same key"), "{mode:?}: {message}");
        let no_key = Project::insert_many(named(&["x"]))
            .on_conflict(|project| project.budget)
            .do_nothing();
        let no_key = no_key.execute(me).await;
        assert!(
            matches!(no_key, Err(Error::NoKey { .. })),
            "{mode:?}: {no_key:?}"
        );
        let assigned = |to| {
            let row =
                Project::insert(project("y")).set(move |project| project.assignee_id.to(owner(to)));
            Project::insert_many([row])
                .on_conflict(|project| project.name)
                .do_nothing()
        };
        let of_b = assigned(B).execute(me).await;
        assert!(
            matches!(of_b, Err(Error::ForeignKey { .. })),
            "{mode:?}: {of_b:?}"
        );
        assert_eq!(assigned(A).execute(me).await?, 1, "{mode:?}: the control");
    }
    Ok(())
}

#[tokio::test]
async fn the_key_serves_an_update_of_many_rows() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let ids = tasks(&studio.a).await?;
        studio.prefer_indexes().await?;
        let me = studio.connect().await?.scope(owner(A));
        let updates = ids
            .into_iter()
            .map(|id| Task::update(id).set(|task| task.amount.to(1)));
        let plan = Task::update_many(updates).explain(&me).await?;
        assert!(
            plan.contains("tasks_pkey") || plan.contains("pk_tasks"),
            "{mode:?}:\n{plan}"
        );
    }
    Ok(())
}
