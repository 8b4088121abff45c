use freehold_schema_core::ir::{Grant, GrantObject, Role, Schema};

use super::sentence::Sentence;
use crate::sql;

/// A role.
#[derive(Clone, Debug)]
pub struct RoleDoc {
    /// The name.
    pub name: String,
    /// What it can do beside its rights.
    pub properties: Vec<Sentence>,
    /// Its rights, as SQL.
    pub grants: Vec<GrantDoc>,
}

/// Rights on objects.
#[derive(Clone, Debug)]
pub struct GrantDoc {
    /// The names of the tables and views that the rights are on.
    pub relations: Vec<String>,
    /// The statement that grants them.
    pub definition: String,
}

/// The roles of a schema, and those that only its grants name.
pub(super) fn roles(schema: &Schema) -> Vec<RoleDoc> {
    let declared = schema.roles.iter().map(|role| RoleDoc {
        name: role.name.clone(),
        properties: properties(schema, role),
        grants: grants(schema, &role.name),
    });
    let mut docs: Vec<_> = declared.collect();
    for grant in &schema.grants {
        if !docs.iter().any(|doc| doc.name == grant.to) {
            docs.push(RoleDoc {
                name: grant.to.clone(),
                properties: Vec::new(),
                grants: grants(schema, &grant.to),
            });
        }
    }
    docs
}

fn properties(schema: &Schema, role: &Role) -> Vec<Sentence> {
    let owns = schema.owner() == Some(role.name.as_str());
    let texts = [
        (owns, "owns the objects"),
        (role.login, "can log in"),
        (!role.login, "cannot log in"),
        (role.bypass_rls, "bypasses row-level security"),
        (role.existing, "exists already: the DDL does not create it"),
    ];
    let texts = texts.into_iter().filter(|(holds, _)| *holds);
    let texts = texts.map(|(_, text)| Sentence::new(text));
    texts.chain(membership(role)).collect()
}

fn membership(role: &Role) -> Option<Sentence> {
    let names = role.member_of.iter().map(String::as_str);
    let how = if role.inherit {
        ", and has its rights"
    } else {
        ", and has its rights after `SET ROLE`"
    };
    (!role.member_of.is_empty()).then(|| {
        Sentence::new("is a member of ")
            .codes(names)
            .and(Sentence::of_comment(how))
    })
}

fn grants(schema: &Schema, role: &str) -> Vec<GrantDoc> {
    let grants = schema.grants.iter().filter(|grant| grant.to == role);
    let doc = |grant: &Grant| GrantDoc {
        relations: match &grant.on {
            GrantObject::Relations(names) => names.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        },
        definition: sql::printer().grant(grant),
    };
    grants.map(doc).collect()
}
