//! A right to read a materialized view of users' rows: row-level security does not apply to it.

use super::granted::{self, Relation};
use super::{Allow, Rule, Violation};
use crate::model::{Privilege, SchemaDef, holds_text};

pub(super) const RULE: Rule = Rule::schema("granted_materialized_view", Allow::View);

const READ: &[Privilege] = &[Privilege::Select, Privilege::All];

pub(super) const fn check_view(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let view = schema.views[index];
    if !view.materialized
        || holds_text(view.allow, RULE.name)
        || !granted::holds_rows_under(schema, view)
    {
        return None;
    }
    match granted::grantee(schema, Relation::MaterializedView, &view.name, READ) {
        Some(role) => Some(Violation::of_view(
            &RULE,
            view,
            &[
                "`",
                role,
                "` could read every user's rows in `",
                view.name.name,
                "`: row-level security does not apply to a materialized view; leave it out of the grant, as `on = tables` and `on = views` do, and grant a view that is not materialized",
            ],
        )),
        None => None,
    }
}
