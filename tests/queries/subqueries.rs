//! Conditions and values over related rows, and `in_subquery`: what they find, and that they stay in the scope.

use freehold::error::Error;
use freehold::prelude::*;
use freehold::query::{Relation, Select};

use crate::TestResult;
use crate::shop::{BOTH, Mode};
use crate::studio::{
    A, Kind, KindId, Mark, NewMark, NewStep, NewTag, NewTaskTag, OwnerId, Project, Step, Studio,
    Tag, Task, TaskTag, owner,
};

async fn names(select: Select<Project>, me: &Scope<OwnerId>) -> Result<Vec<String>, Error> {
    let ordered = select.order_by(|project| project.name.asc());
    ordered.columns(|project| project.name).fetch_all(me).await
}

#[tokio::test]
async fn children_are_found_by_exists_not_exists_and_every() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let along = || Task::COLUMNS.project_id;
        let with = Project::select().filter(|project| project.children(along()).exists());
        assert_eq!(
            names(with, me).await?,
            ["mixed", "ready"],
            "{mode:?}: exists"
        );
        let with = Project::select().filter(|project| {
            let large = project.children(along()).filter(|task| task.amount.gt(3));
            large.exists() | project.name.eq("empty")
        });
        assert_eq!(
            names(with, me).await?,
            ["empty", "ready"],
            "{mode:?}: exists, or"
        );
        let without = Project::select().filter(|project| project.children(along()).not_exists());
        assert_eq!(names(without, me).await?, ["empty"], "{mode:?}: not exists");
        let every = |done| {
            Project::select()
                .filter(move |project| project.children(along()).every(|task| task.done.eq(done)))
        };
        // A task whose `done` is null does not fulfil the condition.
        assert_eq!(
            names(every(true), me).await?,
            ["empty", "ready"],
            "{mode:?}: every"
        );
        assert_eq!(
            names(every(false), me).await?,
            ["empty"],
            "{mode:?}: every is not done"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_condition_on_related_rows_may_name_columns_of_the_outer_row() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        Project::update_where(|project| project.name.eq("mixed"))
            .set(|project| project.budget.to(2))
            .execute(me)
            .await?;
        let over = Project::select().filter(|project| {
            let tasks = project.children(Task::COLUMNS.project_id);
            tasks.filter(|task| task.amount.gt(project.budget)).exists()
        });
        assert_eq!(names(over, me).await?, ["mixed"], "{mode:?}");
        let siblings = Task::select().filter(|task| {
            let project = task.parent(task.project_id);
            let of_project = |project: &<Project as Relation>::Fields| {
                let tasks = project.children(Task::COLUMNS.project_id);
                tasks
                    .filter(|other| other.amount.lt(task.amount))
                    .not_exists()
            };
            project.filter(|project| of_project(&project)).exists()
        });
        let mut first = siblings.columns(|task| task.amount).fetch_all(me).await?;
        first.sort_unstable();
        assert_eq!(first, [1, 4], "{mode:?}: the smallest of each project");
    }
    Ok(())
}

#[tokio::test]
async fn a_parent_is_found_and_may_be_absent() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let of_ready = Task::select().filter(|task| {
            let project = task.parent(task.project_id);
            project.filter(|project| project.name.eq("ready")).exists()
        });
        assert_eq!(of_ready.count(me).await?, 1, "{mode:?}");
        let of_kind = |select: Select<Project>| {
            select.filter(|project| project.parent(project.kind_id).not_exists())
        };
        let none = of_kind(Project::select()).count(me).await?;
        assert_eq!(none, 3, "{mode:?}: no project has a kind");
    }
    Ok(())
}

/// Django's `Exists(Model.objects)` and others forget the filter of the inner table.
#[tokio::test]
async fn deleted_rows_are_hidden_in_subqueries_too() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let gone = Project::delete_where(|project| project.name.eq("ready"));
        assert_eq!(gone.execute(me).await?, 1, "{mode:?}");
        let alive = Task::select().filter(|task| task.parent(task.project_id).exists());
        assert_eq!(
            alive.count(me).await?,
            3,
            "{mode:?}: of a project that is not deleted"
        );
        let all =
            Task::select().filter(|task| task.parent(task.project_id).with_deleted().exists());
        assert_eq!(all.count(me).await?, 4, "{mode:?}: with deleted ones");
        let ids = || Project::select().columns(|project| project.id);
        let alive = Task::select().filter(|task| task.project_id.in_subquery(ids()));
        assert_eq!(alive.count(me).await?, 3, "{mode:?}: in a subquery");
        let only = Project::select()
            .only_deleted()
            .columns(|project| project.id);
        let of_deleted = Task::select().filter(|task| task.project_id.in_subquery(only));
        assert_eq!(of_deleted.count(me).await?, 1, "{mode:?}: of deleted ones");
    }
    Ok(())
}

