//! Each object that weakens a guarantee of the schema is a difference, and is named.

use crate::{Shop, TestResult};

/// A change by hand, its reverse, and the expected output. A release that does not know the SQL has a syntax error.
#[derive(Clone, Copy)]
struct Weakening {
    sql: &'static str,
    back: &'static str,
    told: &'static str,
    /// The first release of PostgreSQL that has it.
    since: i64,
}

const fn weakening(sql: &'static str, back: &'static str, told: &'static str) -> Weakening {
    Weakening {
        sql,
        back,
        told,
        since: 0,
    }
}

const fn since(since: i64, weakening: Weakening) -> Weakening {
    Weakening { since, ..weakening }
}

const WEAKENINGS: [Weakening; 33] = [
    weakening(
        "ALTER TABLE users DISABLE TRIGGER audit_users",
        "ALTER TABLE users ENABLE TRIGGER audit_users",
        "weakened: trigger that is disabled or fires only on replicas `users.audit_users`",
    ),
    weakening(
        "ALTER TABLE orders ENABLE REPLICA TRIGGER keep_orders",
        "ALTER TABLE orders ENABLE TRIGGER keep_orders",
        "weakened: trigger that is disabled or fires only on replicas `orders.keep_orders`",
    ),
    weakening(
        "ALTER TABLE addresses DISABLE TRIGGER ALL",
        "ALTER TABLE addresses ENABLE TRIGGER ALL",
        "weakened: constraint that is not enforced, or whose triggers are disabled `addresses.fk_addresses_user_id`",
    ),
    weakening(
        "CREATE RULE swallow AS ON DELETE TO products DO INSTEAD NOTHING",
        "DROP RULE swallow ON products",
        "weakened: rule `products.swallow`",
    ),
    weakening(
        "ALTER TABLE audit.log SET UNLOGGED",
        "ALTER TABLE audit.log SET LOGGED",
        "weakened: unlogged table or sequence `audit.log`",
    ),
    weakening(
        "ALTER TABLE addresses DROP CONSTRAINT fk_addresses_user_id; ALTER TABLE addresses ADD CONSTRAINT fk_addresses_user_id
            FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE NOT VALID",
        "ALTER TABLE addresses VALIDATE CONSTRAINT fk_addresses_user_id",
        "weakened: constraint that is not validated `addresses.fk_addresses_user_id`",
    ),
    weakening(
        "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'audit.idx_log_table_name_row_key'::regclass",
        "UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'audit.idx_log_table_name_row_key'::regclass",
        "weakened: invalid index `audit.log.idx_log_table_name_row_key`",
    ),
    weakening(
        "GRANT SELECT ON users TO shop_app WITH GRANT OPTION",
        "REVOKE GRANT OPTION FOR SELECT ON users FROM shop_app",
        "weakened: right to grant a right `users for shop_app`",
    ),
    since(
        17,
        weakening(
            "GRANT MAINTAIN ON users TO shop_app",
            "REVOKE MAINTAIN ON users FROM shop_app",
            "weakened: right of another kind `users for shop_app`",
        ),
    ),
    weakening(
        "GRANT shop_app TO shop_login WITH ADMIN OPTION",
        "REVOKE ADMIN OPTION FOR shop_app FROM shop_login",
        "weakened: membership with ADMIN OPTION `shop_login in shop_app`",
    ),
    since(
        16,
        weakening(
            "GRANT shop_app TO shop_login WITH INHERIT TRUE",
            "GRANT shop_app TO shop_login WITH INHERIT FALSE",
            "weakened: membership whose INHERIT is not that of its role `shop_login in shop_app`",
        ),
    ),
    since(
        16,
        weakening(
            "GRANT shop_app TO shop_login WITH SET FALSE",
            "GRANT shop_app TO shop_login WITH SET TRUE",
            "weakened: membership without SET, so that `SET ROLE` fails `shop_login in shop_app`",
        ),
    ),
    since(
        18,
        weakening(
            "ALTER TABLE orders ALTER CONSTRAINT fk_orders_address_id NOT ENFORCED",
            "ALTER TABLE orders ALTER CONSTRAINT fk_orders_address_id ENFORCED",
            "weakened: constraint that is not enforced, or whose triggers are disabled `orders.fk_orders_address_id`",
        ),
    ),
    since(
        18,
        weakening(
            "ALTER TABLE users ALTER email DROP NOT NULL; ALTER TABLE users ADD CONSTRAINT unsure NOT NULL email NOT VALID",
            "ALTER TABLE users VALIDATE CONSTRAINT unsure",
            "weakened: constraint that is not validated `users.unsure`",
        ),
    ),
    weakening(
        "ALTER ROLE shop_app CREATEROLE",
        "ALTER ROLE shop_app NOCREATEROLE",
        "weakened: attribute of a role `shop_app`",
    ),
    weakening(
        "ALTER ROLE shop_app BYPASSRLS",
        "ALTER ROLE shop_app NOBYPASSRLS",
        "change role `shop_app`",
    ),
    weakening(
        "ALTER ROLE shop_login SET session_replication_role = 'replica'",
        "ALTER ROLE shop_login RESET session_replication_role",
        "weakened: setting that disables triggers `shop_login: session_replication_role=replica`",
    ),
    weakening(
        "ALTER TABLE products OWNER TO shop_app",
        "ALTER TABLE products OWNER TO shop_owner",
        "weakened: object of another owner `products of shop_app`",
    ),
    weakening(
        "ALTER TABLE order_events_default OWNER TO shop_app",
        "ALTER TABLE order_events_default OWNER TO shop_owner",
        "weakened: object of another owner `order_events_default of shop_app`",
    ),
    weakening(
        "ALTER TABLE order_events_default DISABLE TRIGGER ALL",
        "ALTER TABLE order_events_default ENABLE TRIGGER ALL",
        "weakened: constraint that is not enforced, or whose triggers are disabled `order_events_default.",
    ),
    weakening(
        "ALTER SCHEMA public OWNER TO shop_app",
        "ALTER SCHEMA public OWNER TO pg_database_owner",
        "weakened: object of another owner `schema public of shop_app`",
    ),
    weakening(
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "weakened: right of another kind `schema public for public`",
    ),
    weakening(
        "CREATE ROLE outsider; GRANT shop_owner TO outsider",
        "DROP ROLE outsider",
        "weakened: undeclared member of a role that owns the schema or bypasses row-level security \
            `outsider in shop_owner`",
    ),
    weakening(
        "CREATE ROLE outsider; GRANT shop_admin TO outsider",
        "DROP ROLE outsider",
        "`outsider in shop_admin`",
    ),
    weakening(
        "CREATE FUNCTION leak(uuid) RETURNS SETOF users LANGUAGE sql SECURITY DEFINER AS 'SELECT * FROM users'",
        "DROP FUNCTION leak",
        "weakened: SECURITY DEFINER routine in a form that is not modelled `leak(uuid)`",
    ),
    weakening(
        "CREATE FUNCTION seen(a integer) RETURNS bool LANGUAGE sql LEAKPROOF AS 'SELECT true'",
        "DROP FUNCTION seen",
        "weakened: LEAKPROOF routine, which may see rows before row-level security `seen(a integer)`",
    ),
    weakening(
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO shop_app",
        "ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM shop_app",
        "weakened: default right `of what ",
    ),
    weakening(
        "CREATE OR REPLACE FUNCTION audit.record_users_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            AS 'BEGIN RETURN NULL; END'",
        "",
        "change function `audit.record_users_change`",
    ),
    weakening(
        "ALTER TABLE orders NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE orders FORCE ROW LEVEL SECURITY",
        "in `orders`: change row-level security",
    ),
    weakening(
        "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
        "weakened: forced row-level security that is not enabled `orders`",
    ),
    weakening(
        "CREATE POLICY wide ON orders USING (true)",
        "DROP POLICY wide ON orders",
        "policy `wide`",
    ),
    weakening(
        "GRANT TRUNCATE ON orders TO shop_app",
        "REVOKE TRUNCATE ON orders FROM shop_app",
        "change the rights of `shop_app` on `orders`",
    ),
    weakening(
        "ALTER TABLE orders DROP CONSTRAINT fk_orders_address_id",
        "",
        "foreign key `fk_orders_address_id`",
    ),
];

