use super::constraint::deferrable;
use super::printer::Printer;
use crate::ir::{ForeignKey, ReferentialAction, Table};

impl Printer<'_> {
    /// `CONSTRAINT name FOREIGN KEY (..) REFERENCES ..`
    pub fn foreign_key(self, key: &ForeignKey) -> String {
        let words = format!(
            "FOREIGN KEY {} REFERENCES {} {}{}{}{}",
            self.names(&key.columns),
            self.qualified(&key.target),
            self.names(&key.target_columns),
            self.action("ON DELETE", &key.on_delete),
            self.action("ON UPDATE", &key.on_update),
            deferrable(key.deferrable),
        );
        self.constraint(&key.name, &words)
    }

    /// The action after a space; nothing for `NO ACTION`, which is the default.
    fn action(self, event: &str, action: &ReferentialAction) -> String {
        let words = match action {
            ReferentialAction::NoAction => return String::new(),
            ReferentialAction::Restrict => "RESTRICT".to_owned(),
            ReferentialAction::Cascade => "CASCADE".to_owned(),
            ReferentialAction::SetNull(columns) => self.setting("SET NULL", columns),
            ReferentialAction::SetDefault(columns) => self.setting("SET DEFAULT", columns),
        };
        format!(" {event} {words}")
    }

    fn setting(self, words: &str, columns: &[String]) -> String {
        if columns.is_empty() {
            words.to_owned()
        } else {
            format!("{words} {}", self.names(columns))
        }
    }

    /// `ALTER TABLE table ADD CONSTRAINT name FOREIGN KEY (..) REFERENCES ..`
    pub fn add_foreign_key(self, table: &Table, key: &ForeignKey) -> String {
        format!(
            "ALTER TABLE {} ADD {}",
            self.qualified(&table.name),
            self.foreign_key(key)
        )
    }

    /// `ALTER TABLE table DROP CONSTRAINT name`
    pub fn drop_foreign_key(self, table: &Table, key: &ForeignKey) -> String {
        format!(
            "ALTER TABLE {} DROP CONSTRAINT {}",
            self.qualified(&table.name),
            self.identifier(&key.name)
        )
    }
}