#[tokio::test]
async fn counts_and_sums_of_children_are_columns_conditions_and_orders() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let tasks = || Task::COLUMNS.project_id;
        let rows = Project::select()
            .order_by(|project| (project.children(tasks()).count().desc(), project.name.asc()))
            .columns(|project| {
                let children = || project.children(tasks());
                let least = children().min(|task| task.amount);
                let sum = children().sum(|task| task.amount);
                (project.name, children().count(), sum, least)
            });
        let wanted = [
            ("mixed".to_owned(), 3, Some(6), Some(1)),
            ("ready".to_owned(), 1, Some(4), Some(4)),
            ("empty".to_owned(), 0, None, None),
        ];
        assert_eq!(rows.fetch_all(me).await?, wanted, "{mode:?}");
        let many = Project::select().filter(|project| project.children(tasks()).count().gt(1));
        assert_eq!(names(many, me).await?, ["mixed"], "{mode:?}");
        let mean = Project::select()
            .filter(|project| project.name.eq("mixed"))
            .columns(|project| {
                let largest = project.children(tasks()).max(|task| task.amount);
                (project.children(tasks()).avg(|task| task.amount), largest)
            });
        assert_eq!(mean.fetch_one(me).await?, (Some(2.0), Some(3)), "{mode:?}");
        let filled = Project::update_where(|project| project.children(tasks()).exists())
            .set(|project| project.budget.to(project.budget + 1));
        assert_eq!(filled.execute(me).await?, 2, "{mode:?}: an update");
        let gone = Task::delete_where(|task| {
            let project = task.parent(task.project_id);
            project.filter(|project| project.name.eq("mixed")).exists()
        });
        assert_eq!(gone.execute(me).await?, 3, "{mode:?}: a deletion");
    }
    Ok(())
}

#[tokio::test]
async fn values_are_looked_up_in_other_selects() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let of_tasks = |amount: i32| {
            Task::select()
                .filter(move |task| task.amount.ge(amount))
                .columns(|task| task.project_id)
        };
        let within = Project::select().filter(|project| project.id.in_subquery(of_tasks(2)));
        assert_eq!(names(within, me).await?, ["mixed", "ready"], "{mode:?}: in");
        let outside = Project::select().filter(|project| project.id.not_in_subquery(of_tasks(4)));
        assert_eq!(
            names(outside, me).await?,
            ["empty", "mixed"],
            "{mode:?}: not in"
        );
        let first = Task::select()
            .order_by(|task| task.amount.asc())
            .limit(1)
            .columns(|task| task.project_id);
        let first = Project::select().filter(|project| project.id.in_subquery(first));
        assert_eq!(
            names(first, me).await?,
            ["mixed"],
            "{mode:?}: in the first row"
        );
        let joined = Task::select()
            .join(|task| task.project_id)
            .filter(|(_, project)| project.name.eq("ready"))
            .columns(|(task, _)| task.amount);
        let of_ready = Task::select().filter(|task| task.amount.in_subquery(joined));
        assert_eq!(of_ready.count(me).await?, 1, "{mode:?}: in a join");
    }
    Ok(())
}

/// With `NOT IN`, one null in the subquery empties the result.
#[tokio::test]
async fn nulls_in_a_subquery_equal_nothing() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let kinds = Project::select()
            .with_deleted()
            .columns(|project| project.kind_id);
        let unused = Kind::select().filter(|kind| kind.id.not_in_subquery(kinds));
        assert_eq!(unused.count(&studio.a).await?, 3, "{mode:?}");
    }
    Ok(())
}

#[tokio::test]
async fn rows_are_found_through_a_junction() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        for me in [&studio.a, &studio.b] {
            let tag = Tag::insert(NewTag { name: "red".into() })
                .fetch_one(me)
                .await?;
            let tasks = Task::select().filter(|task| task.amount.is_in([2, 50]));
            for task in tasks.fetch_all(me).await? {
                let new = NewTaskTag {
                    task_id: task.id,
                    tag_id: tag.id,
                };
                TaskTag::insert(new).execute(me).await?;
            }
        }
        let red = Task::select().filter(|task| {
            let links = task.children(TaskTag::COLUMNS.task_id);
            let red = |tag: <Tag as Relation>::Fields| tag.name.eq("red");
            links
                .filter(|link| link.parent(link.tag_id).filter(red).exists())
                .exists()
        });
        let found = red.columns(|task| task.amount).fetch_all(&studio.a).await?;
        assert_eq!(found, [2], "{mode:?}");
    }
    Ok(())
}

