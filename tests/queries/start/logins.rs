//! Logins that row-level security cannot restrict, and roles that they can become.

use freehold::prelude::*;
use freehold::scope::Refusal;

use super::{Broken, advised};
use crate::TestResult;
use crate::schema::SHOP;
use crate::shop::{Mode, Shop};

fn name(name: &str) -> String {
    name.to_owned()
}

/// Asserts that a login that `sql` creates is refused, and accepted after the advice of the message.
async fn refused(broken: &Broken, login: &str, sql: &str, refusal: Refusal) -> TestResult {
    broken.change(sql)?;
    assert_eq!(broken.refusal(login).await?, refusal, "`{sql}`");
    for statement in advised(&refusal) {
        broken.change(&statement)?;
    }
    match broken.connect_as(login).await {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("what `{refusal}` advises is not enough: {error}").into()),
    }
}

/// A login like that of the shop, with `more`.
fn login(login: &str, more: &str) -> String {
    format!("CREATE ROLE {login} LOGIN NOINHERIT IN ROLE shop_app; {more}")
}

#[tokio::test]
async fn a_superuser_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    assert_eq!(
        broken.refusal("postgres").await?,
        Refusal::Superuser(name("postgres"))
    );
    assert_eq!(
        broken.refusal("shop_admin").await?,
        Refusal::BypassesRowSecurity(name("shop_admin"))
    );
    Ok(())
}

/// A member of a superuser becomes it by `SET ROLE`.
#[tokio::test]
async fn members_of_privileged_roles_are_refused() -> TestResult {
    let broken = Broken::open().await?;
    let sql = login("start_member", "GRANT shop_admin TO start_member");
    let refusal = Refusal::MemberOfPrivileged {
        member: name("start_member"),
        role: name("shop_admin"),
    };
    broken.change("CREATE ROLE start_between NOLOGIN; GRANT shop_admin TO start_between")?;
    refused(&broken, "start_member", &sql, refusal).await?;
    let sql = login("start_indirect", "GRANT start_between TO start_indirect");
    let refusal = Refusal::MemberOfPrivileged {
        member: name("start_between"),
        role: name("shop_admin"),
    };
    refused(&broken, "start_indirect", &sql, refusal).await
}

/// The predefined roles of PostgreSQL. The control: such a role reads a table without any right on it.
#[tokio::test]
async fn members_of_predefined_roles_are_refused() -> TestResult {
    const ROLES: [&str; 7] = [
        "pg_read_all_data",
        "pg_write_all_data",
        "pg_execute_server_program",
        "pg_read_server_files",
        "pg_write_server_files",
        "pg_read_all_stats",
        "pg_maintain",
    ];
    let broken = Broken::open().await?;
    broken.change(&login(
        "start_reader",
        "GRANT pg_read_all_data TO start_reader",
    ))?;
    let read = "SET LOCAL ROLE pg_read_all_data; SELECT count(DISTINCT row_key) > 1 FROM audit.log WHERE table_name LIKE '%orders'";
    assert_eq!(broken.as_a_by("start_reader", read)?, "t");
    for role in ROLES {
        let there = broken.change(&format!(
            "SELECT count(*) FROM pg_roles WHERE rolname = '{role}'"
        ))?;
        if there == "0" {
            continue;
        }
        let own = format!("start_{role}");
        broken.change(&login(&own, &format!("GRANT {role} TO {own}")))?;
        let refusal = broken.refusal(&own).await?;
        assert!(
            matches!(&refusal, Refusal::MemberOfPredefined { member, role: of, .. } if *member == own && of == role),
            "{refusal:?}"
        );
        for statement in advised(&refusal) {
            broken.change(&statement)?;
        }
        broken.connect_as(&own).await?;
    }
    // A monitor is a member of one of them.
    broken.change(&login("start_monitor", "GRANT pg_monitor TO start_monitor"))?;
    let refusal = broken.refusal("start_monitor").await?;
    assert!(
        matches!(refusal, Refusal::MemberOfPredefined { .. }),
        "{refusal:?}"
    );
    // Other predefined roles are accepted.
    broken.change(&login(
        "start_signals",
        "GRANT pg_signal_backend TO start_signals",
    ))?;
    broken.connect_as("start_signals").await?;
    Ok(())
}

/// Before PostgreSQL 16 such a login can make itself a member of the admin.
#[tokio::test]
async fn a_login_that_can_create_roles_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    let sql = login("start_maker", "ALTER ROLE start_maker CREATEROLE");
    refused(
        &broken,
        "start_maker",
        &sql,
        Refusal::CreatesRoles(name("start_maker")),
    )
    .await?;
    let sql = login("start_copier", "ALTER ROLE start_copier REPLICATION");
    refused(
        &broken,
        "start_copier",
        &sql,
        Refusal::Replicates(name("start_copier")),
    )
    .await?;
    let sql = login(
        "start_through",
        "CREATE ROLE start_makes CREATEROLE; GRANT start_makes TO start_through",
    );
    refused(
        &broken,
        "start_through",
        &sql,
        Refusal::CreatesRoles(name("start_makes")),
    )
    .await
}

