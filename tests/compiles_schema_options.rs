//! Every option of `schema!`, silent under every lint that a crate may deny.

#![deny(
    warnings,
    missing_docs,
    unused,
    unused_qualifications,
    unused_results,
    unreachable_pub,
    trivial_casts
)]

use freehold::SqlValue;
use freehold::model::{
    ArgumentDef, Column, Isolation, Language, Ownership, Privilege, Returns, Routine, RoutineDef,
    TableName, View, ViewDef,
};
use freehold::prelude::*;

/// Users.
#[derive(Table, Debug)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    /// The key.
    #[column(primary_key)]
    pub id: Uuid,
    /// The name, which is another one in the database.
    #[column(name = full_name)]
    pub name: String,
}

/// Users again.
#[derive(Debug)]
pub struct Names;

/// The columns of [`Names`].
#[derive(Debug)]
pub struct NamesColumns {
    /// The name.
    pub name: Column<Names, String>,
}

impl View for Names {
    type Columns = NamesColumns;
    const NAME: TableName = TableName::new(Some("app"), "names");
    const OWNERSHIP: Ownership = Ownership::Scope("id");
    const COLUMNS: NamesColumns = NamesColumns {
        name: Column::new(0, 0, "full_name"),
    };
    const DEF: &'static ViewDef = &ViewDef::new(
        Self::NAME,
        Self::OWNERSHIP,
        &[],
        "SELECT id, full_name FROM users",
    );
}

mod functions {
    use super::{ArgumentDef, Language, Returns, Routine, RoutineDef, SqlValue, TableName};

    const fn total(arguments: &'static [ArgumentDef]) -> RoutineDef {
        let name = TableName::new(None, "total");
        let returns = Returns::Value(<i64 as SqlValue>::TYPE);
        RoutineDef::function(name, arguments, returns, Language::Sql, "SELECT 1")
            .execute(&["app_read", "public"])
    }

    pub(crate) struct Total;

    impl Routine for Total {
        const DEF: &'static RoutineDef = &total(&[ArgumentDef::new::<i32>("a")]);
    }

    /// The same name with another argument is another function.
    pub(crate) struct TotalOfMany;

    impl Routine for TotalOfMany {
        const DEF: &'static RoutineDef = &total(&[ArgumentDef::new::<Vec<i32>>("a")]);
    }
}

schema!(
    /// Everything.
    pub SHOP = [User],
    views(Names),
    functions(functions::Total, functions::TotalOfMany),
    sequence(order_number_seq, schema = app, start = -5, increment = -1, min = -9223372036854775808, max = 9, cache = 2, cycle),
    sequence("Odd name"),
    sequence(order_number_seq),
    extension(pgcrypto),
    extension("uuid-ossp", schema = extensions),
    role(app_read),
    role(app_write, member_of(app_read, shop_user)),
    role(shop_report, login, no_inherit, bypass_rls),
    role(pg_read_all_data, existing),
    role(shop_owner, existing),
    grant(select, on = tables, to(app_read, app_write, "public"), future),
    grant(insert, update, delete, on = tables, to = app_write),
    grant(insert, update, delete, on = tables, to = app_write),
    grant(all, on = tables, to = shop_report),
    grant(all, on = all_tables, to = shop_admin),
    grant(select(id, name), references(id), on = tables(User), to = app_read),
    grant(select, on = views, to = app_read),
    grant(select(name), on = views(Names), to = app_read),
    grant(usage, on = sequences, to = app_write, future),
    grant(usage, on = sequences("Odd name", order_number_seq), to = app_write),
    grant(execute, on = functions, to = app_write),
    grant(execute, on = functions(functions::Total), to = app_write),
    grant(usage, on = schemas(app, extensions), to = app_read),
    isolation(setting = "shop.user_id", role = shop_user, owner = shop_owner, login = shop_login, admin = shop_admin),
    audit(schema = trail, actor = "shop.actor"),
    updated_at(function = touch, clock = now, body = "BEGIN NEW.updated_at = NOW(); RETURN NEW; END;"),
);

schema!(
    PREDICATE = [User],
    isolation = predicate,
    grant(all, on = tables, to = public)
);
schema!(ROW_SECURITY = [User], isolation = row_security);

#[test]
fn runs() {
    assert!(SHOP.validate().is_empty());
    assert_eq!(SHOP.routines.len(), 2);
    assert_eq!(SHOP.sequences[0].min, Some(i64::MIN));
    assert_eq!(SHOP.grants.len(), 15);
    let columns = SHOP.grants[7].privileges[0];
    assert_eq!(columns.kind, Privilege::Select);
    assert_eq!(columns.columns, ["id", "full_name"]);
    assert_eq!(SHOP.audit.table, TableName::new(Some("trail"), "log"));
    assert!(matches!(PREDICATE.isolation, Isolation::Predicate));
    let Isolation::RowSecurity(names) = ROW_SECURITY.isolation else {
        unreachable!("it is the default")
    };
    assert_eq!((names.setting, names.role), ("app.user_id", "app_user"));
}
