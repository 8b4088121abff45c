use std::sync::OnceLock;

use super::column_text::{ColumnText, column_text};
use super::text_cache::TextCache;
use crate::ddl;
use crate::ir;
use crate::model::{ColumnDef, Deferrable, Ownership, Role, SqlType, TableDef, TableName, ViewDef};

/// What statements need to know about a table or a view.
#[derive(Debug)]
pub struct Meta {
    def: Def,
    texts: OnceLock<Texts>,
    finders: TextCache,
    constraints: OnceLock<ir::Table>,
}

#[derive(Clone, Copy, Debug)]
enum Def {
    Table(&'static TableDef),
    View(&'static ViewDef),
}

/// Texts that are written often, quoted once.
#[derive(Debug)]
struct Texts {
    name: String,
    columns: Vec<ColumnText>,
    /// The columns of table number 0, as a list for `SELECT`.
    select: String,
    /// The positions of the key's columns, and of those without the scope.
    key: Vec<usize>,
    key_without_scope: Vec<usize>,
    /// Whether the table has a deferrable constraint.
    defers: bool,
}

impl Meta {
    /// The metadata of a table.
    pub const fn table(def: &'static TableDef) -> Self {
        Self {
            def: Def::Table(def),
            texts: OnceLock::new(),
            finders: TextCache::new(),
            constraints: OnceLock::new(),
        }
    }

    /// The metadata of a view.
    pub const fn view(def: &'static ViewDef) -> Self {
        Self {
            def: Def::View(def),
            texts: OnceLock::new(),
            finders: TextCache::new(),
            constraints: OnceLock::new(),
        }
    }

    /// Whether PostgreSQL may check one of its constraints only at the end of the transaction.
    pub(crate) fn defers(&self) -> bool {
        self.texts().defers
    }

    /// Whether it is a view. The columns of a view may be computed.
    pub(crate) fn is_view(&self) -> bool {
        match self.def {
            Def::Table(_) => false,
            Def::View(_) => true,
        }
    }

    pub(crate) fn table_def(&self) -> Option<&'static TableDef> {
        match self.def {
            Def::Table(def) => Some(def),
            Def::View(_) => None,
        }
    }

    pub(crate) fn table_name(&self) -> &'static TableName {
        match self.def {
            Def::Table(def) => &def.name,
            Def::View(def) => &def.name,
        }
    }

    pub(crate) fn ownership(&self) -> Ownership {
        match self.def {
            Def::Table(def) => def.ownership,
            Def::View(def) => def.ownership,
        }
    }

    /// The table as the schema has it, with the names of its constraints. `None` for a view.
    pub(crate) fn constraints(&self) -> Option<&ir::Table> {
        let def = self.table_def()?;
        Some(self.constraints.get_or_init(|| ir::Table::alone(def)))
    }

    /// The name, quoted if necessary.
    pub(crate) fn name(&self) -> &str {
        &self.texts().name
    }

    pub(crate) fn columns(&self) -> &[ColumnText] {
        &self.texts().columns
    }

    /// The column at `position`, in the order of the fields.
    pub(crate) fn column(&self, position: usize) -> Option<&ColumnText> {
        self.columns().get(position)
    }

    /// The columns of table number 0, as a list for `SELECT`.
    pub(crate) fn select_list(&self) -> &str {
        &self.texts().select
    }

    /// The types of the columns, in the order of the fields.
    #[cfg(feature = "testing")]
    pub(crate) fn types(&self) -> Vec<ir::SqlType> {
        match self.def {
            Def::Table(def) => def
                .columns
                .iter()
                .map(|column| (&column.sql_type).into())
                .collect(),
            Def::View(def) => def
                .columns
                .iter()
                .map(|column| (&column.sql_type).into())
                .collect(),
        }
    }

