//! The expression language: the syntax is Rust's, the meaning is SQL's.

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{
    BinOp, ExprBinary, ExprCall, ExprCast, ExprField, ExprLit, ExprMethodCall, ExprUnary, Ident,
    Lit, Member, Type, UnOp,
};

use crate::ast::{Expr, RowVersion, unraw};
use crate::errors::Errors;
use crate::keys::{self, KEYWORDS, METHODS, Method, SPECIAL_CALLS, SQL_WORDS};
use crate::suggest::unknown;

/// Parses an expression.
pub(super) fn expr(tokens: TokenStream, errors: &Errors) -> Option<Expr> {
    from_syntax(&syntax(tokens, errors)?, errors)
}

/// The message for an expression that this language does not have.
const NOT_SUPPORTED: &str = "this is not an expression over columns; write columns, literals, enum values, operators, methods such as `.is_null()`, or function calls";

/// Parses an expression with syn. For SQL syntax the error says what to write instead.
///
/// Another crate may enable syn's feature `full`, with which syn parses more. Such expressions are refused with the
/// same message as without the feature.
pub(super) fn syntax(tokens: TokenStream, errors: &Errors) -> Option<syn::Expr> {
    if let Some(error) = lone_equals(tokens.clone()) {
        errors.push(error);
        return None;
    }
    match syn::parse2(tokens.clone()) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            let habit = sql_habit(tokens.clone()).or_else(|| rust_word(tokens.clone()));
            errors.push(habit.unwrap_or_else(|| in_our_words(&error, tokens)));
            None
        }
    }
}

/// Translates syn's error into the terms of this language, at the user's tokens.
fn in_our_words(error: &syn::Error, tokens: TokenStream) -> syn::Error {
    let text = error.to_string();
    if text.contains("syn's features") {
        syn::Error::new(error.span(), NOT_SUPPORTED)
    } else if text.contains("cannot be chained") {
        syn::Error::new(
            error.span(),
            "comparisons cannot be chained; write `a.between(1, 5)`, or `a < b && b < c`",
        )
    } else if text.contains("unexpected end of input") {
        syn::Error::new_spanned(tokens, "the expression is incomplete")
    } else {
        syn::Error::new(
            error.span(),
            "unexpected after an expression; put an operator or a comma before this",
        )
    }
}

/// An error for the first identifier that is a keyword of Rust and therefore not a name.
fn rust_word(tokens: TokenStream) -> Option<syn::Error> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if is_rust_word(&ident) => {
            let message = format!("`{ident}` is a keyword of Rust; write `r#{ident}`");
            Some(syn::Error::new(ident.span(), message))
        }
        TokenTree::Group(group) => rust_word(group.stream()),
        _ => None,
    })
}

fn is_rust_word(ident: &Ident) -> bool {
    const IN_EXPRESSIONS: &[&str] = &["true", "false", "as", "self", "Self", "crate", "super"];
    let is_name = syn::parse2::<Ident>(ident.to_token_stream()).is_ok();
    !is_name && !IN_EXPRESSIONS.iter().any(|word| ident == word)
}

/// An error for the first `=` that is not part of `==`, `<=`, `>=` or `!=`.
fn lone_equals(tokens: TokenStream) -> Option<syn::Error> {
    let mut joint = false;
    for token in tokens {
        match &token {
            TokenTree::Punct(punct)
                if punct.as_char() == '=' && !joint && punct.spacing() == Spacing::Alone =>
            {
                return Some(syn::Error::new(punct.span(), "`=` is SQL; write `==` here"));
            }
            TokenTree::Group(group) => {
                if let Some(error) = lone_equals(group.stream()) {
                    return Some(error);
                }
            }
            _ => {}
        }
        joint = matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
    }
    None
}

/// An error for the first word or operator that is SQL and not Rust.
fn sql_habit(tokens: TokenStream) -> Option<syn::Error> {
    let mut after_less = false;
    for token in tokens {
        let found = match &token {
            TokenTree::Punct(punct) if after_less && punct.as_char() == '>' => Some(
                syn::Error::new(punct.span(), "`<>` is SQL; write `!=` here"),
            ),
            TokenTree::Ident(ident) => sql_word(ident),
            TokenTree::Group(group) => sql_habit(group.stream()),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        after_less = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '<' && punct.spacing() == Spacing::Joint);
    }
    None
}

fn sql_word(ident: &Ident) -> Option<syn::Error> {
    let written = ident.to_string();
    let word = written.to_lowercase();
    let (_, instead) = SQL_WORDS.iter().find(|(sql, _)| *sql == word)?;
    Some(syn::Error::new(
        ident.span(),
        format!(
            "`{written}` is SQL; write `{instead}` here, or write SQL in the key that ends in `_sql`"
        ),
    ))
}