#[test]
fn each_weakening_is_a_named_difference() -> TestResult {
    let shop = Shop::open()?;
    let release: i64 = shop
        .database
        .psql("SELECT current_setting('server_version_num')::integer / 10000")?
        .trim()
        .parse()?;
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!((status, printed.as_str()), (0, "no differences\n"));
    for Weakening {
        sql, back, told, ..
    } in WEAKENINGS.iter().filter(|one| one.since <= release)
    {
        // A change without a reverse is made in a copy.
        let copy = shop.server.copy_database(&shop.database)?;
        copy.psql(sql)?;
        let (status, printed) = crate::schema(&["check"], &copy, shop.directory.path())?;
        copy.psql(back)?;
        assert_eq!(status, 3, "after `{sql}` it printed:\n{printed}");
        assert!(
            printed.contains(told),
            "after `{sql}` it printed:\n{printed}"
        );
        assert!(
            !printed.contains("no differences"),
            "after `{sql}` it printed:\n{printed}"
        );
    }
    let (status, printed) = shop.schema(&["check"])?;
    assert_eq!(
        (status, printed.as_str()),
        (0, "no differences\n"),
        "all was taken back"
    );
    Ok(())
}

/// An accepted weakening is still printed, and is not a difference.
#[test]
fn an_accepted_weakening_is_printed_and_not_a_difference() -> TestResult {
    let shop = Shop::open()?;
    shop.database.psql("ALTER TABLE audit.log SET UNLOGGED")?;
    let (status, printed) = shop.schema(&["check", "--accept", "audit.log"])?;
    assert_eq!(
        (status, printed.as_str()),
        (
            0,
            "no differences\naccepted: unlogged table or sequence `audit.log`\n"
        )
    );
    let (status, printed) = shop.schema(&["check", "--accept", "log"])?;
    assert_eq!(status, 3, "another name was accepted:\n{printed}");
    Ok(())
}

