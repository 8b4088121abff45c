use core::marker::PhantomData;

use super::column_kind::Free;
use super::{DefaultDef, EnumDef, Expr, SqlType, TransitionDef, hash};
use crate::types::{DeletionTime, SerialInteger, SqlEnum, SqlValue, StoredAs, Timestamp};

/// A column of table `T` with values of the Rust type `V`: the type of `Task::COLUMNS.title`.
///
/// `K` is what a statement may do with it beside reading: see [`column_kind`](super::column_kind).
pub struct Column<T, V, K = Free> {
    name: &'static str,
    position: u16,
    source: u8,
    // `fn() -> _`, because a column neither holds nor sends a row.
    types: Types<T, V, K>,
}

type Types<T, V, K> = PhantomData<fn() -> (T, V, K)>;

impl<T, V, K> Column<T, V, K> {
    /// The column `name`.
    ///
    /// `position` is its index among the columns of its table and `source` the index of the table in the statement;
    /// both count from 0.
    pub const fn new(source: u8, position: u16, name: &'static str) -> Self {
        Self {
            name,
            position,
            source,
            types: PhantomData,
        }
    }

    /// The column's name in the database.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The column's index among the columns of its table, from 0.
    pub const fn position(&self) -> usize {
        self.position as usize
    }

    /// The index of the column's table in the statement, from 0: a statement may contain the same table twice.
    pub const fn source(&self) -> u8 {
        self.source
    }
}

impl<T, V, K> Clone for Column<T, V, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V, K> Copy for Column<T, V, K> {}

impl<T, V, K> core::fmt::Debug for Column<T, V, K> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Column").field(&self.name).finish()
    }
}

/// The definition of a column.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub struct ColumnDef {
    /// The name in the database.
    pub name: &'static str,
    /// The name of the field, if it is another one.
    pub field: Option<&'static str>,
    /// The hash of the name. Rules find columns by it: rustc compares a number faster than a text.
    pub(super) hash: u64,
    /// The type.
    pub sql_type: SqlType,
    /// The name of the Rust type of its values.
    pub rust_type: fn() -> &'static str,
    /// Whether it may be null.
    pub nullable: bool,
    /// Whether its values are arrays.
    pub is_array: bool,
    /// The enum whose labels it holds.
    pub sql_enum: Option<&'static EnumDef>,
    /// The default.
    pub default: Option<DefaultDef>,
    /// The expression of a stored generated column.
    pub generated: Option<Expr>,
    /// Whether it is an identity column.
    pub identity: Option<Identity>,
    /// Whether it is `smallserial`, `serial` or `bigserial`.
    pub serial: bool,
    /// What Freehold does with it.
    pub role: Option<Role>,
    /// Whether it never changes after the insert, and what enforces that.
    pub immutable: Option<Immutable>,
    /// The allowed transitions of its enum; empty if all are allowed.
    pub transitions: &'static [TransitionDef],
    /// The labels of its enum that a new row may have; empty if all are allowed.
    pub first_states: &'static [&'static str],
    /// Whether its values are left out of the audit trail.
    pub secret: bool,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The previous name of a renamed column.
    pub renamed_from: Option<&'static str>,
    /// The migration hazards that are allowed for this column.
    pub allow: &'static [&'static str],
}

impl ColumnDef {
    /// A column for values of `V`.
    pub const fn new<V: SqlValue>(name: &'static str) -> Self {
        Self {
            name,
            field: None,
            hash: hash(name),
            sql_type: V::TYPE,
            rust_type: core::any::type_name::<V>,
            nullable: V::NULLABLE,
            is_array: V::TYPE.is_array(),
            sql_enum: V::ENUM,
            default: None,
            generated: None,
            identity: None,
            serial: false,
            role: None,
            immutable: None,
            transitions: &[],
            first_states: &[],
            secret: false,
            comment: None,
            renamed_from: None,
            allow: &[],
        }
    }

    /// A column for values of `V`, stored as another type than the default one of `V`.
    ///
    /// # Panics
    ///
    /// Panics at compile time if a label of the enum is longer than the type allows.
    #[track_caller]
    pub const fn stored_as<V: StoredAs<Word>, Word>(name: &'static str, sql_type: SqlType) -> Self {
        if let Some(def) = V::ENUM {
            def.assert_labels_fit(&sql_type);
        }
        let mut column = Self::new::<V>(name);
        column.sql_type = sql_type;
        column
    }

