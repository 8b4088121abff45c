use super::printer::Printer;
use crate::ir::{Table, Trigger, TriggerFunction};

impl Printer<'_> {
    pub(super) fn create_trigger_function(self, function: &TriggerFunction) -> String {
        let body = format!(
            "NEW.{} = {};",
            self.identifier(&function.column),
            self.expr(&function.value)
        );
        self.dialect
            .create_trigger_function(function, &self.identifier(&function.name), &body)
    }

    pub(super) fn drop_trigger_function(self, function: &TriggerFunction) -> String {
        format!("DROP FUNCTION {}()", self.identifier(&function.name))
    }

    pub(super) fn create_trigger(self, table: &Table, trigger: &Trigger) -> String {
        format!(
            "CREATE TRIGGER {} BEFORE UPDATE ON {} FOR EACH ROW EXECUTE FUNCTION {}()",
            self.identifier(&trigger.name),
            self.qualified(&table.name),
            self.identifier(&trigger.function)
        )
    }

    pub(super) fn drop_trigger(self, table: &Table, trigger: &Trigger) -> String {
        format!(
            "DROP TRIGGER {} ON {}",
            self.identifier(&trigger.name),
            self.qualified(&table.name)
        )
    }
}
