//! `#[derive(SqlEnum)]`.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::TokenStream;
use syn::{Data, Fields, Variant};

use super::derive_input::{derive_input, keys, krate};
use super::docs::doc_comment;
use super::meta::Meta;
use super::value;
use crate::ast::{Label, OtherVariant, SqlEnum, Text, unraw};
use crate::errors::Errors;
use crate::keys::{CASES, Place};
use crate::suggest::unknown;

const PLACE: Place = Place::Enum;

pub(crate) fn sql_enum(input: TokenStream, errors: &Errors) -> Option<SqlEnum> {
    let input = derive_input(input, errors)?;
    let Data::Enum(data) = &input.data else {
        errors.push_on(
            &input.ident,
            "`SqlEnum` is for enums; for a struct of fields use `#[derive(Table)]`",
        );
        return None;
    };
    if !input.generics.params.is_empty() {
        errors.push_on(
            &input.generics,
            "a `SqlEnum` has a fixed list of labels and takes no generic parameters",
        );
        return None;
    }
    let metas = keys(&input.attrs, "sql_enum", PLACE, errors);
    let find = |word: &str| metas.iter().find(|meta| meta.word() == word);
    let case = find("rename_all")
        .and_then(|meta| case(meta, errors))
        .unwrap_or("snake_case");
    let (mut labels, mut others) = (Vec::new(), Vec::new());
    for variant in &data.variants {
        match parsed(variant, case, errors) {
            Some(Parsed::Label(label)) => labels.push(label),
            Some(Parsed::Other(other)) => others.push(other),
            None => {}
        }
    }
    let named = find("name").and_then(|meta| value::name(meta, PLACE, errors));
    Some(SqlEnum {
        krate: krate(&metas, PLACE, errors),
        native: find("native")
            .and_then(|meta| value::flag(meta, PLACE, errors))
            .is_some(),
        name: named.unwrap_or_else(|| Text {
            value: unraw(&input.ident).to_snake_case(),
            span: input.ident.span(),
        }),
        schema: find("schema").and_then(|meta| value::name(meta, PLACE, errors)),
        comment: find("comment")
            .and_then(|meta| value::text(meta, PLACE, errors))
            .or_else(|| doc_comment(&input.attrs)),
        native_keys: ["schema", "comment"]
            .into_iter()
            .filter_map(|word| find(word).map(|meta| meta.key.clone()))
            .collect(),
        labels,
        others,
        ident: input.ident,
    })
}

/// A parsed variant.
enum Parsed {
    Label(Label),
    Other(OtherVariant),
}

fn case(meta: &Meta, errors: &Errors) -> Option<&'static str> {
    let text = value::text(meta, PLACE, errors)?;
    let found = CASES.iter().copied().find(|case| *case == text.value);
    if found.is_none() {
        errors.push_at(
            text.span,
            unknown("case", &text.value, CASES.iter().copied()),
        );
    }
    found
}

fn parsed(variant: &Variant, case: &str, errors: &Errors) -> Option<Parsed> {
    if !matches!(variant.fields, Fields::Unit) {
        errors.push_on(
            &variant.fields,
            format!(
                "`{}` has fields, which a label cannot hold; make it a plain variant",
                variant.ident
            ),
        );
        return None;
    }
    let metas = keys(&variant.attrs, "sql_enum", Place::Variant, errors);
    let find = |word: &str| metas.iter().find(|meta| meta.word() == word);
    let other = find("other").and_then(|meta| value::flag(meta, Place::Variant, errors));
    if other.is_some() {
        let keys = ["rename", "renamed_from"].into_iter().filter_map(find);
        return Some(Parsed::Other(OtherVariant {
            variant: variant.ident.clone(),
            label_keys: keys.map(|meta| meta.key.clone()).collect(),
        }));
    }
    let renamed = find("rename").and_then(|meta| value::text(meta, Place::Variant, errors));
    Some(Parsed::Label(Label {
        text: renamed.unwrap_or_else(|| Text {
            value: in_case(&unraw(&variant.ident), case),
            span: variant.ident.span(),
        }),
        renamed_from: find("renamed_from")
            .and_then(|meta| value::text(meta, Place::Variant, errors)),
        variant: variant.ident.clone(),
    }))
}

fn in_case(word: &str, case: &str) -> String {
    match case {
        "SCREAMING_SNAKE_CASE" => word.to_shouty_snake_case(),
        "kebab-case" => word.to_kebab_case(),
        "camelCase" => word.to_lower_camel_case(),
        "PascalCase" => word.to_pascal_case(),
        "lowercase" => word.to_lowercase(),
        "UPPERCASE" => word.to_uppercase(),
        _ => word.to_snake_case(),
    }
}
