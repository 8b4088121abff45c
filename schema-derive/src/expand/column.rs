use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Type};

use super::calls::with_text;
use super::{expr, transition};
use crate::ast::{Column, Expr, Identity, RoleKind, SqlType, SqlTypeArguments, Table};
use crate::keys::{TypeArguments, is_hazard};

/// `ColumnDef::new::<String>("title")..`
pub(super) fn column(table: &Table, column: &Column) -> TokenStream {
    let start = start(column);
    let counted = counted(column);
    let default = column.default.as_ref().map(|default| {
        let expr = default_expr(column, &default.expr);
        quote!(.default(#expr))
    });
    let generated = column.generated.as_ref().map(|generated| {
        let expr = expr::expr(table, &generated.expr);
        quote!(.generated(#expr))
    });
    let roles = column
        .roles
        .iter()
        .map(|role| self::role(column, role.kind));
    let immutable = column.immutable.map(|_| quote!(.immutable()));
    let transitions = transition::definition(table, column);
    let secret = column.secret.map(|_| quote!(.secret()));
    let comment = with_text("comment", column.comment.as_ref());
    let renamed_from = with_text("renamed_from", column.renamed_from.as_ref());
    let allow = allow(column);
    quote!(#start #counted #default #generated #(#roles)* #immutable #transitions #secret #comment #renamed_from #allow)
}

/// `.allow(..)` with only the hazards. The derive itself checks the rules that a column allows, or passes them to the
/// foreign key of the column.
fn allow(column: &Column) -> Option<TokenStream> {
    let names = column.allow.iter().map(ToString::to_string);
    let hazards: Vec<_> = names.filter(|name| is_hazard(name)).collect();
    (!hazards.is_empty()).then(|| quote!(.allow(&[#(#hazards),*])))
}

/// `ColumnDef::new::<String>("title")`, or the same for `ArgumentDef`.
pub(super) fn typed(
    definition: &str,
    name: &str,
    rust_type: &Type,
    sql_type: Option<&SqlType>,
) -> TokenStream {
    let span = sql_type.map_or_else(Span::call_site, |sql_type| sql_type.span);
    let definition = Ident::new(definition, span);
    match sql_type {
        Some(sql_type) => {
            let (word, value) = (word(sql_type), self::sql_type(sql_type));
            quote_spanned!(span=> __s::#definition::stored_as::<#rust_type, #word>(#name, #value))
        }
        None => quote!(__s::#definition::new::<#rust_type>(#name)),
    }
}

/// The column with only its type: `ColumnDef::new::<String>("title")`.
pub(super) fn start(column: &Column) -> TokenStream {
    let raw = column.sql_type_raw.as_ref().map(|raw| {
        let sql = &raw.value;
        quote!(.sql(#sql))
    });
    let start = typed(
        "ColumnDef",
        &column.name.value,
        &column.rust_type,
        column.sql_type.as_ref(),
    );
    // Methods are named after fields; the documents name the methods.
    let renamed = (column.field_name != column.name.value).then(|| {
        let field = &column.field_name;
        quote!(.field(#field))
    });
    quote!(#start #raw #renamed)
}

/// The type word as a Rust type, the argument of `StoredAs`.
pub(super) fn word(sql_type: &SqlType) -> TokenStream {
    let word = format_ident!("{}", sql_type.word.stored_as);
    match &sql_type.arguments {
        SqlTypeArguments::Element(element) => {
            let element = self::word(element);
            quote!(__s::word::#word<#element>)
        }
        _ => quote!(__s::word::#word),
    }
}

pub(super) fn sql_type(sql_type: &SqlType) -> TokenStream {
    if let SqlTypeArguments::Element(element) = &sql_type.arguments {
        let element = self::sql_type(element);
        return quote!(__s::SqlType::Array(&#element));
    }
    let variant = format_ident!("{}", sql_type.word.variant);
    let arguments = arguments(sql_type);
    quote!(__s::SqlType::Scalar(__s::ScalarType::#variant #arguments))
}

/// The arguments of the variant in parentheses, or nothing.
fn arguments(sql_type: &SqlType) -> TokenStream {
    let is_required = sql_type.word.arguments == TypeArguments::Length;
    match &sql_type.arguments {
        SqlTypeArguments::Length(length) if is_required => quote!((#length)),
        SqlTypeArguments::Length(length) => quote!((__s::Some(#length))),
        SqlTypeArguments::Digits(precision, scale) => {
            quote!((__s::Some((#precision, #scale))))
        }
        _ if sql_type.word.arguments == TypeArguments::None => TokenStream::new(),
        _ => quote!((__s::None)),
    }
}

fn counted(column: &Column) -> TokenStream {
    let rust_type = &column.rust_type;
    let serial = column.serial.map(|_| quote!(.serial::<#rust_type>()));
    let identity = column.identity.as_ref().map(|Identity { by_default, .. }| {
        let variant = format_ident!("{}", if *by_default { "ByDefault" } else { "Always" });
        quote!(.identity::<#rust_type>(__s::Identity::#variant))
    });
    quote!(#serial #identity)
}

fn role(column: &Column, kind: RoleKind) -> TokenStream {
    let rust_type = &column.rust_type;
    let method = match kind {
        RoleKind::CreatedAt => format_ident!("created_at"),
        RoleKind::UpdatedAt {
            by_application: false,
        } => format_ident!("updated_at"),
        RoleKind::UpdatedAt {
            by_application: true,
        } => format_ident!("updated_at_by_application"),
        RoleKind::DeletedAt => format_ident!("deleted_at"),
    };
    quote!(.#method::<#rust_type>())
}

/// A default. The generated code checks that a literal fits the field's type; the database checks everything else.
pub(super) fn default_expr(column: &Column, default: &Expr) -> TokenStream {
    let rust_type = &column.rust_type;
    if column.sql_type_raw.is_some() {
        return expr::by_name(default);
    }
    match default {
        Expr::Number { digits, span } => number(rust_type, digits, *span),
        Expr::Text(text) => quote_spanned!(text.span()=> __s::literal::text::<#rust_type>(#text)),
        Expr::Bool { value, .. } => quote!(__s::literal::boolean::<#rust_type>(#value)),
        Expr::Variant(path) => {
            let label = expr::label(path);
            quote_spanned!(path.span()=> __s::literal::variant::<#rust_type>(&#path, #label))
        }
        Expr::Null(span) => quote_spanned!(*span=> __s::literal::null::<#rust_type>()),
        other => expr::by_name(other),
    }
}

fn number(rust_type: &Type, digits: &str, span: Span) -> TokenStream {
    match digits.parse::<i128>() {
        Ok(value) => {
            let value = proc_macro2::Literal::i128_suffixed(value);
            quote_spanned!(span=> __s::literal::integer::<#rust_type>(#value, #digits))
        }
        Err(_) => quote!(__s::literal::fraction::<#rust_type>(#digits)),
    }
}
