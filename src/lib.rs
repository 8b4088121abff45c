#![doc = include_str!("../docs/rustdoc-links.md")]
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The schema as data, for the macros, the command line and other tools. It grows with each feature of PostgreSQL.
#[doc(hidden)]
pub use freehold_schema_core::{ir, model};

#[cfg(feature = "cli")]
pub use freehold_schema_cli as cli;
#[cfg(feature = "postgres")]
pub use freehold_schema_core::{Call, Refresh, call};
pub use freehold_schema_core::{
    Column, DdlFile, Dialect, Domain, Key, MaterializedView, Month, Newtype, PartitionError,
    Postgres, Routine, Rule, Schema, SchemaDef, SchemaError, SqlEnum, SqlValue, Table, TableDef,
    TriggerFunction, TsVector, View, Violation, ddl, reexport, rules, types,
};
pub use freehold_schema_derive::{Domain, Function, Key, Procedure, SqlEnum, Table, View, schema};

#[cfg(feature = "json")]
pub use freehold_schema_core::Json;
#[cfg(feature = "docs")]
pub use freehold_schema_docs as docs;
#[cfg(feature = "fake")]
pub use freehold_schema_fake as fake;
#[cfg(feature = "lint")]
pub use freehold_schema_lint as lint;
#[cfg(feature = "migrate")]
pub use freehold_schema_migrate::{diff, expand, migrate, plan};
#[cfg(all(feature = "migrate", feature = "postgres"))]
pub use freehold_schema_migrate::{drift, inspect};
#[cfg(feature = "operations")]
pub use freehold_schema_operations as operations;

#[cfg(feature = "postgres")]
pub use freehold_schema_core::{
    ColumnValue, Db, EncodeError, Error, ReadError, RowReader, Scope, ScopeKey, Transaction,
    Unscoped, error, query, scope,
};

#[cfg(feature = "seed")]
pub use freehold_schema_core::seed;
#[cfg(feature = "testing")]
pub use freehold_schema_core::testing;

#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/attributes.md")]
pub mod attributes {}

#[cfg(feature = "postgres")]
#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/queries.md")]
pub mod queries {}

#[cfg(feature = "postgres")]
#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/isolation.md")]
pub mod isolation {}

#[cfg(all(feature = "migrate", feature = "postgres"))]
#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/migrations.md")]
pub mod migrations {}

#[cfg(feature = "lint")]
#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/lint.md")]
pub mod linting {}

#[doc = include_str!("../docs/rustdoc-links.md")]
#[doc = include_str!("../docs/public-interface.md")]
pub mod public_interface {}

/// What a file of structs needs: `use freehold::prelude::*;`.
///
/// It has the derives, `schema!`, the executors, the traits that add statements and calls, and types of columns. Import
/// types with general names by hand, such as `serde_json::Value` and `std::net::IpAddr`. [`reexport`]
/// has the crates that define such types.
pub mod prelude {
    pub use crate::Newtype as _;
    pub use crate::{Domain, Function, Key, Procedure, SqlEnum, Table, TsVector, View, schema};

    #[cfg(feature = "postgres")]
    pub use crate::query::{Queries as _, RelatedRows as _, TableQueries as _, count};
    #[cfg(feature = "postgres")]
    pub use crate::{Call, Db, Refresh, Scope, Transaction, Unscoped};

    #[cfg(feature = "json")]
    pub use crate::Json;
    #[cfg(feature = "chrono")]
    pub use freehold_schema_core::reexport::chrono::{
        DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
    };
    #[cfg(feature = "decimal")]
    pub use freehold_schema_core::reexport::rust_decimal::Decimal;
    #[cfg(feature = "uuid")]
    pub use freehold_schema_core::reexport::uuid::Uuid;
}

/// What the derives' expansions name. Not part of the interface: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use ::core;
    pub use ::core::option::Option::{self, None, Some};
    pub use ::core::result::Result::{self, Err, Ok};
    pub use freehold_schema_core::model::column_kind::{
        Document, Fixed, Free, InsertOnly, Part, To,
    };
    pub use freehold_schema_core::model::{
        Action, ArgumentDef, AuditDef, BinaryOp, CheckDef, Clock, Column, ColumnDef, Deferrable,
        DomainCheckDef, DomainDef, EnumDef, Expr, ExtensionDef, ForeignKeyDef, GrantDef, GrantOn,
        Identity, IndexDef, IndexMethod, IndexPart, Isolation, LabelDef, Language,
        MaterializedView, MonthlyPartitionsDef, Nulls, Ownership, PartitionBound, PartitionByDef,
        PartitionDef, PartitionStrategy, PolicyCommand, PolicyDef, PrimaryKeyDef, Privilege,
        PrivilegeDef, Returns, Role, RoleDef, Routine, RoutineDef, RowSecurityDef, RowVersion,
        ScalarType, SchemaDef, SearchDef, SearchPart, SequenceDef, SortOrder, SqlType, Table,
        TableDef, TableName, Transition, TransitionDef, TriggerDef, TriggerEvent, TriggerFunction,
        TriggerLevel, TriggerTiming, UnaryOp, UniqueDef, UpdatedAtDef, View, ViewColumnDef,
        ViewDef, Volatility, VolumeDef, Weight, WidthDef, name_index, returned_as, states_after,
    };
    #[cfg(feature = "postgres")]
    pub use freehold_schema_core::query::{
        AddedUnscoped, ColumnsOf, Comparable, FindOne, HasForeignKey, InScopeOf, Keyed, Meta,
        NewRow, NewValues, Outer, OwnedIn, ReadTyped, Relation, Select, Shared, Typed, TypedValue,
        Untyped, compared, find, find_one, unread,
    };
    pub use freehold_schema_core::rules::{assert_routine, assert_table, assert_view};
    pub use freehold_schema_core::types::{
        ArrayElement, Domain, Key, Newtype, OTHER_LABEL, SqlEnum, SqlValue, StoredAs, domain_base,
        domain_base_as, key_type, known_label, literal, word,
    };
    pub use freehold_schema_core::{
        __no_value as no_value, __sqlx_call as sqlx_call, __sqlx_domain as sqlx_domain,
        __sqlx_enum as sqlx_enum, __sqlx_key as sqlx_key, __sqlx_row as sqlx_row,
    };
    #[cfg(feature = "postgres")]
    pub use freehold_schema_core::{ReadError, RowReader};
}
