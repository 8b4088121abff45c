use super::printer::Printer;
use crate::ir::{Table, Trigger, TriggerEvent};
use crate::model::{TriggerLevel, TriggerTiming};

impl Printer<'_> {
    /// `CREATE TRIGGER name .. ON table ..`
    pub fn create_trigger(self, table: &Table, trigger: &Trigger) -> String {
        let events: Vec<_> = trigger
            .events
            .iter()
            .map(|event| self.event(event))
            .collect();
        let arguments: Vec<_> = trigger
            .arguments
            .iter()
            .map(|argument| self.text(argument))
            .collect();
        let when = trigger
            .when
            .as_ref()
            .map(|condition| format!(" WHEN ({})", self.expr(condition)));
        format!(
            "CREATE TRIGGER {} {} {} ON {} FOR EACH {}{} EXECUTE FUNCTION {}({})",
            self.identifier(&trigger.name),
            timing(trigger.timing),
            events.join(" OR "),
            self.qualified(&table.name),
            level(trigger.level),
            when.unwrap_or_default(),
            self.qualified(&trigger.function),
            arguments.join(", ")
        )
    }

    /// `DROP TRIGGER name ON table`
    pub fn drop_trigger(self, table: &Table, trigger: &Trigger) -> String {
        format!(
            "DROP TRIGGER {} ON {}",
            self.identifier(&trigger.name),
            self.qualified(&table.name)
        )
    }

    /// `UPDATE OF ..`, or the word of another event.
    pub fn event(self, event: &TriggerEvent) -> String {
        match event {
            TriggerEvent::Insert => "INSERT".to_owned(),
            TriggerEvent::Update(columns) if columns.is_empty() => "UPDATE".to_owned(),
            TriggerEvent::Update(columns) => {
                let columns: Vec<_> = columns.iter().map(|name| self.identifier(name)).collect();
                format!("UPDATE OF {}", columns.join(", "))
            }
            TriggerEvent::Delete => "DELETE".to_owned(),
            TriggerEvent::Truncate => "TRUNCATE".to_owned(),
        }
    }
}

fn timing(timing: TriggerTiming) -> &'static str {
    match timing {
        TriggerTiming::Before => "BEFORE",
        TriggerTiming::After => "AFTER",
    }
}

fn level(level: TriggerLevel) -> &'static str {
    match level {
        TriggerLevel::Row => "ROW",
        TriggerLevel::Statement => "STATEMENT",
    }
}