pub(super) fn from_syntax(parsed: &syn::Expr, errors: &Errors) -> Option<Expr> {
    match parsed {
        syn::Expr::Paren(paren) => from_syntax(&paren.expr, errors),
        syn::Expr::Group(group) => from_syntax(&group.expr, errors),
        syn::Expr::Lit(literal) => from_literal(literal, errors),
        syn::Expr::Path(path) if path.qself.is_none() => Some(from_path(&path.path)),
        syn::Expr::Unary(unary) => from_unary(unary, errors),
        syn::Expr::Binary(binary) => from_binary(binary, errors),
        syn::Expr::MethodCall(call) => from_method(call, errors),
        syn::Expr::Call(call) => from_call(call, errors),
        syn::Expr::Cast(cast) => from_cast(cast, errors),
        syn::Expr::Field(field) => from_field(field, errors),
        other => not_supported(other.span(), errors),
    }
}

fn not_supported(span: Span, errors: &Errors) -> Option<Expr> {
    errors.push_at(span, NOT_SUPPORTED);
    None
}

fn from_literal(literal: &ExprLit, errors: &Errors) -> Option<Expr> {
    let span = literal.span();
    match &literal.lit {
        Lit::Str(text) => Some(Expr::Text(text.clone())),
        Lit::Bool(value) => Some(Expr::Bool {
            value: value.value,
            span,
        }),
        Lit::Int(number) if number.base10_digits().parse::<i128>().is_err() => {
            errors.push_at(
                span,
                "this number is too large; a number here has at most 38 digits",
            );
            None
        }
        Lit::Int(number) if number.suffix().is_empty() => Some(Expr::Number {
            digits: number.base10_digits().to_owned(),
            span,
        }),
        Lit::Float(number) if number.suffix().is_empty() => Some(Expr::Number {
            digits: number.base10_digits().to_owned(),
            span,
        }),
        Lit::Int(_) | Lit::Float(_) => {
            errors.push_at(span, "write the number without a suffix");
            None
        }
        Lit::Char(_) => {
            errors.push_at(span, "write the text in double quotes");
            None
        }
        _ => not_supported(span, errors),
    }
}

fn from_path(path: &syn::Path) -> Expr {
    let Some(ident) = path.get_ident() else {
        return Expr::Variant(path.clone());
    };
    let word = unraw(ident);
    match word.as_str() {
        "null" => Expr::Null(ident.span()),
        word if KEYWORDS.contains(&word) => Expr::Keyword(ident.clone()),
        _ => Expr::Column(ident.clone()),
    }
}