/// A kind is shared, so tasks of `B` reference it too.
#[tokio::test]
async fn no_subquery_of_a_shared_row_sees_rows_of_another_owner() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let tasks = || Task::COLUMNS.kind_id;
        let kinds = Kind::select().filter(|kind| {
            kind.children(tasks())
                .filter(|task| task.amount.gt(4))
                .exists()
        });
        assert_eq!(kinds.count(me).await?, 0, "{mode:?}: exists");
        let kinds = Kind::select().filter(|kind| {
            let of_b = Task::select().filter(|task| task.amount.gt(4));
            kind.id.in_subquery(of_b.columns(|task| task.kind_id))
        });
        assert_eq!(kinds.count(me).await?, 0, "{mode:?}: in");
        let sums = Kind::select()
            .filter(|kind| kind.name.eq("house"))
            .columns(|kind| {
                let tasks = || kind.children(tasks());
                (tasks().count(), tasks().sum(|task| task.amount))
            });
        assert_eq!(sums.fetch_one(me).await?, (4, Some(10)), "{mode:?}: a sum");
        let small =
            Kind::select().filter(|kind| kind.children(tasks()).every(|task| task.amount.lt(5)));
        assert_eq!(small.count(me).await?, 3, "{mode:?}: every");
        // The control: over all owners, each of these statements finds the tasks of B.
        let admin = studio.db.unscoped("the control");
        let kinds = Kind::select().filter(|kind| {
            kind.children(tasks())
                .filter(|task| task.amount.gt(4))
                .exists()
        });
        assert_eq!(kinds.count(&admin).await?, 1, "{mode:?}: the control");
    }
    Ok(())
}

/// A division by the weight of a task of `B` fails. The statement must not show that there is such a task.
#[tokio::test]
async fn no_expression_in_a_subquery_fails_on_a_row_of_another_owner() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let me = &studio.a;
        let kind = KindId::from(2);
        for (scope, id, total) in [(me, 1, 1), (&studio.b, 2, 0)] {
            Mark::insert(NewMark { id, kind_id: kind })
                .execute(scope)
                .await?;
            Step::insert(NewStep {
                tag_id: id,
                done: 1,
                total,
            })
            .execute(scope)
            .await?;
        }
        let divided = |step: <Step as Relation>::Fields| (step.done / step.total).gt(0);
        let marks = Mark::select()
            .filter(|mark| mark.children(Step::COLUMNS.tag_id).filter(divided).exists());
        assert_eq!(marks.clone().count(me).await?, 1, "{mode:?}: exists");
        let every =
            Mark::select().filter(|mark| mark.children(Step::COLUMNS.tag_id).every(divided));
        assert_eq!(every.count(me).await?, 1, "{mode:?}: every");
        let sum = Mark::select().columns(|mark| {
            mark.children(Step::COLUMNS.tag_id)
                .sum(|step| step.done / step.total)
        });
        assert_eq!(sum.fetch_all(me).await?, [Some(1)], "{mode:?}: a sum");
        let ones = Step::select().columns(|step| step.done / step.total);
        let of_ones = Task::select().filter(|task| task.amount.in_subquery(ones));
        assert_eq!(of_ones.count(me).await?, 1, "{mode:?}: in");
        let all = Kind::select().filter(|kind| {
            let marks = kind.children(Mark::COLUMNS.kind_id);
            marks
                .filter(|mark| mark.children(Step::COLUMNS.tag_id).filter(divided).exists())
                .exists()
        });
        assert_eq!(all.count(me).await?, 1, "{mode:?}: two levels");
        if mode == Mode::Predicate {
            let guarded = marks.to_sql(me)?;
            control(&studio, &guarded).await?;
        }
    }
    Ok(())
}

/// The same text without the guard fails on the row of `B`.
async fn control(studio: &Studio, guarded: &str) -> TestResult {
    let a = owner(A);
    let bound = guarded
        .replace("$1", &format!("'{}'", a.as_inner()))
        .replace("$2", "0");
    let start = bound.find("CASE WHEN ").ok_or("no guard")?;
    let then = bound.find(" THEN ").ok_or("no guard")?;
    let end = bound.find(" ELSE FALSE END").ok_or("no guard")?;
    let open = format!(
        "{}{}{}",
        &bound[..start],
        &bound[then + " THEN ".len()..end],
        &bound[end + " ELSE FALSE END".len()..]
    );
    studio.run(&bound).await?;
    let failed = studio.run(&open).await;
    let code = failed
        .as_ref()
        .err()
        .and_then(sqlx::Error::as_database_error);
    assert_eq!(
        code.and_then(sqlx::error::DatabaseError::code).as_deref(),
        Some("22012"),
        "without the guard: {failed:?}\n{open}"
    );
    Ok(())
}

