use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::calls::list;
use super::expr;
use crate::ast::{Policy, Table, Valued};

/// `PolicyDef::new("own_orders", PolicyCommand::Select)..`
pub(super) fn policy(table: &Table, policy: &Policy) -> TokenStream {
    let name = &policy.name.value;
    let command = format_ident!("{}", policy.command);
    let restrictive = policy.restrictive.then(|| quote!(.restrictive()));
    let roles = list(
        "to",
        policy.roles.iter().map(|role| {
            let role = &role.value;
            quote!(#role)
        }),
    );
    let using = condition(table, "using", policy.using.as_ref());
    let with_check = condition(table, "with_check", policy.with_check.as_ref());
    quote! {
        __s::PolicyDef::new(#name, __s::PolicyCommand::#command) #restrictive #roles #using #with_check
    }
}

fn condition(table: &Table, method: &str, condition: Option<&Valued>) -> Option<TokenStream> {
    let method = format_ident!("{method}");
    condition.map(|condition| {
        let condition = expr::expr(table, &condition.expr);
        quote!(.#method(#condition))
    })
}
