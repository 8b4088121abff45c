//! Owners, roles and rights.

use freehold::inspect::{Inspection, Unsupported, UnsupportedKind};
use freehold::ir::{FutureKind, Grant, GrantObject, QualifiedName};
use freehold::model::Privilege::{self, All, Delete, Execute, Insert, Select, Update, Usage};

use crate::{TestResult, database, found, inspected};

fn whole(kinds: &[Privilege]) -> Vec<(Privilege, Vec<String>)> {
    kinds.iter().map(|kind| (*kind, Vec::new())).collect()
}

fn relation(name: &str) -> GrantObject {
    GrantObject::Relations(vec![QualifiedName::new(None, name)])
}

fn grant(privileges: &[Privilege], on: GrantObject, to: &str) -> Grant {
    Grant {
        privileges: whole(privileges),
        on,
        to: to.to_owned(),
    }
}

#[tokio::test]
async fn a_grant_is_read_for_each_object_and_role() -> TestResult {
    let found = found(
        "CREATE ROLE reader; CREATE ROLE writer;
        CREATE TABLE t (a serial, b integer, c integer);
        CREATE VIEW v AS SELECT 1 AS a;
        CREATE SEQUENCE s;
        GRANT SELECT ON t, v TO reader, PUBLIC;
        GRANT INSERT, SELECT, DELETE ON t TO writer;
        GRANT UPDATE (c, b) ON t TO writer;
        GRANT SELECT (a) ON v TO writer;
        GRANT ALL ON SEQUENCE s TO writer;
        GRANT USAGE ON SEQUENCE t_a_seq TO writer;
        REVOKE ALL ON v FROM postgres;",
    )
    .await?;
    let sequence = |name| GrantObject::Sequences(vec![QualifiedName::new(None, name)]);
    let mut of_writer = grant(&[Select, Insert, Delete], relation("t"), "writer");
    let updated = vec!["b".to_owned(), "c".to_owned()];
    of_writer.privileges.push((Update, updated));
    let mut of_view = grant(&[], relation("v"), "writer");
    of_view.privileges.push((Select, vec!["a".to_owned()]));
    assert_eq!(
        found.schema.grants(),
        [
            grant(&[Select], relation("t"), "public"),
            grant(&[Select], relation("t"), "reader"),
            of_writer,
            grant(&[Select], relation("v"), "public"),
            grant(&[Select], relation("v"), "reader"),
            of_view,
            grant(&[Select, Update, Usage], sequence("s"), "writer"),
            grant(&[Usage], sequence("t_a_seq"), "writer"),
        ]
    );
    let roles: Vec<_> = found.schema.roles().iter().map(|role| &role.name).collect();
    assert_eq!(roles, ["reader", "writer"]);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn rights_on_schemas_are_read() -> TestResult {
    let sql = "
        CREATE ROLE guest; CREATE ROLE builder;
        CREATE SCHEMA app;
        GRANT USAGE ON SCHEMA app, public TO guest;
        GRANT ALL ON SCHEMA app TO builder;
        GRANT CREATE ON SCHEMA public TO builder;
        GRANT ALL ON SCHEMA public TO PUBLIC;";
    let what = Inspection::default().namespaces(["public", "app"]);
    let found = inspected(&database(sql)?, &what).await?;
    let on = |name: &str| GrantObject::Namespaces(vec![name.to_owned()]);
    assert_eq!(
        found.schema.grants(),
        [
            grant(&[All], on("app"), "builder"),
            grant(&[Usage], on("app"), "guest"),
            grant(&[Usage], on("public"), "guest"),
            grant(&[All], on("public"), "public"),
        ]
    );
    let told: Vec<_> = found.unsupported.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            // A schema cannot express `CREATE` without `USAGE`.
            "right of another kind `public for builder`",
            // A comparison ignores `CREATE` for `PUBLIC`, since older servers grant it, so inspection reports it.
            "right of another kind `schema public for public`",
        ]
    );
    Ok(())
}