    /// The names of the columns in the database, in the order of the fields.
    pub(crate) fn column_names(&self) -> Vec<&'static str> {
        match self.def {
            Def::Table(def) => def.columns.iter().map(|column| column.name).collect(),
            Def::View(def) => def.columns.iter().map(|column| column.name).collect(),
        }
    }

    /// The name of the column at `position`, without quotes.
    pub(crate) fn column_name(&self, position: usize) -> Option<&'static str> {
        match self.def {
            Def::Table(def) => def.columns.get(position).map(|column| column.name),
            Def::View(def) => def.columns.get(position).map(|column| column.name),
        }
    }

    /// The definitions of the columns; a view has none.
    pub(crate) fn column_defs(&self) -> &'static [ColumnDef] {
        self.table_def().map_or(&[], |def| def.columns)
    }

    /// The position of the column that marks deleted rows.
    pub(crate) fn deleted_at(&self) -> Option<usize> {
        self.column_defs()
            .iter()
            .position(|column| column.role == Some(Role::DeletedAt))
    }

    /// The position of a column.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match self.def {
            Def::Table(def) => def.columns.iter().position(|column| column.name == name),
            Def::View(def) => def.columns.iter().position(|column| column.name == name),
        }
    }

    /// The positions of the key's columns, without the scope.
    pub(crate) fn key_without_scope(&self) -> &[usize] {
        &self.texts().key_without_scope
    }

    /// The type of a column.
    pub(crate) fn sql_type(&self, position: usize) -> Option<&'static SqlType> {
        match self.def {
            Def::Table(def) => def.columns.get(position).map(|column| &column.sql_type),
            Def::View(def) => def.columns.get(position).map(|column| &column.sql_type),
        }
    }

    /// The name of the Rust type of a column.
    pub(crate) fn rust_type(&self, position: usize) -> Option<&'static str> {
        let rust_type = match self.def {
            Def::Table(def) => def.columns.get(position)?.rust_type,
            Def::View(def) => def.columns.get(position)?.rust_type,
        };
        Some(rust_type())
    }

    /// The positions of the key's columns; a view has none.
    pub(crate) fn key(&self) -> &[usize] {
        &self.texts().key
    }

    /// The kept texts of statements that find a row by a key.
    pub(super) fn finders(&self) -> &TextCache {
        &self.finders
    }

    fn find_key(&self) -> Vec<usize> {
        let columns = self
            .table_def()
            .map_or(&[][..], |def| def.primary_key.columns);
        columns
            .iter()
            .filter_map(|column| self.position(column))
            .collect()
    }

    fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| {
            let columns = self.column_texts();
            let mut select = String::new();
            push_columns(&mut select, 0, &columns);
            let scope = match self.ownership() {
                Ownership::Scope(scope) => self.position(scope),
                _ => None,
            };
            let key = self.find_key();
            let without_scope = key.iter().copied().filter(|&at| Some(at) != scope);
            Texts {
                name: ddl::qualified(self.table_name()),
                columns,
                select,
                key_without_scope: without_scope.collect(),
                key,
                defers: self.table_def().is_some_and(defers),
            }
        })
    }

    fn column_texts(&self) -> Vec<ColumnText> {
        match self.def {
            Def::Table(def) => {
                let columns = def.columns.iter();
                columns
                    .map(|column| column_text(column.name, &column.sql_type))
                    .collect()
            }
            Def::View(def) => {
                let columns = def.columns.iter();
                columns
                    .map(|column| column_text(column.name, &column.sql_type))
                    .collect()
            }
        }
    }
}

fn defers(def: &TableDef) -> bool {
    let keys = def.foreign_keys.iter().map(|key| key.deferrable);
    let uniques = def.uniques.iter().map(|unique| unique.deferrable);
    keys.chain(uniques)
        .any(|deferrable| !matches!(deferrable, Deferrable::Never))
}

/// Appends the columns of table number `source`, as a list.
pub(crate) fn push_columns(out: &mut String, source: usize, columns: &[ColumnText]) {
    for (at, column) in columns.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push('t');
        push_number(out, source);
        out.push('.');
        out.push_str(&column.name);
        if column.read_as_text {
            out.push_str("::text");
        }
    }
}

/// Appends a number, without the formatting code of `write!`.
pub(crate) fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.extend(char::from_digit(
        u32::try_from(number % 10).unwrap_or_default(),
        10,
    ));
}
