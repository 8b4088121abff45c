//! The options beside the tables, as calls of the builder.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::grant;
use super::sequence::sequence;
use crate::ast::{Audit, DatabaseRole, Extension, Isolation, RowSecurity, Schema, Text, UpdatedAt};
use crate::expand::calls::{flag, list, with_text};
use crate::expand::source::source;
use crate::keys::AUDIT_TABLE;

/// `.views(..).routines(..)`, with a call only for each option that is written.
pub(super) fn options(schema: &Schema) -> TokenStream {
    let views = schema.views.iter();
    let views = list("views", views.map(|view| quote!(<#view as __s::View>::DEF)));
    let routines = schema.functions.iter();
    let routines = list(
        "routines",
        routines.map(|routine| quote!(<#routine as __s::Routine>::DEF)),
    );
    let sequences = list("sequences", schema.sequences.iter().map(sequence));
    let extensions = list("extensions", schema.extensions.iter().map(extension));
    let roles = list("roles", schema.roles.iter().map(role));
    let grants = list("grants", grant::grants(schema));
    let isolation = isolation(&schema.isolation);
    let audit = schema.audit.as_ref().map(audit);
    let updated_at = schema.updated_at.as_ref().map(updated_at);
    quote!(#views #routines #sequences #extensions #roles #grants #isolation #audit #updated_at)
}

fn extension(extension: &Extension) -> TokenStream {
    let name = &extension.name.value;
    let schema = with_text("schema", extension.schema.as_ref());
    quote!(__s::ExtensionDef::new(#name) #schema)
}

fn role(role: &DatabaseRole) -> TokenStream {
    let name = &role.name.value;
    let flags = [
        flag("existing", role.existing.is_some()),
        flag("login", role.login.is_some()),
        flag("no_inherit", role.no_inherit.is_some()),
        flag("bypass_rls", role.bypass_rls.is_some()),
    ];
    let member_of = list("member_of", role.member_of.iter().map(text));
    quote!(__s::RoleDef::new(#name) #(#flags)* #member_of)
}

fn text(text: &Text) -> TokenStream {
    let value = &text.value;
    quote!(#value)
}

fn isolation(isolation: &Isolation) -> TokenStream {
    match isolation {
        Isolation::Predicate => quote!(.isolation(__s::Isolation::Predicate)),
        Isolation::RowSecurity(names) => row_security(names),
    }
}

fn row_security(names: &RowSecurity) -> TokenStream {
    let said = [
        with_text("setting", names.setting.as_ref()),
        with_text("role", names.role.as_ref()),
        with_text("owner", names.owner.as_ref()),
        with_text("login", names.login.as_ref()),
        with_text("admin", names.admin.as_ref()),
    ];
    if said.iter().all(TokenStream::is_empty) {
        return TokenStream::new();
    }
    quote!(.isolation(__s::Isolation::RowSecurity(__s::RowSecurityDef::new() #(#said)*)))
}

fn audit(audit: &Audit) -> TokenStream {
    let (schema, name) = AUDIT_TABLE;
    let or = |text: Option<&Text>, default: &str| {
        text.map_or_else(|| default.to_owned(), |text| text.value.clone())
    };
    let (schema, name) = (
        or(audit.schema.as_ref(), schema),
        or(audit.table.as_ref(), name),
    );
    let actor = with_text("actor", audit.actor.as_ref());
    quote!(.audit(__s::AuditDef::new().table(#schema, #name) #actor))
}

fn updated_at(updated_at: &UpdatedAt) -> TokenStream {
    let function = with_text("function", updated_at.function.as_ref());
    let clock = updated_at.clock.map(|clock| {
        let clock = format_ident!("{clock}");
        quote!(.clock(__s::Clock::#clock))
    });
    let body = updated_at.body.as_ref().map(|body| {
        let body = source(body);
        quote!(.body(#body))
    });
    quote!(.updated_at(__s::UpdatedAtDef::new() #function #clock #body))
}
