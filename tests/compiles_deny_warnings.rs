//! What the macros emit is silent under every lint that a crate may deny.

#![deny(
    warnings,
    future_incompatible,
    let_underscore,
    missing_docs,
    nonstandard_style,
    rust_2018_idioms,
    unreachable_pub,
    unsafe_code,
    unused,
    unused_qualifications,
    unused_lifetimes,
    unused_import_braces,
    unused_results,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    variant_size_differences,
    missing_debug_implementations,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    absolute_paths_not_starting_with_crate,
    redundant_imports,
    redundant_lifetimes,
    meta_variable_misuse,
    unit_bindings,
    unnameable_types
)]

use freehold::prelude::*;

pub mod tables {
    //! Tables.

    use freehold::prelude::*;

    /// A key.
    #[derive(Key, Clone, Copy, Debug)]
    pub struct UserId(Uuid);

    /// An enum.
    #[derive(SqlEnum, Clone, Copy, Debug)]
    #[sql_enum(native, schema = app, name = task_status, rename_all = "kebab-case")]
    pub enum Status {
        /// One.
        Todo,
        /// Two.
        #[sql_enum(rename = "finished", renamed_from = "done")]
        Done,
    }

    /// Users.
    #[derive(Table, Debug)]
    #[table(owner, schema = app)]
    pub struct User {
        /// The key.
        #[column(primary_key, default = gen_random_uuid())]
        pub id: UserId,
        /// Made.
        #[column(created_at)]
        pub created_at: DateTime<Utc>,
        /// Changed.
        #[column(updated_at)]
        pub updated_at: DateTime<Utc>,
    }

    /// Tasks.
    #[derive(Table)]
    #[table(audit, search(title = a, place = b), active_view, force_row_security)]
    #[table(policy(name = cheap, restrictive, using(price < 5 || status == Status::Todo)))]
    #[table(scope = user_id, schema = app, renamed_from = jobs, comment = "tasks")]
    #[table(unique(user_id, title, where = deleted_at.is_null()))]
    #[table(allow(soft_delete_unique), unique(user_id, number, include(done), nulls_not_distinct, deferrable = initially_deferred))]
    #[table(index(tags, using = gin))]
    #[table(index(lower(title).desc().nulls_last().collate("C"), name = by_title, where = done && number > 1))]
    #[table(check(number.between(1, 5) && title.is_not_null()), check(named: !done || status == Status::Done))]
    #[table(check_sql = "true", check_sql(sure: "1 = 1"))]
    pub struct Task<'a> {
        /// The key.
        #[column(primary_key, default_sql = "gen_random_uuid()")]
        pub id: Uuid,
        /// The user.
        #[column(references = User::id, on_delete = cascade, on_update = restrict, deferrable)]
        pub user_id: UserId,
        /// The title.
        #[column(varchar(20), default = "a", immutable, renamed_from = heading)]
        pub title: &'a str,
        /// A number.
        #[column(default = -1)]
        pub number: i32,
        /// A price.
        #[column(numeric(10, 2), default = 1.5, secret)]
        pub price: Option<Decimal>,
        /// Whether it is done.
        #[column(default = true)]
        pub done: bool,
        /// The status.
        #[column(default = Status::Todo, transitions(todo => done; done => todo))]
        pub status: Status,
        /// Tags.
        #[column(array(varchar(3)))]
        pub tags: Vec<String>,
        /// Twice the number.
        #[column(generated = number * 2)]
        pub twice: i32,
        /// Counted.
        #[column(identity = by_default)]
        pub counted: i64,
        /// Counted too.
        #[column(serial)]
        pub serial: i16,
        /// The parent.
        #[column(index, references = Self::id, on_delete = set_null(parent))]
        pub parent: Option<Uuid>,
        /// A place.
        #[column(sql_type = "point", allow(reg_type))]
        pub place: String,
        /// Made.
        #[column(created_at)]
        pub created_at: DateTime<Utc>,
        /// Changed.
        #[column(updated_at = application)]
        pub updated_at: DateTime<Utc>,
        /// Deleted.
        #[column(deleted_at)]
        pub deleted_at: Option<DateTime<Utc>>,
    }

    /// For each value of `T` a table.
    #[derive(Table, Debug)]
    #[table(shared, allow(timestamps))]
    pub struct Setting<T: freehold::SqlValue, const N: usize> {
        /// The key.
        #[column(primary_key)]
        pub id: Uuid,
        /// The value.
        pub value: T,
    }

    /// Both.
    pub const fn both() -> (Option<i32>, Option<i32>) {
        (Some(1), None)
    }

    mod private {
        use freehold::prelude::*;

        /// A table.
        #[derive(Table, Debug)]
        #[table(shared, allow(timestamps))]
        pub(super) struct Hidden {
            #[column(primary_key)]
            pub(super) id: Uuid,
        }

        schema!(pub(super) HIDDEN = [Hidden]);
    }

    /// Private tables.
    pub fn hidden() -> &'static freehold::SchemaDef {
        fn id(row: &private::Hidden) -> Uuid {
            row.id
        }
        let _: fn(&private::Hidden) -> Uuid = id;
        &private::HIDDEN
    }
}

schema!(pub APP = [tables::User, tables::Task<'static>, tables::Setting<i32, 3>]);

#[test]
fn runs() {
    assert!(APP.validate().is_empty());
    assert_eq!(tables::hidden().tables.len(), 1);
    assert_eq!(tables::both(), (Some(1), None));
}
