//! Rights on tables, and the roles that have them.

use freehold::model::{GrantDef, GrantOn, Privilege, PrivilegeDef, RoleDef};

use super::Spec;
use super::namespaces::Relation;
use crate::random::Random;

/// The role that gets rights.
pub(super) const READER: &[RoleDef] = &[RoleDef::new("random_reader")];

#[derive(Clone, Debug)]
pub(super) struct GrantSpec {
    privilege: Privilege,
    pub(super) on: Option<Relation>,
    future: bool,
}

impl Spec {
    pub(super) fn change_grants(&mut self, random: &mut Random) {
        if random.one_in(3) && !self.grants.is_empty() {
            let index = random.below(self.grants.len());
            self.grants.remove(index);
            return;
        }
        let privileges = [
            Privilege::Select,
            Privilege::Insert,
            Privilege::Update,
            Privilege::Delete,
        ];
        let on = random
            .one_in(2)
            .then(|| random.pick(&self.tables).relation());
        self.grants.push(GrantSpec {
            privilege: *random.pick(&privileges),
            future: on.is_none() && random.one_in(2),
            on,
        });
    }

    pub(super) fn grant_defs(&self) -> &'static [GrantDef] {
        let grants = self.grants.iter().map(grant);
        grants.collect::<Vec<_>>().leak()
    }
}

fn grant(spec: &GrantSpec) -> GrantDef {
    let privileges = vec![PrivilegeDef::new(spec.privilege)].leak();
    let on = match &spec.on {
        Some(table) => GrantOn::Relations(vec![table.table_name()].leak()),
        None => GrantOn::Tables,
    };
    let grant = GrantDef::new(privileges, on, "random_reader");
    if spec.future { grant.future() } else { grant }
}