#[tokio::test]
async fn the_owner_of_a_table_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken.change(&login(
        "start_owner",
        "ALTER TABLE addresses OWNER TO start_owner",
    ))?;
    let wanted = Refusal::OwnsTable {
        role: name("start_owner"),
        table: name("addresses"),
    };
    assert_eq!(broken.refusal("start_owner").await?, wanted);
    broken.change("ALTER TABLE addresses OWNER TO shop_owner")?;
    broken.connect_as("start_owner").await?;
    let sql = login("start_heir", "GRANT shop_owner TO start_heir");
    let refusal = Refusal::MemberOfOwner {
        member: name("start_heir"),
        role: name("shop_owner"),
        table: name("addresses"),
    };
    refused(&broken, "start_heir", &sql, refusal).await
}

#[tokio::test]
async fn a_login_that_cannot_become_the_role_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    let refusal = Refusal::NotMember {
        login: name("start_stranger"),
        role: name("shop_app"),
    };
    let sql = "CREATE ROLE start_stranger LOGIN NOINHERIT";
    refused(&broken, "start_stranger", sql, refusal).await?;
    let refused = Db::builder(&broken.0.url)
        .role("nobody_at_all")
        .connect()
        .await;
    let wanted = Refusal::NoRole(name("nobody_at_all"));
    assert!(
        matches!(&refused, Err(freehold::Error::Unsafe(refusal)) if *refusal == wanted),
        "{refused:?}"
    );
    Ok(())
}

/// It can read before it sets a user. The control: a statement without `SET ROLE` is not refused.
#[tokio::test]
async fn a_login_that_inherits_the_role_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    broken.change("CREATE ROLE start_heiress LOGIN INHERIT IN ROLE shop_app")?;
    let forgets = |login: &str| {
        broken.change(&format!(
            "\\connect - {login}\nSELECT count(*) > 0 FROM products"
        ))
    };
    assert_eq!(forgets("start_heiress")?, "t");
    assert!(
        forgets("shop_login").is_err(),
        "`shop_login` has a right of its own"
    );
    let refusal = broken.refusal("start_heiress").await?;
    let wanted = Refusal::Inherits {
        login: name("start_heiress"),
        role: name("shop_app"),
    };
    assert_eq!(refusal, wanted);
    broken.change("ALTER ROLE start_heiress NOINHERIT")?;
    if is_16_or_later(&broken)? {
        assert_eq!(broken.refusal("start_heiress").await?, wanted);
        broken.change("GRANT shop_app TO start_heiress WITH INHERIT FALSE")?;
    }
    broken.connect_as("start_heiress").await?;
    broken.change("CREATE ROLE start_alone LOGIN")?;
    let db = Db::builder(&broken.url("start_alone")).role("start_alone");
    let refused = db.connect().await;
    assert!(
        matches!(&refused, Err(freehold::Error::Unsafe(Refusal::LoginIsRole(name))) if name == "start_alone"),
        "{refused:?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_login_that_can_grant_the_role_is_refused() -> TestResult {
    let broken = Broken::open().await?;
    let sql = login(
        "start_giver",
        "GRANT shop_app TO start_giver WITH ADMIN OPTION",
    );
    let refusal = Refusal::Administers {
        login: name("start_giver"),
        role: name("shop_app"),
    };
    refused(&broken, "start_giver", &sql, refusal).await
}

fn is_16_or_later(broken: &Broken) -> Result<bool, Box<dyn std::error::Error>> {
    Ok(broken.change("SELECT current_setting('server_version_num')::int >= 160000")? == "t")
}

/// The options of a membership: without `SET` every unit of work would fail, and with `INHERIT` a statement needs no
/// user.
#[tokio::test]
async fn options_of_the_membership_are_checked() -> TestResult {
    let broken = Broken::open().await?;
    if !is_16_or_later(&broken)? {
        return Ok(());
    }
    let sql =
        "CREATE ROLE start_unset LOGIN NOINHERIT; GRANT shop_app TO start_unset WITH SET FALSE";
    let refusal = Refusal::MayNotSet {
        login: name("start_unset"),
        role: name("shop_app"),
    };
    refused(&broken, "start_unset", sql, refusal).await?;
    let sql = "CREATE ROLE start_inherit LOGIN NOINHERIT; GRANT shop_app TO start_inherit WITH INHERIT TRUE";
    broken.change(sql)?;
    let refusal = Refusal::Inherits {
        login: name("start_inherit"),
        role: name("shop_app"),
    };
    assert_eq!(broken.refusal("start_inherit").await?, refusal);
    Ok(())
}

/// Its workers make a restrictive policy permissive. Only the catalog names the extensions, so the test changes the
/// catalog.
#[tokio::test]
async fn citus_is_refused() -> TestResult {
    let shop = Shop::empty(Mode::RowSecurity).await?;
    shop.database
        .psql("UPDATE pg_extension SET extname = 'citus' WHERE extname = 'plpgsql'")?;
    let refused = Db::builder(&shop.url).schema(&SHOP).connect().await;
    assert!(
        matches!(&refused, Err(freehold::Error::Unsafe(Refusal::Citus))),
        "{refused:?}"
    );
    // In mode `predicate` the database is accepted.
    Shop::builder(Mode::Predicate, &shop.database.url())
        .schema(&SHOP)
        .isolation(freehold::model::Isolation::Predicate)
        .connect()
        .await?;
    Ok(())
}
