use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::block::const_block;
use super::calls::{optional_text, with_text};
use super::column;
use super::source::source;
use crate::ast::{Column, Output, Returns, Routine, RoutineKind, Typed};

/// The impl of `Routine`, and the impl of `TriggerFunction` or the method that calls the routine.
pub(crate) fn routine(routine: &Routine) -> TokenStream {
    let ident = &routine.ident;
    // rustc evaluates the associated const only if something uses it.
    let evaluation = quote!(const _: &__s::RoutineDef = <#ident as __s::Routine>::DEF;);
    with_definition(routine, &definition(routine), &evaluation)
}

/// The fallback beside an error: the same without the content of the attributes.
pub(super) fn incomplete(routine: &Routine) -> TokenStream {
    let name = name(routine);
    let definition = quote!(&__s::RoutineDef::incomplete(#name));
    with_definition(routine, &definition, &TokenStream::new())
}

fn with_definition(
    routine: &Routine,
    definition: &TokenStream,
    evaluation: &TokenStream,
) -> TokenStream {
    let ident = &routine.ident;
    let used = match routine.trigger {
        Some(_) => quote!(impl __s::TriggerFunction for #ident {}),
        None => call(routine).unwrap_or_default(),
    };
    const_block(
        &routine.krate,
        &quote! {
            impl __s::Routine for #ident {
                const DEF: &'static __s::RoutineDef = #definition;
            }
            #evaluation
            #used
        },
    )
}

fn name(routine: &Routine) -> TokenStream {
    let schema = optional_text(routine.schema.as_ref());
    let name = &routine.name.value;
    quote!(__s::TableName::new(#schema, #name))
}

fn definition(routine: &Routine) -> TokenStream {
    let start = start(routine);
    let properties = properties(routine);
    let search_path = with_text("search_path", routine.search_path.as_ref());
    let reason = routine.security_definer.as_ref().map(|said| &said.reason);
    let security_definer = with_text("security_definer", reason);
    let execute = routine.execute.as_ref().map(|roles| {
        let roles = roles.iter().map(|role| &role.value);
        quote!(.execute(&[#(#roles),*]))
    });
    let comment = with_text("comment", routine.comment.as_ref());
    quote!(&#start #properties #search_path #security_definer #execute #comment)
}

/// `RoutineDef::function(..)` or `RoutineDef::procedure(..)`
fn start(routine: &Routine) -> TokenStream {
    let name = name(routine);
    let inputs = routine.arguments.iter().map(argument);
    let outputs = routine.outputs().iter().map(|output| {
        let output = self::output(output);
        quote!(#output.out())
    });
    let arguments = inputs.chain(outputs);
    let language = routine.language.as_ref();
    let language = format_ident!(
        "{}",
        language.map_or("PlPgSql", |language| language.variant)
    );
    let body = routine.body.as_ref().map(source);
    let returns = match routine.kind {
        RoutineKind::Function => {
            let returns = returns(routine);
            quote!(__s::Returns::#returns,)
        }
        RoutineKind::Procedure => TokenStream::new(),
    };
    let kind = format_ident!("{}", routine.kind.word());
    quote! {
        __s::RoutineDef::#kind(#name, &[#(#arguments),*], #returns __s::Language::#language, #body)
    }
}

/// The variant of `Returns`.
fn returns(routine: &Routine) -> TokenStream {
    match &routine.returns {
        Returns::Value(_, value) => {
            let sql_type = sql_type(value);
            quote!(Value(#sql_type))
        }
        Returns::SetOf(_, value) => {
            let sql_type = sql_type(value);
            quote!(SetOf(#sql_type))
        }
        Returns::Table(_, columns) => {
            let columns = columns.iter().map(output);
            quote!(Table(&[#(#columns),*]))
        }
        Returns::Nothing | Returns::Out(_) | Returns::Unknown if routine.trigger.is_some() => {
            quote!(Trigger)
        }
        Returns::Nothing | Returns::Out(_) | Returns::Unknown => quote!(Void),
    }
}

fn sql_type(value: &Typed) -> TokenStream {
    let rust_type = &value.rust_type;
    match &value.sql_type {
        Some(sql_type) => {
            let (word, value) = (column::word(sql_type), column::sql_type(sql_type));
            quote_spanned!(sql_type.span=> __s::returned_as::<#rust_type, #word>(#value))
        }
        None => quote!(<#rust_type as __s::SqlValue>::TYPE),
    }
}

fn argument(argument: &Column) -> TokenStream {
    let start = column::typed(
        "ArgumentDef",
        &argument.name.value,
        &argument.rust_type,
        argument.sql_type.as_ref(),
    );
    let default = argument.default.as_ref().map(|default| {
        let expr = column::default_expr(argument, &default.expr);
        quote!(.default(#expr))
    });
    quote!(#start #default)
}

fn output(output: &Output) -> TokenStream {
    column::typed(
        "ArgumentDef",
        &output.name.value,
        &output.value.rust_type,
        output.value.sql_type.as_ref(),
    )
}

/// The properties that PostgreSQL may assume of the routine.
fn properties(routine: &Routine) -> TokenStream {
    let volatility = routine.volatility.map(|variant| {
        let variant = format_ident!("{variant}");
        quote!(.volatility(__s::Volatility::#variant))
    });
    let strict = routine.strict.then(|| quote!(.strict()));
    let parallel_safe = routine.parallel_safe.then(|| quote!(.parallel_safe()));
    quote!(#volatility #strict #parallel_safe)
}

/// The method that calls the routine, if its return type is known.
fn call(routine: &Routine) -> Option<TokenStream> {
    let ident = &routine.ident;
    let fields = routine.arguments.iter().map(|argument| {
        let (field, rust_type) = (&argument.field, &argument.rust_type);
        quote!(#field: #rust_type)
    });
    let result = result(&routine.returns)?;
    Some(quote!(__s::sqlx_call!(#ident { #(#fields),* } #result);))
}

/// The form of the result, and the types in a row.
fn result(returns: &Returns) -> Option<TokenStream> {
    Some(match returns {
        Returns::Nothing => quote!(nothing []),
        Returns::Value(_, value) => {
            let row = row(std::iter::once(value));
            quote!(one #row)
        }
        Returns::SetOf(_, value) => {
            let row = row(std::iter::once(value));
            quote!(many #row)
        }
        Returns::Table(_, columns) => {
            let row = row(columns.iter().map(|column| &column.value));
            quote!(many #row)
        }
        Returns::Out(outputs) => {
            let row = row(outputs.iter().map(|output| &output.value));
            quote!(one #row)
        }
        Returns::Unknown => return None,
    })
}

/// `[0 Uuid, 1 Decimal]`
fn row<'a>(values: impl Iterator<Item = &'a Typed>) -> TokenStream {
    let values = values.enumerate().map(|(position, value)| {
        let (position, rust_type) = (Literal::usize_unsuffixed(position), &value.rust_type);
        quote!(#position #rust_type)
    });
    quote!([#(#values),*])
}