/// The key of a kind is a number, so a scope of it has another type of key than the owners have.
#[tokio::test]
async fn a_subquery_is_refused_to_an_executor_that_does_not_reach_its_table() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        let kinds = || Kind::select().filter(|kind| kind.children(Task::COLUMNS.kind_id).exists());
        let by_id = || {
            let of_tasks = Task::select().columns(|task| task.kind_id);
            Kind::select().filter(|kind| kind.id.in_subquery(of_tasks))
        };
        // The same value as the key of B, but not an `OwnerId`.
        let other = studio.db.scope(Uuid::from_u128(crate::studio::B));
        for (name, select) in [("children", kinds()), ("in", by_id())] {
            let by_other = select.clone().count(&other).await;
            assert!(
                matches!(by_other, Err(Error::Statement(_))),
                "{mode:?}, {name}: {by_other:?}"
            );
            let by_db = select.clone().count(&studio.db).await;
            assert!(
                matches!(by_db, Err(Error::Statement(_))),
                "{mode:?}, {name}: {by_db:?}"
            );
            assert_eq!(
                select.count(&studio.b).await?,
                1,
                "{mode:?}, {name}: the control"
            );
        }
        let steps = Kind::select().filter(|kind| {
            let marks = kind.children(Mark::COLUMNS.kind_id);
            marks
                .filter(|mark| mark.children(Step::COLUMNS.tag_id).exists())
                .exists()
        });
        let by_other = steps.count(&other).await;
        assert!(
            matches!(by_other, Err(Error::Statement(_))),
            "{mode:?}: {by_other:?}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_subquery_that_cannot_be_written_is_an_error() -> TestResult {
    let studio = Studio::open(Mode::Predicate).await?;
    let me = &studio.a;
    let outer = Project::select().filter(|project| {
        let tasks = Task::select().filter(|task| task.amount.gt(project.budget));
        project
            .id
            .in_subquery(tasks.columns(|task| task.project_id))
    });
    let few = Task::select().limit(1).columns(|task| task.project_id);
    let limited = Project::select().filter(|project| project.id.not_in_subquery(few));
    let same_level = Project::select().filter(|project| {
        let tasks = || project.children(Task::COLUMNS.project_id);
        tasks()
            .filter(|task| {
                tasks()
                    .filter(|other| other.amount.gt(task.amount))
                    .exists()
            })
            .exists()
    });
    let locked = Task::select().for_update().columns(|task| task.project_id);
    let locked = Project::select().filter(|project| project.id.in_subquery(locked));
    for (name, select) in [
        ("a column of the outer statement", outer),
        ("a limit", limited),
        ("two subqueries of one level in another", same_level),
        ("a lock", locked),
    ] {
        let done = select.count(me).await;
        assert!(matches!(done, Err(Error::Statement(_))), "{name}: {done:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_text_does_not_depend_on_values_and_on_how_often_it_is_built() -> TestResult {
    let studio = Studio::open(Mode::Predicate).await?;
    let me = &studio.a;
    let build = |amount: i32, name: &str| {
        let name = name.to_owned();
        Project::select().filter(move |project| {
            let tasks = || project.children(Task::COLUMNS.project_id);
            let some = tasks().filter(move |task| task.amount.gt(amount)).exists();
            let ids = Task::select()
                .filter(move |task| task.title.eq(name))
                .columns(|task| task.project_id);
            some & tasks().every(|task| task.done.eq(true)) & project.id.in_subquery(ids)
        })
    };
    let first = build(1, "a").to_sql(me)?;
    assert_eq!(first, build(99, "b").to_sql(me)?);
    let wanted = "EXISTS (SELECT 1 FROM tasks AS t16 WHERE t16.user_id = $1 AND t16.project_id = t0.id AND t16.user_id = t0.user_id AND t16.amount > $2)";
    assert!(first.contains(wanted), "{first}");
    Ok(())
}

#[tokio::test]
async fn an_index_serves_a_subquery() -> TestResult {
    for mode in BOTH {
        let studio = Studio::open(mode).await?;
        studio.prefer_indexes().await?;
        let me = studio.connect().await?.scope(owner(A));
        let select = || Project::select();
        let ids = || Task::select().columns(|task| task.project_id);
        let tasks = || Task::COLUMNS.project_id;
        for (name, select) in [
            (
                "exists",
                select().filter(|project| project.children(tasks()).exists()),
            ),
            (
                "not exists",
                select().filter(|project| project.children(tasks()).not_exists()),
            ),
            (
                "in",
                select().filter(|project| project.id.in_subquery(ids())),
            ),
            (
                "not in",
                select().filter(|project| project.id.not_in_subquery(ids())),
            ),
            (
                "count",
                select().filter(|project| project.children(tasks()).count().gt(1)),
            ),
        ] {
            let plan = select.explain(&me).await?;
            assert!(
                plan.contains("idx_tasks_user_id_project_id_amount"),
                "{mode:?}, {name}:\n{plan}"
            );
        }
    }
    Ok(())
}
