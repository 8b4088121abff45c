//! The condition that a row belongs to the user whose key is in a setting.

use super::printer::Printer;
use crate::ir::RowOwner;

/// The alias of the first parent, unless the table itself has this name.
const FIRST_ALIAS: &str = "owner_1";

impl Printer<'_> {
    pub(crate) fn owned_by(self, setting: &str, owner: &RowOwner) -> String {
        self.owned(setting, owner, None, 0)
    }

    /// The condition. `alias` is that of the row's table, if it has one; `depth` counts the parents around it.
    fn owned(self, setting: &str, owner: &RowOwner, alias: Option<&str>, depth: usize) -> String {
        match owner {
            RowOwner::Column { name, sql_type } => {
                let column = self.column_of(alias, name);
                format!("{column} = {}", self.dialect.setting(setting, sql_type))
            }
            RowOwner::Through {
                table,
                parent,
                columns,
                owner,
            } => {
                // Each step has its own alias, so that a table may occur twice.
                let depth = depth + 1 + usize::from(depth == 0 && table.name == FIRST_ALIAS);
                let parent_alias = format!("owner_{depth}");
                let own = alias.map_or_else(|| self.identifier(&table.name), str::to_owned);
                let mut conditions: Vec<_> = columns
                    .iter()
                    .map(|(column, theirs)| {
                        let theirs = self.column_of(Some(&parent_alias), theirs);
                        format!("{theirs} = {own}.{}", self.identifier(column))
                    })
                    .collect();
                conditions.push(self.owned(setting, owner, Some(&parent_alias), depth));
                format!(
                    "EXISTS (SELECT 1 FROM {} AS {parent_alias} WHERE {})",
                    self.qualified(parent),
                    conditions.join(" AND ")
                )
            }
        }
    }

    fn column_of(self, alias: Option<&str>, name: &str) -> String {
        let name = self.identifier(name);
        alias.map_or_else(|| name.clone(), |alias| format!("{alias}.{name}"))
    }
}
