//! Doc comments as the text of `COMMENT ON`.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use crate::ast::Text;

/// The text of the doc comment. A space joins the lines of a paragraph; an empty line separates paragraphs.
pub(super) fn doc_comment(attributes: &[Attribute]) -> Option<Text> {
    let lines: Vec<_> = attributes.iter().filter_map(doc_line).collect();
    let span = lines.first().map(|(_, span)| *span)?;
    let texts: Vec<_> = lines
        .iter()
        .flat_map(|(text, _)| text.lines())
        .map(str::trim)
        .collect();
    let paragraphs: Vec<_> = texts
        .split(|line| line.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| paragraph.join(" "))
        .collect();
    let value = paragraphs.join("\n\n");
    (!value.is_empty()).then_some(Text { value, span })
}

fn doc_line(attribute: &Attribute) -> Option<(String, Span)> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = &meta.value
    else {
        return None;
    };
    let value = text.value();
    // An empty line of a doc comment separates two paragraphs.
    let value = if value.is_empty() {
        "\n".to_owned()
    } else {
        value
    };
    meta.path.is_ident("doc").then(|| (value, attribute.span()))
}