/// Reads `old.quantity` and `new.quantity`, columns of the rows that a trigger sees.
fn from_field(field: &ExprField, errors: &Errors) -> Option<Expr> {
    let row = match &*field.base {
        syn::Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    match (row.and_then(RowVersion::of), &field.member) {
        (Some(version), Member::Named(column)) => {
            Some(Expr::Row(version, column.clone(), field.base.span()))
        }
        _ => not_supported(field.span(), errors),
    }
}

fn from_unary(unary: &ExprUnary, errors: &Errors) -> Option<Expr> {
    let operand = from_syntax(&unary.expr, errors)?;
    match (unary.op, operand) {
        (UnOp::Not(_), operand) => Some(Expr::Not(Box::new(operand))),
        (UnOp::Neg(_), Expr::Number { digits, .. }) if !digits.starts_with('-') => {
            Some(Expr::Number {
                digits: format!("-{digits}"),
                span: unary.span(),
            })
        }
        (UnOp::Neg(_), operand) => Some(Expr::Minus(Box::new(operand))),
        _ => not_supported(unary.span(), errors),
    }
}

fn from_binary(binary: &ExprBinary, errors: &Errors) -> Option<Expr> {
    let variant = match binary.op {
        BinOp::Or(_) => "Or",
        BinOp::And(_) => "And",
        BinOp::Eq(_) => "Eq",
        BinOp::Ne(_) => "Ne",
        BinOp::Lt(_) => "Lt",
        BinOp::Le(_) => "Le",
        BinOp::Gt(_) => "Gt",
        BinOp::Ge(_) => "Ge",
        BinOp::Add(_) => "Add",
        BinOp::Sub(_) => "Sub",
        BinOp::Mul(_) => "Mul",
        BinOp::Div(_) => "Div",
        BinOp::Rem(_) => "Rem",
        op => {
            errors.push_at(op.span(), "unknown operator; expected one of `==`, `!=`, `<`, `<=`, `>`, `>=`, `&&`, `||`, `+`, `-`, `*`, `/`, `%`");
            return None;
        }
    };
    let left = from_syntax(&binary.left, errors);
    let right = from_syntax(&binary.right, errors);
    let (left, right) = left.zip(right)?;
    if reject_null(&[&left, &right], errors) || reject_text(variant, &[&left, &right], errors) {
        return None;
    }
    Some(Expr::Binary(variant, Box::new(left), Box::new(right)))
}

/// Reports an operand `null`: a comparison with it is never true or false.
fn reject_null(operands: &[&Expr], errors: &Errors) -> bool {
    let null = operands
        .iter()
        .find(|operand| matches!(operand, Expr::Null(_)));
    if let Some(null) = null {
        errors.push_at(
            null.span(),
            "no comparison with `null` is true in SQL; write `.is_null()` or `.is_not_null()`",
        );
    }
    null.is_some()
}

/// Reports a text beside `||` or `&&`: `||` joins texts in SQL, but means `or` here.
fn reject_text(variant: &str, operands: &[&Expr], errors: &Errors) -> bool {
    let is_logical = matches!(variant, "And" | "Or");
    let text = operands
        .iter()
        .find(|operand| is_logical && matches!(operand, Expr::Text(_)));
    if let Some(text) = text {
        errors.push_at(
            text.span(),
            "a text is not a condition; to join texts, write `a.concat(b)`",
        );
    }
    text.is_some()
}

/// Whether the method belongs to the expression language.
pub(super) fn is_method(ident: &Ident) -> bool {
    METHODS.iter().any(|(word, ..)| ident == word)
}

fn from_method(call: &ExprMethodCall, errors: &Errors) -> Option<Expr> {
    let word = call.method.to_string();
    let Some((_, method, usage)) = METHODS.iter().find(|(known, ..)| *known == word) else {
        let words = METHODS.iter().map(|(known, ..)| *known);
        errors.push_at(call.method.span(), unknown("method", &word, words));
        return None;
    };
    let fits = match method {
        Method::IsNull { .. } => call.args.is_empty(),
        Method::IsIn { .. } => !call.args.is_empty(),
        Method::Between => call.args.len() == 2,
        Method::Operator(_) | Method::Search => call.args.len() == 1,
    };
    if !fits {
        errors.push_at(call.method.span(), format!("`{word}` is written `{usage}`"));
        return None;
    }
    let operand = from_syntax(&call.receiver, errors);
    let arguments = each(&call.args, errors);
    let (operand, arguments) = operand.zip(arguments)?;
    let is_null = matches!(method, Method::IsNull { .. });
    let values: Vec<_> = arguments.iter().collect();
    if !is_null && reject_null(&values, errors) {
        return None;
    }
    Some(Expr::Method(*method, Box::new(operand), arguments))
}

fn from_call(call: &ExprCall, errors: &Errors) -> Option<Expr> {
    let name = match &*call.func {
        syn::Expr::Path(path) => path.path.get_ident().cloned(),
        _ => None,
    };
    let Some(name) = name else {
        errors.push_at(
            call.func.span(),
            "a function is called by its SQL name: `length(title)`",
        );
        return None;
    };
    if let Some((_, instead)) = SQL_WORDS.iter().find(|(sql, _)| name == sql) {
        errors.push_at(
            name.span(),
            format!("`{name}` is SQL; write `{instead}` here"),
        );
        return None;
    }
    if let Some((_, instead)) = SPECIAL_CALLS.iter().find(|(special, _)| name == special) {
        errors.push_at(
            name.span(),
            format!("`{name}` has its own syntax in SQL; write `{instead}`"),
        );
        return None;
    }
    let arguments = each(&call.args, errors)?;
    if arguments.is_empty() && KEYWORDS.contains(&unraw(&name).as_str()) {
        return Some(Expr::Keyword(name));
    }
    Some(Expr::Call(name, arguments))
}

fn each<P>(
    arguments: &syn::punctuated::Punctuated<syn::Expr, P>,
    errors: &Errors,
) -> Option<Vec<Expr>> {
    // Read all before returning, so that the mistakes of each are reported.
    let read: Vec<_> = arguments
        .iter()
        .map(|argument| from_syntax(argument, errors))
        .collect();
    read.into_iter().collect()
}

fn from_cast(cast: &ExprCast, errors: &Errors) -> Option<Expr> {
    let operand = from_syntax(&cast.expr, errors)?;
    let target = match &*cast.ty {
        Type::Path(path) => path
            .path
            .get_ident()
            .and_then(|ident| keys::type_word(&unraw(ident))),
        _ => None,
    };
    let target = target.and_then(keys::TypeWord::cast_name);
    if target.is_none() {
        errors.push_at(
            cast.ty.span(),
            "`as` takes a type word without arguments: `total as text`; for another type write SQL in the key that ends in `_sql`",
        );
    }
    Some(Expr::Cast(Box::new(operand), target?))
}
