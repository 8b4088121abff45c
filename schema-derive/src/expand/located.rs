use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// Moves the tokens to another span. rustc marks an expression from its first to its last token, so all must move.
pub(super) fn located_at(tokens: TokenStream, span: Span) -> TokenStream {
    let relocate = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        match token {
            TokenTree::Group(group) => {
                let inner = located_at(group.stream(), span);
                let mut relocated = Group::new(group.delimiter(), inner);
                relocated.set_span(group.span());
                TokenTree::Group(relocated)
            }
            other => other,
        }
    };
    tokens.into_iter().map(relocate).collect()
}
