//! The lint also looks at generated files, and finds little in them.

use std::error::Error;
use std::fs;

use freehold::lint::{self, Finding, Options};
use freehold::migrate::Directory;
use freehold::migrate::files::{About, Format, files};
use freehold::plan::Plan;
use freehold::{Postgres, Schema};

use crate::TestResult;

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

/// The findings in the migrations from each schema to the next. The first `applied` migrations count as applied.
fn of_path(path: &[&Schema], applied: usize) -> Result<Vec<Finding>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut options = Options::default();
    for (index, pair) in path.windows(2).enumerate() {
        let plan = Plan::between(pair[0], pair[1], &Postgres);
        let about = About {
            version: i64::try_from(index)? * 100 + 1,
            description: "it".to_owned(),
            reason: None,
            after: None,
        };
        for file in files(&plan, &about, Format::Sqlx, &Postgres) {
            fs::write(folder.path().join(&file.path), &file.contents)?;
        }
        if index < applied {
            options.applied.extend(about.version..about.version + 100);
        }
    }
    Ok(lint::lint(&Directory::read(folder.path())?, &options))
}

#[test]
fn a_new_schema_has_no_finding() -> TestResult {
    for (name, schema) in schemas::ALL {
        let schema = schema.schema()?;
        let findings = of_path(&[&Schema::default(), &schema], 0)?;
        let lines: Vec<_> = findings
            .iter()
            .map(|it| format!("{it} | {}", it.statement))
            .collect();
        assert!(lines.is_empty(), "{name}:\n{}", lines.join("\n"));
    }
    Ok(())
}

#[test]
fn hazards_that_a_plan_names_are_not_found_again() -> TestResult {
    for (name, schema) in schemas::ALL {
        let schema = schema.schema()?;
        let empty = Schema::default();
        let findings = of_path(&[&empty, &schema, &empty], 1)?;
        let lines: Vec<_> = findings
            .iter()
            .map(|it| format!("{it} | {}", it.statement))
            .collect();
        assert!(lines.is_empty(), "{name}:\n{}", lines.join("\n"));
    }
    Ok(())
}

mod old {
    #![allow(dead_code)]
    use freehold::prelude::*;

    #[derive(Key)]
    pub struct TeamId(i64);

    #[derive(Table)]
    #[table(name = teams, shared, allow(timestamps, uuid_key))]
    pub struct Team {
        #[column(primary_key)]
        pub id: TeamId,
        #[column(varchar(20))]
        pub name: String,
        pub size: Option<i32>,
    }

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key))]
    pub struct Game {
        #[column(primary_key)]
        pub id: i64,
        pub team_id: Option<TeamId>,
        pub score: i32,
    }

    schema!(pub SCHEMA = [Team, Game]);
}

mod new {
    #![allow(dead_code)]
    use freehold::prelude::*;

    #[derive(Key)]
    pub struct TeamId(i64);

    #[derive(Table)]
    #[table(name = teams, shared, allow(timestamps, uuid_key))]
    #[table(check(size_positive: size > 0))]
    pub struct Team {
        #[column(primary_key)]
        pub id: TeamId,
        #[column(varchar(40), unique)]
        pub name: String,
        pub size: i32,
    }

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key))]
    #[table(index(team_id))]
    pub struct Game {
        #[column(primary_key)]
        pub id: i64,
        #[column(references = Team::id, on_delete = cascade)]
        pub team_id: Option<TeamId>,
        pub score: i64,
        #[column(default = gen_random_uuid())]
        pub code: Uuid,
    }

    schema!(pub SCHEMA = [Team, Game]);
}

mod whole {
    #![allow(dead_code)]
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = teams, shared, allow(timestamps, uuid_key))]
    pub struct Team {
        #[column(primary_key)]
        pub id: i64,
    }

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = list(day))]
    #[table(partition(name = games_1, in(1)), partition(name = games_2, in(2)))]
    pub struct Game {
        pub id: i64,
        pub day: i32,
        pub team_id: i64,
        pub score: i32,
    }

    schema!(pub SCHEMA = [Team, Game]);
}

mod by_partition {
    #![allow(dead_code)]
    use freehold::prelude::*;

    pub use super::whole::Team;

    #[derive(Table)]
    #[table(name = games, shared, allow(timestamps, uuid_key), primary_key(id, day))]
    #[table(partition_by = list(day))]
    #[table(partition(name = games_1, in(1)), partition(name = games_2, in(2)))]
    #[table(index(score, day), unique(team_id, day))]
    pub struct Game {
        pub id: i64,
        pub day: i32,
        #[column(references = Team::id, on_delete = cascade)]
        pub team_id: i64,
        #[column(check(score >= 0))]
        pub score: i32,
    }

    schema!(pub SCHEMA = [Team, Game]);
}

#[test]
fn steps_partition_by_partition_have_no_finding() -> TestResult {
    let (empty, old, new) = (
        Schema::default(),
        whole::SCHEMA.schema()?,
        by_partition::SCHEMA.schema()?,
    );
    let findings = of_path(&[&empty, &old, &new], 1)?;
    let lines: Vec<_> = findings
        .iter()
        .map(|it| format!("{it} | {}", it.statement))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    Ok(())
}

#[test]
fn a_change_of_tables_in_use_has_only_hazards_that_its_plan_names() -> TestResult {
    let (empty, old, new) = (
        Schema::default(),
        old::SCHEMA.schema()?,
        new::SCHEMA.schema()?,
    );
    let found = |path: [&Schema; 3]| -> Result<Vec<String>, Box<dyn Error>> {
        let findings = of_path(&path, 1)?;
        let lines = findings
            .iter()
            .map(|it| format!("{} {}", it.rule.id, it.statement));
        Ok(lines.collect())
    };
    assert_eq!(found([&empty, &old, &new])?, [""; 0]);
    assert_eq!(found([&empty, &new, &old])?, [""; 0]);
    Ok(())
}
