//! The steps of a column, in the definition and as methods: `Order::status_transitions().pending().confirmed()`.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::ast::{Column, Step, Table, Transitions, unraw};

/// `.transitions::<Status>(&[TransitionDef::new("pending", &["confirmed"])])`
pub(super) fn definition(table: &Table, column: &Column) -> Option<TokenStream> {
    let transitions = column.transitions.as_ref()?;
    let rust_type = &column.rust_type;
    let states = states_ident(table, column);
    let label = |state: &Ident| quote!(__s::known_label(#states::#state.sql_label()));
    let steps = transitions.steps.iter().map(|Step { from, to }| {
        let from = label(from);
        let to = to.iter().map(label);
        quote!(__s::TransitionDef::new(#from, &[#(#to),*]))
    });
    let first = transitions.first.iter().map(label);
    let first = (!transitions.first.is_empty()).then(|| quote!(.first_states(&[#(#first),*])));
    Some(quote!(.transitions::<#rust_type>(&[#(#steps),*]) #first))
}

/// The methods of every column that has steps.
pub(super) fn methods(table: &Table) -> TokenStream {
    let columns = table.columns.iter();
    let with_steps = columns.filter_map(|column| Some((column, column.transitions.as_ref()?)));
    with_steps
        .map(|(column, transitions)| of_column(table, column, transitions))
        .collect()
}

fn of_column(table: &Table, column: &Column, transitions: &Transitions) -> TokenStream {
    let start = start(table, column);
    let states = states(table, column, transitions);
    let steps = transitions
        .steps
        .iter()
        .map(|step| self::step(table, column, step));
    quote!(#start #states #(#steps)*)
}

/// `Order::status_transitions()`
fn start(table: &Table, column: &Column) -> TokenStream {
    let (ident, visibility) = (&table.ident, &column.visibility);
    let (impl_generics, type_generics, where_clause) = table.generics.split_for_impl();
    let states = states_ident(table, column);
    let method = format_ident!("{}_transitions", column.field_name);
    let documentation = format!("The steps that `{}` may take.", column.field_name);
    quote! {
        impl #impl_generics #ident #type_generics #where_clause {
            #[doc = #documentation]
            #visibility const fn #method() -> #states {
                #states
            }
        }
    }
}

/// The struct with the values and the steps. Each value is written once, so that a misspelt value is one error.
fn states(table: &Table, column: &Column, transitions: &Transitions) -> TokenStream {
    let rust_type = &column.rust_type;
    let states = states_ident(table, column);
    let values = transitions.states().into_iter().map(|state| {
        let value = quote_spanned!(state.span()=> <#rust_type>::#state);
        quote!(const #state: #rust_type = #value;)
    });
    let steps = transitions
        .steps
        .iter()
        .map(|Step { from, to }| quote!((Self::#from, &[#(Self::#to),*])));
    let methods = transitions.steps.iter().map(|Step { from, .. }| {
        let (method, next) = (method_ident(from), step_ident(table, column, from));
        quote! {
            pub const fn #method(self) -> #next {
                #next
            }
        }
    });
    quote! {
        pub struct #states;
        #[allow(non_upper_case_globals)]
        impl #states {
            #(#values)*
            const __STEPS: &'static [(#rust_type, &'static [#rust_type])] = &[#(#steps),*];
            #(#methods)*
            /// The values that may follow this one.
            pub fn after(self, state: &#rust_type) -> &'static [#rust_type] {
                __s::states_after(Self::__STEPS, state)
            }
        }
    }
}

/// The struct of the steps from one state, with one method for each next state.
fn step(table: &Table, column: &Column, step: &Step) -> TokenStream {
    let (rust_type, name) = (&column.rust_type, &column.name.value);
    let (states, ident) = (
        states_ident(table, column),
        step_ident(table, column, &step.from),
    );
    let from = &step.from;
    let methods = step.to.iter().map(|to| {
        let method = method_ident(to);
        quote! {
            pub const fn #method(self) -> __s::Transition<#rust_type> {
                __s::Transition::new(#name, #states::#from, #states::#to)
            }
        }
    });
    quote! {
        pub struct #ident;
        impl #ident { #(#methods)* }
    }
}

/// The name of the struct of the steps. No type of a user has it, and it explains itself in rustc's messages.
fn states_ident(table: &Table, column: &Column) -> Ident {
    format_ident!(
        "__{}_{}_transitions",
        unraw(&table.ident),
        column.field_name
    )
}

fn step_ident(table: &Table, column: &Column, from: &Ident) -> Ident {
    format_ident!(
        "__{}_{}_from_{from}",
        unraw(&table.ident),
        column.field_name
    )
}

/// Words that cannot be method names, not even with `r#`, and the method `after`, which exists already.
const TAKEN: &[&str] = &["self", "super", "crate", "after", "_", ""];

/// The method of a state: its variant in snake case.
fn method_ident(state: &Ident) -> Ident {
    let word = state.to_string().to_snake_case();
    let candidates = if TAKEN.contains(&word.as_str()) {
        [format!("{word}_"), state.to_string()]
    } else {
        [word.clone(), format!("r#{word}")]
    };
    let mut read = candidates
        .iter()
        .filter_map(|candidate| syn::parse_str::<Ident>(candidate).ok());
    let mut method = read.next().unwrap_or_else(|| state.clone());
    method.set_span(state.span());
    method
}
