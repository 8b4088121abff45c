//! Types of return values and outputs: `String as varchar` and `total: Decimal`.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, Token, Type};

use super::sql_type;
use super::value::Name;
use crate::ast::{Output, Text, Typed};
use crate::errors::Errors;

/// Parses a type and its type word. `None` if the form is wrong; the caller reports it.
pub(super) fn typed(tokens: TokenStream) -> Option<Written> {
    syn::parse2(tokens).ok()
}

/// Parses one or more names with their types. `None` if the form is wrong; the caller reports it.
pub(super) fn outputs(tokens: TokenStream, errors: &Errors) -> Option<Vec<Output>> {
    let parser = Punctuated::<WrittenOutput, Token![,]>::parse_terminated;
    let written = parser.parse2(tokens).ok()?;
    let outputs = written.into_iter().map(|output| Output {
        name: output.name,
        value: output.value.typed(errors),
    });
    let outputs: Vec<_> = outputs.collect();
    (!outputs.is_empty()).then_some(outputs)
}

/// A type as it is written.
pub(super) struct Written {
    rust_type: Type,
    word: Option<(Ident, Option<Group>)>,
}

impl Written {
    /// Looks up the type word.
    pub(super) fn typed(self, errors: &Errors) -> Typed {
        let word = self.word.as_ref();
        Typed {
            sql_type: word.and_then(|(word, arguments)| {
                sql_type::from_word(word, arguments.as_ref(), errors)
            }),
            rust_type: self.rust_type,
        }
    }
}

impl Parse for Written {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let rust_type = input.parse()?;
        let is_stored = input.parse::<Option<Token![as]>>()?.is_some();
        Ok(Self {
            rust_type,
            word: if is_stored { Some(word(input)?) } else { None },
        })
    }
}

fn word(input: ParseStream<'_>) -> syn::Result<(Ident, Option<Group>)> {
    let word = Ident::parse_any(input)?;
    if !input.peek(syn::token::Paren) {
        return Ok((word, None));
    }
    match input.parse()? {
        TokenTree::Group(group) => Ok((word, Some(group))),
        token => Err(syn::Error::new(token.span(), "not the arguments of a type")),
    }
}

struct WrittenOutput {
    name: Text,
    value: Written,
}

impl Parse for WrittenOutput {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let Name(name) = input.parse()?;
        input.parse::<Token![:]>()?;
        Ok(Self {
            name,
            value: input.parse()?,
        })
    }
}