/// Objects that weaken nothing, or may not, are listed and are not a difference.
#[test]
fn other_unmodelled_objects_are_listed_and_not_a_difference() -> TestResult {
    let shop = Shop::open()?;
    for (sql, back, told) in [
        (
            "ALTER TABLE users ENABLE ALWAYS TRIGGER audit_users",
            "ALTER TABLE users ENABLE TRIGGER audit_users",
            "trigger that also fires on replicas `users.audit_users`",
        ),
        (
            "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
            "ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
            "revoked default right `",
        ),
        (
            "CREATE ROLE another_login LOGIN; GRANT shop_app TO another_login",
            "DROP ROLE another_login",
            "undeclared member of a role `another_login in shop_app`",
        ),
        (
            "ALTER ROLE shop_login SET work_mem = 1024",
            "ALTER ROLE shop_login RESET work_mem",
            "setting of a role or of the database `shop_login: work_mem=1024`",
        ),
    ] {
        shop.database.psql(sql)?;
        let (status, printed) = shop.schema(&["check"])?;
        shop.database.psql(back)?;
        assert_eq!(status, 0, "after `{sql}` it printed:\n{printed}");
        let line = format!("not modelled, so not compared: {told}");
        assert!(
            printed.contains(&line),
            "after `{sql}` it printed:\n{printed}"
        );
    }
    Ok(())
}

/// The result does not depend on the settings of the session.
#[test]
fn settings_of_the_session_do_not_change_the_result() -> TestResult {
    let shop = Shop::open()?;
    for setting in [
        "default_transaction_read_only = on",
        "search_path = audit",
        "quote_all_identifiers = on",
    ] {
        let name = shop.database.name();
        shop.database
            .psql(&format!("ALTER DATABASE {name} SET {setting}"))?;
        let (status, printed) = shop.schema(&["check"])?;
        assert_eq!(status, 0, "with `{setting}` it printed:\n{printed}");
        let role = shop.server.create_database("reset")?;
        role.psql(&format!("ALTER DATABASE {name} RESET ALL"))?;
    }
    Ok(())
}
