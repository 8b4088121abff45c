use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, Path};

use super::names::name_of;
use crate::ast::{Expr, RowVersion, Table, unraw};
use crate::keys::Method;

/// An expression over the columns of a table.
pub(super) fn expr(table: &Table, expr: &Expr) -> TokenStream {
    Quoter { table: Some(table) }.expr(expr)
}

/// An expression without columns, or with columns that are written by their names in the database.
pub(super) fn by_name(expr: &Expr) -> TokenStream {
    Quoter { table: None }.expr(expr)
}

/// The label of an enum value. The call has the span of the path, so that a path to something else is an error there.
pub(super) fn label(path: &Path) -> TokenStream {
    quote_spanned!(path.span()=> __s::known_label(#path.sql_label()))
}

/// The variant of `RowVersion`.
fn row_version(version: RowVersion) -> Ident {
    match version {
        RowVersion::Old => format_ident!("Old"),
        RowVersion::New => format_ident!("New"),
    }
}

struct Quoter<'a> {
    table: Option<&'a Table>,
}

impl Quoter<'_> {
    fn expr(&self, expr: &Expr) -> TokenStream {
        match expr {
            Expr::Column(ident) => {
                let name = self.name(ident);
                quote!(__s::Expr::Column(#name))
            }
            Expr::Number { digits, .. } => quote!(__s::Expr::Number(#digits)),
            Expr::Text(text) => quote!(__s::Expr::Text(#text)),
            Expr::Bool { value, .. } => quote!(__s::Expr::Bool(#value)),
            Expr::Null(_) => quote!(__s::Expr::Null),
            Expr::Keyword(ident) => {
                let word = unraw(ident).to_uppercase();
                quote!(__s::Expr::Keyword(#word))
            }
            Expr::Variant(path) => {
                let label = label(path);
                quote!(__s::Expr::Text(#label))
            }
            Expr::Not(operand) => self.unary("Not", operand),
            Expr::Minus(operand) => self.unary("Minus", operand),
            Expr::Binary(variant, left, right) => self.binary(variant, left, right),
            Expr::Method(method, operand, arguments) => self.method(*method, operand, arguments),
            Expr::Call(name, arguments) => {
                let (name, arguments) = (unraw(name), self.list(arguments));
                quote!(__s::Expr::Call(#name, #arguments))
            }
            Expr::Cast(operand, sql_type) => {
                let operand = self.expr(operand);
                quote!(__s::Expr::Cast(&#operand, #sql_type))
            }
            Expr::Row(version, ident, _) => {
                let (version, name) = (row_version(*version), self.name(ident));
                quote!(__s::Expr::Row(__s::RowVersion::#version, #name))
            }
            Expr::Sql(sql) => quote!(__s::Expr::Sql(#sql)),
        }
    }

    fn name(&self, ident: &Ident) -> Literal {
        self.table.map_or_else(
            || Literal::string(&unraw(ident)),
            |table| name_of(table, ident),
        )
    }

    fn unary(&self, variant: &str, operand: &Expr) -> TokenStream {
        let (variant, operand) = (format_ident!("{variant}"), self.expr(operand));
        quote!(__s::Expr::Unary(__s::UnaryOp::#variant, &#operand))
    }

    fn binary(&self, variant: &str, left: &Expr, right: &Expr) -> TokenStream {
        let variant = format_ident!("{variant}");
        let (left, right) = (self.beside(left, right), self.beside(right, left));
        quote!(__s::Expr::Binary(__s::BinaryOp::#variant, &#left, &#right))
    }

    /// An operand beside another one. An enum value beside a column must have the type of the column.
    fn beside(&self, expr: &Expr, other: &Expr) -> TokenStream {
        let (Expr::Variant(path), Expr::Column(ident) | Expr::Row(_, ident, _)) = (expr, other)
        else {
            return self.expr(expr);
        };
        let Some(column) = self.table.and_then(|table| table.column(ident)) else {
            return self.expr(expr);
        };
        let (rust_type, label) = (&column.rust_type, label(path));
        quote_spanned!(path.span()=> __s::literal::variant::<#rust_type>(&#path, #label))
    }

    fn list(&self, exprs: &[Expr]) -> TokenStream {
        let exprs = exprs.iter().map(|expr| self.expr(expr));
        quote!(&[#(#exprs),*])
    }

    fn method(&self, method: Method, operand: &Expr, arguments: &[Expr]) -> TokenStream {
        let quoted = self.expr(operand);
        match (method, arguments) {
            (Method::IsNull { negated }, _) => {
                quote!(__s::Expr::IsNull { operand: &#quoted, negated: #negated })
            }
            (Method::IsIn { negated }, list) => {
                let list = list.iter().map(|value| self.beside(value, operand));
                let list = quote!(&[#(#list),*]);
                quote!(__s::Expr::In { operand: &#quoted, list: #list, negated: #negated })
            }
            (Method::Between, [low, high]) => {
                let (low, high) = (self.beside(low, operand), self.beside(high, operand));
                quote!(__s::Expr::Between { operand: &#quoted, low: &#low, high: &#high })
            }
            (Method::Search, [text]) => {
                let text = self.expr(text);
                quote!(__s::Expr::Search { document: &#quoted, text: &#text })
            }
            (Method::Operator(variant), [right, ..]) => self.binary(variant, operand, right),
            // The parser has checked the number of arguments.
            _ => quoted,
        }
    }
}