#[tokio::test]
async fn rights_on_functions_are_read() -> TestResult {
    let found = found(
        "CREATE ROLE caller_a; CREATE ROLE caller_b;
        CREATE FUNCTION a_open() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION b_shut() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION c_some() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        CREATE FUNCTION d_both() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        REVOKE EXECUTE ON FUNCTION b_shut(), c_some() FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION c_some() TO caller_b, caller_a;
        GRANT EXECUTE ON FUNCTION d_both() TO caller_a;",
    )
    .await?;
    let routines = found.schema.routines();
    let execute: Vec<_> = routines
        .iter()
        .map(|routine| routine.execute.clone())
        .collect();
    let some = vec!["caller_a".to_owned(), "caller_b".to_owned()];
    assert_eq!(execute, [None, Some(Vec::new()), Some(some), None]);
    let both = GrantObject::Routines(vec![routines[3].clone()]);
    assert_eq!(found.schema.grants(), [grant(&[Execute], both, "caller_a")]);
    assert_eq!(found.unsupported, []);
    Ok(())
}

#[tokio::test]
async fn default_rights_are_read() -> TestResult {
    let found = found(
        "CREATE ROLE later_maker; CREATE ROLE later_reader;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO later_reader;
        ALTER DEFAULT PRIVILEGES FOR ROLE later_maker IN SCHEMA public GRANT USAGE ON SEQUENCES TO later_reader;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO later_reader;
        ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO later_reader;
        ALTER DEFAULT PRIVILEGES FOR ROLE later_maker REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
    )
    .await?;
    let future = |kind, made_by: Option<&str>| GrantObject::Future {
        namespace: "public".to_owned(),
        made_by: made_by.map(str::to_owned),
        kind,
    };
    let to = "later_reader";
    assert_eq!(
        found.schema.grants(),
        [
            grant(
                &[Usage],
                future(FutureKind::Sequences, Some("later_maker")),
                to
            ),
            grant(&[Execute], future(FutureKind::Routines, None), to),
            grant(&[Select, Insert], future(FutureKind::Tables, None), to),
        ]
    );
    let told: Vec<_> = found.unsupported.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "default right `of what postgres makes, for later_reader`",
            "revoked default right `of what later_maker makes, for public`",
        ],
        "those of every schema cannot be said"
    );
    Ok(())
}

#[tokio::test]
async fn the_owner_is_named_once() -> TestResult {
    let found = found(
        "CREATE ROLE house_owner; CREATE ROLE house_guest;
        CREATE TABLE a (id integer); CREATE TABLE b (id integer); CREATE VIEW v AS SELECT 1 AS x;
        CREATE TABLE mine (id integer);
        ALTER TABLE a OWNER TO house_owner; ALTER TABLE b OWNER TO house_owner;
        ALTER VIEW v OWNER TO house_owner;
        GRANT USAGE, CREATE ON SCHEMA public TO house_owner;
        GRANT SELECT ON a TO house_guest;",
    )
    .await?;
    assert_eq!(found.schema.owner(), Some("house_owner"));
    assert_eq!(found.schema.views()[0].owner, None);
    let grants = found.schema.grants();
    assert_eq!(
        grants,
        [grant(&[Select], relation("a"), "house_guest")],
        "an owner needs none"
    );
    let other = Unsupported {
        kind: UnsupportedKind::OtherOwner,
        name: "mine of postgres".to_owned(),
    };
    assert_eq!(found.unsupported, [other]);
    Ok(())
}

#[tokio::test]
async fn only_the_requested_roles_are_read() -> TestResult {
    let sql = "
        CREATE ROLE group_b NOLOGIN; CREATE ROLE group_a NOLOGIN NOINHERIT;
        CREATE ROLE member LOGIN BYPASSRLS IN ROLE group_b, group_a;
        CREATE ROLE maker CREATEDB; CREATE ROLE stranger;
        CREATE TABLE t (a integer); GRANT SELECT ON t TO group_a;";
    let what = Inspection::default().roles(["member", "maker", "not there"]);
    let found = inspected(&database(sql)?, &what).await?;
    let roles: Vec<_> = found
        .schema
        .roles()
        .iter()
        .map(|role| {
            (
                &*role.name,
                [role.login, role.inherit, role.bypass_rls],
                role.member_of.join(" "),
            )
        })
        .collect();
    assert_eq!(
        roles,
        [
            ("group_a", [false, false, false], String::new()),
            ("maker", [false, true, false], String::new()),
            ("member", [true, true, true], "group_a group_b".to_owned()),
        ]
    );
    let maker = Unsupported {
        kind: UnsupportedKind::RoleAttribute,
        name: "maker".to_owned(),
    };
    assert_eq!(found.unsupported, [maker]);
    Ok(())
}