    /// Sets the name of the field, if it is another one than the column's.
    pub const fn field(mut self, name: &'static str) -> Self {
        self.field = Some(name);
        self
    }

    /// Sets the type as SQL, which is passed on as written.
    pub const fn sql(mut self, sql_type: &'static str) -> Self {
        self.sql_type = SqlType::Sql(sql_type);
        self
    }

    /// Sets the default.
    pub const fn default(mut self, expr: Expr) -> Self {
        self.default = Some(DefaultDef::Expr(expr));
        self
    }

    /// Makes it a stored generated column.
    pub const fn generated(mut self, expr: Expr) -> Self {
        self.generated = Some(expr);
        self
    }

    /// Makes it an identity column; `V` is the field's type.
    pub const fn identity<V: SerialInteger>(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }

    /// Makes it `smallserial`, `serial` or `bigserial`; `V` is the field's type.
    pub const fn serial<V: SerialInteger>(mut self) -> Self {
        self.serial = true;
        self
    }

    /// Sets it to the clock when the row is inserted; `V` is the field's type.
    pub const fn created_at<V: Timestamp>(self) -> Self {
        let mut column = self.clock(Role::CreatedAt);
        column.immutable = Some(Immutable::ByApplication);
        column
    }

    /// Sets it to the clock when the row is inserted and, by a trigger, when it is updated; `V` is the field's type.
    pub const fn updated_at<V: Timestamp>(self) -> Self {
        self.clock(Role::UpdatedAtByTrigger)
    }

    /// Sets it to the clock when the row is inserted; the application sets it at each update. `V` is the field's type.
    pub const fn updated_at_by_application<V: Timestamp>(self) -> Self {
        self.clock(Role::UpdatedAtByApplication)
    }

    /// Makes it the column that marks deleted rows; `V` is the field's type.
    pub const fn deleted_at<V: DeletionTime>(mut self) -> Self {
        self.role = Some(Role::DeletedAt);
        self
    }

    const fn clock(mut self, role: Role) -> Self {
        self.role = Some(role);
        if self.default.is_none() {
            self.default = Some(DefaultDef::Clock);
        }
        self
    }

    /// Makes it immutable: the database refuses an update that changes it.
    pub const fn immutable(mut self) -> Self {
        self.immutable = Some(Immutable::ByDatabase);
        self
    }

    /// Sets the allowed transitions of its enum; `V` is the field's type.
    pub const fn transitions<V: SqlEnum>(mut self, transitions: &'static [TransitionDef]) -> Self {
        self.transitions = transitions;
        self
    }

    /// Sets the labels of its enum that a new row may have.
    pub const fn first_states(mut self, labels: &'static [&'static str]) -> Self {
        self.first_states = labels;
        self
    }

    /// Leaves its values out of the audit trail.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets the previous name of a renamed column.
    pub const fn renamed_from(mut self, name: &'static str) -> Self {
        self.renamed_from = Some(name);
        self
    }

    /// Allows migration hazards for this column.
    pub const fn allow(mut self, hazards: &'static [&'static str]) -> Self {
        self.allow = hazards;
        self
    }
}

/// What keeps an immutable column unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Immutable {
    /// The application: no update statement of Freehold sets it.
    ByApplication,
    /// The database too: it refuses an update that changes the column.
    ByDatabase,
}

/// What generates the values of an identity column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Identity {
    /// `GENERATED ALWAYS AS IDENTITY`: only the database.
    Always,
    /// `GENERATED BY DEFAULT AS IDENTITY`: the database, if the statement has no value.
    ByDefault,
}

/// What Freehold does with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Set to the clock when the row is inserted.
    CreatedAt,
    /// Set to the clock when the row is inserted and, by a trigger, when it is updated.
    UpdatedAtByTrigger,
    /// Set to the clock when the row is inserted and, by the application, when it is updated.
    UpdatedAtByApplication,
    /// Set when the row is deleted.
    DeletedAt,
}
